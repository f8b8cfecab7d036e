package pages

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// templateFiles are the frame and its partials, whose names begin with an
// underscore, and a file for each kind of page, which defines "main".
//
//go:embed templates/*.html
var templateFiles embed.FS

// Page is what the frame needs to know of a page.
type Page struct {
	Title       string      // what the page is about; the frame adds the program's name
	Description string      // one sentence for search engines and previews; "" for none
	Section     string      // entry of the navigation that the page belongs to: its path, such as "/talks"
	Address     string      // path and query of the page, where the choice of appearance leads back to
	Search      string      // what stands in the search box
	Theme       string      // "light", "dark" or "" for what the reader's system prefers
	Scripts     []string    // names of static modules beside parley.js
	Alternates  []Alternate // the same as data, and feeds
	Refresh     int         // seconds after which a browser should ask again; 0 for never
	Revision    uint64      // of the graph that is shown; 0 if none is
	Present     string      // address of the page as it is now, if it shows an earlier revision
	Bare        bool        // no header and footer: shown in a frame of another page
	Body        any         // what the page's own template shows
}

// Alternate is another form of what a page shows.
type Alternate struct {
	Title string // such as "CSV"
	Type  string // media type
	Href  string
}

// Link returns the entry of a Link header for a.
func (a Alternate) Link() string {
	return "<" + a.Href + `>; rel="alternate"; type="` + a.Type + `"`
}

// Site renders pages. It is safe for concurrent use.
type Site struct {
	templates map[string]*template.Template // by name of the page
}

// NewSite returns the site of the embedded templates. Templates that do not
// parse are a broken build: it panics.
var NewSite = sync.OnceValue(func() *Site {
	s := &Site{templates: make(map[string]*template.Template)}
	frame := template.Must(template.New("").Funcs(functions()).ParseFS(templateFiles, "templates/_*.html"))
	files, err := fs.Glob(templateFiles, "templates/[a-z]*.html")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, file := range files {
		t := template.Must(template.Must(frame.Clone()).ParseFS(templateFiles, file))
		s.templates[strings.TrimSuffix(path.Base(file), ".html")] = t
	}
	return s
})

// Render returns the page made by the template of the given name, which is that
// of its file without ".html".
func (s *Site) Render(name string, p Page) ([]byte, error) {
	t, ok := s.templates[name]
	if !ok {
		return nil, fmt.Errorf("pages: no template %q", name)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout", p); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	return b.Bytes(), nil
}

// Part renders one partial alone, with data for it.
func (s *Site) Part(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := s.templates["graph"].ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	return b.Bytes(), nil
}

// entry is one link of the navigation.
type entry struct{ Path, Name string }

func navigation() []entry {
	return []entry{
		{"/questions/talks", "Talks"},
		{"/questions/agreements", "Agreements"},
		{"/disputes", "Disputes"},
		{"/questions", "Questions"},
		{"/graph", "Graph"},
		{"/ask", "Ask"},
		{"/about", "About the data"},
	}
}

// functions are what templates can call.
func functions() template.FuncMap {
	return template.FuncMap{
		"asset":      Asset,
		"navigation": navigation,
		"number":     number,
		"count":      count,
		"clip":       Clip,
		"when":       When,
		"percent":    percent,
		"upper":      upperFirst,
		"kind":       kindOf,
		"add":        func(a, b int) int { return a + b },
	}
}
