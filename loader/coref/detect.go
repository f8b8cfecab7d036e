package coref

import (
	"cmp"
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/sentence"
)

// detail is what the stages know of a mention beside the Mention itself.
type detail struct {
	name     string // the name without title, as written; "" for other kinds
	nameFrom int
	nameTo   int
	titleTo  int    // end of the title before a person's name, or Mention.From
	noun     string // lemma of a nominal's head
	definite bool   // "the", "this", "both", a possessor
	quantity string // "two", "both", "all" before a nominal, in lower case
}

// detect fills r.d.Mentions with every mention of every sentence, in order.
func (r *resolver) detect() {
	type found struct {
		Mention
		detail
	}
	var all []found
	for i, v := range r.views {
		taken := make([]bool, len(v.Tokens))
		add := func(m Mention, t detail) {
			m.Sentence, m.Entity = i, Unresolved
			all = append(all, found{m, t})
		}
		r.detectNames(v, taken, add)
		for t := range v.Tokens {
			if taken[t] {
				continue
			}
			if m, ok := pronounMention(v, t); ok {
				add(m, detail{})
			} else if m, d, ok := r.nominalMention(v, t); ok {
				add(m, d)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.Sentence, b.Sentence), cmp.Compare(a.Head, b.Head), cmp.Compare(a.From, b.From))
	})
	for _, f := range all {
		r.d.Mentions = append(r.d.Mentions, f.Mention)
		r.details = append(r.details, f.detail)
	}
}

// detectNames adds a mention for each name of v and marks the tokens of names
// and of the titles before them in taken.
func (r *resolver) detectNames(v *view, taken []bool, add func(Mention, detail)) {
	for _, e := range v.Entities {
		if e.From < 0 || e.From >= e.To || e.To > len(v.Tokens) {
			continue
		}
		from, to := e.From, e.To
		t, isThing := entityLabel(e.Type)
		for isThing && to-from > 1 && (v.lower(from) == "the" || v.lower(from) == "a") {
			from++
		}
		for to-from > 1 && v.isPossessiveMark(to-1) {
			to--
		}
		if to-from > 1 && isOfState(v, from) {
			from, t = from+1, graph.Person // "Secretary of State Cyrus Vance"
		}
		for i := from; i < to; i++ {
			taken[i] = true
		}
		if !isThing {
			continue
		}
		name := v.text(r.d.Article.Text, from, to)
		kind := Name
		t = r.nameType(v, from, to, t)
		switch {
		case t == graph.Person:
			r.detectPerson(v, from, to, taken, add)
			continue
		case t == graph.State:
			if v.isDemonym(from, to) || e.Type == sentence.Nationality {
				kind = Demonym
			}
		}
		add(Mention{From: from, To: to, Head: headOf(v, from, to), Kind: kind, Type: t, Plural: kind == Demonym && v.namesPeople(from, to)},
			detail{name: name, nameFrom: from, nameTo: to, titleTo: from})
	}
}

// detectPerson adds the mention of the person named by from..to, with the title
// that stands before the name.
func (r *resolver) detectPerson(v *view, from, to int, taken []bool, add func(Mention, detail)) {
	start := from
	for to-from > 1 && postOf(v.lower(from)) != notPost && !isRegnal(v.lower(from), to-from) && !(to-from == 2 && v.lower(from) == "don") {
		from++
	}
	if from == start {
		start = r.titleStart(v, from, to)
	} else if s := r.titleStart(v, start, to); s < start {
		start = s
	}
	if start < from && postOf(v.lower(start)) == honorific {
		start = r.titleStart(v, start, to) // "Under-Secretary for Foreign Affairs Dr NAME"
	}
	if isRegnal(v.lower(from-1), to-from+1) && from-1 >= start {
		from--
	}
	for start < from && v.Tokens[start].UPOS == "PUNCT" {
		start++ // the dash of a dateline
	}
	for i := start; i < to; i++ {
		if i < from && v.Tokens[i].UPOS == "PRON" {
			continue // "his press secretary NAME"
		}
		if v.name[i] < 0 || i >= from {
			taken[i] = true
		}
	}
	for t := start; t < from; t++ {
		if w := v.lower(t); sidesWith[w] && v.name[t] < 0 && v.Tokens[t].UPOS != "ADJ" {
			m := Mention{From: t, To: t + 1, Head: t, Kind: Nominal, Type: graph.Organisation}
			if t > start && delegations[w] && (sidesWith[v.lower(t-1)] || v.name[t-1] >= 0) {
				m.From = t - 1 // "government panel"
			}
			add(m, detail{noun: w})
		}
	}
	name := v.text(r.d.Article.Text, from, to)
	add(Mention{From: start, To: to, Head: headOf(v, start, to), Kind: Name, Type: graph.Person},
		detail{name: name, nameFrom: from, nameTo: to, titleTo: from})
}

