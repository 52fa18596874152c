package report

import "time"

// made is when a report was made: when its round was counted, or on the day of the last
// assessment, criticism or meeting that it tells of. It follows from the data alone, so
// that the same data give the same bytes.
func (b *builder) made(counted time.Time) time.Time {
	last := counted
	for _, day := range b.Modules.days() {
		at, err := time.ParseInLocation(time.DateOnly, day, b.zone)
		if noon := at.Add(12 * time.Hour); err == nil && day > counted.In(b.zone).Format(time.DateOnly) && noon.After(last) {
			last = noon
		}
	}
	return last
}

// madeLast is when a comparison was made, by its last iteration.
func (c *comparer) madeLast() time.Time {
	c.Modules = c.in.Iterations[len(c.in.Iterations)-1].Modules
	return c.made(c.in.CountedAt)
}

// days are those on which somebody noted something down of which a report tells.
func (m *Modules) days() (days []string) {
	if m.Maturity != nil {
		for _, p := range m.Maturity.Processes {
			days = append(days, p.Day)
		}
	}
	if m.Voices != nil {
		for _, r := range m.Voices.Register {
			days = append(days, r.Received)
		}
	}
	if m.Act != nil {
		for _, d := range m.Act.Decisions {
			if d.Outcome != "" && d.Since == 0 {
				return append(days, m.Act.Met)
			}
		}
	}
	return days
}
