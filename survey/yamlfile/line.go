package yamlfile

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"pulscheck/survey/fault"
)

// place is how the YAML package and this one say where something stands.
var place = regexp.MustCompile(`\[(\d+):\d+\]`)

// unreadable points at the line that cannot be read, if the cause names one.
func unreadable(err error, noun string) []fault.Field {
	if at := place.FindStringSubmatch(err.Error()); at != nil {
		return []fault.Field{{Pointer: "/lines/" + at[1], Code: noun + "-invalid"}}
	}
	return nil
}

// withLines adds to the cause where in the file each finding stands.
func withLines(f *fault.Error, document ast.Node) *fault.Error {
	findings := make(LineErrors, len(f.Fields))
	for i, field := range f.Fields {
		findings[i] = LineError{lineOf(document, field.Pointer), field.Pointer, field.Code}
	}
	return fault.Wrap(f.Kind, f.Key, findings).With(f.Fields...)
}

// LineErrors are what is wrong in a file, the cause of a fault.
type LineErrors []LineError

// LineError is one of them.
type LineError struct {
	Line          int // from 1
	Pointer, Code string
}

// Error implements error.
func (f LineErrors) Error() string {
	lines := make([]string, len(f))
	for i, x := range f {
		lines[i] = fmt.Sprintf("line %d: %s: %s", x.Line, x.Pointer, x.Code)
	}
	return strings.Join(lines, "\n")
}

// lineOf finds the line of a JSON pointer, or of the nearest thing around it that
// the file holds.
func lineOf(node ast.Node, pointer string) int {
	for _, part := range strings.Split(pointer, "/")[1:] {
		inner := child(node, part)
		if inner == nil {
			break
		}
		node = inner
	}
	return firstLine(node)
}

// child gives the value of a key or the entry of a number; nil if there is none.
func child(node ast.Node, part string) ast.Node {
	switch n := node.(type) {
	case *ast.MappingNode:
		for _, v := range n.Values {
			if v.Key.GetToken().Value == part {
				return v.Value
			}
		}
	case *ast.SequenceNode:
		if i, err := strconv.Atoi(part); err == nil && i >= 0 && i < len(n.Values) {
			return n.Values[i]
		}
	}
	return nil
}

// firstLine of a mapping is that of its first key, not of its first colon.
func firstLine(node ast.Node) int {
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
		node = m.Values[0].Key
	}
	return node.GetToken().Position.Line
}
