package survey_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// TestStartFindsWhatIsLeft: a start plans the work of rounds whose jobs are missing,
// as in a database that is older than the jobs, at every state, and does not double
// what waits already.
func TestStartFindsWhatIsLeft(t *testing.T) {
	url := storetest.SQLite(t)
	h := begin(t, url, 12)
	db, _ := storetest.Past(t, url)
	all := []survey.JobKind{survey.SubmitJob, survey.OpenJob, survey.CloseJob, survey.CountJob}
	finished := func() survey.State {
		r, err := h.store.FindRound(ctx, h.round.ID)
		if err != nil {
			t.Fatal(err)
		}
		return r.State
	}
	for _, want := range []struct {
		kind  survey.JobKind
		run   func() error
		state survey.State
	}{
		{survey.CloseJob, func() error { return h.CloseDueRound(ctx, h.round.ID) }, survey.Closed},
		{survey.CountJob, func() error { return h.CountDueRound(ctx, h.round.ID) }, survey.Done},
	} {
		if _, err := db.Exec("DELETE FROM jobs"); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := h.PlanJobs(ctx); err != nil {
				t.Fatal(err)
			}
		}
		jobs, err := h.store.ListDueJobs(ctx, h.round.Closes, all, 10)
		if err != nil || len(jobs) != 1 || jobs[0].Kind != want.kind || jobs[0].Object != string(h.round.ID) {
			t.Fatalf("%v %v, want one job %s", jobs, err, want.kind)
		}
		h.now = h.round.Closes
		if err := want.run(); err != nil {
			t.Fatal(err)
		}
		if got := finished(); got != want.state {
			t.Errorf("after %s: %s, want %s", want.kind, got, want.state)
		}
	}
	if _, err := db.Exec("DELETE FROM jobs"); err != nil {
		t.Fatal(err)
	}
	if err := h.PlanJobs(ctx); err != nil {
		t.Fatal(err)
	}
	if _, found, err := h.store.NextJob(ctx, all); found || err != nil {
		t.Errorf("a job for a round that is done: %v", err)
	}
}

// TestDueInItsTime: a round that was moved to later opens then, one that was opened
// or removed in the meantime is left alone, and nothing closes before its time.
func TestDueInItsTime(t *testing.T) {
	h := begin(t, storetest.SQLite(t), 12)
	o, err := h.store.FindOrganisation(ctx, h.round.Organisation)
	if err != nil {
		t.Fatal(err)
	}
	draft := storetest.Round(t, h.store, o, questionnaire.Check(), h.now.Add(3*time.Hour))
	var early survey.EarlyError
	if err := h.OpenDueRound(ctx, draft.ID); !errors.As(err, &early) || !early.Until.Equal(draft.Opens) {
		t.Errorf("before its time: %v, want not before %v", err, draft.Opens)
	}
	if err := h.CloseDueRound(ctx, h.round.ID); !errors.As(err, &early) || !early.Until.Equal(h.round.Closes) {
		t.Errorf("closing before its time: %v, want not before %v", err, h.round.Closes)
	}
	h.now = draft.Opens
	for range 2 {
		if err := h.OpenDueRound(ctx, draft.ID); err != nil {
			t.Errorf("in its time, or already open: %v", err)
		}
	}
	if r, err := h.store.FindRound(ctx, draft.ID); err != nil || r.State != survey.Open {
		t.Errorf("%+v, %v, want an open round", r, err)
	}
	for name, run := range map[string]func() error{
		"open": func() error { return h.OpenDueRound(ctx, "gone") }, "close": func() error { return h.CloseDueRound(ctx, "gone") },
		"count": func() error { return h.CountDueRound(ctx, "gone") }, "submit": func() error { return h.SubmitDueRound(ctx, "gone") },
	} {
		if err := run(); err != nil {
			t.Errorf("%s of a round that is gone: %v", name, err)
		}
	}
}

// TestFieldJobs: an open round leaves what is due until it closes, each once, in its
// order; what lies before its opening was missed.
func TestFieldJobs(t *testing.T) {
	url := storetest.SQLite(t)
	h := begin(t, url, 12)
	o, err := h.store.FindOrganisation(ctx, h.round.Organisation)
	if err != nil {
		t.Fatal(err)
	}
	r := storetest.Round(t, h.store, o, questionnaire.Check(), h.now)
	r.Reminders = []time.Time{h.now.Add(4 * time.Hour), h.now.Add(6 * time.Hour)}
	if err := h.store.UpdateRound(ctx, r, survey.Also{}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.OpenRound(ctx, account.System(), r.ID); err != nil {
		t.Fatal(err)
	}
	kinds := []survey.JobKind{survey.InviteJob, survey.RemindJob, survey.RemindAgainJob, survey.NumberJob, survey.CloseJob}
	jobs, err := h.store.ListDueJobs(ctx, r.Closes, kinds, 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, j := range jobs {
		if j.Object == string(r.ID) {
			got = append(got, j.Due.Format("02 15:04 ")+string(j.Kind))
		}
	}
	want := []string{"02 08:00 invite", "02 12:00 remind", "02 14:00 remind-again", "03 05:00 number", "03 08:00 close"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("jobs of an open round (-want +got):\n%s", diff)
	}
	var early survey.EarlyError
	h.now = jobs[len(jobs)-1].Due.Add(-3 * time.Hour)
	if err := h.NumberDueRound(ctx, r.ID); err != nil && !errors.As(err, &early) {
		t.Error(err)
	}
	if n, err := h.store.FindFieldNumber(ctx, r.ID); err != nil || n.Day != "2026-03-03" {
		t.Errorf("%+v, %v, want the number of the day", n, err)
	}
}
