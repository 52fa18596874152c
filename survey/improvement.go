package survey

import (
	"cmp"
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"pulscheck/survey/account"
	"pulscheck/survey/questionnaire"
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
	Visible   bool              `json:"visible,omitempty"`  // the team may read the answer
	Moves     string            `json:"moves,omitempty"`    // key of the item or construct that is to move
	Target    *float64          `json:"target,omitempty"`   // where to

	Overdue bool `json:"-"` // due before today where the organisation is, and neither done nor infeasible
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
	Visible   *bool
	Moves     *string
	Target    *float64
}

func (in ImprovementInput) apply(m *Improvement, c *checks) {
	if m.Status == "" {
		m.Status = ImprovementNew
	}
	c.prose("/criticism", &m.Criticism, in.Criticism)
	if m.Criticism == "" {
		c.wrong("/criticism", "text-length")
	}
	c.prose("/potential", &m.Potential, in.Potential)
	c.prose("/reason", &m.Reason, in.Reason)
	c.maybe("/owner", &m.Owner, in.Owner, maxName)
	c.maybeDay("/due", &m.Due, in.Due)
	c.prose("/answer", &m.Answer, in.Answer)
	c.maybeDay("/answered", &m.Answered, in.Answered)
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
	m.check(c)
}

// check looks at what belongs together: an answer and its day, and something to show.
func (m *Improvement) check(c *checks) {
	if m.Answer != "" && m.Answered == "" {
		c.wrong("/answered", "date-invalid")
	}
	if m.Answer == "" && (m.Visible || m.Answered != "") {
		c.wrong("/answer", "text-length")
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

var improvements = register[Improvement, *Improvement]{ImprovementRecord, account.ReadProgress, account.ChangeProgress, lateImprovements}

// lateImprovements marks what is overdue and puts it first, what is due earliest at the
// top; the others stay in order of their numbers.
func lateImprovements(ctx context.Context, s *Service, id IterationID, all []Improvement) error {
	today, err := s.today(ctx, id)
	if err != nil {
		return err
	}
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
	return nil
}

// today is the day where the organisation of an iteration is.
func (s *Service) today(ctx context.Context, id IterationID) (string, error) {
	i, err := s.store.FindIteration(ctx, id)
	if err != nil {
		return "", err
	}
	p, err := s.store.FindProgramme(ctx, i.Programme)
	if err != nil {
		return "", err
	}
	o, err := s.store.FindOrganisation(ctx, p.Organisation)
	if err != nil {
		return "", err
	}
	zone, err := time.LoadLocation(o.Zone)
	return s.now().In(zone).Format(time.DateOnly), err
}

// ListImprovements gives the improvements of an iteration, overdue ones first.
func (s *Service) ListImprovements(ctx context.Context, actor account.Actor, id IterationID) ([]Improvement, error) {
	return improvements.list(ctx, s, actor, id)
}

// CreateImprovement notes criticism down.
func (s *Service) CreateImprovement(ctx context.Context, actor account.Actor, id IterationID, in ImprovementInput) (*Improvement, error) {
	return improvements.create(ctx, s, actor, id, in.Process, in.apply)
}

// ShowImprovement gives an improvement.
func (s *Service) ShowImprovement(ctx context.Context, actor account.Actor, id RecordID) (*Improvement, error) {
	return improvements.show(ctx, s, actor, id)
}

// UpdateImprovement changes an improvement of version seen, after its iteration too.
func (s *Service) UpdateImprovement(ctx context.Context, actor account.Actor, id RecordID, seen int, in ImprovementInput) (*Improvement, error) {
	return improvements.update(ctx, s, actor, id, seen, in.Process, in.apply)
}
