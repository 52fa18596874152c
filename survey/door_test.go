package survey_test

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

func (h *house) ask(t *testing.T, text string) survey.DoorCode {
	t.Helper()
	code, err := h.DrawDoorCode()
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Ask(ctx, h.round.ID, code, text); err != nil {
		t.Fatal(err)
	}
	return code
}

// TestWhoHoldsTheCodeReadsTheAnswer, however it was typed, and nobody else.
func TestWhoHoldsTheCodeReadsTheAnswer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		lead := account.Actor{ID: "lead", Role: account.Lead, Organisations: []string{string(h.round.Organisation)}}
		code := h.ask(t, " Wann kommt das Werkzeug?\n")
		if err := h.Ask(ctx, h.round.ID, code, "Wann kommt das Werkzeug?"); err != nil {
			t.Errorf("sent again: %v", err)
		}
		if err := h.Ask(ctx, h.round.ID, code, "Etwas anderes"); !fault.Is(err, "question-differs") {
			t.Errorf("another question: %v", err)
		}
		all, err := h.ListQuestions(ctx, lead, h.round.Organisation)
		if err != nil || len(all) != 1 || all[0].Text != "Wann kommt das Werkzeug?" || all[0].Day != "2026-03-02" {
			t.Fatalf("%+v, %v", all, err)
		}
		for n, answer := range []string{"Im Mai.", "Im Juni."} {
			if _, err := h.AnswerQuestion(ctx, lead, all[0].ID, n+1, answer); !fault.Is(err, "version-conflict") {
				t.Errorf("unseen: %v", err)
			}
			if _, err := h.AnswerQuestion(ctx, lead, all[0].ID, n, answer); err != nil {
				t.Fatal(err)
			}
		}
		typed, err := survey.ParseDoorCode(" " + strings.ReplaceAll(strings.ToUpper(code.String()), "-", " "))
		if err != nil || typed != code {
			t.Fatalf("%v %v, %v", typed, code, err)
		}
		if q, err := h.ReadDoor(ctx, typed); err != nil || q.Answer != "Im Juni." || q.Answered != "2026-03-02" {
			t.Errorf("%+v, %v", q, err)
		}
		if _, err := h.ReadDoor(ctx, survey.DoorCode{}); !fault.Is(err, "code-invalid") {
			t.Errorf("another code: %v", err)
		}
		for _, text := range []string{"", code.String()[1:], code.String() + "0", strings.Repeat("z", 26), string(all[0].ID)} {
			if _, err := survey.ParseDoorCode(text); !fault.Is(err, "code-invalid") {
				t.Errorf("%q: %v", text, err)
			}
		}
		for _, text := range []string{" \n", strings.Repeat("ä", 1001), "a\u202eb"} {
			if err := h.Ask(ctx, h.round.ID, survey.DoorCode{1}, text); fault.Of(err).Kind != fault.Invalid {
				t.Errorf("%.20q: %v", text, err)
			}
		}
		for _, r := range []account.Role{account.Consultant, account.Auditor, account.Owner, account.Steering, account.Operator} {
			if _, err := h.ListQuestions(ctx, account.Actor{Role: r, Organisations: lead.Organisations}, h.round.Organisation); !fault.Is(err, "forbidden") {
				t.Errorf("%s: %v", r, err)
			}
		}
	})
}

