package locale

import (
	"math"
	"strconv"
	"strings"
)

// Signs of the numbers in pages and reports (design/report.md section 4).
const (
	nbsp      = "\u00a0"
	minus     = "\u2212" // as wide as a plus, unlike a hyphen
	plusMinus = "±"
	enDash    = "–"
)

// Integer gives a whole number with groups of three: 1 248 (no-break space), 1,248.
func (p *Printer) Integer(n int) string {
	return sign(n < 0) + group(strconv.FormatUint(magnitude(n), 10), p.separator())
}

// Decimal gives x with a fixed number of decimals, rounded half up: 2,4 and 2.4.
// What is not a number is an en dash.
func (p *Printer) Decimal(x float64, places int) string {
	return p.decimal(x, places, p.separator())
}

// Money gives an amount: 1.248 € and €1,248. Other currencies follow as a word:
// 1.248 CHF in both languages' grouping.
func (p *Printer) Money(x float64, places int, currency string) string {
	if p.language == English {
		amount := p.decimal(x, places, ",")
		if currency == "€" || currency == "£" || currency == "$" {
			rest, negative := strings.CutPrefix(amount, minus)
			return sign(negative) + currency + rest
		}
		return amount + nbsp + currency
	}
	return p.decimal(x, places, ".") + nbsp + currency
}

// Percent gives a whole percentage: 39 % and 39%.
func (p *Printer) Percent(n int) string {
	if p.language == English {
		return p.Integer(n) + "%"
	}
	return p.Integer(n) + nbsp + "%"
}

// Signed gives a change: +9, −4, ±0.
func (p *Printer) Signed(n int) string {
	switch {
	case n > 0:
		return "+" + p.Integer(n)
	case n == 0:
		return plusMinus + "0"
	}
	return p.Integer(n)
}

// SignedDecimal gives a change with decimals: +0,3, −1,5, ±0,0.
func (p *Printer) SignedDecimal(x float64, places int) string {
	s := p.Decimal(x, places)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0) || strings.HasPrefix(s, minus):
		return s
	case strings.Trim(s, "0,.") == "":
		return plusMinus + s
	}
	return "+" + s
}

// Points gives the change of a percentage in percentage points: +10 Pp and +10 pp.
func (p *Printer) Points(n int) string {
	if p.language == English {
		return p.Signed(n) + nbsp + "pp"
	}
	return p.Signed(n) + nbsp + "Pp"
}

// Range joins the two printed ends of an interval: "+3 bis +15", "+3 to +15".
func (p *Printer) Range(low, high string) string {
	if p.language == English {
		return low + " to " + high
	}
	return low + " bis " + high
}

// OutOf gives a count with its share: "109 von 148 (74 %)", "109 of 148 (74%)".
// percent is handed in because its rounding is not a matter of language.
func (p *Printer) OutOf(n, total, percent int) string {
	of := " von "
	if p.language == English {
		of = " of "
	}
	return p.Integer(n) + of + p.Integer(total) + " (" + p.Percent(percent) + ")"
}

func (p *Printer) separator() string {
	if p.language == English {
		return ","
	}
	return nbsp
}

func (p *Printer) decimal(x float64, places int, separator string) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return enDash
	}
	scale := math.Pow10(places)
	rounded := math.Floor(x*scale+0.5) / scale
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(rounded), 'f', places, 64), ".")
	s := sign(rounded < 0) + group(whole, separator)
	if places == 0 {
		return s
	}
	if p.language == English {
		return s + "." + fraction
	}
	return s + "," + fraction
}

func sign(negative bool) string {
	if negative {
		return minus
	}
	return ""
}

func magnitude(n int) uint64 {
	if n < 0 {
		return -uint64(n) // also right for the smallest int
	}
	return uint64(n)
}

// group puts a separator before every three digits from the right.
func group(digits, separator string) string {
	if len(digits) <= 3 {
		return digits
	}
	head := (len(digits)-1)%3 + 1
	var b strings.Builder
	b.WriteString(digits[:head])
	for i := head; i < len(digits); i += 3 {
		b.WriteString(separator)
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}
