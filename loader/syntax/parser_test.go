package syntax_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/loader/sentence"
	"parley/loader/syntax"
)

func newParser(t testing.TB) *syntax.Parser {
	t.Helper()
	p, err := syntax.New()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// words makes a sentence of text split at blanks.
func words(text string) sentence.Sentence {
	var s sentence.Sentence
	at := 0
	for _, form := range strings.Fields(text) {
		s.Tokens = append(s.Tokens, sentence.Token{Start: at, End: at + len(form), Form: form, Spaced: true})
		at += len(form) + 1
	}
	s.End = max(at-1, 0)
	return s
}

func parse(t testing.TB, p *syntax.Parser, texts ...string) []sentence.Sentence {
	t.Helper()
	ss := make([]sentence.Sentence, len(texts))
	for i, text := range texts {
		ss[i] = words(text)
	}
	if err := p.Parse(context.Background(), ss); err != nil {
		t.Fatal(err)
	}
	return ss
}

// arcs writes a sentence as "relation(head, word)", or as "root(word)".
func arcs(s sentence.Sentence) []string {
	var out []string
	for _, t := range s.Tokens {
		if t.Head == sentence.Root {
			out = append(out, fmt.Sprintf("root(%s)", t.Lemma))
			continue
		}
		out = append(out, fmt.Sprintf("%s(%s, %s)", t.Rel, s.Tokens[t.Head].Form, t.Form))
	}
	return out
}

func TestParse(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []string // arcs that must be there
	}{
		{"active", "Egypt mediated talks between Israel and Hamas .",
			[]string{"root(mediate)", "nsubj(mediated, Egypt)", "obj(mediated, talks)", "conj(Israel, Hamas)", "case(Israel, between)"}},
		{"passive with agent", "The agreement was signed by the two ministers in Geneva on Monday .",
			[]string{"root(sign)", "nsubj:pass(signed, agreement)", "aux:pass(signed, was)", "case(ministers, by)", "obl:agent(signed, ministers)", "obl(signed, Monday)"}},
		{"negation", "The delegation did n't meet the envoy .",
			[]string{"root(meet)", "nsubj(meet, delegation)", "advmod(meet, n't)", "obj(meet, envoy)"}},
		{"speech", "The president said that his government would reject the offer .",
			[]string{"root(say)", "nsubj(said, president)", "ccomp(said, reject)", "nsubj(reject, government)", "obj(reject, offer)"}},
		{"possessive", "Sudan 's foreign minister visited Cairo .",
			[]string{"root(visit)", "nmod:poss(minister, Sudan)", "case(Sudan, 's)", "nsubj(visited, minister)", "obj(visited, Cairo)"}},
		{"question", "Who proposed the ceasefire ?",
			[]string{"root(propose)", "nsubj(proposed, Who)", "obj(proposed, ceasefire)"}},
	}
	p := newParser(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := parse(t, p, tt.text)[0]
			got := strings.Join(arcs(s), " ")
			for _, arc := range tt.want {
				if !strings.Contains(got, arc) {
					t.Errorf("Parse(%q)\n got %s\nwant %s among them", tt.text, got, arc)
				}
			}
		})
	}
}

// checkTree fails t if s is not one tree with one root.
func checkTree(t *testing.T, s *sentence.Sentence) {
	t.Helper()
	roots := 0
	for i, tok := range s.Tokens {
		if tok.Head == sentence.Root {
			roots++
		}
		steps := 0
		for j := i; j != sentence.Root; j = s.Tokens[j].Head {
			if steps++; steps > len(s.Tokens) {
				t.Fatalf("word %d, %q, hangs in a circle", i, tok.Form)
			}
		}
		if (tok.Rel == "root") != (tok.Head == sentence.Root) || tok.UPOS == "" || tok.XPOS == "" || tok.HeadScore < 0 || tok.HeadScore > 1 {
			t.Fatalf("word %d is %+v", i, tok)
		}
	}
	if roots != 1 && len(s.Tokens) > 0 {
		t.Fatalf("%d roots in a sentence of %d words", roots, len(s.Tokens))
	}
}

func TestParseOddSentences(t *testing.T) {
	long := strings.Repeat("the envoy of the union met , ", 90)
	ss := parse(t, newParser(t), "", ".", "Yes", ", , , , ,", "TALKS COLLAPSE IN GENEVA", long, "ǅ \u00a0 \xff\xfe 你好 🙂", strings.Repeat("x", 5000))
	for i := range ss {
		checkTree(t, &ss[i])
	}
	if n := len(ss[5].Tokens); n < 500 {
		t.Errorf("the long sentence has %d words", n)
	}
}

func TestParseAloneAndTogether(t *testing.T) {
	texts := []string{
		"Turkey hosted the delegations .", "Officials from Oman , who asked not to be named , said no deal was near .",
		"No .", "Iran and the United States will resume indirect talks in Muscat next week , state media reported .",
	}
	p := newParser(t)
	plain, err := syntax.NewPlain()
	if err != nil {
		t.Fatal(err)
	}
	together := parse(t, p, texts...)
	if diff := cmp.Diff(together, parse(t, plain, texts...)); diff != "" {
		t.Errorf("plain Go gives other trees (-fast +plain):\n%s", diff)
	}
	var wait sync.WaitGroup
	for i, text := range texts {
		wait.Go(func() {
			if diff := cmp.Diff(together[i], parse(t, p, text)[0]); diff != "" {
				t.Errorf("Parse(%q) alone gives another tree (-together +alone):\n%s", text, diff)
			}
		})
	}
	wait.Wait()
}

func TestParseEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	ss := []sentence.Sentence{words("Talks resumed .")}
	if err := newParser(t).Parse(ctx, ss); err != context.Canceled {
		t.Errorf("Parse with an ended context gives %v, want %v", err, context.Canceled)
	}
}

func TestLemmas(t *testing.T) {
	text := "They met and the talks that Oman has mediated did n't fail ; Egyptians brokered better deals , its ministers were saying ."
	want := "they meet and the talk that Oman have mediate do not fail ; Egyptian broker good deal , its minister be say ."
	var got []string
	for _, tok := range parse(t, newParser(t), text)[0].Tokens {
		got = append(got, tok.Lemma)
	}
	if diff := cmp.Diff(strings.Fields(want), got); diff != "" {
		t.Errorf("lemmas of %q (-want +got):\n%s", text, diff)
	}
}
