package frames

import (
	"slices"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/grammar"
)

// gap is a clause that leaves its verb to its neighbour: "Andrassy for Austria"
// behind "Beaconsfield signed for England".
type gap struct {
	who        []int  // heads of those that stand where the neighbour has its surface subject
	prep       string // the preposition that the two clauses have in common
	of         int    // head of what follows it
	start, end int    // its tokens, half open
	ofOwner    bool   // who owns what the clause leaves out: "Peru's by Luis Paz"
	objects    []int  // heads of the objects, in a clause without a preposition: "Peru, Luis Paz"
}

// gaps returns s once more for every clause behind it that leaves out the verb of
// s, with the functions that the clause fills anew, and takes from s what parsers
// hang on it of those clauses.
func (m *matcher) gaps(s *site) []*site {
	verb := s.tok
	if len(s.block.needs) > 0 {
		verb = s.verb
	} else if s.block.class != "verb" {
		return nil
	}
	surface := grammar.Subject
	if s.t.IsPassive(verb) {
		surface = grammar.Object
		if prep := s.t.Stranded(verb); prep != "" {
			surface = prep
		}
	}
	if !slices.ContainsFunc(s.args, func(a grammar.Arg) bool { return a.Func == surface && a.Tok < verb }) {
		return nil
	}
	var found []gap
	crossed := false
	for i := verb + 1; i+3 < s.t.Len(); i++ {
		if n := s.t.Kid(i, "nsubj"); s.t.IsVerb(i) && n > verb {
			if s.t.Rel(i) != "acl:relcl" {
				break // another clause
			}
			crossed = true // "signed for X, which she chairs, and B for Y"
		}
		if !isSeparator(s.t.Form(i)) || isSeparator(s.t.Form(i-1)) {
			continue
		}
		g, ok := m.gapAt(s, i)
		if ok {
			ok = m.parallels(s, g.prep, verb, i)
		} else if g, ok = m.frontedGap(s, i); ok {
			ok = slices.ContainsFunc(s.args, func(a grammar.Arg) bool { return a.Func == g.prep && a.Tok < verb })
		} else if surface == grammar.Subject {
			g, ok = m.objectGap(s, i)
		}
		if !ok || crossed && !isOnBehalf(g.prep) {
			continue
		}
		g.start = i
		found = append(found, g)
		i = g.end - 1
	}
	var out []*site
	for _, g := range found {
		s.args = slices.DeleteFunc(slices.Clone(s.args), func(a grammar.Arg) bool { return g.start <= a.Tok && a.Tok < g.end })
	}
	for _, g := range found {
		switch {
		case !g.ofOwner:
			out = append(out, m.regapped(s, g, surface))
		case s.block.frame.name == "leading":
			m.ownSide(s, g)
		}
	}
	return out
}

// ownSide drafts that who is named in "Peru's by Luis Paz" behind "Chile's delegation
// is led by Ana Ruiz" represents Peru, whose delegation he leads.
func (m *matcher) ownSide(s *site, g gap) {
	st := m.stanceOf(s)
	for _, side := range m.actors(s.sent, g.who[0], "body") {
		for _, x := range m.actors(s.sent, g.of, "person") {
			if !st.IsFact() || m.typeOf(x) != graph.Person {
				continue
			}
			x.parent, side.parent = -1, -1
			m.claims = append(m.claims, draft{subject: x, object: side, predicate: graph.Represents, stance: st,
				sent: s.sent, tok: s.tok, via: -1, rule: ownSideRule, fixed: 0.85})
		}
	}
}

// ownSideRule marks the claims of ownSide.
const ownSideRule = "leading/gap"

