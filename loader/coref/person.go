package coref

import (
	"slices"
	"strings"

	"parley/graph"
)

// person is a human whom the article names: the words of the fullest name.
type person struct {
	entity int
	words  []string // of the fullest name, in lower case, without initials' dots
	gender gender
	lone   bool // known by one name only
}

// resolvePersons gives every person mention its entity. Full names come first,
// wherever they stand; then each shorter name goes to the one person that bears
// it, or to none if two do.
func (r *resolver) resolvePersons() {
	var full, short []int
	for i := range r.d.Mentions {
		if m := &r.d.Mentions[i]; m.Kind == Name && m.Type == graph.Person {
			if isFullName(nameWords(r.details[i].name)) {
				full = append(full, i)
			} else {
				short = append(short, i)
			}
		}
	}
	slices.SortStableFunc(full, func(a, b int) int {
		return len(nameWords(r.details[b].name)) - len(nameWords(r.details[a].name))
	})
	for _, i := range full {
		words := nameWords(r.details[i].name)
		p := r.uniquePerson(func(p *person) bool { return sameFullName(p.words, words) })
		if p == nil {
			p = r.addPerson(i, words)
		}
		r.assignName(i, p.entity, len(words) == len(p.words), "surname")
	}
	r.linkKnownAs()
	for _, i := range short {
		words := nameWords(r.details[i].name)
		if len(words) == 0 || r.d.Mentions[i].Entity != Unresolved {
			continue
		}
		p, clash := r.bearerOf(i, words)
		if p == nil && !clash {
			p = r.addPerson(i, words)
			p.lone = true
		}
		if p != nil {
			r.assignName(i, p.entity, p.lone, "surname")
		}
	}
	for i := range r.persons {
		r.persons[i].gender = r.genderOf(&r.persons[i])
	}
}

func (r *resolver) addPerson(mention int, words []string) *person {
	e := r.newEntity(graph.Person, r.details[mention].name)
	r.persons = append(r.persons, person{entity: e, words: words})
	return &r.persons[len(r.persons)-1]
}

// uniquePerson returns the only person for whom ok holds, or nil.
func (r *resolver) uniquePerson(ok func(*person) bool) *person {
	var found *person
	for i := range r.persons {
		if p := &r.persons[i]; ok(p) {
			if found != nil {
				return nil
			}
			found = p
		}
	}
	return found
}

// bearerOf returns the person whom the short name of mention i stands for. If
// several bear it and nothing tells them apart, clash is true.
func (r *resolver) bearerOf(i int, words []string) (p *person, clash bool) {
	var last, any []*person
	for k := range r.persons {
		q := &r.persons[k]
		if hasSuffix(q.words, words) {
			last = append(last, q)
		} else if !q.lone && indexOf(q.words, words) >= 0 {
			any = append(any, q)
		}
	}
	if len(last) == 0 {
		last = any
	}
	if len(last) <= 1 {
		if len(last) == 1 {
			return last[0], false
		}
		return nil, false
	}
	g := r.titleGender(i)
	var fit []*person
	for _, q := range last {
		if r.sharesTitle(i, q) || g != unknownGender && r.genderOf(q) == g {
			fit = append(fit, q)
		}
	}
	if len(fit) == 1 {
		return fit[0], false
	}
	if q := r.onlyBefore(i, last); q != nil {
		return q, false
	}
	return nil, true
}

// onlyBefore returns the one person of ps who is named before mention i in a
// sentence of the text, while the others come in after its sentence; or nil.
func (r *resolver) onlyBefore(i int, ps []*person) *person {
	var found *person
	for _, q := range ps {
		ms := r.d.Entities[q.entity].Mentions
		if len(ms) == 0 || r.d.Mentions[ms[0]].Sentence > r.d.Mentions[i].Sentence {
			continue
		}
		if found != nil || ms[0] > i || r.views[r.d.Mentions[ms[0]].Sentence].Headline {
			return nil
		}
		found = q
	}
	return found
}

// sharesTitle reports whether the title before mention i is one that p bears
// somewhere in the article.
func (r *resolver) sharesTitle(i int, p *person) bool {
	t := r.titleWords(i)
	if len(t) == 0 {
		return false
	}
	for _, k := range r.d.Entities[p.entity].Mentions {
		if u := r.titleWords(k); len(u) > 0 && u[len(u)-1] == t[len(t)-1] {
			return true
		}
	}
	return false
}

// titleWords returns the words of the title of person mention i, in lower case.
func (r *resolver) titleWords(i int) []string {
	m, d := &r.d.Mentions[i], &r.details[i]
	var ws []string
	for t := m.From; t < d.titleTo; t++ {
		ws = append(ws, r.views[m.Sentence].lower(t))
	}
	return ws
}

func (r *resolver) titleGender(i int) gender {
	for _, w := range r.titleWords(i) {
		switch strings.TrimSuffix(w, ".") {
		case "mr", "king", "sir", "prince", "emperor", "pope", "lord", "sultan", "chairman", "spokesman", "businessman", "congressman":
			return male
		case "mrs", "ms", "miss", "queen", "lady", "madame", "mme", "princess", "empress", "dame", "chairwoman", "spokeswoman", "businesswoman", "congresswoman":
			return female
		}
	}
	return unknownGender
}

