package pdf

import (
	"fmt"
	"strconv"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// node is an element of the structure tree: what is read, in the order of reading
// (ISO 32000-1, 14.7 and 14.8). What stands in no node is decoration.
type node struct {
	kind  string // standard structure type, e.g. P
	alt   string // what a figure shows
	more  string // further entries of its dictionary
	page  int    // from 0
	kids  []kid
	above *node
}

// kid is one of: another node, a piece of content, a link.
type kid struct {
	node *node
	link *link
	mark int // number of the piece on the page
}

// link leads from an area of a page to another page.
type link struct {
	box   chart.Box // mm from the top left
	to    int       // page, from 0
	words string    // what it says to those who do not see it
	node  *node
}

// entry is a bookmark.
type entry struct {
	title string
	level int // 0 or 1
	page  int
	y     float64
}

// sheet is what the finisher has to know of a page.
type sheet struct {
	marks []*node // owners of the pieces of content
	links []*link
}

// as draws what belongs into an element of a kind below the present one.
func (d *drawer) as(kind string, draw func()) { d.within(&node{kind: kind}, draw) }

func (d *drawer) within(n *node, draw func()) {
	n.above, n.page = d.at, d.PageNo()-1
	if d.at != nil {
		d.at.kids = append(d.at.kids, kid{node: n})
	}
	d.at = n
	draw()
	d.at = n.above
}

// figure draws a chart that is read as its sentence.
func (d *drawer) figure(c chart.Figure, b chart.Box) {
	d.noteFigure(b)
	d.within(d.pictured(c.Alt(), b), func() { c.Draw(d, b) })
}

// pictured is the element of a figure at a place of the page.
func (d *drawer) pictured(alt string, b chart.Box) *node {
	b.Y += d.shift
	return &node{kind: "Figure", alt: font.Clean(alt), more: "/A <</O /Layout /Placement /Block /BBox [" + rectangle(b) + "]>>"}
}

// shape begins a piece of content that is a line, an area or a symbol.
func (d *drawer) shape() {
	if d.at != nil && d.at.kind == "Figure" {
		d.mark(d.at)
		return
	}
	d.mark(nil)
}

// mark sees to it that what is drawn next belongs to a node, nil for decoration.
func (d *drawer) mark(n *node) {
	if d.marked && d.open == n {
		return
	}
	d.unmark()
	d.marked, d.open = true, n
	if n == nil {
		d.RawWriteStr("/Artifact " + d.margin)
		return
	}
	s := &d.sheets[len(d.sheets)-1]
	d.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", n.kind, len(s.marks)))
	n.kids = append(n.kids, kid{mark: len(s.marks)})
	s.marks = append(s.marks, n)
}

// unmark ends the piece of content that is open.
func (d *drawer) unmark() {
	if d.marked {
		d.RawWriteStr("EMC")
	}
	d.marked = false
}

// Words behind /Artifact: plain decoration, running head, running foot.
const (
	plain  = "BMC"
	header = "<</Type /Pagination /Subtype /Header>> BDC"
	footer = "<</Type /Pagination /Subtype /Footer>> BDC"
)

// inMargin draws a running head or foot, which nobody wants to hear on every page.
func (d *drawer) inMargin(words string, draw func()) {
	d.unmark()
	at := d.at
	d.at, d.margin = nil, words
	draw()
	d.unmark()
	d.at, d.margin = at, plain
}

// tree writes the structure tree.
type tree struct {
	objects     *objects
	pages       []int         // numbers of the page objects
	annotations map[*link]int // numbers of the links
	numbers     map[*node]int // of what is written
}

// write appends the tree of a document and gives the number of its root. Pages have
// their own numbers as keys, links those behind.
func (t *tree) write(document *node, sheets []sheet) int {
	root := t.objects.reserve()
	top := t.node(document, root)
	var parents strings.Builder
	for i, s := range sheets {
		fmt.Fprintf(&parents, "%d [", i)
		for _, n := range s.marks {
			fmt.Fprintf(&parents, "%d 0 R ", t.numbers[n])
		}
		parents.WriteString("]\n")
	}
	key := len(sheets)
	for _, s := range sheets {
		for _, l := range s.links {
			fmt.Fprintf(&parents, "%d %d 0 R\n", key, t.numbers[l.node])
			key++
		}
	}
	list := t.objects.add("<</Nums [" + parents.String() + "]>>")
	(*t.objects)[root] = fmt.Appendf(nil, "<</Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R /ParentTreeNextKey %d>>", top, list, key)
	return root
}

func (t *tree) node(n *node, above int) int {
	number := t.objects.reserve()
	t.numbers[n] = number
	var out strings.Builder
	fmt.Fprintf(&out, "<</S /%s /P %d 0 R /Pg %d 0 R", n.kind, above, t.pages[n.page])
	if n.alt != "" {
		out.WriteString(" /Alt " + textString(n.alt))
	}
	if n.more != "" {
		out.WriteString(" " + n.more)
	}
	out.WriteString(" /K [")
	for i, k := range n.kids {
		if i > 0 {
			out.WriteString(" ")
		}
		switch {
		case k.node != nil:
			fmt.Fprintf(&out, "%d 0 R", t.node(k.node, number))
		case k.link != nil:
			fmt.Fprintf(&out, "<</Type /OBJR /Obj %d 0 R>>", t.annotations[k.link])
		default:
			out.WriteString(strconv.Itoa(k.mark))
		}
	}
	out.WriteString("]>>")
	(*t.objects)[number] = []byte(out.String())
	return number
}
