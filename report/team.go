package report

import (
	"fmt"
	"strings"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/tally"
)

// TeamInput is everything a team sheet is made of. Only what people released stands on
// it: improvements whose answer the team may read.
type TeamInput struct {
	Organisation *survey.Organisation
	Programme    string
	Iteration    survey.Iteration
	Round        *survey.Round // the counted check round of the iteration
	Results      *tally.Results
	First        bool // no check round was counted before
	Improvements []survey.Improvement
	Rounds       []survey.Round // of the iteration, for the dates
	Base         string         // scheme and host of the pages; empty = no code
	At           time.Time      // when the sheet is made: what lies before is no date to come
	Language     locale.Language
	Version      int
	Software     string
}

// Most words of parts of a team sheet: all of it has at most 150, so that it is read
// from one and a half metres in a minute.
const (
	teamPairs   = 3
	saidWords   = 7
	didWords    = 11
	whyWords    = 14
	doorWords   = 10
	teamDates   = 3
	teamAnswers = 14 // days within which criticism is answered (rule F10)
)

// teamSmallest is the number of answers below which a process is not on the sheet.
const teamSmallest = 20

// team holds what the parts of the sheet share.
type team struct {
	TeamInput
	p    *locale.Printer
	zone *time.Location
}

// BuildTeam says what stands on the sheet "back to the team" for the notice board. It
// fails if the time zone of the organisation is unknown.
func BuildTeam(in TeamInput) (*Document, error) {
	zone, err := time.LoadLocation(in.Organisation.Zone)
	if err != nil {
		return nil, fmt.Errorf("team sheet of iteration %s: %w", in.Iteration.ID, err)
	}
	t := &team{in, locale.New(in.Language), zone}
	sheet := t.sheet()
	data, hash, err := canonical(t.contents(&sheet))
	if err != nil {
		return nil, fmt.Errorf("team sheet of iteration %s: %w", in.Iteration.ID, err)
	}
	id := fmt.Sprintf("%s-I%02d-T%d", strings.ToUpper(in.Organisation.Key), in.Iteration.Number, in.Version)
	about := t.p.T("report.iteration", "number", in.Iteration.Number)
	return &Document{
		Language: in.Language, Title: t.t("kind"), Organisation: in.Organisation.Name, ID: id, Hash: hash,
		Programme: in.Programme + " · " + about, Subject: in.Programme + ", " + about, Created: t.day(), Software: in.Software,
		Foot: t.p.T("report.foot", "confidentiality", t.t("audience"), "id", id, "hash", shortHash(hash)), PageOf: t.p.T("report.page"),
		Pages: []Page{{Name: "team", Cover: true, Title: sheet.Title, Blocks: []Block{sheet}}},
		Files: []File{{Name: t.p.T("report.file.json"), Type: "application/json", About: t.t("data"), Body: data}},
	}, nil
}

// t gives a text of the team sheet's catalogue.
func (t *team) t(key string, args ...any) string { return t.p.T("team."+key, args...) }

// day is the day on which the sheet is made, where the organisation is.
func (t *team) day() time.Time {
	y, m, d := t.At.In(t.zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// sheet is what is read.
func (t *team) sheet() TeamSheet {
	s := TeamSheet{
		Kicker: t.Organisation.Name + " · " + t.Programme, Said: t.t("said"), Did: t.t("did"), Pairs: t.pairs(), Why: t.t("why"), Infeasible: t.infeasible(),
		Next: t.t("next"), Dates: t.dates(), Door: t.door(),
	}
	thanks := t.t("thanks")
	if r := t.Results; r.Ballots != nil {
		thanks = t.t("thanks-of", "answered", *r.Ballots, "invited", r.Invited)
	}
	s.Title = thanks
	if t.First {
		s.Title, s.Lead = t.t("first"), thanks+"."
	}
	if t.Base != "" {
		s.Address = t.Base + "/r/" + string(t.Round.ID)
		s.Typed = strings.TrimPrefix(strings.TrimPrefix(s.Address, "https://"), "http://")
	}
	return s
}

// released says that the team may read the answer. What concerns a process of few
// answers stays off the sheet: everybody there knows who said so.
func (t *team) released(m *survey.Improvement) bool {
	if !m.Visible || m.Process == "" {
		return m.Visible
	}
	g := find(t.Results, tally.Group{Process: m.Process})
	return g != nil && g.N != nil && *g.N >= teamSmallest
}

// pairs are what was said and what is done about it, done things first.
func (t *team) pairs() []Pair {
	var pairs []Pair
	for _, state := range []survey.ImprovementStatus{survey.ImprovementDone, survey.ImprovementPlanned, survey.ImprovementExamined, survey.ImprovementNew} {
		for i := range t.Improvements {
			if m := &t.Improvements[i]; m.Status == state && t.released(m) && len(pairs) < teamPairs {
				pairs = append(pairs, t.pair(m))
			}
		}
	}
	if len(pairs) == 0 {
		pairs = []Pair{{Said: t.t("nothing-said"), Did: t.t("in-work", "date", t.p.LongDate(t.answerBy())), State: PairOpen, Word: t.t("state.open")}}
	}
	return pairs
}

func (t *team) pair(m *survey.Improvement) Pair {
	p := Pair{Said: shortened(m.Criticism, saidWords), Figure: t.figure(m.Moves), Did: shortened(m.Answer, didWords), State: PairOpen, Word: t.t("state.open")}
	switch m.Status {
	case survey.ImprovementDone:
		p.State, p.Word = PairDone, t.t("state.done")
		if day, said := t.date(m.Answered); said {
			p.Word = t.t("state.done-on", "date", day)
		}
	case survey.ImprovementPlanned:
		p.State, p.Word = PairPlanned, t.t("state.planned")
		if day, said := t.date(m.Due); said {
			p.Word = t.t("state.planned-for", "date", day)
		}
	}
	if m.Answer == "" {
		p.Did = t.t("in-work", "date", t.p.LongDate(t.answerBy()))
		if day, said := t.date(m.Due); said {
			p.Did = t.t("in-work", "date", day)
		}
	}
	return p
}

// figure tells the value of the whole round that an improvement is to move.
func (t *team) figure(key string) string {
	total := find(t.Results, tally.Group{})
	q := t.Round.Questionnaire
	if i := q.Item(key); i != nil && item(total, key).Index != nil {
		return t.t("figure", "what", t.p.In(i.Short), "value", *item(total, key).Index)
	}
	for _, c := range q.Constructs {
		if c.Key == key && construct(total, key).Index != nil {
			return t.t("figure", "what", t.p.In(c.Short), "value", *construct(total, key).Index)
		}
	}
	return ""
}

// infeasible is what cannot be done, and why.
func (t *team) infeasible() []string {
	for i := range t.Improvements {
		if m := &t.Improvements[i]; m.Status == survey.ImprovementInfeasible && t.released(m) {
			return []string{shortened(m.Criticism, saidWords), shortened(m.Reason, whyWords)}
		}
	}
	return nil
}

// answerBy is the day until which criticism is answered.
func (t *team) answerBy() time.Time {
	by := t.Results.CountedAt.In(t.zone).AddDate(0, 0, teamAnswers)
	if by.Before(t.At) {
		by = t.At.In(t.zone).AddDate(0, 0, teamAnswers)
	}
	return by
}

// date tells a day YYYY-MM-DD.
func (t *team) date(day string) (string, bool) {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return "", false
	}
	return t.p.Date(at), true
}
