package queries

import (
	"io"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"parley/graph"
)

// Answers are written by hand and not by reflection: an answer of a hundred
// claims then takes a fraction of a millisecond. Keys only grow.

// encoder appends JSON to buf.
type encoder struct {
	buf  []byte
	s    *graph.Snapshot
	kept *keptJSON
}

// keptJSON is the texts of things and claims that answers showed: those about the
// same things are asked for again and again. It is safe for concurrent use.
type keptJSON struct {
	refs   []atomic.Pointer[string] // by node: what encoder.ref appends, once it has
	claims []atomic.Pointer[string] // by place: what encoder.claimOf appends, likewise
	left   atomic.Int64             // bytes of claims that may still be kept
}

// mostKept is the size in bytes of the texts of claims that are kept of a snapshot.
const mostKept = 64 << 20

// allJSON is the key of the texts kept of a snapshot.
type allJSON struct{}

func newEncoder(buf []byte, s *graph.Snapshot) *encoder {
	return &encoder{buf, s, graph.Derived(s, allJSON{}, func() *keptJSON {
		k := &keptJSON{refs: make([]atomic.Pointer[string], s.Size()), claims: make([]atomic.Pointer[string], s.ClaimPlaces())}
		k.left.Store(mostKept)
		return k
	})}
}

// key begins a member of an object.
func (e *encoder) key(name string) {
	e.comma()
	e.buf = append(e.buf, '"')
	e.buf = append(e.buf, name...)
	e.buf = append(e.buf, '"', ':')
}

// comma parts an element from the one before it, if there is one.
func (e *encoder) comma() {
	if n := len(e.buf); n > 0 && e.buf[n-1] != '{' && e.buf[n-1] != '[' && e.buf[n-1] != ':' {
		e.buf = append(e.buf, ',')
	}
}

func (e *encoder) open(c byte)         { e.buf = append(e.buf, c) }
func (e *encoder) close(c byte)        { e.buf = append(e.buf, c) }
func (e *encoder) text(name, v string) { e.key(name); e.string(v) }
func (e *encoder) int(name string, n int) {
	e.key(name)
	e.buf = strconv.AppendInt(e.buf, int64(n), 10)
}
func (e *encoder) bool(name string, v bool) {
	e.key(name)
	e.buf = strconv.AppendBool(e.buf, v)
}

// optional writes a member unless v is empty.
func (e *encoder) optional(name, v string) {
	if v != "" {
		e.text(name, v)
	}
}

func (e *encoder) strings(name string, list []string) {
	e.key(name)
	e.open('[')
	for _, v := range list {
		e.comma()
		e.string(v)
	}
	e.close(']')
}

const hexDigits = "0123456789abcdef"

// plain is which bytes stand for themselves in a JSON string that is safe inside
// a page.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&'
	}
	return t
}()

