package browser_test

import (
	"fmt"
	"math"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// graphOf returns the address of the graph view around a thing of that name.
func graphOf(t *testing.T, s server, name string) string {
	t.Helper()
	return "/graph?thing=" + url.QueryEscape(string(s.id(t, name)))
}

// node is the CSS selector of a thing in the drawing.
func node(t *testing.T, s server, name string) string {
	t.Helper()
	return fmt.Sprintf(`.n[data-id="%s"]`, s.id(t, name))
}

const live = `document.querySelector("#graph.live")`

func things(tb *tab) int { return get[int](tb, `document.querySelectorAll(".drawing .n").length`) }

func TestGraphExpandsByMouse(t *testing.T) {
	s := demo(t)
	tb := open(t, s.base, looks{})
	tb.visit(graphOf(t, s, "United States"))
	tb.wait(live)
	before := things(tb)
	places := get[map[string][]float64](tb, placesOfThings)
	other := expandable(tb)
	tb.click(fmt.Sprintf(`.n[data-id=%q]`, other))
	tb.wait(fmt.Sprintf(`new URLSearchParams(location.search).get("expand") === %q`, other))
	tb.wait(fmt.Sprintf(`document.querySelectorAll(".drawing .n").length > %d`, before))
	if rows := get[int](tb, `document.querySelectorAll(".nodetable tbody tr").length`); rows != things(tb) {
		t.Errorf("the table has %d things, the drawing %d", rows, things(tb))
	}
	moved := 0.0
	for id, now := range get[map[string][]float64](tb, placesOfThings) {
		if was, ok := places[id]; ok {
			moved += math.Hypot(now[0]-was[0], now[1]-was[1]) / float64(len(places))
		}
	}
	if moved > 100 {
		t.Errorf("what was drawn before has moved by %.0f on average, want it near where it was", moved)
	}
	tb.do(chromedp.NavigateBack())
	tb.wait(fmt.Sprintf(`document.querySelectorAll(".drawing .n").length === %d`, before))
}

// placesOfThings is an expression for the places of things in the drawing, by id.
const placesOfThings = `Object.fromEntries([...document.querySelectorAll(".drawing .n")].map((a) => { const { e, f } = a.transform.baseVal.consolidate().matrix; return [a.dataset.id, [e, f]]; }))`

// expandable returns the id of a thing, not the first, that something hides behind.
func expandable(tb *tab) string {
	tb.t.Helper()
	return get[string](tb, `[...document.querySelectorAll(".drawing .n")].find((a) => a.getAttribute("href").includes("expand=") && !a.classList.contains("asked")).dataset.id`)
}

func TestGraphByKeyboardAlone(t *testing.T) {
	s := demo(t)
	tb := open(t, s.base, looks{still: true})
	tb.visit(graphOf(t, s, "United States"))
	tb.wait(live)
	for i := 0; get[bool](tb, `!document.activeElement.closest(".drawing")`); i++ {
		if i > 60 {
			t.Fatal("Tab does not lead into the drawing")
		}
		tb.keys(kb.Tab)
	}
	if !get[bool](tb, `document.activeElement.classList.contains("asked")`) {
		t.Errorf("Tab leads to %s, want what the view is around", get[string](tb, `document.activeElement.getAttribute("aria-label")`))
	}
	// By arrows to any thing that can be expanded.
	want := expandable(tb)
	reached := map[string]bool{}
	for _, key := range strings.Fields(strings.Repeat("r d l u r r d d l l u u ", 6)) {
		tb.keys(map[string]string{"r": kb.ArrowRight, "d": kb.ArrowDown, "l": kb.ArrowLeft, "u": kb.ArrowUp}[key])
		reached[get[string](tb, `document.activeElement.id`)] = true
	}
	if len(reached) < 4 {
		t.Errorf("arrows reached %d places of the drawing, want several", len(reached))
	}
	get[bool](tb, fmt.Sprintf(`(document.querySelector('.n[data-id=%q]').focus(), true)`, want))
	before := things(tb)
	tb.keys(kb.Enter)
	tb.wait(fmt.Sprintf(`document.querySelectorAll(".drawing .n").length > %d`, before))
	if id := get[string](tb, `document.activeElement.dataset.id`); id != want {
		t.Errorf("after Enter the focus is on %q, want it still on %q", id, want)
	}
	expanded := things(tb)
	tb.keys(kb.Enter)
	tb.wait(fmt.Sprintf(`document.querySelectorAll(".drawing .n").length < %d`, expanded))

	width := `Number(document.querySelector(".drawing").getAttribute("viewBox").split(" ")[2])`
	at := get[float64](tb, width)
	tb.keys("+")
	if now := get[float64](tb, width); now >= at {
		t.Errorf("after + the drawing shows %g across, before %g; want less", now, at)
	}
	tb.keys("p")
	tb.wait(`new URLSearchParams(location.search).get("pin")?.startsWith(document.activeElement.dataset.id + "@")`)
	tb.wait(`document.querySelectorAll(".n.pinned").length === 1`)
	tb.keys("p")
	tb.wait(`document.querySelectorAll(".n.pinned").length === 0`)
	tb.keys("?")
	tb.wait(`!document.querySelector("#keys").hidden`)
}

// A link of the drawing leads to its row of the table, by Enter as by the mouse,
// and the way back does not make the view anew.
func TestGraphLinkLeadsToItsRow(t *testing.T) {
	s := demo(t)
	tb := open(t, s.base, looks{still: true})
	tb.visit(graphOf(t, s, "United States"))
	tb.wait(live)
	link := get[string](tb, `(() => { const e = document.querySelector(".drawing .e"); e.focus(); globalThis.same = e; return e.getAttribute("href"); })()`)
	tb.keys(kb.Enter)
	tb.wait(fmt.Sprintf(`location.hash === %q && document.querySelector(%q).matches(":target")`, link, link))
	tb.do(chromedp.NavigateBack())
	tb.wait(`location.hash === ""`)
	if !get[bool](tb, `same.isConnected`) {
		t.Error("after going back from the row the drawing is another one")
	}
}

// Both ends of a path are chosen in the drawing, by keys.
func TestGraphPathByKeys(t *testing.T) {
	s := demo(t)
	tb := open(t, s.base, looks{still: true})
	tb.visit(graphOf(t, s, "United States"))
	tb.wait(live)
	leaves := get[[]string](tb, `[...document.querySelectorAll(".drawing .n:not(.asked)")].slice(0, 2).map((a) => a.dataset.id)`)
	tb.wait(fmt.Sprintf(`(document.querySelector('.n[data-id=%q]').focus(), true)`, leaves[0]))
	tb.keys("f")
	tb.wait(`document.querySelector("#said").textContent.includes("other end")`)
	tb.wait(fmt.Sprintf(`(document.querySelector('.n[data-id=%q]').focus(), true)`, leaves[1]))
	tb.keys("t")
	tb.wait(`new URLSearchParams(location.search).has("to") && document.querySelectorAll(".drawing .asked").length === 2`)
	tb.wait(`document.querySelector("h1").textContent.startsWith("How ")`)
}

func TestGraphPinsByDragging(t *testing.T) {
	s := demo(t)
	tb := open(t, s.base, looks{still: true})
	tb.visit(graphOf(t, s, "United States"))
	tb.wait(live)
	asked := node(t, s, "United States")
	at := get[[]float64](tb, fmt.Sprintf(`(() => { const r = document.querySelector(%q).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`, asked))
	tb.do(chromedp.MouseEvent("mousePressed", at[0], at[1], chromedp.ButtonLeft), chromedp.MouseEvent("mouseMoved", at[0]+60, at[1]+40, chromedp.ButtonLeft),
		chromedp.MouseEvent("mouseMoved", at[0]+120, at[1]+80, chromedp.ButtonLeft), chromedp.MouseEvent("mouseReleased", at[0]+120, at[1]+80, chromedp.ButtonLeft))
	tb.wait(fmt.Sprintf(`document.querySelector(%q)?.classList.contains("pinned")`, asked))
	if q := get[string](tb, `location.search`); !strings.Contains(q, "pin=state%2Funited-states%40") {
		t.Errorf("the address is %s, want it to hold the pin", q)
	}
}

func TestGraphFindsAPath(t *testing.T) {
	s := demo(t)
	tb := open(t, s.base, looks{})
	tb.visit("/graph")
	tb.do(chromedp.SendKeys(chromedp.CSS("#from"), "United States"), chromedp.SendKeys(chromedp.CSS("#to"), "Iran"))
	tb.keys(kb.Enter)
	tb.wait(`document.querySelectorAll(".drawing .asked").length === 2`)
	if h := get[string](tb, `document.querySelector("h1").textContent`); h != "How United States and Iran are linked" {
		t.Errorf("heading is %q", h)
	}
	if links := get[int](tb, `document.querySelectorAll(".edgetable tbody tr").length`); links < 2 {
		t.Errorf("the path has %d links, want at least two", links)
	}
}

func TestGraphTimeSlider(t *testing.T) {
	s := star(t)
	tb := open(t, s.base, looks{still: true})
	tb.visit("/graph?thing=organisation/league-of-river-states&predicate=mediated")
	tb.wait(`document.querySelector(".slider input")`)
	rows := `[...document.querySelectorAll(".edgetable tbody tr")].filter((r) => r.offsetHeight > 0).length`
	before := get[int](tb, rows)
	get[bool](tb, `(document.querySelectorAll(".slider input")[1].focus(), true)`)
	for range 20 {
		tb.keys(kb.ArrowLeft)
	}
	after := get[int](tb, rows)
	if after >= before || after == 0 {
		t.Errorf("with the last twenty years cut off %d links are shown, before %d; want fewer", after, before)
	}
	if drawn := get[int](tb, `document.querySelectorAll(".drawing .e:not(.out)").length`); drawn != after {
		t.Errorf("the drawing has %d links, the table %d", drawn, after)
	}
	if late := get[bool](tb, `[...document.querySelectorAll(".drawing .e:not(.out)")].some((e) => Number(e.dataset.years.slice(0, 4)) > 1989)`); late {
		t.Error("a link of after 1989 is still shown")
	}
	tb.wait(`new URLSearchParams(location.search).get("until") === "1989"`)
	tb.visit(get[string](tb, `location.pathname + location.search`))
	if again := get[int](tb, rows); again != after {
		t.Errorf("the same address opened anew shows %d links, want %d", again, after)
	}
}

func TestGraphWithoutScript(t *testing.T) {
	s := demo(t)
	tb := open(t, s.base, looks{noScript: true})
	tb.visit(graphOf(t, s, "United States"))
	before := things(tb)
	if before < 3 || get[int](tb, `document.querySelectorAll(".edgetable tbody tr").length`) < 2 {
		t.Fatalf("the drawing has %d things", before)
	}
	if get[bool](tb, `document.querySelector(".tools").checkVisibility({visibilityProperty: true})`) {
		t.Error("buttons that need a script are shown")
	}
	other := expandable(tb)
	tb.click(fmt.Sprintf(`.n[data-id=%q]`, other))
	tb.wait(`location.search.includes("expand=")`)
	tb.wait(fmt.Sprintf(`document.querySelectorAll(".drawing .n").length > %d`, before))
	tb.click(`.graphform .first`)
	tb.wait(`location.search.includes("expand=") && document.querySelectorAll(".drawing .n").length > 3`)
}

// A neighbourhood of more than two hundred things: what is drawn can be told
// apart, and what is not is said.
func TestGraphOfTwoHundredThings(t *testing.T) {
	s := star(t)
	tb := open(t, s.base, looks{})
	tb.visit("/graph?thing=organisation/league-of-river-states")
	tb.wait(live)
	if n := things(tb); n != 200 {
		t.Errorf("%d things are drawn, want 200", n)
	}
	if left := get[string](tb, `document.querySelector(".left")?.textContent ?? ""`); !strings.HasPrefix(left, "61 things") {
		t.Errorf("what is left out is told as %q, want 61 things", left)
	}
	overlaps := get[[]string](tb, `(() => {
		const boxes = [...document.querySelectorAll(".drawing .n > path, .drawing .e > text")].map((e) => ({r: e.getBoundingClientRect(), what: e.parentNode.getAttribute("aria-label")}));
		const found = [];
		for (let i = 0; i < boxes.length; i++) for (let j = 0; j < i; j++) {
			const a = boxes[i].r, b = boxes[j].r;
			if (a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5) found.push(boxes[i].what + " / " + boxes[j].what);
		}
		return found.slice(0, 5); })()`)
	if len(overlaps) > 0 {
		t.Errorf("in the drawing these cover each other: %q", overlaps)
	}
	over := get[[]string](tb, `[...document.querySelectorAll(".drawing .n")].filter((n) => [...n.querySelectorAll("text")].some((w) => w.getBBox().width > n.querySelector("path").getBBox().width)).map((n) => n.textContent).slice(0, 5)`)
	if len(over) > 0 {
		t.Errorf("these names are wider than their boxes: %q", over)
	}
	tb.shoot("graph-200-light")
	tb.click(`.left a`)
	tb.wait(`!document.querySelector(".left") && document.querySelectorAll(".drawing .n").length > 100`)
}

// What articles say is shown and never done.
func TestGraphOfHostileText(t *testing.T) {
	s := hostile(t)
	for _, l := range []looks{{}, {width: 360, dark: true}} {
		tb := open(t, s.base, l)
		tb.visit("/graph?thing=" + url.QueryEscape(string(s.hub(t))))
		tb.wait(live)
		tb.settle()
		if n := things(tb); n != 4 {
			t.Errorf("%s: %d things are drawn, want 4", l, n)
		}
		if get[bool](tb, `document.querySelector("main script, main img") !== null`) {
			t.Errorf("%s: words of an article have become elements", l)
		}
		if over := get[int](tb, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
			t.Errorf("%s: the page is %d pixels too wide: %s", l, over, get[string](tb, widest))
		}
		tb.shoot("graph-hostile-" + l.String())
	}
}
