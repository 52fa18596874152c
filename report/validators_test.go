package report_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"pulscheck/report"
	"pulscheck/report/pdf"
	"pulscheck/survey/locale"
)

// TestForValidators writes reports of every state, comparisons, team sheets, posters and tickets for the validators that
// report/pdf/validate/run asks; part1 holds what they are as PDF/A-1.
func TestForValidators(t *testing.T) {
	dir := os.Getenv("PULSCHECK_TEST_PDFS")
	if dir == "" {
		t.Skip("make pdfa runs it")
	}
	keep(t, filepath.Join(dir, "poster.a4.pdf"), poster(t, inviting(), pdf.A4))
	keep(t, filepath.Join(dir, "poster.a3.pdf"), poster(t, inviting(), pdf.A3))
	keep(t, filepath.Join(dir, "tickets.pdf"), tickets(t, inviting(), links(12)))
	for name, in := range boards(t) {
		for _, l := range []locale.Language{locale.German, locale.English} {
			in.Language = l
			keep(t, filepath.Join(dir, name+"."+string(l)+".pdf"), draw(t, buildTeam(t, in)))
		}
	}
	for _, l := range []locale.Language{locale.German, locale.English} {
		d := council(t, told(t, l))
		keep(t, filepath.Join(dir, "council."+string(l)+".pdf"), draw(t, d))
		keep(t, filepath.Join(dir, "part1", "council."+string(l)+".pdf"), partOne(t, d))
	}
	for name, in := range comparisons(t) {
		for _, l := range []locale.Language{locale.German, locale.English} {
			in.Language = l
			keep(t, filepath.Join(dir, "comparison "+name+"."+string(l)+".pdf"), draw(t, buildComparison(t, in)))
		}
	}
	inputs := samples(t)
	inputs["branded"] = branded(t, whole(t))
	for name, in := range inputs {
		for _, l := range []locale.Language{locale.German, locale.English} {
			in.Language = l
			d := build(t, in)
			keep(t, filepath.Join(dir, name+"."+string(l)+".pdf"), draw(t, d))
			if name == "whole" || name == "branded" {
				keep(t, filepath.Join(dir, "part1", name+"."+string(l)+".pdf"), partOne(t, d))
			}
		}
	}
}

// subset marks a font as one of which only some letters are embedded.
var subset = regexp.MustCompile(`/([A-Z]{6})\+S`)

// partOne draws a document as PDF/A-1b. That knows no attached files and wants a list
// of the letters of a subset, which later parts do without.
func partOne(t *testing.T, d *report.Document) []byte {
	t.Helper()
	d.Files = nil
	three, one := []byte("<pdfaid:part>3<"), []byte("<pdfaid:part>1<")
	body := draw(t, d)
	if !bytes.Contains(body, three) {
		t.Fatal("no part 3")
	}
	return subset.ReplaceAll(bytes.Replace(body, three, one, 1), []byte("/${1}-S"))
}

func keep(t *testing.T, path string, body []byte) {
	t.Helper()
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
}
