package account

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // RFC 6238 with the hash that every authenticator app knows
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// One-time passwords after RFC 6238: SHA-1, 30 seconds, six figures.
const (
	secondSize   = 20 // bytes of the secret, as RFC 4226 recommends
	secondPeriod = 30 // seconds
	secondDigits = 6
	secondDrift  = 1 // steps that the clock of a telephone may be off
)

// NewSecond draws the secret of a second factor.
func NewSecond() []byte {
	secret := make([]byte, secondSize)
	rand.Read(secret) // never fails since Go 1.24
	return secret
}

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// SecondText is a secret as people type it.
func SecondText(secret []byte) string { return base32Plain.EncodeToString(secret) }

// SecondLink is a secret as authenticator apps read it from a QR code.
func SecondLink(secret []byte, email string) string {
	return "otpauth://totp/" + url.PathEscape("pulscheck:"+email) + "?secret=" + SecondText(secret) + "&issuer=pulscheck"
}

// SecondCode gives the one-time password of an instant.
func SecondCode(secret []byte, at time.Time) string { return codeOf(secret, at.Unix()/secondPeriod) }

func codeOf(secret []byte, step int64) string {
	h := hmac.New(sha1.New, secret)
	var counter [8]byte
	binary.BigEndian.PutUint64(counter[:], uint64(step))
	h.Write(counter[:]) // never fails
	sum := h.Sum(nil)
	offset := sum[len(sum)-1] & 0xf
	n := binary.BigEndian.Uint32(sum[offset:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", secondDigits, n%1_000_000)
}

// CheckSecond gives the step of a one-time password that is right at an instant and
// later than the last one taken; 0 otherwise. Each password counts once.
func CheckSecond(secret []byte, code string, last int64, at time.Time) int64 {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	now, found := at.Unix()/secondPeriod, int64(0)
	for step := now - secondDrift; step <= now+secondDrift; step++ {
		if subtle.ConstantTimeCompare([]byte(codeOf(secret, step)), []byte(code)) == 1 && step > last {
			found = step
		}
	}
	return found
}

// Recovery codes: ten of 128 bits, each good for one log-in without the second factor.
const (
	recoveryCodes = 10
	codeSize      = 16
)

// NewRecoveryCodes draws recovery codes and what is kept of them.
func NewRecoveryCodes() (texts []string, hashes [][]byte) {
	for range recoveryCodes {
		text, hash := NewCode()
		texts, hashes = append(texts, text), append(hashes, hash)
	}
	return texts, hashes
}

// NewCode draws a one-time code of 128 bits, in groups that can be read out, and its
// hash.
func NewCode() (text string, hash []byte) {
	var b [codeSize]byte
	rand.Read(b[:]) // never fails since Go 1.24
	text = CodeText(b[:])
	return text, HashCode(text)
}

// CodeText is a code of the first 128 bits, as people read it.
func CodeText(bits []byte) string {
	plain := base32Plain.EncodeToString(bits[:codeSize])
	var groups []string
	for ; len(plain) > 5; plain = plain[5:] {
		groups = append(groups, plain[:5])
	}
	return strings.Join(append(groups, plain), "-")
}

// HashCode is what is kept of a code. It reads what people make of one: small letters,
// blanks, no hyphens.
func HashCode(text string) []byte {
	plain := strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, strings.ToUpper(text))
	sum := sha256.Sum256([]byte("pulscheck/code/v1\x00" + plain))
	return sum[:]
}

// Purpose is what a one-time code is for.
type Purpose string

// The purposes.
const (
	Invite     Purpose = "invite"     // first log-in
	ResetAll   Purpose = "reset"      // new password and new second factor
	ResetWords Purpose = "reset-mail" // new password; the second factor stays
)

// Code lets its holder set up an account once.
type Code struct {
	Hash    []byte
	User    UserID
	Purpose Purpose
	// Organisation is that of the invitation which using the code accepts; empty of none.
	Organisation string
	Expires      time.Time
}
