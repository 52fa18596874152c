package main

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/caarlos0/env/v11"

	"pulscheck/survey/fault"
)

func TestDefaults(t *testing.T) {
	c, rest, err := readConfig(nil, []string{"up"})
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.BaseURL != "http://127.0.0.1:8080" || c.Migrate != "1" || len(rest) != 1 || rest[0] != "up" {
		t.Errorf("%+v %v", c, rest)
	}
	c, _, err = readConfig([]string{"PULSCHECK_DATABASE=mysql:u:p@tcp(h)/x", "PULSCHECK_BASE_URL=https://puls.example/", "PULSCHECK_TEST_MYSQL=x"},
		[]string{"--listen=:9", "--allow-weak-durability", "1"})
	if err != nil || c.Migrate != "" || c.BaseURL != "https://puls.example" || c.Listen != ":9" || !c.AllowWeakDurability {
		t.Errorf("%+v %v", c, err)
	}
}

func TestBaseURLByDefault(t *testing.T) {
	for listen, want := range map[string]string{
		":8080": "http://localhost:8080", "0.0.0.0:80": "http://localhost:80", "[::]:1": "http://localhost:1",
		"[::1]:2": "http://[::1]:2", "puls.example:3": "http://puls.example:3",
	} {
		c, _, err := readConfig(nil, []string{"--listen", listen})
		if err != nil || c.BaseURL != want {
			t.Errorf("%s: %+v %v, want %s", listen, c, err, want)
		}
	}
}

// badValues are values that each setting refuses, by name of the setting.
var badValues = map[string][]string{
	"LISTEN":                {"", "nonsense", "1.2.3.4", "[::1", "a:b:c", "h:99999", "h:http", "h:-1", "h:"},
	"BASE_URL":              {"nonsense", "ftp://h", "http://", "https://h/path", "http://h?q=1", "//h", "https://u:hunter2@h", "https://h#f", "http://h:99999", "http://:80", "https://h//"},
	"DATABASE":              {"", "postgres://u:hunter2@h/x", "sqlite", "mysql", "sqlite:", "mysql:", "SQLITE:x", "file:hunter2", " sqlite:x"},
	"KEYS":                  {""},
	"SMTP":                  {"", "hunter2", "smtp://", "smtp://u:hunter2@", "smtp://hunter2@h", "smtp://h:99999", "smtps://h/hunter2", "http://h", "file:", "smtp://h?hunter2"},
	"MAIL_FROM":             {"hunter2", "a@b@c", "hunter2@", "a@b, c@d", "a@b\r\nBcc: c@d"},
	"METRICS":               {"nonsense", "127.0.0.1:8080", "h:99999", "h:"},
	"TRUSTED_PROXIES":       {"hunter2", "10.0.0.1,x", "10.0.0.0/99", "10.0.0.1,"},
	"MIGRATE":               {"yes", "2", "true", "-1", " 1"},
	"LOG":                   {"", "xml", "JSON", "TEXT", "hunter2"},
	"OIDC_ISSUER":           {"hunter2", "http://id.example", "ftp://id.example"},
	"OIDC_CLIENT_ID":        {"hunter2"}, // without a provider
	"OIDC_CLIENT_SECRET":    {"hunter2"},
	"OIDC_CLAIM":            {""},
	"OIDC_ROLES":            {"hunter2", "g=hunter2@o", "g=owner@o", "g=lead", "g=operator@o", "=lead@o"},
	"ALLOW_WEAK_DURABILITY": {"", "hunter2", "2", "yes please"},
}

// misspelt gives names that are almost that of a setting.
func misspelt(name string) []string {
	return []string{name + "S", name + "_", "_" + name, name[1:], name[:len(name)-1], strings.ToLower(name), name + "_FILES"}
}

// TestBadConfigurations is R11: well over 100 mutations, each refused by name and
// without telling a value.
func TestBadConfigurations(t *testing.T) {
	tried := 0
	for name, values := range badValues {
		for _, value := range values {
			flag := "--" + strings.ToLower(strings.ReplaceAll(name, "_", "-"))
			expectRefusal(t, []string{"PULSCHECK_" + name + "=" + value}, nil, name)
			expectRefusal(t, nil, []string{flag + "=" + value}, name)
			expectRefusal(t, nil, []string{flag, value}, name)
			tried += 3
		}
	}
	fields, err := env.GetFieldParams(&config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fields {
		if len(badValues[f.Key]) == 0 {
			t.Errorf("no value of %s is known to be refused", f.Key)
		}
		for _, name := range misspelt(f.Key) {
			expectRefusal(t, []string{"PULSCHECK_" + name + "=hunter2"}, nil, name)
			tried++
		}
		flag := "--" + strings.ToLower(strings.ReplaceAll(f.Key, "_", "-"))
		expectRefusal(t, nil, []string{flag}, f.Key)
		expectRefusal(t, nil, []string{flag, "hunter2", flag, "hunter2"}, f.Key)
		tried += 2
	}
	if tried < 100 {
		t.Errorf("only %d configurations tried", tried)
	}
}

func expectRefusal(t *testing.T, environ, args []string, name string) {
	t.Helper()
	_, _, err := readConfig(environ, args)
	if err == nil || fault.Of(err).Kind != fault.Configuration {
		t.Errorf("%v %v: %v, want a configuration fault", environ, args, err)
		return
	}
	if !strings.Contains(err.Error(), "PULSCHECK_"+name+" ") {
		t.Errorf("%v %v: %s is not named: %v", environ, args, name, err)
	}
	if strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a value is told: %v", err)
	}
}

