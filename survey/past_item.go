package survey

import (
	"slices"
	"strconv"
	"strings"

	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

// item gives a question by its key, at its first row as it is said there.
func (p *past) item(key string) *pastItem {
	if i := slices.IndexFunc(p.items, func(i pastItem) bool { return i.Key == key }); i >= 0 {
		return &p.items[i]
	}
	text, reverse := p.cell(textColumn), p.cell(reverseColumn)
	item, scale, ours := questionnaire.Known(key)
	switch {
	case !pastItemKey(key):
		p.bad(itemColumn, "key-invalid")
		return nil
	case ours && (text != "" && text != item.Text.DE && text != item.Text.EN || reverse != "" && (reverse == "1") != item.Reverse):
		p.bad(itemColumn, "past-item-differs")
		return nil
	case !ours && text == "":
		p.bad(textColumn, "past-item-unknown")
		return nil
	case strings.ContainsFunc(text, hidden):
		p.bad(textColumn, "control-character")
		return nil
	case strings.ContainsFunc(p.cell(constructColumn), hidden):
		p.bad(constructColumn, "control-character")
		return nil
	case reverse != "" && reverse != "0" && reverse != "1":
		p.bad(reverseColumn, "past-count-invalid")
		return nil
	case !ours:
		item, scale = p.foreign(key, text, reverse == "1")
	}
	for value, i := range p.answers {
		if p.row[i] != "" && (value < scale.Lo || value > scale.Hi) {
			p.bad(strconv.Itoa(value), "answer-out-of-range")
		}
	}
	p.items = append(p.items, pastItem{item, scale})
	return &p.items[len(p.items)-1]
}

func pastItemKey(key string) bool {
	return key != "" && len(key) <= 16 && !strings.ContainsFunc(key, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_'
	})
}

// foreign makes a question that is not ours; its scale runs over the answers that its
// first row has.
func (p *past) foreign(key, text string, reverse bool) (questionnaire.Item, questionnaire.Scale) {
	var values []int
	for value, i := range p.answers {
		if p.row[i] != "" {
			values = append(values, value)
		}
	}
	slices.Sort(values)
	both := locale.Text{DE: text, EN: text}
	item := questionnaire.Item{Key: key, Construct: p.cell(constructColumn), Reverse: reverse, Kind: questionnaire.Core, Text: both, Short: short(both)}
	if len(values) < 2 || values[len(values)-1]-values[0] >= questionnaire.MaxOptions {
		p.bad(itemColumn, "past-scale-invalid")
		values = []int{0, 1}
	}
	scale := questionnaire.Scale{Lo: values[0], Hi: values[len(values)-1], Labels: map[string]locale.Text{}}
	for v := scale.Lo; v <= scale.Hi; v++ {
		scale.Labels[strconv.Itoa(v)] = locale.Text{DE: strconv.Itoa(v), EN: strconv.Itoa(v)}
	}
	item.Scale = "past-" + strconv.Itoa(scale.Lo) + "-" + strconv.Itoa(scale.Hi)
	return item, scale
}

// short cuts a wording to the length of a label.
func short(t locale.Text) locale.Text {
	const most = 40
	if r := []rune(t.DE); len(r) > most {
		t.DE = string(r[:most-1]) + "…"
	}
	t.EN = t.DE
	return t
}

// questionnaire gives what was asked.
func (p *past) questionnaire(title locale.Text) *questionnaire.Questionnaire {
	q := &questionnaire.Questionnaire{ID: "imported", Title: title, Scales: map[string]questionnaire.Scale{}}
	for _, i := range p.items {
		q.Items = append(q.Items, i.Item)
		q.Scales[i.Scale] = i.scale
		if i.Construct != "" && !slices.ContainsFunc(q.Constructs, func(c questionnaire.Construct) bool { return c.Key == i.Construct }) {
			q.Constructs = append(q.Constructs, questionnaire.NamedConstruct(i.Construct))
		}
	}
	return q
}
