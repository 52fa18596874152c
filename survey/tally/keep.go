package tally

// keep gives the exact histograms that later rounds may be compared with: of shown
// groups that no reader could use to compute a banded or withheld one (decisions 9
// and 19); of reliability the results.
func (c *Counter) keep(g *groups, who release, items, constructs []values, quality []quality) *Kept {
	kept := &Kept{Groups: []KeptGroup{}}
	for _, q := range quality {
		if who.isShown["total"] && q.alpha != nil {
			kept.Reliability = append(kept.Reliability, q.kept())
		}
	}
	for _, key := range who.shown {
		one := KeptGroup{Group: g.byKey[key].Group, Items: []KeptItem{}, Constructs: []KeptScore{}}
		for i, v := range items {
			if v.exact[key] {
				one.Items = append(one.Items, keptItem(c.items[i], v.cells[key]))
			}
		}
		for s, v := range constructs {
			if v.exact[key] && (quality[s].alpha == nil || quality[s].alpha.Reportable()) {
				h := v.cells[key].histogram()
				one.Constructs = append(one.Constructs, KeptScore{Key: c.scores[s].key, Scores: h.Values, Counts: h.Counts})
			}
		}
		kept.Groups = append(kept.Groups, one)
	}
	return kept
}

func keptItem(i item, x cell) KeptItem {
	k := KeptItem{Key: i.key}
	for v := i.scale.Lo; v <= i.scale.Hi; v++ {
		k.Counts = append(k.Counts, x.counts[float64(v)])
	}
	return k
}
