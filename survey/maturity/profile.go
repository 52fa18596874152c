package maturity

import "slices"

// Standing is where one process in scope stands.
type Standing struct {
	Process string
	Core    bool
	Target  int     // 0 = none set
	Now     *Result // nil = not assessed
	Before  *Result // of the previous assessment; nil = there is none
}

// Profile is the organisation as a whole: never one number for all, since levels are
// ordinal (methods.md 10.4).
type Profile struct {
	Standings   []Standing
	Assessed    int // processes with a level
	WithTarget  int
	AtTarget    int  // "a of b": AtTarget of WithTarget; a process not assessed is not at its target
	Provisional int  // processes whose assessors still have to meet
	Median      *int // lower median of the levels; nil if none is assessed
	Lowest      *int
	// Stage is nil without a core process. A process not assessed fulfils nothing.
	Stage  *int
	Widest *Standing // the first of those furthest below their target; nil if none is below
}

// Level is the capability level, nil if the process was not assessed.
func (s Standing) Level() *int {
	if s.Now == nil {
		return nil
	}
	return s.Now.Level
}

// Gap is how many levels are missing to the target, negative above it; nil without
// target or assessment.
func (s Standing) Gap() *int {
	level := s.Level()
	if level == nil || s.Target == 0 {
		return nil
	}
	gap := s.Target - *level
	return &gap
}

// AtTarget says whether the target is set and reached.
func (s Standing) AtTarget() bool {
	gap := s.Gap()
	return gap != nil && *gap <= 0
}

// Change compares with the previous assessment.
func (s Standing) Change() Change { return Compare(s.Before, s.Now) }

// Profile draws the profile of the processes in scope.
func (m *Model) Profile(scope []Standing) Profile {
	p := Profile{Standings: scope}
	var levels, core, other []int
	for _, s := range scope {
		counts := m.Lowest()
		if level := s.Level(); level != nil {
			levels, counts = append(levels, *level), *level
		}
		if s.Core {
			core = append(core, counts)
		} else {
			other = append(other, counts)
		}
		if s.Target > 0 {
			p.WithTarget++
		}
		if s.AtTarget() {
			p.AtTarget++
		}
		if s.Now != nil && s.Now.Provisional {
			p.Provisional++
		}
		if gap := s.Gap(); gap != nil && *gap > 0 && (p.Widest == nil || *gap > *p.Widest.Gap()) {
			p.Widest = &s
		}
	}
	p.Assessed = len(levels)
	if len(levels) > 0 {
		slices.Sort(levels)
		p.Median, p.Lowest = &levels[(len(levels)-1)/2], &levels[0]
	}
	if stage, ok := m.Stage(core, other); ok {
		p.Stage = &stage
	}
	return p
}
