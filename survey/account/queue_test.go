package account

import (
	"context"
	"testing"

	"pulscheck/survey/fault"
)

// TestPasswordsQueue: whoever comes when too many passwords are worked on hears so at
// once, and holds up nothing else; so does who waited until the end of the request.
func TestPasswordsQueue(t *testing.T) {
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := CheckPassword(ctx, "", "falsch und lang genug"); !fault.Is(err, "overloaded") {
		t.Errorf("waited for nothing: %v", err)
	}
	for range cap(queued) {
		queued <- struct{}{}
	}
	if _, err := HashPassword(t.Context(), "falsch und lang genug"); !fault.Is(err, "overloaded") {
		t.Errorf("one too many: %v", err)
	}
	for range cap(queued) {
		<-queued
	}
	for range cap(hashing) {
		<-hashing
	}
	if right, err := CheckPassword(t.Context(), "", "falsch und lang genug"); right || err != nil {
		t.Errorf("afterwards: %v, %v", right, err)
	}
}
