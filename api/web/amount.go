package web

import (
	"html/template"
	"math"
	"regexp"
	"strconv"
	"strings"

	"pulscheck/api/view"
	"pulscheck/report/chart"
	"pulscheck/report/fragment"
	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/score"
)

// thousands tells numbers grouped by points or commas, or what may be meant so.
var thousands = map[locale.Language]*regexp.Regexp{
	locale.German:  regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+$`),
	locale.English: regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+$`),
}

// amount reads a number as the language of the page writes it, nil for none. A field
// that holds none, or one that may be meant as thousands, is fault Invalid
// "number-invalid".
func (v *Visit) amount(name string) (*float64, error) {
	text := strings.ReplaceAll(strings.TrimSpace(v.Text(name)), "\u2212", "-")
	if text == "" {
		return nil, nil
	}
	x, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
	if err != nil || thousands[v.Language()].MatchString(text) || math.IsInf(x, 0) || math.IsNaN(x) || strings.ContainsAny(text, "xXpP_") {
		return nil, fault.New(fault.Invalid, "number-invalid").With(fault.Field{Pointer: "/" + name, Code: "number-invalid"})
	}
	return &x, nil
}

// amounts reads several; all that is wrong is told at once.
func (v *Visit) amounts(names ...string) (all []*float64, err error) {
	var wrong fault.Findings
	for _, name := range names {
		x, err := v.amount(name)
		if err != nil {
			wrong.Add("/"+name, "number-invalid")
		}
		all = append(all, x)
	}
	return all, wrong.Err("number-invalid")
}

// written gives a number for a field, as amount reads it.
func (v *Visit) written(x *float64) string {
	if x == nil {
		return ""
	}
	text := strconv.FormatFloat(*x, 'f', -1, 64)
	if v.Language() == locale.German {
		text = strings.ReplaceAll(text, ".", ",")
	}
	return text
}

// told gives a number with its unit, a dash for none.
func (v *Visit) told(x *float64, unit string) string {
	if x == nil {
		return "–"
	}
	_, decimals, _ := strings.Cut(strconv.FormatFloat(*x, 'f', -1, 64), ".")
	const most = 4
	return strings.TrimSpace(v.Decimal(*x, min(len(decimals), most)) + "\u00a0" + unit)
}

// attained are the shapes of words about a figure (methods.md section 11).
var attained = map[string]string{
	score.Reached: "ok", score.Nearly: "watch", score.Partly: "watch", score.Unchanged: "act", score.Worse: "act", score.NotReached: "act", score.InvalidGoal: "act",
}

// attainment says how far a figure is; without a target nothing.
func (v *Visit) attainment(a score.Attainment) *view.Status {
	if a.Word == "" {
		return nil
	}
	kind := attained[a.Word]
	if kind == "" {
		kind = "none"
	}
	text := v.T("web.kpis.word-" + a.Word)
	if a.Uncertain {
		text += v.T("web.kpis.uncertain")
	}
	return &view.Status{Kind: kind, Text: text}
}

// fed says what the latest round says of a figure from the pulse.
func (v *Visit) fed(f *survey.Fed) string {
	if f == nil {
		return v.T("web.kpis.fed-none")
	}
	text := v.T("web.kpis.fed-"+string(f.State), "day", v.Date(f.Closed.In(zoneOf(v.place.organisation))))
	if f.State != survey.FedShown {
		return text
	}
	if f.CI != nil {
		text += " " + v.T("web.kpis.interval", "range", v.Range(v.Decimal(f.CI.Low, 0), v.Decimal(f.CI.High, 0)))
	}
	if !f.Enough {
		text += " " + v.T("web.kpis.too-few")
	}
	return text
}

// Measures of the picture of a way, in mm.
const trackWidth, trackHeight = 60.0, 11.0

// track draws the way of a figure as page P9 of the report does.
func (v *Visit) track(baseline, actual, target *float64, direction, unit string) template.HTML {
	words := []string{
		v.T("web.kpis.baseline") + " " + v.told(baseline, unit), v.T("web.kpis.actual") + " " + v.told(actual, unit), v.T("web.kpis.target") + " " + v.told(target, unit),
	}
	return fragment.Picture(chart.Track{
		Baseline: baseline, Actual: actual, Target: target, Down: direction == survey.Down, Empty: v.T("web.kpis.word-no_data"), Words: strings.Join(words, ", "),
	}, trackWidth, trackHeight)
}

// directions are the choices of where a figure is to go.
func (v *Visit) directions() []view.Choice {
	return []view.Choice{{Value: survey.Up, Text: v.T("web.kpis.up")}, {Value: survey.Down, Text: v.T("web.kpis.down")}}
}
