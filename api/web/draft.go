package web

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
)

// draftSteps are the steps of a draft (A7) after the first one, which makes it. Each is
// saved by itself; the last one only looks.
var draftSteps = []string{"groups", "questions", "time", "texts", "check"}

// draftPage is one of them.
type draftPage struct {
	Step    string
	Steps   []draftStep
	Form    *view.Form
	Choices []view.Choice // kinds, processes, or which questions
	Note    string
	Facts   []fact
	Table   *view.Table
	Checks  []view.Status
	Try     *view.Link   // the preview of the survey
	Tried   *view.Button // notes that it was tried out
	Buttons []view.Button
	Links   []view.Link
}

// draftStep is a step in the list of them.
type draftStep struct {
	view.Link
	State string // past, now, next
}

func (v *Visit) draftPage(r *survey.Round, step string) draftPage {
	p, state := draftPage{Step: step}, "past"
	for n, name := range append([]string{"basics"}, draftSteps...) {
		one := draftStep{Link: view.Link{Text: v.T("web.draft.step", "n", n+1, "name", v.T("web.draft."+name))}, State: state}
		if name == step {
			one.State, state = "now", "next"
		} else if r != nil {
			one.Href = roundAt(r.ID) + "/draft/" + name
		}
		p.Steps = append(p.Steps, one)
	}
	return p
}

// NewRound asks for the kind of a round; then it is a draft.
func (w *Web) NewRound(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	page := v.draftPage(nil, "basics")
	page.Form = v.Form("web.draft", iterationAt(i.ID)+"/rounds", url.Values{"kind": {string(survey.PulseRound)}})
	for _, kind := range []survey.Kind{survey.PulseRound, survey.CheckRound} {
		page.Choices = append(page.Choices, view.Choice{Value: string(kind), Text: v.T("web.round.kind-" + string(kind)), Hint: v.T("web.draft.about-" + string(kind))})
	}
	return v.Show("round/draft", v.T("web.round.new"), page)
}

// CreateRound makes a draft with times that fit the iteration; a later step changes them.
func (w *Web) CreateRound(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	kind := survey.Kind(v.Text("kind"))
	opens, closes := v.proposal(i, kind)
	reminders := []time.Time{opens.AddDate(0, 0, 3), opens.AddDate(0, 0, 9)}
	r, err := w.service.CreateRound(v.Context(), v.Actor, i.ID, survey.RoundInput{Kind: kind, Opens: &opens, Closes: &closes, Reminders: &reminders})
	if err != nil {
		return v.Again(err, w.NewRound)
	}
	return v.Goto(roundAt(r.ID) + "/draft/" + draftSteps[0])
}

// When a proposed round opens and closes, in the organisation's zone, and how many days
// lie before it at least, so that an auditor has time.
const (
	proposedOpen, proposedClose = 9, 18
	proposedAhead               = 4
	proposedDays                = 11 // from Monday to the Friday after next
)

// proposal gives two working weeks from a Monday on: the next ones, for a check those that
// end a week before CHECK begins, if they still lie ahead.
func (v *Visit) proposal(i *survey.Iteration, kind survey.Kind) (opens, closes time.Time) {
	zone := zoneOf(v.place.organisation)
	monday := func(t time.Time) time.Time { // on or after
		t = t.AddDate(0, 0, int(8-t.Weekday())%7)
		return time.Date(t.Year(), t.Month(), t.Day(), proposedOpen, 0, 0, 0, zone)
	}
	opens = monday(v.web.now().In(zone).AddDate(0, 0, proposedAhead))
	if late := monday(i.Checks.In(zone).AddDate(0, 0, -24)); kind == survey.CheckRound && late.After(opens) {
		opens = late
	}
	closes = opens.AddDate(0, 0, proposedDays)
	return opens, closes.Add((proposedClose - proposedOpen) * time.Hour)
}

// EditDraft shows a step of a draft.
func (w *Web) EditDraft(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	if r.State != survey.Draft {
		return v.Goto(roundAt(r.ID))
	}
	step := c.Param("step")
	if step != "basics" && !slices.Contains(draftSteps, step) {
		return fault.New(fault.NotFound, "not-found")
	}
	v.Section("iterations")
	v.Crumb(v.In(r.Title), roundAt(r.ID))
	page := v.draftPage(r, step)
	page.Form = v.Form("web.draft", roundAt(r.ID)+"/draft/"+step, nil)
	if err := map[string]func(*survey.Round, *draftPage) error{
		"basics": v.draftBasics, "groups": v.draftGroups, "questions": v.draftQuestions, "time": v.draftTime, "texts": v.draftTexts, "check": v.draftCheck,
	}[step](r, &page); err != nil {
		return err
	}
	return v.Show("round/draft", v.T("web.draft."+step), page)
}

