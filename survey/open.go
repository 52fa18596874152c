package survey

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Limits of a round (threat-model.md section 8).
const (
	minLasts = time.Hour
	maxLasts = 90 * 24 * time.Hour
	maxAhead = 2 * 365 * 24 * time.Hour
)

// OpenRound freezes a round: it assigns everybody one process role, draws keys and
// handles, and stores manifest and members. Where an auditor may veto, the round must
// have been submitted a day before; where it takes two people, another lead must have asked
// for it. Faults: "round-open", "review-pending", "round-vetoed", "second-person-pending",
// "second-person-same", "second-person-account" (Conflict), "round-too-small" and "round-window-invalid" (Invalid).
func (s *Service) OpenRound(ctx context.Context, actor account.Actor, id RoundID) (*Round, error) {
	if err := s.clock(); err != nil {
		return nil, err
	}
	s.opening.Lock()
	defer s.opening.Unlock()
	round, err := s.round(ctx, actor, account.OpenRounds, id)
	if err != nil {
		return nil, err
	}
	if round.State != Draft && round.State != Review {
		return nil, fault.New(fault.Conflict, "round-open")
	}
	now := s.now()
	if err := checkWindow(round, now); err != nil {
		return nil, err
	}
	if err := s.checkReview(ctx, round, now); err != nil {
		return nil, err
	}
	organisation, err := s.store.FindOrganisation(ctx, round.Organisation)
	if err != nil {
		return nil, err
	}
	if err := checkSecond(organisation, round, actor, AskOpen); err != nil {
		return nil, err
	}
	o := Opened{Round: round, Then: round.field(organisation, now)}
	if round.State == Draft {
		round.K = organisation.K // which may have been raised since the draft was made
		if o.Frozen, err = s.freeze(ctx, round); err != nil {
			return nil, err
		}
	}
	keys, err := s.drawKeys(organisation, round)
	if err != nil {
		return nil, err
	}
	round.Trustee = keys.Trustee()
	manifest := describe(organisation, round)
	if o.Manifest, round.Fingerprint, err = manifest.Encode(keys); err != nil {
		return nil, err
	}
	o.Told = s.tell(actor, round.Organisation, "round.open", string(id), map[string]string{
		"fingerprint": hex.EncodeToString(round.Fingerprint), "invited": strconv.Itoa(round.Invited),
		"paper": strconv.Itoa(round.Paper), "k": strconv.Itoa(round.K), "questionnaire": round.Questionnaire.Hash(),
	})
	if err := s.store.OpenRound(ctx, o); err != nil {
		return nil, err
	}
	round.State, round.Restored = Open, nil
	round.Version++
	return round, nil
}

func checkWindow(r *Round, now time.Time) error {
	lasts := r.Closes.Sub(r.Opens)
	if lasts < minLasts || lasts > maxLasts || r.Closes.After(now.Add(maxAhead)) || !r.Closes.After(now) {
		return fault.New(fault.Invalid, "round-window-invalid")
	}
	return nil
}

// drawKeys makes the keys of a draft. Keys that exist already are those of an
// opening that was cut off before anybody saw them; if they are not locked as the
// organisation wants it now, they are of no use to anybody.
func (s *Service) drawKeys(o *Organisation, r *Round) (*ballot.Keys, error) {
	trustee, err := o.Trustee.key()
	if err != nil {
		return nil, err
	}
	if r.Restored != nil { // it had been opened since the backup: those tickets must be worth nothing
		if err := s.keys.Destroy(string(r.ID)); err != nil {
			return nil, err
		}
	}
	keys, err := s.keys.CreateFor(string(r.ID), trustee, r.Closes)
	if !errors.Is(err, fs.ErrExist) {
		return keys, err
	}
	if keys, err = s.keys.Load(string(r.ID)); err != nil || bytes.Equal(keys.Trustee(), trustee.Fingerprint()) {
		return keys, err
	}
	if err := s.keys.Destroy(string(r.ID)); err != nil {
		return nil, err
	}
	return s.keys.CreateFor(string(r.ID), trustee, r.Closes)
}

