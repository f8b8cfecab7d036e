package coref

import (
	"strings"

	"parley/graph"
)

// leadVerbs holds verbs whose subject leads their object.
var leadVerbs = map[string]bool{"lead": true, "head": true, "chair": true, "command": true, "run": false, "co-chair": true, "captain": true}

// relateLed states "officials led by General Hassan Rashad", "a delegation under
// Mohammed Abdulsalam" and "Malik Mahmud, who heads the leadership".
func (r *resolver) relateLed(sent int, v *view, t int) {
	switch {
	case leadVerbs[v.lemma(t)] && v.Tokens[t].UPOS == "VERB":
		agent := v.agentOf(t)
		target := -1
		s, o := v.child(t, "nsubj"), v.child(t, "obj")
		if k := r.nameEndingAt(sent, t-1); s < 0 && r.isPersonName(k) && v.lower(t-1) == "," && v.Tokens[t].XPOS == "VBD" {
			s = r.d.Mentions[k].Head // "whose minister, NAME, headed": the tree lost the subject
			if o >= 0 && v.factual(t) {
				r.addLed(sent, s, o, "leads/verb")
			}
		} else if s >= 0 && o >= 0 && v.fullRel(s) == "nsubj" && v.factual(t) && !r.ledSomewhere(sent, v, t, o) {
			r.addLed(sent, s, o, "leads/verb")
			r.ledNext(sent, v, o)
		}
		if v.rel(t) == "acl" {
			target = v.participleHead(t)
		} else if s := v.child(t, "nsubj:pass"); s >= 0 {
			target = s
		}
		if agent >= 0 && target >= 0 && v.factual(t) {
			target = r.nearestLed(sent, v, t, target)
			r.addLed(sent, agent, target, "led/by")
			r.ledToo(sent, v, agent)
		}
	case v.lemma(t) == "preside" && v.factual(t):
		for _, k := range v.kids[t] {
			if s := v.child(t, "nsubj"); s >= 0 && v.rel(k) == "obl" && v.preposition(k) == "over" && r.presidesOver(sent, k) {
				r.addLed(sent, s, k, "presides/over")
			}
		}
	case v.lower(t) == "head" && v.lower(t-1) == "the" && v.lower(t-2) == "at" && v.lower(t+1) == "of":
		if k := r.nameEndingAt(sent, t-3); r.isPersonName(k) && v.lower(t-3) == "," {
			for _, of := range v.kids[t] {
				if v.preposition(of) == "of" {
					r.addLed(sent, r.d.Mentions[k].Head, of, "at/head")
				}
			}
		}
	case v.rel(t) == "nmod" && v.preposition(t) == "under" && v.head[t] >= 0:
		r.addLed(sent, t, v.head[t], "led/under")
	}
}

// presidesOver reports whether token k is a body to preside over, and no meeting
// or what goes on there.
func (r *resolver) presidesOver(sent, k int) bool {
	n := r.d.At(sent, k)
	return n >= 0 && r.isBody(n) && (r.d.Mentions[n].Kind == Name || nouns()[r.details[n].noun] == graph.Organisation)
}

// ledNext reads on behind "A led the Danes": ", B the Swedes".
func (r *resolver) ledNext(sent int, v *view, o int) {
	k := r.d.At(sent, o)
	if k < 0 {
		return
	}
	t := r.d.Mentions[k].To
	for v.lower(t) == "," || v.lower(t) == "and" || v.lower(t) == ";" {
		t++
	}
	if t >= len(v.Tokens) || t == r.d.Mentions[k].To {
		return
	}
	who := r.d.Covering(sent, t)
	if !r.isPersonName(who) {
		return
	}
	at := r.d.Mentions[who].To
	if v.lower(at) == "the" {
		at++
	}
	if at >= len(v.Tokens) {
		return
	}
	if body := r.d.Covering(sent, at); body >= 0 && r.d.Mentions[body].From <= at && v.closes(r.d.Mentions[body].To) {
		r.addLed(sent, r.d.Mentions[who].Head, r.d.Mentions[body].Head, "leads/verb")
	}
}

// relateOwned states "whose Homeland Party" and "the Secret Army of General X".
func (r *resolver) relateOwned(sent int, v *view, t int) {
	k := r.d.At(sent, t)
	if k < 0 || r.d.Mentions[k].Type != graph.Organisation || r.d.Mentions[k].Entity == Unresolved || !r.isMovement(k) {
		return
	}
	m := &r.d.Mentions[k]
	owner := -1
	at := m.To
	if _, to, ok := v.bracketAfter(at); ok {
		at = to + 1
	}
	switch {
	case v.lower(m.From-1) == "whose" && m.Kind == Name:
		owner = r.d.At(sent, m.From-1)
	case v.lower(at) == "of" && at+1 < len(v.Tokens) && m.From > 0 && v.lower(m.From-1) == "the":
		if owner = r.d.Covering(sent, at+1); !r.isPersonName(owner) || r.d.Mentions[owner].From != at+1 {
			return
		}
	}
	if owner < 0 || r.d.Mentions[owner].Entity == Unresolved || r.d.Entities[r.d.Mentions[owner].Entity].Thing.Type != graph.Person {
		return
	}
	q := &r.d.Mentions[owner]
	r.addRelation(Relation{
		Subject: q.Entity, SubjectMention: owner, Predicate: graph.Leads, Object: m.Entity, ObjectMention: k,
		Sentence: sent, From: min(m.From, q.From), To: max(m.To, q.To), Rule: "owns/body", Confidence: 0.7,
	})
}

