package survey

import (
	"context"
	"time"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Issued is what everybody may know of a document: that it was issued, and hashes.
type Issued struct {
	Document string
	Number   int // its version, from 1
	Language locale.Language
	Day      time.Time
	DataHash []byte // SHA-256, 32 bytes, as printed
	FileHash []byte // SHA-256, 32 bytes, of the PDF
	Replaced int    // number of the latest version that was issued since, 0 for none
}

// VerifyDocument gives the issued files of a document by the number that is printed on
// it. It needs no log-in and says nothing that is not on the paper. Fault NotFound.
func (s *Service) VerifyDocument(ctx context.Context, document string) ([]Issued, error) {
	all, err := s.store.ListIssued(ctx, document)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	return all, nil
}
