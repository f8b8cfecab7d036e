package export

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"parley/graph"
	"parley/graph/nquads"
)

// Graph is what [Read] made of an export.
type Graph struct {
	Extractions []*graph.Extraction // sorted by the ids of their articles
	Decisions   []graph.Decision    // merges and retractions that hold, in the order of the ids they are about
}

// Read makes a graph of the statements that an N-Quads export, of the whole graph or
// of some claims, consists of, in whatever order they come. Statements that exports
// have not are passed over.
//
// An export has the sentences that are evidence and not the articles' text, so the
// text of each article is these sentences in their places and blank between them, and
// its Excerpts is set. How decisions came about is not there either, only what they
// come to: merged things are one, and the old ids lead to the new ones; split ones are
// two; retracted articles are gone and stay so.
//
// The error tells of the first statement or claim that is not as it must be, or is
// that of quads.
func Read(quads iter.Seq2[nquads.Quad, error]) (*Graph, error) {
	r := &reader{
		articles: make(map[graph.ID]*graph.Article),
		claims:   make(map[graph.ID]*readClaim),
		things:   make(map[graph.ID]*graph.Thing),
		named:    make(map[graph.ID]map[graph.ID]*graph.Thing),
		merged:   make(map[graph.ID]graph.ID),
		retract:  make(map[graph.ID]*graph.Decision),
	}
	for q, err := range quads {
		if err != nil {
			return nil, err
		}
		if err := r.statement(&q); err != nil {
			return nil, fmt.Errorf("<%s> <%s> %q: %w", q.Subject.Value, q.Predicate.Value, q.Object.Value, err)
		}
	}
	return r.graph()
}

type reader struct {
	articles map[graph.ID]*graph.Article
	claims   map[graph.ID]*readClaim
	things   map[graph.ID]*graph.Thing              // as all articles together call them
	named    map[graph.ID]map[graph.ID]*graph.Thing // by article
	merged   map[graph.ID]graph.ID
	retract  map[graph.ID]*graph.Decision
}

type readClaim struct {
	graph.Claim
	order    int
	speakers []graph.ID // in their order, if there are several
}

// idOf returns the id that an IRI names, or "".
func idOf(t nquads.Term) graph.ID {
	id, ok := strings.CutPrefix(t.Value, thingIRI(""))
	if !ok || t.Kind != nquads.IRI {
		return ""
	}
	return graph.ID(id)
}

// statement takes one statement in.
func (r *reader) statement(q *nquads.Quad) error {
	id, in, predicate := idOf(q.Subject), idOf(q.Graph), short(q.Predicate.Value)
	switch {
	case id == "" || in != "" && in.Type() != graph.ArticleType: // the triple of a fact is in the graph of its claim
		return nil
	case in != "":
		things := r.named[in]
		if things == nil {
			things = make(map[graph.ID]*graph.Thing)
			r.named[in] = things
		}
		return nameOf(things, id, predicate, q.Object.Value)
	case predicate == "dcterms:isReplacedBy":
		r.merged[id] = idOf(q.Object)
		return nil
	case strings.HasPrefix(string(id), "claim/"):
		return r.claim(id, predicate, q.Object)
	case id.Type() == graph.ArticleType && r.article(id, predicate, q.Object.Value):
		return nil
	case id.Type() != "":
		return nameOf(r.things, id, predicate, q.Object.Value)
	}
	return nil
}

// nameOf takes in what the thing id is called.
func nameOf(things map[graph.ID]*graph.Thing, id graph.ID, predicate, value string) error {
	t := things[id]
	if t == nil {
		t = &graph.Thing{ID: id, Type: id.Type()}
		things[id] = t
	}
	switch predicate {
	case "rdfs:label":
		t.Label = value
	case "skos:altLabel":
		if i, known := slices.BinarySearch(t.Aliases, value); !known { // the label may come later
			t.Aliases = slices.Insert(t.Aliases, i, value)
		}
	case "schema:description":
		t.Text = value
	case "schema:identifier":
		scheme, code, ok := strings.Cut(value, ":")
		if !ok {
			return errors.New("want SCHEME:CODE")
		}
		if t.Codes == nil {
			t.Codes = make(map[string]string)
		}
		t.Codes[scheme] = code
	}
	return nil
}

