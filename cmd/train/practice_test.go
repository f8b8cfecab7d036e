package main

import (
	"math/rand/v2"
	"testing"

	"parley/loader/sentence"
)

func TestPracticeMakesTrees(t *testing.T) {
	p := newPractice(map[string]string{})
	made, err := p.makeMany(3000, rand.New(rand.NewPCG(1, 1)))
	if err != nil {
		t.Fatal(err)
	}
	for _, tokens := range made {
		roots := 0
		for i := range tokens {
			steps := 0
			for j := i; j != sentence.Root; j = tokens[j].Head {
				if steps++; steps > len(tokens) {
					t.Fatalf("%q hangs in a circle in %+v", tokens[i].Form, tokens)
				}
			}
			if tokens[i].Head == sentence.Root {
				roots++
			}
		}
		if roots != 1 {
			t.Fatalf("%d roots in %+v", roots, tokens)
		}
	}
}