// string appends v as a JSON string. What is not UTF-8 becomes U+FFFD.
func (e *encoder) string(v string) {
	b := append(e.buf, '"')
	start := 0
	for i := 0; i < len(v); {
		c := v[i]
		if plain[c] {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			b = append(b, v[start:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\n':
				b = append(b, '\\', 'n')
			default:
				b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			}
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(v[i:])
		if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
			b = append(b, v[start:i]...)
			b = append(b, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
			start = i + size
		}
		i += size
	}
	b = append(b, v[start:]...)
	e.buf = append(b, '"')
}

// ref appends the thing n: {"id","type","label"}.
func (e *encoder) ref(n graph.Node) {
	if known := e.kept.refs[n].Load(); known != nil {
		e.buf = append(e.buf, *known...)
		return
	}
	start := len(e.buf)
	t := e.s.At(n)
	e.open('{')
	e.text("id", string(t.ID))
	e.text("type", string(t.Type))
	e.text("label", t.Label)
	e.close('}')
	text := string(e.buf[start:])
	e.kept.refs[n].Store(&text)
}

// refTo appends the thing id, which a claim names.
func (e *encoder) refTo(id graph.ID) {
	if n, ok := e.s.Node(id); ok {
		e.ref(n)
		return
	}
	e.open('{')
	e.text("id", string(id))
	e.text("type", string(id.Type()))
	e.text("label", id.Slug())
	e.close('}')
}

// thing appends all that is known of a thing itself.
func (e *encoder) thing(t *graph.Thing) {
	e.open('{')
	e.text("id", string(t.ID))
	e.text("type", string(t.Type))
	e.text("label", t.Label)
	if len(t.Aliases) > 0 {
		e.strings("aliases", t.Aliases)
	}
	if len(t.Codes) > 0 {
		e.key("codes")
		e.open('{')
		codes := make(map[string][]string, len(t.Codes))
		for scheme := range t.Codes {
			codes[scheme] = nil
		}
		for _, scheme := range sortedKeys(codes) {
			e.comma()
			e.string(scheme)
			e.open(':')
			e.string(t.Codes[scheme])
		}
		e.close('}')
	}
	e.optional("text", t.Text)
	e.close('}')
}

func (e *encoder) literal(o graph.Object) {
	e.open('{')
	e.text("value", o.Value)
	e.text("datatype", o.Datatype)
	e.close('}')
}

// claim appends c as `parley extract` prints it, with its article as "source".
func (e *encoder) claim(c *graph.Claim, article *graph.Article) {
	subject, _ := e.s.Node(c.Subject)
	object, _ := e.s.Node(c.Object.ID)
	e.claimBetween(c, article, subject, object)
}

// claimOf appends the claim of an edge.
func (e *encoder) claimOf(edge graph.Edge) {
	kept := &e.kept.claims[edge.ClaimPlace()]
	if known := kept.Load(); known != nil {
		e.buf = append(e.buf, *known...)
		return
	}
	start := len(e.buf)
	subject, object := e.s.Ends(edge)
	e.claimBetween(e.s.ClaimOf(edge), e.s.ArticleOf(edge), subject, object)
	if size := int64(len(e.buf) - start); e.kept.left.Load() >= size {
		text := string(e.buf[start:])
		if kept.CompareAndSwap(nil, &text) {
			e.kept.left.Add(-size)
		}
	}
}

func (e *encoder) claimBetween(c *graph.Claim, article *graph.Article, subject, object graph.Node) {
	e.open('{')
	e.text("id", string(c.ID))
	e.text("article", string(c.Article))
	e.key("subject")
	e.ref(subject)
	e.text("predicate", string(c.Predicate))
	e.key("object")
	if c.Object.IsLiteral() {
		e.literal(c.Object)
	} else {
		e.ref(object)
	}
	e.text("polarity", string(c.Polarity))
	e.text("modality", string(c.Modality))
	e.key("attributed_to")
	e.open('[')
	for _, id := range c.AttributedTo {
		e.comma()
		e.refTo(id)
	}
	e.close(']')
	e.key("when")
	e.when(c.When)
	e.key("evidence")
	e.evidence(&c.Evidence)
	e.key("confidence")
	e.buf = strconv.AppendFloat(e.buf, c.Confidence, 'g', -1, 64)
	e.key("via")
	if c.Via == "" {
		e.buf = append(e.buf, "null"...)
	} else {
		e.string(string(c.Via))
	}
	e.optional("rule", c.Rule)
	e.key("source")
	e.source(article, c.Evidence.Quote)
	e.close('}')
}

func (e *encoder) when(w *graph.When) {
	if w == nil {
		e.buf = append(e.buf, "null"...)
		return
	}
	e.open('{')
	e.text("start", w.Start)
	e.optional("end", w.End)
	e.text("precision", w.Precision)
	e.text("text", w.Text)
	e.close('}')
}

func (e *encoder) evidence(v *graph.Evidence) {
	e.open('{')
	e.int("sentence", v.Sentence)
	e.int("start", v.Start)
	e.int("end", v.End)
	e.text("quote", v.Quote)
	e.text("subject_text", v.SubjectText)
	e.text("object_text", v.ObjectText)
	e.link("subject_link", v.SubjectLink)
	e.link("object_link", v.ObjectLink)
	e.close('}')
}

func (e *encoder) link(name string, l *graph.Link) {
	if l == nil {
		return
	}
	e.key(name)
	e.open('{')
	e.text("kind", l.Kind)
	e.text("text", l.Text)
	e.int("start", l.Start)
	e.int("end", l.End)
	e.close('}')
}

// source appends who printed a claim, and the address of its sentence.
func (e *encoder) source(a *graph.Article, quote string) {
	e.open('{')
	e.text("title", a.Title)
	e.optional("outlet", a.Outlet)
	e.optional("published", a.Published)
	e.optional("url", a.URL)
	if a.URL != "" && quote != "" {
		e.key("link")
		e.fragmentLink(a.URL, quote)
	}
	e.close('}')
}

// fragmentLink appends the link to a quote; its address may hold anything.
func (e *encoder) fragmentLink(url, quote string) {
	if strings.ContainsFunc(url, func(r rune) bool { return r >= utf8.RuneSelf || !plain[r] }) {
		e.string(FragmentLink(url, quote))
		return
	}
	e.buf = append(appendFragmentLink(append(e.buf, '"'), url, quote), '"')
}

// WriteJSON writes a as one JSON object and a line end.
func (a *Answer) WriteJSON(w io.Writer) error {
	_, err := w.Write(a.AppendJSON(nil))
	return err
}

// AppendJSON appends what [Answer.WriteJSON] writes to buf.
func (a *Answer) AppendJSON(buf []byte) []byte {
	e := newEncoder(buf, a.snapshot)
	e.open('{')
	e.text("question", a.Question)
	e.int("revision", int(a.Revision))
	e.key("readings")
	e.open('[')
	for _, r := range a.Readings {
		e.comma()
		e.reading(r)
	}
	e.close(']')
	e.strings("notes", a.Notes)
	e.total("total", a.Total, a.TotalIsLeast)
	e.bool("truncated", a.Truncated)
	e.optional("next", a.Next)
	e.rows("rows", a.Rows)
	e.total("apart_total", a.ApartAll, false)
	e.rows("apart", a.Apart)
	if len(a.Facets) > 0 {
		e.facets(a.Facets)
	}
	e.close('}')
	return append(e.buf, '\n')
}

func (e *encoder) total(name string, n int, isLeast bool) {
	e.key(name)
	e.open('{')
	e.int("value", n)
	if isLeast {
		e.text("relation", "gte")
	} else {
		e.text("relation", "eq")
	}
	e.close('}')
}

func (e *encoder) reading(r Reading) {
	e.open('{')
	e.text("parameter", r.Parameter)
	e.text("value", r.Value)
	e.key("things")
	e.open('[')
	for _, n := range r.Nodes {
		e.comma()
		e.ref(n)
	}
	e.close(']')
	e.close('}')
}

func (e *encoder) rows(name string, rows []Row) {
	e.key(name)
	e.open('[')
	for i := range rows {
		e.comma()
		e.row(&rows[i])
	}
	e.close(']')
}

func (e *encoder) row(r *Row) {
	e.open('{')
	e.key("thing")
	e.ref(r.Thing)
	e.optional("date", r.Date)
	e.optional("predicate", string(r.Predicate))
	if r.Object != nil {
		e.key("object")
		e.value(r.Object)
	}
	if len(r.Steps) > 0 {
		e.steps(r.Steps)
	}
	if len(r.Counts) > 0 {
		e.key("counts")
		e.open('{')
		for _, c := range r.Counts {
			e.int(c.Name, c.N)
		}
		e.close('}')
	}
	if len(r.Roles) > 0 {
		e.key("roles")
		e.open('{')
		for _, role := range r.Roles {
			e.key(role.Name)
			e.open('[')
			for i := range role.Values {
				e.comma()
				e.value(&role.Values[i])
			}
			e.close(']')
		}
		e.close('}')
		e.key("values_total")
		e.open('{')
		for _, role := range r.Roles {
			e.int(role.Name, role.Count)
		}
		e.close('}')
	}
	e.claims("claims", r.Claims)
	e.claims("apart", r.Apart)
	e.int("claims_total", r.AllClaims)
	e.close('}')
}

func (e *encoder) steps(steps []Step) {
	e.key("steps")
	e.open('[')
	for i := range steps {
		e.comma()
		e.open('{')
		e.key("from")
		e.ref(steps[i].From)
		e.key("to")
		e.ref(steps[i].To)
		e.claimIDs(steps[i].Claims)
		e.int("claims_total", steps[i].Count)
		e.close('}')
	}
	e.close(']')
}

func (e *encoder) claimIDs(edges []graph.Edge) {
	e.key("claims")
	e.open('[')
	for _, edge := range edges {
		e.comma()
		e.string(string(e.s.ClaimOf(edge).ID))
	}
	e.close(']')
}

// value appends a player of a role with the ids of its claims.
func (e *encoder) value(v *Value) {
	if v.Node == graph.NoNode {
		e.literal(v.Literal)
	} else {
		e.ref(v.Node)
	}
	e.buf = e.buf[:len(e.buf)-1] // the object goes on
	e.claimIDs(v.Claims)
	e.int("claims_total", v.Count)
	e.close('}')
}

func (e *encoder) claims(name string, edges []graph.Edge) {
	e.key(name)
	e.open('[')
	for _, edge := range edges {
		e.comma()
		e.claimOf(edge)
	}
	e.close(']')
}

func (e *encoder) facets(facets []Facet) {
	e.key("facets")
	e.open('{')
	for _, f := range facets {
		e.key(f.Name)
		e.open('{')
		e.key("values")
		e.open('[')
		for _, v := range f.Values {
			e.comma()
			e.open('{')
			if v.Node == graph.NoNode {
				e.text("value", v.Text)
			} else {
				e.key("thing")
				e.ref(v.Node)
			}
			e.int("count", v.Count)
			e.close('}')
		}
		e.close(']')
		e.int("more", f.More)
		e.close('}')
	}
	e.close('}')
}
