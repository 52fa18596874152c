package v1

import (
	"context"
	"encoding/base64"
	"strings"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
)

// binary is how bytes are written.
func binary(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func newRound(r *survey.Round) Round {
	out := Round{
		ID: string(r.ID), Organisation: string(r.Organisation), Iteration: string(r.Iteration), Kind: string(r.Kind), Title: newText(r.Title),
		State: string(r.State), Opens: r.Opens.UTC(), Closes: r.Closes.UTC(), Announced: utc(r.Announced), Zone: r.Zone, OpensWall: r.OpensWall, ClosesWall: r.ClosesWall, K: r.K,
		Questionnaire: QuestionnaireID{r.Questionnaire.ID, r.Questionnaire.Hash()}, Reminders: []time.Time{},
		Submitted: utc(r.Submitted), Vetoed: utc(r.Vetoed), Counted: utc(r.CountedAt), Tried: r.TriedOut(), FromCadence: r.FromCadence, Pinned: r.Pinned, Restored: utc(r.Restored), Imported: r.Imported, Version: r.Version,
	}
	for _, at := range r.Reminders {
		out.Reminders = append(out.Reminders, at.UTC())
	}
	if r.State != survey.Draft {
		out.Invited, out.PaperTickets = &r.Invited, &r.Paper
	}
	if len(r.Fingerprint) > 0 {
		text := binary(r.Fingerprint)
		out.Fingerprint = &text
	}
	if r.Trustee != nil {
		text := binary(r.Trustee)
		out.Trustee, out.AwaitsTrustee = &text, r.State == survey.Closed
	}
	if w := r.Asked(); w != nil {
		out.Asked = &Asked{string(w.What), w.By, w.At.UTC()}
	}
	if r.Reason != "" {
		out.VetoReason = &r.Reason
	}
	return out
}

func oneRound(r *survey.Round, err error) (*One[Round], error) {
	if err != nil {
		return nil, err
	}
	return &One[Round]{etag(r.Version), newRound(r)}, nil
}

// loadQuestionnaire reads an own questionnaire; nil stays nil.
func loadQuestionnaire(text *string) (*questionnaire.Questionnaire, error) {
	if text == nil {
		return nil, nil
	}
	q, err := questionnaire.Load(strings.NewReader(*text))
	if err != nil {
		f := fault.Of(err)
		fields := make([]fault.Field, len(f.Fields))
		for i, one := range f.Fields {
			fields[i] = fault.Field{Pointer: "/questionnaire" + one.Pointer, Code: one.Code}
		}
		return nil, fault.Wrap(f.Kind, f.Key, err).With(fields...)
	}
	return q, nil
}

// ListRounds gives the rounds of an iteration.
func (a *API) ListRounds(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Paging
}) (*List[Round], error) {
	all, err := a.service.ListRounds(ctx, actor, survey.IterationID(in.Iteration))
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, in.Iteration+"/rounds", all, func(r *survey.Round) string { return string(r.ID) }, newRound)
}

// CreateRound drafts a round.
func (a *API) CreateRound(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Body RoundNew
}) (*Made[Round], error) {
	b := in.Body
	if err := actor.May(account.DraftRounds); err != nil { // before the questionnaire is read
		return nil, err
	}
	q, err := loadQuestionnaire(b.Questionnaire)
	if err != nil {
		return nil, err
	}
	r, err := a.service.CreateRound(ctx, actor, survey.IterationID(in.Iteration), survey.RoundInput{
		Kind: survey.Kind(b.Kind), Title: b.Title.text(), Opens: &b.Opens, Closes: &b.Closes, Questionnaire: q, Reminders: &b.Reminders,
	})
	if err != nil {
		return nil, err
	}
	return &Made[Round]{Prefix + "/rounds/" + string(r.ID), etag(r.Version), newRound(r)}, nil
}

// ShowRound gives a round in any state.
func (a *API) ShowRound(ctx context.Context, actor account.Actor, in *ByRound) (*One[Round], error) {
	return oneRound(a.service.ShowRound(ctx, actor, survey.RoundID(in.Round)))
}

