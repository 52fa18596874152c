package participation_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"pulscheck/survey"
)

// maxPage is what page, style, icon and scripts may weigh compressed (decision 13).
const maxPage = 40 << 10

// traffic is what a tab asked for, by request.
type traffic struct {
	mu    sync.Mutex
	urls  map[network.RequestID]string
	order []network.RequestID
	bytes map[network.RequestID]float64 // of bodies, as they came over the line
	heads map[network.RequestID]float64 // of headers
}

func (b *tab) traffic() *traffic {
	b.T.Helper()
	w := &traffic{urls: map[network.RequestID]string{}, bytes: map[network.RequestID]float64{}, heads: map[network.RequestID]float64{}}
	if _, err := chromedp.Call(b.Ctx, network.Enable, network.EnableParams{}); err != nil {
		b.T.Fatal(err)
	}
	err := chromedp.Listen(b.Ctx, func(event any) {
		w.mu.Lock()
		defer w.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			w.urls[e.RequestID] = e.Request.Method + " " + e.Request.URL
			w.order = append(w.order, e.RequestID)
		case *network.EventResponseReceived:
			w.heads[e.RequestID] = e.Response.EncodedDataLength
		case *network.EventLoadingFinished:
			w.bytes[e.RequestID] = e.EncodedDataLength - w.heads[e.RequestID]
		}
	})
	if err != nil {
		b.T.Fatal(err)
	}
	return w
}

// TestPageIsLight counts what a whole participation costs on the line: few requests,
// all to one host, and the page with all its files within the limit.
func TestPageIsLight(t *testing.T) {
	m := newMemory(t)
	server := listen(t, m)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff"})
	b := openTab(t)
	w := b.traffic()
	b.Do(chromedp.Navigate(server.URL + "/r/" + roundID + "#" + link.String()))
	b.At("landing")
	b.toReview(m)
	b.Next("done")
	w.mu.Lock()
	defer w.mu.Unlock()
	page, all, heads := 0.0, 0.0, 0.0
	var list strings.Builder
	for _, id := range w.order {
		all += w.bytes[id]
		heads += w.heads[id]
		if !strings.Contains(w.urls[id], "/api/") {
			page += w.bytes[id]
		}
		if !strings.Contains(w.urls[id], " "+server.URL+"/") {
			t.Errorf("a request to elsewhere: %s", w.urls[id])
		}
		fmt.Fprintf(&list, "%7.0f %s\n", w.bytes[id], strings.Replace(w.urls[id], server.URL, "", 1))
	}
	t.Logf("%d requests, %.0f bytes of bodies as they came, %.0f of headers; page, style, icon and scripts %.0f of %d:\n%s", len(w.order), all, heads, page, maxPage, list.String())
	if page == 0 || page > maxPage {
		t.Errorf("page, style, icon and scripts: %.0f bytes, at most %d", page, maxPage)
	}
	if len(w.order) > 11 {
		t.Errorf("%d requests, want at most 11", len(w.order))
	}
}
