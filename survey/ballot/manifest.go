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
	m.IssuerKey = base64.RawURLEncoding.EncodeToString(k.issuerKey)
	m.Opens, m.Closes = m.Opens.UTC(), m.Closes.UTC()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(m); err != nil {
		return nil, nil, fmt.Errorf("encode manifest: %w", err)
	}
	canonical = bytes.TrimRight(b.Bytes(), "\n")
	return canonical, Fingerprint(canonical), nil
}

// Fingerprint of the canonical bytes of a manifest.
func Fingerprint(canonical []byte) []byte {
	sum := sha256.Sum256(canonical)
	return sum[:]
}

// ParseManifest reads a manifest as a respondent's device does, checking it against
// the fingerprint (any prefix of it) that came with the invitation.
func ParseManifest(canonical, fingerprint []byte) (*Manifest, []byte, error) {
	if !bytes.HasPrefix(Fingerprint(canonical), fingerprint) {
		return nil, nil, fmt.Errorf("manifest does not match its fingerprint")
	}
	var m Manifest
	if err := json.Unmarshal(canonical, &m); err != nil {
		return nil, nil, fmt.Errorf("read manifest: %w", err)
	}
	key, err := base64.RawURLEncoding.DecodeString(m.IssuerKey)
	if err != nil || m.Scheme != Scheme {
		return nil, nil, fmt.Errorf("manifest names scheme %q: %w", m.Scheme, err)
	}
	return &m, key, nil
}
