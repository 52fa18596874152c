package survey

import (
	"context"
	"encoding/hex"
	"errors"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Trustee is who holds the key without which a round cannot be counted, mostly the works
// council: the public half of the key (threat-model.md 4.3).
type Trustee struct {
	Key   string    `json:"key"` // base64url
	Since time.Time `json:"since"`
}

// key reads the public key; nil of nobody.
func (t *Trustee) key() (*ballot.TrusteeKey, error) {
	if t == nil {
		return nil, nil
	}
	return ballot.ParseTrusteeKey(t.Key)
}

// Fingerprint is SHA-256 of the public key, 32 bytes; nil of nobody.
func (t *Trustee) Fingerprint() []byte {
	key, err := t.key()
	if err != nil {
		return nil // it was read before it was stored
	}
	return key.Fingerprint()
}

// forfeitAfter is how long after its end a locked round waits for its trustee.
const forfeitAfter = 90 * 24 * time.Hour

// ShowTrustee gives an organisation, whose trustee may be nobody.
func (s *Service) ShowTrustee(ctx context.Context, actor account.Actor, id OrganisationID) (*Organisation, error) {
	return s.organisation(ctx, actor, account.ReviewRounds, id)
}

// TrusteeInput is what is said of a trustee.
type TrusteeInput struct {
	Seen int    // version of the organisation
	Key  string // public key
	// Remove says that nobody is to hold a key any more.
	Remove bool
	// LossAccepted says that whoever sets the key knows: without it no round that is
	// opened from now on can ever be counted.
	LossAccepted bool
}

// SetTrustee sets the key for rounds that open from now on. Faults Invalid
// "trustee-key-invalid" and "trustee-loss-unconfirmed".
func (s *Service) SetTrustee(ctx context.Context, actor account.Actor, id OrganisationID, in TrusteeInput) (*Organisation, error) {
	o, err := s.organisation(ctx, actor, account.HoldKey, id)
	if err != nil {
		return nil, err
	}
	if o.Version != in.Seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	o.Trustee = nil
	verb, detail := "trustee.remove", map[string]string(nil)
	if !in.Remove {
		key, err := ballot.ParseTrusteeKey(in.Key)
		if err != nil {
			return nil, fault.New(fault.Invalid, "trustee-key-invalid").With(fault.Field{Pointer: "/key", Code: "trustee-key-invalid"})
		}
		if !in.LossAccepted {
			return nil, fault.New(fault.Invalid, "trustee-loss-unconfirmed").With(fault.Field{Pointer: "/loss_accepted", Code: "trustee-loss-unconfirmed"})
		}
		o.Trustee = &Trustee{Key: key.String(), Since: s.now().UTC().Truncate(time.Second)}
		verb, detail = "trustee.set", map[string]string{"fingerprint": hex.EncodeToString(key.Fingerprint())}
	}
	if err := s.store.UpdateOrganisation(ctx, o, s.tell(actor, id, verb, string(id), detail)); err != nil {
		return nil, err
	}
	o.Version++
	return o, nil
}

// Locked is what a trustee needs to unlock a round.
type Locked struct {
	Round   *Round
	Sealed  []byte // the seed of the opening key, for the trustee alone
	Pending bool   // closed, and not unlocked
}

// ShowLocked gives what the trustee of a round opens. Faults Conflict "trustee-none"
// without a trustee, and Gone "round-counted".
func (s *Service) ShowLocked(ctx context.Context, actor account.Actor, id RoundID) (*Locked, error) {
	round, keys, err := s.locked(ctx, actor, account.ReviewRounds, id)
	if err != nil {
		return nil, err
	}
	return &Locked{round, keys.SealedOpening(), round.State == Closed && keys.Locked()}, nil
}

func (s *Service) locked(ctx context.Context, actor account.Actor, p account.Permission, id RoundID) (*Round, *ballot.Keys, error) {
	round, err := s.round(ctx, actor, p, id)
	switch {
	case err != nil:
		return nil, nil, err
	case round.Trustee == nil:
		return nil, nil, fault.New(fault.Conflict, "trustee-none")
	case round.State == Counted || round.State == Done:
		return nil, nil, fault.New(fault.Gone, "round-counted")
	}
	o, err := s.find(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	keys, err := s.loadKeys(o)
	return round, keys, err
}

// UnlockRound takes what the trustee makes of Locked.Sealed and lets the round be
// counted. Before it is closed nobody needs it: fault Conflict "round-open". Unlocked
// again nothing changes. Fault Invalid "trustee-key-wrong".
func (s *Service) UnlockRound(ctx context.Context, actor account.Actor, id RoundID, seed []byte) (*Round, error) {
	round, keys, err := s.locked(ctx, actor, account.HoldKey, id)
	if err != nil {
		return nil, err
	}
	if round.State != Closed {
		return nil, fault.New(fault.Conflict, "round-open")
	}
	if keys.Locked() {
		if err := s.keys.Unlock(string(id), seed); err != nil {
			return nil, err
		}
		told := s.tell(actor, round.Organisation, "round.unlock", string(id), map[string]string{"fingerprint": hex.EncodeToString(round.Trustee)})
		if err := s.store.Tell(ctx, told); err != nil {
			return nil, err
		}
	}
	return round, s.store.EnsureJobs(ctx, round.job(CountJob, s.now()))
}

// awaitTrustee tells the auditors once that a closed round waits for them.
func (s *Service) awaitTrustee(ctx context.Context, r *Round) error {
	o, err := s.store.FindOrganisation(ctx, r.Organisation)
	if err != nil || len(o.Auditors) == 0 {
		return err
	}
	var letters []Letter
	for _, address := range o.Auditors {
		letters = append(letters, UnlockLetter(o, r, address, locale.German))
	}
	return s.store.CreateLetters(ctx, letters, s.now())
}

// ForfeitRounds gives up rounds that their trustees have not unlocked in time: their keys
// and ballots are destroyed uncounted.
func (s *Service) ForfeitRounds(ctx context.Context) error {
	rounds, err := s.store.ListRounds(ctx, Closed)
	if err != nil {
		return err
	}
	var failed []error
	for i := range rounds {
		r := &rounds[i]
		if r.Trustee == nil || s.now().Before(r.Closes.Add(forfeitAfter)) {
			continue
		}
		keys, err := s.keys.Load(string(r.ID))
		if err != nil || !keys.Locked() {
			failed = append(failed, err)
			continue
		}
		told := s.tell(account.System(), r.Organisation, "round.forfeit", string(r.ID), nil)
		failed = append(failed, s.store.ForfeitRound(ctx, r.ID, told, r.job(CountJob, told.At)))
	}
	return errors.Join(failed...)
}
