package events

import (
	"cmp"
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/grammar"
	"parley/loader/sentence"
)

// Event is one event as the whole article shows it.
type Event struct {
	Type     graph.Type
	Name     string   // its proper name, or ""
	Head     string   // lemma of the word that names its kind best: "treaty"
	Text     string   // the fullest description: "power-sharing agreement"
	Aliases  []string // other names and telling descriptions
	Keys     []string // words that set it apart: "second"
	Mentions []int    // indices into Doc.Mentions
	PartOf   int      // index of the event it is a part of, or -1
	LedTo    int      // of talks that no word names: the agreement that they led to, else -1
	Ceremony bool
	Aside    int // year, if the article only looks back to it, else 0
	Places   []graph.ID
	years    []string
	parties  []graph.ID
	topics   []string
	byVerb   bool // Text comes from a verb
}

// support lets "round" in "a round of talks" and "talks" stand for one event.
func (d *Doc) support() {
	for i := range d.Mentions {
		m := &d.Mentions[i]
		t := d.Trees[m.Sentence]
		h := t.Head(m.Tok)
		if m.Verb || h == sentence.Root || t.Base(m.Tok) != "nmod" || t.Case(m.Tok) != "of" {
			continue
		}
		outer := d.At(m.Sentence, h)
		switch {
		case outer >= 0 && d.Mentions[outer].Type == m.Type && d.Mentions[outer].kind != part:
			d.Mentions[outer].inner = m.Tok
			m.kind, m.Event = support, outer
		case outer < 0 && isSupport(t.Lemma(h)):
			d.at[[2]int{m.Sentence, h}] = i
			d.describeOuter(m, h)
		}
	}
}

// support marks the inner noun of a pair, which belongs to the outer's event.
const support kind = "support"

// describeOuter adds what hangs on the support noun h over m.
func (d *Doc) describeOuter(m *Mention, h int) {
	t := d.Trees[m.Sentence]
	d.circumstances(m, t, h)
	if g := t.Head(h); g != sentence.Root && t.IsVerb(g) && (t.Base(h) == "obj" || t.Base(h) == "nsubj") {
		d.circumstances(m, t, g)
	}
}

func isSupport(lemma string) bool {
	switch lemma {
	case "series", "round", "set", "week", "day", "hour", "month", "year", "period", "stretch", "package", "string", "bout",
		"course", "session", "resumption", "start", "end", "beginning", "opening", "collapse", "signing", "conclusion",
		"kind", "form", "sort", "number", "couple", "version", "text", "outcome", "stage", "most", "rest", "flurry", "marathon":
		return true
	}
	return false
}

// cluster gives every mention its event.
func (d *Doc) cluster() {
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.kind == support {
			continue
		}
		e := d.appositive(m)
		if e < 0 {
			e = d.find(m)
		}
		if e < 0 {
			e = len(d.Events)
			d.Events = append(d.Events, Event{Type: m.Type, Head: m.Head, PartOf: -1, LedTo: -1, Ceremony: m.Ceremony})
			if m.Type == graph.Talks {
				d.Events[e].Aside = d.asideYear(m)
			}
			if m.kind == part || slices.ContainsFunc(m.keys, IsOrdinal) && m.Type == graph.Talks {
				d.Events[e].PartOf = d.whole(m)
			}
		}
		d.join(e, i)
	}
	for i := range d.Mentions {
		if m := &d.Mentions[i]; m.kind == support {
			m.Event = d.Mentions[m.Event].Event
			d.Events[m.Event].Mentions = append(d.Events[m.Event].Mentions, i)
		}
	}
	d.wholes()
}

// appositive returns the event that m stands in apposition to, or -1.
func (d *Doc) appositive(m *Mention) int {
	t := d.Trees[m.Sentence]
	h := t.Head(m.Tok)
	if h == sentence.Root || t.Base(m.Tok) != "appos" {
		return -1
	}
	if k := d.At(m.Sentence, h); k >= 0 && d.Mentions[k].Type == m.Type {
		return d.Mentions[k].Event
	}
	return -1
}

// whole returns the latest event of which m may be a part, or -1.
func (d *Doc) whole(m *Mention) int {
	for e := len(d.Events) - 1; e >= 0; e-- {
		if d.Events[e].Type == m.Type && d.Events[e].PartOf < 0 && !d.Events[e].Ceremony {
			return e
		}
	}
	return -1
}

