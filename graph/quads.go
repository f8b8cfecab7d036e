package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// The stored layout.
//
// Everything an article says is quads whose label is the article's IRI, so that
// an article is loaded and retracted by its label alone and the order of loading
// leaves no trace. There is no quad without a label. IRIs are "parley:" and an
// id or one of the names below; other objects are literals.
//
//	article      article.title, .url, .outlet, .published, .text    string
//	article      article.record                                     JSON: authors, language, blocks, whether all of the text is there
//	thing        thing.label, thing.alias, thing.text               string
//	thing        thing.code/SCHEME                                  string
//	thing        subject/PREDICATE      claim       the claim's subject: one hop to what is claimed
//	claim        object/PREDICATE       thing, string or date
//	claim        claim.quote            string      the evidence, word for word
//	claim        claim.record           JSON: place of the quote, confidence, time, rule, order
//	claim        claim.by               thing       each speaker of attributed_to
//	claim        claim.via              claim
//	claim        claim.polarity, claim.modality     only if not asserted, not actual
//	subject      PREDICATE              object      only for facts: asserted, actual
//
// That is five to six quads a claim. Two rules keep it so. First, whatever is
// asked of the graph by hops is a quad, whatever only describes one claim or
// article is in its record. Second, no (object, predicate) pair is shared by most
// claims or articles: Cayley keeps one list for each pair and rewrites it in
// every transaction, so "claim claim.polarity asserted" for every claim would
// make each commit slower than the one before. For that reason the predicate is
// part of the name of its edge, types are read from ids, and what is usual is
// not stored.
//
// The revision of the graph and the version of this layout are not quads: each
// backend keeps them beside Cayley's data, in the same transaction.
const (
	scheme = "parley:"

	propTitle     = quad.IRI(scheme + "article.title")
	propURL       = quad.IRI(scheme + "article.url")
	propOutlet    = quad.IRI(scheme + "article.outlet")
	propPublished = quad.IRI(scheme + "article.published")
	propText      = quad.IRI(scheme + "article.text")
	propArticle   = quad.IRI(scheme + "article.record")
	propLabel     = quad.IRI(scheme + "thing.label")
	propAlias     = quad.IRI(scheme + "thing.alias")
	propThingText = quad.IRI(scheme + "thing.text")
	propQuote     = quad.IRI(scheme + "claim.quote")
	propClaim     = quad.IRI(scheme + "claim.record")
	propBy        = quad.IRI(scheme + "claim.by")
	propVia       = quad.IRI(scheme + "claim.via")
	propPolarity  = quad.IRI(scheme + "claim.polarity")
	propModality  = quad.IRI(scheme + "claim.modality")

	prefixCode    = scheme + "thing.code/"
	prefixSubject = scheme + "subject/"
	prefixObject  = scheme + "object/"

	// typeQuoted marks a string that PostgreSQL cannot hold as it is.
	typeQuoted = quad.IRI(scheme + "quoted")
	xsd        = "http://www.w3.org/2001/XMLSchema#"
)

// storedArticle is the JSON of article.record.
type storedArticle struct {
	Authors  []string `json:"authors,omitempty"`
	Language string   `json:"language,omitempty"`
	Blocks   []Block  `json:"blocks,omitempty"`
	Excerpts bool     `json:"excerpts,omitempty"`
}

// storedClaim is the JSON of claim.record.
type storedClaim struct {
	Order       int     `json:"n"` // of the claim in its article
	Sentence    int     `json:"sentence"`
	Start       int     `json:"start"`
	End         int     `json:"end"`
	SubjectText string  `json:"subject_text,omitempty"`
	ObjectText  string  `json:"object_text,omitempty"`
	SubjectLink *Link   `json:"subject_link,omitempty"`
	ObjectLink  *Link   `json:"object_link,omitempty"`
	Confidence  float64 `json:"confidence"`
	When        *When   `json:"when,omitempty"`
	Rule        string  `json:"rule,omitempty"`
	By          []ID    `json:"by,omitempty"` // the order of the speakers, if there are several
}

// iri returns the node of id.
func iri(id ID) quad.IRI { return quad.IRI(scheme + string(id)) }

