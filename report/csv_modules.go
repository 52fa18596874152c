package report

import (
	"strconv"

	"pulscheck/survey/table"
)

// moduleRow is a line of the table about something that people entered.
type moduleRow struct {
	process, kind, key, text           string
	n                                  string
	value, before, target, due, status string
}

// csvModules are the lines of what the report shows of the modules.
func (b *builder) csvModules() [][]string {
	var rows [][]string
	add := func(r moduleRow) {
		row := make([]string, len(csvColumns)-moduleColumns, len(csvColumns))
		row[0], row[4], row[5], row[6], row[7] = table.Safe(r.process), r.kind, table.Safe(r.key), table.Safe(r.text), r.n
		rows = append(rows, append(row, r.value, r.before, r.target, r.due, r.status))
	}
	m := b.Modules
	if m.Maturity != nil {
		for _, p := range m.Maturity.Processes {
			add(moduleRow{process: p.Process, kind: "maturity", key: p.Process, text: b.processName(p.Process), value: whole(p.Level), before: whole(p.Previous), target: whole(p.Target), due: p.Day})
		}
	}
	if m.Goals != nil {
		for _, g := range m.Goals.Goals {
			add(moduleRow{g.Process, "goal", g.ID, g.Name, "", b.decimal(g.Actual), b.decimal(g.Baseline), b.decimal(g.Target), g.Due, b.goalState(g)})
		}
	}
	if m.QuickWins != nil {
		for _, w := range m.QuickWins.Wins {
			add(moduleRow{w.Process, "quick_win", w.ID, w.Name, "", w.Reached, w.Told, "", w.Due, string(w.Status)})
		}
	}
	if m.Voices != nil {
		b.csvVoices(m.Voices, add)
	}
	for _, i := range b.decisionItems() {
		if i.text != "" {
			add(moduleRow{kind: "decision", key: i.name(), text: i.text, status: string(i.outcome)})
		}
	}
	return rows
}

func (b *builder) csvVoices(v *Voices, add func(moduleRow)) {
	for _, t := range v.Themes {
		name := b.p.In(t.Theme)
		if t.Others {
			name = b.t("voices.others")
		}
		add(moduleRow{kind: "theme", text: name, n: strconv.Itoa(t.Count)})
	}
	for _, r := range v.Register {
		row := moduleRow{process: r.Process, kind: "criticism", key: r.ID, text: r.Criticism, due: r.Due, status: string(r.Status)}
		if r.Effect != nil {
			row.value, row.before = whole(r.Effect.Now), whole(r.Effect.Before)
		}
		add(row)
	}
}