// find returns the event that m speaks of, the latest first, or -1 for a new one.
func (d *Doc) find(m *Mention) int {
	if m.Name != "" {
		for e := range d.Events {
			if d.Events[e].Type == m.Type && sameName(d.Events[e].Name, m.Name) {
				return e
			}
		}
	}
	planned := -1
	for _, e := range d.order(m) {
		switch {
		case !d.compatible(m, e):
		case m.Stance.IsFact() && m.Type == graph.Talks && !d.hasFact(e):
			if planned < 0 {
				planned = e // talks yet to come do not take what is told of those that were
			}
		default:
			return e
		}
	}
	return planned
}

// order lists the events in which to look for what m speaks of: the latest first,
// but "the round" is one that was called so before any other.
func (d *Doc) order(m *Mention) []int {
	order := d.recent()
	if m.definite && !m.Verb && m.Name == "" {
		slices.SortStableFunc(order, func(a, b int) int {
			return cmp.Compare(d.isCalled(b, m.Head), d.isCalled(a, m.Head))
		})
	}
	return order
}

// isCalled returns 1 if a mention of event e has the given head, else 0.
func (d *Doc) isCalled(e int, head string) int {
	if slices.ContainsFunc(d.Events[e].Mentions, func(k int) bool { return d.Mentions[k].Head == head }) {
		return 1
	}
	return 0
}

// recent lists the events by their last mention, the latest first.
func (d *Doc) recent() []int {
	order := make([]int, len(d.Events))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return d.last(b) - d.last(a)
	})
	return order
}

func (d *Doc) last(e int) int {
	if ms := d.Events[e].Mentions; len(ms) > 0 {
		return ms[len(ms)-1]
	}
	return -1
}

func sameName(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return a != "" && b != "" && (a == b || strings.HasPrefix(a, b+" ") || strings.HasPrefix(b, a+" "))
}

// compatible reports whether m may speak of event e.
func (d *Doc) compatible(m *Mention, e int) bool {
	ev := &d.Events[e]
	last := &d.Mentions[d.last(e)]
	switch {
	case ev.Type != m.Type && !(m.kind == weak && m.definite && ev.Type != graph.Talks && m.Type != graph.Talks):
		return false
	case ev.Ceremony != m.Ceremony, d.isWithin(m, ev):
		return false
	case m.Type == graph.Talks && !d.fresh(ev) && d.isRelative(m) && len(m.places) > 0 && len(m.whens) > 0 && !d.sharesPlace(m, ev):
		return false // "Norway, which hosted talks with others in Oslo last autumn"
	case (m.Head == "attempt") != (ev.Head == "attempt") && slices.ContainsFunc(slices.Concat(m.keys, ev.Keys), IsOrdinal):
		return false // "the last attempt, in Vienna" is none of these talks
	case m.Type == graph.Proposal && !m.Verb && d.plural(m) != d.plural(&d.Mentions[ev.Mentions[0]]):
		return false // "the US plan" is none of "numerous proposals"
	case m.Name != "" && ev.Name != "" && !sameName(m.Name, ev.Name):
		return false
	case m.kind == part || ev.PartOf >= 0 && d.Mentions[ev.Mentions[0]].kind == part:
		return m.Head == ev.Head && slices.Equal(m.keys, ev.Keys)
	case len(m.Stance.Why) > 0 && !m.Stance.IsFact() && !m.definite && last.Stance.IsFact():
		return false // "will hold a further meeting"
	case m.Verb && m.Type == graph.Agreement && !m.Stance.IsFact() && d.hasFact(e):
		return false // "if it agreed to free them" is not the agreement that was signed
	case !sameKeys(m.keys, ev.Keys, m.definite):
		return false
	case m.kind == instrument && d.isInstrument(ev) && sortOf(m.Head) != sortOf(ev.Head):
		return false
	case m.kind == instrument && !m.definite && m.Name == "" && ev.Name != "" && !d.fresh(ev):
		return false
	}
	if !m.definite && m.kind != process && m.Name == "" && !d.fresh(ev) && !m.Verb {
		return false // "an agreement", when one has been spoken of at length
	}
	if !m.definite && m.topic != "" && !d.fresh(ev) && !m.Verb && !slices.Contains(ev.topics, m.topic) {
		return false // "talks on salaries", when others have been spoken of
	}
	return d.agree(m, ev)
}