// isRegnal reports whether a title belongs to the name itself because only one
// name follows it: "King Fahd", "Pope Francis".
func isRegnal(title string, words int) bool {
	switch title {
	case "king", "queen", "pope", "emperor", "prince", "princess", "emir", "sultan", "sheikh", "sheikha", "sheik":
		return words == 2 || words == 3 && title == "pope"
	}
	return false
}

// titleStart returns the first token of the title that stands before the name
// from..to, or from if there is none.
func (r *resolver) titleStart(v *view, from, to int) int {
	h := titleHead(v, from)
	if h < 0 {
		return from
	}
	start := h
	for i := h - 1; i >= 0; i-- {
		t := &v.Tokens[i]
		inside := v.head[i] > i && v.head[i] < to
		switch {
		case t.Form == "-" && i > 0 && !t.Spaced && v.isNounLike(i-1):
			i--
			start = i
		case v.isPossessiveMark(i) && i > 0 && v.name[i-1] >= 0:
			return v.Entities[v.name[i-1]].From
		case v.isPossessiveMark(i) && i > 0 && v.head[i] >= 0 && v.head[i] < i && v.head[v.head[i]] > i && v.head[v.head[i]] < to:
			return v.first[v.head[i]]
		case v.name[i] >= 0 && (v.Entities[v.name[i]].Type == sentence.Date || v.Entities[v.name[i]].Type == sentence.Person):
			return start
		case v.rankBefore(i):
			start = i
		case t.UPOS == "DET" && inside, v.fullRel(i) == "nmod:poss" && inside:
			return i
		case !inside:
			return start
		case t.UPOS == "NOUN", t.UPOS == "PROPN", t.UPOS == "ADJ", t.UPOS == "ADV" && v.lower(i) == "then", t.Form == "-":
			start = i
		default:
			return start
		}
	}
	return start
}

// rankBefore reports whether token i is the first word of a rank of two words in
// capitals, whatever the tree makes of it: "Field Marshal".
func (v *view) rankBefore(i int) bool {
	if i+1 >= len(v.Tokens) || !isPostToken(v, i+1) || !isCapital(v.Tokens[i].Form) || !isCapital(v.Tokens[i+1].Form) {
		return false
	}
	switch v.lower(i) {
	case "under", "field", "vice", "deputy", "major", "lieutenant", "brigadier", "rear", "air", "prime", "crown", "foreign", "first", "lt", "lt.", "maj", "maj.", "brig", "brig.", "chief", "secretary":
		return true
	}
	return false
}

// titleHead returns the post noun of the title that ends right before token
// from: "President", or the "Secretary" of "Secretary of State". It is -1 if
// there is none.
func titleHead(v *view, from int) int {
	i := from - 1
	if i < 0 {
		return -1
	}
	if isPostToken(v, i) {
		return i
	}
	if !v.isNounLike(i) || !isCapital(v.Tokens[i].Form) {
		return -1
	}
	for of := i - 1; of > 0 && of > i-7; of-- {
		w := v.lower(of)
		if (w == "of" || w == "for") && isPostToken(v, of-1) && isCapital(v.Tokens[of-1].Form) {
			return of - 1
		}
		if w != "and" && w != "of" && w != "for" && w != "the" && !v.isNounLike(of) && v.Tokens[of].UPOS != "ADJ" {
			return -1
		}
	}
	return -1
}

func isPostToken(v *view, i int) bool {
	if !v.isNounLike(i) && v.Tokens[i].UPOS != "ADJ" && v.Tokens[i].UPOS != "X" {
		return false
	}
	return postOf(v.lower(i)) != notPost || postOf(v.lemma(i)) != notPost || v.Tokens[i].UPOS == "NOUN" && isTrade(v.lemma(i))
}

// isTrade reports whether a common noun names what someone is by trade or rank,
// though it is no post that means anything to others: "trader", "solicitor".
func isTrade(lemma string) bool {
	return nouns()[lemma] == graph.Person && !noTrade[lemma] &&
		(len(lemma) > 4 && (strings.HasSuffix(lemma, "er") || strings.HasSuffix(lemma, "or") || strings.HasSuffix(lemma, "ist") || strings.HasSuffix(lemma, "ian") || strings.HasSuffix(lemma, "man")) || trades[lemma])
}

