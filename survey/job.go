package survey

import (
	"fmt"
	"time"
)

// JobKind names a kind of work that falls due by itself.
type JobKind string

// The kinds. cmd/pulscheck/jobs.go says what each does.
const (
	SubmitJob JobKind = "submit" // of a round: lay it before the auditor, if there is one
	OpenJob   JobKind = "open"   // of a round: freeze the draft
	CloseJob  JobKind = "close"  // of a round: no more answers
	CountJob  JobKind = "count"  // of a round: count it, then forget what it left
	NumberJob JobKind = "number" // of a round, every morning: how many answered so far

	InviteJob      JobKind = "invite"       // of a round: its invitations
	RemindJob      JobKind = "remind"       // of a round: the first reminder
	RemindAgainJob JobKind = "remind-again" // of a round: the second and last reminder
	ReportJob      JobKind = "report"       // of a counted check round: the drafts of its report
	TeamJob        JobKind = "team"         // of an iteration: the drafts of its team sheet
	DeliverJob     JobKind = "deliver"      // of the installation: letters of the outbox

	PurgeJob JobKind = "purge" // of the installation: what was kept long enough
)

// Job is work that falls due. Whoever causes it stores it in the transaction of the
// cause. Kind, Object and Due name it: stored twice, it is still one.
type Job struct {
	Kind         JobKind
	Object       string         // id of what it is about; empty for the installation
	Organisation OrganisationID // whose audit hears of it if it fails for good; empty for the installation
	Due          time.Time      // exact to the millisecond
}

// job gives work on the round.
func (r *Round) job(kind JobKind, due time.Time) Job {
	return Job{Kind: kind, Object: string(r.ID), Organisation: r.Organisation, Due: due}
}

// Planned gives the job that opens a draft when its time comes. A draft stored
// without it waits to be opened by hand.
func (r *Round) Planned() Job { return r.job(OpenJob, r.Opens) }

// submitAhead is how long before opening a round goes to the auditor: more than the
// auditor is promised, so that a weekend lies in between at the most.
const submitAhead = reviewTime + 49*time.Hour

// Jobs gives what falls due by itself for a draft: nothing for one made by hand.
func (r *Round) Jobs() []Job {
	if !r.FromCadence {
		return nil
	}
	return []Job{r.job(SubmitJob, r.Opens.Add(-submitAhead)), r.Planned()}
}

// field gives what falls due for a round while it is open: invitations, reminders, a
// number every morning, and its end. What lies before now was missed.
func (r *Round) field(o *Organisation, now time.Time) []Job {
	begins := r.Opens
	if now.After(begins) {
		begins = now
	}
	jobs := []Job{r.job(InviteJob, begins), r.job(CloseJob, r.Closes)}
	for i, at := range r.Reminders[:min(len(r.Reminders), maxReminders)] {
		if at.After(begins) {
			jobs = append(jobs, r.job([]JobKind{RemindJob, RemindAgainJob}[i], at))
		}
	}
	if morning := NextFieldNumber(o, begins); morning.Before(r.Closes) {
		jobs = append(jobs, r.job(NumberJob, morning))
	}
	return jobs
}

// EarlyError is the error of a use case that was asked for before its time. It is no
// failure: the job is due again at Until.
type EarlyError struct{ Until time.Time }

// Error implements error.
func (e EarlyError) Error() string { return fmt.Sprintf("not before %s", e.Until.Format(time.RFC3339)) }
