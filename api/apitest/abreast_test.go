package apitest

import (
	"net/http"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// client is an organisation with a check that another tool counted.
func (w *world) client(key, name string) survey.OrganisationID {
	w.t.Helper()
	o, err := w.service.CreateOrganisation(ctx, account.System(), survey.OrganisationInput{Key: key, Name: name})
	w.check(err)
	_, err = w.service.CreateEntry(ctx, account.System(), o.ID, survey.ProcessList, survey.EntryInput{Key: "INC", Name: locale.Text{DE: "Störung", EN: "Incident"}})
	w.check(err)
	w.pastCheck(string(o.ID))
	return o.ID
}

// assigned is a consultant of several organisations.
func (w *world) assigned(to ...survey.OrganisationID) *desk {
	w.t.Helper()
	u := w.user(account.Consultant, string(to[0]))
	for _, id := range to[1:] {
		u.Member = append(u.Member, account.Membership{Organisation: string(id), Consented: &w.now})
	}
	w.check(w.store.UpdateUser(ctx, u))
	secret, session := account.NewSession(u.ID, account.Full, w.now)
	w.check(w.store.CreateSession(ctx, session, nil))
	d := w.nobody()
	d.user, d.cookies["__Host-session"] = u, secret
	return d
}

// TestOrganisationsSideBySide: a consultant sees those that are assigned and consent, the
// whole of each and no other; one that takes its consent back is gone at once, and nobody
// else may look.
func TestOrganisationsSideBySide(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		north, south := w.client("nordwind", "Nordwind"), w.client("suedwind", "Südwind")
		w.client("ostwind", "Ostwind")
		d := w.assigned(south, north, survey.OrganisationID(w.own["organisation"]))
		p := d.get("/organisations/comparison").want(200)
		names := p.texts(".above tbody th")
		if len(names) != 3 || !strings.HasPrefix(names[1], "Nordwind") || !strings.HasPrefix(names[2], "Südwind") || !strings.Contains(names[2], "übernommen") {
			t.Errorf("side by side stand %q", names)
		}
		if strings.Contains(p.body, "Ostwind") || strings.Contains(p.body, "Störung") {
			t.Error("an organisation that is not assigned, or a group, is told of")
		}
		figures := p.texts(".sheet h2")
		if len(figures) == 0 || figures[0] != "Akzeptanz" || len(p.all(".sheet figure svg[role=img]")) != len(figures) {
			t.Errorf("figures %q", figures)
		}
		if got := p.texts(".sheet details tbody tr"); len(got) != 3 || !strings.Contains(strings.Join(got, ""), "nicht vergleichbar") {
			t.Errorf("acceptance: %q", got)
		}
		if got := p.texts(".pair .todo li"); len(got) != 1 || !strings.Contains(got[0], "Akzeptanz anders gefragt") || len(p.all(".pair .todo svg.ringed")) != 1 {
			t.Errorf("who asked otherwise: %q", got)
		}
		if !strings.Contains(d.get("/organisations").body, `href="/organisations/comparison"`) {
			t.Error("nothing leads there")
		}
		d.json("GET", "/organisations/comparison", "").want(200)
		for _, role := range account.Roles() {
			if role == account.Consultant {
				continue
			}
			other := w.desk(role)
			other.get("/organisations/comparison").want(http.StatusForbidden)
			if strings.Contains(other.get("/organisations").body, `"/organisations/comparison"`) {
				t.Errorf("%s is led there", role)
			}
		}
		w.check(w.service.ConsentUser(ctx, account.System(), south, d.user.ID, false))
		if p := d.get("/organisations/comparison").want(200); strings.Contains(p.body, "Südwind") {
			t.Error("an organisation that took its consent back is there")
		}
		w.check(w.service.ConsentUser(ctx, account.System(), north, d.user.ID, false))
		if p := d.get("/organisations/comparison").want(200); !strings.Contains(p.text(".empty"), "mindestens zwei") {
			t.Errorf("one organisation alone: %q", p.text(".empty"))
		}
		d.json("GET", "/organisations/comparison", "").want(http.StatusConflict)
	})
}

// TestOrganisationsInABrowser: the page and its empty state on a telephone, at 400 % zoom,
// with text twice as large and on a desk, in light and dark.
func TestOrganisationsInABrowser(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	north := w.client("nordwind", "Nordwind Verwaltungsgesellschaft für Energieversorgung")
	l := &looking{tab: w.tab()}
	l.walk([]looked{{"abreast", "/organisations/comparison", account.Consultant}, {"abreast-none", "/organisations/comparison", account.Lead}},
		map[account.Role]*desk{account.Consultant: w.assigned(w.client("suedwind", "Südwind"), north), account.Lead: w.assigned(north)}, w.own, "", "light", "dark")
}
