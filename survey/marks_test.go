package survey_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/store/storetest"
)

// TestT3MarksTellNobody: somebody with the whole database but without the keys tries
// to find out who took a ticket. Nothing that can be hashed from it is a mark, and
// however the rows are compared, the guess is no better than chance.
func TestT3MarksTellNobody(t *testing.T) {
	const people, taking = 200, 100
	// Hits of a blind guess: hypergeometric, mean 50, standard deviation 3.5.
	bound := people/4 + 4.5*math.Sqrt(float64(taking)*0.25*float64(people-taking)/(people-1))
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, people)
		all := make([]survey.PersonID, 0, people)
		for person := range h.links {
			all = append(all, person)
		}
		rand.Shuffle(people, func(i, j int) { all[i], all[j] = all[j], all[i] })
		took := map[string]bool{}
		for _, person := range all[:taking] {
			h.ticket(t, h.links[person])
			took[string(person)] = true
		}
		a := newAttacker(t, readAll(t, url))
		if a.exact > 0 {
			t.Errorf("%d of %d hashes of stored values are marks", a.exact, a.tried)
		}
		for name, guess := range map[string][]string{"likeness": a.byLikeness(taking), "place": a.byPlace(taking), "order": a.byOrder(taking)} {
			hits := 0
			for _, person := range guess {
				if took[person] {
					hits++
				}
			}
			t.Logf("%s: %d of %d guesses right, chance gives 50", name, hits, len(guess))
			if len(guess) != taking || float64(hits) > bound {
				t.Errorf("by %s %d of %d who took a ticket are known, at most %.0f by chance", name, hits, taking, bound)
			}
		}
		t.Logf("%d hashes tried, %d hits", a.tried, a.exact)
	})
}

// attacker is a program that has a dump of the database and nothing else.
type attacker struct {
	members      []map[string]string // in the order of the table
	marks        []string            // in the order of the table
	hashes       map[string][]string // by person
	tried, exact int
}

func newAttacker(t *testing.T, d dump) *attacker {
	t.Helper()
	a := &attacker{members: d["members"], hashes: map[string][]string{}}
	known := map[string]bool{}
	for _, row := range d["issue_marks"] {
		a.marks = append(a.marks, row["mark"])
		known[row["mark"]], known[row["req"]] = true, true
	}
	if len(a.members) == 0 || len(a.marks) == 0 {
		t.Fatal("the dump is empty")
	}
	for _, m := range a.members {
		for _, key := range []string{"", m["round"], m["person"], d["manifests"][0]["canonical"], m["handle"], "pulscheck"} {
			for _, text := range []string{m["handle"], m["person"], m["round"] + m["handle"], m["handle"] + m["round"], m["process"] + m["handle"]} {
				mac, sum := hmac.New(sha256.New, []byte(key)), sha256.Sum256([]byte(key+text))
				mac.Write([]byte(text))
				for _, guess := range []string{string(mac.Sum(nil)), string(sum[:])} {
					a.tried++
					if known[guess] {
						a.exact++
					}
					a.hashes[m["person"]] = append(a.hashes[m["person"]], guess)
				}
			}
		}
	}
	return a
}

// best gives the n people with the lowest score.
func (a *attacker) best(n int, score func(i int, m map[string]string) float64) []string {
	order := make([]int, len(a.members))
	scores := make([]float64, len(a.members))
	for i, m := range a.members {
		order[i], scores[i] = i, score(i, m)
	}
	slices.SortStableFunc(order, func(i, j int) int {
		if scores[i] < scores[j] {
			return -1
		}
		if scores[i] > scores[j] {
			return 1
		}
		return 0
	})
	var people []string
	for _, i := range order[:n] {
		people = append(people, a.members[i]["person"])
	}
	return people
}

// byLikeness takes those whose hashes differ from some mark in the fewest bits.
func (a *attacker) byLikeness(n int) []string {
	return a.best(n, func(_ int, m map[string]string) float64 {
		least := math.MaxInt
		for _, h := range append(a.hashes[m["person"]], m["handle"]+m["handle"]) {
			for _, mark := range a.marks {
				differ := 0
				for i := range mark {
					differ += bits.OnesCount8(h[i] ^ mark[i])
				}
				least = min(least, differ)
			}
		}
		return float64(least)
	})
}

// byPlace takes those who stand in the table of members where the marks stand in
// theirs, both as fractions of what their first bytes could be.
func (a *attacker) byPlace(n int) []string {
	return a.best(n, func(_ int, m map[string]string) float64 {
		least := math.Inf(1)
		for _, mark := range a.marks {
			least = min(least, math.Abs(fraction(m["handle"])-fraction(mark)))
		}
		return least
	})
}

// byOrder takes the first of the table: an engine might move rows that are read.
func (a *attacker) byOrder(n int) []string {
	return a.best(n, func(i int, _ map[string]string) float64 { return float64(i) })
}

func fraction(s string) float64 { return float64(s[0])/256 + float64(s[1])/65536 }
