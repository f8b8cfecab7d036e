package quality_test

import (
	"testing"

	"parley/graph"
	"parley/loader/quality"
)

func TestEntities(t *testing.T) {
	g := &quality.Gold{Entities: []quality.Entity{
		{Type: "Person", Name: "Anna Vell|Vell"}, {Type: "Person", Name: "Osk"}, {Type: "Place", Name: "Strelsau"}, {Type: "State", Name: "Graustark"},
	}}
	things := []graph.Thing{
		{Type: graph.Person, Label: "Vell"},
		{Type: graph.Organisation, Label: "O.", Aliases: []string{"Osk"}},
		{Type: graph.State, Label: "Ruritania"},
		{Type: graph.Place, Label: "Strelsau"},
	}
	var e quality.Entities
	e.Add(g, things)
	want := `| entities | gold | found | as another type | recall |
|---|---|---|---|---|
| Person | 2 | 1 | 1 | 0.500 |
| Place | 1 | 1 | 0 | 1.000 |
| State | 1 | 0 | 0 | 0.000 |
`
	if got := e.String(); got != want {
		t.Errorf("String()\n got %s\nwant %s", got, want)
	}
}
