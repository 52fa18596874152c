package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf16"

	"pulscheck/report/chart"
)

// objects are the indirect objects of a file by number; number 0 is unused.
type objects [][]byte

// errFile says that a file is not built as ours are.
var errFile = errors.New("no PDF as pulscheck writes it")

// takeApart takes a file with a plain cross-reference table apart. Its last two objects,
// as fpdf numbers them, are information and catalog.
func takeApart(file []byte) (objects, error) {
	_, tail, found := bytes.Cut(file[max(0, len(file)-64):], []byte("startxref\n"))
	at, err := strconv.Atoi(string(bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimSpace(tail), []byte("%%EOF")))))
	if !found || err != nil || at < 0 || at > len(file) {
		return nil, errFile
	}
	var count int
	lines := bytes.Split(file[at:], []byte("\n"))
	if len(lines) < 3 || string(lines[0]) != "xref" {
		return nil, errFile
	}
	if _, err := fmt.Sscanf(string(lines[1]), "0 %d", &count); err != nil || count < 1 || count+2 > len(lines) {
		return nil, errFile
	}
	all := make(objects, count)
	for n := 1; n < count; n++ {
		offset, err := strconv.Atoi(string(lines[n+2][:min(10, len(lines[n+2]))]))
		if err != nil || offset < 0 || offset >= at {
			return nil, errFile
		}
		start := strconv.Itoa(n) + " 0 obj\n"
		if !bytes.HasPrefix(file[offset:at], []byte(start)) {
			return nil, errFile
		}
		all[n] = file[offset+len(start) : at]
		end := bytes.Index(all[n], []byte("\nendobj\n"))
		if stream := bytes.Index(all[n], []byte("stream\n")); stream >= 0 && stream < end {
			end = stream + bytes.Index(all[n][stream:], []byte("\nendstream\nendobj\n")) + len("\nendstream")
		}
		if end < 0 {
			return nil, errFile
		}
		all[n] = all[n][:end]
	}
	return all, nil
}

// reserve gives the number of an object that is set later.
func (o *objects) reserve() int {
	*o = append(*o, nil)
	return len(*o) - 1
}

// add appends an object and gives its number.
func (o *objects) add(text string) int {
	*o = append(*o, []byte(text))
	return len(*o) - 1
}

// stream appends a stream with further entries of its dictionary.
func (o *objects) stream(entries string, data []byte, packed bool) int {
	*o = append(*o, stream(entries, data, packed))
	return len(*o) - 1
}

func stream(entries string, data []byte, packed bool) []byte {
	if packed {
		data, entries = pack(data), entries+" /Filter /FlateDecode"
	}
	return fmt.Appendf(nil, "<<%s /Length %d>>\nstream\n%s\nendstream", entries, len(data), data)
}

// packers are used again and again: a new one takes a megabyte.
var packers = sync.Pool{New: func() any { return zlib.NewWriter(nil) }}

func pack(data []byte) []byte {
	var small bytes.Buffer
	w := packers.Get().(*zlib.Writer)
	defer packers.Put(w)
	w.Reset(&small)
	w.Write(data) //nolint:errcheck // a buffer takes everything
	w.Close()     //nolint:errcheck // as above
	return small.Bytes()
}

// packed gives a plain stream of fpdf packed.
func packed(object []byte) ([]byte, error) {
	_, data, found := bytes.Cut(object, []byte(">>\nstream\n"))
	data, ended := bytes.CutSuffix(data, []byte("\nendstream"))
	if !found || !ended {
		return nil, errFile
	}
	return stream("", data, true), nil
}

// file puts the objects together. The identifier of the file comes from its bytes.
func (o objects) file(root, info int) []byte {
	size := 100 + 20*len(o)
	for _, body := range o {
		size += len(body) + 24
	}
	out := bytes.NewBuffer(make([]byte, 0, size))
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(o))
	for n := 1; n < len(o); n++ {
		offsets[n] = out.Len()
		fmt.Fprintf(out, "%d 0 obj\n", n)
		out.Write(o[n])
		out.WriteString("\nendobj\n")
	}
	sum := sha256.Sum256(out.Bytes())
	at := out.Len()
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", len(o))
	for _, offset := range offsets[1:] {
		fmt.Fprintf(out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(out, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(o), root, info, sum[:16], sum[:16], at)
	return out.Bytes()
}

// textString gives a text string: UTF-16 with its mark, written in hexadecimal.
func textString(s string) string {
	units := utf16.Encode([]rune(s))
	raw := make([]byte, 2, 2+2*len(units))
	raw[0], raw[1] = 0xfe, 0xff
	for _, u := range units {
		raw = append(raw, byte(u>>8), byte(u))
	}
	return "<" + strings.ToUpper(hex.EncodeToString(raw)) + ">"
}

// date gives a date in UTC.
func date(t time.Time) string { return "(D:" + t.UTC().Format("20060102150405") + "Z)" }

// pointsPerMM is the unit of a file in ours.
const pointsPerMM = 72 / 25.4

// height of a page in mm: files count from below, we from above.
const height = 297.0

// rectangle gives a box in mm from the top left in points from the bottom left.
func rectangle(b chart.Box) string {
	return fmt.Sprintf("%.2f %.2f %.2f %.2f", b.X*pointsPerMM, (height-b.Y-b.H)*pointsPerMM, (b.X+b.W)*pointsPerMM, (height-b.Y)*pointsPerMM)
}