// stored gives a form the fields of what is stored.
func (v *Visit) stored(page *draftPage, values url.Values, version int) {
	values.Set("seen", strconv.Itoa(version))
	page.Form = v.Form("web.draft", page.Form.Action, values)
}

// draftBasics is the first step once more: the kind, which does not change any more.
func (v *Visit) draftBasics(r *survey.Round, page *draftPage) error {
	page.Form, page.Note = nil, v.T("web.draft.fixed")
	page.Facts = []fact{{v.T("web.round.kind"), v.T("web.round.kind-" + string(r.Kind))}, {v.T("web.draft.budget"), v.questionTime(r)}}
	page.Links = []view.Link{{Text: v.T("web.draft.on"), Href: roundAt(r.ID) + "/draft/" + draftSteps[0]}}
	return nil
}

// draftGroups is the step in which the processes are chosen: those of the iteration.
func (v *Visit) draftGroups(r *survey.Round, page *draftPage) error {
	i := v.place.iteration
	v.stored(page, url.Values{"scope": i.Scope}, i.Version)
	for _, n := range v.place.organisation.Processes {
		if !n.Archived || slices.Contains(i.Scope, n.Key) {
			page.Choices = append(page.Choices, view.Choice{Value: n.Key, Text: v.In(n.Name)})
		}
	}
	found, note, err := v.inspect(r)
	if page.Note = note; err != nil || found == nil {
		return err
	}
	table, small := v.groupTable(found)
	page.Table = table
	page.Note = v.T("web.draft.asked", "n", found.Round.Invited)
	if small > 0 {
		page.Note += " " + v.T("web.draft.small", "n", small, "k", r.K)
	}
	return nil
}

// draftQuestions is the step of the questions: the built-in ones, which stay comparable,
// and own ones within two minutes.
func (v *Visit) draftQuestions(r *survey.Round, page *draftPage) error {
	values := url.Values{}
	for n, own := range r.Questionnaire.Own() {
		at := "own" + strconv.Itoa(n+1) + "_"
		values.Set(at+"de", own.DE)
		values.Set(at+"en", own.EN)
	}
	v.stored(page, values, r.Version)
	page.Table = v.questionTable(r)
	if id := r.Questionnaire.ID; id != string(r.Kind) && id != string(r.Kind)+"-own" {
		page.Note, page.Form = v.questionTime(r)+". "+v.T("web.draft.foreign"), nil
		return nil
	}
	each := r.Questionnaire.Seconds() / len(r.Questionnaire.Items)
	room := min(questionnaire.MaxOwn, (questionnaire.MaxSeconds-questionnaire.BuiltIn(string(r.Kind)).Seconds())/each)
	page.Note = v.T("web.draft.budget-is", "time", v.questionTime(r), "most", questionnaire.MaxSeconds) + ". " +
		v.T("web.draft.locked") + " " + v.T("web.draft.room-is", "n", room, "s", each)
	if r.Kind == survey.PulseRound {
		page.Facts = append(page.Facts, fact{v.T("web.draft.rotates"), v.T("web.draft.rotates-pulse")})
	}
	return nil
}

// draftTime is the step of the period and of the ways to reach people.
func (v *Visit) draftTime(r *survey.Round, page *draftPage) error {
	values := url.Values{"opens": {v.wall(r.Opens)}, "closes": {v.wall(r.Closes)}}
	for n, at := range r.Reminders {
		values.Set("reminder"+strconv.Itoa(n+1), v.wall(at))
	}
	v.stored(page, values, r.Version)
	found, note, err := v.inspect(r)
	if page.Note = note; err != nil || found == nil {
		return err
	}
	page.Facts = []fact{
		{v.T("web.draft.by-mail"), v.T("web.review.people", "n", found.Round.Invited-found.Round.Paper)},
		{v.T("web.draft.by-paper"), v.T("web.review.people", "n", found.Round.Paper)}, {v.T("web.draft.by-poster"), v.T("web.draft.poster")},
	}
	return nil
}

