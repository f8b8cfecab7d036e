package coref

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"parley/graph"
)

// finish names the entities, states the relations and drops what stood for nothing.
func (r *resolver) finish() {
	r.relate()
	r.resolveHeads()
	r.labelEntities()
	r.fillLinks()
	r.compact()
	r.d.index()
}

// labelEntities gives every entity its label, aliases and id.
func (r *resolver) labelEntities() {
	for e := range r.d.Entities {
		k, t := &r.known[e], &r.d.Entities[e].Thing
		if k.gone {
			continue
		}
		if k.id == "" {
			t.Label = unquoted(strings.TrimPrefix(bestForm(t.Type, t.Label, k.forms), "whose ")) // no label has a relative pronoun
			t.ID = r.makeID(e)
		}
		for _, f := range k.forms {
			if f != t.Label && !(t.Type == graph.Person && strings.EqualFold(f, t.Label)) {
				t.AddAlias(f)
			}
		}
	}
}

// unquoted returns label without a quotation mark that has no partner in it: the parser
// may have left that outside.
func unquoted(label string) string {
	if strings.Count(label, `"`)%2 == 1 {
		label = strings.Trim(label, `"`)
	}
	if strings.Count(label, "“") != strings.Count(label, "”") {
		label = strings.Trim(label, "“”")
	}
	return label
}

// bestForm returns the fullest of the forms that name a thing of type t.
func bestForm(t graph.Type, label string, forms []string) string {
	best := strings.TrimPrefix(strings.TrimPrefix(label, "the "), "The ")
	if t == graph.Group {
		return best
	}
	for _, f := range forms {
		f = strings.TrimPrefix(strings.TrimPrefix(f, "the "), "The ")
		if len(strings.Fields(f)) > len(strings.Fields(best)) || len(strings.Fields(f)) == len(strings.Fields(best)) && isAcronym(best) && !isAcronym(f) {
			best = f
		}
	}
	if t == graph.Place && best == strings.ToUpper(best) && len(best) > 3 {
		return titleCase(best) // of a dateline
	}
	return best
}

// titleCase returns a name in capitals with only the first letter of each word
// in upper case.
func titleCase(name string) string {
	start := true
	return strings.Map(func(c rune) rune {
		first := start
		start = !unicode.IsLetter(c) && c != '\''
		if first {
			return c
		}
		return unicode.ToLower(c)
	}, name)
}

// scope returns a short hash of the article's id, for ids that hold in it only.
func (r *resolver) scope() string { return r.d.scope() }

func (d *Doc) scope() string {
	h := sha256.Sum256([]byte(d.Article.ID))
	return hex.EncodeToString(h[:3])
}

// IsLocal reports whether the id of entity e holds in this article only: other
// articles that name the same thing give it another one.
func (d *Doc) IsLocal(e int) bool {
	return d.Entities[e].Thing.Type == graph.Group || slices.Contains(strings.Split(d.Entities[e].Thing.ID.Slug(), "-"), d.scope())
}

// fillLinks completes the links: the words that name the thing, and where they stand.
func (r *resolver) fillLinks() {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Link == nil || m.Entity == Unresolved {
			m.Link = nil
			continue
		}
		k := r.namingMention(m.Entity, i)
		q := &r.d.Mentions[k]
		v := r.views[q.Sentence]
		start, end := v.Tokens[q.From].Start, v.Tokens[q.To-1].End
		m.Link.Text = r.d.Article.Text[start:end]
		m.Link.Start = r.points.At(start)
		m.Link.End = r.points.At(end)
	}
}

// namingMention returns the mention that names entity e best: the longest name,
// or the first mention if it has none, or i itself.
func (r *resolver) namingMention(e, i int) int {
	best, size := -1, 0
	for _, k := range r.d.Entities[e].Mentions {
		m := &r.d.Mentions[k]
		if n := len(r.details[k].name); m.Kind == Name && m.Link == nil && n > size {
			best, size = k, n
		}
	}
	if best < 0 {
		for _, k := range r.d.Entities[e].Mentions {
			if m := &r.d.Mentions[k]; m.Kind == Nominal || m.Kind == Demonym {
				return k
			}
		}
		return i
	}
	return best
}

