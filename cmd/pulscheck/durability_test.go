package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pulscheck/survey/store"
)

// TestWeakDurabilityEndsTheStart: with settings that lose acknowledged answers the
// process ends with 78 and names them; told that they may be, it starts and shows
// them in its status, also such that are changed while it runs.
func TestWeakDurabilityEndsTheStart(t *testing.T) {
	server := startOwnServer(t)
	db, err := sql.Open("mysql", server.dsn(""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() }) //nolint:errcheck // the server is killed
	do := func(statement string) {
		t.Helper()
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	do("CREATE DATABASE pulscheck")
	url, keys := "mysql:"+server.dsn("pulscheck"), filepath.Join(t.TempDir(), "keys")
	s, err := store.Open(t.Context(), url, store.Options{Migrate: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"0", "2"} {
		do("SET GLOBAL innodb_flush_log_at_trx_commit = " + value)
		serve := exec.Command(os.Args[0], "serve")
		serve.Env = append(os.Environ(), childCommand+"=1", "PULSCHECK_LISTEN=127.0.0.1:0", "PULSCHECK_DATABASE="+url, "PULSCHECK_KEYS="+keys, "PULSCHECK_MIGRATE=0")
		var told bytes.Buffer
		serve.Stderr = &told
		serve.Run() //nolint:errcheck // the status is asked
		if got := serve.ProcessState.ExitCode(); got != 78 || !strings.Contains(told.String(), "innodb_flush_log_at_trx_commit="+value) {
			t.Errorf("flush %s: exit %d: %s", value, got, told.String())
		}
	}
	c := startChild(t, url, keys) // which is told that they may be weak
	if got := weakOf(t, c); !slices.Equal(got, []string{"innodb_flush_log_at_trx_commit=2"}) {
		t.Errorf("the status tells %q", got)
	}
	if code := c.stop(syscall.SIGTERM); code != 0 {
		t.Errorf("exit %d", code)
	}
	do("SET GLOBAL innodb_flush_log_at_trx_commit = 1")
	h := house{log: slog.New(slog.DiscardHandler)}
	if h.store, err = store.Open(t.Context(), url, store.Options{}); err != nil {
		t.Fatal(err)
	}
	defer h.store.Close() //nolint:errcheck // nothing was written
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.watchDurability(ctx, time.Millisecond) }()
	do("SET GLOBAL innodb_flush_log_at_trx_commit = 0")
	for deadline := time.Now().Add(20 * time.Second); h.store.Durable() == nil; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("a setting that was changed while running is not found")
		}
	}
	if stop(); <-ended != nil {
		t.Error("the watch does not end")
	}
}

// weakOf gives what the status of a process says of its database.
func weakOf(t *testing.T, c *child) []string {
	t.Helper()
	answer, err := http.Get("http://" + c.address + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var state struct {
		Weak []string `json:"weak_durability"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&state); err != nil {
		t.Fatal(err)
	}
	return state.Weak
}
