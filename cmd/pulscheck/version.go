package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
)

// version tells which build this is.
func version(w io.Writer) {
	release, commit := "development", "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		if v := info.Main.Version; v != "" && v != "(devel)" {
			release = v
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	fmt.Fprintln(w, "pulscheck", release, commit, runtime.Version()) //nolint:errcheck // nothing to do about a closed terminal
}
