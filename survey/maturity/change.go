package maturity

// Change is what became of a process since the previous assessment: judgements of
// assessors, so nothing is tested for significance (methods.md 10.4).
type Change struct {
	Kind     string
	From, To *int    // levels; nil if not assessed
	Moved    []Moved // attributes with another class, in the order of the model
}

// Moved is an attribute that got another class. From or To is NotRated where it was
// not rated that time.
type Moved struct {
	Attribute string
	From, To  Class
}

// Kinds of change.
const (
	LevelUp       = "level_up"
	LevelDown     = "level_down"
	SameRatings   = "same_ratings"   // level and all classes are the same
	RatingsMoved  = "ratings_moved"  // the level is the same, some classes are not
	FirstTime     = "first_time"     // there is nothing to compare with
	NotAssessed   = "not_assessed"   // this time
	NotComparable = "not_comparable" // another model or other indicators
)

// Compare gives the change between two assessments of a process, earlier first; nil
// stands for none.
func Compare(before, after *Result) Change {
	c := Change{}
	if before != nil {
		c.From = before.Level
	}
	if after != nil {
		c.To = after.Level
	}
	switch {
	case c.To == nil:
		c.Kind = NotAssessed
		return c
	case c.From == nil:
		c.Kind = FirstTime
		return c
	case before.Process != after.Process || before.Version != after.Version:
		c.Kind = NotComparable
		return c
	}
	for i, x := range after.Attributes { // one version: the same attributes in one order
		if was := before.Attributes[i].Class; was != x.Class {
			c.Moved = append(c.Moved, Moved{x.Attribute, was, x.Class})
		}
	}
	switch {
	case *c.To > *c.From:
		c.Kind = LevelUp
	case *c.To < *c.From:
		c.Kind = LevelDown
	case len(c.Moved) > 0:
		c.Kind = RatingsMoved
	default:
		c.Kind = SameRatings
	}
	return c
}

// Steps says how many classes the attribute moved, negative for down; 0 where it was
// not rated both times.
func (m Moved) Steps() int {
	if m.From == NotRated || m.To == NotRated {
		return 0
	}
	return m.To.rank() - m.From.rank()
}
