package survey

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"unicode/utf8"

	"pulscheck/survey/account"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/tally"
)

// Improvement is what becomes of criticism: what could be better, what is done about
// it, and what those who said so are told.
type Improvement struct {
	Record    `json:"-"`
	Criticism string            `json:"criticism"`
	Potential string            `json:"potential,omitempty"` // what could be better
	Status    ImprovementStatus `json:"status"`
	Reason    string            `json:"reason,omitempty"` // why it is infeasible
	Owner     string            `json:"owner,omitempty"`
	Due       string            `json:"due,omitempty"` // YYYY-MM-DD
	Answer    string            `json:"answer,omitempty"`
	Answered  string            `json:"answered,omitempty"` // the day of the answer
	Channel   string            `json:"channel,omitempty"`  // how it was answered
	Visible   bool              `json:"visible,omitempty"`  // the team may read the answer
	Moves     string            `json:"moves,omitempty"`    // key of the item or construct that is to move, in Process
	Role      string            `json:"role,omitempty"`     // process role of those among whom it is to move; empty = all
	Target    *float64          `json:"target,omitempty"`   // where to: index, or percent of yes
	Noted     string            `json:"noted,omitempty"`    // the day on which it was noted down
	Done      string            `json:"done,omitempty"`     // the day on which it was done
	Comments  []CommentID       `json:"comments,omitempty"` // that it was made of

	Overdue bool    `json:"-"` // due before today where the organisation is, and neither done nor infeasible
	Effect  *Effect `json:"-"` // nil where nothing is to move
}

// ImprovementStatus is how far an improvement is.
type ImprovementStatus string

// The states.
const (
	ImprovementNew        ImprovementStatus = "new"
	ImprovementExamined   ImprovementStatus = "examined"
	ImprovementPlanned    ImprovementStatus = "planned"
	ImprovementDone       ImprovementStatus = "done"
	ImprovementInfeasible ImprovementStatus = "infeasible"
)

// minReason is the least runes that say why something is infeasible.
const minReason = 20

func (m *Improvement) status() string { return string(m.Status) }

// aim is what the audit tells of an improvement beside its status.
func (m *Improvement) aim() map[string]string {
	told := map[string]string{}
	if m.Moves != "" {
		told["moves"], told["role"] = m.Moves, m.Role
	}
	if m.Moves != "" && m.Target != nil {
		told["target"] = strconv.FormatFloat(*m.Target, 'f', -1, 64)
	}
	return told
}

// wish is what is to move. What was done counts from the day it was done, everything
// else from the day it was noted down.
func (m *Improvement) wish() Wish {
	w := Wish{Key: m.Moves, Group: tally.Group{Process: m.Process, Role: m.Role}, Since: m.Noted, Target: m.Target}
	if m.Status == ImprovementDone {
		w.Since = m.Done
	}
	return w
}

// Settled says that nothing more is to be done.
func (m *Improvement) Settled() bool {
	return m.Status == ImprovementDone || m.Status == ImprovementInfeasible
}

// ImprovementInput is what is said of an improvement; nil stays, or is the default of a
// new one.
type ImprovementInput struct {
	Process   *string
	Criticism *string
	Potential *string
	Status    *string
	Reason    *string
	Owner     *string
	Due       *string
	Answer    *string
	Answered  *string
	Channel   *string
	Visible   *bool
	Moves     *string
	Role      *string
	Target    *float64
	Done      *string
	Comments  *[]string // only for those who moderate
}

func (in ImprovementInput) apply(m *Improvement, c *checks) {
	if m.Status == "" {
		m.Status = ImprovementNew
	}
	c.prose("/criticism", &m.Criticism, in.Criticism)
	if m.Criticism == "" {
		c.missing("/criticism")
	}
	c.prose("/potential", &m.Potential, in.Potential)
	c.prose("/reason", &m.Reason, in.Reason)
	c.maybe("/owner", &m.Owner, in.Owner, maxName)
	c.maybeDay("/due", &m.Due, in.Due)
	c.prose("/answer", &m.Answer, in.Answer)
	c.maybeDay("/answered", &m.Answered, in.Answered)
	c.maybe("/channel", &m.Channel, in.Channel, maxTitle)
	c.number("/target", &m.Target, in.Target)
	if in.Visible != nil {
		m.Visible = *in.Visible
	}
	status := string(m.Status)
	c.choice("/status", &status, in.Status, "status-unknown", string(ImprovementNew), string(ImprovementExamined), string(ImprovementPlanned),
		string(ImprovementDone), string(ImprovementInfeasible))
	m.Status = ImprovementStatus(status)
	if m.Status == ImprovementInfeasible && utf8.RuneCountInString(m.Reason) < minReason {
		c.wrong("/reason", "reason-too-short")
	}
	if in.Moves != nil {
		if m.Moves = *in.Moves; m.Moves != "" && !movable(m.Moves) {
			c.wrong("/moves", "unknown-question")
		}
	}
	if in.Role != nil {
		m.Role = *in.Role
	}
	c.maybeDay("/done", &m.Done, in.Done)
	m.check(c)
}

