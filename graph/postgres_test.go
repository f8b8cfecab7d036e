package graph_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"parley/graph"
	"parley/graph/graphtest"
)

// postgresURL is the server that tests may make databases in; .ci/postgres.sh
// starts one.
const postgresURL = "PARLEY_TEST_POSTGRES"

// databases numbers the databases of this process.
var databases atomic.Int64

// newDatabase makes an empty database and returns its URL.
func newDatabase(t testing.TB) string {
	t.Helper()
	server := os.Getenv(postgresURL)
	if server == "" {
		t.Skip(postgresURL + " is not set: no PostgreSQL server to test on")
	}
	db, err := sql.Open("postgres", server)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("parley_test_%d_%d", os.Getpid(), databases.Add(1))
	if _, err := db.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatalf("create database: %v", err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("drop database: %v", err)
		}
		db.Close()
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func TestPostgres(t *testing.T) {
	graphtest.TestStore(t, func(t *testing.T) string { return newDatabase(t) })
}

// Two processes write to one database: each sees the other's articles after it
// has written or refreshed, and nothing is there twice.
func TestPostgresTwoWriters(t *testing.T) {
	url := newDatabase(t)
	var stores [2]*graph.Store
	for i := range stores {
		s, err := graph.Open(t.Context(), url, graph.Options{})
		if err != nil {
			t.Fatalf("Open: %v", err)
		}
		defer s.Close()
		stores[i] = s
	}
	const n = 20
	for i := range n {
		x := graphtest.SyntheticArticle(i, n, 1)
		if a, err := stores[i%2].Add(t.Context(), x); err != nil || a.Articles != 1 {
			t.Fatalf("Add by %d = %+v, %v", i%2, a, err)
		}
		if i%4 == 3 {
			if a, err := stores[(i+1)%2].Add(t.Context(), x); err != nil || a.Skipped != 1 {
				t.Fatalf("Add of the other's article = %+v, %v, want it skipped", a, err)
			}
		}
		if i%5 == 4 {
			if err := stores[(i+1)%2].Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := stores[(i+1)%2].Remove(t.Context(), x.Article.ID); err != nil {
				t.Fatalf("Remove of the other's article: %v", err)
			}
		}
	}
	kept := graphtest.SyntheticArticle(0, n, 1).Article.ID
	for i, kind := range []graph.DecisionKind{graph.RetractArticles, graph.RestoreArticles} {
		if _, err := stores[i].Decide(t.Context(), graph.Decision{Kind: kind, Articles: []graph.ID{kept}}); i == 0 && err != nil {
			t.Fatal(err)
		} else if i == 1 && err != nil { // it has not heard of the retraction
			if err := stores[i].Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := stores[i].Decide(t.Context(), graph.Decision{Kind: kind, Articles: []graph.ID{kept}}); err != nil {
				t.Fatalf("Decide after Refresh: %v", err)
			}
		}
	}
	for i, s := range stores {
		if err := s.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(s.Decisions()) != 2 {
			t.Errorf("store %d has decisions %+v, want 2", i, s.Decisions())
		}
		if got := s.Snapshot().Counts().Articles; got != n-n/5 {
			t.Errorf("store %d shows %d articles, want %d", i, got, n-n/5)
		}
	}
	if stores[0].Revision() != stores[1].Revision() {
		t.Errorf("revisions %d and %d differ", stores[0].Revision(), stores[1].Revision())
	}
	one := graphtest.Dump(t, stores[0])
	if two := graphtest.Dump(t, stores[1]); one != two || !strings.Contains(one, "parley:article/") {
		t.Error("two stores of one database dump differently, or nothing")
	}
}
