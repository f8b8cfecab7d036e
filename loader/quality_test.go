package loader_test

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/config"
	"parley/graph"
	"parley/loader"
	"parley/loader/article"
	"parley/loader/quality"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// goldenLine is one line of the golden quality file: a role of one half, or its
// sum ("all"), or its traps ("traps", of which Gold were there and Found asserted).
type goldenLine struct {
	half, role string
	tally      quality.Tally
}

// goldenFormat has the half, the role, and the four counts; what follows them is
// for the reader.
const goldenFormat = "%s %s %d %d %d %d"

func (l goldenLine) String() string {
	t := l.tally
	counts := fmt.Sprintf("%-6s%-13s%6d%7d%9d%7d", l.half, l.role, t.Gold, t.Found, t.Answers, t.Right)
	if l.role == "traps" {
		return counts
	}
	precision := "      -"
	if t.Answers > 0 {
		precision = fmt.Sprintf("%7.3f", t.Precision())
	}
	return fmt.Sprintf("%s  %7.3f  %s", counts, t.Recall(), precision)
}

// goldenHead explains the file to its readers.
const goldenHead = `# Quality over the corpus (see doc/corpus.md). Written by: go test ./loader -run TestCorpusQuality -update
# half role           gold  found  answers  right   recall  precision     (of traps: how many there are, how many were asserted)
`

// measured returns the lines of one half.
func measured(half string, r *quality.Report) []goldenLine {
	lines := []goldenLine{{half, "all", r.Total()}, {half, "traps", quality.Tally{Gold: r.Traps, Found: r.Trapped}}}
	for _, role := range slices.Sorted(maps.Keys(r.Roles)) {
		lines = append(lines, goldenLine{half, role, r.Roles[role]})
	}
	return lines
}

// parseGolden reads the golden file: the hash of the corpus, and the lines by
// half and role.
func parseGolden(text string) (hash string, lines map[string]goldenLine, err error) {
	lines = map[string]goldenLine{}
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, "corpus "); ok {
			hash = strings.TrimSpace(rest)
			continue
		}
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		var l goldenLine
		if _, err := fmt.Sscanf(line, goldenFormat, &l.half, &l.role, &l.tally.Gold, &l.tally.Found, &l.tally.Answers, &l.tally.Right); err != nil {
			return "", nil, fmt.Errorf("line %q: %w", line, err)
		}
		lines[l.half+" "+l.role] = l
	}
	return hash, lines, nil
}

// corpusHash returns a short hash over every file of the corpus.
func corpusHash(t *testing.T) string {
	t.Helper()
	h := sha256.New()
	for _, half := range halves() {
		files, err := filepath.Glob(filepath.Join("testdata", "corpus", half, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(h, "%s %d\n%s", filepath.Base(file), len(data), data)
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:6])
}

// extractFile returns what the article in the file path says.
func extractFile(x *loader.Extractor) quality.Extract {
	return func(ctx context.Context, path string) (*graph.Extraction, error) {
		for in, err := range article.Read(ctx, []string{path}, article.Options{}) {
			if err != nil {
				return nil, err
			}
			out, err := x.Extract(ctx, in.Article)
			return &out, err
		}
		return nil, errors.New("the file holds no article")
	}
}

// worse says in which way now is worse than before, or "".
func worse(before, now goldenLine) string {
	var ways []string
	b, n := before.tally, now.tally
	switch {
	case now.role == "traps":
		if n.Found > b.Found {
			ways = append(ways, fmt.Sprintf("%d traps asserted, %d before", n.Found, b.Found))
		}
	default:
		if n.Recall() < b.Recall() {
			ways = append(ways, fmt.Sprintf("recall %.3f, %.3f before", n.Recall(), b.Recall()))
		}
		if b.Answers > 0 && n.Answers > 0 && n.Precision() < b.Precision() {
			ways = append(ways, fmt.Sprintf("precision %.3f, %.3f before", n.Precision(), b.Precision()))
		}
	}
	return strings.Join(ways, "; ")
}

func TestCorpusQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("reads fifty articles")
	}
	x, err := loader.New(config.Loader{})
	if err != nil {
		t.Fatal(err)
	}
	var now []goldenLine
	for _, half := range halves() {
		f, err := quality.MeasureFolder(t.Context(), filepath.Join("testdata", "corpus", half), extractFile(x))
		if err != nil {
			t.Fatal(err)
		}
		now = append(now, measured(half, &f.Report)...)
		t.Logf("%s: %d articles\n%s\n%s", half, f.Articles, &f.Report, &f.Reliability)
	}
	file := filepath.Join("testdata", "corpus", "quality.golden")
	if *update {
		writeGolden(t, file, now)
		return
	}
	compareGolden(t, file, now)
}

func writeGolden(t *testing.T, file string, now []goldenLine) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%scorpus %s\n", goldenHead, corpusHash(t))
	for _, l := range now {
		fmt.Fprintln(&b, l)
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func compareGolden(t *testing.T, file string, now []goldenLine) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	hash, before, err := parseGolden(string(data))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if got := corpusHash(t); got != hash {
		t.Errorf("the corpus has hash %s, %s was made from %s: run with -update", got, file, hash)
	}
	better := 0
	for _, l := range now {
		if before[l.half+" all"].tally.Answers == 0 { // no answers yet: nothing to fall from
			better++
			continue
		}
		old := cmp.Or(before[l.half+" "+l.role], goldenLine{half: l.half, role: l.role})
		if w := worse(old, l); w != "" {
			t.Errorf("%s %s: %s", l.half, l.role, w)
		} else if old.tally != l.tally {
			better++
		}
	}
	if better > 0 {
		t.Logf("%d lines of %s have changed for the better: run with -update and commit it with its cause", better, file)
	}
}

func TestGoldenLinesAreReadBack(t *testing.T) {
	lines := []goldenLine{{"build", "all", quality.Tally{Gold: 9, Found: 8, Answers: 7, Right: 6}}, {"held", "traps", quality.Tally{Gold: 5, Found: 1}}}
	text := goldenHead + "corpus 0a1b2c\n" + lines[0].String() + "\n" + lines[1].String() + "\n"
	hash, got, err := parseGolden(text)
	if err != nil || hash != "0a1b2c" || got["build all"] != lines[0] || got["held traps"] != lines[1] {
		t.Errorf("parseGolden(%q) = %q, %v, %v", text, hash, got, err)
	}
}

func TestWorse(t *testing.T) {
	line := func(role string, gold, found, answers, right int) goldenLine {
		return goldenLine{"build", role, quality.Tally{Gold: gold, Found: found, Answers: answers, Right: right}}
	}
	tests := []struct {
		name        string
		before, now goldenLine
		want        string
	}{
		{"same", line("host", 4, 2, 3, 3), line("host", 4, 2, 3, 3), ""},
		{"better", line("host", 4, 2, 4, 3), line("host", 4, 3, 3, 3), ""},
		{"first answers", line("host", 4, 0, 0, 0), line("host", 4, 2, 4, 2), ""},
		{"fewer found", line("host", 4, 2, 2, 2), line("host", 4, 1, 2, 2), "recall 0.250, 0.500 before"},
		{"more wrong", line("host", 4, 2, 2, 2), line("host", 4, 2, 4, 2), "precision 0.500, 1.000 before"},
		{"more traps", line("traps", 9, 0, 0, 0), line("traps", 9, 2, 0, 0), "2 traps asserted, 0 before"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := worse(tt.before, tt.now); got != tt.want {
				t.Errorf("worse(%v, %v) = %q, want %q", tt.before, tt.now, got, tt.want)
			}
		})
	}
}
