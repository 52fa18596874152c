package report_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/tally"
)

// people of one process and role who answer around a level.
type people struct {
	process, role     string
	invited, answered int
	level             float64
	flat              bool // the same in every question
}

// staff are 148 people: a slow process (CHG), a unanimous group (REQ manager), an
// indicative one (INC manager), one of three answers (CFG) and one that is withheld
// for its sake (PRB).
var staff = []people{
	{"INC", "staff", 32, 26, 4.0, false}, {"INC", "user", 20, 16, 3.8, false}, {"INC", "manager", 10, 9, 3.7, false},
	{"REQ", "staff", 20, 17, 3.9, false}, {"REQ", "user", 12, 11, 3.8, false}, {"REQ", "manager", 10, 10, 4.9, false},
	{"CHG", "staff", 18, 16, 3.0, false}, {"CHG", "user", 14, 13, 3.0, false},
	{"PRB", "staff", 8, 7, 3.4, false}, {"CFG", "staff", 4, 3, 3.3, false},
}

// lifts are what people answer above their level: they know whom to ask, and find it
// hard to carry the process out.
var lifts = map[string]float64{"S1": 1.1, "S2": 0.8, "B1": 0.9, "B2": 0.6, "B3": 0.2, "B4": -0.9, "B5": -0.3, "M1": -0.2, "W1": -0.5}

func organisation() *survey.Organisation {
	return &survey.Organisation{
		Key: "bw", Name: "Beispielwerke GmbH",
		Processes: []survey.Named{
			{Key: "INC", Name: locale.Text{DE: "Störungsmanagement", EN: "Incident management"}},
			{Key: "REQ", Name: locale.Text{DE: "Serviceanfragen", EN: "Service requests"}},
			{Key: "CHG", Name: locale.Text{DE: "Änderungen", EN: "Change enablement"}},
			{Key: "PRB", Name: locale.Text{DE: "Problemmanagement", EN: "Problem management"}},
			{Key: "CFG", Name: locale.Text{DE: "Konfigurationsmanagement", EN: "Configuration management"}},
		},
		Roles: []survey.Named{
			{Key: "manager", Name: locale.Text{DE: "Prozessmanagement", EN: "Process manager"}},
			{Key: "staff", Name: locale.Text{DE: "Mitarbeit", EN: "Process staff"}},
			{Key: "user", Name: locale.Text{DE: "Nutzung", EN: "Process user"}},
		},
	}
}

// history is the counted rounds of a programme before a round, oldest first: as the
// report needs them, and as the next count does.
type history struct {
	reports []report.Earlier
	counts  []tally.Earlier
}

// results counts invented answers of a round.
func results(in tally.Input, groups []people, random *rand.Rand) remembered {
	in.K = 5
	for _, g := range groups {
		in.Invited = append(in.Invited, tally.Invited{Process: g.process, Role: g.role, Unit: "it", People: g.invited})
	}
	c := tally.NewCounter(in)
	for _, g := range groups {
		for range g.answered {
			c.Add(sheet(in.Questionnaire, g, random))
		}
	}
	r, kept := c.Results(random)
	return remembered{r, kept}
}

// remembered is a counted round.
type remembered struct {
	Results *tally.Results
	Kept    *tally.Kept
}

// memory holds counted samples as JSON: counting many groups takes seconds.
var memory sync.Map

