package survey_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// queue is a counted round with texts, and those who work with them.
type queue struct {
	*house
	iteration survey.IterationID
}

func newQueue(t *testing.T, url string, texts int) *queue {
	t.Helper()
	h := begin(t, url, 24)
	n := 0
	for _, fragment := range h.links {
		if n++; n > texts {
			h.answer(t, fragment, 3)
			continue
		}
		h.answerWith(t, fragment, fmt.Sprintf("Text %02d: Frau Berg hilft, Berg und Tal.", n))
	}
	if err := h.FinishRound(ctx, h.round.ID); err != nil {
		t.Fatal(err)
	}
	return &queue{h, h.round.Iteration}
}

func (q *queue) as(r account.Role) account.Actor {
	return account.Actor{ID: "someone", Role: r, Organisations: []string{string(q.round.Organisation)}}
}

func (q *queue) list(t *testing.T) []survey.Comment {
	t.Helper()
	all, err := q.ListQueue(ctx, q.as(account.Consultant), q.iteration)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (q *queue) moderate(t *testing.T, c *survey.Comment, in survey.ModerationInput) *survey.Comment {
	t.Helper()
	c, err := q.ModerateComment(ctx, q.as(account.Lead), c.ID, c.Version, in)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (q *queue) voices(t *testing.T) *survey.Voices {
	t.Helper()
	v, err := q.Voices(ctx, q.as(account.Owner), q.iteration)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestNothingIsReadBeforeSomebodyReleasedIt, nor more than was released, and the audit
// hears no text.
func TestNothingIsReadBeforeSomebodyReleasedIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		q := newQueue(t, url, 12)
		all := q.list(t)
		if v := q.voices(t); len(all) != 12 || v.Texts != 12 || v.Waiting != 12 || len(v.Quotes) != 0 {
			t.Fatalf("%d in the queue, %+v", len(all), v)
		}
		for n, in := range []survey.ModerationInput{
			{Outcome: ptr("released"), Names: &[]string{"Berg", "Frau Berg"}}, {Outcome: ptr("paraphrased"), Wording: ptr("Kollegen helfen.")},
			{Outcome: ptr("withheld"), Reason: ptr("Wer es schrieb, ist zu erkennen."), Wording: ptr("nicht zu lesen")},
		} {
			q.moderate(t, &all[n], in)
		}
		v := q.voices(t)
		texts := []string{}
		for _, one := range v.Quotes {
			texts = append(texts, one.Text)
			if !one.Edited || !one.Short() {
				t.Errorf("%+v", one)
			}
		}
		want := []string{all[0].Text[:len("Text 00: ")] + "[…] hilft, […] und Tal.", "Kollegen helfen."}
		if diff := cmp.Diff(want, texts); diff != "" || v.Waiting != 9 {
			t.Errorf("%d wait\n%s", v.Waiting, diff)
		}
		entries, err := q.store.ListAudit(ctx, q.round.Organisation)
		if err != nil || strings.Contains(fmt.Sprint(entries), "Berg") || strings.Contains(fmt.Sprint(entries), "helfen") || strings.Count(fmt.Sprint(entries), "comment.moderate") != 3 {
			t.Errorf("audit: %v, %v", entries, err)
		}
	})
}

// TestModerationRefuses what is half said or was not seen.
func TestModerationRefuses(t *testing.T) {
	q := newQueue(t, storetest.SQLite(t), 10)
	c := q.list(t)[0]
	for n, in := range []struct {
		in   survey.ModerationInput
		code string
	}{
		{survey.ModerationInput{Outcome: ptr("gone")}, "outcome-unknown"}, {survey.ModerationInput{Outcome: ptr("paraphrased")}, "text-length"},
		{survey.ModerationInput{Outcome: ptr("withheld")}, "text-length"}, {survey.ModerationInput{Theme: ptr("nothing")}, "theme-unknown"},
		{survey.ModerationInput{Names: &[]string{"Frau Tal"}}, "words-unknown"}, {survey.ModerationInput{Names: &[]string{" "}}, "words-unknown"},
	} {
		if _, err := q.ModerateComment(ctx, q.as(account.Lead), c.ID, 0, in.in); !fault.Is(err, in.code) {
			t.Errorf("%d: %v, want %s", n, err, in.code)
		}
	}
	q.moderate(t, &c, survey.ModerationInput{Outcome: ptr("released")})
	for _, seen := range []int{0, 2} {
		if _, err := q.ModerateComment(ctx, q.as(account.Lead), c.ID, seen, survey.ModerationInput{Outcome: ptr("")}); !fault.Is(err, "version-conflict") {
			t.Errorf("version %d: %v", seen, err)
		}
	}
}

