package survey

import (
	"context"

	"pulscheck/survey/audit"
)

// RecordID names a goal or something else that is kept like one.
type RecordID string

// RecordKind is what a record is.
type RecordKind string

// The kinds.
const (
	GoalRecord        RecordKind = "goal"
	KPIRecord         RecordKind = "kpi"
	QuickWinRecord    RecordKind = "quickwin"
	ImprovementRecord RecordKind = "improvement"
	DecisionRecord    RecordKind = "decision"
	PairRecord        RecordKind = "pair"
)

// Record is the head of what people promise and note down in an iteration: all kinds
// are numbered, concern a process or the whole scope, and change with a version.
type Record struct {
	ID        RecordID
	Kind      RecordKind
	Iteration IterationID
	Number    int    // 1, 2, 3 … within kind and iteration; the store gives it
	Process   string // key; empty = the whole scope
	Version   int
	Origin    RecordID // the one of the iteration before that was carried on into this one; empty = it began here
	Next      *Next    // what carries this one on; nil = nothing does. It follows from origins and is stored nowhere
}

// Next is the record of the following iteration that carries on one of an iteration that
// is over.
type Next struct {
	ID     RecordID
	Number int // of the following iteration
}

// Head gives the head of whatever embeds it.
func (r *Record) Head() *Record { return r }

// Filed is a record as it is stored: Body is the JSON of what its kind has more.
type Filed struct {
	Record
	Body []byte
}

// Records keeps records of every kind.
type Records interface {
	// CreateRecord gives the record its number.
	CreateRecord(ctx context.Context, f *Filed, told ...audit.Entry) error
	UpdateRecord(ctx context.Context, f *Filed, told ...audit.Entry) error
	FindRecord(ctx context.Context, kind RecordKind, id RecordID) (*Filed, error)
	// ListRecords gives those of an iteration in order of their numbers.
	ListRecords(ctx context.Context, kind RecordKind, id IterationID) ([]Filed, error)
}
