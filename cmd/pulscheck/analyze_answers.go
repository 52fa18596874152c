package main

import (
	"fmt"
	"slices"
	"strconv"

	"golang.org/x/text/unicode/norm"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/table"
	"pulscheck/survey/tally"
)

// collected are the answers of one iteration, in one byte each.
type collected struct {
	name   string
	atoms  []ballot.Attributes
	index  map[ballot.Attributes]int
	atomOf []int32 // by person
	steps  []int8  // by person and item: above the lowest answer, or tally.NotAnswered, tally.CannotSay
	asked  []bool  // by item: somebody answered or could not say
	valid  int     // answers that are one
}

// oneIteration is the name of the only iteration of a file without that column.
const oneIteration = "1"

// answersReader reads the answers row by row.
type answersReader struct {
	*table.File
	items     *instrument
	groups    grouping
	invited   *invitedFile // nil = unknown
	at        [3]int       // cells of the groups
	itemAt    []int
	iteration int
	byName    map[string]*collected
	rows      int
	lime      bool // an export of LimeSurvey
	submitted int  // column of an export that says when an answer was sent; table.NoCell = none
}

// tickRows is how many rows pass between two signs of progress.
const tickRows = 1000

// readAnswers reads the answers of all iterations, in natural order of their names.
func readAnswers(o analyzeOptions, items *instrument, invited *invitedFile, tick func(rows int)) ([]*collected, error) {
	c, err := table.Open(o.answers)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	r := &answersReader{File: c, items: items, groups: o.groups, invited: invited, byName: map[string]*collected{}, lime: o.lime, submitted: table.NoCell}
	if err := r.header(); err != nil {
		return nil, err
	}
	for {
		more, err := c.Next()
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
		if r.unfinished() {
			continue
		}
		if err := r.add(); err != nil {
			return nil, err
		}
		if r.rows%tickRows == 0 {
			tick(tickRows)
		}
	}
	return r.finish()
}

// header finds the columns and refuses those that nobody explains.
func (r *answersReader) header() (err error) {
	r.iteration = slices.Index(r.Columns, iterationColumn)
	if r.iteration < 0 && r.invited != nil && r.invited.iterated {
		return &table.Error{File: r.Name, Line: 1, Text: fmt.Sprintf("the column %q is missing; %s has it", iterationColumn, r.invited.name)}
	}
	if r.at, err = r.groups.in(r.File); err != nil {
		return err
	}
	if r.lime {
		r.submitted = slices.Index(r.Columns, submittedColumn)
	}
	for i, item := range r.items.items {
		cell, err := r.column(i)
		if err != nil {
			return err
		}
		if cell == r.iteration || slices.Contains(r.at[:], cell) {
			return &table.Error{File: r.items.file, Line: r.items.lines[i], Text: fmt.Sprintf("the item is called %q like the iteration or a group of the answers; expected another name", item.Key)}
		}
		r.itemAt = append(r.itemAt, cell)
	}
	for cell, name := range r.Columns {
		if !r.lime && cell != r.iteration && !slices.Contains(r.at[:], cell) && !slices.Contains(r.itemAt, cell) && !r.attribute(name) {
			return &table.Error{File: r.Name, Line: 1, Column: cell + 1, Name: name,
				Text: fmt.Sprintf("unknown item: neither an item of %s nor iteration nor a group column; add it there, name it with --group, or remove it", r.items.file)}
		}
	}
	return nil
}

// column finds the column of item i.
func (r *answersReader) column(i int) (int, error) {
	if r.lime {
		return r.limeColumn(i)
	}
	return r.Column(r.items.items[i].Key, fmt.Sprintf("%s, line %d, asks it (an item that nobody was asked stays as an empty column)", r.items.file, r.items.lines[i]))
}

// attribute says that a column describes people: then it may stand there unused.
func (r *answersReader) attribute(name string) bool {
	return slices.Contains([]string{"process", "role", "unit"}, name) || r.invited != nil && slices.Contains(r.invited.attributes, name)
}

// add takes the current row.
func (r *answersReader) add() error {
	name := oneIteration
	if r.iteration >= 0 {
		if name = norm.NFC.String(r.Row[r.iteration]); name == "" {
			return r.Bad(r.iteration, "is empty; expected the name of the iteration")
		}
	}
	in := r.byName[name]
	if in == nil {
		if r.invited != nil && len(r.invited.of(name)) == 0 {
			return r.Bad(max(r.iteration, 0), "nobody was invited in iteration %q; expected it in %s too", name, r.invited.name)
		}
		in = &collected{name: name, index: map[ballot.Attributes]int{}, asked: make([]bool, len(r.items.items))}
		r.byName[name] = in
	}
	attributes, err := r.groups.of(r.File, r.at)
	if err != nil {
		return err
	}
	atom, known := in.index[attributes]
	if !known {
		if err := r.expected(name, attributes); err != nil {
			return err
		}
		atom = len(in.atoms)
		in.index[attributes], in.atoms = atom, append(in.atoms, attributes)
	}
	in.atomOf = append(in.atomOf, int32(atom))
	for i, cell := range r.itemAt {
		step, err := r.step(i, cell)
		if err != nil {
			return err
		}
		in.steps = append(in.steps, step)
		in.asked[i] = in.asked[i] || step != tally.NotAnswered
		if step >= 0 {
			in.valid++
		}
	}
	r.rows++
	return nil
}

// step reads one answer.
func (r *answersReader) step(i, cell int) (int8, error) {
	text := r.Row[cell]
	switch text {
	case "":
		return tally.NotAnswered, nil
	case questionnaire.CannotSay:
		return tally.CannotSay, nil
	}
	s := r.items.scales[r.items.items[i].Scale]
	if r.lime {
		if step, known := limeStep(text, s); known {
			return step, nil
		}
	}
	v, err := strconv.Atoi(text)
	if err != nil {
		return 0, r.Bad(cell, "%q is no answer; expected a whole number from %d to %d, CS for “cannot say”, or nothing", text, s.Lo, s.Hi)
	}
	if v < s.Lo || v > s.Hi {
		return 0, r.Bad(cell, "%d lies outside the scale; expected a whole number from %d to %d, CS for “cannot say”, or nothing", v, s.Lo, s.Hi)
	}
	return int8(v - s.Lo), nil
}
