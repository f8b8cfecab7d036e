package browser_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"parley/graph"
)

func sortThings(things []graph.Thing) {
	slices.SortFunc(things, func(a, b graph.Thing) int { return strings.Compare(string(a.ID), string(b.ID)) })
}

// String returns l as it is named in the name of a screenshot.
func (l looks) String() string {
	name := "light"
	if l.dark {
		name = "dark"
	}
	if l.width > 0 {
		name += fmt.Sprint("-", l.width)
	}
	return name
}

// settle waits until the page has been painted twice, and so has moved if it will.
func (tb *tab) settle() {
	tb.t.Helper()
	tb.wait(`document.readyState === "complete"`)
	get[bool](tb, `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true), 50))))`)
}

// shots is where screenshots go; Git ignores it.
const shots = "../../../.screenshots"

// shoot makes a screenshot of the whole page.
func (tb *tab) shoot(name string) {
	tb.t.Helper()
	raw, err := chromedp.Run(tb.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.MkdirAll(shots, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(shots, name+".png"), raw, 0o644)
	}
	if err != nil {
		tb.t.Errorf("screenshot %s: %v", name, err)
	}
}

// axe returns the source of the accessibility engine axe-core.
func axe(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	file := os.Getenv(axeEnv)
	if file == "" {
		missing(t, "axe-core, whose axe.min.js "+axeEnv+" names,")
	}
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// violations returns what the engine holds against the page under WCAG 2.2 AA and
// its best practices, a line each.
func (tb *tab) violations(engine string) []string {
	tb.t.Helper()
	get[bool](tb, engine+"\n;true") // from outside the page, so its policy does not matter
	return get[[]string](tb, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then((r) =>
		r.violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => v.id + ": " + v.help + ": " + n.html.slice(0, 200) + " " + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? ""))))`)
}

// fetch returns what the server sends at path to a browser, without one.
func fetch(t *testing.T, base, path string) []byte {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html,application/xhtml+xml")
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// Every kind of page is HTML as the Nu checker of the W3C has it.
func TestHTMLIsValid(t *testing.T) {
	if testing.Short() {
		t.Skip("Java takes its time")
	}
	jar := os.Getenv(vnuEnv)
	if jar == "" {
		missing(t, "the Nu checker, whose vnu.jar "+vnuEnv+" names,")
	}
	folder := t.TempDir()
	for name, s := range map[string]server{"demo": demo(t), "hostile": hostile(t)} {
		for _, k := range kinds(t, s) {
			if err := os.WriteFile(filepath.Join(folder, name+"-"+k.name+".html"), fetch(t, s.base, k.path), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	out, err := exec.Command("java", "-jar", jar, "--format", "json", "--exit-zero-always", "--stdout", "--skip-non-html", folder).Output()
	if err != nil {
		t.Fatalf("vnu.jar: %v", err)
	}
	var report struct {
		Messages []struct {
			Type, SubType, URL, Message, Extract string
			LastLine                             int
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("vnu.jar answered %q: %v", out, err)
	}
	for _, m := range report.Messages {
		if m.Type == "error" || m.SubType == "warning" {
			t.Errorf("%s line %d: %s: %s", filepath.Base(m.URL), m.LastLine, m.Message, m.Extract)
		}
	}
}
