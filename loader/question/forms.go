package question

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/frames"
	"parley/loader/grammar"
)

// askWhat reads questions for a text, a proposal or an agreement: "what did X
// demand", "what was the outcome of the talks".
func (r *reading) askWhat() error {
	t := r.t
	for i := range t.Len() {
		l := t.Lemma(i)
		if l == "outcome" || l == "result" || t.Form(0) == "how" && slices.Contains([]string{"end", "finish", "conclude", "go", "fare"}, l) {
			r.used[i] = true
			r.p.Form = graph.AsksThings
			r.askOf(graph.Hole{Word: r.words(0, 1), Datatype: "string"}, []graph.Predicate{graph.Outcome}, r.firstEvent(graph.Talks))
			return nil
		}
	}
	v := r.mainVerb()
	if v < 0 {
		if i := r.onlyThing(); i > 0 && r.isOnly(i) {
			r.askAbout(i)
		}
		return nil
	}
	acts, err := r.acts(v, grammar.Object)
	if err != nil {
		return err
	}
	r.p.Verb = t.Form(v)
	r.used[v] = true
	s := -1
	for _, a := range t.Args(v) {
		if a.Func == grammar.Subject && s < 0 {
			s = r.termAt(a.Tok)
		}
	}
	if s < 0 {
		s = r.onlyThing()
	}
	if s < 0 { // "what did the parties sign": whoever they are
		s = len(r.p.Terms)
		r.p.Terms = append(r.p.Terms, graph.Term{Kind: graph.TextTerm, Text: "anybody"})
	}
	var ps []graph.Predicate
	for _, a := range acts {
		if !a.Subject && !slices.Contains(ps, a.Predicate) {
			ps = append(ps, a.Predicate)
		}
	}
	for _, more := range []string{"complement", "for", "on"} {
		acts, err := frames.Acts(t, v, more)
		if err != nil {
			return err
		}
		for _, a := range acts {
			if info, _ := a.Predicate.Info(); !a.Subject && info.Literal == "string" && !slices.Contains(ps, a.Predicate) {
				ps = append(ps, a.Predicate)
			}
		}
	}
	if s > 0 && len(ps) > 0 {
		r.p.Claims = append(r.p.Claims, graph.ClaimPattern{Subject: s, Predicates: ps, Object: 0, Denied: r.isDenied(v)})
	}
	return nil
}

// isOnly reports whether the question has no telling word but those of term i.
func (r *reading) isOnly(i int) bool {
	for tok := r.hole.to; tok < r.t.Len(); tok++ {
		k := r.d.Covering(r.sent, tok)
		if (k < 0 || r.d.Mentions[k].Entity < 0 || r.d.Entities[r.d.Mentions[k].Entity].Thing.ID != r.p.Terms[i].ID) && r.content(tok) != "" {
			return false
		}
	}
	return true
}

// askOf asks for the value that one of ps gives term s.
func (r *reading) askOf(h graph.Hole, ps []graph.Predicate, s int) {
	if s <= 0 {
		return
	}
	r.p.Hole = h
	r.p.Claims = append(r.p.Claims, graph.ClaimPattern{Subject: s, Predicates: ps, Object: 0})
}

// askAbout makes the question one for all that is told of term i.
func (r *reading) askAbout(i int) {
	r.p.Form = graph.AsksAbout
	r.p.Terms[1], r.p.Terms[i] = r.p.Terms[i], r.p.Terms[1]
	r.p.Terms = r.p.Terms[:2]
}

// onlyThing returns the term of the first named thing, or -1.
func (r *reading) onlyThing() int {
	for i := range r.p.Terms {
		if r.p.Terms[i].Kind == graph.ThingTerm {
			return i
		}
	}
	return -1
}

// firstEvent returns the first term that is an event, of type t if there is one
// of it; an event that the question implies is added.
func (r *reading) firstEvent(t graph.Type) int {
	best := -1
	for i := range r.p.Terms {
		if x := &r.p.Terms[i]; x.Kind == graph.EventTerm && (best < 0 || x.Type == t && r.p.Terms[best].Type != t) {
			best = i
		}
	}
	return best
}

