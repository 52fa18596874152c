package apitest

import (
	"maps"

	"pulscheck/survey/account"
)

func init() {
	maps.Copy(pageRequests, showPages)
	looks = append(looks, showLooks...)
}

var showPages = map[string]pageRequest{
	"GET /programmes/:programme/results": {want: 303},
	"GET /rounds/:round/results":         {query: "?tab=participation", want: 200},
}

var showLooks = []looked{
	{"results", "/rounds/{round}/results", account.Lead},
}
