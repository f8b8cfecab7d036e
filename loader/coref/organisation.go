package coref

import (
	"slices"
	"strings"
	"unicode"

	"parley/graph"
	"parley/loader/facts"
)

// resolveNames gives every name its entity.
func (r *resolver) resolveNames() {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		switch {
		case m.Type == graph.State && (m.Kind == Name || m.Kind == Demonym):
			r.resolveState(i)
		case m.Kind == Name && m.Type == graph.Place:
			r.resolvePlace(i)
		}
	}
	r.resolveOrganisations()
	r.resolvePersons()
}

// resolveOrganisations gives every organisation's name its entity: known ones by
// what is known of the world, acronyms by the brackets that explain them, short
// forms by the one longer name they are part of.
func (r *resolver) resolveOrganisations() {
	var names []int
	for i := range r.d.Mentions {
		if m := &r.d.Mentions[i]; m.Kind == Name && m.Type == graph.Organisation && m.Entity == Unresolved {
			names = append(names, i)
		}
	}
	byKey := map[string]int{}
	for _, i := range names {
		key := orgKey(r.details[i].name)
		if key == "" {
			continue
		}
		if e, ok := byKey[key]; ok {
			r.assignName(i, e, true, "")
			continue
		}
		d := &r.details[i]
		if w, _, ok := r.worldThing(r.views[r.d.Mentions[i].Sentence], d.nameFrom, d.nameTo, graph.Organisation); ok && r.plausible(w, r.details[i].name) {
			byKey[key] = r.worldEntity(w)
		} else {
			byKey[key] = r.newEntity(graph.Organisation, r.details[i].name)
		}
		r.assignName(i, byKey[key], true, "")
	}
	r.joinBracketed()
	r.joinShortForms(names)
}

// plausible reports whether a general name can be that of the one body known by
// it: "Congress" is that of the United States only where these are named.
func (r *resolver) plausible(w graph.Thing, name string) bool {
	if r.endsLonger(name) {
		return false // "the Congress" of "World Heritage Congress"
	}
	short := len(orgWords(name)) <= 2
	if w.Type != graph.Organisation || !isGenericName(name) || !short && orgKey(name) != orgKey(w.Label) {
		return true
	}
	for _, e := range facts.Default().Lookup(name) {
		if of := facts.Default().Named(e.Of); of != nil {
			return of.Kind != facts.State || r.isNamed(thingOf(of))
		}
	}
	return !short
}

// endsLonger reports whether a general name of one word ends a longer name of the
// article that the world does not know it by.
func (r *resolver) endsLonger(name string) bool {
	ws := orgWords(name)
	if len(ws) != 1 || !isGenericName(name) {
		return false
	}
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != Name || m.Type != graph.Organisation {
			continue
		}
		if long := orgWords(r.details[i].name); len(long) > 1 && long[len(long)-1] == ws[0] && len(r.views[m.Sentence].factsOf(m.From, m.To)) == 0 {
			return true
		}
	}
	return false
}

// joinBracketed joins an organisation with the short or long name in brackets
// behind it.
func (r *resolver) joinBracketed() {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != Name || m.Entity == Unresolved || m.Type == graph.Person {
			continue
		}
		from, to, ok := r.views[m.Sentence].bracketAfter(m.To)
		if !ok {
			continue
		}
		k := r.mentionIn(i, m.Sentence, from, to)
		if k < 0 {
			continue
		}
		q := &r.d.Mentions[k]
		if q.Entity == Unresolved || q.Entity == m.Entity || q.Type != m.Type || m.Type == graph.Place {
			continue
		}
		long, short := r.details[i].name, r.details[k].name
		if len(long) < len(short) {
			long, short = short, long
		}
		if len(strings.Fields(short)) == 1 && looksAcronym(short) && r.sameWorld(m.Entity, q.Entity) {
			r.mergeEntities(m.Entity, q.Entity)
		}
	}
}

// sameWorld reports whether what is known of the world lets two entities be one.
func (r *resolver) sameWorld(a, b int) bool {
	return r.known[a].id == "" || r.known[b].id == "" || r.known[a].id == r.known[b].id
}

// mentionIn returns the name mention after i that covers exactly the tokens
// from..to but for an article, or -1.
func (r *resolver) mentionIn(i, sent, from, to int) int {
	for k := i + 1; k < len(r.d.Mentions) && r.d.Mentions[k].Sentence == sent; k++ {
		if q := &r.d.Mentions[k]; q.Kind == Name && q.To == to && q.From >= from && q.From-from <= 1 {
			return k
		}
	}
	return -1
}

