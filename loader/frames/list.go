package frames

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/grammar"
)

// withListed adds to have, the people that a names, those that the parser hung on
// them by another relation than coordination: in "A, the minister, B, secretary of
// the council, and C" it often takes B for an apposition of A.
func (m *matcher) withListed(s *site, a grammar.Arg, have []filler, typ roleType) []filler {
	switch a.Func {
	case grammar.Possessor, grammar.Modifier, grammar.Prefix, "self", "of", "holder":
		return have
	}
	if len(have) == 0 || m.typeOf(have[0]) != graph.Person {
		return have
	}
	inClause := strings.Contains(a.Path, "<relcl") && a.Tok < s.tok
	var walk func(i, depth int)
	walk = func(i, depth int) {
		for _, k := range s.t.Kids(i) {
			if inClause && k > s.tok {
				continue // "A, who heads X, and B": the clause is not about B
			}
			switch s.t.Base(k) {
			case "appos", "flat", "compound", "dep", "conj", "list":
			default:
				continue
			}
			if j := m.doc.At(s.sent, k); j >= 0 && m.doc.Mentions[j].Kind == coref.Name && m.doc.Mentions[j].Type == graph.Person && m.doc.Mentions[j].Entity >= 0 {
				for _, x := range m.mentioned(s.sent, k, j, typ) {
					if !slices.ContainsFunc(have, func(y filler) bool { return y.entity == x.entity }) {
						have = append(have, x)
					}
				}
			}
			if depth < 4 {
				walk(k, depth+1)
			}
		}
	}
	walk(a.Tok, 0)
	return m.parallel(s, have, typ)
}

// parallel goes on with a list such as "A of Egypt, B of Jordan and C of Iraq",
// whose later members parsers hang on the countries.
func (m *matcher) parallel(s *site, have []filler, typ roleType) []filler {
	last := have[len(have)-1]
	if last.mention == nil || last.mention.Kind != coref.Name {
		return have
	}
	end := m.afterOf(s, last.mention.To)
	for end > last.mention.To {
		i := end
		for i < s.t.Len() && (s.t.Form(i) == "," || s.t.Form(i) == "and" || s.t.Form(i) == "by") {
			i++
		}
		if i == end {
			break
		}
		k := m.personAt(s, i)
		if k < 0 {
			break
		}
		mm := &m.doc.Mentions[k]
		if end = m.afterOf(s, mm.To); end == mm.To {
			break
		}
		for _, x := range m.mentioned(s.sent, mm.Head, k, typ) {
			if !slices.ContainsFunc(have, func(y filler) bool { return y.entity == x.entity }) {
				have = append(have, x)
			}
		}
	}
	return have
}

// afterOf returns the token behind "of" and the state named there, or from.
func (m *matcher) afterOf(s *site, from int) int {
	if from+1 >= s.t.Len() || s.t.Form(from) != "of" {
		return from
	}
	for j := from + 1; j < s.t.Len() && j < from+4; j++ {
		if k := m.doc.At(s.sent, j); k >= 0 && m.doc.Mentions[k].Type == graph.State {
			return m.doc.Mentions[k].To
		}
	}
	return from
}

// personAt returns the index of the mention that names a person and begins at
// token i, or -1.
func (m *matcher) personAt(s *site, i int) int {
	for j := i; j < s.t.Len() && j < i+6; j++ {
		if k := m.doc.At(s.sent, j); k >= 0 && m.doc.Mentions[k].From == i && m.doc.Mentions[k].Kind == coref.Name && m.doc.Mentions[k].Type == graph.Person && m.doc.Mentions[k].Entity >= 0 {
			return k
		}
	}
	return -1
}

