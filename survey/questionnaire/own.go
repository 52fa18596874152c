package questionnaire

import (
	"strconv"
	"strings"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Limits of what an organisation asks beside a built-in questionnaire.
const (
	MaxOwn     = 2   // questions
	MaxSeconds = 120 // told to respondents, own questions included
)

// ownKey is the beginning of the keys of own questions.
const ownKey = "X"

// WithOwn gives the built-in questionnaire of a kind with own questions at its end, on
// the scale of its first one. Texts that are empty in both languages are left out.
// Faults, all Invalid: "questionnaire-invalid" with a field /own1_de and so on for each
// finding, "questionnaire-too-long" over MaxSeconds; for an unknown kind nil.
func WithOwn(kind string, own []locale.Text) (*Questionnaire, error) {
	q := BuiltIn(kind)
	if q == nil {
		return nil, nil
	}
	asked, first := map[int]int{}, len(q.Items)
	for i, text := range own[:min(len(own), MaxOwn)] {
		text.DE, text.EN = strings.TrimSpace(text.DE), strings.TrimSpace(text.EN)
		if text == (locale.Text{}) {
			continue
		}
		n := strconv.Itoa(i + 1)
		asked[len(q.Items)] = i + 1
		q.Items = append(q.Items, Item{
			Key: ownKey + n, Scale: q.Items[0].Scale, Kind: Extra, Text: text, Short: locale.Text{DE: "Eigene Frage " + n, EN: "Own question " + n},
		})
	}
	if len(q.Items) == first {
		return q, nil
	}
	q.ID += "-own"
	if q.Seconds() > MaxSeconds {
		f := fault.New(fault.Invalid, "questionnaire-too-long")
		f.Args = map[string]any{"n": len(q.Items), "s": q.Seconds()}
		return nil, f
	}
	if err := q.Validate(); err != nil {
		f := fault.Of(err)
		for i, one := range f.Fields {
			words := strings.Split(one.Pointer, "/") // "", items, 19, text, de
			if len(words) < 5 {
				continue
			}
			if n, err := strconv.Atoi(words[2]); err == nil {
				f.Fields[i].Pointer = "/own" + strconv.Itoa(asked[n]) + "_" + words[4]
			}
		}
		return nil, f
	}
	return q, nil
}

// Own gives the own questions of a questionnaire that WithOwn made.
func (q *Questionnaire) Own() []locale.Text {
	own := make([]locale.Text, MaxOwn)
	for _, i := range q.Items {
		if n, found := strings.CutPrefix(i.Key, ownKey); found && i.Kind == Extra {
			if at, err := strconv.Atoi(n); err == nil && at >= 1 && at <= MaxOwn {
				own[at-1] = i.Text
			}
		}
	}
	return own
}
