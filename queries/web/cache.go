package web

import (
	"maps"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"parley/graph"
)

// maxCached is the size in bytes of the largest answer that is kept.
const maxCached = 1 << 20

// cacheKey is all that an answer with an ETag depends on.
type cacheKey struct {
	revision                       uint64
	counts                         graph.Counts // two graphs in memory may have the same revision
	host, uri, accept, compression string
	theme                          string // all of a cookie that pages look at
}

// cached is an answer as it was sent, packed if it was.
type cached struct {
	header http.Header // what the handler set
	body   []byte
}

// size is what c takes in memory, about.
func (c *cached) size() int { return len(c.body) + 1024 }

// cache keeps the answers that were asked for last, up to a number of bytes. It is
// safe for concurrent use.
type cache struct {
	mu    sync.Mutex
	most  int // bytes
	held  int // bytes
	items *simplelru.LRU[cacheKey, *cached]
}

func newCache(most int) *cache {
	c := &cache{most: most}
	items, err := simplelru.NewLRU(math.MaxInt, func(_ cacheKey, gone *cached) { c.held -= gone.size() })
	if err != nil {
		panic(err) // it only refuses sizes below 1
	}
	c.items = items
	return c
}

func (c *cache) get(k cacheKey) (*cached, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.items.Get(k)
}

func (c *cache) add(k cacheKey, a *cached) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items.Remove(k)
	c.held += a.size()
	c.items.Add(k, a)
	for c.held > c.most {
		c.items.RemoveOldest()
	}
}

// keep answers from the cache what has been answered before of the same graph, and
// keeps what h answers: whole answers with an ETag, which depend on nothing but the
// graph, the address, and the headers in the key.
func (s *server) keep(h http.Handler) http.Handler {
	if s.answers.most <= 0 {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g := s.graph.Snapshot()
		accept, compression := strings.Join(r.Header["Accept"], ","), strings.Join(r.Header["Accept-Encoding"], ",")
		if g == nil || r.Method != http.MethodGet || r.ContentLength != 0 || len(r.Host)+len(r.RequestURI)+len(accept)+len(compression) > 2<<10 {
			h.ServeHTTP(w, r)
			return
		}
		key := cacheKey{g.Revision(), g.Counts(), r.Host, r.RequestURI, accept, compression, theme(r)}
		if a, ok := s.answers.get(key); ok {
			a.send(w, r)
			return
		}
		rec := &keeper{ResponseWriter: w, before: maps.Clone(w.Header())}
		h.ServeHTTP(rec, r)
		if a := rec.answer(); a != nil && r.Context().Err() == nil {
			s.answers.add(key, a)
		}
	})
}

// send sends a, or a 304 to a client that has it.
func (a *cached) send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	maps.Copy(h, a.header)
	if hasTag(r, a.header.Get("ETag")) {
		h.Del("Content-Type")
		h.Del("Content-Encoding")
		h.Del("Content-Disposition")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	_, _ = w.Write(a.body) // the client is gone if this fails
}

// keeper sends an answer and remembers it, unless it is too long.
type keeper struct {
	http.ResponseWriter
	before http.Header // set by others
	header http.Header // set by the handler
	status int
	body   []byte
	long   bool
}

// WriteHeader notes and sends status and headers.
func (k *keeper) WriteHeader(status int) {
	if k.status == 0 {
		k.status = status
		k.header = make(http.Header)
		for name, values := range k.Header() {
			if !slices.Equal(values, k.before[name]) {
				k.header[name] = slices.Clip(slices.Clone(values))
			}
		}
	}
	k.ResponseWriter.WriteHeader(status)
}

// Write notes and sends b.
func (k *keeper) Write(b []byte) (int, error) {
	if k.status == 0 {
		k.WriteHeader(http.StatusOK)
	}
	if len(k.body)+len(b) > maxCached {
		k.long, k.body = true, nil
	}
	if !k.long {
		k.body = append(k.body, b...) // most answers come in one piece, and are copied once
	}
	n, err := k.ResponseWriter.Write(b)
	k.long = k.long || err != nil
	return n, err
}

// Unwrap lets http.ResponseController reach what k wraps.
func (k *keeper) Unwrap() http.ResponseWriter { return k.ResponseWriter }

// answer returns what was sent if that can be sent again, else nil.
func (k *keeper) answer() *cached {
	if k.status != http.StatusOK || k.long || k.header.Get("ETag") == "" {
		return nil
	}
	for _, names := range k.header.Values("Vary") {
		for name := range strings.SplitSeq(names, ",") {
			if name = http.CanonicalHeaderKey(strings.TrimSpace(name)); name != "Accept" && name != "Accept-Encoding" && name != "Cookie" {
				return nil
			}
		}
	}
	return &cached{k.header, slices.Clip(k.body)}
}