var trades = map[string]bool{"clerk": true, "judge": true, "nurse": true, "steward": true, "magnate": true, "warden": true, "tycoon": true, "surgeon": true, "novelist": true, "poet": true, "priest": true, "shepherd": true, "chef": true, "coach": true, "pundit": true, "lady": true}

// noTrade holds nouns that end like a trade but say how someone stands to
// others, or what happened to him.
var noTrade = map[string]bool{
	"father": true, "mother": true, "brother": true, "sister": true, "daughter": true, "partner": true, "owner": true, "murderer": true, "killer": true,
	"prisoner": true, "mister": true, "woman": true, "human": true, "civilian": true, "follower": true, "stranger": true, "foreigner": true, "villager": true,
	"teenager": true, "survivor": true, "neighbor": true, "visitor": true, "villian": true, "other": true, "grandfather": true, "grandmother": true, "stepfather": true,
	"countryman": true, "gentleman": true, "german": true, "outsider": true, "newcomer": true, "bomber": true, "attacker": true, "hijacker": true, "kidnapper": true, "captor": true,
	"winner": true, "loser": true, "attendee": true, "viewer": true, "reader": true, "listener": true, "customer": true, "passenger": true, "youngster": true, "elder": true, "former": true,
}

// headOf returns the token of from..to that the others hang on.
func headOf(v *view, from, to int) int {
	for i := from; i < to; i++ {
		if h := v.head[i]; (h < from || h >= to) && v.Tokens[i].UPOS != "PUNCT" {
			return i
		}
	}
	return to - 1
}

// pronounMention returns the mention that token t is if it is a pronoun that can
// stand for a person, organisation, state or group.
func pronounMention(v *view, t int) (Mention, bool) {
	m := Mention{From: t, To: t + 1, Head: t, Kind: Pronoun, Type: graph.Person}
	tok := &v.Tokens[t]
	if v.rel(t) == "expl" || tok.UPOS != "PRON" && tok.UPOS != "DET" {
		return m, false
	}
	switch v.lower(t) {
	case "he", "she", "him", "himself", "herself", "i", "me", "myself":
	case "her":
		if tok.XPOS == "PRP$" || v.fullRel(t) == "nmod:poss" {
			m.Kind = Possessive
		}
	case "his", "hers", "my", "mine":
		m.Kind = Possessive
	case "they", "them", "themselves", "we", "us", "ourselves":
		m.Type, m.Plural = graph.Group, true
	case "their", "theirs", "our", "ours":
		m.Kind, m.Type, m.Plural = Possessive, graph.Group, true
	case "it", "itself":
		m.Type = graph.Organisation
	case "its":
		m.Kind, m.Type = Possessive, graph.Organisation
	case "who", "whom", "whose":
		m.Kind = Relative
	case "which", "that":
		if tok.UPOS != "PRON" || tok.XPOS != "WDT" && tok.XPOS != "WP" {
			return m, false
		}
		m.Kind, m.Type = Relative, graph.Organisation
	default:
		return m, false
	}
	return m, true
}

// nominalMention returns the mention whose head is the common noun t.
func (r *resolver) nominalMention(v *view, t int) (Mention, detail, bool) {
	var d detail
	if v.isFormer(t) {
		d.noun, d.definite = v.lower(t), true
		return Mention{From: t - 1, To: t + 1, Head: t, Kind: Nominal, Type: graph.Group}, d, true
	}
	if m, ok := v.standIn(t); ok {
		d.noun, d.definite = v.lower(t), m.Head == m.From
		return m, d, true
	}
	typ, ok := nominalType(v, t)
	if v.hyphenLeft(t+2) == t {
		return Mention{}, d, false // the first half of "director-general"
	}
	if t+1 < len(v.Tokens) && v.head[t] == t+1 && v.name[t+1] < 0 && isPostToken(v, t+1) && !sidesWith[v.lower(t)] {
		return Mention{}, d, false // "deputy" in "deputy foreign minister"
	}
	if rebels[v.lower(t)] && !v.isPlural(t) && t+1 < len(v.Tokens) && v.name[t+1] >= 0 && v.Entities[v.name[t+1]].Type == sentence.Organisation {
		return Mention{}, d, false // "the rebel National Resistance"
	}
	if !ok || v.rel(t) == "compound" && !sidesWith[v.lower(t)] || v.rel(t) == "flat" || v.rel(t) == "goeswith" || v.rel(t) == "fixed" {
		return Mention{}, d, false
	}
	m := v.nominalSpan(t, typ, &d)
	d.noun = v.lemma(t)
	if m.Plural && m.Type == graph.Person {
		m.Type = graph.Group
	}
	return m, d, true
}

