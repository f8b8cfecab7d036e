package question

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/frames"
	"parley/loader/grammar"
	"parley/loader/sentence"
)

// ask fills in the claim that has the hole.
func (r *reading) ask(claims []graph.Claim) error {
	switch r.hole.kind {
	case who, which:
		if err := r.askThing(claims); err != nil {
			return err
		}
	case what:
		return r.askWhat()
	case where, when:
		r.askCircumstance()
	case noHole:
		if r.t.Form(0) == "how" {
			return r.askWhat()
		}
		r.askWhether(claims)
	}
	return nil
}

// askThing asks for who or what fills a role of the word that governs the hole.
func (r *reading) askThing(claims []graph.Claim) error {
	if done, err := r.askCopula(); done || err != nil {
		return err
	}
	if v, fn := r.governor(r.hole.tok); v >= 0 {
		acts, err := r.acts(v, fn)
		if err != nil {
			return err
		}
		r.addActs(acts, v, fn)
	}
	refusal := slices.ContainsFunc(claims, func(c graph.Claim) bool { return c.Subject == holeID && c.Predicate == graph.Refused })
	for i := range claims {
		c := &claims[i]
		switch {
		case c.Via != "" || refusal && c.Polarity == graph.Denied:
		case c.Subject == holeID:
			r.add(c, 0, r.end(c.Object, c.Evidence.ObjectText))
		case c.Object.ID == holeID:
			r.add(c, r.end(graph.ThingObject(c.Subject), c.Evidence.SubjectText), 0)
		}
	}
	r.fit()
	return nil
}

// fit leaves out of what is asked the predicates that the model does not let
// stand between the hole and the other end, as long as others remain.
func (r *reading) fit() {
	a := r.p.Asked()
	if a == nil || a.Object <= 0 && a.Subject <= 0 {
		return
	}
	other := &r.p.Terms[max(a.Object, a.Subject)]
	if other.Type == "" {
		return
	}
	var kept []graph.Predicate
	for _, p := range a.Predicates {
		info, _ := p.Info()
		types := info.To
		if a.Object == 0 {
			types = info.From
		}
		if slices.Contains(types, other.Type) {
			kept = append(kept, p)
		}
	}
	switch {
	case len(kept) > 0:
		a.Predicates = kept
	case a.Subject != 0:
	case slices.ContainsFunc(a.Predicates, isRefusal): // "boycotted the committee": nothing is told of its members
		r.p.Claims = slices.DeleteFunc(r.p.Claims, func(c graph.ClaimPattern) bool { return c.Has(0) })
		r.p.Form = ""
	case other.Type == graph.Organisation || other.Type == graph.Group:
		a.Predicates = []graph.Predicate{graph.Leads, graph.MemberOf} // "co-chair the Minsk Group"
	case slices.ContainsFunc(a.Predicates, takesActors):
	default:
		a.Object = -1 // "mediated between Indonesia and GAM": it is the event's
	}
}

// isRefusal reports whether p says that somebody would not take part.
func isRefusal(p graph.Predicate) bool {
	return p == graph.Refused || p == graph.Rejected || p == graph.WithdrewFrom || p == graph.Suspended
}

// takesActors reports whether the model lets p be said of an actor.
func takesActors(p graph.Predicate) bool {
	info, _ := p.Info()
	return slices.ContainsFunc(info.To, graph.Type.IsActor)
}

// add adds to the pattern that claim c holds between the terms s and o.
func (r *reading) add(c *graph.Claim, s, o int) {
	if s < 0 {
		return
	}
	if s == 0 && c.Predicate == graph.Represents && r.p.Asked() != nil {
		return // whom the hole acted for is read from the preposition
	}
	if isNarrowing(c.Predicate) && len(r.p.Claims) > 0 {
		r.p.Claims = append(r.p.Claims, graph.ClaimPattern{Subject: s, Predicates: []graph.Predicate{c.Predicate}, Object: o})
		return
	}
	isEvent := func(i int) bool { return i < 0 || r.p.Terms[i].Kind == graph.EventTerm }
	if a := r.p.Asked(); a != nil && a.Subject == s && (a.Object == o || isEvent(o) && isEvent(a.Object)) {
		if !slices.Contains(a.Predicates, c.Predicate) {
			a.Predicates = append(a.Predicates, c.Predicate)
		}
		a.Object = max(a.Object, o)
		return
	}
	r.p.Claims = append(r.p.Claims, graph.ClaimPattern{Subject: s, Predicates: []graph.Predicate{c.Predicate}, Object: o,
		Denied: c.Polarity == graph.Denied && c.Predicate != graph.Refused})
}

// isNarrowing reports whether p is said beside what a question asks.
func isNarrowing(p graph.Predicate) bool {
	return p == graph.Represents || p == graph.MemberOf || p == graph.HoldsPosition
}

