// Package names finds the names in sentences: persons, organisations, states,
// places, events, agreements, nationalities and dates.
//
// [New] returns a [Tagger]; [Tagger.Tag] sets the Entities of an article's
// sentences. A conditional random field over the words, their shapes and
// groups, the fact list and the rest of the document proposes names; rules join
// them with what package facts knows, part states from other places, and find
// dates. Names never overlap and stand in order.
//
// A Tagger is immutable, deterministic and safe for concurrent use. The work is
// linear in the number of tokens. The package knows nothing of syntax trees, of
// coreference or of the graph. Data, licences and figures are in
// doc/names-model.md.
package names

import (
	"context"
	"sync"

	"parley/loader/facts"
	"parley/loader/sentence"
)

// Tagger finds names.
type Tagger struct {
	model    *model
	clusters *clusters
	facts    *facts.List
	scratch  *sync.Pool // of *workspace
}

// workspace is the memory that tagging one article needs.
type workspace struct {
	model   *model
	x       extractor
	l       lattice
	doc     votes
	scores  [][labels]float32           // of all tokens of the article
	classes [][1 + int(classes)]float32 // probabilities of all tokens of the article
	found   []sentence.Entity
}

// New returns the tagger of the embedded weights. An error means that the build
// is broken.
func New() (*Tagger, error) { return embedded() }

var embedded = sync.OnceValues(func() (*Tagger, error) { return Read(weightsFile) })

// Read returns the tagger of a weights file, as [Train] writes it. The error
// wraps [ErrWeights] if it is none.
func Read(file []byte) (*Tagger, error) {
	var wg sync.WaitGroup
	wg.Go(func() { facts.Default() })
	wg.Go(func() { _, _ = embeddedClusters() })
	m, err := readModel(file)
	wg.Wait()
	if err != nil {
		return nil, err
	}
	cl, err := embeddedClusters()
	if err != nil {
		return nil, err
	}
	t := &Tagger{model: m, clusters: cl, facts: facts.Default()}
	t.scratch = &sync.Pool{New: func() any {
		return &workspace{model: m, x: extractor{facts: t.facts, clusters: cl}}
	}}
	return t, nil
}

// Tag sets the Entities of the sentences of one article, whose text is text. The
// error is ctx's, if it ends first; the sentences are then in no known state.
func (t *Tagger) Tag(ctx context.Context, text string, ss []sentence.Sentence) error {
	w := t.scratch.Get().(*workspace)
	defer t.scratch.Put(w)
	w.x.read(ss)
	w.doc.reset()
	w.scores, w.classes = w.scores[:0], w.classes[:0]
	for i := range ss {
		if err := ctx.Err(); err != nil {
			return err
		}
		w.x.begin(&ss[i])
		t.model.score(&w.x, &w.l)
		w.doc.note(w)
		w.scores = append(w.scores, w.l.scores...)
	}
	at := 0
	for i := range ss {
		if err := ctx.Err(); err != nil {
			return err
		}
		w.x.begin(&ss[i])
		w.l.size(len(w.x.words))
		copy(w.l.scores, w.scores[at:])
		w.doc.pull(w, at)
		at += len(w.x.words)
		t.propose(w, &ss[i])
		t.join(&ss[i], w.x.forms)
	}
	return nil
}

// propose sets the Entities of s to the names that the model finds.
func (t *Tagger) propose(w *workspace, s *sentence.Sentence) {
	s.Entities = nil
	if len(s.Tokens) == 0 {
		return
	}
	t.model.viterbi(&w.l)
	w.found = w.found[:0]
	for i := 0; i < len(s.Tokens); i++ {
		k := w.l.path[i]
		if k == 0 {
			continue
		}
		e := sentence.Entity{From: i, Type: Class((k - 1) / 4).entity()}
		for !closes(w.l.path[i]) && i+1 < len(s.Tokens) {
			i++
		}
		e.To = i + 1
		w.found = append(w.found, e)
	}
	if len(w.found) == 0 {
		return
	}
	t.model.chances(&w.l)
	for i := range w.found {
		e := &w.found[i]
		c, _ := ClassOf(e.Type)
		e.Score = t.model.spanProbability(&w.l, e.From, e.To, c)
	}
	s.Entities = append(s.Entities, w.found...)
}
