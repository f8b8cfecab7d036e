package token_test

import (
	"slices"
	"strings"
	"testing"

	"parley/loader/token"
)

// forms returns the forms of the words of text, parted by spaces.
func forms(text string) string {
	var fs []string
	for _, t := range token.Words(text, 0, len(text)) {
		fs = append(fs, t.Form)
	}
	return strings.Join(fs, " ")
}

func TestWords(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"plain", "The envoys left.", "The envoys left ."},
		{"negation", "They didn't sign, can't sign and won’t.", "They did n't sign , ca n't sign and wo n’t ."},
		{"cannot", "It cannot hold.", "It can not hold ."},
		{"possessive", "Oman's and the parties' and Kenya’s", "Oman 's and the parties ' and Kenya ’s"},
		{"pronoun clitics", "We'll say they've gone; I'm late.", "We 'll say they 've gone ; I 'm late ."},
		{"double clitic", "He wouldn't've come.", "He would n't 've come ."},
		{"irish name", "Mr. O'Hara spoke.", "Mr. O'Hara spoke ."},
		{"hyphen splits", "a UN-brokered truce", "a UN - brokered truce"},
		{"prefix keeps hyphen", "anti-government and non-state groups", "anti-government and non-state groups"},
		{"name with hyphen", "Jean-Paul al-Hadi", "Jean - Paul al - Hadi"},
		{"acronym with stops", "the U.S. and the U.N. met", "the U.S. and the U.N. met"},
		{"initials", "J. R. Tamale spoke", "J. R. Tamale spoke"},
		{"titles", "Gen. Abebe and Dr. Osei", "Gen. Abebe and Dr. Osei"},
		{"number sign", "Article No. 5 applies. No.", "Article No. 5 applies . No ."},
		{"clock", "at 9 a.m. or 5pm", "at 9 a.m. or 5 pm"},
		{"numbers", "1,200 of 3.5 million, or 10-15", "1,200 of 3.5 million , or 10 - 15"},
		{"money", "$40m and €3bn", "$ 40 m and € 3 bn"},
		{"percent", "6.5% of pay", "6.5 % of pay"},
		{"straight quotes", `"We agreed," he said.`, `" We agreed , " he said .`},
		{"smart quotes", "“We agreed,” she said.", "“ We agreed , ” she said ."},
		{"brackets", "the Front (FLM) [sic]", "the Front ( FLM ) [ sic ]"},
		{"ellipsis", "And then... nothing", "And then ... nothing"},
		{"dashes", "the deal—its third – failed -- again", "the deal — its third – failed -- again"},
		{"address", "See https://example.org/a?b=1, or mail x.y@example.org.", "See https://example.org/a?b=1 , or mail x.y@example.org ."},
		{"telephone", "call 555-123-4567 now", "call 555-123-4567 now"},
		{"no-break space", "40 000 men", "40 000 men"},
		{"decade", "the '90s and the 1980s", "the '90s and the 1980s"},
		{"and/or", "and/or", "and / or"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := forms(tt.text); got != tt.want {
				t.Errorf("Words(%q)\n got %q\nwant %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestSplit(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []string
	}{
		{"empty", "", nil},
		{"white space", " \n\t ", nil},
		{"two sentences", "The talks failed. Both sides left.", []string{"The talks failed.", "Both sides left."}},
		{"title", "They met Gen. Abebe on Monday. He smiled.", []string{"They met Gen. Abebe on Monday.", "He smiled."}},
		{"acronym inside", "The U.S. Senate voted on it.", []string{"The U.S. Senate voted on it."}},
		{"quote closes", "“We are done.” He left the room.", []string{"“We are done.”", "He left the room."}},
		{"speaker after quote", "“We are done,” the envoy said.", []string{"“We are done,” the envoy said."}},
		{"dateline", "LUSAKA, May 3 (Wire) - The parties met.", []string{"LUSAKA, May 3 (Wire) -", "The parties met."}},
		{"city dateline", "ADDIS ABABA — Two envoys arrived.", []string{"ADDIS ABABA —", "Two envoys arrived."}},
		{"dash inside", "The minister - a former general - agreed.", []string{"The minister - a former general - agreed."}},
		{"question", "Will it hold? Nobody knows.", []string{"Will it hold?", "Nobody knows."}},
		{"day and month", "They met on 19 December in Lomé.", []string{"They met on 19 December in Lomé."}},
		{"paragraphs", "First one\n\nSecond one", []string{"First one", "Second one"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range token.Split(tt.text, token.Paragraphs(tt.text)) {
				got = append(got, s.Text(tt.text))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Split(%q)\n got %q\nwant %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestSplitLongSentence(t *testing.T) {
	text := strings.Repeat("and the other party, ", 2000)
	for _, s := range token.Split(text, token.Paragraphs(text)) {
		if len(s.Tokens) > token.MaxWords {
			t.Fatalf("Split gave a sentence of %d tokens, want at most %d", len(s.Tokens), token.MaxWords)
		}
	}
}

func TestSplitHeadline(t *testing.T) {
	text := "Envoys reach deal in Accra\n\nThey signed."
	ss := token.Split(text, []token.Block{{Start: 0, End: 26, Headline: true}, {Start: 26, End: len(text)}})
	if len(ss) != 2 || !ss[0].Headline || ss[1].Headline || ss[1].Block != 1 || ss[1].Index != 1 {
		t.Errorf("Split(%q) with a headline = %+v", text, ss)
	}
}

func TestIsEnglish(t *testing.T) {
	tests := []struct {
		name, text string
		want       bool
	}{
		{"headline", "Hamas, Fatah sign Mecca deal", true},
		{"english", "The two governments said on Friday that they would send envoys to the capital for talks about the disputed river.", true},
		{"names", "Abdelaziz Bouteflika, Lakhdar Brahimi, Mourad Medelci and Ramtane Lamamra were among the guests of the Sahrawi delegation.", true},
		{"french", "Les deux gouvernements ont annoncé vendredi qu'ils enverraient des émissaires dans la capitale pour des pourparlers sur le fleuve.", false},
		{"spanish", "Los dos gobiernos anunciaron el viernes que enviarán delegados a la capital para negociar sobre el río en disputa.", false},
		{"indonesian", "Kedua pemerintah mengatakan pada hari Jumat bahwa mereka akan mengirim utusan ke ibu kota untuk pembicaraan tentang sungai.", false},
		{"arabic", "قالت الحكومتان", false},
		{"russian headline", "Стороны подписали соглашение", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, lang := token.IsEnglish(tt.text); got != tt.want {
				t.Errorf("IsEnglish(%q) = %v, %q, want %v", tt.text, got, lang, tt.want)
			}
		})
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{
		"", "The U.S. didn't sign.", "\xff\xfe a\x80b", "LOMÉ (X) - “We’re done.”", "a-b-c 555-1234 x@y.z http://q",
		"'''’’s n't 's ... ?!. \u00a0\u200b", strings.Repeat("a.", 100), strings.Repeat("(", 50),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		blocks := token.Paragraphs(text)
		at := 0
		for _, s := range token.Split(text, blocks) {
			b := blocks[s.Block]
			if len(s.Tokens) == 0 || len(s.Tokens) > token.MaxWords || s.Start < b.Start || s.End > b.End {
				t.Fatalf("Split(%q): sentence %d of %d tokens at [%d,%d) in block [%d,%d)", text, s.Index, len(s.Tokens), s.Start, s.End, b.Start, b.End)
			}
			for _, w := range s.Tokens {
				if w.Start < at || w.End <= w.Start || w.Form != text[w.Start:w.End] {
					t.Fatalf("Split(%q): token %+v after byte %d", text, w, at)
				}
				if gap := strings.TrimSpace(text[at:w.Start]); strings.ContainsAny(gap, "abcdefghijklmnopqrstuvwxyz0123456789") {
					t.Fatalf("Split(%q): %q is in no token", text, gap)
				}
				at = w.End
			}
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat("LUSAKA (Wire) - The U.N. envoy, Gen. Amara Diallo, said on Monday that both sides hadn't agreed. \"We'll meet again,\" he told reporters.\n\n", 100)
	blocks := token.Paragraphs(text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var words int
	for b.Loop() {
		words = 0
		for _, s := range token.Split(text, blocks) {
			words += len(s.Tokens)
		}
	}
	b.ReportMetric(float64(words), "words/op")
}
