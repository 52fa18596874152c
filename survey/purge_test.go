package survey_test

import (
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/mail"
	"pulscheck/survey/schedule"
	"pulscheck/survey/store/storetest"
	"pulscheck/survey/tally"
)

// TestNothingIsKeptForLonger than threat-model.md section 7 says, nor for less.
func TestNothingIsKeptForLonger(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12) // on 2026-03-02
		id := h.round.ID
		h.now = h.round.Closes // 2026-03-03 08:00
		if err := h.CloseRound(ctx, account.System(), id); err != nil {
			t.Fatal(err)
		}
		counted := survey.CountedRound{
			Round: id, At: h.now, Results: &tally.Results{Round: string(id), Texts: []tally.Comment{{Text: "Lob"}}}, Kept: &tally.Kept{},
		}
		if err := h.store.CountRound(ctx, counted); err != nil {
			t.Fatal(err)
		}
		if err := h.CountDueRound(ctx, id); err != nil {
			t.Fatal(err)
		}
		ended := survey.Job{Kind: survey.OpenJob, Object: "over", Due: h.now}
		if err := h.store.EnsureJobs(ctx, ended); err != nil {
			t.Fatal(err)
		}
		finish(t, h, ended)
		for _, c := range []struct {
			at                             string
			roster, comments, audit, ended int
		}{
			{"2026-03-04T02:30:00Z", 12, 1, 4, 1},
			{"2026-06-02T02:30:00Z", 12, 1, 4, 0},
			{"2027-03-31T02:30:00Z", 12, 1, 4, 0},
			{"2027-04-01T02:30:00Z", 12, 1, 1, 0},
			{"2027-04-08T02:30:00Z", 0, 1, 1, 0},
			{"2028-03-03T02:30:00Z", 0, 1, 1, 0},
			{"2028-03-04T02:30:00Z", 0, 0, 1, 0},
			{"2028-05-01T02:30:00Z", 0, 0, 1, 0},
		} {
			var err error
			if h.now, err = time.Parse(time.RFC3339, c.at); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := h.Purge(ctx); err != nil {
					t.Fatal(err)
				}
			}
			invited, err := h.store.ListInvited(ctx, id)
			roster := 0
			for _, cell := range invited {
				roster += cell.Invited
			}
			if err != nil || roster != c.roster {
				t.Errorf("%s: %d people in the roster, want %d, %v", c.at, roster, c.roster, err)
			}
			if comments, err := h.store.ListComments(ctx, id); err != nil || len(comments) != c.comments {
				t.Errorf("%s: %d comments, want %d, %v", c.at, len(comments), c.comments, err)
			}
			entries, err := h.store.ListAudit(ctx, h.round.Organisation)
			if err != nil || len(entries) != c.audit || audit.Verify(entries) != nil {
				t.Errorf("%s: %d audit entries, want %d, %v, %v", c.at, len(entries), c.audit, err, audit.Verify(entries))
			}
			if got := rows(t, url, "SELECT COUNT(*) FROM jobs WHERE object = 'over'"); got != c.ended {
				t.Errorf("%s: %d jobs that ended, want %d", c.at, got, c.ended)
			}
			if got := rows(t, url, "SELECT COUNT(*) FROM jobs WHERE state = 'waiting' AND kind IN ('close', 'count')"); got != 2 {
				t.Errorf("%s: %d jobs wait, want 2: closing and counting, which nobody ran", c.at, got)
			}
			if _, _, err := h.store.FindResults(ctx, id); err != nil {
				t.Errorf("%s: the results are gone: %v", c.at, err)
			}
		}
	})
}

// finish runs a job to its end.
func finish(t *testing.T, h *house, want survey.Job) {
	t.Helper()
	jobs, err := h.store.ListDueJobs(ctx, h.now, []survey.JobKind{want.Kind}, 1)
	if err != nil || len(jobs) != 1 {
		t.Fatal(jobs, err)
	}
	if held, err := h.store.ClaimJob(ctx, &jobs[0], h.now.Add(time.Minute)); !held || err != nil {
		t.Fatal(held, err)
	}
	if held, err := h.store.FinishJob(ctx, jobs[0], schedule.Outcome{State: schedule.Done, At: h.now}); !held || err != nil {
		t.Fatal(held, err)
	}
}

