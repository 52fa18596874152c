package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
)

// mendFonts gives the fonts that fpdf wrote their real names, marked as subsets of
// them, and a map to Unicode that readers take: fpdf's has one range over all codes,
// though a range must not go beyond the last byte (ISO 32000-1, 9.10.3).
func mendFonts(o objects) {
	sum := sha256.New()
	for _, body := range o[1:] {
		sum.Write(body)
	}
	tag := make([]byte, 6)
	for i, b := range sum.Sum(nil)[:len(tag)] {
		tag[i] = 'A' + b%26
	}
	for n, body := range o {
		switch {
		case bytes.Contains(body, []byte("begincmap")):
			o[n] = stream("", unicodeMap, true)
		case bytes.HasPrefix(body, []byte("<</Type /Font")):
			for _, f := range faces {
				if f.name == "" {
					continue
				}
				for _, end := range []string{"\n", " "} { // what may stand behind a name
					body = bytes.ReplaceAll(body, []byte("/utf8"+f.family+f.style+end), []byte("/"+string(tag)+"+"+f.name+end))
				}
			}
			o[n] = body
		}
	}
}

// unicodeMap maps every code to the character of this number: codes are UTF-16.
var unicodeMap = func() []byte {
	var out strings.Builder
	out.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	const most = 100 // ranges in a block
	for from := 0; from < 256; from += most {
		to := min(from+most, 256)
		fmt.Fprintf(&out, "%d beginbfrange\n", to-from)
		for high := from; high < to; high++ {
			fmt.Fprintf(&out, "<%02X00> <%02XFF> <%02X00>\n", high, high, high)
		}
		out.WriteString("endbfrange\n")
	}
	out.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend" + "\nend")
	return []byte(out.String())
}()
