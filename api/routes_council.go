package api

import (
	"pulscheck/api/web"
	"pulscheck/survey/account"
)

// councilPages are the pages for a works council, and the import of past results.
func councilPages(w *web.Web) []web.Route {
	const at, round, past = "/organisations/:organisation", "/rounds/:round/trustee", "/iterations/:iteration/import"
	return []web.Route{
		web.Get(at+"/trustee", account.ReviewRounds, w.ShowTrustee),
		web.Fresh(web.Get(at+"/trustee/new", account.HoldKey, w.NewTrustee)),
		web.Fresh(web.Post(at+"/trustee", account.HoldKey, w.SetTrustee)),
		web.Fresh(web.Get(at+"/trustee/remove", account.HoldKey, w.ConfirmRemoveTrustee)),
		web.Fresh(web.Post(at+"/trustee/remove", account.HoldKey, w.RemoveTrustee)),
		web.Get(round, account.ReviewRounds, w.ShowLocked),
		web.Get(round+".json", account.ReviewRounds, w.DownloadLocked),
		web.Fresh(web.Taking("unlock-file-invalid", web.Upload(round, account.HoldKey, "file", w.UnlockRound))),
		web.Get(at+"/works-council", account.ReviewRounds, w.ShowCouncil),
		web.Get(at+"/works-council.pdf", account.ReviewRounds, w.DownloadCouncil("pdf")),
		web.Get(at+"/works-council.html", account.ReviewRounds, w.DownloadCouncil("html")),
		web.Get(past, account.DraftRounds, w.NewPast),
		web.Upload(past, account.DraftRounds, "file", w.CreatePast),
	}
}
