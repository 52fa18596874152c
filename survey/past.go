package survey

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/tally"
)

// Past keeps rounds that another tool counted.
type Past interface {
	// ListCounted gives the counted rounds of a programme in order of closing, without
	// Moves.
	ListCounted(ctx context.Context, id ProgrammeID) ([]tally.Earlier, error)
	// CreatePast stores a counted round with its results in one transaction; an iteration
	// that was not begun is over with it. A round of that id gives fault Conflict
	// "key-taken".
	CreatePast(ctx context.Context, r *Round, results *tally.Results, kept *tally.Kept, told audit.Entry) error
	// DeletePast removes such a round in version seen, with its results and the drafts of
	// reports of its iteration and later ones. Faults Conflict "past-reported",
	// "past-compared", Stale "version-conflict".
	DeletePast(ctx context.Context, r *Round, seen int, told ...audit.Entry) error
}

// PastInput is a file of counts and what the round was.
type PastInput struct {
	File   io.ReadSeeker
	Kind   Kind
	Opens  time.Time // zero = one hour before closing
	Closes time.Time
	Title  string // empty = a word for imported results
}

// pastTitle is the title of a round of which nobody says one.
var pastTitle = locale.Text{DE: "Übernommene Ergebnisse", EN: "Imported results"}

// ImportPast takes over what another tool counted as a round of an iteration that is
// over: counts by question and group go through the release decision of every round.
// The same file again changes nothing and gives the round that is there. Faults Invalid
// "past-not-over", "round-kind-unknown", "round-window-invalid", those of readPast, and
// "import-row-invalid" with the rows; Conflict "past-differs" if the iteration has
// imported another file for that kind and end, "past-counted-here" if the iteration has a
// check round that was answered here.
func (s *Service) ImportPast(ctx context.Context, actor account.Actor, id IterationID, in PastInput) (*Round, []RowError, error) {
	i, programme, err := s.iteration(ctx, actor, account.DraftRounds, id)
	if err != nil {
		return nil, nil, err
	}
	o, err := s.store.FindOrganisation(ctx, programme.Organisation)
	if err != nil {
		return nil, nil, err
	}
	r, err := s.pastRound(o, i, in)
	if err != nil {
		return nil, nil, err
	}
	digest := sha256.New()
	if _, err := io.Copy(digest, in.File); err != nil {
		return nil, nil, fmt.Errorf("read past results: %w", err)
	}
	if _, err := in.File.Seek(0, io.SeekStart); err != nil {
		return nil, nil, fmt.Errorf("read past results: %w", err)
	}
	p, err := readPast(o, in.File)
	if err != nil {
		return nil, nil, err
	}
	if len(p.errors) > 0 {
		return nil, p.errors, fault.New(fault.Invalid, "import-row-invalid")
	}
	r.Questionnaire, r.Fingerprint = p.questionnaire(r.Title), digest.Sum(nil)
	r, err = s.createPast(ctx, actor, programme, i, r, p)
	return r, nil, err
}

// pastRound makes the round before its results are known. Its id follows from what it
// is, so that it cannot be there twice.
func (s *Service) pastRound(o *Organisation, i *Iteration, in PastInput) (*Round, error) {
	if in.Kind != CheckRound && in.Kind != PulseRound {
		return nil, fault.New(fault.Invalid, "round-kind-unknown")
	}
	now := s.now()
	closes := in.Closes.UTC().Truncate(time.Second)
	opens := in.Opens.UTC().Truncate(time.Second)
	if in.Opens.IsZero() {
		opens = closes.Add(-minLasts)
	}
	title := pastTitle
	if in.Title != "" {
		title = locale.Text{DE: in.Title, EN: in.Title}
	}
	var c checks
	c.text("/title", &title.DE, maxTitle)
	title.EN = title.DE
	if in.Title == "" {
		title = pastTitle
	}
	if !i.Ends.Before(now) {
		c.wrong("/iteration", "past-not-over")
	}
	if closes.Before(i.Starts) || closes.After(i.Ends) || closes.Sub(opens) < minLasts || closes.Sub(opens) > maxLasts {
		c.wrong("/closes", "round-window-invalid")
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte("pulscheck/past/v1\x00" + string(i.ID) + "\x00" + string(in.Kind) + "\x00" + closes.Format(time.RFC3339)))
	r := &Round{
		ID: RoundID(base64.RawURLEncoding.EncodeToString(sum[:idSize])), Organisation: o.ID, Iteration: i.ID, Kind: in.Kind, Title: title, State: Done,
		Opens: opens, Closes: closes, K: o.K, CountedAt: &now, Imported: true,
	}
	return r, r.setWall(o.Zone)
}

// createPast counts and stores, or gives what is there.
func (s *Service) createPast(ctx context.Context, actor account.Actor, p *Programme, i *Iteration, r *Round, file *past) (*Round, error) {
	there, err := s.store.FindRound(ctx, r.ID)
	switch {
	case err == nil && string(there.Fingerprint) == string(r.Fingerprint):
		return there, nil
	case err == nil:
		return nil, fault.New(fault.Conflict, "past-differs")
	case fault.Of(err).Kind != fault.NotFound:
		return nil, err
	}
	rounds, err := s.store.ListRoundsOf(ctx, i.ID)
	if err != nil {
		return nil, err
	}
	if h := headline(rounds); r.Kind == CheckRound && h != nil && !h.Imported {
		return nil, fault.New(fault.Conflict, "past-counted-here")
	}
	earlier, err := s.store.ListCounted(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	in := tally.Input{
		Round: string(r.ID), Iteration: string(i.ID), Number: i.Number, Check: r.Kind == CheckRound, Closed: r.Closes, K: r.K,
		Questionnaire: r.Questionnaire, Earlier: earlier, Aggregated: true,
	}
	for _, cell := range file.cells {
		in.Invited = append(in.Invited, tally.Invited{Process: cell.Process, Role: cell.Role, Unit: cell.Unit, People: file.asked[cell]})
		r.Invited += file.asked[cell]
	}
	counter := tally.NewCounter(in)
	file.fill(counter)
	results, kept := counter.Results(rand.New(rand.NewPCG(0, 0))) // there are no texts to shuffle
	told := s.tell(actor, p.Organisation, "round.import", string(r.ID), map[string]string{
		"file": hex.EncodeToString(r.Fingerprint), "invited": strconv.Itoa(r.Invited), "questions": strconv.Itoa(len(r.Questionnaire.Items)),
	})
	err = s.store.CreatePast(ctx, r, results, kept, told)
	if fault.Is(err, "key-taken") { // somebody else was faster
		return s.createPast(ctx, actor, p, i, r, file)
	}
	return r, err
}

// withdrawPast removes an imported round that nothing depends on. Its iteration stays over,
// so that the right file can be imported.
func (s *Service) withdrawPast(ctx context.Context, actor account.Actor, r *Round, seen int) error {
	told := s.tell(actor, r.Organisation, "round.withdraw", string(r.ID), map[string]string{"file": hex.EncodeToString(r.Fingerprint)})
	return s.store.DeletePast(ctx, r, seen, told)
}
