package web

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"parley/graph"
	"parley/graph/export"
)

// json is the format of an answer if nothing else is asked for. The others are
// those of package export.
const formatJSON export.Format = "json"

// wanted is what a request asks for besides its path.
type wanted struct {
	format export.Format // from the suffix of the path; "" if it has none
	url    *url.URL      // as the client sent it
}

type wantedKey struct{}

// suffixed takes a suffix that names a format off the path below /v1/, so that
// one route serves all formats. Slugs have no dots.
func suffixed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		want := wanted{url: r.URL}
		dot := strings.LastIndexByte(r.URL.Path, '.')
		if strings.HasPrefix(r.URL.Path, "/v1/") && dot > strings.LastIndexByte(r.URL.Path, '/') {
			f := export.Format(r.URL.Path[dot+1:])
			if _, ok := export.Find(f); ok || f == formatJSON {
				want.format = f
				cut := *r.URL
				cut.Path, cut.RawPath = r.URL.Path[:dot], ""
				r = r.Clone(r.Context())
				r.URL = &cut
			}
		}
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), wantedKey{}, want)))
	})
}

func wantedBy(r *http.Request) wanted {
	if want, ok := r.Context().Value(wantedKey{}).(wanted); ok {
		return want
	}
	return wanted{url: r.URL}
}

// formatOf returns the format that the path's suffix or the Accept header asks
// for, of those offered, the first being the usual one; a 406 if there is none.
func formatOf(r *http.Request, offered ...export.Format) (export.Format, error) {
	if f := wantedBy(r).format; f != "" {
		if slices.Contains(offered, f) {
			return f, nil
		}
		return "", newProblem(http.StatusNotAcceptable, "there is no .%s here, only %s", f, list(offered))
	}
	accept := r.Header.Values("Accept")
	if len(accept) == 0 {
		return offered[0], nil
	}
	best, bestQ, bestExact := export.Format(""), 0.0, false
	for _, f := range offered {
		if q, exact := quality(strings.Join(accept, ","), mediaType(f)); q > bestQ || q == bestQ && q > 0 && exact && !bestExact {
			best, bestQ, bestExact = f, q, exact
		}
	}
	if best == "" && strings.Contains(strings.Join(accept, ","), "text/html") {
		return offered[0], nil // a browser shows JSON
	}
	if best == "" {
		return "", newProblem(http.StatusNotAcceptable, "nothing here is %q; there is %s", strings.Join(accept, ", "), list(offered))
	}
	return best, nil
}

func list(formats []export.Format) string {
	var names []string
	for _, f := range formats {
		names = append(names, mediaType(f))
	}
	return strings.Join(names, ", ")
}

func mediaType(f export.Format) string {
	if info, ok := export.Find(f); ok {
		return info.MediaType
	}
	return "application/json"
}

// quality returns how much an Accept header likes a media type, from 0 to 1, by
// the most exact of its ranges, and whether that names it exactly.
func quality(accept, media string) (q float64, exact bool) {
	major, _, _ := strings.Cut(media, "/")
	best := -1
	for _, part := range strings.Split(accept, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		rank := slices.Index([]string{"*/*", major + "/*", media}, strings.ToLower(strings.TrimSpace(name)))
		if rank < 0 || rank <= best {
			continue
		}
		best, q = rank, 1
		for _, p := range strings.Split(parameters, ";") {
			if value, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(p)), "q="); ok {
				if f, err := strconv.ParseFloat(value, 64); err == nil && f >= 0 && f <= 1 {
					q = f
				}
			}
		}
	}
	return q, best == 2
}

// everyFormat lists JSON and all formats of package export.
func everyFormat() []export.Format {
	formats := []export.Format{formatJSON}
	for _, info := range export.Formats() {
		formats = append(formats, info.Format)
	}
	return formats
}

// resource is an answer that can be sent in any format.
type resource struct {
	name    string                  // of a file that it is saved in
	json    func(buf []byte) []byte // appends it
	claims  iter.Seq[*graph.Claim]  // what the other formats show
	next    string                  // token of the page that follows; "" if there is none
	present bool                    // it cannot be asked as of an earlier revision
}

