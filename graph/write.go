package graph

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/cayleygraph/quad"
)

// bulkQuads is the size of a transaction of [Store.AddBulk].
const bulkQuads = 10_000

// Added counts what [Store.Add] and [Store.AddBulk] did.
type Added struct {
	Articles int // now in the graph and not before
	Skipped  int // in the graph already, left as they were
	Claims   int // of the articles added
	Quads    int // likewise
}

func (a *Added) plus(b Added) {
	a.Articles += b.Articles
	a.Skipped += b.Skipped
	a.Claims += b.Claims
	a.Quads += b.Quads
}

// Add puts each of xs into the graph, in a transaction of its own: all of the
// article or nothing, durable when Add returns. An article whose id is in the
// graph already is skipped.
//
// At the first error Add stops; what it says it added is added. An extraction
// that is not valid, or would not come back as it is, is refused. Aliases come
// back sorted, and things of one id as one.
func (s *Store) Add(ctx context.Context, xs ...*Extraction) (Added, error) {
	var sum Added
	for _, x := range xs {
		p, err := prepare(x)
		if err != nil {
			return sum, fmt.Errorf("add %s: %w", x.Article.ID, err)
		}
		a, err := s.add(ctx, p)
		sum.plus(a)
		if err != nil {
			return sum, fmt.Errorf("add %s: %w", x.Article.ID, err)
		}
	}
	return sum, nil
}

// AddBulk is Add in larger transactions, several times as fast: as many whole
// articles as have 10,000 quads go into the graph together. It stops at the
// first error, its own or one from xs, after adding what came before it.
func (s *Store) AddBulk(ctx context.Context, xs iter.Seq2[*Extraction, error]) (Added, error) {
	var sum Added
	var batch []*prepared
	quads := 0
	flush := func() error {
		a, err := s.add(ctx, batch...)
		sum.plus(a)
		batch, quads = batch[:0], 0
		return err
	}
	for x, err := range xs {
		if err != nil {
			return sum, errors.Join(flush(), err)
		}
		p, err := prepare(x)
		if err != nil {
			return sum, errors.Join(flush(), fmt.Errorf("add %s: %w", x.Article.ID, err))
		}
		batch = append(batch, p)
		if quads += len(p.quads); quads >= bulkQuads {
			if err := flush(); err != nil {
				return sum, err
			}
		}
	}
	return sum, flush()
}

// prepared is an article ready to be written.
type prepared struct {
	x     *Extraction // without the text
	quads []quad.Quad
}

// prepare checks and encodes x. It runs outside the writer's lock.
func prepare(x *Extraction) (*prepared, error) {
	if err := x.Valid(); err != nil {
		return nil, err
	}
	x = normal(x)
	quads, err := encode(x)
	if err != nil {
		return nil, err
	}
	back, err := decode(x.Article.ID, quads, true)
	if err != nil {
		return nil, err
	}
	if field := difference(x, back); field != "" {
		return nil, fmt.Errorf("%s would not come back from the store as it is", field)
	}
	back.Article.Text = ""
	return &prepared{back, quads}, nil
}

// add writes one batch as one transaction.
func (s *Store) add(ctx context.Context, batch ...*prepared) (Added, error) {
	s.writer.Lock()
	defer s.writer.Unlock()
	for {
		var a Added
		var c change
		var fresh []*Extraction
		rulings := s.snap.Load().rulings
		for _, p := range batch {
			id := p.x.Article.ID
			if _, there := s.articles[id]; there || slices.Contains(c.labels, id) {
				a.Skipped++
				continue
			}
			c.add = append(c.add, p.quads...)
			c.labels = append(c.labels, id)
			if x, shown := rulings.view(p.x); shown {
				fresh = append(fresh, x)
			}
			a.Claims += len(p.x.Claims)
		}
		a.Articles, a.Quads = len(c.labels), len(c.add)
		if a.Articles == 0 {
			return a, nil
		}
		err := s.write(ctx, c, func(revision uint64) {
			for _, id := range c.labels {
				s.articles[id] = revision
			}
			s.snap.Store(s.snap.Load().with(revision, fresh, nil))
		})
		if errors.Is(err, errMoved) {
			if err = s.catchUp(ctx); err == nil {
				continue
			}
		}
		if err != nil {
			return Added{}, err
		}
		return a, nil
	}
}

