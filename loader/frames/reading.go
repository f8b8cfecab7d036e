package frames

import (
	"context"
	"slices"

	"parley/loader/coref"
	"parley/loader/roles"
)

// reading is what the model of roles says of an article: of each mention and each pair
// of mentions, and once more of those whose sentence was read by itself.
type reading struct {
	reader     *roles.Reader
	doc        *coref.Doc
	spans      []roles.Span // of the mentions
	pairs      []roles.Pair
	chances    []roles.Chances // of the mentions
	links      []roles.LinkChances
	alone      []roles.Chances
	linksAlone []roles.LinkChances
	isRead     map[int]bool // sentences that were read by themselves
}

// leastAlone is the chance that an act or a link must have in its sentence read by
// itself: the sentence is what will be quoted for it.
const leastAlone = 0.4

// read asks the model of roles for the mentions of d, which are spans.
func read(ctx context.Context, reader *roles.Reader, d *coref.Doc, spans []roles.Span) (*reading, error) {
	r := &reading{reader: reader, doc: d, spans: spans, pairs: Pairs(d), isRead: map[int]bool{}}
	var err error
	if r.chances, r.links, err = reader.Read(ctx, d.Sentences, spans, r.pairs); err != nil {
		return nil, err
	}
	r.alone, r.linksAlone = make([]roles.Chances, len(spans)), make([]roles.LinkChances, len(r.pairs))
	return r, nil
}

// readAlone sets what the model says of sentence sent by itself, if it is not set.
func (r *reading) readAlone(ctx context.Context, sent int) error {
	if r.isRead[sent] {
		return nil
	}
	r.isRead[sent] = true
	first := slices.IndexFunc(r.spans, func(s roles.Span) bool { return s.Sentence == sent })
	if first < 0 {
		return nil
	}
	var spans []roles.Span
	for _, s := range r.spans[first:] {
		if s.Sentence != sent {
			break
		}
		s.Sentence = 0
		spans = append(spans, s)
	}
	last := first + len(spans)
	paired := slices.IndexFunc(r.pairs, func(p roles.Pair) bool { return p.A >= first })
	var pairs []roles.Pair
	for i := max(paired, 0); i < len(r.pairs) && r.pairs[i].A >= first && r.pairs[i].A < last; i++ {
		pairs = append(pairs, roles.Pair{A: r.pairs[i].A - first, B: r.pairs[i].B - first})
	}
	chances, links, err := r.reader.Read(ctx, r.doc.Sentences[sent:sent+1], spans, pairs)
	copy(r.alone[first:], chances)
	if len(links) > 0 {
		copy(r.linksAlone[paired:], links)
	}
	return err
}
