package quality

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"parley/graph"
)

// Entities counts which of the gold's entities are among the things that claims
// name, by the type the gold gives them. The zero value is ready to use.
type Entities struct {
	Types map[string]EntityTally
}

// EntityTally counts the entities of one type.
type EntityTally struct {
	Gold  int
	Found int // there, with the same type
	Other int // there, but only with another type
}

// Add counts the entities of one article, of which things are found.
func (e *Entities) Add(g *Gold, things []graph.Thing) {
	if e.Types == nil {
		e.Types = map[string]EntityTally{}
	}
	for _, entity := range g.Entities {
		t := e.Types[entity.Type]
		t.Gold++
		isIt := func(t graph.Thing) bool {
			return Same(entity.Name, append([]string{t.Label}, t.Aliases...))
		}
		switch {
		case slices.ContainsFunc(things, func(t graph.Thing) bool { return string(t.Type) == entity.Type && isIt(t) }):
			t.Found++
		case slices.ContainsFunc(things, isIt):
			t.Other++
		}
		e.Types[entity.Type] = t
	}
}

// String returns e as a Markdown table, the types with most entities first.
func (e *Entities) String() string {
	var b strings.Builder
	b.WriteString("| entities | gold | found | as another type | recall |\n|---|---|---|---|---|\n")
	types := slices.SortedFunc(maps.Keys(e.Types), func(x, y string) int {
		return cmp.Or(cmp.Compare(e.Types[y].Gold, e.Types[x].Gold), cmp.Compare(x, y))
	})
	for _, name := range types {
		t := e.Types[name]
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %.3f |\n", name, t.Gold, t.Found, t.Other, ratio(t.Found, t.Gold))
	}
	return b.String()
}
