package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"pulscheck/survey/tally"
)

// analysis is what analyze writes: the results of every iteration in displayed values
// only, and on demand the exact statistics.
type analysis struct {
	Iterations []analyzed      `json:"iterations"`
	Warnings   []tally.Warning `json:"warnings"`
	Exact      tally.Exact     `json:"exact,omitempty"`
}

// analyzed is one iteration; the number of invited people is nil where nobody knows it.
type analyzed struct {
	*tally.Results
	Invited *int `json:"invited"`
}

// writeJSON writes the results to a file or to the standard output.
func (o analyzeOptions) writeJSON(list []iteration) error {
	a := analysis{Warnings: o.warnings()}
	for _, one := range list {
		entry := analyzed{Results: one.results}
		if o.invited != "" {
			entry.Invited = &one.results.Invited
		}
		a.Iterations = append(a.Iterations, entry)
	}
	if o.exact {
		a.Exact = o.statistics(list)
	}
	body, err := json.Marshal(a)
	if err == nil {
		body, err = o.groups.rename(body)
	}
	var out bytes.Buffer
	if err == nil {
		err = json.Indent(&out, body, "", " ")
	}
	if err != nil {
		return fmt.Errorf("analyze: %w", err)
	}
	out.WriteByte('\n')
	if o.json == "-" {
		_, err = out.WriteTo(os.Stdout)
		return err
	}
	return writeFile(o.json, out.Bytes())
}

// rename calls the attributes of groups as the columns of the answers are called.
func (g grouping) rename(body []byte) ([]byte, error) {
	member := []byte(`"group":`) // within a text its quotation marks would be escaped
	var out bytes.Buffer
	for {
		before, after, found := bytes.Cut(body, member)
		out.Write(before)
		if !found {
			return out.Bytes(), nil
		}
		out.Write(member)
		d := json.NewDecoder(bytes.NewReader(after))
		var group tally.Group
		if err := d.Decode(&group); err != nil {
			return nil, err
		}
		named, err := g.object(group)
		if err != nil {
			return nil, err
		}
		out.Write(named)
		body = after[d.InputOffset():]
	}
}

// object writes a group with the names of its columns.
func (g grouping) object(group tally.Group) ([]byte, error) {
	out := []byte{'{'}
	for p, value := range []string{group.Process, group.Role, group.Unit} {
		if value == "" {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		name, err := json.Marshal(g.places[p])
		if err != nil {
			return nil, err
		}
		text, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, name...), ':'), text...)
	}
	return append(out, '}'), nil
}
