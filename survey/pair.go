package survey

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// Pair is "you said – we did": what people said and what came of it. Who answers sees it
// once somebody released it, on the survey's last page, the team sheet and the public
// page of the programme.
type Pair struct {
	Record      `json:"-"`
	Said        locale.Text `json:"said"` // one of the languages may be missing
	Did         locale.Text `json:"did"`  // what was done, or why it cannot be done yet
	Status      PairStatus  `json:"status"`
	Day         string      `json:"day,omitempty"`         // since when, or until when there is an answer
	Improvement RecordID    `json:"improvement,omitempty"` // that it tells of
	Released    bool        `json:"released,omitempty"`
}

// PairStatus is how far a pair is.
type PairStatus string

// The states.
const (
	PairDone    PairStatus = "done"
	PairWorking PairStatus = "working" // Day says until when there is an answer
	PairNotYet  PairStatus = "not_yet" // Did says why
)

func (p *Pair) status() string {
	if p.Released {
		return string(p.Status) + ", released"
	}
	return string(p.Status)
}

// In gives both sides in a language, or in the other one where nobody wrote it.
func (p *Pair) In(l locale.Language) (said, did string) {
	return either(p.Said, l), either(p.Did, l)
}

func either(t locale.Text, l locale.Language) string {
	return cmp.Or(t.In(l), t.DE, t.EN)
}

// PairInput is what is said of a pair; nil stays, or is the default of a new one.
type PairInput struct {
	Process     *string
	Said        *locale.Text
	Did         *locale.Text
	Status      *string
	Day         *string
	Improvement *string
	Released    *bool
}

// maxPair is the most runes of one side: pages and sheets have room for no more.
const maxPair = 160

func (in PairInput) apply(p *Pair, c *checks) {
	if p.Status == "" {
		p.Status = PairDone
	}
	c.both("/said", &p.Said, in.Said, maxPair)
	c.both("/did", &p.Did, in.Did, maxPair)
	status := string(p.Status)
	c.choice("/status", &status, in.Status, "status-unknown", string(PairDone), string(PairWorking), string(PairNotYet))
	p.Status = PairStatus(status)
	c.maybeDay("/day", &p.Day, in.Day)
	if in.Improvement != nil {
		p.Improvement = RecordID(*in.Improvement)
	}
	if in.Released != nil {
		p.Released = *in.Released
	}
	if p.Said == (locale.Text{}) {
		c.missing("/said")
	}
	if p.Did == (locale.Text{}) && p.Status != PairWorking {
		c.missing("/did")
	}
	if p.Day == "" && p.Status == PairWorking {
		c.wrong("/day", "date-invalid")
	}
}

// both takes a line in two languages, each of which may be missing.
func (c *checks) both(pointer string, into, from *locale.Text, most int) {
	if from == nil {
		return
	}
	c.maybe(pointer+"/de", &into.DE, &from.DE, most)
	c.maybe(pointer+"/en", &into.EN, &from.EN, most)
}

var pairs = register[Pair, *Pair]{PairRecord, account.ReadVoices, account.ModerateComments, nil}

// ListPairs gives the pairs of an iteration, those too that are not released.
func (s *Service) ListPairs(ctx context.Context, actor account.Actor, id IterationID) ([]Pair, error) {
	return pairs.list(ctx, s, actor, id)
}

// CreatePair writes a pair down. Fault Invalid "improvement-unknown" if the improvement
// is none of the iteration.
func (s *Service) CreatePair(ctx context.Context, actor account.Actor, id IterationID, in PairInput) (*Pair, error) {
	known, err := s.improves(ctx, actor, id, in.Improvement)
	if err != nil {
		return nil, err
	}
	return pairs.create(ctx, s, actor, id, in.Process, func(p *Pair, c *checks) { in.apply(p, c); known(c) })
}

// ShowPair gives a pair.
func (s *Service) ShowPair(ctx context.Context, actor account.Actor, id RecordID) (*Pair, error) {
	return pairs.show(ctx, s, actor, id)
}

// UpdatePair changes or releases a pair of version seen, after its iteration too.
func (s *Service) UpdatePair(ctx context.Context, actor account.Actor, id RecordID, seen int, in PairInput) (*Pair, error) {
	p, _, _, err := pairs.find(ctx, s, actor, account.ModerateComments, id)
	if err != nil {
		return nil, err
	}
	known, err := s.improves(ctx, actor, p.Iteration, in.Improvement)
	if err != nil {
		return nil, err
	}
	return pairs.update(ctx, s, actor, id, seen, in.Process, func(p *Pair, c *checks) { in.apply(p, c); known(c) })
}

// improves gives a check whether an improvement belongs to an iteration.
func (s *Service) improves(ctx context.Context, actor account.Actor, id IterationID, improvement *string) (func(*checks), error) {
	if improvement == nil || *improvement == "" {
		return func(*checks) {}, nil
	}
	if _, _, err := s.iteration(ctx, actor, account.ModerateComments, id); err != nil {
		return nil, err
	}
	all, err := s.store.ListRecords(ctx, ImprovementRecord, id)
	known := slices.ContainsFunc(all, func(f Filed) bool { return string(f.ID) == *improvement })
	return func(c *checks) {
		if !known {
			c.wrong("/improvement", "improvement-unknown")
		}
	}, err
}

// ReleasedPairs gives what everybody may read of a programme, the latest first.
func (s *Service) ReleasedPairs(ctx context.Context, id ProgrammeID) ([]Pair, error) {
	iterations, err := s.store.ListIterations(ctx, id)
	if err != nil {
		return nil, err
	}
	var released []Pair
	for _, i := range slices.Backward(iterations) {
		all, err := pairs.all(ctx, s, i.ID)
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(p Pair) bool { return !p.Released })
		slices.SortStableFunc(all, func(a, b Pair) int { return cmp.Or(strings.Compare(b.Day, a.Day), cmp.Compare(b.Number, a.Number)) })
		released = append(released, all...)
	}
	return released, nil
}
