package mail

import (
	"context"
	"fmt"
	"maps"

	"pulscheck/survey"
)

// claimed is how long a letter counts as being sent: longer than any mail takes.
const claimed = 3 * mailTimeout

// maxTries is how often a letter is tried: about four days at the longest pause.
const maxTries = 250

// outbox is the key of its pauses.
const outbox = "outbox"

// Empty delivers letters until the outbox is empty. As long as one is left, it gives
// survey.EarlyError with the instant at which it is to be called again.
func (c *Courier) Empty(ctx context.Context) error {
	if err := c.Deliver(ctx); err != nil {
		return err
	}
	due, found, err := c.store.NextLetter(ctx)
	if err != nil || !found {
		return err
	}
	if until := c.pauses.until(outbox); until.After(due) {
		due = until
	}
	return survey.EarlyError{Until: due}
}

// Deliver sends the letters of the outbox whose time has come, as many as one run may.
// More to send at once is survey.EarlyError.
func (c *Courier) Deliver(ctx context.Context) error {
	const key = outbox
	if c.pauses.until(key).After(c.now()) {
		return nil
	}
	if err := c.store.ExpireLetters(ctx, c.now()); err != nil {
		return err
	}
	letters, err := c.store.ListDueLetters(ctx, c.now(), perRun)
	if err != nil {
		return err
	}
	t := tour{courier: c, session: c.sender.Session()}
	defer t.session.Close()
	for i, l := range letters {
		if t.over(ctx) {
			break
		}
		if err := t.pace(ctx, len(letters)-i); err != nil {
			return err
		}
		if err := t.deliver(ctx, l); err != nil {
			return err
		}
	}
	switch {
	case t.away != nil:
		c.log.Warn("mail server takes no mails", "kind", "letter", "error", t.away)
		c.pauses.add(key, c.now())
	case len(letters) == perRun:
		return survey.EarlyError{Until: c.now()}
	case len(letters) > 0:
		c.pauses.end(key)
	}
	return nil
}

// deliver sends one letter.
func (t *tour) deliver(ctx context.Context, l Queued) error {
	c := t.courier
	taken, err := c.store.ClaimLetter(ctx, l.ID, c.now().Add(claimed))
	if err != nil || !taken {
		return err
	}
	var o Settled
	message, err := c.letter(ctx, l)
	if err != nil {
		o.State, o.Outcome = survey.MailQueued, "report not found"
		c.log.Error("letter cannot be written", "letter", l.ID, "error", err)
	} else {
		o.State, o.Outcome = t.send(ctx, message)
	}
	if o.State == survey.MailQueued && l.Tries+1 >= maxTries {
		o.State = survey.MailFailed
	}
	if o.Due = c.now(); o.State == survey.MailQueued {
		o.Due = o.Due.Add(backOff(l.Tries + 1))
	}
	o.Outcome = short(o.Outcome)
	return c.store.SettleLetter(context.WithoutCancel(ctx), l.ID, o)
}

// short cuts what is told to the width of its column.
func short(told string) string {
	const width = 64
	if r := []rune(told); len(r) > width {
		return string(r[:width])
	}
	return told
}

// carriesCode names the letters that bring a one-time code.
var carriesCode = map[survey.MailKind]bool{survey.AccessMail: true, survey.PasswordMail: true}

// bringsLink reports whether a letter brings a link to a report: it does not carry one.
func bringsLink(l survey.Letter) bool { return l.Kind == survey.ReportMail && l.Attachment == "" }

// letter writes a letter.
func (c *Courier) letter(ctx context.Context, l Queued) (*Message, error) {
	m := &Message{ID: l.ID, To: l.Letter.Recipient, Language: l.Letter.Language, Date: c.now()}
	if l.Letter.Attachment != "" {
		report, err := c.store.FindReport(ctx, l.Letter.Attachment)
		if err != nil {
			return nil, fmt.Errorf("report of letter %s: %w", l.ID, err)
		}
		m.File = &File{Name: report.FileName, Type: "application/pdf", Body: report.Body}
	}
	if carriesCode[l.Letter.Kind] {
		code, err := c.codes.AccessCode(l.Letter.Subject)
		if err != nil {
			return nil, fmt.Errorf("code of letter %s: %w", l.ID, err)
		}
		l.Letter.Places = maps.Clone(l.Letter.Places)
		l.Letter.Places["code"], l.Letter.Places["address"] = code, c.base+"/setup"
	}
	if bringsLink(l.Letter) {
		token, err := c.codes.LinkToken(l.ID)
		if err != nil {
			return nil, fmt.Errorf("link of letter %s: %w", l.ID, err)
		}
		l.Letter.Places = maps.Clone(l.Letter.Places)
		l.Letter.Places["link"] = c.base + "/download#" + token
	}
	if l.Letter.Kind == survey.MembershipMail {
		l.Letter.Places = maps.Clone(l.Letter.Places)
		l.Letter.Places["address"] = c.base + "/account"
	}
	m.fill(letterSheet(l.Letter, m.File))
	return m, nil
}