// isMovement reports whether the organisation of mention k is a party, movement or
// force, whose possessor is its leader.
func (r *resolver) isMovement(k int) bool {
	e := r.d.Mentions[k].Entity
	if c := worldKind(r.d.Entities[e].Thing); c == "group" || c == "party" {
		return true
	}
	ws := strings.Fields(strings.ToLower(r.details[k].name))
	for _, w := range ws {
		switch w {
		case "party", "movement", "front", "army", "organisation", "organization", "alliance", "coalition", "militia", "brigade", "brigades", "forces", "faction", "congress":
			return len(ws) > 1
		}
	}
	return false
}

// ledToo reads on behind "was led by A": "and the other side by B".
func (r *resolver) ledToo(sent int, v *view, agent int) {
	k := r.d.Covering(sent, agent)
	if k < 0 {
		return
	}
	for by := r.d.Mentions[k].To + 2; by < len(v.Tokens)-1 && v.lower(by) != "."; by++ {
		who := r.d.Covering(sent, by+1)
		if v.lower(by) != "by" || !r.isPersonName(who) {
			continue
		}
		at := by
		if v.lower(at-1) == ")" {
			for at--; at > agent && v.lower(at) != "("; at-- {
			}
		}
		body := r.endingAt(sent, r.d.Mentions[k].To, at)
		if body < 0 || !r.isBody(body) {
			continue
		}
		first := r.d.Mentions[body].From - 1
		for w := v.lower(first); w == "the" || w == "'s" || w == "’s" || v.name[first] >= 0; w = v.lower(first) {
			first-- // "and Odinga's Movement"
		}
		if w := v.lower(first); w == "and" || w == ";" || w == "," {
			r.addLed(sent, r.d.Mentions[who].Head, r.d.Mentions[body].Head, "led/by")
		}
	}
}

// endingAt returns the largest mention from token from on that ends right before
// token to, or -1.
func (r *resolver) endingAt(sent, from, to int) int {
	best := -1
	for k := range r.d.Mentions {
		if m := &r.d.Mentions[k]; m.Sentence == sent && m.From >= from && m.To == to && (best < 0 || m.size() > r.d.Mentions[best].size()) {
			best = k
		}
	}
	return best
}

// ledSomewhere reports whether the verb t says where its object o was taken and
// not who is at its head: "led her neighbours out of the meeting".
func (r *resolver) ledSomewhere(sent int, v *view, t, o int) bool {
	if k := r.d.At(sent, o); k >= 0 && (r.d.Mentions[k].Kind == Name || ledGroups[r.details[k].noun] || delegations[r.details[k].noun]) {
		return false
	}
	for i := o + 1; i < min(len(v.Tokens), o+4); i++ {
		switch v.lower(i) {
		case "out", "into", "to", "through", "away", "back", "off", "down", "up", "from", "onto", "astray":
			return true
		}
	}
	return false
}

// nearestLed returns the head of the group whose phrase ends at the comma before
// participle t, if the parser hung "led by" further away: "A delegation left
// after talks with officials, led by X". Otherwise it is target.
func (r *resolver) nearestLed(sent int, v *view, t, target int) int {
	if v.lower(t-1) != "," {
		return target
	}
	if k := r.d.Covering(sent, t-2); k >= 0 {
		if m := &r.d.Mentions[k]; m.To == t-1 && m.Type == graph.Group && m.Head > target {
			return m.Head
		}
	}
	return target
}

// participleHead returns what the participle t describes. Behind "and" it is
// what the participle before describes: "staffed by the union and led by X".
func (v *view) participleHead(t int) int {
	if v.lower(t-1) != "and" {
		return v.head[t]
	}
	for i := t - 2; i > v.head[t]-12 && i >= 0; i-- {
		if v.Tokens[i].XPOS == "VBN" && v.rel(i) == "acl" && v.head[i] < i {
			return v.head[i]
		}
	}
	return v.head[t]
}

// agentOf returns the token of "by X" below the participle t, or -1.
func (v *view) agentOf(t int) int {
	for _, k := range v.kids[t] {
		if v.rel(k) == "obl" && v.preposition(k) == "by" {
			return k
		}
	}
	return -1
}

// factual reports whether the verb t is neither negated nor planned.
func (v *view) factual(t int) bool {
	for _, k := range v.kids[t] {
		switch v.lower(k) {
		case "not", "n't", "n’t", "never", "will", "would", "may", "might", "could", "should", "to":
			return false
		}
	}
	return true
}

// addLed states that the persons coordinated at agent lead what target stands for.
func (r *resolver) addLed(sent, agent, target int, rule string) {
	v := r.views[sent]
	n := r.d.At(sent, target)
	if n < 0 {
		return
	}
	what := r.d.Mentions[n].Entity
	if what == Unresolved || r.d.Entities[what].Thing.Type == graph.Person {
		return
	}
	for _, a := range v.conjuncts(agent) {
		k := r.d.At(sent, a)
		if k < 0 {
			k = r.d.Covering(sent, a)
		}
		if k < 0 || r.d.Mentions[k].Entity == Unresolved || r.d.Mentions[k].Type != graph.Person {
			break // "led by General Hassan Rashad and Qatari mediators": only the first is sure
		}
		m, q := &r.d.Mentions[k], &r.d.Mentions[n]
		leaders := []int{m.Entity}
		if all := r.d.Entities[m.Entity].Members; m.Kind == Relative && len(all) > 0 {
			leaders = all // "A and B, who head"
		}
		for _, e := range leaders {
			r.addRelation(Relation{
				Subject: e, SubjectMention: k, Predicate: graph.Leads, Object: what, ObjectMention: n,
				Sentence: sent, From: min(m.From, q.From), To: max(m.To, q.To), Rule: rule, Confidence: 0.9,
			})
		}
	}
}