// TestDiscardedQuestions are gone with their answers; the audit tells no text, and only
// who answers at the door may discard.
func TestDiscardedQuestions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		lead := account.Actor{ID: "lead", Role: account.Lead, Organisations: []string{string(h.round.Organisation)}}
		spam, kept := h.ask(t, "Kaufen Sie Zwergpinguine!"), h.ask(t, "Wann kommt das Werkzeug?")
		q, err := h.ReadDoor(ctx, spam)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.AnswerQuestion(ctx, lead, q.ID, 0, "Nein."); err != nil {
			t.Fatal(err)
		}
		for _, r := range []account.Role{account.Consultant, account.Auditor, account.Owner, account.Steering, account.Operator} {
			if err := h.DeleteQuestion(ctx, account.Actor{Role: r, Organisations: lead.Organisations}, q.ID, 1); !fault.Is(err, "forbidden") {
				t.Errorf("%s: %v", r, err)
			}
		}
		if err := h.DeleteQuestion(ctx, lead, q.ID, 0); fault.Of(err).Kind != fault.Stale {
			t.Errorf("by who did not see the answer: %v", err)
		}
		if err := h.DeleteQuestion(ctx, lead, q.ID, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := h.ReadDoor(ctx, spam); !fault.Is(err, "code-invalid") {
			t.Errorf("discarded: %v", err)
		}
		if q, err := h.ReadDoor(ctx, kept); err != nil || q.Text != "Wann kommt das Werkzeug?" {
			t.Errorf("the other one: %+v, %v", q, err)
		}
		if err := h.DeleteQuestion(ctx, lead, q.ID, 1); fault.Of(err).Kind != fault.NotFound {
			t.Errorf("discarded again: %v", err)
		}
		if _, err := h.AnswerQuestion(ctx, lead, q.ID, 1, "Doch."); fault.Of(err).Kind != fault.NotFound {
			t.Errorf("answered afterwards: %v", err)
		}
		told, err := h.ListAudit(ctx, lead, h.round.Organisation)
		if err != nil || told[len(told)-1].Verb != "question.delete" || strings.Contains(fmt.Sprint(told), "Zwergpinguin") {
			t.Errorf("told: %+v, %v", told, err)
		}
	})
}

