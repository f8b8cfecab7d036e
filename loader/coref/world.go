package coref

import (
	"slices"
	"strconv"

	"parley/graph"
	"parley/loader/facts"
	"parley/loader/sentence"
)

// known returns what the fact list has for the name from..to of v.
func (v *view) factsOf(from, to int) []*facts.Entry {
	forms := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		forms = append(forms, v.Tokens[i].Form)
	}
	if len(forms) > 1 && v.lower(from) == "the" {
		forms = forms[1:]
	}
	if n, es := facts.Default().MatchAll(forms, 0); n == len(forms) {
		return es
	}
	return nil
}

// nameType returns the type of the name from..to, which the names stage takes
// for t, corrected by what is known of the world and by the company it keeps.
func (r *resolver) nameType(v *view, from, to int, t graph.Type) graph.Type {
	if t == graph.Person && (to-from > 1 || titleHead(v, from) >= 0) {
		return t
	}
	for _, e := range v.factsOf(from, to) {
		switch e.Kind {
		case facts.State:
			return graph.State
		case facts.Demonym:
			return graph.State
		case facts.Group, facts.Organisation, facts.Outlet:
			if t == graph.Person && e.Kind != facts.Group {
				return t
			}
			return graph.Organisation
		case facts.Seat, facts.Capital:
			if t == graph.Person {
				return t
			}
			if !r.isDateline(v, from) && r.actsAsGovernment(v, from, to) {
				return graph.State
			}
			return graph.Place
		case facts.City, facts.Region:
			if t == graph.Person || t == graph.Organisation {
				return t
			}
			return graph.Place
		}
	}
	return t
}

// isDateline reports whether token i begins a paragraph, before the dash of a
// dateline.
func (r *resolver) isDateline(v *view, i int) bool {
	if i > 3 {
		return false
	}
	for t := i; t < len(v.Tokens) && t < i+14; t++ {
		switch v.Tokens[t].Form {
		case "-", "–", "—", "--":
			return v.Tokens[t].Spaced && (t == 0 || v.Tokens[t-1].Spaced)
		}
	}
	return false
}

// demonymThing returns the state, organisation or people that a demonym is of.
func (r *resolver) demonymThing(word string) (graph.Thing, bool) {
	l := facts.Default()
	if w, ok := r.peopleOf(word); ok {
		return w, true
	}
	if s := l.StateOf(word); s != nil {
		return thingOf(s), true
	}
	var states, others []graph.Thing
	for _, e := range l.Demonym(word) {
		of := l.Named(e.Of)
		switch {
		case of != nil:
			states = append(states, thingOf(of))
		case e.Of != "" && isPlace(e.Of):
			others = append(others, graph.Thing{ID: graph.MakeThingID(graph.Place, e.Of), Type: graph.Place, Label: e.Of})
		case e.Of != "":
			others = append(others, graph.Thing{ID: graph.MakeThingID(graph.Group, e.Of), Type: graph.Group, Label: e.Of})
		}
	}
	for _, t := range states { // "Congolese", "Korean": the one the article names
		if len(states) == 1 || r.isNamed(t) {
			return t, true
		}
	}
	if len(states) == 0 && len(others) == 1 {
		return others[0], true
	}
	return graph.Thing{}, false
}

func isPlace(name string) bool {
	return slices.ContainsFunc(facts.Default().Lookup(name), func(e *facts.Entry) bool { return e.IsPlace() })
}

// peopleOf returns the people that a demonym stands for because the article
// speaks of them in full: "Albanian" after "ethnic Albanian", "Serb" after
// "Bosnian Serb". The state of that demonym must not be named.
func (r *resolver) peopleOf(word string) (graph.Thing, bool) {
	l := facts.Default()
	s := l.StateOf(word)
	if s == nil {
		return graph.Thing{}, false
	}
	var found graph.Thing
	for _, v := range r.views {
		for _, e := range v.Entities {
			for _, f := range v.factsOf(e.From, e.To) {
				if f.Kind == facts.State && f.Label == s.Label {
					return graph.Thing{}, false
				}
				if f.Kind == facts.Demonym && e.To-e.From > 1 && v.Tokens[e.To-1].Form == word && l.Named(f.Of) == nil && f.Of != "" {
					found = graph.Thing{ID: graph.MakeThingID(graph.Group, f.Of), Type: graph.Group, Label: f.Of}
				}
			}
		}
	}
	return found, found.ID != ""
}

// isNamed reports whether the article names the state t by its name.
func (r *resolver) isNamed(t graph.Thing) bool {
	for _, v := range r.views {
		for _, e := range v.Entities {
			for _, f := range v.factsOf(e.From, e.To) {
				if f.Kind == facts.State && f.Label == t.Label || f.Kind == facts.Demonym && f.Of == t.Label && facts.Default().StateOf(v.nameKey(e)) != nil {
					return true
				}
			}
		}
	}
	return false
}

// isDemonym reports whether the tokens from..to are an adjective or noun for
// people of somewhere.
func (v *view) isDemonym(from, to int) bool {
	return slices.ContainsFunc(v.factsOf(from, to), func(e *facts.Entry) bool { return e.Kind == facts.Demonym })
}

