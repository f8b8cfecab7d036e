package events

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/dates"
	"parley/loader/grammar"
	"parley/loader/sentence"
	"parley/loader/stance"
)

// Mention is a noun, name or verb that speaks of an event.
type Mention struct {
	Sentence int // index into the article's sentences
	Tok      int // its head token
	From, To int // tokens of its description or name, half open
	Type     graph.Type
	Event    int    // index into Doc.Events
	Head     string // lemma of its head: "accord"
	Name     string // its proper name, or ""
	Aliases  []string
	Verb     bool          // it is a verb: "met"
	Created  bool          // made of a noun phrase that names no event, see Create
	Ceremony bool          // an occasion at which nobody negotiates
	Stance   stance.Stance // whether there is such an event
	kind     kind
	definite bool
	keys     []string // words that set it apart: "second", "earlier"
	places   []place
	whens    []int // indices into Doc.Dates
	parties  []graph.ID
	topic    string // lemma of what it is about: "salary" for "talks on salaries"
	inner    int    // token of the event noun that a support noun governs ("round of talks"), or -1
}

// IsPart reports whether m's word names a part of an agreement: "annex", "phase".
func (m *Mention) IsPart() bool { return m.kind == part }

// place is where a mention's words say it was.
type place struct {
	id   graph.ID
	text string
	prep string
}

// Doc is an article with its events.
type Doc struct {
	Coref    *coref.Doc
	Dates    []dates.Expr
	Trees    []*grammar.Tree
	Mentions []Mention // in the order of the text
	Events   []Event   // in the order of their first mention
	Story    string    // date of which the article tells, or ""
	at       map[[2]int]int
	dateAt   map[[2]int]int
}

// Find returns the events of the article d with the time expressions ds.
func Find(d *coref.Doc, ds []dates.Expr) *Doc {
	doc := &Doc{Coref: d, Dates: ds, at: map[[2]int]int{}, dateAt: map[[2]int]int{}}
	doc.Story = doc.storyOf()
	for i, e := range ds {
		for tok := e.From; tok < e.To; tok++ {
			doc.dateAt[[2]int{e.Sentence, tok}] = i
		}
	}
	for i := range d.Sentences {
		t := grammar.Read(&d.Sentences[i])
		doc.Trees = append(doc.Trees, t)
		for tok := range d.Sentences[i].Tokens {
			doc.consider(i, tok, t)
		}
	}
	doc.support()
	doc.cluster()
	return doc
}

// At returns the index of the mention at token tok of sentence sent, or -1.
func (d *Doc) At(sent, tok int) int {
	if m, ok := d.at[[2]int{sent, tok}]; ok {
		return m
	}
	return -1
}

// DateAt returns the index of the time expression over token tok of sentence
// sent, or -1.
func (d *Doc) DateAt(sent, tok int) int {
	if m, ok := d.dateAt[[2]int{sent, tok}]; ok {
		return m
	}
	return -1
}

