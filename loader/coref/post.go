package coref

import (
	"slices"
	"strings"

	"parley/graph"
)

// post is a title, office or role that a phrase says a person holds.
type post struct {
	holder   int // mention of the person
	sentence int
	head     int    // token of the post's noun
	from, to int    // tokens that say it, holder included
	value    string // the title as written, without the side
	noun     string // lemma of the post's noun, "prime-minister" for that pair
	class    postClass
	side     int // mention of whom it is a post of, or -1
	origin   int // mention of the state the holder is from where side is a possessor, or -1
	past     bool
	lower    bool // deputy, vice, …
	topical  bool // of a matter and not of the whole: "foreign policy chief"
	some     bool // one of several: "a Hamas leader"
	rule     string
}

// findPosts reads the posts that titles, appositions and copulas state.
func (r *resolver) findPosts() {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Type == graph.Person && m.Kind == Name && r.details[i].titleTo > m.From {
			r.titlePosts(i)
		}
	}
	for sent, v := range r.views {
		for b := range v.Tokens {
			switch {
			case v.rel(b) == "appos" && v.head[b] >= 0 && !v.parted(v.head[b], b):
				r.appositionPosts(sent, v, v.head[b], b)
			case v.child(b, "cop") >= 0:
				r.copulaPosts(sent, v, b)
			default:
				r.verbPosts(sent, v, b)
			}
		}
	}
	for i := range r.d.Mentions {
		if m := &r.d.Mentions[i]; m.Type == graph.Person && m.Kind == Name {
			r.commaPosts(i)
			r.beforePosts(i)
		} else {
			r.listedPosts(i)
		}
	}
	for sent, v := range r.views {
		for t := range v.Tokens {
			if v.lower(t) == "respectively" {
				r.respectivePosts(sent, t)
			}
		}
	}
	r.shareSides()
}

// shareSides gives a post the side of the next one of its holder that it is
// joined with by "and": "spokesman and lead negotiator for the Front".
func (r *resolver) shareSides() {
	joined := func(p, q *post) bool {
		return q.holder == p.holder && q.sentence == p.sentence && q.head > p.head && q.head < p.head+7
	}
	shares := func(p *post) bool {
		return p.side < 0 && p.rule != "title" && p.class != minister && p.class != other
	}
	for i := range r.posts {
		p := &r.posts[i]
		if r.views[p.sentence].lower(p.head+1) != "and" {
			continue
		}
		for k := range r.posts {
			switch q := &r.posts[k]; {
			case !joined(p, q) || q.topical:
			case shares(p) && q.side >= 0:
				p.side, p.to = q.side, max(p.to, q.to)
			case shares(q) && p.side >= 0 && r.d.Mentions[p.side].To <= p.head:
				q.side = p.side // "the Front's founder and top commander"
			case shares(q) && p.side >= 0 && r.d.Mentions[p.side].From > q.head:
				q.side = p.side // "founder and leader of the Front", which the tree hangs on the first
			}
		}
	}
}

// titlePosts reads the title before the name of mention i, and gives a plural
// title to every name coordinated with it.
func (r *resolver) titlePosts(i int) {
	m, v := r.d.Mentions[i], r.views[r.d.Mentions[i].Sentence]
	to := r.details[i].titleTo
	h := titleHead(v, to)
	for h > m.From && postOf(v.lower(h)) == honorific {
		before := titleHead(v, h)
		if before < m.From {
			break
		}
		h = before
	}
	if h < m.From {
		h = lastPost(v, m.From, to)
	}
	if h < 0 {
		return
	}
	for t := max(0, m.From-3); t < to; t++ {
		if w := v.lower(t); w == "would-be" || w == "would" {
			return // "the would-be president"
		}
	}
	p := post{holder: i, sentence: m.Sentence, head: h, from: m.From, to: m.To, side: -1, origin: -1, rule: "title"}
	words := r.readTitle(i, h, to, &p)
	p.finish(v, words)
	names := []int{i}
	if v.isPlural(h) {
		if names = r.coordinatedNames(i); len(names) == 1 {
			names = r.namesFrom(i)
		}
		p.noun = strings.TrimSuffix(p.noun, "s")
		p.value = singular(p.value)
	}
	for _, n := range names {
		q := p
		q.holder, q.to = n, max(p.to, r.d.Mentions[n].To)
		if k := r.ofSide(n); k >= 0 {
			q.side, q.to = k, max(q.to, r.d.Mentions[k].To)
		} else if n != i {
			q.side = -1
		}
		r.addPost(q)
	}
}

