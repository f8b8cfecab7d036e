package loader_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"parley/graph"
	"parley/loader/quality"
)

// halves are the rooms of the corpus: what is looked at while building, and what
// is set aside.
func halves() []string { return []string{"build", "held"} }

func readHalf(t *testing.T, half string) (dir string, gs []quality.Gold) {
	t.Helper()
	dir = filepath.Join("testdata", "corpus", half)
	gs, err := quality.ReadFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	return dir, gs
}

// plain returns s in lower case without accents.
func plain(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s)))
}

// occurs reports whether an alternative of name has all its words in text, where
// they may stand in the plural: "their foreign ministers".
func occurs(name, text string) bool {
	isLetter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	have := map[string]bool{}
	for _, w := range strings.FieldsFunc(plain(text), func(r rune) bool { return !isLetter(r) }) {
		have[w] = true
	}
	for alternative := range strings.SplitSeq(name, "|") {
		ws := strings.FieldsFunc(plain(alternative), func(r rune) bool { return !isLetter(r) })
		if len(ws) > 0 && !slices.ContainsFunc(ws, func(w string) bool { return !have[w] && !have[w+"s"] }) {
			return true
		}
	}
	return false
}

// roles are those that the corpus labels, and whether each has two ends.
func roles() map[string]bool {
	return map[string]bool{
		"mediator": false, "guarantor": false, "observer": false, "host": false, "participant": false, "invited": false, "withdrew": false,
		"signatory": false, "agreed": false, "refused": false, "rejected": false, "accepted": false, "proposed": false,
		"demands": false, "venue": false, "agreement": false,
		"leads": true, "represents": true, "member": true, "position": true, "outcome": true, "signed_on": true, "held_on": true,
	}
}

func TestCorpusTextsAndGoldBelongTogether(t *testing.T) {
	home := map[string]string{}
	for _, half := range halves() {
		dir, gs := readHalf(t, half)
		var labelled, files []string
		for _, g := range gs {
			if other, seen := home[g.ID]; seen {
				t.Errorf("%s is in %s and in %s", g.ID, other, half)
			}
			home[g.ID] = half
			labelled = append(labelled, g.Path(dir))
		}
		files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(labelled)
		if !slices.Equal(labelled, files) {
			t.Errorf("%s: labelled %q\nfiles %q", half, labelled, files)
		}
		if len(gs) < 40 {
			t.Errorf("%s has %d articles, want 40 or more", half, len(gs))
		}
	}
}

func TestCorpusLabelsAreInTheText(t *testing.T) {
	for _, half := range halves() {
		dir, gs := readHalf(t, half)
		for i := range gs {
			g := &gs[i]
			t.Run(g.ID, func(t *testing.T) {
				data, err := os.ReadFile(g.Path(dir))
				if err != nil {
					t.Fatal(err)
				}
				checkGold(t, g, string(data))
			})
		}
	}
}

// checkGold tests the labels of one article against its text.
func checkGold(t *testing.T, g *quality.Gold, text string) {
	if !utf8.ValidString(text) {
		t.Error("the text is not UTF-8")
	}
	if n := len(strings.Fields(text)); n < 120 || n > 430 {
		t.Errorf("the text has %d words, want 120 to 430", n)
	}
	if len(g.Facts) < 10 || len(g.Not) < 4 || len(g.Questions) != 3 {
		t.Errorf("%d facts, %d traps, %d questions; want 10 or more, 4 or more, 3", len(g.Facts), len(g.Not), len(g.Questions))
	}
	labels := slices.Concat(g.Facts, g.Also, g.Not)
	for i, f := range labels {
		checkFact(t, f, text)
		if slices.Contains(labels[:i], f) {
			t.Errorf("%s is labelled twice", f)
		}
	}
	for _, e := range g.Entities {
		if !slices.Contains(graph.Types(), graph.Type(e.Type)) {
			t.Errorf("entity %s is a %q", e.Name, e.Type)
		}
		if !occurs(e.Name, text) {
			t.Errorf("entity %s is not in the text", e.Name)
		}
	}
	for _, q := range g.Questions {
		for _, a := range q.Answers {
			if !occurs(a, text) {
				t.Errorf("%s: answer %s is not in the text", q.Text, a)
			}
		}
	}
}

// checkFact tests one label against the text of its article.
func checkFact(t *testing.T, f quality.Fact, text string) {
	two, known := roles()[f.Role]
	switch {
	case !known:
		t.Errorf("%s: unknown role", f)
	case two != (f.Extra != ""):
		t.Errorf("%s: second end is %q", f, f.Extra)
	case !occurs(f.Name, text):
		t.Errorf("%s: the name is not in the text", f)
	}
	switch f.Role {
	case "leads", "represents", "member", "position":
		if !occurs(f.Extra, text) {
			t.Errorf("%s: the second end is not in the text", f)
		}
	case "outcome":
		if !slices.Contains([]string{"agreement", "no agreement", "suspended", "postponed", "collapsed", "ongoing"}, f.Extra) {
			t.Errorf("%s: unknown outcome", f)
		}
	}
}

func TestCorpusQuestionsAreAnsweredByFacts(t *testing.T) {
	for _, half := range halves() {
		_, gs := readHalf(t, half)
		for _, g := range gs {
			var names []string
			for _, f := range slices.Concat(g.Facts, g.Also) {
				names = append(names, f.Name)
			}
			for _, q := range g.Questions {
				for _, a := range q.Answers {
					if !quality.Same(a, splitAll(names)) {
						t.Errorf("%s: %s: no fact names %s", g.ID, q.Text, a)
					}
				}
			}
		}
	}
}

// splitAll returns every alternative of names.
func splitAll(names []string) []string {
	var out []string
	for _, n := range names {
		out = append(out, strings.Split(n, "|")...)
	}
	return out
}
