package pdf

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pulscheck/report"
)

// writeFiles appends the attached files and gives the entries of the catalog that name
// them, none without files.
func (d *drawer) writeFiles(o *objects) string {
	if len(d.doc.Files) == 0 {
		return ""
	}
	files := slices.SortedFunc(slices.Values(d.doc.Files), func(a, b report.File) int { return cmp.Compare(a.Name, b.Name) })
	var list, names strings.Builder
	for _, f := range files {
		stamp := date(d.doc.Created)
		data := o.stream(fmt.Sprintf("/Type /EmbeddedFile /Subtype /%s /Params <</Size %d /CreationDate %s /ModDate %s>>",
			strings.ReplaceAll(f.Type, "/", "#2F"), len(f.Body), stamp, stamp), f.Body, true)
		relation := "Data"
		if f.Help {
			relation = "Supplement"
		}
		spec := o.add(fmt.Sprintf("<</Type /Filespec /F (%s) /UF (%s) /AFRelationship /%s /Desc %s /EF <</F %d 0 R /UF %d 0 R>>>>",
			f.Name, f.Name, relation, textString(f.About), data, data))
		fmt.Fprintf(&list, "%d 0 R ", spec)
		fmt.Fprintf(&names, "(%s) %d 0 R ", f.Name, spec)
	}
	return fmt.Sprintf("\n/AF [%s]\n/Names <</EmbeddedFiles <</Names [%s]>>>>", list.String(), names.String())
}