// article takes in what is said of an article; it reports whether it has taken it.
func (r *reader) article(id graph.ID, predicate, value string) bool {
	decision := func() *graph.Decision {
		if r.retract[id] == nil {
			r.retract[id] = &graph.Decision{Kind: graph.RetractArticles, Articles: []graph.ID{id}}
		}
		return r.retract[id]
	}
	switch predicate {
	case "prov:invalidatedAtTime":
		decision().At = value
		return true
	case "parley:retractionReason":
		decision().Reason = value
		return true
	case "parley:retractedBy":
		decision().By = value
		return true
	}
	a := r.articles[id]
	if a == nil {
		a = &graph.Article{ID: id, Excerpts: true}
	}
	switch predicate {
	case "schema:headline":
		a.Title = value
	case "schema:author":
		if !slices.Contains(a.Authors, value) {
			a.Authors = append(a.Authors, value)
		}
	case "parley:authorOrder":
		a.Authors = strings.Split(value, "\n")
	case "schema:publisher":
		a.Outlet = value
	case "schema:datePublished":
		a.Published = value
	case "schema:url":
		a.URL = value
	case "schema:inLanguage":
		a.Language = value
	default:
		return false
	}
	r.articles[id] = a
	return true
}

// claim takes in what is said of a claim, or of a part of its evidence.
func (r *reader) claim(id graph.ID, predicate string, o nquads.Term) (err error) {
	part := ""
	if i := strings.LastIndexByte(string(id), '/'); i > len("claim") {
		id, part = id[:i], string(id[i:])
	}
	c := r.claims[id]
	if c == nil {
		c = &readClaim{Claim: graph.Claim{ID: id}, order: -1}
		r.claims[id] = c
	}
	e := &c.Evidence
	switch part {
	case "":
		return c.property(predicate, o)
	case subjectLinkPart:
		return linkOf(&e.SubjectLink, predicate, o.Value)
	case objectLinkPart:
		return linkOf(&e.ObjectLink, predicate, o.Value)
	}
	switch predicate {
	case "oa:exact":
		e.Quote = o.Value
	case "oa:start":
		e.Start, err = strconv.Atoi(o.Value)
	case "oa:end":
		e.End, err = strconv.Atoi(o.Value)
	}
	return err
}

func linkOf(l **graph.Link, predicate, value string) (err error) {
	if *l == nil {
		*l = &graph.Link{}
	}
	switch predicate {
	case "parley:linkKind":
		(*l).Kind = value
	case "oa:exact":
		(*l).Text = value
	case "oa:start":
		(*l).Start, err = strconv.Atoi(value)
	case "oa:end":
		(*l).End, err = strconv.Atoi(value)
	}
	return err
}

// property takes in what is said of c itself.
func (c *readClaim) property(predicate string, o nquads.Term) (err error) {
	when := func() *graph.When {
		if c.When == nil {
			c.When = &graph.When{}
		}
		return c.When
	}
	switch predicate {
	case "rdf:subject":
		c.Subject = idOf(o)
	case "rdf:predicate":
		c.Predicate = graph.Predicate(idOf(o))
	case "rdf:object":
		c.Object = objectOf(o)
	case "prov:wasDerivedFrom":
		c.Article = idOf(o)
	case "prov:wasAttributedTo":
		if id := idOf(o); !slices.Contains(c.AttributedTo, id) {
			c.AttributedTo = append(c.AttributedTo, id)
		}
	case "parley:speakerOrder":
		for id := range strings.FieldsSeq(o.Value) {
			c.speakers = append(c.speakers, graph.ID(id))
		}
	case "parley:polarity":
		c.Polarity = graph.Polarity(o.Value)
	case "parley:modality":
		c.Modality = graph.Modality(o.Value)
	case "parley:confidence":
		c.Confidence, err = strconv.ParseFloat(o.Value, 64)
	case "parley:rule":
		c.Rule = o.Value
	case "parley:via":
		c.Via = idOf(o)
	case "parley:whenStart":
		when().Start = o.Value
	case "parley:whenEnd":
		when().End = o.Value
	case "parley:whenPrecision":
		when().Precision = o.Value
	case "parley:whenText":
		when().Text = o.Value
	case "parley:sentence":
		c.Evidence.Sentence, err = strconv.Atoi(o.Value)
	case "parley:subjectText":
		c.Evidence.SubjectText = o.Value
	case "parley:objectText":
		c.Evidence.ObjectText = o.Value
	case "parley:order":
		c.order, err = strconv.Atoi(o.Value)
	}
	return err
}

