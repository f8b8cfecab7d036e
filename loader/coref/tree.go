package coref

import (
	"slices"
	"strings"

	"parley/loader/facts"
	"parley/loader/sentence"
)

// view is a sentence with what walks over its tree need at hand. Heads that are
// out of range or run in a circle are taken for roots, so every walk ends.
type view struct {
	*sentence.Sentence
	Entities []sentence.Entity // the sentence's names, harmonised over the article

	head   []int   // as Token.Head, made safe
	kids   [][]int // dependents of each token, in order
	first  []int   // first token of each token's subtree
	last   []int   // one past the last
	name   []int   // index into Entities of the name over each token, or -1
	quoted []bool  // by token: within quotation marks
}

func newView(s *sentence.Sentence) *view {
	n := len(s.Tokens)
	v := &view{Sentence: s, Entities: cleanEntities(s), head: make([]int, n), kids: make([][]int, n), first: make([]int, n), last: make([]int, n), name: make([]int, n)}
	for i := range s.Tokens {
		h := s.Tokens[i].Head
		if h < 0 || h >= n || h == i {
			h = sentence.Root
		}
		v.head[i], v.first[i], v.last[i], v.name[i] = h, i, i+1, -1
	}
	for i := range v.head {
		steps := 0
		for h := v.head[i]; h >= 0; h = v.head[h] {
			if steps++; steps > n {
				v.head[i] = sentence.Root // a circle: cut it here
				break
			}
		}
	}
	for i, h := range v.head {
		if h >= 0 {
			v.kids[h] = append(v.kids[h], i)
		}
		for a := h; a >= 0; a = v.head[a] {
			v.first[a], v.last[a] = min(v.first[a], i), max(v.last[a], i+1)
		}
	}
	v.markNames()
	return v
}

// cleanEntities returns the names of s that lie within it, in order, not
// overlapping.
func cleanEntities(s *sentence.Sentence) []sentence.Entity {
	es := make([]sentence.Entity, 0, len(s.Entities))
	forms := make([]string, len(s.Tokens))
	for i := range s.Tokens {
		forms[i] = s.Tokens[i].Form
	}
	end := 0
	for _, e := range s.Entities {
		if e.From < end || e.From >= e.To || e.To > len(s.Tokens) {
			continue
		}
		e = widen(e, forms, end)
		if e.Type == sentence.Nationality && !isDemonym(forms[e.From:e.To]) {
			continue // a demonym of nowhere is of no use here
		}
		es = append(es, e)
		end = e.To
	}
	return es
}

// widen returns e with the words around it that make it a longer known name:
// "Northern" before "Ireland", "ethnic" before "Albanian".
func widen(e sentence.Entity, forms []string, end int) sentence.Entity {
	if e.Type == sentence.Person || e.Type == sentence.Date {
		return e
	}
	for i := max(end, e.From-2); i <= e.From; i++ {
		n, es := facts.Default().MatchAll(forms, i)
		if i+n < e.To || i == e.From && i+n == e.To || n == 0 {
			continue
		}
		e.From, e.To = i, i+n
		if t, ok := factLabel(es[0].Kind); ok {
			e.Type = t
		}
		return e
	}
	return e
}

// markNames puts the names in order and fills v.name.
func (v *view) markNames() {
	slices.SortStableFunc(v.Entities, func(a, b sentence.Entity) int { return a.From - b.From })
	for i := range v.name {
		v.name[i] = -1
	}
	for k, e := range v.Entities {
		for i := e.From; i < e.To; i++ {
			v.name[i] = k
		}
	}
}

// rel returns the relation of token i without its subtype.
func (v *view) rel(i int) string {
	r, _, _ := strings.Cut(v.Tokens[i].Rel, ":")
	return r
}

func (v *view) fullRel(i int) string { return v.Tokens[i].Rel }

// lower returns the form of token i in lower case, or "" outside the sentence.
func (v *view) lower(i int) string {
	if i < 0 || i >= len(v.Tokens) {
		return ""
	}
	return strings.ToLower(v.Tokens[i].Form)
}

// lemma returns the lemma of token i in lower case, or its form if it has none.
func (v *view) lemma(i int) string {
	if l := v.Tokens[i].Lemma; l != "" && l != "_" {
		return strings.ToLower(l)
	}
	return v.lower(i)
}

// child returns the first dependent of i with one of the given relations
// (without subtype unless one is given), or -1.
func (v *view) child(i int, rels ...string) int {
	for _, k := range v.kids[i] {
		if slices.Contains(rels, v.Tokens[k].Rel) || slices.Contains(rels, v.rel(k)) {
			return k
		}
	}
	return -1
}

// preposition returns the case marker of i in lower case ("on behalf of" gives
// "on"), or "" if it has none.
func (v *view) preposition(i int) string {
	if c := v.child(i, "case"); c >= 0 && v.lower(c) != "'s" && v.lower(c) != "’s" && v.lower(c) != "'" && v.lower(c) != "’" {
		return v.lower(c)
	}
	return ""
}

// conjuncts returns i and the tokens coordinated with it, in order.
func (v *view) conjuncts(i int) []int {
	out := []int{i}
	for _, k := range v.kids[i] {
		if v.rel(k) == "conj" {
			out = append(out, v.conjuncts(k)...)
		}
	}
	slices.Sort(out)
	return out
}

// text returns the article's text from token from up to token to.
func (v *view) text(article string, from, to int) string {
	if from >= to {
		return ""
	}
	return article[v.Tokens[from].Start:v.Tokens[to-1].End]
}

// isPossessiveMark reports whether token i is a possessive ending.
func (v *view) isPossessiveMark(i int) bool {
	if i < 0 || i >= len(v.Tokens) {
		return false
	}
	switch v.lower(i) {
	case "'s", "’s", "'", "’":
		return v.Tokens[i].XPOS == "POS" || v.rel(i) == "case"
	}
	return false
}

// hyphenLeft returns the noun that a hyphen joins to token t from the left, or -1.
func (v *view) hyphenLeft(t int) int {
	if t < 2 || t >= len(v.Tokens) || v.Tokens[t-1].Form != "-" || v.Tokens[t-1].Spaced || v.Tokens[t-2].Spaced || !v.isNounLike(t-2) || !v.isNounLike(t) {
		return -1
	}
	return t - 2
}

func (v *view) isPlural(i int) bool {
	x := v.Tokens[i].XPOS
	return (x == "NNS" || x == "NNPS") && !strings.HasSuffix(v.lower(i), "affaires")
}

func (v *view) isNounLike(i int) bool {
	u := v.Tokens[i].UPOS
	return u == "NOUN" || u == "PROPN"
}

// markQuoted fills quoted. Quotations run on over sentences, and end with their
// paragraph at the latest.
func markQuoted(views []*view) {
	open := false
	for i, v := range views {
		if i > 0 && views[i-1].Block != v.Block {
			open = false
		}
		v.quoted = make([]bool, len(v.Tokens))
		for t := range v.Tokens {
			switch v.Tokens[t].Form {
			case "“", "``":
				open = true
			case "”", "''":
				open = false
			case "\"":
				open = !open
			}
			v.quoted[t] = open
		}
	}
}

func isCapital(s string) bool {
	return s != "" && strings.ToUpper(s[:1]) == s[:1] && strings.ToLower(s) != s
}
