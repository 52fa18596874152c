package store_test

import (
	"database/sql"
	"slices"
	"testing"

	"pulscheck/survey/fault"
	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
)

// TestDurabilityMatrix is R2: settings under which a power cut loses acknowledged
// answers are refused at start unless the operator says so, and found while running.
// Values that a server does not let anybody set while it runs are passed over.
func TestDurabilityMatrix(t *testing.T) {
	url := storetest.MySQL(t)
	db, _ := storetest.Past(t, url)
	running, err := store.Open(ctx, url, store.Options{Migrate: true, AllowWeakDurability: true})
	if err != nil {
		t.Fatal(err)
	}
	defer running.Close() //nolint:errcheck // nothing was written
	before := map[string]string{}
	for _, name := range []string{"innodb_flush_log_at_trx_commit", "sync_binlog", "innodb_doublewrite", "log_bin"} {
		before[name] = variable(t, db, name)
	}
	set := func(name, value string) bool {
		_, err := db.Exec("SET GLOBAL " + name + " = " + value)
		return err == nil
	}
	defer func() {
		for name, value := range before {
			set(name, value)
		}
	}()
	set("innodb_flush_log_at_trx_commit", "1") // all is safe but for what is tried
	set("sync_binlog", "1")
	tried := 0
	for _, c := range []struct {
		name, value string
		safe        bool
	}{
		{"innodb_flush_log_at_trx_commit", "0", false}, {"innodb_flush_log_at_trx_commit", "2", false}, {"innodb_flush_log_at_trx_commit", "1", true},
		{"sync_binlog", "0", before["log_bin"] == "OFF"}, {"sync_binlog", "100", before["log_bin"] == "OFF"}, {"sync_binlog", "1", true},
		{"innodb_doublewrite", "DETECT_ONLY", false}, {"innodb_doublewrite", "DETECT_AND_RECOVER", true},
	} {
		if !set(c.name, c.value) {
			t.Logf("%s = %s cannot be set here", c.name, c.value)
			continue
		}
		tried++
		s, err := store.Open(ctx, url, store.Options{Migrate: true})
		if c.safe != (err == nil) || !c.safe && !fault.Is(err, "durability-weak") {
			t.Errorf("start with %s = %s: %v, safe is %v", c.name, c.value, err, c.safe)
		}
		if err == nil {
			s.Close() //nolint:errcheck // nothing was written
		}
		if err := running.CheckDurability(ctx); err != nil {
			t.Errorf("%s = %s, allowed: %v", c.name, c.value, err)
		}
		want := []string{c.name + "=" + c.value}
		if c.safe {
			want = nil
		}
		if got := running.WeakDurability(); !slices.Equal(got, want) {
			t.Errorf("%s = %s while running: %q, want %q", c.name, c.value, got, want)
		}
	}
	if tried < 6 {
		t.Errorf("only %d settings were tried", tried)
	}
}

// TestDurabilityLostWhileRunning: a service that started on safe settings finds out.
func TestDurabilityLostWhileRunning(t *testing.T) {
	url := storetest.MySQL(t)
	db, _ := storetest.Past(t, url)
	const name = "innodb_flush_log_at_trx_commit"
	set := func(value string) {
		t.Helper()
		if _, err := db.Exec("SET GLOBAL " + name + " = " + value); err != nil {
			t.Fatal(err)
		}
	}
	defer set(variable(t, db, name))
	set("1")
	s, err := store.Open(ctx, url, store.Options{Migrate: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // nothing was written
	set("2")
	if err := s.CheckDurability(ctx); !fault.Is(err, "durability-weak") || s.Durable() == nil {
		t.Errorf("weakened while running: %v", err)
	}
	set("1")
	if err := s.CheckDurability(ctx); err != nil || s.Durable() != nil {
		t.Errorf("safe again: %v", err)
	}
}

func variable(t *testing.T, db *sql.DB, name string) (value string) {
	t.Helper()
	if err := db.QueryRow("SELECT @@GLOBAL." + name).Scan(&value); err != nil {
		t.Fatal(err)
	}
	switch {
	case name == "log_bin" && value == "1":
		return "ON"
	case name == "log_bin":
		return "OFF"
	}
	return value
}
