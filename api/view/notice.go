package view

import (
	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// notice is what the template of the public page asks.
type notice struct {
	words
	*survey.Notice
	ID, Contact, Result string
	Told                []plainPair
}

// Notice gives the public page of a programme in a language; n is nil for a programme
// that there is not.
func Notice(l locale.Language, id string, n *survey.Notice) ([]byte, error) {
	page := notice{words: words{locale.New(l)}, Notice: n, ID: id}
	if n == nil {
		return execute("notice.html", page)
	}
	if n.Contact != (locale.Text{}) {
		contact := page.In(n.Contact)
		if contact == "" {
			contact = n.Contact.DE + n.Contact.EN
		}
		page.Contact = page.T("survey.contact", "contact", contact)
	}
	page.Result = page.T("public.notice.none-counted")
	if n.Counted != "" {
		page.Result = page.T("public.notice.counted", "day", page.day(n.Counted), "ends", page.day(n.Ends))
	}
	for i := range n.Pairs {
		page.Told = append(page.Told, page.pair(&n.Pairs[i]))
	}
	return execute("notice.html", page)
}
