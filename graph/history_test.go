package graph

import (
	"errors"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
)

// A file whose list of changes is missing, or has a gap, says from which revision
// on it can be shown, and can be shown from there on.
func TestFileWithoutHistory(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(tx *bbolt.Tx) error
	}{
		{"made before there was a list", func(tx *bbolt.Tx) error {
			return errors.Join(tx.DeleteBucket(boltChanges), tx.Bucket(boltMeta).Delete(boltListed))
		}},
		{"written to by a program without one", func(tx *bbolt.Tx) error {
			last, _ := tx.Bucket(boltChanges).Cursor().Last()
			return tx.Bucket(boltChanges).Delete(last)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "graph.bolt")
			s, err := Open(t.Context(), "bolt:"+path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Add(t.Context(), reportOn(1), reportOn(2)); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			db, err := bbolt.Open(path, 0o600, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(db.Update(tt.spoil), db.Close()); err != nil {
				t.Fatal(err)
			}
			if s, err = Open(t.Context(), "bolt:"+path, Options{}); err != nil {
				t.Fatal(err)
			}
			defer func() { s.Close() }()
			if first, last := s.Revisions(); first != 2 || last != 2 {
				t.Errorf("revisions %d to %d can be shown, want 2 only", first, last)
			}
			if _, err := s.Add(t.Context(), reportOn(3)); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if s, err = Open(t.Context(), "bolt:"+path, Options{ReadOnly: true}); err != nil {
				t.Fatal(err)
			}
			v, err := s.AsOf(t.Context(), 2)
			if err != nil || v.Counts().Articles != 2 {
				t.Errorf("AsOf(2): %v, want the two articles", err)
			}
			var wrong *RevisionError
			if _, err := s.AsOf(t.Context(), 1); !errors.As(err, &wrong) || wrong.First != 2 {
				t.Errorf("AsOf(1): %v, want an error that names 2 as the first", err)
			}
		})
	}
}
