package coref_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"parley/loader/coref"
)

// TestRules reads the texts of testdata/rules.txt with their wanted readings.
func TestRules(t *testing.T) {
	raw, err := os.ReadFile("testdata/rules.txt")
	if err != nil {
		t.Fatal(err)
	}
	var d *coref.Doc
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '>':
			d, _ = resolve(t, "rules", strings.TrimSpace(line[1:]))
		default:
			if ok, got := reads(d, line); !ok {
				t.Errorf("%s\n   want %s\n    got %s", d.Article.Text, line, got)
			}
		}
	}
}

// reads reports whether d reads as a line of rules.txt wants, and what it reads.
func reads(d *coref.Doc, line string) (ok bool, got string) {
	if words, ok := strings.CutSuffix(line, " ?"); ok {
		got = standsFor(d, words)
		return got == "", got
	}
	if words, want, ok := strings.Cut(line, " is a "); ok {
		m := find(d, words)
		if m == nil || m.Entity < 0 {
			return false, "nothing"
		}
		got = string(d.Entities[m.Entity].Thing.Type)
		return got == want, got
	}
	if words, want, ok := strings.Cut(line, " = "); ok {
		got = standsFor(d, words)
		return got == want, got
	}
	if words, want, ok := strings.Cut(line, " < "); ok {
		m := find(d, words)
		if m == nil || m.Entity < 0 {
			return false, "nothing"
		}
		var sides []string
		for _, s := range d.Entities[m.Entity].Sides {
			sides = append(sides, d.Entities[s].Thing.Label)
		}
		got = strings.Join(sides, " + ")
		return got == want, got
	}
	want, denied := strings.CutPrefix(line, "! ")
	var all []string
	for _, x := range d.Relations {
		o := x.Value
		if x.Object >= 0 {
			o = d.Entities[x.Object].Thing.Label
		}
		all = append(all, d.Entities[x.Subject].Thing.Label+" "+string(x.Predicate)+" "+o)
	}
	return slices.Contains(all, want) != denied, strings.Join(all, "; ")
}

// find returns the last mention of d with the given words, or nil.
func find(d *coref.Doc, words string) *coref.Mention {
	for i := len(d.Mentions) - 1; i >= 0; i-- {
		m := &d.Mentions[i]
		toks := d.Sentences[m.Sentence].Tokens
		text := d.Article.Text[toks[m.From].Start:toks[m.To-1].End]
		if text == words || strings.HasSuffix(text, " "+words) && m.Kind == coref.Name {
			return m
		}
	}
	return nil
}

func standsFor(d *coref.Doc, words string) string {
	m := find(d, words)
	if m == nil || m.Entity < 0 {
		return ""
	}
	e := &d.Entities[m.Entity]
	if len(e.Members) == 0 {
		return e.Thing.Label
	}
	var labels []string
	for _, x := range e.Members {
		labels = append(labels, d.Entities[x].Thing.Label)
	}
	return strings.Join(labels, " + ")
}

// The same article gives the same mentions, entities and relations every time.
func TestResolveIsDeterministic(t *testing.T) {
	const text = "The Free Highland Movement (FHM) met Egyptian mediators. Both sides accused President Tomás Arce of Bolivia, who left. Its envoy, Ana Ruiz, and his counterpart stayed."
	first := analyse(t, text)
	for range 5 {
		again := analyse(t, text)
		if len(again.Mentions) != len(first.Mentions) || len(again.Relations) != len(first.Relations) {
			t.Fatalf("Resolve gave %d mentions and %d relations, then %d and %d", len(first.Mentions), len(first.Relations), len(again.Mentions), len(again.Relations))
		}
		for i := range again.Entities {
			if a, b := again.Entities[i].Thing.ID, first.Entities[i].Thing.ID; a != b {
				t.Errorf("entity %d is %s, then %s", i, b, a)
			}
		}
	}
}
