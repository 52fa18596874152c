package survey

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// Voices are what may be read of the comments of an iteration: those that somebody
// released, and how often each theme was named.
type Voices struct {
	Texts   int          // comments of the counted rounds
	Waiting int          // of these, not decided yet
	Themes  []ThemeCount // most frequent first
	Quotes  []Quote      // in random order, the same every time
}

// ThemeCount is how many released comments speak of a theme, at least k. The zero Key stands for
// all rarer themes together, last; they are left out if they are fewer than k too.
type ThemeCount struct {
	Key      string
	Name     locale.Text
	Comments int
}

// Quote is a released comment.
type Quote struct {
	Text   string
	Kind   string
	Theme  locale.Text // zero = none, or one that fewer than k speak of
	Edited bool        // reworded, or a name was blackened
}

// QuoteWords is the most words of a comment that reports print.
const QuoteWords = 30

// Short says whether a quote may stand in a report.
func (q *Quote) Short() bool { return len(strings.Fields(q.Text)) <= QuoteWords }

// Voices gives what may be read of an iteration's comments.
func (s *Service) Voices(ctx context.Context, actor account.Actor, id IterationID) (*Voices, error) {
	_, programme, err := s.iteration(ctx, actor, account.ReadVoices, id)
	if err != nil {
		return nil, err
	}
	o, err := s.store.FindOrganisation(ctx, programme.Organisation)
	if err != nil {
		return nil, err
	}
	all, err := s.comments(ctx, id)
	if err != nil {
		return nil, err
	}
	return voices(all, o), nil
}

func voices(all []Comment, o *Organisation) *Voices {
	v := &Voices{Texts: len(all)}
	counts := map[string]int{}
	for i := range all {
		if all[i].Moderation.Outcome == "" {
			v.Waiting++
		}
		if all[i].Shown() != "" {
			counts[all[i].Moderation.Theme]++
		}
	}
	names := v.count(counts, o)
	for i := range all {
		if text := all[i].Shown(); text != "" {
			m := all[i].Moderation
			v.Quotes = append(v.Quotes, Quote{text, all[i].Sort(), names[m.Theme], text != all[i].Text})
		}
	}
	return v
}

// count lists the themes that at least k comments speak of and gives their names.
func (v *Voices) count(counts map[string]int, o *Organisation) map[string]locale.Text {
	names, rare := map[string]locale.Text{}, 0
	for _, theme := range o.Themes {
		n := counts[theme.Key]
		if n < o.K {
			rare += n
			continue
		}
		names[theme.Key] = theme.Name
		v.Themes = append(v.Themes, ThemeCount{theme.Key, theme.Name, n})
	}
	slices.SortStableFunc(v.Themes, func(a, b ThemeCount) int { return cmp.Compare(b.Comments, a.Comments) })
	if rare >= o.K {
		v.Themes = append(v.Themes, ThemeCount{Comments: rare})
	}
	return names
}
