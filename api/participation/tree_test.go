package participation_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// told are the states of a control that a screen reader says.
var told = []accessibility.PropertyName{"checked", "invalid", "expanded", "focused", "live", "modal", "disabled"}

// untold are parts of what stands in the lines already.
var untold = []string{
	"", "none", "generic", "RootWebArea", "StaticText", "InlineTextBox", "paragraph", "strong", "LabelText", "Legend", "MenuListPopup", "list",
	"listitem", "ListMarker", "LineBreak", "code", "option", "Details",
}

// tree gives what a screen reader is told in its order, one line for each thing that
// has a role to it: role, name, description, states.
func (b *tab) tree() []string {
	b.T.Helper()
	answer, err := chromedp.Call(b.Ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		b.T.Fatal(err)
	}
	nodes := map[accessibility.NodeID]*accessibility.Node{}
	for _, n := range answer.Nodes {
		nodes[n.NodeID] = n
	}
	var lines []string
	var walk func(*accessibility.Node)
	walk = func(n *accessibility.Node) {
		if n == nil {
			return
		}
		if !n.Ignored && !slices.Contains(untold, said(n.Role)) {
			lines = append(lines, line(n))
		}
		for _, child := range n.ChildIDs {
			walk(nodes[child])
		}
	}
	walk(answer.Nodes[0])
	return lines
}

func line(n *accessibility.Node) string {
	text := said(n.Role) + " " + said(n.Name)
	if d := said(n.Description); d != "" {
		text += " (" + d + ")"
	}
	for _, p := range n.Properties {
		if v := said(p.Value); slices.Contains(told, p.Name) && (v != "false" || p.Name == "expanded") {
			text += " " + string(p.Name) + "=" + v
		}
	}
	return strings.Join(strings.Fields(text), " ")
}

func said(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	var value any
	if err := json.Unmarshal(v.Value, &value); err != nil {
		return err.Error()
	}
	return fmt.Sprint(value)
}

// TestScreenReaderTree compares what a screen reader finds on each step with what it
// should: landmarks, one heading that has the focus, groups with their question,
// states, errors at their field, announcements.
func TestScreenReaderTree(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff", Locale: locale.German})
	server := listen(t, m)
	b := openTab(t)
	b.stopClocks()
	same := func(step, status string, want ...string) {
		t.Helper()
		want = append(append([]string{"banner", "button English", "main"}, want...), "contentinfo", "link Datenschutz (neues Fenster)", "link Barrierefreiheit (neues Fenster)", "status live=polite")
		if diff := cmp.Diff(want, b.tree()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step, diff)
		}
		if got := b.Eval(`document.getElementById('say').textContent`); got != status {
			t.Errorf("%s: announced %q, want %q", step, got, status)
		}
	}
	const question = "Der Prozess Störungsmanagement hilft mir, meine Arbeit gut zu erledigen."
	options := []string{
		"radio Trifft gar nicht zu", "radio Trifft eher nicht zu", "radio Teils, teils", "radio Trifft eher zu", "radio Trifft voll zu",
		"radio Kann ich nicht beurteilen",
	}
	asked := func(focus string, options []string, next string) []string {
		head := []string{"button Anonym expanded=false", "group Störungsmanagement " + question, "heading " + question + focus}
		return append(append(head, options...), "button Zurück", next)
	}
	kinds := []string{"group Worum geht es? (freiwillig)", "radio läuft gut", "radio Hindernis", "radio Idee"}
	const hint = "Schreiben Sie nichts, was nur Sie wissen können. Kommentare werden vor der Weitergabe geprüft."
	comment := append(append([]string{"heading Was sollten wir in der nächsten Etappe als Erstes ändern? Bitte keine Namen nennen. focused=true"},
		kinds...), "textbox Ihr Kommentar ("+hint+")", "button Zurück", "button Weiter")

	b.Do(chromedp.Navigate(server.URL + "/r/" + roundID + "#" + link.String()))
	b.At("landing")
	same("landing", "", "heading Wie läuft die Umstellung für Sie? focused=true", "button Starten",
		"group", "DisclosureTriangle So bleibt es anonym expanded=false", "group", "DisclosureTriangle Wer fragt und was passiert damit expanded=false",
		"group", "DisclosureTriangle Wo Sie Unterstützung finden expanded=false")
	b.Next("attributes")
	same("attributes", "", "heading Wofür antworten Sie? focused=true", "combobox Prozess expanded=false", "combobox Rolle expanded=false",
		"combobox Einheit expanded=false", "button Zurück", "button Weiter")
	b.choose("process", "")
	b.click(".bar .primary")
	b.Do(chromedp.WaitVisible(chromedp.ID("problem")))
	same("process missing", "", "heading Wofür antworten Sie?", "alert live=assertive focused=true", "button Zum Feld",
		"combobox Prozess (Bitte wählen Sie den Prozess, für den Sie antworten.) invalid=true expanded=false", "combobox Rolle expanded=false",
		"combobox Einheit expanded=false", "button Zurück", "button Weiter")
	b.choose("process", "INC")
	b.Next("q1")
	same("question", "", asked(" focused=true", options, "button Ohne Antwort weiter")...)
	b.press("4")
	options[3] += " focused=true checked=true"
	same("question, answered", "", asked("", options, "button Weiter")...)
	b.through()
	same("comment", "", comment...)
	b.write("text", strings.Repeat("a", 450))
	same("comment, little room left", "Noch 50 Zeichen", comment...)
	b.Next("review")
	want := []string{"heading Prüfen und absenden focused=true", "button Direkt zum Absenden"}
	for i := range m.manifest.Questionnaire.Items {
		want = append(want, fmt.Sprintf("button ändern: Frage %d von 19", i+1))
	}
	same("review", "", append(want, "blockquote", "button Zurück", "button Anonym absenden")...)
	server.down.Store(true)
	b.Next("unsent")
	same("unsent", "", "heading Noch nicht gesendet focused=true", "button Nochmal senden")
	b.click(".bar .primary")
	b.Do(chromedp.WaitVisible(chromedp.CSS(".bar .primary:not([aria-disabled])")))
	same("unsent again", "Noch nicht gesendet", "heading Noch nicht gesendet", "button Nochmal senden focused=true")
	server.down.Store(false)
	b.Next("done")
	same("done", "", "heading Danke. Ihre Antwort ist anonym angekommen. focused=true", "heading Was seit dem letzten Mal passiert ist",
		"heading Das passiert mit Ihren Antworten", "group", "DisclosureTriangle Wo Sie Unterstützung finden expanded=true",
		"link Noch eine Frage? Stellen Sie sie, ohne sich zu nennen", "link Was aus den Antworten wird: Gesagt – getan", "group", "DisclosureTriangle Später selbst nachprüfen expanded=false")
}
