package coref_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/names"
	"parley/loader/sentence"
	"parley/loader/syntax"
	"parley/loader/token"
)

// re3dEnv names a file of the re3d set as JSON lines. The measure is skipped
// without it.
const re3dEnv = "PARLEY_RE3D"

type re3dSpan struct {
	Start, End int
	Type       string
	Text       string
}

// TestRe3d measures mentions against the re3d set: relaxed, one to one, micro F1
// over persons, organisations and locations.
func TestRe3d(t *testing.T) {
	path := os.Getenv(re3dEnv)
	if path == "" {
		t.Skip(re3dEnv + " is not set")
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	var all, named tally
	byKind := map[string]*tally{}
	missed, extra := map[string]int{}, map[string]int{}
	for sc.Scan() {
		var d struct {
			Text     string
			Entities []re3dSpan
		}
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		doc := analyse(t, d.Text)
		got := spansOf(doc)
		var gold []re3dSpan
		for _, e := range d.Entities {
			if e.Type == "Person" || e.Type == "Organisation" || e.Type == "Location" {
				gold = append(gold, e)
			}
		}
		hit := match(gold, got)
		all.add(gold, got, hit)
		for i, g := range gold {
			if !slices.Contains(hit, i) {
				missed[g.Type+" "+kindOfText(g.Text)]++
				if os.Getenv("SHOW") != "" {
					fmt.Printf("missed %s %q\n", g.Type, g.Text)
				}
			}
		}
		for i, p := range got {
			k := byKind[p.Type+" "+kindOfText(p.Text)]
			if k == nil {
				k = &tally{}
				byKind[p.Type+" "+kindOfText(p.Text)] = k
			}
			k.got++
			if hit[i] >= 0 {
				k.hit++
				if os.Getenv("SHOW") != "" {
					fmt.Printf("hit %s %q\n", p.Type, p.Text)
				}
			} else {
				extra[p.Type+" "+kindOfText(p.Text)]++
				if os.Getenv("SHOW") != "" {
					fmt.Printf("extra %s %q\n", p.Type, p.Text)
				}
			}
		}
		var goldNames, gotNames []re3dSpan
		for _, g := range gold {
			if kindOfText(g.Text) == "name" {
				goldNames = append(goldNames, g)
			}
		}
		for _, p := range got {
			if kindOfText(p.Text) == "name" {
				gotNames = append(gotNames, p)
			}
		}
		named.add(goldNames, gotNames, match(goldNames, gotNames))
	}
	fmt.Printf("re3d mentions, all gold: %s\nre3d mentions, named only: %s\n", &all, &named)
	for _, m := range []map[string]int{missed, extra} {
		fmt.Println(m)
	}
}

type tally struct{ gold, got, hit int }

func (c *tally) add(gold, got []re3dSpan, hit []int) {
	c.gold += len(gold)
	c.got += len(got)
	for _, h := range hit {
		if h >= 0 {
			c.hit++
		}
	}
}

func (c *tally) String() string {
	p, r := float64(c.hit)/float64(max(1, c.got)), float64(c.hit)/float64(max(1, c.gold))
	return fmt.Sprintf("P %.3f R %.3f F1 %.3f (%d gold)", p, r, 2*p*r/max(1e-9, p+r), c.gold)
}

// kindOfText tells names from descriptions by their capitals.
func kindOfText(s string) string {
	ws := strings.Fields(s)
	if len(ws) > 1 && (strings.EqualFold(ws[0], "the") || strings.EqualFold(ws[0], "a")) {
		ws = ws[1:]
	}
	if len(ws) == 1 {
		switch strings.ToLower(ws[0]) {
		case "he", "she", "we", "they", "it", "who", "their", "our", "his", "i", "you", "them", "us":
			return "pronoun"
		}
	}
	for _, w := range ws {
		for i, c := range w {
			if i == 0 && unicode.IsUpper(c) {
				return "name"
			}
		}
	}
	return "nominal"
}

// analyse runs the stages before coreference, and coreference, over text.
func analyse(t testing.TB, text string) *coref.Doc {
	t.Helper()
	p, err := syntax.New()
	if err != nil {
		t.Fatal(err)
	}
	n, err := names.New()
	if err != nil {
		t.Fatal(err)
	}
	a := &graph.Article{Title: "text", Text: text, Language: "en"}
	a.MakeID()
	ss := token.Split(text, token.Paragraphs(text))
	if err := p.Parse(context.Background(), ss); err != nil {
		t.Fatal(err)
	}
	if err := n.Tag(context.Background(), text, ss); err != nil {
		t.Fatal(err)
	}
	return coref.Resolve(a, ss)
}

// spansOf returns the mentions of doc in code points, typed as re3d types them.
func spansOf(doc *coref.Doc) []re3dSpan {
	points := sentence.NewCodePoints(doc.Article.Text)
	var out []re3dSpan
	for _, m := range doc.Mentions {
		toks := doc.Sentences[m.Sentence].Tokens
		typ := string(m.Type)
		switch m.Type {
		case graph.Group:
			typ = "Organisation"
		case graph.Place:
			typ = "Location"
		}
		if m.Kind == coref.Relative || m.Kind == coref.Demonym && !m.Plural {
			continue // not listed by Mentions either
		}
		start, end := toks[m.From].Start, toks[m.To-1].End
		out = append(out, re3dSpan{points.At(start), points.At(end), typ, doc.Article.Text[start:end]})
	}
	return out
}

// match pairs got with gold greedily, best overlap first within each; the result
// has for each got the index of its gold, or -1.
func match(gold, got []re3dSpan) []int {
	hit := make([]int, len(got))
	used := make([]bool, len(gold))
	for i := range hit {
		hit[i] = -1
	}
	for _, exact := range []bool{true, false} {
		for i, p := range got {
			if hit[i] >= 0 {
				continue
			}
			best, size := -1, 0
			for k, g := range gold {
				if used[k] || !sameType(g.Type, p.Type) {
					continue
				}
				ps, gs := p.Start+determiner(p.Text), g.Start+determiner(g.Text)
				n := min(p.End, g.End) - max(ps, gs)
				if exact && (ps != gs || p.End != g.End) || n <= 0 {
					continue
				}
				if n > size {
					best, size = k, n
				}
			}
			if best >= 0 {
				hit[i], used[best] = best, true
			}
		}
	}
	return hit
}

func sameType(gold, got string) bool {
	return gold == got || got == "State" && (gold == "Organisation" || gold == "Location")
}

// determiner returns the length of the article that text begins with.
func determiner(text string) int {
	for _, d := range []string{"the ", "The ", "a ", "A ", "an ", "An "} {
		if strings.HasPrefix(text, d) {
			return len(d)
		}
	}
	return 0
}
