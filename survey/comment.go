package survey

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// CommentID names a free text. It is drawn at random and says nothing about order or time.
type CommentID string

// Comment is a free text that a counted round gave to the moderation queue, with what
// consultant or lead decided about it. Nobody knows group, ballot or time of it.
type Comment struct {
	ID         CommentID
	Round      RoundID // never told: it would say when
	Text       string  // as it was written, but for what an auditor blackened
	Kind       string  // praise, obstacle, idea or empty (decision 21)
	Moderation Moderation
	Version    int // counts the decisions and what was blackened
}

// Moderation is what becomes of a comment.
type Moderation struct {
	Outcome CommentOutcome `json:"outcome,omitempty"`
	Wording string         `json:"wording,omitempty"` // what is read instead of the text
	Names   []string       `json:"names,omitempty"`   // words of the text that are blackened when it is released
	Reason  string         `json:"reason,omitempty"`  // why it is withheld
	Theme   string         `json:"theme,omitempty"`   // key of the organisation's list
	Kind    string         `json:"kind,omitempty"`    // how it is understood: praise, obstacle, idea; empty = as stated
}

// Sort is what kind of comment it is: as it was understood, else as stated; empty = neither.
func (c *Comment) Sort() string { return cmp.Or(c.Moderation.Kind, c.Kind) }

// CommentKinds are the kinds of comments.
func CommentKinds() []string { return []string{"praise", "obstacle", "idea"} }

// CommentOutcome is what was decided about a comment; empty = nothing yet.
type CommentOutcome string

// The outcomes.
const (
	CommentReleased    CommentOutcome = "released"
	CommentParaphrased CommentOutcome = "paraphrased" // only another wording may be read
	CommentWithheld    CommentOutcome = "withheld"
)

// Blackened stands where a name stood.
const Blackened = "[…]"

// Shown is what may be read of a comment outside the queue; empty = nothing.
func (c *Comment) Shown() string {
	switch c.Moderation.Outcome {
	case CommentReleased:
		return blacken(c.Text, c.Moderation.Names)
	case CommentParaphrased:
		return c.Moderation.Wording
	}
	return ""
}

// blacken takes words out of a text, longer ones first, so that no part of one stays.
func blacken(text string, words []string) string {
	words = slices.SortedFunc(slices.Values(words), func(a, b string) int { return len(b) - len(a) })
	for _, w := range words {
		text = strings.ReplaceAll(text, w, Blackened)
	}
	return text
}

// Comments keeps the moderation queue.
type Comments interface {
	// ListComments gives the comments of rounds in order of their random ids.
	ListComments(ctx context.Context, rounds ...RoundID) ([]Comment, error)
	// FindComment gives a comment; fault NotFound otherwise.
	FindComment(ctx context.Context, id CommentID) (*Comment, error)
	// ModerateComment stores a decision about version c.Version.
	ModerateComment(ctx context.Context, c *Comment, told ...audit.Entry) error
	// RewriteComment replaces the text of version c.Version for good.
	RewriteComment(ctx context.Context, c *Comment, told ...audit.Entry) error
	// DeleteComment removes version c.Version with what was decided about it.
	DeleteComment(ctx context.Context, c *Comment, told ...audit.Entry) error
}

// ListQueue gives every comment of the counted rounds of an iteration, in random order.
func (s *Service) ListQueue(ctx context.Context, actor account.Actor, id IterationID) ([]Comment, error) {
	if _, _, err := s.iteration(ctx, actor, account.ReviewComments, id); err != nil {
		return nil, err
	}
	return s.comments(ctx, id)
}

func (s *Service) comments(ctx context.Context, id IterationID) ([]Comment, error) {
	rounds, err := s.store.ListRoundsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	var counted []RoundID
	for _, r := range rounds {
		if r.CountedAt != nil {
			counted = append(counted, r.ID)
		}
	}
	if len(counted) == 0 {
		return nil, nil
	}
	return s.store.ListComments(ctx, counted...)
}

// ShowComment gives one comment of the queue.
func (s *Service) ShowComment(ctx context.Context, actor account.Actor, id CommentID) (*Comment, error) {
	c, _, err := s.comment(ctx, actor, account.ReviewComments, id)
	return c, err
}

// comment gives a comment that the actor may do p to, with its organisation.
func (s *Service) comment(ctx context.Context, actor account.Actor, p account.Permission, id CommentID) (*Comment, OrganisationID, error) {
	if err := actor.May(p); err != nil {
		return nil, "", err
	}
	c, err := s.store.FindComment(ctx, id)
	if err != nil {
		return nil, "", err
	}
	r, err := s.round(ctx, actor, p, c.Round)
	if err != nil {
		return nil, "", err
	}
	return c, r.Organisation, nil
}

