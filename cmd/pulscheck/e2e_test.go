package main

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"pulscheck/api/apitest"
	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
	"pulscheck/survey/tally"
)

// TestOneAnswerWalksThroughTheHouse: a person answers the German page in a real
// browser, others by the protocol, the round is counted, and what is kept of the
// whole is exactly what all of them answered.
func TestOneAnswerWalksThroughTheHouse(t *testing.T) {
	w := startWorld(t, storetest.SQLite(t))
	o := storetest.Organisation(t, w.store)
	var people []survey.Person // of one group, so that the whole is kept exactly
	for i := range 60 {
		people = append(people, survey.Person{
			ID: survey.PersonID("p" + strconv.Itoa(i)), Organisation: o.ID, Email: "p" + strconv.Itoa(i) + "@nordlicht.example",
			Unit: "it", Locale: "de", Roles: []survey.ProcessRole{{Process: "INC", Role: "staff"}},
		})
	}
	if err := w.store.CreatePeople(context.Background(), people); err != nil {
		t.Fatal(err)
	}
	q := questionnaire.Check()
	now := time.Now() // the page compares with the clock of the browser
	w.set(now)
	round := storetest.Round(t, w.store, o, q, now)
	round, links := w.open(t, round)
	var mine survey.PersonID
	for mine = range links {
		break
	}
	want := map[string][]int{}
	for _, i := range q.Items {
		want[i.Key] = make([]int, q.Scales[i.Scale].Hi-q.Scales[i.Scale].Lo+1)
	}
	note := func(key string, raw int) {
		i := q.Item(key)
		s := q.Scales[i.Scale]
		if i.Reverse {
			raw = s.Lo + s.Hi - raw
		}
		want[key][raw-s.Lo]++
	}
	mixed := map[survey.PersonID]sheet{}
	n := 0
	for person := range links {
		s := sheet{Answers: map[string]ballot.Answer{}}
		for j, i := range q.Items {
			scale := q.Scales[i.Scale]
			raw := scale.Lo + (n+j)%(scale.Hi-scale.Lo+1)
			s.Answers[i.Key] = ballot.Answer{Value: raw}
			if person != mine {
				note(i.Key, raw)
			}
		}
		mixed[person] = s
		n++
	}
	w.answer(t, round, links, func(p survey.PersonID, _ invitation) (sheet, bool) { return mixed[p], p != mine })

	b := apitest.OpenTab(t, "de-DE")
	b.Do(chromedp.Navigate(w.base + "/r/" + string(round.ID) + "#" + links[mine]))
	b.At("landing")
	shown := b.Eval(`document.querySelector('code').textContent`)
	if want := ballot.PrintFingerprint(round.Fingerprint); shown != want {
		t.Errorf("the page shows %q, mails and report %q", shown, want)
	}
	b.Next("attributes")
	b.Next("q1")
	for j, i := range q.Items {
		scale := q.Scales[i.Scale]
		raw := scale.Lo
		if j%2 == 0 {
			raw = scale.Hi
		}
		b.Do(chromedp.Click(chromedp.CSS(`input[value="` + strconv.Itoa(raw) + `"]`)))
		note(i.Key, raw)
		following := "comment"
		if j+1 < len(q.Items) {
			following = "q" + strconv.Itoa(j+2)
		}
		b.Next(following)
	}
	b.Next("review")
	b.Next("done")

	w.count(t, round)
	results, kept, err := w.store.FindResults(context.Background(), round.ID)
	if err != nil {
		t.Fatal(err)
	}
	if *results.Ballots != 60 || results.Invalid != 0 {
		t.Errorf("%d ballots, %d invalid", *results.Ballots, results.Invalid)
	}
	got := map[string][]int{}
	for _, g := range kept.Groups {
		for _, i := range g.Items {
			if g.Group == (tally.Group{}) {
				got[i.Key] = i.Counts
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answered and counted differ (-answered +counted):\n%s", diff)
	}
}
