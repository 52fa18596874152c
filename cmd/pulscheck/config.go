package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/caarlos0/env/v11"

	"pulscheck/survey/fault"
	"pulscheck/survey/mail"
)

// prefix of all settings.
const prefix = "PULSCHECK_"

// config is everything that can be set.
type config struct {
	Listen              string   `env:"LISTEN" envDefault:"127.0.0.1:8080"`
	BaseURL             string   `env:"BASE_URL"` // by default http:// and where it listens
	Database            string   `env:"DATABASE" envDefault:"sqlite:data/pulscheck.db"`
	Keys                string   `env:"KEYS" envDefault:"data/keys"`
	SMTP                string   `env:"SMTP" envDefault:"file:data/mails"` // smtp(s)://user:password@host:port or file:DIR
	MailFrom            string   `env:"MAIL_FROM"`                         // sender of mails; needed with a mail server
	Migrate             string   `env:"MIGRATE"`                           // 0 or 1; by default 1 on SQLite
	AllowWeakDurability bool     `env:"ALLOW_WEAK_DURABILITY" envDefault:"0"`
	TrustedProxies      []string `env:"TRUSTED_PROXIES"` // addresses or networks, separated by commas
	Metrics             string   `env:"METRICS"`         // address of the Prometheus endpoint, off by default
	Log                 string   `env:"LOG" envDefault:"text"`

	OIDCIssuer       string   `env:"OIDC_ISSUER"` // address of the OpenID provider; empty = none
	OIDCClientID     string   `env:"OIDC_CLIENT_ID"`
	OIDCClientSecret string   `env:"OIDC_CLIENT_SECRET"`
	OIDCClaim        string   `env:"OIDC_CLAIM" envDefault:"groups"` // that names the groups of somebody
	OIDCRoles        []string `env:"OIDC_ROLES"`                     // GROUP=ROLE@ORGANISATION, separated by commas; empty = only who was invited
}

// secrets may also be given as the name of a file that only its owner reads.
var secrets = map[string]bool{"DATABASE": true, "SMTP": true, "OIDC_CLIENT_SECRET": true}

// readConfig reads environment and flags, strictly: everything that is wrong is told
// at once, by name and never by value. It gives the arguments that are no settings.
func readConfig(environ, args []string) (*config, []string, error) {
	fields, err := env.GetFieldParams(&config{})
	if err != nil {
		return nil, nil, fmt.Errorf("read configuration: %w", err)
	}
	s := newSettings(fields)
	s.environment(environ)
	rest := s.flags(args)
	s.files()
	s.empty(fields)
	c, err := env.ParseAsWithOptions[config](env.Options{Environment: s.values})
	s.types(err)
	s.checkAddresses(&c)
	s.checkStorage(&c)
	s.checkMail(&c)
	s.checkOIDC(&c)
	if c.Log != "text" && c.Log != "json" {
		s.add("LOG", "is neither text nor json")
	}
	if len(s.wrong) > 0 {
		return nil, nil, fault.Wrap(fault.Configuration, "configuration", errors.New("\n  "+strings.Join(s.wrong, "\n  ")))
	}
	return &c, rest, nil
}

// checkAddresses looks at where the server is reached, and by whom.
func (s *settings) checkAddresses(c *config) {
	host, port, ok := hostPort(c.Listen)
	if !ok {
		s.add("LISTEN", "is no host:port")
	}
	if c.BaseURL == "" && ok {
		if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
			host = "localhost" // every address is none to be linked to
		}
		c.BaseURL = "http://" + net.JoinHostPort(host, port)
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	if c.BaseURL != "" && !isOrigin(c.BaseURL) {
		s.add("BASE_URL", "is no http(s)://host")
	}
	if c.Metrics != "" {
		if _, _, ok := hostPort(c.Metrics); !ok || c.Metrics == c.Listen {
			s.add("METRICS", "is no host:port of its own")
		}
	}
	for _, proxy := range c.TrustedProxies {
		_, address := netip.ParseAddr(proxy)
		if _, network := netip.ParsePrefix(proxy); address != nil && network != nil {
			s.add("TRUSTED_PROXIES", "names something that is neither an address nor a network")
		}
	}
}

// hostPort splits an address with a port by number.
func hostPort(address string) (host, port string, ok bool) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", "", false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return host, port, err == nil
}

// isOrigin reports whether an address is scheme, host and perhaps port, nothing else.
func isOrigin(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return false
	}
	if u.Port() != "" {
		if _, _, ok := hostPort(u.Host); !ok {
			return false
		}
	}
	return address == u.Scheme+"://"+u.Host
}

// checkStorage looks at what is kept where.
func (s *settings) checkStorage(c *config) {
	kind, where, _ := strings.Cut(c.Database, ":")
	if kind != "sqlite" && kind != "mysql" || where == "" {
		s.add("DATABASE", "is neither sqlite:PATH nor mysql:DSN")
	}
	switch {
	case c.Migrate == "" && kind == "sqlite":
		c.Migrate = "1"
	case c.Migrate != "" && c.Migrate != "0" && c.Migrate != "1":
		s.add("MIGRATE", "is neither 0 nor 1")
	}
}

// localSender is who mails come from that are only written to files.
const localSender = "pulscheck@localhost"

// checkMail looks at where mails go and who they come from.
func (s *settings) checkMail(c *config) {
	if err := mail.CheckURL(c.SMTP); err != nil {
		s.add("SMTP", fault.Of(err).Err.Error())
	}
	switch _, err := mail.ParseAddress(c.MailFrom); {
	case c.MailFrom == "" && mail.Folder(c.SMTP) != "":
		c.MailFrom = localSender
	case c.MailFrom == "" && c.SMTP != "":
		s.add("MAIL_FROM", "is missing: mail servers want a sender")
	case c.MailFrom != "" && err != nil:
		s.add("MAIL_FROM", "is neither an address nor name <address>")
	}
}

// logger writes to stderr in the chosen form.
func (c *config) logger() *slog.Logger {
	if c.Log == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, nil))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, nil))
}
