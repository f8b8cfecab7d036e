package web_test

import (
	"context"
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"parley/config"
	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
	"parley/queries/web"
)

// hostile is an article whose every text is an attack: markup, script addresses,
// controls of the direction of writing, a name of ten thousand characters.
func hostile() *graph.Extraction {
	name := `<img src=x onerror=alert(1)>` + "\u202e" + `"'><script>alert(2)</script>`
	return graphtest.NewReport("</title><script>alert(3)</script>", `"><svg onload=alert(4)>`, "2025-01-02", "javascript:alert(5)").
		Name("person/mallory", name, `</a><b onclick="alert(6)">`).
		Name("organisation/long", strings.Repeat("Lengthy ", 1250)).
		Name("agreement/pact", "{{.}} <script src=//evil.example/x.js></script>").
		Name("talks/evil", "talks <!-- ").
		Say(`Mallory said "</blockquote><script>alert(7)</script>" and signed {{template "main"}}.`,
			"person/mallory signed agreement/pact", "organisation/long signed agreement/pact denied by=person/mallory",
			"person/mallory leads organisation/long", "person/mallory mediated talks/evil on=2025-01", "talks/evil heldOn 2025-01",
			"person/mallory holdsPosition <script>alert(8)</script>", "organisation/long participatedIn talks/evil").
		Extraction()
}

func hostileGraph() *graph.Snapshot {
	return graph.NewSnapshot(7, append(graphtest.Reports(), hostile())...)
}

