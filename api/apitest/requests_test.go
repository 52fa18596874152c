package apitest

import (
	"net/http"
	"strings"

	v1 "pulscheck/api/v1"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// request is what is sent to a route, and what somebody hears who may. Changes are made
// of a version that is none, so that everything stays as it is for the next one.
type request struct {
	query   string
	body    string
	media   string // JSON unless said otherwise
	want    int    // of somebody who may, on something of the own organisation
	operate int    // of an operator, if that is something else
	audit   int    // of an auditor, who manages auditors alone, on something of the own organisation
	fresh   func(w *world, ids map[string]string)
}

// stale is a version that nothing has.
const stale = `"999"`

const (
	jsonType = "application/json"
	window   = `"opens":"2026-04-01T08:00:00Z","closes":"2026-04-15T08:00:00Z"`
	plan     = `{"every_weeks":4,"offset_days":7,"weekday":"monday","opens":"09:00","closes":"18:00","open_working_days":5,"check_lead":5}`
	names    = `{"de":"Probe","en":"Sample"}`
)

// requests are the sound requests by route. {name} stands for an id.
var requests = map[string]request{
	"GET /organisations":                  {want: 200},
	"GET /organisations/comparison":       {want: 409}, // a token knows one organisation
	"POST /organisations":                 {body: `{"key":"{okey}","name":"Sample"}`, want: 409},
	"GET /organisations/{organisation}":   {want: 200},
	"PATCH /organisations/{organisation}": {body: `{"name":"Sample"}`, want: 412},

	"GET /organisations/{organisation}/test-mail":  {want: 409}, // a token has no address
	"POST /organisations/{organisation}/test-mail": {want: 409},
	"GET /installation":                            {want: 200},
	"GET /installation/test-mail":                  {want: 409},
	"POST /installation/test-mail":                 {want: 409},

	"GET /organisations/{organisation}/works-council.pdf":  {want: 200},
	"GET /organisations/{organisation}/works-council.html": {want: 200},
	"GET /organisations/{organisation}/logo":               {want: 200, fresh: withLogo},
	"PUT /organisations/{organisation}/logo":               {body: pictured, media: "image/png", want: 200},
	"DELETE /organisations/{organisation}/logo":            {want: 204, fresh: withLogo},
	"GET /organisations/{organisation}/trustee":            {want: 200},
	"PUT /organisations/{organisation}/trustee":            {body: `{"key":"AAAA","loss_accepted":true}`, want: 412},
	"DELETE /organisations/{organisation}/trustee":         {want: 412},
	"GET /rounds/{round}/trustee":                          {want: 409},
	"POST /rounds/{round}/unlock":                          {body: `{"opening":"AAAA"}`, want: 409},

	"GET /organisations/{organisation}/processes":              {want: 200},
	"POST /organisations/{organisation}/processes":             {body: `{"key":"INC","name":` + names + `}`, want: 409},
	"POST /organisations/{organisation}/processes/template":    {body: `{"keys":["INC"]}`, want: 200},
	"GET /organisations/{organisation}/processes/{key}":        {want: 200},
	"PATCH /organisations/{organisation}/processes/{key}":      {body: `{"archived":true}`, want: 412},
	"DELETE /organisations/{organisation}/processes/{key}":     {want: 412},
	"GET /organisations/{organisation}/units":                  {want: 200},
	"POST /organisations/{organisation}/units":                 {body: `{"key":"it","name":` + names + `}`, want: 409},
	"GET /organisations/{organisation}/units/{key}":            {want: 200, fresh: keyed("it")},
	"PATCH /organisations/{organisation}/units/{key}":          {body: `{"name":` + names + `}`, want: 412, fresh: keyed("it")},
	"DELETE /organisations/{organisation}/units/{key}":         {want: 412, fresh: keyed("it")},
	"GET /organisations/{organisation}/process-roles":          {want: 200},
	"POST /organisations/{organisation}/process-roles":         {body: `{"key":"staff","name":` + names + `}`, want: 409},
	"GET /organisations/{organisation}/process-roles/{key}":    {want: 200, fresh: keyed("staff")},
	"PATCH /organisations/{organisation}/process-roles/{key}":  {body: `{"name":` + names + `}`, want: 412, fresh: keyed("staff")},
	"DELETE /organisations/{organisation}/process-roles/{key}": {want: 412, fresh: keyed("staff")},

	"GET /organisations/{organisation}/themes":          {want: 200},
	"POST /organisations/{organisation}/themes":         {body: `{"key":"tools","name":` + names + `}`, want: 409},
	"GET /organisations/{organisation}/themes/{key}":    {want: 200, fresh: keyed("tools")},
	"PATCH /organisations/{organisation}/themes/{key}":  {body: `{"name":` + names + `}`, want: 412, fresh: keyed("tools")},
	"DELETE /organisations/{organisation}/themes/{key}": {want: 412, fresh: keyed("tools")},
	"GET /organisations/{organisation}/coaching":        {want: 200},
	"PUT /organisations/{organisation}/coaching":        {body: `{"offers":[{"process":"INC","who":"Sample","when":` + names + `}]}`, want: 412},
	"GET /organisations/{organisation}/questions":       {want: 200},
	"GET /questions/{question}":                         {want: 200},
	"PATCH /questions/{question}":                       {body: `{"answer":"Sample"}`, want: 412},
	"DELETE /questions/{question}":                      {want: 412, fresh: newQuestion},

	"GET /organisations/{organisation}/people": {want: 200},
	"POST /organisations/{organisation}/people": {
		body: `{"email":"p00000@nordlicht.example","roles":[{"process":"INC","role":"staff"}]}`, want: 409,
	},
	"GET /organisations/{organisation}/people/{person}":             {want: 200},
	"PATCH /organisations/{organisation}/people/{person}":           {body: `{"name":"Sample"}`, want: 412},
	"DELETE /organisations/{organisation}/people/{person}":          {want: 412, fresh: newPerson},
	"GET /organisations/{organisation}/people/{person}/export":      {want: 200},
	"GET /organisations/{organisation}/people/{person}/export.html": {want: 200},
	"POST /organisations/{organisation}/people/import": {
		query: "?dry_run=true", body: "email;name;process;role\nx@nordlicht.example;X;INC;staff\n", media: "text/csv", want: 200,
	},

	"GET /organisations/{organisation}/programmes":  {want: 200},
	"POST /organisations/{organisation}/programmes": {body: `{"name":"Sample"}`, want: 201},
	"GET /programmes/{programme}":                   {want: 200},
	"PATCH /programmes/{programme}":                 {body: `{"name":"Sample"}`, want: 412},
	"GET /programmes/{programme}/cadence":           {want: 200},
	"PUT /programmes/{programme}/cadence":           {body: plan, want: 412},
	"GET /programmes/{programme}/comparison":        {want: 409}, // one iteration was counted
	"GET /programmes/{programme}/comparison.csv":    {want: 409},
	"GET /programmes/{programme}/comparison.xlsx":   {want: 409},
	"GET /programmes/{programme}/iterations":        {want: 200},
	"POST /programmes/{programme}/iterations": {
		body: `{"starts":"2026-04-01T08:00:00Z","checks":"2026-06-01T08:00:00Z","ends":"2026-07-01T08:00:00Z"}`, want: 201,
	},

	"GET /iterations/{iteration}":                  {want: 200},
	"PATCH /iterations/{iteration}":                {body: `{"scope":["CHG"]}`, want: 412},
	"POST /iterations/{iteration}/advance":         {want: 412},
	"POST /iterations/{iteration}/cadence/preview": {body: `{"cadence":` + plan + `}`, want: 200},
	"GET /iterations/{iteration}/rounds":           {want: 200},
	"POST /iterations/{iteration}/rounds":          {body: `{"kind":"pulse",` + window + `}`, want: 201},
	"POST /iterations/{iteration}/rounds/import":   {query: "?closes=2026-03-04T08:00:00Z", body: "item;invited;1;2\nA1;5;2;3\n", media: "text/csv", want: 422},
	"GET /iterations/{iteration}/reports":          {want: 200},
	"POST /iterations/{iteration}/reports":         {body: `{"reason":"Sample"}`, want: 409},
	"GET /iterations/{iteration}/reports/drawing":  {want: 200},
	"POST /iterations/{iteration}/reports/drawing": {body: `{"kind":"team"}`, want: 409},

	"GET /organisations/{organisation}/maturity-models":            {want: 200},
	"POST /organisations/{organisation}/maturity-models":           {body: `{"file":"id: Sample"}`, want: 422},
	"GET /organisations/{organisation}/maturity-models/{model}":    {want: 200},
	"DELETE /organisations/{organisation}/maturity-models/{model}": {want: 204, fresh: newModel},
	"GET /iterations/{iteration}/assessments":                      {want: 200},
	"POST /iterations/{iteration}/assessments":                     {body: `{"process":"INC"}`, want: 409},
	"GET /iterations/{iteration}/assessments/profile":              {want: 200},
	"GET /assessments/{assessment}":                                {want: 200},
	"PATCH /assessments/{assessment}":                              {body: `{"target":3}`, want: 412},
	"GET /assessments/{assessment}/sheet":                          {want: 200},
	"PUT /assessments/{assessment}/sheet":                          {body: `{"answers":[]}`, want: 412},
	"POST /assessments/{assessment}/close":                         {want: 412},
	"POST /assessments/{assessment}/reopen":                        {want: 412},
	"PUT /assessments/{assessment}/settled":                        {body: `{"settled":[]}`, want: 412},

	"GET /iterations/{iteration}/goals":         {want: 200},
	"POST /iterations/{iteration}/goals":        {body: `{"name":"Sample","process":"INC"}`, want: 201},
	"GET /goals/{record}":                       {want: 200, fresh: record("goal")},
	"PATCH /goals/{record}":                     {body: `{"name":"Sample"}`, want: 412, fresh: record("goal")},
	"GET /iterations/{iteration}/kpis":          {want: 200},
	"POST /iterations/{iteration}/kpis":         {body: `{"name":"Sample","process":"INC"}`, want: 201},
	"GET /kpis/{record}":                        {want: 200, fresh: record("kpi")},
	"PATCH /kpis/{record}":                      {body: `{"name":"Sample"}`, want: 412, fresh: record("kpi")},
	"GET /iterations/{iteration}/quick-wins":    {want: 200},
	"POST /iterations/{iteration}/quick-wins":   {body: `{"name":"Sample","process":"INC"}`, want: 201},
	"GET /quick-wins/{record}":                  {want: 200, fresh: record("quickwin")},
	"PATCH /quick-wins/{record}":                {body: `{"name":"Sample"}`, want: 412, fresh: record("quickwin")},
	"GET /iterations/{iteration}/improvements":  {want: 200},
	"POST /iterations/{iteration}/improvements": {body: `{"criticism":"Sample","process":"INC"}`, want: 201},
	"GET /improvements/{record}":                {want: 200, fresh: record("improvement")},
	"PATCH /improvements/{record}":              {body: `{"owner":"Sample"}`, want: 412, fresh: record("improvement")},
	"GET /iterations/{iteration}/decisions":     {want: 200},
	"POST /iterations/{iteration}/decisions":    {body: `{"proposal":"Sample","process":"INC"}`, want: 201},
	"GET /decisions/{record}":                   {want: 200, fresh: record("decision")},
	"PATCH /decisions/{record}":                 {body: `{"outcome":"yes"}`, want: 412, fresh: record("decision")},
	"GET /kpis/{record}/measurements":           {want: 200, fresh: record("kpi")},
	"POST /kpis/{record}/measurements":          {body: `{"day":"2026-05-04","key":"desk-1","value":31.5}`, want: 200, fresh: record("kpi")},
	"POST /kpis/{record}/measurements/import": {
		query: "?dry_run=true", body: "day;value\n2026-05-04;31,5\n", media: "text/csv", want: 200, fresh: record("kpi"),
	},

	"GET /iterations/{iteration}/voices":   {want: 200},
	"GET /iterations/{iteration}/comments": {want: 200},
	"GET /comments/{comment}":              {want: 200},
	"PATCH /comments/{comment}":            {body: `{"outcome":"released"}`, want: 412},
	"POST /comments/{comment}/redact":      {body: `{"words":["Sample"]}`, want: 412},
	"DELETE /comments/{comment}":           {want: 412, fresh: newComment},
	"GET /iterations/{iteration}/pairs":    {want: 200},
	"POST /iterations/{iteration}/pairs":   {body: `{"said":` + names + `,"did":` + names + `,"process":"INC"}`, want: 201},
	"GET /pairs/{record}":                  {want: 200, fresh: record("pair")},
	"PATCH /pairs/{record}":                {body: `{"released":true}`, want: 412, fresh: record("pair")},

	"GET /rounds/{round}":           {want: 200},
	"PATCH /rounds/{round}":         {body: `{` + window + `}`, want: 409},
	"DELETE /rounds/{round}":        {want: 409},
	"GET /rounds/{round}/review":    {want: 200},
	"POST /rounds/{round}/tried":    {want: 409},
	"POST /rounds/{round}/submit":   {want: 409},
	"POST /rounds/{round}/veto":     {body: `{"reason":"Sample"}`, want: 409},
	"POST /rounds/{round}/ask":      {want: 409},
	"POST /rounds/{round}/open":     {want: 409},
	"POST /rounds/{round}/close":    {want: 200},
	"GET /rounds/{round}/counting":  {want: 200},
	"POST /rounds/{round}/counting": {want: 409},
	"GET /rounds/{round}/results":   {want: 200},

	"GET /rounds/{round}/results.csv":               {want: 200},
	"GET /rounds/{round}/results.xlsx":              {want: 200},
	"GET /rounds/{round}/codebook.csv":              {want: 200},
	"GET /rounds/{round}/codebook.xlsx":             {want: 200},
	"GET /rounds/{round}/labels.R":                  {want: 200},
	"GET /rounds/{round}/labels.sps":                {want: 200},
	"GET /iterations/{iteration}/improvements.csv":  {want: 200},
	"GET /iterations/{iteration}/improvements.xlsx": {want: 200},
	"GET /iterations/{iteration}/kpis.csv":          {want: 200},
	"GET /iterations/{iteration}/kpis.xlsx":         {want: 200},
	"GET /audit.csv":                                {query: "?organisation={organisation}", want: 200, operate: 403},
	"GET /audit.xlsx":                               {query: "?organisation={organisation}", want: 200, operate: 403},

	"GET /rounds/{round}/undelivered":         {want: 410},
	"POST /rounds/{round}/undelivered/repeat": {body: `{"people":["{person}"]}`, want: 410},

	"GET /reports/{report}/findings":   {want: 200},
	"PATCH /reports/{report}/findings": {body: `{"findings":[{"finding":"F1","choice":"kept"}]}`, want: 412},

	"GET /reports/{report}":        {want: 200},
	"GET /reports/{report}.pdf":    {want: 200},
	"POST /reports/{report}/issue": {want: 412},
	"POST /reports/{report}/send":  {want: 409},

	"POST /reports/{report}/send/preview":      {body: `{"roles":["lead"],"way":"link","days":3}`, want: 409},
	"GET /reports/{report}/deliveries":         {want: 200},
	"POST /reports/{report}/deliveries/repeat": {want: 404},
	"DELETE /reports/{report}/links/{link}":    {want: 404},

	"GET /users":                 {query: "?organisation={organisation}", want: 200},
	"POST /users":                {body: `{"email":"x","name":"Sample","role":"lead","organisation":"{organisation}"}`, want: 422},
	"GET /users/{user}":          {want: 200, audit: 404},
	"PATCH /users/{user}":        {body: `{"name":"Sample"}`, want: 412, audit: 404},
	"DELETE /users/{user}":       {query: "?organisation={organisation}", want: 204, audit: 404, fresh: newUser(account.Steering)},
	"POST /users/{user}/reset":   {want: 204, audit: 404, fresh: newUser(account.Steering)},
	"POST /users/{user}/consent": {query: "?organisation={organisation}", body: `{"consents":true}`, want: 204, fresh: newUser(account.Consultant)},

	"GET /invitations":                 {want: 200},
	"POST /invitations/{organisation}": {body: `{"accept":true}`, want: 404}, // tokens are nobody
	"GET /tokens":                      {query: "?organisation={organisation}", want: 200},
	"POST /tokens":                     {body: `{"role":"steering","organisation":"{organisation}","name":"Sample"}`, want: 201, audit: 403},
	"DELETE /tokens/{token}":           {query: "?organisation={organisation}", want: 204, audit: 404, fresh: newToken},
	"GET /audit":                       {query: "?organisation={organisation}", want: 200, operate: 403},
}

// keyed names an entry of another list.
func keyed(key string) func(*world, map[string]string) {
	return func(_ *world, ids map[string]string) {
		if ids["key"] == "INC" {
			ids["key"] = key
		}
	}
}

// record takes the id of one kind of record.
func record(kind string) func(*world, map[string]string) {
	return func(_ *world, ids map[string]string) { ids["record"] = ids[kind] }
}

// newComment is one that may be removed.
func newComment(w *world, ids map[string]string) {
	if ids["home"] != "" {
		ids["comment"] = w.comment(ids["counted"], "Sample")
	}
}

// newQuestion is one that may be discarded.
func newQuestion(w *world, ids map[string]string) {
	if ids["home"] != "" {
		ids["question"] = w.question(survey.OrganisationID(ids["home"]), survey.RoundID(ids["counted"]), "Sample")
	}
}

// newModel is a framework that may be deleted.
func newModel(w *world, ids map[string]string) {
	if ids["home"] != "" {
		ids["model"] = "u" + ids["okey"]
		_, err := w.service.CreateModel(ctx, account.System(), survey.OrganisationID(ids["home"]), strings.NewReader(w.staged(ids["model"])))
		w.check(err)
	}
}

// newPerson is somebody who may be removed.
func newPerson(w *world, ids map[string]string) {
	if ids["home"] == "" {
		return
	}
	p, err := w.service.CreatePerson(ctx, account.System(), survey.OrganisationID(ids["home"]), survey.PersonInput{Email: survey.NewID() + "@nordlicht.example"})
	w.check(err)
	ids["person"] = string(p.ID)
}

// newToken is one that may be revoked.
func newToken(w *world, ids map[string]string) {
	if ids["home"] == "" {
		return
	}
	t, _, err := w.service.CreateToken(ctx, account.System(), survey.TokenInput{
		Role: account.Steering, Organisation: survey.OrganisationID(ids["home"]), Name: "test",
	})
	w.check(err)
	ids["token"] = string(t.ID)
}

// fill puts ids into a text.
func fill(text string, ids map[string]string) string {
	for name, id := range ids {
		text = strings.ReplaceAll(text, "{"+name+"}", id)
	}
	return text
}

func versioned(r v1.Route) bool {
	switch r.Method + " " + r.Path {
	case "DELETE /tokens/{token}", "DELETE /users/{user}", "DELETE /organisations/{organisation}/maturity-models/{model}",
		"DELETE /reports/{report}/links/{link}":
		return false
	case "POST /assessments/{assessment}/close", "POST /assessments/{assessment}/reopen", "POST /iterations/{iteration}/advance", "POST /reports/{report}/issue",
		"POST /comments/{comment}/redact":
		return true
	}
	return r.Method == http.MethodPatch || r.Method == http.MethodPut || r.Method == http.MethodDelete
}
