package web

import (
	"context"
	"net/http"
	"slices"

	"parley/graph"
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
	view, err := thingView(r.Context(), g, id)
	if err != nil {
		return err
	}
	feed := pages.Alternate{Title: "New claims", Type: "application/atom+xml", Href: view.Links.Feed}
	return s.sendPage(w, r, g, "thing", pages.Page{Title: view.Name, Section: view.Section(), Alternates: append(slices.Clip(view.Formats), feed), Body: view})
}

// thingView asks what the page of the thing id shows.
func thingView(ctx context.Context, g *graph.Snapshot, id graph.ID) (*pages.ThingView, error) {
	n, _ := g.Node(id)
	profile, err := queries.ProfileOf(ctx, g, n, pages.ThingParams())
	if err != nil {
		return nil, err
	}
	event, err := queries.EventOf(g, n, pages.ThingParams())
	if err != nil {
		return nil, err
	}
	history := queries.Timeline
	if event != nil {
		history = queries.Evolution // its parts and what it led to as well
	}
	timeline, err := history(ctx, g, queries.Params{Thing: []string{string(id)}, Limit: pages.TimelineRows})
	if err != nil {
		return nil, err
	}
	view := pages.NewThingView(g, profile, event, timeline)
	if view.Event == nil {
		view.Map, err = mapOf(ctx, g, id)
	}
	return view, err
}
