package coref

import (
	"slices"
	"strings"

	"parley/graph"
)

// matchCounterpart gives "his Russian counterpart" the post of the person whose
// counterpart it is.
func (r *resolver) matchCounterpart(p *post) {
	if p.noun != "counterpart" && p.noun != "colleague" || p.side < 0 || p.origin < 0 {
		return
	}
	owner := r.d.Mentions[p.side].Entity
	if owner == Unresolved {
		return
	}
	for i := len(r.posts) - 1; i >= 0; i-- {
		q := &r.posts[i]
		if r.d.Mentions[q.holder].Entity != owner || q.sentence > p.sentence || q.past || !isPosition(q) {
			continue
		}
		p.value, p.noun, p.class, p.lower, p.topical = q.value, q.noun, q.class, q.lower, q.topical
		p.side, p.rule = p.origin, "counterpart"
		return
	}
}

// impliedSide returns the mention of whom p is a post of where only custom says
// it: the bare title "Secretary of State" is that of the United States, if the
// article names them.
func (r *resolver) impliedSide(p *post) int {
	if strings.EqualFold(p.value, "secretary of state") {
		for i := range r.d.Mentions {
			if e := r.d.Mentions[i].Entity; e != Unresolved && r.d.Entities[e].Thing.ID == "state/united-states" {
				return i
			}
		}
	}
	return r.homeSide(p)
}

// homeSide returns a mention of the state that the article is about if p is a
// post of its government without a side, as home newspapers write: "President
// NAME". It is -1 if someone else has that post there or without a side too.
func (r *resolver) homeSide(p *post) int {
	capital := isCapital(r.views[p.sentence].Tokens[p.head].Form)
	switch {
	case p.origin >= 0 || p.some || p.lower || p.topical:
		return -1
	case p.class == ruler && (p.noun == "prime-minister" || (p.noun == "president" || p.noun == "premier" || p.noun == "chancellor") && p.rule == "title" && capital):
	case p.class == minister && p.noun == "minister" && len(strings.Fields(p.value)) > 1:
	default:
		return -1
	}
	home := r.homeState()
	holder := r.d.Mentions[p.holder].Entity
	if home == Unresolved || r.hasSide(holder) {
		return -1
	}
	for i := range r.posts {
		q := &r.posts[i]
		if r.d.Mentions[q.holder].Entity == holder || q.noun != p.noun || q.past != p.past {
			continue
		}
		if p.class == minister && !strings.EqualFold(p.value, q.value) {
			continue
		}
		if s := r.postSide(q); s == Unresolved || s == home {
			return -1
		}
	}
	return r.d.Entities[home].Mentions[0]
}

// hasSide reports whether a post or the words behind the name say whose person e is.
func (r *resolver) hasSide(e int) bool {
	for i := range r.posts {
		if p := &r.posts[i]; r.d.Mentions[p.holder].Entity == e && p.side >= 0 {
			return true
		}
	}
	for _, i := range r.d.Entities[e].Mentions {
		m := &r.d.Mentions[i]
		v := r.views[m.Sentence]
		if v.lower(m.To) == "of" || v.isPossessiveMark(m.From-1) || m.From > 0 && v.name[m.From-1] >= 0 {
			return true
		}
	}
	return false
}

// homeState returns the state that the article is about: that of its dateline if
// none is named more often, else the only one that it names.
func (r *resolver) homeState() int {
	if e := r.datelineState(); e != Unresolved && r.isForemost(e) {
		return e
	}
	only := Unresolved
	for e := range r.d.Entities {
		if r.known[e].gone || r.d.Entities[e].Thing.Type != graph.State || len(r.d.Entities[e].Mentions) == 0 {
			continue
		}
		if ms := r.d.Entities[e].Mentions; len(ms) == 1 && r.d.Mentions[ms[0]].Kind == Demonym {
			continue // a Norwegian ship tells nothing of whose minister somebody is
		}
		if only != Unresolved {
			return Unresolved
		}
		only = e
	}
	return only
}