// wall gives an instant as the organisation's clock shows it.
func (v *Visit) wall(t time.Time) string {
	return t.In(zoneOf(v.place.organisation)).Format(survey.WallTime)
}

// draftTexts is the step of the title, in both languages.
func (v *Visit) draftTexts(r *survey.Round, page *draftPage) error {
	v.stored(page, url.Values{"title-de": {r.Title.DE}, "title-en": {r.Title.EN}}, r.Version)
	time := r.Questionnaire.TimeWords()
	page.Facts = []fact{{v.T("web.draft.told-time"), v.In(time)}, {v.T("web.draft.told-contact"), v.contact()}}
	return nil
}

// contact is whom people may ask.
func (v *Visit) contact() string {
	if text := v.In(v.place.organisation.Contact); text != "" {
		return text
	}
	return v.T("web.draft.no-contact")
}

// draftCheck is the last step: whether everything is there, and the buttons that end it.
func (v *Visit) draftCheck(r *survey.Round, page *draftPage) error {
	page.Form = nil
	note := func(ok bool, otherwise, key string, args ...any) {
		kind := "ok"
		if !ok {
			kind = otherwise
		}
		page.Checks = append(page.Checks, view.Status{Kind: kind, Text: v.T("web.draft."+key, args...)})
	}
	zone, now := zoneOf(v.place.organisation), v.web.now()
	note(r.Closes.After(now), "act", "check-time", "period", v.Period(r.Opens.In(zone), r.Closes.In(zone)))
	note(r.Questionnaire.Seconds() <= questionnaire.MaxSeconds, "act", "check-questions", "time", v.questionTime(r))
	note(len(r.Reminders) > 0, "watch", "check-reminders", "n", len(r.Reminders))
	if text := v.place.organisation.Agreement; text != "" {
		note(true, "", "check-agreement", "text", text)
	} else {
		note(false, "watch", "check-no-agreement")
	}
	v.rehearsal(r, page, note)
	found, small, err := v.inspect(r)
	if err != nil {
		return err
	}
	if found == nil {
		page.Checks = append(page.Checks, view.Status{Kind: "act", Text: small})
	} else {
		_, n := v.groupTable(found)
		note(true, "", "check-people", "n", found.Round.Invited, "paper", v.Integer(found.Round.Paper))
		if n == 0 {
			note(true, "", "check-no-groups", "k", r.K)
		} else {
			note(false, "watch", "check-groups", "n", n, "k", r.K)
		}
		if names := v.sizeNames(found.Shifted); names != "" {
			note(false, "watch", "check-shifted", "n", r.K-1, "groups", names)
		}
	}
	return v.draftEnd(r, page, note)
}

// rehearsal offers to try the questionnaire out, and to note that it was.
func (v *Visit) rehearsal(r *survey.Round, page *draftPage, note func(ok bool, otherwise, key string, args ...any)) {
	page.Try = &view.Link{Text: v.T("web.preview.try"), Href: roundAt(r.ID) + "/preview"}
	if r.TriedOut() {
		note(true, "", "check-tried")
		return
	}
	note(false, "watch", "check-untried")
	page.Tried = &view.Button{Text: v.T("web.preview.tried"), Action: roundAt(r.ID) + "/tried", Hidden: v.Hidden()}
}

// draftEnd adds who looks at a round before it opens, and the buttons.
func (v *Visit) draftEnd(r *survey.Round, page *draftPage, note func(ok bool, otherwise, key string, args ...any)) error {
	until, err := v.web.service.ReviewedUntil(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	switch {
	case until == nil:
		note(true, "", "check-no-auditor")
	case r.Opens.Before(*until):
		note(false, "act", "check-auditor-late", "when", v.DateTime(*until, zoneOf(v.place.organisation)))
	default:
		note(false, "watch", "check-auditor")
	}
	switch {
	case until != nil:
		page.Buttons = append(page.Buttons, view.Button{Text: v.T("web.round.submit"), Action: roundAt(r.ID) + "/submit", Hidden: v.Hidden()})
	case v.second(r, survey.AskOpen, func(l view.Link) { page.Links = append(page.Links, l) }):
		page.Note = v.awaits(r)
	case v.May(account.OpenRounds):
		page.Links = append(page.Links, view.Link{Text: v.openWords(r), Href: roundAt(r.ID) + "/open"})
	default:
		page.Note = v.T("web.draft.lead-opens")
	}
	return nil
}
