package graph

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

// reportOn returns a small article with two claims.
func reportOn(n int) *Extraction {
	const body = "Abel met Bruno. Bruno met Cleo."
	x := &Extraction{Article: Article{Title: fmt.Sprintf("Meeting %d", n), Text: body}}
	x.Article.MakeID()
	for _, name := range []string{"Abel", "Bruno", "Cleo"} {
		x.Things = append(x.Things, Thing{ID: MakeThingID(Person, name), Type: Person, Label: name})
	}
	claim := func(s, o ID, start, end int) {
		c := Claim{Article: x.Article.ID, Subject: s, Predicate: MetWith, Object: ThingObject(o), Polarity: Asserted, Modality: Actual, Confidence: 1,
			Evidence: Evidence{Start: start, End: end, Quote: body[start:end]}}
		c.MakeID()
		x.Claims = append(x.Claims, c)
	}
	claim("person/abel", "person/bruno", 0, 15)
	claim("person/bruno", "person/cleo", 16, 31)
	return x
}

func dumpOf(t *testing.T, s *Store) string {
	t.Helper()
	var b strings.Builder
	if err := s.Dump(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A commit that fails leaves nothing behind: what is written next is what was
// asked for, and no more. One that fails after all was written is found out.
func TestFailedCommit(t *testing.T) {
	broken := errors.New("disk full")
	tests := []struct {
		name    string
		fail    func(*boltTx) error
		written bool
	}{
		{"before anything is written", func(*boltTx) error { return broken }, false},
		{"after everything is written", func(tx *boltTx) error { return errors.Join(tx.tx.Commit(), broken) }, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "graph.db")
			s, err := Open(t.Context(), "bolt:"+path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Add(t.Context(), reportOn(1)); err != nil {
				t.Fatal(err)
			}
			s.b.(*bolt).kv.fail = tt.fail
			failed := reportOn(2)
			if a, err := s.Add(t.Context(), failed); !errors.Is(err, broken) || a.Articles != 0 {
				t.Errorf("Add on a full disk = %+v, %v, want its error", a, err)
			}
			if _, shown := s.Snapshot().Article(failed.Article.ID); shown != tt.written {
				t.Errorf("the snapshot has the article: %v, want %v", shown, tt.written)
			}
			if _, err := s.Add(t.Context(), reportOn(3)); err != nil {
				t.Fatalf("Add after a failed one: %v", err)
			}
			if err := s.Remove(t.Context(), reportOn(1).Article.ID); err != nil {
				t.Fatalf("Remove after a failed Add: %v", err)
			}
			want, err := Open(t.Context(), "memory:", Options{})
			if err != nil {
				t.Fatal(err)
			}
			if tt.written {
				want.Add(t.Context(), failed)
			}
			if _, err := want.Add(t.Context(), reportOn(3)); err != nil {
				t.Fatal(err)
			}
			if got, want := dumpOf(t, s), dumpOf(t, want); got != want {
				t.Errorf("Dump after a failed commit:\n%swant:\n%s", got, want)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if s, err = Open(t.Context(), "bolt:"+path, Options{}); err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if got, want := dumpOf(t, s), dumpOf(t, want); got != want {
				t.Errorf("Dump after reopening:\n%swant:\n%s", got, want)
			}
		})
	}
}

// Verify finds a graph that someone else has changed.
func TestVerifyFinds(t *testing.T) {
	tests := []struct {
		name   string
		change func(q quad.Quad) []quad.Quad // what takes the place of q
		want   string
	}{
		{"a changed quote", func(q quad.Quad) []quad.Quad {
			if q.Predicate == propQuote && q.Object == quad.String("Abel met Bruno.") {
				q.Object = quad.String("Abel met Brunx.")
			}
			return []quad.Quad{q}
		}, "quote is not the text at 0–15"},
		{"a changed text", func(q quad.Quad) []quad.Quad {
			if q.Predicate == propText {
				q.Object = quad.String("Short.")
			}
			return []quad.Quad{q}
		}, "quote at 0–15 is outside the text"},
		{"a missing fact", func(q quad.Quad) []quad.Quad {
			if q.Predicate == quad.IRI(scheme+"metWith") {
				return nil
			}
			return []quad.Quad{q}
		}, "stored statements are missing"},
		{"a fact that nobody claims", func(q quad.Quad) []quad.Quad {
			if q.Predicate != propText {
				return []quad.Quad{q}
			}
			return []quad.Quad{q, {Subject: iri("person/cleo"), Predicate: quad.IRI(scheme + "metWith"), Object: iri("person/abel"), Label: q.Label}}
		}, "foreign"},
		{"a claim without its record", func(q quad.Quad) []quad.Quad {
			if q.Predicate == propClaim {
				return nil
			}
			return []quad.Quad{q}
		}, "is not whole"},
		{"a record that is no JSON", func(q quad.Quad) []quad.Quad {
			if q.Predicate == propArticle {
				q.Object = quad.String("{")
			}
			return []quad.Quad{q}
		}, "unexpected end of JSON"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Open(t.Context(), "memory:", Options{})
			if err != nil {
				t.Fatal(err)
			}
			x := reportOn(1)
			if _, err := s.Add(t.Context(), x, reportOn(2)); err != nil {
				t.Fatal(err)
			}
			old, err := s.quads(t.Context(), x.Article.ID)
			if err != nil {
				t.Fatal(err)
			}
			var changed []quad.Quad
			for _, q := range old {
				changed = append(changed, tt.change(q)...)
			}
			for _, c := range []change{{remove: old}, {add: changed}} {
				if _, err := s.b.commit(t.Context(), 0, c); err != nil {
					t.Fatal(err)
				}
			}
			r, err := s.Verify(t.Context())
			if err != nil || r.Articles != 2 || len(r.Problems) == 0 {
				t.Fatalf("Verify() = %+v, %v, want problems", r, err)
			}
			var all []string
			for _, p := range r.Problems {
				all = append(all, p.String())
				if p.Article != x.Article.ID {
					t.Errorf("Verify() blames %s, want %s", p.Article, x.Article.ID)
				}
			}
			if got := strings.Join(all, "\n"); !strings.Contains(got, tt.want) {
				t.Errorf("Verify() finds\n%s\nwant %q in it", got, tt.want)
			}
		})
	}
}

// A file that was opened by a crashed process, or half written by another
// program, is refused or opened, never taken for an empty graph.
func TestOtherLayout(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s, err := Open(t.Context(), "bolt:"+path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	tx, err := s.b.(*bolt).kv.db.Begin(true)
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.Bucket(boltMeta).Put(boltLayout, bytesOf(layoutVersion+1)); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := Open(t.Context(), "bolt:"+path, Options{}); !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), "layout 2, want 1") {
		t.Errorf("Open of a graph of layout %d = %v, want ErrForeign with both numbers", layoutVersion+1, err)
	}
}
