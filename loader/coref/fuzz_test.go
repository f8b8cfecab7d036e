package coref_test

import (
	"context"
	"testing"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/names"
	"parley/loader/sentence"
	"parley/loader/syntax"
	"parley/loader/token"
)

const benchText = `President Tomás Arce of Bolivia and Ana Ruiz, leader of the Highland Renewal Movement (HRM), signed an agreement in Geneva on Thursday. Egyptian mediators, led by General Hassan Fahmy, had met both sides for two weeks. The movement's envoy, Juan Paz, said that it would keep its word. La Paz refused to release prisoners, but the Bolivian leader told reporters he was ready to talk. The rebels said their commanders would meet his negotiators again next month, and the European Union, which had sent observers, welcomed the pact.`

// FuzzResolve holds that no text, with whatever trees and names, makes Resolve
// panic or hand out indices that point nowhere.
func FuzzResolve(f *testing.F) {
	f.Add(benchText, int64(1))
	f.Add("Mr. of (the) 's, \"who\" and - - President", int64(77))
	f.Fuzz(func(t *testing.T, text string, seed int64) {
		ss := token.Split(text, token.Paragraphs(text))
		for i := range ss {
			disturb(&ss[i], uint64(seed)+uint64(i))
		}
		a := &graph.Article{Title: "fuzz", Text: text, Language: "en"}
		a.MakeID()
		d := coref.Resolve(a, ss)
		for i, m := range d.Mentions {
			n := len(d.Sentences[m.Sentence].Tokens)
			if m.From < 0 || m.From >= m.To || m.To > n || m.Head < m.From || m.Head >= m.To || m.Entity < -1 || m.Entity >= len(d.Entities) {
				t.Fatalf("mention %d of %q is out of place: %+v", i, text, m)
			}
		}
		for i, e := range d.Entities {
			if err := e.Thing.Valid(); err != nil {
				t.Fatalf("entity %d of %q: %v", i, text, err)
			}
			for _, x := range append(append([]int{}, e.Sides...), e.Members...) {
				if x < 0 || x >= len(d.Entities) {
					t.Fatalf("entity %d of %q has side or member %d of %d", i, text, x, len(d.Entities))
				}
			}
		}
		for i, x := range d.Relations {
			if x.Subject < 0 || x.Subject >= len(d.Entities) || x.Object >= len(d.Entities) || x.Object < 0 && x.Value == "" {
				t.Fatalf("relation %d of %q points nowhere: %+v", i, text, x)
			}
		}
	})
}

// disturb gives s made-up trees and names that follow from seed.
func disturb(s *sentence.Sentence, seed uint64) {
	next := func(n int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int((seed >> 33) % uint64(n))
	}
	rels := []string{"nsubj", "obj", "nmod", "nmod:poss", "appos", "conj", "compound", "amod", "case", "punct", "acl:relcl", "cop", "det", "obl:agent", "root"}
	tags := []string{"NOUN", "PROPN", "VERB", "ADP", "DET", "PRON", "ADJ", "NUM", "PUNCT", "CCONJ"}
	types := []string{sentence.Person, sentence.Organisation, sentence.State, sentence.Place, sentence.Nationality, sentence.Date, "", "Other"}
	n := len(s.Tokens)
	for i := range s.Tokens {
		t := &s.Tokens[i]
		t.UPOS, t.Rel, t.Head = tags[next(len(tags))], rels[next(len(rels))], next(n+2)-1
		t.XPOS = []string{"NN", "NNS", "NNP", "VBD", "POS", "WDT"}[next(6)]
	}
	for k := next(5); k > 0; k-- {
		from := next(n)
		s.Entities = append(s.Entities, sentence.Entity{From: from - next(2), To: from + next(5), Type: types[next(len(types))], Score: 0.5})
	}
}

func BenchmarkResolve(b *testing.B) {
	p, err := syntax.New()
	if err != nil {
		b.Fatal(err)
	}
	tagger, err := names.New()
	if err != nil {
		b.Fatal(err)
	}
	ss := token.Split(benchText, token.Paragraphs(benchText))
	if err := p.Parse(context.Background(), ss); err != nil {
		b.Fatal(err)
	}
	if err := tagger.Tag(context.Background(), benchText, ss); err != nil {
		b.Fatal(err)
	}
	a := &graph.Article{Title: "bench", Text: benchText, Language: "en"}
	a.MakeID()
	words := 0
	for i := range ss {
		words += len(ss[i].Tokens)
	}
	b.SetBytes(int64(len(benchText)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		coref.Resolve(a, ss)
		n++
	}
	b.ReportMetric(float64(n*words)/300/b.Elapsed().Seconds(), "articles/s")
}
