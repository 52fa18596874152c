package v1

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/table"
)

func newImport(o *survey.ImportOutcome) Import {
	return Import{
		New: o.New, Changed: o.Changed, Unchanged: o.Unchanged, Missing: o.Missing, Left: o.Left, Wrong: o.Wrong,
		Units: list(o.Units), Errors: rowErrors(o.Errors),
	}
}

func rowErrors(errors []survey.RowError) []RowError {
	out := []RowError{}
	for _, e := range errors {
		out = append(out, RowError{e.Row, e.Column, e.Code})
	}
	return out
}

// rowFault points at every cell that is wrong, as /line/heading.
func rowFault(errors []survey.RowError) error {
	f := fault.New(fault.Invalid, "import-row-invalid")
	for _, e := range errors {
		f = f.With(fault.Field{Pointer: "/" + strconv.Itoa(e.Row) + "/" + escape.Replace(e.Column), Code: e.Code})
	}
	return f
}

// escape makes a part of a JSON pointer of a heading.
var escape = strings.NewReplacer("~", "~0", "/", "~1")

// separators by their names.
var separators = map[string]rune{"semicolon": ';', "comma": ',', "tab": '\t'}

// ImportPeople brings the people in step with a list. A dry run tells the rows that are
// wrong, an import is refused with them.
func (a *API) ImportPeople(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	DryRun bool `query:"dry_run" doc:"only tell what would happen"`
	Leave  bool `query:"leave" doc:"who is not in the file leaves; otherwise stays"`

	Separator string `query:"separator" enum:"semicolon,comma,tab," doc:"found out by default"`
	Charset   string `query:"charset" enum:"utf-8,windows-1252," doc:"found out by default"`

	RawBody []byte `contentType:"text/csv" required:"true"`
}) (*struct{ Body Import }, error) {
	if err := actor.In(account.ChangePeople, in.Organisation); err != nil { // counted only for who may
		return nil, err
	}
	if err := take(ctx, a.limits.Imports, in.Organisation); err != nil {
		return nil, err
	}
	out, err := a.service.ImportPeople(ctx, actor, survey.OrganisationID(in.Organisation), survey.ImportInput{
		File: bytes.NewReader(in.RawBody), DryRun: in.DryRun, Leave: in.Leave,
		Said: table.Said{Separator: separators[in.Separator], Charset: table.Charset(in.Charset)},
	})
	switch {
	case fault.Is(err, "import-row-invalid") && out != nil && !in.DryRun:
		return nil, rowFault(out.Errors)
	case err != nil && !fault.Is(err, "import-row-invalid"):
		return nil, err
	}
	return &struct{ Body Import }{newImport(out)}, nil
}

// ExportPerson gives everything that is stored about a person.
func (a *API) ExportPerson(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	ByPerson
}) (*struct{ Body Dossier }, error) {
	d, err := a.service.ExportPerson(ctx, actor, survey.OrganisationID(in.Organisation), survey.PersonID(in.Person))
	if err != nil {
		return nil, err
	}
	out := Dossier{Person: newPerson(&d.Person), Invitations: []Invitation{}, Asked: []Times{}, Rosters: []Rostered{}}
	for _, m := range d.Memberships {
		out.Invitations = append(out.Invitations, Invitation{string(m.Round), binary(m.Handle), m.Process, m.Role, m.Unit, string(d.Mails[m.Round])})
	}
	for _, r := range d.Rosters {
		out.Rosters = append(out.Rosters, Rostered{string(r.Round), binary(r.Mark), r.Process, r.Role, r.Unit})
	}
	for r, n := range d.Asked {
		out.Asked = append(out.Asked, Times{r.Process, r.Role, n})
	}
	slices.SortFunc(out.Asked, func(a, b Times) int { return cmp.Or(cmp.Compare(a.Process, b.Process), cmp.Compare(a.Role, b.Role)) })
	return &struct{ Body Dossier }{out}, nil
}

// PersonFile asks for what is stored about a person, to be read.
type PersonFile struct {
	ByOrganisation
	ByPerson
	Lang
}

// ReadPerson gives everything that is stored about a person as a page to be handed over.
func (a *API) ReadPerson(ctx context.Context, actor account.Actor, in *PersonFile) (*File, error) {
	d, err := a.service.ExportPerson(ctx, actor, survey.OrganisationID(in.Organisation), survey.PersonID(in.Person))
	if err != nil {
		return nil, err
	}
	document, err := report.BuildDossier(report.DossierInput{Dossier: d, Language: in.language(), Software: a.release})
	if err != nil {
		return nil, err
	}
	body, err := fragment.Whole(document)
	if err != nil {
		return nil, err
	}
	return newFile("person_"+d.Organisation.Key+".html", "text/html; charset=utf-8", func(w io.Writer) error {
		_, err := w.Write(body)
		return err
	}), nil
}

// DeletePerson removes a person at once.
func (a *API) DeletePerson(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	ByPerson
	Seen
}) (*None, error) {
	return &None{}, a.service.DeletePerson(ctx, actor, survey.OrganisationID(in.Organisation), survey.PersonID(in.Person), seen(in.IfMatch))
}
