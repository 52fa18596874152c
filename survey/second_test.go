package survey_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// leadNamed is a lead of an office with an account.
func (o *office) leadNamed(t testing.TB, name string) account.Actor {
	t.Helper()
	u := &account.User{
		ID: account.UserID(survey.NewID()), Email: name + "@nordlicht.example", Name: name, Role: account.Lead, Language: locale.German,
		Created: o.now, Member: []account.Membership{{Organisation: string(o.org.ID), Consented: &o.now}},
	}
	if err := o.store.CreateUser(ctx, u); err != nil {
		t.Fatal(err)
	}
	return u.Actor()
}

// second switches the second person on or off.
func (o *office) second(t testing.TB, actor account.Actor, on bool) error {
	t.Helper()
	now, err := o.ShowOrganisation(ctx, actor, o.org.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.UpdateOrganisation(ctx, actor, o.org.ID, survey.OrganisationChange{Seen: now.Version, SecondPerson: &on})
	return err
}

// letters gives who is written to, by kind, in the order of addresses.
func (o *office) letters(t testing.TB, kind survey.MailKind) (to []string) {
	t.Helper()
	due, err := o.store.ListLetters(ctx, o.org.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range due {
		if l.Kind == kind {
			to = append(to, l.Recipient)
		}
	}
	slices.Sort(to)
	return to
}

// TestSecondPerson: where an organisation wants it, opening a round and ending it early takes
// one who asks and another lead who does it, and neither a program nor the clock.
func TestSecondPerson(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		o.staff(t, 20)
		anna := o.leadNamed(t, "anna")
		refused := func(what string, err error, want string) {
			t.Helper()
			if !fault.Is(err, want) {
				t.Errorf("%s: got %v, want %s", what, err, want)
			}
		}
		refused("on with one lead", o.second(t, anna, true), "second-person-missing")
		bert := o.leadNamed(t, "bert")
		opens, closes := o.now.Add(time.Hour), o.now.Add(100*time.Hour)
		r, err := o.CreateRound(ctx, o.consultant(), i.ID, survey.RoundInput{Kind: survey.PulseRound, Opens: &opens, Closes: &closes})
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.AskRound(ctx, anna, r.ID)
		refused("asked where one is enough", err, "second-person-off")
		if err := o.second(t, anna, true); err != nil {
			t.Fatal(err)
		}
		_, err = o.OpenRound(ctx, bert, r.ID)
		refused("opened unasked", err, "second-person-pending")
		_, err = o.AskRound(ctx, o.consultant(), r.ID) // which is no account in these tests
		refused("asked by a program", err, "second-person-account")
		if r, err = o.AskRound(ctx, anna, r.ID); err != nil || r.Asked() == nil {
			t.Fatalf("%+v, %v", r, err)
		}
		_, err = o.OpenRound(ctx, anna, r.ID)
		refused("opened by who asked", err, "second-person-same")
		_, err = o.OpenRound(ctx, o.lead(), r.ID)
		refused("opened by a program", err, "second-person-account")
		_, err = o.OpenRound(ctx, account.System(), r.ID)
		refused("opened by the clock", err, "second-person-pending")
		later := closes.Add(time.Hour)
		if r, err = o.UpdateRound(ctx, anna, r.ID, survey.RoundInput{Seen: r.Version, Closes: &later}); err != nil {
			t.Fatal(err)
		}
		_, err = o.OpenRound(ctx, bert, r.ID)
		refused("opened changed since it was asked for", err, "second-person-pending")
		if _, err = o.AskRound(ctx, anna, r.ID); err != nil {
			t.Fatal(err)
		}
		met, scope := "2026-03-20", []string{"INC"}
		if i, err = o.UpdateIteration(ctx, anna, i.ID, survey.IterationInput{Seen: i.Version, Met: &met}); err != nil {
			t.Fatal(err)
		}
		if r, err = o.ShowRound(ctx, bert, r.ID); err != nil || r.Asked() == nil {
			t.Fatalf("another change of the iteration: %+v, %v", r, err)
		}
		if _, err = o.UpdateIteration(ctx, anna, i.ID, survey.IterationInput{Seen: i.Version, Scope: &scope}); err != nil {
			t.Fatal(err)
		}
		_, err = o.OpenRound(ctx, bert, r.ID)
		refused("opened for other people than it was asked for", err, "second-person-pending")
		if _, err = o.AskRound(ctx, anna, r.ID); err != nil {
			t.Fatal(err)
		}
		if r, err = o.OpenRound(ctx, bert, r.ID); err != nil || r.State != survey.Open || r.Asked() != nil {
			t.Fatalf("%+v, %v", r, err)
		}
		refused("closed unasked", o.CloseRound(ctx, anna, r.ID), "second-person-pending")
		if _, err := o.AskRound(ctx, bert, r.ID); err != nil {
			t.Fatal(err)
		}
		refused("closed by who asked", o.CloseRound(ctx, bert, r.ID), "second-person-same")
		if err := o.CloseRound(ctx, anna, r.ID); err != nil {
			t.Error(err)
		}
		_, err = o.AskRound(ctx, anna, r.ID)
		refused("asked of a round that is over", err, "round-not-open")
		if diff := cmp.Diff([]string{"anna@nordlicht.example", "bert@nordlicht.example", "bert@nordlicht.example", "bert@nordlicht.example"}, o.letters(t, survey.AskedMail)); diff != "" {
			t.Errorf("told that they are asked (-want +got):\n%s", diff)
		}
		var asked []string
		entries, err := o.store.ListAudit(ctx, o.org.ID)
		if err != nil || audit.Verify(entries) != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Verb == "round.ask" {
				asked = append(asked, e.Actor+" "+e.Detail["what"])
			}
		}
		if diff := cmp.Diff([]string{anna.ID + " open", anna.ID + " open", anna.ID + " open", bert.ID + " close"}, asked); diff != "" {
			t.Errorf("the audit (-want +got):\n%s", diff)
		}
	})
}

