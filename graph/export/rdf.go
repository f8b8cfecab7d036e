package export

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

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
			w.describeArticle(w.article(c), emit)
		}
		if p := graph.ID(c.Predicate); !seen[p] {
			seen[p] = true
			for _, match := range matches[c.Predicate] {
				emit(quad{subject: predicateIRI(c.Predicate), predicate: full("skos:closeMatch"), object: ref(full(match))})
			}
		}
		describeClaim(c, emit)
		if w.failed() {
			return w.Flush()
		}
	}
	return nil
}

func predicateIRI(p graph.Predicate) string { return "parley:" + string(p) }

func (w *writer) describeThing(id graph.ID, emit func(quad)) {
	t, s := w.thing(id), thingIRI(id)
	emit(quad{subject: s, predicate: full("rdf:type"), object: ref("parley:" + string(t.Type))})
	if class := classes[t.Type]; class != "" {
		emit(quad{subject: s, predicate: full("rdf:type"), object: ref(full(class))})
	}
	emit(quad{subject: s, predicate: full("rdfs:label"), object: text(t.Label)})
	for _, alias := range t.Aliases {
		emit(quad{subject: s, predicate: full("skos:altLabel"), object: text(alias)})
	}
	for _, scheme := range sortedKeys(t.Codes) {
		emit(quad{subject: s, predicate: full("schema:identifier"), object: text(scheme + ":" + t.Codes[scheme])})
	}
}

func (w *writer) describeArticle(a *graph.Article, emit func(quad)) {
	s := thingIRI(a.ID)
	emit(quad{subject: s, predicate: full("rdf:type"), object: ref(full("schema:NewsArticle"))})
	emit(quad{subject: s, predicate: full("schema:headline"), object: text(a.Title)})
	if a.Outlet != "" {
		emit(quad{subject: s, predicate: full("schema:publisher"), object: text(a.Outlet)})
	}
	if a.Published != "" {
		emit(quad{subject: s, predicate: full("schema:datePublished"), object: date(a.Published)})
	}
	if a.URL != "" {
		emit(quad{subject: s, predicate: full("schema:url"), object: typed(a.URL, "anyURI")})
	}
}

func describeClaim(c *graph.Claim, emit func(quad)) {
	s := thingIRI(c.ID)
	object := date(c.Object.Value)
	switch {
	case !c.Object.IsLiteral():
		object = ref(thingIRI(c.Object.ID))
	case c.Object.Datatype != "date":
		object = text(c.Object.Value)
	}
	if c.IsFact() {
		emit(quad{thingIRI(c.Subject), predicateIRI(c.Predicate), object, s})
	}
	say := func(subject, predicate string, o term) {
		emit(quad{subject: subject, predicate: full(predicate), object: o})
	}
	say(s, "rdf:type", ref(full("rdf:Statement")))
	say(s, "rdf:subject", ref(thingIRI(c.Subject)))
	say(s, "rdf:predicate", ref(predicateIRI(c.Predicate)))
	say(s, "rdf:object", object)
	say(s, "parley:polarity", text(string(c.Polarity)))
	say(s, "parley:modality", text(string(c.Modality)))
	say(s, "parley:confidence", typed(strconv.FormatFloat(c.Confidence, 'f', -1, 64), "decimal"))
	say(s, "prov:wasDerivedFrom", ref(thingIRI(c.Article)))
	for _, id := range c.AttributedTo {
		say(s, "prov:wasAttributedTo", ref(thingIRI(id)))
	}
	if c.Via != "" {
		say(s, "parley:via", ref(thingIRI(c.Via)))
	}
	if c.When != nil {
		say(s, "parley:whenStart", date(c.When.Start))
		if c.When.End != "" {
			say(s, "parley:whenEnd", date(c.When.End))
		}
	}
	target, quote, position := s+"/target", s+"/quote", s+"/position"
	say(s, "oa:hasTarget", ref(target))
	say(target, "rdf:type", ref(full("oa:SpecificResource")))
	say(target, "oa:hasSource", ref(thingIRI(c.Article)))
	say(target, "oa:hasSelector", ref(quote))
	say(target, "oa:hasSelector", ref(position))
	say(quote, "rdf:type", ref(full("oa:TextQuoteSelector")))
	say(quote, "oa:exact", text(c.Evidence.Quote))
	say(position, "rdf:type", ref(full("oa:TextPositionSelector")))
	say(position, "oa:start", typed(strconv.Itoa(c.Evidence.Start), "nonNegativeInteger"))
	say(position, "oa:end", typed(strconv.Itoa(c.Evidence.End), "nonNegativeInteger"))
}

func writeNQuads(w *writer) error {
	return w.describe(func(q quad) {
		w.iri(q.subject)
		w.WriteByte(' ')
		w.iri(q.predicate)
		w.WriteByte(' ')
		w.term(q.object)
		if q.graph != "" {
			w.WriteByte(' ')
			w.iri(q.graph)
		}
		w.WriteString(" .\n")
	})
}