// readTitle returns the words of the title before the name of mention i, whose
// noun is h and which ends before token to, and notes whose post p it is.
func (r *resolver) readTitle(i, h, to int, p *post) []string {
	m, v := r.d.Mentions[i], r.views[r.d.Mentions[i].Sentence]
	var words []string
	for t := m.From; t < to; t++ {
		if k := r.sideAt(m.Sentence, t); k >= 0 && k != i && r.d.Mentions[k].Kind != Nominal && !(p.side >= 0 && r.d.Mentions[k].Type == graph.Place) {
			if t < h {
				p.side = k
			}
			continue
		}
		if k := r.d.At(m.Sentence, t); k >= 0 && k != i && r.d.Mentions[k].Kind == Nominal && t < h && (p.side < 0 || r.d.Mentions[p.side].Kind == Nominal) {
			p.side = k // "union president"; the panel in "government panel chair"
		}
		if u := v.Tokens[t].UPOS; u == "DET" && t < h || u == "PUNCT" && v.Tokens[t].Form != "-" || v.isPossessiveMark(t) || u == "PRON" {
			p.some = p.some || v.lower(t) == "a" || v.lower(t) == "an"
			continue
		}
		if p.noteRank(v.lower(t)) {
			words = append(words, v.Tokens[t].Form)
		}
	}
	for len(words) > 1 && (postOf(strings.ToLower(words[len(words)-1])) == honorific || strings.HasPrefix(strings.ToLower(words[len(words)-1]), "sheik")) {
		words = words[:len(words)-1] // "Prime Minister Sir"
	}
	return words
}

func lastPost(v *view, from, to int) int {
	for t := to - 1; t >= from; t-- {
		if isPostToken(v, t) {
			return t
		}
	}
	return -1
}

// coordinatedNames returns the person names coordinated with mention i, i first.
func (r *resolver) coordinatedNames(i int) []int {
	m, v := r.d.Mentions[i], r.views[r.d.Mentions[i].Sentence]
	out := []int{i}
	for _, t := range v.conjuncts(m.Head) {
		k := r.d.Covering(m.Sentence, t)
		if k <= i || !r.isPersonName(k) || slices.Contains(out, k) {
			continue
		}
		n := &r.d.Mentions[k]
		if r.details[k].titleTo > n.From || v.lower(n.From-1) == "," && r.d.Covering(m.Sentence, n.From-2) >= 0 && r.d.Mentions[r.d.Covering(m.Sentence, n.From-2)].Kind == Nominal {
			continue // a title of its own
		}
		out = append(out, k)
	}
	return out
}

// namesFrom returns the person names of the list "A, B and C" that mention i
// begins, by the order of words.
func (r *resolver) namesFrom(i int) []int {
	v := r.views[r.d.Mentions[i].Sentence]
	out := []int{i}
	for k := i + 1; k < len(r.d.Mentions) && r.d.Mentions[k].Sentence == r.d.Mentions[i].Sentence; k++ {
		if !r.isPersonName(k) || r.details[k].titleTo > r.d.Mentions[k].From {
			continue
		}
		at := r.d.Mentions[out[len(out)-1]].To
		for v.lower(at) == "," || v.lower(at) == "and" {
			at++
		}
		if r.d.Mentions[k].From != at {
			break
		}
		out = append(out, k)
	}
	return out
}

// coordinationOf returns the person names of the coordination that mention i is
// in, if it has two or more; else nothing.
func (r *resolver) coordinationOf(i int) []int {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	h := m.Head
	for v.rel(h) == "conj" && v.head[h] >= 0 {
		h = v.head[h]
	}
	first := r.d.At(m.Sentence, h)
	if !r.isPersonName(first) {
		return nil
	}
	if ns := r.coordinatedNames(first); len(ns) > 1 {
		return ns
	}
	return nil
}

// ofSide returns the mention of the state or organisation in "of X" right
// behind the person's name, or -1.
func (r *resolver) ofSide(i int) int {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if v.lower(m.To) != "of" {
		return -1
	}
	for t := m.To + 1; t < len(v.Tokens) && t <= m.To+2; t++ {
		if k := r.sideAt(m.Sentence, t); k >= 0 {
			return k
		}
	}
	return -1
}

