package coref

import (
	"strings"

	"parley/graph"
)

// relate fills r.d.Relations from the posts and the phrases that state lasting
// facts, in the order of the text.
func (r *resolver) relate() {
	for i := range r.posts {
		r.matchCounterpart(&r.posts[i])
		r.relatePost(&r.posts[i])
	}
	r.relateGroups()
	for sent, v := range r.views {
		r.relateGapped(sent, v)
		for t := range v.Tokens {
			r.relateRespectively(sent, t)
			r.relatePart(sent, v, t)
			r.relateWing(sent, v, t)
			r.relateLed(sent, v, t)
			r.relateOwned(sent, v, t)
			r.relateOf(sent, t)
			r.relateBelonging(sent, v, t)
			r.relateComposed(sent, v, t)
			r.relateCopula(sent, v, t)
			r.relatePlace(sent, v, t)
		}
	}
}

func (r *resolver) addRelation(x Relation) {
	if x.Subject == Unresolved || x.Subject == x.Object {
		return
	}
	info, _ := x.Predicate.Info()
	if !allows(info.From, r.d.Entities[x.Subject].Thing.Type) {
		return
	}
	if x.Value == "" && (x.Object == Unresolved || !allows(info.To, r.d.Entities[x.Object].Thing.Type)) {
		return
	}
	for _, y := range r.d.Relations {
		if y.Subject == x.Subject && y.Predicate == x.Predicate && y.Object == x.Object && y.Value == x.Value && y.Sentence == x.Sentence {
			return
		}
	}
	r.d.Relations = append(r.d.Relations, x)
}

func allows(ts []graph.Type, t graph.Type) bool {
	for _, u := range ts {
		if u == t {
			return true
		}
	}
	return false
}

// relatePost states what holding p means.
func (r *resolver) relatePost(p *post) {
	x := Relation{
		Subject: r.d.Mentions[p.holder].Entity, SubjectMention: p.holder, Object: Unresolved, ObjectMention: -1,
		Sentence: p.sentence, From: p.from, To: p.to, Confidence: 0.9,
	}
	if p.rule == "description" {
		x.Confidence, x.SubjectMention = 0.65, r.d.At(p.sentence, p.head)
	}
	if isPosition(p) {
		y := x
		y.Predicate, y.Value, y.Rule = graph.HoldsPosition, p.value, p.rule+"/"+p.noun
		r.addRelation(y)
	}
	implied := p.side < 0 && !p.past
	if implied {
		p.side = r.impliedSide(p)
	}
	if p.side < 0 || p.past {
		return
	}
	x.Object, x.ObjectMention = r.d.Mentions[p.side].Entity, p.side
	if x.Object == Unresolved {
		return
	}
	x.Predicate, x.Confidence = r.postPredicate(p, r.d.Entities[x.Object].Thing.Type)
	if implied {
		x.Confidence = 0.7
	}
	if side := &r.d.Mentions[p.side]; advocates[p.noun] && side.Kind == Demonym || side.Kind == Nominal && landNouns[r.details[p.side].noun] {
		x.Predicate = "" // "the American lawyer", "the state's commissioner"
	} else if p.class == minister && side.Kind == Nominal && forces[r.details[p.side].noun] {
		x.Predicate = "" // "the police minister"
	} else if x.Predicate == graph.MemberOf && p.class == minister && side.Kind == Nominal && governments[r.details[p.side].noun] {
		x.Predicate, x.Confidence = graph.Represents, 0.7
	}
	if x.Predicate != "" {
		x.Rule = p.rule + "/" + p.noun
		r.addRelation(x)
	}
}

// landNouns holds nouns for a land that a post may be of without saying which.
var landNouns = map[string]bool{"state": true, "province": true, "region": true, "country": true, "nation": true, "city": true, "town": true, "district": true, "county": true, "island": true, "territory": true, "republic": true, "kingdom": true}

// isPosition reports whether p is a title to be quoted and not a mere role.
func isPosition(p *post) bool {
	switch p.noun {
	case "member":
		return isLegislature(p.value)
	case "baron", "count", "viscount", "earl", "lord", "lady", "marquis", "marquess", "sheikh", "sheik", "sister", "prince", "princess", "duke", "duchess":
		return strings.Contains(p.value, " ") // no rank of nobility alone
	case "supporter", "fighter", "militant", "rebel", "soldier", "colleague", "adherent", "counterpart", "host",
		"guest", "witness", "successor", "predecessor", "heir", "guarantor", "author", "agent", "patron", "fellow", "veteran", "stalwart", "activist":
		return false
	}
	return true
}

