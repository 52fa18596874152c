package report

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"pulscheck/report/chart"
	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

// CouncilInput is what the works council pack is made of.
type CouncilInput struct {
	*survey.Council
	Language locale.Language
	Software string // version of the program, may be empty
}

// council holds what its chapters share.
type council struct {
	CouncilInput
	p     *locale.Printer
	zone  *time.Location
	pages []Page
}

// BuildCouncil says what a works council is told: purpose, way of an answer, questions,
// data and periods, protection, rights, limits, rounds with their fingerprints, and the
// record of processing of Art. 30 GDPR, all as the installation is configured now.
func BuildCouncil(in CouncilInput) (*Document, error) {
	zone, err := time.LoadLocation(in.Organisation.Zone)
	if err != nil {
		return nil, fmt.Errorf("works council pack of organisation %s: %w", in.Organisation.ID, err)
	}
	c := &council{CouncilInput: in, p: locale.New(in.Language), zone: zone}
	c.cover()
	c.prose("purpose", "why", "not", "free", "who")
	c.prose("way", "freeze", "ticket", "seal", "count", "forget", "trustee")
	c.questions()
	c.data()
	c.prose("shown", "k", "round", "guard", "field")
	c.rights()
	c.limits()
	c.rounds()
	c.record()
	return &Document{
		Language: in.Language, Title: c.t("title"), Subject: c.t("subtitle", "organisation", in.Organisation.Name), Organisation: in.Organisation.Name,
		Programme: c.date(in.At), ID: strings.ToUpper(in.Organisation.Key) + "-BR-" + in.At.UTC().Format("20060102-1504"),
		Foot: c.t("foot", "date", c.date(in.At)), PageOf: c.p.T("report.page"), Created: in.At, Software: in.Software, Pages: c.pages,
	}, nil
}

func (c *council) t(key string, args ...any) string { return c.p.T("council."+key, args...) }

func (c *council) date(t time.Time) string { return c.p.LongDate(t.In(c.zone)) }

// chapter begins a chapter and adds its pages when it is over.
func (c *council) chapter(name string, fill func(*column)) {
	title := c.t(name + ".title")
	f := newColumn(Page{Name: name, Kicker: c.t(name + ".kicker"), Title: title, Subtitle: c.t(name + ".subtitle")}, c.t("continued", "title", title))
	fill(f)
	c.pages = append(c.pages, f.pages...)
}

// prose is a chapter of headings with a paragraph each.
func (c *council) prose(name string, keys ...string) {
	c.chapter(name, func(f *column) {
		for _, key := range keys {
			values := []any{"k", c.Organisation.K, "organisation", c.Organisation.Name, "days", c.Periods.ForfeitDays}
			f.prose(c.t(name+"."+key, values...), "", c.t(name+"."+key+"-text", values...))
		}
	})
}

func (c *council) cover() {
	o := c.Organisation
	review, trustee := c.t("cover.review-no"), c.t("cover.trustee-no")
	if c.Audited {
		review = c.t("cover.review-yes", "hours", c.Periods.ReviewHours)
	}
	if o.Trustee != nil {
		trustee = c.t("cover.trustee-yes", "date", c.date(o.Trustee.Since), "key", ballot.PrintFingerprint(o.Trustee.Fingerprint()))
	}
	var programmes []string
	for _, p := range c.Programmes {
		key := "cover.programme-issued"
		if p.SendReport == survey.WhenCounted {
			key = "cover.programme-now"
		}
		programmes = append(programmes, c.t(key, "name", p.Name, "n", len(p.Steering)))
	}
	if len(programmes) == 0 {
		programmes = []string{c.t("cover.programme-none")}
	}
	agreement := o.Agreement
	if agreement == "" {
		agreement = c.t("cover.agreement-none")
	}
	rows := [][2]string{
		{c.t("cover.state"), c.p.Instant(c.At, c.zone)}, {c.t("cover.agreement"), agreement}, {c.t("cover.k"), c.t("cover.k-value", "k", o.K)},
		{c.t("cover.review"), review}, {c.t("cover.trustee"), trustee},
		{c.t("cover.people"), c.t("cover.people-value", "n", c.People, "without", c.WithoutMail)},
		{c.t("cover.programmes"), strings.Join(programmes, "; ")}, {c.t("cover.processes"), c.names(o.Processes)}, {c.t("cover.units"), c.names(o.Units)},
	}
	if c.Software != "" {
		rows = append(rows, [2]string{c.t("cover.software"), "pulscheck " + c.Software})
	}
	c.pages = append(c.pages, Page{
		Name: "cover", Cover: true, Title: c.t("title"),
		Blocks: []Block{
			CoverTitle{Box: chart.Box{X: left, Y: 72, W: width, H: 40}, Kicker: o.Name, Title: c.t("title"), Subtitle: c.t("subtitle", "organisation", o.Name)},
			Facts{Box: chart.Box{X: left, Y: 126, W: width, H: 140}, Rows: rows},
		},
	})
}

// names lists what is in use.
func (c *council) names(list []survey.Named) string {
	var names []string
	for _, n := range list {
		if !n.Archived {
			names = append(names, c.p.In(n.Name))
		}
	}
	if len(names) == 0 {
		return c.t("cover.none")
	}
	return strings.Join(names, ", ")
}

