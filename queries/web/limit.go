package web

import (
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"

	"parley/config"
)

// maxClients is how many clients are remembered; one that is forgotten begins anew.
const maxClients = 10_000

// limiter grants each client so many requests a second, and more at once after a
// pause: a token bucket. It tells them of it in the RateLimit fields of
// draft-ietf-httpapi-ratelimit-headers.
type limiter struct {
	rate    float64 // requests a second; 0 grants any number
	burst   int     // at once
	trusted []netip.Prefix
	policy  string // the RateLimit-Policy field
	now     func() time.Time
	mu      sync.Mutex
	clients *simplelru.LRU[netip.Prefix, *rate.Limiter]
}

// newLimiter returns the limiter of the settings, which are valid.
func newLimiter(c config.Server) *limiter {
	l := &limiter{rate: c.RateLimit, burst: c.RateBurst, now: time.Now}
	if l.burst == 0 {
		l.burst = int(math.Ceil(10 * l.rate))
	}
	var err error
	if l.trusted, err = c.Proxies(); err != nil {
		panic(err) // Server.Valid reads them
	}
	if l.clients, err = simplelru.NewLRU[netip.Prefix, *rate.Limiter](maxClients, nil); err != nil {
		panic(err) // it only refuses sizes below 1
	}
	if l.rate > 0 {
		l.policy = fmt.Sprintf(`"client";q=%d;w=%d`, l.burst, seconds(float64(l.burst)/l.rate))
	}
	return l
}

// seconds rounds up, to one at least.
func seconds(s float64) int { return max(1, int(math.Ceil(s))) }

// limit refuses with 429 what is more than a client may ask. The state of the server
// is free.
func (s *server) limit(h http.Handler) http.Handler {
	l := s.limits
	if l.rate <= 0 {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/healthz", "/readyz", "/metrics":
			h.ServeHTTP(w, r)
			return
		}
		ok, tokens := l.take(l.client(r))
		w.Header().Set("RateLimit-Policy", l.policy)
		w.Header().Set("RateLimit", fmt.Sprintf(`"client";r=%d;t=%d`, max(0, int(tokens)), seconds((float64(l.burst)-tokens)/l.rate)))
		if !ok {
			wait := seconds((1 - tokens) / l.rate)
			w.Header().Set("Retry-After", strconv.Itoa(wait))
			s.writeProblem(w, r, newProblem(http.StatusTooManyRequests, "more than %g requests a second; try again in %d s", l.rate, wait))
			return
		}
		h.ServeHTTP(w, r)
	})
}

// take asks for one request of a client and returns what is left to it.
func (l *limiter) take(client netip.Prefix) (ok bool, left float64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	bucket, known := l.clients.Get(client)
	if !known {
		bucket = rate.NewLimiter(rate.Limit(l.rate), l.burst)
		l.clients.Add(client, bucket)
	}
	now := l.now()
	ok = bucket.AllowN(now, 1)
	return ok, bucket.TokensAt(now)
}

// client returns who sent r: the address of the connection or, if that is a trusted
// proxy's, the last one in X-Forwarded-For that is not. Of an IPv6 address the
// network counts, /64, since one client has all of it.
func (l *limiter) client(r *http.Request) netip.Prefix {
	var addr netip.Addr
	if at, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		addr = at.Addr().Unmap()
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && l.isTrusted(addr); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop.Unmap()
	}
	bits := 32
	if addr.Is6() {
		bits = 64
	}
	p, _ := addr.Prefix(bits) // the zero prefix for what is no address
	return p
}

func (l *limiter) isTrusted(addr netip.Addr) bool {
	for _, p := range l.trusted {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}
