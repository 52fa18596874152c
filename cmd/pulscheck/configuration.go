package main

import (
	"context"
	"fmt"
	"net/url"
	"reflect"
)

// noteConfiguration tells the audit which settings are others than at the last start.
func (h *house) noteConfiguration(ctx context.Context, c *config) error {
	usual, _, err := readConfig(nil, nil)
	if err != nil {
		return fmt.Errorf("read defaults: %w", err)
	}
	return h.service.NoteConfiguration(ctx, c.open(), usual.open())
}

// open gives the settings that are no secrets, by the names of their variables; of the mail
// server how and where it is reached, without who asks. The database keeps this itself, so
// that its own address is not among them.
func (c *config) open() map[string]string {
	all := map[string]string{}
	value := reflect.ValueOf(*c)
	for i := range value.NumField() {
		if name := value.Type().Field(i).Tag.Get("env"); !secrets[name] {
			all[prefix+name] = fmt.Sprint(value.Field(i))
		}
	}
	if u, err := url.Parse(c.SMTP); err == nil {
		u.User = nil
		all[prefix+"SMTP"] = u.String()
	}
	return all
}
