package report

import (
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey/account"
)

// rightsOrder is the order in which rights are told; others come last.
var rightsOrder = []account.Permission{
	account.ReadResults, account.CompareOrganisations, account.ReadReports, account.IssueReports, account.ReadVoices, account.ReviewComments, account.ModerateComments, account.RedactComments,
	account.AnswerDoor, account.ReadRounds, account.DraftRounds, account.ReviewRounds, account.VetoRounds, account.HoldKey, account.OpenRounds,
	account.ReadPeople, account.ChangePeople, account.ReadProgress, account.ChangeProgress, account.CloseAssessments, account.ReadDecisions, account.RecordDecisions,
	account.ReadProgramme, account.ChangeProgramme, account.ReadOrganisation, account.ChangeOrganisation, account.CreateOrganisations, account.AnswerInvitations, account.Appoint, account.ManageAccess, account.ReadAudit,
}

// rights is the table of rights as the use cases ask it.
func (c *council) rights() {
	roles := []account.Role{account.Consultant, account.Lead, account.Owner, account.Steering, account.Auditor, account.Operator}
	c.chapter("rights", func(f *column) {
		t := Table{Columns: []Column{{Head: c.t("rights.action")}}}
		for _, r := range roles {
			t.Columns = append(t.Columns, Column{Head: c.t("rights.role-" + string(r)), Width: 16, Align: chart.Centre})
		}
		all := account.Permissions()
		slices.SortFunc(all, func(a, b account.Permission) int { return place(a) - place(b) })
		for _, p := range all {
			cells := []string{c.t("right." + strings.ReplaceAll(string(p), ".", "-"))}
			for _, r := range roles {
				cells = append(cells, c.may(p, r))
			}
			t.Rows = append(t.Rows, Row{Cells: cells})
		}
		f.table(t)
		f.prose("", "", c.t("rights.legend"))
	})
}

func place(p account.Permission) int {
	if at := slices.Index(rightsOrder, p); at >= 0 {
		return at
	}
	return len(rightsOrder)
}

func (c *council) may(p account.Permission, r account.Role) string {
	a := account.Actor{Role: r}
	switch {
	case a.May(p) != nil:
		return c.t("rights.no")
	case a.Limited(p):
		return c.t("rights.part")
	}
	return c.t("rights.yes")
}
