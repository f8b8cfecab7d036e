package coref

import (
	"slices"
	"strings"

	"parley/graph"
)

// entity is what the stages know of an Entity beside the Entity itself.
type entity struct {
	id     graph.ID // fixed by what is known of the world, or "" until finish
	scoped bool     // known in this article only, so its id must not meet another's
	gone   bool     // merged into another
	forms  []string // distinct surface forms, in order of appearance
}

// newEntity adds an entity of type t called label and returns its index.
func (r *resolver) newEntity(t graph.Type, label string) int {
	r.d.Entities = append(r.d.Entities, Entity{Thing: graph.Thing{Type: t, Label: label}})
	r.known = append(r.known, entity{})
	return len(r.d.Entities) - 1
}

// worldEntity returns the entity of the thing w, which is known by its id.
func (r *resolver) worldEntity(w graph.Thing) int {
	for i := range r.known {
		if r.known[i].id == w.ID && !r.known[i].gone {
			return i
		}
	}
	e := r.newEntity(w.Type, w.Label)
	r.d.Entities[e].Thing = w
	r.d.Entities[e].Thing.Aliases = slices.Clone(w.Aliases)
	r.known[e].id = w.ID
	return e
}

// assign makes mention i stand for entity e; kind says how, "" if its own words
// name e in full.
func (r *resolver) assign(i, e int, kind string) {
	m := &r.d.Mentions[i]
	m.Entity = e
	ms := &r.d.Entities[e].Mentions
	if k, ok := slices.BinarySearch(*ms, i); !ok {
		*ms = slices.Insert(*ms, k, i)
	}
	if kind != "" {
		m.Link = &graph.Link{Kind: kind}
	}
}

// assignName makes the name mention i stand for entity e and keeps its form.
func (r *resolver) assignName(i, e int, full bool, kind string) {
	if full {
		kind = ""
	}
	r.assign(i, e, kind)
	r.addForm(e, r.details[i].name)
}

func (r *resolver) addForm(e int, form string) {
	form = strings.Join(strings.Fields(form), " ")
	if form != "" && !slices.Contains(r.known[e].forms, form) {
		r.known[e].forms = append(r.known[e].forms, form)
	}
}

// mergeEntities makes everything that stood for from stand for into.
func (r *resolver) mergeEntities(into, from int) {
	if into == from {
		return
	}
	if r.known[into].id == "" && r.known[from].id != "" {
		into, from = from, into
	}
	for _, i := range r.d.Entities[from].Mentions {
		r.assign(i, into, "")
	}
	r.d.Entities[from].Mentions = nil
	for _, f := range r.known[from].forms {
		r.addForm(into, f)
	}
	r.known[from].gone = true
	for i := range r.persons {
		if r.persons[i].entity == from {
			r.persons[i].entity = into
		}
	}
}
