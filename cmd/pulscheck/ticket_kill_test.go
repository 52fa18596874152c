package main

import (
	"encoding/json"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// TestSoakTwoTicketsUnderKill is the second half of T9: for every invitation two
// devices ask for a ticket at the same time, each for its own, while the service is
// killed and started again. One of them gets it, never both.
func TestSoakTwoTicketsUnderKill(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		k := strikes(t, 50)
		people := max(100, 20*k)
		w := startWorld(t, url)
		w.set(time.Now())
		o := storetest.Organisation(t, w.store)
		storetest.People(t, w.store, o, people)
		round, links := w.open(t, storetest.Round(t, w.store, o, questionnaire.Check(), time.Now()))
		key := mustKey(t, w, round)
		c := startChild(t, url, w.dir)
		s := stubborn{&http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 50}}, "http://" + c.address, string(round.ID)}
		defer s.client.CloseIdleConnections()
		queue := make(chan string, people)
		for _, fragment := range links {
			queue <- fragment
		}
		close(queue)
		var none, one, both, done atomic.Int64
		progressed := make(chan struct{}, people)
		var wg sync.WaitGroup
		for range 25 {
			wg.Go(func() {
				for fragment := range queue {
					switch n := s.ticketsOf(t, fragment, key); n {
					case 0:
						none.Add(1)
					case 1:
						one.Add(1)
					default:
						both.Add(1)
					}
					done.Add(1)
					progressed <- struct{}{}
				}
			})
		}
		for struck := 0; struck < k; {
			<-progressed
			if done.Load() >= int64((struck+1)*people/(k+2)) {
				c.stop(syscall.SIGKILL)
				c.start()
				struck++
			}
		}
		wg.Wait()
		if one.Load() != int64(people) {
			t.Errorf("%d invitations: %d gave one ticket, %d none, %d two", people, one.Load(), none.Load(), both.Load())
		}
		t.Logf("%d invitations asked twice under %d kills: %d gave one ticket, %d none, %d two", people, k, one.Load(), none.Load(), both.Load())
	})
}

// ticketsOf lets two devices ask with one link at once and counts what they got.
func (s stubborn) ticketsOf(t *testing.T, fragment string, key []byte) int {
	link, err := ballot.ParseLink(fragment)
	if err != nil {
		t.Error(err)
		return 0
	}
	var got atomic.Int64
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			blind, err := ballot.NewClaim(s.round, key)
			if err != nil {
				t.Error(err)
				return
			}
			claim := map[string]string{"handle": b64.EncodeToString(link.Handle), "secret": b64.EncodeToString(link.Secret), "blinded": b64.EncodeToString(blind.Blinded)}
			status, reply, err := s.request("/tickets", claim)
			var issued struct{ Evaluated, Proof string }
			switch {
			case err == nil && status == http.StatusOK && json.Unmarshal(reply, &issued) == nil:
				got.Add(1)
			case err != nil || status != http.StatusConflict:
				t.Errorf("%d %s %v", status, reply, err)
			}
		})
	}
	wg.Wait()
	return int(got.Load())
}
