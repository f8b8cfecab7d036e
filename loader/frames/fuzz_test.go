package frames_test

import (
	"context"
	"testing"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/dates"
	"parley/loader/frames"
	"parley/loader/sentence"
	"parley/loader/token"
)

// FuzzClaims holds that no tree, however wrong, makes Claims panic, hang or
// return an extraction that is not valid.
func FuzzClaims(f *testing.F) {
	f.Add("Egypt and Qatar held talks in Cairo, which collapsed.", []byte{5, 1, 0, 2, 9, 7, 3})
	f.Add("He refused to sign: A, B and C - brokered deals for X, Y for Z.", []byte{1, 1, 1, 200, 4, 30})
	f.Add("", []byte{})
	rels := []string{"nsubj", "obj", "obl", "nmod", "conj", "xcomp", "acl:relcl", "appos", "advcl", "case", "nsubj:pass", "compound", "root", "acl", "mark", ""}
	tags := []string{"NOUN", "VERB", "PROPN", "ADJ", "PRON", "AUX", "ADP", "PUNCT"}
	penn := []string{"NN", "VBN", "NNP", "VBG", "NNS", "VB", "VBD", "WP"}
	types := []string{sentence.Person, sentence.Organisation, sentence.State, sentence.Place, sentence.Agreement, sentence.Nationality}
	f.Fuzz(func(t *testing.T, text string, shape []byte) {
		a := &graph.Article{Title: "x", Published: "2021-05-04", Language: "en", Text: text}
		a.MakeID()
		if a.Valid() != nil || len(text) > 2000 {
			t.Skip()
		}
		ss := token.Split(text, token.Paragraphs(text))
		n := 0
		next := func() int {
			if len(shape) == 0 {
				return 0
			}
			n++
			return int(shape[n%len(shape)]) + n
		}
		for i := range ss {
			for j := range ss[i].Tokens {
				tok := &ss[i].Tokens[j]
				tok.Head = next()%(len(ss[i].Tokens)+2) - 1
				tok.Rel, tok.UPOS, tok.XPOS = rels[next()%len(rels)], tags[next()%len(tags)], penn[next()%len(penn)]
			}
			if k := len(ss[i].Tokens); k > 1 {
				from := next() % (k - 1)
				ss[i].Entities = []sentence.Entity{{From: from, To: from + 1, Type: types[next()%len(types)], Score: 1}}
			}
		}
		x, err := frames.Claims(context.Background(), coref.Resolve(a, ss), dates.Find(ss, text, a.Published), nil)
		if err != nil {
			t.Fatalf("Claims(%q) error: %v", text, err)
		}
		if err := x.Valid(); err != nil {
			t.Errorf("Claims(%q) is not valid: %v", text, err)
		}
	})
}
