package main

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pulscheck/survey/audit"
	"pulscheck/survey/store/storetest"
)

// TestDoctorLooksAtMail: it says that files reach nobody, and finds a server that is
// not there, without telling the password.
func TestDoctorLooksAtMail(t *testing.T) {
	url := storetest.SQLite(t)
	storetest.Open(t, url)
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := gone.Addr().String()
	gone.Close() //nolint:errcheck // only its number was wanted
	for _, c := range []struct {
		smtp, want string
		healthy    bool
	}{
		{"file:data/mails", "mail           only written to data/mails", true},
		{"smtp://puls:hunter2@" + address, "mail           connect to the mail server: dial tcp " + address, false},
	} {
		doctor := exec.Command(os.Args[0], "doctor")
		doctor.Dir = t.TempDir()
		doctor.Env = []string{
			childCommand + "=1", "PULSCHECK_DATABASE=" + url, "PULSCHECK_KEYS=" + filepath.Join(doctor.Dir, "keys"),
			"PULSCHECK_SMTP=" + c.smtp, "PULSCHECK_MAIL_FROM=puls@nordlicht.example",
		}
		out, err := doctor.CombinedOutput()
		if (err == nil) != c.healthy || !strings.Contains(string(out), c.want) || strings.Contains(string(out), "hunter2") {
			t.Errorf("%s: %v\n%s", c.want, err, out)
		}
	}
}

// TestDoctorFollowsTheAudit: an entry that somebody changed past the program is found.
func TestDoctorFollowsTheAudit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		o := storetest.Organisation(t, s)
		for _, verb := range []string{"round.open", "round.close", "round.count"} {
			if err := s.Tell(t.Context(), audit.Entry{Organisation: string(o.ID), Verb: verb, At: time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := verifyAudit(t.Context(), s); err != nil {
			t.Error(err)
		}
		db, _ := storetest.Past(t, url)
		if _, err := db.ExecContext(context.Background(), "UPDATE audit_entries SET verb = 'round.veto' WHERE seq = 2"); err != nil {
			t.Fatal(err)
		}
		if err := verifyAudit(t.Context(), s); err == nil || !strings.Contains(err.Error(), "audit entry 2 ") {
			t.Errorf("a changed entry: %v", err)
		}
	})
}
