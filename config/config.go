// Package config holds every setting of parley as a plain value, with its
// default and its check.
//
// [Read] merges the layers: defaults, then a file, then PARLEY_* variables, then
// flags; it refuses what it does not know or cannot read, and says which layer
// each value came from. The sections of a [Config] are handed to the packages
// they configure. The package knows nothing of what the settings do.
package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Config is every setting. The zero value is not ready to use; [Default] is.
type Config struct {
	Graph  Graph  `mapstructure:"graph"`
	Loader Loader `mapstructure:"loader"`
	Server Server `mapstructure:"server"`
	Log    Log    `mapstructure:"log"`
}

// Graph says where the graph is kept.
type Graph struct {
	URL string `mapstructure:"url"` // "memory:", "bolt:PATH" or "postgres://…"
}

// Loader configures the reading of articles. The zero value is ready to use.
type Loader struct {
	Workers       int           `mapstructure:"workers"`        // articles read at once; 0 means GOMAXPROCS
	MinConfidence float64       `mapstructure:"min_confidence"` // claims below this probability are left out, in [0, 1]; 0 keeps all
	Timeout       time.Duration `mapstructure:"timeout"`        // for each article; 0 means no limit
	MaxBytes      int           `mapstructure:"max_bytes"`      // size of the largest article that is read; 0 means 4 MiB
}

// Server configures the HTTP interface.
type Server struct {
	Addr           string        `mapstructure:"addr"`            // HOST:PORT to listen on
	RequestTimeout time.Duration `mapstructure:"request_timeout"` // for the work of one request; 0 means no limit
	ReadTimeout    time.Duration `mapstructure:"read_timeout"`    // for reading a request
	WriteTimeout   time.Duration `mapstructure:"write_timeout"`   // for writing an answer
	IdleTimeout    time.Duration `mapstructure:"idle_timeout"`    // for a connection without a request
	CacheBytes     int           `mapstructure:"cache_bytes"`     // for answers kept to be sent again; 0 keeps none
	DrainTimeout   time.Duration `mapstructure:"drain_timeout"`   // for requests under way when the server is told to stop
	PublicURL      string        `mapstructure:"public_url"`      // address by which others reach the server; "" is that of the request
	WholeText      bool          `mapstructure:"whole_text"`      // pages of articles show the whole text, not only quoted sentences
	RateLimit      float64       `mapstructure:"rate_limit"`      // requests a second that one client is granted; 0 means no limit
	RateBurst      int           `mapstructure:"rate_burst"`      // requests at once after a pause; 0 means ten seconds' worth
	TrustedProxies string        `mapstructure:"trusted_proxies"` // addresses and networks, with commas between, whose X-Forwarded-For is believed
	Metrics        bool          `mapstructure:"metrics"`         // serve /metrics
	FrameAncestors string        `mapstructure:"frame_ancestors"` // who may show an answer in a frame, as a Content-Security-Policy has it: "*", "'none'" or origins
}

// Log configures what is written to standard error.
type Log struct {
	Level  string `mapstructure:"level"`  // least level that is written: "debug", "info", "warn" or "error"
	Format string `mapstructure:"format"` // "text" or "json"
}

// Default returns the settings that hold where nothing else is said.
func Default() Config {
	return Config{
		Graph:  Graph{URL: "bolt:parley.bolt"},
		Loader: Loader{Timeout: time.Minute, MaxBytes: 4 << 20},
		Server: Server{
			Addr:           "localhost:8080",
			RequestTimeout: 10 * time.Second,
			ReadTimeout:    10 * time.Second,
			WriteTimeout:   time.Minute,
			IdleTimeout:    2 * time.Minute,
			CacheBytes:     64 << 20,
			DrainTimeout:   15 * time.Second,
			FrameAncestors: "*",
			Metrics:        true,
		},
		Log: Log{Level: "info", Format: "text"},
	}
}

// FieldError is a setting whose value is out of range.
type FieldError struct {
	Key   string // "loader.workers"
	Value string
	Want  string // "0 or more"
}

// Error returns key, value and what was wanted.
func (e *FieldError) Error() string {
	return fmt.Sprintf("%s is %q, want %s", e.Key, e.Value, e.Want)
}

