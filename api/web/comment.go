package web

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

func commentsOf(id survey.IterationID) string { return "/iterations/" + string(id) + "/comments" }

// queue is the page of comments that wait (A15).
type queue struct {
	Next    *moderation // the first one that waits; nil = none
	Left    string      // "noch 5"
	Empty   string
	Waiting *view.Table // the others
	Decided *view.Table
}

// moderation is a comment with the form that decides about it.
type moderation struct {
	Text, Kind, Shown string
	Form, Redact      *view.Form // nil: the user may not
	Outcomes, Themes  []view.Choice
	Kinds             []view.Choice
	Improve           bool   // "make an improvement of it" is offered
	Improvement       string // address of an improvement made of what is shown; empty = none
	Delete            string
}

// ListComments is the moderation queue: in random order, without group, round or time.
func (w *Web) ListComments(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListQueue(v.Context(), v.Actor, i.ID)
	if err != nil {
		return err
	}
	page, waiting := queue{}, 0
	column := func(text string) view.Column { return view.Column{Title: v.T(text)} }
	page.Waiting = &view.Table{Caption: v.T("web.comments.waiting-caption"), Columns: []view.Column{column("web.comments.text"), column("web.comments.kind")}}
	page.Decided = &view.Table{Caption: v.T("web.comments.decided-caption"), Columns: []view.Column{
		column("web.comments.text"), column("web.comments.outcome"), column("web.comments.shown"), column("web.comment.theme"),
	}}
	for n := range all {
		one := &all[n]
		row := view.Row{{Text: v.Quote(one.Text), Href: "/comments/" + string(one.ID)}}
		switch {
		case one.Moderation.Outcome != "":
			page.Decided.Rows = append(page.Decided.Rows, append(row, v.decided(one)...))
			continue
		case waiting == 0 && v.May(account.ModerateComments):
			page.Next = v.moderation(one)
		default:
			page.Waiting.Rows = append(page.Waiting.Rows, append(row, view.Cell{Text: v.kindOf(one)}))
		}
		waiting++
	}
	switch {
	case len(all) == 0:
		page.Empty = v.T("web.comments.blocked", "least", 2*v.place.organisation.K)
	case waiting == 0:
		page.Empty = v.T("web.comments.empty")
	}
	if v.done() != "" {
		v.page.Done = v.T("web.comments.saved", "n", waiting)
	}
	page.Left = v.T("web.comments.left", "n", waiting)
	page.Waiting, page.Decided = v.Arrange(page.Waiting), v.Arrange(page.Decided)
	v.Lead(v.T("web.comments.lead"))
	return v.Show("comment/list", v.T("web.comments.heading", "n", waiting), page)
}

func (v *Visit) kindOf(one *survey.Comment) string {
	if one.Sort() == "" {
		return "–"
	}
	return v.T("web.comment.kind-" + one.Sort())
}

// decided says what became of a comment.
func (v *Visit) decided(one *survey.Comment) []view.Cell {
	kind := map[survey.CommentOutcome]string{survey.CommentReleased: "ok", survey.CommentParaphrased: "ok"}[one.Moderation.Outcome]
	if kind == "" {
		kind = "none"
	}
	shown := view.Cell{Text: "–", Small: one.Moderation.Reason}
	if text := one.Shown(); text != "" {
		shown = view.Cell{Text: v.Quote(text)}
	}
	theme := view.Cell{Text: "–"}
	if one.Moderation.Theme != "" {
		theme.Text = v.named(v.place.organisation.Themes, one.Moderation.Theme)
	}
	return []view.Cell{{Status: &view.Status{Kind: kind, Text: v.T("web.comments.outcome-" + string(one.Moderation.Outcome))}}, shown, theme}
}