// UpdateRound changes a draft.
func (a *API) UpdateRound(ctx context.Context, actor account.Actor, in *struct {
	ByRound
	Seen
	Body RoundChange
}) (*One[Round], error) {
	b := in.Body
	if err := actor.May(account.DraftRounds); err != nil {
		return nil, err
	}
	q, err := loadQuestionnaire(b.Questionnaire)
	if err != nil {
		return nil, err
	}
	return oneRound(a.service.UpdateRound(ctx, actor, survey.RoundID(in.Round), survey.RoundInput{
		Seen: seen(in.IfMatch), Title: b.Title.text(), Opens: b.Opens, Closes: b.Closes, Questionnaire: q, Reminders: b.Reminders,
	}))
}

// DeleteRound removes a draft, or an imported round.
func (a *API) DeleteRound(ctx context.Context, actor account.Actor, in *struct {
	ByRound
	Seen
}) (*None, error) {
	return &None{}, a.service.DeleteRound(ctx, actor, survey.RoundID(in.Round), seen(in.IfMatch))
}

// TryRound notes that the questions of a draft were tried out.
func (a *API) TryRound(ctx context.Context, actor account.Actor, in *ByRound) (*One[Round], error) {
	return oneRound(a.service.TryRound(ctx, actor, survey.RoundID(in.Round)))
}

// SubmitRound lays a draft before the auditor.
func (a *API) SubmitRound(ctx context.Context, actor account.Actor, in *ByRound) (*One[Round], error) {
	return oneRound(a.service.SubmitRound(ctx, actor, survey.RoundID(in.Round)))
}

// VetoRound keeps a round from opening.
func (a *API) VetoRound(ctx context.Context, actor account.Actor, in *struct {
	ByRound
	Body Veto
}) (*One[Round], error) {
	return oneRound(a.service.VetoRound(ctx, actor, survey.RoundID(in.Round), in.Body.Reason))
}

// AskRound asks another lead to open a round, or to end it before its time.
func (a *API) AskRound(ctx context.Context, actor account.Actor, in *ByRound) (*One[Round], error) {
	return oneRound(a.service.AskRound(ctx, actor, survey.RoundID(in.Round)))
}

// OpenRound opens a round.
func (a *API) OpenRound(ctx context.Context, actor account.Actor, in *ByRound) (*One[Round], error) {
	return oneRound(a.service.OpenRound(ctx, actor, survey.RoundID(in.Round)))
}

// CloseRound ends a round before its time; it is counted then.
func (a *API) CloseRound(ctx context.Context, actor account.Actor, in *ByRound) (*One[Round], error) {
	if err := a.service.CloseRound(ctx, actor, survey.RoundID(in.Round)); err != nil {
		return nil, err
	}
	return a.ShowRound(ctx, actor, in)
}

// ShowResults gives what a counted round released.
func (a *API) ShowResults(ctx context.Context, actor account.Actor, in *ByRound) (*struct{ Body *Results }, error) {
	results, err := a.service.ShowResults(ctx, actor, survey.RoundID(in.Round))
	if err != nil {
		return nil, err
	}
	return &struct{ Body *Results }{results}, nil
}

// ShowReview gives what is looked at before a round opens.
func (a *API) ShowReview(ctx context.Context, actor account.Actor, in *ByRound) (*One[Review], error) {
	i, err := a.service.InspectRound(ctx, actor, survey.RoundID(in.Round))
	if err != nil {
		return nil, err
	}
	out := Review{Round: newRound(i.Round), Fixed: i.Fixed, Questions: []Question{}, Groups: []GroupSize{}, Shifted: []GroupSize{}}
	out.Round.Invited, out.Round.PaperTickets = &i.Round.Invited, &i.Round.Paper // a draft tells them here
	for _, q := range i.Round.Questionnaire.Items {
		out.Questions = append(out.Questions, Question{q.Key, newText(q.Text), q.Scale})
	}
	if c := i.Round.Questionnaire.Comment; c != nil {
		text := newText(*c)
		out.Comment = &text
	}
	for _, g := range i.Groups {
		out.Groups = append(out.Groups, GroupSize(g))
	}
	for _, g := range i.Shifted {
		out.Shifted = append(out.Shifted, GroupSize(g))
	}
	if i.People != nil || i.Unnamed > 0 {
		out.Unnamed, out.People = &i.Unnamed, []Invited{}
	}
	for _, p := range i.People {
		out.People = append(out.People, Invited(p))
	}
	return &One[Review]{etag(i.Round.Version), out}, nil
}
