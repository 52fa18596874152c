package main

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// TestOnlyBetweenOpeningAndClosing asks on every route around both instants: early is
// 409, from the closing instant on it is 410, also once the keys are gone.
func TestOnlyBetweenOpeningAndClosing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := openDesk(t, url, 12)
		claim := func(link ballot.Link) string {
			blind, err := ballot.NewClaim(string(d.round.ID), d.keys.IssuerKey())
			if err != nil {
				t.Fatal(err)
			}
			return claimOf(link, `,"blinded":"`+b64.EncodeToString(blind.Blinded)+`"`)
		}
		walk := func(when string, at time.Time, answered, refused int, code string) {
			t.Helper()
			d.set(at)
			page := "page"
			taken, kept := d.link(t), d.link(t)
			for _, c := range []struct {
				path, body string
				right      int
			}{
				{toInvitation, claimOf(taken, ""), 200}, {toTickets, claim(taken), 200}, {toBallots, ballotOf(d.ticket(t), `"answers":{"A1":1}`), 201},
				{toPlain, "link=" + kept.String(), 200}, {toPlainBallot, formOf(d.ticket(t), "a_A1=1"), 200},
			} {
				want, name := refused, code
				if answered == 1 {
					want, name = c.right, ""
				}
				if media(c.path) != "application/json" {
					name = page
				}
				d.send(t, c.path, c.body).expect(t, when+" "+c.path, want, name)
			}
		}
		walk("before opening", d.round.Opens.Add(-time.Nanosecond), 0, 409, "round-not-open")
		walk("at the opening instant", d.round.Opens, 1, 0, "")
		walk("before closing", d.round.Closes.Add(-time.Nanosecond), 1, 0, "")
		walk("at the closing instant", d.round.Closes, 0, 410, "round-closed")
		if err := d.service.FinishRound(t.Context(), d.round.ID); err != nil {
			t.Fatal(err)
		}
		walk("after counting", d.round.Closes.Add(time.Hour), 0, 410, "round-closed")
		d.do(t, d.request(t, http.MethodGet, "/api/v1/rounds/ROUND/manifest", nil)).expect(t, "manifest", 200, "")
		d.do(t, d.request(t, http.MethodGet, "/api/v1/rounds/ROUND/tickets.txt", nil)).expect(t, "tickets", 200, "")
	})
}

// TestEndedBeforeItsTime: a round that was ended by hand says so, and not that its
// keys are missing.
func TestEndedBeforeItsTime(t *testing.T) {
	d := openDesk(t, storetest.SQLite(t), 12)
	if err := d.service.FinishRound(t.Context(), d.round.ID); err != nil {
		t.Fatal(err)
	}
	d.send(t, toInvitation, claimOf(d.link(t), "")).expect(t, "invitation", 410, "round-closed")
	d.send(t, toBallots, ballotOf(d.ticket(t), `"answers":{"A1":1}`)).expect(t, "ballot", 410, "round-closed")
}

// TestSendingWhileItCloses: of those who send while the round ends, each is either
// counted or told that it is too late.
func TestSendingWhileItCloses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := openDesk(t, url, 12)
		tickets := make(chan ballot.Ticket, 400)
		for range cap(tickets) {
			tickets <- d.ticket(t)
		}
		close(tickets)
		var acknowledged, late, closedAfter atomic.Int64
		var over atomic.Bool
		half := make(chan struct{})
		var wg sync.WaitGroup
		for range 16 {
			wg.Go(func() {
				for ticket := range tickets {
					after := over.Load()
					answer, err := http.Post(d.url+strings.Replace(toBallots, "ROUND", string(d.round.ID), 1), "application/json",
						strings.NewReader(ballotOf(ticket, `"answers":{"A1":1}`)))
					if err != nil {
						t.Error(err)
						continue
					}
					answer.Body.Close()
					switch {
					case answer.StatusCode == http.StatusCreated && !after:
						if acknowledged.Add(1) == 100 {
							close(half)
						}
					case answer.StatusCode == http.StatusGone && after:
						closedAfter.Add(1)
					case answer.StatusCode == http.StatusGone:
						late.Add(1)
					default:
						t.Errorf("%d, begun after closing: %v", answer.StatusCode, after)
					}
				}
			})
		}
		<-half
		d.set(d.round.Closes)
		over.Store(true)
		if err := d.service.FinishRound(t.Context(), d.round.ID); err != nil {
			t.Error(err)
		}
		wg.Wait()
		hashes, err := d.service.TicketHashes(t.Context(), d.round.ID)
		if err != nil || int64(len(hashes)) != acknowledged.Load() {
			t.Errorf("%d ballots counted, %d acknowledged, %v", len(hashes), acknowledged.Load(), err)
		}
		t.Logf("%d acknowledged and counted, %d on the way heard 410, %d began later", acknowledged.Load(), late.Load(), closedAfter.Load())
	})
}

