package graph

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"sync"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/proto"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
	"go.etcd.io/bbolt"
	boltErrors "go.etcd.io/bbolt/errors"
)

// What parley keeps in the file beside Cayley's buckets, in the same
// transactions: the version of the layout, the revision, and from which revision on
// changes are listed, eight bytes each; and the list. A key of the list is a
// revision, eight bytes, and the id of an article or decision; its value is one
// byte, 1 if that is gone. Files of early versions have no list until the first
// change after.
var (
	boltMeta     = []byte("parley")
	boltLayout   = []byte("layout")
	boltRevision = []byte("revision")
	boltListed   = []byte("listed")
	boltChanges  = []byte("parley-changes")
)

// setIndexes tells Cayley which indexes to make in new files. Its own choice
// lets every path of two steps, and every search by label, read all quads. With
// exactly these two of two directions it knows sizes without counting.
var setIndexes = sync.OnceFunc(func() {
	kv.DefaultQuadIndexes = []kv.QuadIndex{
		{Dirs: []quad.Direction{quad.Subject, quad.Predicate}},
		{Dirs: []quad.Direction{quad.Object, quad.Predicate}},
		{Dirs: []quad.Direction{quad.Label, quad.Subject}},
	}
})

// bolt keeps quads in one bbolt file, through Cayley's key-value store.
type bolt struct {
	path string
	opts Options
	kv   *boltKV
	qs   cgraph.QuadStore
}

func openBolt(path string, opts Options) (*bolt, error) {
	b := &bolt{path: path, opts: opts}
	if err := safely(b.openFile); err != nil {
		return nil, err
	}
	return b, nil
}

// safely calls f, which reads a file: bbolt panics over a damaged page, and memory
// that maps a file cut short cannot be read. Both become errors.
func safely(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: the file is damaged: %v", ErrForeign, p)
		}
	}()
	return f()
}

func (b *bolt) openFile() error {
	if st, err := os.Stat(b.path); err == nil && st.IsDir() {
		return fmt.Errorf("%s is a folder: %w", b.path, ErrForeign)
	} else if b.opts.ReadOnly && errors.Is(err, fs.ErrNotExist) {
		return err
	}
	db, err := bbolt.Open(b.path, 0o644, &bbolt.Options{
		Timeout:         b.opts.LockTimeout,
		InitialMmapSize: b.opts.mmapBytes(),
		ReadOnly:        b.opts.ReadOnly,
		FreelistType:    bbolt.FreelistMapType,
	})
	switch {
	case errors.Is(err, boltErrors.ErrTimeout):
		return ErrLocked
	case errors.Is(err, boltErrors.ErrInvalid), errors.Is(err, boltErrors.ErrVersionMismatch), errors.Is(err, boltErrors.ErrChecksum):
		return fmt.Errorf("%w: %w", ErrForeign, err)
	case err != nil:
		return err
	}
	b.kv = &boltKV{db: db}
	if err := b.openGraph(); err != nil {
		db.Close()
		return err
	}
	return nil
}

// openGraph checks the layout, or makes it in an empty file, and opens Cayley.
func (b *bolt) openGraph() error {
	var empty bool
	err := b.kv.db.View(func(tx *bbolt.Tx) error {
		if name, _ := tx.Cursor().First(); name == nil {
			empty = true
			return nil
		}
		meta := tx.Bucket(boltMeta)
		if meta == nil {
			return ErrForeign
		}
		if v := number(meta.Get(boltLayout)); v != layoutVersion {
			return fmt.Errorf("layout %d, want %d: %w", v, layoutVersion, ErrForeign)
		}
		return nil
	})
	if err == nil && empty {
		err = b.create()
	}
	if err != nil {
		return err
	}
	b.qs, err = kv.New(b.kv, cgraph.Options{kv.OptNoBloom: true})
	return err
}

// create makes an empty graph in one transaction, so that a file is never half
// made: Cayley's Init uses several.
func (b *bolt) create() error {
	if b.opts.ReadOnly {
		return fmt.Errorf("the file is empty: %w", ErrForeign)
	}
	setIndexes()
	return b.kv.db.Update(func(tx *bbolt.Tx) error {
		b.kv.only = tx
		defer func() { b.kv.only = nil }()
		if err := kv.Init(b.kv, nil); err != nil {
			return err
		}
		meta, err := tx.CreateBucket(boltMeta)
		if err != nil {
			return err
		}
		if err := meta.Put(boltRevision, bytesOf(0)); err != nil {
			return err
		}
		if err := listChanges(tx, 0, nil); err != nil {
			return err
		}
		return meta.Put(boltLayout, bytesOf(layoutVersion))
	})
}