// relateBelonging states "a priest belonging to the Community" and "Sweden,
// represented by Margot Wallström".
func (r *resolver) relateBelonging(sent int, v *view, t int) {
	if v.Tokens[t].UPOS != "VERB" || !v.factual(t) {
		return
	}
	switch v.lemma(t) {
	case "belong":
		subj := v.child(t, "nsubj")
		if v.rel(t) == "acl" {
			subj = v.head[t]
		}
		for _, k := range v.kids[t] {
			if v.rel(k) == "obl" && v.preposition(k) == "to" && subj >= 0 {
				r.addTokens(sent, subj, k, graph.MemberOf, "belongs/to")
			}
		}
	case "represent":
		target := v.child(t, "nsubj:pass")
		if v.rel(t) == "acl" {
			target = v.participleHead(t)
		} else if k := r.nameEndingAt(sent, t-1); target < 0 && k >= 0 && v.lower(t-1) == "," {
			target = r.d.Mentions[k].Head
		}
		if agent := v.agentOf(t); agent >= 0 && target >= 0 {
			r.addTokens(sent, agent, target, graph.Represents, "represented/by")
		}
	case "work", "fight", "fly", "serve", "act", "operate", "come", "deploy", "strike", "attend", "continue":
		r.relatePartOf(sent, v, t)
	case "take":
		over := false
		for _, k := range v.kids[t] {
			over = over || v.lower(k) == "over"
		}
		o := v.child(t, "obj")
		for _, k := range v.kids[t] {
			if p := v.preposition(k); o < 0 && v.fullRel(k) == "obl" && (p == "" || p == "over") {
				o = k
			}
		}
		if s := v.child(t, "nsubj"); over && s >= 0 && o >= 0 && v.fullRel(s) == "nsubj" {
			r.addLed(sent, s, o, "takes/over")
		}
	}
}

// relatePartOf states "A is working as part of the alliance" of the verb t.
func (r *resolver) relatePartOf(sent int, v *view, t int) {
	subj := v.child(t, "nsubj", "nsubj:pass")
	for i := t + 1; subj >= 0 && i+2 < min(len(v.Tokens), t+14); i++ {
		if v.lower(i) != "as" || v.lower(i+1) != "part" || v.lower(i+2) != "of" {
			continue
		}
		for _, k := range v.kids[i+1] {
			if n := r.d.At(sent, k); n >= 0 && v.preposition(k) == "of" && r.isBody(n) && !r.d.Mentions[n].Plural {
				r.addTokens(sent, subj, k, graph.MemberOf, "as/part")
			}
		}
		return
	}
}

// nameEndingAt returns the name mention that ends right before token t, or -1.
func (r *resolver) nameEndingAt(sent, t int) int {
	if t < 1 {
		return -1
	}
	if k := r.d.Covering(sent, t-1); k >= 0 && r.d.Mentions[k].Kind == Name && r.d.Mentions[k].To == t {
		return k
	}
	return -1
}

// addTokens states predicate of what the tokens from and to stand for.
func (r *resolver) addTokens(sent, from, to int, p graph.Predicate, rule string) {
	k, n := r.d.At(sent, from), r.d.At(sent, to)
	if k < 0 {
		k = r.d.Covering(sent, from)
	}
	if k < 0 || n < 0 {
		return
	}
	m, q := &r.d.Mentions[k], &r.d.Mentions[n]
	r.addRelation(Relation{
		Subject: m.Entity, SubjectMention: k, Predicate: p, Object: q.Entity, ObjectMention: n,
		Sentence: sent, From: min(m.From, q.From), To: max(m.To, q.To), Rule: rule, Confidence: 0.85,
	})
}

