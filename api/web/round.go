package web

import "pulscheck/survey"

func roundAt(id survey.RoundID) string { return "/rounds/" + string(id) }
