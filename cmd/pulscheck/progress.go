package main

import (
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// bar shows how far something is.
type bar interface {
	Add(n int) error
	Finish() error
}

// unseen is a bar that nobody looks at.
type unseen struct{}

func (unseen) Add(int) error { return nil }
func (unseen) Finish() error { return nil }

// progress draws a bar on a terminal and nothing elsewhere; n is -1 if nobody knows how
// much there is to do.
func progress(n int, what string) bar {
	if !term.IsTerminal(int(os.Stderr.Fd())) {
		return unseen{}
	}
	return progressbar.NewOptions(n, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionSetDescription(what),
		progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(40))
}
