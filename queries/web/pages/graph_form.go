package pages

import (
	"net/url"
	"slices"
	"strings"

	"parley/graph"
	"parley/graph/export"
	"parley/queries/web/view"
)

// GraphForm is the form of a graph view. It sends the whole view again, so that
// the address of what it shows is all there is to a view.
type GraphForm struct {
	Things     []string // names or ids that the view is around
	From, To   string
	Kept       []Sent // what the form does not show but sends
	Predicates []Choice
	Types      []Choice
	Outlets    []Choice
	Confidence string // least, as a number from 0 to 1
	Since      string
	Until      string
	First      string // years between which there is anything
	Last       string
	Standings  []Choice // "polarity"
	Modalities []Choice
	Among      bool
	Reset      string // address without filters
	Filtered   bool
}

// Sent is a hidden field of a form.
type Sent struct{ Name, Value string }

// Choice is a value that can be chosen.
type Choice struct {
	Value, Name string
	Count       string
	Chosen      bool
}

// maxChoices is how many values of one filter are shown; those that are chosen
// are shown in any case.
const maxChoices = 14

// filters are the parameters that the filters of the form fill.
var filters = []string{"predicate", "type", "outlet", "min_confidence", "since", "until", "polarity", "modality", "among"}

func newGraphForm(g *graph.Snapshot, s *view.State, v *view.Graph) GraphForm {
	f := GraphForm{Among: s.Among, First: v.Facets.From, Last: v.Facets.To, Reset: "/graph?" + withoutFilters(s)}
	first := func(name string) string {
		if values := s.Values(name); len(values) > 0 {
			return values[0]
		}
		return ""
	}
	shown := slices.Concat(filters, []string{"limit"})
	if s.Question == "" {
		for _, thing := range s.Values("thing") {
			f.Things = append(f.Things, nameOf(g, thing))
		}
		f.From, f.To = nameOf(g, first("from")), nameOf(g, first("to"))
		shown = append(shown, "thing", "from", "to")
	}
	query, _ := url.ParseQuery(s.Query())
	for _, name := range sortedNames(query) {
		if !slices.Contains(shown, name) {
			for _, value := range query[name] {
				f.Kept = append(f.Kept, Sent{name, value})
			}
		}
	}
	f.Confidence, f.Since, f.Until = first("min_confidence"), first("since"), first("until")
	f.Predicates = choices(v.Facets.Predicates, s.Values("predicate"), func(p string) string { return phrase(graph.Predicate(p)) })
	f.Types = choices(v.Facets.Types, s.Values("type"), strings.ToLower)
	f.Outlets = choices(v.Facets.Outlets, s.Values("outlet"), func(o string) string { return Clip(50, o) })
	f.Standings = options(first("polarity"), "", "asserted or denied", "asserted", "asserted only", "denied", "denied only")
	f.Modalities = options(first("modality"), "", "in whatever way", "actual", "as having happened", "planned", "planned", "conditional", "conditional", "possible", "possible")
	f.Filtered = slices.ContainsFunc(filters, func(name string) bool { return len(s.Values(name)) > 0 })
	return f
}

// nameOf returns the name of the thing that value, an id or a name, stands for, if
// it stands for no other; else value.
func nameOf(g *graph.Snapshot, value string) string {
	n, ok := g.Node(graph.ID(value))
	if !ok {
		return value
	}
	name := g.At(n).Label
	if len(g.Named(name)) != 1 || len(name) > 200 || Clip(200, name) != name {
		return value
	}
	return name
}

func withoutFilters(s *view.State) string {
	query, _ := url.ParseQuery(s.Query())
	for _, name := range filters {
		query.Del(name)
	}
	return query.Encode()
}

func sortedNames(values url.Values) []string {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// choices returns the values of a filter, most frequent first.
func choices(counts []view.Count, chosen []string, name func(string) string) []Choice {
	var list []Choice
	for _, c := range counts {
		is := slices.ContainsFunc(chosen, func(v string) bool { return strings.EqualFold(v, c.Value) })
		if is || len(list) < maxChoices {
			list = append(list, Choice{c.Value, name(c.Value), number(c.N), is})
		}
	}
	for _, v := range chosen {
		if !slices.ContainsFunc(list, func(c Choice) bool { return strings.EqualFold(c.Value, v) }) {
			list = append(list, Choice{v, name(v), "0", true})
		}
	}
	return list
}

// options returns choices of values and names, of which one is chosen; the first
// stands for none.
func options(chosen string, pairs ...string) []Choice {
	var list []Choice
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, Choice{Value: pairs[i], Name: pairs[i+1], Chosen: chosen == pairs[i]})
	}
	return list
}

// Legend says what shapes and lines of a drawing mean.
type Legend struct {
	Kinds     []LegendKind
	Standings []string // other than facts, that there are
}

// LegendKind is a type of thing with its shape.
type LegendKind struct{ Name, Class, Outline, Fill string }

func newLegend(v *view.Graph) Legend {
	var l Legend
	for _, t := range graph.Types() {
		if slices.ContainsFunc(v.Nodes, func(n view.Node) bool { return n.ID.Type() == t }) {
			name := strings.ToLower(string(t))
			l.Kinds = append(l.Kinds, LegendKind{name, "n t-" + name, shapes[t].shape.Outline(34, 18), shapes[t].fill})
		}
	}
	for _, st := range []view.Standing{view.Denied, view.Planned, view.Conditional, view.Possible} {
		if slices.ContainsFunc(v.Edges, func(e view.Edge) bool { return e.Standing == st }) {
			l.Standings = append(l.Standings, string(st))
		}
	}
	return l
}

// graphFormats returns the forms in which what a view shows can be had.
func graphFormats(s *view.State) []Alternate {
	query := "?" + s.Query()
	list := []Alternate{{"SVG", "image/svg+xml", "/graph.svg" + query}}
	for _, f := range []export.Format{export.GEXF, export.GraphML, export.Cytoscape, export.CSV, export.NQuads} {
		if info, ok := export.Find(f); ok {
			list = append(list, Alternate{info.Name, info.MediaType, "/graph." + string(f) + query})
		}
	}
	return list
}

// MapView is a small drawing of what a thing is linked to, on the thing's own page.
type MapView struct {
	Drawing *DrawingView
	Legend  Legend
	Left    string // what is not drawn; "" if nothing is left out
	Href    string // address of the graph view
}

// MapNodes is how many things a map shows, that in its middle among them.
const MapNodes = 16

// Map returns the drawing of v as a map of the thing id, whose things lead to
// their pages and whose lines to their quotes; nil if there is nothing to it.
func (v *GraphView) Map(id graph.ID) *MapView {
	if len(v.Edges) == 0 {
		return nil
	}
	for i := range v.Nodes {
		n := &v.Nodes[i]
		n.Act = n.Href
	}
	for i := range v.Edges {
		v.Edges[i].Act = v.Edges[i].Quotes
	}
	return &MapView{Drawing: v.Drawing, Legend: v.Legend, Left: v.Left, Href: "/graph?" + url.Values{"thing": {string(id)}}.Encode()}
}

// AsFile returns the drawing as it stands alone.
func (d *DrawingView) AsFile() *DrawingView {
	file := *d
	file.IsFile = true
	return &file
}
