package report

import "pulscheck/report/font"

// Measures in mm that report/pdf draws by, so that pages know how high their blocks are.

// Rows of findings.
const (
	FindingTop   = 4.5 // heading and the first rule
	FindingText  = 84.0
	findingLeast = 21.0
	findingTight = 18.2
)

// RowHeight gives the height of a finding.
func (f Findings) RowHeight(i int) float64 {
	r := f.Rows[i]
	head, evidence := font.Wrap(r.Head, font.Semibold, 11.5, FindingText), font.Wrap(r.Evidence, font.Regular, 9, FindingText)
	least := findingLeast
	if f.Tight {
		least = findingTight
	}
	return max(least, 5.3*float64(len(head))+4.3*float64(len(evidence))+4.6)
}

// Height of all findings with their heading.
func (f Findings) Height() float64 {
	h := FindingTop
	for i := range f.Rows {
		h += f.RowHeight(i)
	}
	return h
}

// The box of decisions.
const (
	DecisionHead  = 17.0 // heading and column heads
	DecisionLine  = 4.6
	DecisionText  = 85.0 // width of a proposal
	DecisionOwner = 31.0
	decisionFoot  = 2.0
)

// RowHeight gives the height of a proposal.
func (d DecisionBox) RowHeight(i int) float64 {
	r := d.Rows[i]
	lines := len(font.Wrap(r.Head, font.Semibold, 9.5, DecisionText)) + len(font.Wrap(r.Detail, font.Regular, 9, DecisionText))
	return DecisionLine*float64(max(lines, len(font.Wrap(r.Owner, font.Regular, 9, DecisionOwner)))) + 2
}

// Height of the box.
func (d DecisionBox) Height() float64 {
	h := DecisionHead + decisionFoot
	for i := range d.Rows {
		h += d.RowHeight(i)
	}
	return h
}

// Quotes in two columns.
const (
	QuoteWidth  = 77.0
	QuoteGutter = 11.0
	QuoteLine   = 4.3
	quoteGap    = 3.0
)

// QuoteHeight gives the height of one.
func QuoteHeight(q Quote) float64 {
	h := QuoteLine*float64(len(font.Wrap(q.Text, font.Regular, 9, QuoteWidth-3))) + quoteGap
	if q.Theme != "" {
		h += QuoteLine
	}
	if q.Note != "" {
		h += NoteLeading
	}
	return h
}

// RowHeight gives the height of the row of two that begins with quote i.
func (q Quotes) RowHeight(i int) float64 {
	h := QuoteHeight(q.Quotes[i])
	if i+1 < len(q.Quotes) {
		h = max(h, QuoteHeight(q.Quotes[i+1]))
	}
	return h
}

// Height of all of them.
func (q Quotes) Height() float64 {
	h := 0.0
	for i := 0; i < len(q.Quotes); i += 2 {
		h += q.RowHeight(i)
	}
	return h
}

// FactNames is the width of the names of facts.
const FactNames = 46.0

// Height of facts with their heading.
func (f Facts) Height() float64 {
	points, h := 10.0, 0.0
	if f.Small {
		points = 9
	}
	if f.Heading != "" {
		h = headingHeight
	}
	for _, r := range f.Rows {
		lines := max(len(font.Wrap(r[0], font.Regular, 9, FactNames-3)), len(font.Wrap(r[1], font.Regular, points, f.Box.W-FactNames)), 1)
		h += 5*float64(lines) + 2.7
	}
	return h
}
