package survey_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// writer is somebody with a session.
func (h *house) writer(t *testing.T, email string, stage account.Stage) (*account.User, string) {
	t.Helper()
	u := &account.User{
		ID: account.UserID(survey.NewID()), Email: email, Name: "Alex", Role: account.Lead, Language: "de", Created: h.now,
		Member: []account.Membership{{Organisation: string(h.round.Organisation), Consented: &h.now}},
	}
	if err := h.store.CreateUser(ctx, u); err != nil {
		t.Fatal(err)
	}
	secret, session := account.NewSession(u.ID, stage, h.now)
	if err := h.store.CreateSession(ctx, session, nil); err != nil {
		t.Fatal(err)
	}
	return u, secret
}

const keptPage = "/rounds/x/draft/texts"

var typed = survey.FormInput{Action: keptPage, Fields: url.Values{"title-de": {"Fast fertig"}, "seen": {"3"}}}

// TestFormIsGivenBackOnceToWhoTypedIt: to nobody else, on no other page, not twice, and not
// after half a day.
func TestFormIsGivenBackOnceToWhoTypedIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		h := begin(t, database, 10)
		mine, secret := h.writer(t, "a@nordlicht.example", account.Full)
		other, _ := h.writer(t, "b@nordlicht.example", account.Full)
		h.now = h.now.Add(account.SessionIdle)
		keep := func() {
			t.Helper()
			if err := h.KeepForm(ctx, secret, keptPage, typed); err != nil {
				t.Fatal(err)
			}
		}
		none := func(what string, u *account.User, page string) {
			t.Helper()
			if got, err := h.TakeForm(ctx, u, page); err != nil || got != nil {
				t.Errorf("%s: %+v, %v", what, got, err)
			}
		}
		keep()
		keep() // sent again, it is still one
		none("somebody else", other, keptPage)
		none("another page", mine, "/rounds/x/draft/time")
		got, err := h.TakeForm(ctx, mine, keptPage)
		if err != nil || got == nil {
			t.Fatalf("%+v, %v", got, err)
		}
		if diff := cmp.Diff(typed, *got); diff != "" {
			t.Errorf("given back (-typed +got):\n%s", diff)
		}
		none("twice", mine, keptPage)
		keep()
		h.now = h.now.Add(account.SessionLife)
		none("after half a day", mine, keptPage)
	})
}

// TestFormIsKeptForSessionsThatEndedByThemselvesOnly: a secret that is not, or no longer,
// one of a session keeps nothing, and neither does one that is still good.
func TestFormIsKeptForSessionsThatEndedByThemselvesOnly(t *testing.T) {
	h := begin(t, storetest.SQLite(t), 10)
	_, live := h.writer(t, "a@nordlicht.example", account.Full)
	_, half := h.writer(t, "b@nordlicht.example", account.Half)
	gone, left := h.writer(t, "c@nordlicht.example", account.Full)
	_, signedOut := h.writer(t, "d@nordlicht.example", account.Full)
	if err := h.Logout(ctx, signedOut); err != nil {
		t.Fatal(err)
	}
	gone.Ended = &h.now
	if err := h.store.UpdateUser(ctx, gone); err != nil {
		t.Fatal(err)
	}
	refused := func(what, secret string) {
		t.Helper()
		if err := h.KeepForm(ctx, secret, keptPage, typed); !fault.Is(err, "unauthenticated") {
			t.Errorf("%s: %v, want unauthenticated", what, err)
		}
	}
	refused("one that goes on", live)
	h.now = h.now.Add(account.SessionIdle)
	refused("none", "")
	refused("a guess", strings.Repeat("x", 43))
	refused("one that never was signed in", half)
	refused("one that was ended", signedOut)
	refused("one of somebody who left", left)
	long := survey.FormInput{Action: keptPage, Fields: url.Values{"title-de": {strings.Repeat("x", 512<<10)}}}
	if err := h.KeepForm(ctx, live, keptPage, long); !fault.Is(err, "body-too-large") {
		t.Errorf("512 KiB: %v, want body-too-large", err)
	}
}

// TestKeptFormsAreFewAndReadableByNobody: five of a user, the oldest goes first; nothing that
// was typed stands in the database, and all of it is purged.
func TestKeptFormsAreFewAndReadableByNobody(t *testing.T) {
	database := storetest.SQLite(t)
	h := begin(t, database, 10)
	mine, secret := h.writer(t, "a@nordlicht.example", account.Full)
	h.now = h.now.Add(account.SessionIdle)
	for n := range 6 {
		h.now = h.now.Add(time.Second)
		if err := h.KeepForm(ctx, secret, fmt.Sprintf("/comments/%d", n), typed); err != nil {
			t.Fatal(err)
		}
	}
	db, _ := storetest.Past(t, database)
	count := func(where string) (n int) {
		t.Helper()
		if err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM kept_forms WHERE "+where).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if got := count("1 = 1"); got != 5 {
		t.Errorf("%d kept, want 5", got)
	}
	if got := count("instr(sealed, 'fertig') > 0"); got != 0 {
		t.Errorf("%d can be read in the database", got)
	}
	if got, err := h.TakeForm(ctx, mine, "/comments/0"); err != nil || got != nil {
		t.Errorf("the oldest of six: %+v, %v", got, err)
	}
	h.now = h.now.Add(account.SessionLife + time.Second)
	if err := h.Purge(ctx); err != nil {
		t.Fatal(err)
	}
	if got := count("1 = 1"); got != 0 {
		t.Errorf("%d left after the purge", got)
	}
}
