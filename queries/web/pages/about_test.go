package pages_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"parley/queries/web/pages"
)

var update = flag.Bool("update", false, "write quality.json from doc/quality.md")

// The figures on the page about the data are those of doc/quality.md.
func TestQualityIsThatOfTheDocument(t *testing.T) {
	doc, err := os.ReadFile("../../../doc/quality.md")
	if err != nil {
		t.Fatal(err)
	}
	want, err := json.MarshalIndent(tablesOf(string(doc), "Facts read from articles", "Confidence"), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile("quality.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile("quality.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("quality.json has other figures than doc/quality.md; run: go test ./queries/web/pages -run Quality -update")
	}
	if tables := pages.Quality(); len(tables) < 3 {
		t.Errorf("%d tables of quality, want precision and recall, recall by role, and confidence", len(tables))
	}
}

// tablesOf returns the tables below the given headings of a Markdown document.
func tablesOf(doc string, sections ...string) []pages.QualityTable {
	var tables []pages.QualityTable
	section, caption, inTable := "", "", false
	for _, line := range strings.Split(doc, "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
			section = strings.TrimLeft(line, "# ")
			caption = section
		case !strings.HasPrefix(line, "|"):
			if inTable = false; strings.HasPrefix(line, "    ") { // a command
				caption = section
			} else if line != "" {
				caption = strings.TrimSuffix(line, ":")
			}
		case !isWanted(section, sections):
		case !inTable:
			inTable = true
			tables = append(tables, pages.QualityTable{Section: section, Caption: caption, Columns: cellsOf(line)})
		case strings.HasPrefix(line, "|--"):
		default:
			last := &tables[len(tables)-1]
			last.Rows = append(last.Rows, cellsOf(line))
		}
	}
	return tables
}

func isWanted(section string, sections []string) bool {
	for _, s := range sections {
		if s == section {
			return true
		}
	}
	return false
}

func cellsOf(line string) []string {
	cells := strings.Split(strings.Trim(line, "|"), "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}
