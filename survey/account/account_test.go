package account_test

import (
	"testing"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// table is threat-model.md 6.1 as a reader sees it: for every permission the roles that
// have it, by first letter: Operator, Consultant, Lead, oWner, Steering, Auditor.
var table = map[account.Permission]string{
	"organisations.create": "O", "organisation.read": "OCLWSA", "organisation.change": "L",
	"programme.read": "CLWSA", "programme.change": "CL", "people.read": "L", "people.change": "L",
	"rounds.read": "CLWSA", "rounds.draft": "CL", "rounds.open": "L", "rounds.review": "CLA", "rounds.veto": "A", "trustee.hold": "A",
	"results.read": "CLWSA", "organisations.compare": "C", "reports.read": "CLSA", "reports.issue": "CL", "progress.read": "CLWSA", "progress.change": "CLW", "assessments.close": "CL", "decisions.read": "CLSA", "decisions.record": "CL",
	"voices.read": "CLWSA", "comments.review": "CLA", "comments.moderate": "CL", "comments.redact": "A", "door.answer": "L",
	"access.appoint": "OLA", "invitations.answer": "OCLWSA", "access.manage": "OLA", "audit.read": "OLA",
}

var letters = map[account.Role]rune{
	account.Operator: 'O', account.Consultant: 'C', account.Lead: 'L', account.Owner: 'W', account.Steering: 'S', account.Auditor: 'A',
}

func TestRights(t *testing.T) {
	if got, want := len(account.Permissions()), len(table); got != want {
		t.Errorf("%d permissions, want %d", got, want)
	}
	for permission, roles := range table {
		for role, letter := range letters {
			a := account.Actor{ID: "x", Role: role, Organisations: []string{"ours"}}
			want := false
			for _, r := range roles {
				want = want || r == letter
			}
			if got := a.May(permission) == nil; got != want {
				t.Errorf("%s may %s: %v, want %v", role, permission, got, want)
			}
			if permission == account.ManageAccess && role == account.Operator { // manages operators, and nobody in an organisation
				if a.In(permission, "") != nil || !fault.Is(a.In(permission, "ours"), "not-found") {
					t.Errorf("%s, %s: %v, %v", role, permission, a.In(permission, ""), a.In(permission, "ours"))
				}
				continue
			}
			err := a.In(permission, "theirs")
			switch {
			case !want && !fault.Is(err, "forbidden"):
				t.Errorf("%s, %s, foreign: %v, want forbidden", role, permission, err)
			case want && role != account.Operator && permission != account.AnswerInvitations && !fault.Is(err, "not-found"):
				t.Errorf("%s, %s, foreign: %v, want not-found", role, permission, err)
			}
			if err := a.In(permission, "ours"); (err == nil) != want {
				t.Errorf("%s, %s, own: %v", role, permission, err)
			}
		}
	}
	if err := (account.Actor{}).May(account.ReadOrganisation); !fault.Is(err, "forbidden") {
		t.Errorf("nobody: %v, want forbidden", err)
	}
}

func TestOwnersSeeOwnProcesses(t *testing.T) {
	owner := account.Actor{Role: account.Owner, Organisations: []string{"ours"}, Processes: map[string][]string{"ours": {"CHG"}}}
	if got := owner.Only(account.ReadResults, "ours"); len(got) != 1 || got[0] != "CHG" {
		t.Errorf("%v, want CHG", got)
	}
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	both := account.User{Role: account.Owner, Member: []account.Membership{
		{Organisation: "ours", Processes: []string{"CHG"}, Consented: &now}, {Organisation: "theirs", Processes: []string{"INC", "CHG"}, Consented: &now},
	}}
	if got := both.Actor().Only(account.ReadResults, "ours"); len(got) != 1 || got[0] != "CHG" {
		t.Errorf("%v, want CHG: what another organisation grants reaches nothing here", got)
	}
	if got := (account.Actor{Role: account.Owner}).Only(account.ReadResults, "ours"); got == nil || len(got) != 0 {
		t.Errorf("%v: an owner of nothing is limited to nothing", got)
	}
	if got := (account.Actor{Role: account.Lead}).Only(account.ReadResults, "ours"); got != nil {
		t.Errorf("%v, want no limit", got)
	}
}

func TestGranting(t *testing.T) {
	for _, granted := range account.Roles() {
		if got, want := account.Lead.MayGrant(granted), granted != account.Operator; got != want {
			t.Errorf("lead grants %s: %v", granted, got)
		}
		if got, want := account.Lead.MayMint(granted), granted != account.Operator && granted != account.Auditor; got != want {
			t.Errorf("lead makes a token of %s: %v", granted, got)
		}
		if account.Operator.MayGrant(granted) != (granted == account.Operator) || account.Consultant.MayGrant(granted) || account.Auditor.MayGrant(granted) != (granted == account.Auditor) {
			t.Errorf("who may grant %s is wrong", granted)
		}
	}
	if account.Operator.MayGrant("root") {
		t.Error("there is no role root")
	}
}

func TestTokens(t *testing.T) {
	text, hash, err := account.NewSecret(nil)
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := account.NewSecret(nil)
	if err != nil {
		t.Fatal(err)
	}
	if text == other || !account.LooksLikeToken(text) || account.LooksLikeToken(text[1:]) {
		t.Errorf("%q and %q", text, other)
	}
	if string(account.HashSecret(text)) != string(hash) || string(account.HashSecret(other)) == string(hash) {
		t.Error("the hash does not follow from the text")
	}
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	token := account.Token{ID: "t", Role: account.Lead, Organisation: "ours", Expires: now}
	if token.Valid(now) || !token.Valid(now.Add(-time.Second)) {
		t.Error("a token ends at its end")
	}
	token.Revoked = &now
	if token.Valid(now.Add(-time.Second)) {
		t.Error("a revoked token is valid")
	}
	if a := token.Actor(); a.ID != "token:t" || a.Role != account.Lead || len(a.Organisations) != 1 {
		t.Errorf("%+v", a)
	}
}
