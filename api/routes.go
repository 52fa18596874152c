package api

import (
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/participation"
	"pulscheck/api/respond"
	v1 "pulscheck/api/v1"
	"pulscheck/api/web"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
)

// How long a request may wait for the database: a respondent (R9), and somebody who
// opens a round of 50,000 people.
const (
	respondentWaits = 1800 * time.Millisecond
	managerWaits    = 15 * time.Second
)

// origin carries the network that somebody who signs in asks from down to the audit.
// Routes of respondents have nothing of the kind.
func origin(c *gin.Context) {
	c.Request = c.Request.WithContext(audit.From(c.Request.Context(), c.ClientIP()))
}

// routes is the table of everything that can be asked. What stands above the limits is
// answered however much there is to do.
func (s *Server) routes(o Options) {
	s.engine.Match(respond.Reading, "/healthz", showHealth)
	s.limitWork(o.Metrics)
	limits := middleware.NewAccounts(o.Now)
	if o.Management != nil {
		management := s.engine.Group(v1.Prefix, middleware.Deadline(managerWaits), origin)
		options := *o.Management
		options.Limits = limits
		a := v1.New(options)
		if _, err := a.Register(s.engine, management, Routes(a)); err != nil {
			o.Log.Error("the management API cannot be described", "error", err)
		}
	}
	if o.Pages != nil {
		pages := s.engine.Group("", middleware.Deadline(managerWaits), origin)
		options := *o.Pages
		options.Limits = limits
		w := web.New(options)
		for _, r := range WebRoutes(w) {
			pages.Handle(r.Method, r.Path, w.Handle(r))
			if r.Method == http.MethodGet {
				pages.Handle(http.MethodHead, r.Path, w.Handle(r))
			}
		}
		s.notFound = w.NotFound
	}
	quick := s.engine.Group("", middleware.Deadline(respondentWaits))
	quick.Match(respond.Reading, "/readyz", s.showReady(o))
	for name, path := range o.Files {
		quick.Match(respond.Reading, "/"+name, respond.Handle(showFile(name, path)))
	}
	participation.Register(quick, o.Participation, o.Now)
}

