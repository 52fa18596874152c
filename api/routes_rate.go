package api

import (
	"pulscheck/api/web"
	"pulscheck/survey/account"
)

// ratePages are the pages of maturity, goals and KPIs (A12, A13).
func ratePages(w *web.Web) []web.Route {
	const (
		models = "/organisations/:organisation/maturity-models"
		of     = "/iterations/:iteration"
		one    = "/assessments/:assessment"
	)
	return []web.Route{
		web.Get(models, account.ReadProgramme, w.ListModels),
		web.Get(models+"/new", account.ChangeProgramme, w.NewModel),
		web.Taking("model-file", web.Upload(models, account.ChangeProgramme, "file", w.CreateModel)),
		web.Get(models+"/:model/delete", account.ChangeProgramme, w.ConfirmDeleteModel),
		web.Post(models+"/:model/delete", account.ChangeProgramme, w.DeleteModel),

		web.Get(of+"/assessments", account.ReadProgress, w.ListAssessments),
		web.Get(of+"/assessments/new", account.ChangeProgress, w.NewAssessment),
		web.Kept(web.Post(of+"/assessments", account.ChangeProgress, w.CreateAssessment), of+"/assessments/new"),
		web.Get(one, account.ReadProgress, w.ShowAssessment),
		web.Get(one+"/edit", account.ChangeProgress, w.EditAssessment),
		web.Kept(web.Post(one, account.ChangeProgress, w.UpdateAssessment), one+"/edit"),
		web.Get(one+"/sheet", account.ChangeProgress, w.EditSheet),
		web.Long(web.Kept(web.Post(one+"/sheet", account.ChangeProgress, w.SaveSheet), one+"/sheet?team")),
		web.Get(one+"/finish", account.ChangeProgress, w.ConfirmFinishSheet),
		web.Post(one+"/finish", account.ChangeProgress, w.FinishSheet),
		web.Get(one+"/close", account.CloseAssessments, w.ConfirmCloseAssessment),
		web.Post(one+"/close", account.CloseAssessments, w.CloseAssessment),
		web.Get(one+"/reopen", account.CloseAssessments, w.ConfirmReopenAssessment),
		web.Post(one+"/reopen", account.CloseAssessments, w.ReopenAssessment),
		web.Post(one+"/settled", account.CloseAssessments, w.SettleAssessment),

		web.Get(of+"/goals", account.ReadProgress, w.ListGoals),
		web.Get(of+"/goals/new", account.ChangeProgress, w.NewGoal),
		web.Post(of+"/goals", account.ChangeProgress, w.CreateGoal),
		web.Get("/goals/:record", account.ChangeProgress, w.EditGoal),
		web.Post("/goals/:record", account.ChangeProgress, w.UpdateGoal),
		web.Post("/goals/:record/actual", account.ChangeProgress, w.AddActual),

		web.Get(of+"/kpis", account.ReadProgress, w.ListKPIs),
		web.Get(of+"/kpis/new", account.ChangeProgress, w.NewKPI),
		web.Post(of+"/kpis", account.ChangeProgress, w.CreateKPI),
		web.Get("/kpis/:record", account.ReadProgress, w.ShowKPI),
		web.Get("/kpis/:record/edit", account.ChangeProgress, w.EditKPI),
		web.Post("/kpis/:record", account.ChangeProgress, w.UpdateKPI),
		web.Post("/kpis/:record/measurements", account.ChangeProgress, w.AddMeasurement),
		web.Upload("/kpis/:record/measurements/import", account.ChangeProgress, "file", w.ImportMeasurements),
	}
}
