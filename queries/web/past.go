package web

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"parley/graph"
	"parley/queries"
)

// Past is a [Graph] that can be asked as it was at an earlier revision.
type Past interface {
	// AsOf returns the graph of a revision, or a [graph.RevisionError].
	AsOf(ctx context.Context, revision uint64) (*graph.Snapshot, error)
}

// pinnedFor is how long, in seconds, an answer that is pinned to a revision may be
// kept without asking: a week, since an article may have to be taken out for good.
const pinnedFor = 7 * 24 * 60 * 60

// graphAt returns the graph of the revision that the parameter as_of names, or the
// present one.
func (s *server) graphAt(r *http.Request) (*graph.Snapshot, error) {
	g, err := s.snapshot()
	values := r.URL.Query()["as_of"]
	if err != nil || len(values) == 0 {
		return g, err
	}
	revision, err := strconv.ParseUint(values[0], 10, 64)
	if err != nil || revision == 0 || len(values) > 1 {
		return nil, &queries.ParameterError{Name: "as_of", Value: clipped(strings.Join(values, ", ")), Want: "one revision, a whole number from 1"}
	}
	if revision == g.Revision() {
		return g, nil
	}
	past, ok := s.graph.(Past)
	if !ok {
		return nil, &graph.RevisionError{Asked: revision, First: g.Revision(), Last: g.Revision()}
	}
	return past.AsOf(r.Context(), revision)
}

// isPinned reports whether r names the revision it asks.
func isPinned(r *http.Request) bool { return r.URL.Query().Has("as_of") }

// permalink returns the address under which r will always be answered as it is of g.
func permalink(r *http.Request, g *graph.Snapshot) string {
	at := *wantedBy(r).url
	query := at.Query()
	query.Set("as_of", strconv.FormatUint(g.Revision(), 10))
	at.RawQuery = query.Encode()
	return at.RequestURI()
}

// addLink adds a Link header.
func addLink(w http.ResponseWriter, uri, relation string) {
	w.Header().Add("Link", "<"+uri+`>; rel="`+relation+`"`)
}

// pageOf returns the address of the page that shows people what u, an address below
// /v1/, is about, at the same revision; "" if there is none.
func pageOf(u *url.URL) string {
	path := u.Path
	if slash := strings.LastIndexByte(path, '/'); strings.IndexByte(path[slash+1:], '.') >= 0 {
		path = path[:strings.LastIndexByte(path, '.')] // slugs have no dots
	}
	parts := strings.Split(strings.TrimPrefix(path, "/v1/"), "/")
	query := u.Query()
	query.Del("next")
	switch {
	case parts[0] == "paths":
		parts = []string{"questions", "paths"}
	case parts[0] == "questions" && len(parts) == 2:
	case parts[0] == "things" && len(parts) >= 3:
		parts, query = parts[:3], onlyRevision(query)
	case (parts[0] == "claims" || parts[0] == "articles") && len(parts) == 2:
		query = onlyRevision(query)
	default:
		return ""
	}
	page := url.URL{Path: "/" + strings.Join(parts, "/"), RawQuery: query.Encode()}
	return page.RequestURI()
}

// onlyRevision returns what query says about the revision that is asked.
func onlyRevision(query url.Values) url.Values {
	if revision, ok := query["as_of"]; ok {
		return url.Values{"as_of": revision}
	}
	return nil
}

// withPermalink returns body, a JSON object, with the permanent address as its last
// member.
func withPermalink(body []byte, link string) []byte {
	text, err := json.Marshal(link)
	if err != nil {
		panic(err) // a string can be encoded
	}
	body = append(bytes.TrimSuffix(bytes.TrimSpace(body), []byte("}")), `,"permalink":`...)
	return append(append(body, text...), "}\n"...)
}

// writePinnable sends the JSON object v, which is made of g alone.
func writePinnable(w http.ResponseWriter, r *http.Request, g *graph.Snapshot, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	link := permalink(r, g)
	addLink(w, link, "permalink")
	return writeBytes(w, "application/json", withPermalink(body, link))
}
