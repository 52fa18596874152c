package mail_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// ledgerRows counts the entries of the ledger by state.
func (p *post) ledgerRows(t testing.TB) map[survey.MailState]int {
	t.Helper()
	ledger, err := p.store.ListLedger(ctx, p.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[survey.MailState]int{}
	for _, state := range ledger {
		rows[state]++
	}
	return rows
}

// TestT14RemindersLeaveNoList: only those are reminded whose ticket was not taken; how
// many and who they were stands neither in the ledger nor in the audit.
func TestT14RemindersLeaveNoList(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		server := startSMTP(t, &smtpd{})
		p := newPost(t, url, 30, 4).by(t, "smtp://"+server.address(), nil)
		p.invite(t)
		p.takeTickets(t, p.people[:17])
		server.forget()
		p.remind(t, survey.FirstReminder, survey.RemindMissing)
		for i, person := range p.people {
			want := 1
			if i < 17 {
				want = 0
			}
			if got := server.taken()[person.Email]; got != want {
				t.Errorf("person %d of 17 who took tickets: %d reminders, want %d", i, got, want)
			}
		}
		if diff := cmp.Diff(map[survey.MailState]int{survey.MailSent: 60}, p.ledgerRows(t)); diff != "" {
			t.Errorf("the ledger tells how many were reminded (-want +got):\n%s", diff)
		}
		p.remind(t, survey.FirstReminder, survey.RemindMissing)
		if len(server.taken()) != 13 {
			t.Errorf("the same reminder again: %d recipients", len(server.taken()))
		}
		p.takeTickets(t, p.people[17:20])
		server.forget()
		p.remind(t, survey.LastReminder, survey.RemindEverybody)
		if len(server.taken()) != 30 {
			t.Errorf("everybody: %d recipients, want 30", len(server.taken()))
		}
		server.forget()
		if err := p.Remind(ctx, p.round.ID, "reminder-3", survey.RemindEverybody); err == nil || len(server.taken()) != 0 {
			t.Errorf("a third reminder: %v, %d mails", err, len(server.taken()))
		}
		want := []map[string]string{{"mail": "reminder-1"}, {"mail": "reminder-2"}}
		if diff := cmp.Diff(want, audited(t, p, "round.remind")); diff != "" {
			t.Errorf("audit (-want +got):\n%s", diff)
		}
		if got := p.letters(t); len(got) != 0 {
			t.Errorf("outbox: %v", got)
		}
	})
}

// TestT14FewAreNotSingledOut: with five missing all five are reminded, with four
// nobody is, and nothing stored says which of the two it was.
func TestT14FewAreNotSingledOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		left := map[int]map[survey.MailState]int{}
		for missing, want := range map[int]int{5: 5, 4: 0, 0: 0} {
			at := url
			if strings.HasPrefix(url, "sqlite") {
				at = url + string(rune('0'+missing))
			}
			server := startSMTP(t, &smtpd{})
			p := newPost(t, at, 20, 6).by(t, "smtp://"+server.address(), nil) // paper tickets are nobody's
			p.takeTickets(t, p.people[missing:])
			p.remind(t, survey.FirstReminder, survey.RemindMissing)
			if len(server.taken()) != want || len(server.received()) != want {
				t.Errorf("%d missing: %d reminders, want %d", missing, len(server.received()), want)
			}
			left[missing] = p.ledgerRows(t)
			if got := audited(t, p, "round.remind"); len(got) != 1 {
				t.Errorf("%d missing: audit %v", missing, got)
			}
		}
		if !cmp.Equal(left[5], left[4]) || !cmp.Equal(left[5], left[0]) {
			t.Errorf("the ledger tells how many were missing: %v", left)
		}
	})
}

// TestReminderNamesTheLastMail: the first names the day of the invitation, the second
// that of the first, in the organisation's zone.
func TestReminderNamesTheLastMail(t *testing.T) {
	dir := t.TempDir()
	p := newPost(t, storetest.SQLite(t), 12, 0)
	p.set(time.Date(2026, 3, 2, 23, 30, 0, 0, time.UTC)) // the third of March in Berlin
	p.by(t, "file:"+dir, nil)
	p.invite(t)
	p.set(p.now().Add(2 * time.Hour))
	p.remind(t, survey.FirstReminder, survey.RemindMissing)
	p.set(p.now().Add(time.Hour))
	p.remind(t, survey.LastReminder, survey.RemindMissing)
	names, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil || len(names) != 36 {
		t.Fatalf("%d mails %v", len(names), err)
	}
	told := map[string]int{}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		m := open(t, string(raw))
		kind, _, _ := strings.Cut(m.subject(t), ":")
		if kind != "Erinnerung" && kind != "Letzte Erinnerung" {
			continue
		}
		if strings.Contains(m.text, "3.\u00a0März 2026") {
			told[kind]++
		}
	}
	if diff := cmp.Diff(map[string]int{"Erinnerung": 12, "Letzte Erinnerung": 12}, told); diff != "" {
		t.Errorf("mails that name the third of March (-want +got):\n%s", diff)
	}
}

// TestRemindersOnlyWhileOpen: neither before the round opens nor after.
func TestRemindersOnlyWhileOpen(t *testing.T) {
	server := startSMTP(t, &smtpd{})
	p := newPost(t, storetest.SQLite(t), 12, 0).by(t, "smtp://"+server.address(), nil)
	p.set(p.round.Opens.Add(-time.Minute))
	if err := p.Remind(ctx, p.round.ID, survey.FirstReminder, survey.RemindMissing); !fault.Is(err, "round-not-open") {
		t.Errorf("before: %v", err)
	}
	p.set(p.round.Closes)
	if err := p.Remind(ctx, p.round.ID, survey.FirstReminder, survey.RemindMissing); err != nil {
		t.Errorf("after: %v", err)
	}
	if len(server.received()) != 0 {
		t.Error("somebody was reminded")
	}
}

// TestLedgerIsForgotten: counting a round leaves nothing of its mails.
func TestLedgerIsForgotten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		p := newPost(t, url, 12, 0).by(t, "file:"+t.TempDir(), nil)
		p.invite(t)
		if err := p.service.FinishRound(ctx, p.round.ID); err != nil {
			t.Fatal(err)
		}
		if rows := p.ledgerRows(t); len(rows) != 0 {
			t.Errorf("%v", rows)
		}
		if _, err := p.service.UndeliveredInvitations(ctx, account.System(), p.round.ID); !fault.Is(err, "round-closed") {
			t.Errorf("undelivered after counting: %v", err)
		}
	})
}