// counted counts a sample once and gives a copy each time.
func counted(t testing.TB, in tally.Input, groups []people, seed uint64) remembered {
	t.Helper()
	key := fmt.Sprint(in.Round, in.Questionnaire.ID, groups, seed)
	for _, e := range in.Earlier {
		key += e.Results.Round
	}
	body, known := memory.Load(key)
	if !known {
		fresh, err := json.Marshal(results(in, groups, rand.New(rand.NewPCG(seed, 4))))
		if err != nil {
			t.Fatal(err)
		}
		body, _ = memory.LoadOrStore(key, fresh)
	}
	var r remembered
	if err := json.Unmarshal(body.([]byte), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// sheet is what one person answers.
func sheet(q *questionnaire.Questionnaire, g people, random *rand.Rand) ballot.Payload {
	p := ballot.Payload{Attributes: ballot.Attributes{Process: g.process, Role: g.role, Unit: "it"}, Answers: map[string]ballot.Answer{}}
	mood := random.NormFloat64() * 0.9
	for _, i := range q.Items {
		lift := lifts[i.Key]
		if g.flat || g.level > 4.5 {
			lift = 0
		}
		v := min(max(int(g.level+lift+mood+random.NormFloat64()*0.7+0.5), 1), 5)
		if g.level > 4.5 {
			v = max(v, 4)
		}
		if i.Reverse {
			v = 6 - v
		}
		if i.Scale == "yesno" {
			v /= 4
		}
		p.Answers[i.Key] = ballot.Answer{Value: v}
	}
	return p
}

// counting says what a round of a programme is counted with; of the people invited
// before everybody is still there.
func counting(kind survey.Kind, iteration int, q *questionnaire.Questionnaire, closes time.Time, before history) tally.Input {
	in := tally.Input{
		Round: fmt.Sprintf("r%d", len(before.counts)+1), Iteration: fmt.Sprintf("i%d", iteration), Number: iteration,
		Check: kind == survey.CheckRound, Questionnaire: q, Closed: closes, Earlier: slices.Clone(before.counts),
	}
	for i := range in.Earlier {
		for _, g := range staff {
			at := ballot.Attributes{Process: g.process, Role: g.role, Unit: "it"}
			in.Earlier[i].Moves = append(in.Earlier[i].Moves, tally.Move{From: &at, To: &at, People: g.invited})
		}
	}
	return in
}

// count gives what the report of a check round is made of, the first of its programme
// unless there is a history.
func count(t testing.TB, groups []people, iteration int, seed uint64, before ...history) report.Input {
	t.Helper()
	q, closes := questionnaire.Check(), time.Date(2026, 3, 13, 16, 0, 0, 0, time.UTC)
	past := slices.Concat(before, []history{{}})[0]
	r := counted(t, counting(survey.CheckRound, iteration, q, closes, past), groups, seed).Results
	r.CountedAt = closes
	return report.Input{
		Organisation: organisation(), Programme: "ITSM-Einführung", Iteration: survey.Iteration{Number: iteration},
		Results: r, Language: locale.German, Version: 1, Earlier: past.reports,
		Round: &survey.Round{
			ID: "r", Kind: survey.CheckRound, Questionnaire: q, Fingerprint: make([]byte, 32), Paper: 1,
			Opens: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), Closes: closes,
		},
	}
}

// add counts a round more, with levels that lie lower, three months after the last.
func (h *history) add(t testing.TB, kind survey.Kind, iteration int, lower float64) {
	q := questionnaire.Check()
	if kind == survey.PulseRound {
		q = questionnaire.Pulse()
	}
	groups := make([]people, len(staff))
	for i, g := range staff {
		g.level = max(1.5, g.level-lower)
		groups[i] = g
	}
	opens := time.Date(2025, time.Month(1+3*len(h.counts)), 5, 8, 0, 0, 0, time.UTC)
	closes := opens.AddDate(0, 0, 10)
	in := counting(kind, iteration, q, closes, *h)
	r := counted(t, in, groups, uint64(10+len(h.counts)))
	h.reports = append(h.reports, report.Earlier{
		Iteration: iteration, Results: r.Results,
		Round: &survey.Round{ID: survey.RoundID(in.Round), Kind: kind, Questionnaire: q, Opens: opens, Closes: closes},
	})
	h.counts = append(h.counts, tally.Earlier{
		Number: iteration, Check: in.Check, Closed: closes, Questionnaire: q, Results: r.Results, Kept: r.Kept,
	})
}

// The samples: many rounds, the first one, one of fewer than 20 answers, one of fewer
// than k, one whose participation fell.

func whole(t testing.TB) report.Input {
	var h history
	h.add(t, survey.CheckRound, 1, 0.6)
	h.add(t, survey.PulseRound, 2, 0.5)
	h.add(t, survey.CheckRound, 2, 0.5)
	h.add(t, survey.PulseRound, 2, 0.2)
	in := count(t, staff, 3, 3, h)
	in.Events = []survey.Event{
		{Day: "2025-02-03", Kind: "go-live", Label: "Start INC"}, {Day: "2025-09-01", Kind: "training", Label: "Schulung"}, {Day: "2027-01-01", Kind: "other", Label: "später"},
	}
	return in
}

func first(t testing.TB) report.Input { return count(t, staff, 1, 3) }

func small(t testing.TB) report.Input {
	return count(t, []people{{"INC", "staff", 40, 15, 3, false}}, 1, 3)
}

func few(t testing.TB) report.Input {
	return count(t, []people{{"INC", "staff", 30, 4, 3, false}}, 1, 3)
}

func fell(t testing.TB) report.Input {
	var h history
	h.add(t, survey.CheckRound, 1, 0)
	return count(t, []people{{"INC", "staff", 60, 36, 3.6, false}}, 2, 3, h)
}

// samples are all of them by name; dotted withholds most combinations, crowded has
// twelve processes.
func samples(t testing.TB) map[string]report.Input {
	dotted := count(t, []people{
		{"INC", "staff", 40, 30, 3.6, false}, {"INC", "user", 6, 4, 3.2, false}, {"REQ", "staff", 5, 4, 3.4, false}, {"CHG", "user", 24, 20, 2.9, false}, {"PRB", "manager", 4, 3, 3, false},
	}, 1, 3)
	return map[string]report.Input{
		"whole": whole(t), "first": first(t), "small": small(t), "few": few(t), "fell": fell(t), "dotted": dotted, "crowded": crowded(t), "crowded later": later(t),
		"kept": kept(t), "started": started(t), "endless": endless(t),
	}
}

// crowded has the catalogue's twelve longest names of processes and four roles.
func crowded(t testing.TB) report.Input {
	o := organisation()
	o.Processes, o.Roles = nil, nil
	var groups []people
	for _, e := range questionnaire.Processes()[:12] {
		o.Processes = append(o.Processes, survey.Named{Key: e.Key, Name: e.Name})
	}
	for _, e := range questionnaire.Roles() {
		o.Roles = append(o.Roles, survey.Named{Key: e.Key, Name: e.Name})
	}
	for i, p := range o.Processes {
		for j, r := range o.Roles {
			if (i+j)%2 == 0 {
				continue // counting all of them takes seconds
			}
			groups = append(groups, people{p.Key, r.Key, 24, 20 - j, 2.4 + 0.15*float64(i) - 0.1*float64(j), false})
		}
	}
	in := count(t, groups, 2, 5)
	in.Organisation = o
	in.Organisation.Name = "Stadtwerke und Verkehrsbetriebe Musterhausen GmbH"
	in.Programme = "Einführung des Service-Managements"
	return in
}

// later is the crowded round compared with one that was the same, every verdict in turn.
func later(t testing.TB) report.Input {
	in, before := crowded(t), crowded(t)
	before.Results.Round = "r0"
	round := *before.Round
	round.Opens, round.Closes = round.Opens.AddDate(0, -3, 0), round.Closes.AddDate(0, -3, 0)
	in.Earlier = []report.Earlier{{Iteration: 1, Round: &round, Results: before.Results}}
	for _, g := range in.Results.Groups {
		if g.State == tally.Protected {
			continue
		}
		keys := []string{}
		for _, c := range g.Constructs {
			keys = append(keys, c.Key)
		}
		for _, i := range g.Items {
			keys = append(keys, i.Key)
		}
		for _, key := range keys {
			c := tally.Change{From: "r0", To: in.Results.Round, Group: g.Group, Key: key, Verdict: verdicts[len(in.Results.Comparison)%len(verdicts)]}
			if c.Verdict != tally.Open && c.Verdict != tally.First && c.Verdict != tally.Incomparable {
				c.Difference, c.CI = new(-40+len(in.Results.Comparison)%80), &tally.Interval{Low: -100, High: 100}
			}
			in.Results.Comparison = append(in.Results.Comparison, c)
		}
	}
	for day, label := range map[string]string{"2025-12-24": "Umzug Süd", "2026-03-12": "Zusammenzug", "2026-03-13": "MMMMMMMMMMMM"} {
		in.Events = append(in.Events, survey.Event{Day: day, Kind: "other", Label: label})
	}
	return in
}
