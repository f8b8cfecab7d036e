package queries_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
)

// who returns the pattern of a question for a person or body.
func who(word string, terms []graph.Term, claims ...graph.ClaimPattern) graph.Pattern {
	return graph.Pattern{Question: word + "?", Form: graph.AsksThings, Claims: claims, Terms: append([]graph.Term{{Kind: graph.HoleTerm}}, terms...),
		Hole: graph.Hole{Word: word, Person: true, Types: []graph.Type{graph.Person, graph.Organisation, graph.State, graph.Group}}}
}

func event(t graph.Type, text string) graph.Term {
	return graph.Term{Kind: graph.EventTerm, Type: t, Text: text, Kinds: []string{text}, Definite: true}
}

func named(t graph.Type, name string) graph.Term {
	return graph.Term{Kind: graph.ThingTerm, Type: t, Text: name}
}

func claim(s int, o int, ps ...graph.Predicate) graph.ClaimPattern {
	return graph.ClaimPattern{Subject: s, Predicates: ps, Object: o}
}

func ask(t *testing.T, p graph.Pattern) (*queries.Reply, []string) {
	t.Helper()
	s := graph.NewSnapshot(1, graphtest.Reports()...)
	r, err := queries.AskPattern(t.Context(), s, &p)
	if err != nil {
		t.Fatal(err)
	}
	var labels []string
	for _, a := range r.Answers {
		if a.Node == graph.NoNode {
			labels = append(labels, a.Literal.Value)
			continue
		}
		labels = append(labels, s.At(a.Node).Label)
	}
	slices.Sort(labels)
	return r, labels
}

func TestAskPattern(t *testing.T) {
	talks := event(graph.Talks, "talks")
	place := graph.Pattern{Form: graph.AsksThings, Hole: graph.Hole{Word: "where", Types: []graph.Type{graph.Place, graph.State}},
		Terms:  []graph.Term{{Kind: graph.HoleTerm}, talks, named(graph.Organisation, "Hamas")},
		Claims: []graph.ClaimPattern{claim(1, 0, graph.HeldIn)}}
	date := graph.Pattern{Form: graph.AsksThings, Hole: graph.Hole{Word: "when", Datatype: "date"},
		Terms:  []graph.Term{{Kind: graph.HoleTerm}, event(graph.Agreement, "memorandum")},
		Claims: []graph.ClaimPattern{claim(1, 0, graph.SignedOn)}}
	whether := func(s, o string, p graph.Predicate) graph.Pattern {
		return graph.Pattern{Form: graph.AsksWhether, Terms: []graph.Term{{}, named(graph.Organisation, s), named(graph.State, o)},
			Claims: []graph.ClaimPattern{claim(1, 2, p)}}
	}
	tests := []struct {
		name    string
		pattern graph.Pattern
		want    []string
	}{
		{"mediator of talks in a place", who("who mediated", []graph.Term{talks, named(graph.Place, "Helsinki")}, claim(0, 1, graph.Mediated)), []string{"Martti Ahtisaari"}},
		{"a party is known by its acronym", who("who mediated", []graph.Term{talks, named(graph.Organisation, "GAM")}, claim(0, 1, graph.Mediated)), []string{"Martti Ahtisaari"}},
		{"nothing is said of the place", who("who mediated", []graph.Term{talks, named(graph.Place, "Lima")}, claim(0, 1, graph.Mediated)), nil},
		{"the question fits two talks", who("who took part in", []graph.Term{talks}, claim(0, 1, graph.ParticipatedIn)), nil},
		{"what is planned is no answer", who("who mediated", []graph.Term{{Kind: graph.EventTerm, Type: graph.Talks, Text: "second round", Words: []string{"second"}, Kinds: []string{"round"}}}, claim(0, 1, graph.Mediated)), nil},
		{"what may be is no answer", who("who signed", []graph.Term{event(graph.Agreement, "memorandum"), named(graph.State, "Indonesia")}, claim(0, 1, graph.Signed)), []string{"Free Aceh Movement"}},
		{"where", place, []string{"Cairo"}},
		{"when", date, []string{"2005-08-15"}},
		{"whom somebody accused", who("whom", []graph.Term{named(graph.Organisation, "Hamas")}, claim(1, 0, graph.Accused)), []string{"Israel"}},
		{"whether, told", whether("Hamas", "Israel", graph.Accused), []string{"yes"}},
		{"whether, not told", whether("Hamas", "Finland", graph.Accused), nil},
	}
	for _, tt := range tests {
		r, got := ask(t, tt.pattern)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: ask %s\n got %q, notes %q\nwant %q", tt.name, r.Reading, got, r.Notes, tt.want)
		}
		for _, a := range r.Answers {
			if len(a.Claims) == 0 {
				t.Errorf("%s: answer %v has no claim", tt.name, a)
			}
		}
	}
}

