package store_test

import (
	"database/sql"
	"strings"
	"testing"

	"pulscheck/survey/fault"
	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
)

// TestWeakDurabilityIsRefused is R2: settings under which a power cut loses
// acknowledged answers are refused at start unless the operator says so.
func TestWeakDurabilityIsRefused(t *testing.T) {
	url := storetest.MySQL(t)
	db, err := sql.Open("mysql", strings.TrimPrefix(url, "mysql:"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // a test server
	const name = "innodb_flush_log_at_trx_commit"
	var before string
	if err := db.QueryRow("SELECT @@GLOBAL." + name).Scan(&before); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if _, err := db.Exec("SET GLOBAL " + name + " = " + before); err != nil {
			t.Error(err)
		}
	}()
	for value, safe := range map[string]bool{"0": false, "1": true, "2": false} {
		if _, err := db.Exec("SET GLOBAL " + name + " = " + value); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(ctx, url, store.Options{Migrate: true})
		if safe != (err == nil) || !safe && !fault.Is(err, "durability-weak") {
			t.Errorf("%s = %s: %v", name, value, err)
		}
		if err == nil {
			s.Close() //nolint:errcheck // nothing was written
		}
		s, err = store.Open(ctx, url, store.Options{Migrate: true, AllowWeakDurability: true})
		if err != nil {
			t.Fatalf("%s = %s with the override: %v", name, value, err)
		}
		if got := len(s.WeakDurability()); safe != (got == 0) {
			t.Errorf("%s = %s: %d weak settings told", name, value, got)
		}
		s.Close() //nolint:errcheck // nothing was written
	}
}
