package api

import (
	"pulscheck/api/web"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// peoplePages are the pages of lists and people (A4 to A6).
func peoplePages(w *web.Web) []web.Route {
	const at = "/organisations/:organisation"
	var all []web.Route
	for _, list := range []survey.List{survey.ProcessList, survey.UnitList, survey.RoleList, survey.ThemeList} {
		name := map[survey.List]string{
			survey.ProcessList: "processes", survey.UnitList: "units", survey.RoleList: "process-roles", survey.ThemeList: "themes",
		}[list]
		e := w.Entries(list, name)
		all = append(all,
			web.Get(at+"/"+name, account.ReadProgramme, e.List),
			web.Get(at+"/"+name+"/new", account.ChangeProgramme, e.New),
			web.Post(at+"/"+name, account.ChangeProgramme, e.Create),
			web.Get(at+"/"+name+"/:key", account.ChangeProgramme, e.Edit),
			web.Post(at+"/"+name+"/:key", account.ChangeProgramme, e.Update),
		)
	}
	return append(all,
		web.Post(at+"/processes/template", account.ChangeProgramme, w.Entries(survey.ProcessList, "processes").Template),
		web.Get(at+"/settings", account.ChangeOrganisation, w.ShowSettings),
		web.Post(at+"/settings", account.ChangeOrganisation, w.UpdateSettings),
		web.Get(at+"/coaching", account.ChangeProgramme, w.EditCoaching),
		web.Post(at+"/coaching", account.ChangeProgramme, w.PutCoaching),
		web.Get(at+"/audit", account.ReadAudit, w.ListAudit),
		web.Open(web.Get("/verify", "", w.VerifyDocument)),
		web.Open(web.Get("/accessibility", "", w.ShowStatement)),
		web.Get(at+"/people", account.ReadPeople, w.ListPeople),
		web.Post(at+"/people/search", account.ReadPeople, w.ListPeople),
		web.Get(at+"/people/new", account.ChangePeople, w.NewPerson),
		web.Post(at+"/people", account.ChangePeople, w.CreatePerson),
		web.Get(at+"/people/sample.csv", account.ChangePeople, w.ShowSample),
		web.Get(at+"/people/import", account.ChangePeople, w.NewImport),
		web.Upload(at+"/people/import", account.ChangePeople, "file", w.CreateImport),
		web.Get(at+"/people/import/:upload", account.ChangePeople, w.ShowImport),
		web.Post(at+"/people/import/:upload", account.ChangePeople, w.ApplyImport),
		web.Get(at+"/people/import/:upload/errors.csv", account.ChangePeople, w.ImportErrors),
		web.Post(at+"/people/import/:upload/delete", account.ChangePeople, w.DeleteImport),
		web.Get(at+"/people/:person", account.ChangePeople, w.EditPerson),
		web.Post(at+"/people/:person", account.ChangePeople, w.UpdatePerson),
		web.Get(at+"/people/:person/delete", account.ChangePeople, w.ConfirmDeletePerson),
		web.Post(at+"/people/:person/delete", account.ChangePeople, w.DeletePerson),
	)
}
