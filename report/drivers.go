package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey/tally"
)

// driver is a question with the strength of its association with acceptance.
type driver struct {
	tally.DriverResult
	weight float64 // share, below its n the strength; 0 where it is not sure
	known  bool
}

// Limits of strength: squares of the figure (section 6 of the design, P7).
const weakStrength, strongStrength = 0.3, 0.5

// drivers is the second half of P7: what goes together with acceptance? It is left out
// where nothing can be told.
func (b *builder) drivers() []Page {
	list := b.rankedDrivers()
	if len(list) == 0 {
		return nil
	}
	figure := b.driverFigure(list)
	y := top + figure.Height() + 4
	parts := []Prose{
		b.driverAdvice(list),
		{Heading: b.t("drivers.how"), Text: []string{b.t(b.driverWeights(list))}},
		{Heading: b.t("drivers.limits"), Text: []string{b.t("drivers.limits-text")}},
	}
	return []Page{{
		Name: "drivers", Kicker: b.t("drivers.kicker"), Title: b.driverTitle(list), Subtitle: b.t("drivers.subtitle", "round", b.roundBeside(), "count", *b.total.N),
		Blocks: []Block{
			Figure{chart.Box{X: left, Y: top, W: width, H: figure.Height()}, figure},
			Prose{Box: chart.Box{X: left, Y: y, W: width, H: 8}, Small: true, Text: []string{b.t("drivers.note")}},
			Columns{chart.Box{X: left, Y: y + 14, W: width, H: 80}, parts},
		},
	}}
}

// rankedDrivers are the drivers in the order in which they deserve attention: those
// that are low and go closely together with acceptance first.
func (b *builder) rankedDrivers() []driver {
	var list []driver
	for _, d := range b.Results.Drivers {
		if d.Index == nil {
			continue
		}
		one := driver{DriverResult: d, known: d.Share != nil || d.Strength != nil}
		switch {
		case d.Share != nil:
			one.weight = float64(*d.Share)
		case d.Strength != nil:
			one.weight = math.Abs(*d.Strength)
		}
		list = append(list, one)
	}
	slices.SortStableFunc(list, func(x, y driver) int {
		if x.known && y.known {
			return cmp.Compare(y.leverage(), x.leverage())
		}
		return cmp.Compare(*x.Index, *y.Index)
	})
	return list
}

// leverage grows with the weight of a driver and with its distance from a good value.
func (d driver) leverage() float64 { return float64(strongIndex-*d.Index) * d.weight }

// sure says that the association is more than chance.
func (d driver) sure() bool { return d.P != nil && *d.P != notSignificant }

// notSignificant is how the results tell a p-value of 0.05 or more.
const notSignificant = ">=0.05"

// squares is the strength of the association, none if it may be chance.
func (d driver) squares() int {
	switch {
	case d.Strength == nil || !d.sure():
		return 0
	case math.Abs(*d.Strength) < weakStrength:
		return 1
	case math.Abs(*d.Strength) < strongStrength:
		return 2
	}
	return 3
}

func (b *builder) driverFigure(list []driver) chart.Levels {
	l := chart.Levels{Heads: [3]string{b.t("drivers.question"), b.t("acceptance.index"), b.t("data.n")}, Strength: b.t("drivers.strength")}
	if list[0].Share != nil {
		l.Share = b.t("drivers.share")
	}
	var words []string
	for _, d := range list {
		r := chart.LevelRow{
			Label: compact(b.short(d.Key), font.Regular, 9, 59), Value: floating(d.Index), Text: b.p.Integer(*d.Index),
			Strength: d.squares(), N: b.or(item(b.total, d.Key).N), Hollow: b.total.State == tally.Indicative,
		}
		r.Low, r.High = ends(d.CI)
		if c := b.change(tally.Group{}, d.Key); tested(c) {
			r.Prev = floating(item(find(b.before.Results, tally.Group{}), d.Key).Index)
		}
		if d.Share != nil {
			r.Share = b.p.Percent(*d.Share)
		}
		l.Rows = append(l.Rows, r)
		words = append(words, b.short(d.Key)+" "+r.Text)
	}
	l.Words = b.t("drivers.alt", "values", strings.Join(words, ", "))
	return l
}

// driverTitle names the strongest lever: the first driver below a good value that goes
// together with acceptance for sure.
func (b *builder) driverTitle(list []driver) string {
	for _, d := range list {
		if d.squares() > 0 && *d.Index < strongIndex {
			return fit(b.t("drivers.title", "driver", b.short(d.Key), "x", *d.Index), b.t("drivers.title-brief", "driver", b.short(d.Key)))
		}
	}
	return b.t("drivers.title-none")
}

// driverAdvice sorts the drivers by the medians of weight and index: what is close to
// acceptance and low comes first, what is close and high is to be kept.
func (b *builder) driverAdvice(list []driver) Prose {
	advice := Prose{Heading: b.t("drivers.first")}
	known := slices.DeleteFunc(slices.Clone(list), func(d driver) bool { return d.squares() == 0 })
	if len(known) == 0 {
		advice.Text = []string{b.t("drivers.first-none")}
		return advice
	}
	weights, indices := make([]float64, len(list)), make([]float64, len(list))
	for i, d := range list {
		weights[i], indices[i] = d.weight, float64(*d.Index)
	}
	weight, index := median(weights), median(indices)
	var first, keep []string
	for _, d := range known {
		switch {
		case d.weight < weight:
		case float64(*d.Index) < index:
			first = append(first, b.p.Quote(b.short(d.Key)))
		default:
			keep = append(keep, b.p.Quote(b.short(d.Key)))
		}
	}
	for _, one := range []struct {
		key   string
		names []string
	}{{"drivers.act", first}, {"drivers.keep", keep}} {
		if len(one.names) > 0 {
			advice.Leads = append(advice.Leads, b.t(one.key+"-lead"))
			advice.Text = append(advice.Text, b.t(one.key, "drivers", b.p.List(one.names)))
		}
	}
	return advice
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// driverWeights gives the key of what is told of the weights, or why there are none.
func (b *builder) driverWeights(list []driver) string {
	switch {
	case list[0].Share != nil:
		return "drivers.how-shares"
	case !list[0].known:
		return "drivers.how-few"
	case slices.ContainsFunc(b.Results.Warnings, func(w tally.Warning) bool { return w.Code == tally.SimilarItems }):
		return "drivers.how-similar"
	}
	return "drivers.how-strength"
}
