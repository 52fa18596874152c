package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// TestAdminTokenSaysWhatIsWrong before it makes anything.
func TestAdminTokenSaysWhatIsWrong(t *testing.T) {
	url := storetest.SQLite(t)
	o := storetest.Organisation(t, storetest.Open(t, url))
	dir := t.TempDir()
	c, _, err := readConfig(nil, []string{"--database", url, "--keys", filepath.Join(dir, "keys"), "--smtp", "file:" + dir, "--allow-weak-durability", "1"})
	if err != nil {
		t.Fatal(err)
	}
	for args, want := range map[string]string{
		"":                    "usage",
		"create":              "usage",
		"token":               "usage",
		"token --role lead x": "usage",
		"token --role lead --organisation " + o.Key + " --expires 90":   "1d to 400d",
		"token --role lead --organisation " + o.Key + " --expires 401d": "1d to 400d",
		"token --role lead --organisation nobody":                       "no organisation",
		"token --role lead":                                     "organisation-needed",
		"token --role operator --organisation " + o.Key:         "organisation-needed",
		"remove --email a@nord.example":                         "usage",
		"remove --email a@nord.example --organisation " + o.Key: "nobody of organisation",
		"delete-organisation":                                   "usage",
		"delete-organisation " + o.Key:                          "--yes",
		"delete-organisation nobody --yes":                      "no organisation",
		"token --role king --organisation " + o.Key:             "role-unknown",
		"token --role owner --organisation " + o.Key:            "process-unknown",
	} {
		if err := admin(context.Background(), c, strings.Fields(args)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", args, err, want)
		}
	}
}

// TestAdminTokenIsPrintedOnce and lets its role into its organisation.
func TestAdminTokenIsPrintedOnce(t *testing.T) {
	w := startWorld(t, storetest.SQLite(t))
	o := storetest.Organisation(t, w.store)
	var out bytes.Buffer
	in := survey.TokenInput{Role: account.Owner, Organisation: o.ID, Processes: []string{"INC"}, Name: "test"}
	if err := makeToken(context.Background(), w.service, in, &out); err != nil {
		t.Fatal(err)
	}
	actor, err := w.service.Authenticate(context.Background(), strings.TrimSpace(out.String()))
	if err != nil || actor.Role != account.Owner || actor.In(account.ReadResults, string(o.ID)) != nil {
		t.Errorf("%+v %v", actor, err)
	}
}

// TestAuditorWhoHasGoneIsRemoved at the console: nobody else of the organisation may.
func TestAuditorWhoHasGoneIsRemoved(t *testing.T) {
	url, dir := storetest.SQLite(t), t.TempDir()
	w := startWorld(t, url)
	o := storetest.Organisation(t, w.store)
	ctx := context.Background()
	in := survey.UserInput{Email: "rat@nord.example", Name: "Rat", Role: account.Auditor, Organisation: o.ID, Language: "de"}
	if _, err := w.service.InviteUser(ctx, account.System(), in); err != nil {
		t.Fatal(err)
	}
	c, _, err := readConfig(nil, []string{"--database", url, "--keys", filepath.Join(dir, "keys"), "--smtp", "file:" + dir, "--allow-weak-durability", "1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := admin(ctx, c, []string{"remove", "--email", "Rat@Nord.example", "--organisation", o.Key}); err != nil {
		t.Fatal(err)
	}
	if left, err := w.service.ListUsers(ctx, account.System(), o.ID); err != nil || len(left) != 0 {
		t.Errorf("%v %v", left, err)
	}
}
