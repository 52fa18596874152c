package view

import (
	"encoding/base64"
	"strconv"
	"strings"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

// Steps of the way without script, beside the endings that the script knows too.
const (
	PlainForm = "form"
	PlainDone = "done"
)

// PlainInput is what the pages without script show.
type PlainInput struct {
	Language locale.Language
	Round    string
	Step     string           // PlainForm, PlainDone or an ending: used, closed, early, invalid, failed
	Manifest *ballot.Manifest // nil: an unknown round
	Ticket   ballot.Ticket
	Payload  ballot.Payload // prefilled or echoed
	Process  string         // name of the process that questions speak of; empty = not known
	Problem  string         // key of error.*, empty = none
	Wrong    []fault.Field  // and where

	Board     *survey.Board // nil: not to be had
	Reference string        // of a failure, the same for everybody whom it meets
}

// plain is what the template asks.
type plain struct {
	words
	PlainInput
	Heading, Explain, Problem, Nonce, Output, Comment, Text, Kind string
	Promises                                                      []string
	Summary                                                       []plainWrong

	Contact, Since string
	Pairs          []plainPair
	Offers         []plainOffer

	Choices   []plainChoice
	Questions []plainQuestion
	Kinds     []plainOption
}

// plainWrong is what is wrong with the field of an id.
type plainWrong struct{ ID, Text string }

type plainChoice struct {
	Name, Empty, Chosen string
	List                []ballot.Choice
}

type plainQuestion struct {
	Key, Number, Text, Chosen string
	Options                   []plainOption
}

type plainOption struct{ Value, Label string }

// Plain gives a page of the way without script.
func Plain(in PlainInput) ([]byte, error) {
	p := &plain{words: words{locale.New(in.Language)}, PlainInput: in, Text: in.Payload.Text, Kind: in.Payload.TextKind}
	p.Nonce, p.Output = base64.RawURLEncoding.EncodeToString(in.Ticket.Nonce), base64.RawURLEncoding.EncodeToString(in.Ticket.Output)
	if in.Problem != "" {
		p.Problem = p.T("error." + in.Problem)
	}
	switch in.Step {
	case PlainForm:
		p.Heading, p.Explain = p.T("survey.plain.heading"), p.T("survey.plain.explain")
		p.fill()
	case PlainDone:
		p.Heading, p.Explain = p.T("survey.done.heading"), p.T("survey.done.next-text", "date", p.LongDate(there(in.Manifest, in.Manifest.Closes)))
		if in.Board != nil {
			p.Explain += " " + p.T("survey.since.ends", "date", p.day(in.Board.Ends))
		}
	default:
		date := ""
		if in.Manifest != nil {
			date = p.LongDate(there(in.Manifest, in.Manifest.Closes))
			if in.Step == "early" {
				date = p.LongDate(there(in.Manifest, in.Manifest.Opens))
			}
		}
		p.Heading, p.Explain = p.T("survey."+in.Step+".heading", "date", date), p.T("survey."+in.Step+".explain")
		if in.Step == "failed" {
			p.Explain += " " + p.T("survey.failed.plain")
		}
	}
	p.beside()
	return execute("plain.html", p)
}

// At gives what is wrong with the field of an id, without text if nothing is.
func (p *plain) At(id string) plainWrong {
	for _, one := range p.Summary {
		if one.ID == id {
			return one
		}
	}
	return plainWrong{}
}

// wrong says of each field what is wrong with it, in the words that the script has too.
func (p *plain) wrong() {
	for _, f := range p.Wrong {
		one := plainWrong{ID: f.Pointer[strings.LastIndex(f.Pointer, "/")+1:], Text: p.T("error." + f.Code)}
		over := survey.TextLength(p.Payload.Text) - p.Manifest.Questionnaire.TextMax
		switch {
		case f.Pointer == "/attributes/process" && p.Payload.Attributes.Process == "":
			one.Text = p.T("survey.attributes.process-needed")
		case f.Pointer == "/answers":
			one.ID = "a_" + p.Manifest.Questionnaire.Items[0].Key
		case strings.HasPrefix(f.Pointer, "/answers/"):
			one.ID = "a_" + one.ID
		case f.Code == "text-length" && over > 0:
			one.Text = p.T("survey.comment.too-long", "n", over, "max", p.Manifest.Questionnaire.TextMax)
		}
		p.Summary = append(p.Summary, one)
	}
}

func (p *plain) fill() {
	m, a := p.Manifest, p.Payload.Attributes
	p.wrong()
	for _, key := range []string{"kept", "groups", "visit", "server", "unanimous", "style", "list"} {
		p.Promises = append(p.Promises, p.T("survey.promise."+key, "k", m.K, "comment_months", survey.Keeps().CommentMonths))
	}
	if p.Board != nil && p.Board.Audited {
		p.Promises = append(p.Promises, p.T("survey.promise.council"))
	}
	withhold := p.T("survey.attributes.withhold")
	p.Choices = []plainChoice{{"process", p.T("survey.attributes.choose"), a.Process, m.Processes}}
	if len(m.Roles) > 0 {
		p.Choices = append(p.Choices, plainChoice{"role", withhold, a.Role, m.Roles})
	}
	if len(m.Units) > 0 {
		p.Choices = append(p.Choices, plainChoice{"unit", withhold, a.Unit, m.Units})
	}
	process := p.Process
	if process == "" {
		process = p.T("survey.plain.your-process")
	}
	for i, item := range m.Questionnaire.Items {
		p.Questions = append(p.Questions, p.question(i, item, process))
	}
	if m.Questionnaire.Comment != nil {
		p.Comment = p.In(*m.Questionnaire.Comment)
	}
	for _, kind := range []string{"praise", "obstacle", "idea"} {
		p.Kinds = append(p.Kinds, plainOption{kind, p.T("survey.comment." + kind)})
	}
}

func (p *plain) question(i int, item ballot.ManifestItem, process string) plainQuestion {
	scale := p.Manifest.Questionnaire.Scales[item.Scale]
	q := plainQuestion{
		Key: item.Key, Number: p.T("survey.plain.question", "i", i+1, "total", len(p.Manifest.Questionnaire.Items)),
		Text: strings.ReplaceAll(p.In(item.Text), "{process}", process),
	}
	if answer, ok := p.Payload.Answers[item.Key]; ok {
		q.Chosen = strconv.Itoa(answer.Value)
		if answer.CannotSay {
			q.Chosen = questionnaire.CannotSay
		}
	}
	for v := scale.Lo; v <= scale.Hi; v++ {
		value := strconv.Itoa(v)
		q.Options = append(q.Options, plainOption{value, p.In(scale.Labels[value])})
	}
	if label, ok := scale.Labels[questionnaire.CannotSay]; ok {
		q.Options = append(q.Options, plainOption{questionnaire.CannotSay, p.In(label)})
	}
	q.Options = append(q.Options, plainOption{"", p.T("survey.plain.none")})
	return q
}
