package coref

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/facts"
)

// makeID returns the id of entity e, which the fact list does not know. Names
// that more than one thing bears get an id that holds in this article only.
func (r *resolver) makeID(e int) graph.ID {
	t := r.d.Entities[e].Thing
	slug := graph.Slug(t.Label)
	scoped := r.known[e].scoped
	switch t.Type {
	case graph.Person:
		slug = personSlug(t.Label)
		scoped = scoped || !isFullName(nameWords(t.Label))
	case graph.Organisation:
		slug = orgKey(t.Label)
		scoped = scoped || isGenericName(t.Label)
	case graph.Place:
		slug = graph.Slug(canonicalPlace(t.Label))
		scoped = scoped || isGenericName(t.Label)
	}
	if slug == "" {
		slug = "x"
		scoped = true
	}
	if len(slug) > 80 {
		slug = strings.TrimRight(slug[:80], "-")
	}
	if q := r.qualifier(e); q != "" {
		slug, scoped = slug+"-"+q, false
	}
	if scoped {
		slug += "-" + r.scope()
	}
	return r.free(graph.ID(strings.ToLower(string(t.Type))+"/"+slug), e)
}

// free returns id, with a number behind it if another entity of the article has
// it already.
func (r *resolver) free(id graph.ID, e int) graph.ID {
	taken := func(id graph.ID) bool {
		for x := range e {
			if !r.known[x].gone && r.d.Entities[x].Thing.ID == id {
				return true
			}
		}
		return false
	}
	out := id
	for n := 2; taken(out); n++ {
		out = id + graph.ID("-"+string(rune('0'+n%10)))
		if n > 9 {
			out = id + graph.ID("-"+strings.Repeat("x", n-9))
		}
	}
	return out
}

// personSlug returns the slug of a person's full name: Arabic articles and
// hyphens do not tell persons apart, initials do.
func personSlug(name string) string {
	return graph.Slug(strings.Join(nameWords(name), " "))
}

// qualifier returns what sets a place or body apart from its namesakes, where
// the article says it: the state or region behind the comma, the state before a
// ministry.
func (r *resolver) qualifier(e int) string {
	t := r.d.Entities[e].Thing
	for _, x := range r.d.Relations {
		if x.Subject != e || x.Object == Unresolved {
			continue
		}
		o := r.d.Entities[x.Object].Thing
		switch {
		case t.Type == graph.Place && x.Predicate == graph.LocatedIn && !isKnownIn(t.Label, o.Label):
			return graph.Slug(o.Label)
		case t.Type == graph.Organisation && x.Predicate == graph.PartOf && o.Type == graph.State && isGenericName(t.Label):
			return graph.Slug(o.Label)
		}
	}
	return ""
}

// isKnownIn reports whether the fact list has the city or region name in the
// state or region where.
func isKnownIn(name, where string) bool {
	l := facts.Default()
	for _, e := range l.Lookup(name) {
		if !e.IsPlace() {
			continue
		}
		if e.Of == where {
			return true
		}
		for _, region := range l.Lookup(where) {
			if region.IsPlace() && region.Of == e.Of {
				return true
			}
		}
	}
	return false
}

// isGenericName reports whether a name is made of words that many things share:
// "Foreign Ministry", "National Liberation Front", "Presidential Palace".
func isGenericName(name string) bool {
	ws := orgWords(name)
	if len(ws) == 1 && isAcronym(strings.TrimSpace(name)) {
		return false
	}
	for _, w := range ws {
		if strings.Trim(w, "0123456789") == "" {
			continue
		}
		if !slices.Contains(genericWords, strings.Trim(w, "'’s.,")) && !slices.Contains(genericWords, w) {
			return false
		}
	}
	return true
}

// genericWords are what the names of ministries, parliaments, parties and
// palaces of many states are made of.
var genericWords = strings.Fields(`
	the of for and on to in no ministry minister foreign affairs justice defence defense interior finance trade health education energy
	house houses representatives commons lords parliament congress senate chamber deputies national assembly supreme constitutional
	high court court courts council councils government cabinet presidency presidential president party democratic democrat labour labor
	socialist social communist liberal conservative republican people peoples people's progressive popular union workers worker
	federal federation central bank security army police navy air force forces armed defence general command liberation front
	movement revolutionary revolution alliance coalition opposition local commission committee electoral election elections
	independent independence transitional transition military guard guards state states republic republican kingdom university
	hospital city town hall chamber commerce office agency intelligence service services department administration politburo
	executive board joint staff unity patriotic peace development justice freedom resistance islamic christian workers' farmers
	employers teachers palace hotel airport grand royal station square building parliament legislature legislative bar association
	society institute institution foundation group organisation organization network centre center directorate secretariat
	reconciliation truth human rights regional provincial district county municipal old new north south east west northern southern
	eastern western upper lower first second third 1 2 3 bay river lake mountain island islands`)
