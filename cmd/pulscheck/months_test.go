package main

import (
	"context"
	"fmt"
	"mime"
	netmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/ballot"
	"pulscheck/survey/cadence"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// client is an organisation that lives through the eighteen months.
type client struct {
	key, region string
	send        survey.SendReport
	auditor     string
	plan        func(*cadence.Plan)

	zone      *time.Location
	id        survey.OrganisationID
	programme survey.ProgrammeID
	seen      int // entries of the audit that are told
	answered  map[survey.RoundID]int
	number    string // of answers, as it was told last
}

// months is the world while time passes, with the log that a person reads.
type months struct {
	*world
	t       *testing.T
	clients []*client
	names   map[string]string // of rounds, iterations and reports
	mails   map[string]bool   // files that are told
	log     strings.Builder
}

// TestProgrammeEighteenMonths: nobody watches three organisations but those who plan and
// advance. The golden file is to be read beside a calendar: clocks change on 29 March and
// 25 October 2026 and on 28 March 2027 in Berlin, on 8 March and 1 November 2026 and on
// 14 March 2027 in New York. UPDATE_GOLDEN=1 writes it anew.
func TestProgrammeEighteenMonths(t *testing.T) {
	if testing.Short() {
		t.Skip("lives through eighteen months")
	}
	m := &months{world: startWorld(t, storetest.SQLite(t)), t: t, names: map[string]string{}, mails: map[string]bool{}}
	m.set(time.Date(2026, 2, 27, 9, 0, 0, 0, time.UTC))
	christmas := func(p *cadence.Plan) {
		p.EveryWeeks, p.OffsetDays, p.OpenWorkingDays = 6, 21, 10
		p.Own = []cadence.Own{{From: cadence.DateOf(2026, 12, 21), To: cadence.DateOf(2027, 1, 8), Name: "Betriebsruhe"}}
	}
	short := func(p *cadence.Plan) {
		p.EveryWeeks, p.OffsetDays, p.OpenWorkingDays, p.Closes = 8, 14, 5, cadence.Clock{Hour: 18}
	}
	m.clients = []*client{
		{key: "nord", region: "DE-SN", send: survey.WhenCounted, auditor: "betriebsrat@nord.example", plan: christmas},
		{key: "sued", region: "DE-BY", send: survey.WhenIssued, plan: short},
		{key: "york", region: "US", send: survey.WhenIssued, plan: short},
	}
	for _, c := range m.clients {
		m.found(c)
	}
	m.pass()
	golden := filepath.Join("testdata", "eighteen_months.txt")
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(golden, []byte(m.log.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(m.log.String(), "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", golden, diff)
	}
}

func (m *months) check(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

// found makes an organisation of twenty people with its first iteration.
func (m *months) found(c *client) {
	ctx, system := context.Background(), account.System()
	zone := "Europe/Berlin"
	if c.region == "US" {
		zone = "America/New_York"
	}
	var err error
	c.zone, err = time.LoadLocation(zone)
	m.check(err)
	c.answered = map[survey.RoundID]int{}
	o, err := m.service.CreateOrganisation(ctx, system, survey.OrganisationInput{Key: c.key, Name: c.key, Zone: zone})
	m.check(err)
	c.id = o.ID
	if c.auditor != "" {
		_, err = m.service.UpdateOrganisation(ctx, system, o.ID, survey.OrganisationChange{Seen: o.Version, Auditors: &[]string{c.auditor}})
		m.check(err)
	}
	_, err = m.service.TakeTemplate(ctx, system, o.ID, []string{"INC"})
	m.check(err)
	var list strings.Builder
	list.WriteString("email;process;role;locale\n")
	for i := range 20 {
		fmt.Fprintf(&list, "p%02d@%s.example;INC;staff;%s\n", i, c.key, map[bool]string{true: "en", false: "de"}[c.region == "US"])
	}
	_, err = m.service.ImportPeople(ctx, system, o.ID, survey.ImportInput{File: strings.NewReader(list.String())})
	m.check(err)
	name, language := "ITSM", locale.German
	if c.region == "US" {
		language = locale.English
	}
	p, err := m.service.CreateProgramme(ctx, system, o.ID, survey.ProgrammeInput{
		Name: &name, Steering: &[]string{"steering@" + c.key + ".example"}, SendReport: &c.send, Language: &language,
	})
	m.check(err)
	c.programme = p.ID
	plan := cadence.Default(zone)
	plan.Region = c.region
	c.plan(&plan)
	_, err = m.service.PutCadence(ctx, system, p.ID, 0, plan)
	m.check(err)
	begins := time.Date(2026, 3, 2, 8, 0, 0, 0, c.zone)
	checks, ends := begins.AddDate(0, 0, 21*7), begins.AddDate(0, 0, 26*7)
	_, err = m.service.CreateIteration(ctx, system, p.ID, survey.IterationInput{Starts: &begins, Checks: &checks, Ends: &ends, Scope: &[]string{"INC"}})
	m.check(err)
}

// act is what people do at an instant, such as advancing an iteration.
type act struct {
	at time.Time
	do func()
}

// pass lets time pass from act to act; in between everything happens by itself.
func (m *months) pass() {
	ends := time.Date(2027, 9, 1, 0, 0, 0, 0, time.UTC)
	runner := m.newRunner(nil)
	m.check(runner.Seed(context.Background(), m.now()))
	for {
		next := m.next()
		until := ends
		if next != nil && next.at.Before(ends) {
			until = next.at
		}
		m.check(live(context.Background(), runner, until, m.set, func(time.Time) error { m.visit(); m.tell(); return nil }))
		if until.Equal(ends) {
			return
		}
		next.do()
		m.tell()
	}
}

// next gives what people do next: they advance every iteration when its time has come.
func (m *months) next() (first *act) {
	for _, c := range m.clients {
		all, err := m.service.ListIterations(context.Background(), account.System(), c.programme)
		m.check(err)
		i := &all[len(all)-1]
		at := map[survey.Phase]time.Time{survey.Plan: i.Starts, survey.Do: i.Checks, survey.Check: i.Checks.AddDate(0, 0, 7), survey.Act: i.Ends}[i.Phase]
		if at.Before(m.now()) {
			at = m.now()
		}
		if first == nil || at.Before(first.at) {
			first = &act{at, func() { m.advance(c, i) }}
		}
	}
	return first
}

func (m *months) advance(c *client, i *survey.Iteration) {
	ctx, system := context.Background(), account.System()
	if i.Phase == survey.Check && c.send == survey.WhenIssued {
		reports, err := m.service.ListReports(ctx, system, i.ID)
		m.check(err)
		for _, r := range reports {
			if r.State == survey.ReportDraft && (r.Language == locale.English) == (c.region == "US") {
				_, err = m.service.IssueReport(ctx, system, r.ID, r.Version)
				m.check(err)
			}
		}
	}
	if i.Phase == survey.Plan {
		none := "Es geht um die Termine."
		var err error
		i, err = m.service.UpdateIteration(ctx, system, i.ID, survey.IterationInput{Seen: i.Version, NoGoals: &none})
		m.check(err)
	}
	_, err := m.service.AdvanceIteration(ctx, system, i.ID, i.Version)
	m.check(err)
}

// visit lets fourteen of twenty people answer at once, and two more after the first
// reminder: four are missing then, too few for another one.
func (m *months) visit() {
	rounds, err := m.store.ListRounds(context.Background(), survey.Open)
	m.check(err)
	for i := range rounds {
		r := &rounds[i]
		c := m.clients[slices.IndexFunc(m.clients, func(c *client) bool { return c.id == r.Organisation })]
		want := 14
		if len(r.Reminders) > 0 && !m.now().Before(r.Reminders[0]) {
			want = 16
		}
		if m.now().Before(r.Opens) || c.answered[r.ID] >= want {
			continue
		}
		everybody, _, err := m.service.Links(context.Background(), r.ID)
		m.check(err)
		var people []survey.PersonID
		for p := range everybody {
			people = append(people, p)
		}
		slices.Sort(people)
		now := map[survey.PersonID]string{}
		for _, p := range people[c.answered[r.ID]:want] {
			now[p] = everybody[p]
		}
		c.answered[r.ID] = want
		m.answer(m.t, r, now, func(survey.PersonID, invitation) (sheet, bool) {
			s := sheet{Answers: map[string]ballot.Answer{}}
			for _, item := range r.Questionnaire.Items {
				s.Answers[item.Key] = ballot.Answer{Value: r.Questionnaire.Scales[item.Scale].Hi}
			}
			return s, true
		})
	}
}

// tell writes down what happened since the last time: entries of the audit, then mails.
func (m *months) tell() {
	m.nameThings()
	for _, c := range m.clients {
		entries, err := m.store.ListAudit(context.Background(), c.id)
		m.check(err)
		m.check(audit.Verify(entries))
		for _, e := range entries {
			if e.Seq <= c.seen {
				continue
			}
			c.seen = e.Seq
			what := strings.TrimSpace(e.Verb + " " + m.names[e.Subject])
			if e.Verb == "iteration.advance" {
				what += " to " + e.Detail["to"]
			}
			m.line(c, e.At, what)
		}
		if n := c.field(m); n != "" && n != c.number {
			m.line(c, m.now(), n)
			c.number = n
		}
	}
	m.tellMails()
}

func (m *months) line(c *client, at time.Time, what string) {
	fmt.Fprintf(&m.log, "%s  %s  %s\n", at.In(c.zone).Format("Mon 2006-01-02 15:04 MST"), c.key, what)
}

// field tells the one number of the day of an open round, in the morning it was taken.
func (c *client) field(m *months) string {
	if local := m.now().In(c.zone); local.Hour() != 6 || local.Minute() != 0 {
		return ""
	}
	rounds, err := m.store.ListRounds(context.Background(), survey.Open)
	m.check(err)
	for _, r := range rounds {
		if r.Organisation != c.id {
			continue
		}
		n, err := m.service.FieldNumber(context.Background(), account.System(), r.ID)
		if fault.Of(err).Kind == fault.NotFound && err != nil {
			return ""
		}
		m.check(err)
		return fmt.Sprintf("number %s: %d", m.names[string(r.ID)], n.Answers)
	}
	return ""
}

// nameThings gives rounds, iterations and reports names that a reader understands.
func (m *months) nameThings() {
	ctx, system := context.Background(), account.System()
	for _, c := range m.clients {
		iterations, err := m.service.ListIterations(ctx, system, c.programme)
		m.check(err)
		for _, i := range iterations {
			m.names[string(i.ID)] = fmt.Sprint("iteration ", i.Number)
			rounds, err := m.service.ListRounds(ctx, system, i.ID)
			m.check(err)
			for _, r := range rounds {
				m.names[string(r.ID)] = fmt.Sprintf("%s of iteration %d", r.Kind, i.Number)
			}
			reports, err := m.service.ListReports(ctx, system, i.ID)
			m.check(err)
			for _, r := range reports {
				m.names[string(r.ID)] = r.Document
			}
		}
	}
}

// tellMails writes how many mails of a subject each organisation got.
func (m *months) tellMails() {
	entries, err := os.ReadDir(m.world.mails)
	m.check(err)
	counts := map[[2]string]int{}
	for _, e := range entries {
		if m.mails[e.Name()] {
			continue
		}
		m.mails[e.Name()] = true
		f, err := os.Open(filepath.Join(m.world.mails, e.Name()))
		m.check(err)
		message, err := netmail.ReadMessage(f)
		m.check(err)
		m.check(f.Close())
		subject, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
		m.check(err)
		_, domain, _ := strings.Cut(strings.Trim(message.Header.Get("To"), "<>"), "@")
		counts[[2]string{strings.TrimSuffix(domain, ".example"), strings.TrimSpace(subject)}]++
	}
	for _, c := range m.clients {
		var lines []string
		for k, n := range counts {
			if k[0] == c.key {
				lines = append(lines, fmt.Sprintf("%d mails: %s", n, k[1]))
			}
		}
		slices.Sort(lines)
		for _, l := range lines {
			m.line(c, m.now(), l)
		}
	}
}