// idOf returns the id whose node v is, or "" if v is no node of ours.
func idOf(v quad.Value) ID {
	s, ok := v.(quad.IRI)
	if !ok || !strings.HasPrefix(string(s), scheme) {
		return ""
	}
	return ID(s[len(scheme):])
}

// text returns the literal that is s. Cayley writes a NUL to PostgreSQL as the
// four characters \x00 and reads those as a NUL, so strings with either are
// quoted.
func text(s string) quad.Value {
	if !strings.Contains(s, "\x00") && !strings.Contains(s, `\x00`) {
		return quad.String(s)
	}
	q := strings.ReplaceAll(s, `\`, `\u005c`)
	return quad.TypedString{Value: quad.String(strings.ReplaceAll(q, "\x00", `\u0000`)), Type: typeQuoted}
}

// textOf is the inverse of text.
func textOf(v quad.Value) (string, error) {
	switch v := v.(type) {
	case quad.String:
		return string(v), nil
	case quad.TypedString:
		if v.Type == typeQuoted {
			s := strings.ReplaceAll(string(v.Value), `\u0000`, "\x00")
			return strings.ReplaceAll(s, `\u005c`, `\`), nil
		}
	}
	return "", fmt.Errorf("%v is not a string", v)
}

// object returns the node or literal that is o.
func object(o Object) quad.Value {
	switch {
	case !o.IsLiteral():
		return iri(o.ID)
	case o.Datatype != "date":
		return text(o.Value)
	}
	kind := "date"
	switch len(o.Value) {
	case len("2005"):
		kind = "gYear"
	case len("2005-01"):
		kind = "gYearMonth"
	}
	return quad.TypedString{Value: quad.String(o.Value), Type: quad.IRI(xsd + kind)}
}

// objectOf is the inverse of object.
func objectOf(v quad.Value) (Object, error) {
	if id := idOf(v); id != "" {
		return ThingObject(id), nil
	}
	if t, ok := v.(quad.TypedString); ok && strings.HasPrefix(string(t.Type), xsd) {
		return DateObject(string(t.Value)), nil
	}
	s, err := textOf(v)
	return TextObject(s), err
}

// encode returns the quads of x, sorted, each once.
func encode(x *Extraction) ([]quad.Quad, error) {
	e := &encoder{label: iri(x.Article.ID)}
	e.article(&x.Article)
	for i := range x.Things {
		e.thing(&x.Things[i])
	}
	for i := range x.Claims {
		e.claim(i, &x.Claims[i])
	}
	if e.err != nil {
		return nil, e.err
	}
	return sortQuads(e.quads), nil
}

// sortQuads sorts quads by their text and drops what is there twice.
func sortQuads(quads []quad.Quad) []quad.Quad {
	lines := make([]string, len(quads))
	for i, q := range quads {
		lines[i] = line(q)
	}
	sort.Sort(byLine{lines, quads})
	kept := quads[:0]
	for i, q := range quads {
		if i == 0 || lines[i] != lines[i-1] {
			kept = append(kept, q)
		}
	}
	return kept
}

type byLine struct {
	lines []string
	quads []quad.Quad
}

func (b byLine) Len() int           { return len(b.lines) }
func (b byLine) Less(i, j int) bool { return b.lines[i] < b.lines[j] }
func (b byLine) Swap(i, j int) {
	b.lines[i], b.lines[j] = b.lines[j], b.lines[i]
	b.quads[i], b.quads[j] = b.quads[j], b.quads[i]
}

// encoder collects the quads of one article.
type encoder struct {
	label quad.IRI
	quads []quad.Quad
	err   error
}

func (e *encoder) add(s, p quad.IRI, o quad.Value) {
	if e.err == nil && !isUTF8(s, p, o) {
		e.err = fmt.Errorf("%q %q is not UTF-8", s, p)
	}
	e.quads = append(e.quads, quad.Quad{Subject: s, Predicate: p, Object: o, Label: e.label})
}

// isUTF8 reports whether values are what every backend can keep.
func isUTF8(values ...quad.Value) bool {
	for _, v := range values {
		var ok bool
		switch v := v.(type) {
		case quad.IRI:
			ok = utf8.ValidString(string(v)) && !strings.Contains(string(v), "\x00")
		case quad.String:
			ok = utf8.ValidString(string(v))
		case quad.TypedString:
			ok = utf8.ValidString(string(v.Value)) && !strings.Contains(string(v.Value), "\x00")
		}
		if !ok {
			return false
		}
	}
	return true
}

func (e *encoder) text(s, p quad.IRI, value string) {
	if value != "" {
		e.add(s, p, text(value))
	}
}

func (e *encoder) record(s, p quad.IRI, v any) {
	b, err := json.Marshal(v)
	if err != nil && e.err == nil {
		e.err = err
	}
	e.add(s, p, text(string(b)))
}

func (e *encoder) article(a *Article) {
	s := iri(a.ID)
	e.text(s, propTitle, a.Title)
	e.text(s, propURL, a.URL)
	e.text(s, propOutlet, a.Outlet)
	e.text(s, propPublished, a.Published)
	e.text(s, propText, a.Text)
	e.record(s, propArticle, storedArticle{a.Authors, a.Language, a.Blocks, a.Excerpts})
}

func (e *encoder) thing(t *Thing) {
	s := iri(t.ID)
	e.text(s, propLabel, t.Label)
	e.text(s, propThingText, t.Text)
	for _, alias := range t.Aliases {
		e.text(s, propAlias, alias)
	}
	for scheme, code := range t.Codes {
		e.add(s, quad.IRI(prefixCode+scheme), text(code))
	}
}

func (e *encoder) claim(order int, c *Claim) {
	s := iri(c.ID)
	o := object(c.Object)
	e.add(iri(c.Subject), quad.IRI(prefixSubject+string(c.Predicate)), s)
	e.add(s, quad.IRI(prefixObject+string(c.Predicate)), o)
	e.text(s, propQuote, c.Evidence.Quote)
	r := storedClaim{order, c.Evidence.Sentence, c.Evidence.Start, c.Evidence.End, c.Evidence.SubjectText, c.Evidence.ObjectText,
		c.Evidence.SubjectLink, c.Evidence.ObjectLink, c.Confidence, c.When, c.Rule, nil}
	if len(c.AttributedTo) > 1 {
		r.By = c.AttributedTo
	}
	e.record(s, propClaim, r)
	for _, by := range c.AttributedTo {
		e.add(s, propBy, iri(by))
	}
	if c.Via != "" {
		e.add(s, propVia, iri(c.Via))
	}
	if c.Polarity != Asserted {
		e.text(s, propPolarity, string(c.Polarity))
	}
	if c.Modality != Actual {
		e.text(s, propModality, string(c.Modality))
	}
	if c.IsFact() {
		e.add(iri(c.Subject), quad.IRI(scheme+string(c.Predicate)), o)
	}
}

// decode returns what the quads of one article say. Without withText the
// article's text is left out. It is an error if quads are missing or strange; the
// plain triples of facts are not looked at.
func decode(article ID, quads []quad.Quad, withText bool) (*Extraction, error) {
	d := &decoder{
		x:      &Extraction{Article: Article{ID: article}},
		things: make(map[ID]*Thing),
		claims: make(map[ID]*decodedClaim),
	}
	for _, q := range quads {
		if err := d.quad(q, withText); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", article, line(q), err)
		}
	}
	return d.extraction()
}

type decoder struct {
	x      *Extraction
	things map[ID]*Thing
	claims map[ID]*decodedClaim
	whole  bool // the article's record was there
}

type decodedClaim struct {
	Claim
	order int
	by    []ID
	whole bool // the record was there
}

func (d *decoder) quad(q quad.Quad, withText bool) (err error) {
	s, p := idOf(q.Subject), idOf(q.Predicate)
	if s == "" || p == "" {
		return fmt.Errorf("subject or predicate is not an id")
	}
	property, rest, _ := strings.Cut(string(p), "/")
	kind, _, _ := strings.Cut(property, ".")
	switch kind {
	case "article":
		return d.article(q, withText)
	case "thing":
		return d.thing(s, rest, q)
	case "subject":
		c := d.claim(idOf(q.Object))
		c.Subject, c.Predicate = s, Predicate(rest)
		return nil
	case "object":
		d.claim(s).Object, err = objectOf(q.Object)
		return err
	case "claim":
		return d.claimProperty(d.claim(s), q)
	}
	return nil
}

func (d *decoder) claim(id ID) *decodedClaim {
	c := d.claims[id]
	if c == nil {
		c = &decodedClaim{Claim: Claim{ID: id, Article: d.x.Article.ID, Polarity: Asserted, Modality: Actual}}
		d.claims[id] = c
	}
	return c
}

func (d *decoder) article(q quad.Quad, withText bool) (err error) {
	a := &d.x.Article
	switch q.Predicate {
	case propTitle:
		a.Title, err = textOf(q.Object)
	case propURL:
		a.URL, err = textOf(q.Object)
	case propOutlet:
		a.Outlet, err = textOf(q.Object)
	case propPublished:
		a.Published, err = textOf(q.Object)
	case propText:
		if withText {
			a.Text, err = textOf(q.Object)
		}
	case propArticle:
		var r storedArticle
		err = recordOf(q.Object, &r)
		a.Authors, a.Language, a.Blocks, a.Excerpts = r.Authors, r.Language, r.Blocks, r.Excerpts
		d.whole = true
	}
	return err
}

func (d *decoder) thing(id ID, code string, q quad.Quad) error {
	t := d.things[id]
	if t == nil {
		t = &Thing{ID: id, Type: id.Type()}
		d.things[id] = t
	}
	value, err := textOf(q.Object)
	switch {
	case code != "":
		if t.Codes == nil {
			t.Codes = make(map[string]string)
		}
		t.Codes[code] = value
	case q.Predicate == propLabel:
		t.Label = value
	case q.Predicate == propAlias:
		t.Aliases = append(t.Aliases, value)
	case q.Predicate == propThingText:
		t.Text = value
	}
	return err
}

func (d *decoder) claimProperty(c *decodedClaim, q quad.Quad) error {
	switch q.Predicate {
	case propBy:
		c.AttributedTo = append(c.AttributedTo, idOf(q.Object))
		return nil
	case propVia:
		c.Via = idOf(q.Object)
		return nil
	case propClaim:
		var r storedClaim
		err := recordOf(q.Object, &r)
		e := &c.Evidence
		e.Sentence, e.Start, e.End, e.SubjectText, e.ObjectText = r.Sentence, r.Start, r.End, r.SubjectText, r.ObjectText
		e.SubjectLink, e.ObjectLink = r.SubjectLink, r.ObjectLink
		c.Confidence, c.When, c.Rule = r.Confidence, r.When, r.Rule
		c.order, c.by, c.whole = r.Order, r.By, true
		return err
	}
	value, err := textOf(q.Object)
	switch q.Predicate {
	case propQuote:
		c.Evidence.Quote = value
	case propPolarity:
		c.Polarity = Polarity(value)
	case propModality:
		c.Modality = Modality(value)
	}
	return err
}

func recordOf(v quad.Value, into any) error {
	s, err := textOf(v)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(s), into)
}

// extraction puts in order what the quads said.
func (d *decoder) extraction() (*Extraction, error) {
	if !d.whole {
		return nil, fmt.Errorf("%s has no %s", d.x.Article.ID, propArticle)
	}
	for _, t := range d.things {
		slices.Sort(t.Aliases)
		d.x.Things = append(d.x.Things, *t)
	}
	slices.SortFunc(d.x.Things, func(a, b Thing) int { return strings.Compare(string(a.ID), string(b.ID)) })
	claims := make([]*decodedClaim, 0, len(d.claims))
	for id, c := range d.claims {
		if !c.whole || c.Subject == "" {
			return nil, fmt.Errorf("%s: %s is not whole", d.x.Article.ID, id)
		}
		if c.by != nil {
			c.AttributedTo = c.by
		}
		claims = append(claims, c)
	}
	slices.SortFunc(claims, func(a, b *decodedClaim) int { return a.order - b.order })
	for _, c := range claims {
		d.x.Claims = append(d.x.Claims, c.Claim)
	}
	return d.x, nil
}