// Valid reports the first setting of c that is out of range as a [FieldError].
func (c Config) Valid() error {
	for _, section := range []interface{ Valid() error }{c.Graph, c.Loader, c.Server, c.Log} {
		if err := section.Valid(); err != nil {
			return err
		}
	}
	return nil
}

// Valid reports the first field of g that is out of range.
func (g Graph) Valid() error {
	scheme, rest, _ := strings.Cut(g.URL, ":")
	switch scheme {
	case "memory":
		if rest == "" && strings.HasSuffix(g.URL, ":") {
			return nil
		}
	case "bolt":
		if rest != "" {
			return nil
		}
	case "postgres", "postgresql":
		if strings.HasPrefix(rest, "//") {
			return nil
		}
	}
	return &FieldError{"graph.url", g.URL, "memory:, bolt:PATH or postgres://USER@HOST/DATABASE"}
}

// Valid reports the first field of l that is out of range.
func (l Loader) Valid() error {
	switch {
	case l.Workers < 0 || l.Workers > 1024:
		return &FieldError{"loader.workers", fmt.Sprint(l.Workers), "0 to 1024"}
	case !(l.MinConfidence >= 0 && l.MinConfidence <= 1): // NaN is out of range too
		return &FieldError{"loader.min_confidence", fmt.Sprint(l.MinConfidence), "a value in [0, 1]"}
	case l.Timeout < 0:
		return &FieldError{"loader.timeout", l.Timeout.String(), "0s or more"}
	case l.MaxBytes < 0 || l.MaxBytes > 1<<30:
		return &FieldError{"loader.max_bytes", fmt.Sprint(l.MaxBytes), "0 to 1073741824"}
	}
	return nil
}

// Valid reports the first field of s that is out of range.
func (s Server) Valid() error {
	if _, _, err := net.SplitHostPort(s.Addr); err != nil {
		return &FieldError{"server.addr", s.Addr, "HOST:PORT"}
	}
	for _, d := range []struct {
		key   string
		value time.Duration
	}{
		{"server.request_timeout", s.RequestTimeout},
		{"server.read_timeout", s.ReadTimeout},
		{"server.write_timeout", s.WriteTimeout},
		{"server.idle_timeout", s.IdleTimeout},
		{"server.drain_timeout", s.DrainTimeout},
	} {
		if d.value < 0 {
			return &FieldError{d.key, d.value.String(), "0s or more"}
		}
	}
	if u, err := url.Parse(s.PublicURL); s.PublicURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return &FieldError{"server.public_url", s.PublicURL, "an http or https address"}
	}
	if strings.ContainsAny(s.FrameAncestors, ";,\r\n") {
		return &FieldError{"server.frame_ancestors", s.FrameAncestors, "*, 'none' or origins with spaces between"}
	}
	if !(s.RateLimit >= 0 && s.RateLimit <= 1e6) { // NaN is out of range too
		return &FieldError{"server.rate_limit", fmt.Sprint(s.RateLimit), "0 to 1000000 requests a second"}
	}
	if s.RateBurst < 0 {
		return &FieldError{"server.rate_burst", strconv.Itoa(s.RateBurst), "0 or more"}
	}
	if _, err := s.Proxies(); err != nil {
		return &FieldError{"server.trusted_proxies", s.TrustedProxies, "addresses or networks such as 10.0.0.0/8, with commas between"}
	}
	if s.CacheBytes < 0 {
		return &FieldError{"server.cache_bytes", strconv.Itoa(s.CacheBytes), "0 or more"}
	}
	return nil
}

// Proxies returns the trusted proxies as networks.
func (s Server) Proxies() ([]netip.Prefix, error) {
	var list []netip.Prefix
	for part := range strings.SplitSeq(s.TrustedProxies, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		p, err := netip.ParsePrefix(part)
		if err != nil {
			addr, err := netip.ParseAddr(part)
			if err != nil {
				return nil, err
			}
			p = netip.PrefixFrom(addr, addr.BitLen())
		}
		list = append(list, p)
	}
	return list, nil
}

// Valid reports the first field of l that is out of range.
func (l Log) Valid() error {
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, l.Level) {
		return &FieldError{"log.level", l.Level, "debug, info, warn or error"}
	}
	if l.Format != "text" && l.Format != "json" {
		return &FieldError{"log.format", l.Format, "text or json"}
	}
	return nil
}