func TestAskSaysWhy(t *testing.T) {
	r, _ := ask(t, who("who took part in", []graph.Term{event(graph.Talks, "talks")}, claim(0, 1, graph.ParticipatedIn)))
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "answer differently") {
		t.Errorf("notes of a question that fits two talks: %q", r.Notes)
	}
	r, _ = ask(t, graph.Pattern{Question: "mumble"})
	if len(r.Nearest) == 0 || r.Reading != "not understood" {
		t.Errorf("reply to what is not understood: reading %q, nearest %q", r.Reading, r.Nearest)
	}
	r, _ = ask(t, who("who mediated", []graph.Term{event(graph.Talks, "talks"), named(graph.Place, "Lima")}, claim(0, 1, graph.Mediated)))
	if !slices.ContainsFunc(r.Notes, func(n string) bool { return strings.Contains(n, "Lima") }) {
		t.Errorf("notes of a question with an unknown place: %q", r.Notes)
	}
}

// Of several in one sentence each stands for their own side, and who leads is who
// is said to.
func TestAskOfLists(t *testing.T) {
	r := graphtest.NewReport("Hill and Coast sign", "Example Wire", "2011-03-04", "https://example.org/hill")
	r.Name("person/ada-orlov", "Ada Orlov").Name("person/ben-salas", "Ben Salas").Name("organisation/hill-front", "Hill Front").
		Name("organisation/coast-league", "Coast League").Name("agreement/accord", "accord").Name("group/hill-team", "Hill team").
		Name("group/ministers", "ministers of Hill and Coast")
	r.Say("Ada Orlov of the Hill Front and Ben Salas of the Coast League signed the accord.",
		"person/ada-orlov signed agreement/accord", "person/ben-salas signed agreement/accord")
	r.Say("Ada Orlov, who heads the Hill team, and Ben Salas met on Friday.",
		"person/ada-orlov leads group/hill-team", "person/ben-salas leads group/hill-team")
	s := graph.NewSnapshot(1, r.Extraction())
	labels := func(p graph.Pattern) (out []string) {
		reply, err := queries.AskPattern(t.Context(), s, &p)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range reply.Answers {
			out = append(out, s.At(a.Node).Label)
		}
		return out
	}
	for side, want := range map[string]string{"Hill Front": "Ada Orlov", "Coast League": "Ben Salas"} {
		terms := []graph.Term{event(graph.Agreement, "accord"), named(graph.Organisation, side)}
		got := labels(who("who signed", terms, claim(0, 1, graph.Signed, graph.Represents), claim(0, 2, graph.Represents)))
		if !slices.Equal(got, []string{want}) {
			t.Errorf("who signed for the %s: %q, want %s alone", side, got, want)
		}
	}
	team := graph.Term{Kind: graph.ThingTerm, Type: graph.Group, Text: "Hill team"}
	if got := labels(who("who leads", []graph.Term{team}, claim(0, 1, graph.Leads))); !slices.Equal(got, []string{"Ada Orlov"}) {
		t.Errorf("who leads the Hill team: %q, want Ada Orlov alone", got)
	}
}

func TestReplyJSON(t *testing.T) {
	r, _ := ask(t, who("who mediated", []graph.Term{event(graph.Talks, "talks"), named(graph.Place, "Helsinki")}, claim(0, 1, graph.Mediated)))
	var v struct {
		Question, Reading, URL string
		Answers                []struct {
			ID, Label string
			Aliases   []string
			Claims    []struct {
				Evidence struct{ Quote string }
			}
		}
	}
	line := r.AppendJSON(nil)
	if err := json.Unmarshal(line, &v); err != nil {
		t.Fatalf("%v\n%s", err, line)
	}
	if len(v.Answers) != 1 || v.Answers[0].ID != "person/martti-ahtisaari" || len(v.Answers[0].Claims) == 0 || v.Answers[0].Claims[0].Evidence.Quote == "" {
		t.Errorf("answers of %s", line)
	}
	if want := "/v1/questions/mediations?place=place%2Fhelsinki"; v.URL != want {
		t.Errorf("url is %q, want %q", v.URL, want)
	}
	r, _ = ask(t, graph.Pattern{Question: "mumble"})
	if line := string(r.AppendJSON(nil)); !strings.Contains(line, `"answers":[]`) {
		t.Errorf("reply without answers has no empty list: %s", line)
	}
}

func BenchmarkAsk(b *testing.B) {
	s := graph.NewSnapshot(1, graphtest.Reports()...)
	p := who("who mediated", []graph.Term{event(graph.Talks, "talks"), named(graph.Place, "Helsinki")}, claim(0, 1, graph.Mediated))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := queries.AskPattern(context.Background(), s, &p); err != nil {
			b.Fatal(err)
		}
	}
}
