package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"sort"
	"strings"

	"github.com/caarlos0/env/v11"

	"pulscheck/survey/fault"
)

// prefix of all settings.
const prefix = "PULSCHECK_"

// config is everything that can be set.
type config struct {
	Listen              string   `env:"LISTEN" envDefault:"127.0.0.1:8080"`
	BaseURL             string   `env:"BASE_URL"` // by default http://LISTEN
	Database            string   `env:"DATABASE" envDefault:"sqlite:data/pulscheck.db"`
	Keys                string   `env:"KEYS" envDefault:"data/keys"`
	Migrate             string   `env:"MIGRATE"` // 0 or 1; by default 1 on SQLite
	AllowWeakDurability bool     `env:"ALLOW_WEAK_DURABILITY" envDefault:"0"`
	TrustedProxies      []string `env:"TRUSTED_PROXIES"` // addresses or networks, separated by commas
	Metrics             string   `env:"METRICS"`         // address of the Prometheus endpoint, off by default
	Log                 string   `env:"LOG" envDefault:"text"`
}

// secrets may also be given as the name of a file that only its owner reads.
var secrets = map[string]bool{"DATABASE": true}

// testVariables belong to the tests and are left alone.
const testVariables = prefix + "TEST_"

// readConfig reads environment and flags, strictly: everything that is wrong is told
// at once, by name and never by value. It gives the arguments that are no settings.
func readConfig(environ, args []string) (*config, []string, error) {
	known, err := env.GetFieldParams(&config{})
	if err != nil {
		return nil, nil, fmt.Errorf("read configuration: %w", err)
	}
	p := parser{values: map[string]string{}, known: map[string]bool{}}
	for _, k := range known {
		p.known[k.Key] = true
	}
	p.environment(environ)
	rest := p.flags(args)
	p.files()
	c, err := env.ParseAsWithOptions[config](env.Options{Environment: p.values})
	p.add(values(err)...)
	p.check(&c)
	if len(p.wrong) > 0 {
		return nil, nil, fault.Wrap(fault.Configuration, "configuration", errors.New("\n  "+strings.Join(p.wrong, "\n  ")))
	}
	return &c, rest, nil
}

// values tells which settings have no value of their type, without the value.
func values(err error) []string {
	var all env.AggregateError
	if err == nil || !errors.As(err, &all) {
		return nil
	}
	var wrong []string
	for _, one := range all.Errors {
		var parse env.ParseError
		if errors.As(one, &parse) {
			wrong = append(wrong, fmt.Sprintf("the setting %s has no value of type %s", parse.Name, parse.Type))
		}
	}
	return wrong
}

// parser collects settings and what is wrong with them.
type parser struct {
	values map[string]string
	known  map[string]bool
	wrong  []string
}

func (p *parser) add(wrong ...string) { p.wrong = append(p.wrong, wrong...) }

func (p *parser) environment(environ []string) {
	for _, line := range environ {
		name, value, _ := strings.Cut(line, "=")
		if !strings.HasPrefix(name, prefix) || strings.HasPrefix(name, testVariables) {
			continue
		}
		short := strings.TrimPrefix(name, prefix)
		if !p.known[short] && !secrets[strings.TrimSuffix(short, "_FILE")] {
			p.add(name + " is no setting")
			continue
		}
		p.values[short] = value
	}
	sort.Strings(p.wrong) // the order of an environment is no order
}

// flags takes the settings out of the arguments.
func (p *parser) flags(args []string) (rest []string) {
	rest = args
	for short := range p.known {
		name := "--" + strings.ToLower(strings.ReplaceAll(short, "_", "-"))
		if value, left, found := flagValue(rest, name); found {
			p.values[short], rest = value, left
		}
	}
	return rest
}

// files reads the secrets that are given by file name.
func (p *parser) files() {
	for short := range secrets {
		path, given := p.values[short+"_FILE"]
		if !given {
			continue
		}
		delete(p.values, short+"_FILE")
		if _, twice := p.values[short]; twice {
			p.add(prefix + short + " and " + prefix + short + "_FILE are both set")
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			p.add(prefix + short + "_FILE names no file that can be read")
			continue
		}
		if info.Mode().Perm()&0o077 != 0 {
			p.add(fmt.Sprintf("the file of %s%s_FILE has mode %04o, at most 0600 is allowed", prefix, short, info.Mode().Perm()))
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			p.add(prefix + short + "_FILE names no file that can be read")
			continue
		}
		p.values[short] = strings.TrimSpace(string(data))
	}
}

// check looks at the values themselves.
func (p *parser) check(c *config) {
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		p.add(prefix + "LISTEN is no host:port")
	}
	if c.Metrics != "" {
		if _, _, err := net.SplitHostPort(c.Metrics); err != nil || c.Metrics == c.Listen {
			p.add(prefix + "METRICS is no host:port of its own")
		}
	}
	if c.BaseURL == "" {
		c.BaseURL = "http://" + c.Listen
	}
	if u, err := url.Parse(c.BaseURL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" && u.Path != "/" || u.RawQuery != "" {
		p.add(prefix + "BASE_URL is no http(s)://host")
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	if !strings.HasPrefix(c.Database, "sqlite:") && !strings.HasPrefix(c.Database, "mysql:") {
		p.add(prefix + "DATABASE is neither sqlite:PATH nor mysql:DSN")
	}
	if c.Keys == "" {
		p.add(prefix + "KEYS is empty")
	}
	switch {
	case c.Migrate == "" && strings.HasPrefix(c.Database, "sqlite:"):
		c.Migrate = "1"
	case c.Migrate != "" && c.Migrate != "0" && c.Migrate != "1":
		p.add(prefix + "MIGRATE is neither 0 nor 1")
	}
	for _, proxy := range c.TrustedProxies {
		_, address := netip.ParseAddr(proxy)
		if _, network := netip.ParsePrefix(proxy); address != nil && network != nil {
			p.add(prefix + "TRUSTED_PROXIES names something that is neither an address nor a network")
		}
	}
	if c.Log != "text" && c.Log != "json" {
		p.add(prefix + "LOG is neither text nor json")
	}
}

// logger writes to stderr in the chosen form.
func (c *config) logger() *slog.Logger {
	if c.Log == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, nil))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, nil))
}
