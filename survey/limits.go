package survey

// Limits say from which level on a report calls something on track, and from which on it
// is to be watched; what is below calls for action. Whole numbers of 1 to 100; the zero
// value stands for the ones that everybody begins with. They only choose words and
// symbols: rules of statistics, such as the limit of a barrier, are not among them.
type Limits struct {
	IndexOK    int `json:"index_ok"` // of an index, 0 to 100
	IndexWatch int `json:"index_watch"`
	ShareOK    int `json:"share_ok"` // of a part of a whole, e.g. of goals on track, in percent
	ShareWatch int `json:"share_watch"`
}

// UsualLimits are the ones that everybody begins with (section 2 of the design of reports).
var UsualLimits = Limits{IndexOK: 65, IndexWatch: 50, ShareOK: 80, ShareWatch: 60}

// Known gives the limits, the usual ones if none were set.
func (l Limits) Known() Limits {
	if l == (Limits{}) {
		return UsualLimits
	}
	return l
}

// limits checks limits, and keeps the usual ones as none.
func (c *checks) limits(pointer string, into, from *Limits) {
	if from == nil {
		return
	}
	for _, of := range []struct {
		name      string
		ok, watch int
	}{{"index", from.IndexOK, from.IndexWatch}, {"share", from.ShareOK, from.ShareWatch}} {
		sound := true
		for _, one := range []struct {
			name  string
			limit int
		}{{"_ok", of.ok}, {"_watch", of.watch}} {
			if one.limit < 1 || one.limit > 100 {
				c.wrong(pointer+"/"+of.name+one.name, "limit-invalid")
				sound = false
			}
		}
		if sound && of.ok <= of.watch {
			c.wrong(pointer+"/"+of.name+"_ok", "limit-order")
		}
	}
	if *into = *from; *from == UsualLimits {
		*into = Limits{}
	}
}
