package pages

import (
	"net/url"
	"slices"
	"strings"

	"parley/graph"
	"parley/queries"
)

// ThingView is what the template "thing" shows.
type ThingView struct {
	Name     string // its label, whole unless it is longer than a page bears
	Kind     string // "person"
	Text     string // a description of its own
	Aliases  []string
	More     int // aliases that are not shown
	Codes    []Code
	Summary  []Line // posts and sides
	Event    *EventView
	Groups   []GroupView
	Disputes []DisputeView
	Map      *MapView // nil if it is linked to nothing, or has a diagram
	Timeline []TimelineEntry
	Moments  int // dated statements there are
	Claims   int
	Facts    int
	Said     int
	Articles int
	Outlets  int
	Links    ThingLinks
	Formats  []Alternate
	Cite     CiteView
}

// Section returns the entry of the navigation that the page belongs to.
func (v *ThingView) Section() string {
	switch v.Kind {
	case "talks":
		return "/questions/talks"
	case "agreement":
		return "/questions/agreements"
	}
	return ""
}

// Code is the thing's id in another catalogue.
type Code struct{ Scheme, Value, Href string }

// ThingLinks are addresses of more about the thing.
type ThingLinks struct{ Graph, Claims, Feed, Timeline, Said, Disputes string }

// Line is a fact of the head of a page: "Leads" and what.
type Line struct {
	Name   string
	Values []LineValue
	More   int
}

// LineValue is one value of a line, with the time for which it is claimed.
type LineValue struct {
	Ref  Ref
	When string
}

// GroupView is what is claimed with one predicate.
type GroupView struct {
	Anchor  string
	Heading string // "Mediated 7 talks"
	Rows    []StatementView
	More    int // statements that are not shown
	Apart   []StatementView
	ApartN  int // statements in Apart that are not shown
	All     string
}

// StatementView is one statement in a list about a thing.
type StatementView struct {
	Other    Ref
	When     string // in words
	Claims   int
	Articles string // "3 articles of 2 outlets"
	Quotes   []Quote
	All      string // address of all claims of the statement
}

// The bounds of a thing's page.
const (
	groupRows     = 8
	groupEvidence = 2
	maxAliases    = 12
	TimelineRows  = 15  // dated statements
	maxHeading    = 600 // runes
)

// ThingParams are the bounds of the profile that a page shows.
func ThingParams() queries.Params {
	return queries.Params{Limit: groupRows, Evidence: groupEvidence, Values: groupRows}
}

// NewThingView returns what the page of the thing that f is the profile of shows;
// timeline is the answer to the question of that name, or to that for the evolution of talks.
func NewThingView(g *graph.Snapshot, f *queries.Profile, event *queries.Row, timeline *queries.Answer) *ThingView {
	t := g.At(f.Node)
	v := &ThingView{Name: Clip(maxHeading, t.Label), Kind: kindOf(t.Type), Text: Clip(maxHeading, t.Text), Codes: codesOf(t),
		Claims: f.Claims, Facts: f.Facts, Said: f.Said, Articles: f.Articles, Outlets: f.Outlets, Links: linksOf(t.ID)}
	for _, alias := range t.Aliases[:min(len(t.Aliases), maxAliases)] {
		v.Aliases = append(v.Aliases, Clip(maxName, alias))
	}
	v.More = len(t.Aliases) - len(v.Aliases)
	room := budget(pageBudget)
	if event != nil {
		v.Event = newEventView(g, event, &room)
	}
	for _, d := range f.Disputes {
		v.Disputes = append(v.Disputes, newDisputeView(g, &d, &room))
	}
	for i := range f.Groups {
		v.summarise(g, &f.Groups[i])
		if event == nil || !isRole(event, f.Groups[i].Predicate) {
			v.Groups = append(v.Groups, newGroupView(g, t, &f.Groups[i], &room))
		}
	}
	v.Timeline, v.Moments = timelineOf(g, timeline.Rows), timeline.Total
	v.Links.Timeline = strings.Replace(v.Links.Timeline, "/timeline?", "/"+timeline.Question+"?", 1)
	v.Formats = FormatsOf("/v1/things/" + string(t.ID) + "/claims")
	v.Cite = CiteView{What: v.Name, Path: ThingPath(t.ID), Revision: g.Revision(), Counts: count(f.Claims, "claim", "claims") + " from " + count(f.Articles, "article", "articles")}
	return v
}

func linksOf(id graph.ID) ThingLinks {
	thing := "thing=" + url.QueryEscape(string(id))
	return ThingLinks{Graph: "/graph?" + thing, Claims: "/questions/about?" + thing, Feed: "/questions/about.atom?" + thing, Timeline: "/questions/timeline?" + thing,
		Said: "/questions/statements?actor=" + url.QueryEscape(string(id)), Disputes: "/disputes?" + thing}
}

func codesOf(t *graph.Thing) []Code {
	var codes []Code
	for scheme, value := range t.Codes {
		c := Code{Scheme: scheme, Value: Clip(40, value)}
		switch scheme {
		case "iso3166-1":
			c.Scheme = "ISO 3166-1"
		case "wikidata":
			c.Scheme, c.Href = "Wikidata", "https://www.wikidata.org/wiki/"+url.PathEscape(value)
		}
		codes = append(codes, c)
	}
	slices.SortFunc(codes, func(a, b Code) int { return strings.Compare(a.Scheme, b.Scheme) })
	return codes
}

