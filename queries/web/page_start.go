package web

import (
	"net/http"

	"parley/queries"
	"parley/queries/web/pages"
)

// home answers GET / with what is in the graph and the ways into it.
func (s *server) home(w http.ResponseWriter, r *http.Request) error {
	g, err := s.plain(r)
	if err != nil || pageIsFresh(w, r, g) {
		return err
	}
	view := pages.StartView{Stats: queries.StatsOf(g)}
	return sendPage(w, r, g, "start", pages.Page{Description: "Who negotiates with whom, as the news tells it, sentence by sentence.", Body: view})
}
