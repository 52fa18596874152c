package view

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"path"
	"sync"

	"pulscheck/survey/fault"
)

//go:embed static
var staticFiles embed.FS

// File is a style, script, icon or the survey page.
type File struct {
	Type string // media type
	Tag  string // weak ETag, follows from the bytes and stands for both forms
	Body []byte
	Gzip []byte // the same, compressed; nil = not worth it
}

// newFile compresses once what is given out many times.
func newFile(kind string, body []byte) File {
	sum := sha256.Sum256(body)
	var small bytes.Buffer
	w, _ := gzip.NewWriterLevel(&small, gzip.BestCompression) // the level is right
	w.Write(body)                                             //nolint:errcheck // memory takes everything
	w.Close()                                                 //nolint:errcheck // likewise
	return File{Type: kind, Tag: `W/"` + hex.EncodeToString(sum[:16]) + `"`, Body: body, Gzip: small.Bytes()}
}

// given are the files that were asked for, by their one name.
var given sync.Map

// Static gives a file below static, e.g. "css/survey.css"; fault NotFound otherwise.
func Static(name string) (File, error) {
	name = path.Join("static", path.Clean("/"+name))
	if f, known := given.Load(name); known {
		return f.(File), nil
	}
	body, err := staticFiles.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return File{}, fault.New(fault.NotFound, "not-found")
	}
	if err != nil { // a folder
		return File{}, fault.Wrap(fault.NotFound, "not-found", err)
	}
	f := newFile(mime.TypeByExtension(path.Ext(name)), body)
	given.Store(name, f)
	return f, nil
}