// sideAt returns the mention at token t if it can be whom a post is of: a state,
// organisation, group or possessive.
func (r *resolver) sideAt(sent, t int) int {
	k := r.d.At(sent, t)
	if k < 0 {
		if k = r.d.Covering(sent, t); k < 0 {
			return -1
		}
	}
	m := &r.d.Mentions[k]
	switch v := r.views[sent]; {
	case v.lower(m.To) == "-" && m.To+1 < len(v.Tokens) && notSides[v.lower(m.To+1)]:
		return -1 // "the Afghan-born envoy"
	case m.Kind == Possessive, m.Kind == Relative:
		return k
	case m.Type == graph.State, m.Type == graph.Organisation, m.Type == graph.Place && m.Kind == Name:
		return k
	case m.Type == graph.Group && m.Kind == Demonym:
		return k
	case m.Kind == Nominal && m.Entity != Unresolved && r.views[sent].head[m.Head] > m.Head && (r.views[sent].fullRel(m.Head) == "nmod:poss" || r.views[sent].rel(m.Head) == "compound"):
		if e := r.d.Entities[m.Entity]; e.Thing.Type == graph.Organisation || e.Thing.Type == graph.State {
			return k
		}
	case m.Kind == Name && m.Type == graph.Person && r.views[sent].fullRel(m.Head) == "nmod:poss":
		return k
	}
	return -1
}

// notSides holds what a hyphen joins to a name that is not whose the noun behind is.
var notSides = map[string]bool{"born": true, "educated": true, "trained": true, "based": true, "backed": true, "speaking": true, "brokered": true, "sponsored": true, "bred": true, "funded": true, "supported": true, "mediated": true, "hosted": true, "owned": true}

// appositionPosts reads "A, B" where one is a person's name and the other a post.
func (r *resolver) appositionPosts(sent int, v *view, a, b int) {
	name, desc := r.d.Covering(sent, a), b
	if !r.isPersonName(name) || r.d.Mentions[name].Head != a {
		if name = r.d.Covering(sent, b); !r.isPersonName(name) || r.d.Mentions[name].Head != b {
			return
		}
		if r.describedBefore(name, a) {
			return // "the minister, A, and his counterpart, B": the counterpart is B
		}
		desc = r.outerPost(sent, a)
		if near := r.nameBefore(sent, a); near >= 0 && r.isPersonName(near) && r.describedAfter(name) {
			name = near // "A, the minister, B, the envoy, and C"
		}
	}
	if r.isPersonName(r.d.At(sent, desc)) || v.lower(r.d.Mentions[name].From-1) == "whom" {
		return // "the minister, whom President X named": no apposition
	}
	if desc == b {
		if near := r.nameBefore(sent, desc); near >= 0 && r.isPersonName(near) {
			name = near // the tree may hang it on an earlier name of a list
		}
		if k := r.d.At(sent, desc); k >= 0 && r.belongsToNext(name, k) {
			return
		}
	}
	if v.isPlural(desc) && desc == b {
		for _, n := range r.coordinationOf(name) {
			r.nominalPost(sent, v, n, desc, "apposition-plural")
		}
		return
	}
	for _, h := range v.conjuncts(desc) {
		if desc == a && h > desc && h < r.d.Mentions[name].From && v.isNounLike(h) && v.child(h, "det", "nmod:poss") < 0 && !r.nameBetween(sent, desc, h) {
			r.nominalPost(sent, v, name, h, "apposition") // "the founder and leader of X, NAME"
			continue
		}
		if h == desc || v.isNounLike(h) && !r.isPersonName(r.d.Covering(sent, h)) && desc == b && !r.nameBetween(sent, desc, h) {
			r.nominalPost(sent, v, name, h, "apposition")
		}
	}
}

// describedAfter reports whether a description of its own stands behind the
// comma after name i.
func (r *resolver) describedAfter(i int) bool {
	m := &r.d.Mentions[i]
	if r.views[m.Sentence].lower(m.To) != "," {
		return false
	}
	for k := i + 1; k < len(r.d.Mentions) && r.d.Mentions[k].Sentence == m.Sentence; k++ {
		if q := &r.d.Mentions[k]; q.From == m.To+1 && q.Kind == Nominal {
			return q.Type == graph.Person && isPostToken(r.views[m.Sentence], q.Head)
		}
	}
	return false
}

// describedBefore reports whether another description, joined to that headed by token
// h, ends at the comma before name i.
func (r *resolver) describedBefore(i, h int) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if v.lower(m.From-1) != "," {
		return false
	}
	for k := i - 1; k >= 0 && r.d.Mentions[k].Sentence == m.Sentence; k-- {
		q := &r.d.Mentions[k]
		if q.Kind == Nominal && q.Type == graph.Person && !q.Plural && q.To == m.From-1 && q.Head != h && v.rel(q.Head) == "conj" && v.head[q.Head] == h {
			return true
		}
	}
	return false
}

