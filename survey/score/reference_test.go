package score

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"
)

// reference is the extract of the values made with R.
type reference struct {
	Total     map[string]block `json:"total"`
	ByProcess map[string]block `json:"by_process_I3"`
	ByRole    map[string]block `json:"by_role_I3"`
	Post      map[string]struct {
		Mean float64 `json:"weighted_mean"`
		SE   float64 `json:"se"`
	} `json:"poststratified_by_process"`
	Reliability map[string]map[string]struct {
		N     int        `json:"n"`
		Alpha *float64   `json:"alpha"`
		CI    []*float64 `json:"alpha_ci"`
		SB    *float64   `json:"spearman_brown"`
	} `json:"reliability"`
	Barrier []struct {
		Index     []*float64 `json:"index"`
		High      []*float64 `json:"ci_hi"`
		Stage     *int       `json:"stage"`
		Certainty string     `json:"certainty"`
	} `json:"barrier"`
}

type block struct {
	Invited    int                        `json:"invited"`
	Responses  int                        `json:"responses"`
	Rate       float64                    `json:"response_rate"`
	Items      map[string]json.RawMessage `json:"items"`
	Constructs map[string]json.RawMessage `json:"constructs"`
	Net        struct {
		N   int        `json:"n"`
		Net *float64   `json:"net"`
		CI  []*float64 `json:"ci_fpc"`
	} `json:"net10"`
}

type numbers struct {
	N          int        `json:"n"`
	Mean       *float64   `json:"mean"`
	SD         *float64   `json:"sd"`
	Index      *float64   `json:"index"`
	Favourable *int       `json:"n_fav"`
	Unfav      *int       `json:"n_unfav"`
	WilsonFPC  []*float64 `json:"fav_wilson_fpc"`
	Wilson     []*float64 `json:"fav_wilson"`
	MeanFPC    []*float64 `json:"mean_ci_fpc"`
	MeanCI     []*float64 `json:"mean_ci"`
	IndexFPC   []*float64 `json:"index_ci_fpc"`
}

type sheet struct {
	iteration, process, role string
	answers                  map[string]string
}

type data struct {
	items   []struct{ key, construct string }
	scale   map[string]Scale
	reverse map[string]bool
	sheets  []sheet
	invited map[[3]string]int
}

