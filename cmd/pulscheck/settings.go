package main

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"

	"github.com/caarlos0/env/v11"
)

// testVariables belong to the tests and are left alone.
const testVariables = prefix + "TEST_"

// settings collects what is set, by name without prefix, and what is wrong with it.
type settings struct {
	values map[string]string
	known  []string // sorted
	wrong  []string // in the order of finding
}

// newSettings knows the settings of fields, and for secrets the names of their files.
func newSettings(fields []env.FieldParams) *settings {
	s := &settings{values: map[string]string{}}
	for _, f := range fields {
		s.known = append(s.known, f.Key)
		if secrets[f.Key] {
			s.known = append(s.known, f.Key+"_FILE")
		}
	}
	sort.Strings(s.known)
	return s
}

func (s *settings) add(name, wrong string) { s.wrong = append(s.wrong, prefix+name+" "+wrong) }

// environment takes the settings out of NAME=value lines; other variables that look
// like one are mistakes.
func (s *settings) environment(environ []string) {
	environ = append([]string(nil), environ...)
	sort.Strings(environ) // its own order is none
	for _, line := range environ {
		name, value, _ := strings.Cut(line, "=")
		if !strings.HasPrefix(name, prefix) || strings.HasPrefix(name, testVariables) {
			continue
		}
		short := strings.TrimPrefix(name, prefix)
		if i := sort.SearchStrings(s.known, short); i == len(s.known) || s.known[i] != short {
			s.add(short, "is no setting")
			continue
		}
		s.values[short] = value
	}
}

// flags takes the settings out of the arguments.
func (s *settings) flags(args []string) (rest []string) {
	rest = args
	for _, short := range s.known {
		name := "--" + strings.ToLower(strings.ReplaceAll(short, "_", "-"))
		value, left, found := flagValue(rest, name)
		if found {
			s.values[short], rest = value, left
		}
		for _, a := range rest {
			if a == name || strings.HasPrefix(a, name+"=") {
				s.add(short, "stands twice among the arguments, or has no value there")
				break
			}
		}
	}
	return rest
}

// files reads the secrets that are given by file name.
func (s *settings) files() {
	for _, short := range s.known {
		path, given := s.values[short+"_FILE"]
		if !secrets[short] || !given {
			continue
		}
		delete(s.values, short+"_FILE")
		if _, twice := s.values[short]; twice {
			s.add(short, "and "+prefix+short+"_FILE are both set")
			continue
		}
		value, err := readSecret(path)
		if err != nil {
			s.add(short+"_FILE", err.Error())
			continue
		}
		s.values[short] = value
	}
}

// readSecret reads a file that only its owner may read. Its errors never hold the
// content.
func readSecret(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", errors.New("names no file that can be read")
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return "", fmt.Errorf("names a file of mode %04o, at most 0600 is allowed", mode)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", errors.New("names no file that can be read")
	}
	return strings.TrimSpace(string(data)), nil
}

// empty refuses empty values where there is a default: a secret that was not filled in
// must not start the server on another database.
func (s *settings) empty(fields []env.FieldParams) {
	for _, f := range fields {
		if value, given := s.values[f.Key]; given && value == "" && f.HasDefaultValue {
			s.add(f.Key, "is empty; without it the default holds")
		}
	}
}

// types tells which settings have no value of their type, without the value.
func (s *settings) types(err error) {
	var all env.AggregateError
	if err == nil || !errors.As(err, &all) {
		return
	}
	for _, one := range all.Errors {
		var parse env.ParseError
		if errors.As(one, &parse) {
			field, _ := reflect.TypeFor[config]().FieldByName(parse.Name)
			s.add(field.Tag.Get("env"), fmt.Sprintf("has no value of type %s", parse.Type))
		}
	}
}
