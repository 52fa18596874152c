package view

import (
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// helpers are functions of templates. "with" hands a partial the page and what it is
// about: {{template "field" (.Form.Field "name")}} needs none, {{template "table"
// (on . .Data.Table)}} does, for its texts.
var helpers = template.FuncMap{
	"add": func(a, b int) int { return a + b },
	"on":  func(p *Page, of any) Part { return Part{p, of} },
}

// Part is a page and a part of it.
type Part struct {
	*Page
	Of any
}

// Form is a form: texts by the names of its fields, what was sent, and what is wrong
// with it. Labels and hints are texts of the catalogue: Texts + "." + name, and
// Texts + "." + name + "-hint" if there is one.
type Form struct {
	Texts  string // e.g. "web.organisation"
	Action string // address that it is sent to
	Values url.Values
	Stored url.Values // what somebody else has stored meanwhile; nil = nobody has
	page   *Page
	once   string
}

// NewForm makes a form of a page. once is a text drawn for this form alone: sent twice,
// it counts once.
func NewForm(p *Page, texts, action, once string, values url.Values) *Form {
	if values == nil {
		values = url.Values{}
	}
	for i, w := range p.Wrong {
		if label := texts + "." + w.Field; p.Has(label) {
			p.Wrong[i].Label = p.T(label)
		}
	}
	return &Form{Texts: texts, Action: action, Values: values, page: p, once: once}
}

// Hidden gives the fields that every form needs.
func (f *Form) Hidden() []Hidden {
	return []Hidden{{"csrf", f.page.CSRF}, {"once", f.once}}
}

// Hidden is a field that nobody sees.
type Hidden struct{ Name, Value string }

// Submit is the text of the button: Texts + ".submit".
func (f *Form) Submit() string { return f.page.T(f.Texts + ".submit") }

// Choice is one of the values of a field.
type Choice struct {
	Value, Text, Hint string
	Chosen            bool
	There             bool // it was taken earlier and stays
}

// Field is a field with everything around it.
type Field struct {
	Name, ID, Label, Hint, Value, Wrong string
	Stored                              string // said of what somebody else has stored meanwhile
	Kind                                string // text, email, password, date, number, textarea, select, radio, checkbox, file
	Attributes                          template.HTMLAttr
	Choices                             []Choice
}

// attributes are what templates may ask of an input.
var attributes = map[string]bool{
	"autocomplete": true, "inputmode": true, "maxlength": true, "min": true, "max": true, "step": true, "pattern": true,
	"required": true, "autofocus": true, "rows": true, "spellcheck": true, "accept": true, "autocapitalize": true, "readonly": true,
}

// Field gives a field by name. What follows says more of it: "type=email", "required",
// "autocomplete=username".
func (f *Form) Field(name string, more ...string) (Field, error) {
	text := f.Texts + "." + name
	one := Field{Name: name, ID: "f-" + name, Label: f.page.T(text), Value: f.Values.Get(name), Kind: "text"}
	if f.page.Has(text + "-hint") {
		one.Hint = f.page.T(text + "-hint")
	}
	for _, w := range f.page.Wrong {
		if w.Field == name {
			one.Wrong = w.Text
		}
	}
	if f.Stored != nil && !slices.Equal(f.Stored[name], f.Values[name]) {
		one.Stored = f.page.T("web.frame.stored", "value", strings.Join(f.Stored[name], ", "))
	}
	var given strings.Builder
	for _, m := range more {
		key, value, _ := strings.Cut(m, "=")
		switch {
		case key == "type":
			one.Kind = value
		case attributes[key]:
			fmt.Fprintf(&given, ` %s="%s"`, key, template.HTMLEscapeString(value))
		default:
			return one, fmt.Errorf("field %s has an unknown attribute %s", name, key)
		}
	}
	one.Attributes = template.HTMLAttr(given.String()) //nolint:gosec // names are ours, values escaped
	return one, nil
}

// Choose gives a field in which one or several of the choices are taken.
func (f *Form) Choose(name, kind string, choices []Choice, more ...string) (Field, error) {
	one, err := f.Field(name, append(more, "type="+kind)...)
	sent := f.Values[name]
	for _, c := range choices {
		for _, value := range sent {
			c.Chosen = c.Chosen || value == c.Value
		}
		one.Choices = append(one.Choices, c)
	}
	if one.Stored != "" {
		one.Stored = f.page.T("web.frame.stored", "value", chosen(choices, f.Stored[name]))
	}
	return one, err
}

// Nth gives a field that a form has many times: its name ends in a number, its label
// does not. With take, one of the choices is taken.
func (f *Form) Nth(name string, i int, choices []Choice, take bool) (Field, error) {
	numbered := *f
	at := name + "-" + strconv.Itoa(i)
	numbered.Values = url.Values{name: f.Values[at]}
	if numbered.Stored != nil {
		numbered.Stored = url.Values{name: f.Stored[at]}
	}
	one, err := numbered.Field(name)
	if take {
		one, err = numbered.Choose(name, "select", choices)
	}
	one.Name, one.ID = at, "f-"+at
	return one, err
}

// chosen writes values as the choices call them.
func chosen(choices []Choice, values []string) string {
	var all []string
	for _, value := range values {
		text := value
		if i := slices.IndexFunc(choices, func(c Choice) bool { return c.Value == value }); i >= 0 {
			text = choices[i].Text
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

// DescribedBy names what says more of a field.
func (f Field) DescribedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID+"-hint")
	}
	if f.Stored != "" {
		ids = append(ids, f.ID+"-stored")
	}
	if f.Wrong != "" {
		ids = append(ids, f.ID+"-wrong")
	}
	return strings.Join(ids, " ")
}

// Status is how something stands: a shape, a colour and a word.
type Status struct {
	Kind string // ok, watch, act, none
	Text string
}

// Figure is a chart with the sentence that it says and its values.
type Figure struct {
	Heading string
	Lead    string
	SVG     template.HTML // of report/chart, which writes nothing but its own elements
	Table   *Table
}

// Progress is how far long work is.
type Progress struct {
	Text        string // "84 von 148 Mails"
	Done, Total int    // Total 0: nobody can say how much there is
	State       string // running, waiting (for somebody), done, failed
	Mark        string // whatever changes it shows the page anew
	Result      Link   // where it went
	Known       []Known
	Failed      []string
	Again       string   // address that repeats what failed
	Repeat      string   // text of its button; empty = only what failed
	Hidden      []Hidden // fields of its form
}

// Known is what is known of long work: when it began, how a step stands.
type Known struct {
	Name, Value string
	Status      *Status
}

// Confirm asks before something that cannot be undone.
type Confirm struct {
	Form   *Form
	Facts  []string // what follows from it
	Cancel string
	Button string
}
