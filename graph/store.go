package graph

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

var (
	// ErrNotFound says that the graph has no such article, thing or claim.
	ErrNotFound = errors.New("graph: not found")
	// ErrLocked says that another process has the graph open.
	ErrLocked = errors.New("graph: in use by another process")
	// ErrForeign says that what is at a store's address is not a graph of parley,
	// or one of another version.
	ErrForeign = errors.New("graph: not a graph of this version of parley")
	// ErrReadOnly says that the store was opened for reading only.
	ErrReadOnly = errors.New("graph: open for reading only")
	// ErrClosed says that the store was closed.
	ErrClosed = errors.New("graph: store is closed")
)

// layoutVersion is the version of what quads.go describes.
const layoutVersion = 1

// bulkQuads is the size of a transaction of [Store.AddBulk].
const bulkQuads = 10_000

// Options configures a store. The zero value is ready to use.
type Options struct {
	Logger      *slog.Logger            // what is told: a store reopened after a failed write; nil tells nothing
	Progress    func(done, total int64) // called now and then while a graph is read at opening, with numbers of quads; may be nil
	LockTimeout time.Duration           // how long to wait for a file that another process has open; 0 means 1 s
	MmapBytes   int64                   // address space set aside for a bolt file; 0 means 8 GiB where addresses have 64 bits, and none on Windows
	ReadOnly    bool                    // refuse writes; several processes may read one bolt file
}

// Store is a graph on disk, in a database or in memory, with a [Snapshot] of it
// to answer questions from. It is safe for concurrent use: any number of readers,
// and one writer at a time, for which the others wait.
type Store struct {
	opts Options

	writer   sync.Mutex      // held by whoever changes the graph, until the snapshot shows the change
	articles map[ID]struct{} // every article in the graph; changed under writer and mu
	broken   error           // set if the backend could not be reopened after a failed write; under writer

	mu   sync.RWMutex // held for reading by whoever reads the backend, for writing by a commit
	b    backend
	open bool

	snap atomic.Pointer[Snapshot]
}

// backend keeps quads. Store sees to it that commit and reopen run alone, and
// that quads and each run beside each other only.
type backend interface {
	// revision returns the number of changes made so far.
	revision(ctx context.Context) (uint64, error)
	// each calls f with every quad; the quads of one label come together.
	each(ctx context.Context, f func(quad.Quad) error) error
	// quads returns the quads with the given label, in any order.
	quads(ctx context.Context, label quad.IRI) ([]quad.Quad, error)
	// commit makes one change durable, all of it or nothing, and returns the new
	// revision. base is the revision that the change was made for; a backend that
	// has moved on returns errMoved.
	commit(ctx context.Context, base uint64, c change) (uint64, error)
	// since returns what other processes changed after the given revision.
	since(ctx context.Context, revision uint64) (now uint64, changes []moved, err error)
	// size returns the number of quads.
	size(ctx context.Context) (int64, error)
	// cayley returns Cayley's view of the graph.
	cayley() cgraph.QuadStore
	// reopen forgets everything in memory after a failed commit.
	reopen(ctx context.Context) error
	close() error
}

// errMoved says that another process changed the graph.
var errMoved = errors.New("graph: changed by another process")

// change is what one transaction does: adds articles or removes them.
type change struct {
	add    []quad.Quad
	labels []ID        // the articles of add
	remove []quad.Quad // every quad of the articles in gone
	gone   []ID
}

// moved tells of one article that another process added or removed.
type moved struct {
	article ID
	gone    bool
}

// Open opens the graph at url, and makes it if there is none:
//
//	memory:                     in memory, gone when closed
//	bolt:PATH                   in one file
//	postgres://USER@HOST/NAME   in a PostgreSQL database that exists
//
// The error is [ErrLocked], [ErrForeign], or another that says what is wrong.
func Open(ctx context.Context, url string, opts Options) (*Store, error) {
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	if opts.LockTimeout == 0 {
		opts.LockTimeout = time.Second
	}
	b, err := openBackend(ctx, url, opts)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", shown(url), err)
	}
	s := &Store{opts: opts, b: b, open: true}
	if err := s.read(ctx); err != nil {
		b.close()
		return nil, fmt.Errorf("open %s: %w", shown(url), err)
	}
	return s, nil
}

