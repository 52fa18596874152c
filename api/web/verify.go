package web

import (
	"encoding/hex"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/fault"
)

// proof is what the public page says of a document (A22).
type proof struct {
	Form  *view.Form
	Found []certificate
	None  bool
}

// certificate is one file of a document.
type certificate struct {
	Status   view.Status
	Document string
	Facts    [][2]string
}

// VerifyDocument shows, to everybody, whether a document with a number was issued and
// which data it holds. What was never issued is not known here.
func (w *Web) VerifyDocument(c *gin.Context) error {
	v := visitOf(c)
	query := c.Request.URL.Query()
	data := proof{Form: v.Form("web.verify", "/verify", query)}
	if id := strings.TrimSpace(query.Get("document")); id != "" {
		found, err := w.service.VerifyDocument(v.Context(), id)
		if err != nil && fault.Of(err).Kind != fault.NotFound {
			return err
		}
		data.None = len(found) == 0
		for i := range found {
			data.Found = append(data.Found, v.certificate(&found[i]))
		}
	}
	v.Lead(v.T("web.verify.lead"))
	return v.Show("verify/show", v.T("web.verify.heading"), data)
}

func (v *Visit) certificate(d *survey.Issued) certificate {
	out := certificate{Status: view.Status{Kind: "ok", Text: v.T("web.verify.valid")}, Document: d.Document}
	if d.Replaced > 0 {
		out.Status = view.Status{Kind: "watch", Text: v.T("web.verify.replaced", "number", d.Replaced)}
	}
	add := func(name, value string) { out.Facts = append(out.Facts, [2]string{v.T("web.verify." + name), value}) }
	add("version", v.Integer(d.Number))
	add("language", v.T("web.language."+string(d.Language)))
	add("issued", v.Date(d.Day))
	add("data", groups(hex.EncodeToString(d.DataHash)))
	add("file", groups(hex.EncodeToString(d.FileHash)))
	return out
}

// groups writes a hash in groups of four, as the document prints it.
func groups(text string) string {
	var all []string
	for len(text) > 4 {
		all, text = append(all, text[:4]), text[4:]
	}
	return strings.Join(append(all, text), " ")
}

// ShowStatement is the statement on accessibility.
func (w *Web) ShowStatement(c *gin.Context) error {
	v := visitOf(c)
	return v.Show("statement/show", v.T("web.statement.heading"), nil)
}
