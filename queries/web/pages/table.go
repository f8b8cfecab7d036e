package pages

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/queries"
)

// TableView is an answer as a table.
type TableView struct {
	Columns []string // headings of the cells, after the first
	Rows    []RowView
}

// RowView is a row of an answer.
type RowView struct {
	Subject   Ref
	Phrase    string // of a statement
	Object    Ref
	Date      string // in words
	Steps     []StepView
	Cells     []CellView // one for each column
	Quotes    []Quote
	Claims    int
	IsHidden  bool // there are quotes, but no room for them
	Statement bool
}

// CellView is a cell: the players of a role or of several, or a number.
type CellView struct {
	Parts    []PartView
	IsNumber bool
	Number   int
}

// PartView is a role and who has it.
type PartView struct {
	Name string // "" if the column says it
	Refs []Ref
	More int
}

// IsEmpty reports whether the cell says nothing.
func (c CellView) IsEmpty() bool {
	return !c.IsNumber && !slices.ContainsFunc(c.Parts, func(p PartView) bool { return len(p.Refs) > 0 })
}

// StepView is one hop of a path.
type StepView struct {
	From, To Ref
	Phrase   string // of the first claim, with its direction
	Quotes   []Quote
}

// newTableView returns rows as a table that has a column for each role and each
// figure that some row has.
func newTableView(g *graph.Snapshot, rows []queries.Row, room *budget) *TableView {
	v := &TableView{}
	roles, counts := columnsOf(rows)
	roles, others := mainRoles(rows, roles)
	dated := slices.ContainsFunc(rows, func(r queries.Row) bool { return r.Date != "" })
	if dated {
		v.Columns = append(v.Columns, "Date")
	}
	for _, name := range roles {
		v.Columns = append(v.Columns, roleName(name))
	}
	if len(others) > 0 {
		v.Columns = append(v.Columns, "Also")
	}
	for _, name := range counts {
		v.Columns = append(v.Columns, countName(name))
	}
	for i := range rows {
		r := &rows[i]
		row := RowView{Subject: RefTo(g, r.Thing), Claims: r.AllClaims, Statement: r.Object != nil || r.Predicate != ""}
		if row.Statement {
			row.Phrase = phrase(r.Predicate)
		}
		if r.Object != nil {
			row.Phrase, row.Object = phraseTo(r.Predicate, r.Object.Literal), valueRef(g, *r.Object)
		}
		for _, st := range r.Steps {
			row.Steps = append(row.Steps, newStepView(g, st, room))
		}
		if dated {
			row.Cells = append(row.Cells, CellView{Parts: []PartView{{Refs: []Ref{{Label: When(r.Date)}}}}})
		}
		row.Cells = append(row.Cells, cellsOf(g, r, roles, others, counts)...)
		if len(r.Steps) == 0 {
			edges := slices.Concat(r.Claims, r.Apart)
			row.Quotes = room.take(g, edges)
			row.IsHidden = len(edges) > 0 && len(row.Quotes) == 0
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// columnsOf returns the names of the roles and counts that rows have, in the order
// in which they are met.
func columnsOf(rows []queries.Row) (roles, counts []string) {
	for i := range rows {
		at := 0
		for _, r := range rows[i].Roles {
			if j := slices.Index(roles, r.Name); j >= 0 {
				at = j + 1
				continue
			}
			roles = slices.Insert(roles, min(at, len(roles)), r.Name)
			at++
		}
		for _, c := range rows[i].Counts {
			if !slices.Contains(counts, c.Name) {
				counts = append(counts, c.Name)
			}
		}
	}
	return roles, counts
}

// maxColumns is how many roles have a column of their own.
const maxColumns = 5

// mainRoles returns those of roles that most rows have, at most maxColumns, and the
// others, which share a column.
func mainRoles(rows []queries.Row, roles []string) (main, others []string) {
	uses := make(map[string]int, len(roles))
	for i := range rows {
		for _, r := range rows[i].Roles {
			uses[r.Name]++
		}
	}
	byUse := slices.Clone(roles)
	slices.SortStableFunc(byUse, func(a, b string) int { return uses[b] - uses[a] })
	byUse = byUse[:min(len(byUse), maxColumns)]
	for _, name := range roles {
		if slices.Contains(byUse, name) {
			main = append(main, name)
		} else {
			others = append(others, name)
		}
	}
	return main, others
}

func cellsOf(g *graph.Snapshot, r *queries.Row, roles, others, counts []string) []CellView {
	cells := make([]CellView, 0, len(roles)+len(counts)+1)
	for _, name := range roles {
		part := partOf(g, r, name)
		part.Name = "" // the column says it
		cells = append(cells, CellView{Parts: []PartView{part}})
	}
	if len(others) > 0 {
		var c CellView
		for _, name := range others {
			if part := partOf(g, r, name); len(part.Refs) > 0 {
				c.Parts = append(c.Parts, part)
			}
		}
		cells = append(cells, c)
	}
	for _, name := range counts {
		c := CellView{IsNumber: true}
		for _, n := range r.Counts {
			if n.Name == name {
				c.Number = n.N
			}
		}
		cells = append(cells, c)
	}
	return cells
}

// partOf returns the role of that name of a row.
func partOf(g *graph.Snapshot, r *queries.Row, name string) PartView {
	part := PartView{Name: roleName(name)}
	for _, role := range r.Roles {
		if role.Name == name {
			part.More = role.Count - len(role.Values)
			for _, value := range role.Values {
				part.Refs = append(part.Refs, valueRef(g, value))
			}
		}
	}
	return part
}

// countName returns the name of a figure as a heading.
func countName(name string) string {
	if p := graph.Predicate(name); phrase(p) != name {
		return upperFirst(phrase(p))
	}
	return upperFirst(strings.ReplaceAll(strings.TrimPrefix(name, "outcome_"), "_", " "))
}

func newStepView(g *graph.Snapshot, st queries.Step, room *budget) StepView {
	v := StepView{From: RefTo(g, st.From), To: RefTo(g, st.To)}
	if len(st.Claims) > 0 {
		c := g.ClaimOf(st.Claims[0])
		v.Phrase = phrase(c.Predicate)
		if subject, _ := g.Ends(st.Claims[0]); subject != st.From {
			v.From, v.To = v.To, v.From
		}
	}
	v.Quotes = room.take(g, st.Claims)
	return v
}

// momentsOf returns rows as entries of a timeline, in the order in which they come.
// Those without a date are left out.
func momentsOf(g *graph.Snapshot, rows []queries.Row) []TimelineEntry {
	var list []TimelineEntry
	for i := range rows {
		r := &rows[i]
		date := r.Date
		for _, role := range r.Roles {
			if role.Name == "dates" && date == "" {
				date = firstDate(role.Values)
			}
		}
		entry := TimelineEntry{Date: When(date), ISO: date, Subject: RefTo(g, r.Thing)}
		if date == "" {
			entry.Date = "no date told"
		}
		if r.Object != nil {
			entry.Phrase, entry.Object = phraseTo(r.Predicate, r.Object.Literal), valueRef(g, *r.Object)
		}
		list = append(list, entry)
	}
	return list
}

func firstDate(values []queries.Value) string {
	first := ""
	for _, v := range values {
		if d := v.Literal.Value; first == "" || d < first {
			first = d
		}
	}
	return first
}

// PlaceView is a place with what was held or signed there. The graph has no
// coordinates, so that places are ordered by what articles say they lie in.
type PlaceView struct {
	Region Ref // what the places lie in; without label if nothing says so
	Places []PlacedView
	Count  int
}

// PlacedView is one place.
type PlacedView struct {
	Place  Ref
	Events []Ref
	Size   int // from 1 to 5, by the number of events
}

// placesOf groups rows by where they were held or signed; placeless is the number of
// those that no place is told of.
func placesOf(g *graph.Snapshot, rows []queries.Row) (regions []PlaceView, placeless int) {
	events := make(map[graph.Node][]Ref)
	var places []graph.Node
	for i := range rows {
		found := false
		for _, role := range rows[i].Roles {
			if role.Name != "places" {
				continue
			}
			for _, v := range role.Values {
				if v.Node == graph.NoNode {
					continue
				}
				found = true
				if events[v.Node] == nil {
					places = append(places, v.Node)
				}
				events[v.Node] = append(events[v.Node], RefTo(g, rows[i].Thing))
			}
		}
		if !found {
			placeless++
		}
	}
	for _, n := range places {
		region := regionOf(g, n)
		i := slices.IndexFunc(regions, func(v PlaceView) bool { return v.Region.ID == region.ID })
		if i < 0 {
			i = len(regions)
			regions = append(regions, PlaceView{Region: region})
		}
		regions[i].Count += len(events[n])
		regions[i].Places = append(regions[i].Places, PlacedView{RefTo(g, n), events[n], min(len(events[n]), 5)})
	}
	slices.SortStableFunc(regions, func(a, b PlaceView) int {
		if (a.Region.Label == "") != (b.Region.Label == "") { // what lies nowhere comes last
			return len(b.Region.Label) - len(a.Region.Label)
		}
		return b.Count - a.Count
	})
	return regions, placeless
}

// regionOf returns the widest thing that facts say n lies in.
func regionOf(g *graph.Snapshot, n graph.Node) Ref {
	at, region := n, Ref{}
	if g.ID(n).Type() == graph.State {
		region = RefTo(g, n)
	}
	for range 4 { // places that lie in each other end somewhere
		next := graph.NoNode
		for _, e := range g.Out(at, graph.LocatedIn, graph.PartOf) {
			if e.IsFact() && e.Other != graph.NoNode && e.Other != n {
				next = e.Other
				break
			}
		}
		if next == graph.NoNode {
			break
		}
		at, region = next, RefTo(g, next)
	}
	return region
}