func objectOf(o nquads.Term) graph.Object {
	switch {
	case idOf(o) != "":
		return graph.ThingObject(idOf(o))
	case o.Datatype == "":
		return graph.TextObject(o.Value)
	}
	return graph.DateObject(o.Value)
}

// graph puts together what the statements said.
func (r *reader) graph() (*Graph, error) {
	extractions := make(map[graph.ID]*graph.Extraction)
	for id, a := range r.articles {
		extractions[id] = &graph.Extraction{Article: *a}
	}
	claims := slices.SortedFunc(maps.Values(r.claims), func(c, d *readClaim) int {
		return cmp.Or(cmp.Compare(c.order, d.order), cmp.Compare(c.Evidence.Start, d.Evidence.Start), cmp.Compare(c.ID, d.ID))
	})
	for _, c := range claims {
		x := extractions[c.Article]
		if x == nil {
			return nil, fmt.Errorf("%s is of article %q, which is not described", c.ID, c.Article)
		}
		if c.speakers != nil {
			c.AttributedTo = c.speakers
		}
		x.Claims = append(x.Claims, c.Claim)
	}
	g := &Graph{}
	for _, id := range slices.Sorted(maps.Keys(extractions)) {
		x := extractions[id]
		if err := r.complete(x); err != nil {
			return nil, err
		}
		g.Extractions = append(g.Extractions, x)
	}
	if len(g.Extractions) == 0 {
		return nil, errors.New("no article is described: this is no export of parley")
	}
	for _, id := range slices.Sorted(maps.Keys(r.merged)) {
		g.Decisions = append(g.Decisions, graph.Decision{Kind: graph.MergeThings, Thing: id, Into: r.merged[id]})
	}
	for _, id := range slices.Sorted(maps.Keys(r.retract)) {
		g.Decisions = append(g.Decisions, *r.retract[id])
	}
	return g, nil
}

// complete gives x its things and a text made of what its claims quote.
func (r *reader) complete(x *graph.Extraction) error {
	things := maps.Clone(r.named[x.Article.ID])
	if things == nil {
		things = make(map[graph.ID]*graph.Thing)
	}
	var text []rune
	place := func(quote string, start int) {
		runes := []rune(quote)
		for len(text) < start+len(runes) {
			text = append(text, ' ')
		}
		copy(text[start:], runes)
	}
	for i := range x.Claims {
		c := &x.Claims[i]
		for _, id := range ends(c) {
			if things[id] == nil && r.things[id] != nil {
				things[id] = r.things[id]
			}
		}
		e := &c.Evidence
		if e.Start < 0 || e.Start > maxText {
			return fmt.Errorf("%s: quote begins at %d", c.ID, e.Start)
		}
		place(e.Quote, e.Start)
		for _, l := range []*graph.Link{e.SubjectLink, e.ObjectLink} {
			if l != nil && l.Start >= 0 && l.Start <= maxText {
				place(l.Text, l.Start)
			}
		}
	}
	x.Article.Text = string(text)
	for _, id := range slices.Sorted(maps.Keys(things)) {
		t := *things[id]
		t.Aliases = slices.DeleteFunc(slices.Clone(t.Aliases), func(a string) bool { return a == t.Label })
		x.Things = append(x.Things, t)
	}
	return x.Valid()
}

// maxText is the length, in code points, of the longest article that can be.
const maxText = 50_000_000
