package tally

import (
	"cmp"
	"slices"
	"strings"

	"pulscheck/survey/ballot"
)

// Key names the group, e.g. "total", "process=INC&role=staff", "unit=_others".
func (g Group) Key() string {
	key := ""
	for _, part := range []struct{ name, value string }{{"process", g.Process}, {"role", g.Role}, {"unit", g.Unit}} {
		if part.value == "" {
			continue
		}
		if key != "" {
			key += "&"
		}
		key += part.name + "=" + strings.ReplaceAll(part.value, "&", "&&")
	}
	return cmp.Or(key, "total")
}

// group is a candidate of the release decision, or a hidden part of a partition.
type group struct {
	Group
	key     string
	level   int
	atoms   []int // indices of the atoms in it
	invited int
	late    bool // decided after the others
	hidden  bool // what a partition has left of people who did not say: never a candidate
}

// partition splits a group into parts that do not overlap.
type partition struct {
	parent string
	parts  []string
}

// groups are all groups of a round by key, with the partitions a reader may use.
type groups struct {
	byKey      map[string]*group
	order      []string // total, processes, roles, process × role, units; each in key order
	partitions []partition
}

// notStated is the key part of people who withheld an attribute.
const notStated = "?"

// attributes tells the values that occur among invited people and ballots.
type attributes struct{ processes, roles, units []string }

func (c *Counter) attributes() attributes {
	seen := [3]map[string]bool{{}, {}, {}}
	note := func(process, role, unit string) {
		for i, v := range []string{process, role, unit} {
			if v != "" {
				seen[i][v] = true
			}
		}
	}
	for _, i := range c.in.Invited {
		note(i.Process, i.Role, i.Unit)
	}
	for _, a := range c.atoms {
		note(a.Process, a.Role, a.Unit)
	}
	sorted := func(m map[string]bool) []string {
		var list []string
		for v := range m {
			list = append(list, v)
		}
		slices.Sort(list)
		return list
	}
	return attributes{sorted(seen[0]), sorted(seen[1]), sorted(seen[2])}
}

// groups declares every group there is (decision 18; for answers collected elsewhere
// every combination of the attributes).
func (c *Counter) groups() *groups {
	a := c.attributes()
	if c.in.Combined {
		return c.combinations([places][]string{a.processes, a.roles, a.units})
	}
	g := &groups{byKey: map[string]*group{}}
	c.declare(g, Group{}, 0)
	for _, p := range a.processes {
		c.declare(g, Group{Process: p}, 1)
	}
	for _, r := range a.roles {
		c.declare(g, Group{Role: r}, 1)
	}
	for _, p := range a.processes {
		for _, r := range a.roles {
			c.declare(g, Group{Process: p, Role: r}, 2)
		}
	}
	for _, u := range a.units {
		c.declare(g, Group{Unit: u}, 1)
	}
	c.hide(g, a)
	g.split(a)
	return g
}

func (c *Counter) declare(g *groups, name Group, level int) {
	one := &group{Group: name, key: name.Key(), level: level, late: name.Unit != ""}
	for i, atom := range c.atoms {
		if name.holds(atom.Process, atom.Role, atom.Unit) {
			one.atoms = append(one.atoms, i)
		}
	}
	for _, i := range c.in.Invited {
		if name.holds(i.Process, i.Role, i.Unit) {
			one.invited += i.People
		}
	}
	g.byKey[one.key] = one
	g.order = append(g.order, one.key)
}

// holds says whether somebody with these attributes belongs to the group.
func (g Group) holds(process, role, unit string) bool {
	return (g.Process == "" || g.Process == process) && (g.Role == "" || g.Role == role) && (g.Unit == "" || g.Unit == unit)
}

// hide declares the parts of people who withheld role or unit.
func (c *Counter) hide(g *groups, a attributes) {
	add := func(key string, in func(ballot.Attributes) bool) {
		one := &group{key: key, level: 2, hidden: true}
		for i, atom := range c.atoms {
			if in(atom) {
				one.atoms = append(one.atoms, i)
			}
		}
		g.byKey[key] = one
	}
	add("role="+notStated, func(x ballot.Attributes) bool { return x.Role == "" })
	add("unit="+notStated, func(x ballot.Attributes) bool { return x.Unit == "" })
	for _, p := range a.processes {
		add("process="+p+"&role="+notStated, func(x ballot.Attributes) bool { return x.Process == p && x.Role == "" })
	}
}

// split lists the partitions that a reader may compute with.
func (g *groups) split(a attributes) {
	keys := func(name func(string) Group, values []string, more ...string) []string {
		var list []string
		for _, v := range values {
			list = append(list, name(v).Key())
		}
		return append(list, more...)
	}
	byRole := func(p string) func(string) Group { return func(r string) Group { return Group{Process: p, Role: r} } }
	g.partitions = []partition{
		{"total", keys(func(p string) Group { return Group{Process: p} }, a.processes)},
		{"total", keys(func(r string) Group { return Group{Role: r} }, a.roles, "role="+notStated)},
		{"total", keys(func(u string) Group { return Group{Unit: u} }, a.units, "unit="+notStated)},
	}
	for _, p := range a.processes {
		g.partitions = append(g.partitions, partition{"process=" + p, keys(byRole(p), a.roles, "process="+p+"&role="+notStated)})
	}
	for _, r := range a.roles {
		g.partitions = append(g.partitions, partition{"role=" + r, keys(func(p string) Group { return Group{Process: p, Role: r} }, a.processes)})
	}
	hidden := partition{parent: "role=" + notStated}
	for _, p := range a.processes {
		hidden.parts = append(hidden.parts, "process="+p+"&role="+notStated)
	}
	g.partitions = append(g.partitions, hidden)
}
