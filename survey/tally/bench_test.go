package tally

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
)

// BenchmarkResults decides what a round shows and keeps: groups of processes × roles
// and units, whose answers lie around levels of their own.
func BenchmarkResults(b *testing.B) {
	for _, size := range []struct{ processes, roles, units, people int }{{5, 4, 5, 500}, {10, 5, 20, 5000}, {15, 8, 40, 5000}} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			random := rand.New(rand.NewPCG(1, 1))
			invited := map[ballot.Attributes]int{}
			c := NewCounter(Input{Round: "r", K: 5, Questionnaire: questionnaire.Check()})
			for range size.people {
				at := ballot.Attributes{
					Process: fmt.Sprint("P", random.IntN(size.processes)), Role: fmt.Sprint("R", random.IntN(size.roles)), Unit: fmt.Sprint("U", random.IntN(size.units)),
				}
				invited[at]++
				if random.IntN(3) == 0 {
					continue
				}
				p := ballot.Payload{Attributes: at, Answers: map[string]ballot.Answer{}}
				for _, q := range c.in.Questionnaire.Items {
					p.Answers[q.Key] = number(min(5, max(1, 1+len(at.Process)%3+random.IntN(3)+int(at.Role[1]-'0')%3)))
					if q.Scale == "yesno" {
						p.Answers[q.Key] = number(random.IntN(2))
					}
				}
				c.Add(p)
			}
			for at, n := range invited {
				c.in.Invited = append(c.in.Invited, Invited{at.Process, at.Role, at.Unit, n})
			}
			b.ResetTimer()
			for b.Loop() {
				c.Results(random)
			}
		})
	}
}
