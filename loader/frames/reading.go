package frames

import (
	"context"
	"slices"
	"sort"

	"parley/loader/coref"
	"parley/loader/roles"
)

// reading is what the model of roles says of an article: of each of its spans and each
// pair of them, and once more of those whose sentence was read by itself.
type reading struct {
	Asked
	reader   *roles.Reader
	doc      *coref.Doc
	mentions []roles.Pair // pairs, as indices of mentions
	pairs    []roles.Pair // the same, as indices of spans
	roles.Answer
	alone      []roles.Chances
	linksAlone []roles.LinkChances
	isRead     map[int]bool // sentences that were read by themselves
}

// leastAlone is the chance that an act or a link must have in its sentence read by
// itself: the sentence is what will be quoted for it.
const leastAlone = 0.4

// read asks the model of roles for what a says of d.
func read(ctx context.Context, reader *roles.Reader, d *coref.Doc, a Asked) (*reading, error) {
	r := &reading{Asked: a, reader: reader, doc: d, mentions: Pairs(d), isRead: map[int]bool{}}
	for _, p := range r.mentions {
		r.pairs = append(r.pairs, roles.Pair{A: a.Mentions[p.A], B: a.Mentions[p.B]})
	}
	var err error
	if r.Answer, err = reader.Read(ctx, d.Sentences, a.Spans, r.pairs); err != nil {
		return nil, err
	}
	r.alone, r.linksAlone = make([]roles.Chances, len(a.Spans)), make([]roles.LinkChances, len(r.pairs))
	return r, nil
}

// readAlone sets what the model says of sentence sent by itself, if it is not set.
func (r *reading) readAlone(ctx context.Context, sent int) error {
	if r.isRead[sent] {
		return nil
	}
	r.isRead[sent] = true
	first, last := between(len(r.Spans), func(i int) int { return r.Spans[i].Sentence }, sent)
	from, to := between(len(r.pairs), func(i int) int { return r.Spans[r.pairs[i].A].Sentence }, sent)
	if r.wasAlone(sent) {
		copy(r.alone[first:], r.Chances[first:last])
		copy(r.linksAlone[from:], r.Links[from:to])
		return nil
	}
	spans, pairs := slices.Clone(r.Spans[first:last]), slices.Clone(r.pairs[from:to])
	for i := range spans {
		spans[i].Sentence = 0
	}
	for i := range pairs {
		pairs[i].A, pairs[i].B = pairs[i].A-first, pairs[i].B-first
	}
	answer, err := r.reader.Read(ctx, r.doc.Sentences[sent:sent+1], spans, pairs)
	copy(r.alone[first:], answer.Chances)
	copy(r.linksAlone[from:], answer.Links)
	return err
}

// wasAlone reports whether sentence sent was read by itself in the first place.
func (r *reading) wasAlone(sent int) bool {
	i, starts := slices.BinarySearch(r.Runs, sent)
	return starts && (i+1 == len(r.Runs) && sent+1 == len(r.doc.Sentences) || i+1 < len(r.Runs) && r.Runs[i+1] == sent+1)
}

// between returns where, half open, the value sent stands among n values in order.
func between(n int, value func(int) int, sent int) (from, to int) {
	from = sort.Search(n, func(i int) bool { return value(i) >= sent })
	return from, sort.Search(n, func(i int) bool { return value(i) > sent })
}