// consider adds a mention if token tok names an event.
func (d *Doc) consider(sent, tok int, t *grammar.Tree) {
	lemma := t.Lemma(tok)
	m := Mention{Sentence: sent, Tok: tok, From: tok, To: tok + 1, Head: lemma, Event: -1, inner: -1}
	if t.IsVerb(tok) && t.UPOS(tok) == "VERB" {
		w, ok := words()[lemma+".v"]
		if ok && d.verbEvent(&m, t, tok, w) {
			m.Type, m.kind, m.Verb = w.typ, verb, true
			m.Stance = stance.Of(t, tok)
			d.describe(&m, t)
			d.add(m)
		}
		return
	}
	if !t.IsNoun(tok) || t.UPOS(tok) == "PRON" || t.UPOS(tok) == "NUM" {
		return
	}
	w, ok := words()[lemma]
	if !ok && t.UPOS(tok) == "PROPN" {
		w, ok = words()[strings.TrimSuffix(lemma, "s")]
	}
	named := d.properName(&m, t)
	switch {
	case ok:
	case named && d.entityType(sent, tok) == sentence.Agreement:
		w = word{graph.Agreement, instrument}
	default:
		return
	}
	if lemma == "talk" && t.Form(tok) == "talk" && t.Case(tok) != "in" && isOfDoing(t, tok) {
		return // "rejected any talk of bringing them in"
	}
	if d.isActor(sent, tok) || t.Base(tok) == "compound" && !named || isModifierName(t, tok) {
		return
	}
	m.Type, m.kind = w.typ, w.kind
	if named && m.Type == graph.Proposal && d.entityType(sent, tok) == sentence.Agreement {
		m.Type = graph.Agreement
	}
	if h := t.Head(tok); m.Type == graph.Proposal && h >= 0 && t.Base(tok) != "conj" && (strings.HasPrefix(t.Form(h), "sign") || strings.HasPrefix(t.Form(h), "initial")) {
		m.Type = graph.Agreement // "the draft was initialled"
	}
	m.Ceremony = w.kind == ceremony
	m.Stance = stance.OfNoun(t, tok)
	if m.Type == graph.Agreement && isAnnounced(t, tok) {
		m.Stance = stance.Of(t, t.Head(tok))
	}
	d.describe(&m, t)
	if !plausible(&m, t) {
		return
	}
	if m.Type == graph.Talks && !m.definite && isRejected(t, tok) {
		m.Stance.Open("rejected")
	}
	d.add(m)
}

// isAnnounced reports whether the noun at tok is what somebody announces: talks
// that are announced are to come, an agreement that is announced has been made.
func isAnnounced(t *grammar.Tree, tok int) bool {
	h := t.Head(tok)
	if h == sentence.Root || t.Base(tok) != "obj" && t.Rel(tok) != "nsubj:pass" {
		return false
	}
	switch t.Lemma(h) {
	case "announce", "unveil", "proclaim", "declare":
		return true
	}
	return false
}

// isRejected reports whether the noun at tok is what somebody rejects: "rejected
// talks with the rebels".
func isRejected(t *grammar.Tree, tok int) bool {
	h := t.Head(tok)
	if h == sentence.Root || t.Base(tok) != "obj" && t.Rel(tok) != "nsubj:pass" {
		return false
	}
	return slices.Contains([]string{"reject", "dismiss", "rule", "rebuff", "oppose", "veto", "eschew"}, t.Lemma(h))
}

// isModifierName reports whether tok is a name's word that stands before another
// noun: "Accord" in "Accord Party".
func isModifierName(t *grammar.Tree, tok int) bool {
	h := t.Head(tok)
	return t.Base(tok) == "compound" && h > tok && t.IsNoun(h)
}

func (d *Doc) add(m Mention) {
	d.at[[2]int{m.Sentence, m.Tok}] = len(d.Mentions)
	d.Mentions = append(d.Mentions, m)
}

// isOfDoing reports whether "of" and an -ing form stand behind token tok.
func isOfDoing(t *grammar.Tree, tok int) bool {
	return tok+2 < t.Len() && t.Form(tok+1) == "of" && t.XPOS(tok+2) == "VBG"
}

// verbEvent reports whether the verb at tok makes an event by itself.
func (d *Doc) verbEvent(m *Mention, t *grammar.Tree, tok int, w word) bool {
	args := t.Args(tok)
	if w.typ == graph.Agreement { // "agreed to resume ties", not "agreed to the plan" nor "agreed with him"
		if slices.ContainsFunc(args, func(a grammar.Arg) bool {
			k := d.At(m.Sentence, a.Tok)
			return (a.Func == grammar.Subject || a.Func == grammar.Object) && k >= 0 && d.Mentions[k].Type == graph.Agreement
		}) {
			return false // "the ceasefire agreed in November"
		}
		c := t.Kid(tok, "xcomp", "ccomp")
		if a := t.Kid(tok, "advcl"); c < 0 && a > tok && t.Mark(a) == "to" {
			c = a
		}
		if c < 0 {
			return false
		}
		m.From, m.To = t.Span(c, func(k int) bool { return t.Base(k) == "punct" || t.Base(k) == "parataxis" || t.Base(k) == "advcl" })
		return true
	}
	if !d.isSitting(m.Sentence, t, tok) {
		return false
	}
	actors := 0
	for _, a := range args {
		if a.Func == grammar.Object && (t.Lemma(a.Tok) == "face" || d.DateAt(m.Sentence, a.Tok) >= 0 || t.Form(a.Tok) == "that" && d.DateAt(m.Sentence, t.Head(tok)) >= 0) {
			continue // "sat face to face", "it was in June that they met"
		}
		if a.Func == grammar.Subject || a.Func == grammar.Object || a.Func == "with" || a.Func == "between" {
			if k := d.Coref.At(m.Sentence, a.Tok); k >= 0 && d.Coref.Mentions[k].Type.IsActor() {
				actors++
				if d.Coref.Mentions[k].Plural {
					actors++
				}
			} else if d.At(m.Sentence, a.Tok) >= 0 || a.Func == grammar.Object && k < 0 {
				return false // "meet the deadline"
			}
		}
	}
	return actors >= 2
}

