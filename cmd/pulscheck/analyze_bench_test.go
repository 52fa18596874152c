package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"pulscheck/survey/table"
)

// manyFiles are rows answers to 16 questions in three iterations of 5 processes and 4 roles.
func manyFiles(rows int) map[string]string {
	random := rand.New(rand.NewPCG(9, 9))
	items := "item,construct,scale,lo,hi,reverse,kind\n"
	head := "iteration,process,role"
	for i := range 16 {
		items += fmt.Sprintf("q%d,%s,likert5,1,5,0,core\n", i, []string{"ACC", "MOT", "SUP", "COM"}[i/4])
		head += fmt.Sprintf(",q%d", i)
	}
	invited := "iteration,process,role,invited\n"
	for i := range 60 {
		invited += fmt.Sprintf("I%d,P%d,R%d,%d\n", i/20, i%20/4, i%4, rows)
	}
	var answers strings.Builder
	answers.WriteString(head)
	for range rows {
		fmt.Fprintf(&answers, "\nI%d,P%d,R%d", random.IntN(3), random.IntN(5)*random.IntN(5)/4, random.IntN(4)*random.IntN(4)/3)
		own := random.NormFloat64()
		for range 16 {
			switch v := 3 + own + random.NormFloat64(); {
			case random.IntN(20) == 0:
				answers.WriteString(",")
			case random.IntN(30) == 0:
				answers.WriteString(",CS")
			default:
				fmt.Fprintf(&answers, ",%d", min(5, max(1, int(v))))
			}
		}
	}
	return map[string]string{"items.csv": items, "invited.csv": invited, "pulse.csv": answers.String()}
}

// BenchmarkAnalyze is the whole command with --exact; peak-MB is the most memory that
// the process had, of the largest run so far.
func BenchmarkAnalyze(b *testing.B) {
	for _, rows := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			dir := b.TempDir()
			args := []string{"--exact", "--json", filepath.Join(dir, "out.json")}
			for name, content := range manyFiles(rows) {
				path := filepath.Join(dir, name)
				if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
					b.Fatal(err)
				}
				args = append(args, map[string]string{"items.csv": "--items", "pulse.csv": "--answers", "invited.csv": "--invited"}[name], path)
			}
			for b.Loop() {
				if err := analyze(args); err != nil {
					b.Fatal(err)
				}
			}
			var used syscall.Rusage
			if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(used.Maxrss)/1024, "peak-MB")
		})
	}
}

// FuzzAnalyze: whatever stands in the files, the command counts it or tells what is
// wrong with it.
func FuzzAnalyze(f *testing.F) {
	small := smallFiles()
	f.Add(small["items.csv"], small["pulse.csv"], small["invited.csv"])
	f.Add("\uFEFFitem;construct;scale;lo;hi;reverse;kind\nA;X;s;-3;3;1;stage\n", "process\trole\tA\n\"a\n\"\t\t-3\nb\t?\tCS\n", "invited,role,process\n1,,b\n")
	f.Add("item,construct,scale,lo,hi,reverse,kind\nA,,net10,0,10,0,core\n", "process,role,A\n,,10\n,,0\n", "")
	f.Fuzz(func(t *testing.T, items, answers, invited string) {
		files := map[string]string{"items.csv": items, "pulse.csv": answers}
		if invited != "" {
			files["invited.csv"] = invited
		}
		var data *table.Error
		if err := analyzeSmall(t, files, "--exact"); err != nil && !errors.As(err, &data) {
			t.Errorf("%v, want a complaint about a file", err)
		}
	})
}
