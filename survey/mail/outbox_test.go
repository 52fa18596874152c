package mail_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// draw stores the draft of a report with bytes that are hard to carry unchanged.
func (p *post) draw(t testing.TB) *survey.Report {
	t.Helper()
	body := bytes.Repeat([]byte("%PDF-1.7\r\n.\n\x00\xff"), 5000)
	sum := sha256.Sum256(body)
	r := &survey.Report{
		ID: survey.ReportID(survey.NewID()), Iteration: p.round.Iteration, Kind: survey.CheckReport, Language: locale.German, Number: 1,
		Document: "NORDLICHT-I02-V1", DataHash: sum[:], FileName: "check-bericht_nordlicht_i02_v1.pdf", FileHash: sum[:], Body: body, Created: p.now(),
	}
	if err := p.store.CreateReport(ctx, r); err != nil {
		t.Fatal(err)
	}
	return r
}

// tell gives letters to n people that carry a report.
func (p *post) tell(r *survey.Report, n int) []survey.Letter {
	letters := make([]survey.Letter, n)
	for i := range letters {
		letters[i] = survey.ReportLetter(p.org, &survey.Programme{Name: "ITSM"}, 2, r, p.now())
		letters[i].Recipient = fmt.Sprintf("s%05d@nordlicht.example", i)
	}
	return letters
}

// TestReportGoesOutOnce: issuing a report mails it to each steering address, once per
// version, with the bytes that were drawn.
func TestReportGoesOutOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		server := startSMTP(t, &smtpd{})
		p := newPost(t, url, 10, 0).by(t, "smtp://"+server.address(), nil)
		iteration, err := p.store.FindIteration(ctx, p.round.Iteration)
		if err != nil {
			t.Fatal(err)
		}
		programme, err := p.store.FindProgramme(ctx, iteration.Programme)
		if err != nil {
			t.Fatal(err)
		}
		steering := []string{"s1@nordlicht.example", "s2@nordlicht.example", "s2@nordlicht.example"}
		if _, err := p.service.UpdateProgramme(ctx, account.System(), programme.ID, survey.ProgrammeInput{Seen: programme.Version, Steering: &steering}); err != nil {
			t.Fatal(err)
		}
		draft := p.draw(t)
		if p.deliver(t); len(server.received()) != 0 {
			t.Fatal("a draft was mailed")
		}
		for range 3 {
			issued, err := p.service.IssueReport(ctx, account.System(), draft.ID, draft.Version)
			if err == nil && issued.State != survey.ReportIssued || err != nil && !fault.Is(err, "version-conflict") {
				t.Fatalf("%+v %v", issued, err)
			}
			p.deliver(t)
		}
		mails := server.received()
		if len(mails) != 2 || len(server.taken()) != 2 {
			t.Fatalf("%d mails to %d people, want 2 to 2", len(mails), len(server.taken()))
		}
		for _, raw := range mails {
			m := open(t, raw)
			if sha256.Sum256(m.file) != [32]byte(draft.FileHash) || m.fileName != draft.FileName {
				t.Errorf("attached: %d bytes as %q", len(m.file), m.fileName)
			}
			if !strings.Contains(m.text, m.fileName) || !strings.Contains(m.text, draft.Document) || m.subject(t) != "Check-Bericht zu Iteration 1 – ITSM" {
				t.Errorf("%s\n%s", m.subject(t), m.text)
			}
		}
	})
}

// TestLettersRefused: what is refused for good fails at once, what is refused for now
// is tried again with growing pauses and given up in the end, each told by its code.
func TestLettersRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		var tries []time.Time
		p := newPost(t, url, 10, 0)
		server := startSMTP(t, &smtpd{script: func(stage, to string) string {
			switch {
			case stage == atRecipient && strings.HasPrefix(to, "s00001@"):
				return "550 5.1.1 <" + to + "> unknown"
			case stage == atRecipient && strings.HasPrefix(to, "s00002@"):
				tries = append(tries, p.now())
				return "452 4.2.2 mailbox of " + to + " is full"
			case stage == atAnswer && strings.HasPrefix(to, "s00003@"):
				return drop
			}
			return goOn
		}})
		p.by(t, "smtp://"+server.address(), nil)
		p.queue(t, p.tell(p.draw(t), 4)...)
		p.deliver(t)
		want := []string{
			"report s00000@nordlicht.example sent",
			"report s00001@nordlicht.example failed recipient: 550 5.1.1",
			"report s00002@nordlicht.example failed recipient: 452 4.2.2",
			"report s00003@nordlicht.example uncertain end: connection lost",
		}
		if diff := cmp.Diff(want, p.letters(t)); diff != "" {
			t.Errorf("outbox (-want +got):\n%s", diff)
		}
		if server.taken()["s00003@nordlicht.example"] != 1 {
			t.Errorf("the uncertain one was sent %d times", server.taken()["s00003@nordlicht.example"])
		}
		if n, lasted := len(tries), tries[len(tries)-1].Sub(tries[0]); n > 300 || lasted < 72*time.Hour || tries[1].Sub(tries[0]) > 2*time.Minute {
			t.Errorf("%d tries in %v, the second after %v", n, lasted, tries[1].Sub(tries[0]))
		}
	})
}

// TestLetterWithItsCause: a letter is there if and only if what it tells is.
func TestLetterWithItsCause(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		p := newPost(t, url, 12, 0)
		r := p.draw(t)
		if err := p.store.IssueReport(ctx, &survey.Report{ID: "none"}, p.now(), p.tell(r, 2)); err != nil {
			t.Fatal(err)
		}
		if got := p.letters(t); len(got) != 0 {
			t.Errorf("letters of what never happened: %v", got)
		}
		for n := range 2 { // the second time it is issued already
			if err := p.store.IssueReport(ctx, r, p.now(), p.tell(r, 2+n)); err != nil {
				t.Fatal(err)
			}
		}
		if got := p.letters(t); len(got) != 2 {
			t.Errorf("letters of what happened: %v", got)
		}
	})
}