// TestMailSettings: a mail server needs a sender, files do not, and a password may
// come from a file.
func TestMailSettings(t *testing.T) {
	c, _, err := readConfig(nil, nil)
	if err != nil || c.SMTP != "file:data/mails" || c.MailFrom != localSender {
		t.Errorf("%+v %v", c, err)
	}
	server := []string{"PULSCHECK_SMTP=smtp://puls:hunter2@mail.example:587"}
	expectRefusal(t, server, nil, "MAIL_FROM")
	if _, _, err := readConfig(server, []string{"--mail-from", "Puls <puls@nordlicht.example>"}); err != nil {
		t.Error(err)
	}
	path := filepath.Join(t.TempDir(), "smtp")
	if err := os.WriteFile(path, []byte("smtps://puls:hunter2@mail.example\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, _, err = readConfig([]string{"PULSCHECK_SMTP_FILE=" + path, "PULSCHECK_MAIL_FROM=puls@nordlicht.example"}, nil)
	if err != nil || c.SMTP != "smtps://puls:hunter2@mail.example" {
		t.Errorf("%+v %v", c, err)
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	_, _, err := readConfig([]string{"PULSCHECK_LISTEN=x", "PULSCHECK_BASE_URL=x", "PULSCHECK_LOG=xml", "PULSCHECK_NEW=1", "PULSCHECK_MIGRATE=9"}, nil)
	if err == nil || strings.Count(err.Error(), "\n") != 5 {
		t.Errorf("%v, want five lines", err)
	}
}

func TestSecretFromFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dsn")
	if err := os.WriteFile(path, []byte("mysql:u:hunter2@tcp(h)/x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	variable := []string{"PULSCHECK_DATABASE_FILE=" + path}
	flag := []string{"--database-file", path}
	for _, way := range [][2][]string{{variable, nil}, {nil, flag}} {
		c, rest, err := readConfig(way[0], way[1])
		if err != nil || c.Database != "mysql:u:hunter2@tcp(h)/x" || len(rest) != 0 {
			t.Errorf("%v: %+v %v %v", way, c, rest, err)
		}
	}
	expectRefusal(t, append(variable, "PULSCHECK_DATABASE=sqlite:hunter2"), nil, "DATABASE")
	expectRefusal(t, []string{"PULSCHECK_DATABASE_FILE=/nowhere"}, nil, "DATABASE_FILE")
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	expectRefusal(t, variable, nil, "DATABASE_FILE")
	expectRefusal(t, nil, flag, "DATABASE_FILE")
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	expectRefusal(t, variable, nil, "DATABASE")
}

// TestBadConfigurationEndsTheProcess is R11 from outside: status 78 within two
// seconds, and nothing ever listened.
func TestBadConfigurationEndsTheProcess(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // nothing was written
	dir := t.TempDir()
	bad := exec.Command(os.Args[0], "serve")
	bad.Dir = dir
	// Its address is taken: had it tried to listen, that would be the error.
	bad.Env = []string{childCommand + "=1", "PULSCHECK_LISTEN=" + l.Addr().String(), "PULSCHECK_LOG=hunter2", "PULSCHECK_LISTENS=hunter2"}
	began := time.Now()
	out, err := bad.CombinedOutput()
	took := time.Since(began)
	var ended *exec.ExitError
	if !errors.As(err, &ended) || ended.ExitCode() != 78 || took > 2*time.Second {
		t.Errorf("%v after %v, want status 78 within 2 s:\n%s", err, took, out)
	}
	for _, name := range []string{"PULSCHECK_LOG ", "PULSCHECK_LISTENS "} {
		if !strings.Contains(string(out), name) {
			t.Errorf("%sis not named:\n%s", name, out)
		}
	}
	if strings.Contains(string(out), "hunter2") {
		t.Errorf("a value is told:\n%s", out)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("it left %v behind (%v)", left, err)
	}
}
