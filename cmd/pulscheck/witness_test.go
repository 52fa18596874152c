package main

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
)

// TestRestoredBackupIsRecognised: a server that was killed again and again starts as ever;
// with another setting it names that one; on a backup of its database it tells the audit of a
// restore, once, and doctor finds it before.
func TestRestoredBackupIsRecognised(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := startWorld(t, url)
		storetest.Organisation(t, w.store)
		c := startChild(t, url, w.dir)
		for range 3 {
			c.stop(syscall.SIGKILL)
			c.start()
		}
		if all := told(t, w.store); len(all) > 0 {
			t.Errorf("a server that was killed tells %v", all)
		}
		c.stop(syscall.SIGKILL)
		c.env = append(c.env, "PULSCHECK_LOG=json")
		c.start()
		if diff := cmp.Diff([]string{"installation.configure PULSCHECK_LOG"}, told(t, w.store)); diff != "" {
			t.Errorf("other settings are told as (-want +got):\n%s", diff)
		}
		backup := storetest.Copy(t, url)
		if code := c.stop(syscall.SIGTERM); code != 0 {
			t.Fatalf("stopped with %d", code)
		}
		if out := doctorOn(t, url, w.dir); !strings.Contains(out, "restore        ok") {
			t.Errorf("doctor:\n%s", out)
		}
		if out := doctorOn(t, backup, w.dir); !strings.Contains(out, "restored from a backup") {
			t.Errorf("doctor on the backup:\n%s", out)
		}
		c.env = append(c.env, "PULSCHECK_DATABASE="+backup)
		c.start()
		c.stop(syscall.SIGKILL)
		c.start()
		c.stop(syscall.SIGTERM)
		if diff := cmp.Diff([]string{"installation.configure PULSCHECK_LOG", "organisation.restore "}, told(t, storetest.Open(t, backup))); diff != "" {
			t.Errorf("the restore is told as (-want +got):\n%s", diff)
		}
		if out := doctorOn(t, backup, w.dir); !strings.Contains(out, "restore        ok") {
			t.Errorf("doctor afterwards:\n%s", out)
		}
	})
}

// told gives what the audit of the installation tells.
func told(t *testing.T, s *store.Store) (all []string) {
	t.Helper()
	entries, err := s.ListAudit(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Verb+" "+e.Detail["settings"])
	}
	return all
}

// doctorOn gives what doctor says, which finds fault with nothing but how durable the
// database of the test is.
func doctorOn(t *testing.T, url, dir string) string {
	t.Helper()
	doctor := exec.Command(os.Args[0], "doctor")
	doctor.Dir = t.TempDir()
	doctor.Env = []string{childCommand + "=1", "PULSCHECK_DATABASE=" + url, "PULSCHECK_KEYS=" + dir}
	out, err := doctor.CombinedOutput()
	if weak := strings.Contains(string(out), "power cut"); (err != nil) != weak {
		t.Errorf("doctor: %v\n%s", err, out)
	}
	return string(out)
}

// TestSettingsWithoutSecrets: what the audit compares holds no password and no address of
// the database.
func TestSettingsWithoutSecrets(t *testing.T) {
	c, _, err := readConfig([]string{
		"PULSCHECK_DATABASE=mysql:puls:hunter2@tcp(127.0.0.1)/puls", "PULSCHECK_SMTP=smtp://puls:hunter2@mail.example:25", "PULSCHECK_MAIL_FROM=puls@nordlicht.example",
		"PULSCHECK_OIDC_ISSUER=https://login.example", "PULSCHECK_OIDC_CLIENT_ID=puls", "PULSCHECK_OIDC_CLIENT_SECRET=hunter2",
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := c.open()
	for name, value := range all {
		if strings.Contains(value, "hunter2") {
			t.Errorf("%s holds a secret", name)
		}
	}
	if _, there := all["PULSCHECK_DATABASE"]; there || all["PULSCHECK_SMTP"] != "smtp://mail.example:25" || all["PULSCHECK_OIDC_CLIENT_ID"] != "puls" {
		t.Errorf("got %v", all)
	}
}
