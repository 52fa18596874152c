package web

import (
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// ListTokens is the page of the tokens with which programs act.
func (w *Web) ListTokens(c *gin.Context) error {
	v, of, base, err := w.holder(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListTokens(v.Context(), v.Actor, of)
	if err != nil {
		return err
	}
	t := &view.Table{Caption: v.T("web.tokens.caption"), Empty: v.T("web.tokens.empty"), Columns: []view.Column{
		{Key: "name", Title: v.T("web.tokens.name")}, {Key: "role", Title: v.T("web.tokens.role")}, {Key: "created", Title: v.T("web.tokens.created")},
		{Key: "expires", Title: v.T("web.tokens.expires")}, {Title: v.T("web.tokens.state")}, {Title: v.T("web.tokens.action")},
	}}
	for i := range all {
		t.Rows = append(t.Rows, v.tokenRow(&all[i], base))
	}
	v.Lead(v.T("web.tokens.lead"))
	v.Action(v.T("web.tokens.new"), base+"/tokens/new")
	return v.Show("token/list", v.T("web.tokens.heading"), v.Arrange(t))
}

func (v *Visit) tokenRow(t *account.Token, base string) view.Row {
	state, actions := view.Status{Kind: "ok", Text: v.T("web.tokens.valid")}, view.Cell{Text: "–"}
	switch {
	case t.Revoked != nil:
		state = view.Status{Kind: "none", Text: v.T("web.tokens.revoked")}
	case !t.Valid(v.web.now()):
		state = view.Status{Kind: "none", Text: v.T("web.tokens.over")}
	default:
		if t.Waits() {
			state = view.Status{Kind: "watch", Text: v.T("web.users.waits")}
		}
		actions = view.Cell{Buttons: []view.Button{{
			Text: v.T("web.tokens.revoke"), About: v.T("web.tokens.revoke-about", "name", t.Name), Danger: true,
			Action: base + "/tokens/" + string(t.ID) + "/revoke", Hidden: v.Hidden(),
		}}}
	}
	return view.Row{
		{Text: t.Name}, {Text: v.T("web.role." + string(t.Role))}, {Text: v.Date(t.Created), Sort: t.Created.Format(time.RFC3339)},
		{Text: v.Date(t.Expires), Sort: t.Expires.Format(time.RFC3339)}, {Status: &state}, actions,
	}
}

// tokenPage asks for a new token.
type tokenPage struct {
	Form      *view.Form
	Roles     []view.Choice
	Processes []view.Choice
}

// NewToken asks for a new token.
func (w *Web) NewToken(c *gin.Context) error {
	v, of, base, err := w.holder(c)
	if err != nil {
		return err
	}
	if err := v.Actor.In(account.ManageAccess, string(of)); err != nil {
		return err
	}
	v.Crumb(v.T("web.tokens.heading"), base+"/tokens")
	page := tokenPage{Roles: v.rolesToGive(of, v.Actor.Role.MayMint), Processes: v.processChoices()}
	first := url.Values{"days": {"90"}}
	if len(page.Roles) == 1 {
		first.Set("role", page.Roles[0].Value)
	}
	page.Form = v.Form("web.token", base+"/tokens", first)
	return v.Show("token/new", v.T("web.token.heading"), page)
}

// madeToken is the page of a new token, which is shown this once.
type madeToken struct{ Text, Back string }

// CreateToken makes it.
func (w *Web) CreateToken(c *gin.Context) error {
	v, of, base, err := w.holder(c)
	if err != nil {
		return err
	}
	in := survey.TokenInput{Role: account.Role(v.Text("role")), Organisation: of, Processes: v.Texts("processes"), Name: v.Text("name"), Life: -1}
	if days, err := strconv.Atoi(v.Text("days")); err == nil && days > 0 && days <= 400 {
		in.Life = time.Duration(days) * 24 * time.Hour
	}
	_, text, err := w.service.CreateToken(v.Context(), v.Actor, in)
	if err != nil {
		return v.Again(err, w.NewToken)
	}
	return v.Show("token/made", v.T("web.token.made"), madeToken{text, base + "/tokens"})
}

// RevokeToken ends a token at once.
func (w *Web) RevokeToken(c *gin.Context) error {
	v, of, base, err := w.holder(c)
	if err != nil {
		return err
	}
	if err := w.service.RevokeToken(v.Context(), v.Actor, of, account.TokenID(c.Param("token"))); err != nil {
		return err
	}
	return v.Goto(base + "/tokens")
}