// TestUnconfirmedRoundStaysClosed: a round whose time comes and that nobody confirmed does not
// open; the leads are told once and may still open it.
func TestUnconfirmedRoundStaysClosed(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	_, i := o.programme(t)
	o.staff(t, 20)
	anna := o.leadNamed(t, "anna")
	o.leadNamed(t, "bert")
	if err := o.second(t, anna, true); err != nil {
		t.Fatal(err)
	}
	opens, closes := o.now.Add(time.Hour), o.now.Add(100*time.Hour)
	r, err := o.CreateRound(ctx, o.consultant(), i.ID, survey.RoundInput{Kind: survey.PulseRound, Opens: &opens, Closes: &closes})
	if err != nil {
		t.Fatal(err)
	}
	o.now = opens
	for range 2 {
		if err := o.OpenDueRound(ctx, r.ID); err != nil {
			t.Fatal(err)
		}
	}
	if found, err := o.store.FindRound(ctx, r.ID); err != nil || found.State != survey.Draft {
		t.Fatalf("%+v, %v", found, err)
	}
	if diff := cmp.Diff([]string{"anna@nordlicht.example", "bert@nordlicht.example"}, o.letters(t, survey.UnconfirmedMail)); diff != "" {
		t.Errorf("told that it did not open (-want +got):\n%s", diff)
	}
	consultant := o.consultant()
	consultant.ID = "user:consultant"
	if _, err := o.AskRound(ctx, consultant, r.ID); err != nil {
		t.Fatal(err)
	}
	if opened, err := o.OpenRound(ctx, anna, r.ID); err != nil || opened.State != survey.Open {
		t.Errorf("%+v, %v", opened, err)
	}
}

// TestSecondPersonOffIsTold: whoever switches it off cannot do so unseen.
func TestSecondPersonOffIsTold(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	anna := o.leadNamed(t, "anna")
	o.leadNamed(t, "bert")
	if err := o.second(t, anna, true); err != nil {
		t.Fatal(err)
	}
	now, err := o.ShowOrganisation(ctx, anna, o.org.ID)
	if err != nil {
		t.Fatal(err)
	}
	if now, err = o.UpdateOrganisation(ctx, anna, o.org.ID, survey.OrganisationChange{Seen: now.Version, Auditors: &[]string{"br@nordlicht.example"}}); err != nil {
		t.Fatal(err)
	}
	off, nobody := false, []string{}
	if now, err = o.UpdateOrganisation(ctx, anna, o.org.ID, survey.OrganisationChange{Seen: now.Version, SecondPerson: &off, Auditors: &nobody}); err != nil || now.SecondPerson {
		t.Fatalf("%+v, %v", now, err)
	}
	if diff := cmp.Diff([]string{"bert@nordlicht.example", "br@nordlicht.example"}, o.letters(t, survey.SecondOffMail)); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

// TestOtherLeadIsNotRemovedFirst: whoever wants to open alone does not get there by taking
// the second person away, which nobody would hear of; switching off is told.
func TestOtherLeadIsNotRemovedFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		anna, bert, cleo := o.leadNamed(t, "anna"), o.leadNamed(t, "bert"), o.leadNamed(t, "cleo")
		if err := o.second(t, anna, true); err != nil {
			t.Fatal(err)
		}
		if err := o.RemoveUser(ctx, anna, o.org.ID, cleo.User()); err != nil {
			t.Fatalf("two are left: %v", err)
		}
		if err := o.RemoveUser(ctx, anna, o.org.ID, bert.User()); !fault.Is(err, "second-person-last") {
			t.Errorf("removed: %v", err)
		}
		u, err := o.ShowUser(ctx, anna, bert.User())
		if err != nil {
			t.Fatal(err)
		}
		steering := account.Steering
		if _, err := o.UpdateUser(ctx, anna, bert.User(), survey.UserChange{Seen: u.Version, Organisation: o.org.ID, Role: &steering}); !fault.Is(err, "second-person-last") {
			t.Errorf("given another role: %v", err)
		}
		if err := o.second(t, anna, false); err != nil {
			t.Fatal(err)
		}
		if err := o.RemoveUser(ctx, anna, o.org.ID, bert.User()); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]string{"bert@nordlicht.example"}, o.letters(t, survey.SecondOffMail)); diff != "" {
			t.Errorf("told (-want +got):\n%s", diff)
		}
	})
}
