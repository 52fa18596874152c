package main

import (
	"slices"
	"strconv"

	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/table"
)

// instrument is what items.csv says: questions with their scales and constructs, ours
// or anybody else's.
type instrument struct {
	file   string
	items  []questionnaire.Item
	lines  []int // of the items in the file
	scales map[string]questionnaire.Scale
}

// Limits of an instrument: its answers are kept in one byte each.
const (
	maxAnalyzedItems = 200
	maxScaleSteps    = 100
)

// itemColumns are the columns of items.csv.
var itemColumns = []string{"item", "construct", "scale", "lo", "hi", "reverse", "kind"}

// readItems reads items.csv.
func readItems(path string) (*instrument, error) {
	c, err := table.Open(path)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	at := map[string]int{}
	for _, name := range itemColumns {
		if at[name], err = c.Column(name, "items.csv describes one question a line with item, construct, scale, lo, hi, reverse, kind"); err != nil {
			return nil, err
		}
	}
	in := &instrument{file: c.Name, scales: map[string]questionnaire.Scale{}}
	for {
		more, err := c.Next()
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
		if err := in.add(c, at); err != nil {
			return nil, err
		}
	}
	if len(in.items) == 0 {
		return nil, &table.Error{File: c.Name, Text: "holds a header but no question; expected one line for every item"}
	}
	return in, nil
}

// add takes the current line as one more question.
func (in *instrument) add(c *table.File, at map[string]int) error {
	item := questionnaire.Item{Key: c.Row[at["item"]], Construct: c.Row[at["construct"]], Scale: c.Row[at["scale"]], Kind: c.Row[at["kind"]]}
	first := slices.IndexFunc(in.items, func(i questionnaire.Item) bool { return i.Key == item.Key })
	switch {
	case item.Key == "":
		return c.Bad(at["item"], "is empty; expected the name that the item has as a column of the answers")
	case first >= 0:
		return c.Bad(at["item"], "the item %q stands in line %d too; expected every item once", item.Key, in.lines[first])
	case len(in.items) == maxAnalyzedItems:
		return c.Bad(table.NoCell, "is item %d; expected at most %d", maxAnalyzedItems+1, maxAnalyzedItems)
	case item.Scale == "":
		return c.Bad(at["scale"], "is empty; expected a name for the answer scale, such as likert5 or yesno")
	}
	switch item.Kind {
	case questionnaire.Core, questionnaire.Rotating, questionnaire.Extra, questionnaire.Stage:
	default:
		return c.Bad(at["kind"], "%q is no kind of item; expected core, rotating, extra or stage", item.Kind)
	}
	switch c.Row[at["reverse"]] {
	case "0":
	case "1":
		item.Reverse = true
	default:
		return c.Bad(at["reverse"], "is %q; expected 1 if agreement is bad, else 0", c.Row[at["reverse"]])
	}
	if err := in.scale(c, at, item.Scale); err != nil {
		return err
	}
	if item.Kind == questionnaire.Extra {
		item.Construct = "" // asked beside the constructs
	}
	line := c.Line()
	in.items, in.lines = append(in.items, in.worded(item)), append(in.lines, line)
	return nil
}

// scale checks the ends of the item's scale.
func (in *instrument) scale(c *table.File, at map[string]int, name string) error {
	var ends [2]int
	for i, column := range []string{"lo", "hi"} {
		v, err := strconv.ParseInt(c.Row[at[column]], 10, 32)
		if err != nil {
			return c.Bad(at[column], "is %q; expected a whole number, the %s answer of the scale", c.Row[at[column]], [...]string{"lowest", "highest"}[i])
		}
		ends[i] = int(v)
	}
	s := questionnaire.Scale{Lo: ends[0], Hi: ends[1]}
	known, seen := in.scales[name]
	switch {
	case s.Lo >= s.Hi:
		return c.Bad(at["hi"], "is %d and the lowest answer %d; expected a higher number", s.Hi, s.Lo)
	case s.Hi-s.Lo > maxScaleSteps:
		return c.Bad(at["hi"], "makes a scale of %d answers; expected at most %d", s.Hi-s.Lo+1, maxScaleSteps+1)
	case seen && (known.Lo != s.Lo || known.Hi != s.Hi):
		return c.Bad(at["scale"], "%s runs from %d to %d here and from %d to %d above; expected one scale under one name", name, s.Lo, s.Hi, known.Lo, known.Hi)
	case !seen:
		in.scales[name] = s
	}
	return nil
}

// worded gives an item of ours its wording; of others only the key is known.
func (in *instrument) worded(item questionnaire.Item) questionnaire.Item {
	item.Text = locale.Text{DE: item.Key, EN: item.Key}
	item.Short = item.Text
	s := in.scales[item.Scale]
	if ours, scale, ok := questionnaire.Known(item.Key); ok && ours.Construct == item.Construct && ours.Reverse == item.Reverse &&
		scale.Lo == s.Lo && scale.Hi == s.Hi {
		item.Text, item.Short = ours.Text, ours.Short
		in.scales[item.Scale] = scale
	}
	return item
}

// questionnaire gives the questions that were asked in one iteration.
func (in *instrument) questionnaire(asked []bool) *questionnaire.Questionnaire {
	q := &questionnaire.Questionnaire{ID: "analyze", Title: locale.Text{DE: in.file, EN: in.file}, Scales: in.scales}
	for i, item := range in.items {
		if !asked[i] {
			continue
		}
		q.Items = append(q.Items, item)
		known := slices.ContainsFunc(q.Constructs, func(c questionnaire.Construct) bool { return c.Key == item.Construct })
		if item.Construct != "" && !known {
			q.Constructs = append(q.Constructs, questionnaire.NamedConstruct(item.Construct))
		}
	}
	return q
}
