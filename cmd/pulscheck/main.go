// Command pulscheck measures, per PDCA iteration of an ITSM introduction, whether
// people accept the new processes. This file only picks the command; each command
// has a file of its own, serve.go wires the rooms together.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones of organisations where the machine has none, as in the image
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(exit(run(ctx, os.Args[1:])))
}
