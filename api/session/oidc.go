package session

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// OIDCOptions say which OpenID provider is believed.
type OIDCOptions struct {
	Issuer, ClientID, ClientSecret string
	BaseURL                        string // of pulscheck
	Claim                          string // that names groups
	Groups                         []account.GroupRole
	Key                            []byte // of the installation, the same in all replicas
	Now                            func() time.Time
}

// OIDC signs people in at an OpenID provider: authorisation code with PKCE (RFC 7636).
// A flow is known by its state, which is good once, for ten minutes, and only in the
// browser that began it; nonce and verifier follow from it, so nothing is kept.
type OIDC struct {
	OIDCOptions
	mu       sync.Mutex
	provider *oidc.Provider // nil until it was reached
}

// flowLife is how long somebody may take at the provider.
const flowLife = 10 * time.Minute

// proofAge is how long ago somebody may have signed in at the provider.
const proofAge = account.SessionLife

// NewOIDC makes an OIDC; the provider is asked at the first log-in.
func NewOIDC(o OIDCOptions) *OIDC { return &OIDC{OIDCOptions: o} }

// CallbackPath is where the provider leads back to.
const CallbackPath = "/login/oidc/callback"

func (o *OIDC) config(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.provider == nil {
		p, err := oidc.NewProvider(context.WithoutCancel(ctx), o.Issuer) // its keys are fetched later on, too
		if err != nil {
			return nil, nil, fault.Wrap(fault.Unavailable, "oidc-unavailable", err)
		}
		o.provider = p
	}
	return o.provider, &oauth2.Config{
		ClientID: o.ClientID, ClientSecret: o.ClientSecret, Endpoint: o.provider.Endpoint(), RedirectURL: o.BaseURL + CallbackPath,
		Scopes: []string{oidc.ScopeOpenID, "profile", "email", "groups"},
	}, nil
}

// derive gives a text that follows from a state.
func (o *OIDC) derive(purpose, state string) string {
	h := hmac.New(sha256.New, o.Key)
	h.Write([]byte("pulscheck/oidc/v1\x00" + purpose + "\x00" + state)) // never fails
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

const stateSize = 24 // 16 random bytes and the second in which it was drawn

// Begin gives where to send a browser, and the state that it has to bring back. fresh
// asks the provider to ask for a proof even of somebody who is signed in there.
func (o *OIDC) Begin(ctx context.Context, fresh bool) (address, state string, err error) {
	_, c, err := o.config(ctx)
	if err != nil {
		return "", "", err
	}
	var b [stateSize]byte
	rand.Read(b[:16]) // never fails since Go 1.24
	binary.BigEndian.PutUint64(b[16:], uint64(o.Now().Unix()))
	plain := base64.RawURLEncoding.EncodeToString(b[:])
	state = plain + "." + o.derive("state", plain)
	age := proofAge
	if fresh {
		age = account.ConfirmLife
	}
	options := []oauth2.AuthCodeOption{
		oidc.Nonce(o.derive("nonce", state)), oauth2.S256ChallengeOption(o.derive("verifier", state)),
		oauth2.SetAuthURLParam("max_age", fmt.Sprint(int(age.Seconds()))),
	}
	if fresh {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"))
	}
	return c.AuthCodeURL(state, options...), state, nil
}

// sound says whether a state was drawn here a short while ago.
func (o *OIDC) sound(state string) bool {
	plain, mac := state[:min(len(state), 32)], ""
	if len(state) > 33 {
		mac = state[33:]
	}
	b, err := base64.RawURLEncoding.DecodeString(plain)
	if err != nil || len(b) != stateSize || !hmac.Equal([]byte(mac), []byte(o.derive("state", plain))) {
		return false
	}
	age := o.Now().Sub(time.Unix(int64(binary.BigEndian.Uint64(b[16:])), 0))
	return age > -time.Minute && age < flowLife
}

// Finish takes what the provider sent back, state and code, in a browser that kept a
// state. Fault Unauthenticated "oidc-failed" for everything that does not prove who is
// there; the state has to be used up by the caller.
func (o *OIDC) Finish(ctx context.Context, kept, state, code string) (account.Identity, error) {
	refuse := func(err error) (account.Identity, error) {
		return account.Identity{}, fault.Wrap(fault.Unauthenticated, "oidc-failed", err)
	}
	if kept == "" || !hmac.Equal([]byte(kept), []byte(state)) || !o.sound(state) {
		return refuse(errors.New("the state is of another browser, or over"))
	}
	provider, c, err := o.config(ctx)
	if err != nil {
		return account.Identity{}, err
	}
	token, err := c.Exchange(ctx, code, oauth2.VerifierOption(o.derive("verifier", state)))
	if err != nil {
		return refuse(err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return refuse(errors.New("there is no id_token"))
	}
	id, err := provider.Verifier(&oidc.Config{ClientID: o.ClientID, Now: o.Now}).Verify(ctx, raw)
	if err != nil {
		return refuse(err)
	}
	if !hmac.Equal([]byte(id.Nonce), []byte(o.derive("nonce", state))) {
		return refuse(errors.New("the nonce is of another flow"))
	}
	return o.identity(ctx, provider, token, id)
}

// identity reads the claims: those of the token, else those that the provider tells of
// the same subject.
func (o *OIDC) identity(ctx context.Context, provider *oidc.Provider, token *oauth2.Token, id *oidc.IDToken) (account.Identity, error) {
	claims := map[string]any{}
	if info, err := provider.UserInfo(ctx, oauth2.StaticTokenSource(token)); err == nil && info.Subject == id.Subject {
		if err := info.Claims(&claims); err != nil {
			return account.Identity{}, fault.Wrap(fault.Unauthenticated, "oidc-failed", err)
		}
	}
	if err := id.Claims(&claims); err != nil { // what is signed counts
		return account.Identity{}, fault.Wrap(fault.Unauthenticated, "oidc-failed", err)
	}
	who := account.Identity{Issuer: id.Issuer, Subject: id.Subject}
	who.Name, _ = claims["name"].(string)
	if verified, _ := claims["email_verified"].(bool); verified {
		who.Email, _ = claims["email"].(string)
	}
	if seconds, ok := claims["auth_time"].(float64); ok {
		if who.Proved = time.Unix(int64(seconds), 0).UTC(); o.Now().Sub(who.Proved) > proofAge+time.Minute {
			return account.Identity{}, fault.Wrap(fault.Unauthenticated, "oidc-failed", errors.New("the provider gave no heed to max_age"))
		}
	}
	switch groups := claims[o.Claim].(type) {
	case string:
		who.Groups = []string{groups}
	case []any:
		for _, g := range groups {
			if name, ok := g.(string); ok && !slices.Contains(who.Groups, name) {
				who.Groups = append(who.Groups, name)
			}
		}
	}
	return who, nil
}
