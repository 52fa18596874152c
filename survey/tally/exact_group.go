package tally

import (
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
)

// exactBlock is everything about one group in one round (sections 2 and 3).
type exactBlock struct {
	Invited       *int     `json:"invited"`
	Responses     int      `json:"responses"`
	Rate          *float64 `json:"response_rate"`
	Participation string   `json:"participation,omitempty"` // word of the rate
	Items         Exact    `json:"items"`
	Constructs    Exact    `json:"constructs"`
	Net           any      `json:"net10,omitempty"` // recommendation 0-10
}

// exactItem is one item in one group, in scored direction.
type exactItem struct {
	N            int         `json:"n"`
	CannotSay    int         `json:"n_cant_say"`
	None         int         `json:"n_missing"`
	Mean         *float64    `json:"mean"`
	SD           *float64    `json:"sd"`
	Index        *float64    `json:"index"`
	Counts       []int       `json:"counts"` // lowest category first
	Favourable   int         `json:"n_fav"`
	Neutral      int         `json:"n_neutral"`
	Unfavourable int         `json:"n_unfav"`
	ShareFav     *float64    `json:"share_fav"`
	ShareNeutral *float64    `json:"share_neutral"`
	ShareUnfav   *float64    `json:"share_unfav"`
	WilsonFPC    [2]*float64 `json:"fav_wilson_fpc"`
	Wilson       [2]*float64 `json:"fav_wilson"`
	MeanFPC      [2]*float64 `json:"mean_ci_fpc"`
	MeanMargin   *float64    `json:"mean_moe_fpc"`
	MeanCI       [2]*float64 `json:"mean_ci"`
	IndexFPC     [2]*float64 `json:"index_ci_fpc"`
}

// exactConstruct is one construct in one group.
type exactConstruct struct {
	N          int         `json:"n"`
	Mean       *float64    `json:"mean"`
	SD         *float64    `json:"sd"`
	Index      *float64    `json:"index"`
	MeanFPC    [2]*float64 `json:"mean_ci_fpc"`
	MeanCI     [2]*float64 `json:"mean_ci"`
	IndexFPC   [2]*float64 `json:"index_ci_fpc"`
	Favourable int         `json:"n_fav"`
	ShareFav   *float64    `json:"share_fav"`
	WilsonFPC  [2]*float64 `json:"fav_wilson_fpc"`
}

// exactNet is the recommendation: +100 for 9-10, 0 for 7-8, -100 for 0-6.
type exactNet struct {
	N          int         `json:"n"`
	Promoters  *float64    `json:"promoters"`
	Passives   *float64    `json:"passives"`
	Detractors *float64    `json:"detractors"`
	Net        *float64    `json:"net"`
	CI         [2]*float64 `json:"ci_fpc"`
}

// blocks computes every group of every round.
func (e *exact) blocks() {
	for _, s := range e.samples {
		round := s.in.Round
		for _, key := range s.groups.order {
			g := s.groups.byKey[key]
			switch by := e.by(g.Group); {
			case by == "total":
				e.into("total")[round] = s.block(g)
			case g.invited > 0 || len(g.atoms) > 0:
				e.into(by + "_" + round)[label(g.Group)] = s.block(g)
			}
		}
	}
}

func (s *sample) block(g *group) exactBlock {
	b := exactBlock{Responses: s.respondents(g), Items: Exact{}, Constructs: Exact{}}
	if !s.in.InvitedUnknown {
		b.Invited = &g.invited
	}
	if rate, ok := s.rate(g); ok {
		b.Rate, b.Participation = &rate, score.Participation(rate)
	}
	invited := s.population(g)
	for i, it := range s.items {
		x := sum(s.table.items[i], g.atoms)
		b.Items[it.key] = exactlyItem(x, it.scale, invited)
		if b.Net == nil && s.in.Questionnaire.Items[i].Scale == recommendation {
			b.Net = exactlyNet(x.histogram(), invited)
		}
	}
	for i, c := range s.scores {
		b.Constructs[c.key] = exactlyConstruct(sum(s.table.constructs[i], g.atoms), c.scale, invited)
	}
	return b
}

// recommendation is the name of the scale 0-10 that is scored as recommendation.
const recommendation = "net10"

