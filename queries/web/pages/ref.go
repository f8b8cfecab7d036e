package pages

import (
	"net/url"
	"strings"

	"parley/graph"
)

// Ref is a link to a thing, or the text of a literal.
type Ref struct {
	ID    graph.ID   // "" for a literal
	Type  graph.Type // likewise
	Label string     // clipped to a line
	Href  string     // "" for a literal
}

// RefTo returns the link to the thing n.
func RefTo(g *graph.Snapshot, n graph.Node) Ref {
	t := g.At(n)
	return Ref{ID: t.ID, Type: t.Type, Label: Clip(maxName, t.Label), Href: ThingPath(t.ID)}
}

// refToID returns the link to the thing id, which a claim names.
func refToID(g *graph.Snapshot, id graph.ID) Ref {
	if n, ok := g.Node(id); ok {
		return RefTo(g, n)
	}
	return Ref{ID: id, Type: id.Type(), Label: Clip(maxName, id.Slug())}
}

// refToObject returns the link to o, or its text.
func refToObject(g *graph.Snapshot, o graph.Object) Ref {
	switch {
	case !o.IsLiteral():
		return refToID(g, o.ID)
	case o.Datatype == "date":
		return Ref{Label: When(o.Value)}
	}
	return Ref{Label: Clip(maxName, o.Value)}
}

// ThingPath returns the path of a thing's page.
func ThingPath(id graph.ID) string {
	kind, slug, _ := strings.Cut(string(id), "/")
	if kind == "article" {
		return ArticlePath(id)
	}
	return "/things/" + url.PathEscape(kind) + "/" + url.PathEscape(slug)
}

// ArticlePath returns the path of an article's page.
func ArticlePath(id graph.ID) string { return "/articles/" + url.PathEscape(id.Slug()) }

// ClaimPath returns the path of a claim's page.
func ClaimPath(id graph.ID) string { return "/claims/" + url.PathEscape(id.Slug()) }
