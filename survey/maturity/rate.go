package maturity

import (
	"fmt"
	"maps"
	"slices"

	"pulscheck/survey/fault"
)

// Result is a rated process.
type Result struct {
	Process    string
	Version    string   // what it was rated by, see Model.Version
	Attributes []Rating // in the order of the model
	Level      *int     // nil if no attribute was rated
	LowestTeam *int     // level by the lowest rating of any team; Level where there is one team
	// Provisional says that a consensus meeting is needed before the level holds.
	Provisional bool
}

// Rating is the rating of one attribute.
type Rating struct {
	Attribute string
	Class     Class    // N, P, L, F or NotRated
	Refined   Class    // NotRated unless Percent is known
	Percent   *float64 // mean of the indicators; nil with several sheets, their classes count
	Consensus string
	Spread    int    // classes between the assessors of a team, the widest of all teams
	Lowest    Class  // of all teams
	Between   int    // classes between the teams
	Teams     []Team // in order of their names
	Open      int    // answers that sheets still owe
}

// Team is what the assessors of one team or instance say together about an attribute.
type Team struct {
	Name      string
	Class     Class
	Consensus string
	Spread    int // classes between its assessors
}

// States of consensus, from nothing to be settled to something that has to be.
const (
	NobodyRated   = ""
	OneAssessor   = "one_assessor"
	Agreed        = "agreed"         // the same class
	Settled       = "settled"        // by a consensus meeting
	CloseTogether = "close"          // one class apart: the lower median stands
	MeetingNeeded = "meeting_needed" // two classes or more apart
)

var states = []string{NobodyRated, OneAssessor, Agreed, Settled, CloseTogether, MeetingNeeded}

// meetingFrom is how many classes apart assessors have to meet.
const meetingFrom = 2

// Rate gives attributes and level of a process. A fault is Invalid "assessment-invalid"
// with fields. Every assessor is rated alone first; only then do classes meet, by the
// lower median (methods.md 10.2).
func (m *Model) Rate(a *Assessment) (*Result, error) {
	if err := a.Validate(m); err != nil {
		return nil, err
	}
	r, found := &Result{Process: a.Process, Version: m.Version(a.Process)}, m.checkSettled(a)
	now, lowest, rated := map[string]Class{}, map[string]Class{}, false
	for _, attribute := range m.Attributes {
		x := m.attain(a, attribute.ID, &found)
		r.Attributes = append(r.Attributes, x)
		now[x.Attribute], lowest[x.Attribute] = x.Class, x.Lowest
		rated = rated || x.Class != NotRated
		r.Provisional = r.Provisional || x.Consensus == MeetingNeeded
	}
	if rated {
		level, low := m.Level(now), m.Level(lowest)
		r.Level, r.LowestTeam = &level, &low
	}
	if err := found.Err("assessment-invalid"); err != nil {
		return nil, err
	}
	return r, nil
}

// attain rates one attribute over all teams.
func (m *Model) attain(a *Assessment, id string, found *fault.Findings) Rating {
	x, indicators := Rating{Attribute: id}, m.Indicators(a.Process, id)
	byTeam := map[string][]Class{}
	for _, s := range a.Sheets {
		percent, open := s.percent(indicators)
		x.Open += open
		class := NotRated
		if percent != nil {
			class = ClassOf(*percent)
			if len(a.Sheets) == 1 {
				x.Percent, x.Refined = percent, Refined(*percent)
			}
		}
		byTeam[s.Team] = append(byTeam[s.Team], class)
	}
	var teams []Class
	for _, name := range slices.Sorted(maps.Keys(byTeam)) {
		t := together(name, byTeam[name])
		a.settle(&t, id, byTeam[name], found)
		x.Teams, teams = append(x.Teams, t), append(teams, t.Class)
		x.Spread = max(x.Spread, t.Spread)
		x.Consensus = states[max(slices.Index(states, x.Consensus), slices.Index(states, t.Consensus))]
	}
	x.Class, x.Lowest, x.Between = aggregate(teams)
	return x
}

// percent is the mean of the rated indicators if at least 60 % of them are, otherwise
// nil; open counts those without an answer.
func (s *Sheet) percent(indicators []Indicator) (mean *float64, open int) {
	sum, rated := 0.0, 0
	for _, i := range indicators {
		answer, ok := s.Answers[i.Key]
		if !ok {
			open++
			continue
		}
		if p, ok := answer.percent(); ok {
			sum += p
			rated++
		}
	}
	if rated == 0 || rated < (3*len(indicators)+4)/5 {
		return nil, open
	}
	sum /= float64(rated)
	return &sum, open
}

// together gives what assessors who rated alone say as one.
func together(name string, alone []Class) Team {
	t := Team{Name: name}
	t.Class, _, t.Spread = aggregate(alone)
	raters := len(slices.DeleteFunc(slices.Clone(alone), func(c Class) bool { return c == NotRated }))
	switch {
	case raters == 0:
		t.Consensus = NobodyRated
	case raters == 1:
		t.Consensus = OneAssessor
	case t.Spread >= meetingFrom:
		t.Consensus = MeetingNeeded
	case t.Spread > 0:
		t.Consensus = CloseTogether
	default:
		t.Consensus = Agreed
	}
	return t
}

// settle puts the class of a consensus meeting in the place of the median.
func (a *Assessment) settle(t *Team, attribute string, alone []Class, found *fault.Findings) {
	for i, s := range a.Settled {
		if s.Team != t.Name || s.Attribute != attribute {
			continue
		}
		_, lowest, spread := aggregate(alone)
		if d := s.Class.rank() - lowest.rank(); lowest == NotRated || d < 0 || d > spread {
			found.Add(fmt.Sprintf("/settled/%d/class", i), "settlement-outside")
			continue
		}
		t.Class, t.Consensus = s.Class, Settled
	}
}

// checkSettled finds settlements of nothing, of the same twice, or without a reason.
func (m *Model) checkSettled(a *Assessment) (v fault.Findings) {
	type what struct{ team, attribute string }
	seen := map[what]bool{}
	for i, s := range a.Settled {
		at, this := fmt.Sprintf("/settled/%d", i), what{s.Team, s.Attribute}
		if seen[this] || m.Indicators(a.Process, s.Attribute) == nil {
			v.Add(at+"/attribute", "attribute-unknown")
		}
		seen[this] = true
		if !slices.ContainsFunc(a.Sheets, func(sheet Sheet) bool { return sheet.Team == s.Team }) {
			v.Add(at+"/team", "team-unknown")
		}
		if !slices.Contains([]Class{Not, Partially, Largely, Fully}, s.Class) {
			v.Add(at+"/class", "class-unknown")
		}
		if !writable(s.Reason, maxText) {
			v = append(v, unwritable(at+"/reason", s.Reason, maxText))
		}
	}
	return v
}
