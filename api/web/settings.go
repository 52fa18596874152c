package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// settings is the page of what holds for an organisation (A21).
type settings struct {
	Form    *view.Form
	Second  []view.Choice
	Tone    string // the colour in its field; empty = none, or no colour
	Usual   survey.Limits
	Facts   []view.Link // what is set elsewhere
	Mailing *mailing
	Kept    *view.Table // how long what is kept
	Texts   []view.Link // that people read
}

// ShowSettings shows what holds for an organisation, to change it.
func (w *Web) ShowSettings(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	at := "/organisations/" + string(o.ID)
	values := url.Values{
		"seen": {strconv.Itoa(o.Version)}, "name": {o.Name}, "zone": {o.Zone}, "k": {strconv.Itoa(o.K)},
		"auditors": {strings.Join(o.Auditors, "\n")}, "contact-de": {o.Contact.DE}, "contact-en": {o.Contact.EN}, "agreement": {o.Agreement},
		"colour": {string(o.Colour)},
	}
	if o.SecondPerson {
		values.Set("second_person", "yes")
	}
	limits := o.Limits.Known()
	for name, limit := range limitFields(&limits) {
		values.Set(name, strconv.Itoa(*limit))
	}
	data := settings{Form: v.Form("web.settings", at+"/settings", values), Usual: survey.UsualLimits, Second: []view.Choice{{Value: "yes", Text: v.T("web.settings.second")}}}
	data.Tone = tone(data.Form)
	for _, path := range []string{"process-roles", "themes", "coaching", "logo"} {
		data.Facts = append(data.Facts, view.Link{Text: v.T("web." + path + ".heading"), Href: at + "/" + path})
	}
	if data.Mailing, err = v.organisationMailing(o); err != nil {
		return err
	}
	data.Kept = v.keptTable()
	if data.Texts, err = v.publicTexts(o); err != nil {
		return err
	}
	return v.Show("settings/edit", v.T("web.settings.heading"), data)
}

// UpdateSettings changes them.
func (w *Web) UpdateSettings(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	name, zone, agreement, auditors := v.Text("name"), v.Text("zone"), v.Text("agreement"), lines(v.Text("auditors"))
	second := v.Checked("second_person", "yes")
	change := survey.OrganisationChange{
		SecondPerson: &second,
		Seen:         number(v.Text("seen")), Name: &name, Zone: &zone, Auditors: &auditors, Agreement: &agreement,
		Contact: &locale.Text{DE: strings.TrimSpace(v.Text("contact-de")), EN: strings.TrimSpace(v.Text("contact-en"))},
	}
	if k := number(v.Text("k")); k != o.K {
		change.K = &k
	}
	if v.sent.Has("colour") {
		colour := v.Text("colour")
		change.Colour = &colour
	}
	limits := survey.Limits{}
	for name, limit := range limitFields(&limits) {
		if v.sent.Has(name) {
			*limit, change.Limits = number(v.Text(name)), &limits
		}
	}
	if _, err := w.service.UpdateOrganisation(v.Context(), v.Actor, o.ID, change); err != nil {
		return v.Again(fieldsOfLimits(err), w.ShowSettings)
	}
	return v.Goto("/organisations/" + string(o.ID) + "/settings")
}

// limitFields are limits by the names of their fields.
func limitFields(l *survey.Limits) map[string]*int {
	return map[string]*int{
		"limits-index-ok": &l.IndexOK, "limits-index-watch": &l.IndexWatch, "limits-share-ok": &l.ShareOK, "limits-share-watch": &l.ShareWatch,
	}
}

// fieldsOfLimits has what is wrong with limits point at their fields.
func fieldsOfLimits(err error) error {
	f := fault.Of(err)
	for i, one := range f.Fields {
		if strings.HasPrefix(one.Pointer, "/limits/") {
			f.Fields[i].Pointer = "/" + strings.NewReplacer("/", "-", "_", "-").Replace(one.Pointer[1:])
		}
	}
	return err
}

// tone gives the colour in its field. The nearest one that can be read takes the place of
// one that was refused: to save again takes it.
func tone(f *view.Form) string {
	readable, ok := survey.Colour(f.Values.Get("colour")).Readable()
	if ok {
		f.Values.Set("colour", string(readable))
	}
	return string(readable)
}

// lines gives what stands in the lines of a text, without empty ones.
func lines(text string) []string {
	all := []string{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// offerFields are the parts of the names of the fields of an offer.
var offerFields = []string{"who", "when-de", "when-en", "where-de", "where-en", "process", "role"}

// spareOffers is how many empty lines the form of offers has.
const spareOffers = 2

// EditCoaching shows where people find support, to change it.
func (w *Web) EditCoaching(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	now, err := w.service.ShowCoaching(v.Context(), v.Actor, o.ID)
	if err != nil {
		return err
	}
	values := url.Values{"seen": {strconv.Itoa(now.Version)}}
	for i, one := range now.Offers {
		for n, text := range []string{one.Who, one.When.DE, one.When.EN, one.Where.DE, one.Where.EN, one.Process, one.Role} {
			values.Set(offerFields[n]+"-"+strconv.Itoa(i), text)
		}
	}
	form := v.Form("web.coaching", "/organisations/"+string(o.ID)+"/coaching", values)
	all := []view.Choice{{Text: v.T("web.coaching.all")}}
	data := coaching{Form: form}
	for i := range max(len(now.Offers), offersSent(form.Values)) + spareOffers {
		row := make([]view.Field, len(offerFields))
		for n, name := range offerFields {
			choices := slices.Concat(all, v.choices(o.Processes, values.Get("process-"+strconv.Itoa(i))))
			if name == "role" {
				choices = slices.Concat(all, v.choices(o.Roles, values.Get("role-"+strconv.Itoa(i))))
			}
			if row[n], err = form.Nth(name, i, choices, n >= 5); err != nil {
				return err
			}
		}
		data.Offers = append(data.Offers, row)
	}
	v.Crumb(v.T("web.settings.heading"), "/organisations/"+string(o.ID)+"/settings")
	v.Lead(v.T("web.coaching.lead"))
	return v.Show("coaching/edit", v.T("web.coaching.heading"), data)
}

type coaching struct {
	Form   *view.Form
	Offers [][]view.Field
}

// offersSent is one more than the number of the last offer with something in it.
func offersSent(values url.Values) int {
	n := 0
	for name := range values {
		at := strings.LastIndexByte(name, '-')
		if i, err := strconv.Atoi(name[at+1:]); err == nil && values.Get(name) != "" && i < 100 {
			n = max(n, i+1)
		}
	}
	return n
}

// PutCoaching says where people find support.
func (w *Web) PutCoaching(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	var offers []survey.Offer
	for i := range offersSent(v.sent) {
		text := func(name string) string { return strings.TrimSpace(v.Text(name + "-" + strconv.Itoa(i))) }
		one := survey.Offer{
			Process: text("process"), Role: text("role"), Who: text("who"),
			When: locale.Text{DE: text("when-de"), EN: text("when-en")}, Where: locale.Text{DE: text("where-de"), EN: text("where-en")},
		}
		if one != (survey.Offer{Process: one.Process, Role: one.Role}) {
			offers = append(offers, one)
		}
	}
	if _, err := w.service.PutCoaching(v.Context(), v.Actor, o.ID, number(v.Text("seen")), offers); err != nil {
		return v.Again(err, w.EditCoaching)
	}
	return v.Goto("/organisations/" + string(o.ID) + "/settings")
}
