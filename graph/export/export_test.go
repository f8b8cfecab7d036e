package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/graph"
	"parley/graph/export"
	"parley/graph/graphtest"
)

func small() *graph.Snapshot { return graph.NewSnapshot(4, append(graphtest.Reports(), odd())...) }

// odd is a report with all that is difficult to write.
func odd() *graph.Extraction {
	return graphtest.NewReport("=cmd|' /C calc'!A0", "O'Hara & <Sons>", "2020", "https://x.example/?a=1&b=\"2\"").
		Name("state/x", "X \"quoted\" \\ \t\x01 ñ").
		Say("+1 said: «oui»,\r\nthen \"left\".", "state/x attacked text_with_\"quotes\"", "state/x metWith state/y on=2020-02").Extraction()
}

func write(t *testing.T, s *graph.Snapshot, f export.Format) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := export.Write(&b, f, s, export.Claims(s), export.Options{}); err != nil {
		t.Fatalf("Write(%s): %v", f, err)
	}
	return b.Bytes()
}

// Whatever the format, nothing that makes a claim worth having is lost.
func TestEvidence(t *testing.T) {
	s := small()
	for _, info := range export.Formats() {
		got := string(write(t, s, info.Format))
		for _, want := range []string{"Martti Ahtisaari, the former president, mediated.", "https://nordic.example/aceh", "Nordic Wire", "2005-01-28",
			"0.7", "denied", "possible", "Martti Ahtisaari", string(s.ClaimsIn(graphtest.Reports()[0].Article.ID)[0].ID)} {
			if !strings.Contains(got, want) {
				t.Errorf("%s has no %q", info.Name, want)
			}
		}
		// A second export, and one from a graph loaded in another order, are the same.
		if again := string(write(t, small(), info.Format)); again != got {
			t.Errorf("%s differs between two exports", info.Name)
		}
	}
}

func TestCSV(t *testing.T) {
	s := small()
	raw := write(t, s, export.CSV)
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != s.Counts().Claims+1 {
		t.Errorf("%d lines, want a head and %d claims", len(rows), s.Counts().Claims)
	}
	column := func(name string) int { return slices.Index(rows[0], name) }
	for _, row := range rows[1:] {
		c, ok := s.Claim(graph.ID(row[column("claim")]))
		if !ok {
			t.Fatalf("line %q names no claim", row)
		}
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("cell %q would be a formula", cell)
			}
		}
		// encoding/csv reads \r\n inside a quoted cell as \n.
		quote := strings.ReplaceAll(strings.TrimPrefix(row[column("quote")], "'"), "\r\n", "\n")
		if want := strings.ReplaceAll(c.Evidence.Quote, "\r\n", "\n"); quote != want {
			t.Errorf("quote %q, want %q", quote, want)
		}
	}
	if !bytes.HasSuffix(raw, []byte("\r\n")) {
		t.Error("lines do not end as RFC 4180 wants")
	}
}

func TestNDJSON(t *testing.T) {
	s := small()
	dec := json.NewDecoder(bytes.NewReader(write(t, s, export.NDJSON)))
	n := 0
	for {
		var line struct {
			ID       graph.ID
			Evidence graph.Evidence
			Source   struct{ Title, Outlet, URL string }
		}
		if err := dec.Decode(&line); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		n++
		if c, ok := s.Claim(line.ID); !ok || c.Evidence.Quote != line.Evidence.Quote || line.Source.Title == "" {
			t.Errorf("line %+v is not the claim", line)
		}
	}
	if n != s.Counts().Claims {
		t.Errorf("%d lines, want %d", n, s.Counts().Claims)
	}
}

// element is any XML element.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []element  `xml:",any"`
}

func (e element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e element) all(name string) []element {
	var found []element
	for _, c := range e.Children {
		if c.XMLName.Local == name {
			found = append(found, c)
		}
		found = append(found, c.all(name)...)
	}
	return found
}

// Edges have ends that are there, attributes that are declared, and ids of their own.
func TestNetworks(t *testing.T) {
	s := small()
	for _, f := range []struct {
		format             export.Format
		declared, used, by string
	}{{export.GraphML, "key", "data", "key"}, {export.GEXF, "attribute", "attvalue", "for"}} {
		var root element
		if err := xml.Unmarshal(write(t, s, f.format), &root); err != nil {
			t.Fatalf("%s: %v", f.format, err)
		}
		nodes, declared, edges := map[string]bool{}, map[string]bool{}, map[string]bool{}
		for _, n := range root.all("node") {
			nodes[n.attr("id")] = true
		}
		for _, k := range root.all(f.declared) {
			declared[k.attr("id")] = true
		}
		for _, u := range root.all(f.used) {
			if !declared[u.attr(f.by)] {
				t.Errorf("%s: attribute %q is not declared", f.format, u.attr(f.by))
			}
		}
		for _, e := range root.all("edge") {
			if !nodes[e.attr("source")] || !nodes[e.attr("target")] || edges[e.attr("id")] {
				t.Errorf("%s: edge %s from %q to %q", f.format, e.attr("id"), e.attr("source"), e.attr("target"))
			}
			edges[e.attr("id")] = true
			if e.attr("start") > e.attr("end") {
				t.Errorf("%s: edge %s ends before it starts", f.format, e.attr("id"))
			}
		}
		if len(edges) != s.Counts().Claims {
			t.Errorf("%s: %d edges, want %d", f.format, len(edges), s.Counts().Claims)
		}
	}
	gexf := string(write(t, s, export.GEXF))
	for _, want := range []string{`mode="dynamic" timeformat="date"`, `start="2005-01-01" end="2005-01-31"`, `start="2020-02-01" end="2020-02-29"`} {
		if !strings.Contains(gexf, want) {
			t.Errorf("GEXF has no %s", want)
		}
	}
}

