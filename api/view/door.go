package view

import (
	"bytes"
	"fmt"
	"sync"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
)

// Steps of the open door.
const (
	DoorKeep   = "keep"   // the code is to be noted down before the question is sent
	DoorSent   = "sent"   // the question is stored
	DoorAnswer = "answer" // question and answer
)

// DoorInput is what the pages of the open door show after a form was sent.
type DoorInput struct {
	Language locale.Language
	Step     string
	Round    string           // at whose door somebody asks
	Manifest *ballot.Manifest // nil: an unknown round, or somebody reads
	Text     string
	Code     string
	Question *survey.Question
	Problem  string // key of error.*, empty = none
}

// door is what the templates ask.
type door struct {
	words
	DoorInput
	Contact, Problem, Status string
}

func newDoor(in DoorInput) door {
	d := door{words: words{locale.New(in.Language)}, DoorInput: in}
	if m := in.Manifest; m != nil && m.Contact != nil {
		d.Contact = d.T("survey.contact", "contact", d.In(*m.Contact))
	}
	if in.Problem != "" {
		d.Problem = d.T("error." + in.Problem)
	}
	if q := in.Question; q != nil {
		d.Status = d.T("public.door.open", "day", d.day(q.Day))
		if q.Answer != "" {
			d.Status = d.T("public.door.answered", "day", d.day(q.Answered))
		}
	}
	return d
}

// twice gives a page in two languages, one below the other.
func twice(name string, in DoorInput) ([]byte, error) {
	pages := make([]door, 0, 2)
	for _, l := range []locale.Language{locale.German, locale.English} {
		in.Language = l
		pages = append(pages, newDoor(in))
	}
	return execute(name, pages)
}

func execute(name string, data any) ([]byte, error) {
	var page bytes.Buffer
	if err := templates.ExecuteTemplate(&page, name, data); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return page.Bytes(), nil
}

// DoorRead gives the page on which a code is typed.
var DoorRead = sync.OnceValues(func() (File, error) {
	page, err := twice("door_read.html", DoorInput{})
	return newFile("text/html; charset=utf-8", page), err
})

// DoorAsk gives the page on which a question is written.
func DoorAsk(m *ballot.Manifest) ([]byte, error) {
	return twice("door_ask.html", DoorInput{Round: m.Round, Manifest: m})
}

// Door gives a page that follows a form.
func Door(in DoorInput) ([]byte, error) { return execute("door.html", newDoor(in)) }