// parsed is a page as a browser would read it.
func parsed(t *testing.T, body string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// every calls visit for each element below n.
func every(n *html.Node, visit func(*html.Node)) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode {
			visit(d)
		}
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// crawl gets every page that can be reached by links from the addresses given, and
// looks at each.
func crawl(t *testing.T, h http.Handler, look func(address string, doc *html.Node), from ...string) map[string]bool {
	t.Helper()
	seen := make(map[string]bool)
	for queue := from; len(queue) > 0 && len(seen) < 300; queue = queue[1:] {
		address, _, _ := strings.Cut(queue[0], "#")
		if seen[address] || strings.HasPrefix(address, "/v1/export") || strings.Contains(address, "expand=") || strings.Contains(address, "collapse=") {
			continue
		}
		seen[address] = true
		w := do(h, "GET", address, "Accept", browser)
		if w.Code != 200 && w.Code != http.StatusSeeOther {
			t.Errorf("GET %s: %d, and a page links there", address, w.Code)
			continue
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		if w.Body.Len() > 150_000 && !strings.HasSuffix(strings.Split(address, "?")[0], ".html") {
			t.Errorf("GET %s: %d bytes, want less than 150 kB", address, w.Body.Len())
		}
		doc := parsed(t, w.Body.String())
		look(address, doc)
		every(doc, func(n *html.Node) {
			if link := attribute(n, "href"); n.Data == "a" && strings.HasPrefix(link, "/") {
				queue = append(queue, link)
			}
		})
	}
	return seen
}

// Every page that can be reached keeps the rules of all pages, though the graph
// holds an article that attacks them.
func TestPagesAreSafeAndWhole(t *testing.T) {
	h := web.New(fixed{hostileGraph()}, web.Options{Settings: config.Default().Server, Reader: anyReader{}})
	seen := crawl(t, h, func(address string, doc *html.Node) {
		heads, ids := 0, map[string]bool{}
		every(doc, func(n *html.Node) {
			switch n.Data {
			case "h1":
				heads++
			case "script":
				if src := attribute(n, "src"); !strings.HasPrefix(src, "/static/") || n.FirstChild != nil {
					t.Errorf("%s has a script that is not ours: %v", address, n.Attr)
				}
			case "img", "iframe", "object", "embed":
				t.Errorf("%s has the element %s, which no page of ours has", address, n.Data)
			}
			for _, a := range n.Attr {
				u, err := url.Parse(a.Val)
				switch {
				case strings.HasPrefix(a.Key, "on"), a.Key == "style":
					t.Errorf("%s: %s has the attribute %s", address, n.Data, a.Key)
				case (a.Key == "href" || a.Key == "src" || a.Key == "action") && (err != nil || !slices.Contains([]string{"", "http", "https"}, u.Scheme)):
					t.Errorf("%s: %s leads to %q", address, n.Data, a.Val)
				case a.Key == "id" && ids[a.Val]:
					t.Errorf("%s: the id %q is there twice", address, a.Val)
				case a.Key == "id":
					ids[a.Val] = true
				}
			}
		})
		if heads != 1 {
			t.Errorf("%s has %d headings of the first rank, want one", address, heads)
		}
		every(doc, func(n *html.Node) {
			if to := attribute(n, "for"); n.Data == "label" && !ids[to] {
				t.Errorf("%s: a label is for %q, which is not there", address, to)
			}
			if to := strings.TrimPrefix(attribute(n, "href"), "#"); strings.HasPrefix(attribute(n, "href"), "#") && !ids[to] {
				t.Errorf("%s: a link leads to #%s, which is not there", address, to)
			}
		})
	}, "/", "/things/person/mallory", "/things/agreement/pact", "/disputes", "/ask", "/ask?q=Who", "/about", "/search?q=mallory", "/questions/talks?view=places")
	for _, page := range []string{"/things/person/mallory", "/questions", "/things/talks/cairo-2025"} {
		if !seen[page] {
			t.Errorf("%s cannot be reached from the start page", page)
		}
	}
}

// anyReader reads every question as one for who mediated.
type anyReader struct{}

func (anyReader) Read(_ context.Context, q string) (graph.Pattern, error) {
	return graph.Pattern{Question: q, Form: graph.AsksThings, Hole: graph.Hole{Word: "who", Types: []graph.Type{graph.Person, graph.State}},
		Terms:  []graph.Term{{Kind: graph.HoleTerm}},
		Claims: []graph.ClaimPattern{{Subject: 0, Predicates: []graph.Predicate{graph.Mediated}, Object: -1}}}, nil
}

// A page tells a browser to load nothing from elsewhere, to run nothing inside it,
// and to tell no one where the reader came from; only the page made for it may be
// framed.
func TestPolicy(t *testing.T) {
	h := small()
	for address, ancestors := range map[string]string{"/": "'none'", "/things/state/finland": "'none'", "/nothing": "'none'", "/questions/talks/embed": "*"} {
		got := do(h, "GET", address, "Accept", browser).Header()
		policy := got.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors " + ancestors} {
			if !slices.Contains(strings.Split(policy, "; "), want) {
				t.Errorf("GET %s: policy %q lacks %q", address, policy, want)
			}
		}
		if strings.Contains(policy, "unsafe") || got.Get("Referrer-Policy") != "no-referrer" || got.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("GET %s: headers are %v", address, got)
		}
	}
	s := config.Default().Server
	s.FrameAncestors = "https://news.example"
	h = web.New(fixed{hostileGraph()}, web.Options{Settings: s})
	if got := do(h, "GET", "/questions/talks/embed").Header().Get("Content-Security-Policy"); !strings.HasSuffix(got, "frame-ancestors https://news.example") {
		t.Errorf("with the setting frame_ancestors, the policy is %q", got)
	}
}

