package survey

import (
	"context"
	"time"
)

// Reply is the answer to a request that may be sent again (Idempotency-Key).
type Reply struct {
	Actor   string // id of who asked
	Key     string
	Claim   string // drawn anew for each request, tells whose the row is
	Digest  []byte // of the request, 32 bytes; another one with the same key is no repetition
	Sealed  []byte // the answer, readable only with the credential that asked; nil while it is in work
	Claimed time.Time
}

// ReplyLife is how long an answer is kept for repetitions.
const ReplyLife = 24 * time.Hour

// Replies keeps answers for a day.
type Replies interface {
	// ClaimReply stores a claim, unless there is one for actor and key that is younger
	// than ReplyLife: that is given then.
	ClaimReply(ctx context.Context, r Reply) (*Reply, error)
	// FinishReply stores the answer of a claim.
	FinishReply(ctx context.Context, r Reply) error
	// ForgetReply removes a claim, so that its key may be used again.
	ForgetReply(ctx context.Context, r Reply) error
}
