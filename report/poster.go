package report

import (
	"fmt"
	"strings"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
)

// Poster invites to a round from a wall. It holds no ticket (decision 22): its address
// leads to the page, which asks for the reader's own one.
type Poster struct {
	About   Document      // without pages
	Address string        // what the code says, BASE/r/ROUND
	Halves  [2]PosterHalf // German above, English below
}

// PosterHalf says everything in one language.
type PosterHalf struct {
	Language    locale.Language
	Kicker      string
	Headline    string
	Title       string // of the round
	Dates       string
	Promises    [3]Promise
	Scan        string
	Typed       [2]string // the address in two lines, as people type it
	Link        string    // where one's own link is
	Fingerprint string    // with its name
	Compare     string    // what the fingerprint is good for
	Ask, Door   string    // that there is somebody to ask, and whom; empty = nobody was named
}

// Symbol is drawn beside a promise.
type Symbol int

// The symbols.
const (
	Clock Symbol = iota
	Lock
	Tick
)

// Promise is one of the three things that a poster says in large letters.
type Promise struct {
	Symbol     Symbol
	Head, Text string
}

// Invitation is what posters and paper tickets are made of.
type Invitation struct {
	Organisation *survey.Organisation
	Round        *survey.Round // opened, so that it has a fingerprint
	Base         string        // scheme and host of the pages, without slash at the end
	Door         locale.Text   // whom to ask, when and where; may be empty
}

// address of the round's page, the same for everybody.
func (in *Invitation) address() string { return in.Base + "/r/" + string(in.Round.ID) }

// typed is the address as people type it. Browsers add "https://" themselves.
func (in *Invitation) typed() [2]string {
	return [2]string{strings.TrimPrefix(in.Base, "https://") + "/r/", string(in.Round.ID)}
}

// period tells from when to when the round is open, in the organisation's zone.
func (in *Invitation) period(p *locale.Printer, zone *time.Location) string {
	return p.Period(in.Round.Opens.In(zone), in.Round.Closes.In(zone))
}

func (in *Invitation) zone() (*time.Location, error) {
	zone, err := time.LoadLocation(in.Organisation.Zone)
	if err != nil {
		return nil, fmt.Errorf("print for round %s: %w", in.Round.ID, err)
	}
	return zone, nil
}

// about tells what a file is about; it is German before it is English.
func (in *Invitation) about(kind string, zone *time.Location) Document {
	p := locale.New(locale.German)
	return Document{
		Language: p.Language(), Title: p.T(kind), Subject: in.Round.Title.DE, Organisation: in.Organisation.Name,
		ID: in.address(), Programme: in.period(p, zone), Created: in.Round.Opens,
	}
}

// BuildPoster says what the poster of a round says. It fails if the time zone of the
// organisation is unknown.
func BuildPoster(in Invitation) (*Poster, error) {
	zone, err := in.zone()
	if err != nil {
		return nil, err
	}
	poster := &Poster{About: in.about("report.poster.kind", zone), Address: in.address()}
	for i, l := range []locale.Language{locale.German, locale.English} {
		poster.Halves[i] = in.half(locale.New(l), zone)
	}
	return poster, nil
}

func (in *Invitation) half(p *locale.Printer, zone *time.Location) PosterHalf {
	t := func(key string, args ...any) string { return p.T("report.poster."+key, args...) }
	q := in.Round.Questionnaire
	half := PosterHalf{
		Language: p.Language(), Kicker: in.Organisation.Name, Headline: p.T("survey.intro.heading"), Title: p.In(in.Round.Title), Dates: in.period(p, zone),
		Promises: [3]Promise{
			{Clock, t("time", "time", p.In(q.TimeWords())), t("time-text", "n", len(q.Items))},
			{Lock, t("anonymous"), t("anonymous-text", "k", in.Round.K)},
			{Tick, t("voluntary"), t("voluntary-text")},
		},
		Scan: t("scan"), Typed: in.typed(), Link: t("link"),
		Fingerprint: p.T("survey.intro.fingerprint") + " " + ballot.PrintFingerprint(in.Round.Fingerprint), Compare: t("fingerprint"),
	}
	if door := p.In(in.Door); door != "" {
		half.Ask, half.Door = t("ask"), door
	}
	return half
}