// genderOf returns p's gender by titles, else by given name.
func (r *resolver) genderOf(p *person) gender {
	for _, k := range r.d.Entities[p.entity].Mentions {
		if g := r.titleGender(k); g != unknownGender {
			return g
		}
	}
	if len(p.words) > 1 {
		if g := givenNames()[p.words[0]]; g != unknownGender {
			return g
		}
		if a, b, ok := strings.Cut(p.words[0], "-"); ok && givenNames()[a] == givenNames()[b] {
			return givenNames()[a]
		}
	}
	return unknownGender
}

// linkKnownAs joins a person with the name after "better known as".
func (r *resolver) linkKnownAs() {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != Name || m.Type != graph.Person || m.From < 2 {
			continue
		}
		v := r.views[m.Sentence]
		at := r.details[i].nameFrom
		if at > 2 && v.Tokens[at-1].UPOS == "PROPN" && v.name[at-1] < 0 {
			at-- // "alias Comandante NAME"
		}
		if a, b := v.lower(at-2), v.lower(at-1); !(a == "known" && b == "as" || b == "alias" || b == "nicknamed") {
			continue
		}
		for k := i - 1; k >= 0 && r.d.Mentions[k].Sentence == m.Sentence; k-- {
			q := &r.d.Mentions[k]
			if q.Kind == Name && q.Type == graph.Person && q.Entity != Unresolved && m.From-q.To <= 16 && r.onlyBracketed(v, q.To, at-2) {
				if m.Entity == Unresolved {
					r.assignName(i, q.Entity, true, "apposition")
					r.persons = append(r.persons, person{entity: q.Entity, words: nameWords(r.details[i].name), lone: true})
				} else if m.Entity != q.Entity {
					r.mergeEntities(q.Entity, m.Entity)
				}
				break
			}
		}
	}
}

// onlyBracketed reports whether the tokens from..to, but for a few, stand in
// brackets: "NAME (Arabic: …), also known as NAME".
func (r *resolver) onlyBracketed(v *view, from, to int) bool {
	n, open := 0, false
	for t := from; t < to; t++ {
		switch v.lower(t) {
		case "(", "[", "-lrb-", "-lsb-":
			open = true
		case ")", "]", "-rrb-", "-rsb-":
			open = false
		default:
			if !open {
				n++
			}
		}
	}
	return n <= 6
}

// isFullName reports whether a name is more than a surname with its particles.
func isFullName(ws []string) bool {
	for len(ws) > 1 && isParticle(ws[0]) {
		ws = ws[1:]
	}
	return len(ws) > 1
}

// nameWords splits a person's name into lower-case words; a particle stays with
// nothing, hyphens stay in words.
func nameWords(name string) []string {
	var ws []string
	for _, w := range strings.Fields(name) {
		w = strings.ToLower(strings.Trim(w, ".,'’\"“”()"))
		if w != "" {
			ws = append(ws, w)
		}
	}
	return ws
}

// sameFullName reports whether two names of at least two words can be one
// person's: equal but for initials, or the shorter ends the longer.
func sameFullName(a, b []string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) < 2 || strings.Join(a, "") == strings.Join(b, "") {
		return len(b) >= 2
	}
	if hasSuffix(a, b) && (len(b) > 2 || !isParticle(b[0])) {
		return true
	}
	if a[0] != b[0] || a[len(a)-1] != b[len(b)-1] {
		return false
	}
	return slices.Equal(dropInitials(a), b) || slices.Equal(dropInitials(b), a) || isSubsequence(b, a)
}

func isSubsequence(b, a []string) bool {
	i := 0
	for _, w := range a {
		if i < len(b) && b[i] == w {
			i++
		}
	}
	return i == len(b)
}

func dropInitials(ws []string) []string {
	var out []string
	for _, w := range ws {
		if len([]rune(w)) > 1 {
			out = append(out, w)
		}
	}
	return out
}

func isParticle(w string) bool {
	switch w {
	case "al", "el", "de", "del", "della", "di", "da", "dos", "van", "von", "der", "den", "bin", "ibn", "ben", "la", "le", "abu", "ould", "ag", "ter", "st":
		return true
	}
	return false
}

// hasSuffix reports whether the name ws ends in short; "al-Nur" ends in "nur".
func hasSuffix(ws, short []string) bool {
	if len(ws) < len(short) || len(short) == 0 {
		return false
	}
	tail := ws[len(ws)-len(short):]
	for i := range short {
		if bareName(tail[i]) != bareName(short[i]) {
			return false
		}
	}
	return true
}

// indexOf returns where short stands within ws as a run of words, or -1.
func indexOf(ws, short []string) int {
	for i := 0; i+len(short) <= len(ws); i++ {
		if hasSuffix(ws[:i+len(short)], short) {
			return i
		}
	}
	return -1
}

// bareName strips the Arabic article from a name's word and folds accents.
func bareName(w string) string {
	w = graph.Slug(w)
	for _, p := range []string{"al-", "el-", "ar-", "as-", "an-", "ash-", "at-", "ad-", "az-", "ul-"} {
		if rest := strings.TrimPrefix(w, p); rest != w && len(rest) > 2 {
			return rest
		}
	}
	return w
}
