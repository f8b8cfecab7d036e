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
	town := v.datelineTown()
	if town > 0 {
		for i := range town {
			taken[i] = true
		}
		add(Mention{From: 0, To: town, Head: headOf(v, 0, town), Kind: Name, Type: graph.Place},
			detail{name: v.text(r.d.Article.Text, 0, town), nameTo: town})
	}
	for _, e := range v.Entities {
		if e.From < town || e.From == 0 && v.startsWithLabel() {
			continue
		}
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
		if w := v.lower(t); sidesWith[w] && v.name[t] < 0 && v.Tokens[t].UPOS != "ADJ" && !(forces[w] && isCapital(v.Tokens[t].Form)) {
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
		case t.UPOS == "ADP" && postOf(v.lower(h)) == honorific:
			return h // "Under-Secretary for Foreign Affairs Dr NAME"
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
	return v.isOppositeNumber(i) || postOf(v.lower(i)) != notPost || postOf(v.lemma(i)) != notPost || v.Tokens[i].UPOS == "NOUN" && isTrade(v.lemma(i))
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
