package web

import (
	"bytes"
	"net/http"
	"path"

	"pulscheck/api/respond"
	"pulscheck/api/view"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// redrawn shows the page of a form again that was refused before its handler saw it:
// its session token is an old one, or its file cannot be what is asked for. What was
// typed stands there still; nothing was carried out. It reports whether it did.
func (v *Visit) redrawn(f *fault.Error) bool {
	if f.Key == "body-too-large" && v.route.File != "" {
		f = v.badFile(fault.TooLarge)
	} else if f.Key != "csrf" && (v.route.File == "" || f.Key != v.route.fileCode()) {
		return false
	}
	page, found := v.web.formOf(v.route)
	if !found || page.May != "" && v.Actor.May(page.May) != nil || page.Danger && !v.route.Danger {
		return false
	}
	v.again, v.status = v.sent != nil, respond.Status(f.Kind)
	v.page.Problem = v.sentence(f.Key, f.Args)
	for _, one := range f.Fields {
		v.page.Wrong = append(v.page.Wrong, view.Wrong{Field: one.Pointer[1:], Text: v.wrongWords(one, f.Args)})
	}
	if err := page.handle(v.c); err != nil || v.moved != "" {
		v.moved = ""
		return v.c.Writer.Written()
	}
	return true
}

// formOf gives the page on which the form of a route stands: the one that asks for
// something new, the one that changes it, or one above.
func (w *Web) formOf(r Route) (Route, bool) {
	for _, end := range []string{"/new", "/edit", ""} {
		if page, found := w.pages[r.Path+end]; found {
			return page, true
		}
	}
	for at := path.Dir(r.Path); at != "/"; at = path.Dir(at) {
		if page, found := w.pages[at]; found {
			return page, true
		}
	}
	return Route{}, false
}

// remember keeps which pages there are.
func (w *Web) remember(r Route) {
	if r.Method == http.MethodGet {
		w.pages[r.Path] = r
	}
}

// Taking says what is told of a file that is not what an upload asks for; otherwise it
// asks for CSV.
func Taking(code string, r Route) Route { r.code = code; return r }

// Picture is an upload of a picture.
func Picture(r Route) Route { r.picture = true; return r }

func (r Route) fileCode() string {
	if r.code == "" {
		return "file-missing"
	}
	return r.code
}

// badFile is the fault of a file that is not what is asked for.
func (v *Visit) badFile(k fault.Kind) *fault.Error {
	code := v.route.fileCode()
	return fault.New(k, code).With(fault.Field{Pointer: "/" + v.route.File, Code: code})
}

// checkFile refuses pictures, workbooks and the like where a text is asked for: none of
// those is without a zero byte.
func (v *Visit) checkFile() error {
	if v.route.picture || bytes.IndexByte(v.File, 0) < 0 {
		return nil
	}
	return v.badFile(fault.Invalid)
}

// What is said once after a change, by the last part of the route; all else was saved.
var deeds = map[string]string{
	"delete": "removed", "remove": "removed", "revoke": "removed", "sessions": "done", "advance": "done", "open": "done", "close": "done",
	"submit": "done", "ask": "done", "veto": "done", "remind": "done", "invitations": "done", "send": "done", "again": "done", "issue": "done", "reset": "done", "finish": "done",
	"reopen": "done", "template": "done", "reports": "", "drawing": "", "counting": "", "confirm": "", "search": "",
}

// deed names what a form did, "" for nothing that needs saying.
func (v *Visit) deed() string {
	if v.route.Method != http.MethodPost || v.route.Open || v.Session == nil || v.Session.Stage != account.Full || v.silent {
		return ""
	}
	if deed, known := deeds[path.Base(v.route.Path)]; known {
		return deed
	}
	return "saved"
}
