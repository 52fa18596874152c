package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// printer is an installation in which four of those invited have no address.
type printer struct {
	*world
	url   string
	draft *survey.Round
}

func startPrinter(t *testing.T) *printer {
	t.Helper()
	p := &printer{url: storetest.SQLite(t)}
	p.world = startWorld(t, p.url)
	p.set(time.Now()) // the command asks the real clock
	o := storetest.Organisation(t, p.store)
	people := storetest.People(t, p.store, o, 12)[:4]
	for i := range people {
		people[i].ID, people[i].Email, people[i].Name = survey.PersonID(survey.NewID()), "", fmt.Sprintf("Schicht %d", i)
	}
	if err := p.store.CreatePeople(t.Context(), people); err != nil {
		t.Fatal(err)
	}
	p.draft = storetest.Round(t, p.store, o, questionnaire.Check(), p.now())
	return p
}

// round calls the command "round" on the installation.
func (p *printer) round(t *testing.T, args ...string) error {
	t.Helper()
	return run(t.Context(), append([]string{
		"round", "--database", p.url, "--keys", p.dir, "--base-url", "https://puls.example", "--allow-weak-durability", "1",
	}, args...))
}

// codesIn reads the QR codes of a PDF back, sorted.
func codesIn(t *testing.T, file string) []string {
	t.Helper()
	for _, name := range []string{"pdftoppm", "zbarimg"} {
		if _, err := exec.LookPath(name); err != nil {
			if os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
				t.Fatalf("no %s on this machine", name)
			}
			t.Skipf("no %s on this machine", name)
		}
	}
	page := filepath.Join(t.TempDir(), "page")
	if out, err := exec.Command("pdftoppm", "-r", "300", "-gray", "-singlefile", file, page).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	out, err := exec.Command("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", page+".pgm").Output()
	if err != nil {
		t.Fatalf("zbarimg: %v", err)
	}
	found := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(found)
	return found
}

// TestRoundIsPrinted: what hangs on the wall and lies in the box leads to the round.
func TestRoundIsPrinted(t *testing.T) {
	p := startPrinter(t)
	if _, err := p.service.OpenRound(t.Context(), account.System(), p.draft.ID); err != nil {
		t.Fatal(err)
	}
	dir, id := t.TempDir(), string(p.draft.ID)
	poster, tickets, again := filepath.Join(dir, "poster.pdf"), filepath.Join(dir, "tickets.pdf"), filepath.Join(dir, "again.pdf")
	for _, args := range [][]string{
		{"poster", id, "--size", "a3", "--door-de", "Di 9–10 Uhr, Raum 2.14", "-o", poster},
		{"tickets", id, "--count", "4", "-o", tickets}, {"tickets", id, "--count=4", "-o", again},
	} {
		if err := p.round(t, args...); err != nil {
			t.Fatalf("%s: %v", args[0], err)
		}
	}
	first, second := []byte(nil), []byte(nil)
	for file, into := range map[string]*[]byte{tickets: &first, again: &second} {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %o: whoever reads it can answer", filepath.Base(file), mode)
		}
		if *into, err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	if string(first) != string(second) {
		t.Error("printed again, the tickets are others")
	}
	address := "https://puls.example/r/" + id
	if got := codesIn(t, poster); !slices.Equal(got, []string{address, address}) {
		t.Errorf("the poster leads to %q, want %s", got, address)
	}
	_, paper, err := p.service.Links(t.Context(), p.draft.ID)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, link := range paper {
		want = append(want, address+"#"+link)
	}
	slices.Sort(want)
	if got := codesIn(t, tickets); !slices.Equal(got, want) {
		t.Errorf("the tickets lead to %q, want %q", got, want)
	}
}

// TestRoundRefusesToPrint: mistakes are told in words with exit 65 or 64, and a file
// that was there before stays as it is.
func TestRoundRefusesToPrint(t *testing.T) {
	p := startPrinter(t)
	id, file := string(p.draft.ID), filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(file, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused := func(exit int, words string, args ...string) {
		t.Helper()
		err := p.round(t, append(args, "-o", file)...)
		if err == nil || status(err) != exit || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: exit %d, %v, want %d, %s", args, status(err), err, exit, words)
		}
		if body, err := os.ReadFile(file); err != nil || string(body) != "before" {
			t.Errorf("%q left %q, %v", args, body, err)
		}
	}
	refused(65, "has not opened yet", "poster", id)
	refused(65, "has not opened yet", "tickets", id, "--count", "1")
	if _, err := p.service.OpenRound(t.Context(), account.System(), p.draft.ID); err != nil {
		t.Fatal(err)
	}
	refused(65, "4 paper tickets", "tickets", id, "--count", "5")
	refused(65, "no such thing", "poster", survey.NewID())
	refused(65, "no such thing", "tickets", "' OR 1=1 --", "--count", "1")
	for _, args := range [][]string{
		{"tickets", id}, {"tickets", id, "--count", "0"}, {"tickets", id, "--count", "-1"}, {"tickets", id, "--count", "many"},
		{"poster", id, "--size", "a5"}, {"poster", id, "--count", "1"}, {"poster", id, "--door-de", strings.Repeat("ä", maxDoor+1)},
		{"tickets", id, "--count", "1", "more"}, {"box", id}, {"poster"}, {},
	} {
		refused(64, "round poster ROUND", args...)
	}
	if err := p.round(t, "tickets", id, "--count", "1", "-o", filepath.Join(file, "no", "folder.pdf")); err == nil || fault.Of(err).Kind != fault.Internal {
		t.Errorf("a file that cannot be written: %v", err)
	}
}
