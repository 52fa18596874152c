package protect

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type decided struct {
	Key    string  `json:"key"`
	N      int     `json:"n"`
	Status Outcome `json:"status"`
}

type reference struct {
	Suppression struct {
		Respondents map[string][]decided `json:"respondents"`
		Items       map[string][]decided `json:"items_I3"`
		Display     map[string]struct {
			Withheld []decided `json:"withheld"`
			Guarded  []string  `json:"withheld_by_reader_guard"`
			Cells    []struct {
				Key        string `json:"key"`
				N          int    `json:"n"`
				Favourable int    `json:"n_fav"`
				Shown      string `json:"favourable"`
				Index      *int   `json:"index"`
				Banded     bool   `json:"banded"`
			} `json:"cells"`
		} `json:"display_I3"`
	} `json:"suppression"`
	Examples []struct {
		Name     string                     `json:"name"`
		K        int                        `json:"k"`
		Atoms    map[string]int             `json:"atoms"`
		Requests map[string]json.RawMessage `json:"requests"`
		Result   []decided                  `json:"result"`
	} `json:"examples"`
	Guard []struct {
		N     int    `json:"n"`
		Fav   int    `json:"n_fav"`
		Shown string `json:"fav_display"`
		Band  bool   `json:"banded"`
	} `json:"guard"`
	Reader []struct {
		Note     string             `json:"note"`
		K        int                `json:"k"`
		N        map[string]int     `json:"n"`
		Fav      map[string]int     `json:"fav"`
		Index    map[string]float64 `json:"index"`
		UseIndex bool               `json:"use_index"`
		Released []string           `json:"released"`
		Bounds   map[string][2]int  `json:"reader_bounds"`
		Hazards  []string           `json:"hazards"`
		Kept     []string           `json:"kept"`
	} `json:"reader"`
	Rosters []struct {
		N1        int  `json:"N1"`
		Answered1 int  `json:"n1"`
		N2        int  `json:"N2"`
		Answered2 int  `json:"n2"`
		D         int  `json:"d"`
		K         int  `json:"k"`
		OK        bool `json:"ok"`
	} `json:"rosters"`
	Weighted struct {
		Rows     [][]uint64 `json:"rows"`
		W        []int      `json:"w"`
		Plain    bool       `json:"safe_total_INC_CHG"`
		Weighted bool       `json:"safe_with_weighted_total"`
	} `json:"weighted"`
}

func load(t *testing.T) *reference {
	t.Helper()
	raw, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var r reference
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	return &r
}

// world rebuilds the atoms of the reference data from its two-way cells.
type world struct {
	atoms   []string // process=P&role=R
	weights []int
}

func worldOf(list []decided) world {
	var w world
	for _, d := range list {
		if strings.Contains(d.Key, "&") {
			w.atoms = append(w.atoms, d.Key)
			w.weights = append(w.weights, d.N)
		}
	}
	return w
}

func (w world) candidate(key string) Candidate {
	c := Candidate{Key: key}
	if key != "total" {
		c.Level = 1 + strings.Count(key, "&")
	}
	for i, a := range w.atoms {
		if key == "total" || a == key || slices.Contains(strings.Split(a, "&"), key) {
			c.Atoms = append(c.Atoms, i)
		}
	}
	return c
}

func outcome(decisions []Decision) []decided {
	list := make([]decided, len(decisions))
	for i, d := range decisions {
		list[i] = decided{d.Key, d.N, d.Outcome}
	}
	return list
}

