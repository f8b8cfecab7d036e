package graph_test

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"parley/graph"
	"parley/graph/graphtest"
)

func TestMemory(t *testing.T) {
	graphtest.TestStore(t, func(*testing.T) string { return "memory:" })
}

func TestBolt(t *testing.T) {
	graphtest.TestStore(t, func(t *testing.T) string { return "bolt:" + filepath.Join(t.TempDir(), "graph.db") })
}

// TestLong runs four readers beside a loader on bolt, for as many seconds as
// PARLEY_TEST_SECONDS says.
func TestLong(t *testing.T) {
	seconds, err := strconv.Atoi(os.Getenv("PARLEY_TEST_SECONDS"))
	if err != nil {
		t.Skip("PARLEY_TEST_SECONDS is not set")
	}
	// A small map makes the file grow past it again and again, which is when bolt
	// used to hang.
	for _, mmap := range []int64{0, 1 << 16} {
		s, err := graph.Open(t.Context(), "bolt:"+filepath.Join(t.TempDir(), "graph.db"), graph.Options{MmapBytes: mmap})
		if err != nil {
			t.Fatal(err)
		}
		end := time.Now().Add(time.Duration(seconds) * time.Second / 2)
		graphtest.ReadWhileLoading(t, s, func(yield func(*graph.Extraction) bool) {
			for i := 0; time.Now().Before(end); i++ {
				if !yield(graphtest.SyntheticArticle(i, 10_000, 12)) {
					return
				}
			}
		}, 4)
		r, err := s.Verify(t.Context())
		if err != nil || len(r.Problems) > 0 || r.Articles == 0 {
			t.Errorf("Verify() = %+v, %v", r, err)
		}
		t.Logf("map of %d bytes: %d articles loaded beside the readers", mmap, r.Articles)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	text := write("notes.txt", strings.Repeat("not a graph\n", 2000))
	other := filepath.Join(dir, "other.db")
	db, err := bbolt.Open(other, 0o644, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("users")); return err }); err != nil {
		t.Fatal(err)
	}
	db.Close()
	tests := []struct {
		name string
		url  string
		opts graph.Options
		is   error  // or
		want string // in the text
	}{
		{"no scheme", "graph.db", graph.Options{}, nil, "want memory:, bolt:PATH or postgres://"},
		{"unknown scheme", "mysql://localhost/x", graph.Options{}, nil, "want memory:, bolt:PATH or postgres://"},
		{"no path", "bolt:", graph.Options{}, nil, "want memory:"},
		{"empty", "", graph.Options{}, nil, "want memory:"},
		{"a text file", "bolt:" + text, graph.Options{}, graph.ErrForeign, ""},
		{"another program's bolt file", "bolt:" + other, graph.Options{}, graph.ErrForeign, ""},
		{"a folder", "bolt:" + dir, graph.Options{}, graph.ErrForeign, "folder"},
		{"a folder that is not there", "bolt:" + filepath.Join(dir, "absent", "g.db"), graph.Options{}, fs.ErrNotExist, ""},
		{"nothing to read", "bolt:" + filepath.Join(dir, "absent.db"), graph.Options{ReadOnly: true}, fs.ErrNotExist, ""},
		{"no server", "postgres://u:secret@127.0.0.1:1/x?sslmode=disable", graph.Options{}, nil, "refused"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := graph.Open(t.Context(), tt.url, tt.opts)
			if err == nil {
				s.Close()
				t.Fatalf("Open(%q) succeeds, want an error", tt.url)
			}
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("Open(%q) = %v, want %v", tt.url, err, tt.is)
			}
			if !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("Open(%q) = %v, want %q in it and no password", tt.url, err, tt.want)
			}
		})
	}
	if b, err := os.ReadFile(text); err != nil || !strings.HasPrefix(string(b), "not a graph") {
		t.Errorf("a refused file was changed: %q, %v", b, err)
	}
}

// A damaged file is refused or read as far as it goes; it never ends the program.
func TestBoltDamage(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole.db")
	s, err := graph.Open(t.Context(), "bolt:"+whole, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddBulk(t.Context(), graphtest.Sequence(graphtest.Synthetic(60, 1))); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	for len(content) > 4096 && !slices.ContainsFunc(content[len(content)-4096:], func(b byte) bool { return b != 0 }) {
		content = content[:len(content)-4096] // set aside for later and not used
	}
	read := func(t *testing.T, content []byte) error {
		path := filepath.Join(t.TempDir(), "graph.db")
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := graph.Open(t.Context(), "bolt:"+path, graph.Options{})
		if err != nil {
			return err
		}
		defer s.Close()
		r, err := s.Verify(t.Context())
		if err == nil && len(r.Problems) > 0 {
			err = errors.New(r.Problems[0].String())
		}
		if _, addErr := s.Add(t.Context(), graphtest.SyntheticArticle(61, 100, 2)); addErr != nil {
			err = errors.Join(err, addErr)
		}
		return err
	}
	if err := read(t, content); err != nil {
		t.Fatalf("the whole file: %v", err)
	}
	for _, size := range []int{1, 100, 4096, 8192, 20_000, len(content) / 4, len(content) / 2} {
		if err := read(t, content[:size]); err == nil {
			t.Errorf("a file cut to %d of %d bytes is read without an error", size, len(content))
		}
	}
	found, rounds := 0, 40
	if testing.Short() {
		rounds = 10
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range rounds {
		damaged := slices.Clone(content)
		page := r.IntN(len(content)/4096) * 4096
		for i := range 200 {
			damaged[page+i] = byte(r.Uint32())
		}
		if err := read(t, damaged); err != nil {
			found++
		}
	}
	if found == 0 {
		t.Errorf("of %d files with a damaged page none gives an error", rounds)
	}
	t.Logf("%d of %d damaged pages were noticed", found, rounds)
}

func TestBoltLock(t *testing.T) {
	url := "bolt:" + filepath.Join(t.TempDir(), "graph.db")
	opts := graph.Options{LockTimeout: 50 * time.Millisecond}
	s, err := graph.Open(t.Context(), url, opts)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Add(t.Context(), graphtest.SyntheticArticle(0, 1, 1)); err != nil {
		t.Fatal(err)
	}
	if _, err := graph.Open(t.Context(), url, opts); !errors.Is(err, graph.ErrLocked) {
		t.Errorf("second Open = %v, want ErrLocked", err)
	}
	s.Close()

	opts.ReadOnly = true
	var readers [2]*graph.Store
	for i := range readers {
		if readers[i], err = graph.Open(t.Context(), url, opts); err != nil {
			t.Fatalf("Open of reader %d: %v", i, err)
		}
		defer readers[i].Close()
	}
	if _, err := readers[0].Add(t.Context(), graphtest.SyntheticArticle(1, 2, 1)); !errors.Is(err, graph.ErrReadOnly) {
		t.Errorf("Add by a reader = %v, want ErrReadOnly", err)
	}
	if n := readers[1].Snapshot().Counts().Articles; n != 1 {
		t.Errorf("a reader shows %d articles, want 1", n)
	}
}
