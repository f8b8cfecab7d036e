package graph

import (
	"bytes"
	"context"
	"errors"

	"github.com/hidal-go/hidalgo/kv"
	"go.etcd.io/bbolt"
	boltErrors "go.etcd.io/bbolt/errors"
)

// boltKV is a bbolt file as Cayley's key-value layer wants it. The library that
// Cayley uses has one of its own, for the archived bolt; this one differs in
// three ways. It uses the maintained bbolt. It keeps all nodes in one bucket:
// Cayley asks for 131,072, half for the numbers of nodes and half for their
// counts, by the first two bytes of a hash; here both stand side by side, often
// on one page. And a commit raises the graph's revision in the same transaction.
type boltKV struct {
	db    *bbolt.DB
	next  uint64              // the revision that the next commit writes; 0 writes none
	moved []moved             // what that commit changes
	only  *bbolt.Tx           // if set, every transaction is this one, which its owner commits
	fail  func(*boltTx) error // called before a commit; set by tests
}

// Close does nothing: the file is closed by who opened it.
func (s *boltKV) Close() error { return nil }

// Tx begins a transaction.
func (s *boltKV) Tx(rw bool) (kv.Tx, error) {
	if s.only != nil {
		return &boltTx{kv: s, tx: s.only, shared: true}, nil
	}
	tx, err := s.db.Begin(rw)
	if err != nil {
		return nil, err
	}
	return &boltTx{kv: s, tx: tx}, nil
}

// boltNodes is the bucket of all nodes.
var boltNodes = []byte("nodes")

// boltTx is one transaction.
type boltTx struct {
	kv      *boltKV
	tx      *bbolt.Tx
	shared  bool // someone else commits
	buckets map[string]*bbolt.Bucket
}

// place returns the name of the bucket that keeps key, and the key in it.
// Cayley's keys have two parts.
func place(key kv.Key) (bucket, k []byte) {
	bucket = key[0]
	if len(key) > 1 {
		k = key[1]
	}
	if len(bucket) == 3 && (bucket[0] == 'v' || bucket[0] == 'n') { // v or n and two bytes of the hash
		if len(k) > 0 {
			k = append(k[:len(k):len(k)], bucket[0])
		}
		bucket = boltNodes
	}
	return bucket, k
}

// bucket returns the bucket of that name, or nil.
func (t *boltTx) bucket(name []byte) *bbolt.Bucket {
	if b := t.buckets[string(name)]; b != nil {
		return b
	}
	b := t.tx.Bucket(name)
	if b != nil {
		t.remember(name, b)
	}
	return b
}

func (t *boltTx) remember(name []byte, b *bbolt.Bucket) {
	if t.buckets == nil {
		t.buckets = make(map[string]*bbolt.Bucket)
	}
	t.buckets[string(name)] = b
}

// Get returns the value of key.
func (t *boltTx) Get(_ context.Context, key kv.Key) (kv.Value, error) {
	name, k := place(key)
	if b := t.bucket(name); b != nil && len(k) > 0 {
		if v := b.Get(k); v != nil {
			return v, nil
		}
	}
	return nil, kv.ErrNotFound
}

// GetBatch returns the values of keys, nil where there is none.
func (t *boltTx) GetBatch(_ context.Context, keys []kv.Key) ([]kv.Value, error) {
	values := make([]kv.Value, len(keys))
	for i, key := range keys {
		name, k := place(key)
		if b := t.bucket(name); b != nil && len(k) > 0 {
			values[i] = b.Get(k)
		}
	}
	return values, nil
}

// Put sets the value of key; an empty key makes its bucket.
func (t *boltTx) Put(key kv.Key, v kv.Value) error {
	name, k := place(key)
	b := t.bucket(name)
	if b == nil {
		var err error
		if b, err = t.tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
		t.remember(name, b)
	}
	if len(k) == 0 {
		return nil
	}
	if string(name) == "log" {
		b.FillPercent = 0.95 // the log only grows at its end
	}
	return b.Put(k, v)
}

// Del removes key.
func (t *boltTx) Del(key kv.Key) error {
	name, k := place(key)
	if b := t.bucket(name); b != nil && len(k) > 0 {
		return b.Delete(k)
	}
	return nil
}

// Scan walks over the keys of one bucket that begin with the rest of prefix.
func (t *boltTx) Scan(prefix kv.Key) kv.Iterator {
	name, k := place(prefix)
	it := &boltIterator{bucket: name, prefix: k}
	if b := t.bucket(name); b != nil {
		it.c = b.Cursor()
	}
	return it
}

// Commit writes the revision and makes the transaction durable.
func (t *boltTx) Commit(context.Context) error {
	if t.shared {
		return nil
	}
	if t.kv.next != 0 {
		if err := t.tx.Bucket(boltMeta).Put(boltRevision, bytesOf(t.kv.next)); err != nil {
			return err
		}
		if err := listChanges(t.tx, t.kv.next-1, t.kv.moved); err != nil {
			return err
		}
	}
	if t.kv.fail != nil {
		if err := t.kv.fail(t); err != nil {
			return err
		}
	}
	return t.tx.Commit()
}

// Close ends the transaction; without a commit before it, nothing of it remains.
func (t *boltTx) Close() error {
	if t.shared {
		return nil
	}
	if err := t.tx.Rollback(); err != nil && !errors.Is(err, boltErrors.ErrTxClosed) {
		return err
	}
	return nil
}

// boltIterator walks over a bucket.
type boltIterator struct {
	bucket, prefix []byte
	c              *bbolt.Cursor
	begun          bool
	k, v           []byte
}

// Next moves to the next pair.
func (it *boltIterator) Next(context.Context) bool {
	switch {
	case it.c == nil:
		return false
	case !it.begun:
		it.begun = true
		it.k, it.v = it.c.Seek(it.prefix)
	default:
		it.k, it.v = it.c.Next()
	}
	if it.k == nil || !bytes.HasPrefix(it.k, it.prefix) {
		it.c = nil
		return false
	}
	return true
}

// Key returns the key of the pair.
func (it *boltIterator) Key() kv.Key { return kv.Key{it.bucket, it.k} }

// Val returns the value of the pair.
func (it *boltIterator) Val() kv.Value { return it.v }

// Err returns nil: bbolt does not fail in reading.
func (it *boltIterator) Err() error { return nil }

// Close ends the walk.
func (it *boltIterator) Close() error {
	it.c = nil
	return nil
}