// isLegislature reports whether a membership is an office: "member of parliament".
func isLegislature(title string) bool {
	low := strings.ToLower(title)
	for _, w := range []string{"parliament", "congress", "assembly", "senate", "legislature", "knesset", "bundestag"} {
		if strings.HasSuffix(low, " "+w) {
			return true
		}
	}
	return false
}

// postPredicate returns how the holder of p stands to a side of type t, and how
// sure that is.
func (r *resolver) postPredicate(p *post, t graph.Type) (graph.Predicate, float64) {
	body := t == graph.Organisation || t == graph.Group
	switch p.class {
	case ruler:
		if !p.lower && !p.some && (t == graph.State || body) {
			return graph.Leads, 0.9
		}
	case head:
		if !p.lower && !p.some && !p.topical && (body || t == graph.State && (p.noun == "leader" || p.noun == "strongman")) {
			return graph.Leads, 0.85
		}
		if body {
			return graph.MemberOf, 0.75
		}
	case minister:
		if t == graph.State {
			return graph.Represents, 0.7
		}
		if body {
			return graph.MemberOf, 0.65
		}
	case envoy:
		return graph.Represents, 0.85
	case voice:
		return graph.SpokespersonFor, 0.9
	case member:
		if body {
			return graph.MemberOf, 0.85
		}
	case other:
		if t == graph.Organisation {
			return graph.MemberOf, 0.6
		}
	}
	return "", 0
}

// relateGroups states whose each group is, at its first mention with a side.
func (r *resolver) relateGroups() {
	done := map[int]bool{}
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		e := m.Entity
		if e == Unresolved || m.Kind != Nominal || done[e] || r.d.Entities[e].Thing.Type != graph.Group {
			continue
		}
		for _, s := range r.sidesOf(i) {
			q := &r.d.Mentions[s]
			if q.Entity == Unresolved {
				continue
			}
			x := Relation{
				Subject: e, SubjectMention: i, Predicate: graph.PartOf, Object: q.Entity, ObjectMention: s,
				Sentence: m.Sentence, From: min(m.From, q.From), To: max(m.To, q.To), Rule: "group/" + r.details[i].noun, Confidence: 0.9,
			}
			if r.d.Entities[q.Entity].Thing.Type == graph.Person {
				if (governments[r.details[i].noun] || r.details[i].noun == "cabinet") && q.Kind == Possessive && !r.rules(q.Entity) {
					continue // "his government" is that of his state
				}
				if q.From < m.Head && ledGroups[r.details[i].noun] {
					x.Subject, x.SubjectMention, x.Object, x.ObjectMention = q.Entity, s, e, i
					x.Predicate, x.Confidence = graph.Leads, 0.8
					r.addRelation(x)
					done[e] = true
				}
				continue
			}
			if q.Kind == Possessive && ofEquals[r.details[i].noun] {
				continue
			}
			if r.d.Entities[q.Entity].Thing.Type != graph.Place && len(r.d.Entities[q.Entity].Members) == 0 && !r.isFaith(q.Entity) {
				r.addRelation(x)
				done[e] = true
			}
		}
	}
}

// rules reports whether person e has the post of a ruler.
func (r *resolver) rules(e int) bool {
	for i := range r.posts {
		if p := &r.posts[i]; p.class == ruler && r.d.Mentions[p.holder].Entity == e {
			return true
		}
	}
	return false
}

// ofEquals holds nouns whose possessor is no side but another like them.
var ofEquals = map[string]bool{"counterpart": true, "colleague": true, "rival": true, "ally": true, "enemy": true, "foe": true, "opponent": true, "neighbour": true, "neighbor": true, "brother": true, "predecessor": true, "successor": true, "peer": true, "partner": true}

// isFaith reports whether e is a faith or a region, as demonyms give: nobody's side.
func (r *resolver) isFaith(e int) bool {
	t := r.d.Entities[e].Thing
	return t.Type == graph.Group && !r.known[e].scoped && !strings.HasSuffix(t.Label, "s")
}

// ledGroups holds nouns for bodies whose possessor is their leader: "Begin's
// delegation".
var ledGroups = map[string]bool{"delegation": true, "team": true, "government": true, "administration": true, "cabinet": true, "coalition": true, "movement": true, "faction": true, "wing": true}

