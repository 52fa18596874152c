package v1

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

// Records are the handlers of one kind of record: T is what the use cases know, D what
// is told of it, B what is said of it in a body, I that as the use cases take it.
type Records[T, D, B, I any] struct {
	api    *API
	path   string // last word of the list's path
	list   func(context.Context, account.Actor, survey.IterationID) ([]T, error)
	create func(context.Context, account.Actor, survey.IterationID, I) (*T, error)
	show   func(context.Context, account.Actor, survey.RecordID) (*T, error)
	update func(context.Context, account.Actor, survey.RecordID, int, I) (*T, error)
	head   func(*T) *survey.Record
	dto    func(*T) D
	input  func(B) I
}

// Head is what is told of every record.
type Head struct {
	ID        string `json:"id"`
	Iteration string `json:"iteration"`
	Number    int    `json:"number" doc:"from 1 within the iteration"`
	Process   string `json:"process" doc:"key of the process; empty: the whole scope"`
	Origin    string `json:"origin" doc:"id of the record of the iteration before that this one carries on; empty: none"`
	Next      string `json:"next" doc:"id of the record of the next iteration that carries this one on and changes in its place; empty: none"`
	NextIn    int    `json:"next_in" doc:"number of that iteration; 0: none"`
	Version   int    `json:"version" doc:"the number in the ETag"`
}

func newHead(r *survey.Record) Head {
	h := Head{ID: string(r.ID), Iteration: string(r.Iteration), Number: r.Number, Process: r.Process, Origin: string(r.Origin), Version: r.Version}
	if r.Next != nil {
		h.Next, h.NextIn = string(r.Next.ID), r.Next.Number
	}
	return h
}

// List gives the records of an iteration.
func (r Records[T, D, B, I]) List(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Paging
}) (*List[D], error) {
	all, err := r.list(ctx, actor, survey.IterationID(in.Iteration))
	if err != nil {
		return nil, err
	}
	return page(r.api, in.Paging, in.Iteration+"/"+r.path, all, func(t *T) string { return string(r.head(t).ID) }, r.dto)
}

// Create files a record.
func (r Records[T, D, B, I]) Create(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Body B
}) (*Made[D], error) {
	t, err := r.create(ctx, actor, survey.IterationID(in.Iteration), r.input(in.Body))
	if err != nil {
		return nil, err
	}
	head := r.head(t)
	return &Made[D]{Prefix + "/" + r.path + "/" + string(head.ID), etag(head.Version), r.dto(t)}, nil
}

// Show gives a record.
func (r Records[T, D, B, I]) Show(ctx context.Context, actor account.Actor, in *ByRecord) (*One[D], error) {
	return r.one(r.show(ctx, actor, survey.RecordID(in.Record)))
}

// Update changes a record.
func (r Records[T, D, B, I]) Update(ctx context.Context, actor account.Actor, in *struct {
	ByRecord
	Seen
	Body B
}) (*One[D], error) {
	return r.one(r.update(ctx, actor, survey.RecordID(in.Record), seen(in.IfMatch), r.input(in.Body)))
}

func (r Records[T, D, B, I]) one(t *T, err error) (*One[D], error) {
	if err != nil {
		return nil, err
	}
	return &One[D]{etag(r.head(t).Version), r.dto(t)}, nil
}
