package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/graph"
	"parley/queries"
	"parley/queries/web/draw"
	"parley/queries/web/view"
)

// GraphView is what the template "graph" shows.
type GraphView struct {
	Heading string
	Starts  []Ref  // where to begin, if nothing is asked for
	Table   string // address of the question's own page; "" if no question is shown
	Notes   []string
	Counts  string // what is shown, in words
	Left    string // what is not; "" if nothing is left out
	Narrow  []Narrow
	Drawing *DrawingView // nil if there is nothing to draw
	Form    GraphForm
	Nodes   []NodeView
	Edges   []EdgeView
	Legend  Legend
	Formats []Alternate

	Revision  uint64
	Permanent string // address of the view of this revision
}

// Narrow is a way to see fewer things: one type only.
type Narrow struct{ Name, Href string }

// DrawingView is a drawing as the template "drawing" shows it.
type DrawingView struct {
	Name                     string // for readers who do not see it
	Left, Top, Width, Height float64
	Nodes                    []NodeView
	Edges                    []EdgeView
	IsFile                   bool // to stand alone: no links
}

// NodeView is a thing of a graph view: in the drawing, and a row of the table.
type NodeView struct {
	draw.Box
	Ref
	Kind   string // "person"
	Class  string
	Fill   string // for a drawing that stands alone
	Name   string // for readers who do not see it
	Action string // "Expand", "Collapse" or "Open"
	Act    string // address of that, where the node leads
	Links  int
	Hidden string // number of things that it is linked to besides; "" for none
	Pinned bool
}

// EdgeView is a link of a graph view: in the drawing, and a row of the table.
type EdgeView struct {
	draw.Line
	Number   int
	Act      string // where the line leads
	Class    string // of its standing
	Dashes   string // for a drawing that stands alone
	Width    string // of the line
	Name     string // for readers who do not see it
	From, To Ref
	FromN    int
	ToN      int
	Phrase   string
	Standing string // "" for a fact
	Sources  string // "3 articles of 2 outlets"
	Outlets  string // names
	When     string
	Years    string // for the slider: spans of years with spaces between
	Percent  string // confidence
	Quotes   string // address of the claims with their quotes
}

// shapes and fills of things by type. The style sheet has other fills for dark
// pages.
var shapes = map[graph.Type]struct {
	shape draw.Shape
	fill  string
}{
	graph.Person: {draw.Pill, "#fdeccd"}, graph.Organisation: {draw.Rectangle, "#dceaf7"}, graph.State: {draw.Hexagon, "#dff0d8"},
	graph.Group: {draw.Doubled, "#e9e4da"}, graph.Place: {draw.Ellipse, "#f3e2ee"}, graph.Talks: {draw.Rounded, "#fff7c2"},
	graph.Agreement: {draw.Sheet, "#d9f1ee"}, graph.Proposal: {draw.Slanted, "#ece3f7"}, graph.ArticleType: {draw.Octagon, "#eeeeee"}, graph.Outlet: {draw.Octagon, "#e2e2e2"},
}

// dashes of lines by standing.
var dashes = map[view.Standing]string{view.Denied: "7 4", view.Planned: "2 4", view.Conditional: "10 3 2 3", view.Possible: "2 4"}

// DrawingGraph returns the things and links of v as package draw places them, at
// the places where the state has pinned them.
func DrawingGraph(g *graph.Snapshot, v *view.Graph) draw.Graph {
	var d draw.Graph
	for _, n := range v.Nodes {
		d.Nodes = append(d.Nodes, draw.Node{Label: Clip(maxName, g.At(n.Node).Label), Shape: shapes[n.ID.Type()].shape})
	}
	for _, e := range v.Edges {
		d.Edges = append(d.Edges, draw.Edge{From: e.From, To: e.To, Label: edgeWords(e)})
	}
	return d
}

// edgeWords returns what is written on an edge: what it says, and how if not as a
// fact.
func edgeWords(e view.Edge) string {
	words := phrase(e.Predicate)
	if e.Standing != view.Fact {
		words = string(e.Standing) + ": " + words
	}
	return words
}

// NewGraphView returns the view of v under s, drawn as d.
func NewGraphView(g *graph.Snapshot, s *view.State, v *view.Graph, d *draw.Drawing) *GraphView {
	out := &GraphView{Heading: graphHeading(g, s, v), Notes: v.Notes, Form: newGraphForm(g, s, v), Legend: newLegend(v)}
	for i, n := range v.Nodes {
		node := newNodeView(g, s, n, d.Nodes[i])
		node.Name += ". " + node.Action
		out.Nodes = append(out.Nodes, node)
	}
	for i, e := range v.Edges {
		out.Edges = append(out.Edges, newEdgeView(out.Nodes, i, e, d.Edges[i]))
	}
	if s.Question != "" {
		out.Table = "/questions/" + s.Question + "?" + s.AskedQuery()
	}
	out.Counts = count(len(v.Nodes), "thing", "things") + " and " + count(len(v.Edges), "link", "links") + " between them"
	if v.Left > 0 {
		out.Left = count(v.Left, "thing that belongs here is", "things that belong here are") + " left out: those with fewer claims."
	}
	if v.Fewer > 0 {
		out.Left += " " + count(v.Fewer, "link between those shown is", "links between those shown are") + " left out: those of fewest outlets."
	}
	if out.Left != "" {
		for _, t := range v.Facets.Types {
			out.Narrow = append(out.Narrow, Narrow{nounOf(t.N, []graph.Type{graph.Type(t.Value)}), "/graph?" + s.With("type", t.Value)})
		}
	}
	if len(v.Nodes) > 0 {
		out.Drawing = &DrawingView{Name: out.Heading + ": " + out.Counts, Left: d.Left(), Top: d.Top(), Width: d.W, Height: d.H, Nodes: out.Nodes, Edges: out.Edges}
		out.Formats = graphFormats(s)
		out.Revision, out.Permanent = g.Revision(), "/graph?"+s.With("as_of", strconv.FormatUint(g.Revision(), 10))
	}
	return out
}