// nominalSpan returns the mention of the noun phrase headed by t, from its first
// modifier to the "of" phrase behind it, and notes in d what its modifiers say.
func (v *view) nominalSpan(t int, typ graph.Type, d *detail) Mention {
	tok := &v.Tokens[t]
	m := Mention{Head: t, Kind: Nominal, Type: typ, Plural: v.isPlural(t) || tok.UPOS == "NUM" || tok.UPOS == "DET"}
	m.From, m.To = t, t+1
	for _, k := range v.kids[t] {
		if k > t || v.name[k] >= 0 && v.rel(k) == "appos" {
			continue
		}
		switch v.rel(k) {
		case "det", "amod", "compound", "nummod", "nmod", "advmod", "flat":
			if v.rel(k) == "nmod" && v.fullRel(k) == "nmod" || v.rel(k) == "advmod" && v.child(t, "nummod") < 0 {
				continue
			}
			m.From = min(m.From, v.first[k])
			d.observe(v, k)
		}
	}
	for _, k := range v.kids[t] {
		if k > t && v.rel(k) == "nmod" && v.preposition(k) == "of" && v.first[k] == m.To {
			m.To = v.last[k]
			m.To = cutClause(v, k, m.To)
			if m.Plural {
				m.To = max(m.To, cutTopic(v, k))
			}
			break
		}
	}
	if timeWord(v.lower(m.From-1)) && v.lower(m.From-2) == "," {
		m.From--
	}
	for m.From < t && v.lower(m.From) != "both" && !timeWord(v.lower(m.From)) && (v.Tokens[m.From].UPOS == "PUNCT" || v.Tokens[m.From].UPOS == "CCONJ" || v.Tokens[m.From].UPOS == "ADP") {
		m.From++
	}
	for m.To > t+1 && (v.Tokens[m.To-1].UPOS == "PUNCT" || v.Tokens[m.To-1].UPOS == "CCONJ" || v.Tokens[m.To-1].UPOS == "ADP") {
		m.To--
	}
	for l := v.hyphenLeft(m.From); l >= 0; l = v.hyphenLeft(m.From) {
		m.From = l
	}
	if n := v.name[m.From]; n >= 0 && v.Entities[n].From < m.From {
		m.From = v.Entities[n].From // the tree split "Bank of England" before "official"
		for m.From > 0 && v.name[m.From-1] < 0 && (v.Tokens[m.From-1].UPOS == "DET" || v.Tokens[m.From-1].UPOS == "ADJ") {
			m.From--
			d.observe(v, m.From)
		}
	}
	return m
}

// sidesWith holds nouns that say, before another noun, whose it is: "government
// delegation", "rebel negotiators".
var sidesWith = map[string]bool{"army": true, "police": true, "military": true, "navy": true, "government": true, "rebel": true, "guerrilla": true, "insurgent": true, "union": true, "company": true, "party": true, "movement": true, "panel": true, "delegation": true, "mission": true, "commission": true, "committee": true, "board": true, "council": true, "team": true}

// observe notes what the modifier k says of the nominal it belongs to.
func (d *detail) observe(v *view, k int) {
	switch w := v.lower(k); {
	case v.fullRel(k) == "nmod:poss":
		d.definite = true
	case w == "the" || w == "this" || w == "these" || w == "that" || w == "those":
		d.definite = true
	case w == "both" || w == "either" || w == "neither" || w == "each" || w == "all" || w == "two" || w == "three" || w == "four":
		d.quantity = w
	case v.rel(k) == "nummod":
		d.quantity = w
	}
}

// cutClause returns the end of the phrase headed by k before the first clause,
// apposition or coordination that hangs on it, at most end.
func cutClause(v *view, k, end int) int {
	for _, c := range v.kids[k] {
		if c < k {
			continue
		}
		switch v.rel(c) {
		case "acl", "appos", "conj", "parataxis", "punct", "advcl", "cc":
			return min(end, v.first[c])
		case "nmod":
			if v.preposition(c) == "of" {
				return min(end, cutClause(v, c, v.last[c]))
			}
			if p := v.preposition(c); p != "" {
				return min(end, v.first[c])
			}
		}
	}
	return end
}

