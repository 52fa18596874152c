package apitest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pulscheck/api"
	v1 "pulscheck/api/v1"
	"pulscheck/api/web"
	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/cadence"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
)

var ctx = context.Background()

// world is the whole server on a real database, with an organisation of the callers'
// own and a foreign one that has all the same.
type world struct {
	t        *testing.T
	url      string
	store    *store.Store
	service  *survey.Service
	server   http.Handler
	now      time.Time // of the use cases
	asked    time.Time // of the limits
	own      map[string]string
	foreign  map[string]string
	tokens   map[account.Role]string
	bad      map[string]string // tokens that are none, by what is wrong with them
	patience context.Context   // of the callers
	still    bool              // the clock of the limits stands
	mu       sync.Mutex        // of asked
}

func newWorld(t *testing.T, url string) *world {
	t.Helper()
	w := &world{
		t: t, url: url, store: storetest.Open(t, url), now: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC),
		tokens: map[account.Role]string{}, patience: ctx,
	}
	w.asked = w.now
	keys, err := ballot.OpenKeystore(filepath.Join(t.TempDir(), "keys"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	w.service = survey.NewService(survey.Options{
		Store: w.store, Keys: keys, Now: func() time.Time { return w.now }, Random: rand.Reader, Log: log,
		Facts: survey.Facts{Version: "v1.0.0", Commit: strings.Repeat("c", 40), Go: "go1.26", MailFrom: "puls@nordlicht.example"},
	})
	clock := func() time.Time { // nobody asks too often by it
		w.mu.Lock()
		defer w.mu.Unlock()
		if !w.still {
			w.asked = w.asked.Add(2 * time.Second)
		}
		return w.asked
	}
	w.server = api.New(api.Options{
		Participation: w.service, Ready: w.store.Ping, Now: clock, Log: log,
		Management: &v1.Options{Service: w.service, Replies: w.store, Secret: []byte("secret of the cursors"), Now: clock},
		Pages: &web.Options{
			Base:    "https://puls.nordlicht.example",
			Service: w.service, Replies: w.store, Now: func() time.Time { return w.now },
			Source: source.New(w.service, source.Options{Now: func() time.Time { return w.now }}),
		},
	})
	w.own, w.foreign = w.organisation(), w.organisation()
	for _, r := range account.Roles() {
		w.tokens[r] = w.token(r, w.own["organisation"], 90*24*time.Hour)
	}
	w.bad = map[string]string{"no": "", "unknown": strings.Repeat("x", 47), "expired": w.token(account.Lead, w.own["organisation"], time.Minute)}
	w.bad["revoked"] = w.token(account.Lead, w.own["organisation"], time.Hour)
	actor, err := w.service.Authenticate(ctx, w.bad["revoked"])
	w.check(err)
	id := account.TokenID(strings.TrimPrefix(actor.ID, "token:"))
	w.check(w.service.RevokeToken(ctx, account.System(), survey.OrganisationID(w.own["organisation"]), id))
	w.now = w.now.Add(2 * time.Minute)
	return w
}

func (w *world) check(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) token(r account.Role, organisation string, life time.Duration) string {
	w.t.Helper()
	in := survey.TokenInput{Role: r, Organisation: survey.OrganisationID(organisation), Name: "test", Life: life}
	if r == account.Operator {
		in.Organisation = ""
	}
	if r == account.Owner {
		in.Processes = []string{"INC"}
	}
	_, text, err := w.service.CreateToken(ctx, account.System(), in)
	w.check(err)
	return text
}

// organisation makes an organisation with one of everything: ids by the names that
// stand in paths.
func (w *world) organisation() map[string]string {
	w.t.Helper()
	o := storetest.Organisation(w.t, w.store)
	people := storetest.People(w.t, w.store, o, 12)
	r := storetest.Round(w.t, w.store, o, questionnaire.Check(), w.now)
	_, err := w.service.OpenRound(ctx, account.System(), r.ID)
	w.check(err)
	w.check(w.service.FinishRound(ctx, r.ID))
	i, err := w.store.FindIteration(ctx, r.Iteration)
	w.check(err)
	i, err = w.service.CreateIteration(ctx, account.System(), i.Programme, survey.IterationInput{
		Starts: at(w.now, 1), Checks: at(w.now, 120), Ends: at(w.now, 150), Scope: &[]string{"INC"},
	})
	w.check(err)
	_, err = w.service.PutCadence(ctx, account.System(), i.Programme, 0, cadence.Default("Europe/Berlin"))
	w.check(err)
	body := []byte("%PDF-1.7 of " + o.Key)
	sum := sha256.Sum256(body)
	report := &survey.Report{
		ID: survey.ReportID(survey.NewID()), Iteration: r.Iteration, Kind: survey.CheckReport, Language: "de", Number: 1, State: survey.ReportDraft,
		Document: "doc-" + o.Key, DataHash: sum[:], FileName: "check-bericht_" + o.Key + "_i01_v1.pdf", FileHash: sum[:], Body: body, Created: w.now,
		Findings: []survey.Finding{
			{ID: "F1", Rule: "F1", Head: "Akzeptanz steigt auf 60", Evidence: "Vorher 51."},
			{ID: "F4-INC", Rule: "F4", Head: "Störungen liegt zurück", Evidence: "48 zu 60."},
		},
	}
	w.check(w.store.CreateReport(ctx, report))
	ids := map[string]string{
		"organisation": string(o.ID), "home": string(o.ID), "okey": o.Key, "key": "INC", "token": survey.NewID(), "person": string(people[0].ID), "programme": string(i.Programme),
		"iteration": string(i.ID), "round": string(r.ID), "report": string(report.ID),
		"model": "m" + o.Key, "step": "time", "link": survey.NewID(),
	}
	ids["counted"], ids["before"] = string(r.ID), string(r.Iteration)
	ids["comment"] = w.comment(ids["counted"], "Es dauert.")
	_, err = w.service.CreateEntry(ctx, account.System(), o.ID, survey.ThemeList, survey.EntryInput{Key: "tools", Name: locale.Text{DE: "Werkzeuge", EN: "Tools"}})
	w.check(err)
	_, err = w.service.CreateModel(ctx, account.System(), o.ID, strings.NewReader(w.staged("m"+o.Key)))
	w.check(err)
	ids["question"] = w.question(o.ID, r.ID, "Wann?")
	ids["user"] = string(w.user(account.Steering, string(o.ID)).ID)
	w.records(i.ID, ids)
	return ids
}

// comment puts a text into the queue of a counted round.
func (w *world) comment(round, text string) string {
	w.t.Helper()
	id := survey.NewID()
	db, _ := storetest.Past(w.t, w.url)
	_, err := db.ExecContext(ctx, "INSERT INTO comments (id, round, body, kind) VALUES (?, ?, ?, '')", id, round, text)
	w.check(err)
	return id
}

// question leaves a text at the open door.
func (w *world) question(o survey.OrganisationID, r survey.RoundID, text string) string {
	w.t.Helper()
	code, err := w.service.DrawDoorCode()
	w.check(err)
	w.check(w.service.Ask(ctx, r, code, text))
	all, err := w.service.ListQuestions(ctx, account.System(), o)
	w.check(err)
	i := slices.IndexFunc(all, func(q survey.Question) bool { return q.Text == text })
	return string(all[i].ID)
}

// staged is a framework of five stages in YAML under another id.
func (w *world) staged(id string) string {
	w.t.Helper()
	text, err := os.ReadFile("../../survey/maturity/testdata/staged.yaml")
	w.check(err)
	return strings.Replace(string(text), "fuenf-stufen", id, 1)
}

// records makes a record of every kind.
func (w *world) records(id survey.IterationID, ids map[string]string) {
	w.t.Helper()
	name, process, system := "Sample", "INC", account.System()
	ids["record"], ids["upload"] = survey.NewID(), survey.NewID()
	add := func(r *survey.Record) { ids[string(r.Kind)] = string(r.ID) }
	goal, err := w.service.CreateGoal(ctx, system, id, survey.GoalInput{Name: &name, Process: &process})
	w.check(err)
	add(&goal.Record)
	kpi, err := w.service.CreateKPI(ctx, system, id, survey.KPIInput{Name: &name, Process: &process})
	w.check(err)
	add(&kpi.Record)
	quickWin, err := w.service.CreateQuickWin(ctx, system, id, survey.QuickWinInput{Name: &name, Process: &process})
	w.check(err)
	add(&quickWin.Record)
	improvement, err := w.service.CreateImprovement(ctx, system, id, survey.ImprovementInput{Criticism: &name, Process: &process})
	w.check(err)
	add(&improvement.Record)
	decision, err := w.service.CreateDecision(ctx, system, id, survey.DecisionInput{Proposal: &name})
	w.check(err)
	add(&decision.Record)
	text := locale.Text{DE: "Probe", EN: "Sample"}
	pair, err := w.service.CreatePair(ctx, system, id, survey.PairInput{Said: &text, Did: &text, Process: &process})
	w.check(err)
	add(&pair.Record)
	assessment, err := w.service.CreateAssessment(ctx, system, id, survey.AssessmentInput{Process: &process})
	w.check(err)
	ids["assessment"] = string(assessment.ID)
}

func at(now time.Time, days int) *time.Time {
	t := now.AddDate(0, 0, days)
	return &t
}

// ask sends a request and gives status and body of the answer.
func (w *world) ask(method, path, token, ifMatch, media, body string) (int, string) {
	w.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if ifMatch != "" {
		r.Header.Set("If-Match", ifMatch)
	}
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	answer := httptest.NewRecorder()
	w.server.ServeHTTP(answer, r.WithContext(w.patience))
	return answer.Code, answer.Body.String()
}