// What a page says, as a reader would find it.
func TestPagesSay(t *testing.T) {
	h := web.New(fixed{hostileGraph()}, web.Options{Settings: config.Default().Server, Reader: anyReader{}})
	report := graphtest.Reports()[0]
	tests := []struct {
		name, address string
		says          []string
		not           []string
	}{
		{"start", "/", []string{"Latest talks", "talks in Cairo, November 2025", "Newest articles", "No word from Cairo", "24 November 2025", "Most active mediators", "Martti Ahtisaari"}, nil},
		{"thing", "/things/person/martti-ahtisaari", []string{"Posts", "former president", "Mediated", "talks in Helsinki, January 2005", "Martti Ahtisaari, the former president, mediated.", "Nordic Wire", "28 January 2005", "says Indonesia", "70%"}, nil},
		{"months stay months", "/things/talks/cairo-2025", []string{"November 2025", "was held in"}, []string{"1 November 2025"}},
		{"event", "/things/talks/cairo-2025", []string{"Mediators", "Egypt", "Participants", "Hamas", "Where", "Cairo", "Outcome", "collapsed", "What is disputed", "Asserted", "Denied"}, nil},
		{"proposal", "/things/proposal/us-plan", []string{"Proposers", "United States", "Addressees", "Rejected by", "Hamas"}, nil},
		{"article", "/articles/" + report.Article.ID.Slug(), []string{"Only the sentences that claims rest on are shown", "Finland hosted talks", "possible", "Read it at the publisher’s"}, nil},
		{"claim", "/" + strings.Replace(string(report.Claims[0].ID), "claim/", "claims/", 1), []string{"Finland hosted talks in Helsinki, January 2005", "in January 2005", "How it was read", "Confidence"}, nil},
		{"question", "/questions/mediations?party=GAM", []string{"1 answer", "is taken for", "Free Aceh Movement", "Martti Ahtisaari", "Save as one HTML file", "Feed of new answers"}, nil},
		{"planned apart", "/questions/mediations?mediator=US", []string{"No answer in the graph", "Denied, planned, conditional or possible", "planned"}, nil},
		{"timeline", "/questions/agreements?view=timeline", []string{"15 August 2005", "Helsinki memorandum"}, nil},
		{"places", "/questions/talks?view=places", []string{"no coordinates", "Egypt", "Cairo", "Not said to lie anywhere", "Helsinki"}, nil},
		{"disputes", "/disputes", []string{"Egypt mediated talks in Cairo", "Asserted", "Denied", "says Egypt"}, nil},
		{"search", "/search?q=Filnand", []string{"Finland", "state"}, nil},
		{"search finds sentences", "/search?q=broke+down", []string{"1 sentence that claims rest on has these words", "The talks broke down."}, nil},
		{"search bears signs", "/search?q=%22%2B-%28", []string{"Nothing in the graph"}, nil},
		{"search finds questions", "/search?q=mediated", []string{"Who mediated which talks and agreements?"}, nil},
		{"about", "/about", []string{"How claims are read", "precision", "What is not covered", "mediated"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := do(h, "GET", tt.address, "Accept", browser)
			text := textOf(parsed(t, w.Body.String()))
			for _, want := range tt.says {
				if !strings.Contains(text, want) {
					t.Errorf("GET %s: %d, and nothing says %q in\n%s", tt.address, w.Code, want, text)
				}
			}
			for _, bad := range tt.not {
				if strings.Contains(text, bad) {
					t.Errorf("GET %s says %q", tt.address, bad)
				}
			}
		})
	}
}

// What is cited stays: the address says the revision, and a page of an earlier one
// says so and leads to the present.
func TestCitation(t *testing.T) {
	h := small()
	for _, address := range []string{"/things/state/finland", "/questions/talks?place=Helsinki", "/articles/" + graphtest.Reports()[0].Article.ID.Slug()} {
		w := do(h, "GET", address, "Accept", browser)
		cited := ""
		every(parsed(t, w.Body.String()), func(n *html.Node) {
			if attribute(n, "rel") == "bookmark" {
				cited = attribute(n, "href")
			}
		})
		if !strings.Contains(cited, "as_of=4") {
			t.Errorf("%s is cited as %q, want the revision in it", address, cited)
			continue
		}
		text := textOf(parsed(t, do(h, "GET", cited, "Accept", browser).Body.String()))
		if !strings.Contains(text, "This is how it stood at revision 4 of the graph. See it as it is now") {
			t.Errorf("%s does not say that it is of an earlier revision:\n%s", cited, text)
		}
	}
	if w := do(h, "GET", "/things/state/finland?as_of=9", "Accept", browser); w.Code != 400 {
		t.Errorf("a revision to come: %d, want 400", w.Code)
	}
}

// emptyReader understands nothing.
type emptyReader struct{}

func (emptyReader) Read(_ context.Context, q string) (graph.Pattern, error) {
	return graph.Pattern{Question: q}, nil
}

