// Command pulscheck measures, per PDCA iteration of an ITSM introduction, whether
// people accept the new processes. This file only picks the command; each command
// has a file of its own.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "version" {
		version()
		return
	}
	fmt.Fprintln(os.Stderr, "usage: pulscheck version")
	os.Exit(64)
}

func version() {
	commit := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	fmt.Println("pulscheck", commit, runtime.Version())
}
