package queries_test

import (
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
	} {
		if a := run(t, small(), question); a.Total != want {
			t.Errorf("%s: %d rows, want %d: %q", question, a.Total, want, brief(a))
		}
	}
}

func TestStatementFacets(t *testing.T) {
	for question, want := range map[string]map[string]int{
		"about?thing=GAM&facets=predicate,outlet":               {"predicate participatedIn": 1, "predicate signed": 1, "predicate metWith": 1, "outlet Nordic Wire": 1, "outlet Jakarta Post": 2},
		"meetings?facets=year,subject,object":                   {"year 2005": 1, "subject organisation/free-aceh-movement": 1, "object state/indonesia": 1},
		"said-by?facets=speaker":                                {"speaker state/indonesia": 1},
		"neighbours?thing=GAM&facets=type":                      {"type State": 1, "type Talks": 1, "type Agreement": 1},
		"common?thing=GAM&with=Indonesia&facets=type,predicate": {"type Talks": 1, "type Agreement": 1, "predicate participatedIn": 1, "predicate signed": 1},
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

func slug(a *queries.Answer, n graph.Node) string { return a.Snapshot().ID(n).Slug() }
