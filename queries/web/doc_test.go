package web_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"parley/queries"
)

// Every request that doc/http.md shows has the status that it says, 200 if none.
func TestDocumentedRequests(t *testing.T) {
	page, err := os.ReadFile("../../doc/http.md")
	if err != nil {
		t.Fatal(err)
	}
	h := small()
	n := 0
	for _, m := range regexp.MustCompile(`(?m)^GET (\S+)(?: => (\d+))?$`).FindAllStringSubmatch(string(page), -1) {
		n++
		want := 200
		if m[2] != "" {
			want, _ = strconv.Atoi(m[2])
		}
		w := do(h, "GET", m[1])
		if w.Code != want {
			t.Errorf("GET %s: %d, want %d\n%s", m[1], w.Code, want, w.Body)
		}
		if strings.Contains(w.Body.String(), `"total":{"value":0`) {
			t.Errorf("GET %s shows nothing: %s", m[1], w.Body)
		}
	}
	if n < 10 {
		t.Errorf("doc/http.md shows %d requests, want more: has its form changed?", n)
	}
}

// Every question of the catalogue has a line in doc/queries.md.
func TestDocumentedQuestions(t *testing.T) {
	page, err := os.ReadFile("../../doc/queries.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range queries.Catalogue() {
		if !strings.Contains(string(page), "\n| `"+q.Name+"` |") {
			t.Errorf("doc/queries.md has no line about %s", q.Name)
		}
	}
}
