package web

import (
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/gorilla/handlers"
	"github.com/gorilla/mux"

	"parley/config"
	"parley/graph"
	"parley/queries/search"
)

// Graph is where the handler gets the graph from, anew for each request.
type Graph interface {
	// Snapshot returns the graph as it is now, or nil if it is still being read.
	Snapshot() *graph.Snapshot
}

// Options are what the handler can be told. The zero value is ready to use.
type Options struct {
	Settings config.Server // RequestTimeout bounds the work of one request; 0 means no limit
	Log      *slog.Logger  // of requests and of errors that are not the client's; nil for none
	Reader   Reader        // of questions in English; nil if none are taken
	Texts    Texts         // of articles, for showing them whole; nil to show quoted sentences only
	Index    *search.Index // of names and sentences; nil for one that is made when it is first searched
	Version  string        // of the program, shown in the description; "" is "dev"
}

// The bounds of a request.
const (
	maxURL    = 8 << 10  // bytes
	maxHeader = 32 << 10 // bytes
)

// server is what the handler was made with.
type server struct {
	index        *search.Index
	graph        Graph
	reader       Reader
	texts        Texts
	publicURL    string
	ancestors    string        // who may show an answer in a frame
	timeout      time.Duration // of the work of one request
	writeTimeout time.Duration // of a piece of an export
	log          *slog.Logger
	version      string
	answers      *cache
	limits       *limiter
	metrics      *metrics // nil if they are not served
}

// New returns the handler of the whole interface.
func New(g Graph, o Options) http.Handler {
	s := &server{graph: g, index: o.Index, reader: o.Reader, texts: o.Texts, timeout: o.Settings.RequestTimeout, writeTimeout: o.Settings.WriteTimeout, log: o.Log, version: o.Version,
		publicURL: o.Settings.PublicURL, ancestors: cmp.Or(o.Settings.FrameAncestors, "*"), answers: newCache(o.Settings.CacheBytes), limits: newLimiter(o.Settings)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.index == nil {
		s.index = search.New()
	}
	if s.version == "" {
		s.version = "dev"
	}
	if o.Settings.Metrics {
		s.metrics = newMetrics(s)
	}
	cors := handlers.CORS(
		handlers.AllowedOrigins([]string{"*"}),
		handlers.AllowedMethods([]string{http.MethodGet, http.MethodHead}),
		handlers.AllowedHeaders([]string{"Accept", "If-None-Match", "X-Request-Id"}),
		handlers.ExposedHeaders([]string{"ETag", "Link", "X-Request-Id", "Content-Disposition", "RateLimit", "RateLimit-Policy", "Retry-After"}),
		handlers.MaxAge(600))
	compress := func(h http.Handler) http.Handler { return handlers.CompressHandlerLevel(h, gzip.BestSpeed) }
	routes := s.routes()
	if s.metrics != nil {
		s.metrics.know(routes)
	}
	return s.observe(cors(s.limit(s.keep(compress(suffixed(routes))))))
}

// routes is the whole interface.
func (s *server) routes() *mux.Router {
	r := mux.NewRouter()
	r.UseEncodedPath()
	get := func(path string, h handler) { r.Handle(path, s.handle(h)).Methods(http.MethodGet, http.MethodHead) }
	s.pageRoutes(get)
	get("/healthz", s.health)
	get("/readyz", s.ready)
	get("/metrics", s.serveMetrics)
	get("/openapi.json", s.openAPI)
	get("/v1/questions", s.questions)
	get("/v1/questions/{name}", s.question)
	get("/v1/ask", s.askEnglish)
	get("/v1/things/{type}/{slug}", s.thing)
	get("/v1/things/{type}/{slug}/{list:claims|neighbours|timeline}", s.thingList)
	get("/v1/claims/{slug}", s.claim)
	get("/v1/articles/{slug}", s.article)
	get("/v1/paths", s.paths)
	get("/v1/subgraph", s.subgraph)
	get("/v1/centrality", s.centrality)
	get("/v1/{search:search|suggest}", s.search)
	get("/v1/quotes", s.quotes)
	get("/v1/stats", s.stats)
	get("/v1/export", s.export)
	get("/v1/context", s.context)
	r.NotFoundHandler = s.handle(s.notFound)
	r.MethodNotAllowedHandler = s.handle(s.notAllowed)
	return r
}

// pageRoutes are the pages that people read; see doc/pages.md.
func (s *server) pageRoutes(get func(path string, h handler)) {
	get("/", s.home)
	get("/search", s.searchPage)
	get("/ask", s.askPage)
	get("/questions", s.questionsPage)
	get("/questions/{name:[a-z-]+}", s.questionPage)
	get("/questions/{name:[a-z-]+}.atom", s.questionFeed)
	get("/questions/{name:[a-z-]+}.html", s.questionFile)
	get("/questions/{name:[a-z-]+}/embed", s.questionEmbed)
	get("/disputes", s.disputesPage)
	get("/things/{type}/{slug}", s.thingPage)
	get("/articles/{slug}", s.articlePage)
	get("/claims/{slug}", s.claimPage)
	get("/about", s.aboutPage)
	get("/graph", s.graphPage)
	get("/graph.{format}", s.graphFile)
	get("/theme", s.chooseTheme)
	get("/static/{version}/{file}", s.static)
}

// Serve answers requests on ln with h until ctx ends; it then takes no more,
// lets those under way finish for as long as the drain timeout allows, and
// returns nil if they did.
func Serve(ctx context.Context, ln net.Listener, h http.Handler, o Options) error {
	c := o.Settings
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: c.ReadTimeout,
		ReadTimeout:       c.ReadTimeout,
		WriteTimeout:      c.WriteTimeout,
		IdleTimeout:       c.IdleTimeout,
		MaxHeaderBytes:    maxHeader,
	}
	if o.Log != nil {
		srv.ErrorLog = slog.NewLogLogger(o.Log.Handler(), slog.LevelWarn)
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.DrainTimeout)
	defer cancel()
	err := srv.Shutdown(drain)
	if err != nil {
		srv.Close()
		err = fmt.Errorf("serve %s: requests still under way after %s: %w", ln.Addr(), c.DrainTimeout, err)
	}
	if serveErr := <-failed; err == nil && !errors.Is(serveErr, http.ErrServerClosed) {
		err = serveErr
	}
	return err
}