// relatePart states that an organisation is part of another: "a faction of the
// PLO" in apposition, "Local 100 of the Transport Workers Union".
func (r *resolver) relatePart(sent int, v *view, t int) {
	if v.rel(t) != "nmod" || v.preposition(t) != "of" || v.head[t] < 0 {
		return
	}
	part, whole := r.d.At(sent, v.head[t]), r.d.At(sent, t)
	if part < 0 || whole < 0 {
		return
	}
	m, n := &r.d.Mentions[part], &r.d.Mentions[whole]
	if m.Entity == Unresolved || n.Entity == Unresolved || m.From > n.From {
		return
	}
	if r.d.Entities[m.Entity].Thing.Type != graph.Organisation || r.d.Entities[n.Entity].Thing.Type != graph.Organisation {
		return
	}
	if m.Kind == Nominal && !parts[r.details[part].noun] {
		return
	}
	x := Relation{
		Subject: m.Entity, SubjectMention: part, Predicate: graph.PartOf, Object: n.Entity, ObjectMention: whole,
		Sentence: sent, From: min(m.From, n.From), To: max(m.To, n.To), Rule: "part/of", Confidence: 0.8,
	}
	r.addRelation(x)
	if x.Rule = "member/of"; m.Kind == Name || r.details[part].noun == "faction" || r.details[part].noun == "member" {
		x.Predicate = graph.MemberOf
		r.addRelation(x)
	}
}

// relateWing states that an organisation named as a wing is part of whose it is: "the
// Front, whose armed wing, the Lions, …".
func (r *resolver) relateWing(sent int, v *view, t int) {
	owner, wing := v.child(t, "nmod:poss"), r.d.At(sent, t)
	if owner < 0 || wing < 0 || !wings[v.lemma(t)] || v.isPlural(t) {
		return
	}
	whole := r.d.At(sent, owner)
	if whole < 0 {
		return
	}
	m, n := &r.d.Mentions[wing], &r.d.Mentions[whole]
	if m.Entity == Unresolved || n.Entity == Unresolved || r.d.Entities[m.Entity].Thing.Type != graph.Organisation || r.d.Entities[n.Entity].Thing.Type != graph.Organisation {
		return
	}
	x := Relation{
		Subject: m.Entity, SubjectMention: wing, Predicate: graph.PartOf, Object: n.Entity, ObjectMention: whole,
		Sentence: sent, From: min(m.From, n.From), To: max(m.To, n.To), Rule: "part/" + v.lemma(t), Confidence: 0.85,
	}
	r.addRelation(x)
	x.Predicate, x.Rule = graph.MemberOf, "member/"+v.lemma(t)
	r.addRelation(x)
}

// wings holds nouns for a part of a body that bears a name of its own.
var wings = map[string]bool{"wing": true, "arm": true, "branch": true, "affiliate": true, "faction": true, "offshoot": true, "militia": true}

var parts = map[string]bool{"faction": true, "wing": true, "branch": true, "arm": true, "part": true, "unit": true, "affiliate": true, "subsidiary": true, "chapter": true, "section": true, "agency": true, "body": true, "department": true, "division": true}

// relatePlace states "Dayton, Ohio" and "the Tobruk-based House of Representatives".
func (r *resolver) relatePlace(sent int, v *view, t int) {
	k := r.d.At(sent, t)
	if k < 0 || r.d.Mentions[k].Kind != Name {
		return
	}
	m := &r.d.Mentions[k]
	if m.Type == graph.Place && v.lower(m.To) == "," {
		n := r.mentionIn(k, sent, m.To+1, m.To+2)
		if n < 0 && m.To+3 <= len(v.Tokens) && v.Tokens[m.To+1].UPOS != "ADP" { // "in Iloilo, with Malaysia's envoy"
			n = r.mentionIn(k, sent, m.To+1, m.To+3)
		}
		if n < 0 {
			return
		}
		q := &r.d.Mentions[n]
		after := v.lower(q.To)
		known := q.Type == graph.State || q.Type == graph.Place && len(v.factsOf(q.From, q.To)) > 0
		if q.Entity != Unresolved && m.Entity != Unresolved && known && after != "and" && after != "or" && !r.inList(v, m, q) {
			r.addRelation(Relation{
				Subject: m.Entity, SubjectMention: k, Predicate: graph.LocatedIn, Object: q.Entity, ObjectMention: n,
				Sentence: sent, From: m.From, To: q.To, Rule: "place/comma", Confidence: 0.85,
			})
		}
		return
	}
	if v.lower(t+1) == "-" && v.lower(t+2) == "based" && t+2 < len(v.Tokens) {
		g := v.head[t+2]
		if n := r.d.At(sent, g); g >= 0 && n >= 0 && r.d.Mentions[n].Entity != Unresolved && m.Entity != Unresolved {
			q := &r.d.Mentions[n]
			r.addRelation(Relation{
				Subject: q.Entity, SubjectMention: n, Predicate: graph.BasedIn, Object: m.Entity, ObjectMention: k,
				Sentence: sent, From: m.From, To: q.To, Rule: "place/based", Confidence: 0.85,
			})
		}
	}
}

// inList reports whether two names parted by a comma are items of a list.
func (r *resolver) inList(v *view, m, q *Mention) bool {
	return v.rel(q.Head) == "conj" || m.From > 0 && v.lower(m.From-1) == ","
}