func writeTurtle(w *writer) error { return w.turtle(false) }

func writeTriG(w *writer) error { return w.turtle(true) }

// turtle writes Turtle, or TriG if named graphs are wanted. Predicates are
// shortened, and those of one subject that follow each other are joined.
func (w *writer) turtle(graphs bool) error {
	for _, p := range prefixes {
		w.WriteString("@prefix " + p[0] + ": <" + p[1] + "> .\n")
	}
	last := ""
	err := w.describe(func(q quad) {
		if q.graph != "" && graphs {
			w.endSubject(&last)
			w.iri(q.graph)
			w.WriteString(" { ")
			w.iri(q.subject)
			w.WriteString(" " + short(q.predicate) + " ")
			w.term(q.object)
			w.WriteString(" }\n")
			return
		}
		if q.subject == last {
			w.WriteString(" ;\n    ")
		} else {
			w.endSubject(&last)
			w.iri(q.subject)
			w.WriteByte(' ')
			last = q.subject
		}
		w.WriteString(short(q.predicate) + " ")
		w.term(q.object)
	})
	w.endSubject(&last)
	return err
}

func (w *writer) endSubject(last *string) {
	if *last != "" {
		w.WriteString(" .\n")
		*last = ""
	}
}

// short returns the prefixed name of a predicate, all of which have one.
func short(iri string) string {
	for _, p := range prefixes {
		if local, ok := strings.CutPrefix(iri, p[1]); ok {
			return p[0] + ":" + local
		}
	}
	return "<" + iri + ">"
}

// iri writes <iri>, what may not stand in one percent-encoded.
func (w *writer) iri(iri string) {
	w.WriteByte('<')
	for i := range len(iri) {
		if c := iri[i]; c <= ' ' || strings.IndexByte(`<>"{}|^`+"`\\", c) >= 0 {
			w.WriteString(url.PathEscape(string(c)))
		} else {
			w.WriteByte(c)
		}
	}
	w.WriteByte('>')
}

func (w *writer) term(t term) {
	if !t.literal {
		w.iri(t.value)
		return
	}
	w.WriteByte('"')
	for _, r := range t.value {
		switch r {
		case '"', '\\':
			w.WriteByte('\\')
			w.WriteRune(r)
		case '\n':
			w.WriteString(`\n`)
		case '\r':
			w.WriteString(`\r`)
		case '\t':
			w.WriteString(`\t`)
		default:
			if r < ' ' || r == 0x7f {
				w.WriteString(`\u00` + strconv.FormatInt(int64(r)+0x100, 16)[1:])
			} else {
				w.WriteRune(r) // U+FFFD for what is not UTF-8
			}
		}
	}
	w.WriteByte('"')
	if t.datatype != "" {
		w.WriteString("^^")
		w.iri(t.datatype)
	}
}

// writeJSONLD writes one object a subject, in a graph with a context of prefixes.
func writeJSONLD(w *writer) error {
	context := make(map[string]string, len(prefixes))
	for _, p := range prefixes {
		context[p[0]] = p[1]
	}
	head, err := json.Marshal(context)
	if err != nil {
		return err
	}
	w.WriteString("{\"@context\":")
	w.Write(head)
	w.WriteString(",\n\"@graph\":[")
	var open []quad // of one subject, not yet written
	first := true
	flush := func() {
		if len(open) == 0 {
			return
		}
		if !first {
			w.WriteByte(',')
		}
		first = false
		w.WriteByte('\n')
		w.object(open)
		open = open[:0]
	}
	err = w.describe(func(q quad) {
		if len(open) > 0 && (q.subject != open[0].subject || q.graph != open[0].graph) {
			flush()
		}
		open = append(open, q)
	})
	flush()
	w.WriteString("\n]}\n")
	return err
}

// object writes the quads of one subject as a JSON-LD node, in its graph if it has one.
func (w *writer) object(quads []quad) {
	node := map[string]any{"@id": quads[0].subject}
	for _, q := range quads {
		key, value := short(q.predicate), any(nil)
		switch {
		case q.predicate == full("rdf:type"):
			key, value = "@type", short(q.object.value)
		case !q.object.literal:
			value = map[string]string{"@id": q.object.value}
		case q.object.datatype != "":
			value = map[string]string{"@value": strings.ToValidUTF8(q.object.value, string(utf8.RuneError)), "@type": short(q.object.datatype)}
		default:
			value = strings.ToValidUTF8(q.object.value, string(utf8.RuneError))
		}
		switch have := node[key].(type) {
		case nil:
			node[key] = value
		case []any:
			node[key] = append(have, value)
		default:
			node[key] = []any{have, value}
		}
	}
	if quads[0].graph != "" {
		node = map[string]any{"@id": quads[0].graph, "@graph": []any{node}}
	}
	line, err := json.Marshal(node)
	if err != nil {
		panic(err) // maps, slices and strings can be encoded
	}
	w.Write(line) // errors come back from Flush
}