// moderation makes the forms of a comment, as far as the user may use them.
func (v *Visit) moderation(one *survey.Comment) *moderation {
	at, m := "/comments/"+string(one.ID), one.Moderation
	page := &moderation{
		Text: one.Text, Shown: one.Shown(), Outcomes: v.worded("web.comment.outcome-", "released", "paraphrased", "withheld"),
		Themes: append([]view.Choice{{Text: v.T("web.comment.no-theme")}}, v.choices(v.place.organisation.Themes, m.Theme)...),
	}
	if one.Sort() != "" {
		page.Kind = v.kindOf(one)
	}
	if v.May(account.RedactComments) {
		page.Redact, page.Delete = v.Form("web.redact", at+"/redact", url.Values{"seen": {strconv.Itoa(one.Version)}}), at+"/delete"
	}
	if !v.May(account.ModerateComments) {
		return page
	}
	page.Form = v.Form("web.comment", at, url.Values{
		"seen": {strconv.Itoa(one.Version)}, "outcome": {string(m.Outcome)}, "wording": {m.Wording}, "names": {strings.Join(m.Names, "\n")},
		"reason": {m.Reason}, "theme": {m.Theme}, "kind": {m.Kind},
	})
	page.Kinds = append([]view.Choice{{Text: v.T("web.comment.kind-stated")}}, v.worded("web.comment.kind-", survey.CommentKinds()...)...)
	page.Improve = v.May(account.ChangeProgress) && v.place.iteration.Phase != survey.Finished
	if page.Improve && page.Shown != "" {
		page.Improve = false // it needs no deciding any more
		page.Improvement = improvementsOf(v.place.iteration.ID) + "/new?" + url.Values{"comment": {string(one.ID)}}.Encode()
	}
	return page
}

// comment gives the comment in the path, in its iteration.
func (w *Web) comment(c *gin.Context) (*Visit, *survey.Comment, error) {
	v := visitOf(c)
	one, err := w.service.ShowComment(v.Context(), v.Actor, survey.CommentID(c.Param("comment")))
	if err != nil {
		return v, nil, err
	}
	round, err := w.service.ShowRound(v.Context(), v.Actor, one.Round)
	if err != nil {
		return v, nil, err
	}
	return v, one, v.below(round.Iteration, "comments", commentsOf(round.Iteration))
}

// EditComment shows one comment, to decide about it, again too.
func (w *Web) EditComment(c *gin.Context) error {
	v, one, err := w.comment(c)
	if err != nil {
		return err
	}
	return v.Show("comment/edit", v.T("web.comment.heading"), v.moderation(one))
}

// ModerateComment decides about a comment, and goes on to the next one, or to an
// improvement made of it.
func (w *Web) ModerateComment(c *gin.Context) error {
	v, one, err := w.comment(c)
	if err != nil {
		return err
	}
	outcome := v.said("outcome")
	if outcome == nil {
		return v.Again(wrongField("outcome", "choice-missing"), w.EditComment)
	}
	names := strings.FieldsFunc(*orEmpty(v.said("names")), func(r rune) bool { return r == '\n' })
	for n := range names {
		names[n] = strings.TrimSpace(names[n])
	}
	_, err = w.service.ModerateComment(v.Context(), v.Actor, one.ID, number(v.Text("seen")), survey.ModerationInput{
		Outcome: outcome, Wording: v.said("wording"), Names: &names, Reason: v.said("reason"), Theme: v.said("theme"), Kind: v.said("kind"),
	})
	if err != nil {
		return v.Again(err, w.EditComment)
	}
	if v.Text("then") == "improvement" && v.May(account.ChangeProgress) {
		return v.Goto(improvementsOf(v.place.iteration.ID) + "/new?" + url.Values{"comment": {string(one.ID)}}.Encode())
	}
	return v.Goto(commentsOf(v.place.iteration.ID) + "#next")
}

func orEmpty(text *string) *string {
	if text == nil {
		return new(string)
	}
	return text
}

// RedactComment blackens words for good.
func (w *Web) RedactComment(c *gin.Context) error {
	v, one, err := w.comment(c)
	if err != nil {
		return err
	}
	words := strings.FieldsFunc(*orEmpty(v.said("words")), func(r rune) bool { return r == '\n' })
	if _, err := w.service.RedactComment(v.Context(), v.Actor, one.ID, number(v.Text("seen")), words); err != nil {
		return v.Again(err, w.EditComment)
	}
	return v.Goto("/comments/" + string(one.ID))
}

// ConfirmDeleteComment asks before a comment is removed.
func (w *Web) ConfirmDeleteComment(c *gin.Context) error {
	v, one, err := w.comment(c)
	if err != nil {
		return err
	}
	at := "/comments/" + string(one.ID)
	return v.Confirm(v.T("web.comment.delete-heading"), at+"/delete", v.T("web.comment.delete"), at, url.Values{"seen": {strconv.Itoa(one.Version)}}, v.Quote(one.Text), v.T("web.comment.delete-what"))
}

// DeleteComment removes a comment for good.
func (w *Web) DeleteComment(c *gin.Context) error {
	v, one, err := w.comment(c)
	if err != nil {
		return err
	}
	if err := w.service.DeleteComment(v.Context(), v.Actor, one.ID, number(v.Text("seen"))); err != nil {
		return v.Again(err, w.ConfirmDeleteComment)
	}
	return v.Goto(commentsOf(v.place.iteration.ID))
}
