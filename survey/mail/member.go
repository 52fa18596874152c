package mail

import (
	"encoding/base64"
	"maps"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
)

// toMember writes an invitation or a reminder.
func (c *Courier) toMember(m *survey.Mailing, a survey.Addressee) *Message {
	message := &Message{
		ID: base64.RawURLEncoding.EncodeToString(a.MessageID), To: a.Email, Language: a.Language, Date: c.now(),
	}
	message.fill(memberSheet(m, a, c.base+"/r/"+string(m.Round.ID)+"#"+a.Fragment))
	return message
}

// memberSheet says what the survey's own first page says: what is asked, how long it
// takes, what is stored and what is not, and by what number all know that they see
// the same round.
func memberSheet(m *survey.Mailing, a survey.Addressee, link string) sheet {
	p := locale.New(a.Language)
	zone, err := time.LoadLocation(m.Organisation.Zone)
	if err != nil {
		zone = time.UTC
	}
	takes := p.In(m.Round.Questionnaire.TimeWords())
	last := m.Round.Closes.Add(-time.Nanosecond).In(zone) // a round that closes at midnight ends on the day before
	places := []any{
		"organisation", m.Organisation.Name, "time", takes, "date", p.ShortDate(last),
		"questions", p.T("survey.questions", "n", len(m.Round.Questionnaire.Items)),
		"closes", p.Instant(m.Round.Closes, zone), "before", p.LongDate(m.Before.In(zone)),
		"k", m.Round.K,
	}
	key := "mail." + string(m.Kind)
	s := sheet{
		Language: p.Language(), Subject: capital(p.T(key+".subject", places...)),
		Over:    m.Organisation.Name + " · " + p.In(m.Round.Title),
		Heading: p.T("survey.intro.heading"), Foot: p.T("mail.foot", places...),
	}
	s.Parts = []part{
		{Text: lead(p, m, key, places)},
		{Heading: p.T("mail.link"), Link: link, Text: []string{p.T("mail.link-own")}},
		attributes(p, a),
		{Heading: p.T("survey.intro.how-anonymous"), Text: []string{
			p.T("survey.intro.stored", "what", p.List(kept(p, m))), p.T("survey.intro.not-stored", places...), p.T("survey.promise.visit"), p.T("survey.intro.voluntary"),
		}},
		{Quiet: true, Text: []string{p.T("survey.intro.fingerprint") + " " + ballot.PrintFingerprint(m.Round.Fingerprint), p.T("mail.fingerprint")}},
	}
	return s
}

// kept names what is stored of an answer in this round.
func kept(p *locale.Printer, m *survey.Mailing) []string {
	words := []string{p.T("survey.stored.answers"), p.T("survey.stored.process")}
	if len(m.Manifest.Roles) > 0 {
		words = append(words, p.T("survey.stored.role"))
	}
	if len(m.Manifest.Units) > 0 {
		words = append(words, p.T("survey.stored.unit"))
	}
	return words
}

// lead says why the mail comes: to invite, or to remind.
func lead(p *locale.Printer, m *survey.Mailing, key string, places []any) []string {
	facts := p.T("mail.facts", places...)
	if m.Kind == survey.InvitationMail {
		return []string{p.T("survey.intro.who-asks-text", places...), facts}
	}
	who := "mail.reminder-missing"
	if m.Everybody {
		who = "mail.reminder-everybody"
	}
	return []string{p.T(key+".lead", places...), facts, p.T(who)}
}

// attributes says what the person is asked for.
func attributes(p *locale.Printer, a survey.Addressee) part {
	answers := part{Heading: p.T("mail.attributes"), Text: []string{p.T("mail.attributes-optional")}}
	for _, one := range []struct {
		key  string
		name locale.Text
	}{{"process", a.Process}, {"role", a.Role}, {"unit", a.Unit}} {
		if name := p.In(one.name); name != "" {
			answers.Facts = append(answers.Facts, fact{p.T("survey.attributes." + one.key), name})
		}
	}
	return answers
}

// capital begins a subject with a capital letter.
func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return strings.ToUpper(string(unicode.ToUpper(r))) + text[size:]
}

// letterSheet says what a letter tells; file is what it carries.
func letterSheet(l survey.Letter, file *File) sheet {
	p := locale.New(l.Language)
	places := map[string]any{}
	for name, value := range l.Places {
		places[name] = value
	}
	key := "mail." + string(l.Kind)
	own := func(name, usual string) string { // somebody's own words, which hold no places
		if text := l.Places[name]; text != "" {
			return text
		}
		return p.Fill(key+"."+usual, places)
	}
	s := sheet{
		Language: p.Language(), Subject: own("subject", "subject"), Over: l.Places["organisation"],
		Heading: own("heading", "heading"), Foot: p.Fill("mail.foot-letter", places),
		Parts: []part{{Text: paragraphs(own("text", "lead"))}},
	}
	if address := l.Places["address"]; address != "" {
		s.Parts = append(s.Parts, part{Text: []string{p.T(key + ".address")}, Link: address})
	}
	if link := l.Places["link"]; link != "" {
		s.Parts = append(s.Parts, part{Heading: p.Fill(key+".link", places), Link: link, Text: []string{p.T(key + ".link-own")}})
	}
	var facts []fact
	for _, name := range factsOf[l.Kind] {
		facts = append(facts, fact{p.T(key + "." + name), l.Places[name]})
	}
	if file != nil {
		facts = append(facts, fact{p.T(key + ".file"), file.Name})
	}
	s.Parts = append(s.Parts, part{Facts: facts}, part{Text: []string{p.Fill(key+".next", places)}})
	return s
}

// paragraphs splits a text at empty lines.
func paragraphs(text string) (all []string) {
	for _, p := range strings.Split(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// Preview gives subject and text of a letter as they will arrive; file is the name of
// what it carries. In the place of a link stands what will be there.
func Preview(l survey.Letter, file string) (subject, text string) {
	var f *File
	if l.Attachment != "" {
		f = &File{Name: file}
	}
	if bringsLink(l) {
		l.Places = maps.Clone(l.Places)
		l.Places["link"] = locale.New(l.Language).T("mail.report.link-place")
	}
	s := letterSheet(l, f)
	return s.Subject, s.text()
}

// factsOf names the places that a letter lists, in their order.
var factsOf = map[survey.MailKind][]string{
	survey.ReportMail:      {"programme", "iteration", "version", "date", "document"},
	survey.AccessMail:      {"code", "until"},
	survey.PasswordMail:    {"code", "until"},
	survey.MembershipMail:  {"role", "until"},
	survey.AuditorsMail:    {"before", "after"},
	survey.SubmittedMail:   {"opens", "closes", "questions", "invited", "paper", "k"},
	survey.UnlockMail:      {"round", "closes", "key", "until"},
	survey.AskedMail:       {"what", "opens", "closes"},
	survey.UnconfirmedMail: {"opens", "closes"},
	survey.TestMail:        {"asked"},
}
