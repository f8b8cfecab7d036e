package frames

import (
	"slices"
	"strings"

	"parley/loader/grammar"
	"parley/loader/sentence"
)

// permitted reports whether the words around the trigger are those that its block
// asks for, and none that it rules out.
func (m *matcher) permitted(s *site) bool {
	b := s.block
	for fn, words := range b.unless {
		if slices.ContainsFunc(m.around(s, fn), func(a grammar.Arg) bool {
			return words[0] == "*" || slices.Contains(words, s.t.Lemma(a.Tok))
		}) {
			return false
		}
	}
	for fn, words := range b.only {
		if fn == "case" {
			if !slices.Contains(words, strings.ReplaceAll(s.t.Case(s.tok), " ", "+")) {
				return false
			}
			continue
		}
		if !slices.ContainsFunc(m.around(s, fn), func(a grammar.Arg) bool {
			return words[0] == "*" || slices.Contains(words, s.t.Lemma(a.Tok)) || slices.Contains(words, s.t.Form(a.Tok))
		}) {
			return false
		}
	}
	return !slices.ContainsFunc(b.without, func(fn string) bool {
		return slices.ContainsFunc(s.args, func(a grammar.Arg) bool { return a.Func == fn && m.ev.At(s.sent, a.Tok) < 0 })
	})
}

// around returns the tokens that function fn of s finds, where fn may also be one of
// those that only conditions name: the auxiliaries and adverbs of the trigger, the
// participles of its object, and the verbs alongside.
func (m *matcher) around(s *site, fn string) []grammar.Arg {
	verb := s.tok
	if len(s.block.needs) > 0 {
		verb = s.verb
	}
	switch fn {
	case "auxiliary":
		return dependents(s.t, verb, fn, "aux")
	case "adverb":
		return dependents(s.t, verb, fn, "advmod")
	case "undergoing":
		return undergoing(s.t, verb)
	case "alongside":
		return alongside(s.t, verb)
	}
	return m.candidates(s, fn)
}

// undergoing returns the participles that say what is to be done to the object of verb:
// "frozen" in "want the rents frozen".
func undergoing(t *grammar.Tree, verb int) []grammar.Arg {
	var out []grammar.Arg
	var walk func(i, depth int)
	walk = func(i, depth int) {
		for _, k := range t.Kids(i) {
			if k <= verb {
				continue
			}
			if b := t.Base(k); t.XPOS(k) == "VBN" && (b == "acl" && t.Rel(k) == "acl" && depth > 0 || b == "xcomp") && t.Form(k-1) != "," ||
				b == "ccomp" && t.XPOS(k) == "VBD" && t.Kid(k, "nsubj", "mark") < 0 { // "reopened" taken for a tense
				out = append(out, grammar.Arg{Func: "undergoing", Tok: k, Path: t.Rel(k), Steps: 1, Score: 1})
			} else if (b == "obj" || b == "nmod") && depth < 2 {
				walk(k, depth+1)
			}
		}
	}
	walk(verb, 0)
	return out
}

// alongside returns the other verbs of which the subject of verb is said in the same
// sentence: the one before it that it is joined to, and passives such as "invited" in "X, invited to
// the talks, sent no one" and "X, who had been invited, stayed away".
func alongside(t *grammar.Tree, verb int) []grammar.Arg {
	var out []grammar.Arg
	add := func(k int) {
		out = append(out, grammar.Arg{Func: "alongside", Tok: k, Path: "alongside", Steps: 1, Score: 1})
	}
	if h := t.Head(verb); h != sentence.Root && t.Base(verb) == "conj" {
		add(h)
	}
	for _, a := range t.Args(verb) {
		if a.Func != grammar.Subject {
			continue
		}
		for _, k := range t.Kids(a.Tok) {
			if t.Base(k) == "acl" && k < verb && t.IsVerb(k) && t.IsPassive(k) {
				add(k)
			}
		}
	}
	for _, k := range t.Kids(verb) {
		if t.Base(k) == "advcl" && t.XPOS(k) == "VBN" && k < verb {
			add(k)
		}
	}
	return out
}

// dependents returns the dependents of token i that have relation rel, as fillers of
// function fn.
func dependents(t *grammar.Tree, i int, fn, rel string) []grammar.Arg {
	var out []grammar.Arg
	for _, k := range t.Kids(i) {
		if t.Base(k) == rel {
			out = append(out, grammar.Arg{Func: fn, Tok: k, Path: rel, Steps: 1, Score: 1})
		}
	}
	return out
}
