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
			case v.rel(b) == "appos" && v.head[b] >= 0:
				r.appositionPosts(sent, v, v.head[b], b)
			case v.child(b, "cop") >= 0:
				r.copulaPosts(sent, v, b)
			}
		}
	}
	for i := range r.d.Mentions {
		if m := &r.d.Mentions[i]; m.Type == graph.Person && m.Kind == Name {
			r.commaPosts(i)
			r.beforePosts(i)
		}
	}
}

// titlePosts reads the title before the name of mention i, and gives a plural
// title to every name coordinated with it.
func (r *resolver) titlePosts(i int) {
	m, v := r.d.Mentions[i], r.views[r.d.Mentions[i].Sentence]
	to := r.details[i].titleTo
	h := titleHead(v, to)
	if h < m.From {
		h = lastPost(v, m.From, to)
	}
	if h < 0 {
		return
	}
	p := post{holder: i, sentence: m.Sentence, head: h, from: m.From, to: m.To, side: -1, origin: -1, rule: "title"}
	var words []string
	for t := m.From; t < to; t++ {
		if k := r.sideAt(m.Sentence, t); k >= 0 && k != i {
			if t < h {
				p.side = k
			}
			continue
		}
		if u := v.Tokens[t].UPOS; u == "DET" || u == "PUNCT" && v.Tokens[t].Form != "-" || v.isPossessiveMark(t) || u == "PRON" {
			p.some = p.some || v.lower(t) == "a" || v.lower(t) == "an"
			continue
		}
		if p.noteRank(v.lower(t)) {
			words = append(words, v.Tokens[t].Form)
		}
	}
	p.finish(v, words)
	names := []int{i}
	if v.isPlural(h) {
		names = r.coordinatedNames(i)
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
	switch {
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

// appositionPosts reads "A, B" where one is a person's name and the other a post.
func (r *resolver) appositionPosts(sent int, v *view, a, b int) {
	name, desc := r.d.Covering(sent, a), b
	if !r.isPersonName(name) || r.d.Mentions[name].Head != a {
		if name = r.d.Covering(sent, b); !r.isPersonName(name) || r.d.Mentions[name].Head != b {
			return
		}
		desc = a
	}
	if r.isPersonName(r.d.At(sent, desc)) {
		return
	}
	if desc == b {
		if near := r.nameBefore(sent, desc); near >= 0 && r.isPersonName(near) {
			name = near // the tree may hang it on an earlier name of a list
		}
	}
	if v.isPlural(desc) && desc == b {
		for _, n := range r.coordinationOf(name) {
			r.nominalPost(sent, v, n, desc, "apposition-plural")
		}
		return
	}
	for _, h := range v.conjuncts(desc) {
		if h == desc || v.isNounLike(h) && !r.isPersonName(r.d.Covering(sent, h)) && desc == b && !r.nameBetween(sent, desc, h) {
			r.nominalPost(sent, v, name, h, "apposition")
		}
	}
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

// copulaPosts reads "A is B" in the present tense.
func (r *resolver) copulaPosts(sent int, v *view, b int) {
	cop, subj := v.child(b, "cop"), v.child(b, "nsubj")
	if subj < 0 || v.Tokens[cop].XPOS == "VB" {
		return
	}
	for _, k := range v.kids[b] {
		if w := v.lower(k); w == "not" || w == "n't" || w == "n’t" || w == "no" || w == "never" || v.rel(k) == "aux" {
			return
		}
	}
	if name := r.d.Covering(sent, b); r.isPersonName(name) && r.d.Mentions[name].Head == b {
		r.namedPosts(sent, v, subj, name)
		return
	}
	if name := r.d.Covering(sent, subj); r.isPersonName(name) && r.d.Mentions[name].Head == subj {
		rule := "copula"
		if v.Tokens[cop].XPOS == "VBD" {
			rule = "copula-past"
		}
		r.nominalPost(sent, v, name, b, rule)
	}
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

// commaPosts reads "NAME, the POST of X," from the order of words, where the
// tree does not say it: parsers take many appositions for lists.
func (r *resolver) commaPosts(i int) {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if v.lower(m.To) != "," {
		return
	}
	for t := m.To + 1; t < len(v.Tokens) && t < m.To+9; t++ {
		k := r.d.At(m.Sentence, t)
		if k < 0 || r.d.Mentions[k].Kind != Nominal {
			if v.Tokens[t].UPOS == "PUNCT" && v.Tokens[t].Form != "-" || v.Tokens[t].UPOS == "VERB" || v.Tokens[t].UPOS == "CCONJ" || v.Tokens[t].UPOS == "SCONJ" {
				return
			}
			continue
		}
		n := &r.d.Mentions[k]
		if n.From == m.To+1 && n.Plural && v.isPlural(n.Head) && isPostToken(v, n.Head) {
			for _, k := range r.listedBefore(i) {
				r.nominalPost(m.Sentence, v, k, n.Head, "apposition-plural")
			}
			return
		}
		if n.From != m.To+1 || n.Plural || n.Type != graph.Person || v.rel(n.Head) == "nsubj" && v.head[n.Head] > n.Head {
			return
		}
		end := n.To
		if _, to, ok := v.bracketAfter(end); ok {
			end = to + 1
		}
		if v.closes(end) || v.lower(end) == "who" {
			r.nominalPost(m.Sentence, v, i, n.Head, "apposition")
		} else if v.inApposition(n.Head) || r.postAlready(m.Sentence, n.Head) {
			r.nominalPost(m.Sentence, v, i, n.Head, "apposition")
			r.secondPost(i, end)
		} else if w := v.lower(end); w == "and" || w == "for" || w == "in" || w == "at" || w == "to" {
			if r.secondPost(i, end) || w != "and" && v.runsToClose(end) {
				r.nominalPost(m.Sentence, v, i, n.Head, "apposition")
			}
		}
		return
	}
}

func (r *resolver) postAlready(sent, h int) bool {
	return slices.ContainsFunc(r.posts, func(p post) bool { return p.sentence == sent && p.head == h })
}

// secondPost reads a second post behind "and" in an apposition to mention i that
// goes on at token t: "the law minister and Jakarta's chief negotiator,".
func (r *resolver) secondPost(i, t int) bool {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	for ; t < min(len(v.Tokens), m.To+20) && v.Tokens[t].UPOS != "PUNCT" && v.Tokens[t].UPOS != "VERB"; t++ {
		k := r.d.At(m.Sentence, t)
		if k < 0 {
			continue
		}
		n := &r.d.Mentions[k]
		if n.Kind == Nominal && n.Type == graph.Person && !n.Plural && v.lower(n.From-1) == "and" && v.closes(n.To) {
			r.nominalPost(m.Sentence, v, i, n.Head, "apposition")
			return true
		}
	}
	return false
}

// listedBefore returns the person names of the list "A and B" that mention i
// ends, or nothing if it ends none.
func (r *resolver) listedBefore(i int) []int {
	if ns := r.coordinationOf(i); len(ns) > 1 {
		return ns
	}
	m := &r.d.Mentions[i]
	if r.views[m.Sentence].lower(m.From-1) != "and" {
		return nil
	}
	for k := i - 1; k >= 0 && r.d.Mentions[k].Sentence == m.Sentence; k-- {
		if r.isPersonName(k) && r.d.Mentions[k].To == m.From-1 {
			return []int{k, i}
		}
	}
	return nil
}

// closes reports whether token i ends an apposition, or the sentence does.
func (v *view) closes(i int) bool {
	switch v.lower(i) {
	case "", ",", ".", ";", ")", ":", "-", "–", "—":
		return true
	}
	return false
}

// runsToClose reports whether nothing but a few nouns and prepositions stands
// between token i and the end of an apposition.
func (v *view) runsToClose(i int) bool {
	for t := i; t <= len(v.Tokens) && t < i+8; t++ {
		if v.closes(t) {
			return true
		}
		switch v.Tokens[t].UPOS {
		case "ADP", "DET", "NOUN", "PROPN", "ADJ", "PART":
		case "CCONJ": // within what the post is about: "for peace and security"
			if t+1 >= len(v.Tokens) || v.Tokens[t+1].UPOS != "NOUN" || postOf(v.lemma(t+1)) != notPost {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// beforePosts reads "the POST of X, NAME," likewise.
func (r *resolver) beforePosts(i int) {
	m := &r.d.Mentions[i]
	v := r.views[m.Sentence]
	if m.From < 2 || v.lower(m.From-1) != "," || !v.closes(m.To) {
		return
	}
	for t := m.From - 2; t >= max(0, m.From-14); t-- {
		k := r.d.At(m.Sentence, t)
		if k < 0 {
			continue
		}
		n := &r.d.Mentions[k]
		if n.Kind == Nominal && n.Type == graph.Person && !n.Plural && r.details[k].definite && v.phraseEnd(n) == m.From-1 && !v.inApposition(n.Head) {
			r.nominalPost(m.Sentence, v, i, n.Head, "apposition")
			return
		}
		if v.Tokens[t].UPOS == "VERB" || v.Tokens[t].UPOS == "PUNCT" {
			return
		}
	}
}

// phraseEnd returns the end of the noun phrase of n with the prepositions behind it.
func (v *view) phraseEnd(n *Mention) int {
	end := n.To
	for _, k := range v.kids[n.Head] {
		if k > n.Head && v.rel(k) == "nmod" {
			end = max(end, cutTopic(v, k))
		}
	}
	return end
}

// inApposition reports whether the phrase headed by h stands in apposition to
// what is before it.
func (v *view) inApposition(h int) bool { return v.rel(h) == "appos" && v.head[h] < h }

// nominalPost reads the post that the noun phrase headed by h says the person of
// mention holder has.
func (r *resolver) nominalPost(sent int, v *view, holder, h int, rule string) {
	if !isPostToken(v, h) || v.isPlural(h) && rule != "apposition-plural" {
		return
	}
	m := &r.d.Mentions[holder]
	p := post{holder: holder, sentence: sent, head: h, side: -1, origin: -1, rule: rule, from: min(m.From, h), to: max(m.To, h+1)}
	var words []string
	owner := -1
	for _, k := range v.kids[h] {
		if k > h {
			continue
		}
		switch v.rel(k) {
		case "det":
			p.some = v.lower(k) == "a" || v.lower(k) == "an"
		case "amod", "compound", "nmod", "advmod", "flat", "punct":
			if s := r.sideAt(sent, k); s >= 0 {
				p.side, p.from = s, min(p.from, v.first[k])
				if v.fullRel(k) == "nmod:poss" {
					owner = s
				}
				continue
			}
			if v.fullRel(k) == "nmod:poss" {
				p.from = min(p.from, v.first[k])
				if g := r.d.At(sent, k); g >= 0 && r.d.Mentions[g].Kind == Nominal {
					owner = g
				}
				continue
			}
			for t := v.first[k]; t < v.last[k]; t++ {
				if s := r.sideAt(sent, t); s >= 0 && v.name[t] >= 0 {
					p.side, p.from = s, min(p.from, t)
				} else if (v.Tokens[t].UPOS != "PUNCT" || v.Tokens[t].Form == "-") && p.noteRank(v.lower(t)) {
					words = append(words, v.Tokens[t].Form)
					p.from = min(p.from, t)
				}
			}
		}
	}
	p.some = p.some || rule == "copula-past"
	if k := r.d.At(sent, h); k >= 0 && r.d.Mentions[k].Kind == Nominal && timeWord(v.lower(r.d.Mentions[k].From)) && len(words) > 0 || len(words) == 0 && timeWord(v.lower(h-1)) {
		w := v.lower(h - 1)
		if k >= 0 {
			w = v.lower(r.d.Mentions[k].From)
		}
		if !slices.Contains(words, w) && p.noteRank(w) && pastRank[w] {
			words = append([]string{w}, words...)
		}
	}
	if owner >= 0 {
		p.origin, p.side = p.side, owner
	}
	if l := v.hyphenLeft(h); l >= 0 && !slices.Contains(words, v.Tokens[l].Form) {
		words = append(words, v.Tokens[l].Form, "-")
	}
	words = append(words, v.Tokens[h].Form)
	words = r.readComplements(sent, v, h, &p, words)
	p.finish(v, words)
	r.addPost(p)
}

// timeWord reports whether w sets a post in time before its noun phrase.
func timeWord(w string) bool {
	switch w {
	case "once", "formerly", "then", "now", "previously", "currently":
		return true
	}
	return false
}

// readComplements reads the "of X", "for X", "to X" behind the post noun h: who
// it is a post of, or what it is about.
func (r *resolver) readComplements(sent int, v *view, h int, p *post, words []string) []string {
	for _, k := range v.kids[h] {
		prep := v.preposition(k)
		if k < h || v.rel(k) != "nmod" || prep == "" {
			continue
		}
		side := r.sideAt(sent, k)
		if g := r.d.At(sent, k); side < 0 && g >= 0 && r.d.Mentions[g].Kind == Nominal && r.d.Mentions[g].Type != graph.Person && r.d.Mentions[g].Type != graph.Place {
			side = g
		}
		if side >= 0 && r.d.Mentions[side].Kind == Nominal && postOf(v.lemma(h)) == minister && prep == "of" {
			side = -1 // "minister of the presidency"
		}
		switch {
		case side >= 0 && p.side < 0 && (prep == "of" || prep == "for" || prep == "at" || prep == "from" || prep == "with" || prep == "in"):
			p.side, p.to = side, max(p.to, r.d.Mentions[side].To)
		case side >= 0 && prep == "to":
			words = append(words, v.words(v.first[k], cutClause(v, k, v.last[k]))...)
			p.to = max(p.to, k+1)
		case side < 0 && (prep == "of" || prep == "for"):
			end := cutTopic(v, k)
			words = append(words, v.words(v.first[k], end)...)
			p.to = max(p.to, end)
			p.topical = v.lower(k) != "state" && v.lower(k) != "government" && v.lower(k) != "staff"
			// "director of conciliation at the board": the board is the side
			for _, c := range v.kids[k] {
				if s := r.sideAt(sent, c); s >= 0 && p.side < 0 && c > k && v.rel(c) == "nmod" {
					p.side, p.to = s, max(p.to, r.d.Mentions[s].To)
				}
			}
		}
	}
	return words
}

// cutTopic returns the end of the topic headed by k: its coordinations stay, its
// clauses and further phrases do not.
func cutTopic(v *view, k int) int {
	end := v.last[k]
	for _, c := range v.kids[k] {
		if c <= k {
			continue
		}
		switch v.rel(c) {
		case "conj", "cc":
			continue
		case "nmod":
			if v.preposition(c) == "of" {
				continue
			}
		}
		return min(end, v.first[c])
	}
	return end
}

func (v *view) words(from, to int) []string {
	var ws []string
	for t := from; t < to; t++ {
		ws = append(ws, v.Tokens[t].Form)
	}
	return ws
}

// noteRank takes note of a rank or time word of a title and reports whether the
// word belongs to the title as it is quoted.
func (p *post) noteRank(w string) bool {
	if past, ok := pastRank[w]; ok && past {
		p.past = true
	}
	if lowerRank[w] {
		p.lower = true
	}
	return true
}

// finish sets what follows from the words of the title.
func (p *post) finish(v *view, words []string) {
	p.value = joinWords(words)
	p.noun = v.lemma(p.head)
	if postOf(p.noun) == notPost {
		p.noun = v.lower(p.head)
	}
	low := strings.ToLower(p.value)
	p.class = postOf(p.noun)
	if v.isPlural(p.head) {
		p.noun, p.value = strings.TrimSuffix(p.noun, "s"), singular(p.value)
		low = strings.ToLower(p.value)
	}
	switch {
	case strings.Contains(low, "prime minister") || strings.Contains(low, "prime-minister") || strings.HasPrefix(low, "first minister") || strings.Contains(low, " first minister"):
		p.class, p.noun = ruler, "prime-minister"
	case strings.Contains(low, "secretary-general") || strings.Contains(low, "secretary general") || strings.Contains(low, "director-general"):
		p.class, p.noun = head, "secretary-general"
	case p.noun == "general" && (strings.Contains(low, "secretary") || strings.Contains(low, "director") || strings.Contains(low, "governor")):
		p.class, p.noun = head, "secretary-general"
	case p.noun == "secretary" && strings.Contains(low, "general secretary"):
		p.class, p.noun = head, "secretary-general"
	case p.noun == "secretary" && strings.Contains(low, "press secretary"):
		p.class = voice
	case strings.HasPrefix(low, "vice") || strings.Contains(low, " vice"):
		p.lower = true
	case strings.HasPrefix(low, "ex-"):
		p.past = true
	case p.class == head && strings.Contains(low, "chief of staff"):
		p.class, p.topical = other, true
	}
	if p.class == head && !p.topical {
		p.topical = hasTopic(low, p.noun)
	}
}

// hasTopic reports whether a title names a matter before its noun, so that its
// holder is not head of the whole: "foreign policy chief", "trade commissioner".
func hasTopic(title, noun string) bool {
	for _, w := range strings.Fields(strings.ReplaceAll(title, "-", " ")) {
		if w == noun || strings.HasPrefix(noun, w) || strings.HasSuffix(noun, w) || wholeRank[w] || pastRank[w] {
			continue
		}
		return true
	}
	return false
}

// wholeRank holds words before "leader", "chief" and the like that leave them at
// the head of the whole.
var wholeRank = map[string]bool{
	"political": true, "supreme": true, "overall": true, "paramount": true, "current": true, "new": true, "acting": true,
	"interim": true, "exiled": true, "veteran": true, "long": true, "time": true, "longtime": true, "party": true, "rebel": true,
	"guerrilla": true, "separatist": true, "group": true, "faction": true, "national": true, "top": true, "chief": true,
	"executive": true, "general": true, "founding": true, "union": true, "delegation": true, "team": true, "country": true,
	"state": true, "de": true, "facto": true, "self": true, "styled": true, "proclaimed": true, "militia": true, "movement": true,
	"insurgent": true, "co": true, "joint": true, "managing": true, "secretary": true, "director": true, "elected": true,
	"commander": true, "in": true, "incoming": true, "outgoing": true, "embattled": true, "hardline": true, "populist": true,
	"revolutionary": true, "islamist": true, "mission": true, "ethnic": true, "of": true, "the": true, "mediation": true, "coalition": true,
}

// joinWords joins the words of a title: hyphens close up.
func joinWords(ws []string) string {
	s := strings.Join(ws, " ")
	s = strings.ReplaceAll(s, " - ", "-")
	s = strings.ReplaceAll(s, " 's", "'s")
	s = strings.ReplaceAll(s, " ’s", "’s")
	return strings.TrimSpace(strings.ReplaceAll(s, " ,", ","))
}

// singular returns a plural title in the singular: "Foreign Ministers".
func singular(title string) string {
	ws := strings.Fields(title)
	for i, w := range ws {
		if strings.HasSuffix(w, "s") && postOf(strings.ToLower(strings.TrimSuffix(w, "s"))) != notPost {
			ws[i] = strings.TrimSuffix(w, "s")
		}
	}
	return strings.Join(ws, " ")
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
