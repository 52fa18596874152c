package main

import (
	"slices"
	"strconv"

	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
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
	c, err := openCSV(path)
	if err != nil {
		return nil, err
	}
	defer c.close()
	at := map[string]int{}
	for _, name := range itemColumns {
		if at[name], err = c.column(name, "items.csv describes one question a line with item, construct, scale, lo, hi, reverse, kind"); err != nil {
			return nil, err
		}
	}
	in := &instrument{file: c.name, scales: map[string]questionnaire.Scale{}}
	for {
		more, err := c.next()
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
		return nil, &dataError{file: c.name, text: "holds a header but no question; expected one line for every item"}
	}
	return in, nil
}

// add takes the current line as one more question.
func (in *instrument) add(c *csvFile, at map[string]int) error {
	item := questionnaire.Item{Key: c.row[at["item"]], Construct: c.row[at["construct"]], Scale: c.row[at["scale"]], Kind: c.row[at["kind"]]}
	first := slices.IndexFunc(in.items, func(i questionnaire.Item) bool { return i.Key == item.Key })
	switch {
	case item.Key == "":
		return c.bad(at["item"], "is empty; expected the name that the item has as a column of the answers")
	case first >= 0:
		return c.bad(at["item"], "the item %q stands in line %d too; expected every item once", item.Key, in.lines[first])
	case len(in.items) == maxAnalyzedItems:
		return c.bad(noCell, "is item %d; expected at most %d", maxAnalyzedItems+1, maxAnalyzedItems)
	case item.Scale == "":
		return c.bad(at["scale"], "is empty; expected a name for the answer scale, such as likert5 or yesno")
	}
	switch item.Kind {
	case questionnaire.Core, questionnaire.Rotating, questionnaire.Extra, questionnaire.Stage:
	default:
		return c.bad(at["kind"], "%q is no kind of item; expected core, rotating, extra or stage", item.Kind)
	}
	switch c.row[at["reverse"]] {
	case "0":
	case "1":
		item.Reverse = true
	default:
		return c.bad(at["reverse"], "is %q; expected 1 if agreement is bad, else 0", c.row[at["reverse"]])
	}
	if err := in.scale(c, at, item.Scale); err != nil {
		return err
	}
	if item.Kind == questionnaire.Extra {
		item.Construct = "" // asked beside the constructs
	}
	line, _ := c.reader.FieldPos(0)
	in.items, in.lines = append(in.items, in.worded(item)), append(in.lines, line)
	return nil
}

// scale checks the ends of the item's scale.
func (in *instrument) scale(c *csvFile, at map[string]int, name string) error {
	var ends [2]int
	for i, column := range []string{"lo", "hi"} {
		v, err := strconv.ParseInt(c.row[at[column]], 10, 32)
		if err != nil {
			return c.bad(at[column], "is %q; expected a whole number, the %s answer of the scale", c.row[at[column]], [...]string{"lowest", "highest"}[i])
		}
		ends[i] = int(v)
	}
	s := questionnaire.Scale{Lo: ends[0], Hi: ends[1]}
	known, seen := in.scales[name]
	switch {
	case s.Lo >= s.Hi:
		return c.bad(at["hi"], "is %d and the lowest answer %d; expected a higher number", s.Hi, s.Lo)
	case s.Hi-s.Lo > maxScaleSteps:
		return c.bad(at["hi"], "makes a scale of %d answers; expected at most %d", s.Hi-s.Lo+1, maxScaleSteps+1)
	case seen && (known.Lo != s.Lo || known.Hi != s.Hi):
		return c.bad(at["scale"], "%s runs from %d to %d here and from %d to %d above; expected one scale under one name", name, s.Lo, s.Hi, known.Lo, known.Hi)
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
