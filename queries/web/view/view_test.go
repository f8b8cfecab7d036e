package view_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
	"parley/queries/web/view"
)

func snapshot() *graph.Snapshot { return graph.NewSnapshot(4, graphtest.Reports()...) }

// show returns what the view of an address shows, a line each.
func show(t *testing.T, g *graph.Snapshot, query string) (*view.Graph, []string) {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	s, err := view.Parse(values)
	if err != nil {
		t.Fatalf("Parse(%s): %v", query, err)
	}
	v, err := view.Select(context.Background(), g, s)
	if err != nil {
		t.Fatalf("Select(%s): %v", query, err)
	}
	var lines []string
	for _, e := range v.Edges {
		lines = append(lines, fmt.Sprintf("%s %s %s %s %d", v.Nodes[e.From].ID.Slug(), e.Predicate, v.Nodes[e.To].ID.Slug(), e.Standing, len(e.Claims)))
	}
	slices.Sort(lines)
	return v, lines
}

func TestSelect(t *testing.T) {
	tests := []struct {
		name, query string
		want        []string
	}{
		{"around a thing, claims of one kind together", "thing=talks/helsinki-2005&predicate=mediated&predicate=hosted", []string{
			"finland hosted helsinki-2005 fact 1",
			"martti-ahtisaari mediated helsinki-2005 fact 2"}},
		{"what is denied apart from what is not", "thing=Egypt&predicate=mediated", []string{
			"egypt mediated cairo-2025 denied 1",
			"egypt mediated cairo-2025 fact 1"}},
		{"denied only", "thing=talks/cairo-2025&polarity=denied", []string{
			"egypt mediated cairo-2025 denied 1",
			"israel participatedIn cairo-2025 denied 1"}},
		{"planned", "thing=United+States&modality=planned", []string{"united-states mediated second-round planned 1"}},
		{"one outlet", "thing=talks/helsinki-2005&outlet=Nordic+Wire&predicate=mediated", []string{"martti-ahtisaari mediated helsinki-2005 fact 1"}},
		{"least confidence", "thing=talks/helsinki-2005&min_confidence=0.8&predicate=mediated", []string{"martti-ahtisaari mediated helsinki-2005 fact 1"}},
		{"kinds of things", "thing=talks/cairo-2025&type=Place", []string{"cairo-2025 heldIn cairo fact 1"}},
		{"period", "thing=Indonesia&since=2005-07&until=2005-07", []string{"free-aceh-movement metWith indonesia fact 1"}},
		{"expanded", "thing=Finland&expand=talks/helsinki-2005&predicate=hosted&predicate=ledTo", []string{
			"finland hosted helsinki-2005 fact 1",
			"helsinki-2005 ledTo helsinki-memorandum fact 1"}},
		{"collapsed", "thing=Finland&collapse=state/finland", nil},
		{"links among the others", "thing=talks/helsinki-2005&among=yes&predicate=metWith&predicate=participatedIn", []string{
			"free-aceh-movement participatedIn helsinki-2005 fact 1",
			"indonesia participatedIn helsinki-2005 fact 1",
			"free-aceh-movement metWith indonesia fact 1"}},
		{"no links among the others", "thing=talks/helsinki-2005&predicate=metWith&predicate=participatedIn", []string{
			"free-aceh-movement participatedIn helsinki-2005 fact 1",
			"indonesia participatedIn helsinki-2005 fact 1"}},
		{"a path", "from=Finland&to=Martti+Ahtisaari", []string{
			"finland hosted helsinki-2005 fact 1",
			"martti-ahtisaari mediated helsinki-2005 fact 2"}},
		{"a question's answer", "question=mediations&mediator=Martti+Ahtisaari&predicate=mediated", []string{"martti-ahtisaari mediated helsinki-2005 fact 2"}},
		{"nothing", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, got := show(t, snapshot(), tt.query)
			slices.Sort(tt.want)
			if tt.query == "from=Finland&to=Martti+Ahtisaari" { // longer ways may be there as well
				got = slices.DeleteFunc(got, func(line string) bool { return !slices.Contains(tt.want, line) })
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("the view of %s shows (-want +got)\n%s", tt.query, diff)
			}
		})
	}
}

func TestSelectSaysWhatItLeavesOut(t *testing.T) {
	v, _ := show(t, snapshot(), "thing=talks/helsinki-2005&limit=3")
	if len(v.Nodes) != 3 || v.Left != 4 {
		t.Errorf("of seven things %d are shown and %d told to be left out, want 3 and 4", len(v.Nodes), v.Left)
	}
	if !v.Nodes[0].Asked || !v.Nodes[0].Open || v.Nodes[0].Hidden != 4 {
		t.Errorf("what the view is around is %+v, want it first, open, with 4 things hidden", v.Nodes[0])
	}
	v, _ = show(t, snapshot(), "thing=nobody+knows")
	if len(v.Nodes) != 0 || len(v.Notes) != 1 || !strings.Contains(v.Notes[0], "nobody knows") {
		t.Errorf("a view around an unknown name has notes %q", v.Notes)
	}
}

