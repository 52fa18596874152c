package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"unicode/utf16"
)

// Reading is what a file of ours holds for programs and for people.
type Reading struct {
	Files map[string][]byte // attached, by name
	Pages [][]string        // printed texts in the order in which they were drawn
}

// maxUnpacked bounds what a page or an attached file may unpack to, in bytes.
const maxUnpacked = 32 << 20

var fileSpec = regexp.MustCompile(`^<</Type /Filespec /F \(([A-Za-z0-9.-]+)\) .*/EF <</F ([0-9]+) 0 R `)

// Read reads a file that Draw wrote. It is strict: a file that was built differently,
// by another program or after a change, is an error, as is one over the limits of Draw.
func Read(file []byte) (*Reading, error) {
	if len(file) > maxBytes {
		return nil, errFile
	}
	o, err := takeApart(file)
	if err != nil {
		return nil, err
	}
	r := &Reading{Files: map[string][]byte{}}
	for n := 3; n+1 < len(o) && bytes.HasPrefix(o[n], []byte("<</Type /Page\n")); n += 2 {
		content, err := unpack(o[n+1])
		if err != nil || n > 2*maxPages+2 {
			return nil, fmt.Errorf("page %d: %w", len(r.Pages)+1, errFile)
		}
		r.Pages = append(r.Pages, shown(content))
	}
	for _, body := range o {
		spec := fileSpec.FindSubmatch(body)
		if spec == nil {
			continue
		}
		name := string(spec[1])
		n, err := strconv.Atoi(string(spec[2]))
		if _, twice := r.Files[name]; err != nil || n >= len(o) || twice {
			return nil, errFile
		}
		if r.Files[name], err = unpack(o[n]); err != nil {
			return nil, fmt.Errorf("attached %s: %w", name, err)
		}
	}
	return r, nil
}

// unpack gives the data of a stream.
func unpack(object []byte) ([]byte, error) {
	head, data, found := bytes.Cut(object, []byte(">>\nstream\n"))
	data, ended := bytes.CutSuffix(data, []byte("\nendstream"))
	if !found || !ended || !bytes.Contains(head, []byte("/Filter /FlateDecode")) {
		return nil, errFile
	}
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if err == nil && len(out) > maxUnpacked {
		err = errFile
	}
	return out, err
}

// shown gives the texts that a page shows: strings in UTF-16 before the operator Tj.
func shown(content []byte) []string {
	var texts []string
	for i := 0; i < len(content); i++ {
		if content[i] != '(' {
			continue
		}
		var raw []byte
		for i++; i < len(content) && content[i] != ')'; i++ {
			if content[i] == '\\' && i+1 < len(content) {
				if i++; content[i] == 'r' {
					raw = append(raw, '\r')
					continue
				}
			}
			raw = append(raw, content[i])
		}
		if bytes.HasPrefix(content[min(i, len(content)):], []byte(") Tj")) {
			var units []uint16
			for j := 0; j+1 < len(raw); j += 2 {
				units = append(units, uint16(raw[j])<<8|uint16(raw[j+1]))
			}
			texts = append(texts, string(utf16.Decode(units)))
		}
	}
	return texts
}
