package report

import (
	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// Constructs that the report knows by name.
const (
	acceptanceKey = "ACC"
	motivationKey = "MOT"
)

// barrierLimit is the index below which a stage holds people up.
const barrierLimit = 60

// maxTiles is how many fit side by side.
const maxTiles = 5

// summary is P2: what must we know and decide?
func (b *builder) summary() Page {
	findings := Findings{Box: chart.Box{X: left, Y: 101, W: width}, Heading: b.t("summary.section"), Rows: b.findings()}
	findings.Tight = !b.decisionsFit(findings.Box.Y + findings.Height() + decisionGap)
	findings.Box.H = findings.Height()
	return Page{
		Name: "summary", Kicker: b.t("summary.kicker"), Title: b.summaryTitle(),
		Subtitle: b.t("summary.subtitle", "round", b.roundBeside(), "answered", *b.Results.Ballots,
			"invited", b.Results.Invited, "rate", b.p.Percent(percent(b.Results))),
		Blocks: append([]Block{Tiles{chart.Box{X: left, Y: top, W: width, H: 33.5}, b.tiles()}, findings},
			b.decisionBox(findings.Box.Y+findings.Box.H+decisionGap)...),
	}
}

// roundBeside names this iteration, with the one that it is compared with.
func (b *builder) roundBeside() string {
	if b.before == nil {
		return b.t("iteration", "number", b.Iteration.Number)
	}
	return b.t("summary.beside", "number", b.Iteration.Number, "before", b.before.Iteration)
}

// summaryTitle names acceptance and what holds people up.
func (b *builder) summaryTitle() string {
	c := construct(b.total, acceptanceKey)
	x := c.Index
	switch {
	case !b.asks(acceptanceKey):
		return b.t("summary.title-other")
	case c.Band != "":
		return b.t("summary.title-band", "band", b.band(c.Band))
	case x == nil:
		return b.t("summary.title-none")
	}
	stage, _ := b.barrier()
	if len(b.Earlier) == 0 {
		if stage == nil {
			return b.t("summary.title-no-barrier", "x", *x, "limit", barrierLimit)
		}
		return b.t("summary.title", "x", *x, "stage", b.short(stage.Key))
	}
	if title := b.lightsTitle(); title != "" {
		return title
	}
	begin := b.positiveClause(*x)
	if stage == nil {
		return b.t("summary.title-later-no-barrier", "begin", begin, "limit", barrierLimit)
	}
	plain := b.t("summary.title-later", "begin", begin, "stage", b.short(stage.Key))
	if behind := b.behind(); len(behind) > 0 {
		return fit(b.t("summary.title-both", "begin", begin, "stage", b.short(stage.Key), "process", behind[0].name), plain)
	}
	return plain
}

// acceptanceClause begins a title: only a confirmed change is called a rise or a fall.
func (b *builder) acceptanceClause(x int) string {
	c := b.change(tally.Group{}, acceptanceKey)
	if !tested(c) || !clear(c.Verdict) {
		return b.t("summary.acceptance", "x", x)
	}
	return b.t("summary.acceptance-"+c.Verdict, "x", x)
}

// barrier gives the stage that holds the whole round up, nil without one.
func (b *builder) barrier() (stage *tally.StageResult, certainty string) {
	for _, one := range b.Results.Barriers {
		if one.Group != (tally.Group{}) {
			continue
		}
		for i, s := range one.Stages {
			if one.Stage != nil && s.Key == *one.Stage {
				return &one.Stages[i], one.Certainty
			}
		}
		return nil, one.Certainty
	}
	return nil, ""
}

// short gives the short label of a question.
func (b *builder) short(key string) string {
	if i := b.Round.Questionnaire.Item(key); i != nil {
		return b.p.In(i.Short)
	}
	return key
}

func (b *builder) constructName(key string) string {
	for _, c := range b.Round.Questionnaire.Constructs {
		if c.Key == key {
			return b.p.In(c.Short)
		}
	}
	return key
}

// maxConstructs is how many constructs stand beside the modules.
const maxConstructs = 2

// tiles show acceptance and motivation, or what else was asked, and the modules. Of
// answers from elsewhere there are none, and participation stands in their place.
func (b *builder) tiles() []Tile {
	modules, most := b.moduleTiles(), maxConstructs
	if b.Elsewhere {
		modules, most = []Tile{b.participationTile()}, maxTiles-1
	}
	var tiles []Tile
	for _, c := range b.total.Constructs {
		if len(b.Round.Questionnaire.ItemsOf(c.Key)) >= 2 && len(tiles) < most {
			tiles = append(tiles, b.tile(c))
		}
	}
	if len(tiles) < maxConstructs && !b.Elsewhere {
		tiles = append(tiles, b.participationTile())
	}
	return append(tiles, modules...)
}

// participationTile shows the rate and how far it is from that of the iteration before.
func (b *builder) participationTile() Tile {
	status := b.light(participationStatus(b.participationWord()))
	t := Tile{
		Label: b.t("summary.participation"), Value: b.p.Percent(percent(b.Results)), Status: status, Word: b.word(status),
		Line: b.t("summary.of", "answered", *b.Results.Ballots, "invited", b.Results.Invited),
	}
	if b.before != nil && b.before.Results.ResponseRate != nil {
		t.Change.Text = b.p.Points(percent(b.Results) - percent(b.before.Results))
		t.Line = b.t("summary.since", "number", b.before.Iteration)
	}
	return t
}

// tile shows a construct with its change since the iteration before; in the first one
// that is the baseline.
func (b *builder) tile(c tally.ConstructResult) Tile {
	status := b.light(b.level(c.Index, b.total.State == tally.Indicative))
	t := Tile{Label: compact(b.constructName(c.Key), font.Semibold, 9, 25), Status: status, Word: b.word(status), Value: "–", Line: b.t("protected")}
	switch {
	case c.Index != nil && c.CI != nil && b.headline() == nil:
		t.Line = b.t("summary.baseline", "low", int(c.CI.Low), "high", int(c.CI.High))
	case c.Index != nil:
		t.Line = b.rangeOf(c.CI)
	case c.Band != "":
		t.Value, t.Line = b.band(c.Band), b.t("summary.favourable")
	}
	if change := b.change(tally.Group{}, c.Key); change != nil && c.Band == "" && c.Index != nil {
		t.Line = b.certainty(verdict(change))
		if tested(change) {
			t.Change = b.sign(change)
		} else {
			t.Change.Glyph = verdictGlyphs[change.Verdict]
		}
	}
	if c.Index != nil {
		t.Value, t.Unit = b.p.Integer(*c.Index), b.t("index-of")
	}
	return t
}

func participationStatus(word string) chart.Status {
	switch word {
	case score.Good, score.Usable:
		return chart.StatusOK
	case score.Weak:
		return chart.StatusWatch
	}
	return chart.StatusAct
}
