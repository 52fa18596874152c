package mail_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/mail"
	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
)

// Names by which the test binary tells its child what to send.
const (
	childStore  = "PULSCHECK_TEST_MAIL_STORE"
	childKeys   = "PULSCHECK_TEST_MAIL_KEYS"
	childServer = "PULSCHECK_TEST_MAIL_SERVER"
	childOrg    = "PULSCHECK_TEST_MAIL_ORGANISATION"
	childRound  = "PULSCHECK_TEST_MAIL_ROUND" // empty = only the outbox
	childNow    = "PULSCHECK_TEST_MAIL_NOW"
)

// TestMain lets the child of the kill tests send mails instead of running tests.
func TestMain(m *testing.M) {
	if os.Getenv(childStore) == "" {
		os.Exit(m.Run())
	}
	if err := sendAll(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

// sendAll does what the jobs of a process do, without waiting.
func sendAll() error {
	began, err := time.Parse(time.RFC3339Nano, os.Getenv(childNow))
	if err != nil {
		return err
	}
	time := &clock{at: began}
	s, err := store.Open(ctx, os.Getenv(childStore), store.Options{AllowWeakDurability: true})
	if err != nil {
		return err
	}
	keys, err := ballot.OpenKeystore(os.Getenv(childKeys), rand.Reader)
	if err != nil {
		return err
	}
	sender, err := mail.NewSender(mail.Options{URL: "smtp://" + os.Getenv(childServer), From: "puls@nordlicht.example"})
	if err != nil {
		return err
	}
	courier := mail.NewCourier(mail.CourierOptions{
		Store: s, Rounds: newService(s, keys, time.now), Sender: sender, BaseURL: "https://puls.example",
		Now: time.now, Wait: time.wait, Log: slog.New(slog.DiscardHandler),
	})
	p := &post{clock: time, Courier: courier, store: s, org: &survey.Organisation{ID: survey.OrganisationID(os.Getenv(childOrg))}}
	round := survey.RoundID(os.Getenv(childRound))
	for round != "" {
		var early survey.EarlyError
		if err := courier.Invite(ctx, round); !errors.As(err, &early) {
			return err
		}
		time.set(early.Until)
	}
	p.deliver(panicking{})
	return nil
}

// panicking ends the child if what it does fails.
type panicking struct{ testing.TB }

func (panicking) Helper()           {}
func (panicking) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

// siege is a mail server under which its clients and its own connections die.
type siege struct {
	*smtpd
	child  atomic.Pointer[os.Process]
	number map[string]int // tries by recipient
	kills  int            // of the client
	lost   int            // connections cut while or after the text came
}

// killEvery is after how many recipients the client is killed once.
const killEvery = 25

// script does every fault of R3 to every fiftieth recipient on the first try, and
// kills the client at one stage after the other.
func (s *siege) script(stage, to string) string {
	if to == "" {
		return goOn // before the first recipient
	}
	i, err := strconv.Atoi(to[1:6]) // of p00042@… or s00042@…
	if err != nil {
		s.t.Error(err)
	}
	if stage == atRecipient {
		s.number[to]++
	}
	first := s.number[to] == 1
	if first && i%killEvery == killEvery-1 && stage == []string{atRecipient, inText, atDot, atAnswer}[i/killEvery%4] {
		s.child.Load().Kill() //nolint:errcheck // it is running, or the test fails
		s.kills++
		return drop
	}
	fault := map[int][2]string{
		3: {atRecipient, "450 4.7.1 later"}, 7: {atData, "451 4.3.0 later"}, 11: {atDot, "451 4.3.0 later"},
		15: {inText, drop}, 19: {atRecipient, drop}, 27: {atRecipient, "421 4.3.2 bye"}, 31: {atDot, drop}, 35: {atAnswer, drop},
	}[i%50]
	switch {
	case i%50 == 39 && stage == atRecipient: // for good
		return "550 5.1.1 unknown"
	case i%50 == 43 && stage == atDot:
		return "554 5.6.0 unwanted"
	case !first || fault[0] != stage:
		return goOn
	}
	if fault[1] == drop && stage != atRecipient { // a short mail is all on its way by then
		s.lost++
	}
	return fault[1]
}

// besiege lets child processes send until one is done.
func besiege(t *testing.T, p *post, url, round string) *siege {
	t.Helper()
	s := &siege{number: map[string]int{}}
	s.smtpd = startSMTP(t, &smtpd{script: s.script})
	for processes := 1; ; processes++ {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childStore+"="+url, childKeys+"="+p.dir, childServer+"="+s.address(), childRound+"="+round,
			childOrg+"="+string(p.org.ID),
			childNow+"="+p.now().Format(time.RFC3339Nano))
		var out bytes.Buffer
		child.Stdout, child.Stderr = &out, &out
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		s.child.Store(child.Process)
		err := child.Wait()
		var exit *exec.ExitError
		if err == nil {
			t.Logf("%d processes", processes)
			return s
		}
		if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL || processes > 100 {
			t.Fatalf("process %d: %v\n%s", processes, err, out.String())
		}
		p.set(p.now().Add(20 * time.Minute)) // until the next process starts
	}
}

// check compares what was taken with what is recorded.
func (s *siege) check(t *testing.T, n int, states map[string]survey.MailState) {
	t.Helper()
	count, all := map[survey.MailState]int{}, s.taken()
	for to, state := range states {
		count[state]++
		taken := all[to]
		if taken > 1 || state == survey.MailSent && taken != 1 || state == survey.MailFailed && taken != 0 {
			t.Errorf("%s is %s and got %d mails", to, state, taken)
		}
	}
	sent, failed, uncertain := count[survey.MailSent], count[survey.MailFailed], count[survey.MailUncertain]
	t.Logf("%d recipients: %d sent, %d failed, %d uncertain; %d kills of the client, %d connections cut", n, sent, failed, uncertain, s.kills, s.lost)
	if sent+failed+uncertain != n {
		t.Errorf("%d of %d accounted for: %v", sent+failed+uncertain, n, count)
	}
	if uncertain > s.kills+s.lost {
		t.Errorf("%d uncertain after %d kills and %d cut connections", uncertain, s.kills, s.lost)
	}
	if s.kills != n/killEvery || failed != 2*n/50 {
		t.Errorf("%d kills and %d refusals; the script has %d and %d", s.kills, failed, n/killEvery, 2*n/50)
	}
}

// TestR3InvitationsUnderFaults: 500 recipients, a server that does everything wrong
// that servers do, and a client that is killed at every stage: nobody gets two.
func TestR3InvitationsUnderFaults(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		const n = 500
		p := newPost(t, url, n, 0)
		s := besiege(t, p, url, string(p.round.ID))
		list, err := p.service.UndeliveredInvitations(ctx, account.System(), p.round.ID)
		if err != nil {
			t.Fatal(err)
		}
		states := map[string]survey.MailState{}
		for _, u := range list {
			states[u.Email] = u.State
		}
		if rows := p.ledgerRows(t); rows[survey.MailSent]+len(list) != n {
			t.Errorf("ledger %v and %d undelivered", rows, len(list))
		}
		for _, person := range p.people {
			if states[person.Email] == "" {
				states[person.Email] = survey.MailSent
			}
		}
		s.check(t, n, states)
	})
}

// TestR4ReportsUnderFaults: the same for letters, whose file arrives unchanged.
func TestR4ReportsUnderFaults(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		const n = 100
		p := newPost(t, url, 10, 0)
		report := p.draw(t)
		p.queue(t, p.tell(report, n)...)
		s := besiege(t, p, url, "")
		letters, err := p.store.ListLetters(ctx, p.org.ID)
		if err != nil {
			t.Fatal(err)
		}
		states := map[string]survey.MailState{}
		for _, l := range letters {
			states[l.Recipient] = l.State
		}
		s.check(t, n, states)
		for _, raw := range s.received() {
			if sha256.Sum256(open(t, strings.ReplaceAll(raw, "\r\n", "\n")).file) != [32]byte(report.FileHash) {
				t.Fatal("an attached file was changed")
			}
		}
	})
}