// relateOf states "General Nam Il of the northern army": the person named right
// before "of" and an organisation belongs to it.
func (r *resolver) relateOf(sent, t int) {
	v := r.views[sent]
	if v.lower(t) != "of" {
		return
	}
	for i := t; i < min(len(v.Tokens), t+12); i++ {
		if v.lower(i) == "respectively" {
			return
		}
	}
	k := r.nameEndingAt(sent, t)
	if k < 0 && v.lower(t-1) == "," {
		k = r.nameEndingAt(sent, t-1)
	}
	if !r.isPersonName(k) {
		return
	}
	from := t + 1
	if v.lower(from) == "the" {
		from++
	}
	for n := k + 1; n < len(r.d.Mentions) && r.d.Mentions[n].Sentence == sent; n++ {
		q := &r.d.Mentions[n]
		m := &r.d.Mentions[k]
		predicate, leads := graph.MemberOf, r.listedAsLeader(m.Entity) || r.behindRulers(k) || q.Type == graph.State && r.countedRulers(sent)
		if v.lower(t-1) == "," && !v.closes(q.To) && v.lower(q.To) != "and" {
			continue // ", of the A who"
		}
		if q.From > from || q.To <= from || q.Entity == Unresolved || q.Kind == Demonym || q.Type != graph.Organisation && q.Type != graph.Group && (q.Type != graph.State || !leads) {
			continue
		}
		if leads {
			predicate = graph.Leads
		}
		r.addRelation(Relation{
			Subject: m.Entity, SubjectMention: k, Predicate: predicate, Object: q.Entity, ObjectMention: n,
			Sentence: sent, From: m.From, To: q.To, Rule: "name/of", Confidence: 0.8,
		})
		return
	}
}

// behindRulers reports whether the list "NAME of X, NAME of Y" that the person of
// mention k is in stands right behind "the commanders of both groups,".
func (r *resolver) behindRulers(k int) bool {
	for steps := 0; steps < 20; steps++ {
		m := &r.d.Mentions[k]
		v := r.views[m.Sentence]
		t := m.From - 1
		for v.lower(t) == "and" || v.lower(t) == "," {
			t--
		}
		if t == m.From-1 || t < 0 {
			return false
		}
		if v.lower(t) == ")" {
			for t >= 0 && v.lower(t) != "(" {
				t--
			}
			t--
		}
		of := r.nameEndingAt(m.Sentence, t+1)
		if of < 0 {
			for n := k - 1; n >= 0 && r.d.Mentions[n].Sentence == m.Sentence; n-- {
				if q := &r.d.Mentions[n]; q.Kind == Nominal && q.Plural && q.To == t+1 {
					c := postOf(r.details[n].noun)
					if c == ruler || c == head {
						return v.lower(m.From-1) == ","
					}
				}
			}
			return false
		}
		b := r.d.Mentions[of].From - 1
		if v.lower(b) == "the" {
			b--
		}
		if v.lower(b) != "of" {
			return false
		}
		if k = r.nameEndingAt(m.Sentence, b); !r.isPersonName(k) {
			return false
		}
	}
	return false
}

// countedRulers reports whether the article speaks of as many presidents, or
// other rulers, as sentence sent names persons "of" a state: "the five presidents".
func (r *resolver) countedRulers(sent int) bool {
	n := 0
	v := r.views[sent]
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Sentence == sent && r.isPersonName(i) && v.lower(m.To) == "of" && m.To+1 < len(v.Tokens) {
			if k := r.d.Covering(sent, m.To+1); k >= 0 && r.d.Mentions[k].Kind == Name && r.d.Mentions[k].Type == graph.State {
				if r.hasOtherPost(m.Entity) {
					return false // "trade ministers A of X and B of Y"
				}
				n++
			}
		}
	}
	if n < 2 {
		return false
	}
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind == Nominal && m.Plural && postOf(r.details[i].noun) == ruler && countWords[r.details[i].quantity] == n && !r.saysPast(i) {
			return true
		}
	}
	return false
}

