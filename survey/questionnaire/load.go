package questionnaire

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
	"golang.org/x/text/unicode/norm"

	"pulscheck/survey/fault"
)

// Limits of a questionnaire file. A questionnaire nests six deep.
const (
	MaxYAML   = 64 << 10 // bytes
	maxNested = 8        // brackets
	maxColumn = 64       // where a line may begin
)

// Load reads an own questionnaire in YAML, normalises its texts (NFC, trimmed) and
// validates it. Every error is fault Invalid "questionnaire-invalid" whose cause
// names lines; those of Validate come all at once, as fields too. A file over
// MaxYAML is fault TooLarge "body-too-large".
func Load(r io.Reader) (*Questionnaire, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxYAML+1))
	if err != nil {
		return nil, fmt.Errorf("read questionnaire: %w", err)
	}
	if len(data) > MaxYAML {
		return nil, fault.New(fault.TooLarge, "body-too-large")
	}
	document, err := parse(string(data))
	if err != nil {
		return nil, invalid(err)
	}
	var q Questionnaire
	if err := yaml.NodeToValue(document, &q, yaml.Strict()); err != nil {
		return nil, invalid(errors.New(yaml.FormatError(err, false, false)))
	}
	normalise(reflect.ValueOf(&q).Elem())
	if err := q.Validate(); err != nil {
		return nil, withLines(fault.Of(err), document)
	}
	return &q, nil
}

func invalid(err error) error {
	return fault.Wrap(fault.Invalid, "questionnaire-invalid", fmt.Errorf("read questionnaire: %w", err))
}

// parse gives the one document of a file.
func parse(text string) (ast.Node, error) {
	tokens := lexer.Tokenize(text)
	if err := checkTokens(tokens); err != nil {
		return nil, err
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, errors.New(yaml.FormatError(err, false, false))
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, errors.New("a file holds one questionnaire")
	}
	return file.Docs[0].Body, nil
}

// checkTokens refuses, before anything is built from them, what a questionnaire
// never needs and what costs the parser memory out of proportion: 60 kB of opening
// brackets take it gigabytes.
func checkTokens(tokens token.Tokens) error {
	nested, line := 0, 0
	for _, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			nested++
		case token.SequenceEndType, token.MappingEndType:
			nested--
		case token.CommentType:
			continue
		case token.AnchorType, token.AliasType, token.MergeKeyType, token.TagType, token.DirectiveType, token.MappingKeyType:
			return fmt.Errorf("[%d:%d] %q is not allowed in a questionnaire", t.Position.Line, t.Position.Column, t.Value)
		}
		begins := t.Position.Line != line || t.Type == token.SequenceEntryType
		if nested > maxNested || (begins && t.Position.Column > maxColumn && nested == 0) {
			return fmt.Errorf("[%d:%d] nested too deeply", t.Position.Line, t.Position.Column)
		}
		line = t.Position.Line
	}
	return nil
}

// normalise brings every text into NFC without space at its ends, so that two ways
// to write one wording have one hash.
func normalise(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.TrimSpace(norm.NFC.String(v.String())))
	case reflect.Struct:
		for i := range v.NumField() {
			normalise(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			normalise(v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			normalise(v.Elem())
		}
	case reflect.Map: // values are not addressable
		for _, key := range v.MapKeys() {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(v.MapIndex(key))
			normalise(value)
			v.SetMapIndex(key, value)
		}
	}
}

// withLines adds to the cause where in the file each finding stands.
func withLines(f *fault.Error, document ast.Node) *fault.Error {
	findings := make([]string, len(f.Fields))
	for i, field := range f.Fields {
		findings[i] = fmt.Sprintf("line %d: %s: %s", lineOf(document, field.Pointer), field.Pointer, field.Code)
	}
	return fault.Wrap(f.Kind, f.Key, errors.New(strings.Join(findings, "\n"))).With(f.Fields...)
}

// lineOf finds the line of a JSON pointer, or of the nearest thing around it that
// the file holds.
func lineOf(document ast.Node, pointer string) int {
	parts := strings.Split(pointer, "/")[1:]
	for len(parts) > 0 {
		path := new(yaml.PathBuilder).Root()
		for i, part := range parts {
			n, err := strconv.ParseUint(part, 10, 32)
			if err == nil && i > 0 && slices.Contains([]string{"items", "constructs"}, parts[i-1]) {
				path = path.Index(uint(n))
			} else {
				path = path.Child(part)
			}
		}
		if node, err := path.Build().FilterNode(document); err == nil && node != nil {
			return firstLine(node)
		}
		parts = parts[:len(parts)-1]
	}
	return firstLine(document)
}

// firstLine of a mapping is that of its first key, not of its first colon.
func firstLine(node ast.Node) int {
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
		node = m.Values[0].Key
	}
	return node.GetToken().Position.Line
}
