package protect

import "math"

// conclusion gives what can be concluded of each cell.
type conclusion func(cells []Cell) []bounds

// owner is somebody who has, beside the displayed values, the exact distributions
// that are kept: a reader who reckons with the answers of every value, where the
// reader guard has favourable answers and sums only.
type owner struct {
	model
	classes [4][]float64 // which values are favourable, neutral, unfavourable, not favourable: 1 or 0
	ones    []float64
	missing []float64 // what each value lacks to 100
}

func (m model) owner() owner {
	o := owner{model: m}
	for _, v := range m.Values {
		in := [4]float64{}
		switch {
		case v >= m.Lowest-rounding:
			in[0] = 1
		case v > unfavourableUpTo+rounding:
			in[1] = 1
		default:
			in[2] = 1
		}
		in[3] = 1 - in[0]
		for class := range in {
			o.classes[class] = append(o.classes[class], in[class])
		}
		o.ones, o.missing = append(o.ones, 1), append(o.missing, 100-v)
	}
	return o
}

// unfavourableUpTo is the largest index of an unfavourable answer (methods.md 2).
const unfavourableUpTo = 25

// span is the least and the most that something can be.
type span struct{ low, high float64 }

// knowledge of one cell.
type knowledge struct {
	counts                []span // of answers of each value
	favourable, sum       span
	neutral, unfavourable span // as displayed
	fixed                 bool // nothing is left to find out
}

// conclude propagates what is displayed and kept until nothing changes.
func (o owner) conclude(cells []Cell) []bounds {
	known := make([]knowledge, len(cells))
	room := make([]span, len(cells)*len(o.Values))
	for i, c := range cells {
		known[i] = o.start(c, room[i*len(o.Values):(i+1)*len(o.Values)])
	}
	for range maxRounds {
		change := 0.0
		for i, c := range cells {
			if !known[i].fixed {
				change = max(change, o.add(c, &known[i]))
			}
		}
		for _, p := range o.partitions {
			for v := range o.Values {
				change = max(change, p.narrow(func(i int) (*float64, *float64) { return &known[i].counts[v].low, &known[i].counts[v].high }))
			}
			change = max(change, p.narrow(func(i int) (*float64, *float64) { return &known[i].favourable.low, &known[i].favourable.high }))
			change = max(change, p.narrow(func(i int) (*float64, *float64) { return &known[i].sum.low, &known[i].sum.high }))
		}
		if change < rounding {
			break
		}
	}
	list := make([]bounds, len(cells))
	for i, k := range known {
		list[i] = bounds{k.favourable.low, k.favourable.high, k.sum.low, k.sum.high}
	}
	return list
}

// start is what the values of one cell say alone. Its kept histogram is exact; else
// from 2k people on the shares of three classes are displayed.
func (o owner) start(c Cell, counts []span) knowledge {
	n, b := float64(c.N), o.displayed(c)
	k := knowledge{counts, span{b.lowF, b.highF}, span{b.lowS, b.highS}, span{0, n}, span{0, n}, c.Exact || c.N == 0}
	neutral, unfavourable := 0, 0
	for i := range counts {
		counts[i] = span{0, n}
		if c.Exact {
			counts[i] = span{float64(c.Counts[i]), float64(c.Counts[i])}
		}
		neutral += int(o.classes[1][i]) * c.Counts[i]
		unfavourable += int(o.classes[2][i]) * c.Counts[i]
	}
	if c.Shown && c.N >= 2*o.K && o.UseIndex && BandOf(c.N, c.Favourable, o.K).Kind == NoBand {
		k.neutral, k.unfavourable = shared(neutral, c.N), shared(unfavourable, c.N)
	}
	return k
}

// shared gives the numbers of n people whose share is displayed as that of x.
func shared(x, n int) span {
	s := span{float64(x), float64(x)}
	for y := x; y >= 0 && Share(y, n) == Share(x, n); y-- {
		s.low = float64(y)
	}
	for y := x; y <= n && Share(y, n) == Share(x, n); y++ {
		s.high = float64(y)
	}
	return s
}

// add lets the numbers of one cell bound each other: together they are everybody,
// each class has its answers, and all make the sum. What the others lack says the
// same from the other side, and more.
func (o owner) add(c Cell, k *knowledge) float64 {
	before, n := *k, float64(c.N)
	all := span{n, n}
	others := span{n - k.favourable.high, n - k.favourable.low}
	lack := span{100*n - k.sum.high, 100*n - k.sum.low}
	change := max(
		equate(k.counts, o.ones, &all), equate(k.counts, o.classes[0], &k.favourable), equate(k.counts, o.classes[1], &k.neutral),
		equate(k.counts, o.classes[2], &k.unfavourable), equate(k.counts, o.classes[3], &others),
		equate(k.counts, o.Values, &k.sum), equate(k.counts, o.missing, &lack))
	k.favourable = span{max(k.favourable.low, n-others.high), min(k.favourable.high, n-others.low)}
	k.sum = span{max(k.sum.low, 100*n-lack.high), min(k.sum.high, 100*n-lack.low)}
	b := bounds{k.favourable.low, k.favourable.high, k.sum.low, k.sum.high}
	o.relate(c, &b)
	k.favourable = span{b.lowF, b.highF}
	k.sum = span{o.Step * math.Ceil(b.lowS/o.Step-rounding), o.Step * math.Floor(b.highS/o.Step+rounding)} // of whole answers
	return max(change, k.favourable.low-before.favourable.low, before.favourable.high-k.favourable.high,
		k.sum.low-before.sum.low, before.sum.high-k.sum.high)
}

// equate applies Σ factor·count = total in both directions and gives how much the
// counts changed.
func equate(counts []span, factors []float64, total *span) float64 {
	low, high, change := 0.0, 0.0, 0.0
	for i, f := range factors {
		low, high = low+f*counts[i].low, high+f*counts[i].high
	}
	total.low, total.high = max(total.low, low), min(total.high, high)
	for i, f := range factors {
		if c := &counts[i]; f != 0 && c.low < c.high {
			least := math.Ceil((total.low-high)/f + c.high - rounding)
			most := math.Floor((total.high-low)/f + c.low + rounding)
			change = max(change, least-c.low, c.high-most)
			c.low, c.high = max(c.low, least), min(c.high, most)
		}
	}
	return change
}