// isWithin reports whether m stands in a clause or phrase that describes a mention
// of ev, so that it speaks of another event: "negotiations meant to rescue the
// round of talks".
func (d *Doc) isWithin(m *Mention, ev *Event) bool {
	t := d.Trees[m.Sentence]
	for _, k := range ev.Mentions {
		o := &d.Mentions[k]
		if o.Sentence != m.Sentence || o.Verb || m.Verb || o.kind == support {
			continue
		}
		if d.acts(t, o.Tok, m.Tok) {
			return true
		}
		clause := false
		for i, steps := m.Tok, 0; i != sentence.Root && steps < t.Len(); i, steps = t.Head(i), steps+1 {
			if i == o.Tok {
				return clause
			}
			clause = clause || t.Base(i) == "acl" && t.Rel(i) != "acl:relcl"
		}
	}
	return false
}

// acts reports whether the phrase around token o does something to token m:
// "negotiations are meant to rescue the round".
func (d *Doc) acts(t *grammar.Tree, o, m int) bool {
	v := t.Head(m)
	if t.Base(m) != "obj" || v == sentence.Root {
		return false
	}
	switch t.Lemma(v) {
	case "include", "involve", "comprise", "constitute", "represent", "become", "form", "mark", "see":
		return false
	}
	for t.Base(v) == "xcomp" && t.Head(v) != sentence.Root {
		v = t.Head(v)
	}
	for i := o; i != sentence.Root; i = t.Head(i) {
		if t.Base(i) == "nsubj" {
			return t.Head(i) == v
		}
		if t.Base(i) != "nmod" || t.Case(i) != "of" {
			break
		}
	}
	return false
}

func (d *Doc) plural(m *Mention) bool {
	return strings.HasSuffix(d.Coref.Sentences[m.Sentence].Tokens[m.Tok].XPOS, "S")
}

// wholes makes each phase or annex a part of the event that its own words name:
// "the second phase of the ceasefire agreement".
func (d *Doc) wholes() {
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.kind != part {
			continue
		}
		t := d.Trees[m.Sentence]
		for _, k := range t.Kids(m.Tok) {
			if j := d.At(m.Sentence, k); j >= 0 && t.Case(k) == "of" && d.Mentions[j].Event != m.Event {
				d.Events[m.Event].PartOf = d.Mentions[j].Event
			}
		}
	}
}

// agree reports whether places, years and parties of m and ev can be one's.
func (d *Doc) agree(m *Mention, ev *Event) bool {
	if len(m.places) > 0 && len(ev.Places) > 0 {
		if !d.sharesPlace(m, ev) && !m.definite {
			return false
		}
	}
	years := d.yearsOf(m)
	switch {
	case m.Type != graph.Talks || m.Name != "":
	case len(years) == 0:
		if d.isBeside(m, ev) {
			return false
		}
	case ev.Aside == 0 && len(ev.years) == 0 && d.asideYear(m) != 0:
		return false
	}
	if len(years) > 0 && len(ev.years) > 0 && !slices.ContainsFunc(years, func(y string) bool { return slices.Contains(ev.years, y) }) {
		return false
	}
	if mine, its := named(m.parties), named(ev.parties); len(mine) > 1 && len(its) > 1 {
		return slices.ContainsFunc(mine, func(p graph.ID) bool { return slices.Contains(its, p) })
	}
	return true
}

// sharesPlace reports whether m and ev were in one place.
func (d *Doc) sharesPlace(m *Mention, ev *Event) bool {
	return slices.ContainsFunc(m.places, func(p place) bool { return slices.Contains(ev.Places, p.id) })
}

// named returns those of parties that are no Groups: "the rebels" may be anybody.
func named(parties []graph.ID) []graph.ID {
	return slices.DeleteFunc(slices.Clone(parties), func(p graph.ID) bool { return p.Type() == graph.Group })
}