// keepSides takes back what parsers make of lists without verbs: "Okoro signed for the
// government, Bello for the union" says neither that Okoro represents Bello nor that
// Bello represents the government.
func (m *matcher) keepSides() {
	type place struct{ sent, entity int }
	sides := map[place][]int{}
	for i := range m.claims {
		if d := &m.claims[i]; d.isGapped() {
			at := place{d.sent, d.subject.entity}
			sides[at] = append(sides[at], d.object.entity)
		}
	}
	for i := range m.claims {
		d := &m.claims[i]
		if d.predicate != graph.Represents || d.isGapped() {
			continue
		}
		of, gapped := sides[place{d.sent, d.subject.entity}]
		_, isOther := sides[place{d.sent, d.object.entity}]
		if isOther || gapped && !slices.Contains(of, d.object.entity) {
			d.fixed = lowest / 2
		}
	}
}

// isGapped reports whether d says who represents what in a clause without a verb.
func (d *draft) isGapped() bool {
	return d.predicate == graph.Represents && (d.rule == coref.ForGapped || d.subject.path == "gap")
}

// parallels reports whether prep stands between the verb and token i, and makes
// what follows it there a function of s if the parser hung it elsewhere.
func (m *matcher) parallels(s *site, prep string, verb, i int) bool {
	for j := verb + 1; j < i; j++ {
		if s.t.Form(j) != prep && !(isOnBehalf(prep) && (s.t.Form(j) == "for" || s.t.Form(j) == "behalf")) {
			continue
		}
		if prep == "by" {
			return s.t.IsPassive(verb)
		}
		if k := m.actorOrPlaceAt(s, j+1); k >= 0 && s.t.Form(j) == prep && !slices.ContainsFunc(s.args, func(a grammar.Arg) bool { return a.Func == prep && a.Tok < i }) {
			s.args = append(slices.Clone(s.args), grammar.Arg{Func: prep, Tok: m.doc.Mentions[k].Head, Path: "parallel(" + prep + ")", Steps: 2, Score: 0.9})
		}
		return true
	}
	return false
}

func isOnBehalf(fn string) bool { return fn == "for" || fn == "on behalf of" }

// regapped returns s with the functions of g. Behind an agent the clause has
// another agent, unless it has "by" itself.
func (m *matcher) regapped(s *site, g gap, surface string) *site {
	c := *s
	c.args = nil
	for _, o := range g.objects {
		c.args = append(c.args, grammar.Arg{Func: grammar.Object, Tok: o, Path: "gap", Steps: 2, Score: 0.9})
	}
	if len(g.objects) > 0 {
		c.args = append(c.args, grammar.Arg{Func: grammar.Subject, Tok: g.who[0], Path: "gap", Steps: 2, Score: 0.9})
		return &c
	}
	agent := surface == grammar.Object && g.prep != "by" && slices.ContainsFunc(s.args, func(a grammar.Arg) bool { return a.Func == grammar.Subject })
	if agent {
		surface = grammar.Subject
	}
	for _, a := range s.args {
		if a.Func == grammar.Object && surface == grammar.Subject && (agent || a.Tok > s.tok) || a.Func == grammar.Noun {
			c.args = append(c.args, a)
		}
	}
	for _, w := range g.who {
		c.args = append(c.args, grammar.Arg{Func: surface, Tok: w, Path: "gap", Steps: 2, Score: 0.9})
	}
	fn := g.prep
	if fn == "by" {
		fn = grammar.Subject
	}
	c.args = append(c.args, grammar.Arg{Func: fn, Tok: g.of, Path: "gap(" + g.prep + ")", Steps: 2, Score: 0.9})
	return &c
}

