package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parley/config"
	"parley/graph"
	"parley/graph/export"
	"parley/queries"
	"parley/queries/web"
)

// Every example of the catalogue, asked of the bundled articles, has an answer; in
// every format that has the claims that the answer shows.
func TestCatalogueExamples(t *testing.T) {
	a := &app{stdout: io.Discard, stderr: io.Discard, config: config.Default()}
	s, err := graph.Open(t.Context(), "memory:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := a.loadDemo(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	h := web.New(s, web.Options{Settings: config.Default().Server})
	get := func(address string) []byte {
		t.Helper()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", address, nil))
		if w.Code != http.StatusOK {
			t.Errorf("GET %s: %d %s", address, w.Code, w.Body)
		}
		return w.Body.Bytes()
	}
	for _, q := range queries.Catalogue() {
		var answer struct {
			Question string
			Rows     []struct{ Claims, Apart []struct{ ID string } }
			Total    struct{ Value int }
		}
		if err := json.Unmarshal(get(q.URL()), &answer); err != nil || answer.Question != q.Name || answer.Total.Value == 0 || len(answer.Rows) == 0 {
			t.Errorf("GET %s: %d of %d rows, question %q, %v", q.URL(), len(answer.Rows), answer.Total.Value, answer.Question, err)
			continue
		}
		id := answer.Rows[0].Claims[0].ID
		for _, info := range export.Formats() {
			body := get(strings.Replace(q.URL(), "?", "."+string(info.Format)+"?", 1))
			if !bytes.Contains(body, []byte(id)) {
				t.Errorf("%s as %s does not have claim %s", q.URL(), info.Name, id)
			}
		}
	}
}
