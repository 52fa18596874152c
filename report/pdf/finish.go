package pdf

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
)

// profile describes the colours: sRGB2014.icc of the International Color Consortium,
// see LICENSE_PROFILE.
//
//go:embed sRGB2014.icc
var profile []byte

// finish makes PDF/A-3b and PDF/UA-1 of what fpdf wrote. fpdf's objects 1 and 2 are
// page tree and resources, page i from 0 is object 3+2i with its content behind it;
// information and catalog at the end are left out, ours take their place.
func (d *drawer) finish(file []byte) ([]byte, error) {
	all, err := takeApart(file)
	if err != nil || len(all) < 5+2*len(d.sheets) {
		return nil, errFile
	}
	o := all[:len(all)-2]
	mendFonts(o)
	pages := make([]int, len(d.sheets))
	for i := range pages {
		pages[i] = 3 + 2*i
	}
	annotations, err := d.writePages(&o, pages)
	if err != nil {
		return nil, err
	}
	var catalog strings.Builder
	fmt.Fprintf(&catalog, "<</Type /Catalog /Pages 1 0 R /Lang (%s) /MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>>", d.doc.Language)
	fmt.Fprintf(&catalog, "\n/StructTreeRoot %d 0 R", (&tree{&o, pages, annotations, map[*node]int{}}).write(d.root, d.sheets))
	fmt.Fprintf(&catalog, "\n/Outlines %d 0 R /PageMode /UseOutlines", d.writeOutline(&o, pages))
	fmt.Fprintf(&catalog, "\n/Metadata %d 0 R", o.stream("/Type /Metadata /Subtype /XML", d.metadata(), false))
	fmt.Fprintf(&catalog, "\n/OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R>>]",
		o.stream("/N 3", profile, true))
	catalog.WriteString(d.writeFiles(&o))
	catalog.WriteString(">>")
	info := o.add(d.information())
	return o.file(o.add(catalog.String()), info), nil
}

// writePages completes the page objects and appends the links.
func (d *drawer) writePages(o *objects, pages []int) (map[*link]int, error) {
	annotations := map[*link]int{}
	var err error
	key := len(pages)
	for i, n := range pages {
		page := (*o)[n]
		if !bytes.HasPrefix(page, []byte("<</Type /Page\n")) {
			return nil, errFile
		}
		if (*o)[n+1], err = packed((*o)[n+1]); err != nil {
			return nil, err
		}
		more := fmt.Sprintf("<</Type /Page\n/StructParents %d /Tabs /S", i)
		if links := d.sheets[i].links; len(links) > 0 {
			more += " /Annots ["
			for _, l := range links {
				annotations[l] = o.add(l.annotation(key, pages[l.to]))
				more += fmt.Sprintf("%d 0 R ", annotations[l])
				key++
			}
			more += "]"
		}
		(*o)[n] = append([]byte(more), bytes.TrimPrefix(page, []byte("<</Type /Page"))...)
	}
	return annotations, nil
}

// annotation gives the object of a link to a page object; key is that in the tree.
func (l *link) annotation(key, page int) string {
	return fmt.Sprintf("<</Type /Annot /Subtype /Link /Rect [%s] /Border [0 0 0] /F 4 /StructParent %d /Contents %s /Dest [%d 0 R /XYZ 0 %.2f null]>>",
		rectangle(l.box), key, textString(l.words), page, height*pointsPerMM)
}

// writeOutline appends the bookmarks and gives the number of their root. Those of
// level 1 are folded away.
func (d *drawer) writeOutline(o *objects, pages []int) int {
	root := o.reserve()
	first := len(*o)
	for range d.entries {
		o.reserve()
	}
	var tops []int
	for i, e := range d.entries {
		if e.level == 0 {
			tops = append(tops, i)
		}
	}
	for t, i := range tops {
		end := len(d.entries)
		if t+1 < len(tops) {
			end = tops[t+1]
		}
		links := neighbours(first, tops, t)
		if end > i+1 {
			links += fmt.Sprintf(" /First %d 0 R /Last %d 0 R /Count -%d", first+i+1, first+end-1, end-i-1)
		}
		(*o)[first+i] = d.entries[i].object(root, links, pages)
		below := make([]int, 0, end-i-1)
		for j := i + 1; j < end; j++ {
			below = append(below, j)
		}
		for b, j := range below {
			(*o)[first+j] = d.entries[j].object(first+i, neighbours(first, below, b), pages)
		}
	}
	(*o)[root] = fmt.Appendf(nil, "<</Type /Outlines /First %d 0 R /Last %d 0 R /Count %d>>", first+tops[0], first+tops[len(tops)-1], len(tops))
	return root
}

// neighbours links bookmark i of a level with those before and behind it.
func neighbours(first int, level []int, i int) string {
	links := ""
	if i > 0 {
		links += fmt.Sprintf(" /Prev %d 0 R", first+level[i-1])
	}
	if i+1 < len(level) {
		links += fmt.Sprintf(" /Next %d 0 R", first+level[i+1])
	}
	return links
}

func (e entry) object(above int, links string, pages []int) []byte {
	return fmt.Appendf(nil, "<</Title %s /Parent %d 0 R%s /Dest [%d 0 R /XYZ 0 %.2f null]>>", textString(e.title), above, links, pages[e.page], (height-e.y)*pointsPerMM)
}