// TestTwoWhoRedactAtOnceTakeBothOut: whoever saw the text before the other one changed it
// is refused, also between reading and writing, so that no words come back.
func TestTwoWhoRedactAtOnceTakeBothOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		q := newQueue(t, url, 10)
		c := q.list(t)[0]
		stale := c
		if _, err := q.RedactComment(ctx, q.as(account.Auditor), c.ID, 0, []string{"Berg"}); err != nil {
			t.Fatal(err)
		}
		stale.Text = strings.ReplaceAll(stale.Text, "Tal", "[…]")
		for what, err := range map[string]error{
			"redacted": second(q.RedactComment(ctx, q.as(account.Auditor), c.ID, 0, []string{"Tal"})), "deleted": q.DeleteComment(ctx, q.as(account.Auditor), c.ID, 0),
			"moderated": second(q.ModerateComment(ctx, q.as(account.Lead), c.ID, 0, survey.ModerationInput{Outcome: ptr("released")})),
			"rewritten": q.store.RewriteComment(ctx, &stale), "removed": q.store.DeleteComment(ctx, &stale),
		} {
			if fault.Of(err).Kind != fault.Stale {
				t.Errorf("%s by who saw the text before: %v", what, err)
			}
		}
		if now, err := q.RedactComment(ctx, q.as(account.Auditor), c.ID, 1, []string{"Tal"}); err != nil || now.Version != 2 || strings.Contains(now.Text, "Berg") || strings.Contains(now.Text, "Tal") {
			t.Errorf("%+v, %v", now, err)
		}
		if v := q.voices(t); v.Waiting != 10 {
			t.Errorf("%d wait, though nothing was decided", v.Waiting)
		}
	})
}

