package survey

import (
	"bytes"
	"context"
	"crypto/hmac"
	"errors"

	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
)

// Round gives an opened round; fault NotFound for drafts and unknown ids.
func (s *Service) Round(ctx context.Context, id RoundID) (*Round, error) {
	o, err := s.find(ctx, id)
	if err != nil {
		return nil, err
	}
	return o.round, nil
}

// Manifest gives the canonical bytes stored at opening, the same for everybody.
func (s *Service) Manifest(ctx context.Context, id RoundID) ([]byte, error) {
	o, err := s.find(ctx, id)
	if err != nil {
		return nil, err
	}
	return o.canonical, nil
}

var errInvitation = fault.New(fault.NotFound, "invitation-invalid")

// Invitation gives what an invitation says about its holder. Everything that is
// wrong with the claim is the same fault NotFound "invitation-invalid".
func (s *Service) Invitation(ctx context.Context, id RoundID, c Claim) (Invitation, error) {
	_, keys, err := s.answerable(ctx, id)
	if err != nil {
		return Invitation{}, err
	}
	m, err := s.member(ctx, id, keys, c)
	if err != nil {
		return Invitation{}, err
	}
	return Invitation{Process: m.Process, Role: m.Role, Unit: m.Unit, Locale: m.Locale}, nil
}

// member checks the secret before it asks the database.
func (s *Service) member(ctx context.Context, id RoundID, keys *ballot.Keys, c Claim) (*Member, error) {
	if !keys.CheckSecret(c.Handle, c.Secret) {
		return nil, errInvitation
	}
	m, err := s.store.FindMember(ctx, id, c.Handle)
	if err != nil && fault.Of(err).Kind == fault.NotFound {
		return nil, errInvitation
	}
	return m, err
}

// IssueTicket evaluates a blinded element (RFC 9497, 3.3.2) once for each
// invitation, and again for the same element.
func (s *Service) IssueTicket(ctx context.Context, id RoundID, c Claim, blinded []byte) (IssuedTicket, error) {
	_, keys, err := s.answerable(ctx, id)
	if err != nil {
		return IssuedTicket{}, err
	}
	if _, err := s.member(ctx, id, keys, c); err != nil {
		return IssuedTicket{}, err
	}
	evaluated, proof, err := keys.Evaluate(blinded) // checks the element before anything is marked
	if errors.Is(err, ballot.ErrBlinded) {
		return IssuedTicket{}, fault.Wrap(fault.Invalid, "blinded-message-invalid", err)
	}
	if err != nil {
		return IssuedTicket{}, err
	}
	req := keys.RequestMark(blinded)
	stored, err := s.store.CreateMark(ctx, id, keys.Mark(c.Handle), req)
	if err != nil {
		return IssuedTicket{}, err
	}
	if !hmac.Equal(stored, req) {
		return IssuedTicket{}, fault.New(fault.Conflict, "ticket-already-issued")
	}
	return IssuedTicket{Evaluated: evaluated, Proof: proof}, nil
}

// PlainTicket takes a ticket for a respondent whose device runs no script
// (threat-model.md 4.3): nonce and blind are drawn here, at random, and forgotten with
// the answer. For that moment this process knows both sides; nothing it stores does.
func (s *Service) PlainTicket(ctx context.Context, id RoundID, c Claim) (ballot.Ticket, Invitation, error) {
	invitation, err := s.Invitation(ctx, id, c)
	if err != nil {
		return ballot.Ticket{}, Invitation{}, err
	}
	o, err := s.find(ctx, id)
	if err != nil {
		return ballot.Ticket{}, Invitation{}, err
	}
	claim, err := ballot.NewClaim(string(id), o.issuerKey)
	if err != nil {
		return ballot.Ticket{}, Invitation{}, err
	}
	issued, err := s.IssueTicket(ctx, id, c, claim.Blinded)
	if err != nil {
		return ballot.Ticket{}, Invitation{}, err
	}
	ticket, err := claim.Finish(issued.Evaluated, issued.Proof)
	return ticket, invitation, err
}

// CastBallot checks, seals and stores an answer, durable on return. created is false
// for a repetition of the same answers with the same ticket.
func (s *Service) CastBallot(ctx context.Context, id RoundID, sub Submission) (created bool, err error) {
	o, keys, err := s.answerable(ctx, id)
	if err != nil {
		return false, err
	}
	if !keys.CheckTicket(sub.Ticket) {
		return false, fault.New(fault.Refused, "ticket-invalid")
	}
	payload, err := CheckSubmission(o.manifest, sub.Payload)
	if err != nil {
		return false, err
	}
	sealed, err := keys.Seal(sub.Ticket, payload)
	if err != nil {
		return false, err
	}
	digest, created, err := s.store.CreateBallot(ctx, id, SealedBallot{TicketHash: sealed.TicketHash, Sealed: sealed.Box, Digest: sealed.Digest})
	if err != nil {
		return false, err
	}
	if !created && !bytes.Equal(digest, sealed.Digest) {
		return false, fault.New(fault.Conflict, "ticket-used")
	}
	return created, nil
}

// TicketHashes gives the sorted hashes of a counted round; fault NotFound before.
func (s *Service) TicketHashes(ctx context.Context, id RoundID) ([][]byte, error) {
	if _, err := s.find(ctx, id); err != nil {
		return nil, err
	}
	return s.store.ListTicketHashes(ctx, id)
}
