package score

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Correlation of two rankings over the people who have both values.
type Correlation struct {
	N int
	R float64 // -1..1
	P float64 // two-sided
}

// correlatable is the number of people a correlation may be shown for.
const correlatable = 30

// Enough says that the thirty people are there that a correlation is shown for.
func (c *Correlation) Enough() bool { return c != nil && c.N >= correlatable }

// Spearman is the correlation of the midranks of x and y, one value a person, NaN =
// missing; p from Student's t. nil below three people or without variance.
func Spearman(x, y []float64) *Correlation {
	j := joint(x, y)
	if !j.correlatable() {
		return nil
	}
	ranksX, ranksY := midranks(j.x), midranks(j.y)
	var u, v, weights []float64
	for _, c := range j.cells {
		u, v, weights = append(u, ranksX[c.x]), append(v, ranksY[c.y]), append(weights, c.people)
	}
	c := &Correlation{N: int(j.n), R: stat.Correlation(u, v, weights)}
	if math.Abs(c.R) < 1 {
		df := j.n - 2
		t := c.R * math.Sqrt(df/(1-c.R*c.R))
		c.P = 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.CDF(-math.Abs(t))
	}
	return c
}

// Kendall is tau-b of x and y, one value a person, NaN = missing; p normal with the
// variance corrected for ties. nil below three people or without variance.
func Kendall(x, y []float64) *Correlation {
	j := joint(x, y)
	if !j.correlatable() {
		return nil
	}
	s, all := j.agreement(), j.n*(j.n-1)/2
	// The variance of s, which counts every pair as 1 or -1, is four times that of J.
	z := s / math.Sqrt(4*concordance(j.n, j.x, j.y))
	return &Correlation{N: int(j.n), R: s / math.Sqrt((all-tied(j.x))*(all-tied(j.y))), P: twoSided(z)}
}

// pairing counts people by two values. What is computed from it costs as much as
// there are different pairs of values, however many people there are.
type pairing struct {
	n     float64
	x, y  []float64 // people by value, ascending
	cells []pair    // by x, then y
}

// pair is how many people have the value of rank x, from 0, together with that of rank y.
type pair struct {
	x, y   int
	people float64
}

// joint counts the people who have both values.
func joint(x, y []float64) pairing {
	counts := map[[2]float64]float64{}
	for i := range x {
		if !math.IsNaN(x[i]) && !math.IsNaN(y[i]) {
			counts[[2]float64{x[i], y[i]}]++
		}
	}
	var ends [2][]float64
	for values := range counts {
		ends[0], ends[1] = append(ends[0], values[0]), append(ends[1], values[1])
	}
	for side := range ends {
		slices.Sort(ends[side])
		ends[side] = slices.Compact(ends[side])
	}
	j := pairing{x: make([]float64, len(ends[0])), y: make([]float64, len(ends[1]))}
	for values, people := range counts {
		c := pair{people: people}
		c.x, _ = slices.BinarySearch(ends[0], values[0])
		c.y, _ = slices.BinarySearch(ends[1], values[1])
		j.n, j.x[c.x], j.y[c.y] = j.n+people, j.x[c.x]+people, j.y[c.y]+people
		j.cells = append(j.cells, c)
	}
	slices.SortFunc(j.cells, func(a, b pair) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) })
	return j
}

// correlatable says that there are three people and variance in both values.
func (j pairing) correlatable() bool { return j.n >= 3 && len(j.x) > 1 && len(j.y) > 1 }

// midranks gives for people by value their rank from 1, equal ones the mean of theirs.
func midranks(people []float64) []float64 {
	ranks, below := make([]float64, len(people)), 0.0
	for i, n := range people {
		ranks[i] = below + (n+1)/2
		below += n
	}
	return ranks
}

// tied counts the pairs within ties.
func tied(sizes []float64) float64 {
	sum := 0.0
	for _, t := range sizes {
		sum += t * (t - 1) / 2
	}
	return sum
}

// agreement counts the pairs of people ordered alike minus those ordered the other way,
// by sorting (Knight 1966).
func (j pairing) agreement() float64 {
	tiedInBoth := 0.0
	for _, c := range j.cells {
		tiedInBoth += c.people * (c.people - 1) / 2
	}
	ordered := j.n*(j.n-1)/2 - tied(j.x) - tied(j.y) + tiedInBoth
	return ordered - 2*inversions(slices.Clone(j.cells), make([]pair, len(j.cells)))
}

// inversions sorts cells by y and counts the pairs of people that were in falling order.
func inversions(cells, space []pair) float64 {
	if len(cells) < 2 {
		return 0
	}
	half := len(cells) / 2
	left, right := cells[:half], cells[half:]
	count := inversions(left, space) + inversions(right, space)
	waiting := 0.0
	for _, c := range left {
		waiting += c.people
	}
	merged := space[:0]
	for len(left) > 0 || len(right) > 0 {
		if len(right) == 0 || len(left) > 0 && left[0].y <= right[0].y {
			waiting -= left[0].people
			merged, left = append(merged, left[0]), left[1:]
			continue
		}
		count += waiting * right[0].people
		merged, right = append(merged, right[0]), right[1:]
	}
	copy(cells, merged)
	return count
}
