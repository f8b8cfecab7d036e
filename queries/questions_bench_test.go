package queries_test

import (
	"context"
	"fmt"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
)

// Each named question as an HTTP client gets it: asked about two hundred things,
// evenly spread, and without any, under the filters that most are asked with. In
// PARAMETERS, ACTOR and OTHER stand for actors, TALKS for talks.
func BenchmarkQuestions(b *testing.B) {
	asked := []struct{ name, parameters string }{
		{"mediations", "party=ACTOR"}, {"mediations", "mediator=ACTOR&facets=outlet,year"}, {"mediations", "since=2005&until=2006"},
		{"talks", "actor=ACTOR"}, {"talks", "sort=-date&limit=10"}, {"talks", "since=2005&until=2006"},
		{"agreements", "party=ACTOR"}, {"proposals", "party=ACTOR"},
		{"mediators", "limit=10"}, {"mediators", "party=ACTOR"}, {"mediators", "since=2005&until=2006"},
		{"positions", "actor=ACTOR"}, {"memberships", "actor=ACTOR"}, {"meetings", "actor=ACTOR"}, {"meetings", "sort=-claims"}, {"meetings", "min_confidence=0.9"},
		{"statements", "actor=ACTOR&polarity=any"}, {"disputes", "limit=10"}, {"disputes", "thing=ACTOR"}, {"disputes", "min_confidence=0.9"},
		{"evolution", "thing=TALKS"}, {"common", "thing=ACTOR&with=OTHER"}, {"paths", "from=ACTOR&to=OTHER"},
		{"about", "thing=ACTOR"}, {"timeline", "thing=ACTOR"}, {"neighbours", "thing=ACTOR"}, {"neighbours", "thing=TALKS&type=Person"},
	}
	eachSize(b, func(b *testing.B, w *world) {
		for _, q := range asked {
			values, err := url.ParseQuery(q.parameters)
			if err != nil {
				b.Fatal(err)
			}
			b.Run("question="+q.name+"?"+q.parameters, func(b *testing.B) {
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				b.ReportAllocs()
				var own []time.Duration
				buf := make([]byte, 0, 1<<20)
				for i := 0; b.Loop(); i++ {
					of := func(list []graph.ID, i int) string { return string(list[i%len(list)]) }
					stand := strings.NewReplacer("ACTOR", of(w.actors, i), "OTHER", of(w.actors, i*7+3), "TALKS", of(w.talks, i))
					p := make(map[string][]string, len(values))
					for name := range values {
						p[name] = []string{stand.Replace(values.Get(name))}
					}
					start := graphtest.ThreadTime()
					a, err := queries.Run(b.Context(), w.s, q.name, p)
					if err != nil {
						b.Fatal(err)
					}
					buf = a.AppendJSON(buf[:0])
					own = append(own, graphtest.ThreadTime()-start)
				}
				report(b, own, nil)
			})
		}
	})
}

// The ranking of mediators, and who met whom, against SQL: the first 20 rows.
func BenchmarkQuestionRankings(b *testing.B) {
	rankings := []struct {
		name, query string
		row         func(s *graph.Snapshot, r *queries.Row) cells
	}{
		{"mediators", `SELECT s.name, count(DISTINCT c.object) AS n FROM claim c JOIN thing s ON s.id = c.subject JOIN thing e ON e.id = c.object
			WHERE c.predicate = 'mediated' AND c.fact = 1 AND (e.name LIKE 'talks/%' OR e.name LIKE 'agreement/%')
			GROUP BY c.subject ORDER BY n DESC, s.name LIMIT 20`,
			func(s *graph.Snapshot, r *queries.Row) cells {
				return cells{string(s.ID(r.Thing)), fmt.Sprint(r.AllClaims)}
			}},
		{"meetings", `SELECT min(s.name, o.name) AS a, max(s.name, o.name) AS z, count(*) FROM claim c JOIN thing s ON s.id = c.subject JOIN thing o ON o.id = c.object
			WHERE c.predicate IN ('metWith', 'spokeWith') AND c.fact = 1 GROUP BY c.predicate, a, z ORDER BY c.predicate, z, a LIMIT 20`,
			func(s *graph.Snapshot, r *queries.Row) cells {
				return cells{string(s.ID(r.Thing)), string(s.ID(r.Object.Node)), fmt.Sprint(r.Object.Count)}
			}},
	}
	eachSize(b, func(b *testing.B, w *world) {
		for _, q := range rankings {
			theirs := selector(b, w.db(), q.query)
			b.Run("question="+q.name, func(b *testing.B) {
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				buf := make([]byte, 0, 1<<20)
				ours := func(string) []cells {
					a, err := queries.Run(context.Background(), w.s, q.name, nil)
					if err != nil {
						b.Fatal(err)
					}
					buf = a.AppendJSON(buf[:0])
					var rows []cells
					for i := range a.Rows {
						rows = append(rows, q.row(w.s, &a.Rows[i]))
					}
					return rows
				}
				if got, want := ours(""), theirs(); !slices.EqualFunc(got, want, func(x, y cells) bool { return slices.Equal(x, y) }) {
					b.Fatalf("%s: rows are %v, from SQLite %v", q.name, got, want)
				}
				compare(b, make([]string, 20), ours, func(string) []cells { return theirs() })
			})
		}
	})
}
