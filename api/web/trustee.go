package web

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
)

func trusteeOf(o *survey.Organisation) string { return "/organisations/" + string(o.ID) + "/trustee" }

// trustee is the page of who holds the key without which no round is counted.
type trustee struct {
	Holder view.Status
	Check  string // check number of the key, as the command prints it; empty = nobody
	Facts  []string
	Rounds *view.Table
}

// ShowTrustee shows who holds the key of an organisation, and which rounds need it.
func (w *Web) ShowTrustee(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	if o, err = w.service.ShowTrustee(v.Context(), v.Actor, o.ID); err != nil {
		return err
	}
	data := trustee{Holder: view.Status{Kind: "none", Text: v.T("web.trustee.nobody")}}
	data.Facts = []string{v.T("web.trustee.what"), v.T("web.trustee.loss"), v.T("web.trustee.when")}
	hold := v.May(account.HoldKey)
	if hold {
		v.Action(v.T("web.trustee.set"), trusteeOf(o)+"/new")
	}
	if o.Trustee != nil {
		data.Holder = view.Status{Kind: "ok", Text: v.T("web.trustee.since", "day", v.LongDate(o.Trustee.Since.In(zoneOf(o))))}
		data.Check = ballot.PrintFingerprint(o.Trustee.Fingerprint())
		if hold {
			v.Action(v.T("web.trustee.remove"), trusteeOf(o)+"/remove")
		}
	}
	if data.Rounds, err = v.lockedRounds(o); err != nil {
		return err
	}
	v.Lead(v.T("web.trustee.lead"))
	return v.Show("trustee/show", v.T("web.trustee.heading"), data)
}

// lockedRounds are the rounds that opened with a key and are not counted.
func (v *Visit) lockedRounds(o *survey.Organisation) (*view.Table, error) {
	t := &view.Table{Caption: v.T("web.trustee.rounds"), Empty: v.T("web.trustee.no-rounds"), Columns: []view.Column{
		{Title: v.T("web.overview.round")}, {Title: v.T("web.trustee.iteration")}, {Title: v.T("web.overview.closes")}, {Title: v.T("web.overview.state")},
	}}
	programmes, err := v.web.service.ListProgrammes(v.Context(), v.Actor, o.ID)
	if err != nil {
		return nil, err
	}
	for _, p := range programmes {
		iterations, err := v.web.service.ListIterations(v.Context(), v.Actor, p.ID)
		if err != nil {
			return nil, err
		}
		for _, i := range iterations {
			rounds, err := v.web.service.ListRounds(v.Context(), v.Actor, i.ID)
			if err != nil {
				return nil, err
			}
			for _, r := range rounds {
				if r.Trustee == nil || r.State != survey.Open && r.State != survey.Closed {
					continue
				}
				t.Rows = append(t.Rows, view.Row{
					{Text: v.In(r.Title), Href: roundAt(r.ID) + "/trustee"}, {Text: p.Name + " · " + v.Integer(i.Number)},
					{Text: v.DateTime(r.Closes, zoneOf(o))}, {Status: v.lockStatus(&r)},
				})
			}
		}
	}
	return v.Arrange(t), nil
}

func (v *Visit) lockStatus(r *survey.Round) *view.Status {
	if r.State == survey.Closed {
		return &view.Status{Kind: "watch", Text: v.T("web.trustee.waits")}
	}
	return &view.Status{Kind: "none", Text: v.T("web.trustee.runs")}
}

// NewTrustee asks for the public key, and says what losing the secret one means.
func (w *Web) NewTrustee(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	v.Crumb(v.T("web.trustee.heading"), trusteeOf(o))
	return v.Show("trustee/new", v.T("web.trustee.set"), struct {
		Form *view.Form
		Loss []view.Choice
	}{
		v.Form("web.trustee", trusteeOf(o), url.Values{"seen": {strconv.Itoa(o.Version)}}),
		[]view.Choice{{Value: "yes", Text: v.T("web.trustee.accept")}},
	})
}