// listedAsLeader reports whether person e is listed in apposition to "the
// presidents", "the commanders".
func (r *resolver) listedAsLeader(e int) bool {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != Nominal || !m.Plural || m.Entity == Unresolved || e == Unresolved || !slices.Contains(r.d.Entities[m.Entity].Members, e) {
			continue
		}
		if c := postOf(r.details[i].noun); (c == ruler || c == head) && r.isNamedIn(e, m.Sentence) {
			return true
		}
	}
	return false
}

// isNamedIn reports whether sentence sent names entity e: "both presidents" of another may
// have been taken for those who were named last.
func (r *resolver) isNamedIn(e, sent int) bool {
	return slices.ContainsFunc(r.d.Mentions, func(m Mention) bool { return m.Entity == e && m.Sentence == sent && m.Kind == Name })
}

// hasOtherPost reports whether person e has a post that is not a ruler's.
func (r *resolver) hasOtherPost(e int) bool {
	return slices.ContainsFunc(r.posts, func(p post) bool { return r.d.Mentions[p.holder].Entity == e && p.class != ruler })
}

// relateComposed states "a committee made up of King A, King B and President C".
func (r *resolver) relateComposed(sent int, v *view, t int) {
	var first int
	switch {
	case v.lower(t) == "made" && v.lower(t+1) == "up" && v.lower(t+2) == "of":
		first = t + 3
	case v.lower(t) == "including" && t > 1 && (v.lower(t-1) == "," || r.d.Covering(sent, t-1) >= 0):
		if b := r.groupEndingAt(sent, t); b >= 0 {
			r.relateListed(sent, v, b, t+1)
		}
		return
	case (v.lower(t) == "composed" || v.lower(t) == "consisting" || v.lower(t) == "consisted" || v.lower(t) == "consists") && v.lower(t+1) == "of":
		first = t + 2
	case v.lower(t) == "comprising", v.lower(t) == "of" && r.statesFollow(sent, t+1):
		first = t + 1
	case v.opensList(t) && r.statesFollow(sent, t+1):
		first = t + 1
	case v.lower(t) == "in" && v.lower(t+1) == "which" && r.statesFollow(sent, t+2):
		first = t + 2
	default:
		return
	}
	body := -1
	for i := t - 1; i >= 0 && i > t-8 && body < 0; i-- {
		if k := r.d.At(sent, i); k >= 0 && r.d.Mentions[k].Head == i && r.isBody(k) {
			body = k
		}
	}
	if body < 0 {
		return
	}
	r.relateListed(sent, v, body, first)
}

// groupEndingAt returns the plural or collective description that ends right
// before token t, or before the comma there, and can have members; or -1.
func (r *resolver) groupEndingAt(sent, t int) int {
	if r.views[sent].lower(t-1) == "," {
		t--
	}
	k := r.endingAt(sent, 0, t)
	if k < 0 || r.d.Mentions[k].Kind != Nominal || r.d.Mentions[k].Entity == Unresolved || r.d.Entities[r.d.Mentions[k].Entity].Thing.Type != graph.Group || len(r.d.Entities[r.d.Mentions[k].Entity].Members) > 0 {
		return -1
	}
	return k
}

// relateListed states that the names listed from token first on are members of
// what mention body stands for.
func (r *resolver) relateListed(sent int, v *view, body, first int) {
	b, of := &r.d.Mentions[body], false
	for i := first; i < len(v.Tokens); i++ {
		w := v.lower(i)
		if v.Tokens[i].UPOS == "VERB" || w == "which" || w == "who" || w == "." || w == ";" || w == ")" || v.opensList(i) {
			return
		}
		k := r.d.At(sent, i)
		if k < 0 || r.d.Mentions[k].Kind != Name || r.d.Mentions[k].Entity == Unresolved {
			continue
		}
		m := &r.d.Mentions[k]
		if m.Type == graph.Place && m.Entity != Unresolved {
			return
		}
		if of = i > first && (v.lower(m.From-1) == "of" || v.lower(m.From-2) == "of" || of && m.Type != graph.Person); of || v.isPossessiveMark(m.To) {
			continue // whose a member is: "A and B, of X and Y respectively"
		}
		r.addRelation(Relation{
			Subject: m.Entity, SubjectMention: k, Predicate: graph.MemberOf, Object: b.Entity, ObjectMention: body,
			Sentence: sent, From: min(m.From, b.From), To: max(m.To, b.To), Rule: "made-up/of", Confidence: 0.8,
		})
	}
}