// buffers are what answers are written to before they are sent.
var buffers = sync.Pool{New: func() any { return bytes.NewBuffer(make([]byte, 0, 64<<10)) }}

// send sends a resource in the format that the request asks for, or a 304.
func send(w http.ResponseWriter, r *http.Request, g *graph.Snapshot, res resource) error {
	f, err := formatOf(r, everyFormat()...)
	if err != nil {
		return err
	}
	if isFresh(w, r, g, f) {
		return nil
	}
	if res.next != "" {
		next := *wantedBy(r).url
		query := next.Query()
		query.Set("next", res.next)
		next.RawQuery = query.Encode()
		addLink(w, next.RequestURI(), "next")
	}
	link := ""
	if !res.present {
		link = permalink(r, g)
		addLink(w, link, "permalink")
	}
	if page := pageOf(wantedBy(r).url); page != "" {
		w.Header().Add("Link", "<"+page+`>; rel="alternate"; type="text/html"`)
	}
	body := buffers.Get().(*bytes.Buffer)
	defer func() {
		if body.Cap() <= maxCached { // the one that has grown, unless it is out of the ordinary
			buffers.Put(body)
		}
	}()
	body.Reset()
	if f == formatJSON {
		body = bytes.NewBuffer(res.json(body.AvailableBuffer()))
	} else if err := export.Write(body, f, g, res.claims, exportOptions); err != nil {
		return err
	}
	if err := r.Context().Err(); err != nil {
		return err
	}
	if f == formatJSON {
		text := body.Bytes()
		if link != "" {
			text = withPermalink(text, link)
		}
		return writeBytes(w, "application/json", text)
	}
	w.Header().Set("Content-Disposition", `inline; filename="`+res.name+"."+string(f)+`"`)
	return writeBytes(w, contentType(f), body.Bytes())
}

// exportOptions name the context that JSON-LD answers refer to by an address of this
// server, so that it need not be sent each time.
var exportOptions = export.Options{Context: "/v1/context.jsonld"}

// context answers GET /v1/context.jsonld with the JSON-LD context of all answers.
func (s *server) context(w http.ResponseWriter, r *http.Request) error {
	if _, err := parameters(r); err != nil {
		return err
	}
	if _, err := formatOf(r, export.JSONLD); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "public, max-age=86400")
	return writeBytes(w, mediaType(export.JSONLD), export.Context())
}

func contentType(f export.Format) string {
	if media := mediaType(f); strings.HasPrefix(media, "text/") {
		return media + "; charset=utf-8"
	}
	return mediaType(f)
}

// patient writes an answer that may take longer than the server's write timeout, as
// long as each piece of it does not.
type patient struct {
	http.ResponseWriter
	timeout time.Duration // 0 means no limit
}

// Write gives the client a new while and writes b.
func (p patient) Write(b []byte) (int, error) {
	if p.timeout > 0 {
		err := http.NewResponseController(p.ResponseWriter).SetWriteDeadline(time.Now().Add(p.timeout))
		if err != nil && !errors.Is(err, http.ErrNotSupported) {
			return 0, err
		}
	}
	return p.ResponseWriter.Write(b)
}

// export answers GET /v1/export with every claim of the graph, streamed for as long as
// the client reads it.
func (s *server) export(w http.ResponseWriter, r *http.Request) error {
	g, err := s.plain(r)
	if err != nil {
		return err
	}
	f, err := formatOf(r, everyFormat()[1:]...)
	if err != nil || isFresh(w, r, g, f) {
		return err
	}
	w.Header().Set("Content-Type", contentType(f))
	addLink(w, permalink(r, g), "permalink")
	w.Header().Set("Content-Disposition", `attachment; filename="parley.`+string(f)+`"`)
	if r.Method == http.MethodHead {
		return nil
	}
	if err := export.WriteAll(patient{w, s.writeTimeout}, f, g, exportOptions); err != nil {
		panic(http.ErrAbortHandler) // the connection breaks, so that what was sent does not look whole
	}
	return nil
}
