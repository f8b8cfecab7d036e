package queries_test

import (
	"cmp"
	"context"
	"database/sql"
	"flag"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the yardstick; by side effect, as database/sql wants it

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
)

// The benchmarks ask the same question of a snapshot and of SQLite with indexed
// tables in memory and SQL written by hand, in the same run, and compare the answers. Both
// sides build rows of strings and encode them as JSON. Reported are the median
// and the 99th percentile of each side in microseconds, and how many times
// slower SQLite's median and 99th percentile are. Both are in processor time of the
// thread, which a busy machine does not lengthen.

// world is one synthetic graph on both sides.
type world struct {
	s      *graph.Snapshot
	db     func() *sql.DB // made when it is first asked for
	actors []graph.ID     // every so many-th that took part in talks, in the order of ids
	talks  []graph.ID     // likewise
	most   int            // about how many of each
}

var quadsFlag = flag.String("quads", "10000,100000,1000000", "about how many quads the graphs of the benchmarks have, with commas between")

// sizes returns the sizes asked for; of the short ones only, with -short.
func sizes(b *testing.B) []int {
	var list []int
	for text := range strings.SplitSeq(*quadsFlag, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < graphtest.QuadsPerArticle {
			b.Fatalf("-quads has %q, want whole numbers", text)
		}
		if n <= 100_000 || !testing.Short() {
			list = append(list, n)
		}
	}
	return list
}

// eachSize runs bench on a world of each size.
func eachSize(b *testing.B, bench func(b *testing.B, w *world)) {
	for _, quads := range sizes(b) {
		b.Run(fmt.Sprintf("quads=%d", quads), func(b *testing.B) {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			bench(b, worldOf(b, quads))
		})
	}
}

// worlds are made once for all benchmarks and not closed: making one of a million
// quads takes longer than most benchmarks.
var worlds sync.Map

func worldOf(b *testing.B, quads int) *world {
	b.Helper()
	if w, ok := worlds.Load(quads); ok {
		return w.(*world)
	}
	w := makeWorld(b, quads)
	worlds.Store(quads, w)
	return w
}

func makeWorld(b *testing.B, quads int) *world {
	b.Helper()
	n := quads / graphtest.QuadsPerArticle
	w := &world{s: graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(n, 1))...), most: 200}
	if quads > 1_000_000 {
		w.most = 50 // SQLite takes its time
	}
	w.actors = w.sample(func(n graph.Node) []graph.Edge { return w.s.Out(n, graph.ParticipatedIn) }, graph.State, graph.Organisation, graph.Person)
	w.talks = w.sample(func(n graph.Node) []graph.Edge { return w.s.In(n, graph.ParticipatedIn) }, graph.Talks)
	w.db = sync.OnceValue(func() *sql.DB { return fill(b, w.s, graphtest.Synthetic(n, 1)) })
	return w
}

// sample returns some things of the types that have such edges, evenly
// spread: few of them are very common, as few are among those that users ask about.
func (w *world) sample(edges func(graph.Node) []graph.Edge, types ...graph.Type) []graph.ID {
	var all []graph.ID
	for _, t := range types {
		for _, n := range w.s.Nodes(t) {
			if len(edges(n)) > 0 {
				all = append(all, w.s.ID(n))
			}
		}
	}
	var some []graph.ID
	for i := 0; i < len(all); i += max(1, len(all)/w.most) {
		some = append(some, all[i])
	}
	return some
}

const tables = `
CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE, label TEXT);
CREATE TABLE article (id INTEGER PRIMARY KEY, name TEXT, title TEXT, outlet TEXT, published TEXT, url TEXT);
CREATE TABLE claim (id INTEGER PRIMARY KEY, name TEXT, article INTEGER, subject INTEGER, predicate TEXT, object INTEGER, literal TEXT,
	fact INTEGER, polarity TEXT, modality TEXT, confidence REAL, sentence INTEGER, start INTEGER, stop INTEGER, quote TEXT);
`

const indexes = `
CREATE INDEX claim_out ON claim (subject, predicate, fact, object);
CREATE INDEX claim_in ON claim (object, predicate, fact, subject);
ANALYZE;
`

