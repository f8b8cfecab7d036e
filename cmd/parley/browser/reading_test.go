package browser_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focused is an expression that gives the focus to an element.
func focused(selector string) string {
	return `(document.querySelector("` + selector + `").focus(), document.activeElement.matches("` + selector + `"))`
}

// enter presses the enter key as a keyboard does: a page that takes the key gets no
// character of it. [tab.keys] sends the character in any case.
func (tb *tab) enter() {
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13}
	tb.do(call(input.DispatchKeyEvent, key))
	key.Type, key.Text = input.DispatchKeyEventTypeKeyUp, ""
	tb.do(call(input.DispatchKeyEvent, key))
}

// A reader types the beginning of a name, chooses a suggestion by keyboard, and
// opens a quote on the page that follows.
func TestSearchThenThingThenQuote(t *testing.T) {
	s := demo(t)
	tb := open(t, s.base, looks{still: true})
	tb.visit("/")
	tb.wait(focused("#search"))
	tb.keys("s", "a", "u", "d")
	tb.wait(`document.querySelector("#search").getAttribute("aria-expanded") === "true"`)
	tb.wait(`[...document.querySelectorAll("#search-suggestions [role=option]")].some((o) => o.textContent.startsWith("Saudi Arabia"))`)
	tb.keys(kb.ArrowDown)
	if id := get[string](tb, `document.querySelector("#search").getAttribute("aria-activedescendant")`); id != "search-suggestions-0" {
		t.Errorf("the arrow selects %q, want the first suggestion", id)
	}
	tb.enter()
	tb.wait(`location.pathname === "/things/state/saudi-arabia"`)
	tb.wait(`document.querySelector("h1")?.textContent.includes("Saudi Arabia")`)
	if get[bool](tb, `document.querySelector(".statements blockquote").checkVisibility()`) {
		t.Error("the quote is open before it was asked for")
	}
	tb.click(".statements summary")
	tb.wait(`document.querySelector(".statements blockquote").checkVisibility()`)
}

// The search box suggests questions as well.
func TestSearchSuggestsQuestions(t *testing.T) {
	s := demo(t)
	tb := open(t, s.base, looks{still: true})
	tb.visit("/about")
	tb.wait(focused("#search"))
	tb.keys("w", "h", "o", " ", "m", "e", "d")
	tb.wait(`document.querySelector("#search-suggestions [role=option] small")?.textContent.includes("question")`)
	tb.keys(kb.Escape)
	tb.wait(`document.querySelector("#search-suggestions").hidden`)
}

// A form of a question suggests names, leaves what is empty out of the address,
// and gives the answer.
func TestQuestionForm(t *testing.T) {
	s := demo(t)
	tb := open(t, s.base, looks{still: true})
	tb.visit("/questions/mediations")
	tb.wait(focused("#f-party-0"))
	tb.keys("s", "a", "u", "d", "i")
	tb.wait(`document.querySelector("#f-party-0-suggestions [role=option]")`)
	tb.click("#f-party-0-suggestions [role=option]")
	tb.wait(`document.querySelector("#f-party-0").value === "Saudi Arabia"`)
	tb.click(".question .first")
	tb.wait(`location.search === "?party=Saudi+Arabia" && document.querySelector(".answers tbody")`)
}

// Appearance changes at once, stays on the next page, and needs no script.
func TestAppearance(t *testing.T) {
	s := demo(t)
	const paper = `getComputedStyle(document.body).backgroundColor`
	for _, l := range []looks{{still: true}, {still: true, noScript: true}} {
		tb := open(t, s.base, l)
		tb.visit("/about")
		light := get[string](tb, paper)
		tb.click(".theme button[value=dark]")
		tb.wait(`document.documentElement.dataset.theme === "dark" && location.pathname === "/about"`)
		dark := get[string](tb, paper)
		tb.visit("/disputes")
		if next := get[string](tb, paper); light == dark || next != dark {
			t.Errorf("without script %v: paper is %s, then %s after choosing dark, and %s on the next page", l.noScript, light, dark, next)
		}
	}
}

