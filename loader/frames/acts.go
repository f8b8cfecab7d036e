package frames

import (
	"fmt"
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/grammar"
)

// Act is a claim that a word makes of what fills one of its functions.
type Act struct {
	Predicate graph.Predicate
	Subject   bool // what fills the function is the claim's subject, else its object
	Role      string
	Frame     string
}

// Acts returns what token tok of t says of the filler of its function fn
// ([grammar.Subject], "between", …), in the order of the frame files: what the
// frames could claim if every other role were filled and nothing denied. For a verb, the nouns that
// it carries ("take part in") are looked at too; a noun with fn "self" is asked
// what it says of itself ("mediator").
//
// The error says which embedded frame file cannot be read.
func Acts(t *grammar.Tree, tok int, fn string) ([]Act, error) {
	lex, err := lexiconOf()
	if err != nil {
		return nil, fmt.Errorf("read frames: %w", err)
	}
	var out []Act
	if t.IsVerb(tok) {
		for _, e := range lex.entries[lex.lemmaOf(t, tok, "verb")+".verb"] {
			if (e.with == "" || hasWith(t, tok, e.with)) && e.block.fits(t, tok) {
				out = e.block.acts(out, fn)
			}
		}
		for _, k := range t.Kids(tok) {
			if b := t.Base(k); b != "obj" && b != "obl" && b != "nsubj" {
				continue
			}
			for _, e := range lex.entries[lex.lemmaOf(t, k, "noun")+".noun"] {
				if slices.Contains(e.block.needs, t.Lemma(tok)) && e.block.fits(t, k) {
					out = e.block.acts(out, fn)
				}
			}
		}
		return out, nil
	}
	lemma := lex.lemmaOf(t, tok, "noun")
	_, last, _ := strings.Cut(lemma, "-")
	for _, l := range []string{lemma, last} {
		for _, e := range lex.entries[l+".noun"] {
			if len(e.block.needs) == 0 {
				out = e.block.acts(out, fn)
			}
		}
		if len(out) > 0 {
			break
		}
	}
	return out, nil
}

// fits reports whether the functions of token tok that b is only about have one of
// its words: "the role of mediator", not "part in the talks". A function that nothing
// fills fits a verb, of which a question may leave it out, and no noun.
func (b *block) fits(t *grammar.Tree, tok int) bool {
	for fn, words := range b.only {
		if fn == "case" || words[0] == "*" {
			continue
		}
		filled, ok := false, false
		for _, a := range t.Args(tok) {
			if a.Func == fn && t.UPOS(a.Tok) != "PRON" {
				filled = true
				ok = ok || slices.Contains(words, t.Lemma(a.Tok)) || slices.Contains(words, t.Form(a.Tok))
			}
		}
		if filled != ok || !filled && !t.IsVerb(tok) {
			return false
		}
	}
	return true
}

// acts appends what b claims of the roles that function fn fills: of each the
// first claim that has it.
func (b *block) acts(out []Act, fn string) []Act {
	if b.denied {
		return out
	}
	for _, f := range b.fillings {
		if !slices.ContainsFunc(f.sources, func(s source) bool { return s.fn == fn && !s.pair }) {
			continue
		}
		for _, c := range b.frame.claims {
			if c.subject != f.role && c.object != f.role {
				continue
			}
			a := Act{Predicate: c.predicate, Subject: c.subject == f.role, Role: f.role, Frame: b.frame.name}
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
			break
		}
	}
	return out
}

// lemmaOf returns the lemma of token tok as the frame files have it.
func (l *lexicon) lemmaOf(t *grammar.Tree, tok int, class string) string {
	lemma := t.Lemma(tok)
	if _, ok := l.entries[lemma+"."+class]; ok {
		return lemma
	}
	if known, ok := l.forms[t.Form(tok)+"."+class]; ok {
		return known
	}
	return lemma
}
