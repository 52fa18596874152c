package api

import (
	"pulscheck/api/web"
	"pulscheck/survey/account"
)

// roundPages are the pages of programmes, iterations, rounds and their schedule (A7 to
// A9).
func roundPages(w *web.Web) []web.Route {
	const organisation, programme, iteration = "/organisations/:organisation/programmes", "/programmes/:programme", "/iterations/:iteration"
	return []web.Route{
		web.Get(organisation, account.ReadProgramme, w.ListProgrammes),
		web.Get(organisation+"/new", account.ChangeProgramme, w.NewProgramme),
		web.Post(organisation, account.ChangeProgramme, w.CreateProgramme),
		web.Get(programme, account.ChangeProgramme, w.EditProgramme),
		web.Post(programme, account.ChangeProgramme, w.UpdateProgramme),
		web.Get(programme+"/cadence", account.ReadProgramme, w.ShowSchedule),
		web.Post(programme+"/cadence", account.ChangeProgramme, w.UpdateSchedule),
		web.Get(programme+"/iterations/new", account.ChangeProgramme, w.NewIteration),
		web.Post(programme+"/iterations", account.ChangeProgramme, w.CreateIteration),

		web.Get(iteration, account.ReadProgramme, w.ShowIteration),
		web.Get(iteration+"/edit", account.ChangeProgramme, w.EditIteration),
		web.Post(iteration, account.ChangeProgramme, w.UpdateIteration),
		web.Get(iteration+"/advance", account.ChangeProgramme, w.ConfirmAdvance),
		web.Post(iteration+"/advance", account.ChangeProgramme, w.AdvanceIteration),
		web.Post(iteration+"/events", account.ChangeProgramme, w.AddEvent),
		web.Post(iteration+"/events/remove", account.ChangeProgramme, w.RemoveEvent),
	}
}
