package web

import (
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

// UpdateDraft saves a step of a draft and goes on to the next one.
func (w *Web) UpdateDraft(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	step := c.Param("step")
	save := map[string]func(*survey.Round) error{"groups": v.saveGroups, "questions": v.saveQuestions, "time": v.saveTime, "texts": v.saveTexts}[step]
	if save == nil {
		return fault.New(fault.NotFound, "not-found")
	}
	if err := save(r); err != nil {
		if r.State != survey.Draft {
			return v.Again(err, w.ShowRound)
		}
		return v.Again(err, w.EditDraft)
	}
	next := draftSteps[slices.Index(draftSteps, step)+1]
	if v.Text("then") == "stay" {
		next = step
	}
	return v.Goto(roundAt(r.ID) + "/draft/" + next)
}

// saveGroups chooses the processes of the iteration.
func (v *Visit) saveGroups(*survey.Round) error {
	scope := v.Texts("scope")
	_, err := v.web.service.UpdateIteration(v.Context(), v.Actor, v.place.iteration.ID, survey.IterationInput{Seen: number(v.Text("seen")), Scope: &scope})
	return err
}

func (v *Visit) saveRound(r *survey.Round, in survey.RoundInput) error {
	in.Seen = number(v.Text("seen"))
	_, err := v.web.service.UpdateRound(v.Context(), v.Actor, r.ID, in)
	return err
}

// saveQuestions takes own questions beside the built-in ones.
func (v *Visit) saveQuestions(r *survey.Round) error {
	q, err := questionnaire.WithOwn(string(r.Kind), []locale.Text{
		{DE: v.Text("own1_de"), EN: v.Text("own1_en")}, {DE: v.Text("own2_de"), EN: v.Text("own2_en")},
	})
	if err != nil {
		return err
	}
	return v.saveRound(r, survey.RoundInput{Questionnaire: q})
}

// saveTime takes the period and the reminders.
func (v *Visit) saveTime(r *survey.Round) error {
	f, at := fault.New(fault.Invalid, "date-invalid"), map[string]time.Time{}
	for _, name := range []string{"opens", "closes", "reminder1", "reminder2"} {
		if strings.HasPrefix(name, "reminder") && v.Text(name) == "" {
			continue
		}
		t, err := time.ParseInLocation(survey.WallTime, v.Text(name), zoneOf(v.place.organisation))
		if err != nil {
			f = f.With(fault.Field{Pointer: "/" + name, Code: "date-invalid"})
		}
		at[name] = t
	}
	if len(f.Fields) > 0 {
		return f
	}
	opens, closes := at["opens"], at["closes"]
	reminders, names := []time.Time{}, []string{}
	for _, name := range []string{"reminder1", "reminder2"} {
		if t, given := at[name]; given {
			reminders, names = append(reminders, t), append(names, name)
		}
	}
	err := v.saveRound(r, survey.RoundInput{Opens: &opens, Closes: &closes, Reminders: &reminders})
	if err == nil {
		return nil
	}
	f = fault.Of(err)
	for n, one := range f.Fields {
		if i := strings.TrimPrefix(one.Pointer, "/reminders/"); i != one.Pointer && number(i) < len(names) {
			f.Fields[n].Pointer = "/" + names[number(i)]
		}
	}
	return f
}

// saveTexts takes the title.
func (v *Visit) saveTexts(r *survey.Round) error {
	err := v.saveRound(r, survey.RoundInput{Title: &locale.Text{DE: v.Text("title-de"), EN: v.Text("title-en")}})
	if err == nil {
		return nil
	}
	f := fault.Of(err)
	for n, one := range f.Fields {
		f.Fields[n].Pointer = strings.Replace(one.Pointer, "/title/", "/title-", 1)
	}
	return f
}