// Routes is the table of the management API: method, path below v1.Prefix, who may,
// handler, and what it does.
func Routes(a *v1.API) []v1.Route {
	const get, post, patch, put, del = http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodPut, http.MethodDelete
	processes, units := a.Entries(survey.ProcessList, "processes"), a.Entries(survey.UnitList, "units")
	roles := a.Entries(survey.RoleList, "process-roles")
	goals, kpis, quickWins, improvements, decisions := a.Goals(), a.KPIs(), a.QuickWins(), a.Improvements(), a.Decisions()
	themes, pairs := a.Entries(survey.ThemeList, "themes"), a.Pairs()
	return []v1.Route{
		v1.Handle(get, "/organisations", account.ReadOrganisation, a.ListOrganisations, "List the organisations that the token reaches"),
		v1.Handle(get, "/organisations/comparison", account.CompareOrganisations, a.CompareOrganisations, "Show the organisations side by side that a consultant is assigned to and that consent, the whole of each"),
		v1.Handle(post, "/organisations", account.CreateOrganisations, a.CreateOrganisation, "Make an organisation"),
		v1.Handle(get, "/organisations/{organisation}", account.ReadOrganisation, a.ShowOrganisation, "Show an organisation"),
		v1.Handle(patch, "/organisations/{organisation}", account.ChangeOrganisation, a.UpdateOrganisation, "Change an organisation"),

		v1.Handle(get, "/organisations/{organisation}/test-mail", account.ChangeOrganisation, a.ShowTestMail, "Show how far the last test mail to oneself got"),
		v1.Handle(post, "/organisations/{organisation}/test-mail", account.ChangeOrganisation, a.SendTestMail, "Mail oneself, to see whether mails arrive"),
		v1.Handle(get, "/installation", account.CreateOrganisations, a.ShowInstallation, "Show version, database, keys and mail of the installation"),
		v1.Handle(get, "/installation/test-mail", account.CreateOrganisations, a.ShowOwnTestMail, "Show how far the last test mail to oneself got"),
		v1.Handle(post, "/installation/test-mail", account.CreateOrganisations, a.SendOwnTestMail, "Mail oneself, to see whether mails arrive"),

		v1.Handle(get, "/organisations/{organisation}/works-council.pdf", account.ReviewRounds, a.Council("pdf"), "Download what a works council is told, from the settings of now"),
		v1.Handle(get, "/organisations/{organisation}/works-council.html", account.ReviewRounds, a.Council("html"), "Download the same as HTML"),
		v1.Handle(get, "/organisations/{organisation}/logo", account.ReadOrganisation, a.ShowLogo, "Show the picture on the covers of reports"),
		v1.Handle(put, "/organisations/{organisation}/logo", account.ChangeOrganisation, a.PutLogo, "Set the picture on the covers of reports"),
		v1.Handle(del, "/organisations/{organisation}/logo", account.ChangeOrganisation, a.DeleteLogo, "Remove the picture on the covers of reports"),
		v1.Handle(get, "/organisations/{organisation}/trustee", account.ReviewRounds, a.ShowTrustee, "Show who holds the key for counting, and what its loss means"),
		v1.Handle(put, "/organisations/{organisation}/trustee", account.HoldKey, a.PutTrustee, "Set the key for rounds that open from now on"),
		v1.Handle(del, "/organisations/{organisation}/trustee", account.HoldKey, a.DeleteTrustee, "Let rounds that open from now on be counted without a key"),

		v1.Handle(get, "/organisations/{organisation}/processes", account.ReadProgramme, processes.List, "List the processes"),
		v1.Handle(post, "/organisations/{organisation}/processes", account.ChangeProgramme, processes.Create, "Add a process"),
		v1.Handle(post, "/organisations/{organisation}/processes/template", account.ChangeProgramme, a.TakeTemplate, "Add processes of the template"),
		v1.Handle(get, "/organisations/{organisation}/processes/{key}", account.ReadProgramme, processes.Show, "Show a process"),
		v1.Handle(patch, "/organisations/{organisation}/processes/{key}", account.ChangeProgramme, processes.Update, "Change or archive a process"),
		v1.Handle(del, "/organisations/{organisation}/processes/{key}", account.ChangeProgramme, processes.Delete, "Remove a process that was never used"),
		v1.Handle(get, "/organisations/{organisation}/units", account.ReadProgramme, units.List, "List the units"),
		v1.Handle(post, "/organisations/{organisation}/units", account.ChangeProgramme, units.Create, "Add a unit"),
		v1.Handle(get, "/organisations/{organisation}/units/{key}", account.ReadProgramme, units.Show, "Show a unit"),
		v1.Handle(patch, "/organisations/{organisation}/units/{key}", account.ChangeProgramme, units.Update, "Change or archive a unit"),
		v1.Handle(del, "/organisations/{organisation}/units/{key}", account.ChangeProgramme, units.Delete, "Remove a unit that was never used"),
		v1.Handle(get, "/organisations/{organisation}/process-roles", account.ReadProgramme, roles.List, "List the process roles"),
		v1.Handle(post, "/organisations/{organisation}/process-roles", account.ChangeProgramme, roles.Create, "Add a process role"),
		v1.Handle(get, "/organisations/{organisation}/process-roles/{key}", account.ReadProgramme, roles.Show, "Show a process role"),
		v1.Handle(patch, "/organisations/{organisation}/process-roles/{key}", account.ChangeProgramme, roles.Update, "Change or archive a process role"),
		v1.Handle(del, "/organisations/{organisation}/process-roles/{key}", account.ChangeProgramme, roles.Delete, "Remove a process role that was never used"),
		v1.Handle(get, "/organisations/{organisation}/themes", account.ReadProgramme, themes.List, "List the themes of comments"),
		v1.Handle(post, "/organisations/{organisation}/themes", account.ChangeProgramme, themes.Create, "Add a theme"),
		v1.Handle(get, "/organisations/{organisation}/themes/{key}", account.ReadProgramme, themes.Show, "Show a theme"),
		v1.Handle(patch, "/organisations/{organisation}/themes/{key}", account.ChangeProgramme, themes.Update, "Change or archive a theme"),
		v1.Handle(del, "/organisations/{organisation}/themes/{key}", account.ChangeProgramme, themes.Delete, "Remove a theme that was never used"),

		v1.Handle(get, "/organisations/{organisation}/coaching", account.ReadProgramme, a.ShowCoaching, "Show where people find support"),
		v1.Handle(put, "/organisations/{organisation}/coaching", account.ChangeProgramme, a.PutCoaching, "Say where people find support"),
		v1.Handle(get, "/organisations/{organisation}/questions", account.AnswerDoor, a.ListQuestions, "List the questions left at the open door, in random order"),
		v1.Handle(get, "/questions/{question}", account.AnswerDoor, a.ShowQuestion, "Show a question"),
		v1.Handle(patch, "/questions/{question}", account.AnswerDoor, a.AnswerQuestion, "Answer a question"),
		v1.Handle(del, "/questions/{question}", account.AnswerDoor, a.DeleteQuestion, "Discard what is no question, with its answer"),

		v1.Handle(get, "/organisations/{organisation}/people", account.ReadPeople, a.ListPeople, "List everybody who may be invited or was"),
		v1.Handle(post, "/organisations/{organisation}/people", account.ChangePeople, a.CreatePerson, "Add a person"),
		v1.Handle(get, "/organisations/{organisation}/people/{person}", account.ReadPeople, a.ShowPerson, "Show a person"),
		v1.Handle(patch, "/organisations/{organisation}/people/{person}", account.ChangePeople, a.UpdatePerson, "Change a person"),
		v1.Handle(del, "/organisations/{organisation}/people/{person}", account.ChangePeople, a.DeletePerson, "Remove a person at once (Art. 17 GDPR)"),
		v1.Handle(get, "/organisations/{organisation}/people/{person}/export", account.ReadPeople, a.ExportPerson, "Show everything that is stored about a person (Art. 15 GDPR)"),
		v1.Handle(get, "/organisations/{organisation}/people/{person}/export.html", account.ReadPeople, a.ReadPerson, "Download the same to be read"),
		v1.Handle(post, "/organisations/{organisation}/people/import", account.ChangePeople, a.ImportPeople, "Bring the people in step with a list, all or nothing"),

		v1.Handle(get, "/organisations/{organisation}/programmes", account.ReadProgramme, a.ListProgrammes, "List the programmes"),
		v1.Handle(post, "/organisations/{organisation}/programmes", account.ChangeProgramme, a.CreateProgramme, "Begin a programme"),
		v1.Handle(get, "/programmes/{programme}", account.ReadProgramme, a.ShowProgramme, "Show a programme"),
		v1.Handle(patch, "/programmes/{programme}", account.ChangeProgramme, a.UpdateProgramme, "Change a programme"),
		v1.Handle(get, "/programmes/{programme}/cadence", account.ReadProgramme, a.ShowCadence, "Show the cadence, or a proposal"),
		v1.Handle(put, "/programmes/{programme}/cadence", account.ChangeProgramme, a.PutCadence, "Set the cadence"),
		v1.Handle(get, "/programmes/{programme}/comparison", account.ReadResults, a.ShowComparison, "Show counted iterations side by side"),
		v1.Handle(get, "/programmes/{programme}/comparison.csv", account.ReadResults, a.ExportComparison(v1.CSV), "Download the comparison as a table"),
		v1.Handle(get, "/programmes/{programme}/comparison.xlsx", account.ReadResults, a.ExportComparison(v1.XLSX), "Download the comparison with changes and rounds as a workbook"),
		v1.Handle(get, "/programmes/{programme}/iterations", account.ReadProgramme, a.ListIterations, "List the iterations"),
		v1.Handle(post, "/programmes/{programme}/iterations", account.ChangeProgramme, a.CreateIteration, "Plan the next iteration"),

		v1.Handle(get, "/iterations/{iteration}", account.ReadProgramme, a.ShowIteration, "Show an iteration"),
		v1.Handle(patch, "/iterations/{iteration}", account.ChangeProgramme, a.UpdateIteration, "Change an iteration"),
		v1.Handle(post, "/iterations/{iteration}/advance", account.ChangeProgramme, a.AdvanceIteration, "Go on to the next phase"),
		v1.Handle(post, "/iterations/{iteration}/cadence/preview", account.ReadProgramme, a.PreviewCadence, "Show the rounds that a cadence would give; changes nothing"),
		v1.Handle(get, "/iterations/{iteration}/rounds", account.ReadRounds, a.ListRounds, "List the rounds"),
		v1.Handle(post, "/iterations/{iteration}/rounds", account.DraftRounds, a.CreateRound, "Draft a round"),
		v1.Handle(post, "/iterations/{iteration}/rounds/import", account.DraftRounds, a.ImportPast, "Take over what another tool counted, by question and group, into an iteration that is over"),
		v1.Handle(get, "/iterations/{iteration}/reports", account.ReadReports, a.ListReports, "List the reports"),
		v1.Handle(post, "/iterations/{iteration}/reports", account.IssueReports, a.DrawReport, "Have a report drawn again with what came in meanwhile: the draft, or the next version"),
		v1.Handle(get, "/iterations/{iteration}/reports/drawing", account.ReadReports, a.ListDrawings, "Tell how far the reports are that were ordered last"),
		v1.Handle(post, "/iterations/{iteration}/reports/drawing", account.IssueReports, a.RepeatDrawing, "Have reports drawn at once whose drawing failed"),

		v1.Handle(get, "/organisations/{organisation}/maturity-models", account.ReadProgramme, a.ListModels, "List the maturity frameworks"),
		v1.Handle(post, "/organisations/{organisation}/maturity-models", account.ChangeProgramme, a.CreateModel, "Keep a framework of one's own in YAML; it never changes"),
		v1.Handle(get, "/organisations/{organisation}/maturity-models/{model}", account.ReadProgramme, a.ShowModel, "Show a maturity framework"),
		v1.Handle(del, "/organisations/{organisation}/maturity-models/{model}", account.ChangeProgramme, a.DeleteModel, "Remove a framework of one's own that no assessment uses"),
		v1.Handle(get, "/iterations/{iteration}/assessments", account.ReadProgress, a.ListAssessments, "List the assessments"),
		v1.Handle(post, "/iterations/{iteration}/assessments", account.ChangeProgress, a.CreateAssessment, "Begin to assess a process"),
		v1.Handle(get, "/iterations/{iteration}/assessments/profile", account.ReadProgress, a.ShowMaturity, "Show levels, profile, change and the staff's view"),
		v1.Handle(get, "/assessments/{assessment}", account.ReadProgress, a.ShowAssessment, "Show an assessment, of others' sheets none before it is done"),
		v1.Handle(patch, "/assessments/{assessment}", account.ChangeProgress, a.UpdateAssessment, "Change an assessment"),
		v1.Handle(get, "/assessments/{assessment}/sheet", account.ReadProgress, a.ShowSheet, "Show what a form needs for one's own sheet"),
		v1.Handle(put, "/assessments/{assessment}/sheet", account.ChangeProgress, a.SaveSheet, "Save one's own sheet as a draft, or finish it"),
		v1.Handle(post, "/assessments/{assessment}/close", account.CloseAssessments, a.CloseAssessment, "End rating although somebody is not done"),
		v1.Handle(post, "/assessments/{assessment}/reopen", account.CloseAssessments, a.ReopenAssessment, "Let assessors rate again"),
		v1.Handle(put, "/assessments/{assessment}/settled", account.CloseAssessments, a.SettleAssessment, "Record what a consensus meeting agreed on"),

		v1.Handle(get, "/iterations/{iteration}/goals", account.ReadProgress, goals.List, "List the goals"),
		v1.Handle(post, "/iterations/{iteration}/goals", account.ChangeProgress, goals.Create, "Set a goal"),
		v1.Handle(get, "/goals/{record}", account.ReadProgress, goals.Show, "Show a goal"),
		v1.Handle(patch, "/goals/{record}", account.ChangeProgress, goals.Update, "Change a goal"),
		v1.Handle(get, "/iterations/{iteration}/kpis", account.ReadProgress, kpis.List, "List the KPIs"),
		v1.Handle(post, "/iterations/{iteration}/kpis", account.ChangeProgress, kpis.Create, "Begin to measure a figure"),
		v1.Handle(get, "/iterations/{iteration}/kpis.csv", account.ReadProgress, a.ExportKPIs(v1.CSV), "Download KPIs with their measurements as a table"),
		v1.Handle(get, "/iterations/{iteration}/kpis.xlsx", account.ReadProgress, a.ExportKPIs(v1.XLSX), "Download KPIs with their measurements as a workbook"),
		v1.Handle(get, "/kpis/{record}", account.ReadProgress, kpis.Show, "Show a KPI"),
		v1.Handle(patch, "/kpis/{record}", account.ChangeProgress, kpis.Update, "Change a KPI"),
		v1.Handle(get, "/iterations/{iteration}/quick-wins", account.ReadProgress, quickWins.List, "List the quick wins"),
		v1.Handle(post, "/iterations/{iteration}/quick-wins", account.ChangeProgress, quickWins.Create, "Plan a quick win"),
		v1.Handle(get, "/quick-wins/{record}", account.ReadProgress, quickWins.Show, "Show a quick win"),
		v1.Handle(patch, "/quick-wins/{record}", account.ChangeProgress, quickWins.Update, "Change a quick win"),
		v1.Handle(get, "/iterations/{iteration}/improvements", account.ReadProgress, improvements.List, "List the improvements, overdue ones first"),
		v1.Handle(post, "/iterations/{iteration}/improvements", account.ChangeProgress, improvements.Create, "Note criticism down"),
		v1.Handle(get, "/iterations/{iteration}/improvements.csv", account.ReadProgress, a.ExportImprovements(v1.CSV), "Download the register of improvements as a table"),
		v1.Handle(get, "/iterations/{iteration}/improvements.xlsx", account.ReadProgress, a.ExportImprovements(v1.XLSX), "Download the register of improvements as a workbook"),
		v1.Handle(get, "/improvements/{record}", account.ReadProgress, improvements.Show, "Show an improvement"),
		v1.Handle(patch, "/improvements/{record}", account.ChangeProgress, improvements.Update, "Change an improvement"),
		v1.Handle(get, "/iterations/{iteration}/decisions", account.ReadDecisions, decisions.List, "List the decisions"),
		v1.Handle(post, "/iterations/{iteration}/decisions", account.RecordDecisions, decisions.Create, "Lay a proposal before the committee, or record a decision"),
		v1.Handle(get, "/decisions/{record}", account.ReadDecisions, decisions.Show, "Show a decision"),
		v1.Handle(patch, "/decisions/{record}", account.RecordDecisions, decisions.Update, "Change a decision"),
		v1.Handle(get, "/kpis/{record}/measurements", account.ReadProgress, a.ListMeasurements, "List what was measured"),
		v1.Handle(post, "/kpis/{record}/measurements", account.ChangeProgress, a.AddMeasurement, "Store a measurement, once however often it is sent"),
		v1.Handle(post, "/kpis/{record}/measurements/import", account.ChangeProgress, a.ImportMeasurements, "Store the measurements of a CSV file, all or nothing"),

		v1.Handle(get, "/iterations/{iteration}/voices", account.ReadVoices, a.ShowVoices, "Show released comments and how often themes were named"),
		v1.Handle(get, "/iterations/{iteration}/comments", account.ReviewComments, a.ListComments, "List the comments of the counted rounds, in random order"),
		v1.Handle(get, "/comments/{comment}", account.ReviewComments, a.ShowComment, "Show a comment"),
		v1.Handle(patch, "/comments/{comment}", account.ModerateComments, a.ModerateComment, "Release, reword or withhold a comment"),
		v1.Handle(post, "/comments/{comment}/redact", account.RedactComments, a.RedactComment, "Blacken words of a comment for good"),
		v1.Handle(del, "/comments/{comment}", account.RedactComments, a.DeleteComment, "Remove a comment for good"),
		v1.Handle(get, "/iterations/{iteration}/pairs", account.ReadVoices, pairs.List, "List what people said and what was done"),
		v1.Handle(post, "/iterations/{iteration}/pairs", account.ModerateComments, pairs.Create, "Write down what was said and what was done"),
		v1.Handle(get, "/pairs/{record}", account.ReadVoices, pairs.Show, "Show a pair"),
		v1.Handle(patch, "/pairs/{record}", account.ModerateComments, pairs.Update, "Change or release a pair"),

		v1.Handle(get, "/rounds/{round}", account.ReadRounds, a.ShowRound, "Show a round"),
		v1.Handle(patch, "/rounds/{round}", account.DraftRounds, a.UpdateRound, "Change a draft"),
		v1.Handle(del, "/rounds/{round}", account.DraftRounds, a.DeleteRound, "Remove a draft, or an imported round that neither an issued report nor later results tell of"),
		v1.Handle(get, "/rounds/{round}/review", account.ReviewRounds, a.ShowReview, "Show questions, group sizes and, to the auditor, the list of a round"),
		v1.Handle(post, "/rounds/{round}/tried", account.DraftRounds, a.TryRound, "Note that the questions of a draft were tried out"),
		v1.Handle(post, "/rounds/{round}/submit", account.DraftRounds, a.SubmitRound, "Fix a draft and lay it before the auditor"),
		v1.Handle(post, "/rounds/{round}/veto", account.VetoRounds, a.VetoRound, "Keep a submitted round from opening"),
		v1.Handle(post, "/rounds/{round}/ask", account.DraftRounds, a.AskRound, "Ask another lead to open a round, or to end it before its time"),
		v1.Handle(post, "/rounds/{round}/open", account.OpenRounds, a.OpenRound, "Open a round"),
		v1.Handle(post, "/rounds/{round}/close", account.OpenRounds, a.CloseRound, "End a round before its time; it is counted then"),
		v1.Handle(get, "/rounds/{round}/trustee", account.ReviewRounds, a.ShowLocked, "Show what the trustee unlocks"),
		v1.Handle(post, "/rounds/{round}/unlock", account.HoldKey, a.UnlockRound, "Let a closed round be counted"),
		v1.Handle(get, "/rounds/{round}/undelivered", account.ReadPeople, a.ListUndelivered, "List the invitations that were refused or are uncertain"),
		v1.Handle(post, "/rounds/{round}/undelivered/repeat", account.ChangePeople, a.RepeatInvitations, "Send some of them again"),
		v1.Handle(get, "/rounds/{round}/counting", account.ReadRounds, a.ShowCounting, "Tell how far the counting of a round is"),
		v1.Handle(post, "/rounds/{round}/counting", account.OpenRounds, a.RepeatCounting, "Have a round counted at once whose counting failed"),
		v1.Handle(get, "/rounds/{round}/results", account.ReadResults, a.ShowResults, "Show what a counted round released"),
		v1.Handle(get, "/rounds/{round}/results.csv", account.ReadResults, a.ExportResults(v1.CSV), "Download released results as a table"),
		v1.Handle(get, "/rounds/{round}/results.xlsx", account.ReadResults, a.ExportResults(v1.XLSX), "Download released results with trend, drivers and barriers as a workbook"),
		v1.Handle(get, "/rounds/{round}/codebook.csv", account.ReadRounds, a.ExportCodebook(v1.CSV), "Download what keys and answers mean as a table"),
		v1.Handle(get, "/rounds/{round}/codebook.xlsx", account.ReadRounds, a.ExportCodebook(v1.XLSX), "Download what keys and answers mean as a workbook"),
		v1.Handle(get, "/rounds/{round}/labels.R", account.ReadRounds, a.Labels(survey.R), "Download the labels as a function for R"),
		v1.Handle(get, "/rounds/{round}/labels.sps", account.ReadRounds, a.Labels(survey.SPSS), "Download the labels as syntax for SPSS"),

		v1.Handle(get, "/reports/{report}", account.ReadReports, a.ShowReport, "Show what is known of a report"),
		v1.Handle(get, "/reports/{report}.pdf", account.ReadReports, a.DownloadReport, "Download a report"),
		v1.Handle(get, "/reports/{report}/findings", account.ReadReports, a.ShowFindings, "Show the findings of a check report, and what becomes of them"),
		v1.Handle(patch, "/reports/{report}/findings", account.IssueReports, a.EditFindings, "Keep findings of a draft, put them into other words or leave them out; the draft is drawn again"),
		v1.Handle(post, "/reports/{report}/issue", account.IssueReports, a.IssueReport, "Issue a report; it never changes then"),
		v1.Handle(post, "/reports/{report}/send", account.IssueReports, a.SendReport, "Mail an issued report to those who do not have it, attached or as a link that expires"),
		v1.Handle(post, "/reports/{report}/send/preview", account.IssueReports, a.PreviewSending, "Show the mail and who would get it; sends nothing"),
		v1.Handle(get, "/reports/{report}/deliveries", account.IssueReports, a.ListDeliveries, "List who got a report, or is to get it"),
		v1.Handle(post, "/reports/{report}/deliveries/repeat", account.IssueReports, a.RepeatDeliveries, "Send again what mail servers refused; what may have arrived is not repeated"),
		v1.Handle(del, "/reports/{report}/links/{link}", account.IssueReports, a.RevokeLink, "End a link to a report at once and for good"),

		v1.Handle(get, "/users", account.ManageAccess, a.ListUsers, "List those who sign in"),
		v1.Handle(get, "/invitations", account.AnswerInvitations, a.ListInvitations, "List what the person who is signed in was invited to"),
		v1.Handle(post, "/invitations/{organisation}", account.AnswerInvitations, a.AnswerInvitation, "Accept an invitation, or decline it"),
		v1.Handle(post, "/users", account.Appoint, a.CreateUser, "Invite somebody, who hears of it by mail and joins by accepting; an operator invites the first lead"),
		v1.Handle(get, "/users/{user}", account.ManageAccess, a.ShowUser, "Show a user"),
		v1.Handle(patch, "/users/{user}", account.ManageAccess, a.UpdateUser, "Change a user"),
		v1.Handle(del, "/users/{user}", account.ManageAccess, a.DeleteUser, "Take a user out of an organisation, all sessions end; or take an invitation back"),
		v1.Handle(post, "/users/{user}/reset", account.ManageAccess, a.ResetUser, "End what lets a user in, and mail a code to begin anew; who has not accepted yet is invited once more, for two weeks"),
		v1.Handle(post, "/users/{user}/consent", account.ChangeOrganisation, a.ConsentUser, "Let a consultant in, or take that back at once"),

		v1.Handle(get, "/tokens", account.ManageAccess, a.ListTokens, "List the tokens, without their texts"),
		v1.Handle(post, "/tokens", account.ManageAccess, a.CreateToken, "Make a token"),
		v1.Handle(del, "/tokens/{token}", account.ManageAccess, a.RevokeToken, "End a token at once"),
		v1.Handle(get, "/audit", account.ReadAudit, a.ListAudit, "List who did what"),
		v1.Handle(get, "/audit.csv", account.ReadAudit, a.ExportAudit(v1.CSV), "Download who did what as a table"),
		v1.Handle(get, "/audit.xlsx", account.ReadAudit, a.ExportAudit(v1.XLSX), "Download who did what as a workbook"),
	}
}

