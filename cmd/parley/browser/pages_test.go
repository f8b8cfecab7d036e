package browser_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"parley/graph"
)

// kind is a page of each kind that there is.
type kind struct{ name, path string }

func kinds(t *testing.T, s server) []kind {
	t.Helper()
	g := s.store.Snapshot()
	hub := s.hub(t)
	list := []kind{
		{"start", "/"},
		{"search", "/search?q=" + url.QueryEscape(s.name(hub)[:4])},
		{"thing", "/things/" + string(hub)},
		{"graph-start", "/graph"},
		{"graph-thing", "/graph?thing=" + url.QueryEscape(string(hub))},
		{"graph-path", "/graph?from=" + url.QueryEscape(string(hub)) + "&to=" + url.QueryEscape(string(s.busiest(graph.Agreement)))},
		{"graph-question", "/graph?question=mediations&limit=5"},
		{"questions", "/questions"},
		{"question", "/questions/mediations?limit=5"},
		{"question-timeline", "/questions/timeline?view=timeline&thing=" + url.QueryEscape(string(hub))},
		{"question-places", "/questions/mediations?view=places&limit=10"},
		{"question-embed", "/questions/mediations/embed?limit=5"},
		{"question-wrong", "/questions/mediations?since=yesterday"},
		{"disputes", "/disputes"},
		{"ask", "/ask?q=Who+mediated+the+talks%3F"},
		{"about", "/about"},
		{"not-found", "/nothing-here"},
	}
	for _, of := range []graph.Type{graph.Talks, graph.Agreement, graph.Proposal} {
		if id := s.busiest(of); id != "" {
			list = append(list, kind{strings.ToLower(string(of)), "/things/" + string(id)})
		}
	}
	for a := range g.Articles() {
		list = append(list, kind{"article", "/articles/" + a.ID.Slug()}, kind{"claim", "/claims/" + g.ClaimsIn(a.ID)[0].ID.Slug()})
		break
	}
	return list
}

// Each kind of page, on a wide screen and on a phone, in light and in dark: it
// fits, stays where it is once shown, and what [open] looks at.
func TestPagesFitAndStayInPlace(t *testing.T) {
	s := demo(t)
	for _, k := range kinds(t, s) {
		t.Run(k.name, func(t *testing.T) {
			tb := open(t, s.base, looks{still: true})
			for _, l := range []looks{{still: true}, {still: true, dark: true}, {still: true, width: 360}, {still: true, width: 320, dark: true}} {
				tb.look(l)
				tb.visit(k.path)
				tb.wait(`document.readyState === "complete"`)
				if over := get[int](tb, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
					t.Errorf("%s at %d pixels is %d too wide: %s", k.path, l.width, over, get[string](tb, widest))
				}
				tb.settle()
				if moved := get[float64](tb, "shifted"); moved > 0.001 {
					t.Errorf("%s at %d pixels: layout shift %.4f of %v, want none", k.path, l.width, moved, get[[]string](tb, "shifts"))
				}
				tb.shoot(fmt.Sprintf("%s-%s", k.name, l))
			}
		})
	}
}

// Pages about words that were written to break them fit as well, and do nothing.
func TestPagesOfHostileText(t *testing.T) {
	s := hostile(t)
	for _, k := range kinds(t, s) {
		t.Run(k.name, func(t *testing.T) {
			tb := open(t, s.base, looks{still: true, width: 360, dark: true})
			tb.visit(k.path)
			tb.settle()
			if over := get[int](tb, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				t.Errorf("%s is %d pixels too wide: %s", k.path, over, get[string](tb, widest))
			}
			if get[bool](tb, `document.querySelector("body script, body img, [onerror]") !== null`) {
				t.Errorf("%s: words of an article have become elements", k.path)
			}
			if bad := get[[]string](tb, `[...document.links].map((a) => a.href.baseVal ?? a.href).filter((h) => !/^https?:/.test(h) && !/^[/#]/.test(h))`); len(bad) > 0 {
				t.Errorf("%s has links to %q", k.path, bad)
			}
		})
	}
}

// widest is an expression that names the elements that reach beyond the page.
const widest = `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 &&
	!e.closest(".scroll, .sheet")).slice(0, 5).map((e) => e.tagName + "." + (e.className.baseVal ?? e.className)).join(" ")`

func TestAccessibility(t *testing.T) {
	engine := axe(t)
	s := demo(t)
	for _, k := range kinds(t, s) {
		t.Run(k.name, func(t *testing.T) {
			tb := open(t, s.base, looks{still: true})
			for _, l := range []looks{{still: true}, {still: true, dark: true}, {still: true, width: 360}} {
				tb.look(l)
				tb.visit(k.path)
				tb.settle()
				for _, v := range tb.violations(engine) {
					t.Errorf("%s, %s: %s", k.path, l, v)
				}
			}
		})
	}
}