// A question in English is shown as it was read, with its answer and the quotes,
// or with the words that there is none.
func TestAskPage(t *testing.T) {
	aceh := fixed{graph.NewSnapshot(2, graphtest.Reports()[:2]...)}
	for _, tt := range []struct {
		name   string
		graph  fixed
		reader web.Reader
		says   []string
	}{
		{"answered", aceh, anyReader{}, []string{"Read as: [who] mediated", "Martti Ahtisaari person", "Martti Ahtisaari, the former president, mediated.", "Others that are answered", "Who mediated the talks"}},
		{"told differently", fixed{hostileGraph()}, anyReader{}, []string{"answer differently", "No sure answer"}},
		{"not understood", aceh, emptyReader{}, []string{"That question was not understood", "No answer is better than a wrong one", "Who mediated the talks between Chile and Argentina?"}},
		{"nobody to read it", aceh, nil, []string{"does not read questions in English"}},
	} {
		h := web.New(tt.graph, web.Options{Reader: tt.reader})
		text := textOf(parsed(t, do(h, "GET", "/ask?q=Who+mediated+it%3F", "Accept", browser).Body.String()))
		for _, want := range tt.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: nothing says %q in\n%s", tt.name, want, text)
			}
		}
	}
}

// textOf returns what is read of a page, with one space between words.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// A form is filled in and sent without JavaScript: its fields are the parameters,
// those left empty are no error, and what was typed is still there.
func TestFormsWithoutJavaScript(t *testing.T) {
	h := small()
	w := do(h, "GET", "/questions/mediations?mediator=&mediator=Qatar&party=&since=", "Accept", browser)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/questions/mediations?mediator=Qatar" {
		t.Fatalf("a form with empty fields: %d to %q", w.Code, w.Header().Get("Location"))
	}
	doc := parsed(t, do(h, "GET", w.Header().Get("Location"), "Accept", browser).Body.String())
	fields := map[string]string{}
	every(doc, func(n *html.Node) {
		if name := attribute(n, "name"); n.Data == "input" && name != "q" && name != "back" && attribute(n, "value") != "" {
			fields[name] = attribute(n, "value")
		}
	})
	if len(fields) != 1 || fields["mediator"] != "Qatar" {
		t.Errorf("fields with values are %v, want the mediator", fields)
	}
	for _, q := range queries.Catalogue() {
		doc := parsed(t, do(h, "GET", "/questions/"+q.Name, "Accept", browser).Body.String())
		names := map[string]bool{}
		every(doc, func(n *html.Node) {
			if n.Data == "input" || n.Data == "select" {
				names[attribute(n, "name")] = true
			}
		})
		for _, p := range q.Parameters {
			if !names[p.Name] && p.Name != "next" {
				t.Errorf("the form of %s has no field for %s", q.Name, p.Name)
			}
		}
	}
	w = do(h, "GET", "/questions/talks?since=never", "Accept", browser)
	if w.Code != 400 || !strings.Contains(w.Body.String(), `value="never"`) || !strings.Contains(textOf(parsed(t, w.Body.String())), "want a date like 2005") {
		t.Errorf("a wrong date: %d\n%s", w.Code, w.Body)
	}
}

// The data behind a page is named in its head and its headers, and is there.
func TestAlternates(t *testing.T) {
	h := small()
	for _, address := range []string{"/things/state/finland", "/questions/talks?place=Helsinki", "/articles/" + graphtest.Reports()[0].Article.ID.Slug()} {
		w := do(h, "GET", address, "Accept", browser)
		links := 0
		every(parsed(t, w.Body.String()), func(n *html.Node) {
			if n.Data != "link" || attribute(n, "rel") != "alternate" {
				return
			}
			links++
			got := do(h, "GET", attribute(n, "href"))
			if media, _, _ := strings.Cut(got.Header().Get("Content-Type"), ";"); got.Code != 200 || media != attribute(n, "type") {
				t.Errorf("%s names %s of type %s: %d %s", address, attribute(n, "href"), attribute(n, "type"), got.Code, media)
			}
			if !slices.ContainsFunc(w.Header().Values("Link"), func(l string) bool { return strings.Contains(l, "<"+attribute(n, "href")+">") }) {
				t.Errorf("%s has no Link header for %s", address, attribute(n, "href"))
			}
		})
		if links < 11 {
			t.Errorf("%s names %d other forms, want all formats", address, links)
		}
	}
}

