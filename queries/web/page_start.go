package web

import (
	"context"
	"net/http"
	"sync"

	"parley/graph"
	"parley/queries"
	"parley/queries/web/pages"
)

// front is what the start page and the forms show of a whole graph. It is made
// once for each revision.
type front struct {
	mu    sync.Mutex
	graph *graph.Snapshot
	start *pages.StartView
	names []string
}

// suggested is how many names are offered to forms that have no JavaScript.
const suggested = 60

// home answers GET / with what is in the graph and the ways into it.
func (s *server) home(w http.ResponseWriter, r *http.Request) error {
	g, err := s.plain(r)
	if err != nil || pageIsFresh(w, r, g) {
		return err
	}
	view, err := s.startView(r.Context(), g)
	if err != nil {
		return err
	}
	return s.sendPage(w, r, g, "start", pages.Page{Description: "Who negotiates with whom, as the news tells it, sentence by sentence.", Body: view})
}

// startView returns what the start page shows of g.
func (s *server) startView(ctx context.Context, g *graph.Snapshot) (*pages.StartView, error) {
	s.front.mu.Lock()
	defer s.front.mu.Unlock()
	if s.front.graph == g {
		return s.front.start, nil
	}
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
	s.front.names = pages.NamesOf(g, queries.MostClaimed(g, suggested, graph.Person, graph.Organisation, graph.State, graph.Place))
	s.front.graph, s.front.start = g, view
	return view, nil
}

// answered returns a question of each kind that g answers, as was found by asking it.
func (s *server) answered(ctx context.Context, g *graph.Snapshot) ([]string, error) {
	kinds, err := queries.ExampleQuestions(ctx, g)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, questions := range kinds {
		for _, q := range questions[:min(len(questions), 4)] {
			reply, err := s.reply(ctx, g, q)
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

// names returns the names that forms suggest to those who have no JavaScript.
func (s *server) names(ctx context.Context, g *graph.Snapshot) ([]string, error) {
	if _, err := s.startView(ctx, g); err != nil {
		return nil, err
	}
	s.front.mu.Lock()
	defer s.front.mu.Unlock()
	return s.front.names, nil
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