// compact drops entities that nothing stands for and pronouns that stand for
// nothing, and puts the entities in the order of their first mention.
func (r *resolver) compact() {
	keep := make([]int, len(r.d.Mentions))
	var ms []Mention
	for i, m := range r.d.Mentions {
		keep[i] = -1
		if m.Entity == Unresolved && r.isNoise(&m) {
			continue
		}
		keep[i] = len(ms)
		ms = append(ms, m)
	}
	used := r.usedEntities(ms)
	var order []int
	for e := range r.d.Entities {
		if used[e] {
			order = append(order, e)
		}
	}
	first := func(e int) int {
		if ms := r.d.Entities[e].Mentions; len(ms) > 0 {
			return ms[0]
		}
		return len(r.d.Mentions)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(first(a), first(b)) })
	at := make([]int, len(r.d.Entities))
	for i := range at {
		at[i] = Unresolved
	}
	for n, e := range order {
		at[e] = n
	}
	r.renumber(ms, keep, order, at)
}

// usedEntities reports for each entity whether one of ms stands for it, or for a
// group that it is a side or member of.
func (r *resolver) usedEntities(ms []Mention) []bool {
	used := make([]bool, len(r.d.Entities))
	for _, m := range ms {
		if m.Entity != Unresolved {
			used[m.Entity] = true
		}
	}
	for changed := true; changed; {
		changed = false
		for e := range r.d.Entities {
			if !used[e] {
				continue
			}
			for _, x := range append(slices.Clone(r.d.Entities[e].Sides), r.d.Entities[e].Members...) {
				if !used[x] {
					used[x], changed = true, true
				}
			}
		}
	}
	return used
}

// isNoise reports whether an unresolved mention is of no use to anyone: an "it"
// or "which" that may stand for anything.
func (r *resolver) isNoise(m *Mention) bool {
	if v := r.views[m.Sentence]; m.Kind == Nominal && m.To == m.From+1 && sidesWith[v.lower(m.Head)] && (v.rel(m.Head) == "compound" || v.child(m.Head, "det", "nmod:poss") < 0) {
		return true
	}
	switch r.views[m.Sentence].lower(m.Head) {
	case "it", "its", "itself", "which", "that":
		return m.Kind != Nominal && m.Kind != Name
	}
	return false
}

// renumber puts the kept mentions and entities in their new places.
func (r *resolver) renumber(ms []Mention, keep, order, at []int) {
	d := r.d
	var es []Entity
	for _, e := range order {
		x := d.Entities[e]
		x.Sides, x.Members, x.Mentions = remap(x.Sides, at), remap(x.Members, at), remap(x.Mentions, keep)
		es = append(es, x)
	}
	for i := range ms {
		if ms[i].Entity != Unresolved {
			ms[i].Entity = at[ms[i].Entity]
		}
	}
	for i := range d.Relations {
		x := &d.Relations[i]
		x.Subject = at[x.Subject]
		if x.Object != Unresolved {
			x.Object = at[x.Object]
		}
		if x.SubjectMention >= 0 {
			x.SubjectMention = keep[x.SubjectMention]
		}
		if x.ObjectMention >= 0 {
			x.ObjectMention = keep[x.ObjectMention]
		}
	}
	slices.SortStableFunc(d.Relations, func(a, b Relation) int {
		return cmp.Or(cmp.Compare(a.Sentence, b.Sentence), cmp.Compare(a.From, b.From))
	})
	d.Mentions, d.Entities = ms, es
}

func remap(xs, at []int) []int {
	var out []int
	for _, x := range xs {
		if at[x] >= 0 {
			out = append(out, at[x])
		}
	}
	return out
}