func number(b []byte) uint64 {
	if len(b) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

func bytesOf(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func (b *bolt) revision(context.Context) (n uint64, err error) {
	err = b.kv.db.View(func(tx *bbolt.Tx) error {
		n = number(tx.Bucket(boltMeta).Get(boltRevision))
		return nil
	})
	return n, err
}

func (b *bolt) quads(ctx context.Context, label quad.IRI) ([]quad.Quad, error) {
	var quads []quad.Quad
	err := safely(func() (err error) {
		quads, err = quadsOf(ctx, b.qs, label)
		return err
	})
	return quads, err
}

func (b *bolt) commit(_ context.Context, base uint64, c change) (uint64, error) {
	b.kv.next, b.kv.moved = base+1, c.moved(base+1)
	defer func() { b.kv.next, b.kv.moved = 0, nil }()
	if err := safely(func() error { return apply(b.qs, c) }); err != nil {
		return 0, err
	}
	return base + 1, nil
}

// listChanges adds the changes made to the revision base to tx's list; it begins
// one if there is none, or if the one there ends before.
func listChanges(tx *bbolt.Tx, base uint64, changes []moved) error {
	list, meta := tx.Bucket(boltChanges), tx.Bucket(boltMeta)
	if list != nil {
		last := number(meta.Get(boltListed))
		if k, _ := list.Cursor().Last(); len(k) > 8 {
			last = number(k[:8])
		}
		if last != base { // a program that keeps no list has written to the file
			if err := tx.DeleteBucket(boltChanges); err != nil {
				return err
			}
			list = nil
		}
	}
	if list == nil {
		var err error
		if list, err = tx.CreateBucket(boltChanges); err != nil {
			return err
		}
		if err := meta.Put(boltListed, bytesOf(base)); err != nil {
			return err
		}
	}
	list.FillPercent = 0.95 // the list only grows at its end
	for _, m := range changes {
		gone := []byte{0}
		if m.gone {
			gone[0] = 1
		}
		if err := list.Put(append(bytesOf(m.revision), m.article...), gone); err != nil {
			return err
		}
	}
	return nil
}

// history returns the list of changes. If its end is not the last revision, a
// program that keeps no list has written to the file: the list tells nothing then.
func (b *bolt) history(context.Context) (first uint64, changes []moved, err error) {
	err = safely(func() error {
		return b.kv.db.View(func(tx *bbolt.Tx) error {
			meta, list := tx.Bucket(boltMeta), tx.Bucket(boltChanges)
			now := number(meta.Get(boltRevision))
			first = now
			if list == nil {
				return nil
			}
			last := number(meta.Get(boltListed))
			begun := last
			c := list.Cursor()
			for k, v := c.First(); k != nil; k, v = c.Next() {
				if len(k) < 8 || len(v) != 1 {
					return fmt.Errorf("%w: change %x", ErrForeign, k)
				}
				last = number(k[:8])
				changes = append(changes, moved{last, ID(k[8:]), v[0] == 1})
			}
			if last == now {
				first = begun
			} else {
				changes = nil
			}
			return nil
		})
	})
	return first, changes, err
}

func (b *bolt) since(_ context.Context, revision uint64) (uint64, []moved, error) {
	return revision, nil, nil
}

func (b *bolt) size(ctx context.Context) (int64, error) {
	st, err := b.qs.Stats(ctx, false)
	if errors.Is(err, kv.ErrNoBucket) { // no quad was ever added
		return 0, nil
	}
	return st.Quads.Size, err
}

func (b *bolt) cayley() cgraph.QuadStore { return b.qs }

func (b *bolt) reopen(context.Context) error {
	if err := b.close(); err != nil {
		return err
	}
	return safely(b.openFile)
}

func (b *bolt) close() error { return b.kv.db.Close() }

// each reads Cayley's log from one end to the other: nodes and quads in the
// order in which they were written, so a node comes before its quads, and the
// quads of one transaction together. That is several times as fast as to look up
// each value of each quad through Cayley.
func (b *bolt) each(ctx context.Context, f func(quad.Quad) error) error {
	return safely(func() error {
		return b.kv.db.View(func(tx *bbolt.Tx) error {
			log := tx.Bucket([]byte("log"))
			if log == nil {
				return fmt.Errorf("%w: the file has no log", ErrForeign)
			}
			return readLog(ctx, log, f)
		})
	})
}

func readLog(ctx context.Context, log *bbolt.Bucket, f func(quad.Quad) error) error {
	r := logReader{raw: make(map[uint64][]byte), known: make(map[uint64]quad.Value)}
	c := log.Cursor()
	n := 0
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if n++; n%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		var p proto.Primitive
		if err := p.Unmarshal(v); err != nil {
			return fmt.Errorf("%w: log entry %x: %w", ErrForeign, k, err)
		}
		if p.IsNode() {
			r.raw[p.ID] = p.Value
			continue
		}
		if p.Deleted {
			continue
		}
		q, err := r.quad(&p)
		if err == nil {
			err = f(q)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// logReader turns the numbers of quads into values.
type logReader struct {
	raw   map[uint64][]byte     // every node seen
	known map[uint64]quad.Value // those used of late
}

func (r *logReader) quad(p *proto.Primitive) (q quad.Quad, err error) {
	for _, d := range quad.Directions {
		id := p.GetDirection(d)
		v, ok := r.known[id]
		if !ok {
			if v, err = pquads.UnmarshalValue(r.raw[id]); err != nil {
				return q, fmt.Errorf("%w: node %d: %w", ErrForeign, id, err)
			}
			if len(r.known) > 1<<16 {
				clear(r.known)
			}
			r.known[id] = v
		}
		q.Set(d, v)
	}
	return q, nil
}
