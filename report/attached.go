package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"pulscheck/survey"
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
// the same in every language and version, but for findings that were edited in one.
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
	Modules      *Modules       `json:"modules,omitempty"` // what is shown of them
	Counts       *counts        `json:"counts,omitempty"`  // what the summary tells of them
	Limits       *survey.Limits `json:"limits,omitempty"`  // of words and symbols, where they are not the usual ones
	Look         *look          `json:"look,omitempty"`
}

// counts are the numbers of modules that stand on the summary.
type counts struct {
	Maturity  *Share         `json:"maturity_at_target,omitempty"`
	Goals     *GoalCount     `json:"goals,omitempty"`
	QuickWins *WinCount      `json:"quick_wins,omitempty"`
	Register  *RegisterCount `json:"register,omitempty"`
	Changes   map[string]int `json:"changes,omitempty"` // since the iteration before, by module
}

// counted gives what the data hold of the modules, nothing without any.
func (b *builder) counted() (*Modules, *counts) {
	m := b.Modules
	c := counts{Changes: map[string]int{}}
	if m.Maturity != nil {
		part, of := m.Maturity.atTarget()
		c.Maturity = &Share{b.Iteration.Number, part, of}
		c.since("maturity", part, m.Maturity.Before)
	}
	if m.Goals != nil {
		c.Goals = new(b.goalCount())
		c.since("goals", c.Goals.OnTrack, m.Goals.Before)
	}
	if m.QuickWins != nil {
		c.QuickWins = new(m.QuickWins.count())
		c.since("quick_wins", c.QuickWins.Told, m.QuickWins.Before)
	}
	if m.Voices != nil {
		c.Register = new(b.registerCount())
	}
	if m.Maturity == nil && m.Goals == nil && m.QuickWins == nil && m.Voices == nil && m.Act == nil && len(m.Edits) == 0 {
		return nil, nil
	}
	return &m, &c
}

func (c *counts) since(module string, part int, before *Share) {
	if before != nil {
		c.Changes[module] = part - before.Part
	}
}

// canonical gives the data of the report in their one form.
func (b *builder) canonical() ([]byte, string, error) {
	modules, counts := b.counted()
	return canonical(contents{
		"pulscheck-report-1", "check", b.Organisation.Key, b.Organisation.Name, b.Programme, b.Iteration.Number, b.Results.CountedAt.UTC(),
		hex.EncodeToString(b.Round.Fingerprint), b.Results, modules, counts, b.ownLimits(), b.look(),
	})
}

// canonical gives data in the one form that their hash is taken of: keys sorted, no
// white space, numbers as short as can be (RFC 8785), and that hash, hexadecimal.
func canonical(data any) (form []byte, hash string, err error) {
	plain, err := json.Marshal(data)
	if err != nil {
		return nil, "", err
	}
	var tree any
	d := json.NewDecoder(bytes.NewReader(plain))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		return nil, "", err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err = e.Encode(tree) // sorts keys
	form = bytes.TrimSuffix(out.Bytes(), []byte("\n"))
	sum := sha256.Sum256(form)
	return form, hex.EncodeToString(sum[:]), err
}

// shortHash is as much of a hash as stands on every page.
func shortHash(hash string) string { return hash[:4] + " " + hash[4:8] + " " + hash[8:12] }

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
