package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

// A browser gets a page where a program gets a problem.
func TestErrorPages(t *testing.T) {
	h := small()
	for url, status := range map[string]int{"/nothing": 404, "/v1/questions/mediations?limit=many": 400, "/v1/things/state/atlantis": 404} {
		w := do(h, "GET", url, "Accept", browser)
		if w.Code != status || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") || !strings.Contains(w.Body.String(), "<h1>") {
			t.Errorf("GET %s for a browser: %d %s\n%.200s", url, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
		for _, accept := range []string{"*/*", "application/json", "application/json, text/html;q=0.5"} {
			w := do(h, "GET", url, "Accept", accept)
			if w.Code != status || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("GET %s for %q: %d %s", url, accept, w.Code, w.Header().Get("Content-Type"))
			}
		}
	}
	if w := do(h, "GET", `/%3Cscript%3Ealert(1)%3C%2Fscript%3E`, "Accept", browser); strings.Contains(w.Body.String(), "<script>alert") {
		t.Errorf("the error page repeats markup:\n%s", w.Body)
	}
}

// What a page refers to is there, under an address that may be kept for ever.
func TestStaticFiles(t *testing.T) {
	h := small()
	page := do(h, "GET", "/").Body.String()
	links := regexp.MustCompile(`(?:src|href)="(/static/[^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(links) < 3 {
		t.Fatalf("the start page refers to %d static files, want style sheet, icon and module", len(links))
	}
	for _, m := range links {
		w := do(h, "GET", m[1])
		if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("GET %s: %d %v", m[1], w.Code, w.Header())
		}
	}
	old := do(h, "GET", "/static/0/parley.css")
	if old.Code != 200 || old.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("a style sheet of another version: %d, cached %q, want 200 and no-cache", old.Code, old.Header().Get("Cache-Control"))
	}
	for _, url := range []string{"/static/0/none.css", "/static/0/..%2Fsite.go", "/static/0/"} {
		if w := do(h, "GET", url); w.Code != 404 {
			t.Errorf("GET %s: %d, want 404", url, w.Code)
		}
	}
}

// The choice of appearance works by links and a cookie alone, and leads nowhere
// but to this server.
func TestTheme(t *testing.T) {
	h := small()
	w := do(h, "GET", "/theme?to=dark&back=%2Fquestions%3Fx%3D1")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/questions?x=1" {
		t.Errorf("choosing dark: %d to %q", w.Code, w.Header().Get("Location"))
	}
	cookie := strings.Split(w.Header().Get("Set-Cookie"), ";")[0]
	page := do(h, "GET", "/", "Cookie", cookie)
	if !strings.Contains(page.Body.String(), `<html lang="en" data-theme="dark">`) {
		t.Errorf("the start page with cookie %q is not dark:\n%.100s", cookie, page.Body)
	}
	if plain := do(h, "GET", "/"); plain.Header().Get("ETag") == page.Header().Get("ETag") {
		t.Error("light and dark pages have one ETag")
	}
	for _, back := range []string{"//evil.example/", "https://evil.example/", `/\evil.example`, "javascript:alert(1)", ""} {
		w := do(h, "GET", "/theme?to=light&back="+strings.ReplaceAll(strings.ReplaceAll(back, `\`, "%5C"), ":", "%3A"))
		if got := w.Header().Get("Location"); got != "/" {
			t.Errorf("back to %q leads to %q, want /", back, got)
		}
	}
	if w := do(h, "GET", "/theme?to=pink"); w.Code != 400 {
		t.Errorf("an appearance that there is not: %d, want 400", w.Code)
	}
}