// isSitting reports whether verb tok, if it is one that is used of other things as well,
// tells of talks: "sat down together in Vic", "talked for a week at Ghent".
func (d *Doc) isSitting(sent int, t *grammar.Tree, tok int) bool {
	lemma := t.Lemma(tok)
	if lemma != "sit" && lemma != "talk" {
		return true
	}
	placed, faced := false, lemma == "talk"
	from, to := t.Span(tok, nil)
	for k := max(from, tok); k < to; k++ {
		_, ok := d.PlaceAt(sent, k)
		placed = placed || ok && slices.Contains(venuePrepositions, t.Case(k))
	}
	for i := tok + 1; i < min(tok+4, t.Len()); i++ {
		faced = faced || slices.Contains([]string{"down", "together", "face", "opposite", "across"}, t.Form(i))
	}
	return placed && faced
}

// isActor reports whether the mention headed by tok acts: the Crisis Management
// Initiative is no proposal.
func (d *Doc) isActor(sent, tok int) bool {
	k := d.Coref.Covering(sent, tok)
	if k < 0 {
		return false
	}
	m := &d.Coref.Mentions[k]
	if m.Type == graph.Place && m.Head == tok && d.Trees[sent].XPOS(tok) == "NNS" {
		return true // "Jewish settlements"
	}
	return (m.Head == tok || m.Kind == coref.Name) && m.Type.IsActor() && d.entityType(sent, tok) != sentence.Agreement
}

func (d *Doc) entityType(sent, tok int) string {
	for _, e := range d.Coref.Sentences[sent].Entities {
		if e.From <= tok && tok < e.To {
			return e.Type
		}
	}
	return ""
}

