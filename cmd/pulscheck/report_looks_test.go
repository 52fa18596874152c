package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// TestIssuedReportsKeepTheirLooks: logo, colour and limits that are set later are in what
// is drawn later, and in nothing that was issued.
func TestIssuedReportsKeepTheirLooks(t *testing.T) {
	w := startWorld(t, storetest.SQLite(t))
	ctx, system := t.Context(), account.System()
	round := w.counted(t)
	w.runDue(t)
	_, all := w.printed(t, round.Iteration)
	issued, err := w.service.IssueReport(ctx, system, all[0].ID, all[0].Version)
	if err != nil {
		t.Fatal(err)
	}
	o, err := w.service.ShowOrganisation(ctx, system, round.Organisation)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.service.UpdateOrganisation(ctx, system, o.ID, survey.OrganisationChange{
		Seen: o.Version, Colour: new("#8c1d40"), Limits: &survey.Limits{IndexOK: 90, IndexWatch: 80, ShareOK: 95, ShareWatch: 90},
	}); err != nil {
		t.Fatal(err)
	}
	picture := image.NewRGBA(image.Rect(0, 0, 600, 240))
	draw.Draw(picture, picture.Rect, image.NewUniform(color.RGBA{R: 0x8C, G: 0x1D, B: 0x40, A: 0xFF}), image.Point{}, draw.Src)
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		t.Fatal(err)
	}
	if _, err := w.service.PutLogo(ctx, system, o.ID, file.Bytes()); err != nil {
		t.Fatal(err)
	}
	w.set(w.now().Add(time.Hour))
	if err := w.draftReports(ctx, round.ID); err != nil {
		t.Fatal(err)
	}
	_, all = w.printed(t, round.Iteration)
	for _, one := range all {
		r, err := w.service.ShowReport(ctx, system, one.ID)
		if err != nil {
			t.Fatal(err)
		}
		bears := bytes.Contains(r.Body, []byte("/Subtype /Image"))
		if r.ID == issued.ID && !bytes.Equal(r.Body, issued.Body) || r.ID != issued.ID && !bears {
			t.Errorf("%s %s, %s: bears the logo %v", r.Document, r.Language, r.State, bears)
		}
	}
}