// nominalType returns what kind of thing the common noun t stands for.
func nominalType(v *view, t int) (graph.Type, bool) {
	tok := &v.Tokens[t]
	if w := v.lower(t); tok.UPOS == "ADJ" && v.child(t, "det") >= 0 && nouns()[w] == graph.Person && postOf(w) != notPost {
		if r := v.rel(t); r == "nsubj" || r == "obj" || r == "obl" || r == "nmod" {
			return graph.Person, true // "the official", taken for an adjective
		}
	}
	switch tok.UPOS {
	case "NOUN", "PROPN":
		if l := v.lemma(t); l == "source" || l == "insider" {
			return graph.Person, v.speaks(t)
		} else if v.lower(t) == "figure" || v.lower(t) == "front" && v.lower(t-1) == "in" && v.lower(t+1) == "of" {
			return "", false
		} else if l == "local" && v.child(t, "det") >= 0 && v.lower(t+1) != "-" {
			return graph.Organisation, true // the branch of a union
		} else if l == "mediation" && v.child(t, "det", "nmod:poss") < 0 {
			return "", false // the work, not those who do it
		}
		if v.lower(t) == "settlement" || v.lower(t) == "place" && v.head[t] >= 0 && v.lemma(v.head[t]) == "take" {
			return "", false // a dispute's, more often than settlers'; "took place"
		}
		typ, ok := nouns()[v.lemma(t)]
		if !ok {
			typ, ok = nouns()[v.lower(t)]
		}
		if !ok && strings.Contains(tok.Form, "-") {
			low := v.lower(t)
			typ, ok = nouns()[low[strings.LastIndexByte(low, '-')+1:]]
		}
		if !ok && postOf(v.lemma(t)) > notPost && postOf(v.lemma(t)) != honorific {
			typ, ok = graph.Person, true
		}
		if !ok {
			return "", false
		}
		if typ == graph.Person && isBareRole(v, t) || isOfState(v, t) {
			return "", false
		}
		if typ == graph.Place && v.isPlural(t) {
			switch v.lemma(t) {
			case "country", "nation", "state", "power":
				return graph.Group, true
			}
		}
		return typ, true
	case "NUM", "DET", "PRON":
		switch v.lower(t) {
		case "two", "three", "four", "five", "six", "both", "neither":
			if r := v.rel(t); r == "nsubj" || r == "obj" || r == "obl" || r == "nmod" {
				return graph.Group, v.child(t, "nmod") < 0
			}
		}
	}
	return "", false
}

// speaks reports whether the noun t, "source", stands for someone: it is the
// subject of speech, what something is "according to", or has a nationality or
// office before it and no "of" behind it.
func (v *view) speaks(t int) bool {
	for _, k := range v.kids[t] {
		if k > t && v.rel(k) == "nmod" && v.preposition(k) == "of" {
			return false
		}
	}
	if v.preposition(t) == "according" {
		return true
	}
	if g := v.head[t]; g >= 0 && v.rel(t) == "nsubj" {
		switch v.lemma(g) {
		case "say", "tell", "reveal", "add", "confirm", "deny", "report", "claim", "disclose", "note", "stress", "explain", "indicate", "insist", "suggest", "warn":
			return true
		}
	}
	return t > 0 && v.name[t-1] >= 0
}

// isBareRole reports whether the singular noun t is a role and not a mention of
// who plays it: "acted as host", "is due to become president".
func isBareRole(v *view, t int) bool {
	p := v.preposition(t)
	if d := v.child(t, "det", "nmod:poss"); d >= 0 {
		return p == "as" && (v.lower(d) == "a" || v.lower(d) == "an")
	}
	if p == "as" {
		return true
	}
	if v.isPlural(t) {
		return false
	}
	if v.rel(t) == "xcomp" {
		return true
	}
	if g := v.head[t]; g >= 0 {
		switch v.lemma(g) {
		case "become", "remain", "elect", "appoint", "name":
			return v.rel(t) == "obj" || v.rel(t) == "obl"
		}
	}
	return false
}

// isOfState reports whether t is the last word of "head of state", "secretary of state".
func isOfState(v *view, t int) bool {
	return v.lower(t) == "state" && v.lower(t-1) == "of" && t > 1 && postOf(v.lower(t-2)) != notPost
}