// namesPeople reports whether the demonym from..to stands for several people by
// itself: "Egyptians", "the French" is left out.
func (v *view) namesPeople(from, to int) bool {
	return v.isPlural(to-1) || slices.ContainsFunc(v.factsOf(from, to), func(e *facts.Entry) bool { return e.Kind == facts.Demonym && e.Plural })
}

// isDemonym is the same for the words of a name.
func isDemonym(forms []string) bool {
	n, es := facts.Default().MatchAll(forms, 0)
	return n == len(forms) && slices.ContainsFunc(es, func(e *facts.Entry) bool { return e.Kind == facts.Demonym })
}

// factLabel returns the entity label that goes with a kind of fact.
func factLabel(k facts.Kind) (string, bool) {
	switch k {
	case facts.State:
		return sentence.State, true
	case facts.Demonym:
		return sentence.Nationality, true
	case facts.Group, facts.Organisation, facts.Outlet:
		return sentence.Organisation, true
	case facts.Seat, facts.Capital, facts.City, facts.Region:
		return sentence.Place, true
	}
	return "", false
}

// worldThing returns the state, organisation or outlet that the name from..to is
// known for; a capital or seat gives its state.
func (r *resolver) worldThing(v *view, from, to int, want graph.Type) (graph.Thing, string, bool) {
	l := facts.Default()
	for _, e := range v.factsOf(from, to) {
		switch e.Kind {
		case facts.State:
			if want == graph.State {
				return thingOf(e), "", true
			}
		case facts.Seat:
			if of := l.Named(e.Of); of != nil && want == graph.State {
				return thingOf(of), "capital", true
			}
		case facts.Capital:
			if of := r.stateOfCapital(e); of != nil && want == graph.State {
				return thingOf(of), "capital", true
			}
		case facts.Group, facts.Organisation, facts.Outlet:
			if want == graph.Organisation {
				return thingOf(e), "", true
			}
		}
	}
	return graph.Thing{}, "", false
}

// stateOfCapital returns the state that the capital e stood for when the article
// was written: of several, the one that the article names, or that existed then.
func (r *resolver) stateOfCapital(e *facts.Entry) *facts.Entry {
	l := facts.Default()
	var fit []*facts.Entry
	year, _ := strconv.Atoi(first4(r.d.Article.Published))
	for _, x := range l.Lookup(e.Label) {
		if s := l.Named(x.Of); x.Kind == facts.Capital && s != nil && (year == 0 || year >= s.First && (s.Last == 0 || year <= s.Last)) {
			if s.Last != 0 && r.isNamed(thingOf(s)) {
				return s
			}
			fit = append(fit, s)
		}
	}
	if len(fit) > 0 {
		return fit[0]
	}
	return l.Named(e.Of)
}

func first4(s string) string { return s[:min(4, len(s))] }

// thingOf returns the thing that a fact stands for.
func thingOf(e *facts.Entry) graph.Thing {
	t := graph.Thing{Type: graph.Organisation, Label: e.Label}
	switch e.Kind {
	case facts.State:
		t.Type = graph.State
		if e.ISO2 != "" {
			t.Codes = map[string]string{"iso3166-1": e.ISO2}
		}
	case facts.Outlet:
		t.Type = graph.Outlet
	case facts.Capital, facts.City, facts.Region:
		t.Type = graph.Place
	}
	t.ID = graph.MakeThingID(t.Type, e.Label)
	if t.Type == graph.Organisation {
		t.ID = graph.ID("organisation/" + orgKey(e.Label))
	}
	for _, a := range e.Aliases {
		t.AddAlias(a)
	}
	return t
}

// capitalOf returns the name of the capital of the state t.
func capitalOf(t graph.Thing) (string, bool) {
	if e := facts.Default().Named(t.Label); e != nil && len(e.Capitals) > 0 {
		return e.Capitals[0], true
	}
	return "", false
}

// canonicalPlace returns the label of the known place that name is a name of,
// or name.
func canonicalPlace(name string) string {
	for _, e := range facts.Default().Lookup(name) {
		if e.IsPlace() {
			return e.Label
		}
	}
	return name
}

// worldKind returns the kind of the organisation known by id: "group" for an
// armed group, else what the fact list says it is, or "".
func worldKind(t graph.Thing) string {
	for _, e := range facts.Default().Lookup(t.Label) {
		if e.Kind == facts.Group {
			return "group"
		}
		if e.Kind == facts.Organisation {
			return e.Sort
		}
	}
	return ""
}

// isWorldName reports whether the fact list knows name as a state or place.
func isWorldName(name string) bool {
	return slices.ContainsFunc(facts.Default().Lookup(name), func(e *facts.Entry) bool {
		return e.Kind == facts.State || e.Kind == facts.Capital || e.Kind == facts.Demonym
	})
}

// entityLabels maps the names stage's labels to types of things.
func entityLabel(label string) (graph.Type, bool) {
	switch label {
	case sentence.Person:
		return graph.Person, true
	case sentence.Organisation:
		return graph.Organisation, true
	case sentence.State, sentence.Nationality:
		return graph.State, true
	case sentence.Place:
		return graph.Place, true
	}
	return "", false
}
