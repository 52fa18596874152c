package mail_test

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// user lets somebody with a role into the organisation.
func (p *post) user(t testing.TB, role account.Role, email string, consents bool) {
	t.Helper()
	m := account.Membership{Organisation: string(p.org.ID)}
	if at := p.now(); consents {
		m.Consented = &at
	}
	u := &account.User{ID: account.UserID(survey.NewID()), Email: email, Name: "Alex", Role: role, Language: locale.German, Created: p.now(), Member: []account.Membership{m}}
	if err := p.store.CreateUser(ctx, u); err != nil {
		t.Fatal(err)
	}
}

// issue gives a report that is issued while the committee has no address yet, and then
// gives it some.
func (p *post) issue(t testing.TB, steering ...string) *survey.Report {
	t.Helper()
	draft := p.draw(t)
	issued, err := p.service.IssueReport(ctx, account.System(), draft.ID, draft.Version)
	if err != nil {
		t.Fatal(err)
	}
	iteration, err := p.store.FindIteration(ctx, p.round.Iteration)
	if err != nil {
		t.Fatal(err)
	}
	programme, err := p.store.FindProgramme(ctx, iteration.Programme)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.service.UpdateProgramme(ctx, account.System(), programme.ID, survey.ProgrammeInput{Seen: programme.Version, Steering: &steering}); err != nil {
		t.Fatal(err)
	}
	return issued
}

func (p *post) lead() account.Actor {
	return account.Actor{ID: "user:lead", Role: account.Lead, Organisations: []string{string(p.org.ID)}}
}

// got gives the mails that a server took, by recipient.
func got(t testing.TB, s *smtpd) map[string]received {
	t.Helper()
	mails := map[string]received{}
	for _, raw := range s.received() {
		m := open(t, raw)
		mails[strings.Trim(m.header.Get("To"), "<>")] = m
	}
	return mails
}

// TestSendingIsRefused for whoever may not, for drafts, and for words and addresses that
// no mail should have; nothing goes out then.
func TestSendingIsRefused(t *testing.T) {
	p := newPost(t, storetest.SQLite(t), 10, 0)
	draft := p.draw(t)
	if _, err := p.service.SendReport(ctx, p.lead(), draft.ID, survey.SendInput{Addresses: []string{"a@nordlicht.example"}}); !fault.Is(err, "report-draft") {
		t.Errorf("a draft: %v", err)
	}
	r, err := p.service.IssueReport(ctx, account.System(), draft.ID, draft.Version)
	if err != nil {
		t.Fatal(err)
	}
	foreign := account.Actor{ID: "user:other", Role: account.Lead, Organisations: []string{"other"}}
	if _, err := p.service.SendReport(ctx, foreign, r.ID, survey.SendInput{Addresses: []string{"a@nordlicht.example"}}); !fault.Is(err, "not-found") {
		t.Errorf("a foreign organisation: %v", err)
	}
	for _, role := range []account.Role{account.Steering, account.Auditor, account.Owner, account.Operator} {
		reader := account.Actor{ID: "user:x", Role: role, Organisations: []string{string(p.org.ID)}}
		if _, err := p.service.SendReport(ctx, reader, r.ID, survey.SendInput{Addresses: []string{"a@nordlicht.example"}}); !fault.Is(err, "forbidden") {
			t.Errorf("%s: %v", role, err)
		}
	}
	to := []string{"a@nordlicht.example"}
	for want, in := range map[string]survey.SendInput{
		"control-character": {Addresses: to, Subject: "Bericht\r\nBcc: alle@nordlicht.example"},
		"text-length":       {Addresses: to, Subject: strings.Repeat("x", 201)},
		"email-invalid":     {Addresses: []string{"a@nordlicht.example\r\nBcc: b@nordlicht.example"}},
		"too-many-items":    {Addresses: strings.Fields(manyAddresses(51))},
		"link-days":         {Addresses: to, Way: survey.AsLink, Days: 91},
		"way-unknown":       {Addresses: to, Way: "pigeon"},
		"recipient-role":    {Roles: []account.Role{account.Owner}},
		"recipient-missing": {Committee: true},
	} {
		if _, err := p.service.SendReport(ctx, p.lead(), r.ID, in); !fault.Is(err, want) {
			t.Errorf("%+v: %v, want %s", in, err, want)
		}
	}
	for _, text := range []string{"Guten Tag\r\rX", "\x00", "Umkehr \u202e", strings.Repeat("ä", 2001)} {
		if _, err := p.service.SendReport(ctx, p.lead(), r.ID, survey.SendInput{Addresses: to, Text: text}); fault.Of(err).Kind != fault.Invalid {
			t.Errorf("%q: %v", text, err)
		}
	}
	if got := p.letters(t); len(got) != 0 {
		t.Errorf("handed on nevertheless: %v", got)
	}
}