func rows(t *testing.T, url, query string) (n int) {
	t.Helper()
	db, _ := storetest.Past(t, url)
	if err := db.QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestLettersAndEndedUsersGo: an address is kept for two weeks after its letter was sent,
// that of a report as long as the report, which nobody gets twice, and what is left of an
// account for thirty days after its end.
func TestLettersAndEndedUsersGo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		sent := o.now
		letter := func(kind survey.MailKind, to string) survey.Letter {
			return survey.Letter{Organisation: o.org.ID, Kind: kind, Subject: "r1", Recipient: to, Language: "de"}
		}
		report := letter(survey.ReportMail, "has@x.example")
		if err := o.store.CreateLetters(ctx, []survey.Letter{letter(survey.SubmittedMail, "sent@x.example"), letter(survey.SubmittedMail, "waits@x.example"), report}, sent); err != nil {
			t.Fatal(err)
		}
		queued, err := o.store.ListDueLetters(ctx, sent, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range queued {
			if l.Letter.Recipient == "waits@x.example" {
				continue
			}
			if took, err := o.store.ClaimLetter(ctx, l.ID, sent); err != nil || !took {
				t.Fatal(took, err)
			}
			if err := o.store.SettleLetter(ctx, l.ID, mail.Settled{State: survey.MailSent, Due: sent}); err != nil {
				t.Fatal(err)
			}
		}
		user := func(name string, ended *time.Time) *account.User {
			u := &account.User{ID: account.UserID(survey.NewID()), Email: name + "@x.example", Name: name, Role: account.Lead, Language: "de", Created: sent, Ended: ended}
			if err := o.store.CreateUser(ctx, u); err != nil {
				t.Fatal(err)
			}
			if err := o.store.PutIdentity(ctx, []byte(name), u.ID); err != nil {
				t.Fatal(err)
			}
			return u
		}
		user("gone", &sent)
		stays := user("stays", nil)
		for _, c := range []struct{ days, letters, users int }{{14, 3, 2}, {15, 2, 2}, {30, 2, 2}, {31, 2, 1}} {
			o.now = sent.AddDate(0, 0, c.days)
			if c.days == 15 || c.days == 31 {
				o.now = sent.AddDate(0, 0, c.days-1).Add(time.Second)
			}
			if err := o.Purge(ctx); err != nil {
				t.Fatal(err)
			}
			if got := rows(t, url, "SELECT COUNT(*) FROM outbox"); got != c.letters {
				t.Errorf("day %d: %d letters, want %d", c.days, got, c.letters)
			}
			for _, table := range []string{"users", "identities"} {
				if got := rows(t, url, "SELECT COUNT(*) FROM "+table); got != c.users {
					t.Errorf("day %d: %d rows of %s, want %d", c.days, got, table, c.users)
				}
			}
		}
		if err := o.store.CreateLetters(ctx, []survey.Letter{report}, o.now); err != nil {
			t.Fatal(err)
		}
		if due, err := o.store.ListDueLetters(ctx, o.now, 10); err != nil || len(due) != 1 || due[0].Letter.Recipient != "waits@x.example" {
			t.Errorf("a report is sent once more: %v %v", due, err)
		}
		if _, err := o.store.FindUser(ctx, stays.ID); err != nil {
			t.Errorf("who signs in is gone: %v", err)
		}
	})
}

// TestInvitationsGo thirty days after their end, and with them the account that nobody ever
// entered; who belongs somewhere or signed in stays.
func TestInvitationsGo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		begun := o.now
		_, err := o.InviteUser(ctx, account.System(), survey.UserInput{Email: "nie@x.example", Name: "Nie", Role: account.Steering, Organisation: o.org.ID})
		if err != nil {
			t.Fatal(err)
		}
		here := &account.User{ID: account.UserID(survey.NewID()), Email: "da@x.example", Name: "Da", Role: account.Lead, Language: "de", Created: begun,
			Member: []account.Membership{{Organisation: string(o.org.ID), Consented: &begun}}}
		if err := o.store.CreateUser(ctx, here); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ days, asked, users int }{{15, 1, 2}, {44, 1, 2}, {45, 0, 1}} {
			o.now = begun.AddDate(0, 0, c.days)
			if err := o.Purge(ctx); err != nil {
				t.Fatal(err)
			}
			if asked, users := rows(t, url, "SELECT COUNT(*) FROM user_invitations"), rows(t, url, "SELECT COUNT(*) FROM users"); asked != c.asked || users != c.users {
				t.Errorf("day %d: %d invitations and %d users, want %d and %d", c.days, asked, users, c.asked, c.users)
			}
		}
		if _, err := o.store.FindUser(ctx, here.ID); err != nil {
			t.Errorf("who belongs to the organisation is gone: %v", err)
		}
		again, err := o.InviteUser(ctx, account.System(), survey.UserInput{Email: "nie@x.example", Name: "Nie", Role: account.Steering, Organisation: o.org.ID})
		if err != nil || again.Invited == nil || !again.Invited.Equal(o.now.AddDate(0, 0, 14)) {
			t.Errorf("invited anew: %+v, %v", again, err)
		}
	})
}