// ModerationInput is what is said about a comment; nil stays.
type ModerationInput struct {
	Outcome *string
	Wording *string
	Names   *[]string
	Reason  *string
	Theme   *string
	Kind    *string
}

// maxBlack is the most words that are blackened in a comment.
const maxBlack = 20

func (in ModerationInput) apply(m *Moderation, text string, themes []Named) error {
	var c checks
	outcome := string(m.Outcome)
	c.choice("/outcome", &outcome, in.Outcome, "outcome-unknown", "", string(CommentReleased), string(CommentParaphrased), string(CommentWithheld))
	m.Outcome = CommentOutcome(outcome)
	c.choice("/kind", &m.Kind, in.Kind, "comment-kind-unknown", append(CommentKinds(), "")...)
	c.prose("/wording", &m.Wording, in.Wording)
	c.maybe("/reason", &m.Reason, in.Reason, maxSentence)
	if m.Outcome == CommentParaphrased && m.Wording == "" {
		c.missing("/wording")
	}
	if m.Outcome == CommentWithheld && m.Reason == "" {
		c.missing("/reason")
	}
	if in.Names != nil {
		m.Names = slices.Clone(*in.Names)
		c.words("/names", m.Names, text)
	}
	if in.Theme != nil && *in.Theme != m.Theme {
		m.Theme = *in.Theme
		if m.Theme != "" && !slices.ContainsFunc(themes, func(n Named) bool { return n.Key == m.Theme && !n.Archived }) {
			c.wrong("/theme", "theme-unknown")
		}
	}
	return c.err()
}

// words checks what is to be blackened: it must stand in the text.
func (c *checks) words(pointer string, words []string, text string) {
	if len(words) > maxBlack {
		c.wrong(pointer, "too-many-items")
	}
	for n, w := range words {
		if strings.TrimSpace(w) == "" || !strings.Contains(text, w) {
			c.wrong(pointer+"/"+strconv.Itoa(n), "words-unknown")
		}
	}
}

// ModerateComment decides about a comment: it is released, read in another wording only,
// or withheld. The audit hears the outcome, never a text.
func (s *Service) ModerateComment(ctx context.Context, actor account.Actor, id CommentID, seen int, in ModerationInput) (*Comment, error) {
	c, organisation, err := s.comment(ctx, actor, account.ModerateComments, id)
	if err != nil {
		return nil, err
	}
	if c.Version != seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	o, err := s.store.FindOrganisation(ctx, organisation)
	if err != nil {
		return nil, err
	}
	if err := in.apply(&c.Moderation, c.Text, o.Themes); err != nil {
		return nil, err
	}
	told := s.tell(actor, organisation, "comment.moderate", string(id), map[string]string{"outcome": string(c.Moderation.Outcome)})
	if err := s.store.ModerateComment(ctx, c, told); err != nil {
		return nil, err
	}
	c.Version++
	return c, nil
}

// RedactComment blackens words of a version of a comment for good, also for those who
// moderate.
func (s *Service) RedactComment(ctx context.Context, actor account.Actor, id CommentID, seen int, words []string) (*Comment, error) {
	c, organisation, err := s.comment(ctx, actor, account.RedactComments, id)
	if err != nil {
		return nil, err
	}
	if c.Version != seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	var problems checks
	if len(words) == 0 {
		problems.wrong("/words", "too-many-items")
	}
	problems.words("/words", words, c.Text)
	if err := problems.err(); err != nil {
		return nil, err
	}
	c.Text = blacken(c.Text, words)
	if err := s.store.RewriteComment(ctx, c, s.tell(actor, organisation, "comment.redact", string(id), nil)); err != nil {
		return nil, err
	}
	s.witness(ctx)
	c.Version++
	return c, nil
}

// DeleteComment removes a version of a comment for good.
func (s *Service) DeleteComment(ctx context.Context, actor account.Actor, id CommentID, seen int) error {
	c, organisation, err := s.comment(ctx, actor, account.RedactComments, id)
	if err != nil {
		return err
	}
	if c.Version != seen {
		return fault.New(fault.Stale, "version-conflict")
	}
	if err := s.store.DeleteComment(ctx, c, s.tell(actor, organisation, "comment.delete", string(id), nil)); err != nil {
		return err
	}
	s.witness(ctx)
	return nil
}