// objectGap reads the clause without a verb behind the semicolon at token i that has
// objects of its own, people as the object of s is: "Bolivia, Mariano Soto and Juan
// Carranza" behind "Peru had sent Antonio Arce".
func (m *matcher) objectGap(s *site, i int) (gap, bool) {
	t := s.t
	g := gap{}
	if t.Form(i) != ";" || !slices.ContainsFunc(s.args, func(a grammar.Arg) bool {
		return a.Func == grammar.Object && a.Tok > s.tok && a.Tok < i && m.personFrom(s, a.Tok) >= 0
	}) {
		return g, false
	}
	k := m.actorAt(s, beyondSeparators(t, i))
	if k < 0 || m.doc.Mentions[k].Type == graph.Person || m.doc.Mentions[k].Kind != coref.Name {
		return g, false
	}
	g.who, g.end = []int{m.doc.Mentions[k].Head}, m.doc.Mentions[k].To
	if g.end >= t.Len() || t.Form(g.end) != "," {
		return g, false
	}
	for next := g.end; next < t.Len(); next = beyondSeparators(t, g.end) {
		k := m.personFrom(s, beyondSeparators(t, next))
		if k < 0 {
			break
		}
		g.objects, g.end = append(g.objects, m.doc.Mentions[k].Head), m.doc.Mentions[k].To
	}
	closed := g.end >= t.Len() || t.S.Tokens[g.end].UPOS == "PUNCT"
	return g, closed && len(g.objects) > 0
}

// personFrom returns the mention of a person's name that token i, which may be its
// title, belongs to, or -1.
func (m *matcher) personFrom(s *site, i int) int {
	if i >= s.t.Len() {
		return -1
	}
	k := m.mentionFrom(s.sent, i)
	if k < 0 {
		k = m.doc.Covering(s.sent, i)
	}
	if k < 0 || m.doc.Mentions[k].Kind != coref.Name || m.doc.Mentions[k].Type != graph.Person {
		return -1
	}
	return k
}

// beyondSeparators returns the first token from i on that is no separator.
func beyondSeparators(t *grammar.Tree, i int) int {
	for i < t.Len() && isSeparator(t.Form(i)) {
		i++
	}
	return i
}

func isSeparator(form string) bool {
	switch form {
	case ",", ";", "and", "while", "but":
		return true
	}
	return false
}

// gapAt reads the clause without a verb behind the separators at token i: one or
// more names, each perhaps with an apposition, a preposition, and what follows it.
func (m *matcher) gapAt(s *site, i int) (gap, bool) {
	t := s.t
	i = beyondSeparators(t, i)
	g := gap{}
	for len(g.who) < 4 {
		k := m.actorAt(s, i)
		if k < 0 {
			return g, false
		}
		head := m.doc.Mentions[k].Head
		g.who = append(g.who, head)
		j := m.behindName(s, m.doc.Mentions[k].To)
		if b := beyondSeparators(t, j); b > j && t.Form(j) == "," && j == m.doc.Mentions[k].To && t.Base(head) == "appos" && m.actorAt(s, b) >= 0 {
			g.who = g.who[:len(g.who)-1] // "by its director, Ana Ruiz, and the union by Luis Paz"
			i = b
			continue
		}
		if len(g.who) == 1 && j+1 < t.Len() && (t.Form(j) == "'s" || t.Form(j) == "’s" || t.Form(j) == "'") && t.Form(j+1) == "by" {
			g.ofOwner = true
			j++
		}
		next := j
		for next < t.Len() && (t.Form(next) == "," || t.Form(next) == "and") {
			next++
		}
		if next > j && m.actorAt(s, next) >= 0 {
			i = next
			continue
		}
		if t.Form(min(j, t.Len()-1)) == "," {
			j++
		}
		return m.gapTail(s, g, j)
	}
	return g, false
}

// frontedGap reads the clause without a verb behind the separators at token i that
// begins with the preposition: "for Peru, its founder, Luis Paz".
func (m *matcher) frontedGap(s *site, i int) (gap, bool) {
	t := s.t
	i = beyondSeparators(t, i)
	g := gap{prep: "for"}
	if i+2 >= t.Len() || t.Form(i) != g.prep {
		return g, false
	}
	k := m.actorAt(s, i+1)
	if k < 0 || m.doc.Mentions[k].Type == graph.Person {
		return g, false
	}
	g.of = m.doc.Mentions[k].Head
	for e := m.doc.Mentions[k].To; e < t.Len() && e < g.of+12 && !t.IsVerb(e) && t.Form(e) != ";"; e++ {
		k := m.mentionFrom(s.sent, e)
		if k < 0 || m.doc.Mentions[k].Kind != coref.Name || m.doc.Mentions[k].Type != graph.Person {
			continue
		}
		g.who = append(g.who, m.doc.Mentions[k].Head)
		g.end = m.doc.Mentions[k].To
		e = g.end - 1
	}
	if len(g.who) == 0 || g.end < t.Len() && (t.IsVerb(g.end) || t.Base(g.end) == "aux") {
		return g, false
	}
	return g, true
}

