package survey

import "context"

// Participation is what the respondent routes ask of the store. None of its calls
// takes or gives a person together with a ballot.
type Participation interface {
	// FindRound gives an opened round; fault NotFound otherwise.
	FindRound(ctx context.Context, id RoundID) (*Round, error)
	// FindManifest gives the canonical bytes stored at opening.
	FindManifest(ctx context.Context, id RoundID) ([]byte, error)
	// FindMember gives the invitation of a handle; fault NotFound otherwise.
	FindMember(ctx context.Context, id RoundID, handle []byte) (*Member, error)
	// CreateMark records that the ticket of a mark was taken for the blinded element
	// req. If the mark exists it gives the req stored first. Durable on return.
	CreateMark(ctx context.Context, id RoundID, mark, req []byte) (stored []byte, err error)
	// CreateBallot stores a sealed ballot while the round is open; durable on return.
	// If the ticket hash exists it gives the digest stored first and created = false.
	// A round that is no longer open gives fault Gone "round-closed".
	CreateBallot(ctx context.Context, id RoundID, b SealedBallot) (digest []byte, created bool, err error)
	// ListTicketHashes gives the sorted hashes of a counted round.
	ListTicketHashes(ctx context.Context, id RoundID) ([][]byte, error)
}

// SealedBallot is what the database holds of an answer: nothing in it is readable
// without the round's opening key.
type SealedBallot struct {
	TicketHash []byte // 32 bytes
	Sealed     []byte // constant length
	Digest     []byte // HMAC of the payload, 32 bytes
}