func manyAddresses(n int) string {
	var all strings.Builder
	for i := range n {
		all.WriteString(strings.Repeat("b", i+1) + "@nordlicht.example ")
	}
	return all.String()
}

// TestSentOnceToEverybodyMeant: roles, the committee and typed addresses together, each
// address once however it is written and however often it is sent, with the bytes of the
// report; consultants without consent and owners are not meant.
func TestSentOnceToEverybodyMeant(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		server := startSMTP(t, &smtpd{})
		p := newPost(t, url, 10, 0).by(t, "smtp://"+server.address(), nil)
		p.user(t, account.Auditor, "br@nordlicht.example", true)
		p.user(t, account.Consultant, "rat@nordlicht.example", true)
		p.user(t, account.Consultant, "noch-nicht@nordlicht.example", false)
		p.user(t, account.Owner, "inc@nordlicht.example", true)
		r := p.issue(t, "Kreis@nordlicht.example", "br@nordlicht.example")
		in := survey.SendInput{
			Committee: true, Roles: []account.Role{account.Auditor, account.Consultant},
			Addresses: []string{"gast@nordlicht.example", "GAST@nordlicht.example", "kreis@Nordlicht.example"},
			Subject:   "Zahlen für Dienstag", Text: "Guten Tag,\r\n\r\nanbei die Zahlen.\r\nAlex",
		}
		for range 2 {
			if _, err := p.service.SendReport(ctx, p.lead(), r.ID, in); err != nil {
				t.Fatal(err)
			}
			p.deliver(t)
		}
		want := map[string]int{"br@nordlicht.example": 1, "gast@nordlicht.example": 1, "kreis@nordlicht.example": 1, "rat@nordlicht.example": 1}
		if diff := cmp.Diff(want, server.taken()); diff != "" {
			t.Errorf("mails by address (-want +got):\n%s", diff)
		}
		for to, m := range got(t, server) {
			if sha256.Sum256(m.file) != [32]byte(r.FileHash) || m.fileName != r.FileName {
				t.Errorf("%s: attached %d bytes as %q", to, len(m.file), m.fileName)
			}
			if m.subject(t) != in.Subject || !strings.Contains(m.text, "\n\nanbei die Zahlen.\nAlex\n\n") || !strings.Contains(m.html, "anbei die Zahlen.<br>Alex") {
				t.Errorf("%s: %s\n%s", to, m.subject(t), m.text)
			}
		}
		plan, err := p.service.PlanSending(ctx, p.lead(), r.ID, in)
		if err != nil || len(plan.Letters) != 0 || len(plan.Known) != 4 {
			t.Errorf("left to send: %+v %v", plan, err)
		}
	})
}

// linkOf reads the link off a mail.
func linkOf(t testing.TB, m received) string {
	t.Helper()
	for _, line := range strings.Split(m.text, "\n") {
		if _, token, found := strings.Cut(line, "https://puls.example/download#"); found {
			return token
		}
	}
	t.Fatalf("no link in\n%s", m.text)
	return ""
}

