package view

import (
	"slices"
	"strings"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
)

// plainPair is what was said and what was done, as sentences.
type plainPair struct{ Said, Did string }

// plainOffer is where somebody finds support, and who is meant.
type plainOffer struct{ Whom, What string }

// there gives an instant in the zone of the organisation. Rounds that were opened before
// the manifest named it are told in UTC.
func there(m *ballot.Manifest, t time.Time) time.Time {
	if zone, err := time.LoadLocation(m.Zone); err == nil {
		return t.In(zone)
	}
	return t.UTC()
}

// day writes a day of the form YYYY-MM-DD.
func (w words) day(text string) string {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return w.LongDate(day)
}

// beside fills in what stands beside the questions: without script the whole list.
func (p *plain) beside() {
	m := p.Manifest
	if m == nil {
		return
	}
	if m.Contact != nil {
		p.Contact = p.T("survey.contact", "contact", p.In(*m.Contact))
	}
	if p.Board == nil {
		return
	}
	if p.Step == PlainForm || p.Step == PlainDone {
		for _, o := range p.Board.Offers {
			whom := slices.DeleteFunc([]string{p.name(m.Processes, o.Process), p.name(m.Roles, o.Role)}, empty)
			what := slices.DeleteFunc([]string{o.Who, p.In(o.When), p.In(o.Where)}, empty)
			p.Offers = append(p.Offers, plainOffer{strings.Join(whom, ", "), strings.Join(what, " · ")})
		}
	}
	if p.Step == PlainDone || p.Step == "used" {
		for i := range p.Board.Pairs {
			p.Pairs = append(p.Pairs, p.pair(&p.Board.Pairs[i]))
		}
	}
}

func empty(text string) bool { return text == "" }

func (p *plain) name(list []ballot.Choice, key string) string {
	for _, c := range list {
		if c.Key == key {
			return p.In(c.Name)
		}
	}
	return ""
}

// pair says what was said and what was done.
func (w words) pair(p *survey.Pair) plainPair {
	said, did := p.In(w.Language())
	key := "did"
	switch {
	case p.Status == survey.PairNotYet:
		key = "not-yet"
	case p.Status == survey.PairWorking && did == "":
		key = "working"
	case p.Status == survey.PairWorking:
		key = "working-on"
	case p.Day != "":
		key = "did-since"
	}
	return plainPair{w.T("survey.since.said", "said", said), w.T("survey.since."+key, "did", did, "date", w.day(p.Day))}
}
