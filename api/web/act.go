package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/table"
)

// said gives a field of the form for a use case: nil if the form does not have it, so
// that it stays as it is. Browsers end lines with CR and LF.
func (v *Visit) said(name string) *string {
	if !v.sent.Has(name) {
		return nil
	}
	text := strings.ReplaceAll(v.Text(name), "\r\n", "\n")
	return &text
}

// saidYes is said of a field that is yes or no.
func (v *Visit) saidYes(name string) *bool {
	if !v.sent.Has(name) {
		return nil
	}
	yes := v.Text(name) == "yes"
	return &yes
}

// saidBoth is said of a text in two languages, in the fields NAME-de and NAME-en.
func (v *Visit) saidBoth(name string) *locale.Text {
	de, en := v.said(name+"-de"), v.said(name+"-en")
	if de == nil || en == nil {
		return nil
	}
	return &locale.Text{DE: *de, EN: *en}
}

// saidNumber is said of a number; one that cannot be read is a fault of its field, none
// clears nothing.
func (v *Visit) saidNumber(name string) (*float64, error) {
	text := strings.TrimSpace(v.Text(name))
	if text == "" {
		return nil, nil
	}
	x, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
	if err != nil {
		return nil, wrongField(name, "number-out-of-range")
	}
	return &x, nil
}

// plain writes a number as it is typed in the language of the page.
func (v *Visit) plain(x float64) string {
	text := strconv.FormatFloat(x, 'f', -1, 64)
	if v.Language() == locale.German {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// wrongField is the fault of one field.
func wrongField(name, code string) error {
	return fault.New(fault.Invalid, code).With(fault.Field{Pointer: "/" + name, Code: code})
}

// today is the day where an organisation is.
func (v *Visit) today(o *survey.Organisation) string {
	return v.web.now().In(zoneOf(o)).Format(time.DateOnly)
}

// worded are choices of words, each with its text below a key of the catalogue.
func (v *Visit) worded(key string, words ...string) []view.Choice {
	var all []view.Choice
	for _, word := range words {
		c := view.Choice{Value: word, Text: v.T(key + word)}
		if v.Has(key + word + "-hint") {
			c.Hint = v.T(key + word + "-hint")
		}
		all = append(all, c)
	}
	return all
}

// processes are the processes that a record may concern: those that the user's right
// reaches, and the whole scope for whom it is not limited.
func (v *Visit) processes(p account.Permission, taken string) []view.Choice {
	all, only := v.choices(v.place.organisation.Processes, taken), v.Actor.Only(p, string(v.place.organisation.ID))
	if only == nil {
		return append([]view.Choice{{Text: v.T("web.act.whole")}}, all...)
	}
	return slices.DeleteFunc(all, func(c view.Choice) bool { return !slices.Contains(only, c.Value) })
}

// concerned names the process of a record, and who sees to it.
func (v *Visit) concerned(process, owner string) string {
	name := v.T("web.act.whole")
	if process != "" {
		name = v.named(v.place.organisation.Processes, process)
	}
	if owner != "" {
		name += " · " + owner
	}
	return name
}

// dayCell is a day that a table sorts by.
func dayCell(v *Visit, text string) view.Cell {
	if text == "" {
		return view.Cell{Text: "–", Sort: "9999"}
	}
	return view.Cell{Text: day(v, text), Sort: text}
}

// effect says what became of what was to move.
func (v *Visit) effect(e *survey.Effect) view.Cell {
	if e == nil {
		return view.Cell{Text: "–"}
	}
	kind := map[survey.EffectState]string{survey.EffectMoved: "ok", survey.EffectUnmoved: "watch"}[e.State]
	if kind == "" {
		kind = "none"
	}
	cell := view.Cell{Status: &view.Status{Kind: kind, Text: v.T("web.effect." + string(e.State))}}
	switch {
	case e.Before != nil && e.After != nil:
		cell.Small = v.T("web.effect.change", "before", v.figure(*e.Before, e.Share), "after", v.figure(*e.After, e.Share), "number", e.Iteration)
	case e.Why != "":
		cell.Small = v.T("web.effect." + string(e.Why))
	}
	if e.Why != "" && e.Before == nil && e.After != nil {
		cell.Small += " " + v.T("web.effect.last", "value", v.figure(*e.After, e.Share))
	}
	if e.Reached != nil && *e.Reached {
		cell.Small += " " + v.T("web.effect.reached")
	}
	return cell
}

func (v *Visit) figure(n int, share bool) string {
	if share {
		return v.Percent(n)
	}
	return v.Integer(n)
}

// export sends a file of an export, as the last part of its address says.
func (v *Visit) export(e *survey.Export, err error) error {
	if err != nil {
		return err
	}
	if !strings.HasSuffix(v.c.FullPath(), ".xlsx") {
		return v.csv(e.Name+".csv", e.Sheets[0])
	}
	v.attach(e.Name+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return table.WriteXLSX(v.c.Writer, e.Sheets...)
}

// tabs are links to parts of a list, the one that is shown marked: names and counts.
func tabs(path, shown string, all ...view.Link) []view.Link {
	for i := range all {
		all[i].Current = all[i].Href == shown
		if name := all[i].Href; name != "" {
			all[i].Href = path + "?" + url.Values{"show": {name}}.Encode()
		} else {
			all[i].Href = path
		}
	}
	return all
}
