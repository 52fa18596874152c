package report_test

import (
	"fmt"
	"testing"
	"time"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// comparison sets the check rounds of a history side by side.
func (h *history) comparison() report.ComparisonInput {
	in := report.ComparisonInput{Organisation: organisation(), Programme: "ITSM-Einführung", Language: locale.German, Version: 1}
	var rounds []tally.Compared
	for i, r := range h.reports {
		if r.Round.Kind == survey.PulseRound {
			in.Pulses = append(in.Pulses, *r.Round)
			continue
		}
		r.Round.K = 5
		in.Iterations = append(in.Iterations, report.ComparedIteration{
			Iteration: survey.Iteration{Number: r.Iteration, Starts: r.Round.Opens.AddDate(0, -2, 0)}, Round: r.Round,
		})
		rounds = append(rounds, tally.Compared{Earlier: h.counts[i], Opened: r.Round.Opens})
		in.CountedAt = r.Round.Closes
	}
	if n := len(rounds); n > survey.MaxCompared {
		in.Iterations = append(in.Iterations[:1:1], in.Iterations[n-survey.MaxCompared+1:]...)
		rounds = append(rounds[:1:1], rounds[n-survey.MaxCompared+1:]...)
	}
	in.Data = tally.Compare(rounds)
	return in
}

// The samples: two iterations, three with everything that may be kept, eleven of which
// nine are shown, and twelve processes.

func compareTwo(t testing.TB) report.ComparisonInput {
	var h history
	h.add(t, survey.CheckRound, 1, 0.7)
	h.add(t, survey.CheckRound, 2, 0.1)
	return h.comparison()
}

func compareThree(t testing.TB) report.ComparisonInput {
	var h history
	h.add(t, survey.CheckRound, 1, 0.6)
	h.add(t, survey.PulseRound, 2, 0.5)
	h.add(t, survey.CheckRound, 2, 0.5)
	h.add(t, survey.PulseRound, 3, 0.15)
	h.add(t, survey.CheckRound, 3, 0)
	in := h.comparison()
	in.Events = []survey.Event{
		{Day: "2025-01-20", Kind: "go-live", Label: "Start INC"}, {Day: "2025-06-02", Kind: "training", Label: "Schulung"}, {Day: "2025-12-01", Kind: "tool", Label: "ITSM-Tool"},
	}
	for i := range in.Iterations {
		in.Iterations[i].Modules = keptModules(i, in.Iterations[i].Round.Closes)
	}
	return in
}

// keptModules is what iteration i kept, before a day.
func keptModules(i int, until time.Time) report.Modules {
	on := func(days int) string { return until.AddDate(0, 0, -days).Format(time.DateOnly) }
	level, target := min(i, 2), 2
	m := report.Modules{Maturity: &report.Maturity{}, Goals: &report.Goals{}, QuickWins: &report.QuickWins{}, Voices: &report.Voices{}}
	for n, key := range []string{"INC", "REQ", "CHG"} {
		l := min(level+n%2, 3)
		m.Maturity.Processes = append(m.Maturity.Processes, report.MaturityProcess{Process: key, Level: &l, Target: &target})
	}
	m.Goals.Goals = []report.Goal{
		{ID: fmt.Sprint("g", i), Name: "Störungen schneller lösen", Direction: survey.Down, Baseline: new(48.0), Target: new(24.0), Actual: new(40.0 - 10*float64(i))},
		{ID: fmt.Sprint("h", i), Name: "Weniger Rückfragen", Direction: survey.Down, Target: new(5.0)},
	}
	for n := range 3 {
		w := report.QuickWin{ID: fmt.Sprint("q", i, n), Name: "Formular", Due: on(50 - 10*n), Status: survey.QuickWinDoing}
		if n < 2 {
			w.Reached, w.Status = on(40-10*n), survey.QuickWinDone
		}
		if n < 1+i%2 {
			w.Told = on(20 - 5*n)
		}
		m.QuickWins.Wins = append(m.QuickWins.Wins, w)
	}
	for n := range 4 {
		r := report.RegisterRow{ID: fmt.Sprint("r", i, n), Criticism: "Formular zu lang", Received: on(60), Status: survey.ImprovementNew}
		if n <= i+1 {
			r.Answered = on(50 - 4*n)
		}
		if n == 0 {
			r.Status = survey.ImprovementDone
		}
		m.Voices.Register = append(m.Voices.Register, r)
	}
	return m
}

func compareEleven(t testing.TB) report.ComparisonInput {
	var h history
	for i := range 11 {
		h.add(t, survey.CheckRound, i+1, 0.9-0.1*float64(i))
	}
	return h.comparison()
}

// compareCrowded is eight iterations of the catalogue's twelve longest names of
// processes with every state and verdict.
func compareCrowded(testing.TB) report.ComparisonInput {
	const rounds = 8
	o, q := organisation(), questionnaire.Check()
	o.Name, o.Processes, o.Roles = "Stadtwerke und Verkehrsbetriebe Musterhausen GmbH", nil, nil
	in := report.ComparisonInput{Organisation: o, Programme: "Einführung des Service-Managements", Language: locale.German, Version: 2, Data: &tally.Comparison{}}
	groups := []tally.Group{{}}
	for _, e := range questionnaire.Processes()[:12] {
		o.Processes, groups = append(o.Processes, survey.Named{Key: e.Key, Name: e.Name}), append(groups, tally.Group{Process: e.Key})
	}
	for _, e := range questionnaire.Roles() {
		o.Roles, groups = append(o.Roles, survey.Named{Key: e.Key, Name: e.Name}), append(groups, tally.Group{Role: e.Key})
	}
	for n := range rounds {
		opens := time.Date(2024, time.Month(3*n+1), 5, 8, 0, 0, 0, time.UTC)
		r := &survey.Round{ID: survey.RoundID(fmt.Sprint("r", n+1)), Kind: survey.CheckRound, Questionnaire: q, Opens: opens, Closes: opens.AddDate(0, 0, 14), K: 5}
		in.CountedAt = r.Closes
		in.Iterations = append(in.Iterations, report.ComparedIteration{
			Iteration: survey.Iteration{Number: n + 1, Starts: opens.AddDate(0, -2, 0)}, Round: r, Modules: keptModules(n, r.Closes),
		})
		in.Data.Rounds = append(in.Data.Rounds, tally.ComparedRound{
			Round: string(r.ID), Iteration: fmt.Sprint("i", n+1), Number: n + 1, K: 5, Invited: 1400, Paper: 12, Ballots: new(900 - 90*n), ResponseRate: new(0.65 - 0.06*float64(n)),
			Changed: []string{"A1", "M1"}[:n%3], Barrier: new([]string{"B3", "B4", "B5"}[n%3]), Certainty: score.LikelyBarrier,
		})
		for e := range 2 {
			in.Events = append(in.Events, survey.Event{Day: opens.AddDate(0, 0, 20*e).Format(time.DateOnly), Kind: "other", Label: "MMMMMMMMMMMM"})
		}
	}
	var keys []string
	for _, c := range q.Constructs {
		keys = append(keys, c.Key)
	}
	for _, i := range q.Items {
		keys = append(keys, i.Key)
	}
	for gi, g := range groups {
		for ki, key := range keys {
			s := tally.Series{Group: g, Key: key}
			for n := range rounds {
				v := 25 + (gi*13+ki*7+n*(5-gi%9))%60
				p := tally.SeriesPoint{State: tally.Shown, N: new(40), Index: &v, CI: &tally.Interval{Low: float64(v - 9), High: float64(v + 9)}}
				switch {
				case gi > 0 && (gi+n)%11 == 0:
					p = tally.SeriesPoint{State: tally.Protected}
				case gi > 0 && (gi+n)%7 == 0:
					p = tally.SeriesPoint{State: tally.Shown, N: new(40), Band: ">=90"}
				case gi == 5 && n < 3:
					p = tally.SeriesPoint{State: tally.NotInvited}
				case gi == 3:
					p.State = tally.Indicative
				}
				s.Points = append(s.Points, p)
			}
			in.Data.Series = append(in.Data.Series, s)
			for i, from := range []int{0, rounds - 2} {
				verdict := verdicts[(gi+ki+3*i)%len(verdicts)]
				d := tally.Change{From: fmt.Sprint("r", from+1), To: fmt.Sprint("r", rounds), Group: g, Key: key, Verdict: verdict}
				if a, b := s.Points[from].Index, s.Points[rounds-1].Index; a == nil || b == nil {
					d.Verdict = tally.Open
				} else if verdict != tally.Open && verdict != tally.First && verdict != tally.Incomparable {
					d.Difference, d.CI = new(*b-*a), &tally.Interval{Low: -100, High: 100}
				}
				in.Data.Changes = append(in.Data.Changes, d)
			}
		}
	}
	return in
}

func comparisons(t testing.TB) map[string]report.ComparisonInput {
	return map[string]report.ComparisonInput{"two": compareTwo(t), "three": compareThree(t), "eleven": compareEleven(t), "crowded": compareCrowded(t)}
}