// gapTail reads the preposition at token j and what follows it into g.
func (m *matcher) gapTail(s *site, g gap, j int) (gap, bool) {
	t := s.t
	if j+1 >= t.Len() {
		return g, false
	}
	switch f := t.Form(j); f {
	case "for", "by", "in", "at", "with", "from", "to":
		g.prep = f
		j++
	case "on":
		if t.Form(j+1) != "behalf" || j+3 >= t.Len() {
			return g, false
		}
		g.prep = "on behalf of"
		j += 3
	default:
		return g, false
	}
	if isOnBehalf(g.prep) && isOtherSide(t, j) {
		g.of, g.end = j+2, j+3
		return g, true
	}
	k := m.mentionFrom(s.sent, j)
	if k < 0 && t.Form(j) == "the" {
		k = m.mentionFrom(s.sent, j+1)
	}
	if k < 0 {
		return g, false
	}
	g.of, g.end = m.doc.Mentions[k].Head, m.doc.Mentions[k].To
	if g.end < t.Len() && t.IsVerb(g.end) && t.Base(g.end) != "acl" {
		return g, false // "and Britain for its part refused"
	}
	return g, true
}

// isOtherSide reports whether "the other side" begins at token j.
func isOtherSide(t *grammar.Tree, j int) bool {
	return j+2 < t.Len() && t.Form(j) == "the" && slices.Contains([]string{"other", "opposing", "opposite"}, t.Form(j+1)) &&
		slices.Contains([]string{"side", "party", "camp"}, t.Form(j+2))
}

// actorAt returns the mention of an actor that begins at token i, or behind an
// article there, or -1.
func (m *matcher) actorAt(s *site, i int) int {
	if i >= s.t.Len() {
		return -1
	}
	k := m.mentionFrom(s.sent, i)
	if k < 0 && s.t.UPOS(i) == "DET" {
		k = m.mentionFrom(s.sent, i+1)
	}
	if k < 0 || !m.doc.Mentions[k].Type.IsActor() || m.doc.Mentions[k].Kind == coref.Pronoun {
		return -1
	}
	return k
}

// behindName returns the token behind the brackets, the "of X" and the apposition
// that follow a name ending at token j.
func (m *matcher) behindName(s *site, j int) int {
	t := s.t
	if j+2 < t.Len() && t.Form(j) == "(" && t.Form(j+2) == ")" {
		j += 3
	}
	if j+1 < t.Len() && t.Form(j) == "of" {
		if k := m.actorOrPlaceAt(s, j+1); k >= 0 {
			j = m.doc.Mentions[k].To
		}
	}
	if j+2 >= t.Len() || t.Form(j) != "," {
		return j
	}
	if k := m.mentionFrom(s.sent, j+1); k >= 0 && m.doc.Mentions[k].Kind == coref.Name && m.doc.Mentions[k].Type == graph.Person {
		return j // a list, no apposition
	}
	if !t.IsNoun(j+1) && t.UPOS(j+1) != "DET" && t.UPOS(j+1) != "ADJ" && t.UPOS(j+1) != "PRON" {
		return j
	}
	for e := j + 1; e < t.Len() && e < j+14; e++ {
		switch f := t.Form(e); {
		case f == ",":
			return e
		case f == ";", f == "and", t.IsVerb(e) && t.XPOS(e) != "VBN":
			return j
		}
	}
	return j
}

func (m *matcher) actorOrPlaceAt(s *site, i int) int {
	k := m.mentionFrom(s.sent, i)
	if k < 0 && s.t.Form(i) == "the" {
		k = m.mentionFrom(s.sent, i+1)
	}
	return k
}
