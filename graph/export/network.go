package export

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"hash/fnv"
	"iter"
	"strconv"
	"strings"

	"parley/graph"
)

// A network has a node for each thing and literal, and an edge for each claim.

type node struct {
	id, label, kind string
}

type edge struct {
	id, from, to string
	attributes   []string // in the order of edgeAttributes
	start, end   string   // of the time of what is claimed, as days; "" if it is not told
}

// edgeAttributes are what an edge says of its claim.
var edgeAttributes = []string{"predicate", "polarity", "modality", "attributed_to", "confidence", "quote", "article", "title", "outlet", "published", "url", "when"}

// nodes yields every node once: things, then the values that are said of them.
func (w *writer) nodes() iter.Seq[node] {
	return func(yield func(node) bool) {
		for id := range w.things() {
			if t := w.thing(id); !yield(node{string(id), t.Label, string(t.Type)}) {
				return
			}
		}
		for c := range w.values() {
			if !yield(node{valueID(c), c.Object.Value, c.Object.Datatype}) {
				return
			}
		}
	}
}

// values yields one claim for each value that is said of a thing.
func (w *writer) values() iter.Seq[*graph.Claim] {
	return func(yield func(*graph.Claim) bool) {
		seen := make(map[string]bool)
		first := func(c *graph.Claim) bool {
			if !c.Object.IsLiteral() || seen[valueID(c)] {
				return true
			}
			seen[valueID(c)] = true
			return yield(c)
		}
		if !w.whole {
			w.claims(first)
			return
		}
		for id := range w.things() { // subject by subject, so that little is to be remembered
			clear(seen)
			n, _ := w.s.Node(id)
			for _, e := range w.s.Out(n) {
				if !first(w.s.ClaimOf(e)) {
					return
				}
			}
		}
	}
}

// valueID returns the id of the node of a value: one for each thing that it is said of,
// so that two talks are not linked by having been held on the same day.
func valueID(c *graph.Claim) string {
	return string(c.Subject) + "#" + string(c.Predicate) + "=" + c.Object.Value
}

func (w *writer) edge(c *graph.Claim) edge {
	a := w.article(c)
	e := edge{id: string(c.ID), from: string(c.Subject), to: string(c.Object.ID)}
	if c.Object.IsLiteral() {
		e.to = valueID(c)
	}
	speakers, when := "", ""
	for i, id := range c.AttributedTo {
		if i > 0 {
			speakers += "; "
		}
		speakers += w.thing(id).Label
	}
	if c.When != nil {
		when = c.When.Start
		last := cmp.Or(c.When.End, c.When.Start)
		if len(when) >= 4 {
			e.start = when + "0000-01-01"[min(len(when), 10):]
			e.end = lastDay(last)
		}
	}
	e.attributes = []string{string(c.Predicate), string(c.Polarity), string(c.Modality), speakers, strconv.FormatFloat(c.Confidence, 'g', -1, 64),
		c.Evidence.Quote, string(a.ID), a.Title, a.Outlet, a.Published, a.URL, when}
	return e
}

// lastDay returns the last day of an ISO 8601 year, month or day.
func lastDay(date string) string {
	switch len(date) {
	case 4:
		return date + "-12-31"
	case 7:
		days := map[string]string{"02": "28", "04": "30", "06": "30", "09": "30", "11": "30"}[date[5:]]
		if y, err := strconv.Atoi(date[:4]); days == "28" && err == nil && y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			days = "29"
		}
		return date + "-" + cmp.Or(days, "31")
	}
	return date
}

// escape writes text as XML character data; what XML cannot hold becomes U+FFFD.
func (w *writer) escape(text string) { _ = xml.EscapeText(w, []byte(text)) } // errors come back from Flush

// element writes <name attribute="value"…> or, if it is empty, <name …/>.
func (w *writer) element(name string, empty bool, attributes ...string) {
	w.WriteByte('<')
	w.WriteString(name)
	for i := 0; i+1 < len(attributes); i += 2 {
		w.WriteString(" " + attributes[i] + `="`)
		w.escape(attributes[i+1])
		w.WriteByte('"')
	}
	if empty {
		w.WriteByte('/')
	}
	w.WriteString(">\n")
}

