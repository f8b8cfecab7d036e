package pages

import (
	"slices"

	"parley/graph"
	"parley/queries"
)

// EventView is talks, an agreement or a proposal with everybody's part in it.
type EventView struct {
	Facts   []Line // where, when, outcome
	Diagram *Diagram
	Roles   []RoleView
	Apart   []Quote // what is denied, planned, conditional or possible
	Hidden  int     // claims that are not shown
}

// RoleView is a part in an event and who or what has it.
type RoleView struct {
	Name   string
	Values []StatementView
	More   int
}

// plainRoles are told in the head of the page as well: they are few and short.
var plainRoles = []string{"places", "dates", "outcomes"}

func newEventView(g *graph.Snapshot, r *queries.Row, room *budget) *EventView {
	v := &EventView{Diagram: newDiagram(g, r)}
	shown := 0
	for _, role := range r.Roles {
		rv := RoleView{Name: roleName(role.Name), More: role.Count - len(role.Values)}
		line := Line{Name: rv.Name, More: rv.More}
		for _, value := range role.Values {
			sv := StatementView{Other: valueRef(g, value), Claims: value.Count, Quotes: room.take(g, value.Claims)}
			if role.Name == "dates" {
				sv.When = phraseTo(g.ClaimOf(value.Claims[0]).Predicate, value.Literal)
			} else if c := g.ClaimOf(value.Claims[0]); c.When != nil {
				sv.When = period(c.When)
			}
			shown += len(value.Claims)
			rv.Values = append(rv.Values, sv)
			line.Values = append(line.Values, LineValue{Ref: sv.Other})
		}
		v.Roles = append(v.Roles, rv)
		if slices.Contains(plainRoles, role.Name) {
			v.Facts = append(v.Facts, line)
		}
	}
	apart := r.Apart[:min(len(r.Apart), 2*groupRows)]
	v.Apart = room.take(g, apart)
	v.Hidden = max(0, r.AllClaims-shown-len(apart))
	return v
}

// DisputeView is a statement that some assert and others deny, or of which
// different versions are told: both sides next to each other.
type DisputeView struct {
	Subject Ref
	Phrase  string
	Object  Ref // of a statement; without label for versions
	Sides   []Side
	More    int // versions that are not shown
}

// Side is one side of a dispute.
type Side struct {
	Name    string // "Asserted", "Denied", or the version
	Outlets int    // that tell it so
	Claims  int
	Denied  bool
	Quotes  []Quote
}

func newDisputeView(g *graph.Snapshot, r *queries.Row, room *budget) DisputeView {
	v := DisputeView{Subject: RefTo(g, r.Thing), Phrase: phrase(r.Predicate)}
	if r.Object != nil {
		v.Object = valueRef(g, *r.Object)
		v.Sides = []Side{
			{Name: "Asserted", Claims: r.Object.Count, Quotes: room.take(g, r.Claims)},
			{Name: "Denied", Claims: r.AllClaims - r.Object.Count, Denied: true, Quotes: room.take(g, r.Apart)},
		}
		for _, c := range r.Counts {
			switch c.Name {
			case "asserted_by_outlets":
				v.Sides[0].Outlets = c.N
			case "denied_by_outlets":
				v.Sides[1].Outlets = c.N
			}
		}
		return v
	}
	for _, role := range r.Roles {
		for _, value := range role.Values[:min(len(role.Values), 4)] {
			ref := valueRef(g, value)
			v.Sides = append(v.Sides, Side{Name: ref.Label, Claims: value.Count, Outlets: outletsOf(g, value.Claims), Quotes: room.take(g, value.Claims)})
		}
		v.More += role.Count - min(len(role.Values), 4)
	}
	return v
}

// outletsOf returns how many outlets printed the claims.
func outletsOf(g *graph.Snapshot, edges []graph.Edge) int {
	outlets := make(map[string]bool)
	for _, e := range edges {
		outlets[g.ArticleOf(e).Outlet] = true
	}
	return len(outlets)
}

// DisputesView is what the template "disputes" shows.
type DisputesView struct {
	Thing    string // what was asked about, as typed; "" for all
	Notes    []string
	Disputes []DisputeView
	Total    int
	Next     string // address of the next page; "" at the end
	Formats  []Alternate
}

// NewDisputesView returns what the answer to the question of disputes shows.
func NewDisputesView(a *queries.Answer, thing string) *DisputesView {
	v := &DisputesView{Thing: thing, Notes: a.Notes, Total: a.Total}
	room := budget(pageBudget)
	for i := range a.Rows {
		v.Disputes = append(v.Disputes, newDisputeView(a.Snapshot(), &a.Rows[i], &room))
	}
	return v
}
