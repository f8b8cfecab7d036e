package syntax_test

import (
	"context"
	"os"
	"slices"
	"testing"

	"parley/loader/sentence"
	"parley/loader/syntax"
)

// TestGold scores the parser on sentences of news written and annotated for
// this project, none of which it was trained on.
func TestGold(t *testing.T) {
	file, err := os.Open("testdata/gold.conllu")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	blocks, err := syntax.ReadCoNLLU(file)
	if err != nil {
		t.Fatal(err)
	}
	var ss []sentence.Sentence
	for _, b := range blocks {
		s := b.Sentence
		s.Tokens = slices.Clone(s.Tokens)
		for i := range s.Tokens {
			tok := &s.Tokens[i]
			tok.UPOS, tok.XPOS, tok.Lemma, tok.Head, tok.Rel = "", "", "", 0, ""
		}
		ss = append(ss, s)
	}
	if err := newParser(t).Parse(context.Background(), ss); err != nil {
		t.Fatal(err)
	}
	var words, upos, xpos, lemma, head, arc int
	for i, b := range blocks {
		checkTree(t, &ss[i])
		for j, want := range b.Sentence.Tokens {
			got := ss[i].Tokens[j]
			words++
			upos += boolInt(got.UPOS == want.UPOS)
			xpos += boolInt(got.XPOS == want.XPOS)
			lemma += boolInt(got.Lemma == want.Lemma)
			head += boolInt(got.Head == want.Head)
			arc += boolInt(got.Head == want.Head && got.Rel == want.Rel)
			if got.Head != want.Head || got.Rel != want.Rel {
				t.Logf("%q: %q has head %d %s, want %d %s", b.Comments[1], got.Form, got.Head+1, got.Rel, want.Head+1, want.Rel)
			}
		}
	}
	for _, score := range []struct {
		name         string
		right, least int // least in percent
	}{{"UPOS", upos, 97}, {"XPOS", xpos, 96}, {"lemma", lemma, 97}, {"UAS", head, 93}, {"LAS", arc, 91}} {
		percent := 100 * float64(score.right) / float64(words)
		t.Logf("%s %.1f", score.name, percent)
		if percent < float64(score.least) {
			t.Errorf("%s is %.1f, want %d or more", score.name, percent, score.least)
		}
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
