package v1

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

// Coaching is where people find support.
type Coaching struct {
	Offers  []Offer `json:"offers" nullable:"false"`
	Version int     `json:"version" doc:"the number in the ETag; 0: nothing was said yet"`
}

// CoachingSaid replaces the whole list.
type CoachingSaid struct {
	Offers []Offer `json:"offers" maxItems:"40" nullable:"false"`
}

// Offer is somebody who helps.
type Offer struct {
	Process string `json:"process,omitempty" example:"INC" doc:"key of a process; empty: all"`
	Role    string `json:"role,omitempty" example:"staff" doc:"key of a process role; empty: all"`
	Who     string `json:"who" minLength:"1" maxLength:"120" example:"Process office"`
	When    Text   `json:"when" doc:"at most 120 characters; one of the languages may be missing"`
	Where   *Text  `json:"where,omitempty" doc:"likewise, or nothing"`
}

func newCoaching(c *survey.Coaching) *One[Coaching] {
	out := Coaching{Offers: []Offer{}, Version: c.Version}
	for _, o := range c.Offers {
		where := newText(o.Where)
		out.Offers = append(out.Offers, Offer{o.Process, o.Role, o.Who, newText(o.When), &where})
	}
	return &One[Coaching]{etag(c.Version), out}
}

// ShowCoaching gives the offers of an organisation.
func (a *API) ShowCoaching(ctx context.Context, actor account.Actor, in *ByOrganisation) (*One[Coaching], error) {
	c, err := a.service.ShowCoaching(ctx, actor, survey.OrganisationID(in.Organisation))
	if err != nil {
		return nil, err
	}
	return newCoaching(c), nil
}

// PutCoaching replaces the offers of an organisation.
func (a *API) PutCoaching(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Seen
	Body CoachingSaid
}) (*One[Coaching], error) {
	offers := make([]survey.Offer, len(in.Body.Offers))
	for i, o := range in.Body.Offers {
		offers[i] = survey.Offer{Process: o.Process, Role: o.Role, Who: o.Who, When: *o.When.text()}
		if o.Where != nil {
			offers[i].Where = *o.Where.text()
		}
	}
	c, err := a.service.PutCoaching(ctx, actor, survey.OrganisationID(in.Organisation), seen(in.IfMatch), offers)
	if err != nil {
		return nil, err
	}
	return newCoaching(c), nil
}
