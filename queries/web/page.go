package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gorilla/mux"

	"parley/graph"
	"parley/graph/export"
	"parley/queries/web/pages"
)

// policy is the Content-Security-Policy of pages: nothing but what this server
// sends, no script or style inside the page, and no frame around it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors "

// unframed is who may show an ordinary page in a frame.
const unframed = "'none'"

// site is where pages are made.
func site() *pages.Site { return pages.NewSite() }

// prefersHTML reports whether the client of r is a browser: names text/html and
// likes nothing that we have better.
func prefersHTML(r *http.Request) bool {
	accept := strings.Join(r.Header.Values("Accept"), ",")
	q, exact := quality(accept, "text/html")
	json, _ := quality(accept, "application/json")
	problem, _ := quality(accept, "application/problem+json")
	return exact && q > 0 && q >= json && q >= problem && wantedBy(r).format == ""
}

// theme returns the appearance that the reader has chosen, "" for none.
func theme(r *http.Request) string {
	if c, err := r.Cookie("theme"); err == nil && slices.Contains([]string{"light", "dark"}, c.Value) {
		return c.Value
	}
	return ""
}

// pageIsFresh is isFresh for a page.
func pageIsFresh(w http.ResponseWriter, r *http.Request, g *graph.Snapshot) bool {
	w.Header().Add("Vary", "Cookie")
	return isFresh(w, r, g, export.Format("html "+theme(r)+" "+pages.Version()))
}

// sendPage sends a page about g, which may be nil, made by the template of the
// given name.
func (s *server) sendPage(w http.ResponseWriter, r *http.Request, g *graph.Snapshot, name string, p pages.Page) error {
	return s.sendPageStatus(w, r, g, http.StatusOK, name, p)
}

// sendPageStatus is sendPage with a status.
func (s *server) sendPageStatus(w http.ResponseWriter, r *http.Request, g *graph.Snapshot, status int, name string, p pages.Page) error {
	p.Theme, p.Address = theme(r), r.URL.RequestURI()
	if g != nil {
		p.Revision = g.Revision()
		addLink(w, permalink(r, g), "permalink")
	}
	if isPinned(r) {
		query := r.URL.Query()
		query.Del("as_of")
		p.Present = address(r.URL.Path, query)
	}
	body, err := site().Render(name, p)
	if err != nil {
		return err
	}
	for _, a := range p.Alternates {
		w.Header().Add("Link", a.Link())
	}
	ancestors := unframed
	if p.Bare {
		ancestors = s.ancestors
	}
	setPageHeaders(w, ancestors)
	if status != http.StatusOK {
		w.Header().Del("ETag")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.WriteHeader(status)
	}
	return writeBytes(w, "text/html; charset=utf-8", body)
}

// setPageHeaders sets what keeps a page to itself; ancestors is who may frame it.
func setPageHeaders(w http.ResponseWriter, ancestors string) {
	w.Header().Set("Content-Security-Policy", policy+ancestors)
	w.Header().Set("Referrer-Policy", "no-referrer")
}

// writeErrorPage sends p as a page.
func writeErrorPage(w http.ResponseWriter, r *http.Request, p *Problem) {
	view := pages.ErrorView{Status: p.Status, Title: p.Title, Heading: pages.ErrorHeading(p.Status), Detail: p.Detail, Request: p.Instance}
	for _, wanted := range p.Parameters {
		view.Parameters = append(view.Parameters, pages.Wanted(wanted))
	}
	page := pages.Page{Title: view.Heading, Theme: theme(r), Address: "/", Body: view}
	if p.Status == http.StatusServiceUnavailable {
		page.Refresh = 2
	}
	body, err := site().Render("error", page)
	if err != nil {
		panic(err) // the view is strings and numbers only
	}
	setPageHeaders(w, unframed)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(p.Status)
	_, _ = w.Write(body) // the client is gone if this fails
}

// static answers GET /static/{version}/{file}: for ever the same under its own
// version, else as it is now.
func (s *server) static(w http.ResponseWriter, r *http.Request) error {
	body, mediaType, ok := pages.Static(mux.Vars(r)["file"])
	if !ok {
		return newProblem(http.StatusNotFound, "there is no file %q", mux.Vars(r)["file"])
	}
	caching := "public, max-age=31536000, immutable"
	if mux.Vars(r)["version"] != pages.Version() {
		caching = "no-cache" // a page of an older version asks
	}
	w.Header().Set("Cache-Control", caching)
	w.Header().Set("Referrer-Policy", "no-referrer")
	return writeBytes(w, mediaType, body)
}

// chooseTheme answers GET /theme?to=&back= by remembering the appearance and
// leading back to the page, which has to be one of ours.
func (s *server) chooseTheme(w http.ResponseWriter, r *http.Request) error {
	values, err := parameters(r, "to", "back")
	if err != nil {
		return err
	}
	cookie := http.Cookie{Name: "theme", Path: "/", SameSite: http.SameSiteLaxMode, MaxAge: 365 * 24 * 60 * 60, Value: values.Get("to")}
	switch cookie.Value {
	case "light", "dark":
	case "auto":
		cookie.Value, cookie.MaxAge = "", -1
	default:
		return newProblem(http.StatusBadRequest, "to is %q, want auto, light or dark", clipped(cookie.Value))
	}
	http.SetCookie(w, &cookie)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", ownPath(values.Get("back")))
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// ownPath returns address if it is a path on this server, else "/".
func ownPath(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(address, `\`) {
		return "/"
	}
	return u.RequestURI()
}