// graphHeading says what a view shows: "What is linked to Finland".
func graphHeading(g *graph.Snapshot, s *view.State, v *view.Graph) string {
	var names []string
	for _, n := range v.Nodes {
		if n.Asked {
			names = append(names, Clip(60, g.At(n.Node).Label))
		}
	}
	if len(names) > 3 {
		names = append(names[:3], "more")
	}
	switch {
	case s.Question != "":
		if q, err := queries.Find(s.Question); err == nil {
			return q.Sentence
		}
	case s.IsPath() && len(names) == 2:
		return "How " + names[0] + " and " + names[1] + " are linked"
	case s.IsPath():
		return "How " + Clip(60, s.Params.From[0]) + " and " + Clip(60, s.Params.To[0]) + " are linked"
	case len(names) > 0:
		return "What is linked to " + strings.Join(names, ", ")
	}
	return "Graph view"
}

func newNodeView(g *graph.Snapshot, s *view.State, n view.Node, box draw.Box) NodeView {
	t := n.ID.Type()
	o := NodeView{Box: box, Ref: RefTo(g, n.Node), Kind: kindOf(t), Fill: shapes[t].fill, Links: n.Links, Class: "n t-" + strings.ToLower(string(t))}
	for _, c := range []struct {
		is   bool
		name string
	}{{n.Asked, " asked"}, {n.Open, " open"}} {
		if c.is {
			o.Class += c.name
		}
	}
	if _, o.Pinned = s.Pins[n.ID]; o.Pinned {
		o.Class += " pinned"
	}
	if n.Hidden > 0 {
		o.Hidden = number(n.Hidden)
		if n.Many {
			o.Hidden = "more than " + o.Hidden
		}
	}
	switch {
	case n.Open:
		o.Action, o.Act = "Collapse", "/graph?"+s.Collapsing(n.ID)
	case n.Hidden > 0:
		o.Action, o.Act = "Expand", "/graph?"+s.Expanding(n.ID)
	default:
		o.Action, o.Act = "Open", o.Href
	}
	var words []string
	for _, line := range box.Text {
		words = append(words, line.Words)
	}
	if words := strings.Join(words, " "); words != o.Label { // who speaks to a browser says what is to be seen
		o.Name = words + ": "
	}
	o.Name += o.Label + ", " + o.Kind + ", " + count(n.Links, "link", "links") + " shown"
	if o.Hidden != "" {
		o.Name += ", " + o.Hidden + " not shown"
	}
	return o
}

func newEdgeView(nodes []NodeView, i int, e view.Edge, line draw.Line) EdgeView {
	o := EdgeView{Line: line, Number: i, From: nodes[e.From].Ref, To: nodes[e.To].Ref, FromN: e.From, ToN: e.To, Phrase: phrase(e.Predicate), Class: "e " + string(e.Standing), Dashes: dashes[e.Standing], Percent: percent(e.Confidence)}
	if e.Standing != view.Fact {
		o.Standing = string(e.Standing)
	}
	if info, _ := e.Predicate.Info(); info.Symmetric {
		o.Arrow = ""
	}
	sources := max(1, len(e.Outlets))
	o.Width = strconv.FormatFloat(0.75+0.75*float64(min(sources, 8)), 'g', 3, 64)
	o.Sources = count(e.Articles, "article", "articles") + " of " + count(sources, "outlet", "outlets")
	for i, name := range e.Outlets[:min(len(e.Outlets), 4)] {
		if i > 0 {
			o.Outlets += ", "
		}
		o.Outlets += Clip(40, name)
	}
	if more := len(e.Outlets) - 4; more > 0 {
		o.Outlets += " and " + number(more) + " more"
	}
	o.When, o.Years = timesInWords(e.Times)
	o.Act = "#e" + strconv.Itoa(i)
	o.Quotes = "/questions/about?" + url.Values{"thing": {string(o.From.ID)}, "with": {string(o.To.ID)}, "predicate": {string(e.Predicate)}, "polarity": {"any"}, "modality": {"any"}}.Encode()
	o.Name = o.From.Label + " " + edgeWords(e) + " " + o.To.Label + ": " + o.Sources + ", confidence " + o.Percent
	return o
}

// timesInWords returns when a link was, in words and as spans of years.
func timesInWords(times []view.Time) (words, years string) {
	const shown = 2
	var list, spans []string
	for i, t := range times {
		if len(t.From) < 4 || len(t.To) < 4 {
			continue
		}
		if span := t.From[:4] + "-" + t.To[:4]; !slices.Contains(spans, span) {
			spans = append(spans, span)
		}
		if i >= shown {
			continue
		}
		if t.From == t.To {
			list = append(list, When(t.From))
		} else {
			list = append(list, When(t.From)+" to "+When(t.To))
		}
	}
	words = strings.Join(list, "; ")
	if more := len(times) - shown; more > 0 {
		words += " and " + number(more) + " more"
	}
	return words, strings.Join(spans, " ")
}
