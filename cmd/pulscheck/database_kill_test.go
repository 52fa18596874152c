package main

import (
	"database/sql"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// ownServer is a MariaDB of the test alone, with the settings that keep every commit.
type ownServer struct {
	t       *testing.T
	dir     string
	port    int
	process *exec.Cmd
}

func startOwnServer(t *testing.T) *ownServer {
	t.Helper()
	for _, name := range []string{"mariadbd", "mariadb-install-db"} {
		if _, err := exec.LookPath(name); err != nil {
			if os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
				t.Fatalf("no %s on this machine", name)
			}
			t.Skipf("no %s on this machine", name)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &ownServer{t: t, dir: t.TempDir(), port: l.Addr().(*net.TCPAddr).Port}
	l.Close() //nolint:errcheck // only its number was wanted
	install := exec.Command("mariadb-install-db", s.flags("--skip-test-db", "--auth-root-authentication-method=normal")...)
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("install: %v\n%s", err, out)
	}
	s.start()
	t.Cleanup(s.kill)
	return s
}

func (s *ownServer) flags(more ...string) []string {
	flags := []string{"--no-defaults", "--datadir=" + filepath.Join(s.dir, "data")}
	if os.Getuid() == 0 {
		flags = append(flags, "--user=root")
	}
	return append(flags, more...)
}

func (s *ownServer) dsn(database string) string {
	return fmt.Sprintf("root@tcp(127.0.0.1:%d)/%s", s.port, database)
}

// start waits until the server answers.
func (s *ownServer) start() {
	s.t.Helper()
	s.process = exec.Command("mariadbd", s.flags(fmt.Sprintf("--port=%d", s.port), "--socket="+filepath.Join(s.dir, "socket"),
		"--bind-address=127.0.0.1", "--skip-name-resolve", "--innodb-flush-log-at-trx-commit=1")...)
	if err := s.process.Start(); err != nil {
		s.t.Fatal(err)
	}
	db, err := sql.Open("mysql", s.dsn(""))
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // only a probe
	for deadline := time.Now().Add(60 * time.Second); db.Ping() != nil; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatal("the database does not start")
		}
	}
}

func (s *ownServer) kill() {
	s.process.Process.Kill() //nolint:errcheck // it may be gone already
	s.process.Wait()         //nolint:errcheck // it was killed
}

// TestSoakKillDatabase is R2: kill -9 of the database under 50 parallel clients.
func TestSoakKillDatabase(t *testing.T) {
	s := startOwnServer(t)
	db, err := sql.Open("mysql", s.dsn(""))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE DATABASE pulscheck"); err != nil {
		t.Fatal(err)
	}
	db.Close() //nolint:errcheck // it is killed next
	k := 2
	if os.Getenv("PULSCHECK_TEST_SOAK") == "1" {
		k = 50
	}
	underFire(t, "mysql:"+s.dsn("pulscheck"), max(400, 40*k), k, func(*child) {
		s.kill()
		s.start()
	})
}
