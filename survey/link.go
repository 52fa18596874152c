package survey

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// ReportLink lets whoever has it fetch a report until it expires or is revoked. What is
// stored of its token is a hash.
type ReportLink struct {
	ID      string // that of the letter which brings it
	Report  ReportID
	Hash    []byte // SHA-256, 32 bytes
	Expires time.Time
	Revoked *time.Time
}

// Good reports whether a link leads anywhere at an instant.
func (l *ReportLink) Good(at time.Time) bool { return l.Revoked == nil && at.Before(l.Expires) }

// bringLink makes a letter bring a link in the place of the file; drawLink makes it one's own.
func (s *Service) bringLink(ctx context.Context, l *Letter, id ReportID, o OrganisationID, days int) error {
	organisation, err := s.store.FindOrganisation(ctx, o)
	if err != nil {
		return err
	}
	l.Attachment, l.Link = "", &ReportLink{Report: id, Expires: s.now().Add(time.Duration(days) * 24 * time.Hour)}
	l.Places["until"] = locale.New(l.Language).Instant(l.Link.Expires, zoneOf(organisation))
	return nil
}

// drawLink gives a letter a link of its own.
func (s *Service) drawLink(l *Letter) error {
	link := *l.Link
	l.ID = s.newID()
	token, err := s.LinkToken(l.ID)
	if err != nil {
		return err
	}
	link.ID, link.Hash = l.ID, hashLink(token)
	l.Link = &link
	return nil
}

// LinkToken gives the 256 bits that a link ends in, for the mail that brings it. They
// follow from the id of the mail under a key that no table holds.
func (s *Service) LinkToken(id string) (string, error) {
	key, err := s.derived("report-link")
	if err != nil {
		return "", err
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte(id)) // never fails
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)), nil
}

func hashLink(token string) []byte {
	sum := sha256.Sum256([]byte("pulscheck/report-link/v1\x00" + token))
	return sum[:]
}

// OpenLink gives the report that a token leads to, with its bytes, to whoever has it.
// Fault Invalid "link-invalid" for one that is unknown, expired or revoked: nobody
// learns which.
func (s *Service) OpenLink(ctx context.Context, token string) (*Report, error) {
	link, err := s.store.FindLink(ctx, hashLink(token))
	if err != nil && fault.Of(err).Kind != fault.NotFound {
		return nil, err
	}
	if err != nil || !link.Good(s.now()) {
		return nil, fault.New(fault.Invalid, "link-invalid").With(fault.Field{Pointer: "/code", Code: "link-invalid"})
	}
	return s.store.FindReport(ctx, link.Report)
}

// Withdrawn is the outcome of a mail whose link was revoked while it waited.
const Withdrawn = "link revoked"

// RevokeLink ends a link of a report at once and for good; if its mail still waits, it
// does not go out.
func (s *Service) RevokeLink(ctx context.Context, actor account.Actor, id ReportID, link string) error {
	report, programme, err := s.report(ctx, actor, account.IssueReports, id)
	if err != nil {
		return err
	}
	told := s.tell(actor, programme.Organisation, "report.revoke-link", string(id), map[string]string{"document": report.Document})
	return s.store.RevokeLink(ctx, id, link, told.At, told)
}
