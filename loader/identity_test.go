package loader_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"parley/graph"
	"parley/loader"
	"parley/loader/article"
)

// eventIDs returns the ids of the talks or agreements, as typ says, that an
// article with the given text and day of publication tells of.
func eventIDs(t *testing.T, x *loader.Extractor, typ, text, published string) []graph.ID {
	t.Helper()
	a, err := article.Text([]byte(text), article.Options{Language: "en", Date: strings.Trim(published, "-")})
	if err != nil {
		t.Fatal(err)
	}
	out, err := x.Extract(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	var ids []graph.ID
	for _, th := range out.Things {
		if strings.EqualFold(string(th.Type), typ) {
			ids = append(ids, th.ID)
		}
	}
	return ids
}

// TestEventsAcrossArticles holds which talks and agreements of two articles are
// one thing and which are not.
func TestEventsAcrossArticles(t *testing.T) {
	x := extractor(t)
	for _, file := range []string{"same", "different"} {
		a, err := txtar.ParseFile("testdata/identity/" + file + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Files) < 40 {
			t.Errorf("%s.txtar has %d articles, want 20 pairs", file, len(a.Files))
		}
		for i := 0; i+1 < len(a.Files); i += 2 {
			name := strings.Fields(a.Files[i].Name)
			t.Run(file+"/"+name[0]+"/"+name[1], func(t *testing.T) {
				var ids [2][]graph.ID
				for k := range ids {
					f := a.Files[i+k]
					ids[k] = eventIDs(t, x, name[0], string(f.Data), strings.Fields(f.Name)[3])
				}
				joined := slices.ContainsFunc(ids[0], func(id graph.ID) bool { return slices.Contains(ids[1], id) })
				if joined != (file == "same") {
					t.Errorf("%s of\n%s%s are\n %v and\n %v, want %s", name[0], a.Files[i].Data, a.Files[i+1].Data, ids[0], ids[1], file)
				}
				if file == "different" && len(ids[0])+len(ids[1]) == 0 {
					t.Errorf("no %s found in either article", name[0])
				}
			})
		}
	}
}
