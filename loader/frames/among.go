package frames

import (
	"slices"

	"parley/loader/grammar"
	"parley/loader/sentence"
)

// memberNouns are those who belong to the body that follows by "of".
var memberNouns = []string{"member", "leader", "delegate", "representative", "negotiator", "director", "commander", "founder", "envoy", "chief"}

// oneOf returns of whom is said that he is one of those the trigger names, or one of
// some people within it: "A, one of the lawyers in the delegation", "B is one of six
// guarantors". Who is one of the critics of a delegation does not belong to it.
func oneOf(s *site) []grammar.Arg {
	t := s.t
	one := oneOver(t, s.tok)
	if one < 0 {
		return nil
	}
	if t.Base(one) == "appos" {
		return []grammar.Arg{{Func: "one", Tok: t.Head(one), Path: "appos/one", Steps: 2, Score: 0.9}}
	}
	if t.Kid(one, "cop") >= 0 {
		return subjects(t, one, "one")
	}
	return nil
}

// oneOver returns the token "one", or the noun in its place ("a lawyer in the
// delegation"), that noun tok hangs on, or -1.
func oneOver(t *grammar.Tree, tok int) int {
	prep := t.Case(tok)
	for i, steps := tok, 0; steps < 3 && t.Base(i) == "nmod"; steps++ {
		c, h := t.Case(i), t.Head(i)
		if h == sentence.Root {
			return -1
		}
		within := c == "in" || c == "on" || c == "from"
		switch {
		case t.Form(h) == "one" && (c == "of" || c == "among"):
			return h
		case within && steps == 0 && prep != "from" && t.IsNoun(h) && (t.Base(h) == "appos" || t.Kid(h, "cop") >= 0):
			return h
		case !within && !(c == "of" && slices.Contains(memberNouns, t.Lemma(h))):
			return -1
		}
		i = h
	}
	return -1
}

// besideOne returns those named with the one who is said to be one of the trigger's
// kind: "Cuba is one of six guarantors, together with Norway and Chile".
func besideOne(s *site) []grammar.Arg {
	t := s.t
	one := oneOver(t, s.tok)
	if one < 0 {
		return nil
	}
	var out []grammar.Arg
	together := false
	for _, i := range []int{s.tok, one} {
		for _, a := range t.Args(i) {
			if a.Tok < s.tok || a.Func != "with" && a.Func != "besides" && a.Func != "alongside" && a.Func != "along with" && a.Func != "together with" {
				continue
			}
			first := t.First(a.Tok)
			for j := s.tok + 1; j < first; j++ {
				together = together || t.Form(j) == "together" || t.Form(j) == "along"
			}
			if f := t.Kid(a.Tok, "advmod"); f >= 0 && (t.Form(f) == "together" || t.Form(f) == "along") {
				together = true
			}
			if a.Func != "with" || together {
				a.Path, a.Steps = "beside/"+a.Path, a.Steps+1
				out = append(out, a)
			}
		}
	}
	return out
}
