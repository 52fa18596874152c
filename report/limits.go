package report

import (
	"pulscheck/report/chart"
	"pulscheck/survey"
)

// limits are those of the organisation: every status that comes from a level asks them.
func (b *builder) limits() survey.Limits { return b.Organisation.Limits.Known() }

// level gives the status of an index; indicative values are at most watch.
func (b *builder) level(index *int, indicative bool) chart.Status {
	l := b.limits()
	switch {
	case index == nil:
		return chart.StatusNone
	case *index < l.IndexWatch:
		return chart.StatusAct
	case *index < l.IndexOK || indicative:
		return chart.StatusWatch
	}
	return chart.StatusOK
}

// shareStatus gives the status of a part of a whole.
func (b *builder) shareStatus(part, of int) chart.Status {
	l := b.limits()
	switch {
	case of == 0:
		return chart.StatusNone
	case 100*part >= l.ShareOK*of:
		return chart.StatusOK
	case 100*part >= l.ShareWatch*of:
		return chart.StatusWatch
	}
	return chart.StatusAct
}

// ownLimits are the limits of an organisation that chose some, else nil.
func (b *builder) ownLimits() *survey.Limits {
	if l := b.limits(); l != survey.UsualLimits {
		return &l
	}
	return nil
}

// limitWords gives the limits as texts name them, beside the usual ones.
func limitWords(own, usual survey.Limits) []any {
	return []any{
		"ok", own.IndexOK, "watch", own.IndexWatch, "shareok", own.ShareOK, "sharewatch", own.ShareWatch,
		"usualok", usual.IndexOK, "usualwatch", usual.IndexWatch, "usualshareok", usual.ShareOK, "usualsharewatch", usual.ShareWatch,
	}
}
