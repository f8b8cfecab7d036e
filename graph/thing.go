package graph

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Type is the kind of a [Thing]. The names are stored, served and exported; see
// doc/model.md.
type Type string

// The types of things.
const (
	Person       Type = "Person"       // a named human
	Organisation Type = "Organisation" // party, armed group, ministry, company, intergovernmental body
	State        Type = "State"        // a country or its government as an actor
	Group        Type = "Group"        // unnamed actors with a head noun and a side
	Place        Type = "Place"        // city, region, building
	Talks        Type = "Talks"        // a meeting, round, mediation effort or process
	Agreement    Type = "Agreement"    // deal, accord, treaty, and each phase or annex of one
	Proposal     Type = "Proposal"     // plan, offer, draft, demand package
	ArticleType  Type = "Article"      // the report
	Outlet       Type = "Outlet"       // who printed it
)

// Types lists every type, in the order of the model.
func Types() []Type {
	return []Type{Person, Organisation, State, Group, Place, Talks, Agreement, Proposal, ArticleType, Outlet}
}

// IsActor reports whether a thing of type t can act: sign, mediate, refuse.
func (t Type) IsActor() bool {
	return t == Person || t == Organisation || t == State || t == Group
}

// ID names a thing, a claim or an article: "state/finland", "claim/…". It is the
// lower-case type, a slash, and a slug of letters, digits and hyphens.
type ID string

// Type returns the type that id's prefix names, or "" if it names none.
func (id ID) Type() Type {
	prefix, _, ok := strings.Cut(string(id), "/")
	if !ok {
		return ""
	}
	return typesByPrefix()[prefix]
}

var typesByPrefix = sync.OnceValue(func() map[string]Type {
	types := make(map[string]Type)
	for _, t := range Types() {
		types[strings.ToLower(string(t))] = t
	}
	return types
})

// Slug returns the part of id behind the slash.
func (id ID) Slug() string {
	_, slug, _ := strings.Cut(string(id), "/")
	return slug
}

// Thing is a node of the graph as one article names it, or, read back from a
// store, as all its articles together do.
type Thing struct {
	ID      ID                `json:"id"`
	Type    Type              `json:"type"`
	Label   string            `json:"label"`             // the fullest name
	Aliases []string          `json:"aliases,omitempty"` // other surface forms, sorted, without Label
	Codes   map[string]string `json:"codes,omitempty"`   // scheme to code: "iso3166-1" to "FI"
	Text    string            `json:"text,omitempty"`    // a Proposal's or Agreement's own description, where it has one
}

// Valid reports the first thing wrong with t.
func (t Thing) Valid() error {
	switch {
	case t.ID.Slug() == "":
		return fmt.Errorf("thing %q has no slug", t.ID)
	case t.ID.Type() != t.Type:
		return fmt.Errorf("thing %q has type %q, want that of its id", t.ID, t.Type)
	case strings.TrimSpace(t.Label) == "":
		return fmt.Errorf("thing %q has no label", t.ID)
	}
	return nil
}

// AddAlias adds name to t's aliases unless it is empty, t's label or there already.
func (t *Thing) AddAlias(name string) {
	if name == "" || name == t.Label {
		return
	}
	if i, ok := slices.BinarySearch(t.Aliases, name); !ok {
		t.Aliases = slices.Insert(t.Aliases, i, name)
	}
}
