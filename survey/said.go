package survey

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pulscheck/survey/fault"
)

// Limits of what records hold: texts in runes, numbers so that differences stay finite.
const (
	maxSentence = 500
	maxProse    = 2_000
	maxUnit     = 40
	maxNumber   = 1e15
)

// said takes a text that must be there.
func (c *checks) said(pointer string, into, from *string, most int) {
	if from != nil {
		*into = *from
	}
	if from != nil || *into == "" {
		c.text(pointer, into, most)
	}
}

// maybe takes a line that may be missing.
func (c *checks) maybe(pointer string, into, from *string, most int) {
	if from == nil {
		return
	}
	if *into = strings.TrimSpace(*from); *into != "" {
		c.text(pointer, into, most)
	}
}

// prose takes a text of several lines that may be missing.
func (c *checks) prose(pointer string, into, from *string) {
	if from == nil {
		return
	}
	*into = strings.TrimSpace(norm.NFC.String(*from))
	if n := utf8.RuneCountInString(*into); n > maxProse {
		c.fields = append(c.fields, fault.Length(pointer, n, maxProse)...)
	}
	if strings.ContainsFunc(*into, invisible) {
		c.wrong(pointer, "control-character")
	}
}

// maybeDay takes a date YYYY-MM-DD; empty is none.
func (c *checks) maybeDay(pointer string, into, from *string) {
	if from != nil {
		*into = *from
		c.day(pointer, *into)
	}
}

// Amount is what is said of a number that may be none: nothing is said of its zero value,
// and what there is stays; nil is said to empty it.
type Amount struct {
	Said  bool
	Value *float64
}

// Say says a number, nil for none.
func Say(value *float64) Amount { return Amount{true, value} }

// amount takes a number that may be none.
func (c *checks) amount(pointer string, into **float64, from Amount) {
	if from.Said {
		*into = nil
		c.number(pointer, into, from.Value)
	}
}

// number takes a number.
func (c *checks) number(pointer string, into **float64, from *float64) {
	if from == nil {
		return
	}
	if math.IsNaN(*from) || math.Abs(*from) > maxNumber {
		c.wrong(pointer, "number-out-of-range")
	}
	value := *from
	*into = &value
}

// choice takes one of some words.
func (c *checks) choice(pointer string, into, from *string, code string, words ...string) {
	if from != nil {
		*into = *from
	}
	if !slices.Contains(words, *into) {
		c.wrong(pointer, code)
	}
}