// questions are those of the last round of each kind, or those that come with us.
func (c *council) questions() {
	c.chapter("questions", func(f *column) {
		for _, kind := range []survey.Kind{survey.CheckRound, survey.PulseRound} {
			q := questionnaire.BuiltIn(string(kind))
			for i := range c.Rounds {
				if c.Rounds[i].Kind == kind {
					q = c.Rounds[i].Questionnaire
				}
			}
			f.prose("", "", c.t("questions.form", "title", c.p.In(q.Title), "time", c.p.In(q.TimeWords()), "hash", q.Hash()[:12]))
			f.table(c.asked(q))
		}
	})
}

func (c *council) asked(q *questionnaire.Questionnaire) Table {
	t := Table{Columns: []Column{{Head: c.t("questions.key"), Width: 12}, {Head: c.t("questions.text")}, {Head: c.t("questions.answers"), Width: 52}}}
	for _, i := range q.Items {
		scale := q.Scales[i.Scale]
		low, high := c.p.In(scale.Labels[strconv.Itoa(scale.Lo)]), c.p.In(scale.Labels[strconv.Itoa(scale.Hi)])
		if low == "" || high == "" {
			low, high = c.p.Integer(scale.Lo), c.p.Integer(scale.Hi)
		}
		t.Rows = append(t.Rows, Row{Cells: []string{i.Key, strings.ReplaceAll(c.p.In(i.Text), "{process}", c.t("questions.process")), c.t("questions.labels", "low", low, "high", high)}})
	}
	if q.Comment != nil {
		t.Rows = append(t.Rows, Row{Cells: []string{"–", c.p.In(*q.Comment), c.t("questions.open")}})
	}
	return t
}

// KeptData is a kind of data, what for it is there, and until when.
type KeptData struct{ What, Why, Until string }

// Kept says which data are kept how long.
func Kept(p *locale.Printer, of survey.Periods) (all []KeptData) {
	for _, row := range []struct {
		key  string
		days int
	}{
		{"people", of.LeaverDays}, {"invitations", 0}, {"ballots", of.ForfeitDays}, {"roster", of.RosterDays}, {"results", 0},
		{"texts", of.CommentMonths}, {"audit", of.AuditMonths}, {"addresses", of.AddressDays}, {"jobs", of.JobDays},
		{"letters", of.LetterDays}, {"deliveries", 0}, {"asked", of.AskedDays}, {"accounts", of.AccountDays},
	} {
		key := "council.data." + row.key
		all = append(all, KeptData{p.T(key), p.T(key + "-why"), p.T(key+"-kept", "days", row.days, "months", row.days)})
	}
	return all
}

func (c *council) data() {
	c.chapter("data", func(f *column) {
		t := Table{Columns: []Column{{Head: c.t("data.what"), Width: 64}, {Head: c.t("data.why"), Width: 42}, {Head: c.t("data.kept")}}}
		for _, row := range Kept(c.p, c.Periods) {
			t.Rows = append(t.Rows, Row{Cells: []string{row.What, row.Why, row.Until}})
		}
		f.table(t)
	})
}

func (c *council) limits() {
	c.chapter("limits", func(f *column) {
		for n := 1; n <= 9; n++ {
			f.prose("", strconv.Itoa(n)+".", c.t("limits."+strconv.Itoa(n), "k", c.Organisation.K))
		}
		f.prose("", "", c.t("limits.legal"))
	})
}

func (c *council) rounds() {
	c.chapter("rounds", func(f *column) {
		if len(c.Rounds) == 0 {
			f.prose("", "", c.t("rounds.none"))
			return
		}
		var rows [][2]string
		for i := range c.Rounds {
			r := &c.Rounds[i]
			facts := []string{c.t("rounds.facts", "period", c.p.Period(r.Opens.In(c.zone), r.Closes.In(c.zone)), "invited", r.Invited, "paper", r.Paper, "k", r.K, "state", c.t("rounds.state-"+state(&r.Round)))}
			if len(r.Fingerprint) > 0 {
				facts = append(facts, c.t("rounds.fingerprint", "fingerprint", groups(hex.EncodeToString(r.Fingerprint))))
			}
			if r.Trustee != nil {
				facts = append(facts, c.t("rounds.trustee", "key", ballot.PrintFingerprint(r.Trustee)))
			}
			if r.Restored != nil && r.State.Opened() && !r.Forfeited() {
				facts = append(facts, c.t("rounds.restored", "day", c.p.Date(r.Restored.In(c.zone))))
			}
			name := c.t("rounds.name", "programme", r.Programme, "number", r.Number, "kind", c.t("rounds.kind-"+string(r.Kind)))
			rows = append(rows, [2]string{name, strings.Join(facts, " · ")})
		}
		f.facts("", rows)
	})
}

// state of a round as it is told.
func state(r *survey.Round) string {
	switch {
	case r.State == survey.Closed && r.Trustee != nil:
		return "waiting"
	case r.Forfeited() && r.Restored != nil:
		return "restored"
	case r.Forfeited():
		return "forfeited"
	}
	return string(r.State)
}

func (c *council) record() {
	steering := 0
	for _, p := range c.Programmes {
		steering += len(p.Steering)
	}
	c.chapter("record", func(f *column) {
		var rows [][2]string
		for _, key := range []string{"name", "controller", "purpose", "basis", "subjects", "recipients", "transfer", "erasure", "measures", "rights"} {
			rows = append(rows, [2]string{c.t("record." + key), c.t("record."+key+"-text", "organisation", c.Organisation.Name, "n", c.People, "steering", steering)})
		}
		f.facts("", rows)
	})
}
