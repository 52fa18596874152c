package protect

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	processes = []string{"INC", "REQ", "CHG", "PRB", "CFG"}
	roles     = []string{"agent", "specialist", "lead", "manager"}
)

// answers are the valid answers of one item in one iteration as indices, by atom.
type answers map[string][]float64

func readCSV(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open("../score/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // opened for reading
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// third reads the answers of iteration I3 by item.
func third(t *testing.T) map[string]answers {
	t.Helper()
	scale := map[string][3]float64{}
	for _, r := range readCSV(t, "items.csv")[1:] {
		lo, _ := strconv.ParseFloat(r[3], 64)
		hi, _ := strconv.ParseFloat(r[4], 64)
		reverse, _ := strconv.ParseFloat(r[5], 64)
		scale[r[0]] = [3]float64{lo, hi, reverse}
	}
	rows := readCSV(t, "pulse.csv")
	all := map[string]answers{}
	for _, key := range rows[0][3:] {
		all[key] = answers{}
	}
	for _, r := range rows[1:] {
		if r[0] != "I3" {
			continue
		}
		for i, raw := range r[3:] {
			key := rows[0][i+3]
			s := scale[key]
			v, err := strconv.ParseFloat(raw, 64)
			if err != nil {
				continue
			}
			if s[2] == 1 {
				v = s[0] + s[1] - v
			}
			atom := "process=" + r[1] + "&role=" + r[2]
			all[key][atom] = append(all[key][atom], 100*(v-s[0])/(s[1]-s[0]))
		}
	}
	return all
}

func (a answers) world() world {
	var w world
	for _, p := range processes {
		for _, r := range roles {
			atom := "process=" + p + "&role=" + r
			w.atoms = append(w.atoms, atom)
			w.weights = append(w.weights, len(a[atom]))
		}
	}
	return w
}

// cell counts a group.
func (a answers) cell(w world, key string) Cell {
	c := w.candidate(key)
	cell := Cell{Key: key, Level: c.Level}
	for _, atom := range c.Atoms {
		for _, index := range a[w.atoms[atom]] {
			cell.N++
			cell.Index += index
			if index >= 75 {
				cell.Favourable++
			}
		}
	}
	cell.Index /= max(1, float64(cell.N))
	return cell
}

func partitions() []Partition {
	byProcess, byRole := Partition{Parent: "total"}, Partition{Parent: "total"}
	var all []Partition
	for _, p := range processes {
		byProcess.Parts = append(byProcess.Parts, "process="+p)
		one := Partition{Parent: "process=" + p}
		for _, r := range roles {
			one.Parts = append(one.Parts, "process="+p+"&role="+r)
		}
		all = append(all, one)
	}
	for _, r := range roles {
		byRole.Parts = append(byRole.Parts, "role="+r)
		one := Partition{Parent: "role=" + r}
		for _, p := range processes {
			one.Parts = append(one.Parts, "process="+p+"&role="+r)
		}
		all = append(all, one)
	}
	return append([]Partition{byProcess, byRole}, all...)
}

// TestDisplayEqualsReference runs ledger, reader guard, bands and rounding of every
// item of iteration I3.
func TestDisplayEqualsReference(t *testing.T) {
	want := load(t).Suppression
	var order []string
	for _, d := range want.Respondents["I3"] {
		if d.Status == Released {
			order = append(order, d.Key)
		}
	}
	data, compared := third(t), 0
	for item, w := range want.Display {
		a := data[item]
		atoms := a.world()
		var candidates []Candidate
		for _, key := range order {
			candidates = append(candidates, atoms.candidate(key))
		}
		decisions := NewLedger(5, atoms.weights).Decide(candidates)
		if list, ok := want.Items[item]; ok {
			if diff := cmp.Diff(list, outcome(decisions)); diff != "" {
				t.Errorf("%s decisions (-want +got):\n%s", item, diff)
			}
		}
		released := map[string]bool{}
		for _, d := range decisions {
			released[d.Key] = d.Outcome == Released
		}
		var cells []Cell
		for _, key := range everyKey() {
			c := a.cell(atoms, key)
			c.Shown = released[key]
			cells = append(cells, c)
		}
		reader := Reader{K: 5, Partitions: partitions(), Lowest: 75, Highest: 50, UseIndex: item != "QW"}
		shown := map[string]Cell{}
		var guarded []string
		for _, c := range reader.Guard(cells) {
			if c.Shown {
				shown[c.Key] = c
			} else if released[c.Key] {
				guarded = append(guarded, c.Key)
			}
		}
		slices.Sort(w.Guarded)
		if !slices.Equal(guarded, w.Guarded) || len(shown) != len(w.Cells) {
			t.Errorf("%s: guard withholds %v, want %v; %d shown, want %d", item, guarded, w.Guarded, len(shown), len(w.Cells))
		}
		for _, cell := range w.Cells {
			c := shown[cell.Key]
			band := BandOf(c.N, c.Favourable, 5)
			got := band.String()
			if band.Kind == NoBand && c.N > 0 {
				got = strconv.Itoa(Share(c.Favourable, c.N))
			}
			if got != cell.Shown || c.N != cell.N || cell.Index != nil && Index(c.Index) != *cell.Index {
				t.Errorf("%s %s: %s of %d, want %s of %d", item, cell.Key, got, c.N, cell.Shown, cell.N)
			}
			compared += 3
		}
	}
	if compared < 500 {
		t.Errorf("only %d values compared", compared)
	}
	t.Logf("%d displayed values compared", compared)
}

func everyKey() []string {
	keys := []string{"total"}
	for _, p := range processes {
		keys = append(keys, "process="+p)
		for _, r := range roles {
			keys = append(keys, "process="+p+"&role="+r)
		}
	}
	for _, r := range roles {
		keys = append(keys, "role="+r)
	}
	slices.SortFunc(keys, strings.Compare)
	return keys
}

// FuzzBandOf: a band is true, hides whether a group is unanimous, and what has no
// band is shown as neither nobody nor everybody.
func FuzzBandOf(f *testing.F) {
	f.Add(uint16(5), uint16(5), uint8(0))
	f.Add(uint16(200), uint16(195), uint8(0))
	f.Add(uint16(0), uint16(0), uint8(0))
	f.Add(uint16(101), uint16(1), uint8(5))
	f.Fuzz(func(t *testing.T, people, some uint16, more uint8) {
		n, k := int(people), 5+int(more)
		favourable := int(some) % (n + 1)
		band := BandOf(n, favourable, k)
		switch band.Kind {
		case Top:
			if 100*favourable < band.Percent*n || band != BandOf(n, n, k) {
				t.Errorf("%d of %d: %s", favourable, n, band)
			}
		case Bottom:
			if 100*favourable > band.Percent*n || n >= 3*k && band != BandOf(n, 0, k) {
				t.Errorf("%d of %d: %s", favourable, n, band)
			}
		case NoBand:
			if n > 0 && (favourable == 0 || favourable == n) {
				t.Errorf("%d of %d has no band", favourable, n)
			}
		}
		if band.Percent%5 != 0 || band.Percent < 0 || band.Percent > 100 || (band.String() == "") != (band.Kind == NoBand) {
			t.Errorf("%d of %d: %+v, %q", favourable, n, band, band)
		}
	})
}
