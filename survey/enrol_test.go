package survey_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding/charmap"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
)

// office is a service on an empty database with one organisation and a clock.
type office struct {
	*survey.Service
	store *store.Store
	org   *survey.Organisation
	now   time.Time
}

func newOffice(t testing.TB, url string) *office {
	t.Helper()
	o := &office{store: storetest.Open(t, url), now: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)}
	keys, err := ballot.OpenKeystore(filepath.Join(t.TempDir(), "keys"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o.org = storetest.Organisation(t, o.store)
	o.Service = survey.NewService(survey.Options{
		Store: o.store, Keys: keys, Now: func() time.Time { return o.now }, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	return o
}

func (o *office) enrol(t testing.TB, file string, in survey.ImportInput) (*survey.ImportOutcome, error) {
	t.Helper()
	in.File = strings.NewReader(file)
	return o.ImportPeople(ctx, account.System(), o.org.ID, in)
}

func (o *office) people(t testing.TB) []survey.Person {
	t.Helper()
	all, err := o.ListPeople(ctx, account.System(), o.org.ID)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

const list = `E-Mail;Name;Prozess;Rolle;Abteilung;Sprache
anna@nordlicht.example;Anna Groß;INC;staff;Service Desk;de
anna@nordlicht.example;Anna Groß;CHG;Prozessmanagement;Service Desk;de
BERND@nordlicht.example;Bernd;inc;STAFF;it;en
;Carla Müller;CHG;user;Werk Süd;
`

func TestImportPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		dry, err := o.enrol(t, list, survey.ImportInput{DryRun: true})
		if err != nil {
			t.Fatal(err)
		}
		want := &survey.ImportOutcome{New: 3, Units: []string{"Service Desk", "Werk Süd"}}
		if diff := cmp.Diff(want, dry, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("dry run (-want +got):\n%s", diff)
		}
		if n := len(o.people(t)); n != 0 {
			t.Fatalf("a dry run stored %d people", n)
		}
		if _, err := o.enrol(t, list, survey.ImportInput{}); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range o.people(t) {
			got = append(got, fmt.Sprint(p.Email, "|", p.Name, "|", p.Unit, "|", p.Locale, "|", p.Roles))
		}
		wantPeople := []string{
			"|Carla Müller|werk-sued|de|[{CHG user}]",
			"BERND@nordlicht.example|Bernd|it|en|[{INC staff}]",
			"anna@nordlicht.example|Anna Groß|service-desk|de|[{CHG manager} {INC staff}]",
		}
		if diff := cmp.Diff(wantPeople, got); diff != "" {
			t.Errorf("people (-want +got):\n%s", diff)
		}
		narrow, err := charmap.Windows1252.NewEncoder().String(list)
		if err != nil {
			t.Fatal(err)
		}
		for name, again := range map[string]string{"same": list, "Windows-1252": narrow} {
			out, err := o.enrol(t, again, survey.ImportInput{Leave: true})
			if diff := cmp.Diff(&survey.ImportOutcome{Unchanged: 3}, out, cmpopts.EquateEmpty()); err != nil || diff != "" {
				t.Errorf("%s file again: %v\n%s", name, err, diff)
			}
		}
		changed := strings.Replace(strings.Replace(list, ";it;en", ";it;de", 1), ";Carla Müller;CHG;user;Werk Süd;\n", "", 1)
		out, err := o.enrol(t, changed, survey.ImportInput{Leave: true})
		if diff := cmp.Diff(&survey.ImportOutcome{Changed: 1, Unchanged: 1, Missing: 1, Left: 1}, out, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("changed file: %v\n%s", err, diff)
		}
		if back, err := o.enrol(t, list, survey.ImportInput{}); err != nil || back.Changed != 2 {
			t.Errorf("who left comes back: %+v, %v", back, err)
		}
		entries, err := o.store.ListAudit(ctx, o.org.ID)
		if err != nil || audit.Verify(entries) != nil {
			t.Errorf("audit: %v, %v", err, audit.Verify(entries))
		}
	})
}

func TestImportRefuses(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	if _, err := o.enrol(t, list, survey.ImportInput{}); err != nil {
		t.Fatal(err)
	}
	before := o.people(t)
	head := "email;name;process;role\n"
	for name, c := range map[string]struct {
		file string
		key  string
		rows []survey.RowError
	}{
		"address":      {head + "a.muster@;A;INC;staff\n", "import-row-invalid", []survey.RowError{{Row: 2, Column: "email", Code: "email-invalid", Value: "a.muster@"}}},
		"two in one":   {head + "a@x.example,b@x.example;A;INC;staff\n", "import-row-invalid", []survey.RowError{{Row: 2, Column: "email", Code: "email-invalid", Value: "a@x.example,b@x.example"}}},
		"nobody":       {head + ";;INC;staff\n", "import-row-invalid", []survey.RowError{{Row: 2, Column: "name", Code: "import-nobody"}}},
		"process":      {head + "a@x.example;A;XYZ;staff\nb@x.example;B;INC;staff\n", "import-row-invalid", []survey.RowError{{Row: 2, Column: "process", Code: "process-unknown", Value: "XYZ"}}},
		"role":         {head + "a@x.example;A;INC;boss\n", "import-row-invalid", []survey.RowError{{Row: 2, Column: "role", Code: "role-unknown", Value: "boss"}}},
		"twice":        {head + "a@x.example;A;INC;staff\nA@x.example;A;INC;staff\n", "import-row-invalid", []survey.RowError{{Row: 3, Column: "process", Code: "import-row-twice", Other: 2}}},
		"differs":      {head + "a@x.example;A;INC;staff\na@x.example;B;CHG;staff\n", "import-row-invalid", []survey.RowError{{Row: 3, Column: "name", Code: "import-row-differs", Other: 2}}},
		"long cell":    {head + "a@x.example;" + strings.Repeat("x", 501) + ";INC;staff\n", "import-row-invalid", []survey.RowError{{Row: 2, Code: "text-length", Most: 500}}},
		"direction":    {head + "a@x.example;A\u202eB;INC;staff\n", "import-row-invalid", []survey.RowError{{Row: 2, Column: "name", Code: "control-character"}}},
		"no column":    {"email;name;process\na@x.example;A;INC\n", "import-column-missing", nil},
		"column twice": {"email;E-Mail;process;role\na;b;INC;staff\n", "import-column-twice", nil},
		"empty":        {"", "file-invalid", nil},
		"quote":        {head + "\"a;b\n", "file-invalid", nil},
		"workbook":     {"PK\x03\x04", "file-invalid", nil},
		"too many":     {head + strings.Repeat("a@x.example;A;INC;staff\n", 10_001), "import-too-large", nil},
	} {
		out, err := o.enrol(t, c.file, survey.ImportInput{})
		if !fault.Is(err, c.key) {
			t.Errorf("%s: %v, want %s", name, err, c.key)
			continue
		}
		if c.rows != nil {
			if diff := cmp.Diff(c.rows, out.Errors); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
	}
	if diff := cmp.Diff(before, o.people(t)); diff != "" {
		t.Errorf("a refused import changed something:\n%s", diff)
	}
}

// TestLargeImport is the largest file there may be: sent twice, with all names changed, and
// with nobody of it left. A server bounds how many statements a transaction may prepare.
func TestLargeImport(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		var file bytes.Buffer
		file.WriteString("email;name;process;role;unit\n")
		for i := range 10_000 {
			fmt.Fprintf(&file, "person%05d@nordlicht.example;Person %05d;%s;staff;Abteilung %d\n", i, i, []string{"INC", "CHG"}[i%2], i%20)
		}
		start := time.Now()
		out, err := o.enrol(t, file.String(), survey.ImportInput{})
		if err != nil || out.New != 10_000 {
			t.Fatalf("%+v, %v", out, err)
		}
		t.Logf("10,000 people in %.1f s", time.Since(start).Seconds())
		start = time.Now()
		out, err = o.enrol(t, file.String(), survey.ImportInput{Leave: true})
		if err != nil || out.Unchanged != 10_000 || out.New+out.Changed+out.Missing != 0 {
			t.Errorf("again: %+v, %v", out, err)
		}
		t.Logf("again in %.1f s", time.Since(start).Seconds())
		start = time.Now()
		out, err = o.enrol(t, strings.ReplaceAll(file.String(), ";Person ", ";Prof. Person "), survey.ImportInput{Leave: true})
		if err != nil || out.Changed != 10_000 || out.New+out.Unchanged+out.Missing != 0 {
			t.Fatalf("everybody changed: %+v, %v", out, err)
		}
		t.Logf("everybody changed in %.1f s", time.Since(start).Seconds())
		start = time.Now()
		out, err = o.enrol(t, "email;name;process;role\nnew@nordlicht.example;Neu;INC;staff\n", survey.ImportInput{Leave: true})
		if err != nil || out.Left != 10_000 || out.New != 1 {
			t.Fatalf("everybody left: %+v, %v", out, err)
		}
		t.Logf("everybody left in %.1f s", time.Since(start).Seconds())
		stay := slices.DeleteFunc(o.people(t), func(p survey.Person) bool { return p.Left != nil })
		if len(stay) != 1 || stay[0].Name != "Neu" {
			t.Errorf("%d people are still there", len(stay))
		}
	})
}

