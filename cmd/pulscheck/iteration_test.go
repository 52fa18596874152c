package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/store/storetest"
)

// TestFirstIterationByCurl runs testdata/first-iteration.sh against a server: what the
// API offers is enough for a whole iteration, and what each token may is enforced.
func TestFirstIterationByCurl(t *testing.T) {
	for _, command := range []string{"bash", "curl", "sha256sum", "base64", "od"} {
		if _, err := exec.LookPath(command); err != nil {
			if os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	storetest.Each(t, func(t *testing.T, url string) {
		storetest.Open(t, url) // brought up to date
		keys := filepath.Join(t.TempDir(), "keys")
		c := startChild(t, url, keys)
		bin := t.TempDir()
		for name, mode := range map[string]string{"pulscheck": "1", "employees": employeesMode} {
			script := fmt.Sprintf("#!/bin/sh\n%s=%s exec '%s' \"$@\"\n", childCommand, mode, os.Args[0])
			if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		script := exec.Command("bash", "testdata/first-iteration.sh")
		script.Env = append(slices.Clone(c.env), "BASE=http://"+c.address, "PATH="+bin+":"+os.Getenv("PATH"))
		out, err := script.CombinedOutput()
		t.Logf("%s", out)
		if err != nil {
			t.Error(err)
		}
		if status := c.stop(syscall.SIGTERM); status != 0 {
			t.Errorf("the server ended with %d", status)
		}
	})
}

// employeesMode is what else the test binary may be: the people who are invited to a
// round.
const employeesMode = "employees"

// employees lets everybody who is invited to a round answer all of it.
func employees(ctx context.Context, c *config, args []string) error {
	h, err := build(ctx, c, time.Now)
	if err != nil {
		return err
	}
	defer h.store.Close() //nolint:errcheck // nothing was written
	links, _, err := h.service.Links(ctx, survey.RoundID(args[0]))
	if err != nil {
		return err
	}
	r := respondent{http: http.DefaultClient, base: c.BaseURL, round: args[0], seen: &manifestCache{}}
	n := 0
	for _, link := range links {
		n++
		err := r.takePart(ctx, link, func(m *ballot.Manifest, _ invitation) (sheet, bool) {
			s := sheet{Answers: map[string]ballot.Answer{}}
			for i, item := range m.Questionnaire.Items {
				scale := m.Questionnaire.Scales[item.Scale]
				s.Answers[item.Key] = ballot.Answer{Value: scale.Lo + (n+i)%(scale.Hi-scale.Lo+1)}
			}
			return s, true
		})
		if err != nil {
			return err
		}
	}
	return nil
}
