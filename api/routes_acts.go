package api

import (
	"pulscheck/api/web"
	"pulscheck/survey/account"
)

// actPages are the pages of what comes of a check: quick wins (A14), comments (A15), the
// register of improvements (A16), pairs, the open door, decisions (A18).
func actPages(w *web.Web) []web.Route {
	const read, change = account.ReadProgress, account.ChangeProgress
	return []web.Route{
		web.Get("/iterations/:iteration/quick-wins", read, w.ListQuickWins),
		web.Get("/iterations/:iteration/quick-wins/new", change, w.NewQuickWin),
		web.Post("/iterations/:iteration/quick-wins", change, w.CreateQuickWin),
		web.Get("/quick-wins/:record", change, w.EditQuickWin),
		web.Get("/quick-wins/:record/reached", change, w.ReachQuickWin),
		web.Get("/quick-wins/:record/told", change, w.TellQuickWin),
		web.Post("/quick-wins/:record", change, w.UpdateQuickWin),

		web.Get("/iterations/:iteration/comments", account.ReviewComments, w.ListComments),
		web.Get("/comments/:comment", account.ReviewComments, w.EditComment),
		web.Kept(web.Post("/comments/:comment", account.ModerateComments, w.ModerateComment), "/comments/:comment"),
		web.Kept(web.Post("/comments/:comment/redact", account.RedactComments, w.RedactComment), "/comments/:comment"),
		web.Get("/comments/:comment/delete", account.RedactComments, w.ConfirmDeleteComment),
		web.Post("/comments/:comment/delete", account.RedactComments, w.DeleteComment),

		web.Get("/iterations/:iteration/improvements", read, w.ListImprovements),
		web.Get("/iterations/:iteration/improvements.csv", read, w.ExportImprovements),
		web.Get("/iterations/:iteration/improvements.xlsx", read, w.ExportImprovements),
		web.Get("/iterations/:iteration/improvements/new", change, w.NewImprovement),
		web.Post("/iterations/:iteration/improvements", change, w.CreateImprovement),
		web.Get("/improvements/:record", change, w.EditImprovement),
		web.Post("/improvements/:record", change, w.UpdateImprovement),

		web.Get("/iterations/:iteration/pairs", account.ReadVoices, w.ListPairs),
		web.Get("/iterations/:iteration/pairs/new", account.ModerateComments, w.NewPair),
		web.Post("/iterations/:iteration/pairs", account.ModerateComments, w.CreatePair),
		web.Get("/pairs/:record", account.ModerateComments, w.EditPair),
		web.Post("/pairs/:record", account.ModerateComments, w.UpdatePair),

		web.Get("/organisations/:organisation/questions", account.AnswerDoor, w.ListQuestions),
		web.Get("/questions/:question", account.AnswerDoor, w.EditQuestion),
		web.Post("/questions/:question", account.AnswerDoor, w.AnswerQuestion),
		web.Get("/questions/:question/delete", account.AnswerDoor, w.ConfirmDeleteQuestion),
		web.Post("/questions/:question/delete", account.AnswerDoor, w.DeleteQuestion),

		web.Get("/iterations/:iteration/decisions", account.ReadDecisions, w.ListDecisions),
		web.Get("/iterations/:iteration/decisions/new", account.RecordDecisions, w.NewDecision),
		web.Post("/iterations/:iteration/decisions", account.RecordDecisions, w.CreateDecision),
		web.Get("/decisions/:record", account.RecordDecisions, w.EditDecision),
		web.Post("/decisions/:record", account.RecordDecisions, w.UpdateDecision),
	}
}
