package protect

// textsFrom is the number of texts from which they are released (methods.md 8.7).
const textsFrom = 10

// Texts says whether the free texts of a whole round may be released, from 2k on, and
// whether they keep their kind: only if each kind that occurs, none included, has at
// least k of them (decision 21). kinds counts the texts by kind.
func Texts(k int, kinds map[string]int) (released, withKind bool) {
	all, withKind := 0, true
	for _, n := range kinds {
		all += n
		withKind = withKind && n >= k
	}
	return all >= max(textsFrom, 2*k), withKind
}