// The feed is Atom as RFC 4287 has it: newest claims first, each with an id of its
// own that stays.
func TestFeed(t *testing.T) {
	h := small()
	w := do(h, "GET", "/questions/mediations.atom?party=Free+Aceh+Movement")
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Updated string   `xml:"updated"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Content string `xml:"content"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &feed); err != nil {
		t.Fatalf("%v\n%s", err, w.Body)
	}
	if len(feed.Entries) < 3 || feed.Updated != "2005-08-16T00:00:00Z" || feed.Entries[0].Updated != feed.Updated {
		t.Fatalf("feed is %+v", feed)
	}
	ids := map[string]bool{}
	for i, e := range feed.Entries {
		if ids[e.ID] || !strings.HasPrefix(e.ID, "http://example.com/claims/") || e.Title == "" || !strings.Contains(e.Content, "“") {
			t.Errorf("entry %d is %+v", i, e)
		}
		ids[e.ID] = true
		if i > 0 && e.Updated > feed.Entries[i-1].Updated {
			t.Errorf("entry %d is newer than the one before it", i)
		}
	}
	s := config.Default().Server
	s.PublicURL = "https://parley.news.example/"
	h = web.New(fixed{hostileGraph()}, web.Options{Settings: s})
	if got := do(h, "GET", "/questions/agreements.atom"); xml.Unmarshal(got.Body.Bytes(), &feed) != nil || !strings.HasPrefix(feed.ID, "https://parley.news.example/questions/") {
		t.Errorf("with the setting public_url, the feed is %s", got.Body)
	}
}

// A file that is kept has its style and its quotes inside and loads nothing.
func TestFile(t *testing.T) {
	h := web.New(fixed{hostileGraph()}, web.Options{Settings: config.Default().Server})
	w := do(h, "GET", "/questions/agreements.html")
	doc := parsed(t, w.Body.String())
	every(doc, func(n *html.Node) {
		switch {
		case n.Data == "script" || n.Data == "link" || n.Data == "img" || attribute(n, "src") != "":
			t.Errorf("the file has %s %v", n.Data, n.Attr)
		case n.Data == "style" && !strings.Contains(n.FirstChild.Data, "--accent"):
			t.Errorf("the style is %.80s", n.FirstChild.Data)
		}
	})
	if text := textOf(doc); !strings.Contains(text, "signed the Helsinki memorandum of understanding on 15 August 2005") {
		t.Errorf("the file lacks the quote:\n%s", text)
	}
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="agreements.html"` {
		t.Errorf("the file is sent as %q", got)
	}
}

// The whole text of an article is shown only where the settings allow it.
func TestWholeText(t *testing.T) {
	x := graphtest.NewReport("A title", "Wire", "2025-01-01", "").
		Say("Nothing rests on this sentence.").Say("Finland hosted talks.", "state/finland hosted talks/t").Say("Nor on this.").Extraction()
	g := fixed{graph.NewSnapshot(1, x)}
	address := "/articles/" + x.Article.ID.Slug()
	if text := textOf(parsed(t, do(web.New(g, web.Options{}), "GET", address).Body.String())); strings.Contains(text, "Nothing rests") || !strings.Contains(text, "Finland hosted talks.") {
		t.Errorf("without the setting, the page says\n%s", text)
	}
	whole := web.New(g, web.Options{Texts: oneText{x.Article}})
	if text := textOf(parsed(t, do(whole, "GET", address).Body.String())); !strings.Contains(text, "Nothing rests on this sentence. Finland hosted talks.") || !strings.Contains(text, "Nor on this.") {
		t.Errorf("with the setting, the page says\n%s", text)
	}
}

type oneText struct{ a graph.Article }

func (o oneText) Article(context.Context, graph.ID) (graph.Article, error) { return o.a, nil }
