package api_test

import (
	"io"
	"net"
	"testing"
	"time"

	"pulscheck/api"
)

// TestStopFinishesWork: what is in work when the process is told to stop is answered.
func TestStopFinishesWork(t *testing.T) {
	s := busy{entered: make(chan struct{}), release: make(chan struct{})}
	address, stop := start(t, api.Options{Participation: s})
	c := dial(t, address)
	send(t, c, askManifest, "Host: h")
	<-s.entered
	ended := make(chan error, 1)
	go func() { ended <- stop() }()
	for {
		other, err := net.Dial("tcp", address)
		if err != nil {
			break // no new connections any more
		}
		other.Close() //nolint:errcheck // it was only a try
	}
	close(s.release)
	if answer, _ := read(t, c); answer.StatusCode != 200 {
		t.Errorf("the request in work ended with %d", answer.StatusCode)
	}
	if err := <-ended; err != nil {
		t.Errorf("stop: %v", err)
	}
}

// TestStopEndsWhatNeverEnds: a request that does not end holds the process no longer
// than the time for draining (R12).
func TestStopEndsWhatNeverEnds(t *testing.T) {
	s := busy{entered: make(chan struct{}), release: make(chan struct{})}
	defer close(s.release)
	address, stop := start(t, api.Options{Participation: s, Drain: 50 * time.Millisecond})
	c := dial(t, address)
	send(t, c, askManifest, "Host: h")
	<-s.entered
	if err := stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	if text, err := io.ReadAll(c); len(text) > 0 {
		t.Errorf("%q, %v; want the connection cut", text, err)
	}
}
