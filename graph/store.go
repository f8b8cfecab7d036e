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

	writer    sync.Mutex    // held by whoever changes the graph, until the snapshot shows the change
	articles  map[ID]uint64 // every article in the graph and the revision with which it came, 0 if that is not known; changed under writer and mu
	decisions []Decision    // the log; likewise
	decided   []uint64      // the revision of each decision; likewise
	first     uint64        // the earliest revision that can be shown; likewise
	broken    error         // set if the backend could not be reopened after a failed write; under writer

	mu   sync.RWMutex // held for reading by whoever reads the backend, for writing by a commit
	b    backend
	open bool

	snap atomic.Pointer[Snapshot]
	past past
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
	// history returns every change since the given first revision, oldest first.
	history(ctx context.Context) (first uint64, changes []moved, err error)
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

// moved tells what c did with the given revision.
func (c change) moved(revision uint64) []moved {
	list := make([]moved, 0, len(c.labels)+len(c.gone))
	for _, id := range c.labels {
		list = append(list, moved{revision, id, false})
	}
	for _, id := range c.gone {
		list = append(list, moved{revision, id, true})
	}
	return list
}

// moved tells of one article that was added or removed, or one decision that was
// added, and of the revision that this made.
type moved struct {
	revision uint64
	article  ID
	gone     bool
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
	s := &Store{opts: opts, b: b, open: true, past: past{lock: make(chan struct{}, 1)}}
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
	articles := make(map[ID]uint64)
	var decisions []Decision
	var label quad.Value
	var quads []quad.Quad
	finish := func() error {
		id := idOf(label)
		if isDecision(id) {
			d, err := decodeDecision(id, quads)
			decisions = append(decisions, d)
			return err
		}
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
		articles[id] = 0
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
	slices.SortFunc(decisions, func(a, b Decision) int { return a.Number - b.Number })
	first, changes, err := s.b.history(ctx)
	if err != nil {
		return err
	}
	s.articles, s.decisions = articles, decisions
	s.remember(first, changes)
	s.past.forget()
	v := build.snapshot()
	if len(decisions) > 0 {
		if v, err = s.ruled(ctx, v, revision, rule(decisions)); err != nil {
			return err
		}
	}
	s.snap.Store(v)
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
// ids, as it was loaded: before any [Decision], and with what is retracted. What is
// added meanwhile is not in it, nor what is removed before its turn.
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
