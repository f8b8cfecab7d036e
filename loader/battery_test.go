package loader_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/config"
	"parley/loader"
	"parley/loader/article"
	"parley/loader/quality"
)

// The battery holds passages that word each role in as many ways as reporters do,
// and near misses that do not say so. A passage begins its line; the indented lines
// below say what it tells ("mediator: A; B", "leads: A > B", "*" for any name) and
// what it does not ("not venue: C").

var faults = flag.Bool("battery.faults", false, "print what the battery misses")

// passage is a text with what it tells.
type passage struct {
	text string
	gold quality.Gold
}

func readBattery(t *testing.T, file string) []passage {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []passage
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "" || line[0] == '#':
		case !strings.HasPrefix(line, "  "):
			out = append(out, passage{line, quality.Gold{ID: fmt.Sprintf("%s:%d", filepath.Base(file), n)}})
		default:
			role, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
			if !ok || len(out) == 0 {
				t.Fatalf("%s:%d: want ROLE: NAME; NAME below a passage, got %q", file, n, line)
			}
			out[len(out)-1].tells(role, list)
		}
	}
	return out
}

// tells adds the names of list, parted by semicolons, to the facts of p, or to its
// traps if role begins with "not".
func (p *passage) tells(role, list string) {
	role, isTrap := strings.CutPrefix(role, "not ")
	for part := range strings.SplitSeq(list, "; ") {
		f := quality.Fact{Role: role}
		f.Name, f.Extra, _ = strings.Cut(part, " > ")
		if isTrap {
			p.gold.Not = append(p.gold.Not, f)
		} else {
			p.gold.Facts = append(p.gold.Facts, f)
		}
	}
}

// anyName replaces "*" in fs by every name at an end of claims.
func anyName(fs []quality.Fact, claims []quality.Claim) {
	var names []string
	for _, c := range claims {
		names = append(names, c.Subject.Label, c.Object.Label)
	}
	all := strings.Join(names, "|")
	for i := range fs {
		if fs[i].Name == "*" {
			fs[i].Name = all
		}
		if fs[i].Extra == "*" {
			fs[i].Extra = all
		}
	}
}

func (p *passage) score(t *testing.T, x *loader.Extractor) quality.Report {
	t.Helper()
	a, err := article.Text([]byte(p.text), article.Options{Date: "2021-05-04", Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	e, err := x.Extract(t.Context(), a)
	if err != nil && !errors.Is(err, loader.ErrLanguage) { // one sentence may be too little to tell
		t.Fatalf("Extract(%q) error: %v", p.text, err)
	}
	claims := quality.Claims(&e)
	anyName(p.gold.Facts, claims)
	anyName(p.gold.Not, claims)
	return quality.Score(&p.gold, claims)
}

// slack is how many facts of a file may be lost before it counts as a fall: every
// change of the parser moves one or two.
const slack = 2

// TestBattery holds how much of each file of the battery is found, and how many of
// its near misses are taken for facts, to the golden file.
func TestBattery(t *testing.T) {
	dir := filepath.Join("testdata", "battery")
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no battery in %s: %v", dir, err)
	}
	x := newExtractor(t, config.Loader{})
	golden := filepath.Join(dir, "battery.golden")
	before := readFound(t, golden)
	var now strings.Builder
	for _, file := range files {
		var r quality.Report
		for _, p := range readBattery(t, file) {
			own := p.score(t, x)
			if *faults && len(own.Faults) > 0 {
				fmt.Printf("%s\n    %s\n", p.text, strings.Join(own.Faults, "\n    "))
			}
			r.Add(own)
		}
		name, sum := strings.TrimSuffix(filepath.Base(file), ".txt"), r.Total()
		fmt.Fprintf(&now, "%-12s facts %3d found %3d traps %3d asserted %d\n", name, sum.Gold, sum.Found, r.Traps, r.Trapped)
		if old, ok := before[name]; !*update && (!ok || sum.Found < old.found-slack || r.Trapped > old.trapped) {
			t.Errorf("%s: found %d, asserted %d traps; want at least %d and at most %d (-battery.faults lists them)", name, sum.Found, r.Trapped, old.found-slack, old.trapped)
		}
	}
	t.Logf("\n%s", now.String())
	if *update {
		if err := os.WriteFile(golden, []byte(now.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// tally is what a line of the golden file says was found and wrongly asserted.
type tally struct{ found, trapped int }

func readFound(t *testing.T, file string) map[string]tally {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	out := map[string]tally{}
	for line := range strings.Lines(string(data)) {
		var name string
		var of, traps int
		var c tally
		if _, err := fmt.Sscanf(line, "%s facts %d found %d traps %d asserted %d", &name, &of, &c.found, &traps, &c.trapped); err != nil {
			t.Fatalf("%s: %q: %v", file, line, err)
		}
		out[name] = c
	}
	return out
}
