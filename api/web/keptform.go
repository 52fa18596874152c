package web

import (
	"net/url"
	"strings"

	"pulscheck/api/request"
	"pulscheck/api/session"
	"pulscheck/survey"
)

// signIn answers a form that comes when nobody is signed in any more: what was typed is kept
// for its writer, who signs in and goes on where the form stands.
func (v *Visit) signIn() error {
	if v.route.Page == "" || v.secret == "" || v.Session != nil {
		return v.Goto("/login" + v.onwards(""))
	}
	fields, err := request.Form(v.c, v.route.most())
	if err != nil {
		return v.Goto("/login" + v.onwards(""))
	}
	page := v.pageOf(fields)
	if !session.RightCSRF(v.secret, fields.Get("csrf")) || v.web.limits.Requests.Add(v.secret) {
		return v.Goto("/login" + v.onwards(page))
	}
	fields.Del("csrf")
	fields.Del("once")
	if err := v.web.service.KeepForm(v.Context(), v.secret, page, survey.FormInput{Action: v.c.Request.URL.Path, Fields: fields}); err != nil {
		return v.Goto("/login" + v.onwards(page))
	}
	return v.Goto("/login" + v.onwards(page) + "&kept=yes")
}

// pageOf gives the address of the page that a form stands on.
func (v *Visit) pageOf(fields url.Values) string {
	path, name, _ := strings.Cut(v.route.Page, "?")
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ":") {
			parts[i] = url.PathEscape(v.c.Param(part[1:]))
		}
	}
	path = strings.Join(parts, "/")
	if value := fields.Get(name); name != "" && value != "" {
		path += "?" + url.Values{name: {value}}.Encode()
	}
	return path
}

// resume gives what was kept for a form of this page: it is taken out once, for all forms
// of the page.
func (v *Visit) resume(action string) url.Values {
	if !v.route.Resumes || v.again || v.User == nil {
		return nil
	}
	if !v.resumed {
		v.resumed = true
		kept, err := v.web.service.TakeForm(v.Context(), v.User, v.c.Request.URL.RequestURI())
		if err == nil { // else the page still comes, with what is stored
			v.kept = kept
		}
	}
	if v.kept == nil || v.kept.Action != action {
		return nil
	}
	v.page.Done = v.T("web.login.resumed")
	return v.kept.Fields
}