// properName sets m's name and span if tok heads a capitalised name.
func (d *Doc) properName(m *Mention, t *grammar.Tree) bool {
	tok := m.Tok
	toks := t.S.Tokens
	if !capital(toks[tok].Form) || t.S.Headline {
		return false
	}
	from, to := tok, tok+1
	for from > 0 && (capital(toks[from-1].Form) && t.UPOS(from-1) != "DET" || toks[from-1].Form == "-" && !toks[from-1].Spaced) && t.UPOS(from-1) != "PRON" {
		from--
	}
	for to+1 < len(toks) && slices.Contains([]string{"of", "for", "and", "on", "in", "against"}, t.Form(to)) {
		j := to + 1
		if t.Form(j) == "the" && j+1 < len(toks) {
			j++
		}
		if !capital(toks[j].Form) || t.Form(to) != "of" && t.UPOS(j) == "ADJ" || t.Form(to) == "in" || d.DateAt(m.Sentence, j) >= 0 {
			break
		}
		for to = j + 1; to < len(toks) && capital(toks[to].Form); to++ {
		}
	}
	if to-from < 2 {
		return false
	}
	if from == 0 && to-from == 2 && t.UPOS(0) != "PROPN" {
		return false // "Previous talks": the capital of the sentence
	}
	m.From, m.To = from, to
	m.Name = d.text(m.Sentence, from, to)
	return true
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// text returns the article's text of tokens from up to to.
func (d *Doc) text(sent, from, to int) string {
	toks := d.Coref.Sentences[sent].Tokens
	return d.Coref.Article.Text[toks[from].Start:toks[to-1].End]
}

// plausible reports whether a weak word is used for an event.
func plausible(m *Mention, t *grammar.Tree) bool {
	switch {
	case m.Name != "":
		return true
	case m.Head == "attempt" && len(m.places) > 0 && slices.ContainsFunc(m.keys, IsOrdinal) && isAttemptToTalk(t, m.Tok):
		return true // "the previous attempt, in Vienna on March 6"
	case m.Head == "effort" || m.Head == "process" || m.Head == "attempt":
		k := t.Kid(m.Tok, "compound", "amod")
		return k >= 0 && slices.Contains([]string{"peace", "mediation", "diplomatic", "reconciliation", "political", "mediating", "negotiating", "truce", "dialogue"}, t.Lemma(k))
	case m.Head == "term":
		return t.XPOS(m.Tok) == "NNS" && t.Case(m.Tok) != "in" && t.Kid(m.Tok, "nmod", "acl", "det", "amod") >= 0 && (t.Kid(m.Tok, "nmod") < 0 || t.Case(t.Kid(m.Tok, "nmod")) == "for")
	case m.Head == "draft" && t.Head(m.Tok) >= 0 && t.Base(m.Tok) == "obj" && slices.Contains(tabling, t.Lemma(t.Head(m.Tok))):
		return true // "put forward a draft"
	case m.kind == weak:
		if m.Head == "map" {
			return t.Kid(m.Tok, "compound", "amod") >= 0 && t.Form(m.Tok-1) == "road"
		}
		return m.definite || m.To-m.From > 1 || len(m.keys) > 0 || t.Kid(m.Tok, "acl") > m.Tok && t.XPOS(t.Kid(m.Tok, "acl")) == "VBN"
	case m.Head == "contact":
		return t.XPOS(m.Tok) == "NNS" && m.Type == graph.Talks
	case m.Head == "understanding":
		return t.Kid(m.Tok, "det", "nummod", "amod") >= 0
	case m.Head == "convention":
		return isSigned(t, m.Tok)
	case m.Head == "constitution":
		return false
	case m.Head == "chapter":
		return false
	}
	return true
}

// isAttemptToTalk reports whether the attempt at token i is, as far as its phrase says,
// one to come to terms: not "an attempt on Everest", "an attempt to climb it".
func isAttemptToTalk(t *grammar.Tree, i int) bool {
	if h := t.Head(i); t.Base(i) != "nsubj" || !t.IsVerb(h) {
		return false // told of in passing
	}
	return !slices.ContainsFunc(t.Kids(i), func(k int) bool {
		switch t.Base(k) {
		case "acl":
			return t.Rel(k) != "acl:relcl" && !slices.Contains(settling, t.Lemma(k))
		case "nmod":
			return slices.Contains([]string{"on", "of"}, t.Case(k))
		case "compound":
			return true // "a rescue attempt"
		}
		return false
	})
}

// settling are verbs for what talks are to do.
var settling = []string{"talk", "negotiate", "mediate", "settle", "end", "resolve", "reconcile", "broker", "reach", "forge", "strike", "agree",
	"bridge", "bring", "make", "revive", "restart", "conclude", "hammer", "heal", "mend", "patch", "compose", "break"}

// isSigned reports whether noun i is what somebody signs or ratifies: a "convention"
// that is no assembly.
func isSigned(t *grammar.Tree, i int) bool {
	if k := t.Kid(i, "nmod"); k >= 0 && t.Lemma(k) == "article" {
		return true // "a convention of nine articles"
	}
	if k := t.Kid(i, "acl"); k >= 0 && slices.Contains(signing, t.Lemma(k)) {
		return true
	}
	h := t.Head(i)
	return h >= 0 && (slices.Contains(signing, t.Lemma(h)) || t.Case(i) == "under" || t.Case(i) == "to")
}

// tabling are verbs whose object somebody proposes.
var tabling = []string{"put", "table", "submit", "present", "circulate", "draw", "unveil", "float", "advance", "propose", "distribute", "hand"}

var signing = []string{"table", "draft", "sign", "conclude", "ratify", "initial", "negotiate", "denounce", "sign+up", "accede", "signature", "signing", "signatory", "ratification", "party", "subscribe"}
