package v1

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// Comment is a free text in the moderation queue. It has no group, no round and no time.
type Comment struct {
	ID      string   `json:"id"`
	Text    string   `json:"text" doc:"as it was written"`
	Kind    string   `json:"kind" enum:"praise,obstacle,idea," doc:"empty: not said, or too few of a kind"`
	Outcome string   `json:"outcome" enum:"released,paraphrased,withheld," doc:"empty: not decided yet"`
	Wording string   `json:"wording" doc:"what is read instead of the text"`
	Names   []string `json:"names" doc:"words that are blackened when it is released" nullable:"false"`
	Reason  string   `json:"reason" doc:"why it is withheld"`
	Theme   string   `json:"theme" doc:"key of a theme, or empty"`
	Shown   string   `json:"shown" doc:"what may be read outside the queue"`
	Version int      `json:"version" doc:"the number in the ETag"`
}

// CommentSaid is what is decided about a comment; what is left out stays.
type CommentSaid struct {
	Outcome *string   `json:"outcome,omitempty" enum:"released,paraphrased,withheld," example:"released"`
	Wording *string   `json:"wording,omitempty" maxLength:"2000" doc:"needed if only another wording may be read"`
	Names   *[]string `json:"names,omitempty" maxItems:"20" doc:"words of the text, exactly as they stand there"`
	Reason  *string   `json:"reason,omitempty" maxLength:"500" doc:"needed to withhold it"`
	Theme   *string   `json:"theme,omitempty" example:"tools" doc:"key of a theme; empty: none"`
	Kind    *string   `json:"kind,omitempty" enum:"praise,obstacle,idea," example:"idea" doc:"how it is understood; empty: as stated"`
}

// Words are words of a comment.
type Words struct {
	Words []string `json:"words" minItems:"1" maxItems:"20" nullable:"false" doc:"exactly as they stand in the text"`
}

// ByComment names a comment.
type ByComment struct {
	Comment string `path:"comment" doc:"id of a comment"`
}

// Voices are what may be read of an iteration's comments.
type Voices struct {
	Texts   int          `json:"texts" doc:"comments of the counted rounds; none below 2k"`
	Waiting int          `json:"waiting" doc:"of these, not decided yet"`
	Themes  []ThemeCount `json:"themes" nullable:"false"`
	Quotes  []Quote      `json:"quotes" doc:"in random order" nullable:"false"`
}

// ThemeCount is how many released comments speak of a theme, at least k.
type ThemeCount struct {
	Theme    string `json:"theme" doc:"its key; empty: all rarer themes together"`
	Name     Text   `json:"name"`
	Comments int    `json:"comments"`
}

// Quote is a released comment.
type Quote struct {
	Text   string `json:"text"`
	Kind   string `json:"kind" enum:"praise,obstacle,idea,"`
	Theme  *Text  `json:"theme" doc:"null: none, or one that fewer than k speak of"`
	Edited bool   `json:"edited" doc:"reworded, or a name was blackened"`
	Short  bool   `json:"short" doc:"short enough for a report"`
}

func newComment(c *survey.Comment) Comment {
	m := c.Moderation
	return Comment{string(c.ID), c.Text, c.Sort(), string(m.Outcome), m.Wording, list(m.Names), m.Reason, m.Theme, c.Shown(), c.Version}
}

func oneComment(c *survey.Comment, err error) (*One[Comment], error) {
	if err != nil {
		return nil, err
	}
	return &One[Comment]{etag(c.Version), newComment(c)}, nil
}

// ListComments gives the moderation queue of an iteration.
func (a *API) ListComments(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Paging
}) (*List[Comment], error) {
	all, err := a.service.ListQueue(ctx, actor, survey.IterationID(in.Iteration))
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, in.Iteration+"/comments", all, func(c *survey.Comment) string { return string(c.ID) }, newComment)
}

// ShowComment gives one comment of the queue.
func (a *API) ShowComment(ctx context.Context, actor account.Actor, in *ByComment) (*One[Comment], error) {
	return oneComment(a.service.ShowComment(ctx, actor, survey.CommentID(in.Comment)))
}

// ModerateComment decides about a comment.
func (a *API) ModerateComment(ctx context.Context, actor account.Actor, in *struct {
	ByComment
	Seen
	Body CommentSaid
}) (*One[Comment], error) {
	return oneComment(a.service.ModerateComment(ctx, actor, survey.CommentID(in.Comment), seen(in.IfMatch), survey.ModerationInput(in.Body)))
}

// RedactComment blackens words for good.
func (a *API) RedactComment(ctx context.Context, actor account.Actor, in *struct {
	ByComment
	Seen
	Body Words
}) (*One[Comment], error) {
	return oneComment(a.service.RedactComment(ctx, actor, survey.CommentID(in.Comment), seen(in.IfMatch), in.Body.Words))
}

// DeleteComment removes a comment for good.
func (a *API) DeleteComment(ctx context.Context, actor account.Actor, in *struct {
	ByComment
	Seen
}) (*None, error) {
	return &None{}, a.service.DeleteComment(ctx, actor, survey.CommentID(in.Comment), seen(in.IfMatch))
}

// ShowVoices gives what may be read of the comments of an iteration.
func (a *API) ShowVoices(ctx context.Context, actor account.Actor, in *ByIteration) (*struct{ Body Voices }, error) {
	v, err := a.service.Voices(ctx, actor, survey.IterationID(in.Iteration))
	if err != nil {
		return nil, err
	}
	out := Voices{Texts: v.Texts, Waiting: v.Waiting, Themes: []ThemeCount{}, Quotes: []Quote{}}
	for _, t := range v.Themes {
		out.Themes = append(out.Themes, ThemeCount{t.Key, newText(t.Name), t.Comments})
	}
	for _, q := range v.Quotes {
		one := Quote{Text: q.Text, Kind: q.Kind, Edited: q.Edited, Short: q.Short()}
		if q.Theme != (locale.Text{}) {
			theme := newText(q.Theme)
			one.Theme = &theme
		}
		out.Quotes = append(out.Quotes, one)
	}
	return &struct{ Body Voices }{out}, nil
}
