package report

import (
	"pulscheck/report/chart"
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
	rows := b.findings()
	return Page{
		Name: "summary", Kicker: b.t("summary.kicker"), Title: b.summaryTitle(),
		Subtitle: b.t("summary.subtitle", "number", b.Iteration.Number, "answered", *b.Results.Ballots,
			"invited", b.Results.Invited, "rate", b.p.Percent(b.percent())),
		Blocks: []Block{
			Tiles{chart.Box{X: left, Y: top, W: width, H: 33.5}, b.tiles()},
			Findings{chart.Box{X: left, Y: 101, W: width, H: 21}, b.t("summary.section"), rows},
		},
	}
}

func (b *builder) summaryTitle() string {
	x := construct(b.total, acceptanceKey).Index
	if x == nil {
		return b.t("summary.title-none")
	}
	key := "summary.title"
	if len(b.Earlier) > 0 {
		key += "-later"
	}
	if stage, _ := b.barrier(); stage != nil {
		return b.t(key, "x", *x, "stage", b.short(stage.Key))
	}
	return b.t(key+"-no-barrier", "x", *x, "limit", barrierLimit)
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

// tiles show participation and the constructs of several questions.
func (b *builder) tiles() []Tile {
	var tiles []Tile
	for _, c := range b.total.Constructs {
		if len(b.Round.Questionnaire.ItemsOf(c.Key)) < 2 || len(tiles) == maxTiles-1 {
			continue
		}
		t := Tile{Label: b.constructName(c.Key), Status: level(c.Index, b.total.State == tally.Indicative), Value: "–", Line: b.t("protected")}
		if c.Index != nil {
			t.Value, t.Unit, t.Line = b.p.Integer(*c.Index), b.t("index-of"), b.rangeOf(c.CI)
		} else if c.Band != "" {
			t.Line = b.band(c.Band)
		}
		t.Word = b.word(t.Status)
		tiles = append(tiles, t)
	}
	status := participationStatus(b.participationWord())
	return append(tiles, Tile{
		Label: b.t("summary.participation"), Value: b.p.Percent(b.percent()), Status: status, Word: b.word(status),
		Line: b.p.Integer(*b.Results.Ballots) + " / " + b.p.Integer(b.Results.Invited),
	})
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
