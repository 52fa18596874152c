package web

import (
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
)

// installed is the page of the state of the whole installation.
type installed struct {
	State   *view.Table
	Mailing *mailing
	Backup  []string // how to make one
	Command string   // that makes it
	Check   string   // command that checks it
}

// ShowInstallation shows the operator how the installation stands.
func (w *Web) ShowInstallation(c *gin.Context) error {
	v := visitOf(c)
	i, err := w.service.ShowInstallation(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	v.navigate(&place{})
	data := installed{
		State: &view.Table{Caption: v.T("web.installation.caption"), Columns: []view.Column{{Title: v.T("web.installation.what")}, {Title: v.T("web.installation.state")}}},
	}
	for _, row := range []struct {
		name string
		cell view.Cell
	}{
		{"software", view.Cell{Text: "pulscheck " + i.Version, Small: v.T("web.installation.commit", "commit", i.Commit[:min(len(i.Commit), 12)], "go", i.Go)}},
		{"database", view.Cell{Text: i.Database.Kind + " " + i.Database.Version}},
		{"durability", v.durability(&i.Database)}, {"schema", v.schema(&i.Database)}, {"keys", v.keys(i)},
	} {
		data.State.Rows = append(data.State.Rows, view.Row{{Text: v.T("web.installation." + row.name)}, row.cell})
	}
	if data.Mailing, err = v.mailing("", "/installation", i.MailFrom, i.MailKept); err != nil {
		return err
	}
	data.Backup = []string{v.T("web.installation.backup-none"), v.T("web.installation.backup-keys")}
	data.Command, data.Check = `mysqldump --single-transaction pulscheck > backup.sql`, `pulscheck doctor --database mysql:…`
	if i.Database.Kind == "SQLite" {
		data.Command, data.Check = `sqlite3 pulscheck.db "VACUUM INTO 'backup.db'"`, `pulscheck doctor --database sqlite:backup.db`
	}
	return v.Show("installation/show", v.T("web.installation.heading"), data)
}

func (v *Visit) durability(d *survey.Database) view.Cell {
	weak := "weak"
	switch {
	case len(d.Weak) == 0:
		return view.Cell{Status: &view.Status{Kind: "ok", Text: v.T("web.installation.durable")}}
	case d.WeakAllowed:
		weak = "weak-allowed"
	}
	return view.Cell{Status: &view.Status{Kind: "act", Text: v.T("web.installation." + weak)}, Small: strings.Join(d.Weak, ", ")}
}

func (v *Visit) schema(d *survey.Database) view.Cell {
	return view.Cell{
		Text:  v.T("web.installation.schema-at", "current", v.Integer(int(d.Schema)), "latest", v.Integer(int(d.Latest))),
		Small: v.T("web.installation.migrated", "day", v.Date(d.Migrated)),
	}
}

func (v *Visit) keys(i *survey.Installation) view.Cell {
	switch {
	case i.KeysErr != nil:
		return view.Cell{Status: &view.Status{Kind: "act", Text: v.T("web.installation.keys-unreadable")}}
	case i.Keyless > 0:
		return view.Cell{Status: &view.Status{Kind: "act", Text: v.T("web.installation.keys-missing", "n", i.Keyless)}}
	}
	return view.Cell{Status: &view.Status{Kind: "ok", Text: v.T("web.installation.keys-there")}, Small: v.T("web.installation.rounds", "n", i.Rounds)}
}

// SendOwnTestMail sends a mail to the operator who asks for it.
func (w *Web) SendOwnTestMail(c *gin.Context) error {
	return visitOf(c).testMail("", "/installation", w.ShowInstallation)
}