// WebRoutes is the table of the pages: method, path, who may, handler. Paths are those
// of the management API without its prefix.
func WebRoutes(w *web.Web) []web.Route {
	all := []web.Route{
		web.Open(web.Get("/login", "", w.NewSession)),
		web.Open(web.Post("/login", "", w.CreateSession)),
		web.Open(web.Get("/login/code", "", w.NewCode)),
		web.Open(web.Post("/login/code", "", w.ConfirmSession)),
		web.Open(web.Get("/login/oidc", "", w.BeginOIDC)),
		web.Open(web.Get("/login/oidc/callback", "", w.FinishOIDC)),
		web.Open(web.Get("/login/forgotten", "", w.NewForgotten)),
		web.Open(web.Post("/login/forgotten", "", w.CreateForgotten)),
		web.Open(web.Post("/logout", "", w.DeleteSession)),
		web.Open(web.Post("/language", "", w.ChangeLanguage)),
		web.Open(web.Get("/setup", "", w.NewSetup)),
		web.Open(web.Post("/setup", "", w.RedeemCode)),
		web.Open(web.Get("/setup/password", "", w.NewPassword)),
		web.Open(web.Post("/setup/password", "", w.SetPassword)),
		web.Open(web.Get("/setup/second", "", w.NewSecond)),
		web.Open(web.Get("/setup/second.svg", "", w.ShowSecondCode)),
		web.Open(web.Post("/setup/second", "", w.SetSecond)),

		web.Get("/", "", w.Home),
		web.Get("/session", "", w.ShowSession),
		web.Get("/confirm", "", w.NewConfirmation),
		web.Post("/confirm", "", w.Confirm),

		web.Get("/account", "", w.ShowSelf),
		web.Post("/account/sessions", "", w.EndSession),
		web.Post("/account/invitations", account.AnswerInvitations, w.AnswerInvitation),
		web.Fresh(web.Get("/account/recovery", "", w.NewRecovery)),
		web.Fresh(web.Post("/account/recovery", "", w.CreateRecovery)),

		web.Get("/audit", account.CreateOrganisations, w.ListAudit),
		web.Get("/users", account.CreateOrganisations, w.ListUsers),
		web.Fresh(web.Get("/users/new", account.CreateOrganisations, w.NewUser)),
		web.Fresh(web.Post("/users", account.CreateOrganisations, w.CreateUser)),
		web.Get("/organisations/:organisation/users", account.ManageAccess, w.ListUsers),
		web.Fresh(web.Get("/organisations/:organisation/users/new", account.Appoint, w.NewUser)),
		web.Fresh(web.Post("/organisations/:organisation/users", account.Appoint, w.CreateUser)),
		web.Get("/users/:user", account.ManageAccess, w.ShowUser),
		web.Fresh(web.Post("/users/:user", account.ManageAccess, w.UpdateUser)),
		web.Fresh(web.Get("/users/:user/remove", account.ManageAccess, w.NewRemoval)),
		web.Fresh(web.Post("/users/:user/remove", account.ManageAccess, w.RemoveUser)),
		web.Fresh(web.Get("/users/:user/reset", account.ManageAccess, w.NewReset)),
		web.Fresh(web.Post("/users/:user/reset", account.ManageAccess, w.ResetUser)),
		web.Fresh(web.Post("/users/:user/consent", account.ChangeOrganisation, w.ConsentUser)),

		web.Get("/tokens", account.CreateOrganisations, w.ListTokens),
		web.Fresh(web.Get("/tokens/new", account.CreateOrganisations, w.NewToken)),
		web.Fresh(web.Post("/tokens", account.CreateOrganisations, w.CreateToken)),
		web.Post("/tokens/:token/revoke", account.CreateOrganisations, w.RevokeToken),
		web.Get("/organisations/:organisation/tokens", account.ManageAccess, w.ListTokens),
		web.Fresh(web.Get("/organisations/:organisation/tokens/new", account.ManageAccess, w.NewToken)),
		web.Fresh(web.Post("/organisations/:organisation/tokens", account.ManageAccess, w.CreateToken)),
		web.Post("/organisations/:organisation/tokens/:token/revoke", account.ManageAccess, w.RevokeToken),

		web.Get("/organisations", account.ReadOrganisation, w.ListOrganisations),
		web.Get("/organisations/comparison", account.CompareOrganisations, w.CompareOrganisations),
		web.Get("/organisations/new", account.CreateOrganisations, w.NewOrganisation),
		web.Post("/organisations", account.CreateOrganisations, w.CreateOrganisation),
		web.Get("/organisations/:organisation", account.ReadOrganisation, w.ShowOrganisation),
	}
	all = append(all, councilPages(w)...)
	return web.Resume(slices.Concat(all, peoplePages(w), roundPages(w), showPages(w), ratePages(w), actPages(w)))
}

// showFile hands out one file as a download.
func showFile(name, path string) func(*gin.Context) error {
	return func(c *gin.Context) error {
		c.Header("Content-Security-Policy", "sandbox")
		c.FileAttachment(path, name)
		return nil
	}
}
