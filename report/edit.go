package report

// Edit is a finding that a consultant put into other words, or left out. It is in the data
// as it is; on paper what was changed is marked as edited. It holds as long as the rule
// says what it was made of.
type Edit struct {
	Finding  string `json:"finding"` // id of Found
	LeftOut  bool   `json:"left_out,omitempty"`
	Reason   string `json:"reason,omitempty"`   // why it is left out
	Head     string `json:"head,omitempty"`     // empty = that of the rule
	Evidence string `json:"evidence,omitempty"` // empty = that of the rule
	Rule     *Found `json:"rule,omitempty"`     // what it was made of; nil = whatever the rule says
}

// Found is a finding in the words of its rule, whatever somebody made of it.
type Found struct {
	ID       string `json:"id"` // of the rule and what it is about, e.g. F1 or F4-INC
	Rule     string `json:"-"`
	Head     string `json:"head"`
	Evidence string `json:"evidence"`
}

// id names a finding: no two of a report have the same.
func (c *candidate) id() string {
	if c.about == "" {
		return c.Rule
	}
	return c.Rule + "-" + c.about
}

// says gives what was found in the words of the rule.
func (c *candidate) says() Found { return Found{c.id(), c.Rule, c.Head, c.Evidence} }

// edited gives what somebody made of a finding, nil if nobody did or the rule says
// something else since.
func (b *builder) edited(c *candidate) *Edit {
	says := c.says()
	for i := range b.Modules.Edits {
		e := &b.Modules.Edits[i]
		if e.Finding == says.ID && (e.Rule == nil || e.Rule.Head == says.Head && e.Rule.Evidence == says.Evidence) {
			return e
		}
	}
	return nil
}

// edit puts a finding into the words of a consultant, marked as such.
func (b *builder) edit(f *Finding, e *Edit) {
	if e == nil || e.Head+e.Evidence == "" {
		return
	}
	if e.Head != "" {
		f.Head = b.words(e.Head, headWords, f.Rule)
	}
	if e.Evidence != "" {
		f.Evidence = b.words(e.Evidence, evidenceWords-1, f.Rule)
	}
	f.Evidence += " (" + b.t("finding.edited") + ")"
}