// freeze decides who is asked for what. People without an address are invited by
// paper tickets, which belong to nobody (decision 22). Processes outside the scope of
// the iteration are not asked for.
func (s *Service) freeze(ctx context.Context, r *Round) (*Frozen, error) {
	people, err := s.store.ListPeople(ctx, r.Organisation)
	if err != nil {
		return nil, err
	}
	iteration, err := s.store.FindIteration(ctx, r.Iteration)
	if err != nil {
		return nil, err
	}
	asked, err := s.store.CountAsked(ctx, r.Organisation)
	if err != nil {
		return nil, err
	}
	installation, err := s.keys.Installation()
	if err != nil {
		return nil, err
	}
	o := &Frozen{Asked: assign(within(people, iteration.Scope), asked)}
	if len(o.Asked) < MinInvited {
		return nil, fault.New(fault.Invalid, "round-too-small")
	}
	r.Invited, r.Paper = len(o.Asked), 0
	for _, p := range people {
		role, invited := o.Asked[p.ID]
		if !invited {
			continue
		}
		o.Roster = append(o.Roster, RosterRow{Mark: rosterMark(installation, p), Process: role.Process, Role: role.Role, Unit: p.Unit})
		m := Member{Person: p.ID, Process: role.Process, Role: role.Role, Unit: p.Unit, Locale: p.Locale}
		if p.Email == "" {
			r.Paper++
			m = Member{}
		}
		m.Handle = make([]byte, ballot.HandleSize)
		if _, err := io.ReadFull(s.random, m.Handle); err != nil {
			return nil, fmt.Errorf("draw handle: %w", err)
		}
		o.Members = append(o.Members, m)
	}
	return o, nil
}

// within gives the people with their process roles in a scope; no scope is all.
func within(people []Person, scope []string) []Person {
	if len(scope) == 0 {
		return people
	}
	in := make([]Person, len(people))
	for i, p := range people {
		in[i] = p
		in[i].Roles = slices.DeleteFunc(slices.Clone(p.Roles), func(r ProcessRole) bool { return !slices.Contains(scope, r.Process) })
	}
	return in
}

// rosterMark stands for a person in rosters: HMAC of the address, or of name and
// unit without one (decision 24).
func rosterMark(installation []byte, p Person) []byte {
	h := hmac.New(sha256.New, installation)
	if p.Email != "" {
		fmt.Fprintf(h, "pulscheck/roster/v1\x00address\x00%s", p.Email)
	} else {
		fmt.Fprintf(h, "pulscheck/roster/v1\x00name\x00%s\x00%s", p.Name, p.Unit)
	}
	return h.Sum(nil)
}

// describe gives the manifest of a round.
func describe(o *Organisation, r *Round) ballot.Manifest {
	var contact *locale.Text
	if o.Contact != (locale.Text{}) {
		told := whole(o.Contact)
		contact = &told
	}
	return ballot.Manifest{
		Round: string(r.ID), Organisation: o.Name, Title: r.Title, Opens: r.Opens, Closes: r.Closes, K: r.K,
		Questionnaire: ballot.DescribeQuestionnaire(r.Questionnaire),
		Processes:     choices(o.Processes), Roles: choices(o.Roles), Units: choices(o.Units),
		Invited: r.Invited, Paper: r.Paper, Zone: o.Zone, Contact: contact,
	}
}

func choices(list []Named) []ballot.Choice {
	choices := make([]ballot.Choice, 0, len(list))
	for _, n := range list {
		if n.Archived {
			continue
		}
		choices = append(choices, ballot.Choice{Key: n.Key, Name: n.Name})
	}
	return choices
}

// Links gives the personal links of an open round by person, the fragment behind
// "#", and those of its paper tickets.
func (s *Service) Links(ctx context.Context, id RoundID) (byPerson map[PersonID]string, paper []string, err error) {
	o, err := s.find(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	keys, err := s.loadKeys(o)
	if err != nil {
		return nil, nil, err
	}
	members, err := s.store.ListMembers(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	byPerson = make(map[PersonID]string, len(members))
	for _, m := range members {
		link := keys.Link(m.Handle, o.round.Fingerprint).String()
		if m.Person == "" {
			paper = append(paper, link)
			continue
		}
		byPerson[m.Person] = link
	}
	return byPerson, paper, nil
}