// joinShortForms gives a name that is part of exactly one longer organisation's
// name to it: "the Community" after "Community of Sant'Egidio".
func (r *resolver) joinShortForms(names []int) {
	for _, i := range names {
		e := r.d.Mentions[i].Entity
		if e == Unresolved || r.known[e].id != "" || r.known[e].gone {
			continue
		}
		key := orgWords(r.details[i].name)
		found := Unresolved
		for _, k := range names {
			f := r.d.Mentions[k].Entity
			if f == Unresolved || f == e || r.known[f].gone {
				continue
			}
			if isShortFormOf(key, orgWords(r.details[k].name)) && !r.sharedName(names, key, f) {
				if found != Unresolved && found != f {
					found = Unresolved
					break
				}
				found = f
			}
		}
		if found != Unresolved && r.earlier(found, e) {
			r.mergeEntities(found, e)
		}
	}
}

// sharedName reports whether key is a short form of another organisation than f too.
func (r *resolver) sharedName(names []int, key []string, f int) bool {
	for _, k := range names {
		if g := r.d.Mentions[k].Entity; g != f && g != Unresolved && !r.known[g].gone && isShortFormOf(key, orgWords(r.details[k].name)) {
			return true
		}
	}
	return false
}

func (r *resolver) earlier(a, b int) bool {
	x, y := r.d.Entities[a].Mentions, r.d.Entities[b].Mentions
	return len(x) > 0 && len(y) > 0 && x[0] < y[0]
}

// isShortFormOf reports whether short can stand for long: its first word or its
// last, or all but the words before "of", "for".
func isShortFormOf(short, long []string) bool {
	if len(short) == 0 || len(short) >= len(long) {
		return false
	}
	if len(short) == 1 && isNickname(short[0], long) {
		return true
	}
	head := long
	for i, w := range long {
		if i > 0 && (w == "of" || w == "for" || w == "on" || w == "in") {
			head = long[:i]
			break
		}
	}
	if len(short) == 1 && long[0] == short[0] && !placeNamed(long) && nouns()[short[0]] == "" && !isGenericName(short[0]) && !isWorldName(strings.ToUpper(short[0][:1])+short[0][1:]) {
		return true // "Halvern" of "Halvern Resources"
	}
	return slices.Equal(short, head) || len(head) > len(short) && slices.Equal(short, head[len(head)-len(short):]) ||
		len(short) > 1 && slices.Equal(short, long[:len(short)]) || len(short) > 1 && slices.Equal(short, long[len(long)-len(short):])
}

// placeNamed reports whether the words of an organisation's name are of a kind that
// is named after its place, whose first word alone is the place.
func placeNamed(words []string) bool {
	for _, w := range words[1:] {
		switch w {
		case "committee", "council", "commission", "authority", "university", "board", "province", "district", "court", "police", "assembly", "parliament", "chamber", "hospital", "tribunal":
			return true
		}
	}
	return false
}

func orgWords(name string) []string {
	ws := strings.Fields(strings.ToLower(name))
	if len(ws) > 1 && (ws[0] == "the" || ws[0] == "a" || ws[0] == "an") {
		ws = ws[1:]
	}
	return ws
}

// orgKey returns name in the form in which two spellings of one organisation
// are equal.
func orgKey(name string) string {
	slug := graph.Slug(strings.Join(orgWords(strings.ReplaceAll(name, "&", " and ")), " "))
	for _, p := range spellings {
		slug = strings.ReplaceAll(slug, p[0], p[1])
	}
	return slug
}

// spellings pairs American with British forms, so that one organisation spelt
// both ways has one id.
var spellings = [][2]string{
	{"ization", "isation"}, {"labor", "labour"}, {"harbor", "harbour"}, {"neighbor", "neighbour"}, {"honor", "honour"}, {"theater", "theatre"}, {"defense", "defence"}, {"center", "centre"},
	{"cooperation", "co-operation"}, {"program-", "programme-"}, {"intergovernmental", "inter-governmental"},
}

// isAcronym reports whether name is written in capitals only.
func isAcronym(name string) bool {
	n := 0
	for _, c := range name {
		if unicode.IsLower(c) || c == ' ' {
			return false
		}
		if unicode.IsUpper(c) {
			n++
		}
	}
	return n >= 2
}
