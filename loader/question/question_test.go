package question_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"parley/config"
	"parley/graph"
	"parley/loader"
	"parley/loader/question"
)

func reader(t testing.TB) *question.Reader {
	t.Helper()
	x, err := loader.New(config.Loader{})
	if err != nil {
		t.Fatal(err)
	}
	return question.New(x)
}

func TestRead(t *testing.T) {
	tests := []struct{ question, want string }{
		{"Who mediated the talks between Chile and Argentina?", "[who] mediated talks, Chile took part in talks, Argentina took part in talks"},
		{"By whom were the talks in Oslo mediated?", "[whom] mediated talks, talks was held in Oslo"},
		{"Which talks were mediated by Norway?", "Norway mediated [which talks]"},
		{"Which agreements did Sudan sign?", "Sudan signed [which agreements]"},
		{"Who signed the treaty for Japan?", "[who] signed or represents treaty, [who] represents Japan"},
		{"Who did not sign the treaty?", "[who] is denied to have: signed treaty"},
		{"Who refused to sign the accord?", "[who] refused accord"},
		{"Which states were observers at the negotiations?", "[which states] observed negotiations"},
		{"Who led the Egyptian delegation?", "[who] leads Egyptian delegation"},
		{"Who took part in the talks?", "[who] took part in talks"},
		{"Where was the Treaty of Guarantee signed?", "Treaty of Guarantee was signed in [where]"},
		{"When was the Treaty of Guarantee signed?", "Treaty of Guarantee was signed on or was agreed on [when]"},
		{"What was the outcome of the Cyprus talks?", "Cyprus talks ended in [What]"},
		{"Whom did Iran accuse?", "Iran accused [whom]"},
		{"What did Argentina reject?", "Argentina rejected [what]"},
		{"Did Iran sign the agreement?", "whether Iran signed agreement"},
		{"Who is Martti Ahtisaari?", "what is told of Martti Ahtisaari"},
		{"How are Finland and Indonesia linked?", "the connections between Finland and Indonesia"},
		{"Name the mediators of the Yemen talks", "[who] mediated Yemen talks"},
		{"tell me who hosted the talks in Vienna", "[who] hosted talks, talks was held in Vienna"},
		{"Who leads Zorbiqua?", "[who] leads Zorbiqua"},
		{"Who boycotted the United Nations?", "not understood"}, // and not who leads them
		{"colourless green ideas", "not understood"},
		{"", "not understood"},
	}
	r := reader(t)
	for _, tt := range tests {
		p, err := r.Read(t.Context(), tt.question)
		if err != nil {
			t.Errorf("Read(%q): %v", tt.question, err)
		}
		if got := p.String(); got != tt.want {
			t.Errorf("Read(%q)\n got %s\nwant %s", tt.question, got, tt.want)
		}
	}
}

func TestReadSaysWhyNot(t *testing.T) {
	r := reader(t)
	tests := []struct{ question, why string }{
		{"", "no words"},
		{"?!", "no words"},
		{"谁签署了协议？", "English"},
		{"¿Quién firmó el acuerdo?", "English"},
		{"How many accords were signed?", "counts"},
		{"Why did the talks fail?", "reasons"},
		{"Who mediated the talks? And who signed?", "one by one"},
		{"Who mediated the talks?", ""},
	}
	for _, tt := range tests {
		p, err := r.Read(t.Context(), tt.question)
		if err != nil {
			t.Errorf("Read(%q): %v", tt.question, err)
		}
		if p.IsEmpty() != (tt.why != "") || !strings.Contains(p.Why, tt.why) || tt.why == "" && p.Why != "" {
			t.Errorf("Read(%q) reads %q and says why not %q, want a word of %q", tt.question, p.String(), p.Why, tt.why)
		}
	}
	p, err := r.Read(t.Context(), "Who mediated the talks? And who signed?")
	if want := []string{"Who mediated the talks?", "And who signed?"}; err != nil || !slices.Equal(p.Parts, want) {
		t.Errorf("parts of two questions: %q, %v, want %q", p.Parts, err, want)
	}
}

// A capital is known by its state as well, where an article says "in the Armenian
// capital".
func TestReadCapital(t *testing.T) {
	p, err := reader(t).Read(t.Context(), "Who rejected the deal in Oslo?")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(p.Terms, func(t graph.Term) bool { return slices.Contains(t.Forms, "Norwegian capital") }) {
		t.Errorf("terms of the question do not know Oslo as the Norwegian capital: %+v", p.Terms)
	}
}

func TestReadAcceptsAnyText(t *testing.T) {
	r := reader(t)
	for _, q := range []string{"?", "Who", "who who who?", "Which?", "What is", "Who is?", "By whom", "\x00\x01", "Who signed\n\nthe deal? And who not?",
		strings.Repeat("who ", 100), "谁签署了协议？"} {
		if _, err := r.Read(t.Context(), q); err != nil {
			t.Errorf("Read(%q): %v, want no error", q, err)
		}
	}
	if _, err := r.Read(t.Context(), strings.Repeat("who ", 200)); !errors.Is(err, question.ErrLong) {
		t.Errorf("Read of 800 bytes: %v, want %v", err, question.ErrLong)
	}
	if _, err := r.Read(t.Context(), "Who \xff?"); err == nil {
		t.Error("Read of bytes that are no UTF-8: no error")
	}
}

func TestReadIsTheSameEachTime(t *testing.T) {
	r := reader(t)
	var first graph.Pattern
	for i := range 5 {
		p, err := r.Read(t.Context(), "Who signed the peace accord in Abuja for the government of Sudan?")
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = p
		} else if p.String() != first.String() {
			t.Errorf("Read a second time\n got %s\nwant %s", &p, &first)
		}
	}
}

func FuzzRead(f *testing.F) {
	r := reader(f)
	f.Add("Who mediated the talks?")
	f.Add("Which states did not sign?")
	f.Fuzz(func(t *testing.T, q string) {
		p, err := r.Read(context.Background(), q)
		if err == nil && p.String() == "" {
			t.Errorf("Read(%q) reads as nothing", q)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	r := reader(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Read(b.Context(), "Who mediated the talks between Chile and Argentina?"); err != nil {
			b.Fatal(err)
		}
	}
}
