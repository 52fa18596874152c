package main

import (
	"path/filepath"
	"strings"
	"testing"

	"pulscheck/survey/fault"
)

// TestMisspeltSettingsAreRefused: a setting that nobody knows must not leave the
// default in force, and its value is not told.
func TestMisspeltSettingsAreRefused(t *testing.T) {
	for _, args := range [][]string{
		{"serve", "--databse=mysql:u:hunter2@tcp(h)/x"}, {"serve", "hunter2"}, {"serve", "--health"},
		{"doctor", "--databse=hunter2"}, {"doctor", "--health", "--databse=hunter2"}, {"doctor", "hunter2"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Chdir(t.TempDir())
			err := run(t.Context(), args)
			if fault.Of(err).Kind != fault.Configuration {
				t.Fatalf("%v, want a configuration fault", err)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("a value is told: %v", err)
			}
			if left, _ := filepath.Glob("*"); len(left) > 0 {
				t.Errorf("the default was opened all the same: %v", left)
			}
		})
	}
}