func TestReleaseEqualsReference(t *testing.T) {
	want := load(t).Suppression
	previous := map[string]bool{}
	for _, iteration := range []string{"I1", "I2", "I3"} {
		list := want.Respondents[iteration]
		w := worldOf(list)
		var candidates []Candidate
		for _, d := range list {
			candidates = append(candidates, w.candidate(d.Key))
		}
		slices.Reverse(candidates) // the order is Order's to find
		got := NewLedger(5, w.weights).Decide(Order(5, w.weights, candidates, previous))
		if diff := cmp.Diff(list, outcome(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", iteration, diff)
		}
		previous = map[string]bool{}
		for _, d := range got {
			if d.Outcome == Released {
				previous[d.Key] = true
			}
		}
	}
}

func TestExamplesEqualReference(t *testing.T) {
	for _, e := range load(t).Examples {
		t.Run(e.Name, func(t *testing.T) {
			var names []string
			for a := range e.Atoms {
				names = append(names, a)
			}
			slices.Sort(names)
			weights := make([]int, len(names))
			for i, a := range names {
				weights[i] = e.Atoms[a]
			}
			var candidates []Candidate
			for _, d := range e.Result {
				var atoms []string
				raw := e.Requests[d.Key]
				if json.Unmarshal(raw, &atoms) != nil {
					var one string
					if err := json.Unmarshal(raw, &one); err != nil {
						t.Fatal(err)
					}
					atoms = []string{one}
				}
				c := Candidate{Key: d.Key}
				for _, a := range atoms {
					c.Atoms = append(c.Atoms, slices.Index(names, a))
				}
				candidates = append(candidates, c)
			}
			got := NewLedger(e.K, weights).Decide(candidates)
			if diff := cmp.Diff(e.Result, outcome(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWeightedTotalIsRefused(t *testing.T) {
	want := load(t).Weighted
	l := NewLedger(5, want.W)
	for _, i := range []int{0, 2, 3} {
		if got := l.publish(slices.Clone(want.Rows[i])); got != Released {
			t.Errorf("row %d: %s", i, got)
		}
	}
	if got := l.publish(slices.Clone(want.Rows[1])); (got == Released) != want.Weighted {
		t.Errorf("weighted total: %s", got)
	}
}

func TestBandsEqualReference(t *testing.T) {
	for _, w := range load(t).Guard {
		band := BandOf(w.N, w.Fav, 5)
		got := band.String()
		if band.Kind == NoBand {
			got = strconv.Itoa(Share(w.Fav, w.N))
		}
		if got != w.Shown || (band.Kind != NoBand) != w.Band {
			t.Errorf("%d of %d: %s, want %s", w.Fav, w.N, got, w.Shown)
		}
	}
}

func TestReaderEqualsReference(t *testing.T) {
	for _, e := range load(t).Reader {
		t.Run(e.Note, func(t *testing.T) {
			var cells []Cell
			p := Partition{Parent: "total"}
			for key, n := range e.N {
				c := Cell{Key: key, Level: 1, N: n, Favourable: e.Fav[key], Index: e.Index[key], Shown: slices.Contains(e.Released, key)}
				if key == "total" {
					c.Level = 0
				} else {
					p.Parts = append(p.Parts, key)
				}
				cells = append(cells, c)
			}
			slices.SortFunc(cells, func(a, b Cell) int { return strings.Compare(a.Key, b.Key) })
			r := Reader{K: e.K, Partitions: []Partition{p}, Lowest: 75, Highest: 50, UseIndex: e.UseIndex}
			m := r.model(cells)
			known := m.conclude(cells)
			var hazards []string
			for i, c := range cells {
				if got := [2]int{int(known[i].lowF), int(known[i].highF)}; got != e.Bounds[c.Key] {
					t.Errorf("%s: favourable %v, want %v", c.Key, got, e.Bounds[c.Key])
				}
				if m.hazard(cells, known, i) {
					hazards = append(hazards, c.Key)
				}
			}
			var kept []string
			for _, c := range r.Guard(cells) {
				if c.Shown {
					kept = append(kept, c.Key)
				}
			}
			slices.Sort(e.Kept)
			if !slices.Equal(hazards, e.Hazards) || !slices.Equal(kept, e.Kept) {
				t.Errorf("hazards %v, want %v; kept %v, want %v", hazards, e.Hazards, kept, e.Kept)
			}
		})
	}
}

// TestNobodyIsIsolated tries, for random groups over random atoms, to isolate fewer
// than k people by every sum and difference of up to three published groups.
func TestNobodyIsIsolated(t *testing.T) {
	tried := 0
	for seed := range uint64(300) {
		weights, candidates := randomWorld(seed)
		var rows [][]int
		for _, d := range NewLedger(5, weights).Decide(Order(5, weights, candidates, nil)) {
			if d.Outcome != Released {
				continue
			}
			row := make([]int, len(weights))
			for _, a := range d.Atoms {
				row[a] = 1
			}
			rows = append(rows, row)
		}
		tried += combine(t, rows, weights, fmt.Sprint("seed ", seed))
	}
	if tried < 10_000 {
		t.Errorf("only %d combinations tried", tried)
	}
	t.Logf("%d combinations tried", tried)
}

// combine checks that every nonzero combination with small factors of three rows is
// carried by at least 5 people or by none.
func combine(t *testing.T, rows [][]int, weights []int, name string) (tried int) {
	for i := range rows {
		for j := i + 1; j < len(rows); j++ {
			for k := j; k < len(rows); k++ {
				for f := range 27 {
					x, y, z := f%3-1, f/3%3-1, f/9-1
					people, nonzero := 0, false
					for a, w := range weights {
						v := x*rows[i][a] + y*rows[j][a]
						if k > j {
							v += z * rows[k][a]
						}
						if v != 0 && w > 0 {
							people += w
							nonzero = true
						}
					}
					tried++
					if nonzero && people < 5 {
						t.Fatalf("%s: %d people isolated", name, people)
					}
				}
			}
		}
	}
	return tried
}

func TestRateClass(t *testing.T) {
	for _, c := range []struct {
		answered, invited int
		want              string
	}{{0, 10, "<25"}, {2, 8, "25-49"}, {1, 8, "<25"}, {5, 10, "50-74"}, {3, 4, "75-89"}, {9, 10, ">=90"}, {10, 10, ">=90"}} {
		if got := RateClass(c.answered, c.invited); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.answered, c.invited, got, c.want)
		}
	}
}

func TestOutward(t *testing.T) {
	for _, c := range []struct {
		low, high          float64
		n                  int
		wantLow, wantHigh_ float64
	}{{41.2, 58.1, 40, 40, 60}, {40, 60, 40, 40, 60}, {62.9, 67.3, 248, 62, 68}, {-3, 104, 10, 0, 100}} {
		low, high := Outward(c.low, c.high, c.n)
		if low != c.wantLow || high != c.wantHigh_ {
			t.Errorf("%v..%v of %d: %v..%v", c.low, c.high, c.n, low, high)
		}
	}
}