// fresh reports whether ev has been spoken of by the headline and one sentence
// at most: the lead then says it again with "a".
func (d *Doc) fresh(ev *Event) bool {
	sentences := map[int]bool{}
	for _, k := range ev.Mentions {
		if s := d.Mentions[k].Sentence; !d.Coref.Sentences[s].Headline {
			sentences[s] = true
		}
	}
	return len(sentences) == 0
}

// sortOf returns one word for those that an article may call one paper by.
func sortOf(head string) string {
	switch head {
	case "cease-fire", "truce", "armistice":
		return "ceasefire"
	case "communiqué":
		return "communique"
	}
	return head
}

func (d *Doc) isInstrument(ev *Event) bool {
	for _, k := range ev.Mentions {
		if d.Mentions[k].kind == instrument {
			return true
		}
	}
	return false
}

func (d *Doc) yearsOf(m *Mention) []string {
	var out []string
	for _, w := range m.whens {
		if s := d.Dates[w].When.Start; len(s) >= 4 {
			out = append(out, s[:4])
		}
	}
	return out
}

// isBackward reports whether a telling word speaks of what was before the
// article's own events.
func isBackward(key string) bool {
	return key == "earlier" || key == "previous" || key == "past"
}

// IsOrdinal reports whether a telling word sets one round apart from others.
func IsOrdinal(s string) bool {
	switch s {
	case "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "last", "final", "next", "previous", "earlier", "latest":
		return true
	}
	return false
}

// sameKeys reports whether the telling words of a mention fit those of an event.
func sameKeys(m, ev []string, definite bool) bool {
	for _, k := range m {
		switch k {
		case "two", "three", "both", "final", "last", "revised", "new", "initial", "original":
			continue
		}
		if !slices.Contains(ev, k) {
			return false
		}
	}
	for _, k := range ev {
		if IsOrdinal(k) && !slices.Contains(m, k) && !definite {
			return false
		}
	}
	return true
}

// join adds mention i to event e.
func (d *Doc) join(e, i int) {
	ev, m := &d.Events[e], &d.Mentions[i]
	m.Event = e
	if m.Type != ev.Type {
		m.Type = ev.Type
	}
	ev.Mentions = append(ev.Mentions, i)
	if m.Name != "" && len(m.Name) > len(ev.Name) {
		if ev.Name != "" {
			ev.alias(ev.Name)
		}
		ev.Name = m.Name
	} else if m.Name != "" {
		ev.alias(m.Name)
	}
	for _, a := range m.Aliases {
		ev.alias(a)
	}
	if !m.Verb {
		if text := d.text(m.Sentence, m.From, m.To); m.To-m.From > 1 && m.Name == "" {
			if (ev.Text == "" || ev.byVerb) && !d.Coref.Sentences[m.Sentence].Headline {
				ev.Text, ev.byVerb = text, false
			} else {
				ev.alias(text)
			}
		}
	} else if ev.Text == "" && m.Type == graph.Agreement && len(ev.Mentions) == 1 {
		ev.byVerb = true
		ev.Text = "agreement " + clip(d.text(m.Sentence, m.From, m.To), 60)
	}
	for _, k := range m.keys {
		if !slices.Contains(ev.Keys, k) {
			ev.Keys = append(ev.Keys, k)
		}
	}
	for _, p := range m.places {
		if !slices.Contains(ev.Places, p.id) {
			ev.Places = append(ev.Places, p.id)
		}
	}
	if m.topic != "" {
		ev.topics = append(ev.topics, m.topic)
	}
	ev.years = append(ev.years, d.yearsOf(m)...)
	for _, p := range m.parties {
		if !slices.Contains(ev.parties, p) {
			ev.parties = append(ev.parties, p)
		}
	}
}

func (ev *Event) alias(s string) {
	if s != "" && s != ev.Name && s != ev.Text && !slices.Contains(ev.Aliases, s) {
		ev.Aliases = append(ev.Aliases, s)
	}
}

// clip shortens s to at most n bytes at a space.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	words := strings.Fields(s[:n+1])
	if len(words) < 2 {
		return s[:n]
	}
	words = words[:len(words)-1]
	for len(words) > 1 && slices.Contains(small, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.TrimRight(strings.Join(words, " "), ",;:-–")
}

// small are words that no label ends in.
var small = strings.Fields("a an the of in on at to for from by with and or that which who whose as into over under between its their his her is are was were be not")
