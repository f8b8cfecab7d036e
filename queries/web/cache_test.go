package web_test

import (
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/config"
	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries/web"
)

// What is kept is what was sent: body and headers are the same the second time, for
// each format and encoding, and a client that has the answer is told so.
func TestKeptAnswers(t *testing.T) {
	kept, fresh := small(), web.New(fixed{graph.NewSnapshot(4, graphtest.Reports()...)}, web.Options{})
	for _, url := range []string{"/v1/questions/mediations", "/v1/questions/talks.csv?limit=1", "/v1/things/state/finland", "/v1/export.nq", "/v1/stats"} {
		for _, header := range [][]string{nil, {"Accept-Encoding", "gzip"}, {"Accept", "text/turtle, */*;q=0.1"}, {"Accept", "text/csv"}} {
			want := do(fresh, "GET", url, header...)
			for _, round := range []string{"first", "second"} {
				got := do(kept, "GET", url, header...)
				if got.Code != want.Code || got.Code == 200 && got.Body.String() != want.Body.String() {
					t.Errorf("%s with %q, %s time: %d, %d bytes, want %d, %d bytes", url, header, round, got.Code, got.Body.Len(), want.Code, want.Body.Len())
				}
				a, b := got.Header().Clone(), want.Header().Clone()
				for _, h := range []http.Header{a, b} {
					if h.Get("X-Request-Id") == "" {
						t.Errorf("%s: no request id", url)
					}
					h.Del("X-Request-Id")
					h.Del("Content-Length") // known the second time
				}
				if !maps.EqualFunc(a, b, slices.Equal) {
					t.Errorf("%s with %q, %s time: headers are %v, want %v", url, header, round, a, b)
				}
			}
			if tag := want.Header().Get("ETag"); tag != "" {
				w := do(kept, "GET", url, append(slices.Clone(header), "If-None-Match", tag)...)
				if w.Code != http.StatusNotModified || w.Body.Len() > 0 || w.Header().Get("ETag") != tag || w.Header().Get("Content-Type") != "" {
					t.Errorf("%s with its ETag: %d, %d bytes, headers %v", url, w.Code, w.Body.Len(), w.Header())
				}
			}
		}
	}
	if a, b := do(kept, "GET", "/v1/stats"), do(kept, "GET", "/v1/stats"); a.Header().Get("X-Request-Id") == b.Header().Get("X-Request-Id") {
		t.Error("two requests have one id")
	}
	if w := do(kept, "GET", "/v1/questions/mediations?colour=red"); w.Code != 400 || do(kept, "GET", "/v1/questions/mediations?colour=red").Code != 400 {
		t.Errorf("a wrong request: %d", w.Code)
	}
}

// A changed graph is answered anew.
func TestKeptAnswersOfOldGraph(t *testing.T) {
	s, err := graph.Open(t.Context(), "memory:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := web.New(s, web.Options{Settings: config.Default().Server})
	for i, x := range graphtest.Reports() {
		if _, err := s.Add(t.Context(), x); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if n := decode(t, do(h, "GET", "/v1/stats"))["articles"]; n != float64(i+1) {
				t.Errorf("with %d articles, stats says %v", i+1, n)
			}
		}
	}
}

// Under load and a short deadline each answer is the whole one or a 504, also where
// the answer was begun; and what was given up is not kept.
func TestDeadlineUnderLoad(t *testing.T) {
	s := graph.NewSnapshot(4, slices.Collect(graphtest.Synthetic(1000, 1))...)
	urls := []string{"/v1/questions/talks?limit=500&values=100&evidence=100", "/v1/questions/agreements.nq?limit=200", "/v1/questions/disputes?min_confidence=0.6",
		"/v1/questions/meetings?limit=500&min_confidence=0.1", "/v1/questions/mediators?min_confidence=0.5"}
	slow := web.New(fixed{s}, web.Options{})
	whole := map[string]string{}
	took := map[string]time.Duration{}
	for _, url := range urls {
		start := time.Now()
		w := do(slow, "GET", url)
		took[url], whole[url] = time.Since(start), w.Body.String()
		if w.Code != http.StatusOK {
			t.Fatalf("GET %s: %d %s", url, w.Code, w.Body)
		}
	}
	var late, done int
	for _, share := range []time.Duration{1, 4, 20, 100} { // in hundredths of what it takes
		for _, url := range urls {
			h := web.New(fixed{s}, web.Options{Settings: config.Server{RequestTimeout: max(took[url]*share/100, 1), CacheBytes: 64 << 20}})
			answers := make([]*httptest.ResponseRecorder, 6)
			var clients sync.WaitGroup
			for i := range answers {
				clients.Go(func() { answers[i] = do(h, "GET", url) })
			}
			clients.Wait()
			for _, w := range answers {
				switch {
				case w.Code == http.StatusOK && w.Body.String() == whole[url]:
					done++
				case w.Code == http.StatusGatewayTimeout && strings.Contains(w.Body.String(), `"limit_ms"`) && w.Header().Get("ETag") == "":
					late++
				default:
					t.Errorf("GET %s: %d with %d bytes of %d, ETag %s", url, w.Code, w.Body.Len(), len(whole[url]), w.Header().Get("ETag"))
				}
			}
		}
	}
	if late == 0 {
		t.Errorf("%d answers, none too late: the deadlines were too long to prove anything", done)
	}
}

// An export takes as long as its client, which may be longer than the server would
// wait for other answers.
func TestLongExport(t *testing.T) {
	if testing.Short() {
		t.Skip("takes four seconds")
	}
	s := graph.NewSnapshot(4, slices.Collect(graphtest.Synthetic(600, 1))...)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	o := web.Options{Settings: config.Server{RequestTimeout: time.Second, WriteTimeout: 3 * time.Second, DrainTimeout: time.Second}}
	served := make(chan error, 1)
	go func() { served <- web.Serve(ctx, ln, web.New(fixed{s}, o), o) }()
	res, err := http.Get("http://" + ln.Addr().String() + "/v1/export.nq")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	want := do(web.New(fixed{s}, web.Options{}), "GET", "/v1/export.nq").Body.Len()
	n := 0
	for buf := make([]byte, want/40); err == nil; {
		var got int
		got, err = io.ReadFull(res.Body, buf)
		n += got
		time.Sleep(100 * time.Millisecond)
	}
	if n != want || !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a slow client got %d bytes of %d: %v", n, want, err)
	}
	cancel()
	if err := <-served; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

// What a client gives up ends.
func TestExportGivenUp(t *testing.T) {
	done := make(chan struct{})
	h := web.New(fixed{graph.NewSnapshot(4, slices.Collect(graphtest.Synthetic(600, 1))...)}, web.Options{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(done)
		h.ServeHTTP(w, r)
	}))
	defer srv.Close()
	res, err := http.Get(srv.URL + "/v1/export.nq")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	<-done // else the test never ends
}
