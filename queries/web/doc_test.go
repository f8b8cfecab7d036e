package web_test

import (
	"os"
	"strings"
	"testing"

	"parley/queries"
)

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
