package main

import (
	"fmt"
	"io"
	"regexp"
	"runtime"
	"runtime/debug"
)

// released is a version that was tagged, unlike one between two tags.
var released = regexp.MustCompile(`^v[0-9]+\.[0-9]+\.[0-9]+$`)

// release gives the version of a build that was released, else nothing: what is drawn
// from the same data between two releases has the same bytes.
func release() string {
	if info, ok := debug.ReadBuildInfo(); ok && released.MatchString(info.Main.Version) {
		return info.Main.Version
	}
	return ""
}

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
