package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

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

// TestBadConfigurations is R11: 100 mutations, each refused by name and without
// telling a value.
func TestBadConfigurations(t *testing.T) {
	bad := map[string][]string{
		"LISTEN":                {"", "nonsense", "1.2.3.4", "[::1", "a:b:c"},
		"BASE_URL":              {"nonsense", "ftp://h", "http://", "https://h/path", "http://h?q=1", "//h"},
		"DATABASE":              {"", "postgres://u:hunter2@h/x", "sqlite", "mysql", "SQLITE:x", "file:hunter2"},
		"KEYS":                  {""},
		"METRICS":               {"nonsense", "127.0.0.1:8080"},
		"TRUSTED_PROXIES":       {"hunter2", "10.0.0.1,x", "10.0.0.0/99"},
		"MIGRATE":               {"yes", "2", "true", "-1", " 1"},
		"LOG":                   {"", "xml", "JSON", "TEXT"},
		"ALLOW_WEAK_DURABILITY": {"hunter2", "2", "yes please"},
	}
	tried := 0
	for name, values := range bad {
		for _, value := range values {
			for _, way := range []string{"environment", "flag"} {
				environ, args := []string{"PULSCHECK_" + name + "=" + value}, []string(nil)
				if way == "flag" {
					environ, args = nil, []string{"--" + strings.ToLower(strings.ReplaceAll(name, "_", "-")) + "=" + value}
				}
				if name == "LISTEN" && value == "" || name == "DATABASE" && value == "" || name == "LOG" && value == "" || name == "KEYS" {
					// an empty variable is an unset one for the library: only the default may stand there
					if c, _, err := readConfig(environ, args); err == nil && (c.Listen == "" || c.Database == "" || c.Log == "" || c.Keys == "") {
						t.Errorf("%s=%q: accepted", name, value)
					}
					tried++
					continue
				}
				expectRefusal(t, environ, args, name)
				tried++
			}
		}
	}
	for i := range 50 {
		expectRefusal(t, []string{fmt.Sprintf("PULSCHECK_UNKNOWN%d=hunter2", i)}, nil, fmt.Sprintf("PULSCHECK_UNKNOWN%d", i))
		tried++
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
	if field := strings.ReplaceAll(name, "_", ""); !strings.Contains(strings.ToUpper(strings.ReplaceAll(err.Error(), "_", "")), field) {
		t.Errorf("%s is not named: %v", name, err)
	}
	if strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a value is told: %v", err)
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	_, _, err := readConfig([]string{"PULSCHECK_LISTEN=x", "PULSCHECK_LOG=xml", "PULSCHECK_NEW=1", "PULSCHECK_MIGRATE=9"}, nil)
	if err == nil || strings.Count(err.Error(), "\n") != 4 {
		t.Errorf("%v, want four lines", err)
	}
}

func TestSecretFromFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dsn")
	if err := os.WriteFile(path, []byte("mysql:u:hunter2@tcp(h)/x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, _, err := readConfig([]string{"PULSCHECK_DATABASE_FILE=" + path}, nil)
	if err != nil || c.Database != "mysql:u:hunter2@tcp(h)/x" {
		t.Errorf("%+v %v", c, err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	expectRefusal(t, []string{"PULSCHECK_DATABASE_FILE=" + path}, nil, "DATABASE_FILE")
	expectRefusal(t, []string{"PULSCHECK_DATABASE_FILE=/nowhere"}, nil, "DATABASE_FILE")
}
