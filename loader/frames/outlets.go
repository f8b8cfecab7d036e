package frames

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/sentence"
)

// imprint returns the outlets that a sentence names as its source behind a comma,
// outermost first, and the token of that comma: "…, the Courier reports, citing
// the Gazette". Without one the token is -1.
func (m *matcher) imprint(sent int) (from int, outlets []int) {
	s := &m.doc.Sentences[sent]
	from = -1
	for i := range m.doc.Mentions {
		mm := &m.doc.Mentions[i]
		if mm.Sentence != sent || mm.Entity < 0 || m.doc.Entities[mm.Entity].Thing.Type != graph.Outlet || mm.To >= len(s.Tokens) {
			continue
		}
		before := mm.From - 1
		if before >= 0 && word(s, before) == "the" {
			before--
		}
		if before < 1 {
			continue
		}
		switch {
		case from < 0 && word(s, before) == "," && slices.Contains(reporting, word(s, mm.To)):
			from, outlets = before, append(outlets, mm.Entity)
		case from >= 0 && slices.Contains(citing, word(s, before)) && !slices.Contains(outlets, mm.Entity):
			outlets = append(outlets, mm.Entity)
		}
	}
	return from, outlets
}

var (
	reporting = []string{"reports", "reported", "said", "says", "writes", "wrote"}
	citing    = []string{"citing", "quoting"}
)

func word(s *sentence.Sentence, i int) string {
	return strings.ToLower(s.Tokens[i].Form)
}

// beforeImprint cuts the tokens from..to where the sentence names its source.
func (m *matcher) beforeImprint(sent, from, to int) (int, int) {
	if cut, _ := m.imprint(sent); cut > from && cut < to {
		to = cut
	}
	return from, to
}

// outlets attributes what a sentence says to the outlets that it names as its
// source. What a group's own words say of its side needs none.
func (m *matcher) outlets() {
	named := make([][]int, len(m.doc.Sentences))
	for i := range named {
		_, named[i] = m.imprint(i)
	}
	for i := range m.claims {
		d := &m.claims[i]
		who := named[d.sent]
		if len(who) == 0 || d.predicate == graph.PartOf {
			continue
		}
		all := slices.Clone(who)
		for _, s := range d.speakers {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
		d.speakers = all
	}
}