// http://graphml.graphdrawing.org/specification.html; its ids are NMTOKENs.
func writeGraphML(w *writer) error {
	w.WriteString(xml.Header)
	w.element("graphml", false, "xmlns", "http://graphml.graphdrawing.org/xmlns", "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance",
		"xsi:schemaLocation", "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd")
	for _, name := range []string{"id", "label", "type"} {
		w.element("key", true, "id", "n_"+name, "for", "node", "attr.name", name, "attr.type", "string")
	}
	w.element("key", true, "id", "e_id", "for", "edge", "attr.name", "id", "attr.type", "string")
	for _, name := range edgeAttributes {
		kind := "string"
		if name == "confidence" {
			kind = "double"
		}
		w.element("key", true, "id", "e_"+name, "for", "edge", "attr.name", name, "attr.type", kind)
	}
	w.element("graph", false, "id", "parley", "edgedefault", "directed")
	data := func(key, value string) {
		if value != "" {
			w.WriteString(`<data key="` + key + `">`)
			w.escape(value)
			w.WriteString("</data>\n")
		}
	}
	for n := range w.nodes() {
		w.element("node", false, "id", nameToken(n.id))
		data("n_id", n.id)
		data("n_label", n.label)
		data("n_type", n.kind)
		w.WriteString("</node>\n")
	}
	for c := range w.claims {
		e := w.edge(c)
		w.element("edge", false, "id", nameToken(e.id), "source", nameToken(e.from), "target", nameToken(e.to))
		data("e_id", e.id)
		for i, name := range edgeAttributes {
			data("e_"+name, e.attributes[i])
		}
		if _, err := w.WriteString("</edge>\n"); err != nil {
			return err
		}
	}
	w.WriteString("</graph>\n</graphml>\n")
	return nil
}

// nameToken returns an NMTOKEN for an id: "state:finland" for state/finland, and a hash
// for what is said of it.
func nameToken(id string) string {
	subject, _, isValue := strings.Cut(id, "#")
	token := strings.ReplaceAll(subject, "/", ":")
	if isValue {
		hash := fnv.New64a()
		hash.Write([]byte(id)) // never fails
		token += ":" + strconv.FormatUint(hash.Sum64(), 16)
	}
	return token
}

// https://gexf.net/schema.html
func writeGEXF(w *writer) error {
	w.WriteString(xml.Header)
	w.element("gexf", false, "xmlns", "http://gexf.net/1.3", "version", "1.3")
	w.element("graph", false, "defaultedgetype", "directed", "mode", "dynamic", "timeformat", "date")
	w.element("attributes", false, "class", "node")
	w.element("attribute", true, "id", "type", "title", "type", "type", "string")
	w.WriteString("</attributes>\n")
	w.element("attributes", false, "class", "edge")
	for _, name := range edgeAttributes {
		kind := "string"
		if name == "confidence" {
			kind = "double"
		}
		w.element("attribute", true, "id", name, "title", name, "type", kind)
	}
	w.WriteString("</attributes>\n<nodes>\n")
	for n := range w.nodes() {
		w.element("node", false, "id", n.id, "label", n.label)
		w.WriteString("<attvalues>\n")
		w.element("attvalue", true, "for", "type", "value", n.kind)
		w.WriteString("</attvalues>\n</node>\n")
	}
	w.WriteString("</nodes>\n<edges>\n")
	for c := range w.claims {
		e := w.edge(c)
		attributes := []string{"id", e.id, "source", e.from, "target", e.to, "label", string(c.Predicate)}
		if e.start != "" {
			attributes = append(attributes, "start", e.start, "end", e.end)
		}
		w.element("edge", false, attributes...)
		w.WriteString("<attvalues>\n")
		for i, name := range edgeAttributes {
			if e.attributes[i] != "" {
				w.element("attvalue", true, "for", name, "value", e.attributes[i])
			}
		}
		if _, err := w.WriteString("</attvalues>\n</edge>\n"); err != nil {
			return err
		}
	}
	w.WriteString("</edges>\n</graph>\n</gexf>\n")
	return nil
}

// https://js.cytoscape.org/#notation/elements-json
func writeCytoscape(w *writer) error {
	element := func(first bool, data map[string]any) error {
		line, err := json.Marshal(map[string]any{"data": data})
		if err != nil {
			return err
		}
		if !first {
			w.WriteString(",\n")
		}
		_, err = w.Write(line)
		return err
	}
	w.WriteString("{\"elements\":{\"nodes\":[\n")
	first := true
	for n := range w.nodes() {
		if err := element(first, map[string]any{"id": n.id, "label": n.label, "type": n.kind}); err != nil {
			return err
		}
		first = false
	}
	w.WriteString("\n],\"edges\":[\n")
	first = true
	for c := range w.claims {
		e := w.edge(c)
		data := map[string]any{"id": e.id, "source": e.from, "target": e.to, "label": string(c.Predicate)}
		for i, name := range edgeAttributes {
			if e.attributes[i] != "" {
				data[name] = e.attributes[i]
			}
		}
		data["confidence"] = c.Confidence
		if err := element(first, data); err != nil {
			return err
		}
		first = false
	}
	w.WriteString("\n]}}\n")
	return nil
}
