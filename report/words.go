package report

import (
	"strconv"
	"strings"
	"time"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// name gives the label of a group.
func (b *builder) name(g tally.Group) string {
	for _, one := range []struct {
		key  string
		list []survey.Named
	}{{g.Process, b.Organisation.Processes}, {g.Role, b.Organisation.Roles}, {g.Unit, b.Organisation.Units}} {
		switch one.key {
		case "":
			continue
		case tally.Others:
			return b.t("others")
		}
		for _, n := range one.list {
			if n.Key == one.key {
				return b.p.In(n.Name)
			}
		}
		return one.key
	}
	return b.t("total")
}

// band writes a band as figures and tables show it: "≥ 90 %".
func (b *builder) band(band string) string {
	key, limit := "at-most", strings.TrimPrefix(band, "<=")
	if strings.HasPrefix(band, ">=") {
		key, limit = "at-least", band[2:]
	}
	percent, err := strconv.Atoi(limit)
	if err != nil {
		return "" // no band
	}
	return b.t(key, "percent", b.p.Percent(percent))
}

// end tells which end of the scale a band touches.
func end(band string) chart.End {
	switch {
	case band == "":
		return chart.NoEnd
	case strings.HasPrefix(band, ">="):
		return chart.HighEnd
	}
	return chart.LowEnd
}

// rangeOf tells an interval in words.
func (b *builder) rangeOf(ci *tally.Interval) string {
	if ci == nil {
		return b.t("no-range")
	}
	return b.t("range", "low", int(ci.Low), "high", int(ci.High))
}

// light gives the status that the summary shows: in a small round none (section 5 of
// the design).
func (b *builder) light(s chart.Status) chart.Status {
	if b.small {
		return chart.StatusNone
	}
	return s
}

// word tells a status; a small round has none.
func (b *builder) word(s chart.Status) string {
	if b.small {
		return b.t("status.indicative")
	}
	return b.t("status." + map[chart.Status]string{
		chart.StatusOK: "ok", chart.StatusWatch: "watch", chart.StatusAct: "act", chart.StatusNone: "none",
	}[s])
}

// answered tells how many answered: "109 von 148 (74 %)". The number is that of valid
// ballots, the rate that of people with a valid answer.
func (b *builder) answered() string {
	return b.p.OutOf(*b.Results.Ballots, b.Results.Invited, percent(b.Results))
}

// percent gives the rate of a round as a whole number.
func percent(r *tally.Results) int {
	if r.ResponseRate == nil {
		return 0
	}
	return int(*r.ResponseRate*100 + 0.5)
}

// participationWord is the word of the rate, e.g. score.Good.
func (b *builder) participationWord() string {
	if b.Results.ResponseRate == nil {
		return score.Poor
	}
	return score.Participation(*b.Results.ResponseRate)
}

// floating turns a displayed index into a number to draw.
func floating(i *int) *float64 {
	if i == nil {
		return nil
	}
	return new(float64(*i))
}

func ends(ci *tally.Interval) (low, high *float64) {
	if ci == nil {
		return nil, nil
	}
	return &ci.Low, &ci.High
}

// period tells from when to when a round was open, in the organisation's zone; of
// answers collected elsewhere nobody knows.
func (b *builder) period(r *survey.Round) string {
	if r.Opens.IsZero() {
		return "–"
	}
	return b.p.Period(r.Opens.In(b.zone), r.Closes.In(b.zone))
}

// date tells the day of a time in the organisation's zone.
func (b *builder) date(t time.Time) string { return b.p.Date(t.In(b.zone)) }

// ownWords says in which language people wrote what a report prints as it was typed, if
// that is not its own.
func (b *builder) ownWords() string {
	if b.Own == "" || b.Own == b.Language {
		return ""
	}
	return " " + b.t("own-words."+string(b.Own))
}

// fit gives the first title that stands on at most two lines, else the last one. A number
// in brackets stays with its name where there is room for that.
func fit(titles ...string) string {
	for _, t := range titles {
		for _, t := range []string{t, strings.ReplaceAll(t, "\u00a0(", " (")} {
			if len(font.Wrap(t, font.Semibold, TitleSize, width)) <= 2 {
				return t
			}
		}
	}
	return titles[len(titles)-1]
}
