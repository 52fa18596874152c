package survey_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// TestColoursThatCanBeRead: a colour that is too light is answered with the nearest
// darker tone. Expected tones were computed with the formula of WCAG 2.2 elsewhere.
func TestColoursThatCanBeRead(t *testing.T) {
	for colour, want := range map[survey.Colour]survey.Colour{
		"#0f5a75": "#0f5a75", "#000000": "#000000", "#6d6d6d": "#6d6d6d",
		"#767676": "#6d6d6d", // enough on white alone
		"#ffcc00": "#856a00", "#ffffff": "#6d6d6d", "#e2001a": "#dd0019",
		"": "", "red": "", "#12345": "", "#1234567": "", "#12345g": "", "#+12345": "", "0f5a75": "",
	} {
		if got, ok := colour.Readable(); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v, want %q", colour, got, ok, want)
		}
	}
}

// TestLooksOfReportsAreKept: limits and colour are kept as they are sound, and the usual
// limits as none.
func TestLooksOfReportsAreKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		version := o.org.Version
		change := func(l *survey.Limits, colour *string) (*survey.Organisation, error) {
			changed, err := o.UpdateOrganisation(ctx, o.lead(), o.org.ID, survey.OrganisationChange{Seen: version, Limits: l, Colour: colour})
			if err == nil {
				version = changed.Version
			}
			return changed, err
		}
		for _, c := range []struct {
			limits survey.Limits
			want   []string
		}{
			{survey.Limits{IndexOK: 50, IndexWatch: 65, ShareOK: 80, ShareWatch: 60}, []string{"limit-order"}},
			{survey.Limits{IndexOK: 65, IndexWatch: 50, ShareOK: 60, ShareWatch: 60}, []string{"limit-order"}},
			{survey.Limits{IndexOK: 101, IndexWatch: 50, ShareOK: 80, ShareWatch: 0}, []string{"limit-invalid", "limit-invalid"}},
			{survey.Limits{}, []string{"limit-invalid", "limit-invalid", "limit-invalid", "limit-invalid"}},
		} {
			if _, err := change(&c.limits, nil); !cmp.Equal(c.want, codes(err)) {
				t.Errorf("%+v: %v, want %v", c.limits, codes(err), c.want)
			}
		}
		for colour, want := range map[string]string{"#ffcc00": "colour-contrast", "gold": "colour-invalid"} {
			if _, err := change(nil, &colour); !fault.Is(err, want) {
				t.Errorf("%s: %v, want %s", colour, err, want)
			}
		}
		own, colour := survey.Limits{IndexOK: 70, IndexWatch: 55, ShareOK: 90, ShareWatch: 1}, " #0A3D62 "
		if _, err := change(&own, &colour); err != nil {
			t.Fatal(err)
		}
		kept, err := o.ShowOrganisation(ctx, account.System(), o.org.ID)
		if err != nil || kept.Limits != own || kept.Colour != "#0a3d62" {
			t.Errorf("kept %+v %q, %v", kept.Limits, kept.Colour, err)
		}
		name := "Südlicht AG"
		changed, err := o.UpdateOrganisation(ctx, o.lead(), o.org.ID, survey.OrganisationChange{Seen: version, Name: &name})
		if err != nil || changed.Limits != own || changed.Colour != "#0a3d62" {
			t.Errorf("another change left %+v %q, %v", changed.Limits, changed.Colour, err)
		}
		version = changed.Version
		usual, none := survey.UsualLimits, ""
		if changed, err := change(&usual, &none); err != nil || changed.Limits != (survey.Limits{}) || changed.Limits.Known() != usual || changed.Colour != "" {
			t.Errorf("back to the usual: %+v %q, %v", changed.Limits, changed.Colour, err)
		}
	})
}
