package mail_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// TestT8MailsCarryTheSameFingerprint is the mail half of T8: a hundred people, one
// number, and it is that of the manifest.
func TestT8MailsCarryTheSameFingerprint(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		dir := t.TempDir()
		p := newPost(t, url, 100, 3).by(t, "file:"+dir, nil)
		p.invite(t)
		names, err := filepath.Glob(filepath.Join(dir, "*.eml"))
		if err != nil || len(names) != 100 {
			t.Fatalf("%d mails, %v; want 100, none for paper", len(names), err)
		}
		canonical, err := p.service.Manifest(ctx, p.round.ID)
		if err != nil {
			t.Fatal(err)
		}
		digest := sha256.Sum256(canonical)
		printed := regexp.MustCompile(`(?m)[0-9a-f]{4}( [0-9a-f]{4}){3}$`)
		fragment := regexp.MustCompile(`(?m)^https://puls\.example/r/` + string(p.round.ID) + `#(.*)$`)
		recipients, secrets := map[string]bool{}, map[string]bool{}
		for _, name := range names {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			m := open(t, string(raw))
			if got, want := printed.FindString(m.text), ballot.PrintFingerprint(digest[:]); got != want {
				t.Fatalf("fingerprint %q, want %q", got, want)
			}
			found := fragment.FindStringSubmatch(m.text)
			if found == nil {
				t.Fatalf("no link on a line of its own:\n%s", m.text)
			}
			link, err := ballot.ParseLink(found[1])
			if err != nil || !bytes.Equal(link.Fingerprint, digest[:8]) {
				t.Fatalf("link %v %v", link, err)
			}
			i, err := p.service.Invitation(ctx, p.round.ID, survey.Claim{Handle: link.Handle, Secret: link.Secret})
			if err != nil || i.Process == "" {
				t.Fatalf("the link of a mail opens nothing: %v %v", i, err)
			}
			recipients[m.header.Get("To")], secrets[string(link.Secret)] = true, true
		}
		if len(recipients) != 100 || len(secrets) != 100 {
			t.Errorf("%d recipients, %d links", len(recipients), len(secrets))
		}
	})
}

// TestInvitationsGoOutOnce: also if the job is called again, from another process,
// and with people who left meanwhile; the audit holds the sums.
func TestInvitationsGoOutOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		server := startSMTP(t, &smtpd{script: func(stage, to string) string {
			if stage == atRecipient && strings.HasPrefix(to, "p00003@") {
				return "550 5.1.1 no such user"
			}
			return goOn
		}})
		p := newPost(t, url, 30, 2).by(t, "smtp://"+server.address(), nil)
		p.invite(t)
		p.invite(t)
		p.by(t, "smtp://"+server.address(), nil).invite(t)
		if len(server.taken()) != 29 || len(server.received()) != 29 {
			t.Errorf("%d recipients, %d mails, want 29", len(server.taken()), len(server.received()))
		}
		list, err := p.service.UndeliveredInvitations(ctx, account.System(), p.round.ID)
		want := []survey.Undelivered{{Person: p.people[3].ID, Email: "p00003@nordlicht.example", State: survey.MailFailed}}
		if diff := cmp.Diff(want, list); diff != "" || err != nil {
			t.Errorf("undelivered (-want +got): %s %v", diff, err)
		}
		if got := audited(t, p, "round.invite"); !cmp.Equal(got, []map[string]string{{"sent": "29", "failed": "1", "uncertain": "0"}}) {
			t.Errorf("audit: %v", got)
		}

		server.follow(func(string, string) string { return goOn })
		if err := p.service.RepeatInvitations(ctx, account.System(), p.round.ID, []survey.PersonID{p.people[3].ID, p.people[4].ID}); err != nil {
			t.Fatal(err)
		}
		p.invite(t)
		if server.taken()["p00003@nordlicht.example"] != 1 || len(server.received()) != 30 {
			t.Errorf("after a repetition: %d mails, want 30", len(server.received()))
		}
		if err := p.service.RepeatInvitations(ctx, account.System(), p.round.ID, []survey.PersonID{p.people[4].ID}); err == nil {
			t.Error("an invitation that arrived was repeated")
		}
		p.set(p.round.Closes)
		if err := p.Invite(ctx, p.round.ID); err != nil {
			t.Errorf("a round that is over: %v", err)
		}
	})
}

func audited(t testing.TB, p *post, verb string) (found []map[string]string) {
	t.Helper()
	entries, err := p.store.ListAudit(ctx, p.org.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Verb == verb {
			found = append(found, e.Detail)
		}
	}
	return found
}

