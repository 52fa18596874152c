// Package view holds what a browser is given: templates, styles and scripts, all
// embedded. It decides nothing and asks nobody. The scripts of the survey page are
// written in client/ and bundled into static/js by build/. api/participation and
// api/web call it.
package view
