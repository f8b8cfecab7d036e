package graph

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	cgraph "github.com/cayleygraph/cayley/graph"
	_ "github.com/cayleygraph/cayley/graph/sql/postgres" // registers "postgres"
	"github.com/cayleygraph/quad"
	"github.com/lib/pq"
)

// postgres keeps quads in Cayley's two tables of a PostgreSQL database. Cayley
// makes the tables and follows paths in them. It writes and reads them value by
// value, so commits and whole articles go past it: quads by COPY, nodes by one
// statement, and the revision with them in one transaction.
type postgres struct {
	url  string
	opts Options
	db   *sql.DB
	qs   cgraph.QuadStore
}

// postgresTables is what parley adds to Cayley's tables. Values are never looked
// for by predicate alone, so that index only costs; foreign keys repeat what each
// transaction sees to, at four look-ups a quad.
const postgresTables = `
	ALTER TABLE quads DROP CONSTRAINT IF EXISTS subject_hash_fk, DROP CONSTRAINT IF EXISTS predicate_hash_fk,
		DROP CONSTRAINT IF EXISTS object_hash_fk, DROP CONSTRAINT IF EXISTS label_hash_fk;
	DROP INDEX IF EXISTS pos_index, osp_index;
	CREATE INDEX IF NOT EXISTS label_index ON quads (label_hash);
	CREATE TABLE parley_meta (layout BIGINT NOT NULL, revision BIGINT NOT NULL, quads BIGINT NOT NULL);
	CREATE TABLE parley_changes (revision BIGINT NOT NULL, article TEXT NOT NULL, gone BOOLEAN NOT NULL);
	CREATE INDEX parley_changes_index ON parley_changes (revision);`

func openPostgres(ctx context.Context, url string, opts Options) (*postgres, error) {
	p := &postgres{url: url, opts: opts}
	if err := p.connect(ctx); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *postgres) connect(ctx context.Context) (err error) {
	if p.db, err = sql.Open("postgres", p.url); err != nil {
		return err
	}
	if err = p.db.PingContext(ctx); err == nil {
		if err = p.create(ctx); err == nil {
			p.qs, err = cgraph.NewQuadStore("postgres", p.url, nil)
		}
	}
	if err != nil {
		p.db.Close()
	}
	return err
}

// create checks the layout, or makes it in a database without Cayley's tables.
// The lock lets processes that start together wait for one another.
func (p *postgres) create(ctx context.Context) error {
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing after a commit
	const lock int64 = 0x7061726c6579
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, lock); err != nil {
		return err
	}
	var ours, cayleys bool
	err = tx.QueryRowContext(ctx, `SELECT to_regclass('parley_meta') IS NOT NULL, to_regclass('quads') IS NOT NULL`).Scan(&ours, &cayleys)
	if err != nil {
		return err
	}
	if ours {
		var layout int
		if err := tx.QueryRowContext(ctx, `SELECT layout FROM parley_meta`).Scan(&layout); err != nil {
			return fmt.Errorf("%w: %w", ErrForeign, err)
		}
		if layout != layoutVersion {
			return fmt.Errorf("layout %d, want %d: %w", layout, layoutVersion, ErrForeign)
		}
		return nil
	}
	if p.opts.ReadOnly {
		return fmt.Errorf("the database has no graph: %w", ErrForeign)
	}
	if !cayleys { // else an attempt to make the graph was cut short here, or the tables are another's
		if err := cgraph.InitQuadStore("postgres", p.url, nil); err != nil {
			return err
		}
	}
	var used bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM quads)`).Scan(&used); err != nil {
		return err
	}
	if used {
		return fmt.Errorf("tables without a revision: %w", ErrForeign)
	}
	if _, err := tx.ExecContext(ctx, postgresTables); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO parley_meta VALUES ($1, 0, 0)`, layoutVersion); err != nil {
		return err
	}
	return tx.Commit()
}

func (p *postgres) revision(ctx context.Context) (n uint64, err error) {
	err = p.db.QueryRowContext(ctx, `SELECT revision FROM parley_meta`).Scan(&n)
	return n, err
}

func (p *postgres) size(ctx context.Context) (n int64, err error) {
	err = p.db.QueryRowContext(ctx, `SELECT quads FROM parley_meta`).Scan(&n)
	return n, err
}

func (p *postgres) cayley() cgraph.QuadStore { return p.qs }

func (p *postgres) close() error { return errors.Join(p.qs.Close(), p.db.Close()) }

func (p *postgres) reopen(ctx context.Context) error {
	if err := p.close(); err != nil {
		return err
	}
	return p.connect(ctx)
}

