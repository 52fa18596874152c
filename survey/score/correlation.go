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
	x, y = both(x, y)
	if x == nil {
		return nil
	}
	c := &Correlation{N: len(x), R: stat.Correlation(midranks(x), midranks(y), nil)}
	if math.Abs(c.R) < 1 {
		df := float64(c.N - 2)
		t := c.R * math.Sqrt(df/(1-c.R*c.R))
		c.P = 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.CDF(-math.Abs(t))
	}
	return c
}

// Kendall is tau-b of x and y, one value a person, NaN = missing; p normal with the
// variance corrected for ties. nil below three people or without variance.
func Kendall(x, y []float64) *Correlation {
	x, y = both(x, y)
	if x == nil {
		return nil
	}
	n := float64(len(x))
	tiesX, tiesY := tieSizes(pointMasses(x)), tieSizes(pointMasses(y))
	s, all := agreement(x, y), n*(n-1)/2
	// The variance of s, which counts every pair as 1 or -1, is four times that of J.
	z := s / math.Sqrt(4*concordance(n, tiesX, tiesY))
	return &Correlation{N: len(x), R: s / math.Sqrt((all-tied(tiesX))*(all-tied(tiesY))), P: twoSided(z)}
}

// both keeps the people who have both values; nil where nothing can be correlated.
func both(x, y []float64) (xs, ys []float64) {
	for i := range x {
		if !math.IsNaN(x[i]) && !math.IsNaN(y[i]) {
			xs, ys = append(xs, x[i]), append(ys, y[i])
		}
	}
	if len(xs) < 3 || constant(xs) || constant(ys) {
		return nil, nil
	}
	return xs, ys
}

func constant(values []float64) bool { return slices.Min(values) == slices.Max(values) }

// midranks gives every value its rank from 1, equal ones the mean of theirs.
func midranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	ranks := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+1+to) / 2
		}
		from = to
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

// agreement counts the pairs ordered alike minus those ordered the other way, by
// sorting (Knight 1966).
func agreement(x, y []float64) float64 {
	people := make([][2]float64, len(x))
	same := map[[2]float64]float64{}
	for i := range x {
		people[i] = [2]float64{x[i], y[i]}
		same[people[i]]++
	}
	slices.SortFunc(people, func(a, b [2]float64) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	sorted := make([]float64, len(people))
	for i, p := range people {
		sorted[i] = p[1]
	}
	n, tiedInBoth := float64(len(x)), 0.0
	for _, t := range same {
		tiedInBoth += t * (t - 1) / 2
	}
	ordered := n*(n-1)/2 - tied(tieSizes(pointMasses(x))) - tied(tieSizes(pointMasses(y))) + tiedInBoth
	return ordered - 2*inversions(sorted, make([]float64, len(sorted)))
}

// inversions sorts values and counts the pairs that were in falling order.
func inversions(values, space []float64) float64 {
	if len(values) < 2 {
		return 0
	}
	half := len(values) / 2
	left, right := values[:half], values[half:]
	count := inversions(left, space) + inversions(right, space)
	merged := space[:0]
	for len(left) > 0 || len(right) > 0 {
		if len(right) == 0 || len(left) > 0 && left[0] <= right[0] {
			merged, left = append(merged, left[0]), left[1:]
			continue
		}
		count += float64(len(left))
		merged, right = append(merged, right[0]), right[1:]
	}
	copy(values, merged)
	return count
}
