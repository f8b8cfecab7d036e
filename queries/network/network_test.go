package network_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"testing"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
	"parley/queries/network"
)

// star is a hub with four spokes, of which one leads on; one link is denied.
func star() *graph.Snapshot {
	return graph.NewSnapshot(7, graphtest.NewReport("Star", "Wire", "2005-01-10", "").
		Say("The hub met many.", "state/hub metWith state/a", "state/hub metWith state/b", "state/hub metWith state/c").
		Say("The hub met a again.", "state/hub metWith state/a").
		Say("The hub attended.", "state/hub participatedIn talks/t").
		Say("D attended.", "state/d participatedIn talks/t").
		Say("The hub did not meet e.", "state/hub metWith state/e denied").
		Say("A person wrote.", "state/c metWith state/far").Extraction())
}

func ids(d *network.Drawing) (list []graph.ID) {
	for _, v := range d.Nodes {
		list = append(list, v.ID)
	}
	return list
}

func TestSubgraph(t *testing.T) {
	s := star()
	tests := []struct {
		name  string
		p     queries.Params
		nodes []graph.ID
		edges int
		left  network.Total
	}{
		{"one step, most claims first", queries.Params{Thing: []string{"hub"}}, []graph.ID{"state/hub", "state/a", "state/b", "state/c", "talks/t"}, 4, network.Total{Value: 0, Relation: "eq"}},
		{"what is left out is counted", queries.Params{Thing: []string{"hub"}, Limit: 3}, []graph.ID{"state/hub", "state/a", "state/b"}, 2, network.Total{Value: 2, Relation: "eq"}},
		{"nobody looked behind what is left out", queries.Params{Thing: []string{"hub"}, Limit: 3, Depth: 2}, []graph.ID{"state/hub", "state/a", "state/b"}, 2, network.Total{Value: 2, Relation: "gte"}},
		{"two steps", queries.Params{Thing: []string{"hub"}, Depth: 2}, []graph.ID{"state/hub", "state/a", "state/b", "state/c", "talks/t", "state/d", "state/far"}, 6, network.Total{Value: 0, Relation: "eq"}},
		{"a predicate", queries.Params{Thing: []string{"hub"}, Predicate: []string{"participatedIn"}}, []graph.ID{"state/hub", "talks/t"}, 1, network.Total{Value: 0, Relation: "eq"}},
		{"a type", queries.Params{Thing: []string{"hub"}, Type: []string{"Talks"}}, []graph.ID{"state/hub", "talks/t"}, 1, network.Total{Value: 0, Relation: "eq"}},
		{"denials if asked for", queries.Params{Thing: []string{"hub"}, Polarity: "denied"}, []graph.ID{"state/hub", "state/e"}, 1, network.Total{Value: 0, Relation: "eq"}},
		{"two seeds", queries.Params{Thing: []string{"state/d", "state/far"}}, []graph.ID{"state/d", "state/far", "state/c", "talks/t"}, 2, network.Total{Value: 0, Relation: "eq"}},
		{"an unknown name", queries.Params{Thing: []string{"Atlantis"}}, nil, 0, network.Total{Value: 0, Relation: "eq"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := network.Subgraph(t.Context(), s, tt.p)
			if err != nil {
				t.Fatal(err)
			}
			if got := ids(d); !slices.Equal(got, tt.nodes) || len(d.Edges) != tt.edges || d.Left.Things != tt.left {
				t.Errorf("Subgraph(%+v)\n got %v, %d edges, left %v\nwant %v, %d edges, left %v", tt.p, got, len(d.Edges), d.Left.Things, tt.nodes, tt.edges, tt.left)
			}
			if d.Truncated != (tt.left.Value > 0) {
				t.Errorf("truncated is %t with %d left out", d.Truncated, tt.left.Value)
			}
		})
	}
}

// Every edge has its quote, and each thing the number of links that are not drawn.
func TestSubgraphEvidence(t *testing.T) {
	d, err := network.Subgraph(t.Context(), star(), queries.Params{Thing: []string{"hub"}, Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	if hub := d.Nodes[0]; hub.Left["metWith"] != 2 || hub.Left["participatedIn"] != 1 || hub.Degree != 1 {
		t.Errorf("the hub has degree %d and left %v, want 1, and 2 meetings and 1 participation left", hub.Degree, hub.Left)
	}
	body, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Edges []struct {
			Claims []string `json:"claims"`
			Total  int      `json:"claims_total"`
		} `json:"edges"`
		Claims []struct {
			ID       string
			Evidence struct{ Quote string }
		} `json:"claims"`
	}
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatal(err)
	}
	quotes := make(map[string]string)
	for _, c := range v.Claims {
		quotes[c.ID] = c.Evidence.Quote
	}
	if len(v.Edges) != 1 || v.Edges[0].Total != 2 || quotes[v.Edges[0].Claims[0]] != "The hub met many." {
		t.Errorf("edges %+v with quotes %v, want one edge of two claims with its quotes", v.Edges, quotes)
	}
}

func TestCentrality(t *testing.T) {
	s := star()
	for _, measure := range []string{network.Degree, network.PageRank, network.Betweenness} {
		r, err := network.Centrality(t.Context(), s, queries.Params{Measure: measure})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Things) != 7 || r.Things[0].ID != "state/hub" || r.Truncated {
			t.Errorf("%s: %d things, first %v, want 7 with the hub first", measure, len(r.Things), r.Things[0].ID)
		}
		sum := 0.0
		for _, c := range r.Things {
			sum += c.Score
		}
		switch first := r.Things[0].Score; {
		case measure == network.Degree && first != 4:
			t.Errorf("the hub has degree %g, want 4", first)
		case measure == network.PageRank && math.Abs(sum-1) > 1e-4:
			t.Errorf("PageRanks sum to %g, want 1", sum)
		case measure == network.Betweenness && math.Abs(first-13.0/15) > 1e-5: // 13 of the 15 pairs of the other six
			t.Errorf("the hub has betweenness %g, want %g", first, 13.0/15)
		}
	}
	r, err := network.Centrality(t.Context(), s, queries.Params{Type: []string{"State"}, Limit: 2})
	if err != nil || r.Total.Value != 5 || len(r.Things) != 2 || !r.Truncated {
		t.Errorf("among states: %+v, %v, want 2 of 5, truncated", r, err)
	}
}

// A graph larger than what is measured is cut to what has most links, and said to be.
func TestCentralityBound(t *testing.T) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(600, 1))...)
	r, err := network.Centrality(t.Context(), s, queries.Params{Measure: network.Betweenness})
	if err != nil || r.Measured >= r.Total.Value || !r.Truncated || len(r.Notes) == 0 {
		t.Errorf("measured %d of %v, truncated %t, notes %v, %v; want fewer than all, and said so", r.Measured, r.Total, r.Truncated, r.Notes, err)
	}
}

func TestParameters(t *testing.T) {
	_, err := network.Subgraph(t.Context(), star(), queries.Params{})
	if wrong := (*queries.ParameterError)(nil); !errors.As(err, &wrong) || wrong.Name != "thing" {
		t.Errorf("Subgraph without a thing: %v, want an error about thing", err)
	}
}