func openBackend(ctx context.Context, url string, opts Options) (backend, error) {
	kind, rest, ok := strings.Cut(url, ":")
	switch {
	case !ok:
		return nil, errors.New("want memory:, bolt:PATH or postgres://…")
	case kind == "memory" && rest == "":
		return openMemory()
	case kind == "bolt" && rest != "":
		return openBolt(rest, opts)
	case (kind == "postgres" || kind == "postgresql") && strings.HasPrefix(rest, "//"):
		return openPostgres(ctx, url, opts)
	}
	return nil, errors.New("want memory:, bolt:PATH or postgres://…")
}

// shown returns url without its password.
func shown(url string) string {
	scheme, rest, ok := strings.Cut(url, "://")
	at := strings.LastIndexByte(rest, '@')
	if !ok || at < 0 {
		return url
	}
	user, _, _ := strings.Cut(rest[:at], ":")
	return scheme + "://" + user + rest[at:]
}

// read makes the snapshot from the backend.
func (s *Store) read(ctx context.Context) error {
	revision, err := s.b.revision(ctx)
	if err != nil {
		return err
	}
	total, err := s.b.size(ctx)
	if err != nil {
		return err
	}
	build := newSnapshotBuilder(revision)
	articles := make(map[ID]struct{})
	var label quad.Value
	var quads []quad.Quad
	finish := func() error {
		id := idOf(label)
		if id.Type() != ArticleType {
			return nil
		}
		if _, again := articles[id]; again {
			return fmt.Errorf("%s stands in two places: %w", id, ErrForeign)
		}
		x, err := decode(id, quads, false)
		if err != nil {
			return err
		}
		build.add(x)
		articles[id] = struct{}{}
		return nil
	}
	var done int64
	err = s.b.each(ctx, func(q quad.Quad) error {
		if q.Label != label {
			if err := finish(); err != nil {
				return err
			}
			label, quads = q.Label, quads[:0]
		}
		quads = append(quads, q)
		done++
		if s.opts.Progress != nil && done%20_000 == 0 {
			s.opts.Progress(done, total)
		}
		return nil
	})
	if err == nil {
		err = finish()
	}
	if err != nil {
		return err
	}
	if s.opts.Progress != nil && total > 0 {
		s.opts.Progress(total, total)
	}
	s.articles = articles
	s.snap.Store(build.snapshot())
	return nil
}

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
		for _, p := range batch {
			id := p.x.Article.ID
			if _, there := s.articles[id]; there || slices.Contains(c.labels, id) {
				a.Skipped++
				continue
			}
			c.add = append(c.add, p.quads...)
			c.labels = append(c.labels, id)
			fresh = append(fresh, p.x)
			a.Claims += len(p.x.Claims)
		}
		a.Articles, a.Quads = len(c.labels), len(c.add)
		if a.Articles == 0 {
			return a, nil
		}
		err := s.commit(ctx, c, fresh)
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
		err = s.commit(ctx, change{remove: quads, gone: []ID{article}}, nil)
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