// end returns the term of one end of a claim, or -1.
func (r *reading) end(o graph.Object, surface string) int {
	if o.ID == "" {
		return -1
	}
	if i, ok := r.terms[o.ID]; ok {
		return i
	}
	if o.ID.Type() == graph.Group {
		return -1
	}
	if o.ID.Type().IsActor() || o.ID.Type() == graph.Place {
		for e := range r.d.Entities {
			if r.d.Entities[e].Thing.ID == o.ID {
				return r.thing(e)
			}
		}
		return -1
	}
	best := -1
	for i := range r.p.Terms {
		t := &r.p.Terms[i]
		if t.Kind == graph.EventTerm && (t.Type == o.ID.Type() || best < 0) && (surface == "" || strings.Contains(surface, t.Text) || strings.Contains(t.Text, surface) || best < 0) {
			if best < 0 || t.Type == o.ID.Type() && strings.Contains(surface, t.Text) {
				best = i
			}
		}
	}
	return best
}

// governor returns the verb or noun that token tok depends on, and tok's function.
func (r *reading) governor(tok int) (int, string) {
	t := r.t
	v := t.Head(tok)
	for v != sentence.Root && !t.IsVerb(v) && t.Base(tok) == "conj" {
		tok, v = v, t.Head(v)
	}
	if v == sentence.Root {
		if v = r.mainVerb(); v < 0 || v == tok {
			return -1, ""
		}
		if v > tok {
			return v, grammar.Subject // "Who mediated …", read as a noun with a clause
		}
		return v, grammar.Object
	}
	for _, a := range t.Args(v) {
		if a.Tok == tok {
			return v, a.Func
		}
	}
	if v > tok {
		return v, grammar.Subject
	}
	return v, grammar.Object
}

// mainVerb returns the first verb that is no auxiliary, or -1.
func (r *reading) mainVerb() int {
	for i := r.hole.to; i < r.t.Len(); i++ {
		if r.t.UPOS(i) == "VERB" && !r.used[i] {
			return i
		}
	}
	return -1
}

// acts returns what verb or noun v says of its function fn. What it says of an
// object counts only if it says the same of a subject: "which accords did X sign"
// does not ask for those that X mediated.
func (r *reading) acts(v int, fn string) ([]frames.Act, error) {
	acts, err := frames.Acts(r.t, v, fn)
	if err != nil || fn != grammar.Object {
		return acts, err
	}
	of, err := frames.Acts(r.t, v, grammar.Subject)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(acts, func(a frames.Act) bool {
		return !a.Subject && !slices.ContainsFunc(of, func(b frames.Act) bool { return b.Subject && b.Predicate == a.Predicate })
	}), nil
}

// addActs adds what verb v can say of the hole.
func (r *reading) addActs(acts []frames.Act, v int, fn string) {
	denied := r.isDenied(v)
	r.p.Verb = r.t.Form(v)
	r.used[v] = true
	for _, a := range acts {
		if a.Predicate == graph.Represents && r.t.Lemma(v) != "represent" || !r.admits(a) {
			continue
		}
		other := -1
		asked := r.p.Asked()
		if asked != nil && (asked.Subject == 0) != a.Subject {
			continue
		}
		if asked == nil {
			other = r.otherEnd(v, fn)
			c := graph.ClaimPattern{Subject: 0, Object: other, Denied: denied}
			if !a.Subject {
				c.Subject, c.Object = other, 0
				if other < 0 {
					continue
				}
			}
			r.p.Claims = append(r.p.Claims, c)
			asked = &r.p.Claims[len(r.p.Claims)-1]
		}
		if !slices.Contains(asked.Predicates, a.Predicate) {
			asked.Predicates = append(asked.Predicates, a.Predicate)
		}
	}
	if asked := r.p.Asked(); asked != nil && asked.Object < 0 && asked.Subject == 0 {
		asked.Object = r.otherEnd(v, fn)
	}
}

// admits reports whether the model lets something that the hole may be stand where
// a has it.
func (r *reading) admits(a frames.Act) bool {
	info, _ := a.Predicate.Info()
	types := info.To
	if a.Subject {
		types = info.From
	}
	return slices.ContainsFunc(types, func(t graph.Type) bool { return r.p.Hole.Takes(t) })
}

// otherEnd returns the term that v's other argument stands for, or -1.
func (r *reading) otherEnd(v int, fn string) int {
	order := []string{grammar.Object, grammar.Subject, "with", "of", "to", "in", "at", "between", "for"}
	args := r.t.Args(v)
	for _, f := range order {
		if f == fn {
			continue
		}
		for _, a := range args {
			if a.Func != f || a.Tok == r.hole.tok {
				continue
			}
			if i := r.termAt(a.Tok); i > 0 && (f != "for" && f != "in" || r.p.Terms[i].Kind == graph.EventTerm) {
				return i
			}
		}
	}
	return -1
}

// termAt returns the term of the mention or event at token tok, or -1.
func (r *reading) termAt(tok int) int {
	if k := r.ev.At(r.sent, tok); k >= 0 && r.ev.Mentions[k].Event >= 0 {
		if i, ok := r.event[r.ev.Mentions[k].Event]; ok {
			return i
		}
	}
	k := r.d.At(r.sent, tok)
	if k < 0 {
		k = r.d.Covering(r.sent, tok)
	}
	if k >= 0 && r.d.Mentions[k].Entity >= 0 {
		if i, ok := r.terms[r.d.Entities[r.d.Mentions[k].Entity].Thing.ID]; ok {
			return i
		}
	}
	return -1
}

