package v1

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"

	"pulscheck/survey/fault"
)

// Pages of lists.
const defaultLimit = 50

// Paging is how a page is asked for.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many at most" example:"50"`
	Cursor string `query:"cursor" doc:"next_cursor of the page before"`
}

// List is one page of a list.
type List[T any] struct {
	Body Page[T]
}

// Page is one page of a list.
type Page[T any] struct {
	Items      []T     `json:"items" nullable:"false"`
	NextCursor *string `json:"next_cursor" doc:"null on the last page"`
}

// position is where a page ended: the last thing on it, and its place if that is gone.
type position struct {
	ID    string `json:"i"`
	Index int    `json:"n"`
}

// page cuts a page out of a list that has the same order every time. of names the list,
// so that a cursor of one is none of another; id names a thing of it. Fault Invalid
// "pagination-invalid".
func page[T, D any](a *API, p Paging, of string, list []T, id func(*T) string, dto func(*T) D) (*List[D], error) {
	start, err := a.start(p, of)
	if err != nil {
		return nil, err
	}
	first := 0
	if p.Cursor != "" {
		first = slices.IndexFunc(list, func(t T) bool { return id(&t) == start.ID }) + 1
		if first == 0 {
			first = min(start.Index, len(list))
		}
	}
	if p.Limit == 0 {
		p.Limit = defaultLimit
	}
	last := min(first+p.Limit, len(list))
	out := &List[D]{Page[D]{Items: make([]D, 0, last-first)}}
	for i := first; i < last; i++ {
		out.Body.Items = append(out.Body.Items, dto(&list[i]))
	}
	if last < len(list) {
		cursor, err := a.cursor(of, position{id(&list[last-1]), last})
		if err != nil {
			return nil, err
		}
		out.Body.NextCursor = &cursor
	}
	return out, nil
}

// macSize is the number of bytes of a cursor that prove that it is ours.
const macSize = 16

func (a *API) mac(of string, text []byte) []byte {
	h := hmac.New(sha256.New, a.secret)
	h.Write([]byte("pulscheck/cursor/v1\x00" + of + "\x00")) // never fails
	h.Write(text)
	return h.Sum(nil)[:macSize]
}

func (a *API) cursor(of string, p position) (string, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(append(a.mac(of, text), text...)), nil
}

func (a *API) start(p Paging, of string) (at position, err error) {
	invalid := fault.New(fault.Invalid, "pagination-invalid")
	if p.Cursor == "" {
		return at, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	if err != nil || len(text) < macSize || !hmac.Equal(text[:macSize], a.mac(of, text[macSize:])) {
		return at, invalid
	}
	if json.Unmarshal(text[macSize:], &at) != nil {
		return at, invalid
	}
	return at, nil
}
