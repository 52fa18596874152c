package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"strings"

	"pulscheck/api/session"
	"pulscheck/survey/account"
)

// checkOIDC looks at the OpenID provider: all of it is set, or nothing.
func (s *settings) checkOIDC(c *config) {
	if _, err := groupRoles(c.OIDCRoles); err != nil {
		s.add("OIDC_ROLES", err.Error())
	}
	if c.OIDCIssuer == "" {
		for name, set := range map[string]bool{
			"OIDC_CLIENT_ID": c.OIDCClientID != "", "OIDC_CLIENT_SECRET": c.OIDCClientSecret != "", "OIDC_ROLES": len(c.OIDCRoles) > 0,
		} {
			if set {
				s.add(name, "needs OIDC_ISSUER")
			}
		}
		return
	}
	if !strings.HasPrefix(c.OIDCIssuer, "https://") && !strings.HasPrefix(c.OIDCIssuer, "http://localhost") && !strings.HasPrefix(c.OIDCIssuer, "http://127.0.0.1") {
		s.add("OIDC_ISSUER", "is no https:// address")
	}
	if c.OIDCClientID == "" {
		s.add("OIDC_CLIENT_ID", "is missing")
	}
	if c.OIDCClientSecret == "" {
		s.add("OIDC_CLIENT_SECRET", "is missing")
	}
}

// groupRoles reads GROUP=ROLE@ORGANISATION, and GROUP=operator.
func groupRoles(texts []string) ([]account.GroupRole, error) {
	var all []account.GroupRole
	for _, text := range texts {
		at := strings.LastIndexByte(text, '=')
		if at < 1 {
			return nil, fmt.Errorf("holds something that is not GROUP=ROLE@ORGANISATION")
		}
		role, organisation, _ := strings.Cut(text[at+1:], "@")
		one := account.GroupRole{Group: text[:at], Role: account.Role(role), Organisation: organisation}
		switch {
		case !one.Role.Known():
			return nil, fmt.Errorf("names an unknown role")
		case one.Role == account.Owner: // has processes, which no group names
			return nil, fmt.Errorf("cannot give the role owner; invite owners instead")
		case (one.Role == account.Operator) != (organisation == ""):
			return nil, fmt.Errorf("needs an organisation with every role but operator")
		}
		all = append(all, one)
	}
	return all, nil
}

// oidc is the provider at which people sign in, nil for none.
func (h *house) oidc(c *config) (*session.OIDC, error) {
	if c.OIDCIssuer == "" {
		return nil, nil //nolint:nilnil // there is none
	}
	installation, err := h.keys.Installation()
	if err != nil {
		return nil, err
	}
	key := hmac.New(sha256.New, installation)
	key.Write([]byte("pulscheck/oidc")) // never fails
	groups, err := groupRoles(c.OIDCRoles)
	if err != nil {
		return nil, err
	}
	return session.NewOIDC(session.OIDCOptions{
		Issuer: c.OIDCIssuer, ClientID: c.OIDCClientID, ClientSecret: c.OIDCClientSecret, BaseURL: c.BaseURL, Claim: c.OIDCClaim,
		Groups: groups, Key: key.Sum(nil), Now: h.today,
	}), nil
}
