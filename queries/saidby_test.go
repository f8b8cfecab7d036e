package queries_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"parley/graph"
	"parley/queries"
)

// Who says what is a row for each statement, with those who say it.
func TestSaidBy(t *testing.T) {
	tests := []struct {
		question string
		want     []string // "subject predicate object: speakers", those apart last
	}{
		{"said-by", []string{"martti-ahtisaari mediated helsinki-2005: indonesia", "apart egypt mediated cairo-2025", "apart israel participatedIn cairo-2025"}},
		{"said-by?thing=Ahtisaari", []string{"martti-ahtisaari mediated helsinki-2005: indonesia"}},
		{"said-by?thing=Hamas", nil},
		{"said-by?speaker=Indonesia", []string{"martti-ahtisaari mediated helsinki-2005: indonesia"}},
		{"said-by?polarity=denied&speaker=Jose+Perez", []string{"israel participatedIn cairo-2025: jose-perez"}},
		{"said-by?place=Cairo&polarity=denied&predicate=mediated", []string{"egypt mediated cairo-2025: egypt"}},
		{"said-by?place=Helsinki&polarity=any", []string{"martti-ahtisaari mediated helsinki-2005: indonesia"}},
	}
	for _, tt := range tests {
		a := run(t, small(), tt.question)
		var got []string
		for i := range a.Rows {
			r := &a.Rows[i]
			line := slug(a, r.Thing) + " " + string(r.Predicate) + " " + slug(a, r.Object.Node) + ":"
			for _, v := range r.Roles[0].Values {
				line += " " + slug(a, v.Node)
			}
			got = append(got, line)
		}
		for i := range a.Apart {
			r := &a.Apart[i]
			got = append(got, "apart "+slug(a, r.Thing)+" "+string(r.Predicate)+" "+slug(a, r.Object.Node))
		}
		if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
			t.Errorf("%s\n got %q\nwant %q", tt.question, got, tt.want)
		}
	}
}

// Place and actor narrow down what is claimed: to what happened there, or had them in it.
func TestConfined(t *testing.T) {
	for question, want := range map[string]int{
		"meetings":                                                     1,
		"meetings?place=Helsinki":                                      0,
		"about?thing=Egypt&place=Cairo":                                2, // the talks there, and that Cairo lies in it
		"about?thing=Egypt&actor=Hamas":                                1, // the talks of Hamas
		"about?thing=Egypt&actor=GAM":                                  0,
		"timeline?thing=Finland&place=Egypt":                           0,
		"neighbours?thing=Ahtisaari&actor=GAM":                         1,
		"common?thing=GAM&with=Indonesia":                              2,
		"common?thing=GAM&with=Indonesia&place=Helsinki":               1,
		"evolution?thing=talks/helsinki-2005&actor=GAM&place=Helsinki": 7, // not what is claimed of the memorandum
		"disputes?place=Helsinki":                                      0,
		"disputes?place=Cairo":                                         2,
		"paths?from=Ahtisaari&to=Indonesia":                            3,
		"paths?from=Ahtisaari&to=Indonesia&place=Helsinki":             1, // through the talks there
		"paths?from=Ahtisaari&to=Indonesia&actor=Hamas":                0,
		"paths?from=Ahtisaari&to=Indonesia&until=2001":                 0,
		"paths?from=Ahtisaari&to=Indonesia&since=2005&until=2005":      3,
	} {
		if a := run(t, small(), question); a.Total != want {
			t.Errorf("%s: %d rows, want %d: %q", question, a.Total, want, brief(a))
		}
	}
}

func TestStatementFacets(t *testing.T) {
	for question, want := range map[string]map[string]int{
		"about?thing=GAM&facets=predicate,outlet":                         {"predicate participatedIn": 1, "predicate signed": 1, "predicate metWith": 1, "outlet Nordic Wire": 1, "outlet Jakarta Post": 2},
		"meetings?facets=year,subject,object":                             {"year 2005": 1, "subject organisation/free-aceh-movement": 1, "object state/indonesia": 1},
		"said-by?facets=speaker":                                          {"speaker state/indonesia": 1},
		"neighbours?thing=GAM&facets=type":                                {"type State": 1, "type Talks": 1, "type Agreement": 1},
		"common?thing=GAM&with=Indonesia&facets=type,predicate":           {"type Talks": 1, "type Agreement": 1, "predicate participatedIn": 1, "predicate signed": 1},
		"mediators?facets=type,outlet,outcomes":                           {"type Group": 1, "type Person": 1, "type State": 1, "outlet The Arab Daily": 2, "outlet Jakarta Post": 1, "outlet Nordic Wire": 1, "outcomes collapsed": 2},
		"mediators?party=Hamas&facets=places,year":                        {"places place/cairo": 2, "year 2025": 2},
		"disputes?facets=outlet,speaker,object":                           {"outlet Nordic Wire": 2, "outlet The Arab Daily": 2, "speaker person/jose-perez": 1, "speaker state/egypt": 1, "object talks/cairo-2025": 2},
		"paths?from=Ahtisaari&to=Indonesia&limit=1&facets=type,predicate": {"type Talks": 1, "predicate mediated": 1, "predicate participatedIn": 1},
	} {
		got := map[string]int{}
		a := run(t, small(), question)
		for _, f := range a.Facets {
			for _, v := range f.Values {
				key := v.Text
				if v.Node != graph.NoNode {
					key = string(a.Snapshot().ID(v.Node))
				}
				got[f.Name+" "+key] = v.Count
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s\n got %v\nwant %v", question, got, want)
		}
	}
}

// Place asks proposals what they concern, and where the talks that they belong to were.
func TestProposalsByPlace(t *testing.T) {
	plan := graph.Thing{ID: "proposal/plan", Label: "plan"}
	pullout := graph.Thing{ID: "proposal/pullout", Label: "pullout"}
	kenya, town := graph.Thing{ID: "state/kenya", Label: "Kenya"}, graph.Thing{ID: "place/naivasha", Label: "Naivasha"}
	talks := graph.Thing{ID: "talks/naivasha", Label: "talks in Naivasha"}
	var claims []graph.Claim
	for i, c := range []struct {
		subject   graph.Thing
		predicate graph.Predicate
		object    graph.Thing
	}{
		{town, graph.LocatedIn, kenya}, {talks, graph.HeldIn, town}, {plan, graph.PartOf, talks},
		{kenya, graph.Proposed, pullout}, {pullout, graph.Concerns, graph.Thing{ID: "place/juba"}},
	} {
		claims = append(claims, graph.Claim{ID: graph.ID(fmt.Sprintf("claim/%d", i)), Subject: c.subject.ID, Predicate: c.predicate, Object: graph.Object{ID: c.object.ID},
			Polarity: graph.Asserted, Modality: graph.Actual, Confidence: 0.9, Article: "article/one"})
	}
	s := graph.NewSnapshot(1, &graph.Extraction{Article: graph.Article{ID: "article/one"}, Claims: claims,
		Things: []graph.Thing{plan, pullout, kenya, town, talks, {ID: "place/juba", Label: "Juba"}}})
	for question, want := range map[string]string{
		"proposals?place=Naivasha": "[plan part_of=naivasha]", "proposals?place=Kenya": "[plan part_of=naivasha]",
		"proposals?place=Juba": "[pullout proposers=kenya concerns=juba]",
	} {
		if got := fmt.Sprint(brief(run(t, s, question))); got != want {
			t.Errorf("%s: got %s, want %s", question, got, want)
		}
	}
}

func slug(a *queries.Answer, n graph.Node) string { return a.Snapshot().ID(n).Slug() }