// TestDoorIsFull with 200 open questions, also if many ask at once; an answer makes room.
func TestDoorIsFull(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		for n := range 190 {
			h.ask(t, fmt.Sprint("Frage ", n))
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		full := 0
		for n := range 30 {
			wg.Go(func() {
				code, err := h.DrawDoorCode()
				if err == nil {
					err = h.Ask(ctx, h.round.ID, code, fmt.Sprint("Zugleich ", n))
				}
				mu.Lock()
				defer mu.Unlock()
				switch {
				case fault.Is(err, "door-full"):
					full++
				case err != nil:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		all, err := h.ListQuestions(ctx, account.System(), h.round.Organisation)
		if err != nil || len(all) != 200 || full != 20 {
			t.Fatalf("%d questions, %d refused, %v", len(all), full, err)
		}
		if _, err := h.AnswerQuestion(ctx, account.System(), all[7].ID, 0, "Ja."); err != nil {
			t.Fatal(err)
		}
		h.ask(t, "Und jetzt?")
		if err := h.Ask(ctx, h.round.ID, survey.DoorCode{2}, "Noch eine?"); !fault.Is(err, "door-full") {
			t.Errorf("%v", err)
		}
	})
}

// TestQuestionsAreDeletedAfter90Days with their answers.
func TestQuestionsAreDeletedAfter90Days(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		code := h.ask(t, "Wann?")
		all, err := h.ListQuestions(ctx, account.System(), h.round.Organisation)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.AnswerQuestion(ctx, account.System(), all[0].ID, 0, "Bald."); err != nil {
			t.Fatal(err)
		}
		for n, days := range []int{90, 1} {
			h.now = h.now.AddDate(0, 0, days)
			if err := h.Purge(ctx); err != nil {
				t.Fatal(err)
			}
			d := readAll(t, url)
			_, err := h.ReadDoor(ctx, code)
			if left := 1 - n; len(d["questions"]) != left || len(d["question_answers"]) != left || (err == nil) != (left == 1) {
				t.Errorf("on %s: %v, %v, %v", h.now, d["questions"], d["question_answers"], err)
			}
		}
	})
}

// TestNothingLinksQuestions: between the code, the question, ballots, people and times
// there is nothing in the database, its files and journals but organisation and day. A
// journal has a time with each row, so neither question nor answer can be read there.
func TestNothingLinksQuestions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 30)
		var secrets [][]byte
		n := 0
		for _, fragment := range h.links {
			h.answerWith(t, fragment, fmt.Sprintf("Anmerkung %02d", n))
			asked := "Frage " + survey.NewID() + "?"
			code := h.ask(t, asked)
			raw := code[:]
			secrets = append(secrets, []byte(asked), []byte(base64.RawStdEncoding.EncodeToString([]byte(asked))[:20]))
			text := strings.ReplaceAll(code.String(), "-", "")
			for _, form := range []string{
				string(raw), code.String(), text, strings.ToUpper(text), hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)),
				base64.StdEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw), base32.StdEncoding.EncodeToString(raw),
			} {
				secrets = append(secrets, []byte(form))
			}
			n++
		}
		d := readAll(t, url) // before answers, which the audit knows of
		all, err := h.ListQuestions(ctx, account.System(), h.round.Organisation)
		if err != nil || len(all) != 30 {
			t.Fatalf("%d questions, %v", len(all), err)
		}
		for n, q := range all[:3] {
			answer := "Antwort " + survey.NewID()
			for version := range n + 1 {
				if _, err := h.AnswerQuestion(ctx, account.System(), q.ID, version, answer); err != nil {
					t.Fatal(err)
				}
			}
			secrets = append(secrets, []byte(answer))
		}
		if where := storetest.Holds(t, url, secrets...); len(where) > 0 {
			t.Errorf("a code, a question or an answer stands in %v", where)
		}
		if where := storetest.Holds(t, url, []byte(all[0].ID)); len(where) < 2 {
			t.Errorf("the id of a question stands in %v only: the test looks at the wrong places", where)
		}
		if len(d["questions"]) != 30 || len(d["ballots"]) != 30 {
			t.Fatalf("%d questions, %d ballots", len(d["questions"]), len(d["ballots"]))
		}
		others, clock := map[string]string{}, regexp.MustCompile(`\d{1,2}:\d{2}|T\d{2}|17\d{8}`)
		for table, rows := range d {
			for _, row := range rows {
				for column, v := range row {
					if table != "questions" && len(v) >= 4 {
						others[v] = table + "." + column
					}
				}
			}
		}
		length := 0
		for _, row := range d["questions"] {
			if length == 0 {
				length = len(row["body"])
			}
			if len(row["body"]) != length {
				t.Errorf("%d bytes of a question, %d of another", len(row["body"]), length)
			}
			for column, v := range row {
				shared := column == "organisation" || column == "day"
				if where := others[v]; where != "" && !shared {
					t.Errorf("questions.%s holds a value of %s", column, where)
				}
				if column != "code" && column != "id" && column != "body" && clock.MatchString(v) || row["day"] != "2026-03-02" {
					t.Errorf("questions.%s: %q tells a time", column, v)
				}
			}
		}
		entries, err := h.store.ListAudit(ctx, h.round.Organisation)
		if err != nil || len(entries) != 1+6 {
			t.Errorf("the audit tells of more than the opening and six answers: %v, %v", entries, err)
		}
	})
}

// TestSealedQuestionsStayInTheirPlace: what somebody who can write the database puts under
// another question, or in place of an answer, is not shown.
func TestSealedQuestionsStayInTheirPlace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		code, other := h.ask(t, "Eins?"), h.ask(t, "Zwei?")
		all, err := h.store.ListQuestions(ctx, h.round.Organisation)
		if err != nil || len(all) != 2 {
			t.Fatalf("%d questions, %v", len(all), err)
		}
		moved := all[0]
		moved.Answer, moved.Answered = all[0].Text, "2026-03-02"
		if err := h.store.AnswerQuestion(ctx, &moved); err != nil {
			t.Fatal(err)
		}
		_, first := h.ReadDoor(ctx, code)
		_, second := h.ReadDoor(ctx, other)
		if fault.Is(first, "keys-unavailable") == fault.Is(second, "keys-unavailable") {
			t.Errorf("a question as its answer: %v, %v", first, second)
		}
	})
}