// Remove takes the article, its things and its claims out of the graph, in one
// transaction. The error is [ErrNotFound] if the graph has no such article.
func (s *Store) Remove(ctx context.Context, article ID) error {
	s.writer.Lock()
	defer s.writer.Unlock()
	for {
		quads, err := s.quads(ctx, article)
		if err != nil {
			return fmt.Errorf("remove %s: %w", article, err)
		}
		err = s.write(ctx, change{remove: quads, gone: []ID{article}}, func(revision uint64) {
			delete(s.articles, article)
			s.first = revision
			s.past.forget()
			s.snap.Store(s.snap.Load().with(revision, nil, []ID{article}))
		})
		if errors.Is(err, errMoved) {
			if err = s.catchUp(ctx); err == nil {
				continue
			}
		}
		if err != nil {
			return fmt.Errorf("remove %s: %w", article, err)
		}
		return nil
	}
}

// write makes one change and calls show with the new revision. The caller holds
// writer.
func (s *Store) write(ctx context.Context, c change, show func(revision uint64)) error {
	switch {
	case s.opts.ReadOnly:
		return ErrReadOnly
	case s.broken != nil:
		return s.broken
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	err := s.commit(ctx, c, show)
	if err != nil && !errors.Is(err, errMoved) && !errors.Is(err, ErrClosed) {
		err = errors.Join(err, s.repair(ctx))
	}
	return err
}

// commit runs the transaction alone.
func (s *Store) commit(ctx context.Context, c change, show func(revision uint64)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open {
		return ErrClosed
	}
	revision, err := s.b.commit(ctx, s.snap.Load().Revision(), c)
	if err == nil {
		show(revision)
	}
	return err
}

// repair reopens the backend after a failed commit: Cayley keeps parts of a
// failed transaction in memory and would write them with the next one. If the
// transaction is found to have been written after all, the snapshot is made anew.
func (s *Store) repair(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx = context.WithoutCancel(ctx)
	err := s.b.reopen(ctx)
	var revision uint64
	if err == nil {
		revision, err = s.b.revision(ctx)
	}
	if err == nil && revision != s.snap.Load().Revision() {
		err = s.read(ctx)
	}
	if err != nil {
		s.broken = fmt.Errorf("graph: not writable since a failed write: %w", err)
		return s.broken
	}
	s.opts.Logger.Warn("graph reopened after a failed write", "revision", revision)
	return nil
}

// Refresh takes over what other processes have written to a PostgreSQL database
// since the last change or Refresh here. Other stores belong to one process and
// have nothing to take over.
func (s *Store) Refresh(ctx context.Context) error {
	s.writer.Lock()
	defer s.writer.Unlock()
	return s.catchUp(ctx)
}

// catchUp is Refresh; the caller holds writer.
func (s *Store) catchUp(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open {
		return ErrClosed
	}
	old := s.snap.Load()
	now, changes, err := s.b.since(ctx, old.Revision())
	if err != nil || now == old.Revision() {
		return err
	}
	last := make(map[ID]bool) // whether the article is gone
	for _, m := range changes {
		if isDecision(m.article) { // it may concern any article
			return s.read(ctx)
		}
		last[m.article] = m.gone
	}
	var fresh []*Extraction
	var came, gone []ID
	for _, m := range changes {
		isGone, todo := last[m.article]
		if !todo {
			continue
		}
		delete(last, m.article)
		if _, there := s.articles[m.article]; there {
			gone = append(gone, m.article)
		}
		if isGone {
			continue
		}
		quads, err := s.b.quads(ctx, iri(m.article))
		if err != nil {
			return err
		}
		if len(quads) == 0 {
			continue // removed since: the next round tells
		}
		x, err := decode(m.article, quads, false)
		if err != nil {
			return err
		}
		came = append(came, m.article)
		if x, shown := old.rulings.view(x); shown {
			fresh = append(fresh, x)
		}
	}
	next := old
	if len(gone) > 0 {
		next = next.with(now, nil, gone)
	}
	s.snap.Store(next.with(now, fresh, nil))
	for _, id := range gone {
		delete(s.articles, id)
	}
	for _, id := range came {
		s.articles[id] = 0
	}
	for _, m := range changes {
		if m.gone {
			s.first = max(s.first, m.revision)
			s.past.forget()
		} else if _, there := s.articles[m.article]; there {
			s.articles[m.article] = m.revision
		}
	}
	return nil
}