func TestCytoscape(t *testing.T) {
	s := small()
	var got struct {
		Elements struct {
			Nodes, Edges []struct{ Data map[string]any }
		}
	}
	if err := json.Unmarshal(write(t, s, export.Cytoscape), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Elements.Edges) != s.Counts().Claims || got.Elements.Edges[0].Data["quote"] == nil {
		t.Errorf("%d edges, want %d, each with its quote", len(got.Elements.Edges), s.Counts().Claims)
	}
}

// Only facts are stated as triples, and each in the graph of its claim.
func TestNQuads(t *testing.T) {
	s := small()
	stated := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSuffix(string(write(t, s, export.NQuads)), "\n"), "\n") {
		if !strings.HasPrefix(line, "<") || !strings.HasSuffix(line, " .") {
			t.Fatalf("line %q is no quad", line)
		}
		if at := strings.LastIndex(line, " <parley:claim/"); at >= 0 && strings.HasSuffix(line, "> .") && strings.Count(line[:at], " ") >= 2 {
			if id := strings.TrimSuffix(line[at+len(" <parley:"):], "> ."); !strings.Contains(line[:at], "#hasTarget") && !strings.Contains(line[:at], "via>") {
				stated[id] = true
			}
		}
	}
	for c := range export.Claims(s) {
		if stated[string(c.ID)] != c.IsFact() {
			t.Errorf("claim %s (%s, %s) is stated as a triple: %v", c.ID, c.Polarity, c.Modality, stated[string(c.ID)])
		}
	}
}

// A failing writer ends the export with its error.
func TestWriteError(t *testing.T) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(50, 1))...)
	for _, info := range export.Formats() {
		if err := export.Write(broken{}, info.Format, s, export.Claims(s), export.Options{}); !errors.Is(err, errBroken) {
			t.Errorf("Write(%s) to a broken pipe: %v", info.Format, err)
		}
	}
	if err := export.Write(io.Discard, "docx", s, export.Claims(s), export.Options{}); err == nil {
		t.Error("Write(docx): no error")
	}
}

var errBroken = errors.New("broken pipe")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

// The whole graph: how many claims, and how many statements where it is RDF, a second
// of processor time, and how much memory is held besides the graph.
func BenchmarkWriteAll(b *testing.B) {
	for _, quads := range []int{100_000, 1_000_000} {
		s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(quads/graphtest.QuadsPerArticle, 1))...)
		for _, info := range export.Formats() {
			b.Run(fmt.Sprintf("quads=%d/format=%s", quads, info.Format), func(b *testing.B) {
				out := &meter{}
				var cpu time.Duration
				for b.Loop() {
					out.begin()
					start := graphtest.CPUTime()
					if err := export.WriteAll(out, info.Format, s, export.Options{}); err != nil {
						b.Fatal(err)
					}
					cpu += graphtest.CPUTime() - start
				}
				b.ReportMetric(float64(s.Counts().Claims*b.N)/cpu.Seconds(), "claims/cpu-s")
				b.ReportMetric(float64(out.lines)/cpu.Seconds(), "lines/cpu-s")
				b.ReportMetric(float64(out.peak)/1024, "held-KB")
			})
		}
	}
}

// meter counts lines, and now and then measures the memory that is in use.
type meter struct{ lines, written, base, peak int }

func inUse() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

func (m *meter) begin() { m.base = inUse() }

func (m *meter) Write(p []byte) (int, error) {
	m.lines += bytes.Count(p, []byte{'\n'})
	if m.written/(16<<20) != (m.written+len(p))/(16<<20) {
		m.peak = max(m.peak, inUse()-m.base)
	}
	m.written += len(p)
	return len(p), nil
}

func BenchmarkWrite(b *testing.B) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(1000, 1))...)
	all := slices.Collect(iter.Seq[*graph.Claim](export.Claims(s)))
	for _, info := range export.Formats() {
		b.Run("format="+string(info.Format), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := export.Write(io.Discard, info.Format, s, slices.Values(all), export.Options{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(all)*b.N)/b.Elapsed().Seconds(), "claims/s")
		})
	}
}