// opensList reports whether token t is a dash between spaces, a colon or a
// bracket.
func (v *view) opensList(t int) bool {
	switch v.Tokens[t].Form {
	case "-", "–", "—", "--":
		return t > 0 && v.Tokens[t-1].Spaced && v.Tokens[t].Spaced
	case ":", "(":
		return true
	}
	return false
}

// statesFollow reports whether a list of states begins at token t: "the Contact
// Group of France, Italy and Spain".
func (r *resolver) statesFollow(sent, t int) bool {
	v := r.views[sent]
	n := 0
	for i := t; i < len(v.Tokens) && i < t+10; i++ {
		if k := r.d.At(sent, i); k >= 0 && r.d.Mentions[k].Type == graph.State && r.d.Mentions[k].Kind == Name {
			n++
			continue
		}
		if w := v.lower(i); w != "," && w != "and" && w != "the" && r.d.Covering(sent, i) < 0 {
			break
		}
	}
	if n < 2 {
		return false
	}
	k := r.nameEndingAt(sent, t-1)
	if k < 0 && t >= 3 {
		k = r.nameEndingAt(sent, t-3)
	}
	if k < 0 && t >= 2 {
		k = r.nameEndingAt(sent, t-2)
	}
	return k >= 0 && r.d.Mentions[k].Type == graph.Organisation
}

// isBody reports whether mention k stands for something that has members.
func (r *resolver) isBody(k int) bool {
	m := &r.d.Mentions[k]
	if m.Entity == Unresolved {
		return false
	}
	t := r.d.Entities[m.Entity].Thing.Type
	return (t == graph.Organisation || t == graph.Group) && m.Type != graph.Person && (m.Kind == Name || m.Kind == Nominal)
}

// relateCopula states "A and B are members of C" of states, organisations and
// what "those three countries" stands for.
func (r *resolver) relateCopula(sent int, v *view, t int) {
	subj := v.child(t, "nsubj")
	if v.child(t, "cop") < 0 || subj < 0 || !v.factual(t) || v.child(t, "advmod") >= 0 && v.lower(v.child(t, "advmod")) == "not" {
		return
	}
	switch v.lemma(t) {
	case "member", "co-chair", "co-chairman", "chair", "co-founder", "founder":
	default:
		if v.hyphenLeft(t) < 0 || v.lemma(t) != "chair" {
			return
		}
	}
	body := -1
	for _, k := range v.kids[t] {
		if v.rel(k) == "nmod" && v.preposition(k) == "of" {
			body = r.d.At(sent, k)
		}
	}
	if body < 0 || !r.isBody(body) {
		return
	}
	for _, s := range v.conjuncts(subj) {
		k := r.d.At(sent, s)
		if k < 0 || r.d.Mentions[k].Entity == Unresolved {
			continue
		}
		e := r.d.Mentions[k].Entity
		of := r.d.Entities[e].Members
		if len(of) == 0 {
			of = []int{e}
		}
		for _, x := range of {
			m, b := &r.d.Mentions[k], &r.d.Mentions[body]
			r.addRelation(Relation{
				Subject: x, SubjectMention: k, Predicate: graph.MemberOf, Object: b.Entity, ObjectMention: body,
				Sentence: sent, From: min(m.From, b.From), To: max(m.To, b.To), Rule: "copula/member", Confidence: 0.85,
			})
		}
	}
}