// askCircumstance reads "where were the talks held", "when was the accord signed".
func (r *reading) askCircumstance() {
	v := r.mainVerb()
	e := -1
	lemma := ""
	if v >= 0 {
		lemma = r.t.Lemma(v)
		r.p.Verb = r.t.Form(v)
		r.used[v] = true
		for _, a := range r.t.Args(v) {
			if i := r.termAt(a.Tok); i > 0 && r.p.Terms[i].Kind == graph.EventTerm && e < 0 {
				e = i
			}
		}
	}
	if e < 0 {
		e = r.firstEvent("")
	}
	if e < 0 && r.hole.kind == where && (lemma == "base" || lemma == "locate" || lemma == "lie" || lemma == "" || lemma == "headquarter") {
		r.askOf(r.p.Hole, []graph.Predicate{graph.BasedIn, graph.LocatedIn}, r.onlyThing())
		return
	}
	if e < 0 {
		switch lemma {
		case "sign", "initial", "agree":
			e = r.implied(graph.Agreement)
		default:
			e = r.implied(graph.Talks)
		}
	}
	r.askOf(r.p.Hole, circumstance(r.hole.kind, r.p.Terms[e].Type, lemma), e)
}

// implied adds the term of an event that the question does not name.
func (r *reading) implied(t graph.Type) int {
	r.p.Terms = append(r.p.Terms, graph.Term{Kind: graph.EventTerm, Type: t, Text: strings.ToLower(string(t)), Definite: true})
	return len(r.p.Terms) - 1
}

// circumstance returns what tells the place or time of an event of type t of
// which the question says that it was, say, signed.
func circumstance(k holeKind, t graph.Type, verb string) []graph.Predicate {
	if k == where {
		if t == graph.Talks {
			return []graph.Predicate{graph.HeldIn}
		}
		return []graph.Predicate{graph.SignedIn}
	}
	switch verb {
	case "begin", "start", "open", "resume", "launch":
		return []graph.Predicate{graph.StartedOn, graph.HeldOn}
	case "end", "close", "conclude", "finish", "collapse", "fail":
		return []graph.Predicate{graph.EndedOn, graph.HeldOn}
	case "expire", "lapse":
		return []graph.Predicate{graph.ExpiresOn}
	case "take", "enter", "come":
		if t != graph.Talks {
			return []graph.Predicate{graph.EffectiveOn}
		}
	}
	if t == graph.Talks {
		return []graph.Predicate{graph.HeldOn, graph.StartedOn, graph.EndedOn}
	}
	return []graph.Predicate{graph.SignedOn, graph.AgreedOn}
}

// askWhether reads "did X sign Y": the claim that the sentence would make.
func (r *reading) askWhether(claims []graph.Claim) {
	first := r.t.Form(0)
	if !slices.Contains([]string{"did", "does", "do", "has", "have", "had", "was", "were", "is", "are", "will"}, first) {
		return
	}
	for i := range claims {
		c := &claims[i]
		s, o := r.end(graph.ThingObject(c.Subject), c.Evidence.SubjectText), r.end(c.Object, c.Evidence.ObjectText)
		if s <= 0 || r.p.Terms[s].Kind != graph.ThingTerm || c.Predicate == graph.Concerns || c.Via != "" {
			continue
		}
		p := graph.ClaimPattern{Subject: s, Predicates: []graph.Predicate{c.Predicate}, Object: o}
		if c.Predicate == graph.HeldIn || c.Predicate == graph.HeldOn || c.Predicate == graph.HoldsPosition && len(claims) > 1 {
			continue
		}
		r.p.Form = graph.AsksWhether
		r.p.Claims = append(r.p.Claims, p)
		break
	}
	if v := r.mainVerb(); v >= 0 {
		r.used[v] = true
		r.p.Verb = r.t.Form(v)
	}
}

// readLink reads "how are X and Y linked", "what links X to Y", and reports
// whether the question is of that kind.
func (r *reading) readLink() bool {
	linked := false
	for i := range r.t.Len() {
		switch r.t.Lemma(i) {
		case "link", "connect", "connection", "relate", "relation", "relationship", "tie", "linked", "connected", "related":
			linked = true
		}
	}
	first := r.t.Form(0)
	if !linked || first != "how" && first != "what" && first != "is" && first != "are" {
		return false
	}
	var ends []graph.Term
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Sentence != r.sent || m.Entity < 0 || m.Kind != coref.Name {
			continue
		}
		x := &r.d.Entities[m.Entity].Thing
		if !slices.ContainsFunc(ends, func(t graph.Term) bool { return t.ID == x.ID }) {
			ends = append(ends, graph.Term{Kind: graph.ThingTerm, Type: x.Type, ID: x.ID, Text: x.Label, Names: x.Aliases})
		}
	}
	if len(ends) != 2 {
		return false
	}
	r.p.Form = graph.AsksLink
	r.p.Terms = append(r.p.Terms[:1], ends...)
	return true
}
