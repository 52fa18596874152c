package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// Input is everything a check report is made of.
type Input struct {
	Organisation *survey.Organisation
	Programme    string
	Iteration    survey.Iteration
	Round        *survey.Round
	Results      *tally.Results
	Earlier      []Earlier // counted rounds before, oldest first
	Language     locale.Language
	Version      int // of the report, from 1
}

// Earlier is a counted round of the programme before this one.
type Earlier struct {
	Iteration int // its number
	Round     *survey.Round
	Results   *tally.Results
}

// builder holds what the pages share.
type builder struct {
	Input
	p     *locale.Printer
	total *tally.GroupResult
}

// indicativeRound is the number of answers below which a whole round is indicative only.
const indicativeRound = 20

// Build says what the report contains.
func Build(in Input) (*Document, error) {
	data, err := json.Marshal(in.Results)
	if err != nil {
		return nil, fmt.Errorf("report of round %s: %w", in.Round.ID, err)
	}
	sum := sha256.Sum256(data)
	b := &builder{Input: in, p: locale.New(in.Language)}
	b.total = b.group(tally.Group{})
	hash := hex.EncodeToString(sum[:])
	id := fmt.Sprintf("%s-I%02d-B%d", strings.ToUpper(in.Organisation.Key), in.Iteration.Number, in.Version)
	d := &Document{
		Language: in.Language, Title: b.t("kind"), Organisation: in.Organisation.Name, ID: id, Hash: hash,
		Programme: in.Programme + " · " + b.t("iteration", "number", in.Iteration.Number),
		Subject:   in.Programme + ", " + b.t("iteration", "number", in.Iteration.Number),
		Foot:      b.t("foot", "confidentiality", b.t("confidentiality"), "id", id, "hash", hash[:4]+" "+hash[4:8]+" "+hash[8:12]),
		PageOf:    b.t("page"), Created: in.Results.CountedAt,
	}
	d.Pages = append(d.Pages, b.cover(id))
	if in.Results.Ballots == nil {
		d.Pages = append(d.Pages, b.notice(), b.anonymity(d))
		return d, nil
	}
	if *in.Results.Ballots < indicativeRound {
		d.Ribbon = b.t("ribbon")
	}
	d.Pages = append(d.Pages, b.summary(), b.participation(), b.acceptance())
	d.Pages = append(d.Pages, b.answers()...)
	d.Pages = append(d.Pages, b.matrix())
	if b.hasStages() {
		d.Pages = append(d.Pages, b.stages())
	}
	d.Pages = append(d.Pages, b.method())
	d.Pages = append(d.Pages, b.data()...)
	d.Pages = append(d.Pages, b.anonymity(d))
	b.refer(d)
	return d, nil
}

// refer fills in the page numbers of the findings.
func (b *builder) refer(d *Document) {
	number := map[string]int{}
	for i := len(d.Pages) - 1; i >= 0; i-- {
		number[d.Pages[i].Name] = i + 1
	}
	for i := range d.Pages {
		for j, block := range d.Pages[i].Blocks {
			f, ok := block.(Findings)
			if !ok {
				continue
			}
			for k := range f.Rows {
				if n := number[f.Rows[k].Page]; n > 0 {
					f.Rows[k].Ref = b.t("see-page", "page", n)
				}
			}
			d.Pages[i].Blocks[j] = f
		}
	}
}

// t gives a text of the report's catalogue.
func (b *builder) t(key string, args ...any) string { return b.p.T("report."+key, args...) }

// group gives the result of a group; nil if it is no candidate or withheld.
func (b *builder) group(g tally.Group) *tally.GroupResult { return find(b.Results, g) }

func find(r *tally.Results, g tally.Group) *tally.GroupResult {
	for i := range r.Groups {
		if r.Groups[i].Group == g && r.Groups[i].State != tally.Protected {
			return &r.Groups[i]
		}
	}
	return nil
}

// construct gives a construct of a group; the zero value shows nothing.
func construct(g *tally.GroupResult, key string) tally.ConstructResult {
	if g != nil {
		for _, c := range g.Constructs {
			if c.Key == key {
				return c
			}
		}
	}
	return tally.ConstructResult{}
}

func item(g *tally.GroupResult, key string) tally.ItemResult {
	if g != nil {
		for _, i := range g.Items {
			if i.Key == key {
				return i
			}
		}
	}
	return tally.ItemResult{}
}

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

// band tells a band: "mind. 90 %".
func (b *builder) band(band string) string {
	var percent int
	switch {
	case band == "":
		return ""
	case strings.HasPrefix(band, ">="):
		fmt.Sscan(band[2:], &percent) //nolint:errcheck // made by protect.Band
		return b.t("at-least", "percent", b.p.Percent(percent))
	}
	fmt.Sscan(band[2:], &percent) //nolint:errcheck // made by protect.Band
	return b.t("at-most", "percent", b.p.Percent(percent))
}

// rangeOf tells an interval in words.
func (b *builder) rangeOf(ci *tally.Interval) string {
	if ci == nil {
		return b.t("no-range")
	}
	return b.t("range", "low", int(ci.Low), "high", int(ci.High))
}

// Limits of the level of an index.
const (
	goodIndex = 65
	fairIndex = 50
)

// level gives the status of an index; indicative values are at most watch.
func level(index *int, indicative bool) chart.Status {
	switch {
	case index == nil:
		return chart.StatusNone
	case *index < fairIndex:
		return chart.StatusAct
	case *index < goodIndex || indicative:
		return chart.StatusWatch
	}
	return chart.StatusOK
}

func (b *builder) word(s chart.Status) string {
	return b.t("status." + map[chart.Status]string{
		chart.StatusOK: "ok", chart.StatusWatch: "watch", chart.StatusAct: "act", chart.StatusNone: "none",
	}[s])
}

// answered tells how many answered: "109 von 148 (74 %)". The number is that of valid
// ballots, the rate that of people with a valid answer.
func (b *builder) answered() string {
	return b.p.OutOf(*b.Results.Ballots, b.Results.Invited, b.percent())
}

func (b *builder) percent() int {
	if b.Results.ResponseRate == nil {
		return 0
	}
	return int(*b.Results.ResponseRate*100 + 0.5)
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

// live is the box below titles: x, width and the places of rows are the design's.
const (
	left   = 25.0
	width  = 165.0
	top    = 59.0
	bottom = 275.0
)
