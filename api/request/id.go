package request

import "strings"

// maxID is the most bytes of an id or key in an address.
const maxID = 64

// ID gives an id as it is, or, for what none of ours looks like, one that nothing has.
func ID(id string) string {
	odd := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-'
	}
	if len(id) > maxID || strings.ContainsFunc(id, odd) {
		return "-"
	}
	return id
}