func readCSV(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
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

func load(t *testing.T) (*data, *reference) {
	t.Helper()
	d := &data{scale: map[string]Scale{}, reverse: map[string]bool{}, invited: map[[3]string]int{}}
	for _, r := range readCSV(t, "items.csv")[1:] {
		lo, _ := strconv.Atoi(r[3])
		hi, _ := strconv.Atoi(r[4])
		d.items = append(d.items, struct{ key, construct string }{r[0], r[1]})
		d.scale[r[0]], d.reverse[r[0]] = Scale{lo, hi}, r[5] == "1"
	}
	rows := readCSV(t, "pulse.csv")
	for _, r := range rows[1:] {
		s := sheet{r[0], r[1], r[2], map[string]string{}}
		for i, v := range r[3:] {
			s.answers[rows[0][i+3]] = v
		}
		d.sheets = append(d.sheets, s)
	}
	for _, r := range readCSV(t, "invited.csv")[1:] {
		d.invited[[3]string{r[0], r[1], r[2]}], _ = strconv.Atoi(r[3])
	}
	raw, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var want reference
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	return d, &want
}

// sel says whether a sheet belongs to a group; empty = any.
type sel struct{ iteration, process, role string }

func (s sel) holds(iteration, process, role string) bool {
	return s.iteration == iteration && (s.process == "" || s.process == process) && (s.role == "" || s.role == role)
}

func (d *data) of(s sel) (sheets []sheet, invited int) {
	for _, one := range d.sheets {
		if s.holds(one.iteration, one.process, one.role) {
			sheets = append(sheets, one)
		}
	}
	for key, n := range d.invited {
		if s.holds(key[0], key[1], key[2]) {
			invited += n
		}
	}
	return sheets, invited
}

// scored gives the scored value of an item, NaN without one.
func (d *data) scored(s sheet, key string) float64 {
	raw, err := strconv.Atoi(s.answers[key])
	if err != nil {
		return math.NaN()
	}
	return float64(d.scale[key].Score(raw, d.reverse[key]))
}

func (d *data) construct(s sheet, key string) (float64, bool) {
	return Construct(d.values(s, key))
}

func (d *data) values(s sheet, construct string) []float64 {
	var values []float64
	for _, i := range d.items {
		if i.construct == construct {
			values = append(values, d.scored(s, i.key))
		}
	}
	return values
}

func histogram(values []float64) Histogram {
	counts := map[float64]int{}
	for _, v := range values {
		if !math.IsNaN(v) {
			counts[v]++
		}
	}
	var h Histogram
	for v := range counts {
		h.Values = append(h.Values, v)
	}
	slices.Sort(h.Values)
	for _, v := range h.Values {
		h.Counts = append(h.Counts, counts[v])
	}
	return h
}

// checker counts comparisons with the reference.
type checker struct {
	t        *testing.T
	compared int
	worst    float64 // largest relative difference
}

// differ notes how far two numbers are apart, relative to the one wanted.
func (c *checker) differ(got, want float64) {
	if d := math.Abs(got - want); d > 0 && want != 0 {
		c.worst = max(c.worst, d/math.Abs(want))
	}
}

// tell prints what was compared of a section of methods.md.
func (c *checker) tell(section string) {
	c.t.Helper()
	c.t.Logf("methods.md %s: %d numbers compared, largest relative difference %.1e", section, c.compared, c.worst)
}

func (c *checker) same(what string, got float64, want *float64) {
	c.t.Helper()
	c.compared++
	switch {
	case want == nil && !math.IsNaN(got):
		c.t.Errorf("%s = %v, want none", what, got)
	case want != nil && !(math.Abs(got-*want) <= 1e-8*max(1e-3, math.Abs(*want))):
		c.t.Errorf("%s = %.12g, want %.12g", what, got, *want)
	case want != nil:
		c.differ(got, *want)
	}
}

func (c *checker) interval(what string, got *Interval, want []*float64) {
	c.t.Helper()
	if want == nil {
		return
	}
	if got == nil {
		got = &Interval{math.NaN(), math.NaN()}
	}
	c.same(what+" low", got.Low, want[0])
	c.same(what+" high", got.High, want[1])
}

func (c *checker) numbers(what string, h Histogram, s Scale, invited int, want numbers) {
	c.t.Helper()
	c.same(what+" n", float64(h.N()), new(float64(want.N)))
	c.same(what+" mean", h.Mean(), want.Mean)
	c.interval(what+" mean ci", h.Interval(0), want.MeanCI)
	c.interval(what+" mean ci fpc", h.Interval(invited), want.MeanFPC)
	if want.SD != nil {
		c.same(what+" sd", h.SD(), want.SD)
	}
	index, favourable, unfavourable := Histogram{Counts: h.Counts}, 0, 0
	for i, v := range h.Values {
		x := s.Index(v)
		index.Values = append(index.Values, x)
		if Favourable(x) {
			favourable += h.Counts[i]
		}
		if Unfavourable(x) {
			unfavourable += h.Counts[i]
		}
	}
	c.same(what+" index", index.Mean(), want.Index)
	c.interval(what+" index ci", index.Interval(invited), want.IndexFPC)
	if want.Favourable != nil {
		c.same(what+" favourable", float64(favourable), new(float64(*want.Favourable)))
		c.interval(what+" wilson", Wilson(favourable, h.N(), 0), want.Wilson)
		c.interval(what+" wilson fpc", Wilson(favourable, h.N(), invited), want.WilsonFPC)
	}
	if want.Unfav != nil {
		c.same(what+" unfavourable", float64(unfavourable), new(float64(*want.Unfav)))
	}
}

func TestNumbersEqualReference(t *testing.T) {
	d, want := load(t)
	c := &checker{t: t}
	for iteration, b := range want.Total {
		c.block(d, "total "+iteration, sel{iteration, "", ""}, b)
	}
	for process, b := range want.ByProcess {
		c.block(d, process, sel{"I3", process, ""}, b)
	}
	for role, b := range want.ByRole {
		c.block(d, role, sel{"I3", "", role}, b)
	}
	if c.compared < 3000 {
		t.Errorf("only %d numbers compared", c.compared)
	}
	c.tell("2 and 3")
}

func (c *checker) block(d *data, name string, s sel, b block) {
	sheets, invited := d.of(s)
	c.same(name+" invited", float64(invited), new(float64(b.Invited)))
	c.same(name+" rate", float64(len(sheets))/float64(invited), &b.Rate)
	for key, raw := range b.Items {
		var want numbers
		if err := json.Unmarshal(raw, &want); err != nil {
			c.t.Fatal(err)
		}
		var values []float64
		for _, one := range sheets {
			values = append(values, d.scored(one, key))
		}
		c.numbers(fmt.Sprint(name, " ", key), histogram(values), d.scale[key], invited, want)
	}
	for key, raw := range b.Constructs {
		var want numbers
		if err := json.Unmarshal(raw, &want); err != nil {
			c.t.Fatal(err)
		}
		var values []float64
		for _, one := range sheets {
			if v, ok := d.construct(one, key); ok {
				values = append(values, v)
			}
		}
		c.numbers(fmt.Sprint(name, " ", key), histogram(values), Scale{1, 5}, invited, want)
	}
	var net []float64
	for _, one := range sheets {
		if raw, err := strconv.Atoi(one.answers["REC"]); err == nil {
			net = append(net, Recommendation(raw))
		}
	}
	c.same(name+" net", histogram(net).Mean(), b.Net.Net)
	c.interval(name+" net ci", histogram(net).Interval(invited), b.Net.CI)
}

func TestPostStratifiedEqualsReference(t *testing.T) {
	d, want := load(t)
	c := &checker{t: t}
	for iteration, w := range want.Post {
		var strata []Stratum
		for _, process := range []string{"INC", "REQ", "CHG", "PRB", "CFG"} {
			sheets, invited := d.of(sel{iteration, process, ""})
			var values []float64
			for _, one := range sheets {
				if v, ok := d.construct(one, "ACC"); ok {
					values = append(values, v)
				}
			}
			strata = append(strata, Stratum{histogram(values), invited})
		}
		mean, se, ok := PostStratified(strata)
		if !ok {
			t.Fatal("not defined")
		}
		c.same(iteration+" mean", mean, &w.Mean)
		c.same(iteration+" se", se, &w.SE)
	}
	if _, _, ok := PostStratified([]Stratum{{Histogram{[]float64{1}, []int{1}}, 5}}); ok {
		t.Error("one answer in a stratum: defined")
	}
}

func TestReliabilityEqualsReference(t *testing.T) {
	d, want := load(t)
	c := &checker{t: t}
	defer c.tell("6, alpha")
	for iteration, constructs := range want.Reliability {
		sheets, _ := d.of(sel{iteration, "", ""})
		for key, w := range constructs {
			var complete [][]float64
			for _, one := range sheets {
				if v := d.values(one, key); !slices.ContainsFunc(v, math.IsNaN) {
					complete = append(complete, v)
				}
			}
			r := Alpha(complete)
			c.same(key+" n", float64(r.N), new(float64(w.N)))
			c.same(key+" alpha", r.Alpha, w.Alpha)
			c.interval(key+" alpha ci", &r.CI, w.CI)
			if w.SB != nil {
				c.same(key+" spearman-brown", *r.SpearmanBrown, w.SB)
			}
			if key == "COM" && r.Reportable() || key == "ACC" && !r.Reportable() {
				t.Errorf("%s %s reportable = %v", iteration, key, r.Reportable())
			}
		}
	}
}

func TestAlphaIsUndefined(t *testing.T) {
	for name, complete := range map[string][][]float64{
		"nobody": nil, "two people": {{1, 2}, {2, 3}}, "one item": {{1}, {2}, {3}},
		"no variance": {{1, 2}, {1, 3}, {1, 4}}, "opposite": {{1, 3}, {2, 2}, {3, 1}},
	} {
		if r := Alpha(complete); r != nil {
			t.Errorf("%s: %+v, want none", name, r)
		}
	}
}

func TestBarrierEqualsReference(t *testing.T) {
	_, want := load(t)
	for i, w := range want.Barrier {
		var stages []Stage
		for j := range w.Index {
			stages = append(stages, Stage{Index: w.Index[j], High: w.High[j], Withheld: w.Index[j] == nil})
		}
		at, certainty := Barrier(stages)
		if certainty != w.Certainty || w.Stage != nil && at+1 != *w.Stage {
			t.Errorf("example %d: stage %d %s, want %v %s", i, at+1, certainty, w.Stage, w.Certainty)
		}
	}
}

func TestUndefinedIsNil(t *testing.T) {
	equal := Histogram{[]float64{4}, []int{7}}
	for name, got := range map[string]*Interval{
		"nobody": Histogram{}.Interval(10), "all equal": equal.Interval(10), "no share": Wilson(0, 0, 10),
		"one": Histogram{[]float64{4}, []int{1}}.Interval(10),
	} {
		if got != nil {
			t.Errorf("%s: %+v, want none", name, got)
		}
	}
	if got := equal.Interval(7); got == nil || got.Low != 4 || got.High != 4 {
		t.Errorf("census: %+v, want the point", got)
	}
}

func TestEqualScoresHaveNoSpread(t *testing.T) {
	for n := 2; n < 200; n++ {
		for _, v := range []float64{1.333333333333, 3.666666666667, 2.2} {
			h := Histogram{[]float64{1, v, 5}, []int{0, n, 0}}
			if h.Mean() != v || h.SD() != 0 || h.Interval(500) != nil {
				t.Fatalf("%d times %v: mean %v, SD %v, interval %v", n, v, h.Mean(), h.SD(), h.Interval(500))
			}
		}
	}
}

func TestWords(t *testing.T) {
	for rate, want := range map[float64]string{0.7: Good, 0.699: Usable, 0.5: Usable, 0.499: Weak, 0.3: Weak, 0.299: Poor, 0: Poor} {
		if got := Participation(rate); got != want {
			t.Errorf("%v: %s, want %s", rate, got, want)
		}
	}
	if ManyCannotSay(25, 100) || !ManyCannotSay(26, 100) || ManyBlank(20, 100) || !ManyBlank(21, 100) {
		t.Error("bounds of the warnings are not exclusive")
	}
	if Composition(30, 100, 40, 200) || !Composition(31, 100, 40, 200) || Composition(0, 0, 1, 2) {
		t.Error("bounds of composition are not exclusive")
	}
}
