package ballot

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

// Manifest is what everybody invited sees of a round before answering: one text,
// the same for all, stored once at opening. Its fingerprint is printed in mails, on
// posters and in the report.
type Manifest struct {
	Round         string                `json:"round"`
	Organisation  string                `json:"organisation"`
	Title         locale.Text           `json:"title"`
	Opens         time.Time             `json:"opens"`
	Closes        time.Time             `json:"closes"`
	K             int                   `json:"k"`
	Scheme        string                `json:"scheme"`
	IssuerKey     string                `json:"issuer_key"` // base64url
	Questionnaire ManifestQuestionnaire `json:"questionnaire"`
	Processes     []Choice              `json:"processes"`
	Roles         []Choice              `json:"roles"`
	Units         []Choice              `json:"units"`
	Invited       int                   `json:"invited"`
	Paper         int                   `json:"paper"`
	Trustee       string                `json:"trustee,omitempty"` // base64url of the fingerprint of the key that opening the ballots takes
	Zone          string                `json:"zone,omitempty"`    // IANA; in which days are told
	Contact       *locale.Text          `json:"contact,omitempty"` // whom respondents ask
}

// ManifestQuestionnaire is the part of a questionnaire that respondents see.
type ManifestQuestionnaire struct {
	ID      string                         `json:"id"`
	Hash    string                         `json:"hash"`
	Items   []ManifestItem                 `json:"items"`
	Scales  map[string]questionnaire.Scale `json:"scales"`
	Comment *locale.Text                   `json:"comment"`
	TextMax int                            `json:"text_max"` // runes of the open question; 0 = none
	Seconds int                            `json:"seconds"`  // time told to respondents
}

// ManifestItem is one closed question.
type ManifestItem struct {
	Key     string      `json:"key"`
	Text    locale.Text `json:"text"`
	Scale   string      `json:"scale"`
	Reverse bool        `json:"reverse"`
	Kind    string      `json:"kind"`
}

// Choice is one process, role or unit.
type Choice struct {
	Key  string      `json:"key"`
	Name locale.Text `json:"name"`
}

// DescribeQuestionnaire gives the manifest's view of a questionnaire.
func DescribeQuestionnaire(q *questionnaire.Questionnaire) ManifestQuestionnaire {
	m := ManifestQuestionnaire{ID: q.ID, Hash: q.Hash(), Scales: q.Scales, Comment: q.Comment, Seconds: q.Seconds()}
	if q.Comment != nil {
		m.TextMax = questionnaire.TextMax
	}
	for _, i := range q.Items {
		m.Items = append(m.Items, ManifestItem{Key: i.Key, Text: i.Text, Scale: i.Scale, Reverse: i.Reverse, Kind: i.Kind})
	}
	return m
}

// Encode gives the canonical bytes of the manifest for these keys and their
// fingerprint (SHA-256, 32 bytes).
func (m Manifest) Encode(k *Keys) (canonical, fingerprint []byte, err error) {
	m.Scheme = Scheme
	m.IssuerKey = base64.RawURLEncoding.EncodeToString(k.issuer.public)
	if k.Trustee() != nil {
		m.Trustee = base64.RawURLEncoding.EncodeToString(k.Trustee())
	}
	m.Opens, m.Closes = m.Opens.UTC(), m.Closes.UTC()
	for _, list := range []*[]Choice{&m.Processes, &m.Roles, &m.Units} {
		if *list == nil {
			*list = []Choice{} // an empty list for scripts, never null
		}
	}
	canonical, err = encodeCanonical(m)
	if err != nil {
		return nil, nil, fmt.Errorf("encode manifest: %w", err)
	}
	return canonical, Fingerprint(canonical), nil
}

// encodeCanonical gives the one JSON text of v: struct fields in their order, map
// keys sorted, no spaces, no escapes that JSON does not ask for.
func encodeCanonical(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return unescapeSeparators(bytes.TrimRight(b.Bytes(), "\n")), nil
}

// unescapeSeparators writes U+2028 and U+2029 as themselves. encoding/json escapes
// them for old scripts, which would double the length of a text made of them.
func unescapeSeparators(text []byte) []byte {
	out := text[:0]
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			out = append(out, text[i])
			continue
		}
		switch {
		case bytes.HasPrefix(text[i:], []byte(`\u2028`)):
			out, i = append(out, "\u2028"...), i+5
		case bytes.HasPrefix(text[i:], []byte(`\u2029`)):
			out, i = append(out, "\u2029"...), i+5
		default: // the escaped character may be a backslash itself
			out, i = append(out, text[i], text[i+1]), i+1
		}
	}
	return out
}

// Fingerprint of the canonical bytes of a manifest.
func Fingerprint(canonical []byte) []byte {
	sum := sha256.Sum256(canonical)
	return sum[:]
}

// PrintFingerprint writes the first 8 bytes of a fingerprint for people to compare:
// 1a2b 3c4d 5e6f 7081.
func PrintFingerprint(fingerprint []byte) string {
	return fmt.Sprintf("%x %x %x %x", fingerprint[:2], fingerprint[2:4], fingerprint[4:6], fingerprint[6:FingerprintSize])
}

// ParseManifest reads a manifest as a respondent's device does, checking it against
// the fingerprint that came with the invitation (its first 8 bytes or more), and
// gives the issuer key it names.
func ParseManifest(canonical, fingerprint []byte) (*Manifest, []byte, error) {
	if len(fingerprint) < FingerprintSize || !bytes.HasPrefix(Fingerprint(canonical), fingerprint) {
		return nil, nil, fmt.Errorf("manifest does not match its fingerprint")
	}
	var m Manifest
	if err := json.Unmarshal(canonical, &m); err != nil {
		return nil, nil, fmt.Errorf("read manifest: %w", err)
	}
	key, err := base64.RawURLEncoding.DecodeString(m.IssuerKey)
	if err != nil {
		return nil, nil, fmt.Errorf("issuer key of manifest: %w", err)
	}
	if m.Scheme != Scheme {
		return nil, nil, fmt.Errorf("manifest names scheme %q, not %s", m.Scheme, Scheme)
	}
	return &m, key, nil
}
