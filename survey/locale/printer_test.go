package locale

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTextsFillTheirPlaces(t *testing.T) {
	de, en := New(German), New(English)
	day := time.Date(2025, 11, 14, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{de.T("survey.questions", "n", 1), "1 kurze Frage"},
		{de.T("survey.questions", "n", 19), "19 kurze Fragen"},
		{en.T("survey.questions", "n", 1), "1 short question"},
		{en.T("survey.questions", "n", 0), "0 short questions"},
		{en.T("survey.review.blank", "n", 1), "One question without answer – that is all right."},
		{de.T("survey.closed.heading", "date", day), "Die Befragung ist seit dem 14.11.2025 beendet."},
		{en.T("survey.closed.heading", "date", day), "The survey closed on 14 Nov 2025."},
		{de.T("survey.intro.stored", "what", "{n}", "n", 1), "Anonym. Gespeichert werden {n}."},
		{de.T("survey.question.number", "i", 4, "total", 1248), "Frage 4 von 1\u00a0248"},
		{de.T("survey.attributes.role"), "Rolle"},
		{de.T("nothing.of.the.kind", "n", 2), "nothing.of.the.kind"},
		{New("fr").T("survey.question.next"), "Weiter"},
		{de.T("survey.question.next", "n", 1), "Weiter"}, // no plural forms
		{de.T("survey.used.heading", "lonely"), de.T("survey.used.heading")},
		{en.Fill("survey.intro.not-stored", map[string]any{"k": 5}), "Never with them: name, e\u2011mail, IP\u00a0address, time of day. Groups with fewer than 5\u00a0answers are never shown."},
		{en.T("survey.intro.who-asks-text", "organisation", Text{DE: "Werk", EN: "Works"})[:5], "Works"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if !de.Has("survey.questions") || de.Has("survey.nothing") {
		t.Error("Has does not tell texts from other keys")
	}
	if keys := Keys("error."); len(keys) < 50 || !slices.IsSorted(keys) || !slices.Contains(keys, "error.answer-duplicate") {
		t.Errorf("error keys: %v", keys)
	}
}

func TestNumbers(t *testing.T) {
	de, en := New(German), New(English)
	for _, c := range []struct{ got, want string }{
		{de.Integer(60), "60"}, {de.Integer(1248), "1 248"}, {en.Integer(1248), "1,248"},
		{de.Integer(-1234567), "−1 234 567"}, {en.Integer(100000), "100,000"}, {de.Integer(math.MinInt64), "−9 223 372 036 854 775 808"},
		{de.Percent(39), "39 %"}, {en.Percent(39), "39%"},
		{de.Signed(9), "+9"}, {de.Signed(-4), "−4"}, {de.Signed(0), "±0"},
		{de.Points(10), "+10 Pp"}, {en.Points(-10), "−10 pp"},
		{de.Decimal(2.4, 1), "2,4"}, {en.Decimal(2.4, 1), "2.4"}, {de.Decimal(1234.5, 2), "1 234,50"},
		{en.Decimal(-0.04, 1), "0.0"}, {de.Decimal(2.25, 1), "2,3"}, {de.Decimal(-2.5, 0), "−2"}, {de.Decimal(-3, 0), "−3"},
		{de.Decimal(math.NaN(), 1), "–"}, {en.Decimal(math.Inf(1), 1), "–"},
		{de.SignedDecimal(0.3, 1), "+0,3"}, {de.SignedDecimal(-1.5, 1), "−1,5"}, {en.SignedDecimal(0.04, 1), "±0.0"},
		{de.SignedDecimal(math.NaN(), 1), "–"},
		{de.Money(1248, 0, "€"), "1.248 €"}, {en.Money(1248, 0, "€"), "€1,248"}, {en.Money(-1248.5, 2, "€"), "−€1,248.50"},
		{de.Money(1248.5, 2, "CHF"), "1.248,50 CHF"}, {en.Money(1248, 0, "CHF"), "1,248 CHF"},
		{de.Range(de.Signed(3), de.Signed(15)), "+3 bis +15"}, {en.Range("57", "63"), "57 to 63"},
		{de.OutOf(109, 148, 74), "109 von 148 (74 %)"}, {en.OutOf(109, 1480, 7), "109 of 1,480 (7%)"},
	} {
		if want := strings.ReplaceAll(c.want, " ", nbsp); strings.ReplaceAll(c.got, " ", nbsp) != want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if de.Percent(39) != "39\u00a0%" || de.Integer(1248) != "1\u00a0248" {
		t.Error("a number may break across lines")
	}
}

func TestDates(t *testing.T) {
	de, en := New(German), New(English)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	day := func(month time.Month, day int) time.Time { return time.Date(2025, month, day, 8, 5, 0, 0, time.UTC) }
	newYear := time.Date(2026, 1, 9, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{de.Date(day(11, 4)), "04.11.2025"}, {en.Date(day(11, 4)), "4 Nov 2025"},
		{de.ShortDate(day(11, 14)), "14.11."}, {en.ShortDate(day(11, 14)), "14 Nov"},
		{de.LongDate(day(3, 3)), "3. März 2025"}, {en.LongDate(day(3, 3)), "3 March 2025"},
		{de.Month(day(12, 3)), "Dezember 2025"}, {en.Month(day(12, 3)), "December 2025"},
		{de.Weekday(day(11, 14)), "Freitag"}, {en.Weekday(day(11, 16)), "Sunday"},
		{de.DateTime(day(11, 14), berlin), "14.11.2025, 9:05 Uhr"}, {en.DateTime(day(7, 14), berlin), "14 Jul 2025, 10:05"},
		{de.Period(day(11, 3), day(11, 14)), "3.–14. November 2025"}, {en.Period(day(11, 3), day(11, 14)), "3–14 November 2025"},
		{de.Period(day(10, 28), day(11, 14)), "28. Oktober – 14. November 2025"}, {en.Period(day(10, 28), day(11, 14)), "28 October – 14 November 2025"},
		{de.Period(day(12, 22), newYear), "22. Dezember 2025 – 9. Januar 2026"}, {de.Period(newYear, newYear), "9. Januar 2026"},
	} {
		if got := strings.ReplaceAll(c.got, nbsp, " "); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestQuotesAndLists(t *testing.T) {
	de, en := New(German), New(English)
	for _, c := range []struct{ got, want string }{
		{de.Quote("offen"), "„offen“"}, {en.Quote("open"), "“open”"},
		{de.List(nil), ""}, {de.List([]string{"A"}), "A"}, {de.List([]string{"A", "B"}), "A und B"}, {en.List([]string{"A", "B", "C"}), "A, B and C"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func BenchmarkFill(b *testing.B) {
	p := New(German)
	for b.Loop() {
		p.T("survey.review.blank", "n", 3)
	}
}
