package web

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"parley/graph"
	"parley/graph/export"
	"parley/queries"
)

// handler answers a request or says why not.
type handler func(w http.ResponseWriter, r *http.Request) error

// handle turns h into an http.Handler: it bounds the time and turns an error into a problem.
func (s *server) handle(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.timeout > 0 {
			ctx, cancel := context.WithTimeout(r.Context(), s.timeout)
			defer cancel()
			r = r.WithContext(ctx)
		}
		if len(r.RequestURI) > maxURL {
			s.writeProblem(w, r, newProblem(http.StatusRequestURITooLong, "the address is longer than %d bytes", maxURL))
			return
		}
		if r.ContentLength != 0 { // -1 for one of unknown length
			s.writeProblem(w, r, newProblem(http.StatusRequestEntityTooLarge, "a request has no body here"))
			return
		}
		if err := h(w, r); err != nil {
			s.writeProblem(w, r, s.problemOf(err))
		}
	})
}

// observe gives each request an id, logs it when it is done, and turns a panic
// into a 500.
func (s *server) observe(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-Id")
		if !isRequestID(id) {
			id = rand.Text()
		}
		w.Header().Set("X-Request-Id", id)
		rec := &recorder{ResponseWriter: w}
		start := time.Now()
		defer func() {
			if p := recover(); p == http.ErrAbortHandler {
				panic(p) // net/http breaks the connection
			} else if p != nil {
				s.log.Error("request panicked", "request", id, "panic", p, "stack", string(debug.Stack()))
				if rec.status == 0 {
					s.writeProblem(rec, r, newProblem(http.StatusInternalServerError, ""))
				}
			}
			if s.metrics != nil {
				s.metrics.count(r, rec.status, time.Since(start))
			}
			s.log.Info("request", "method", r.Method, "url", r.URL.RequestURI(), "status", rec.status, "bytes", rec.bytes,
				"duration", time.Since(start), "request", id)
		}()
		h.ServeHTTP(rec, r)
	})
}

func isRequestID(id string) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	return !strings.ContainsFunc(id, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	})
}

// recorder remembers what was sent.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
}

// WriteHeader notes the status and sends it.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write counts and sends b.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach what r wraps.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// snapshot returns the graph, or a 503 while it is being read.
func (s *server) snapshot() (*graph.Snapshot, error) {
	if g := s.graph.Snapshot(); g != nil {
		return g, nil
	}
	return nil, newProblem(http.StatusServiceUnavailable, "the graph is still being read")
}

// plain returns the graph for a request that takes no parameters but as_of.
func (s *server) plain(r *http.Request) (*graph.Snapshot, error) {
	if _, err := parameters(r, "as_of"); err != nil {
		return nil, err
	}
	return s.graphAt(r)
}

// parameters returns r's query if it is well formed and names nothing but what is allowed.
func parameters(r *http.Request, allowed ...string) (url.Values, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, newProblem(http.StatusBadRequest, "the query of the address is malformed")
	}
	for name := range values {
		if !slices.Contains(allowed, name) {
			want := "no parameters"
			if len(allowed) > 0 {
				want = "one of " + strings.Join(allowed, ", ")
			}
			return nil, &queries.ParameterError{Name: name, Value: values.Get(name), Want: "no such parameter here: " + want}
		}
	}
	return values, nil
}

// isFresh sets the answer's ETag, made of the graph, the request and the
// encoding, and reports whether the client has that answer already; a 304 is
// then sent.
func isFresh(w http.ResponseWriter, r *http.Request, g *graph.Snapshot, f export.Format) bool {
	hash := fnv.New64a()
	fmt.Fprint(hash, g.Counts(), r.URL.Path, "?", r.URL.RawQuery, " ", f)
	tag := fmt.Sprintf("%d-%x", g.Revision(), hash.Sum64())
	if encoding := w.Header().Get("Content-Encoding"); encoding != "" {
		tag += "-" + encoding // other bytes need another tag
	}
	tag = `"` + tag + `"`
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "public, no-cache") // keep it, but ask whether it still holds
	if isPinned(r) {
		h.Set("Cache-Control", fmt.Sprintf("public, max-age=%d", pinnedFor))
	}
	h.Add("Vary", "Accept")
	if hasTag(r, tag) {
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	return false
}

// hasTag reports whether the client has the answer with that ETag.
func hasTag(r *http.Request, tag string) bool {
	for _, have := range strings.Split(r.Header.Get("If-None-Match"), ",") {
		have = strings.TrimPrefix(strings.TrimSpace(have), "W/")
		if have == tag || have == "*" {
			return true
		}
	}
	return false
}

// writeStatic sends JSON that does not depend on the graph, or a 304.
func writeStatic(w http.ResponseWriter, r *http.Request, body []byte) error {
	hash := fnv.New64a()
	hash.Write(body)
	tag := fmt.Sprintf("%x", hash.Sum64())
	if encoding := w.Header().Get("Content-Encoding"); encoding != "" {
		tag += "-" + encoding
	}
	w.Header().Set("ETag", `"`+tag+`"`)
	w.Header().Set("Cache-Control", "public, max-age=300")
	if hasTag(r, `"`+tag+`"`) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	return writeBytes(w, "application/json", body)
}

// writeBytes sends a whole answer.
func writeBytes(w http.ResponseWriter, contentType string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(body) // the client is gone if this fails
	return nil
}

// writeJSON sends v.
func writeJSON(w http.ResponseWriter, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	return writeBytes(w, "application/json", append(body, '\n'))
}
