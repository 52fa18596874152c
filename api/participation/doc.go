// Package participation is the respondent's side of the front door: the survey page
// and its JSON routes. It sets no cookie, knows no session and logs no value; it
// decodes, asks Service and answers. It holds no rule of the protocol: those lie in
// survey and survey/ballot. The server registers it; the page itself is in api/view.
package participation