// commit makes one change. The row of parley_meta is the lock between processes.
func (p *postgres) commit(ctx context.Context, base uint64, c change) (uint64, error) {
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback() // nothing after a commit
	if _, err := tx.ExecContext(ctx, `SET LOCAL synchronous_commit = on`); err != nil {
		return 0, err
	}
	var now uint64
	if err := tx.QueryRowContext(ctx, `SELECT revision FROM parley_meta FOR UPDATE`).Scan(&now); err != nil {
		return 0, err
	}
	if now != base {
		return 0, errMoved
	}
	if len(c.add) > 0 {
		if err := insert(ctx, tx, c.add); err != nil {
			return 0, err
		}
	}
	for _, id := range c.gone {
		if err := deleteLabel(ctx, tx, iri(id)); err != nil {
			return 0, err
		}
	}
	if err := record(ctx, tx, base+1, c); err != nil {
		return 0, err
	}
	return base + 1, tx.Commit()
}

// record raises the revision and notes the articles for other processes.
func record(ctx context.Context, tx *sql.Tx, revision uint64, c change) error {
	_, err := tx.ExecContext(ctx, `UPDATE parley_meta SET revision = $1, quads = quads + $2`, revision, len(c.add)-len(c.remove))
	if err != nil {
		return err
	}
	const note = `INSERT INTO parley_changes SELECT $1, unnest($2::text[]), $3`
	for _, list := range []struct {
		ids  []ID
		gone bool
	}{{c.labels, false}, {c.gone, true}} {
		if len(list.ids) == 0 {
			continue
		}
		if _, err := tx.ExecContext(ctx, note, revision, pq.Array(list.ids), list.gone); err != nil {
			return err
		}
	}
	return nil
}

// insert adds quads of which none is there yet.
func insert(ctx context.Context, tx *sql.Tx, quads []quad.Quad) error {
	refs := make(map[cgraph.ValueHash]int, len(quads))
	values := make(map[cgraph.ValueHash]quad.Value, len(quads))
	hashes := make([][4]cgraph.ValueHash, len(quads))
	for i, q := range quads {
		for k, d := range quad.Directions {
			h := cgraph.HashOf(q.Get(d))
			hashes[i][k] = h
			refs[h]++
			values[h] = q.Get(d)
		}
	}
	if err := insertNodes(ctx, tx, values, refs); err != nil {
		return err
	}
	stmt, err := tx.PrepareContext(ctx, pq.CopyIn("quads", "subject_hash", "predicate_hash", "object_hash", "label_hash"))
	if err != nil {
		return err
	}
	for i := range hashes {
		h := &hashes[i]
		if _, err := stmt.ExecContext(ctx, h[0][:], h[1][:], h[2][:], h[3][:]); err != nil {
			return err
		}
	}
	if _, err := stmt.ExecContext(ctx); err != nil {
		return err
	}
	return stmt.Close()
}

// insertNodes adds nodes, or the number of their uses if they are there already.
func insertNodes(ctx context.Context, tx *sql.Tx, values map[cgraph.ValueHash]quad.Value, refs map[cgraph.ValueHash]int) error {
	order := make([]cgraph.ValueHash, 0, len(values))
	for h := range values {
		order = append(order, h)
	}
	slices.SortFunc(order, func(a, b cgraph.ValueHash) int { return bytes.Compare(a[:], b[:]) })
	hash := make([][]byte, len(order))
	uses := make([]int64, len(order))
	texts := make([]string, len(order))
	types := make([]sql.NullString, len(order))
	iris := make([]sql.NullBool, len(order))
	for i, h := range order {
		hash[i], uses[i] = order[i][:], int64(refs[h])
		switch v := values[h].(type) {
		case quad.IRI:
			texts[i], iris[i] = string(v), sql.NullBool{Bool: true, Valid: true}
		case quad.String:
			texts[i] = string(v)
		case quad.TypedString:
			texts[i], types[i] = string(v.Value), sql.NullString{String: string(v.Type), Valid: true}
		default:
			return fmt.Errorf("a node of type %T", v) // encode makes no others
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO nodes (hash, refs, value_string, datatype, iri)
		SELECT * FROM unnest($1::bytea[], $2::int[], $3::text[], $4::text[], $5::bool[])
		ON CONFLICT (hash) DO UPDATE SET refs = nodes.refs + EXCLUDED.refs`,
		pq.Array(hash), pq.Array(uses), pq.Array(texts), pq.Array(types), pq.Array(iris))
	return err
}

// deleteLabel removes the quads of one label, and the nodes that nothing uses
// any more.
func deleteLabel(ctx context.Context, tx *sql.Tx, label quad.IRI) error {
	h := cgraph.HashOf(label)
	rows, err := tx.QueryContext(ctx, `
		WITH gone AS (DELETE FROM quads WHERE label_hash = $1 RETURNING subject_hash, predicate_hash, object_hash, label_hash),
		uses AS (SELECT h, count(*) AS n FROM gone
			CROSS JOIN LATERAL (VALUES (subject_hash), (predicate_hash), (object_hash), (label_hash)) AS v (h) GROUP BY h)
		UPDATE nodes SET refs = refs - uses.n FROM uses WHERE hash = uses.h RETURNING hash, refs`, h[:])
	if err != nil {
		return err
	}
	defer rows.Close()
	var dead [][]byte
	for rows.Next() {
		var hash []byte
		var refs int
		if err := rows.Scan(&hash, &refs); err != nil {
			return err
		}
		if refs <= 0 {
			dead = append(dead, hash)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM nodes WHERE hash = ANY ($1)`, pq.Array(dead))
	return err
}

func (p *postgres) since(ctx context.Context, revision uint64) (now uint64, changes []moved, err error) {
	tx, err := p.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return 0, nil, err
	}
	defer tx.Rollback() // a reader has nothing to commit
	if err := tx.QueryRowContext(ctx, `SELECT revision FROM parley_meta`).Scan(&now); err != nil || now == revision {
		return now, nil, err
	}
	changes, err = changesAfter(ctx, tx, revision)
	return now, changes, err
}

