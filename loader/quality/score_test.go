package quality_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/graph"
	"parley/loader/quality"
)

// accord is the gold of an invented article in which Ruritania's Anna Vell
// mediates, Osk of Graustark signs at Strelsau, and Rupert Hentz refuses to.
const accord = `{"id":"accord","date":"1998-05-06",` +
	`"facts":[["mediator","Anna Vell|Vell"],["signatory","Osk"],["refused","Rupert Hentz|Hentz"],["venue","Strelsau"],` +
	`["leads","Osk","Graustark"],["signed_on","Strelsau accord|accord","1998-05-05"],["participant","Graustark"],["outcome","talks","agreement"]],` +
	`"also":[["participant","Osk"],["mediator","Ruritania"]],` +
	`"not":[["signatory","Rupert Hentz|Hentz"],["mediator","Klaus Vell"]],` +
	`"entities":[["Person","Osk"]],"questions":[{"q":"Who mediated?","a":["Anna Vell|Vell"]}]}`

func readAccord(t *testing.T) *quality.Gold {
	t.Helper()
	gs, err := quality.ReadGold(strings.NewReader(accord))
	if err != nil || len(gs) != 1 {
		t.Fatalf("ReadGold(accord) = %d, %v", len(gs), err)
	}
	return &gs[0]
}

func person(label string, aliases ...string) quality.End {
	return quality.End{ID: "person/" + graph.Slug(label), Type: "Person", Label: label, Aliases: aliases}
}

var (
	talks = quality.End{ID: "talks/t", Type: "Talks", Label: "talks in Strelsau"}
	text  = quality.End{ID: "agreement/a", Type: "Agreement", Label: "Strelsau accord"}
)

func claim(s quality.End, predicate string, o quality.End) quality.Claim {
	return quality.Claim{Subject: s, Predicate: predicate, Object: o, Polarity: "asserted", Modality: "actual", Confidence: 0.9}
}

func denied(c quality.Claim) quality.Claim {
	c.Polarity = "denied"
	return c
}

func modal(c quality.Claim, modality string) quality.Claim {
	c.Modality = modality
	return c
}

func TestScoreOneClaim(t *testing.T) {
	tests := []struct {
		name    string
		claim   quality.Claim
		role    string
		want    quality.Tally
		trapped int
	}{
		{"fact found by surname", claim(person("Vell"), "mediated", talks), "mediator", quality.Tally{Gold: 1, Found: 1, Answers: 1, Right: 1}, 0},
		{"fact found by full name is no trap", claim(person("Anna Vell"), "mediated", talks), "mediator", quality.Tally{Gold: 1, Found: 1, Answers: 1, Right: 1}, 0},
		{"fact found by alias and accent", claim(person("A. V.", "Ánna Véll's"), "mediated", talks), "mediator", quality.Tally{Gold: 1, Found: 1, Answers: 1, Right: 1}, 0},
		{"right but not asked for", claim(quality.End{Type: "State", Label: "Ruritania"}, "mediated", talks), "mediator", quality.Tally{Gold: 1, Answers: 1, Right: 1}, 0},
		{"wrong", claim(person("Bob"), "mediated", talks), "mediator", quality.Tally{Gold: 1, Answers: 1}, 0},
		{"trap", claim(person("Hentz"), "signed", text), "signatory", quality.Tally{Gold: 1, Answers: 1}, 1},
		{"trap with a surname that the gold has", claim(person("Klaus Vell"), "mediated", talks), "mediator", quality.Tally{Gold: 1, Found: 1, Answers: 1, Right: 1}, 1},
		{"possible is no answer", modal(claim(person("Bob"), "mediated", talks), "possible"), "mediator", quality.Tally{Gold: 1}, 0},
		{"planned is an answer", modal(claim(person("Osk"), "signed", text), "planned"), "signatory", quality.Tally{Gold: 1, Found: 1, Answers: 1, Right: 1}, 0},
		{"denied signing is a refusal", denied(claim(person("Hentz"), "signed", text)), "refused", quality.Tally{Gold: 1, Found: 1}, 0},
		{"a wrong denial is not counted", denied(claim(person("Bob"), "signed", text)), "refused", quality.Tally{Gold: 1}, 0},
		{"vouched for by another role", claim(person("Osk"), "participatedIn", talks), "participant", quality.Tally{Gold: 1, Answers: 1, Right: 1}, 0},
		{"unlisted group is judged by its side", claim(quality.End{Type: "Group", Label: "envoys"}, "mediated", talks), "mediator", quality.Tally{Gold: 1}, 0},
		{"venue is the object", claim(talks, "heldIn", quality.End{Type: "Place", Label: "Strelsau"}), "venue", quality.Tally{Gold: 1, Found: 1, Answers: 1, Right: 1}, 0},
		{"leads needs both ends to be found", claim(person("Osk"), "leads", person("Bob")), "leads", quality.Tally{Gold: 1, Answers: 1, Right: 1}, 0},
		{"a date matches by its month", claim(text, "signedOn", quality.End{Value: "1998-05"}), "signed_on", quality.Tally{Gold: 1, Found: 1}, 0},
		{"an outcome", claim(talks, "outcome", quality.End{Value: "agreement"}), "outcome", quality.Tally{Gold: 1, Found: 1}, 0},
		{"no agreement is none", claim(talks, "outcome", quality.End{Value: "no agreement"}), "outcome", quality.Tally{Gold: 1}, 0},
		{"a date of another month", claim(text, "signedOn", quality.End{Value: "1998-06-05"}), "signed_on", quality.Tally{Gold: 1}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := quality.Score(readAccord(t), []quality.Claim{tt.claim})
			if diff := cmp.Diff(tt.want, got.Roles[tt.role]); diff != "" {
				t.Errorf("Score(%+v).Roles[%q] (-want +got)\n%s", tt.claim, tt.role, diff)
			}
			if got.Trapped != tt.trapped || got.Traps != 2 {
				t.Errorf("Score(%+v) traps %d of %d, want %d of 2", tt.claim, got.Trapped, got.Traps, tt.trapped)
			}
		})
	}
}

