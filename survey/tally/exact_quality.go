package tally

import (
	"math"

	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
)

// exactReliability is one construct in the total of one round (section 6).
type exactReliability struct {
	N             int         `json:"n"`
	Items         int         `json:"items"`
	Alpha         *float64    `json:"alpha"`
	CI            [2]*float64 `json:"alpha_ci"`
	SpearmanBrown *float64    `json:"spearman_brown"`
	Omega         *float64    `json:"omega_total"`
	Rest          []*float64  `json:"item_rest"`
	Without       []*float64  `json:"alpha_if_deleted"`
}

// qualities computes the reliability of constructs with two items and more.
func (e *exact) qualities() {
	for _, s := range e.samples {
		for i, c := range s.scores {
			if len(c.items) > 1 {
				e.into("reliability", s.in.Round)[c.key] = reliabilityOf(s.table.complete[i], len(c.items))
			}
		}
	}
}

func reliabilityOf(complete [][]float64, items int) exactReliability {
	r := exactReliability{N: len(complete), Items: items}
	a := score.Alpha(complete)
	if a == nil {
		return r
	}
	r.Alpha, r.CI, r.SpearmanBrown, r.Omega = finite(a.Alpha), ends(&a.CI), a.SpearmanBrown, score.Omega(complete)
	for _, q := range score.ItemQualities(complete) {
		r.Rest = append(r.Rest, q.Rest)
		if items > 2 {
			r.Without = append(r.Without, q.AlphaWithout)
		}
	}
	return r
}

// acceptance is the construct that drivers go with (section 7).
const acceptance = "ACC"

// outcome is the construct that drivers are sought for: acceptance, or in a
// questionnaire without it the first construct.
func (s *sample) outcome() (construct, bool) {
	for _, c := range s.scores {
		if c.key == acceptance {
			return c, true
		}
	}
	if len(s.scores) == 0 {
		return construct{}, false
	}
	return s.scores[0], true
}

// exactDrivers is what goes with the outcome in the total of one round (section 7).
type exactDrivers struct {
	Outcome      string       `json:"outcome"`
	Predictors   []string     `json:"predictors"`
	Correlations Exact        `json:"correlations"`
	Weights      exactWeights `json:"relative_weights"`
}

type exactCorrelation struct {
	N         int      `json:"n"`
	Spearman  *float64 `json:"spearman"`
	SpearmanP *float64 `json:"spearman_p"`
	Kendall   *float64 `json:"kendall_tau_b"`
	KendallP  *float64 `json:"kendall_p"`
}

type exactWeights struct {
	N        int                 `json:"n"`
	R2       *float64            `json:"r2"`
	Raw      map[string]*float64 `json:"raw"`
	Share    map[string]*float64 `json:"share"`
	MinEigen *float64            `json:"min_eigen"`
}

// drivers correlates and weighs all items outside the outcome but stages, which are
// acceptance in other words, and what is asked beside the constructs.
func (e *exact) drivers() {
	for _, s := range e.samples {
		if c, ok := s.outcome(); ok {
			e.out["drivers_"+s.in.Round] = s.drivers(c)
		}
	}
}

func (s *sample) drivers(c construct) exactDrivers {
	d := exactDrivers{Outcome: c.key, Predictors: []string{}, Correlations: Exact{}}
	y := s.scoresOf(c)
	var predictors [][]float64
	for i, it := range s.in.Questionnaire.Items {
		if it.Construct == c.key || it.Kind == questionnaire.Extra || it.Kind == questionnaire.Stage {
			continue
		}
		x := s.valuesOf(i)
		predictors, d.Predictors = append(predictors, x), append(d.Predictors, it.Key)
		d.Correlations[it.Key] = correlated(x, y)
	}
	d.Weights = exactWeights{Raw: map[string]*float64{}, Share: map[string]*float64{}}
	w := score.RelativeWeights(predictors, y)
	if w == nil {
		return d
	}
	d.Weights.N, d.Weights.R2, d.Weights.MinEigen = w.N, finite(w.R2), finite(w.MinEigen)
	for i, key := range d.Predictors {
		d.Weights.Raw[key], d.Weights.Share[key] = finite(w.Raw[i]), finite(w.Share[i])
	}
	return d
}

func correlated(x, y []float64) exactCorrelation {
	var r exactCorrelation
	for i := range x {
		if !math.IsNaN(x[i]) && !math.IsNaN(y[i]) {
			r.N++
		}
	}
	if c := score.Spearman(x, y); c != nil {
		r.Spearman, r.SpearmanP = finite(c.R), finite(c.P)
	}
	if c := score.Kendall(x, y); c != nil {
		r.Kendall, r.KendallP = finite(c.R), finite(c.P)
	}
	return r
}

// valuesOf gives the scored answers to item i by person, NaN without one.
func (s *sample) valuesOf(i int) []float64 {
	values := make([]float64, len(s.atomOf))
	for b := range values {
		values[b] = math.NaN()
		if v := s.row(b)[i]; v >= 0 {
			values[b] = float64(s.items[i].scale.Lo) + float64(v)
		}
	}
	return values
}

// scoresOf gives the construct scores by person, NaN without one.
func (s *sample) scoresOf(c construct) []float64 {
	values := make([]float64, len(s.atomOf))
	for b := range values {
		values[b] = math.NaN()
		if v, ok := score.Construct(s.values(c, s.row(b))); ok {
			values[b] = v
		}
	}
	return values
}

// exactWeighted is the mean of the outcome weighted by the people invited to the
// groups of one column (section 3).
type exactWeighted struct {
	Mean       *float64 `json:"weighted_mean"`
	SE         *float64 `json:"se"`
	Unweighted *float64 `json:"unweighted_mean"`
}

func (e *exact) weighted() {
	for p, column := range e.Columns {
		for _, s := range e.samples {
			if c, ok := s.outcome(); ok && column != "" && !s.in.InvitedUnknown {
				e.into("poststratified_by_" + column)[s.in.Round] = s.weighted(c, p)
			}
		}
	}
}

func (s *sample) weighted(c construct, place int) exactWeighted {
	v := variable{key: c.key}
	for _, i := range c.items {
		v.items = append(v.items, s.items[i].key)
	}
	w := exactWeighted{Unweighted: finite(s.histogram(v, s.groups.byKey["total"]).Mean())}
	var strata []score.Stratum
	for _, key := range s.groups.order {
		if g := s.groups.byKey[key]; g.level == 1 && g.parts()[place] != "" {
			strata = append(strata, score.Stratum{Histogram: s.histogram(v, g), Invited: g.invited})
		}
	}
	if mean, se, ok := score.PostStratified(strata); ok {
		w.Mean, w.SE = finite(mean), finite(se)
	}
	return w
}