// TestServerDownForADay: nothing is lost, nothing is sent twice, the server is not
// overrun, and what waits goes out when it is back.
func TestServerDownForADay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		gone, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		address := gone.Addr().String()
		gone.Close() //nolint:errcheck // only its number was wanted
		p := newPost(t, url, 40, 0).by(t, "smtp://"+address, nil)
		p.queue(t, survey.SubmittedLetter(p.org, p.round, "br@nordlicht.example", locale.German))
		back, calls := p.now().Add(22*time.Hour), 0
		for ; p.now().Before(back); calls++ {
			next := until(t, p.Invite(ctx, p.round.ID))
			if pause := next.Sub(p.now()); pause <= 0 || pause > time.Hour {
				t.Fatalf("the next call after %v", pause)
			}
			if err := p.Deliver(ctx); err != nil {
				t.Fatal(err)
			}
			p.set(next)
		}
		if calls > 150 {
			t.Errorf("%d calls in a day", calls)
		}
		server := startSMTP(t, &smtpd{})
		p.by(t, "smtp://"+server.address(), nil) // as after a new start
		p.invite(t)
		p.deliver(t)
		if len(server.taken()) != 41 || len(server.received()) != 41 {
			t.Errorf("%d recipients, %d mails, want 41", len(server.taken()), len(server.received()))
		}
		if got := p.letters(t); !cmp.Equal(got, []string{"submitted br@nordlicht.example sent"}) {
			t.Errorf("%v", got)
		}
	})
}

func (p *post) letters(t testing.TB) (told []string) {
	t.Helper()
	letters, err := p.store.ListLetters(ctx, p.org.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range letters {
		told = append(told, strings.TrimSpace(string(l.Kind)+" "+l.Recipient+" "+string(l.State)+" "+l.Outcome))
	}
	return told
}

// queue puts letters into the outbox.
func (p *post) queue(t testing.TB, letters ...survey.Letter) {
	t.Helper()
	if err := p.store.CreateLetters(ctx, letters, p.now()); err != nil {
		t.Fatal(err)
	}
}

// TestT5NothingInLogs: neither address nor link nor password is logged, whatever the
// server writes and however the mail fails.
func TestT5NothingInLogs(t *testing.T) {
	var log bytes.Buffer
	theirs, _ := certificate(t)
	answers := []string{"450 4.7.1 <p00001@nordlicht.example> greylisted", "550 5.1.1 p00002@nordlicht.example", "421 4.3.2 p00003", drop}
	n := 0
	server := startSMTP(t, &smtpd{script: func(stage, _ string) string {
		if n++; stage == atRecipient && n%3 == 0 {
			return answers[n%len(answers)]
		}
		if stage == atSender && n%10 == 0 {
			return "454 4.7.0 hunter2 p00004@nordlicht.example"
		}
		return goOn
	}})
	refusing := startSMTP(t, &smtpd{tls: theirs, login: "x"})
	p := newPost(t, storetest.SQLite(t), 40, 0)
	logger := slog.New(slog.NewJSONHandler(&log, nil))
	p.by(t, "smtp://puls:hunter2@"+refusing.address(), logger)
	until(t, p.Invite(ctx, p.round.ID))
	p.by(t, "smtp://"+server.address(), logger).invite(t)
	links, _, err := p.service.Links(ctx, p.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	forbidden := []string{"hunter2", "nordlicht.example", "p0000"}
	for _, fragment := range links {
		link, err := ballot.ParseLink(fragment)
		if err != nil {
			t.Fatal(err)
		}
		forbidden = append(forbidden, strings.Split(fragment, ".")[0], strings.Split(fragment, ".")[1], hex.EncodeToString(link.Handle))
	}
	if log.Len() == 0 {
		t.Fatal("nothing was logged at all")
	}
	for _, f := range forbidden {
		if strings.Contains(log.String(), f) {
			t.Errorf("the log holds %q:\n%s", f, log.String())
		}
	}
}

// TestPace: all couriers of an installation together send at most 20 mails a second.
func TestPace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		var at []time.Time
		p := newPost(t, url, 100, 0)
		server := startSMTP(t, &smtpd{script: func(stage, _ string) string {
			if stage == atDot {
				at = append(at, p.now())
			}
			return goOn
		}})
		one := p.by(t, "smtp://"+server.address(), nil).Courier
		p.queue(t, survey.SubmittedLetter(p.org, p.round, "br@nordlicht.example", locale.German))
		began := p.now()
		p.finish(t, func() error { return one.Invite(ctx, p.round.ID) })
		p.by(t, "smtp://"+server.address(), nil)
		p.deliver(t)
		if len(at) != 101 {
			t.Fatalf("%d mails", len(at))
		}
		for i := 20; i < len(at); i++ {
			if d := at[i].Sub(at[i-20]); d < time.Second {
				t.Fatalf("mail %d came %v after the 20th before it", i, d)
			}
		}
		if took := at[99].Sub(began); took > 6*time.Second {
			t.Errorf("100 mails took %v", took)
		}
		ahead, err := p.store.ReserveMails(ctx, p.now().Add(-time.Hour), 1, time.Second)
		if err != nil || ahead.After(p.now().Add(-time.Hour)) {
			t.Errorf("after the clock was set back mails wait until %v (%v)", ahead, err)
		}
	})
}
