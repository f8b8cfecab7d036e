package question_test

import (
	"context"
	"errors"
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
