package config

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// kind is the type of a setting's value.
type kind uint8

const (
	text kind = iota
	integer
	number
	duration
	truth
)

// String returns what is wanted of a value of kind k.
func (k kind) String() string {
	return [...]string{"a text", "a whole number", "a number", "a duration such as 30s or 2m", "true or false"}[k]
}

// parse reads s as a value of kind k.
func (k kind) parse(s string) (any, error) {
	switch k {
	case integer:
		return strconv.Atoi(s)
	case number:
		f, err := strconv.ParseFloat(s, 64)
		if err == nil && (math.IsNaN(f) || math.IsInf(f, 0)) {
			return nil, strconv.ErrRange
		}
		return f, err
	case duration:
		return time.ParseDuration(s)
	case truth:
		return strconv.ParseBool(s)
	}
	return s, nil
}

// key is one setting: its name, and its value in a Config.
type key struct {
	name string
	kind kind
	of   func(Config) any
}

// keys returns every setting in the order it is printed.
func keys() []key {
	return []key{
		{"graph.url", text, func(c Config) any { return c.Graph.URL }},
		{"loader.workers", integer, func(c Config) any { return c.Loader.Workers }},
		{"loader.min_confidence", number, func(c Config) any { return c.Loader.MinConfidence }},
		{"loader.timeout", duration, func(c Config) any { return c.Loader.Timeout }},
		{"loader.max_bytes", integer, func(c Config) any { return c.Loader.MaxBytes }},
		{"server.addr", text, func(c Config) any { return c.Server.Addr }},
		{"server.request_timeout", duration, func(c Config) any { return c.Server.RequestTimeout }},
		{"server.read_timeout", duration, func(c Config) any { return c.Server.ReadTimeout }},
		{"server.write_timeout", duration, func(c Config) any { return c.Server.WriteTimeout }},
		{"server.idle_timeout", duration, func(c Config) any { return c.Server.IdleTimeout }},
		{"server.cache_bytes", integer, func(c Config) any { return c.Server.CacheBytes }},
		{"server.drain_timeout", duration, func(c Config) any { return c.Server.DrainTimeout }},
		{"server.public_url", text, func(c Config) any { return c.Server.PublicURL }},
		{"server.whole_text", truth, func(c Config) any { return c.Server.WholeText }},
		{"server.rate_limit", number, func(c Config) any { return c.Server.RateLimit }},
		{"server.rate_burst", integer, func(c Config) any { return c.Server.RateBurst }},
		{"server.trusted_proxies", text, func(c Config) any { return c.Server.TrustedProxies }},
		{"server.metrics", truth, func(c Config) any { return c.Server.Metrics }},
		{"server.frame_ancestors", text, func(c Config) any { return c.Server.FrameAncestors }},
		{"log.level", text, func(c Config) any { return c.Log.Level }},
		{"log.format", text, func(c Config) any { return c.Log.Format }},
	}
}

// Variable returns the environment variable that sets the key called name:
// PARLEY_LOADER_WORKERS for "loader.workers".
func Variable(name string) string {
	return "PARLEY_" + strings.ToUpper(strings.ReplaceAll(name, ".", "_"))
}

// findKey returns the key called name.
func findKey(name string) (key, bool) {
	ks := keys()
	i := slices.IndexFunc(ks, func(k key) bool { return k.name == name })
	if i < 0 {
		return key{}, false
	}
	return ks[i], true
}

// names lists the keys of a section, or of all sections if section is "".
func names(section string) string {
	var out []string
	for _, k := range keys() {
		s, rest, _ := strings.Cut(k.name, ".")
		switch {
		case section == s:
			out = append(out, rest)
		case section == "" && !slices.Contains(out, s):
			out = append(out, s)
		}
	}
	return oneOf(out)
}

// oneOf returns words as a list to choose from: "a, b or c".
func oneOf(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return fmt.Sprintf("%s or %s", strings.Join(words[:last], ", "), words[last])
}
