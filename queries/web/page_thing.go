package web

import (
	"net/http"
	"slices"

	"parley/queries"
	"parley/queries/web/pages"
)

// thingPage answers GET /things/{type}/{slug} with the page of one thing: what it
// is called, what is claimed of it and which sentences say so.
func (s *server) thingPage(w http.ResponseWriter, r *http.Request) error {
	g, err := s.plain(r)
	if err != nil {
		return err
	}
	id, err := thingID(w, r, g)
	if err != nil || pageIsFresh(w, r, g) {
		return err
	}
	n, _ := g.Node(id)
	profile, err := queries.ProfileOf(r.Context(), g, n, pages.ThingParams())
	if err != nil {
		return err
	}
	event, err := queries.EventOf(g, n, pages.ThingParams())
	if err != nil {
		return err
	}
	history := queries.Timeline
	if event != nil {
		history = queries.Evolution // its parts and what it led to as well
	}
	timeline, err := history(r.Context(), g, queries.Params{Thing: []string{string(id)}, Limit: pages.TimelineRows})
	if err != nil {
		return err
	}
	view := pages.NewThingView(g, profile, event, timeline)
	if view.Event == nil {
		if view.Map, err = mapOf(r.Context(), g, id); err != nil {
			return err
		}
	}
	return s.sendPage(w, r, g, "thing", pages.Page{Title: view.Name, Section: view.Section(), Alternates: append(slices.Clip(view.Formats), pages.Alternate{Title: "New claims", Type: "application/atom+xml", Href: view.Links.Feed}), Body: view})
}
