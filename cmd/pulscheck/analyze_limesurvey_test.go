package main

import (
	"fmt"
	"strings"
	"testing"
)

// TestAnalyzeReadsLimeSurvey: an export with codes gives what the same answers give as a
// file of ours; answers that were broken off are left out.
func TestAnalyzeReadsLimeSurvey(t *testing.T) {
	lime, ours := `"id","submitdate","lastpage","startlanguage","seed","process","role","G01Q02[A]","B. Ging es leichter?"`+"\n", "process,role,A,B\n"
	for i := range 24 {
		a, b := 1+i%6, i%2
		yes := map[int]string{0: "N", 1: "Y"}[b]
		lime += fmt.Sprintf(`"%d","2026-03-02 08:%02d:00","3","de","4711","INC","agent","AO%02d","%s"`+"\n", i, i, a, yes)
		cell := fmt.Sprint(a)
		if a == 6 {
			cell = "CS"
		}
		ours += fmt.Sprintf("INC,agent,%s,%d\n", cell, b)
	}
	lime += `"99","","1","de","4711","INC","agent","AO01","N/A"` + "\n"
	files := smallFiles()
	delete(files, "invited.csv")
	files["pulse.csv"] = ours
	want := fmt.Sprint(analyzeFiles(t, put(t, files)...))
	files["pulse.csv"] = lime
	if got := fmt.Sprint(analyzeFiles(t, append(put(t, files), "--limesurvey")...)); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for old, c := range map[string][2]string{
		`"AO01","N"`:    {`"AO07","N"`, `pulse.csv, line 2, column 8 (G01Q02[A]): "AO07" is no answer`},
		`"G01Q02[A]"`:   {`"G01Q02[C]"`, `pulse.csv, line 1: no column is A, which items.csv, line 2, asks`},
		`"seed"`:        {`"A"`, `pulse.csv, line 1, column 8 (G01Q02[A]): is A as column 5 is`},
		`"AO02","Y"`:    {`"A3","ja"`, `pulse.csv, line 3, column 9 (B. Ging es leichter?): "ja" is no answer`},
		`"process","ro`: {`"G01Q00","ro`, `pulse.csv, line 1: the column "process" is missing`},
	} {
		files["pulse.csv"] = strings.Replace(lime, old, c[0], 1)
		err := analyzeSmall(t, files, "--limesurvey")
		if err == nil || !strings.HasPrefix(err.Error(), c[1]) || status(err) != 65 {
			t.Errorf("%s: %v\nwant %s", c[0], err, c[1])
		}
	}
}