// Without JavaScript search, questions and quotes work as well.
func TestReadingWithoutScript(t *testing.T) {
	s := demo(t)
	tb := open(t, s.base, looks{still: true, noScript: true})
	tb.visit("/")
	tb.click("#search")
	tb.keys("S", "a", "u", "d", "i", kb.Enter)
	tb.wait(`location.pathname === "/search" && document.querySelector(".found a")`)
	tb.click(".found a")
	tb.wait(`location.pathname === "/things/state/saudi-arabia"`)
	tb.click(".statements summary")
	tb.wait(`document.querySelector(".statements blockquote").checkVisibility()`)
	tb.visit("/questions/mediations")
	tb.click("#f-party-0")
	tb.keys("I", "r", "a", "n", kb.Enter)
	tb.wait(`location.search === "?party=Iran" && document.querySelector(".answers tbody")`)
}

// A mark in an article shows its claims when it is focused, and Escape takes them
// away.
func TestArticleShowsClaims(t *testing.T) {
	s := demo(t)
	tb := open(t, s.base, looks{still: true})
	for a := range s.store.Snapshot().Articles() {
		tb.visit("/articles/" + a.ID.Slug())
		break
	}
	const tip = `document.querySelector(".hit .tip").checkVisibility()`
	if get[bool](tb, tip) {
		t.Error("the claim is shown before it is asked for")
	}
	tb.click("h1") // the keyboard goes on from here
	for range 12 {
		tb.keys(kb.Tab)
		if get[bool](tb, `document.activeElement === document.querySelector(".hit")`) {
			break
		}
	}
	tb.wait(tip)
	tb.keys(kb.Escape)
	tb.wait("!" + tip)
}

// A file that was kept opens without the server, with its style and its quotes.
func TestKeptFile(t *testing.T) {
	s := demo(t)
	body := fetch(t, s.base, "/questions/mediations.html?party=Iran")
	file := filepath.Join(t.TempDir(), "kept.html")
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	tb := open(t, "", looks{still: true})
	tb.visit("file://" + file)
	tb.click(".evidence summary")
	tb.wait(`document.querySelector("blockquote").checkVisibility()`)
	if font := get[string](tb, `getComputedStyle(document.querySelector("h1")).fontFamily`); !strings.Contains(font, "Charter") {
		t.Errorf("the kept file has the font %s: its style is not in force", font)
	}
}

// A page of someone else shows the answer of a question in a frame, with its style; an
// ordinary page it cannot show.
func TestEmbedInAFrame(t *testing.T) {
	s := demo(t)
	newspaper := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<!doctype html><title>a newspaper</title><link rel="icon" href="data:,"><iframe src="%s/questions/mediations%s?party=Iran"></iframe>`, s.base, strings.TrimSuffix(r.URL.Path, "/"))
	}))
	defer newspaper.Close()
	byValue := true
	for path, want := range map[string]string{"/embed": s.base + "/questions/mediations/embed?party=Iran", "/": "chrome-error://chromewebdata/"} {
		tb := open(t, newspaper.URL, looks{still: true})
		tb.framed = s.base
		tb.visit(path)
		tb.wait(`document.readyState === "complete"`)
		var shown string
		var rows float64
		tb.do(func(ctx context.Context, target *chromedp.Target) (v chromedp.Void, err error) {
			tree, err := cdp.Call(ctx, target, page.GetFrameTree, cdp.Empty{})
			if err != nil || len(tree.FrameTree.ChildFrames) != 1 {
				return v, fmt.Errorf("no frame: %w", err)
			}
			frame := tree.FrameTree.ChildFrames[0].Frame
			shown = frame.URL
			world, err := cdp.Call(ctx, target, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frame.ID})
			if err != nil {
				return v, err
			}
			got, err := cdp.Call(ctx, target, runtime.Evaluate, runtime.EvaluateParams{ContextID: world.ExecutionContextID, ReturnByValue: &byValue,
				Expression: `getComputedStyle(document.querySelector("h1")).fontFamily.includes("Charter") ? document.querySelectorAll(".answers tbody tr").length : -1`})
			if err != nil || got.Result.Value == nil {
				return v, err
			}
			return v, json.Unmarshal(got.Result.Value, &rows)
		})
		if shown != want || (rows > 0) != (path == "/embed") {
			t.Errorf("%s: the frame shows %s with %v rows, want %s", path, shown, rows, want)
		}
	}
}
