package view

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"path"

	"pulscheck/survey/fault"
)

//go:embed static
var staticFiles embed.FS

// File is a style, script or icon.
type File struct {
	Type string // media type
	Tag  string // ETag, follows from the bytes
	Body []byte
}

// Static gives a file below static, e.g. "css/survey.css"; fault NotFound otherwise.
func Static(name string) (File, error) {
	body, err := staticFiles.ReadFile(path.Join("static", path.Clean("/"+name)))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return File{}, fault.New(fault.NotFound, "not-found")
	}
	if err != nil { // a folder
		return File{}, fault.Wrap(fault.NotFound, "not-found", err)
	}
	sum := sha256.Sum256(body)
	return File{Type: mime.TypeByExtension(path.Ext(name)), Tag: `"` + hex.EncodeToString(sum[:16]) + `"`, Body: body}, nil
}
