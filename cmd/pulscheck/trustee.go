package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	v1 "pulscheck/api/v1"
	"pulscheck/survey/ballot"
	"pulscheck/survey/table"
)

const trusteeUsage = "trustee key -o FILE | trustee unlock --key FILE [--url URL --round ROUND --token-file FILE] [--early]"

// unlocking is what is asked of "trustee unlock".
type unlocking struct {
	key, url, round, token string
	early                  bool
}

// trustee makes a key or unlocks a round with it, on the machine of whoever holds it. It
// needs neither configuration nor database.
func trustee(ctx context.Context, args []string, now time.Time, in io.Reader, out io.Writer) error {
	usage := fmt.Errorf("%s: %w", trusteeUsage, errUsage)
	if len(args) == 0 {
		return usage
	}
	f := flag.NewFlagSet("trustee", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	var u unlocking
	file := f.String("o", "", "")
	f.StringVar(&u.key, "key", "", "")
	f.StringVar(&u.url, "url", "", "")
	f.StringVar(&u.round, "round", "", "")
	f.StringVar(&u.token, "token-file", "", "")
	f.BoolVar(&u.early, "early", false, "")
	if err := f.Parse(args[1:]); err != nil || f.NArg() > 0 {
		return usage
	}
	switch {
	case args[0] == "key" && *file != "" && u == unlocking{}:
		return makeTrustee(*file, out)
	case args[0] == "unlock" && *file == "" && u.key != "" && (u.url == "") == (u.round == "") && (u.url == "") == (u.token == ""):
		return u.run(ctx, now, in, out)
	}
	return usage
}

// makeTrustee writes a new secret key and tells the public one; of a key that is there
// already it only tells that.
func makeTrustee(path string, out io.Writer) error {
	t, err := readTrustee(path)
	if errors.Is(err, fs.ErrNotExist) {
		if t, err = ballot.NewTrustee(); err == nil {
			err = writeSecret(path, t.Secret())
		}
	}
	if err != nil {
		return err
	}
	public, err := t.Public()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, `Secret key: %s
Keep it to yourself, with a copy on paper or on another medium. Nobody else has it: if it is lost,
rounds that opened with it can never be counted, and their answers are deleted unread.

Check number: %s
Public key, to be set as the trustee of the organisation before a round opens:
%s
`, path, ballot.PrintFingerprint(public.Fingerprint()), public)
	return err
}

// writeSecret puts a file there that only its owner reads, never over another.
func writeSecret(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write secret key: %w", err)
	}
	_, err = f.WriteString(text)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("write secret key: %w", err)
	}
	return nil
}

func readTrustee(path string) (*ballot.Trustee, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read secret key: %w", err)
	}
	t, err := ballot.ParseTrustee(string(text))
	if err != nil {
		return nil, &table.Error{File: filepath.Base(path), Text: err.Error()}
	}
	return t, nil
}

// run unlocks a round, over the management API or by hand.
func (u *unlocking) run(ctx context.Context, now time.Time, in io.Reader, out io.Writer) error {
	t, err := readTrustee(u.key)
	if err != nil {
		return err
	}
	read := func() ([]byte, error) { return io.ReadAll(io.LimitReader(in, 1<<16)) }
	if u.url != "" {
		read = func() ([]byte, error) { return u.call(ctx, http.MethodGet, "trustee", nil) }
	}
	text, err := read()
	if err != nil {
		return err
	}
	var l v1.Locked
	if err := json.Unmarshal(text, &l); err != nil {
		return &table.Error{File: "the locked round", Text: "is not what GET /rounds/ROUND/trustee gives"}
	}
	if now.Before(l.Closes) && !u.early {
		return fmt.Errorf("round %s takes answers until %s: unlocked before, somebody could read along; if it was closed early, say --early", l.Round, l.Closes.Format(time.RFC3339))
	}
	sealed, err := base64.RawURLEncoding.DecodeString(l.Sealed)
	if err != nil {
		return &table.Error{File: "the locked round", Text: "holds no sealed key"}
	}
	seed, err := t.Unlock(l.Round, l.Closes, sealed)
	if err != nil {
		return err
	}
	body, err := json.Marshal(v1.Unlocking{Opening: base64.RawURLEncoding.EncodeToString(seed)})
	if err != nil {
		return err
	}
	if u.url == "" {
		_, err = fmt.Fprintf(out, "%s\n", body)
		return err
	}
	if _, err := u.call(ctx, http.MethodPost, "unlock", body); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "Round %s is unlocked and will be counted.\n", l.Round)
	return err
}

// callTimeout is the longest a request may take.
const callTimeout = 30 * time.Second

// call asks the management API something about the round.
func (u *unlocking) call(ctx context.Context, method, what string, body []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	token, err := os.ReadFile(u.token)
	if err != nil {
		return nil, fmt.Errorf("read token: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, method, strings.TrimRight(u.url, "/")+v1.Prefix+"/rounds/"+u.round+"/"+what, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 1<<16))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode >= http.StatusBadRequest {
		var problem struct{ Title string }
		_ = json.Unmarshal(text, &problem) // what is no problem has no title
		return nil, fmt.Errorf("%s: %s", answer.Status, problem.Title)
	}
	return text, nil
}
