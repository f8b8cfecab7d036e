package roles

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"parley/loader/neural"
	"parley/loader/sentence"
)

// sentenceOf returns words parted by spaces as a sentence.
func sentenceOf(text string) sentence.Sentence {
	var s sentence.Sentence
	for w := range strings.FieldsSeq(text) {
		s.Tokens = append(s.Tokens, sentence.Token{Form: w})
	}
	return s
}

func newReader(t testing.TB) *Reader {
	t.Helper()
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The pieces are those that the tokenizer of all-MiniLM-L6-v2 makes of the words.
func TestPiecesAreThoseOfTheModel(t *testing.T) {
	v := newReader(t).vocabulary
	names := make(map[int32]string)
	for p, id := range v.ids {
		names[id] = p
	}
	for word, want := range map[string]string{
		"mediated":               "mediated",
		"Ouagadougou":            "ou ##aga ##dou ##go ##u",
		"Védrine":                "ve ##dr ##ine",
		"n't":                    "n ' t",
		"Qatari-brokered":        "qatar ##i - broker ##ed",
		"U.S.":                   "u . s .",
		"“":                      "“",
		"1,200":                  "1 , 200",
		strings.Repeat("x", 101): unknownPiece,
	} {
		var got []string
		for _, id := range v.cut(nil, word) {
			got = append(got, names[id])
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("cut(%q) = %q, want %q", word, g, want)
		}
	}
}

// told is a sentence, its mentions, and the role that each has, if any.
var told = []struct {
	text  string
	spans []Span
	want  []Role // Count for none
}{
	{
		"The bishop carried drafts back and forth at the Hotel Plaza , where the miners and the company sat down for talks .",
		[]Span{
			{From: 0, To: 2, Functions: []Function{{2, "subject"}}},
			{From: 13, To: 15, Functions: []Function{{18, "subject"}}},
			{From: 16, To: 18, Functions: []Function{{18, "subject"}}},
			{From: 9, To: 11, Functions: []Function{{2, "at"}}},
		},
		[]Role{Mediator, Participant, Participant, Venue},
	},
	{
		"General Abdi put his name to the agreement while the ambassador of France watched .",
		[]Span{
			{From: 0, To: 2, Functions: []Function{{2, "subject"}}},
			{From: 12, To: 13, Functions: []Function{{10, "of"}}},
		},
		[]Role{Signatory, Count},
	},
	{
		"The rebels threw out the plan that Norway had laid before them in March .",
		[]Span{
			{From: 0, To: 2, Functions: []Function{{2, "subject"}}},
			{From: 7, To: 8, Functions: []Function{{9, "subject"}}},
		},
		[]Role{Rejected, Proposed},
	},
}

func TestRead(t *testing.T) {
	r := newReader(t)
	for _, c := range told {
		answer, err := r.Read(t.Context(), []sentence.Sentence{sentenceOf(c.text)}, c.spans, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range c.want {
			for role := range Count {
				if is := answer.Chances[i][role] > 0.5; is != (role == want) && (role == want || want == Count) {
					t.Errorf("%s\nmention %d: chance of %s is %.2f", c.text, i, role, answer.Chances[i][role])
				}
			}
		}
	}
}

// A pair is linked as its sentence says, and the other way round it is not.
func TestReadLinks(t *testing.T) {
	r := newReader(t)
	for _, c := range []struct {
		text string
		a, b Span
		want Link
	}{
		{"Teresa Vidal stands at the head of the dockers ' union .", Span{From: 0, To: 2, Functions: []Function{{2, "subject"}}}, Span{From: 7, To: 11, Functions: []Function{{5, "of"}}}, Leads},
		{"For the company the lawyer Anton Krol put his name to the paper .", Span{From: 3, To: 7, Functions: []Function{{7, "subject"}}}, Span{From: 1, To: 3, Functions: []Function{{7, "for"}}}, Represents},
	} {
		ss, spans := []sentence.Sentence{sentenceOf(c.text)}, []Span{c.a, c.b}
		answer, err := r.Read(t.Context(), ss, spans, []Pair{{0, 1}, {1, 0}})
		if err != nil {
			t.Fatal(err)
		}
		links := answer.Links
		if links[0][c.want] < 0.5 || links[1][c.want] > 0.5 {
			t.Errorf("%s\nchance that A %s B is %.2f, and that B does A %.2f", c.text, c.want, links[0][c.want], links[1][c.want])
		}
	}
}

// Other sentences of the same run change a mention's chances, those of other runs do not.
func TestReadTakesLongTexts(t *testing.T) {
	r := newReader(t)
	long := sentenceOf(strings.Repeat("The miners and the company met again . ", 40))
	ss := []sentence.Sentence{long, sentenceOf(told[0].text)}
	spans := []Span{{From: 0, To: 2}, {From: 300, To: 302}}
	for _, s := range told[0].spans {
		s.Sentence = 1
		spans = append(spans, s)
	}
	answer, err := r.Read(t.Context(), ss, spans, nil)
	if err != nil {
		t.Fatal(err)
	}
	if all := answer.Chances; all[1] != (Chances{}) {
		t.Errorf("a mention beyond what is read of a sentence has the chances %v", all[1])
	}
	alone, err := r.Read(t.Context(), ss[1:], told[0].spans, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(answer.Chances[2:], alone.Chances) {
		t.Errorf("chances %v behind a long sentence, %v alone", answer.Chances[2:], alone.Chances)
	}
	if !slices.Equal(answer.Runs, []int{0, 1}) {
		t.Errorf("runs begin with the sentences %v, want 0 and 1", answer.Runs)
	}
}

func TestPlainGoGivesTheSameBits(t *testing.T) {
	plain, err := NewPlain()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range told {
		ss := []sentence.Sentence{sentenceOf(c.text)}
		pairs := []Pair{{0, 1}, {1, 0}}
		a, err := newReader(t).Read(t.Context(), ss, c.spans, pairs)
		if err != nil {
			t.Fatal(err)
		}
		b, err := plain.Read(t.Context(), ss, c.spans, pairs)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s\nfast %v\nplain %v", c.text, a, b)
		}
	}
}

func TestReadEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newReader(t).Read(ctx, []sentence.Sentence{sentenceOf(told[0].text)}, told[0].spans, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Read() error = %v, want %v", err, context.Canceled)
	}
}

func TestDecodeChecksTheFile(t *testing.T) {
	for name, data := range map[string][]byte{
		"empty": nil, "cut short": weights[:len(weights)/2], "of something else": []byte("parleyNN and nothing more of it than this"),
	} {
		if _, err := decode(data, false); !errors.Is(err, neural.ErrFormat) {
			t.Errorf("decode(a file that is %s) error = %v, want %v", name, err, neural.ErrFormat)
		}
	}
	f := neural.NewFile()
	f.SetText("shape", `{"layers":1,"hidden":8,"heads":3,"inner":4,"positions":9}`)
	if _, err := build(f, false); !errors.Is(err, neural.ErrFormat) {
		t.Errorf("build(heads that do not divide) error = %v, want %v", err, neural.ErrFormat)
	}
}

func BenchmarkRead(b *testing.B) {
	var ss []sentence.Sentence
	var spans []Span
	words := 0
	for range 5 {
		for _, c := range told {
			for _, s := range c.spans {
				s.Sentence = len(ss)
				spans = append(spans, s)
			}
			ss = append(ss, sentenceOf(c.text))
			words += len(ss[len(ss)-1].Tokens)
		}
	}
	r := newReader(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Read(b.Context(), ss, spans, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}
