package survey

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Finding is what a rule of the check report found, in the words of the rule.
type Finding struct {
	ID       string `json:"id"`   // of the rule and what it is about, e.g. F1 or F4-INC
	Rule     string `json:"rule"` // e.g. F4
	Head     string `json:"head"`
	Evidence string `json:"evidence"`
}

// Plain gives the finding without soft hyphens, for a form.
func (f Finding) Plain() Finding {
	f.Head, f.Evidence = plain.Replace(f.Head), plain.Replace(f.Evidence)
	return f
}

// EditChoice is what becomes of a finding.
type EditChoice string

// The choices. Without any a finding is kept.
const (
	FindingKept    EditChoice = "kept"
	FindingChanged EditChoice = "changed"
	FindingLeftOut EditChoice = "left_out"
)

// Edit is what somebody made of a finding, in one language. It holds as long as the rule
// says what it said then: other values are another finding.
type Edit struct {
	Choice   EditChoice   `json:"choice"`
	Head     string       `json:"head,omitempty"`     // empty = that of the rule
	Evidence string       `json:"evidence,omitempty"` // empty = that of the rule
	Reason   string       `json:"reason,omitempty"`   // why it is left out
	Of       Finding      `json:"of"`
	By       string       `json:"by"` // account
	Role     account.Role `json:"role"`
	At       time.Time    `json:"at"`
}

// Holds says that the rule says what it said when the edit was made.
func (e *Edit) Holds(f Finding) bool { return e.Of.Head == f.Head && e.Of.Evidence == f.Evidence }

// FindingEdits are the edits of the findings of an iteration in one language, by id.
type FindingEdits struct {
	Of      map[string]Edit
	Version int // counts the changes, 0 = nothing was edited yet
}

// Edits keeps what people make of findings.
type Edits interface {
	FindEdits(ctx context.Context, id IterationID, l locale.Language) (*FindingEdits, error)
	// PutEdits stores edits over version e.Version and hands on the jobs that draw the
	// draft again, whose version goes up. Fault Conflict "report-issued" once it is none.
	PutEdits(ctx context.Context, r *Report, e *FindingEdits, then []Job, told ...audit.Entry) error
}

// EditInput is what is said of a finding; nil stays.
type EditInput struct {
	Finding  string
	Choice   *string
	Head     *string
	Evidence *string
	Reason   *string
}

// maxFindings is the most findings that are edited at once.
const maxFindings = 20

// ListFindings gives what the rules found of a check report as it was drawn, and what was
// made of it. Other reports, and drafts that nobody has drawn yet, have none.
func (s *Service) ListFindings(ctx context.Context, actor account.Actor, id ReportID) ([]Finding, *FindingEdits, error) {
	report, _, err := s.report(ctx, actor, account.ReadReports, id)
	if err != nil {
		return nil, nil, err
	}
	edits, err := s.store.FindEdits(ctx, report.Iteration, report.Language)
	return report.Findings, edits, err
}

// Edits gives what was made of the findings of an iteration in a language.
func (s *Service) Edits(ctx context.Context, actor account.Actor, id IterationID, l locale.Language) (*FindingEdits, error) {
	if _, _, err := s.iteration(ctx, actor, account.ReadReports, id); err != nil {
		return nil, err
	}
	return s.store.FindEdits(ctx, id, l)
}

