package web_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestGraphPage(t *testing.T) {
	h := small()
	w := do(h, "GET", "/graph?thing=talks/helsinki-2005&expand=state/indonesia", "Accept", "text/html")
	page := w.Body.String()
	for _, want := range []string{
		`<h1><bdi>What is linked to talks in Helsinki, January 2005</bdi></h1>`,
		`aria-label="Martti Ahtisaari mediated talks in Helsinki, January 2005: 2 articles of 2 outlets, confidence 90%"`,
		`<span class="flag possible">possible</span> signed`,
		`href="/graph?as_of=4&amp;expand=state%2Findonesia&amp;thing=talks%2Fhelsinki-2005" rel="bookmark"`,
		`href="/graph.gexf?expand=state%2Findonesia&amp;thing=talks%2Fhelsinki-2005"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if w.Code != 200 || strings.Contains(page, "style=") {
		t.Errorf("status %d, want 200 and no style in the page", w.Code)
	}
	if again := do(h, "GET", "/graph?thing=talks/helsinki-2005&expand=state/indonesia", "Accept", "text/html").Body.String(); again != page {
		t.Error("the same address gives another page the second time")
	}
}

func TestGraphFiles(t *testing.T) {
	h := small()
	w := do(h, "GET", "/graph.svg?thing=talks/helsinki-2005&pin=state/finland@500,500")
	if w.Code != 200 || w.Header().Get("Content-Type") != "image/svg+xml" || !strings.Contains(w.Body.String(), `translate(500 500)`) {
		t.Errorf("the drawing has status %d, type %q; want the pinned thing in its place", w.Code, w.Header().Get("Content-Type"))
	}
	names := 0
	for d := xml.NewDecoder(w.Body); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the drawing is no XML: %v", err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "a" {
			t.Error("a drawing that stands alone has links")
		}
		if text, ok := token.(xml.CharData); ok && strings.Contains(string(text), "Ahtisaari") {
			names++
		}
	}
	if names == 0 {
		t.Error("the drawing does not name Ahtisaari")
	}
	if csv := do(h, "GET", "/graph.csv?thing=state/finland").Body.String(); strings.Count(csv, "\n") != 2 || !strings.Contains(csv, "hosted") {
		t.Errorf("what is around Finland as CSV is\n%s\nwant the one claim", csv)
	}
}

func TestGraphPageRefuses(t *testing.T) {
	h := small()
	for url, want := range map[string]int{
		"/graph?thing=Finland&pin=x":  400,
		"/graph?colour=red":           400,
		"/graph?thing=Egypt&as_of=4":  200,
		"/graph?thing=Egypt&as_of=9":  400,
		"/graph?thing=nobody":         200,
		"/graph":                      200,
		"/graph.gif?thing=Finland":    404,
		"/graph.svg":                  404,
		"/graph?question=all":         400,
		"/graph?question=mediations":  200,
		"/graph?from=Finland&to=Nope": 200,
		"/graph?from=Finland":         200,
	} {
		if w := do(h, "GET", url); w.Code != want {
			t.Errorf("GET %s has status %d, want %d", url, w.Code, want)
		}
	}
}
