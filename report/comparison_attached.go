package report

import (
	"bytes"
	"strconv"
	"time"

	"pulscheck/survey/table"
	"pulscheck/survey/tally"
)

// compared is the canonical data of a comparison report.
type compared struct {
	Format       string            `json:"format"`
	Kind         string            `json:"kind"`
	Organisation string            `json:"organisation"`
	Name         string            `json:"name"`
	Programme    string            `json:"programme"`
	Iteration    int               `json:"iteration"` // the last one
	CountedAt    time.Time         `json:"counted_at"`
	Comparison   *tally.Comparison `json:"comparison"`
	Delivered    []delivered       `json:"delivered"`
	Look         *look             `json:"look,omitempty"`
}

// delivered is what an iteration brought beside answers; nil = not kept.
type delivered struct {
	Iteration int         `json:"iteration"`
	Goals     *counted    `json:"goals"`      // reached of all
	QuickWins *counted    `json:"quick_wins"` // told of reached
	Maturity  *counted    `json:"maturity"`   // processes at their target of those that have one
	Register  *throughput `json:"register"`
}

type counted struct {
	Part int `json:"part"`
	Of   int `json:"of"`
}

type throughput struct {
	Received int `json:"received"`
	Answered int `json:"answered"`
	Done     int `json:"done"`
}

// canonical gives the data in the one form that its hash is taken of.
func (c *comparer) canonical() ([]byte, string, error) {
	return canonical(compared{
		"pulscheck-report-1", "comparison", c.Organisation.Key, c.Organisation.Name, c.in.Programme, c.Iteration.Number, c.in.CountedAt.UTC(),
		c.in.Data, c.delivered(), c.look(),
	})
}

func (c *comparer) delivered() []delivered {
	list, seen, latest := []delivered{}, map[string]bool{}, c.latestRegister()
	for _, i := range c.in.Iterations {
		d := delivered{Iteration: i.Iteration.Number}
		if g := i.Modules.Goals; g != nil {
			reached, _ := goalsReached(g)
			d.Goals = &counted{reached, len(g.Goals)}
		}
		if w := i.Modules.QuickWins; w != nil {
			n := w.count()
			d.QuickWins = &counted{n.Told, n.Achieved}
		}
		if m := i.Modules.Maturity; m != nil {
			part, of := m.atTarget()
			d.Maturity = &counted{part, of}
		}
		if v := i.Modules.Voices; v != nil {
			row, _ := c.throughputRow(v.Register, seen, latest)
			d.Register = &throughput{row.Received, row.Answered, row.Done}
		}
		list = append(list, d)
	}
	return list
}

// files are what the report brings along.
func (c *comparer) files(canonical []byte, hash string) []File {
	return []File{
		{Name: c.t("file.json"), Type: "application/json", About: c.t("file.json-about"), Body: canonical},
		{Name: c.t("file.csv"), Type: "text/csv", About: c.t("file.csv-about"), Body: c.csv()},
		{Name: c.t("file.help"), Type: "text/plain", About: c.t("file.help-about"), Help: true, Body: c.help(hash)},
	}
}

// help says how to read the attached files.
func (c *comparer) help(hash string) []byte {
	var out bytes.Buffer
	for i := 1; c.p.Has("comparison.help." + strconv.Itoa(i)); i++ {
		out.WriteString(c.v("help."+strconv.Itoa(i), "k", c.Round.K, "hash", hash, "json", c.t("file.json"), "csv", c.t("file.csv")))
		out.WriteString("\r\n\r\n")
	}
	return bytes.ReplaceAll(out.Bytes(), []byte("\u00a0"), []byte(" "))
}

// comparisonColumns are the heads of the table, the same in every language.
var comparisonColumns = []string{
	"process", "role", "unit", "kind", "key", "text", "iteration", "state", "n", "index", "index_low", "index_high", "band",
	"change_since_first", "verdict_since_first", "change_last_step", "verdict_last_step",
}

// csv gives the lines as a table, a row for each iteration; changes stand in the row of
// the last one.
func (c *comparer) csv() []byte {
	rows := [][]string{comparisonColumns}
	for _, s := range c.in.Data.Series {
		kind, text := "construct", c.constructName(s.Key)
		if c.Round.Questionnaire.Item(s.Key) != nil {
			kind, text = "question", c.short(s.Key)
		}
		for i, p := range s.Points {
			low, high := c.ends(p.CI)
			row := []string{
				table.Safe(s.Group.Process), table.Safe(s.Group.Role), table.Safe(s.Group.Unit), kind, table.Safe(s.Key), table.Safe(text), strconv.Itoa(c.in.Data.Rounds[i].Number),
				p.State, whole(p.N), whole(p.Index), low, high, p.Band, "", "", "", "",
			}
			if i == len(s.Points)-1 {
				if d := c.since(s.Group, s.Key); d != nil {
					row[13], row[14] = whole(d.Difference), d.Verdict
				}
				if d := c.step(s.Group, s.Key); d != nil {
					row[15], row[16] = whole(d.Difference), d.Verdict
				}
			}
			rows = append(rows, row)
		}
	}
	return c.csvFile(rows)
}