// onBehalf reads "A for X, B for Y and C for Z" off the order of the words, which
// trees of such ellipses seldom show: each signer with the side that he signs for.
func (m *matcher) onBehalf(s *site, roles map[string][]filler) {
	if len(roles["signer"]) == 0 {
		return
	}
	if _, ok := s.block.frame.role("principal"); !ok {
		return
	}
	roles["principal"] = slices.DeleteFunc(roles["principal"], m.isDistantThem)
	var pairs []pair
	add := func(signer filler, from int) int {
		tok, end := m.principalAt(s, from)
		if tok < 0 {
			return -1
		}
		for _, x := range slices.DeleteFunc(m.actors(s.sent, tok, "body"), m.isDistantThem) {
			x.fn, x.path, x.steps, x.score, x.prior = "for", "for", 2, 0.9, 0.85
			pairs = append(pairs, pair{signer, x})
		}
		return end
	}
	for _, x := range slices.Clone(roles["signer"]) {
		if x.mention == nil || x.mention.Kind != coref.Name || m.typeOf(x) != graph.Person {
			continue
		}
		end := add(x, x.mention.To)
		if end < 0 && x.mention.To <= s.tok && s.block.class == "verb" {
			end = add(x, s.tok+1)
		}
		for end > 0 {
			next, ok := m.nextSigner(s, end)
			if !ok {
				break
			}
			end = add(next, next.mention.To)
			if end > 0 {
				roles["signer"] = distinct(append(roles["signer"], next))
			}
		}
	}
	if len(pairs) > 0 {
		roles["principal"] = nil
		for _, p := range pairs {
			p.b.partner = p.a.entity + 1
			roles["principal"] = append(roles["principal"], p.b)
		}
		roles["principal"] = distinct(roles["principal"])
	}
}

// isDistantThem reports whether x is "them" for a group that has no name of its own
// and is spoken of in another sentence only: too weak a tie to say who signed for whom.
func (m *matcher) isDistantThem(x filler) bool {
	if x.mention == nil || x.mention.Kind != coref.Pronoun || m.typeOf(x) != graph.Group {
		return false
	}
	return !slices.ContainsFunc(m.doc.Entities[x.entity].Mentions, func(k int) bool {
		o := &m.doc.Mentions[k]
		return o.Sentence == x.mention.Sentence && o.Kind != coref.Pronoun
	})
}

// pair is a signer and the side signed for.
type pair struct{ a, b filler }

// principalAt returns the head of the mention behind "for" or "on behalf of" at
// token from, and the token behind it; -1 if there is none.
func (m *matcher) principalAt(s *site, from int) (tok, end int) {
	i := from
	switch {
	case i < s.t.Len() && s.t.Form(i) == "for":
		i++
	case i+2 < s.t.Len() && s.t.Form(i) == "on" && s.t.Form(i+1) == "behalf":
		i += 3
	default:
		return -1, -1
	}
	for j := i; j < s.t.Len() && j <= i+2; j++ {
		k := m.doc.Covering(s.sent, j)
		if k < 0 {
			continue
		}
		for h := range s.t.Len() { // the longest mention that begins here
			if o := m.doc.At(s.sent, h); o >= 0 && m.doc.Mentions[o].From <= j && m.doc.Mentions[o].To > m.doc.Mentions[k].To && m.doc.Mentions[o].From >= i-1 {
				k = o
			}
		}
		mm := &m.doc.Mentions[k]
		if mm.Type == graph.Organisation || mm.Type == graph.State || mm.Type == graph.Group {
			end = mm.To
			if end+2 < s.t.Len() && s.t.Form(end) == "(" && s.t.Form(end+2) == ")" {
				end += 3
			}
			return mm.Head, end
		}
		return -1, -1
	}
	return -1, -1
}

// nextSigner returns the person named behind a comma or "and" at token from, if
// "for" follows the name.
func (m *matcher) nextSigner(s *site, from int) (filler, bool) {
	i := from
	for i < s.t.Len() && (s.t.Form(i) == "," || s.t.Form(i) == "and" || s.t.Form(i) == ";") {
		i++
	}
	if i == from {
		return filler{}, false
	}
	for j := i; j < s.t.Len() && j < i+6; j++ {
		k := m.doc.At(s.sent, j)
		if k < 0 || m.doc.Mentions[k].Kind != coref.Name || m.doc.Mentions[k].Type != graph.Person || m.doc.Mentions[k].From > i+1 {
			continue
		}
		mm := &m.doc.Mentions[k]
		if tok, _ := m.principalAt(s, mm.To); tok < 0 || mm.Entity < 0 {
			return filler{}, false
		}
		xs := m.mentioned(s.sent, j, k, "person")
		if len(xs) == 0 {
			return filler{}, false
		}
		x := xs[0]
		x.fn, x.path, x.steps, x.score, x.prior = grammar.Subject, "ellipsis", 2, 0.9, 0.85
		return x, true
	}
	return filler{}, false
}