// TestAuditorsTakeOutForGood what consultants then cannot read any more either.
func TestAuditorsTakeOutForGood(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		q := newQueue(t, url, 10)
		all := q.list(t)
		q.moderate(t, &all[0], survey.ModerationInput{Outcome: ptr("released")})
		if _, err := q.RedactComment(ctx, q.as(account.Auditor), all[0].ID, 1, []string{"Berg"}); err != nil {
			t.Fatal(err)
		}
		if v := q.voices(t); len(v.Quotes) != 1 || strings.Contains(v.Quotes[0].Text, "Berg") || strings.Contains(q.list(t)[0].Text, "Berg") {
			t.Errorf("%+v, %+v", v, q.list(t)[0])
		}
		if err := q.DeleteComment(ctx, q.as(account.Auditor), all[0].ID, 2); err != nil {
			t.Fatal(err)
		}
		if v := q.voices(t); v.Texts != 9 || len(v.Quotes) != 0 || len(readAll(t, url)["moderations"]) != 0 {
			t.Errorf("%+v", v)
		}
		for what, err := range map[string]error{"redact": second(q.RedactComment(ctx, q.as(account.Lead), all[1].ID, 0, []string{"Berg"})), "delete": q.DeleteComment(ctx, q.as(account.Consultant), all[1].ID, 0)} {
			if !fault.Is(err, "forbidden") {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

// TestThemesNeedEnoughComments: fewer than k are counted together, or not at all.
func TestThemesNeedEnoughComments(t *testing.T) {
	q := newQueue(t, storetest.SQLite(t), 20)
	for _, key := range []string{"tools", "time", "news"} {
		if _, err := q.CreateEntry(ctx, q.as(account.Lead), q.round.Organisation, survey.ThemeList, survey.EntryInput{Key: key, Name: locale.Text{DE: key, EN: key}}); err != nil {
			t.Fatal(err)
		}
	}
	all := q.list(t)
	theme := func(from, to int, key string) {
		for n := range all[from:to] {
			all[from+n] = *q.moderate(t, &all[from+n], survey.ModerationInput{Outcome: ptr("released"), Theme: ptr(key)})
		}
	}
	themes := func() (list []string) {
		for _, c := range q.voices(t).Themes {
			list = append(list, fmt.Sprint(c.Key, c.Comments))
		}
		return list
	}
	theme(0, 6, "time")
	theme(6, 10, "tools")
	if diff := cmp.Diff([]string{"time6"}, themes()); diff != "" {
		t.Errorf("four of tools are told:\n%s", diff)
	}
	theme(10, 11, "news")
	if diff := cmp.Diff([]string{"time6", "5"}, themes()); diff != "" {
		t.Errorf("%s", diff)
	}
	if named := slices.IndexFunc(q.voices(t).Quotes, func(one survey.Quote) bool { return one.Theme.DE == "tools" || one.Theme.DE == "news" }); named >= 0 {
		t.Error("a quote names a theme that fewer than k speak of")
	}
	theme(11, 20, "tools")
	if diff := cmp.Diff([]string{"tools13", "time6"}, themes()); diff != "" {
		t.Errorf("%s", diff)
	}
}

// TestImprovementsAreMadeOfComments: of what may be read of them.
func TestImprovementsAreMadeOfComments(t *testing.T) {
	q := newQueue(t, storetest.SQLite(t), 10)
	all := q.list(t)
	q.moderate(t, &all[0], survey.ModerationInput{Outcome: ptr("paraphrased"), Wording: ptr("Freigaben dauern.")})
	q.moderate(t, &all[1], survey.ModerationInput{Outcome: ptr("withheld"), Reason: ptr("Name")})
	named := []string{string(all[1].ID), string(all[0].ID)}
	m, err := q.CreateImprovement(ctx, q.as(account.Consultant), q.iteration, survey.ImprovementInput{Comments: &named})
	if err != nil || m.Criticism != "Freigaben dauern." || len(m.Comments) != 2 || m.Noted != q.now.Format("2006-01-02") {
		t.Fatalf("%+v, %v", m, err)
	}
	if _, err := q.CreateImprovement(ctx, q.as(account.Lead), q.iteration, survey.ImprovementInput{Comments: &[]string{string(all[1].ID)}}); !fault.Is(err, "text-length") {
		t.Errorf("made of what is withheld: %v", err)
	}
	if _, err := q.UpdateImprovement(ctx, q.as(account.Lead), m.ID, m.Version, survey.ImprovementInput{Comments: &[]string{survey.NewID()}}); !fault.Is(err, "comment-unknown") {
		t.Errorf("made of nothing: %v", err)
	}
	owner := q.as(account.Owner)
	owner.Processes = map[string][]string{string(q.round.Organisation): {"INC"}}
	if _, err := q.CreateImprovement(ctx, owner, q.iteration, survey.ImprovementInput{Process: ptr("INC"), Criticism: ptr("x"), Comments: &named}); !fault.Is(err, "forbidden") {
		t.Errorf("an owner: %v", err)
	}
}

// TestReleasedPairsAreForEverybody, the others for nobody.
func TestReleasedPairsAreForEverybody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		p, i := o.programme(t)
		text := func(s string) *locale.Text { return &locale.Text{DE: s} }
		for n, c := range []struct {
			in   survey.PairInput
			code string
		}{
			{survey.PairInput{Said: text("Erfolge erfahren wir spät."), Did: text("Meldung jeden Freitag"), Day: ptr("2026-02-12"), Released: ptr(true)}, ""},
			{survey.PairInput{Said: text("Wo frage ich nach?"), Did: text("Sprechstunde"), Day: ptr("2026-03-01"), Released: ptr(true)}, ""},
			{survey.PairInput{Said: text("Eigenes Werkzeug"), Did: text("Der Vertrag läuft bis März."), Status: ptr("not_yet")}, ""},
			{survey.PairInput{Said: text("Zu viele Felder"), Status: ptr("working"), Day: ptr("2026-04-01")}, ""},
			{survey.PairInput{Said: text("Zu viele Felder"), Status: ptr("working")}, "date-invalid"},
			{survey.PairInput{Said: text("Zu viele Felder")}, "text-length"},
			{survey.PairInput{Did: text("Etwas")}, "text-length"},
			{survey.PairInput{Said: text("a"), Did: text(strings.Repeat("ü", 161))}, "text-length"},
			{survey.PairInput{Said: text("a"), Did: text("b"), Improvement: ptr(survey.NewID())}, "improvement-unknown"},
		} {
			if _, err := o.CreatePair(ctx, o.consultant(), i.ID, c.in); c.code == "" && err != nil || c.code != "" && !fault.Is(err, c.code) {
				t.Errorf("%d: %v, want %q", n, err, c.code)
			}
		}
		if _, err := o.CreatePair(ctx, o.owner(), i.ID, survey.PairInput{Said: text("a"), Did: text("b")}); !fault.Is(err, "forbidden") {
			t.Errorf("an owner: %v", err)
		}
		released, err := o.ReleasedPairs(ctx, p.ID)
		said := []string{}
		for _, one := range released {
			s, _ := one.In(locale.English)
			said = append(said, s)
		}
		if diff := cmp.Diff([]string{"Wo frage ich nach?", "Erfolge erfahren wir spät."}, said); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
	})
}