// TestLinkToAReport: the mail carries no file but a link of its own for each address,
// which leads to the bytes of the report until it is revoked or expires; the database
// holds none of it.
func TestLinkToAReport(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		server := startSMTP(t, &smtpd{})
		p := newPost(t, url, 10, 0).by(t, "smtp://"+server.address(), nil)
		r := p.issue(t)
		sent := p.now()
		in := survey.SendInput{Addresses: []string{"a@nordlicht.example", "b@nordlicht.example"}, Way: survey.AsLink, Days: 3}
		if _, err := p.service.SendReport(ctx, p.lead(), r.ID, in); err != nil {
			t.Fatal(err)
		}
		p.deliver(t)
		mails := got(t, server)
		a, b := mails["a@nordlicht.example"], mails["b@nordlicht.example"]
		first, second := linkOf(t, a), linkOf(t, b)
		if first == second || len(first) != 43 || a.file != nil {
			t.Errorf("links %q and %q, %d bytes attached", first, second, len(a.file))
		}
		if !strings.Contains(strings.ReplaceAll(a.text, "\u00a0", " "), "Donnerstag, 5. März 2026, 9:00") {
			t.Errorf("the mail does not say until when:\n%s", a.text)
		}
		opened, err := p.service.OpenLink(ctx, first)
		if err != nil || !bytes.Equal(opened.Body, r.Body) || sha256.Sum256(opened.Body) != [32]byte(r.FileHash) {
			t.Errorf("the link leads to %v, %v", opened, err)
		}
		deliveries, err := p.service.ListDeliveries(ctx, p.lead(), r.ID)
		if err != nil || len(deliveries) != 2 || deliveries[0].State != survey.MailSent || deliveries[0].At.Sub(sent) > time.Hour {
			t.Fatalf("deliveries: %+v %v", deliveries, err)
		}
		link := deliveries[0].Link
		if bytes.Contains(link.Hash, []byte(first)) || strings.Contains(link.ID, first) {
			t.Error("the database holds the link")
		}
		if err := p.service.RevokeLink(ctx, p.lead(), r.ID, link.ID); err != nil {
			t.Fatal(err)
		}
		if err := p.service.RevokeLink(ctx, p.lead(), r.ID, link.ID); !fault.Is(err, "not-found") {
			t.Errorf("revoked twice: %v", err)
		}
		_, revoked := p.service.OpenLink(ctx, first)
		_, unknown := p.service.OpenLink(ctx, strings.Repeat("A", 43))
		if _, err := p.service.OpenLink(ctx, second); err != nil {
			t.Errorf("the other link: %v", err)
		}
		p.set(sent.Add(3*24*time.Hour - time.Second))
		if _, err := p.service.OpenLink(ctx, second); err != nil {
			t.Errorf("a second before it expires: %v", err)
		}
		p.set(sent.Add(3 * 24 * time.Hour))
		_, expired := p.service.OpenLink(ctx, second)
		_, empty := p.service.OpenLink(ctx, "")
		for _, err := range []error{revoked, unknown, expired, empty} {
			if diff := cmp.Diff(fault.Of(unknown), fault.Of(err)); diff != "" || !fault.Is(err, "link-invalid") {
				t.Errorf("told apart: %s", diff)
			}
		}
	})
}

// TestOnlyRefusedOnesAreRepeated: what a server refused goes out once more when asked
// for; what arrived, or may have, does not, nor does a link that was revoked, even if
// its mail still waited.
func TestOnlyRefusedOnesAreRepeated(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		refuse := true
		server := startSMTP(t, &smtpd{script: func(stage, to string) string {
			switch {
			case stage == atRecipient && strings.HasPrefix(to, "no") && refuse:
				return "550 5.1.1 unknown"
			case stage == atAnswer && strings.HasPrefix(to, "maybe"):
				return drop
			}
			return goOn
		}})
		p := newPost(t, url, 10, 0).by(t, "smtp://"+server.address(), nil)
		r := p.issue(t)
		send := func(way survey.Way, addresses ...string) {
			t.Helper()
			if _, err := p.service.SendReport(ctx, p.lead(), r.ID, survey.SendInput{Addresses: addresses, Way: way}); err != nil {
				t.Fatal(err)
			}
		}
		send(survey.AsAttachment, "no@nordlicht.example", "maybe@nordlicht.example", "yes@nordlicht.example")
		p.deliver(t)
		send(survey.AsLink, "no-link@nordlicht.example", "waits@nordlicht.example")
		all, err := p.service.ListDeliveries(ctx, p.lead(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"no-link@nordlicht.example", "waits@nordlicht.example"} {
			i := slices.IndexFunc(all, func(d survey.Delivery) bool { return d.Recipient == name })
			if err := p.service.RevokeLink(ctx, p.lead(), r.ID, all[i].ID); err != nil {
				t.Fatal(err)
			}
		}
		p.deliver(t)
		refuse = false
		if n, err := p.service.RepeatDeliveries(ctx, p.lead(), r.ID); n != 1 || err != nil {
			t.Errorf("%d repeated, %v; want the one that was refused", n, err)
		}
		p.deliver(t)
		want := map[string]int{"maybe@nordlicht.example": 1, "yes@nordlicht.example": 1, "no@nordlicht.example": 1}
		if diff := cmp.Diff(want, server.taken()); diff != "" {
			t.Errorf("mails by address (-want +got):\n%s", diff)
		}
		if _, err := p.service.RepeatDeliveries(ctx, p.lead(), r.ID); !fault.Is(err, "not-found") {
			t.Errorf("nothing is left to repeat: %v", err)
		}
	})
}
