package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gorilla/mux"

	"parley/graph"
	"parley/graph/export"
	"parley/queries"
	"parley/queries/web/draw"
	"parley/queries/web/pages"
	"parley/queries/web/view"
)

// graphPage answers GET /graph with the view that the query describes, as a
// drawing and as a table.
func (s *server) graphPage(w http.ResponseWriter, r *http.Request) error {
	g, state, err := s.graphState(r)
	if err != nil || pageIsFresh(w, r, g) {
		return err
	}
	v, err := newGraphView(r.Context(), g, state)
	if err != nil {
		return err
	}
	if state.IsEmpty() {
		if v.Starts, err = startingPoints(r.Context(), g); err != nil {
			return err
		}
	}
	return s.sendPage(w, r, g, "graph", pages.Page{Title: v.Heading, Section: "/graph", Alternates: v.Formats, Scripts: []string{"graph.js"}, Body: v})
}

// graphFile answers GET /graph.{format} with what the view of the same query shows.
func (s *server) graphFile(w http.ResponseWriter, r *http.Request) error {
	g, state, err := s.graphState(r)
	if err != nil {
		return err
	}
	f := export.Format(mux.Vars(r)["format"])
	info, known := export.Find(f)
	if !known && f != "svg" {
		return newProblem(http.StatusNotFound, "a graph view has no format %q", clipped(string(f)))
	}
	if isFresh(w, r, g, f) {
		return nil
	}
	w.Header().Set("Content-Disposition", `inline; filename="parley.`+string(f)+`"`)
	if f == "svg" {
		return s.graphSVG(w, r, g, state)
	}
	selected, err := view.Select(r.Context(), g, state)
	if err != nil {
		return err
	}
	var claims []*graph.Claim
	for _, e := range selected.Edges {
		claims = append(claims, e.Claims...)
	}
	var body bytes.Buffer
	if err := export.Write(&body, info.Format, g, slices.Values(claims), exportOptions); err != nil {
		return err
	}
	return writeBytes(w, contentType(f), body.Bytes())
}

// graphSVG sends the drawing alone.
func (s *server) graphSVG(w http.ResponseWriter, r *http.Request, g *graph.Snapshot, state *view.State) error {
	v, err := newGraphView(r.Context(), g, state)
	if err != nil {
		return err
	}
	if v.Drawing == nil {
		return newProblem(http.StatusNotFound, "there is nothing to draw")
	}
	body, err := site().Part("drawing", v.Drawing.AsFile())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'")
	return writeBytes(w, "image/svg+xml", body)
}

// graphState reads the view that r asks for.
func (s *server) graphState(r *http.Request) (*graph.Snapshot, *view.State, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, nil, newProblem(http.StatusBadRequest, "the query of the address is malformed")
	}
	state, err := view.Parse(values)
	if err != nil {
		return nil, nil, err
	}
	g, err := s.graphAt(r)
	return g, state, err
}

// newGraphView selects and draws what state shows.
func newGraphView(ctx context.Context, g *graph.Snapshot, state *view.State) (*pages.GraphView, error) {
	selected, err := view.Select(ctx, g, state)
	if err != nil {
		return nil, err
	}
	return drawGraphView(ctx, g, state, selected)
}

// drawGraphView draws what was selected.
func drawGraphView(ctx context.Context, g *graph.Snapshot, state *view.State, selected *view.Graph) (*pages.GraphView, error) {
	drawing, err := place(ctx, g, state, selected)
	if err != nil {
		return nil, err
	}
	return pages.NewGraphView(g, state, selected, drawing), nil
}

// maxRetraced is the most things for which a drawing is made step by step.
const maxRetraced = 120

// place draws what was selected. Things stay about where they were before the last
// one was expanded; those that are pinned are put where they are pinned once all
// have their places.
func place(ctx context.Context, g *graph.Snapshot, state *view.State, selected *view.Graph) (*draw.Drawing, error) {
	plan := pages.DrawingGraph(g, selected)
	if before := state.Before(); before != nil && len(selected.Nodes) <= maxRetraced {
		earlier, err := view.Sketch(ctx, g, before)
		if err != nil {
			return nil, err
		}
		drawing, err := place(ctx, g, before, earlier)
		if err != nil {
			return nil, err
		}
		was := make(map[graph.ID]*draw.Point, len(earlier.Nodes))
		for i, n := range earlier.Nodes {
			was[n.ID] = &draw.Point{X: drawing.Nodes[i].X, Y: drawing.Nodes[i].Y}
		}
		for i, n := range selected.Nodes {
			plan.Nodes[i].Near = was[n.ID]
		}
	}
	drawing, err := draw.Layout(ctx, plan)
	if err != nil || len(state.Pins) == 0 {
		return drawing, err
	}
	for i, n := range selected.Nodes {
		plan.Nodes[i].Near = &draw.Point{X: drawing.Nodes[i].X, Y: drawing.Nodes[i].Y}
		if pin, ok := state.Pins[n.ID]; ok {
			plan.Nodes[i].Pin = &pin
		}
	}
	return draw.Layout(ctx, plan)
}

// mapOf returns the drawing of what the thing id is linked to, for its own page.
func mapOf(ctx context.Context, g *graph.Snapshot, id graph.ID) (*pages.MapView, error) {
	state, err := view.Parse(url.Values{"thing": {string(id)}, "limit": {strconv.Itoa(pages.MapNodes)}})
	if err != nil {
		return nil, err
	}
	selected, err := view.Sketch(ctx, g, state)
	if err != nil {
		return nil, err
	}
	v, err := drawGraphView(ctx, g, state, selected)
	if err != nil {
		return nil, err
	}
	return v.Map(id), nil
}

// startingPoints returns those who mediated most.
func startingPoints(ctx context.Context, g *graph.Snapshot) ([]pages.Ref, error) {
	answer, err := queries.Mediators(ctx, g, queries.Params{Limit: 8})
	if err != nil {
		return nil, err
	}
	var refs []pages.Ref
	for _, row := range answer.Rows {
		refs = append(refs, pages.RefTo(g, row.Thing))
	}
	return refs, nil
}
