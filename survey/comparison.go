package survey

import (
	"context"
	"slices"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/tally"
)

// Comparison is iterations of a programme side by side, by their headline rounds.
type Comparison struct {
	Programme  *Programme
	Iterations []Iteration // oldest first
	Rounds     []*Round    // the headline round of each
	Data       *tally.Comparison
}

// Comparing is what a comparison asks of the store.
type Comparing interface {
	FindProgramme(ctx context.Context, id ProgrammeID) (*Programme, error)
	// ListIterations gives the iterations of a programme in order of their numbers.
	ListIterations(ctx context.Context, id ProgrammeID) ([]Iteration, error)
	// ListRoundsOf gives the rounds of an iteration in order of closing.
	ListRoundsOf(ctx context.Context, id IterationID) ([]Round, error)
	// FindResults gives what a counted round released and what is kept of it.
	FindResults(ctx context.Context, id RoundID) (*tally.Results, *tally.Kept, error)
}

// MaxCompared is how many iterations stand beside each other: of more, the first as the
// baseline and the latest ones.
const MaxCompared = 9

// CompareIterations sets iterations of a programme beside each other, all that were
// counted unless some are named. One that is not of the programme is fault NotFound;
// fewer than two with a counted check round are fault Conflict "comparison-one". An
// owner gets the groups of the own processes.
func (s *Service) CompareIterations(ctx context.Context, actor account.Actor, id ProgrammeID, only ...IterationID) (*Comparison, error) {
	programme, err := s.programme(ctx, actor, account.ReadResults, id)
	if err != nil {
		return nil, err
	}
	c, err := Compare(ctx, s.store, id, only...)
	if err != nil {
		return nil, err
	}
	if own := actor.Only(account.ReadResults, string(programme.Organisation)); own != nil {
		c.Data = c.Data.Of(own)
	}
	return c, nil
}

// Compare is CompareIterations for the house itself.
func Compare(ctx context.Context, from Comparing, id ProgrammeID, only ...IterationID) (*Comparison, error) {
	programme, err := from.FindProgramme(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := from.ListIterations(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, one := range only {
		if !slices.ContainsFunc(all, func(i Iteration) bool { return i.ID == one }) {
			return nil, fault.New(fault.NotFound, "not-found")
		}
	}
	c := &Comparison{Programme: programme}
	for _, i := range all {
		if len(only) > 0 && !slices.Contains(only, i.ID) {
			continue
		}
		rounds, err := from.ListRoundsOf(ctx, i.ID)
		if err != nil {
			return nil, err
		}
		if r := headline(rounds); r != nil {
			c.Iterations, c.Rounds = append(c.Iterations, i), append(c.Rounds, r)
		}
	}
	if len(c.Rounds) < 2 {
		return nil, fault.New(fault.Conflict, "comparison-one")
	}
	if n := len(c.Rounds); n > MaxCompared {
		c.Iterations = append(c.Iterations[:1:1], c.Iterations[n-MaxCompared+1:]...)
		c.Rounds = append(c.Rounds[:1:1], c.Rounds[n-MaxCompared+1:]...)
	}
	return c, c.compare(ctx, from)
}

// headline gives the last counted check round of an iteration, nil without one. What
// another tool counted never stands before what was answered here.
func headline(rounds []Round) *Round {
	var found *Round
	for i := range slices.Backward(rounds) {
		r := &rounds[i]
		if r.Kind == CheckRound && r.CountedAt != nil && (found == nil || found.Imported && !r.Imported) {
			found = r
		}
	}
	return found
}

func (c *Comparison) compare(ctx context.Context, from Comparing) error {
	counted := make([]tally.Compared, len(c.Rounds))
	for i, r := range c.Rounds {
		results, kept, err := from.FindResults(ctx, r.ID)
		if err != nil {
			return err
		}
		counted[i] = tally.Compared{Opened: r.Opens, Paper: r.Paper, Earlier: tally.Earlier{
			Number: c.Iterations[i].Number, Check: true, Closed: r.Closes, Questionnaire: r.Questionnaire, Results: results, Kept: kept,
		}}
	}
	c.Data = tally.Compare(counted)
	for i := range c.Data.Rounds {
		c.Data.Rounds[i].Imported = c.Rounds[i].Imported
	}
	return nil
}
