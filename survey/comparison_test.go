package survey_test

import (
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
	"pulscheck/survey/table"
	"pulscheck/survey/tally"
)

// results stores a counted check round of the next iteration.
func (o *office) results(t testing.TB, p survey.ProgrammeID, number int) *survey.Round {
	t.Helper()
	o.now = time.Date(2026, 1, 1+7*number, 8, 0, 0, 0, time.UTC)
	r := storetest.NextRound(t, o.store, o.org, p, number, questionnaire.Check(), o.now)
	if _, err := o.OpenRound(ctx, account.System(), r.ID); err != nil {
		t.Fatal(err)
	}
	o.now = r.Closes
	if err := o.CloseRound(ctx, account.System(), r.ID); err != nil {
		t.Fatal(err)
	}
	index, n := 40+number, 30
	shown := func(g tally.Group) tally.GroupResult {
		return tally.GroupResult{Group: g, N: &n, State: tally.Shown, Constructs: []tally.ConstructResult{{Key: "ACC", N: &n, Index: &index}}}
	}
	counted := survey.CountedRound{Round: r.ID, At: o.now, Kept: &tally.Kept{}, Results: &tally.Results{
		Round: string(r.ID), Iteration: string(r.Iteration), Ballots: &n, K: 5,
		Groups: []tally.GroupResult{shown(tally.Group{}), shown(tally.Group{Process: "INC"}), shown(tally.Group{Process: "CHG"})},
	}}
	if err := o.store.CountRound(ctx, counted); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestCompareIterations: only counted iterations, of one's own organisation, and of
// many the first and the latest.
func TestCompareIterations(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		o.staff(t, 30)
		p := &survey.Programme{ID: survey.ProgrammeID(survey.NewID()), Organisation: o.org.ID, Name: "ITSM"}
		if err := o.store.CreateProgramme(ctx, p); err != nil {
			t.Fatal(err)
		}
		rounds := []*survey.Round{o.results(t, p.ID, 1)}
		if _, err := o.CompareIterations(ctx, o.lead(), p.ID); !fault.Is(err, "comparison-one") {
			t.Errorf("one iteration: %v", err)
		}
		for n := range 10 {
			rounds = append(rounds, o.results(t, p.ID, n+2))
		}
		c, err := o.CompareIterations(ctx, o.lead(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Data.Rounds) != 9 || c.Data.Rounds[0].Number != 1 || c.Data.Rounds[1].Number != 4 || c.Data.Rounds[8].Number != 11 {
			t.Errorf("%+v", c.Data.Rounds)
		}
		if s := c.Data.Series[0]; s.Key != "ACC" || *s.Points[0].Index != 41 || *s.Points[8].Index != 51 || c.Rounds[8].ID != rounds[10].ID {
			t.Errorf("%+v", s)
		}
		two, err := o.CompareIterations(ctx, account.Actor{ID: "s", Role: account.Steering, Organisations: []string{string(o.org.ID)}}, p.ID, rounds[2].Iteration, rounds[1].Iteration)
		if err != nil || len(two.Data.Rounds) != 2 || two.Data.Rounds[0].Number != 2 {
			t.Errorf("%+v, %v", two, err)
		}
		owner := account.Actor{ID: "o", Role: account.Owner, Organisations: []string{string(o.org.ID)}, Processes: map[string][]string{string(o.org.ID): {"INC"}}}
		part, err := o.CompareIterations(ctx, owner, p.ID)
		if err != nil || len(part.Data.Series) != 2 || part.Data.Series[1].Group.Process != "INC" {
			t.Errorf("an owner: %+v, %v", part, err)
		}
		stranger := account.Actor{ID: "x", Role: account.Lead, Organisations: []string{"another"}}
		for name, err := range map[string]error{
			"foreign programme": second(o.CompareIterations(ctx, stranger, p.ID)),
			"unknown programme": second(o.CompareIterations(ctx, o.lead(), "unknown")),
			"foreign iteration": second(o.CompareIterations(ctx, o.lead(), p.ID, rounds[0].Iteration, "foreign")),
		} {
			if fault.Of(err).Kind != fault.NotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := o.CompareIterations(ctx, account.Actor{ID: "op", Role: account.Operator}, p.ID); !fault.Is(err, "forbidden") {
			t.Errorf("an operator: %v", err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// TestComparisonLeavesAsItIsShown: the table holds what the comparison shows, an owner's
// only the groups of the own processes.
func TestComparisonLeavesAsItIsShown(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	o.staff(t, 30)
	p := &survey.Programme{ID: survey.ProgrammeID(survey.NewID()), Organisation: o.org.ID, Name: "ITSM: Einführung"}
	if err := o.store.CreateProgramme(ctx, p); err != nil {
		t.Fatal(err)
	}
	o.results(t, p.ID, 1)
	o.results(t, p.ID, 2)
	owner := account.Actor{ID: "owner", Role: account.Owner, Organisations: []string{string(o.org.ID)}, Processes: map[string][]string{string(o.org.ID): {"INC"}}}
	for actor, groups := range map[string]int{"lead": 3, "owner": 2} {
		who := o.lead()
		if actor == "owner" {
			who = owner
		}
		e, err := o.ExportComparison(ctx, who, p.ID, locale.German)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := table.WriteCSV(&out, table.Commas, e.Sheets[0]); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		if e.Name != "comparison-itsm-einfuehrung" || strings.Count(text, `"ACC","Akzeptanz","1",`) != groups || !strings.Contains(text, `"no","shown","30","42",`) {
			t.Errorf("%s: %s\n%s", actor, e.Name, text)
		}
		if strings.Contains(text, "CHG") != (actor == "lead") {
			t.Errorf("%s gets %s", actor, text)
		}
	}
}