// SetTrustee sets the key for rounds that open from now on.
func (w *Web) SetTrustee(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	if _, err := w.service.SetTrustee(v.Context(), v.Actor, o.ID, survey.TrusteeInput{
		Seen: number(v.Text("seen")), Key: strings.TrimSpace(v.Text("key")), LossAccepted: v.Checked("loss_accepted", "yes"),
	}); err != nil {
		return v.Again(err, w.NewTrustee)
	}
	return v.Goto(trusteeOf(o))
}

// ConfirmRemoveTrustee asks before rounds are counted without a key again.
func (w *Web) ConfirmRemoveTrustee(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	v.Crumb(v.T("web.trustee.heading"), trusteeOf(o))
	return v.Confirm(v.T("web.trustee.remove"), trusteeOf(o)+"/remove", v.T("web.trustee.remove"), trusteeOf(o),
		url.Values{"seen": {strconv.Itoa(o.Version)}}, v.T("web.trustee.removed"), v.T("web.trustee.kept"))
}

// RemoveTrustee takes the key away for rounds to come.
func (w *Web) RemoveTrustee(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	if _, err := w.service.SetTrustee(v.Context(), v.Actor, o.ID, survey.TrusteeInput{Seen: number(v.Text("seen")), Remove: true}); err != nil {
		return v.Again(err, w.ConfirmRemoveTrustee)
	}
	return v.Goto(trusteeOf(o))
}

// locked is the page on which a round is unlocked.
type locked struct {
	Status   *view.Status
	Download string
	File     string // name of what is downloaded
	Form     *view.Form
}

// ShowLocked shows how a round is unlocked.
func (w *Web) ShowLocked(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	l, err := w.service.ShowLocked(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	v.Section("trustee")
	v.Crumb(v.T("web.trustee.heading"), trusteeOf(v.place.organisation))
	data := locked{Status: v.lockStatus(r), Download: roundAt(r.ID) + "/trustee.json", File: lockedFile(r)}
	if r.State == survey.Closed && !l.Pending {
		data.Status = &view.Status{Kind: "ok", Text: v.T("web.trustee.unlocked")}
	}
	if l.Pending && v.May(account.HoldKey) {
		data.Form = v.Form("web.unlock", roundAt(r.ID)+"/trustee", nil)
	}
	v.Lead(v.T("web.unlock.lead", "day", v.LongDate(r.Closes.In(zoneOf(v.place.organisation)))))
	return v.Show("trustee/unlock", v.In(r.Title), data)
}

func lockedFile(r *survey.Round) string { return "locked-" + string(r.ID) + ".json" }

// DownloadLocked gives the sealed key of a round as "pulscheck trustee unlock" reads it.
func (w *Web) DownloadLocked(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	l, err := w.service.ShowLocked(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	body, err := json.Marshal(struct {
		Round   string    `json:"round"`
		Closes  time.Time `json:"closes"`
		Trustee string    `json:"trustee"`
		Sealed  string    `json:"sealed"`
		Pending bool      `json:"pending"`
	}{string(r.ID), r.AnnouncedEnd().UTC(), base64.RawURLEncoding.EncodeToString(r.Trustee), base64.RawURLEncoding.EncodeToString(l.Sealed), l.Pending})
	if err != nil {
		return err
	}
	return v.download(lockedFile(r), "application/json", body)
}

// UnlockRound takes what "pulscheck trustee unlock" made, and has the round counted.
func (w *Web) UnlockRound(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	var said struct{ Opening string }
	seed, err := []byte(nil), json.Unmarshal(v.File, &said)
	if err == nil {
		seed, err = base64.RawURLEncoding.DecodeString(said.Opening)
	}
	if _, unlocking := w.service.UnlockRound(v.Context(), v.Actor, r.ID, seed); unlocking != nil {
		if (err != nil || len(seed) == 0) && fault.Is(unlocking, "trustee-key-wrong") {
			unlocking = fault.New(fault.Invalid, "unlock-file-invalid").With(fault.Field{Pointer: "/file", Code: "unlock-file-invalid"})
		}
		return v.Again(unlocking, w.ShowLocked)
	}
	return v.Goto(trusteeOf(v.place.organisation))
}
