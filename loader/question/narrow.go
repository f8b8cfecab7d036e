package question

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"parley/graph"
)

// narrow adds what else the question says: the claims between its named things
// and events, whom somebody acted for, the time, and its other telling words.
func (r *reading) narrow(claims []graph.Claim) {
	if r.p.IsEmpty() || r.p.Form == graph.AsksAbout {
		return
	}
	r.represented()
	for i := range claims {
		c := &claims[i]
		if c.Subject == holeID || c.Object.ID == holeID || c.Via != "" {
			continue
		}
		s, o := r.end(graph.ThingObject(c.Subject), c.Evidence.SubjectText), r.end(c.Object, c.Evidence.ObjectText)
		if s <= 0 || o <= 0 || s == o || c.Predicate == graph.Concerns || c.Predicate == graph.PartOf {
			continue
		}
		p := graph.ClaimPattern{Subject: s, Predicates: []graph.Predicate{c.Predicate}, Object: o}
		same := func(q graph.ClaimPattern) bool {
			return q.Subject == s && q.Object == o && slices.Contains(q.Predicates, c.Predicate)
		}
		if !slices.ContainsFunc(r.p.Claims, same) {
			r.p.Claims = append(r.p.Claims, p)
		}
	}
	for i := range r.ds {
		e := &r.ds[i]
		if e.Sentence != r.sent {
			continue
		}
		if e.When.Start != "" && r.p.When == nil {
			w := e.When
			r.p.When = &w
		}
		for tok := e.From; tok < e.To; tok++ {
			r.used[tok] = true
		}
	}
	r.strangers()
	for i := range r.t.Len() {
		if r.used[i] {
			continue
		}
		switch w := r.content(i); {
		case w == "":
		case r.t.UPOS(i) == "VERB" || slices.Contains(softWords, w):
			r.p.Soft = append(r.p.Soft, w)
		case !slices.Contains(r.p.Words, w):
			r.p.Words = append(r.p.Words, w)
		}
	}
	r.soften()
}

// strangers makes terms of the names that the language stages do not know as such,
// so that no answer passes over them: "who leads Unifor".
func (r *reading) strangers() {
	for i := max(1, r.hole.to); i < r.t.Len(); i++ {
		from := i
		for i < r.t.Len() && !r.used[i] && r.t.UPOS(i) == "PROPN" && r.isWritten(i) && !r.covered(i) {
			i++
		}
		if i == from {
			continue
		}
		for tok := from; tok < i; tok++ {
			r.used[tok] = true
		}
		r.p.Terms = append(r.p.Terms, graph.Term{Kind: graph.ThingTerm, Text: r.words(from, i)})
		if a := r.p.Asked(); a != nil && a.Subject == 0 && a.Object < 0 && slices.ContainsFunc(a.Predicates, takesActors) {
			a.Object = len(r.p.Terms) - 1
		}
	}
}

// isWritten reports whether token i is written as names are.
func (r *reading) isWritten(i int) bool {
	c, _ := utf8.DecodeRuneInString(r.words(i, i+1))
	return unicode.IsUpper(c)
}

// soften makes words of the groups that the question only mentions, and of the
// telling words of its events those soft that are.
func (r *reading) soften() {
	for i := 1; i < len(r.p.Terms); i++ {
		t := &r.p.Terms[i]
		claimed := slices.ContainsFunc(r.p.Claims, func(c graph.ClaimPattern) bool { return c.Has(i) }) ||
			slices.ContainsFunc(r.p.Terms, func(o graph.Term) bool { return slices.Contains(o.Sides, i) })
		if t.Kind == graph.ThingTerm && t.Type == graph.Group && len(t.Sides) == 0 && !claimed {
			r.p.Words = append(r.p.Words, t.Words...)
			t.Kind = graph.TextTerm
		}
		t.Words = slices.DeleteFunc(t.Words, func(w string) bool {
			soft := t.Kind == graph.EventTerm && slices.Contains(softWords, w)
			if soft {
				r.p.Soft = append(r.p.Soft, w)
			}
			return soft
		})
	}
	slices.Sort(r.p.Words)
	r.p.Words = slices.Compact(r.p.Words)
}

// acting are what is done for somebody.
var acting = []graph.Predicate{graph.Signed, graph.AgreedTo, graph.ParticipatedIn, graph.MetWith, graph.SpokeWith, graph.Rejected, graph.Refused,
	graph.Accepted, graph.Represents, graph.Demanded, graph.Proposed}

// represented adds that the hole stands for whom it acted for: "who signed for
// Iran", "who negotiated on behalf of the rebels".
func (r *reading) represented() {
	asked := r.p.Asked()
	if asked == nil || asked.Subject != 0 || !slices.ContainsFunc(asked.Predicates, func(p graph.Predicate) bool { return slices.Contains(acting, p) }) {
		return
	}
	t := r.t
	for i := 1; i < t.Len(); i++ {
		f := t.Form(i)
		if f != "for" && f != "behalf" || r.hole.to > i || r.hole.from == i+1 {
			continue
		}
		j := i + 1
		for j < t.Len() && (t.Form(j) == "of" || t.UPOS(j) == "DET") {
			j++
		}
		if j >= t.Len() {
			continue
		}
		k := r.d.Covering(r.sent, j)
		if k < 0 || r.d.Mentions[k].Entity < 0 {
			continue
		}
		x := r.thing(r.d.Mentions[k].Entity)
		if f == "for" && !r.actsFor(i, x) {
			continue
		}
		if slices.ContainsFunc(r.p.Claims, func(c graph.ClaimPattern) bool {
			return c.Subject == 0 && c.Object == x && slices.Contains(c.Predicates, graph.Represents)
		}) {
			continue
		}
		c := graph.ClaimPattern{Subject: 0, Predicates: []graph.Predicate{graph.Represents}, Object: x}
		if asked.Object == x {
			asked.Object = -1
		}
		if !slices.Contains(asked.Predicates, graph.Represents) {
			asked.Predicates = append(asked.Predicates, graph.Represents)
		}
		r.used[i] = true
		r.p.Claims = append(r.p.Claims, c)
		asked = r.p.Asked()
	}
}

// actsFor reports whether the "for" at token i says for whom somebody acted, and
// not what a plan is for.
func (r *reading) actsFor(i, x int) bool {
	term := &r.p.Terms[x]
	if !term.Type.IsActor() && term.Type != graph.Place {
		return false
	}
	if i == 0 {
		return false
	}
	switch r.t.Lemma(i - 1) {
	case "plan", "proposal", "demand", "call", "request", "draft", "formula", "process", "programme", "program", "framework", "map", "support":
		return false
	}
	if term.Type != graph.Place {
		return true
	}
	return r.t.IsVerb(i-1) || r.t.UPOS(i-1) != "NOUN" || r.p.Asked().Predicates[0] == graph.Signed
}
