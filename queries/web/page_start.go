package web

import (
	"context"
	"net/http"
	"time"

	"parley/graph"
	"parley/queries"
	"parley/queries/web/pages"
)

// suggested is how many names are offered to forms that have no JavaScript.
const suggested = 60

// home answers GET / with what is in the graph and the ways into it.
func (s *server) home(w http.ResponseWriter, r *http.Request) error {
	g, err := s.plain(r)
	if err != nil || pageIsFresh(w, r, g) {
		return err
	}
	f := s.front(r.Context(), g)
	if f.err != nil {
		return f.err
	}
	return s.sendPage(w, r, g, "start", pages.Page{Description: "Who negotiates with whom, as the news tells it, sentence by sentence.", Body: f.start})
}

// front is what the start page shows of a graph. It is made once for each revision.
type front struct {
	start *pages.StartView
	err   error
}

// frontKey and namesKey are the keys of what is derived from a snapshot.
type (
	frontKey struct{ s *server }
	namesKey struct{}
)

// front returns what the start page shows of g.
func (s *server) front(ctx context.Context, g *graph.Snapshot) *front {
	return graph.Derived(g, frontKey{s}, func() *front {
		start, err := s.startView(context.WithoutCancel(ctx), g) // others wait for it too
		return &front{start, err}
	})
}

// namesIn returns the names that forms suggest to those who have no JavaScript.
func namesIn(g *graph.Snapshot) []string {
	return graph.Derived(g, namesKey{}, func() []string {
		return pages.NamesOf(g, queries.MostClaimed(g, suggested, graph.Person, graph.Organisation, graph.State, graph.Place))
	})
}

func (s *server) startView(ctx context.Context, g *graph.Snapshot) (*pages.StartView, error) {
	talks, err := queries.Talks(ctx, g, queries.Params{Sort: "-date", Limit: pages.StartTalks, Evidence: 1})
	if err != nil {
		return nil, err
	}
	mediators, err := queries.Mediators(ctx, g, queries.Params{Limit: pages.StartMediators, Evidence: 1})
	if err != nil {
		return nil, err
	}
	view := pages.NewStartView(g, queries.Newest(g, pages.StartArticles), talks, mediators)
	if view.CanAsk = s.reader != nil; view.CanAsk {
		questions, err := s.answered(ctx, g)
		if err != nil {
			return nil, err
		}
		view.Examples = pages.Examples(questions)
	}
	return view, nil
}

// trying is how long questions are tried to find those that are answered.
const trying = 200 * time.Millisecond

// answered returns a question of each kind that g answers, as was found by asking
// it; fewer if that takes long.
func (s *server) answered(ctx context.Context, g *graph.Snapshot) ([]string, error) {
	kinds, err := queries.ExampleQuestions(ctx, g)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, trying)
	defer cancel()
	var found []string
	for _, questions := range kinds {
		for _, q := range questions[:min(len(questions), 4)] {
			reply, err := s.reply(ctx, g, q)
			if ctx.Err() != nil {
				return found, nil
			}
			if err != nil {
				return nil, err
			}
			if len(reply.Answers) > 0 && len(reply.Nearest) == 0 {
				found = append(found, q)
				break
			}
		}
	}
	return found, nil
}

// aboutPage answers GET /about with how claims are read, and how well.
func (s *server) aboutPage(w http.ResponseWriter, r *http.Request) error {
	g, err := s.plain(r)
	if err != nil || pageIsFresh(w, r, g) {
		return err
	}
	return s.sendPage(w, r, g, "about", pages.Page{Title: "About the data", Section: "/about", Body: pages.NewAboutView(g),
		Alternates: []pages.Alternate{{Title: "Figures", Type: "application/json", Href: "/v1/stats"}}})
}
