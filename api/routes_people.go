package api

import (
	"pulscheck/api/web"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// peoplePages are the pages of lists, people and settings (A4 to A6, A20 to A22).
func peoplePages(w *web.Web) []web.Route {
	const at = "/organisations/:organisation"
	var all []web.Route
	for _, l := range []struct {
		name string
		list survey.List
	}{{"processes", survey.ProcessList}, {"units", survey.UnitList}, {"process-roles", survey.RoleList}, {"themes", survey.ThemeList}} {
		e, path := w.Entries(l.list, l.name), at+"/"+l.name
		all = append(all,
			web.Get(path, account.ReadProgramme, e.List),
			web.Get(path+"/new", account.ChangeProgramme, e.New),
			web.Post(path, account.ChangeProgramme, e.Create),
			web.Get(path+"/:key", account.ChangeProgramme, e.Edit),
			web.Post(path+"/:key", account.ChangeProgramme, e.Update),
			web.Get(path+"/:key/delete", account.ChangeProgramme, e.ConfirmDelete),
			web.Post(path+"/:key/delete", account.ChangeProgramme, e.Delete),
		)
	}
	return append(all,
		web.Get(at+"/processes/template", account.ChangeProgramme, w.Entries(survey.ProcessList, "processes").NewTemplate),
		web.Post(at+"/processes/template", account.ChangeProgramme, w.Entries(survey.ProcessList, "processes").Template),
		web.Get(at+"/settings", account.ChangeOrganisation, w.ShowSettings),
		web.Post(at+"/settings", account.ChangeOrganisation, w.UpdateSettings),
		web.Post(at+"/settings/test-mail", account.ChangeOrganisation, w.SendTestMail),
		web.Get(at+"/logo", account.ChangeOrganisation, w.EditLogo),
		web.Picture(web.Taking("logo-invalid", web.Upload(at+"/logo", account.ChangeOrganisation, "logo", w.PutLogo))),
		web.Post(at+"/logo/delete", account.ChangeOrganisation, w.DeleteLogo),
		web.Get("/installation", account.CreateOrganisations, w.ShowInstallation),
		web.Post("/installation/test-mail", account.CreateOrganisations, w.SendOwnTestMail),
		web.Get(at+"/coaching", account.ChangeProgramme, w.EditCoaching),
		web.Long(web.Post(at+"/coaching", account.ChangeProgramme, w.PutCoaching)),
		web.Get(at+"/audit", account.ReadAudit, w.ListAudit),
		web.Open(web.Get("/verify", "", w.VerifyDocument)),
		web.Open(web.Get("/accessibility", "", w.ShowStatement)),
		web.Get(at+"/people", account.ReadPeople, w.ListPeople),
		web.Post(at+"/people/search", account.ReadPeople, w.SearchPeople),
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