// summarised are the predicates of which the head of a page tells, by direction.
var summarised = map[graph.Predicate][2]string{
	graph.HoldsPosition: {"Posts", ""}, graph.Leads: {"Leads", "Led by"}, graph.MemberOf: {"Member of", "Members"},
	graph.PartOf: {"Part of", "Parts"}, graph.Represents: {"Represents", "Represented by"}, graph.SpokespersonFor: {"Speaks for", "Spokespeople"},
	graph.LocatedIn: {"Lies in", ""}, graph.BasedIn: {"Based in", ""},
}

// summarise adds the posts and sides that gr tells of to the head of the page.
func (v *ThingView) summarise(g *graph.Snapshot, gr *queries.Group) {
	direction := 0
	if gr.Inverse {
		direction = 1
	}
	name := summarised[gr.Predicate][direction]
	if name == "" || gr.Total == 0 {
		return
	}
	line := Line{Name: name, More: gr.Total}
	for i := range gr.Rows[:min(len(gr.Rows), 5)] {
		line.Values = append(line.Values, LineValue{valueRef(g, gr.Other(&gr.Rows[i])), whenOf(g, &gr.Rows[i])})
	}
	line.More -= len(line.Values)
	v.Summary = append(v.Summary, line)
}

func valueRef(g *graph.Snapshot, v queries.Value) Ref {
	if v.Node != graph.NoNode {
		return RefTo(g, v.Node)
	}
	return refToObject(g, v.Literal)
}

// whenOf returns the time of a statement in words: the first that one of the
// claims shown tells, else that of its event.
func whenOf(g *graph.Snapshot, r *queries.Row) string {
	if r.Object != nil && r.Object.Literal.Datatype == "date" {
		return "" // the statement tells it
	}
	for _, list := range [][]graph.Edge{r.Claims, r.Apart} {
		for _, e := range list {
			if c := g.ClaimOf(e); c.When != nil && c.When.Start != "" {
				return period(c.When)
			}
		}
	}
	if r.Date != "" {
		return inTime(r.Date)
	}
	return ""
}

// isRole reports whether the predicate is shown in the table of an event's roles.
func isRole(event *queries.Row, p graph.Predicate) bool {
	return slices.ContainsFunc(event.Roles, func(r queries.Role) bool {
		return slices.ContainsFunc(r.Values, func(v queries.Value) bool {
			return slices.ContainsFunc(v.Claims, func(e graph.Edge) bool { return e.Predicate() == p })
		})
	})
}

func newGroupView(g *graph.Snapshot, t *graph.Thing, gr *queries.Group, room *budget) GroupView {
	v := GroupView{Anchor: string(gr.Predicate), More: gr.Total - len(gr.Rows), ApartN: gr.ApartAll - len(gr.Apart)}
	if gr.Inverse {
		v.Anchor += "-by"
	}
	v.All = linksOf(t.ID).Claims + "&predicate=" + string(gr.Predicate)
	v.Heading = heading(g, gr)
	for i := range gr.Rows {
		v.Rows = append(v.Rows, newStatementView(g, t, gr, &gr.Rows[i], room))
	}
	for i := range gr.Apart {
		v.Apart = append(v.Apart, newStatementView(g, t, gr, &gr.Apart[i], room))
	}
	return v
}

// heading returns what a group says, counted: "Mediated 7 talks".
func heading(g *graph.Snapshot, gr *queries.Group) string {
	words := phrase(gr.Predicate)
	if gr.Inverse {
		if words = inverses[gr.Predicate]; words == "" {
			words = phrase(gr.Predicate) + ":"
		}
	}
	if gr.Total == 0 {
		return upperFirst(words) + ": nothing as fact"
	}
	if gr.Total == 1 {
		return upperFirst(words)
	}
	var types []graph.Type
	for i := range gr.Rows {
		other := gr.Other(&gr.Rows[i])
		if other.Node == graph.NoNode {
			return upperFirst(words)
		}
		if t := g.ID(other.Node).Type(); !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	return upperFirst(words) + " " + nounOf(gr.Total, types)
}

func newStatementView(g *graph.Snapshot, t *graph.Thing, gr *queries.Group, r *queries.Row, room *budget) StatementView {
	other := gr.Other(r)
	edges := slices.Concat(r.Claims, r.Apart)
	v := StatementView{Other: valueRef(g, other), When: whenOf(g, r), Claims: r.AllClaims, Quotes: room.take(g, edges)}
	v.All = linksOf(t.ID).Claims + "&predicate=" + string(gr.Predicate) + "&polarity=any&modality=any"
	if other.Node != graph.NoNode {
		v.All += "&with=" + url.QueryEscape(string(g.ID(other.Node)))
	}
	if shown := len(edges); shown >= r.AllClaims {
		v.All = ""
	}
	return v
}

// TimelineEntry is one statement at its time.
type TimelineEntry struct {
	Date    string // in words
	ISO     string
	Subject Ref
	Phrase  string
	Object  Ref
}

func timelineOf(g *graph.Snapshot, rows []queries.Row) []TimelineEntry {
	var list []TimelineEntry
	for i := range rows {
		r := &rows[i]
		if r.Object == nil || r.Date == "" {
			continue
		}
		list = append(list, TimelineEntry{When(r.Date), r.Date, RefTo(g, r.Thing), phraseTo(r.Predicate, r.Object.Literal), valueRef(g, *r.Object)})
	}
	return list
}