// history returns every change: a database has kept them from its first on.
func (p *postgres) history(ctx context.Context) (first uint64, changes []moved, err error) {
	changes, err = changesAfter(ctx, p.db, 0)
	return 0, changes, err
}

// changesAfter returns the changes that made the revisions after the given one.
func changesAfter(ctx context.Context, db interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}, revision uint64) (changes []moved, err error) {
	rows, err := db.QueryContext(ctx, `SELECT revision, article, gone FROM parley_changes WHERE revision > $1 ORDER BY revision, article`, revision)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var m moved
		if err := rows.Scan(&m.revision, &m.article, &m.gone); err != nil {
			return nil, err
		}
		changes = append(changes, m)
	}
	return changes, rows.Err()
}

func (p *postgres) quads(ctx context.Context, label quad.IRI) ([]quad.Quad, error) {
	h := cgraph.HashOf(label)
	rows, err := p.db.QueryContext(ctx, `
		SELECT s.value_string, p.value_string, o.value_string, o.datatype, o.iri FROM quads q
		JOIN nodes s ON s.hash = q.subject_hash JOIN nodes p ON p.hash = q.predicate_hash JOIN nodes o ON o.hash = q.object_hash
		WHERE q.label_hash = $1`, h[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var quads []quad.Quad
	for rows.Next() {
		var s, p string
		var n node
		if err := rows.Scan(&s, &p, &n.text, &n.datatype, &n.iri); err != nil {
			return nil, err
		}
		quads = append(quads, quad.Quad{Subject: quad.IRI(s), Predicate: quad.IRI(p), Object: n.value(), Label: label})
	}
	return quads, rows.Err()
}

// node is a row of Cayley's nodes.
type node struct {
	text     string
	datatype sql.NullString
	iri      sql.NullBool
}

func (n node) value() quad.Value {
	switch {
	case n.iri.Bool:
		return quad.IRI(n.text)
	case n.datatype.Valid:
		return quad.TypedString{Value: quad.String(n.text), Type: quad.IRI(n.datatype.String)}
	}
	return quad.String(n.text)
}

// each reads all nodes and then all quads in the order in which they were
// written: that is much faster than a join of everything.
func (p *postgres) each(ctx context.Context, f func(quad.Quad) error) error {
	tx, err := p.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback() // a reader has nothing to commit
	values, err := nodes(ctx, tx)
	if err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, `SELECT subject_hash, predicate_hash, object_hash, label_hash FROM quads ORDER BY horizon`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var h [4]sql.RawBytes
		if err := rows.Scan(&h[0], &h[1], &h[2], &h[3]); err != nil {
			return err
		}
		var q quad.Quad
		for i, d := range quad.Directions {
			v, ok := values[string(h[i])]
			if !ok {
				return fmt.Errorf("a quad's %s has no node: %w", d, ErrForeign)
			}
			q.Set(d, v)
		}
		if err := f(q); err != nil {
			return err
		}
	}
	return rows.Err()
}

// nodes returns every node by its hash.
func nodes(ctx context.Context, tx *sql.Tx) (map[string]quad.Value, error) {
	rows, err := tx.QueryContext(ctx, `SELECT hash, value_string, datatype, iri FROM nodes`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	values := make(map[string]quad.Value)
	for rows.Next() {
		var hash sql.RawBytes
		var n node
		if err := rows.Scan(&hash, &n.text, &n.datatype, &n.iri); err != nil {
			return nil, err
		}
		values[string(hash)] = n.value()
	}
	return values, rows.Err()
}
