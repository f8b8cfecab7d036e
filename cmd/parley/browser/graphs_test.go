package browser_test

import (
	"context"
	"fmt"
	"iter"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"parley/config"
	"parley/graph"
	"parley/loader"
	"parley/loader/article"
	"parley/loader/question"
	"parley/queries/web"
)

// server is a graph that is served until the tests end.
type server struct {
	base  string
	store *graph.Store
}

// id returns the id of the thing that has the name.
func (s server) id(t *testing.T, name string) graph.ID {
	t.Helper()
	g := s.store.Snapshot()
	nodes := g.Named(name)
	if len(nodes) == 0 {
		t.Fatalf("nothing in the graph is called %q", name)
	}
	return g.ID(nodes[0])
}

// hub returns the actor with most claims.
func (s server) hub(t *testing.T) graph.ID {
	t.Helper()
	return s.busiest(graph.Person, graph.Organisation, graph.State)
}

// busiest returns the thing of the types with most claims; "" if there is none.
func (s server) busiest(types ...graph.Type) graph.ID {
	g := s.store.Snapshot()
	best, most := graph.ID(""), 0
	for _, kind := range types {
		for _, n := range g.Nodes(kind) {
			if claims := len(g.Out(n)) + len(g.In(n)); claims > most {
				best, most = g.ID(n), claims
			}
		}
	}
	return best
}

// name returns what the thing id is called.
func (s server) name(id graph.ID) string {
	t, _ := s.store.Snapshot().Thing(id)
	return t.Label
}

// serve serves the graph that fill makes.
func serve(fill func(*graph.Store, *loader.Extractor) error) (server, error) {
	x, err := loader.New(config.Loader{})
	if err != nil {
		return server{}, err
	}
	s, err := graph.Open(context.Background(), "memory:", graph.Options{})
	if err != nil {
		return server{}, err
	}
	if err := fill(s, x); err != nil {
		return server{}, err
	}
	return server{httptest.NewServer(web.New(s, web.Options{Reader: question.New(x)})).URL, s}, nil
}

// serving returns a function that starts a server when it is first asked for.
func serving(fill func(*graph.Store, *loader.Extractor) error) func(*testing.T) server {
	start := sync.OnceValues(func() (server, error) { return serve(fill) })
	return func(t *testing.T) server {
		t.Helper()
		s, err := start()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

// demo serves the articles that the program comes with.
var demo = serving(func(s *graph.Store, x *loader.Extractor) error {
	_, err := loader.Load(context.Background(), x, demoArticles("../demo"), s, loader.Options{FailFast: true})
	return err
})

func demoArticles(folder string) iter.Seq2[article.Input, error] {
	return func(yield func(article.Input, error) bool) {
		files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
		if err != nil || len(files) == 0 {
			yield(article.Input{}, fmt.Errorf("no articles in %s: %v", folder, err))
			return
		}
		for _, file := range files {
			in := article.Input{File: file}
			raw, err := os.ReadFile(file)
			if err == nil {
				in.Article, err = article.Text(raw, article.Options{})
			}
			if !yield(in, err) {
				return
			}
		}
	}
}

// star serves a mediator of very many talks, more than a drawing holds: each
// with a state that took part, a place, a year, and one of two outlets.
var star = serving(func(s *graph.Store, _ *loader.Extractor) error {
	hub := thingOf(graph.Organisation, "League of River States")
	for i := range 130 {
		talks, party := thingOf(graph.Talks, fmt.Sprintf("talks over ford %d of the long river", i)), thingOf(graph.State, fmt.Sprintf("Upper Republic %d", i))
		w := writer{outlet: []string{"The Bridge", "Ferry Post"}[i%2], year: 1960 + i%50}
		w.say(hub, graph.Mediated, talks)
		w.say(party, graph.ParticipatedIn, talks)
		w.say(hub, graph.MetWith, party)
		if err := w.add(s); err != nil {
			return err
		}
	}
	return nil
})

// hostile serves articles whose words are written to break pages.
var hostile = serving(func(s *graph.Store, _ *loader.Extractor) error {
	script := thingOf(graph.Person, `<script>alert("name")</script><img src=x onerror=alert(1)>`)
	turned := thingOf(graph.Organisation, "\u202eecnailla\u202c \u2066 of \"quotes\" & 'more' `ticks` {{.}} ${x}")
	long := thingOf(graph.State, "Republic of "+strings.Repeat("Looooong", 1250))
	talks := thingOf(graph.Talks, `talks javascript:alert(1) </text></svg><script>alert(2)</script>`)
	w := writer{outlet: `"><script>alert(3)</script>`, year: 2001, url: "javascript:alert(4)"}
	w.say(script, graph.Mediated, talks)
	w.say(turned, graph.ParticipatedIn, talks)
	w.say(long, graph.ParticipatedIn, talks)
	w.say(script, graph.MetWith, long)
	w.say(script, graph.MetWith, turned)
	return w.add(s)
})

func thingOf(t graph.Type, label string) graph.Thing {
	return graph.Thing{ID: graph.MakeThingID(t, label), Type: t, Label: label}
}

// writer makes an article of one sentence for each claim.
type writer struct {
	outlet, url string
	year        int
	text        strings.Builder
	things      []graph.Thing
	claims      []graph.Claim
}

func (w *writer) say(subject graph.Thing, p graph.Predicate, object graph.Thing) {
	info, _ := p.Info()
	quote := subject.Label + " " + info.Phrase + " " + object.Label + "."
	start := utf8.RuneCountInString(w.text.String())
	w.text.WriteString(quote + "\n")
	w.things = append(w.things, subject, object)
	w.claims = append(w.claims, graph.Claim{Subject: subject.ID, Predicate: p, Object: graph.ThingObject(object.ID), Polarity: graph.Asserted, Modality: graph.Actual,
		When:       &graph.When{Start: fmt.Sprint(w.year), Precision: "year", Text: fmt.Sprint("in ", w.year)},
		Evidence:   graph.Evidence{Sentence: len(w.claims), Start: start, End: start + utf8.RuneCountInString(quote), Quote: quote, SubjectText: subject.Label, ObjectText: object.Label},
		Confidence: 0.9})
}

func (w *writer) add(s *graph.Store) error {
	x := &graph.Extraction{Article: graph.Article{Title: w.things[0].Label, Outlet: w.outlet, URL: w.url, Published: fmt.Sprintf("%d-05-04", w.year+1), Language: "en", Text: w.text.String()}}
	x.Article.Blocks = []graph.Block{{Kind: graph.Paragraph, Start: 0, End: len(x.Article.Text)}}
	x.Article.MakeID()
	seen := make(map[graph.ID]bool)
	for _, t := range w.things {
		if !seen[t.ID] {
			x.Things = append(x.Things, t)
			seen[t.ID] = true
		}
	}
	sortThings(x.Things)
	for _, c := range w.claims {
		c.Article = x.Article.ID
		c.MakeID()
		x.Claims = append(x.Claims, c)
	}
	_, err := s.Add(context.Background(), x)
	return err
}
