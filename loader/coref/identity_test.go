package coref_test

import (
	"context"
	"os"
	"strconv"
	"strings"
	"testing"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/sentence"
	"parley/loader/syntax"
	"parley/loader/token"
)

var labels = map[string]string{"P": sentence.Person, "O": sentence.Organisation, "S": sentence.State, "L": sentence.Place, "N": sentence.Nationality}

// span is a marked name: bytes of the text without marks.
type span struct {
	start, end int
	label      string
	asked      bool
}

// unmark returns the text without its marks, and where they were.
func unmark(t testing.TB, marked string) (string, []span) {
	t.Helper()
	var b strings.Builder
	var spans []span
	for i := 0; i < len(marked); i++ {
		open := marked[i]
		if open != '{' && open != '[' {
			b.WriteByte(marked[i])
			continue
		}
		end := strings.IndexByte(marked[i:], map[byte]byte{'{': '}', '[': ']'}[open])
		if end < 4 || marked[i+2] != ':' {
			t.Fatalf("mark of %q is not closed or has no type", marked)
		}
		s := span{start: b.Len(), label: labels[marked[i+1:i+2]], asked: open == '{'}
		b.WriteString(marked[i+3 : i+end])
		s.end = b.Len()
		spans = append(spans, s)
		i += end
	}
	return b.String(), spans
}

// resolve runs coreference over a marked text, whose names are given, and
// returns the ids of the names asked about.
func resolve(t testing.TB, outlet, marked string) (*coref.Doc, []graph.ID) {
	t.Helper()
	p, err := syntax.New()
	if err != nil {
		t.Fatal(err)
	}
	text, spans := unmark(t, marked)
	a := &graph.Article{Title: marked, Outlet: outlet, Text: text, Language: "en"}
	a.MakeID()
	ss := token.Split(text, token.Paragraphs(text))
	if err := p.Parse(context.Background(), ss); err != nil {
		t.Fatal(err)
	}
	type place struct{ sent, tok int }
	var asked []place
	for i := range ss {
		s := &ss[i]
		for _, x := range spans {
			e := sentence.Entity{From: -1, Type: x.label, Score: 1}
			for k, tok := range s.Tokens {
				if tok.Start >= x.start && tok.End <= x.end {
					if e.From < 0 {
						e.From = k
					}
					e.To = k + 1
				}
			}
			if e.From >= 0 {
				s.Entities = append(s.Entities, e)
				if x.asked {
					asked = append(asked, place{i, e.To - 1})
				}
			}
		}
	}
	d := coref.Resolve(a, ss)
	var ids []graph.ID
	for _, x := range asked {
		id := graph.ID("")
		if m := d.Covering(x.sent, x.tok); m >= 0 && d.Mentions[m].Entity >= 0 {
			id = d.Entities[d.Mentions[m].Entity].Thing.ID
		}
		ids = append(ids, id)
	}
	return d, ids
}

// pairs reads a list of pairs and returns the ids of each.
func pairs(t *testing.T, file string, check func(t *testing.T, a, b graph.ID)) {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		n++
		t.Run(line, func(t *testing.T) {
			var ids []graph.ID
			for k, text := range strings.Split(line, "|||") {
				_, got := resolve(t, strconv.Itoa(k), strings.TrimSpace(text))
				ids = append(ids, got...)
			}
			if len(ids) != 2 {
				t.Fatalf("got %d names asked about, want 2: %v", len(ids), ids)
			}
			check(t, ids[0], ids[1])
		})
	}
	if n < 60 {
		t.Errorf("%s has %d pairs, want 60 or more", file, n)
	}
}

// What is one thing gets one id, whichever article says it.
func TestSame(t *testing.T) {
	pairs(t, "testdata/same.txt", func(t *testing.T, a, b graph.ID) {
		if a != b || a == "" {
			t.Errorf("got %q and %q, want one id", a, b)
		}
	})
}

// Look-alikes never get one id.
func TestDifferent(t *testing.T) {
	pairs(t, "testdata/different.txt", func(t *testing.T, a, b graph.ID) {
		if a == b {
			t.Errorf("got %q twice, want two ids", a)
		}
	})
}
