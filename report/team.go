package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/tally"
)

// TeamInput is everything a team sheet is made of. Only what people released stands on
// it.
type TeamInput struct {
	Organisation *survey.Organisation
	Programme    string
	Public       survey.ProgrammeID // whose page the code leads to
	Iteration    survey.Iteration
	Round        *survey.Round // the counted check round of the iteration
	Results      *tally.Results
	First        bool                 // no check round was counted before
	Pairs        []survey.Pair        // of the iteration, released or not
	Improvements []survey.Improvement // that they tell of
	Rounds       []survey.Round       // of the iteration, for the dates
	Base         string               // scheme and host of the pages; empty = no code
	At           time.Time            // when the sheet is made: what lies before is no date to come
	Language     locale.Language
	Version      int
	Software     string
}

// Most parts of a team sheet, and most words of all of it, so that it is read from one
// and a half metres in a minute.
const (
	teamPairs   = 3
	teamDates   = 3
	teamWords   = 150
	teamAnswers = 14 // days within which criticism is answered (rule F10)
)

// Most words of what people wrote; fewer where all of it is too long.
const (
	saidWords = 12
	didWords  = 14
	whyWords  = 16
	doorWords = 12
)

// teamSmallest is the number of answers below which a process is not on the sheet.
const teamSmallest = 20

// team holds what the parts of the sheet share.
type team struct {
	TeamInput
	p       *locale.Printer
	zone    *time.Location
	tighter int // by how many words the limits are lower
}

// BuildTeam says what stands on the sheet "back to the team" for the notice board. It
// fails if the time zone of the organisation is unknown.
func BuildTeam(in TeamInput) (*Document, error) {
	zone, err := time.LoadLocation(in.Organisation.Zone)
	if err != nil {
		return nil, fmt.Errorf("team sheet of iteration %s: %w", in.Iteration.ID, err)
	}
	in.Pairs = slices.SortedFunc(slices.Values(in.Pairs), func(a, b survey.Pair) int { return cmp.Compare(a.Number, b.Number) })
	t := &team{TeamInput: in, p: locale.New(in.Language), zone: zone}
	sheet := t.sheet()
	for ; sheet.words() > teamWords && t.tighter < saidWords-3; sheet = t.sheet() {
		t.tighter++
	}
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
		s.Typed = [2]string{strings.TrimPrefix(t.Base, "https://") + "/p/", string(t.Public)}
		s.Address = t.Base + "/p/" + string(t.Public)
		if t.Language != locale.German {
			s.Address += "?lang=" + string(t.Language) // the page is German unless asked
		}
	}
	return s
}

// released says that a pair may stand on the sheet. What concerns a process of few
// answers stays off it: everybody there knows who said so.
func (t *team) released(p *survey.Pair) bool {
	if !p.Released || p.Process == "" {
		return p.Released
	}
	g := find(t.Results, tally.Group{Process: p.Process})
	return g != nil && g.N != nil && *g.N >= teamSmallest
}

// pairs are what was said and what is done about it, done things first.
func (t *team) pairs() []Pair {
	var pairs []Pair
	for _, status := range []survey.PairStatus{survey.PairDone, survey.PairWorking} {
		for i := range t.Pairs {
			if p := &t.Pairs[i]; p.Status == status && t.released(p) && len(pairs) < teamPairs {
				pairs = append(pairs, t.pair(p))
			}
		}
	}
	if len(pairs) == 0 {
		pairs = []Pair{{Said: t.t("nothing-said"), Did: t.t("in-work", "date", together(t.p.Date(t.answerBy()))), Word: t.t("state.working")}}
	}
	return pairs
}

func (t *team) pair(p *survey.Pair) Pair {
	said, did := p.In(t.Language)
	key, state := "state.working", PairWorking
	if p.Status == survey.PairDone {
		key, state = "state.done", PairDone
	}
	word := t.t(key)
	if day, known := t.date(p.Day); known {
		word = t.t(key+"-day", "date", day)
		if did == "" {
			did, word = t.t("in-work", "date", together(day)), t.t(key)
		}
	}
	return Pair{shortened(said, saidWords-t.tighter), t.figure(t.moves(p.Improvement)), shortened(did, didWords-t.tighter), word, state}
}

// moves is what the improvement that a pair tells of is to move.
func (t *team) moves(id survey.RecordID) string {
	for i := range t.Improvements {
		if t.Improvements[i].ID == id && id != "" {
			return t.Improvements[i].Moves
		}
	}
	return ""
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
	for i := range t.Pairs {
		if p := &t.Pairs[i]; p.Status == survey.PairNotYet && t.released(p) {
			said, why := p.In(t.Language)
			return []string{shortened(said, saidWords-t.tighter), shortened(why, whyWords-t.tighter)}
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

// together keeps a date on one line.
func together(date string) string { return strings.ReplaceAll(date, " ", "\u00a0") }
