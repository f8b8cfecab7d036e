package export

import (
	"strconv"
	"strings"

	"parley/graph"
)

// RDF: a claim is an rdf:Statement with its evidence as a Web Annotation target
// (https://www.w3.org/TR/annotation-model/) and its article as prov:wasDerivedFrom.
// A fact is stated as a plain triple as well, in a graph named by its claim where
// the format has named graphs. What is no fact is described and never stated.

// term is a node of RDF: an IRI, or a literal with a datatype.
type term struct {
	value    string
	literal  bool
	datatype string // IRI; "" for a plain string
}

type quad struct {
	subject, predicate string
	object             term
	graph              string // "" for the default graph
}

// Prefixes of the vocabularies, in the order in which they are declared.
var prefixes = [][2]string{
	{"parley", "parley:"},
	{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
	{"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
	{"skos", "http://www.w3.org/2004/02/skos/core#"},
	{"prov", "http://www.w3.org/ns/prov#"},
	{"oa", "http://www.w3.org/ns/oa#"},
	{"dcterms", "http://purl.org/dc/terms/"},
	{"schema", "https://schema.org/"},
	{"sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"},
	{"xsd", "http://www.w3.org/2001/XMLSchema#"},
}

// full returns the IRI that a prefixed name stands for.
func full(name string) string {
	prefix, local, _ := strings.Cut(name, ":")
	for _, p := range prefixes {
		if p[0] == prefix {
			return p[1] + local
		}
	}
	return name
}

func ref(iri string) term         { return term{value: iri} }
func text(v string) term          { return term{value: v, literal: true} }
func typed(v, kind string) term   { return term{value: v, literal: true, datatype: full("xsd:" + kind)} }
func thingIRI(id graph.ID) string { return "parley:" + string(id) }

// date returns the literal of an ISO 8601 year, month or day.
func date(v string) term {
	switch len(v) {
	case 4:
		return typed(v, "gYear")
	case 7:
		return typed(v, "gYearMonth")
	case 10:
		return typed(v, "date")
	}
	return text(v)
}

// describe calls emit for every quad about the claims. Things and articles are
// described once, before the first claim that names them.
func (w *writer) describe(emit func(quad)) error {
	if w.whole {
		return w.describeAll(emit)
	}
	seen := make(map[graph.ID]bool)
	for c := range w.claims {
		for _, id := range ends(c) {
			if !seen[id] {
				seen[id] = true
				w.describeThing(id, emit)
			}
		}
		if !seen[c.Article] {
			seen[c.Article] = true
			describeArticle(w.article(c), emit)
		}
		if id := graph.ID(c.Predicate); !seen[id] {
			seen[id] = true
			describePredicate(c.Predicate, emit)
		}
		describeClaim(c, emit)
		if w.failed() {
			return w.Flush()
		}
	}
	return nil
}

// describeAll calls emit for every quad about the whole graph: the predicates, the
// things, what people decided, and article by article what it calls its things, in a
// graph named by the article, and its claims in the order of its text.
func (w *writer) describeAll(emit func(quad)) error {
	for _, info := range graph.Predicates() {
		if w.s.CountOf(info.Predicate) > 0 {
			describePredicate(info.Predicate, emit)
		}
	}
	for id := range w.things() {
		w.describeThing(id, emit)
		if w.failed() {
			return w.Flush()
		}
	}
	w.describeDecisions(emit)
	for a := range w.s.Articles() {
		describeArticle(a, emit)
		for _, t := range w.s.ThingsIn(a.ID) {
			nameThing(t, thingIRI(a.ID), emit)
		}
		for i, c := range w.s.ClaimsIn(a.ID) {
			describeClaim(c, emit)
			emit(quad{subject: thingIRI(c.ID), predicate: full("parley:order"), object: typed(strconv.Itoa(i), "nonNegativeInteger")})
		}
		if w.failed() {
			return w.Flush()
		}
	}
	return nil
}

func predicateIRI(p graph.Predicate) string { return "parley:" + string(p) }

func describePredicate(p graph.Predicate, emit func(quad)) {
	for _, match := range matches[p] {
		emit(quad{subject: predicateIRI(p), predicate: full("skos:closeMatch"), object: ref(full(match))})
	}
}

// describeThing says what kind of thing id is and what the whole graph calls it.
func (w *writer) describeThing(id graph.ID, emit func(quad)) {
	t, s := w.thing(id), thingIRI(id)
	emit(quad{subject: s, predicate: full("rdf:type"), object: ref("parley:" + string(t.Type))})
	if class := classes[t.Type]; class != "" {
		emit(quad{subject: s, predicate: full("rdf:type"), object: ref(full(class))})
	}
	nameThing(&t, "", emit)
}

// nameThing says, in the given graph, what t is called.
func nameThing(t *graph.Thing, in string, emit func(quad)) {
	say := func(predicate, value string) {
		emit(quad{thingIRI(t.ID), full(predicate), text(value), in})
	}
	say("rdfs:label", t.Label)
	for _, alias := range t.Aliases {
		say("skos:altLabel", alias)
	}
	for _, scheme := range sortedKeys(t.Codes) {
		say("schema:identifier", scheme+":"+t.Codes[scheme])
	}
	if t.Text != "" {
		say("schema:description", t.Text)
	}
}

// describeDecisions says which things are others now, and which articles are
// retracted.
func (w *writer) describeDecisions(emit func(quad)) {
	for old, now := range w.s.Merged() {
		emit(quad{subject: thingIRI(old), predicate: full("dcterms:isReplacedBy"), object: ref(thingIRI(now))})
	}
	for id, d := range w.s.Retractions() {
		emit(quad{subject: thingIRI(id), predicate: full("prov:invalidatedAtTime"), object: typed(d.At, "dateTime")})
		for _, p := range [][2]string{{"parley:retractionReason", d.Reason}, {"parley:retractedBy", d.By}} {
			if p[1] != "" {
				emit(quad{subject: thingIRI(id), predicate: full(p[0]), object: text(p[1])})
			}
		}
	}
}

func describeArticle(a *graph.Article, emit func(quad)) {
	s := thingIRI(a.ID)
	say := func(predicate string, o term) {
		if o.value != "" {
			emit(quad{subject: s, predicate: full(predicate), object: o})
		}
	}
	say("rdf:type", ref(full("schema:NewsArticle")))
	say("schema:headline", text(a.Title))
	for _, author := range a.Authors {
		say("schema:author", text(author))
	}
	if len(a.Authors) > 1 { // RDF has no order
		say("parley:authorOrder", text(strings.Join(a.Authors, "\n")))
	}
	say("schema:publisher", text(a.Outlet))
	say("schema:datePublished", date(a.Published))
	say("schema:url", typed(a.URL, "anyURI"))
	say("schema:inLanguage", text(a.Language))
}

func describeClaim(c *graph.Claim, emit func(quad)) {
	s := thingIRI(c.ID)
	object := objectTerm(c.Object)
	if c.IsFact() {
		emit(quad{thingIRI(c.Subject), predicateIRI(c.Predicate), object, s})
	}
	say := func(predicate string, o term) {
		if o.value != "" {
			emit(quad{subject: s, predicate: full(predicate), object: o})
		}
	}
	say("rdf:type", ref(full("rdf:Statement")))
	say("rdf:subject", ref(thingIRI(c.Subject)))
	say("rdf:predicate", ref(predicateIRI(c.Predicate)))
	emit(quad{subject: s, predicate: full("rdf:object"), object: object})
	say("parley:polarity", text(string(c.Polarity)))
	say("parley:modality", text(string(c.Modality)))
	say("parley:confidence", typed(strconv.FormatFloat(c.Confidence, 'f', -1, 64), "decimal"))
	say("parley:rule", text(c.Rule))
	say("prov:wasDerivedFrom", ref(thingIRI(c.Article)))
	for _, id := range c.AttributedTo {
		say("prov:wasAttributedTo", ref(thingIRI(id)))
	}
	if len(c.AttributedTo) > 1 { // RDF has no order
		say("parley:speakerOrder", text(joinIDs(c.AttributedTo)))
	}
	if c.Via != "" {
		say("parley:via", ref(thingIRI(c.Via)))
	}
	if c.When != nil {
		say("parley:whenStart", date(c.When.Start))
		say("parley:whenEnd", date(c.When.End))
		say("parley:whenPrecision", text(c.When.Precision))
		say("parley:whenText", text(c.When.Text))
	}
	describeEvidence(s, c, emit)
}

// describeEvidence says where the claim s stands, as a Web Annotation target.
func describeEvidence(s string, c *graph.Claim, emit func(quad)) {
	say := func(subject, predicate string, o term) {
		if o.value != "" {
			emit(quad{subject: subject, predicate: full(predicate), object: o})
		}
	}
	number := func(n int) term { return typed(strconv.Itoa(n), "nonNegativeInteger") }
	e := &c.Evidence
	target, quote, position := s+targetPart, s+quotePart, s+positionPart
	say(s, "parley:sentence", number(e.Sentence))
	say(s, "parley:subjectText", text(e.SubjectText))
	say(s, "parley:objectText", text(e.ObjectText))
	say(s, "oa:hasTarget", ref(target))
	say(target, "rdf:type", ref(full("oa:SpecificResource")))
	say(target, "oa:hasSource", ref(thingIRI(c.Article)))
	say(target, "oa:hasSelector", ref(quote))
	say(target, "oa:hasSelector", ref(position))
	say(quote, "rdf:type", ref(full("oa:TextQuoteSelector")))
	say(quote, "oa:exact", text(e.Quote))
	say(position, "rdf:type", ref(full("oa:TextPositionSelector")))
	say(position, "oa:start", number(e.Start))
	say(position, "oa:end", number(e.End))
	for _, l := range []struct {
		link            *graph.Link
		part, predicate string
	}{{e.SubjectLink, subjectLinkPart, "parley:subjectLink"}, {e.ObjectLink, objectLinkPart, "parley:objectLink"}} {
		if l.link != nil {
			say(s, l.predicate, ref(s+l.part))
			say(s+l.part, "parley:linkKind", text(l.link.Kind))
			say(s+l.part, "oa:exact", text(l.link.Text))
			say(s+l.part, "oa:start", number(l.link.Start))
			say(s+l.part, "oa:end", number(l.link.End))
		}
	}
}

// What is added to the IRI of a claim for the parts of its evidence.
const (
	targetPart      = "/target"
	quotePart       = "/quote"
	positionPart    = "/position"
	subjectLinkPart = "/subject-link"
	objectLinkPart  = "/object-link"
)

func objectTerm(o graph.Object) term {
	switch {
	case !o.IsLiteral():
		return ref(thingIRI(o.ID))
	case o.Datatype != "date":
		return text(o.Value)
	}
	if d := date(o.Value); d.datatype != "" {
		return d
	}
	return term{value: o.Value, literal: true, datatype: oddDate}
}

// oddDate is the datatype of a date that is no year, month or day.
const oddDate = "parley:date"

func joinIDs(ids []graph.ID) string {
	var parts []string
	for _, id := range ids {
		parts = append(parts, string(id))
	}
	return strings.Join(parts, " ")
}