// EditFindings keeps findings of a draft as the rules say them, puts them into other words
// or leaves them out, and has the draft drawn again. seen is the version of the edits. The
// audit hears the words of the rule, never those of people. Faults: Conflict
// "report-issued" of what is no draft any more, Stale "version-conflict".
func (s *Service) EditFindings(ctx context.Context, actor account.Actor, id ReportID, seen int, in []EditInput) ([]Finding, *FindingEdits, error) {
	report, programme, err := s.report(ctx, actor, account.IssueReports, id)
	if err != nil {
		return nil, nil, err
	}
	if report.State != ReportDraft {
		return nil, nil, fault.New(fault.Conflict, "report-issued")
	}
	edits, err := s.store.FindEdits(ctx, report.Iteration, report.Language)
	if err != nil {
		return nil, nil, err
	}
	if edits.Version != seen {
		return nil, nil, fault.New(fault.Stale, "version-conflict")
	}
	before := maps.Clone(edits.Of)
	if err := edits.apply(report.Findings, in); err != nil {
		return nil, nil, err
	}
	now := s.now()
	var told []audit.Entry
	for _, f := range report.Findings {
		e, was := edits.Of[f.ID], before[f.ID]
		if e == was {
			continue
		}
		e.By, e.Role, e.At = actor.ID, actor.Role, now.UTC().Truncate(time.Second)
		edits.Of[f.ID] = e
		told = append(told, s.tell(actor, programme.Organisation, "finding.edit", string(id), map[string]string{
			"finding": f.ID, "choice": string(e.Choice), "language": string(report.Language), "head": f.Head, "evidence": f.Evidence,
		}))
	}
	if len(told) == 0 {
		return report.Findings, edits, nil
	}
	return report.Findings, edits, s.putEdits(ctx, report, edits, now, told)
}

// putEdits stores edits and has the draft drawn again.
func (s *Service) putEdits(ctx context.Context, r *Report, edits *FindingEdits, now time.Time, told []audit.Entry) error {
	round, err := s.headline(ctx, r.Iteration)
	if err != nil {
		return err
	}
	var then []Job
	if round != nil {
		then = []Job{round.job(ReportJob, now.Truncate(time.Millisecond))}
	}
	if err := s.store.PutEdits(ctx, r, edits, then, told...); err != nil {
		return err
	}
	edits.Version++
	return nil
}

// apply takes what is said of findings; all that is wrong is told at once.
func (edits *FindingEdits) apply(findings []Finding, in []EditInput) error {
	var c checks
	if len(in) > maxFindings {
		c.wrong("/findings", "too-many-items")
		return c.err()
	}
	for n := range in {
		at := "/findings/" + strconv.Itoa(n)
		i := slices.IndexFunc(findings, func(f Finding) bool { return f.ID == in[n].Finding })
		if i < 0 {
			c.wrong(at+"/finding", "finding-unknown")
			continue
		}
		e, said := edits.Of[findings[i].ID]
		was := e
		in[n].apply(&e, findings[i], at, &c)
		if !said && e == (Edit{Choice: FindingKept}) {
			continue
		}
		if e != was || e.Choice != FindingKept && !e.Holds(findings[i]) {
			e.Of = findings[i]
		}
		edits.Of[findings[i].ID] = e
	}
	return c.err()
}

func (in *EditInput) apply(e *Edit, f Finding, at string, c *checks) {
	choice := string(e.Choice)
	if choice == "" {
		choice = string(FindingKept)
	}
	c.choice(at+"/choice", &choice, in.Choice, "choice-unknown", string(FindingKept), string(FindingChanged), string(FindingLeftOut))
	e.Choice = EditChoice(choice)
	c.maybe(at+"/head", &e.Head, oneLine(in.Head), maxName)
	c.maybe(at+"/evidence", &e.Evidence, oneLine(in.Evidence), maxSentence)
	c.maybe(at+"/reason", &e.Reason, oneLine(in.Reason), maxSentence)
	if e.Head == f.Plain().Head {
		e.Head = ""
	}
	if e.Evidence == f.Plain().Evidence {
		e.Evidence = ""
	}
	if e.Choice == FindingChanged && e.Head+e.Evidence == "" {
		c.wrong(at+"/evidence", "finding-same")
	}
	if e.Choice == FindingLeftOut && e.Reason == "" {
		c.missing(at + "/reason")
	}
}

// plain takes out soft hyphens, and makes lines that somebody broke into one.
var plain = strings.NewReplacer("\r\n", " ", "\n", " ", "\u00ad", "")

func oneLine(text *string) *string {
	if text == nil {
		return nil
	}
	one := plain.Replace(*text)
	return &one
}
