package tally

import (
	"math"

	"pulscheck/survey/score"
)

// exactComparison sets two rounds side by side (section 4).
type exactComparison struct {
	N1         int         `json:"n1"`
	N2         int         `json:"n2"`
	Mean1      *float64    `json:"mean1"`
	Mean2      *float64    `json:"mean2"`
	Difference *float64    `json:"diff"`
	T          *float64    `json:"welch_t"`
	DF         *float64    `json:"welch_df"`
	P          *float64    `json:"welch_p"`
	CI         [2]*float64 `json:"diff_ci"`
	CIFPC      [2]*float64 `json:"diff_ci_fpc"`
	U          *float64    `json:"mwu_u_later"`
	Z          *float64    `json:"mwu_z"`
	RankP      *float64    `json:"mwu_p"`
	Superior   *float64    `json:"bm_ps"`
	SuperiorCI [2]*float64 `json:"bm_ps_ci"`
	BM         *float64    `json:"bm_stat"`
	BMDF       *float64    `json:"bm_df"`
	BMP        *float64    `json:"bm_p"`
	Delta      *float64    `json:"cliffs_delta"`
	DeltaCI    [2]*float64 `json:"delta_ci"`
	Cohen      *float64    `json:"cohens_d"`
	Hedges     *float64    `json:"hedges_g"`
	Deciding   *float64    `json:"p_decision"`
	Adjusted   *float64    `json:"p_adj"`
	Adjust     string      `json:"adjust"`
	Wording    string      `json:"wording"` // the rule of section 4 by p and delta alone
	Verdict    string      `json:"verdict"` // after participation, and "stable"
	Size       string      `json:"size,omitempty"`
	TooSmall   bool        `json:"too_small_to_matter"`
}

// Verdicts are adjusted within families by one of these.
const (
	holm     = "holm"
	benjamin = "BH"
)

// adjustments are the functions of their names.
var adjustments = map[string]func([]float64) []float64{holm: score.Holm, benjamin: score.BenjaminiHochberg}

// test is one comparison of a family.
type test struct {
	name string
	v    variable
	g    *group // in the earlier round
}

// changes compares each round with the one before and the last with the first.
func (e *exact) changes() {
	last := len(e.samples) - 1
	for i := 1; i <= last; i++ {
		e.change(e.samples[i-1], e.samples[i])
	}
	if last > 1 {
		e.change(e.samples[0], e.samples[last])
	}
}

// change compares two rounds: the constructs of the total (primary), the items of the
// total and of the first column's groups that both rounds release (exploratory), and
// for every other set of groups all items and constructs, a family each.
func (e *exact) change(a, b *sample) {
	pair := a.in.Round + "_" + b.in.Round
	constructs, items := variables([]*sample{a, b})
	total := a.groups.byKey["total"]
	var primary []test
	for _, v := range constructs {
		primary = append(primary, test{v.key, v, total})
	}
	e.into("compare_primary")[pair], _ = exactFamily(a, b, primary, holm)
	exploratory := tests(items, total)
	others := map[string][]test{}
	for _, key := range a.groups.order {
		g := a.groups.byKey[key]
		if g.level == 0 || b.same(g) == nil {
			continue
		}
		by := "compare_" + e.by(g.Group) + "_" + pair
		others[by] = append(others[by], tests(append(constructs[:len(constructs):len(constructs)], items...), g)...)
		if g.level == 1 && g.parts()[e.First] != "" && a.who.isShown[key] && b.who.isShown[key] {
			exploratory = append(exploratory, tests(items, g)...)
		}
	}
	var p []float64
	e.out["compare_exploratory_"+pair], p = exactFamily(a, b, exploratory, benjamin)
	if b == e.samples[len(e.samples)-1] && a == e.samples[len(e.samples)-2] {
		of := e.into("holm_of_exploratory_p")
		for i, adjusted := range score.Holm(p) {
			of[exploratory[i].name] = finite(adjusted)
		}
	}
	for name, list := range others {
		e.out[name], _ = exactFamily(a, b, list, benjamin)
	}
}

func tests(variables []variable, g *group) []test {
	var list []test
	for _, v := range variables {
		list = append(list, test{v.key + "|" + label(g.Group), v, g})
	}
	return list
}

// exactFamily compares and judges, and gives the deciding p of each test, NaN where it was
// not done.
func exactFamily(a, b *sample, list []test, adjust string) (compared Exact, p []float64) {
	compared = Exact{}
	all := make([]*score.Comparison, len(list))
	p = make([]float64, len(list))
	for i, t := range list {
		all[i] = score.Compare(a.histogram(t.v, t.g), b.histogram(t.v, b.same(t.g)))
		p[i] = math.NaN()
		if all[i].Enough() {
			p[i] = all[i].P
		}
	}
	for i, j := range score.Judge(all, adjustments[adjust]) {
		x := exactly(all[i], a.histogram(list[i].v, list[i].g), b.histogram(list[i].v, b.same(list[i].g)), a.population(list[i].g), b.population(b.same(list[i].g)))
		x.Adjusted, x.Adjust, x.Wording, x.TooSmall = j.Adjusted, adjust, j.Verdict, j.TooSmall
		x.Verdict = verdict(a, b, list[i], all[i], j.Verdict)
		compared[list[i].name] = x
	}
	return compared, p
}

// verdict lowers a word where participation was low or uneven, and tells stability.
func verdict(a, b *sample, t test, c *score.Comparison, word string) string {
	before, known := a.rate(a.groups.byKey["total"])
	after, knownToo := b.rate(b.groups.byKey["total"])
	if known && knownToo {
		word = score.Capped(word, before, after)
	}
	if scale, ok := b.scale(t.v); ok && word == score.NoClearChange && c.Stable(scale) {
		word = Stable
	}
	return word
}

// exactly spells a comparison out; c is nil if a sample is empty.
func exactly(c *score.Comparison, earlier, later score.Histogram, invited1, invited2 int) exactComparison {
	x := exactComparison{N1: earlier.N(), N2: later.N(), Mean1: finite(earlier.Mean()), Mean2: finite(later.Mean())}
	if c == nil {
		return x
	}
	x.Difference, x.Delta, x.DeltaCI, x.Cohen, x.Hedges = finite(c.Difference), finite(c.Delta), ends(c.DeltaCI), c.D, c.G
	x.Size, x.Deciding = score.Size(c.Delta), finite(c.P)
	if w := c.Welch; w != nil {
		x.T, x.DF, x.P, x.CI = finite(w.T), finite(w.DF), finite(w.P), ends(&w.CI)
	}
	if w := score.Welch(earlier, later, invited1, invited2); w != nil {
		x.CIFPC = ends(&w.CI)
	}
	if r := c.RankSum; r != nil {
		x.U, x.Z, x.RankP = finite(r.U), finite(r.Z), finite(r.P)
	}
	if s := c.Superiority; s != nil {
		x.Superior, x.SuperiorCI, x.BM, x.BMDF, x.BMP = finite(s.Probability), ends(s.CI), s.T, s.DF, s.P
	}
	return x
}
