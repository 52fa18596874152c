package survey

import (
	"context"
	"slices"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/tally"
)

// QuickWin is something that people are to notice within weeks, and to be told of.
type QuickWin struct {
	Record   `json:"-"`
	Name     string         `json:"name"`
	Owner    string         `json:"owner,omitempty"`
	Due      string         `json:"due,omitempty"` // YYYY-MM-DD, as all days here
	Status   QuickWinStatus `json:"status"`
	Reached  string         `json:"reached,omitempty"`  // the day on which it was done
	Evidence string         `json:"evidence,omitempty"` // who or what confirms it
	Told     string         `json:"told,omitempty"`     // the day on which it was communicated
	Channel  string         `json:"channel,omitempty"`  // how
	Audience string         `json:"audience,omitempty"` // to whom

	Heard *Effect `json:"-"` // awareness since it was communicated: favourable share of C2 in Process
	Felt  *Effect `json:"-"` // felt effect since it was done: share of yes to QW in Process
}

// QuickWinStatus is how far a quick win is.
type QuickWinStatus string

// The states in their order; a quick win may be dropped from each but the last.
const (
	QuickWinPlanned   QuickWinStatus = "planned"
	QuickWinDoing     QuickWinStatus = "doing"
	QuickWinDone      QuickWinStatus = "done"
	QuickWinConfirmed QuickWinStatus = "confirmed" // an effect is measured, or process users say so
	QuickWinDropped   QuickWinStatus = "dropped"
)

func (q *QuickWin) status() string { return string(q.Status) }

// Lag is how many days after it was done a quick win was communicated; nil = it was not.
func (q *QuickWin) Lag() *int {
	reached, err := time.Parse(time.DateOnly, q.Reached)
	told, missing := time.Parse(time.DateOnly, q.Told)
	if err != nil || missing != nil {
		return nil
	}
	days := int(told.Sub(reached) / (24 * time.Hour))
	return &days
}

// QuickWinInput is what is said of a quick win; nil stays, or is the default of a new
// one.
type QuickWinInput struct {
	Process  *string
	Name     *string
	Owner    *string
	Due      *string
	Status   *string
	Reached  *string
	Evidence *string
	Told     *string
	Channel  *string
	Audience *string
}

// quickWinSteps are the states that may follow one; backwards somebody takes something back.
var quickWinSteps = map[QuickWinStatus][]QuickWinStatus{
	"":                {QuickWinPlanned},
	QuickWinPlanned:   {QuickWinDoing, QuickWinDropped},
	QuickWinDoing:     {QuickWinPlanned, QuickWinDone, QuickWinDropped},
	QuickWinDone:      {QuickWinDoing, QuickWinConfirmed, QuickWinDropped},
	QuickWinConfirmed: {QuickWinDone},
	QuickWinDropped:   {QuickWinPlanned},
}

func (in QuickWinInput) apply(q *QuickWin, c *checks) {
	c.said("/name", &q.Name, in.Name, maxTitle)
	c.maybe("/owner", &q.Owner, in.Owner, maxName)
	c.maybeDay("/due", &q.Due, in.Due)
	c.maybeDay("/reached", &q.Reached, in.Reached)
	c.maybe("/evidence", &q.Evidence, in.Evidence, maxSentence)
	c.maybeDay("/told", &q.Told, in.Told)
	c.maybe("/channel", &q.Channel, in.Channel, maxTitle)
	c.maybe("/audience", &q.Audience, in.Audience, maxTitle)
	status := q.Status
	if status == "" {
		status = QuickWinPlanned
	}
	said := string(status)
	c.choice("/status", &said, in.Status, "status-unknown", string(QuickWinPlanned), string(QuickWinDoing), string(QuickWinDone), string(QuickWinConfirmed), string(QuickWinDropped))
	if next := QuickWinStatus(said); next != q.Status {
		if !slices.Contains(quickWinSteps[q.Status], next) {
			c.wrong("/status", "status-order")
		}
		q.Status = next
	}
	q.check(c)
}

// check looks at what belongs together: done needs its day, confirmed what confirms it,
// communicated how and to whom, and not before it was done.
func (q *QuickWin) check(c *checks) {
	if (q.Status == QuickWinDone || q.Status == QuickWinConfirmed) && q.Reached == "" {
		c.wrong("/reached", "date-invalid")
	}
	if q.Status == QuickWinConfirmed && q.Evidence == "" {
		c.missing("/evidence")
	}
	if q.Told == "" {
		return
	}
	if q.Channel == "" {
		c.missing("/channel")
	}
	if q.Audience == "" {
		c.missing("/audience")
	}
	if q.Reached == "" || q.Told < q.Reached {
		c.wrong("/told", "date-order")
	}
}

var quickWins = register[QuickWin, *QuickWin]{QuickWinRecord, account.ReadProgress, account.ChangeProgress, noticedQuickWins}

// Questions that tell whether people notice quick wins (methods.md section 11).
const (
	HeardItem = "C2"
	FeltItem  = "QW"
)

// noticedQuickWins adds what people say about quick wins beside them.
func noticedQuickWins(ctx context.Context, s *Service, id IterationID, all []QuickWin) error {
	f, err := s.field(ctx, id)
	if err != nil {
		return err
	}
	return f.quickWins(ctx, all)
}

func (f *field) quickWins(ctx context.Context, all []QuickWin) (err error) {
	for n := range all {
		q := &all[n]
		group := tally.Group{Process: q.Process}
		if q.Heard, err = f.effect(ctx, Wish{Key: HeardItem, Group: group, Since: q.Told, Share: true}); err != nil {
			return err
		}
		if q.Felt, err = f.effect(ctx, Wish{Key: FeltItem, Group: group, Since: q.Reached, Share: true}); err != nil {
			return err
		}
	}
	return nil
}

// ListQuickWins gives the quick wins of an iteration.
func (s *Service) ListQuickWins(ctx context.Context, actor account.Actor, id IterationID) ([]QuickWin, error) {
	return quickWins.list(ctx, s, actor, id)
}

// CreateQuickWin plans a quick win.
func (s *Service) CreateQuickWin(ctx context.Context, actor account.Actor, id IterationID, in QuickWinInput) (*QuickWin, error) {
	return quickWins.create(ctx, s, actor, id, in.Process, in.apply)
}

// ShowQuickWin gives a quick win.
func (s *Service) ShowQuickWin(ctx context.Context, actor account.Actor, id RecordID) (*QuickWin, error) {
	return quickWins.show(ctx, s, actor, id)
}

// UpdateQuickWin changes a quick win of version seen, after its iteration too: effects
// are confirmed late. What was not told then goes on in the next iteration: fault Conflict
// "record-carried".
func (s *Service) UpdateQuickWin(ctx context.Context, actor account.Actor, id RecordID, seen int, in QuickWinInput) (*QuickWin, error) {
	return quickWins.update(ctx, s, actor, id, seen, in.Process, in.apply)
}
