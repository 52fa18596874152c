package web

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// holder gives the organisation in the path, "" for the installation, and the path
// before what it holds.
func (w *Web) holder(c *gin.Context) (v *Visit, of survey.OrganisationID, base string, err error) {
	if c.Param("organisation") == "" {
		return visitOf(c), "", "", nil
	}
	v, o, err := w.organisation(c)
	if err != nil {
		return v, "", "", err
	}
	return v, o.ID, "/organisations/" + string(o.ID), nil
}

// ListUsers is the page of those who sign in (A19).
func (w *Web) ListUsers(c *gin.Context) error {
	v, of, base, err := w.holder(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListUsers(v.Context(), v.Actor, of)
	if err != nil {
		return err
	}
	names, err := v.organisationNames()
	if err != nil {
		return err
	}
	t := &view.Table{Caption: v.T("web.users.caption"), Columns: []view.Column{
		{Key: "name", Title: v.T("web.users.name")}, {Key: "role", Title: v.T("web.users.role")}, {Title: v.T("web.users.organisations")},
		{Key: "second", Title: v.T("web.users.second")}, {Key: "last", Title: v.T("web.users.last")},
	}}
	for i := range all {
		t.Rows = append(t.Rows, v.userRow(&all[i], of, names))
	}
	if len(all) == 1 && all[0].ID == v.User.ID {
		v.Lead(v.T("web.users.alone"))
	}
	v.Action(v.T("web.users.invite"), base+"/users/new")
	return v.Show("user/list", v.T("web.users.heading"), v.Arrange(t))
}

// organisationNames are those of the organisations that the user reaches.
func (v *Visit) organisationNames() (map[string]string, error) {
	all, err := v.web.service.ListOrganisations(v.Context(), v.Actor)
	names := map[string]string{}
	for _, o := range all {
		names[string(o.ID)] = o.Name
	}
	return names, err
}

func (v *Visit) userRow(u *account.User, of survey.OrganisationID, names map[string]string) view.Row {
	var member []string
	waits := false
	for _, m := range u.Member {
		member = append(member, names[m.Organisation])
		waits = waits || u.Role == account.Consultant && m.Consented == nil && m.Organisation == string(of)
	}
	second := view.Status{Kind: "ok", Text: v.T("web.users.ready")}
	if !u.Ready() {
		second = view.Status{Kind: "none", Text: v.T("web.users.invited")}
	}
	until := v.invitedUntil(u)
	if until != "" && !v.web.now().Before(*u.Invited) {
		second = view.Status{Kind: "watch", Text: v.T("web.users.over")}
	}
	if waits {
		second = view.Status{Kind: "watch", Text: v.T("web.users.waits")}
	}
	last := view.Cell{Text: "–", Sort: u.LastDay}
	if day, err := time.Parse(time.DateOnly, u.LastDay); err == nil {
		last.Text = v.Date(day)
	}
	name := view.Cell{Text: u.Name, Small: u.Email, Href: "/users/" + string(u.ID)}
	return view.Row{name, {Text: v.T("web.role." + string(u.Role))}, {Text: v.List(member)}, {Status: &second, Small: until, Sort: second.Text}, last}
}

// invitedUntil says until when the invitation of somebody holds, or held; empty for who
// has accepted.
func (v *Visit) invitedUntil(u *account.User) string {
	if u.Invited == nil || u.Invited.IsZero() {
		return ""
	}
	clock := time.UTC
	if v.place != nil && v.place.organisation != nil {
		clock = zoneOf(v.place.organisation)
	}
	key := "until"
	if !v.web.now().Before(*u.Invited) {
		key = "until-past"
	}
	return v.T("web.users."+key, "at", v.DateTime(*u.Invited, clock))
}

// userPage is the page of one user, or of a new one.
type userPage struct {
	Form      *view.Form
	Roles     []view.Choice
	Processes []view.Choice
	Languages []view.Choice
	New       bool
	Seen      int
	Consents  *view.Button
	Links     []view.Link
}

// rolesToGive are the roles that the user may give away in an organisation, or, without
// one, in the installation. An operator gives others the first one alone.
func (v *Visit) rolesToGive(of survey.OrganisationID, may func(account.Role) bool) (choices []view.Choice) {
	for _, r := range account.Roles() {
		inside := r != account.Operator
		if !may(r) || inside != (of != "") || r == account.Owner && !v.May(account.ReadProgramme) {
			continue
		}
		choices = append(choices, view.Choice{Value: string(r), Text: v.T("web.role." + string(r)), Hint: v.T("web.role-hint." + string(r))})
	}
	return choices
}

// mayInvite reports whether the user may invite somebody in a role.
func (v *Visit) mayInvite(r account.Role) bool {
	first := v.Actor.Role == account.Operator && (r == account.Lead || r == account.Consultant)
	return first || v.Actor.Role.MayGrant(r)
}

// processChoices are the processes that an owner may answer for.
func (v *Visit) processChoices() (choices []view.Choice) {
	if v.place == nil {
		return nil
	}
	for _, p := range v.place.organisation.Processes {
		if !p.Archived {
			choices = append(choices, view.Choice{Value: p.Key, Text: v.In(p.Name)})
		}
	}
	return choices
}

func (v *Visit) languageChoices() []view.Choice {
	return []view.Choice{{Value: string(locale.German), Text: "Deutsch"}, {Value: string(locale.English), Text: "English"}}
}

// NewUser asks who is to be invited.
func (w *Web) NewUser(c *gin.Context) error {
	v, of, base, err := w.holder(c)
	if err != nil {
		return err
	}
	if of == "" || v.May(account.ReadProgramme) {
		v.Crumb(v.T("web.users.heading"), base+"/users")
	}
	page := userPage{New: true, Roles: v.rolesToGive(of, v.mayInvite), Processes: v.processChoices(), Languages: v.languageChoices()}
	first := url.Values{"language": {string(v.Language())}}
	if len(page.Roles) == 1 {
		first.Set("role", page.Roles[0].Value)
	}
	page.Form = v.Form("web.user", base+"/users", first)
	return v.Show("user/edit", v.T("web.user.heading-new"), page)
}

// CreateUser invites somebody.
func (w *Web) CreateUser(c *gin.Context) error {
	v, of, base, err := w.holder(c)
	if err != nil {
		return err
	}
	_, err = w.service.InviteUser(v.Context(), v.Actor, survey.UserInput{
		Email: v.Text("email"), Name: v.Text("name"), Role: account.Role(v.Text("role")), Organisation: of,
		Processes: v.Texts("processes"), Language: locale.Language(v.Text("language")),
	})
	if err != nil {
		return v.Again(err, w.NewUser)
	}
	if of != "" && !v.May(account.ReadProgramme) { // an operator does not see who else there is
		return v.Goto(base)
	}
	return v.Goto(base + "/users")
}

// user gives the user in the path and enters the organisation that is managed with it.
func (w *Web) user(c *gin.Context) (*Visit, *account.User, survey.OrganisationID, error) {
	v := visitOf(c)
	u, err := w.service.ShowUser(v.Context(), v.Actor, account.UserID(c.Param("user")))
	if err != nil {
		return v, nil, "", err
	}
	if len(u.Member) == 0 {
		v.Crumb(v.T("web.users.heading"), "/users")
		return v, u, "", nil
	}
	of := survey.OrganisationID(u.Member[0].Organisation)
	if asked := c.Query("organisation"); u.In(asked) != nil {
		of = survey.OrganisationID(asked)
	}
	p := &place{}
	if err := v.enter(p, of); err != nil {
		return v, nil, "", err
	}
	v.Crumb(v.T("web.users.heading"), "/organisations/"+string(of)+"/users")
	err = v.current(p)
	v.Section("users")
	return v, u, of, err
}

// ShowUser is the page of one user.
func (w *Web) ShowUser(c *gin.Context) error {
	v, u, of, err := w.user(c)
	if err != nil {
		return err
	}
	page := userPage{Roles: v.rolesToGive(of, v.Actor.Role.MayGrant), Seen: u.Version}
	values := url.Values{"name": {u.Name}, "role": {string(u.Role)}, "seen": {strconv.Itoa(u.Version)}}
	if m := u.In(string(of)); m != nil {
		values["processes"] = m.Processes
		if v.May(account.ReadProgramme) {
			page.Processes = v.processChoices()
		}
	}
	page.Form = v.Form("web.user", "/users/"+string(u.ID)+"?organisation="+string(of), values)
	if m := u.In(string(of)); m != nil && u.Role == account.Consultant && v.May(account.ChangeOrganisation) {
		b := view.Button{Text: v.T("web.user.consent"), Action: "/users/" + string(u.ID) + "/consent?organisation=" + string(of), Hidden: v.Hidden("consents", "yes")}
		if m.Consented != nil {
			b.Text, b.Hidden = v.T("web.user.withdraw"), v.Hidden("consents", "no")
		}
		page.Consents = &b
	}
	here := "/users/" + string(u.ID)
	page.Links = []view.Link{
		{Text: v.T(access(u, "reset")), Href: here + "/reset?organisation=" + string(of)}, {Text: v.T(access(u, "remove")), Href: here + "/remove?organisation=" + string(of)},
	}
	v.Lead(u.Email)
	if until := v.invitedUntil(u); until != "" {
		v.Lead(u.Email + " · " + until)
	}
	return v.Show("user/edit", u.Name, page)
}

// access gives the key of the words for what is done to the access of somebody, or to an
// invitation that waits.
func access(u *account.User, what string) string {
	if u.Invited != nil {
		what += "-invited"
	}
	return "web.user." + what
}

// UpdateUser changes name, role and processes.
func (w *Web) UpdateUser(c *gin.Context) error {
	v, u, of, err := w.user(c)
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(v.Text("seen"))
	if err != nil {
		seen = -1
	}
	name, role, processes := v.Text("name"), account.Role(v.Text("role")), slices.Clone(v.Texts("processes"))
	change := survey.UserChange{Seen: seen, Name: &name, Organisation: of}
	if role != "" {
		change.Role = &role
	}
	if v.May(account.ReadProgramme) {
		change.Processes = &processes
	}
	if _, err := w.service.UpdateUser(v.Context(), v.Actor, u.ID, change); err != nil {
		return v.Again(err, w.ShowUser)
	}
	return v.Goto(usersOf(of))
}

func usersOf(of survey.OrganisationID) string {
	if of == "" {
		return "/users"
	}
	return "/organisations/" + string(of) + "/users"
}

// NewRemoval asks before somebody is removed.
func (w *Web) NewRemoval(c *gin.Context) error {
	v, u, of, err := w.user(c)
	if err != nil {
		return err
	}
	return v.Confirm(v.T(access(u, "remove-heading"), "name", u.Name), "/users/"+string(u.ID)+"/remove?organisation="+string(of), v.T(access(u, "remove")),
		usersOf(of), url.Values{}, v.T(access(u, "remove-1")), v.T("web.user.remove-2"))
}

// RemoveUser removes somebody.
func (w *Web) RemoveUser(c *gin.Context) error {
	v, u, of, err := w.user(c)
	if err != nil {
		return err
	}
	if err := w.service.RemoveUser(v.Context(), v.Actor, of, u.ID); err != nil {
		return v.Again(err, w.NewRemoval)
	}
	return v.Goto(usersOf(of))
}

// NewReset asks before everything ends that lets somebody in.
func (w *Web) NewReset(c *gin.Context) error {
	v, u, of, err := w.user(c)
	if err != nil {
		return err
	}
	return v.Confirm(v.T(access(u, "reset-heading"), "name", u.Name), "/users/"+string(u.ID)+"/reset?organisation="+string(of), v.T(access(u, "reset")),
		usersOf(of), url.Values{}, v.T(access(u, "reset-1")), v.T(access(u, "reset-2"), "email", u.Email))
}

// ResetUser does so, and mails a code.
func (w *Web) ResetUser(c *gin.Context) error {
	v, u, of, err := w.user(c)
	if err != nil {
		return err
	}
	if err := w.service.ResetUser(v.Context(), v.Actor, u.ID); err != nil {
		return v.Again(err, w.NewReset)
	}
	return v.Goto(usersOf(of))
}

// ConsentUser lets a consultant in, or takes that back.
func (w *Web) ConsentUser(c *gin.Context) error {
	v, u, of, err := w.user(c)
	if err != nil {
		return err
	}
	if err := w.service.ConsentUser(v.Context(), v.Actor, of, u.ID, v.Checked("consents", "yes")); err != nil {
		return err
	}
	return v.Goto("/users/" + string(u.ID) + "?organisation=" + string(of))
}