// check looks at what belongs together: an answer and its day, and something to show.
func (m *Improvement) check(c *checks) {
	if m.Answer != "" && m.Answered == "" {
		c.wrong("/answered", "date-invalid")
	}
	if m.Answer == "" && (m.Visible || m.Answered != "") {
		c.missing("/answer")
	}
}

// movable says whether a key is that of an item or construct of the built-in
// questionnaires.
func movable(key string) bool {
	for _, q := range []*questionnaire.Questionnaire{questionnaire.Check(), questionnaire.Pulse()} {
		if slices.ContainsFunc(q.Items, func(i questionnaire.Item) bool { return i.Key == key || i.Construct == key }) {
			return true
		}
	}
	return false
}

var improvements = register[Improvement, *Improvement]{ImprovementRecord, account.ReadProgress, account.ChangeProgress, completeImprovements}

// completeImprovements adds what has moved, and marks what is overdue.
func completeImprovements(ctx context.Context, s *Service, id IterationID, all []Improvement) error {
	f, err := s.field(ctx, id)
	if err != nil {
		return err
	}
	return f.improvements(ctx, all)
}

func (f *field) improvements(ctx context.Context, all []Improvement) (err error) {
	for n := range all {
		m := &all[n]
		if m.Moves == "" || m.Status == ImprovementInfeasible {
			continue
		}
		if m.Effect, err = f.effect(ctx, m.wish()); err != nil {
			return err
		}
	}
	lateImprovements(all, f.today)
	return nil
}

// lateImprovements marks what is overdue and puts it first, what is due earliest at the
// top; the others stay in order of their numbers.
func lateImprovements(all []Improvement, today string) {
	for n := range all {
		m := &all[n]
		m.Overdue = m.Due != "" && m.Due < today && !m.Settled()
	}
	slices.SortStableFunc(all, func(a, b Improvement) int {
		if a.Overdue && b.Overdue {
			return cmp.Compare(a.Due, b.Due)
		}
		switch {
		case a.Overdue:
			return -1
		case b.Overdue:
			return 1
		}
		return 0
	})
}

// dated gives what puts an input into an improvement, with the days of being noted and
// done, and looks at the process role. Nothing is done tomorrow.
func (s *Service) dated(ctx context.Context, id IterationID, in ImprovementInput) (func(*Improvement, *checks), error) {
	f, err := s.field(ctx, id)
	if err != nil {
		return nil, err
	}
	return func(m *Improvement, c *checks) {
		if m.Noted == "" {
			m.Noted = f.today
		}
		in.apply(m, c)
		if m.Role != "" && !slices.ContainsFunc(f.organisation.Roles, func(r Named) bool { return r.Key == m.Role }) {
			c.wrong("/role", "role-unknown")
		}
		switch {
		case m.Status != ImprovementDone:
			m.Done = ""
		case m.Done == "":
			m.Done = f.today
		case m.Done > f.today:
			c.wrong("/done", "date-order")
		}
	}, nil
}

// ListImprovements gives the improvements of an iteration, overdue ones first.
func (s *Service) ListImprovements(ctx context.Context, actor account.Actor, id IterationID) ([]Improvement, error) {
	return improvements.list(ctx, s, actor, id)
}

// CreateImprovement notes criticism down, what is released of comments if nothing else
// is said. Fault Invalid "comment-unknown" for comments of another iteration.
func (s *Service) CreateImprovement(ctx context.Context, actor account.Actor, id IterationID, in ImprovementInput) (*Improvement, error) {
	if _, _, err := s.iteration(ctx, actor, account.ChangeProgress, id); err != nil {
		return nil, err
	}
	made, err := s.madeOf(ctx, actor, id, in.Comments)
	if err != nil {
		return nil, err
	}
	if shown := made.shown(); in.Criticism == nil && shown != "" {
		in.Criticism = &shown
	}
	apply, err := s.dated(ctx, id, in)
	if err != nil {
		return nil, err
	}
	return improvements.create(ctx, s, actor, id, in.Process, func(m *Improvement, c *checks) { apply(m, c); made.apply(m, c) })
}

// ShowImprovement gives an improvement.
func (s *Service) ShowImprovement(ctx context.Context, actor account.Actor, id RecordID) (*Improvement, error) {
	return improvements.show(ctx, s, actor, id)
}

// UpdateImprovement changes an improvement of version seen, after its iteration too
// unless it was carried on: fault Conflict "record-carried".
func (s *Service) UpdateImprovement(ctx context.Context, actor account.Actor, id RecordID, seen int, in ImprovementInput) (*Improvement, error) {
	_, i, _, err := improvements.find(ctx, s, actor, account.ChangeProgress, id)
	if err != nil {
		return nil, err
	}
	apply, err := s.dated(ctx, i.ID, in)
	if err != nil {
		return nil, err
	}
	made, err := s.madeOf(ctx, actor, i.ID, in.Comments)
	if err != nil {
		return nil, err
	}
	return improvements.update(ctx, s, actor, id, seen, in.Process, func(m *Improvement, c *checks) { apply(m, c); made.apply(m, c) })
}
