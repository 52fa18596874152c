package survey

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/table"
)

// Syntax is what reads data with the labels of a codebook.
type Syntax string

// The syntaxes.
const (
	R    Syntax = "R"
	SPSS Syntax = "sps"
)

// codebookColumns are the heads of a codebook: one row for each answer of each question.
var codebookColumns = []string{
	"item", "construct", "construct_text", "kind", "scale", "lo", "hi", "reverse", "text", "short", "value", "missing", "label",
}

// coded is one row of a codebook.
type coded struct {
	item  questionnaire.Item
	scale questionnaire.Scale
	value string
}

// codebook lists the answers of every question, "cannot say" last.
func codebook(q *questionnaire.Questionnaire) []coded {
	var rows []coded
	for _, i := range q.Items {
		scale := q.Scales[i.Scale]
		for v := scale.Lo; v <= scale.Hi; v++ {
			rows = append(rows, coded{i, scale, strconv.Itoa(v)})
		}
		if _, offered := scale.Labels[questionnaire.CannotSay]; offered {
			rows = append(rows, coded{i, scale, questionnaire.CannotSay})
		}
	}
	return rows
}

// ExportCodebook says what the keys and values of a round mean, and whether another tool
// counted it.
func (s *Service) ExportCodebook(ctx context.Context, actor account.Actor, id RoundID, l locale.Language) (*Export, error) {
	round, err := s.round(ctx, actor, account.ReadRounds, id)
	if err != nil {
		return nil, err
	}
	rows := sheet("codebook", codebookColumns, codebook(round.Questionnaire), func(c *coded) []table.Cell {
		construct := ""
		if c.item.Construct != "" {
			construct = constructName(round.Questionnaire, c.item.Construct, l)
		}
		cells := append(texts(c.item.Key, c.item.Construct, construct, c.item.Kind, c.item.Scale), table.Whole(&c.scale.Lo), table.Whole(&c.scale.Hi))
		cells = append(cells, texts(yesNo(c.item.Reverse), c.item.Text.In(l), c.item.Short.In(l), c.value, yesNo(c.value == questionnaire.CannotSay))...)
		return append(cells, table.Text(c.scale.Labels[c.value].In(l)))
	})
	return &Export{fileName("codebook", round.Questionnaire.ID, round.Questionnaire.Hash()[:8]), []table.Sheet{rows, aboutRound(round, l)}}, nil
}

// aboutRound names the round of a codebook, and says what its mark in other exports means.
func aboutRound(r *Round, l locale.Language) table.Sheet {
	rows := [][]table.Cell{
		texts("round", string(r.ID), ""), texts("kind", string(r.Kind), ""), texts("closed", r.Closes.UTC().Format(time.RFC3339), ""),
		texts("questionnaire_hash", r.Questionnaire.Hash(), ""),
		texts("imported", yesNo(r.Imported), "yes = "+locale.New(l).T("comparison.V10.imported")),
	}
	return sheet("about", []string{"name", "value", "meaning"}, rows, func(row *[]table.Cell) []table.Cell { return *row })
}

func constructName(q *questionnaire.Questionnaire, key string, l locale.Language) string {
	for _, c := range q.Constructs {
		if c.Key == key {
			return c.Name.In(l)
		}
	}
	return key
}

// Labels writes the labels of a round as a program for R or SPSS, for data with one
// column an item, as pulscheck analyze reads them: there R calls it with a data frame.
func (s *Service) Labels(ctx context.Context, actor account.Actor, id RoundID, syntax Syntax, l locale.Language) (name, text string, err error) {
	round, err := s.round(ctx, actor, account.ReadRounds, id)
	if err != nil {
		return "", "", err
	}
	write := labelsR
	if syntax == SPSS {
		write = labelsSPSS
	}
	q := round.Questionnaire
	return fileName("labels", q.ID, q.Hash()[:8]) + "." + string(syntax), write(q, l), nil
}

// labelsR gives a function that turns the columns of a data frame into labelled factors.
func labelsR(q *questionnaire.Questionnaire, l locale.Language) string {
	quoted := func(s string) string {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(printable(s)) + `"`
	}
	var b strings.Builder
	b.WriteString("# data <- add_labels(read.csv2(\"answers.csv\", colClasses = \"character\"))\nadd_labels <- function(data) {\n")
	for _, i := range q.Items {
		scale := q.Scales[i.Scale]
		var levels, names []string
		for v := scale.Lo; v <= scale.Hi; v++ {
			levels = append(levels, quoted(strconv.Itoa(v)))
			names = append(names, quoted(answerLabel(scale, strconv.Itoa(v), l)))
		}
		fmt.Fprintf(&b, "  if (%s %%in%% names(data)) {\n", quoted(i.Key))
		fmt.Fprintf(&b, "    data[[%s]] <- factor(data[[%s]], levels = c(%s),\n      labels = c(%s), ordered = TRUE)\n",
			quoted(i.Key), quoted(i.Key), strings.Join(levels, ", "), strings.Join(names, ", "))
		fmt.Fprintf(&b, "    attr(data[[%s]], \"label\") <- %s\n  }\n", quoted(i.Key), quoted(i.Text.In(l)))
	}
	b.WriteString("  data\n}\n")
	return b.String()
}

// labelsSPSS gives VARIABLE LABELS and VALUE LABELS; "CS" in a column of numbers is read
// as a missing value.
func labelsSPSS(q *questionnaire.Questionnaire, l locale.Language) string {
	quoted := func(s string) string { return "'" + strings.ReplaceAll(printable(s), "'", "''") + "'" }
	var b strings.Builder
	b.WriteString("* Encoding: UTF-8.\nVARIABLE LABELS")
	for _, i := range q.Items {
		fmt.Fprintf(&b, "\n  %s %s", i.Key, quoted(i.Text.In(l)))
	}
	b.WriteString(".\n")
	for _, name := range slices.Sorted(maps.Keys(q.Scales)) {
		scale := q.Scales[name]
		var keys []string
		for _, i := range q.Items {
			if i.Scale == name {
				keys = append(keys, i.Key)
			}
		}
		if len(keys) == 0 {
			continue
		}
		fmt.Fprintf(&b, "VALUE LABELS %s", strings.Join(keys, " "))
		for v := scale.Lo; v <= scale.Hi; v++ {
			fmt.Fprintf(&b, "\n  %d %s", v, quoted(answerLabel(scale, strconv.Itoa(v), l)))
		}
		b.WriteString(".\n")
	}
	return b.String()
}

// answerLabel gives the label of an answer, its value if it has none.
func answerLabel(s questionnaire.Scale, value string, l locale.Language) string {
	if text := s.Labels[value].In(l); text != "" {
		return text
	}
	return value
}

// printable puts a space for what could end a line of a program or turn it around.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if hidden(r) || unicode.In(r, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, s)
}