func fill(b *testing.B, s *graph.Snapshot, xs iter.Seq[*graph.Extraction]) *sql.DB {
	b.Helper()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	db, err := sql.Open("sqlite", ":memory:")
	must(err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec(tables)
	must(err)
	tx, err := db.Begin()
	must(err)
	thing, err := tx.Prepare("INSERT INTO thing VALUES (?,?,?)")
	must(err)
	for _, t := range graph.Types() {
		for _, n := range s.Nodes(t) {
			_, err = thing.Exec(int(n), string(s.ID(n)), s.At(n).Label)
			must(err)
		}
	}
	article, err := tx.Prepare("INSERT INTO article VALUES (?,?,?,?,?,?)")
	must(err)
	claim, err := tx.Prepare("INSERT INTO claim VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
	must(err)
	i := 0
	for x := range xs {
		i++
		a := x.Article
		_, err = article.Exec(i, string(a.ID), a.Title, a.Outlet, a.Published, a.URL)
		must(err)
		for _, c := range x.Claims {
			subject, _ := s.Node(c.Subject)
			var object, literal any
			if c.Object.IsLiteral() {
				literal = c.Object.Value
			} else {
				n, _ := s.Node(c.Object.ID)
				object = int(n)
			}
			_, err = claim.Exec(string(c.ID), i, int(subject), string(c.Predicate), object, literal, c.IsFact(), string(c.Polarity), string(c.Modality),
				c.Confidence, c.Evidence.Sentence, c.Evidence.Start, c.Evidence.End, c.Evidence.Quote)
			must(err)
		}
	}
	must(tx.Commit())
	_, err = db.Exec(indexes)
	must(err)
	return db
}

// cells is one row of an answer.
type cells []string

// compare checks that both sides give the same rows for each probe, and then
// times both.
func compare[P any](b *testing.B, probes []P, ours func(P) []cells, theirs func(P) []cells) {
	b.Helper()
	rows := 0
	for _, p := range probes {
		got, want := ours(p), theirs(p)
		order := func(x, y cells) int { return slices.Compare(x, y) }
		slices.SortFunc(got, order)
		slices.SortFunc(want, order)
		if !slices.EqualFunc(got, want, func(x, y cells) bool { return slices.Equal(x, y) }) {
			b.Fatalf("%v: %d rows from the snapshot, %d from SQLite, or others", p, len(got), len(want))
		}
		rows += len(got)
	}
	b.ReportAllocs()
	var own, other []time.Duration
	for i := 0; b.Loop(); i++ {
		start := graphtest.ThreadTime()
		encode(ours(probes[i%len(probes)]))
		own = append(own, graphtest.ThreadTime()-start)
	}
	for _, p := range probes {
		start := graphtest.ThreadTime()
		encode(theirs(p))
		other = append(other, graphtest.ThreadTime()-start)
	}
	b.ReportMetric(float64(rows)/float64(len(probes)), "rows/op")
	report(b, own, other)
}

// encode writes rows as JSON; that it is done in the same way for both sides
// matters, and that the strings of a synthetic graph need no escapes.
func encode(rows []cells) []byte {
	buf := make([]byte, 0, 4096)
	for _, row := range rows {
		for i, cell := range row {
			buf = append(append(append(buf, "[,"[min(i, 1)], '"'), cell...), '"')
		}
		buf = append(buf, ']', ',')
	}
	return buf
}

func report(b *testing.B, own, other []time.Duration) {
	at := func(list []time.Duration, share float64) float64 {
		slices.Sort(list)
		return float64(list[int(share*float64(len(list)-1))].Nanoseconds()) / 1000
	}
	b.ReportMetric(at(own, .5), "p50-µs")
	b.ReportMetric(at(own, .99), "p99-µs")
	if len(other) == 0 {
		return
	}
	b.ReportMetric(at(other, .5), "sqlite-p50-µs")
	b.ReportMetric(at(other, .99), "sqlite-p99-µs")
	b.ReportMetric(at(other, .5)/at(own, .5), "p50-ratio")
	b.ReportMetric(at(other, .99)/at(own, .99), "p99-ratio")
}

// selector returns a function that runs a prepared statement and returns its rows.
func selector(b *testing.B, db *sql.DB, query string) func(args ...any) []cells {
	b.Helper()
	st, err := db.Prepare(query)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { st.Close() })
	return func(args ...any) []cells {
		rows, err := st.Query(args...)
		if err != nil {
			b.Fatal(err)
		}
		defer rows.Close()
		columns, _ := rows.Columns()
		var out []cells
		for rows.Next() {
			row := make(cells, len(columns))
			into := make([]any, len(columns))
			for i := range row {
				into[i] = &row[i]
			}
			if err := rows.Scan(into...); err != nil {
				b.Fatal(err)
			}
			out = append(out, row)
		}
		if rows.Err() != nil {
			b.Fatal(rows.Err())
		}
		return out
	}
}

// Two hops: who mediated the talks in which an actor took part, with the claim
// and its quote.
func BenchmarkMediatorsOfParty(b *testing.B) {
	eachSize(b, func(b *testing.B, w *world) {
		s := w.s
		ours := func(id graph.ID) []cells {
			n, _ := s.Node(id)
			var rows []cells
			seen := map[graph.Node]bool{}
			for _, e := range s.Out(n, graph.ParticipatedIn) {
				if !e.IsFact() || seen[e.Other] {
					continue
				}
				seen[e.Other] = true
				talks := s.At(e.Other).Label
				for _, m := range s.In(e.Other, graph.Mediated) {
					if m.IsFact() {
						c := s.ClaimOf(m)
						rows = append(rows, cells{talks, string(c.Subject), s.At(m.Other).Label, string(c.ID), c.Evidence.Quote})
					}
				}
			}
			return rows
		}
		query := selector(b, w.db(), `SELECT t.label, m.name, m.label, c.name, c.quote FROM
			(SELECT DISTINCT object FROM claim WHERE subject = (SELECT id FROM thing WHERE name = ?) AND predicate = 'participatedIn' AND fact = 1) p
			JOIN claim c ON c.object = p.object AND c.predicate = 'mediated' AND c.fact = 1
			JOIN thing t ON t.id = p.object JOIN thing m ON m.id = c.subject`)
		compare(b, w.actors, ours, func(id graph.ID) []cells { return query(string(id)) })
	})
}

// One hop: everything that is a fact about an actor.
func BenchmarkNeighbourhood(b *testing.B) {
	eachSize(b, func(b *testing.B, w *world) {
		s := w.s
		ours := func(id graph.ID) []cells {
			n, _ := s.Node(id)
			rows := make([]cells, 0, len(s.Out(n))+len(s.In(n)))
			for _, list := range [][]graph.Edge{s.Out(n), s.In(n)} {
				for _, e := range list {
					if e.IsFact() && e.Other != graph.NoNode {
						rows = append(rows, cells{string(e.Predicate()), string(s.ID(e.Other)), s.At(e.Other).Label, string(s.ClaimOf(e).ID)})
					}
				}
			}
			return rows
		}
		query := selector(b, w.db(), `SELECT c.predicate, t.name, t.label, c.name FROM claim c JOIN thing t ON t.id = c.object
				WHERE c.subject = (SELECT id FROM thing WHERE name = ?1) AND c.fact = 1
			UNION ALL SELECT c.predicate, t.name, t.label, c.name FROM claim c JOIN thing t ON t.id = c.subject
				WHERE c.object = (SELECT id FROM thing WHERE name = ?1) AND c.fact = 1`)
		compare(b, w.actors, ours, func(id graph.ID) []cells { return query(string(id)) })
	})
}

// One hop back: who took part in talks, with the claim and its quote.
func BenchmarkParticipants(b *testing.B) {
	eachSize(b, func(b *testing.B, w *world) {
		s := w.s
		ours := func(id graph.ID) []cells {
			n, _ := s.Node(id)
			var rows []cells
			for _, e := range s.In(n, graph.ParticipatedIn) {
				if e.IsFact() {
					c := s.ClaimOf(e)
					rows = append(rows, cells{string(c.Subject), s.At(e.Other).Label, string(c.ID), c.Evidence.Quote})
				}
			}
			return rows
		}
		query := selector(b, w.db(), `SELECT t.name, t.label, c.name, c.quote FROM claim c JOIN thing t ON t.id = c.subject
			WHERE c.object = (SELECT id FROM thing WHERE name = ?) AND c.predicate = 'participatedIn' AND c.fact = 1`)
		compare(b, w.talks, ours, func(id graph.ID) []cells { return query(string(id)) })
	})
}

// Intersection: in which talks two actors both took part.
func BenchmarkCommonTalks(b *testing.B) {
	eachSize(b, func(b *testing.B, w *world) {
		s := w.s
		var pairs [][2]graph.ID
		for i := range w.actors {
			pairs = append(pairs, [2]graph.ID{w.actors[i], w.actors[(i+1)%len(w.actors)]})
		}
		ours := func(p [2]graph.ID) []cells {
			n, _ := s.Node(p[0])
			m, _ := s.Node(p[1])
			x, y := s.Out(n, graph.ParticipatedIn), s.Out(m, graph.ParticipatedIn)
			if len(x) > len(y) {
				x, y = y, x
			}
			there := make(map[graph.Node]bool, len(x))
			for _, e := range x {
				if e.IsFact() {
					there[e.Other] = true
				}
			}
			var rows []cells
			for _, e := range y {
				if e.IsFact() && there[e.Other] {
					delete(there, e.Other)
					rows = append(rows, cells{string(s.ID(e.Other)), s.At(e.Other).Label})
				}
			}
			return rows
		}
		query := selector(b, w.db(), `SELECT DISTINCT t.name, t.label FROM claim a JOIN claim b ON b.object = a.object AND b.predicate = 'participatedIn' AND b.fact = 1
			AND b.subject = (SELECT id FROM thing WHERE name = ?2) JOIN thing t ON t.id = a.object
			WHERE a.subject = (SELECT id FROM thing WHERE name = ?1) AND a.predicate = 'participatedIn' AND a.fact = 1`)
		compare(b, pairs, ours, func(p [2]graph.ID) []cells { return query(string(p[0]), string(p[1])) })
	})
}

// The named question mediations for a party as an HTTP client gets it: the first
// 20 rows, the ten players of each role with most claims, three claims for each. SQLite
// finds the talks, counts them and fetches the same claims; compared are the ids
// of the claims.
func BenchmarkQuestionMediations(b *testing.B) {
	eachSize(b, func(b *testing.B, w *world) {
		ours := func(id graph.ID) *queries.Answer {
			a, err := queries.Mediations(context.Background(), w.s, queries.Params{Party: []string{string(id)}})
			if err != nil {
				b.Fatal(err)
			}
			return a
		}
		theirs := mediationsInSQL(b, w.db())
		for _, id := range w.actors {
			var got []string
			answer := ours(id)
			answer.Apart = nil // SQLite is not asked for these
			answer.Each(func(_ *queries.Row, c *graph.Claim, _ *graph.Article) bool {
				if c.IsFact() {
					got = append(got, string(c.ID))
				}
				return true
			})
			var want []string
			for _, row := range theirs(id) {
				want = append(want, row[1])
			}
			slices.Sort(got)
			slices.Sort(want)
			if got, want := slices.Compact(got), slices.Compact(want); !slices.Equal(got, want) {
				b.Fatalf("%s: %d claims from the question, %d from SQLite, or others", id, len(got), len(want))
			}
		}
		b.ReportAllocs()
		var own, other []time.Duration
		bytes := 0
		buf := make([]byte, 0, 1<<20)
		for i := 0; b.Loop(); i++ {
			start := graphtest.ThreadTime()
			buf = ours(w.actors[i%len(w.actors)]).AppendJSON(buf[:0])
			own = append(own, graphtest.ThreadTime()-start)
			bytes += len(buf)
		}
		for _, id := range w.actors {
			start := graphtest.ThreadTime()
			encode(theirs(id))
			other = append(other, graphtest.ThreadTime()-start)
		}
		b.ReportMetric(float64(bytes)/float64(b.N), "bytes/op")
		report(b, own, other)
	})
}

// mediationsInSQL returns the claims that a row of mediations shows for the first
// 20 talks and agreements with a mediator in which an actor, or a Group on its
// side, is a party.
func mediationsInSQL(b *testing.B, db *sql.DB) func(graph.ID) []cells {
	const side = `SELECT id FROM thing WHERE name = ?1 UNION SELECT c.subject FROM claim c JOIN thing g ON g.id = c.subject
		WHERE c.object = (SELECT id FROM thing WHERE name = ?1) AND c.predicate = 'partOf' AND c.fact = 1 AND g.name LIKE 'group/%'`
	const events = `SELECT DISTINCT p.object AS id, e.name FROM claim p JOIN thing e ON e.id = p.object
		WHERE p.subject IN (` + side + `) AND p.predicate IN ('participatedIn', 'signed', 'agreedTo') AND p.fact = 1
		AND (e.name LIKE 'talks/%' OR e.name LIKE 'agreement/%')
		AND EXISTS (SELECT 1 FROM claim m WHERE m.object = p.object AND m.predicate = 'mediated' AND m.fact = 1)`
	const columns = `e.id AS event, c.name, c.predicate, s.name AS sid, s.label AS slabel, coalesce(o.name, '') AS oid, coalesce(o.label, c.literal) AS olabel,
		c.polarity, c.modality, c.confidence, c.sentence, c.start, c.stop, c.quote, a.name AS aid, a.title, a.outlet, a.published, a.url,
		CASE WHEN c.literal IS NULL OR c.predicate = 'outcome' THEN c.predicate ELSE 'dates' END AS role`
	const joins = ` JOIN thing s ON s.id = c.subject LEFT JOIN thing o ON o.id = c.object JOIN article a ON a.id = c.article WHERE c.fact = 1 AND c.predicate IN `
	count := selector(b, db, "SELECT count(*) FROM ("+events+")")
	claims := selector(b, db, "WITH e AS MATERIALIZED ("+events+` ORDER BY e.name LIMIT 20),
		c1 AS (SELECT `+columns+", s.name AS okey, s.label AS other FROM e JOIN claim c ON c.object = e.id"+joins+`('mediated','participatedIn','signed','agreedTo','hosted','guaranteed','observed')
			UNION ALL SELECT `+columns+", coalesce(o.name, c.literal) AS okey, coalesce(o.label, c.literal) AS other FROM e JOIN claim c ON c.subject = e.id"+joins+`('heldIn','signedIn','heldOn','startedOn','endedOn','signedOn','agreedOn','effectiveOn','expiresOn','outcome','ledTo','concerns')),
		c2 AS (SELECT *, row_number() OVER (PARTITION BY event, role, okey ORDER BY published, aid, start, stop, name) AS place,
			count(*) OVER (PARTITION BY event, role, okey) AS n FROM c1),
		c3 AS (SELECT *, dense_rank() OVER (PARTITION BY event, role ORDER BY n DESC, other, okey) AS rank FROM c2)
		SELECT * FROM c3 WHERE place <= 3 AND rank <= 10`)
	return func(id graph.ID) []cells {
		count(string(id))
		return claims(string(id))
	}
}

// Every question without a filter, the first 20 rows: the dearest way to ask it.
func BenchmarkQuestionUnfiltered(b *testing.B) {
	eachSize(b, func(b *testing.B, w *world) {
		for _, q := range queries.Catalogue() {
			values := map[string][]string{}
			for _, p := range q.Parameters {
				if p.Required {
					values[p.Name] = []string{string(w.actors[0])}
				}
			}
			b.Run("question="+q.Name, func(b *testing.B) {
				b.ReportAllocs()
				buf := make([]byte, 0, 1<<20)
				for b.Loop() {
					a, err := queries.Run(b.Context(), w.s, q.Name, values)
					if err != nil {
						b.Fatal(err)
					}
					buf = a.AppendJSON(buf[:0])
				}
			})
		}
	})
}

// The three shortest paths of up to four hops between two actors.
func BenchmarkPaths(b *testing.B) {
	eachSize(b, func(b *testing.B, w *world) {
		var own []time.Duration
		for i := 0; b.Loop(); i++ {
			p := queries.Params{From: []string{string(w.actors[i%len(w.actors)])}, To: []string{string(w.actors[(i*7+3)%len(w.actors)])}}
			start := graphtest.ThreadTime()
			if _, err := queries.Paths(b.Context(), w.s, p); err != nil {
				b.Fatal(err)
			}
			own = append(own, graphtest.ThreadTime()-start)
		}
		report(b, own, nil)
	})
}

// How long it takes to build a snapshot, and what it holds in memory.
func BenchmarkSnapshotBuild(b *testing.B) {
	for _, quads := range sizes(b) {
		b.Run(fmt.Sprintf("quads=%d", quads), func(b *testing.B) {
			xs := slices.Collect(graphtest.Synthetic(quads/graphtest.QuadsPerArticle, 1))
			heap := func() float64 {
				var m runtime.MemStats
				runtime.GC()
				runtime.GC()
				runtime.ReadMemStats(&m)
				return float64(m.HeapAlloc)
			}
			before := heap()
			s := graph.NewSnapshot(1, xs...)
			used := heap() - before
			runtime.KeepAlive(s)
			for b.Loop() {
				graph.NewSnapshot(1, xs...)
			}
			b.ReportMetric(used/float64(quads), "heap-bytes/quad")
			b.ReportMetric(float64(s.Counts().Claims), "claims")
			b.ReportMetric(float64(quads)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
		})
	}
}

// A name in a question is looked up among all labels and aliases.
func BenchmarkNamed(b *testing.B) {
	eachSize(b, func(b *testing.B, w *world) {
		var names []string
		for _, id := range w.actors {
			t, _ := w.s.Thing(id)
			names = append(names, strings.ToUpper(cmp.Or(t.Label, string(id))))
		}
		for i := 0; b.Loop(); i++ {
			if len(w.s.Named(names[i%len(names)])) == 0 {
				b.Fatalf("%s is not found", names[i%len(names)])
			}
		}
	})
}
