package export

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

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

// Context returns the JSON-LD document whose @context has every prefix and term that
// JSON-LD exports use.
func Context() []byte {
	doc, err := json.MarshalIndent(map[string]any{"@context": context()}, "", "  ")
	if err != nil {
		panic(err) // maps of strings can be encoded
	}
	return append(doc, '\n')
}

// context returns the prefixes. JSON-LD allows none that stands for itself, nor is one needed.
func context() map[string]string {
	c := make(map[string]string, len(prefixes))
	for _, p := range prefixes {
		if p[1] != p[0]+":" {
			c[p[0]] = p[1]
		}
	}
	return c
}

// writeJSONLD writes one object a subject, with the context or its address.
func writeJSONLD(w *writer) error {
	var at any = context()
	if w.options.Context != "" {
		at = w.options.Context
	}
	head, err := json.Marshal(at)
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