func share(x, n int) *float64 { return finite(float64(x) / float64(n)) }

func exactlyItem(x cell, s score.Scale, invited int) exactItem {
	h, index := x.histogram(), x.indexed(s)
	n, f, u := h.N(), favourable(index), countIf(index, score.Unfavourable)
	r := exactItem{
		N: n, CannotSay: x.cannotSay, None: x.none, Mean: finite(h.Mean()), SD: finite(h.SD()), Index: finite(index.Mean()),
		Favourable: f, Neutral: n - f - u, Unfavourable: u, ShareFav: share(f, n), ShareNeutral: share(n-f-u, n), ShareUnfav: share(u, n),
		WilsonFPC: ends(score.Wilson(f, n, invited)), Wilson: ends(score.Wilson(f, n, 0)),
		MeanFPC: ends(h.Interval(invited)), MeanCI: ends(h.Interval(0)), IndexFPC: ends(index.Interval(invited)),
	}
	if i := h.Interval(invited); i != nil {
		r.MeanMargin = finite((i.High - i.Low) / 2)
	}
	for v := s.Lo; v <= s.Hi; v++ {
		r.Counts = append(r.Counts, x.counts[float64(v)])
	}
	return r
}

func exactlyConstruct(x cell, s score.Scale, invited int) exactConstruct {
	h, index := x.histogram(), x.indexed(s)
	n, f := h.N(), favourable(index)
	return exactConstruct{
		N: n, Mean: finite(h.Mean()), SD: finite(h.SD()), Index: finite(index.Mean()), MeanFPC: ends(h.Interval(invited)),
		MeanCI: ends(h.Interval(0)), IndexFPC: ends(index.Interval(invited)),
		Favourable: f, ShareFav: share(f, n), WilsonFPC: ends(score.Wilson(f, n, invited)),
	}
}

func exactlyNet(h score.Histogram, invited int) exactNet {
	u := score.Histogram{Values: []float64{-100, 0, 100}, Counts: make([]int, 3)}
	for i, v := range h.Values {
		u.Counts[int(score.Recommendation(int(v)))/100+1] += h.Counts[i]
	}
	n := u.N()
	return exactNet{
		N: n, Promoters: share(u.Counts[2], n), Passives: share(u.Counts[1], n), Detractors: share(u.Counts[0], n),
		Net: finite(u.Mean()), CI: ends(u.Interval(invited)),
	}
}

// barriers names the first stage that holds people up, per group (section 9).
func (e *exact) barriers() {
	for _, s := range e.samples {
		stages := s.stages()
		if len(stages) == 0 {
			continue
		}
		for _, key := range s.groups.order {
			g := s.groups.byKey[key]
			if g.invited > 0 || len(g.atoms) > 0 || g.level == 0 {
				e.into("barrier_" + s.in.Round)[g.key] = s.barrier(g, stages)
			}
		}
	}
}

// stages gives the barrier stages among the items.
func (s *sample) stages() []int {
	var list []int
	for i, it := range s.in.Questionnaire.Items {
		if it.Kind == questionnaire.Stage {
			list = append(list, i)
		}
	}
	return list
}

// exactBarrier counts stages from 1; 0 = none.
type exactBarrier struct {
	Keys      []string   `json:"keys"`
	Index     []*float64 `json:"index"`
	High      []*float64 `json:"ci_hi"`
	Stage     *int       `json:"stage"`
	Certainty string     `json:"certainty"`
}

func (s *sample) barrier(g *group, stages []int) exactBarrier {
	var b exactBarrier
	var seen []score.Stage
	for _, i := range stages {
		h := sum(s.table.items[i], g.atoms).indexed(s.items[i].scale)
		one := score.Stage{Index: finite(h.Mean()), High: ends(h.Interval(s.population(g)))[1]}
		seen = append(seen, one)
		b.Keys, b.Index, b.High = append(b.Keys, s.items[i].key), append(b.Index, one.Index), append(b.High, one.High)
	}
	at, certainty := score.Barrier(seen)
	b.Certainty = certainty
	if certainty != score.NotShown {
		b.Stage = new(at + 1)
	}
	return b
}
