// Package yamlfile reads what an organisation writes itself in YAML: questionnaires
// and maturity models. It is strict (no unknown or doubled key, none of the parts of
// YAML that cost memory out of proportion) and tells findings by line. It knows
// nothing of what a file means: its callers, survey/questionnaire and survey/maturity,
// validate that.
package yamlfile

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
	"golang.org/x/text/unicode/norm"

	"pulscheck/survey/fault"
)

// Limits of a file. What is read here nests seven deep.
const (
	MaxBytes  = 64 << 10
	maxNested = 8  // brackets
	maxColumn = 64 // where a line may begin
)

// Document is something an organisation may write itself.
type Document interface {
	// Validate gives all findings at once as fields of a fault Invalid.
	Validate() error
}

// Load reads one document, normalises its texts (NFC, trimmed) and validates it. Every
// error is fault Invalid "<noun>-invalid" whose cause names lines; those of Validate
// come with their fields, what cannot be read with its line as /lines/N. A file over
// MaxBytes is fault TooLarge "body-too-large".
func Load(r io.Reader, noun string, into Document) error {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return fmt.Errorf("read %s: %w", noun, err)
	}
	if len(data) > MaxBytes {
		return fault.New(fault.TooLarge, "body-too-large")
	}
	document, err := parse(string(data), noun)
	if err == nil {
		err = yaml.NodeToValue(document, into, yaml.Strict())
		if err != nil {
			err = errors.New(yaml.FormatError(err, false, false))
		}
	}
	if err != nil {
		return fault.Wrap(fault.Invalid, noun+"-invalid", fmt.Errorf("read %s: %w", noun, err)).With(unreadable(err, noun)...)
	}
	normalise(reflect.ValueOf(into).Elem())
	if err := into.Validate(); err != nil {
		return withLines(fault.Of(err), document)
	}
	return nil
}

// parse gives the one document of a file.
func parse(text, noun string) (ast.Node, error) {
	tokens := lexer.Tokenize(text)
	if err := checkTokens(tokens, noun); err != nil {
		return nil, err
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, errors.New(yaml.FormatError(err, false, false))
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, fmt.Errorf("a file holds one %s", noun)
	}
	return file.Docs[0].Body, nil
}

// checkTokens refuses, before anything is built from them, what such a file never
// needs and what costs the parser memory out of proportion: 60 kB of opening brackets
// take it gigabytes.
func checkTokens(tokens token.Tokens, noun string) error {
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
			return fmt.Errorf("[%d:%d] %q is not allowed in a %s", t.Position.Line, t.Position.Column, t.Value, noun)
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