// TestPersonExportedAndDeleted: Art. 15 and 17.
func TestPersonExportedAndDeleted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		everybody, err := h.ListPeople(ctx, account.System(), h.round.Organisation)
		if err != nil {
			t.Fatal(err)
		}
		p := everybody[3]
		lead := account.Actor{ID: "lead", Role: account.Lead, Organisations: []string{string(p.Organisation)}}
		keys, err := h.keys.Load(string(h.round.ID))
		if err != nil {
			t.Fatal(err)
		}
		members, err := h.store.ListMembers(ctx, h.round.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range members {
			if m.Person == p.ID {
				entry := keys.MailEntry(string(survey.InvitationMail), m.Handle)
				if err := h.store.SettleEntries(ctx, h.round.ID, [][]byte{entry}, survey.MailSent); err != nil {
					t.Fatal(err)
				}
			}
		}
		d, err := h.ExportPerson(ctx, lead, p.Organisation, p.ID)
		if err != nil || d.Person.Email != p.Email || len(d.Memberships) != 1 || d.Asked[p.Roles[0]] != 1 {
			t.Fatalf("%+v, %v", d, err)
		}
		if len(d.Rosters) != 1 || d.Rounds[h.round.ID] == nil || d.Mails[h.round.ID] != survey.MailSent {
			t.Errorf("roster, round and mail: %+v", d)
		}
		if told, err := h.store.ListAudit(ctx, p.Organisation); err != nil || told[len(told)-1].Verb != "person.export" || told[len(told)-1].Subject != string(p.ID) {
			t.Errorf("the audit does not tell of it: %+v, %v", told, err)
		}
		names, err := h.KeepUpload(ctx, lead, p.Organisation, []byte("email;name\n"+strings.ToUpper(p.Email)+";X\n"))
		if err != nil {
			t.Fatal(err)
		}
		others, err := h.KeepUpload(ctx, lead, p.Organisation, []byte("email;name\n"+everybody[4].Email+";X\n"))
		if err != nil {
			t.Fatal(err)
		}
		if err := h.DeletePerson(ctx, lead, p.Organisation, p.ID, p.Version+1); fault.Of(err).Kind != fault.Stale {
			t.Errorf("who saw another version: %v", err)
		}
		if err := h.DeletePerson(ctx, lead, p.Organisation, p.ID, p.Version); err != nil {
			t.Fatal(err)
		}
		if _, err := h.ShowUpload(ctx, lead, p.Organisation, names); fault.Of(err).Kind != fault.NotFound {
			t.Errorf("a list that names the person is left: %v", err)
		}
		if _, err := h.ShowUpload(ctx, lead, p.Organisation, others); err != nil {
			t.Errorf("a list of others is gone: %v", err)
		}
		if _, err := h.ExportPerson(ctx, lead, p.Organisation, p.ID); fault.Of(err).Kind != fault.NotFound {
			t.Errorf("after deletion: %v", err)
		}
		members, err = h.store.ListMembers(ctx, h.round.ID)
		if err != nil || len(members) != 11 {
			t.Errorf("%d members, %v", len(members), err)
		}
		cells, err := h.store.ListInvited(ctx, h.round.ID)
		n := 0
		for _, c := range cells {
			n += c.Invited
		}
		if err != nil || n != 12 {
			t.Errorf("the roster lost the person: %d, %v", n, err)
		}
	})
}

func TestLeaversArePurged(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	if _, err := o.enrol(t, list, survey.ImportInput{}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.enrol(t, "email;process;role\nanna@nordlicht.example;INC;staff\n", survey.ImportInput{Leave: true}); err != nil {
		t.Fatal(err)
	}
	left := o.now
	for _, c := range []struct{ days, want int }{{30, 3}, {31, 1}} {
		o.now = left.AddDate(0, 0, c.days)
		if err := o.PurgePeople(ctx); err != nil {
			t.Fatal(err)
		}
		if got := len(o.people(t)); got != c.want {
			t.Errorf("after %d days %d people, want %d", c.days, got, c.want)
		}
	}
}