func TestScoreCountsEqualAnswersOnce(t *testing.T) {
	c := claim(person("Anna Vell"), "mediated", talks)
	got := quality.Score(readAccord(t), []quality.Claim{c, c, claim(person("Anna Vell"), "mediated", text)})
	if want := (quality.Tally{Gold: 1, Found: 1, Answers: 1, Right: 1}); got.Roles["mediator"] != want {
		t.Errorf("three equal claims: mediator %+v, want %+v", got.Roles["mediator"], want)
	}
}

func TestReportNamesFaultsAndSums(t *testing.T) {
	g := readAccord(t)
	cs := []quality.Claim{claim(person("Bob"), "hosted", talks), claim(person("Hentz"), "signed", text), claim(person("Osk"), "leads", quality.End{Type: "State", Label: "Graustark"})}
	var r quality.Report
	r.Add(quality.Score(g, cs))
	r.Add(quality.Score(g, cs))
	for _, line := range []string{"accord  missed   venue Strelsau", "accord  wrong    host Bob", "accord  trapped  signatory Rupert Hentz|Hentz"} {
		if !strings.Contains(strings.Join(r.Faults, "\n"), line) {
			t.Errorf("faults %q\nlack %q", r.Faults, line)
		}
	}
	if got, want := r.Total(), (quality.Tally{Gold: 16, Found: 2, Answers: 6, Right: 2}); got != want {
		t.Errorf("Total() of two articles = %+v, want %+v", got, want)
	}
	if last := "all: precision 0.333  recall 0.125  F1 0.182  traps asserted 2 of 4\n"; !strings.HasSuffix(r.String(), last) {
		t.Errorf("String() = %s\nwant it to end in %s", r.String(), last)
	}
}

func TestReadClaimsAndGraphClaimsAgree(t *testing.T) {
	x := graph.Extraction{Things: []graph.Thing{
		{ID: "agreement/a", Type: graph.Agreement, Label: "Strelsau accord"},
		{ID: "person/osk", Type: graph.Person, Label: "Osk", Aliases: []string{"Osk II"}},
	}, Claims: []graph.Claim{
		{Subject: "person/osk", Predicate: "signed", Object: graph.ThingObject("agreement/a"), Polarity: graph.Asserted, Modality: graph.Actual, Confidence: 0.5},
		{Subject: "agreement/a", Predicate: "signedOn", Object: graph.DateObject("1998-05-05"), Polarity: graph.Denied, Modality: graph.Possible, Confidence: 0.25},
	}}
	var lines strings.Builder
	for i := range x.Claims {
		line, err := graph.MarshalClaim(&x.Claims[i], x.Thing)
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
	}
	got, err := quality.ReadClaims(strings.NewReader(lines.String()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(quality.Claims(&x), got); diff != "" {
		t.Errorf("Claims(x) and ReadClaims(what extract prints) differ (-first +second)\n%s", diff)
	}
}

func TestReadNamesTheLine(t *testing.T) {
	for _, text := range []string{accord + "\n{", accord + "\n" + `{"facts":[["mediator"]]}`, accord + "\n" + `{"entities":[["a","b","c"]]}`} {
		if _, err := quality.ReadGold(strings.NewReader(text)); err == nil || !strings.HasPrefix(err.Error(), "line 2: ") {
			t.Errorf("ReadGold(%q) = %v, want an error on line 2", text, err)
		}
	}
	if _, err := quality.ReadClaims(strings.NewReader("{}\nno")); err == nil || !strings.HasPrefix(err.Error(), "line 2: ") {
		t.Errorf("ReadClaims of a bad second line = %v, want an error on line 2", err)
	}
}

func TestReadFolder(t *testing.T) {
	dir := t.TempDir()
	if _, err := quality.ReadFolder(dir); !os.IsNotExist(err) {
		t.Errorf("ReadFolder(empty) = %v, want a missing file", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "gold.jsonl"), []byte(accord), 0o644); err != nil {
		t.Fatal(err)
	}
	gs, err := quality.ReadFolder(dir)
	if err != nil || len(gs) != 1 || gs[0].Path(dir) != filepath.Join(dir, "accord.txt") {
		t.Errorf("ReadFolder(dir) = %v, %v; want one article, at accord.txt", gs, err)
	}
}
