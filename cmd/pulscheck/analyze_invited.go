package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"pulscheck/survey/ballot"
	"pulscheck/survey/table"
	"pulscheck/survey/tally"
)

// columns that are no items.
const (
	iterationColumn = "iteration"
	invitedColumn   = "invited"
)

// grouping says which columns the groups are made of: at most three, each in the place
// of a process, a role or a unit.
type grouping struct {
	names  []string // as asked for
	places [3]string
	given  bool // on the command line
}

// groupBy reads "process,role". Columns that are called as the places keep them, others
// take what is free.
func groupBy(list string, given bool) (grouping, error) {
	g := grouping{given: given}
	for name := range strings.SplitSeq(list, ",") {
		name = norm.NFC.String(strings.TrimSpace(name))
		if name == "" && list == "" {
			continue
		}
		if name == "" || slices.Contains(g.names, name) || name == iterationColumn || name == invitedColumn {
			return g, fmt.Errorf("--group takes up to three different columns, not %q: %w", list, errUsage)
		}
		g.names = append(g.names, name)
	}
	if len(g.names) > len(g.places) {
		return g, fmt.Errorf("--group takes up to three columns: %w", errUsage)
	}
	own := []string{"process", "role", "unit"}
	for _, name := range g.names {
		if i := slices.Index(own, name); i >= 0 {
			g.places[i] = name
		}
	}
	for _, name := range g.names {
		if !slices.Contains(own, name) {
			g.places[slices.Index(g.places[:], "")] = name
		}
	}
	return g, nil
}

// in finds the columns in a file.
func (g grouping) in(c *table.File) (at [3]int, err error) {
	why := "--group names it"
	if !g.given {
		why = "groups are made of process and role unless --group names other columns (--group= for none)"
	}
	for i, name := range g.places {
		at[i] = table.NoCell
		if name != "" {
			if at[i], err = c.Column(name, why); err != nil {
				return at, err
			}
		}
	}
	return at, nil
}

// of reads the attributes of the current row.
func (g grouping) of(c *table.File, at [3]int) (ballot.Attributes, error) {
	var values [3]string
	for i, cell := range at {
		if cell == table.NoCell {
			continue
		}
		values[i] = norm.NFC.String(c.Row[cell])
		if values[i] == tally.Others {
			return ballot.Attributes{}, c.Bad(cell, "%q stands for the rest of small groups; expected another name", tally.Others)
		}
	}
	return ballot.Attributes{Process: values[0], Role: values[1], Unit: values[2]}, nil
}

// words names a group in a complaint.
func (g grouping) words(a ballot.Attributes) string {
	var parts []string
	for i, v := range []string{a.Process, a.Role, a.Unit} {
		if g.places[i] != "" {
			parts = append(parts, fmt.Sprintf("%s %q", g.places[i], v))
		}
	}
	if len(parts) == 0 {
		return "everybody"
	}
	return strings.Join(parts, ", ")
}

// invitedFile is what invited.csv says: how many people were invited.
type invitedFile struct {
	name       string
	attributes []string // its columns beside iteration and invited
	iterated   bool
	people     map[string]map[ballot.Attributes]int // by iteration; "" = the same in all
	order      map[string][]ballot.Attributes
}

// readInvited reads invited.csv, rows of the same group added up. A column beside those
// of the groups splits rows more finely than asked for.
func readInvited(path string, g grouping) (*invitedFile, error) {
	c, err := table.Open(path)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	count, err := c.Column(invitedColumn, "it holds the number of people invited")
	if err != nil {
		return nil, err
	}
	at, err := g.in(c)
	if err != nil {
		return nil, err
	}
	in := &invitedFile{name: c.Name, people: map[string]map[ballot.Attributes]int{}, order: map[string][]ballot.Attributes{}}
	iteration := slices.Index(c.Columns, iterationColumn)
	in.iterated = iteration >= 0
	for i, name := range c.Columns {
		if i != count && i != iteration {
			in.attributes = append(in.attributes, name)
		}
	}
	seen := map[string]int{}
	for {
		more, err := c.Next()
		if err != nil || !more {
			return in, err
		}
		if err := in.add(c, g, at, iteration, count, seen); err != nil {
			return nil, err
		}
	}
}

// add takes the current row; seen remembers the lines of the rows before.
func (in *invitedFile) add(c *table.File, g grouping, at [3]int, iteration, count int, seen map[string]int) error {
	people, err := strconv.ParseUint(c.Row[count], 10, 31)
	if err != nil {
		return c.Bad(count, "is %q; expected a whole number of people, 0 or more", c.Row[count])
	}
	rest := slices.Delete(slices.Clone(c.Row), count, count+1)
	line := c.Line()
	key := strings.Join(rest, "\x00")
	if first := seen[key]; first > 0 {
		return c.Bad(table.NoCell, "the same group stands in line %d already; expected every group once, with all its people", first)
	}
	seen[key] = line
	attributes, err := g.of(c, at)
	if err != nil {
		return err
	}
	name := ""
	if iteration >= 0 {
		if name = norm.NFC.String(c.Row[iteration]); name == "" {
			return c.Bad(iteration, "is empty; expected the name of the iteration, as in the answers")
		}
	}
	if in.people[name] == nil {
		in.people[name] = map[ballot.Attributes]int{}
	}
	if _, known := in.people[name][attributes]; !known {
		in.order[name] = append(in.order[name], attributes)
	}
	in.people[name][attributes] += int(people)
	return nil
}

// of gives the groups invited to an iteration.
func (in *invitedFile) of(iteration string) []tally.Invited {
	if !in.iterated {
		iteration = ""
	}
	var list []tally.Invited
	for _, a := range in.order[iteration] {
		list = append(list, tally.Invited{Process: a.Process, Role: a.Role, Unit: a.Unit, People: in.people[iteration][a]})
	}
	return list
}
