package web

import (
	"html/template"
	"net/http"
	"strings"
	"sync"

	"parley/queries"
)

var homePage = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("home").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>parley</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}code{background:#8882;padding:.1em .3em}</style>
<h1>parley</h1>
<p>A graph of negotiations as the news tells them: {{.Stats.Claims}} claims about {{.Stats.Things}} things
from {{.Stats.Articles}} articles. Every answer names its sentences.</p>
<h2>Questions</h2>
<ul>{{range .Questions}}
<li>{{.Sentence}} <a href="{{.URL}}"><code>{{.Name}}</code></a></li>{{end}}
</ul>
<p>For programs: <a href="/v1/questions">the catalogue</a>, <a href="/openapi.json">the interface</a>,
<a href="/v1/stats">figures</a>.</p>
</html>
`))
})

// home answers GET / with a page that shows the way.
func (s *server) home(w http.ResponseWriter, r *http.Request) error {
	g, err := s.snapshot()
	if err != nil {
		return err
	}
	var page strings.Builder
	if err := homePage().Execute(&page, map[string]any{"Stats": queries.StatsOf(g), "Questions": queries.Catalogue()}); err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	return writeBytes(w, "text/html; charset=utf-8", []byte(page.String()))
}
