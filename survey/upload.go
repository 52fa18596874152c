package survey

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/table"
)

// Upload is a list of people on its way in: kept between the steps of an import, seen by
// nobody but whom it came from, and deleted with the import or after a day.
type Upload struct {
	ID           string
	Organisation OrganisationID
	Actor        string
	Content      []byte
	Kept         time.Time
}

// Uploads keeps lists that are being imported.
type Uploads interface {
	CreateUpload(ctx context.Context, u Upload) error
	// FindUpload fails with fault NotFound if there is none of the actor.
	FindUpload(ctx context.Context, id string, o OrganisationID, actor string) (*Upload, error)
	// ListUploads gives those of an organisation.
	ListUploads(ctx context.Context, o OrganisationID) ([]Upload, error)
	DeleteUpload(ctx context.Context, id string) error
	// DeleteUploads deletes those that were kept before an instant.
	DeleteUploads(ctx context.Context, kept time.Time) error
}

// uploadLife is how long a list waits for the next step.
const uploadLife = 24 * time.Hour

// KeepUpload keeps a list for the next steps and gives its id. Faults:
// "import-too-large" (TooLarge), "file-missing" (Invalid).
func (s *Service) KeepUpload(ctx context.Context, actor account.Actor, id OrganisationID, content []byte) (string, error) {
	if _, err := s.organisation(ctx, actor, account.ChangePeople, id); err != nil {
		return "", err
	}
	switch {
	case len(content) == 0:
		return "", fault.New(fault.Invalid, "file-missing").With(fault.Field{Pointer: "/file", Code: "file-missing"})
	case len(content) > MaxImportBytes:
		return "", fault.New(fault.TooLarge, "import-too-large")
	}
	u := Upload{ID: s.newID(), Organisation: id, Actor: actor.ID, Content: content, Kept: s.now()}
	return u.ID, s.store.CreateUpload(ctx, u)
}

// ShowUpload gives a list that the same user sent within a day.
func (s *Service) ShowUpload(ctx context.Context, actor account.Actor, id OrganisationID, upload string) (*Upload, error) {
	if _, err := s.organisation(ctx, actor, account.ChangePeople, id); err != nil {
		return nil, err
	}
	u, err := s.store.FindUpload(ctx, upload, id, actor.ID)
	if err == nil && s.now().Sub(u.Kept) > uploadLife {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	return u, err
}

// ForgetUpload deletes a list that is imported or given up.
func (s *Service) ForgetUpload(ctx context.Context, actor account.Actor, id OrganisationID, upload string) error {
	u, err := s.ShowUpload(ctx, actor, id, upload)
	if err != nil {
		return err
	}
	return s.store.DeleteUpload(ctx, u.ID)
}

// names reports whether a person stands in a list, or whether that cannot be said.
func (u *Upload) names(p *Person) bool {
	f, err := table.Read("", bytes.NewReader(u.Content))
	if err != nil {
		return true
	}
	is := func(cell string) bool {
		return p.Email != "" && strings.EqualFold(cell, p.Email) || p.Name != "" && strings.EqualFold(norm.NFC.String(cell), p.Name)
	}
	if slices.ContainsFunc(f.Columns, is) { // a list without headings
		return true
	}
	for {
		more, err := f.Next()
		if err != nil || slices.ContainsFunc(f.Row, is) {
			return true
		}
		if !more {
			return false
		}
	}
}
