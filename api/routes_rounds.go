package api

import (
	"pulscheck/api/web"
	"pulscheck/survey/account"
)

// roundPages are the pages of programmes, iterations, rounds and their schedule (A7 to
// A9).
func roundPages(w *web.Web) []web.Route {
	const organisation, programme, iteration = "/organisations/:organisation/programmes", "/programmes/:programme", "/iterations/:iteration"
	const round = "/rounds/:round"
	return []web.Route{
		web.Get(organisation, account.ReadProgramme, w.ListProgrammes),
		web.Get(organisation+"/new", account.ChangeProgramme, w.NewProgramme),
		web.Post(organisation, account.ChangeProgramme, w.CreateProgramme),
		web.Get(programme, account.ChangeProgramme, w.EditProgramme),
		web.Post(programme, account.ChangeProgramme, w.UpdateProgramme),
		web.Get(programme+"/cadence", account.ReadProgramme, w.ShowSchedule),
		web.Post(programme+"/cadence", account.ChangeProgramme, w.UpdateSchedule),
		web.Get(programme+"/iterations/new", account.ChangeProgramme, w.NewIteration),
		web.Kept(web.Post(programme+"/iterations", account.ChangeProgramme, w.CreateIteration), programme+"/iterations/new"),

		web.Get(iteration, account.ReadProgramme, w.ShowIteration),
		web.Get(iteration+"/edit", account.ChangeProgramme, w.EditIteration),
		web.Kept(web.Post(iteration, account.ChangeProgramme, w.UpdateIteration), iteration+"/edit"),
		web.Get(iteration+"/advance", account.ChangeProgramme, w.ConfirmAdvance),
		web.Post(iteration+"/advance", account.ChangeProgramme, w.AdvanceIteration),
		web.Post(iteration+"/events", account.ChangeProgramme, w.AddEvent),
		web.Post(iteration+"/events/remove", account.ChangeProgramme, w.RemoveEvent),

		web.Get(iteration+"/rounds/new", account.DraftRounds, w.NewRound),
		web.Kept(web.Post(iteration+"/rounds", account.DraftRounds, w.CreateRound), iteration+"/rounds/new"),
		web.Get(round, account.ReadRounds, w.ShowRound),
		web.Get(round+"/draft/:step", account.DraftRounds, w.EditDraft),
		web.Kept(web.Post(round+"/draft/:step", account.DraftRounds, w.UpdateDraft), round+"/draft/:step"),
		web.Get(round+"/delete", account.DraftRounds, w.ConfirmDeleteRound),
		web.Post(round+"/delete", account.DraftRounds, w.DeleteRound),
		web.Get(round+"/preview", account.ReviewRounds, w.PreviewRound),
		web.Post(round+"/tried", account.DraftRounds, w.TryRound),
		web.Post(round+"/submit", account.DraftRounds, w.SubmitRound),
		web.Get("/organisations/:organisation/reviews", account.ReviewRounds, w.ListReviews),
		web.Get(round+"/review", account.ReviewRounds, w.ShowReview),
		web.Get(round+"/veto", account.VetoRounds, w.NewVeto),
		web.Post(round+"/veto", account.VetoRounds, w.VetoRound),
		web.Get(round+"/ask", account.DraftRounds, w.ConfirmAsk),
		web.Post(round+"/ask", account.DraftRounds, w.AskRound),
		web.Get(round+"/open", account.OpenRounds, w.ConfirmOpen),
		web.Post(round+"/open", account.OpenRounds, w.OpenRound),
		web.Get(round+"/live", account.ReadRounds, w.ShowLive),
		web.Get(round+"/poster.pdf", account.ReadRounds, w.ShowPoster),
		web.Get(round+"/tickets.pdf", account.OpenRounds, w.ShowTickets),
		web.Get(round+"/remind", account.OpenRounds, w.ConfirmRemind),
		web.Post(round+"/remind", account.OpenRounds, w.RemindRound),
		web.Get(round+"/invitations", account.ReadPeople, w.ShowInvitations),
		web.Get(round+"/invitations/uncertain", account.ChangePeople, w.ConfirmUncertain),
		web.Post(round+"/invitations", account.ChangePeople, w.RepeatInvitations),
		web.Get(round+"/close", account.OpenRounds, w.ConfirmClose),
		web.Post(round+"/close", account.OpenRounds, w.CloseRound),
		web.Get(round+"/counting", account.ReadRounds, w.ShowCounting),
		web.Post(round+"/counting", account.OpenRounds, w.RepeatCounting),
	}
}