// TestOfficeBehindOneAddress: thousands of people take part from one address within
// one instant of the limiter's clock, while somebody among them guesses.
func TestOfficeBehindOneAddress(t *testing.T) {
	const clients = 128
	people := 5000
	if testing.Short() {
		people = 300
	}
	d := openDesk(t, storetest.SQLite(t), people)
	client := respondent{
		http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}, base: d.url, round: string(d.round.ID), seen: &manifestCache{},
	}
	defer client.http.CloseIdleConnections()
	queue := make(chan ballot.Link, people)
	for _, l := range d.links {
		queue <- l
	}
	close(queue)
	answers := sheet{Answers: map[string]ballot.Answer{questionnaire.Check().Items[0].Key: {Value: 4}}}
	began := time.Now()
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for l := range queue {
				if err := client.takePart(t.Context(), l.String(), func(*ballot.Manifest, invitation) (sheet, bool) { return answers, true }); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	heard := d.guess(t, 300)
	wg.Wait()
	if heard[404] != 60 || heard[429] != 240 {
		t.Errorf("300 guesses: %v, want 60 times 404 and 240 times 429", heard)
	}
	if waiting := d.count(t); waiting != people {
		t.Errorf("%d ballots of %d people", waiting, people)
	}
	t.Logf("%d people took part from one address in %.1f s, the guesser heard %v", people, time.Since(began).Seconds(), heard)
}

// count ends the round and gives the number of ballots.
func (d *desk) count(t *testing.T) int {
	t.Helper()
	d.world.count(t, d.round)
	hashes, err := d.service.TicketHashes(t.Context(), d.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	return len(hashes)
}

// guess tries secrets for handles that exist, from one address, and counts what it
// heard.
func (d *desk) guess(t *testing.T, n int) map[int]int {
	t.Helper()
	heard := map[int]int{}
	address := d.url + strings.Replace(toInvitation, "ROUND", string(d.round.ID), 1)
	for i := range n {
		link := d.links[i%len(d.links)]
		var secret [ballot.SecretSize]byte
		rand.Read(secret[:])
		body := fmt.Sprintf(`{"handle":%q,"secret":%q}`, b64.EncodeToString(link.Handle), b64.EncodeToString(secret[:]))
		answer, err := http.Post(address, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if heard[answer.StatusCode]++; answer.StatusCode == http.StatusTooManyRequests && answer.Header.Get("Retry-After") != "60" {
			t.Error("429 without Retry-After")
		}
	}
	return heard
}

// TestSoakGuessing is B6: 100,000 guesses (400 in CI) hit nothing, and a right link
// passes between them.
func TestSoakGuessing(t *testing.T) {
	d := openDesk(t, storetest.SQLite(t), 12)
	n := 100 * strikes(t, 1000)
	heard := d.guess(t, n)
	if heard[404] != 60 || heard[429] != n-60 {
		t.Errorf("%d guesses: %v", n, heard)
	}
	answer, err := http.Post(d.url+strings.Replace(toInvitation, "ROUND", string(d.round.ID), 1), "application/json", strings.NewReader(claimOf(d.link(t), "")))
	if err != nil {
		t.Fatal(err)
	}
	if answer.Body.Close(); answer.StatusCode != http.StatusOK {
		t.Errorf("a right link after them: %s", answer.Status)
	}
	t.Logf("%d guesses: %v", n, heard)
}
