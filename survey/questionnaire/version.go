package questionnaire

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"

	"pulscheck/survey/locale"
)

// secondsPerItem is the time told to respondents for one closed question (decision 15).
const secondsPerItem = 6

// Hash is the version of the questionnaire: base64url of the SHA-256 of what
// respondents are asked, so that a changed wording, scale or order is another version.
func (q *Questionnaire) Hash() string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(q); err != nil {
		panic(fmt.Sprintf("questionnaire: encode %s: %v", q.ID, err)) // plain data always encodes
	}
	sum := sha256.Sum256(bytes.TrimRight(b.Bytes(), "\n"))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Seconds is the time that the closed questions take, as told to respondents.
func (q *Questionnaire) Seconds() int { return secondsPerItem * len(q.Items) }

// TimeWords tells Seconds to people: below 50 s rounded up to 10 s, from then on to
// whole minutes (decision 15).
func (q *Questionnaire) TimeWords() locale.Text {
	s := q.Seconds()
	if s < 50 {
		s = (s + 9) / 10 * 10
		return locale.Text{DE: fmt.Sprintf("etwa %d Sekunden", s), EN: fmt.Sprintf("about %d seconds", s)}
	}
	minutes := (s + 59) / 60
	if minutes == 1 {
		return locale.Text{DE: "etwa eine Minute", EN: "about one minute"}
	}
	return locale.Text{DE: fmt.Sprintf("etwa %d Minuten", minutes), EN: fmt.Sprintf("about %d minutes", minutes)}
}

// Item gives the item of a key, nil if there is none.
func (q *Questionnaire) Item(key string) *Item {
	for i := range q.Items {
		if q.Items[i].Key == key {
			return &q.Items[i]
		}
	}
	return nil
}

// YesNo says that an item has two answers: it is told as a share, not as an index.
func (q *Questionnaire) YesNo(key string) bool {
	i := q.Item(key)
	if i == nil {
		return false
	}
	s := q.Scales[i.Scale]
	return s.Hi-s.Lo == 1
}

// ItemsOf gives the keys of a construct's items in order.
func (q *Questionnaire) ItemsOf(construct string) []string {
	var keys []string
	for _, i := range q.Items {
		if i.Construct == construct {
			keys = append(keys, i.Key)
		}
	}
	return keys
}

// SameConstruct says whether a construct means the same in both: the same item keys
// with the same wordings and scales (decision 17).
func SameConstruct(a, b *Questionnaire, construct string) bool {
	keys := a.ItemsOf(construct)
	if len(keys) == 0 {
		return false
	}
	other := b.ItemsOf(construct)
	slices.Sort(keys)
	slices.Sort(other)
	if !slices.Equal(keys, other) {
		return false
	}
	for _, key := range keys {
		if !SameItem(a, b, key) {
			return false
		}
	}
	return true
}

// SameItem says whether an item means the same in both: wording, scale and direction.
func SameItem(a, b *Questionnaire, key string) bool {
	x, y := a.Item(key), b.Item(key)
	if x == nil || y == nil || x.Text != y.Text || x.Reverse != y.Reverse {
		return false
	}
	s, t := a.Scales[x.Scale], b.Scales[y.Scale]
	return s.Lo == t.Lo && s.Hi == t.Hi
}
