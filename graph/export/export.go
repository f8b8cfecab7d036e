package export

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"slices"

	"parley/graph"
)

// Format is the name of a format and the suffix of its files.
type Format string

// The formats.
const (
	CSV       Format = "csv"     // RFC 4180, a line a claim; safe to open in a spreadsheet
	NDJSON    Format = "ndjson"  // a line a claim, as `parley extract` prints it, with its source
	NQuads    Format = "nq"      // RDF; a fact's triple is in a graph named by its claim
	TriG      Format = "trig"    // likewise
	Turtle    Format = "ttl"     // RDF without named graphs
	JSONLD    Format = "jsonld"  // RDF as JSON
	GraphML   Format = "graphml" // a node a thing, an edge a claim
	GEXF      Format = "gexf"    // likewise, version 1.3, with the time of each edge
	Cytoscape Format = "cyjs"    // likewise, as Cytoscape.js reads it
	FtM       Format = "ftm"     // FollowTheMoney entities, a line each
)

// Info describes a format.
type Info struct {
	Format    Format
	MediaType string
	Name      string
	write     func(*writer) error
}

// Formats lists every format.
func Formats() []Info {
	return []Info{
		{CSV, "text/csv", "CSV", writeCSV},
		{NDJSON, "application/x-ndjson", "JSON lines", writeNDJSON},
		{NQuads, "application/n-quads", "N-Quads", writeNQuads},
		{TriG, "application/trig", "TriG", writeTriG},
		{Turtle, "text/turtle", "Turtle", writeTurtle},
		{JSONLD, "application/ld+json", "JSON-LD", writeJSONLD},
		{GraphML, "application/graphml+xml", "GraphML", writeGraphML},
		{GEXF, "application/gexf+xml", "GEXF 1.3", writeGEXF},
		{Cytoscape, "application/vnd.cytoscape+json", "Cytoscape JSON", writeCytoscape},
		{FtM, "application/json+ftm", "FollowTheMoney", writeFtM},
	}
}

// Find returns the format whose name is given; ok is false if there is none.
func Find(f Format) (info Info, ok bool) {
	all := Formats()
	i := slices.IndexFunc(all, func(info Info) bool { return info.Format == f })
	if i < 0 {
		return Info{}, false
	}
	return all[i], true
}

// Options are what an export can be told. The zero value is ready to use.
type Options struct {
	Context string // address of what [Context] returns, for JSON-LD to refer to; "" writes the context itself
}

// Write writes the claims of s to w in the format f. The sequence is read twice
// for the formats that name all nodes before the first edge; it must give the
// same claims each time. The error is the writer's first, or about an unknown
// format.
func Write(w io.Writer, f Format, s *graph.Snapshot, claims iter.Seq[*graph.Claim], o Options) error {
	return write(f, &writer{Writer: bufio.NewWriterSize(w, 64<<10), s: s, claims: claims, options: o})
}

// WriteAll writes all of s to w in the format f, as [Write] does, in memory that does
// not grow with s. In RDF with named graphs it also has what each article calls its
// things, and what people decided; [Read] makes the same graph of the N-Quads.
func WriteAll(w io.Writer, f Format, s *graph.Snapshot, o Options) error {
	return write(f, &writer{Writer: bufio.NewWriterSize(w, 64<<10), s: s, claims: Claims(s), options: o, whole: true})
}

func write(f Format, out *writer) error {
	info, ok := Find(f)
	if !ok {
		return fmt.Errorf("export: no format is called %q", f)
	}
	if err := info.write(out); err != nil {
		return fmt.Errorf("export %s: %w", info.Name, err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export %s: %w", info.Name, err)
	}
	return nil
}

// Claims yields every claim of s, article by article in the order of their ids.
func Claims(s *graph.Snapshot) iter.Seq[*graph.Claim] {
	return func(yield func(*graph.Claim) bool) {
		for a := range s.Articles() {
			for _, c := range s.ClaimsIn(a.ID) {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// writer is one export under way.
type writer struct {
	*bufio.Writer
	s       *graph.Snapshot
	claims  iter.Seq[*graph.Claim]
	options Options
	whole   bool // claims are all of s
}

// things yields the ids of what the claims name, each once: in the order of types and
// ids for the whole graph, else in the order in which they come.
func (w *writer) things() iter.Seq[graph.ID] {
	return func(yield func(graph.ID) bool) {
		if w.whole {
			for _, t := range graph.Types() {
				for _, n := range w.s.Nodes(t) {
					if !yield(w.s.ID(n)) {
						return
					}
				}
			}
			return
		}
		seen := make(map[graph.ID]bool)
		for c := range w.claims {
			for _, id := range ends(c) {
				if !seen[id] {
					seen[id] = true
					if !yield(id) {
						return
					}
				}
			}
		}
	}
}

// article returns the article of c; it is never nil.
func (w *writer) article(c *graph.Claim) *graph.Article {
	if a, ok := w.s.Article(c.Article); ok {
		return a
	}
	return &graph.Article{ID: c.Article}
}

// thing returns the thing id as the whole graph describes it.
func (w *writer) thing(id graph.ID) graph.Thing {
	if t, ok := w.s.Thing(id); ok {
		return t
	}
	return graph.Thing{ID: id, Type: id.Type(), Label: id.Slug()}
}

// failed reports whether a write has failed, so that a long loop can end.
func (w *writer) failed() bool {
	_, err := w.Write(nil)
	return err != nil
}

// ends returns the ids that c names: its subject, its object if that is a thing,
// and its speakers.
func ends(c *graph.Claim) []graph.ID {
	ids := append(make([]graph.ID, 0, 2+len(c.AttributedTo)), c.Subject)
	if !c.Object.IsLiteral() {
		ids = append(ids, c.Object.ID)
	}
	return append(ids, c.AttributedTo...)
}
