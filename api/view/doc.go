// Package view holds what a browser is given: templates, styles and scripts, all
// embedded. It decides nothing and asks nobody. survey.go and plain.go are the pages of
// respondents; page.go is the frame of all others, part.go and table.go what they are
// made of. The scripts are written in client/ and bundled into static/js by build/.
// api/participation and api/web call it.
package view
