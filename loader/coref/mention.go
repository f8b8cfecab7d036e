package coref

import (
	"slices"

	"parley/graph"
	"parley/loader/sentence"
)

// Kind says how a mention refers.
type Kind uint8

// The kinds of mentions.
const (
	Name       Kind = iota // "Martti Ahtisaari", "the African Union"
	Nominal                // "the rebels", "Egyptian mediators"
	Pronoun                // "he", "they"
	Possessive             // "his"
	Relative               // "who"
	Demonym                // "Egyptian" in "Egyptian mediators"
)

// Unresolved is the [Mention.Entity] of a mention whose thing is not known.
const Unresolved = -1

// Mention is a stretch of one sentence that stands for a thing.
type Mention struct {
	Sentence int // index into Doc.Sentences
	From, To int // tokens, half open: the noun phrase without relative clauses and appositions; for a name the name and the title before it
	Head     int // token
	Kind     Kind
	Type     graph.Type  // Person, Organisation, State, Group or Place
	Entity   int         // index into Doc.Entities, or Unresolved
	Link     *graph.Link // how it came to Entity if its own words do not name it; nil for a full name
	Plural   bool
}

// Entity is a thing as the whole article shows it.
type Entity struct {
	Thing    graph.Thing
	Sides    []int // indices of the entities a Group belongs to: Egypt for "Egyptian mediators"
	Members  []int // indices of the entities that a plural stands for: "both sides"
	Mentions []int // indices into Doc.Mentions, in order
}

// Doc is an article with what its words stand for.
type Doc struct {
	Article   *graph.Article
	Sentences []sentence.Sentence
	Mentions  []Mention // in the order of their heads
	Entities  []Entity  // in the order of their first mention
	Relations []Relation

	heads [][]int // by sentence and token: mention with that head, or -1
	cover [][]int // by sentence and token: smallest mention over it, or -1
}

// Relation is a lasting fact that a phrase states without a verb of its own:
// a post, a leader, a member.
type Relation struct {
	Subject        int // index into Doc.Entities
	Predicate      graph.Predicate
	Object         int    // index into Doc.Entities, or Unresolved if Value is set
	Value          string // the title as written, for holdsPosition
	SubjectMention int    // index into Doc.Mentions, or -1
	ObjectMention  int    // index into Doc.Mentions, or -1
	Sentence       int
	From, To       int // tokens that say it, half open
	Rule           string
	Confidence     float64
}

// At returns the index of the mention whose head is token tok of sentence sent,
// or -1 if there is none.
func (d *Doc) At(sent, tok int) int { return lookup(d.heads, sent, tok) }

// Covering returns the index of the shortest mention that covers token tok of
// sentence sent, or -1 if there is none.
func (d *Doc) Covering(sent, tok int) int { return lookup(d.cover, sent, tok) }

// Place makes the words of m, which stood for nothing or for something else,
// stand for the thing t, and returns its entity. It serves the reading of
// questions, in which a word such as "who" stands for a thing that is not known.
func (d *Doc) Place(m Mention, t graph.Thing) int {
	e := len(d.Entities)
	m.Entity, m.Link = e, nil
	k := d.At(m.Sentence, m.Head)
	if k < 0 {
		k = len(d.Mentions)
		d.Mentions = append(d.Mentions, m)
	} else {
		if old := d.Mentions[k].Entity; old >= 0 {
			ms := &d.Entities[old].Mentions
			*ms = slices.DeleteFunc(*ms, func(i int) bool { return i == k })
		}
		d.Mentions[k] = m
	}
	d.Entities = append(d.Entities, Entity{Thing: t, Mentions: []int{k}})
	d.index()
	return e
}

func lookup(table [][]int, sent, tok int) int {
	if sent < 0 || sent >= len(table) || tok < 0 || tok >= len(table[sent]) {
		return -1
	}
	return table[sent][tok]
}

// index fills the tables behind At and Covering.
func (d *Doc) index() {
	d.heads = make([][]int, len(d.Sentences))
	d.cover = make([][]int, len(d.Sentences))
	for i := range d.Sentences {
		n := len(d.Sentences[i].Tokens)
		d.heads[i], d.cover[i] = make([]int, n), make([]int, n)
		for j := range n {
			d.heads[i][j], d.cover[i][j] = -1, -1
		}
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if h := d.heads[m.Sentence][m.Head]; h < 0 || m.size() > d.Mentions[h].size() {
			d.heads[m.Sentence][m.Head] = i
		}
		for j := m.From; j < m.To; j++ {
			if c := d.cover[m.Sentence][j]; c < 0 || m.size() < d.Mentions[c].size() {
				d.cover[m.Sentence][j] = i
			}
		}
	}
}

func (m *Mention) size() int { return m.To - m.From }
