package survey

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"pulscheck/survey/account"
)

// sources are the comments that an improvement is made of.
type sources struct {
	ids      []CommentID
	comments []Comment // those of the iteration
	said     bool
}

// madeOf finds the comments that are named, for those who moderate.
func (s *Service) madeOf(ctx context.Context, actor account.Actor, id IterationID, named *[]string) (*sources, error) {
	if named == nil {
		return &sources{}, nil
	}
	made := &sources{said: true}
	for _, name := range *named {
		made.ids = append(made.ids, CommentID(name))
	}
	if len(made.ids) == 0 {
		return made, nil
	}
	if _, _, err := s.iteration(ctx, actor, account.ModerateComments, id); err != nil {
		return nil, err
	}
	all, err := s.comments(ctx, id)
	made.comments = slices.DeleteFunc(all, func(c Comment) bool { return !slices.Contains(made.ids, c.ID) })
	return made, err
}

// shown is what may be read of the comments: what is withheld, or not decided yet, must
// not come out by this door.
func (m *sources) shown() string {
	var texts []string
	for i := range m.comments {
		if text := m.comments[i].Shown(); text != "" {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, "\n")
}

func (m *sources) apply(i *Improvement, c *checks) {
	if !m.said {
		return
	}
	i.Comments = slices.Compact(slices.Sorted(slices.Values(m.ids)))
	for n, id := range m.ids {
		if !slices.ContainsFunc(m.comments, func(c Comment) bool { return c.ID == id }) {
			c.wrong("/comments/"+strconv.Itoa(n), "comment-unknown")
		}
	}
}