// commit makes one change and shows it in the snapshot. The caller holds writer.
func (s *Store) commit(ctx context.Context, c change, fresh []*Extraction) error {
	switch {
	case s.opts.ReadOnly:
		return ErrReadOnly
	case s.broken != nil:
		return s.broken
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	revision, err := s.change(ctx, c)
	switch {
	case errors.Is(err, errMoved), errors.Is(err, ErrClosed):
		return err
	case err != nil:
		return errors.Join(err, s.repair(ctx))
	}
	s.snap.Store(s.snap.Load().with(revision, fresh, c.gone))
	return nil
}

// change runs the transaction alone.
func (s *Store) change(ctx context.Context, c change) (uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open {
		return 0, ErrClosed
	}
	revision, err := s.b.commit(ctx, s.snap.Load().Revision(), c)
	if err != nil {
		return 0, err
	}
	for _, id := range c.labels {
		s.articles[id] = struct{}{}
	}
	for _, id := range c.gone {
		delete(s.articles, id)
	}
	return revision, nil
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
		last[m.article] = m.gone
	}
	var fresh []*Extraction
	var gone []ID
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
		fresh = append(fresh, x)
	}
	next := old
	if len(gone) > 0 {
		next = next.with(now, nil, gone)
	}
	s.snap.Store(next.with(now, fresh, nil))
	for _, id := range gone {
		delete(s.articles, id)
	}
	for _, x := range fresh {
		s.articles[x.Article.ID] = struct{}{}
	}
	return nil
}

// Snapshot returns the graph as it is after the last change. A change is in it
// before the call that made it returns, and is never in it by halves.
func (s *Store) Snapshot() *Snapshot { return s.snap.Load() }

// Revision returns the number of changes made to the graph since it was made.
func (s *Store) Revision() uint64 { return s.snap.Load().Revision() }

// Article returns the article with its text, or [ErrNotFound].
func (s *Store) Article(ctx context.Context, id ID) (Article, error) {
	x, err := s.Extraction(ctx, id)
	if err != nil {
		return Article{}, err
	}
	return x.Article, nil
}

// Extraction returns all that is stored of an article, with its text, or
// [ErrNotFound].
func (s *Store) Extraction(ctx context.Context, article ID) (*Extraction, error) {
	quads, err := s.quads(ctx, article)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", article, err)
	}
	return decode(article, quads, true)
}

// Articles yields all that is stored, article by article in the order of their
// ids. What is added meanwhile is not in it, nor what is removed before its turn.
// The caller may write to the store in between.
func (s *Store) Articles(ctx context.Context) iter.Seq2[*Extraction, error] {
	return func(yield func(*Extraction, error) bool) {
		for _, id := range s.ids() {
			x, err := s.Extraction(ctx, id)
			if errors.Is(err, ErrNotFound) {
				continue
			}
			if !yield(x, err) || err != nil {
				return
			}
		}
	}
}

// ids returns the articles in the graph, sorted.
func (s *Store) ids() []ID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	ids := make([]ID, 0, len(s.articles))
	for id := range s.articles {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// quads returns the quads of one article, or ErrNotFound.
func (s *Store) quads(ctx context.Context, article ID) ([]quad.Quad, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if !s.open {
		return nil, ErrClosed
	}
	if _, there := s.articles[article]; !there {
		return nil, ErrNotFound
	}
	quads, err := s.b.quads(ctx, iri(article))
	if err == nil {
		err = ctx.Err() // Cayley ends early and without an error
	}
	return quads, err
}

// StoreStats counts what a store holds.
type StoreStats struct {
	Articles int
	Quads    int64
	Revision uint64
}

// Stats returns the number of articles and quads.
func (s *Store) Stats(ctx context.Context) (StoreStats, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if !s.open {
		return StoreStats{}, ErrClosed
	}
	n, err := s.b.size(ctx)
	return StoreStats{Articles: len(s.articles), Quads: n, Revision: s.Revision()}, err
}

// Close closes the store. Its snapshots stay usable.
func (s *Store) Close() error {
	s.writer.Lock()
	defer s.writer.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open {
		return ErrClosed
	}
	s.open = false
	return s.b.close()
}

// mmapBytes returns the address space to set aside for a bolt file. On Windows
// the file would grow to that size at once.
func (o Options) mmapBytes() int {
	n := o.MmapBytes
	switch {
	case n > 0:
	case strconv.IntSize == 32:
		n = 256 << 20
	case runtime.GOOS == "windows":
		n = 0
	default:
		n = 8 << 30
	}
	return int(min(n, math.MaxInt))
}
