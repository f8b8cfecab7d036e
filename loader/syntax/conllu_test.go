package syntax_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/loader/sentence"
	"parley/loader/syntax"
)

const sample = `# sent_id = 1
# text = They don't meet, he said.
1	They	they	PRON	PRP	Case=Nom	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	VBP	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	meet	meet	VERB	VB	_	7	ccomp	_	SpaceAfter=No
5	,	,	PUNCT	,	_	4	punct	_	_
6	he	he	PRON	PRP	_	7	nsubj	_	_
6.1	x	x	VERB	VB	_	_	_	_	_
7	said	say	VERB	VBD	_	0	root	_	Gloss=spoke|SpaceAfter=No
8	.	.	PUNCT	.	_	7	punct	_	_

`

func TestReadCoNLLU(t *testing.T) {
	blocks, err := syntax.ReadCoNLLU(strings.NewReader(sample + strings.TrimSuffix(sample, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	if len(blocks) != 2 {
		t.Fatalf("ReadCoNLLU gives %d sentences, want 2", len(blocks))
	}
	b := blocks[0]
	if want := "They don't meet, he said. "; b.Text != want {
		t.Errorf("text is %q, want %q", b.Text, want)
	}
	for _, tok := range b.Sentence.Tokens {
		if b.Text[tok.Start:tok.End] != tok.Form {
			t.Errorf("offsets of %q give %q", tok.Form, b.Text[tok.Start:tok.End])
		}
	}
	if root := b.Sentence.RootIndex(); root != 6 {
		t.Errorf("the root is word %d, want 6", root)
	}
}

func TestWriteCoNLLU(t *testing.T) {
	blocks, err := syntax.ReadCoNLLU(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	var same bytes.Buffer
	if err := syntax.WriteCoNLLU(&same, &blocks[0]); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample, same.String()); diff != "" {
		t.Errorf("what was read is written otherwise (-read +written):\n%s", diff)
	}
	blocks[0].Sentence.Entities = []sentence.Entity{{From: 3, To: 5, Type: sentence.Event}}
	var named bytes.Buffer
	if err := syntax.WriteCoNLLU(&named, &blocks[0]); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\tEntity=B-Event|SpaceAfter=No\n", "\tEntity=I-Event\n"} {
		if !strings.Contains(named.String(), want) {
			t.Errorf("WriteCoNLLU gives no %q in\n%s", want, named.String())
		}
	}
}

func TestReadCoNLLUErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"columns", "1\tTalks\n", "conllu: line 1: 2 columns, want 10"},
		{"number", "2\tTalks\t_\t_\t_\t_\t0\troot\t_\t_\n", `conllu: line 1: word number "2", want 1`},
		{"head", "1\tTalks\t_\t_\t_\t_\tx\troot\t_\t_\n", `conllu: line 1: head "x" is not a number`},
		{"far head", "1\tTalks\t_\t_\t_\t_\t9\tdep\t_\t_\n\n", "conllu: sentence before line 2: word 1 has head 9"},
		{"own head", "1\tTalks\t_\t_\t_\t_\t1\tdep\t_\t_\n", "conllu: last sentence: word 1 has head 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := syntax.ReadCoNLLU(strings.NewReader(tt.text))
			if err == nil || err.Error() != tt.want {
				t.Errorf("ReadCoNLLU(%q) gives error %v, want %q", tt.text, err, tt.want)
			}
		})
	}
}

// FuzzParse feeds the parser words cut from any text at blanks.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"", "Talks resumed .", "U.S. , \xff 7,000 Al-Zaman", strings.Repeat("a ", 700)} {
		f.Add(text)
	}
	p := newParser(f)
	f.Fuzz(func(t *testing.T, text string) {
		ss := []sentence.Sentence{words(text)}
		if err := p.Parse(context.Background(), ss); err != nil {
			t.Fatal(err)
		}
		checkTree(t, &ss[0])
	})
}

// FuzzReadCoNLLU checks that what is read can be written and read again.
func FuzzReadCoNLLU(f *testing.F) {
	f.Add(sample)
	f.Add("1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n")
	f.Fuzz(func(t *testing.T, text string) {
		blocks, err := syntax.ReadCoNLLU(strings.NewReader(text))
		if err != nil {
			return
		}
		var out bytes.Buffer
		for i := range blocks {
			b := &blocks[i]
			for _, tok := range b.Sentence.Tokens {
				if b.Text[tok.Start:tok.End] != tok.Form {
					t.Fatalf("offsets of %q give %q", tok.Form, b.Text[tok.Start:tok.End])
				}
			}
			if err := syntax.WriteCoNLLU(&out, b); err != nil {
				t.Fatal(err)
			}
		}
		again, err := syntax.ReadCoNLLU(&out)
		if err != nil || len(again) != len(blocks) {
			t.Fatalf("%d sentences read again as %d: %v", len(blocks), len(again), err)
		}
	})
}