// Of too many links those of fewest outlets are left out, and no thing loses all
// of its links.
func TestSelectThinsLinks(t *testing.T) {
	var reports []*graph.Extraction
	for i := range 4 {
		r := graphtest.NewReport("report", fmt.Sprint("outlet ", i%2), "2005-01-01", fmt.Sprint("https://news.example/", i))
		for j := range 150 {
			actor := fmt.Sprintf("state/s%d", j)
			if i < 2 || j%2 == 0 {
				r.Say("It met.", "state/hub metWith "+actor)
			}
			r.Say("It spoke.", "state/hub spokeWith "+actor, actor+" accused state/hub")
		}
		reports = append(reports, r.Extraction())
	}
	v, lines := show(t, graph.NewSnapshot(1, reports...), "thing=state/hub")
	if len(lines) != view.MaxEdges || v.Fewer != 50 || v.Left != 0 {
		t.Errorf("%d links are shown, %d left out, and %d things; want %d, 50, 0", len(lines), v.Fewer, v.Left, view.MaxEdges)
	}
	for _, n := range v.Nodes {
		if n.Links == 0 {
			t.Errorf("%s has lost all its links", n.ID)
		}
	}
}

func TestSelectCountsSourcesAndTimes(t *testing.T) {
	v, _ := show(t, snapshot(), "thing=talks/helsinki-2005&predicate=mediated")
	e := v.Edges[0]
	if e.Articles != 2 || !slices.Equal(e.Outlets, []string{"Jakarta Post", "Nordic Wire"}) || e.Confidence != 0.9 {
		t.Errorf("edge has %d articles of %q, confidence %g, want 2 of both outlets, 0.9", e.Articles, e.Outlets, e.Confidence)
	}
	if want := []view.Time{{From: "2005-01-27", To: "2005-01-27"}}; !slices.Equal(e.Times, want) {
		t.Errorf("it was at %v, want when the talks were, %v", e.Times, want)
	}
	if f := v.Facets; f.From != "2005" || f.To != "2005" || len(f.Types) != 5 || len(f.Predicates) < 5 {
		t.Errorf("what can be filtered is %+v, want all that is around the talks", f)
	}
}

func TestStateAddresses(t *testing.T) {
	values, _ := url.ParseQuery("thing=Finland&type=&since=2005&pin=state/finland@10,-20.5&expand=talks/helsinki-2005")
	s, err := view.Parse(values)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ got, want string }{
		{s.Query(), "expand=talks%2Fhelsinki-2005&pin=state%2Ffinland%4010%2C-20.5&since=2005&thing=Finland"},
		{s.Collapsing("talks/helsinki-2005"), "pin=state%2Ffinland%4010%2C-20.5&since=2005&thing=Finland"},
		{s.Expanding("state/norway"), "expand=talks%2Fhelsinki-2005&expand=state%2Fnorway&pin=state%2Ffinland%4010%2C-20.5&since=2005&thing=Finland"},
		{s.With("since", ""), "expand=talks%2Fhelsinki-2005&pin=state%2Ffinland%4010%2C-20.5&thing=Finland"},
	} {
		if tt.got != tt.want {
			t.Errorf("address is\n%s, want\n%s", tt.got, tt.want)
		}
	}
	if p := s.Pins["state/finland"]; p.X != 10 || p.Y != -20.5 {
		t.Errorf("pin is at %v, want 10, -20.5", p)
	}
}

func TestParseRefuses(t *testing.T) {
	for query, parameter := range map[string]string{
		"nonsense=1":                          "nonsense",
		"pin=state/finland":                   "pin",
		"pin=state/finland@1e9,0":             "pin",
		"pin=state/finland@NaN,0":             "pin",
		"expand=Finland":                      "expand",
		"collapse=x/y":                        "collapse",
		"limit=201":                           "limit",
		"min_confidence=2":                    "min_confidence",
		"since=yesterday":                     "since",
		"predicate=liked":                     "predicate",
		"question=everything":                 "question",
		"question=mediations&with=":           "",
		"question=mediations&to=x":            "to",
		strings.Repeat("expand=state/a&", 41): "expand",
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		_, err = view.Parse(values)
		var wrong *queries.ParameterError
		if got := errors.As(err, &wrong); got != (parameter != "") || got && wrong.Name != parameter {
			t.Errorf("Parse(%.60s) = %v, want an error about %q", query, err, parameter)
		}
	}
}