func (r *reading) isDenied(v int) bool {
	return slices.ContainsFunc(r.t.Kids(v), func(k int) bool {
		f := r.t.Form(k)
		return f == "not" || f == "n't" || f == "never" || f == "n’t"
	})
}

// askCopula reads "who was the foreign minister of Egypt", "which states were
// observers", "who is X"; done is false if the question is not of that kind.
func (r *reading) askCopula() (done bool, err error) {
	t := r.t
	n := -1
	switch h := t.Head(r.hole.tok); {
	case h == sentence.Root:
		n = t.Kid(r.hole.tok, "nsubj")
		if n < 0 && t.Len() > r.hole.tok+1 && t.Lemma(r.hole.tok+1) == "be" {
			n = t.Kid(r.hole.tok, "appos", "nmod", "obl", "parataxis", "dep", "compound", "flat")
		}
	case !t.IsVerb(h) && t.Kid(h, "cop") >= 0 && (t.Base(r.hole.tok) == "nsubj" || t.Base(r.hole.tok) == "root"):
		n = h
	}
	if n < 0 || t.IsVerb(n) && !t.IsNoun(n) {
		return false, nil
	}
	if k := r.d.At(r.sent, n); k >= 0 && r.d.Mentions[k].Kind == coref.Name && r.hole.kind == who && r.d.Mentions[k].Entity >= 0 {
		r.p.Form = graph.AsksAbout
		i := r.thing(r.d.Mentions[k].Entity)
		r.p.Terms[1], r.p.Terms[i] = r.p.Terms[i], r.p.Terms[1]
		r.p.Terms = r.p.Terms[:2]
		return true, nil
	}
	acts, err := frames.Acts(t, n, "self")
	if err != nil {
		return false, err
	}
	for _, k := range t.Kids(n) { // "guarantor powers"
		if b := t.Base(k); len(acts) == 0 && (b == "compound" || b == "amod") {
			if acts, err = frames.Acts(t, k, "self"); err != nil {
				return false, err
			}
			r.used[k] = true
		}
	}
	r.used[n] = true
	r.forget(n)
	c := graph.ClaimPattern{Subject: 0, Object: -1}
	for _, a := range acts {
		if a.Subject && a.Predicate != graph.MemberOf && !slices.Contains(c.Predicates, a.Predicate) {
			c.Predicates = append(c.Predicates, a.Predicate)
		}
	}
	if len(c.Predicates) == 0 {
		c.Predicates = r.posts(n)
	}
	if len(c.Predicates) == 0 {
		return false, nil
	}
	for _, a := range t.Args(n) {
		if i := r.termAt(a.Tok); i > 0 && a.Tok != r.hole.tok && c.Object < 0 {
			switch a.Func {
			case "of", "to", "for", "in", "at", "from", "on", grammar.Possessor, grammar.Modifier, grammar.Prefix:
				c.Object = i
			}
		}
	}
	r.p.Verb = t.Lemma(n)
	r.p.Claims = append(r.p.Claims, c)
	if len(acts) > 0 {
		r.fit()
	}
	if len(acts) == 0 {
		from, to := n, n+1
		for from > 0 && (t.UPOS(from-1) == "ADJ" || t.IsNoun(from-1)) && !r.covered(from-1) {
			from--
		}
		r.p.Title = r.words(from, to)
		for i := from; i < to; i++ {
			r.used[i] = true
		}
	}
	return true, nil
}

// forget drops the term of the group that the noun n makes: in "who were the
// observers" they are what is asked for.
func (r *reading) forget(n int) {
	k := r.d.At(r.sent, n)
	if k < 0 || r.d.Mentions[k].Kind != coref.Nominal || r.d.Mentions[k].Entity < 0 {
		return
	}
	id := r.d.Entities[r.d.Mentions[k].Entity].Thing.ID
	i, ok := r.terms[id]
	if !ok || r.d.Entities[r.d.Mentions[k].Entity].Thing.Type != graph.Group {
		return
	}
	r.p.Terms[i] = graph.Term{Kind: graph.TextTerm, Text: r.p.Terms[i].Text}
	delete(r.terms, id)
}

// covered reports whether token i belongs to a named thing.
func (r *reading) covered(i int) bool {
	k := r.d.Covering(r.sent, i)
	if k < 0 {
		return false
	}
	m := &r.d.Mentions[k]
	return m.Entity >= 0 && (m.Kind == coref.Name || m.Kind == coref.Demonym)
}

// posts returns what the noun n says of its holder if it names a post.
func (r *reading) posts(n int) []graph.Predicate {
	lemma := r.t.Lemma(n)
	ps := coref.PostPredicates(lemma)
	if len(ps) == 0 {
		ps = coref.PostPredicates(strings.TrimSuffix(r.t.Form(n), "s"))
	}
	if len(ps) == 0 && lemma == "member" {
		ps = []graph.Predicate{graph.MemberOf}
	}
	return ps
}