// nameBetween reports whether a person is named between tokens i and j.
func (r *resolver) nameBetween(sent, i, j int) bool {
	for t := i + 1; t < j; t++ {
		if r.isPersonName(r.d.Covering(sent, t)) {
			return true
		}
	}
	return false
}

// nameBefore returns the name mention that ends right before the comma in front
// of the description headed by h, or -1. A short form in brackets may stand
// between them.
func (r *resolver) nameBefore(sent, h int) int {
	k := r.d.At(sent, h)
	if k < 0 || r.d.Mentions[k].Kind != Nominal {
		return -1
	}
	v := r.views[sent]
	t := r.d.Mentions[k].From - 1
	if v.lower(t) != "," {
		return -1
	}
	if t--; v.lower(t) == ")" {
		t--
	}
	if t < 0 {
		return -1
	}
	for n := k - 1; n >= 0 && r.d.Mentions[n].Sentence == sent; n-- {
		if m := &r.d.Mentions[n]; m.Kind == Name && m.To == t+1 {
			return n
		}
	}
	return -1
}

func (r *resolver) isPersonName(i int) bool {
	return i >= 0 && r.d.Mentions[i].Type == graph.Person && r.d.Mentions[i].Kind == Name
}

// copulaPosts reads "A is B" in the present tense, and "A, who is B,".
func (r *resolver) copulaPosts(sent int, v *view, b int) {
	cop, subj := v.child(b, "cop"), v.child(b, "nsubj")
	if subj < 0 || v.Tokens[cop].XPOS == "VB" || v.preposition(b) == "in" || v.preposition(b) == "at" {
		return // "was in the chair"
	}
	if v.lower(v.first[subj]) == "with" || v.lower(v.first[subj]-1) == "with" {
		return // "with A was his minister, B"
	}
	rule := "copula"
	for _, k := range v.kids[b] {
		switch w := v.lower(k); {
		case w == "not" || w == "n't" || w == "n’t" || w == "no" || w == "never":
			return
		case v.rel(k) != "aux", w == "has" && v.sinceThen(b):
		case k < subj:
			return // "Had A been its head"
		case w == "has" || w == "had":
			rule = "copula-past" // "has been its head", whether he still is or not
		default:
			return
		}
	}
	if name := r.d.Covering(sent, b); r.isPersonName(name) && r.d.Mentions[name].Head == b {
		if rule == "copula" {
			r.namedPosts(sent, v, subj, name)
		}
		return
	}
	if v.Tokens[cop].XPOS == "VBD" {
		rule = "copula-past"
	}
	if name := r.subjectName(sent, v, b, subj); name >= 0 {
		r.nominalPost(sent, v, name, b, rule)
	}
}

// sinceThen reports whether what predicate b says is said to hold since some time.
func (v *view) sinceThen(b int) bool {
	return slices.ContainsFunc(v.kids[b], func(k int) bool { return k > b && v.preposition(k) == "since" })
}

// subjectName returns the person's name at token subj, the subject of predicate b, or
// before the relative clause that it begins as "who"; -1 if there is none.
func (r *resolver) subjectName(sent int, v *view, b, subj int) int {
	if h := v.head[b]; v.lower(subj) == "who" && v.rel(b) == "acl" && h >= 0 {
		subj = h
		if v.rel(h) == "appos" && !r.isPersonName(r.d.Covering(sent, h)) {
			return r.nameBeforeComma(sent, v.first[h]) // "NAME, the Brazilian who is"
		}
	}
	if name := r.d.Covering(sent, subj); r.isPersonName(name) && r.d.Mentions[name].Head == subj {
		return name
	}
	return -1
}

// namedPosts reads "the POST is NAME" and "the members are A and B".
func (r *resolver) namedPosts(sent int, v *view, subj, name int) {
	if k := r.d.At(sent, subj); k < 0 || r.d.Mentions[k].Kind != Nominal {
		return
	}
	if !v.isPlural(subj) {
		r.nominalPost(sent, v, name, subj, "copula")
		return
	}
	for _, n := range r.coordinatedNames(name) {
		r.nominalPost(sent, v, n, subj, "apposition-plural")
	}
}

// addPost keeps p unless it is a mere form of address or already there.
func (r *resolver) addPost(p post) {
	if p.class == honorific || p.class == notPost || p.value == "" || r.d.Mentions[p.holder].Entity == Unresolved {
		return
	}
	for i := range r.posts {
		if q := &r.posts[i]; q.sentence == p.sentence && q.head == p.head && q.holder == p.holder {
			return
		}
	}
	r.posts = append(r.posts, p)
}
