package frames

import (
	"slices"

	"parley/loader/grammar"
)

// nestedBetween returns the parties named behind "between" further down in the
// phrase of the trigger noun: "talks to end the dispute between A and B". Who talks
// about a war between others is not among them.
func (m *matcher) nestedBetween(s *site) []grammar.Arg {
	t := s.t
	var out []grammar.Arg
	var walk func(i, depth int)
	walk = func(i, depth int) {
		for _, k := range t.Kids(i) {
			if k < s.tok {
				continue
			}
			switch t.Rel(k) {
			case "nmod", "obl", "obj", "acl", "advcl":
			default:
				continue
			}
			c := t.Case(k)
			if c == "between" && depth > 0 {
				for _, x := range t.Conjuncts(k) {
					out = append(out, grammar.Arg{Func: "nested between", Tok: x, Path: "nested(between)", Steps: depth + 1, Score: 0.8})
				}
				continue
			}
			if about := c == "on" || c == "about" || c == "over"; depth < 3 && !(about && slices.Contains(wars, t.Lemma(k))) {
				walk(k, depth+1)
			}
		}
	}
	walk(s.tok, 0)
	return out
}

// withNext returns with whom an agreement is that the trigger names, if "with" stands
// directly behind the noun: "the deal with Norway", not "walked the papers across,
// with Burns on the telephone".
func (m *matcher) withNext(s *site) []grammar.Arg {
	end := s.tok + 1
	if k := m.ev.At(s.sent, s.tok); k >= 0 {
		end = max(end, m.ev.Mentions[k].To)
	}
	if end >= s.t.Len() || s.t.Form(end) != "with" && s.t.Form(s.tok+1) != "with" {
		return nil
	}
	return m.candidates(s, "with")
}

// isExpletive reports whether "it" at token i only stands for a clause behind the
// verb: "it was agreed to hold".
func isExpletive(t *grammar.Tree, i int) bool {
	h := t.Head(i)
	if t.Form(i) != "it" || h < i || t.Rel(i) != "nsubj:pass" {
		return false
	}
	return t.Kid(h, "xcomp", "ccomp", "csubj") >= 0
}

// wars are what others than those who fight may talk about.
var wars = []string{"war", "conflict", "fighting", "crisis", "hostility", "violence", "tension"}

// subjunctive returns the clause that says what somebody suggests should be done:
// "suggested that he leave" and not "suggested that he had left".
func (m *matcher) subjunctive(s *site) []grammar.Arg {
	var out []grammar.Arg
	for _, a := range s.args {
		if a.Func != grammar.Complement {
			continue
		}
		t := s.t
		bare := t.XPOS(a.Tok) == "VB" && t.Mark(a.Tok) != "to" || t.XPOS(a.Tok) == "VBG" && t.Kid(a.Tok, "aux", "nsubj") < 0
		for _, k := range t.Kids(a.Tok) {
			if b := t.Base(k); b == "aux" || b == "cop" {
				bare = t.Form(k) == "should" || t.Form(k) == "be" && t.XPOS(k) == "VB"
			}
		}
		if bare {
			a.Func = "subjunctive"
			out = append(out, a)
		}
	}
	return out
}
