package export

import (
	"encoding/json"
	"iter"
	"strconv"
	"strings"
	"unicode"

	"parley/graph"
)

// ftm is a FollowTheMoney entity (https://followthemoney.tech).
type ftm struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

// ftmSchemas are the schemata that come nearest.
var ftmSchemas = map[graph.Type]string{graph.Person: "Person", graph.Organisation: "Organization", graph.State: "PublicBody", graph.Group: "LegalEntity",
	graph.Place: "Address", graph.Talks: "Event", graph.Agreement: "Event", graph.Proposal: "Event", graph.ArticleType: "Article", graph.Outlet: "Organization"}

// writeFtM writes things, articles, and a link for each claim, whose proof is the
// article.
func writeFtM(w *writer) error {
	out := json.NewEncoder(w)
	for id := range w.things() {
		if id.Type() == graph.ArticleType {
			continue
		}
		if err := out.Encode(w.ftmThing(id)); err != nil {
			return err
		}
	}
	for a := range w.articles() {
		if err := out.Encode(ftmArticle(a)); err != nil {
			return err
		}
	}
	for c := range w.claims {
		if err := out.Encode(w.ftmLink(c)); err != nil {
			return err
		}
	}
	return nil
}

// articles yields the articles of the claims, each once.
func (w *writer) articles() iter.Seq[*graph.Article] {
	if w.whole {
		return w.s.Articles()
	}
	return func(yield func(*graph.Article) bool) {
		seen := make(map[graph.ID]bool)
		for c := range w.claims {
			if !seen[c.Article] {
				seen[c.Article] = true
				if !yield(w.article(c)) {
					return
				}
			}
		}
	}
}

// ftmID returns the id of an entity: "state.finland" for state/finland, because slashes
// are not allowed.
func ftmID(id graph.ID) string { return strings.ReplaceAll(string(id), "/", ".") }

// ftmName returns text on one line.
func ftmName(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// put sets the properties that have a value.
func (e *ftm) put(pairs ...string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			e.Properties[pairs[i]] = append(e.Properties[pairs[i]], pairs[i+1])
		}
	}
}

func (w *writer) ftmThing(id graph.ID) ftm {
	t := w.thing(id)
	e := ftm{ftmID(id), ftmSchemas[t.Type], make(map[string][]string)}
	if e.Schema == "" {
		e.Schema = "Thing"
	}
	e.put("name", ftmName(t.Label), "summary", t.Text)
	if e.Schema == "Address" {
		e.put("full", ftmName(t.Label))
	}
	for _, alias := range t.Aliases {
		e.put("alias", ftmName(alias))
	}
	return e
}

func ftmArticle(a *graph.Article) ftm {
	e := ftm{ftmID(a.ID), "Article", make(map[string][]string)}
	e.put("title", ftmName(a.Title), "publisher", ftmName(a.Outlet), "publishedAt", a.Published, "sourceUrl", a.URL)
	for _, author := range a.Authors {
		e.put("author", ftmName(author))
	}
	return e
}

func (w *writer) ftmLink(c *graph.Claim) ftm {
	a := w.article(c)
	e := ftm{ftmID(c.ID), "UnknownLink", make(map[string][]string)}
	e.put("subject", ftmID(c.Subject), "role", string(c.Predicate), "summary", c.Evidence.Quote, "status", string(c.Polarity)+", "+string(c.Modality),
		"description", "confidence "+strconv.FormatFloat(c.Confidence, 'g', -1, 64), "proof", ftmID(a.ID),
		"sourceUrl", a.URL, "publisher", ftmName(a.Outlet), "modifiedAt", a.Published, "recordId", string(c.ID))
	if c.Object.IsLiteral() {
		e.put("description", c.Object.Value)
	} else {
		e.put("object", ftmID(c.Object.ID))
	}
	for _, id := range c.AttributedTo {
		e.put("description", "according to "+ftmName(w.thing(id).Label))
	}
	if c.When != nil {
		e.put("date", c.When.Start, "endDate", c.When.End)
	}
	return e
}
