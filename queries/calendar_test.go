package queries

import (
	"fmt"
	"slices"
	"testing"

	"parley/graph"
	"parley/graph/graphtest"
)

// A question about a period gives what looking at every event gives.
func TestPeriodByCalendar(t *testing.T) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(400, 3))...)
	found := 0
	for _, span := range [][2]string{{"2005", "2006"}, {"2003-05", "2003-05"}, {"2010", ""}, {"", "2001-02-03"}, {"1066", "1067"}, {"", "9999"}} {
		for _, sh := range []shape{mediationShape, talksShape, agreementShape} {
			t.Run(fmt.Sprint(span, sh.types), func(t *testing.T) {
				a, err := ask(s, "talks", &Params{Since: span[0], Until: span[1]})
				if err != nil {
					t.Fatal(err)
				}
				var want []graph.Node
				for _, kind := range []graph.Type{graph.Agreement, graph.Talks} {
					if !slices.Contains(sh.types, kind) {
						continue
					}
					for _, n := range s.Nodes(kind) {
						if a.isDuring(n, true) {
							want = append(want, n)
						}
					}
				}
				got := slices.DeleteFunc(a.eventsOfPeriod(sh), func(n graph.Node) bool { return !a.isDuring(n, true) })
				if !slices.Equal(got, want) {
					t.Errorf("%d events, want %d", len(got), len(want))
				}
				found += len(got)
			})
		}
	}
	if found == 0 {
		t.Error("no period has an event")
	}
}
