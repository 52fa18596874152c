package report

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// DossierInput is what a person is told about the data that are stored about them.
type DossierInput struct {
	*survey.Dossier
	Language locale.Language
	Software string // version of the program, may be empty
}

// dossier holds what its parts share.
type dossier struct {
	DossierInput
	p    *locale.Printer
	zone *time.Location
}

// BuildDossier says to a person what is stored about them, why, how long, and which
// rights they have (Art. 15 GDPR).
func BuildDossier(in DossierInput) (*Document, error) {
	zone, err := time.LoadLocation(in.Organisation.Zone)
	if err != nil {
		return nil, fmt.Errorf("data of a person of organisation %s: %w", in.Organisation.ID, err)
	}
	d := &dossier{DossierInput: in, p: locale.New(in.Language), zone: zone}
	date := d.p.LongDate(in.At.In(zone))
	c := newColumn(Page{Name: "dossier", Kicker: in.Organisation.Name, Title: d.t("title"), Subtitle: d.t("subtitle", "date", date)}, d.t("title"))
	c.facts(d.t("person"), d.person())
	d.list(c, "roles", d.roles(), "process", "role")
	d.list(c, "invitations", d.invitations(), "round", "process", "role", "unit", "handle", "mail")
	d.list(c, "rosters", d.rosters(), "round", "process", "role", "unit", "mark")
	d.list(c, "asked", d.asked(), "process", "role", "times")
	for _, key := range []string{"answers", "purpose", "kept", "recipients", "rights"} {
		c.prose(d.t(key), "", d.t(key+"-text", "organisation", in.Organisation.Name))
	}
	whole := c.pages[0] // it is read on a screen, and has no pages
	for _, p := range c.pages[1:] {
		whole.Blocks = append(whole.Blocks, p.Blocks...)
	}
	return &Document{
		Language: in.Language, Title: d.t("title"), Subject: d.t("subtitle", "date", date), Organisation: in.Organisation.Name, Programme: date,
		Foot: d.t("foot", "date", date), PageOf: d.p.T("report.page"), Created: in.At, Software: in.Software, Pages: []Page{whole},
	}, nil
}

func (d *dossier) t(key string, args ...any) string { return d.p.T("dossier."+key, args...) }

// list is a table below a heading, or a word that there is nothing.
func (d *dossier) list(c *column, name string, rows [][]string, columns ...string) {
	if len(rows) == 0 {
		c.prose(d.t(name), "", d.t("none"))
		return
	}
	c.prose(d.t(name), "", d.t(name+"-text"))
	t := Table{}
	for _, key := range columns {
		t.Columns = append(t.Columns, Column{Head: d.t("column-" + key)})
	}
	for _, cells := range rows {
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	c.table(t)
}

func (d *dossier) person() [][2]string {
	left := d.t("listed")
	if d.Person.Left != nil {
		left = d.t("left", "date", d.p.LongDate(d.Person.Left.In(d.zone)))
	}
	or := func(text string) string { return cmp.Or(text, "–") }
	return [][2]string{
		{d.t("name"), or(d.Person.Name)}, {d.t("email"), or(d.Person.Email)}, {d.t("unit"), or(d.named(d.Organisation.Units, d.Person.Unit))},
		{d.t("language"), d.t("language-" + string(d.Person.Locale))}, {d.t("state"), left}, {d.t("person-id"), string(d.Person.ID)},
	}
}

// named gives the name of an entry, or its key.
func (d *dossier) named(list []survey.Named, key string) string {
	for _, n := range list {
		if n.Key == key {
			return d.p.In(n.Name)
		}
	}
	return key
}

// asRole names process and role.
func (d *dossier) asRole(process, role string) []string {
	return []string{d.named(d.Organisation.Processes, process), d.named(d.Organisation.Roles, role)}
}

// of names a round.
func (d *dossier) of(id survey.RoundID) string {
	r := d.Rounds[id]
	return d.p.In(r.Title) + ", " + d.p.Period(r.Opens.In(d.zone), r.Closes.In(d.zone))
}

func (d *dossier) roles() (rows [][]string) {
	for _, r := range d.Person.Roles {
		rows = append(rows, d.asRole(r.Process, r.Role))
	}
	return rows
}

func (d *dossier) invitations() (rows [][]string) {
	for _, m := range d.Memberships {
		row := append([]string{d.of(m.Round)}, d.asRole(m.Process, m.Role)...)
		mail := d.t("mail-" + cmp.Or(string(d.Mails[m.Round]), "none"))
		rows = append(rows, append(row, d.named(d.Organisation.Units, m.Unit), groups(hex.EncodeToString(m.Handle)), mail))
	}
	return rows
}

func (d *dossier) rosters() (rows [][]string) {
	for _, r := range d.Rosters {
		row := append([]string{d.of(r.Round)}, d.asRole(r.Process, r.Role)...)
		rows = append(rows, append(row, d.named(d.Organisation.Units, r.Unit), groups(hex.EncodeToString(r.Mark))))
	}
	return rows
}

func (d *dossier) asked() (rows [][]string) {
	for r, n := range d.Asked {
		rows = append(rows, append(d.asRole(r.Process, r.Role), d.p.Integer(n)))
	}
	slices.SortFunc(rows, slices.Compare[[]string])
	return rows
}
