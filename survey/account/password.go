package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/crypto/argon2"

	"pulscheck/survey/fault"
)

// Argon2id of threat-model.md 6.2: 64 MiB, 3 passes, 2 lanes.
const (
	hashMemory  = 64 << 10 // KiB
	hashPasses  = 3
	hashLanes   = 2
	hashSize    = 32
	saltSize    = 16
	hashAtOnce  = 4
	hashQueue   = 32  // that wait, about two seconds of work
	MinPassword = 12  // bytes
	MaxPassword = 256 // bytes
)

// hashing bounds how many passwords are worked on at once: each takes 64 MiB. queued
// bounds those that wait for it as well, so that log-ins never take all the places for
// requests: others go on, and one log-in more hears that it is too many.
var (
	hashing = make(chan struct{}, hashAtOnce)
	queued  = make(chan struct{}, hashAtOnce+hashQueue)
)

// HashPassword gives what is kept of a password, in the form of the Argon2 reference
// implementation. It waits for its turn; fault Unavailable "overloaded" if too many do, or
// ctx ends first.
func HashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltSize)
	rand.Read(salt) // never fails since Go 1.24
	sum, err := derive(ctx, password, salt, hashMemory, hashPasses, hashLanes)
	if err != nil {
		return "", err
	}
	e := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashPasses, hashLanes, e.EncodeToString(salt), e.EncodeToString(sum)), nil
}

func derive(ctx context.Context, password string, salt []byte, memory, passes uint32, lanes uint8) ([]byte, error) {
	overloaded := fault.New(fault.Unavailable, "overloaded")
	select {
	case queued <- struct{}{}:
	default:
		return nil, overloaded
	}
	defer func() { <-queued }()
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return nil, overloaded
	}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, passes, memory, lanes, hashSize), nil
}

// nobody's hash is compared with for whoever has none, so that it takes as long.
const nobody = "$argon2id$v=19$m=65536,t=3,p=2$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// CheckPassword compares a password with what is kept of one. An empty hash takes as
// long as any other and is never right.
func CheckPassword(ctx context.Context, hash, password string) (bool, error) {
	known := hash != ""
	if !known {
		hash = nobody
	}
	if len(password) > MaxPassword {
		known, password = false, ""
	}
	var version int
	var memory, passes uint32
	var lanes uint8
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("the hash of a password has an unknown form")
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes, &lanes); err != nil {
		return false, fmt.Errorf("the hash of a password has an unknown form: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("the hash of a password has an unknown form: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("the hash of a password has an unknown form: %w", err)
	}
	got, err := derive(ctx, password, salt, memory, passes, lanes)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && known, nil
}

//go:embed common.txt
var commonText string

// common are passwords that everybody tries first: of 12 characters or more, the only
// ones that the length lets through.
var common = func() map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(commonText) {
		all[word] = true
	}
	return all
}()

// leastLeft is what has to be left of a password without the words that everybody knows.
const leastLeft = 8

// WeakPassword gives the code of what is wrong with a new password, "" for none:
// "password-length", "password-common", or "password-context" for one that is little
// more than words known of the user: address, name, organisation.
func WeakPassword(password string, context ...string) string {
	if len(password) < MinPassword || len(password) > MaxPassword {
		return "password-length"
	}
	plain := strings.ToLower(password)
	if common[plain] || common[strings.TrimRight(plain, "0123456789!?.-_")] || monotone(plain) {
		return "password-common"
	}
	for _, text := range append(context, "pulscheck", "passwort", "password") {
		for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if len(word) >= 4 {
				plain = strings.ReplaceAll(plain, word, "")
			}
		}
	}
	if len(plain) < leastLeft {
		return "password-context"
	}
	return ""
}

// monotone reports whether a text repeats a short piece of itself or counts on.
func monotone(text string) bool {
	for size := 1; size <= len(text)/3; size++ {
		if strings.Repeat(text[:size], len(text)/size+1)[:len(text)] == text {
			return true
		}
	}
	steps := 0
	for i := 1; i < len(text); i++ {
		if d := int(text[i]) - int(text[i-1]); d >= -1 && d <= 1 {
			steps++
		}
	}
	return steps >= len(text)*3/4
}
