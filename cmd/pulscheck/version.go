package main

import (
	"fmt"
	"io"
	"regexp"
	"runtime"
	"runtime/debug"

	"pulscheck/survey"
	"pulscheck/survey/mail"
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

// buildOf tells which build this is.
func buildOf() (release, commit string) {
	release, commit = "development", "unknown"
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
	return release, commit
}

// facts are what this process knows of itself and its settings.
func (c *config) facts() survey.Facts {
	release, commit := buildOf()
	return survey.Facts{Version: release, Commit: commit, Go: runtime.Version(), MailFrom: c.MailFrom, MailKept: mail.Folder(c.SMTP) != ""}
}

// version prints which build this is.
func version(w io.Writer) {
	release, commit := buildOf()
	fmt.Fprintln(w, "pulscheck", release, commit, runtime.Version()) //nolint:errcheck // nothing to do about a closed terminal
}
