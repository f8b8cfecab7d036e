package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jdkato/prose/v3/tag"

	"parley/loader/sentence"
	"parley/loader/syntax"
)

// article is about as long as a news article: 600 words.
func article() []sentence.Sentence {
	texts := []string{
		"Officials from Oman , who asked not to be named , said on Tuesday that no deal was near .",
		"The two delegations met for three hours in a hotel by the lake , and agreed to meet again next week .",
		"It is the fourth round of indirect talks since March .",
		"\" We have made some progress , but serious gaps remain , \" the envoy told reporters after the session .",
		"The foreign minister , Leila Haddad , is to fly to Ankara on Thursday to brief her Turkish counterpart .",
		"Rebels in the north have rejected earlier offers of a truce , accusing the government of bad faith .",
	}
	var ss []sentence.Sentence
	for n := 0; n < 600; {
		s := words(texts[len(ss)%len(texts)])
		n += len(s.Tokens)
		ss = append(ss, s)
	}
	return ss
}

func BenchmarkParse(b *testing.B) {
	ss := article()
	n := 0
	for _, s := range ss {
		n += len(s.Tokens)
	}
	for _, code := range []string{"fast", "plain"} {
		b.Run("code="+code, func(b *testing.B) {
			p, err := syntax.New()
			if code == "plain" {
				p, err = syntax.NewPlain()
			}
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := p.Parse(b.Context(), ss); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

// BenchmarkParseLength shows how time grows with the length of a sentence.
func BenchmarkParseLength(b *testing.B) {
	p := newParser(b)
	for _, n := range []int{10, 50, 100, 200, 400, 600} {
		b.Run(fmt.Sprintf("words=%d", n), func(b *testing.B) {
			s := words(strings.Join(strings.Fields(strings.Repeat("the envoy of the union met , ", 100))[:n], " "))
			ss := []sentence.Sentence{s}
			for b.Loop() {
				if err := p.Parse(b.Context(), ss); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := syntax.NewPlain(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOtherTagger tags the same words with the part-of-speech tagger of
// prose, the maintained one for Go, which does no more than that.
func BenchmarkOtherTagger(b *testing.B) {
	ss := article()
	n := 0
	var text strings.Builder
	for _, s := range ss {
		for _, t := range s.Tokens {
			text.WriteString(t.Form)
			text.WriteByte(' ')
			n++
		}
	}
	words := strings.Fields(text.String())
	tagger, err := tag.New()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if got := tagger.Tag(words); len(got) != n {
			b.Fatalf("%d words tagged, want %d", len(got), n)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
