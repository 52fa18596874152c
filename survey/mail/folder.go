package mail

import (
	"bytes"
	"context"
	"fmt"
	netmail "net/mail"
	"os"
	"path/filepath"

	"pulscheck/survey/fault"
)

// folder writes one .eml per mail, for trying out. The name is that of the mail, so
// that the same mail is there once.
type folder struct {
	dir  string
	from *netmail.Address
}

// Session begins a row of mails.
func (f *folder) Session() Session { return f }

// Check makes the folder and writes nothing.
func (f *folder) Check(context.Context) error {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return fmt.Errorf("folder of mails: %w", err)
	}
	return nil
}

// Close does nothing.
func (*folder) Close() {}

// Send puts a mail there whole or not at all.
func (f *folder) Send(ctx context.Context, m *Message) (Outcome, error) {
	if err := f.Check(ctx); err != nil {
		return Away, err
	}
	var text bytes.Buffer
	if err := m.write(f.from, &text); err != nil {
		if fault.Is(err, "email-invalid") {
			return Refused, err
		}
		return Away, err
	}
	if err := f.put(m.ID+".eml", text.Bytes()); err != nil {
		return Away, fmt.Errorf("write mail: %w", err)
	}
	return Accepted, nil
}

// put writes a file whole or not at all. It does not wait for the disk: a folder is for
// trying out.
func (f *folder) put(name string, text []byte) error {
	file, err := os.CreateTemp(f.dir, ".mail-")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) //nolint:errcheck // it has its own name by then, or failed
	_, err = file.Write(text)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), filepath.Join(f.dir, name))
}
