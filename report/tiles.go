package report

import (
	"fmt"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey/tally"
)

// moduleTiles are those of maturity, goals and quick wins; where the answers were
// collected elsewhere nobody keeps them.
func (b *builder) moduleTiles() []Tile {
	maturity, goals, wins := b.openTile("maturity"), b.openTile("goals"), b.openTile("quickwins")
	if m := b.Modules.Maturity; m != nil {
		part, of := m.atTarget()
		maturity = b.shareTile("maturity", part, of, b.shareStatus(part, of), m.Before)
	}
	if g := b.Modules.Goals; g != nil {
		n := b.goalCount()
		goals = b.shareTile("goals", n.OnTrack, n.Of, b.shareStatus(n.OnTrack, n.Of), g.Before)
	}
	if q := b.Modules.QuickWins; q != nil {
		n := q.count()
		wins = b.shareTile("quickwins", n.Told, n.Achieved, b.shareStatus(n.Told, n.Achieved), q.Before)
	}
	return []Tile{maturity, goals, wins}
}

// openTile stands for a module that is not kept.
func (b *builder) openTile(module string) Tile {
	return Tile{Label: b.t(module + ".tile"), Value: "–", Line: b.t("summary.not-kept"), Status: chart.StatusNone, Word: b.word(chart.StatusNone)}
}

// shareTile shows a part of a whole with the change since the iteration before.
func (b *builder) shareTile(module string, part, of int, s chart.Status, before *Share) Tile {
	s = b.light(s)
	t := Tile{Label: b.t(module + ".tile"), Status: s, Word: b.word(s)}
	if b.firstIteration() {
		t.Line = b.t("summary.first")
	}
	if of == 0 {
		t.Value, t.Line = "–", b.t(module+".tile-none")
		return t
	}
	t.Value, t.Unit = fmt.Sprintf("%d/%d", part, of), b.t(module+".tile-unit")
	const room = 30.6 - 2.5 - 1.2 - 1
	if font.Width(t.Value, font.Semibold, 22)+font.Width(t.Unit, font.Regular, 8) > room {
		t.Line, t.Unit = t.Unit, ""
	}
	if before != nil {
		t.Change.Text = b.p.Signed(part - before.Part)
		t.Line = b.t("summary.since", "number", before.Iteration)
	}
	return t
}

// lights counts the tiles that are lit, by what they show.
func lights(tiles []Tile) (lit, ok, act int) {
	for _, t := range tiles {
		switch t.Status {
		case chart.StatusNone:
			continue
		case chart.StatusOK:
			ok++
		case chart.StatusAct:
			act++
		}
		lit++
	}
	return lit, ok, act
}

// Lights that a title speaks of: all that are lit, of three at least.
const fewestLights = 3

// lightsTitle is the title where all lights are green and nothing holds people up, or
// none is green and most are red; empty otherwise.
func (b *builder) lightsTitle() string {
	tiles := b.tiles()
	lit, ok, act := lights(tiles)
	stage, _ := b.barrier()
	switch {
	case lit < fewestLights:
	case ok == lit && stage == nil && len(b.behind()) == 0:
		return b.t("summary.title-ok", "name", b.strongest())
	case ok == 0 && act >= fewestLights:
		return b.t("summary.title-act", "act", act, "all", len(tiles))
	}
	return ""
}

// strongest names the highest construct of the tiles.
func (b *builder) strongest() string {
	name, best := b.constructName(acceptanceKey), -1
	for _, key := range []string{acceptanceKey, motivationKey} {
		if x := construct(b.total, key).Index; x != nil && *x > best {
			name, best = b.constructName(key), *x
		}
	}
	return name
}

// positiveClause begins a title with what is good: acceptance if it rose or is high,
// else motivation if it rose, else where acceptance stands.
func (b *builder) positiveClause(x int) string {
	if verdict(b.change(tally.Group{}, acceptanceKey)) != "clearly_better" && x < strongIndex {
		c, y := b.change(tally.Group{}, motivationKey), construct(b.total, motivationKey).Index
		if verdict(c) == "clearly_better" && y != nil && !clear(verdict(b.change(tally.Group{}, acceptanceKey))) {
			return b.t("summary.motivation-clearly_better", "x", *y)
		}
	}
	return b.acceptanceClause(x)
}
