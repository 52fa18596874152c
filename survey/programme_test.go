package survey_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/cadence"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// The people who run the programme of an office.
func (o *office) lead() account.Actor {
	return account.Actor{ID: "lead", Role: account.Lead, Organisations: []string{string(o.org.ID)}}
}

func (o *office) consultant() account.Actor {
	return account.Actor{ID: "consultant", Role: account.Consultant, Organisations: []string{string(o.org.ID)}}
}

func (o *office) auditor() account.Actor {
	return account.Actor{ID: "auditor", Role: account.Auditor, Organisations: []string{string(o.org.ID)}}
}

func at(text string) *time.Time {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return &t
}

// programme makes a programme with the plan of its first iteration: DO from 9 March,
// CHECK from 1 June 2026.
func (o *office) programme(t testing.TB) (*survey.Programme, *survey.Iteration) {
	t.Helper()
	name := "ITSM-Einführung"
	p, err := o.CreateProgramme(ctx, o.consultant(), o.org.ID, survey.ProgrammeInput{Name: &name, Steering: &[]string{"ausschuss@nordlicht.example"}})
	if err != nil {
		t.Fatal(err)
	}
	i, err := o.CreateIteration(ctx, o.consultant(), p.ID, survey.IterationInput{
		Starts: at("2026-03-09 07:00"), Checks: at("2026-06-01 07:00"), Ends: at("2026-07-06 07:00"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return p, i
}

func (o *office) staff(t testing.TB, n int) {
	t.Helper()
	var list strings.Builder
	list.WriteString("email;process;role;unit\n")
	for i := range n {
		fmt.Fprintf(&list, "p%03d@nordlicht.example;%s;staff;it\n", i, []string{"INC", "CHG"}[i%2])
	}
	if _, err := o.enrol(t, list.String(), survey.ImportInput{}); err != nil {
		t.Fatal(err)
	}
}

func codes(err error) (list []string) {
	for _, f := range fault.Of(err).Fields {
		list = append(list, f.Code)
	}
	return list
}

// plan is every four weeks from the second week on.
func plan() cadence.Plan {
	p := cadence.Default("Europe/Berlin")
	p.EveryWeeks, p.OffsetDays, p.OpenWorkingDays, p.Region = 4, 7, 5, "DE-BW"
	return p
}

func (o *office) rounds(t testing.TB, id survey.IterationID) (all []string, list []survey.Round) {
	t.Helper()
	list, err := o.ListRounds(ctx, o.lead(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		all = append(all, fmt.Sprintf("%s %s %s-%s", r.Kind, r.State, r.OpensWall, r.ClosesWall))
	}
	return all, list
}

// TestIterationThroughItsPhases: every gate names what is missing; DO plans the rounds.
func TestIterationThroughItsPhases(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		p, i := o.programme(t)
		_, err := o.AdvanceIteration(ctx, o.consultant(), i.ID, i.Version)
		if diff := cmp.Diff([]string{"gate-scope", "gate-people", "gate-cadence", "gate-goals"}, codes(err)); !fault.Is(err, "gate-not-met") || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
		o.staff(t, 20)
		if i, err = o.UpdateIteration(ctx, o.consultant(), i.ID, survey.IterationInput{Seen: i.Version, Scope: &[]string{"INC", "CHG", "INC"}}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.PutCadence(ctx, o.consultant(), p.ID, 0, plan()); err != nil {
			t.Fatal(err)
		}
		o.goal(t, i.ID, survey.GoalInput{})
		if i, err = o.AdvanceIteration(ctx, o.consultant(), i.ID, i.Version); err != nil || i.Phase != survey.Do {
			t.Fatalf("%+v, %v", i, err)
		}
		want := []string{
			"pulse draft 2026-03-16T09:00-2026-03-20T23:59", "pulse draft 2026-04-13T09:00-2026-04-17T23:59",
			"check draft 2026-05-15T09:00-2026-05-22T23:59",
		}
		got, rounds := o.rounds(t, i.ID)
		if diff := cmp.Diff(want[:2], got[:2]); len(got) != 3 || diff != "" {
			t.Errorf("%v\n%s", got, diff)
		}
		if _, err := o.AdvanceIteration(ctx, o.lead(), i.ID, i.Version); !fault.Is(err, "gate-not-met") || codes(err)[0] != "gate-check-round" {
			t.Errorf("DO to CHECK: %v", err)
		}
		check := rounds[2]
		o.now = check.Opens
		if _, err := o.OpenRound(ctx, o.consultant(), check.ID); !fault.Is(err, "forbidden") {
			t.Errorf("a consultant opened a round: %v", err)
		}
		if _, err := o.OpenRound(ctx, o.lead(), check.ID); err != nil {
			t.Fatal(err)
		}
		o.now = check.Closes
		if err := o.FinishRound(ctx, check.ID); err != nil {
			t.Fatal(err)
		}
		if i, err = o.AdvanceIteration(ctx, o.lead(), i.ID, i.Version); err != nil || i.Phase != survey.Check {
			t.Fatalf("%+v, %v", i, err)
		}
		if _, left := o.rounds(t, i.ID); len(left) != 1 || left[0].ID != check.ID {
			t.Errorf("after DO there are %d rounds, want the check round alone: planned ones would still open", len(left))
		}
		if _, err := o.AdvanceIteration(ctx, o.lead(), i.ID, i.Version); !fault.Is(err, "gate-not-met") || codes(err)[0] != "gate-report" {
			t.Errorf("CHECK to ACT: %v", err)
		}
		o.issue(t, i)
		for _, phase := range []survey.Phase{survey.Act, survey.Finished} {
			if i, err = o.AdvanceIteration(ctx, o.lead(), i.ID, i.Version); err != nil || i.Phase != phase {
				t.Fatalf("%+v, %v, want %s", i, err, phase)
			}
		}
		all, err := o.ListIterations(ctx, o.lead(), p.ID)
		if err != nil || len(all) != 2 || all[1].Phase != survey.Plan || len(all[1].Scope) != 2 || !all[1].Starts.Equal(all[0].Ends) {
			t.Errorf("the next iteration: %+v, %v", all, err)
		}
		entries, err := o.store.ListAudit(ctx, o.org.ID)
		if err != nil || audit.Verify(entries) != nil {
			t.Errorf("audit: %v, %v", err, audit.Verify(entries))
		}
	})
}

// issue stores and issues a report of an iteration.
func (o *office) issue(t testing.TB, i *survey.Iteration) {
	t.Helper()
	r := &survey.Report{
		ID: survey.ReportID(survey.NewID()), Iteration: i.ID, Kind: survey.CheckReport, Language: locale.German, Number: 1,
		Document: "NL-I01-B1", DataHash: make([]byte, 32), FileName: "check-bericht.pdf", FileHash: make([]byte, 32), Body: []byte("%PDF"), Created: o.now,
	}
	if err := o.store.CreateReport(ctx, r); err != nil {
		t.Fatal(err)
	}
	if _, err := o.IssueReport(ctx, o.consultant(), r.ID, r.Version+1); !fault.Is(err, "version-conflict") {
		t.Errorf("issued in another version: %v", err)
	}
	for range 2 {
		issued, err := o.IssueReport(ctx, o.consultant(), r.ID, r.Version)
		if r.Version == 1 && (err != nil || issued.State != survey.ReportIssued || string(issued.Body) != "%PDF") {
			t.Fatalf("%+v, %v", issued, err)
		}
		r.Version = 2
	}
}

// TestCadenceLeavesOpenedRoundsAlone: a new cadence replaces the drafts it planned, not
// what is open, submitted or changed by hand.
func TestCadenceLeavesOpenedRoundsAlone(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	p, i := o.programme(t)
	o.staff(t, 20)
	none := "Erst messen, dann Ziele setzen."
	i, err := o.UpdateIteration(ctx, o.lead(), i.ID, survey.IterationInput{Seen: i.Version, Scope: &[]string{"INC", "CHG"}, NoGoals: &none})
	if err != nil {
		t.Fatal(err)
	}
	set, err := o.PutCadence(ctx, o.lead(), p.ID, 0, plan())
	if err != nil {
		t.Fatal(err)
	}
	if i, err = o.AdvanceIteration(ctx, o.lead(), i.ID, i.Version); err != nil {
		t.Fatal(err)
	}
	_, rounds := o.rounds(t, i.ID)
	first, second := rounds[0], rounds[1]
	o.now = first.Opens
	if _, err := o.OpenRound(ctx, o.lead(), first.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := o.UpdateRound(ctx, o.consultant(), first.ID, survey.RoundInput{Seen: 2}); !fault.Is(err, "round-open") {
		t.Errorf("an open round changed: %v", err)
	}
	if err := o.DeleteRound(ctx, o.consultant(), first.ID, 2); !fault.Is(err, "round-open") {
		t.Errorf("an open round was deleted: %v", err)
	}
	weekly := plan()
	weekly.EveryWeeks, weekly.OpenWorkingDays = 2, 3
	if _, err := o.PutCadence(ctx, o.lead(), p.ID, 0, weekly); !fault.Is(err, "version-conflict") {
		t.Errorf("an unseen cadence was replaced: %v", err)
	}
	if set, err = o.PutCadence(ctx, o.lead(), p.ID, set.Version, weekly); err != nil {
		t.Fatal(err)
	}
	_, now := o.rounds(t, i.ID)
	if now[0].ID != first.ID || now[0].State != survey.Open || !now[0].Closes.Equal(first.Closes) {
		t.Errorf("the open round is %+v", now[0])
	}
	for n, r := range now[1:] {
		if r.ID == second.ID || r.Opens.Before(now[n].Closes) {
			t.Errorf("round %d from %s meets the one before, or is an old draft", n+2, r.OpensWall)
		}
	}
	pinned := now[1]
	later := pinned.Closes.Add(24 * time.Hour)
	if _, err := o.UpdateRound(ctx, o.consultant(), pinned.ID, survey.RoundInput{Seen: pinned.Version, Closes: &later}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.PutCadence(ctx, o.lead(), p.ID, set.Version, plan()); err != nil {
		t.Fatal(err)
	}
	if _, last := o.rounds(t, i.ID); last[1].ID != pinned.ID || !last[1].Closes.Equal(later) {
		t.Errorf("the round changed by hand is %+v", last[1])
	}
}

// TestAuditorReviews: decision 25.
func TestAuditorReviews(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		o.staff(t, 20)
		if _, _, err := o.CreateToken(ctx, o.auditor(), survey.TokenInput{Role: account.Auditor, Organisation: o.org.ID, Name: "Betriebsrat"}); err != nil {
			t.Fatal(err)
		}
		opens, closes := o.now.Add(30*time.Hour), o.now.Add(100*time.Hour)
		r, err := o.CreateRound(ctx, o.consultant(), i.ID, survey.RoundInput{Kind: survey.PulseRound, Opens: &opens, Closes: &closes})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.OpenRound(ctx, o.lead(), r.ID); !fault.Is(err, "review-pending") {
			t.Errorf("opened unseen: %v", err)
		}
		if _, err := o.VetoRound(ctx, o.auditor(), r.ID, "noch nicht"); !fault.Is(err, "round-open") {
			t.Errorf("veto of a draft: %v", err)
		}
		if r, err = o.SubmitRound(ctx, o.consultant(), r.ID); err != nil || r.State != survey.Review || r.Invited != 20 {
			t.Fatalf("%+v, %v", r, err)
		}
		if _, err := o.UpdateRound(ctx, o.consultant(), r.ID, survey.RoundInput{Seen: r.Version}); !fault.Is(err, "round-open") {
			t.Errorf("changed after submission: %v", err)
		}
		if _, err := o.Manifest(ctx, r.ID); fault.Of(err).Kind != fault.NotFound {
			t.Errorf("respondents see a round under review: %v", err)
		}
		// Who joins after the submission is not on the list.
		if _, err := o.CreatePerson(ctx, o.lead(), o.org.ID, survey.PersonInput{Email: "late@nordlicht.example", Roles: []survey.ProcessRole{{Process: "INC", Role: "staff"}}}); err != nil {
			t.Fatal(err)
		}
		o.now = o.now.Add(23*time.Hour + 59*time.Minute)
		if _, err := o.OpenRound(ctx, o.lead(), r.ID); !fault.Is(err, "review-pending") {
			t.Errorf("opened before 24 hours: %v", err)
		}
		o.now = o.now.Add(time.Minute)
		opened, err := o.OpenRound(ctx, o.lead(), r.ID)
		if err != nil || opened.Invited != 20 {
			t.Fatalf("%+v, %v", opened, err)
		}
		members, err := o.store.ListMembers(ctx, r.ID)
		if err != nil || len(members) != 20 {
			t.Errorf("%d members, %v", len(members), err)
		}
		if _, err := o.VetoRound(ctx, o.auditor(), r.ID, "zu spät"); !fault.Is(err, "round-open") {
			t.Errorf("veto after opening: %v", err)
		}
		other, err := o.CreateRound(ctx, o.lead(), i.ID, survey.RoundInput{Kind: survey.PulseRound, Opens: &opens, Closes: &closes})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.SubmitRound(ctx, o.lead(), other.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := o.VetoRound(ctx, o.lead(), other.ID, "ich nicht"); !fault.Is(err, "forbidden") {
			t.Errorf("veto of a lead: %v", err)
		}
		if _, err := o.VetoRound(ctx, o.auditor(), other.ID, "Gruppe zu klein"); err != nil {
			t.Fatal(err)
		}
		o.now = o.now.Add(25 * time.Hour)
		if _, err := o.OpenRound(ctx, o.lead(), other.ID); !fault.Is(err, "round-vetoed") {
			t.Errorf("opened despite the veto: %v", err)
		}
	})
}

// TestLimitsOfAnOrganisation: k goes up only, and not while a round is open; what is
// wrong is told all at once.
func TestLimitsOfAnOrganisation(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	operator := account.Actor{ID: "op", Role: account.Operator}
	_, err := o.CreateOrganisation(ctx, operator, survey.OrganisationInput{Key: "Ü", Name: " ", Zone: "Mars/Base", K: 4})
	if diff := cmp.Diff([]string{"text-length", "zone-unknown", "key-invalid", "threshold-invalid"}, codes(err)); diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	if _, err := o.CreateOrganisation(ctx, operator, survey.OrganisationInput{Key: o.org.Key, Name: "Zweite"}); !fault.Is(err, "key-taken") {
		t.Errorf("the same key twice: %v", err)
	}
	six, four := 6, 4
	changed, err := o.UpdateOrganisation(ctx, o.lead(), o.org.ID, survey.OrganisationChange{Seen: o.org.Version, K: &six})
	if err != nil || changed.K != 6 {
		t.Fatalf("%+v, %v", changed, err)
	}
	if _, err := o.UpdateOrganisation(ctx, o.lead(), o.org.ID, survey.OrganisationChange{Seen: changed.Version, K: &four}); !fault.Is(err, "threshold-invalid") {
		t.Errorf("k was lowered: %v", err)
	}
	_, i := o.programme(t)
	o.staff(t, 20)
	opens, closes := o.now.Add(-time.Hour), o.now.Add(100*time.Hour)
	r, err := o.CreateRound(ctx, o.lead(), i.ID, survey.RoundInput{Kind: survey.CheckRound, Opens: &opens, Closes: &closes})
	if err != nil || r.K != 6 {
		t.Fatalf("%+v, %v", r, err)
	}
	eight := 8
	if changed, err = o.UpdateOrganisation(ctx, o.lead(), o.org.ID, survey.OrganisationChange{Seen: changed.Version, K: &eight}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.OpenRound(ctx, o.lead(), r.ID); err != nil {
		t.Fatal(err)
	}
	if opened, err := o.ShowRound(ctx, o.lead(), r.ID); err != nil || opened.K != 8 {
		t.Errorf("a draft made before k was raised opens with %+v, %v", opened, err)
	}
	nine := 9
	if _, err := o.UpdateOrganisation(ctx, o.lead(), o.org.ID, survey.OrganisationChange{Seen: changed.Version, K: &nine}); !fault.Is(err, "round-open") {
		t.Errorf("k was raised while a round is open: %v", err)
	}
	if _, err := o.CreateRound(ctx, o.lead(), i.ID, survey.RoundInput{Kind: "census", Opens: &opens, Closes: &closes}); !fault.Is(err, "round-kind-unknown") {
		t.Errorf("a round of no kind: %v", err)
	}
	if _, err := o.CreateRound(ctx, o.lead(), i.ID, survey.RoundInput{Kind: survey.PulseRound, Opens: &closes, Closes: &opens}); !fault.Is(err, "dates-reversed") {
		t.Errorf("a round that ends before it begins: %v", err)
	}
}

// TestTokens: a token acts with its role and ends at once when it is revoked.
func TestTokens(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		token, text, err := o.CreateToken(ctx, o.lead(), survey.TokenInput{Role: account.Owner, Organisation: o.org.ID, Name: "CHG", Processes: []string{"CHG"}})
		if err != nil {
			t.Fatal(err)
		}
		actor, err := o.Authenticate(ctx, text)
		if err != nil || actor.Role != account.Owner || actor.Only(account.ReadResults, string(o.org.ID))[0] != "CHG" {
			t.Errorf("%+v, %v", actor, err)
		}
		for _, wrong := range []string{"", "pck_", text + "x", strings.ToUpper(text), text[:len(text)-1] + "_"} {
			if _, err := o.Authenticate(ctx, wrong); !fault.Is(err, "unauthenticated") && wrong != text {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		if _, _, err := o.CreateToken(ctx, o.lead(), survey.TokenInput{Role: account.Operator, Name: "root"}); !fault.Is(err, "not-found") && !fault.Is(err, "forbidden") {
			t.Errorf("a lead made an operator: %v", err)
		}
		if _, _, err := o.CreateToken(ctx, o.consultant(), survey.TokenInput{Role: account.Steering, Organisation: o.org.ID, Name: "x"}); !fault.Is(err, "forbidden") {
			t.Errorf("a consultant made a token: %v", err)
		}
		if err := o.RevokeToken(ctx, o.lead(), o.org.ID, token.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Authenticate(ctx, text); !fault.Is(err, "unauthenticated") {
			t.Errorf("revoked: %v", err)
		}
		o.now = o.now.AddDate(0, 0, 91)
		_, old, err := o.CreateToken(ctx, o.lead(), survey.TokenInput{Role: account.Steering, Organisation: o.org.ID, Name: "y"})
		if err != nil {
			t.Fatal(err)
		}
		o.now = o.now.AddDate(0, 0, 90)
		if _, err := o.Authenticate(ctx, old); !fault.Is(err, "unauthenticated") {
			t.Errorf("expired: %v", err)
		}
	})
}
