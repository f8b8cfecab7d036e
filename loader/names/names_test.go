package names_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/loader/names"
	"parley/loader/token"
)

// tag returns the names that are found in text, as "Type name".
func tag(t testing.TB, text string) []string {
	t.Helper()
	tagger, err := names.New()
	if err != nil {
		t.Fatal(err)
	}
	ss := token.Split(text, token.Paragraphs(text))
	if err := tagger.Tag(t.Context(), text, ss); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range ss {
		for _, e := range s.Entities {
			got = append(got, fmt.Sprintf("%s %s", e.Type, text[s.Tokens[e.From].Start:s.Tokens[e.To-1].End]))
		}
	}
	return got
}

func TestTag(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"states and persons", "Ethiopia and Eritrea signed the deal, Abiy Ahmed said.",
			[]string{"State Ethiopia", "State Eritrea", "Person Abiy Ahmed"}},
		{"look-alike states", "South Sudan and Sudan met in Juba.",
			[]string{"State South Sudan", "State Sudan", "Place Juba"}},
		{"organisation with acronym", "The Southern African Development Community (SADC) sent envoys.",
			[]string{"Organisation Southern African Development Community", "Organisation SADC"}},
		{"demonym and weekday", "Kenyan officials arrived on Monday.",
			[]string{"Nationality Kenyan", "Date Monday"}},
		{"dates", "It was signed on 3 March 2011 and took effect in 2012.",
			[]string{"Date 3 March 2011", "Date 2012"}},
		{"group", "Fighters of the Lord's Resistance Army crossed into Uganda.",
			[]string{"Organisation Lord's Resistance Army", "State Uganda"}},
		{"possessive state", "Ghana's parliament met.", []string{"State Ghana"}},
		{"agreement by its head noun", "They cited the Treaty of Lomé and the Sirte Declaration.",
			[]string{"Agreement Treaty of Lomé", "Agreement Sirte Declaration"}},
		{"half-capital given name", "The envoy met Park Chung-hee in Seoul.",
			[]string{"Person Park Chung-hee", "Place Seoul"}},
		{"particles", "Hamad bin Khalifa Al Thani spoke.", []string{"Person Hamad bin Khalifa Al Thani"}},
		{"union local", "Local 47 rejected the offer.", []string{"Organisation Local 47"}},
		{"possessive between names", "Chad's National Assembly met in N'Djamena.",
			[]string{"State Chad", "Organisation National Assembly", "Place N'Djamena"}},
		{"form of address", "Count Brulov signed for Russia.", []string{"Person Brulov", "State Russia"}},
		{"numbered branch", "Sindicato No. 3 voted against it.", []string{"Organisation Sindicato No. 3"}},
		{"people", "The Kurds and the Tamils were not invited.", []string{"Nationality Kurds", "Nationality Tamils"}},
		{"body and state", "The Kessel Liberation Movement and Malawi signed a truce.",
			[]string{"Organisation Kessel Liberation Movement", "State Malawi"}},
		{"body for an aim and state", "The United Front for Change and Chad signed a deal.",
			[]string{"Organisation United Front for Change", "State Chad"}},
		{"body of two states", "The Joint Commission of Chad and Niger met.",
			[]string{"Organisation Joint Commission of Chad and Niger"}},
		{"body and where it is", "The South Karan People's Army in Delvi freed ten hostages.",
			[]string{"Organisation South Karan People's Army", "Place Delvi"}},
		{"nothing", "Nobody came to the table.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tag(t, tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("Tag(%q)\n got %q\nwant %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for _, file := range []string{"", "not gzip", "\x1f\x8b\x08"} {
		if _, err := names.Read([]byte(file)); err == nil {
			t.Errorf("Read(%q) gave no error", file)
		}
	}
}

func FuzzTag(f *testing.F) {
	for _, s := range []string{"", "The U.N. met in Accra.", "\xff A\x80", "( ( ' 's 's )", "McX (ABC) of of the", strings.Repeat("Of The ", 50)} {
		f.Add(s)
	}
	tagger, err := names.New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ss := token.Split(text, token.Paragraphs(text))
		if err := tagger.Tag(t.Context(), text, ss); err != nil {
			t.Fatal(err)
		}
		for _, s := range ss {
			at := 0
			for _, e := range s.Entities {
				if e.From < at || e.To <= e.From || e.To > len(s.Tokens) || e.Type == "" || !(e.Score >= 0 && e.Score <= 1) {
					t.Fatalf("Tag(%q): entity %+v after token %d of %d", text, e, at, len(s.Tokens))
				}
				at = e.To
			}
		}
	})
}

func BenchmarkTag(b *testing.B) {
	text := strings.Repeat("LUSAKA (Wire) - The U.N. envoy, Gen. Amara Diallo, said on Monday that Zambia and the Congolese rebels of the March 23 Movement (M23) had not agreed.\n\n", 50)
	tagger, err := names.New()
	if err != nil {
		b.Fatal(err)
	}
	ss := token.Split(text, token.Paragraphs(text))
	words := 0
	for _, s := range ss {
		words += len(s.Tokens)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := tagger.Tag(b.Context(), text, ss); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

// A Tagger is used from many goroutines; the race detector watches this test.
func TestTagConcurrently(t *testing.T) {
	text := "Togo and Benin met in Lomé on 4 May."
	want := tag(t, text)
	done := make(chan []string)
	for range 4 {
		go func() { done <- tag(t, text) }()
	}
	for range 4 {
		if got := <-done; !slices.Equal(got, want) {
			t.Errorf("Tag(%q) = %q, want %q", text, got, want)
		}
	}
}
