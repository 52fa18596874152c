package report

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"pulscheck/survey/locale"
	"pulscheck/survey/tally"
)

// File is attached to a document.
type File struct {
	Name  string // of letters, digits, dot and hyphen
	Type  string // media type
	About string // what it holds
	Help  bool   // explains, else it holds the data
	Body  []byte
}

// DataFiles are the names that the canonical data are attached under, by language.
var DataFiles = map[locale.Language]string{locale.German: "daten.json", locale.English: "data.json"}

// contents is the canonical data of a report: what it is about and what it displays,
// the same in every language and version.
type contents struct {
	Format       string         `json:"format"`
	Kind         string         `json:"kind"`
	Organisation string         `json:"organisation"` // its key, as in the document id
	Name         string         `json:"name"`         // of the organisation
	Programme    string         `json:"programme"`
	Iteration    int            `json:"iteration"`
	CountedAt    time.Time      `json:"counted_at"`
	Fingerprint  string         `json:"fingerprint"`
	Results      *tally.Results `json:"results"`
}

// canonical gives the data in the one form that its hash is taken of: keys sorted, no
// white space, numbers as short as can be (RFC 8785).
func (b *builder) canonical() ([]byte, error) {
	plain, err := json.Marshal(contents{
		"pulscheck-report-1", "check", b.Organisation.Key, b.Organisation.Name, b.Programme, b.Iteration.Number, b.Results.CountedAt.UTC(),
		hex.EncodeToString(b.Round.Fingerprint), b.Results,
	})
	if err != nil {
		return nil, err
	}
	var tree any
	d := json.NewDecoder(bytes.NewReader(plain))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err = e.Encode(tree) // sorts keys
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

// files are what the report brings along: the data for programs, for spreadsheets, and
// how to read them.
func (b *builder) files(canonical []byte, hash string) []File {
	return []File{
		{Name: b.t("file.json"), Type: "application/json", About: b.t("file.json-about"), Body: canonical},
		{Name: b.t("file.csv"), Type: "text/csv", About: b.t("file.csv-about"), Body: b.csv()},
		{Name: b.t("file.help"), Type: "text/plain", About: b.t("file.help-about"), Help: true, Body: b.help(hash)},
	}
}

// help says how to read the attached files.
func (b *builder) help(hash string) []byte {
	var out strings.Builder
	for i := 1; b.p.Has(fmt.Sprintf("report.help.%d", i)); i++ {
		out.WriteString(b.t(fmt.Sprintf("help.%d", i), "k", b.Results.K, "hash", hash, "json", b.t("file.json"), "csv", b.t("file.csv")))
		out.WriteString("\r\n\r\n")
	}
	return []byte(strings.ReplaceAll(out.String(), "\u00a0", " "))
}
