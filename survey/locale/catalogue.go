package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed catalogue/*.json
var catalogueFiles embed.FS

// catalogue is every text in both languages.
type catalogue struct {
	bundle   *i18n.Bundle
	messages map[Language]map[string]*i18n.Message
}

var loadCatalogue = sync.OnceValue(func() *catalogue {
	c, err := readCatalogue(catalogueFiles)
	if err != nil {
		panic(fmt.Sprintf("locale: embedded catalogue: %v", err)) // a test reads it
	}
	return c
})

func readCatalogue(files fs.FS) (*catalogue, error) {
	c := &catalogue{
		bundle:   i18n.NewBundle(language.German),
		messages: map[Language]map[string]*i18n.Message{German: {}, English: {}},
	}
	names, err := fs.Glob(files, "catalogue/*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := c.add(files, name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return c, nil
}

// add reads one file. The room in its name becomes the first part of every key, so
// that two rooms never claim the same one.
func (c *catalogue) add(files fs.FS, name string) error {
	parts := strings.Split(strings.TrimPrefix(name, "catalogue/"), ".")
	if len(parts) != 3 || c.messages[Language(parts[1])] == nil {
		return fmt.Errorf("a file is named ROOM.de.json or ROOM.en.json")
	}
	room, l := parts[0], Language(parts[1])
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	messages, err := i18n.ParseMessageBytes(data, json.Unmarshal)
	if err != nil {
		return err
	}
	for _, m := range messages {
		m.ID = room + "." + m.ID
		c.messages[l][m.ID] = m
	}
	return c.bundle.AddMessages(language.Make(parts[1]), messages...)
}

// Keys gives the sorted keys that begin with prefix, for tests that compare them
// with what a room uses.
func Keys(prefix string) []string {
	var keys []string
	for key := range loadCatalogue().messages[German] {
		if strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// Room gives the texts of one room in a language as JSON, for scripts: nested
// objects with the places of each text still open. An unknown room is an error.
func Room(name string, l Language) ([]byte, error) {
	return catalogueFiles.ReadFile("catalogue/" + name + "." + string(l) + ".json")
}
