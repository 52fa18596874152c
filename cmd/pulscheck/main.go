// Command pulscheck measures, per PDCA iteration of an ITSM introduction, whether
// people accept the new processes. This file only picks the command; each command
// has a file of its own, serve.go wires the rooms together.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones of organisations where the machine has none, as in the image

	"pulscheck/migrations"
	"pulscheck/survey/fault"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(exit(run(ctx, os.Args[1:])))
}

// exit tells an error and gives the status that contract.md names for it.
func exit(err error) int {
	if err == nil {
		return 0
	}
	fmt.Fprintln(os.Stderr, "pulscheck:", err)
	switch {
	case errors.Is(err, errUsage):
		return 64
	case errors.Is(err, migrations.ErrNewer):
		return 3
	case fault.Of(err).Kind == fault.Configuration:
		return 78
	}
	return 1
}
