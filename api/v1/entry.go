package v1

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

func newText(t locale.Text) Text { return Text{t.DE, t.EN} }

func (t *Text) text() *locale.Text {
	if t == nil {
		return nil
	}
	return &locale.Text{DE: t.DE, EN: t.EN}
}

func newEntry(n *survey.Named) Entry {
	return Entry{Key: n.Key, Name: newText(n.Name), Since: n.Since, Archived: n.Archived, Version: n.Version}
}

// Entries are the handlers of one list of organisations.
type Entries struct {
	api  *API
	list survey.List
	path string
}

// Entries gives the handlers of a list, whose path ends in a word.
func (a *API) Entries(list survey.List, path string) Entries { return Entries{a, list, path} }

// List gives a list.
func (e Entries) List(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Paging
}) (*List[Entry], error) {
	all, err := e.api.service.ListEntries(ctx, actor, survey.OrganisationID(in.Organisation), e.list)
	if err != nil {
		return nil, err
	}
	return e.page(in.Paging, in.Organisation, all)
}

func (e Entries) page(p Paging, organisation string, all []survey.Named) (*List[Entry], error) {
	return page(e.api, p, organisation+"/"+e.path, all, func(n *survey.Named) string { return n.Key }, newEntry)
}

// Create adds an entry.
func (e Entries) Create(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Body EntryNew
}) (*Made[Entry], error) {
	b := in.Body
	n, err := e.api.service.CreateEntry(ctx, actor, survey.OrganisationID(in.Organisation), e.list, survey.EntryInput{
		Key: b.Key, Name: *b.Name.text(), Since: b.Since, Archived: b.Archived,
	})
	if err != nil {
		return nil, err
	}
	at := Prefix + "/organisations/" + in.Organisation + "/" + e.path + "/" + n.Key
	return &Made[Entry]{at, etag(n.Version), newEntry(n)}, nil
}

// Show gives an entry.
func (e Entries) Show(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	ByKey
}) (*One[Entry], error) {
	n, err := e.api.service.ShowEntry(ctx, actor, survey.OrganisationID(in.Organisation), e.list, in.Key)
	if err != nil {
		return nil, err
	}
	return &One[Entry]{etag(n.Version), newEntry(n)}, nil
}

// Update changes an entry.
func (e Entries) Update(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	ByKey
	Seen
	Body EntryChange
}) (*One[Entry], error) {
	b := in.Body
	n, err := e.api.service.UpdateEntry(ctx, actor, survey.OrganisationID(in.Organisation), e.list, survey.EntryChange{
		Seen: seen(in.IfMatch), Key: in.Key, Name: b.Name.text(), Since: b.Since, Archived: b.Archived,
	})
	if err != nil {
		return nil, err
	}
	return &One[Entry]{etag(n.Version), newEntry(n)}, nil
}

// Delete removes an entry that was never used.
func (e Entries) Delete(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	ByKey
	Seen
}) (*None, error) {
	return &None{}, e.api.service.DeleteEntry(ctx, actor, survey.OrganisationID(in.Organisation), e.list, in.Key, seen(in.IfMatch))
}

// TakeTemplate adds processes of the template.
func (a *API) TakeTemplate(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Body *Template
}) (*List[Entry], error) {
	var keys []string
	if in.Body != nil {
		keys = in.Body.Keys
	}
	all, err := a.service.TakeTemplate(ctx, actor, survey.OrganisationID(in.Organisation), keys)
	if err != nil {
		return nil, err
	}
	return a.Entries(survey.ProcessList, "processes").page(Paging{Limit: 200}, in.Organisation, all)
}
