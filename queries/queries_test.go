package queries_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"parley/graph"
	"parley/graph/graphtest"
	"parley/queries"
)

func small() *graph.Snapshot { return graph.NewSnapshot(4, graphtest.Reports()...) }

func run(t *testing.T, s *graph.Snapshot, question string) *queries.Answer {
	t.Helper()
	name, query, _ := strings.Cut(question, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	a, err := queries.Run(t.Context(), s, name, values)
	if err != nil {
		t.Fatalf("%s: %v", question, err)
	}
	return a
}

// brief returns each row as "thing: role=value,value; …", rows apart behind "apart ".
func brief(a *queries.Answer) []string {
	s := a.Snapshot()
	show := func(n graph.Node, o graph.Object) string {
		if n == graph.NoNode {
			return o.Value
		}
		return s.ID(n).Slug()
	}
	var lines []string
	for i, rows := range [][]queries.Row{a.Rows, a.Apart} {
		for _, r := range rows {
			line := s.ID(r.Thing).Slug()
			if i == 1 {
				line = "apart " + line
			}
			if r.Object != nil {
				line += fmt.Sprint(" ", r.Predicate, " ", show(r.Object.Node, r.Object.Literal))
			}
			for _, c := range r.Counts {
				line += fmt.Sprintf(" %s=%d", c.Name, c.N)
			}
			for _, role := range r.Roles {
				var names []string
				for _, v := range role.Values {
					names = append(names, show(v.Node, v.Literal))
				}
				line += " " + role.Name + "=" + strings.Join(names, ",")
			}
			lines = append(lines, line)
		}
	}
	return lines
}

func TestQuestions(t *testing.T) {
	const (
		aceh  = "helsinki-2005 mediators=martti-ahtisaari participants=free-aceh-movement,indonesia hosts=finland places=helsinki dates=2005-01-27 agreements=helsinki-memorandum"
		cairo = "cairo-2025 mediators=egypt,qatari-mediators participants=hamas,israel places=cairo dates=2025-11 outcomes=collapsed"
		round = "apart second-round"
	)
	tests := []struct {
		question string
		want     []string
	}{
		{"mediations", []string{cairo, aceh, round}},
		{"mediations?sort=-id", []string{aceh, cairo, round}},
		{"mediations?sort=date", []string{aceh, cairo, round}},
		{"mediations?sort=-label", []string{aceh, cairo, round}},
		{"mediations?mediator=ahtisaari", []string{aceh}},
		{"mediations?mediator=Egypt", []string{cairo}},
		{"mediations?mediator=qatar", []string{cairo}}, // through the Group on its side
		{"mediations?mediator=US", []string{round}},
		{"mediations?mediator=Egypt&mediator=Qatar", []string{cairo}},
		{"mediations?mediator=Egypt&mediator=Finland", nil},
		{"mediations?party=GAM&party=state/indonesia", []string{aceh}},
		{"mediations?place=Cairo", []string{cairo}},
		{"mediations?place=Egypt", []string{cairo}}, // Cairo lies in Egypt
		{"mediations?since=2005-02&until=2026", []string{cairo}},
		{"mediations?until=2005-01", []string{aceh}},
		{"mediations?published_until=2005-12-31&outlet=jakarta+post", []string{"helsinki-2005 mediators=martti-ahtisaari agreements=helsinki-memorandum"}},
		{"mediations?speaker=Indonesia", []string{"helsinki-2005 mediators=martti-ahtisaari"}},
		{"mediations?min_confidence=0.95", nil},
		{"mediations?polarity=denied", []string{"cairo-2025 mediators=egypt participants=israel"}},
		{"mediations?modality=planned", []string{"second-round mediators=united-states"}},
		{"mediations?outcome=collapsed", []string{cairo}},
		{"mediations?mediator=Atlantis", nil},
		{"talks?party=israel", []string{"cairo-2025 participants=hamas,israel mediators=egypt,qatari-mediators places=cairo dates=2025-11 outcomes=collapsed"}},
		{"agreements", []string{"helsinki-memorandum signatories=free-aceh-movement,indonesia dates=2005-08-15 talks=helsinki-2005"}},
		{"proposals?party=Hamas", []string{"us-plan proposers=united-states addressees=hamas rejected_by=hamas"}},
		{"about?thing=hamas", []string{"hamas participatedIn cairo-2025", "hamas rejected us-plan", "us-plan proposedTo hamas", "hamas accused israel"}},
		{"about?thing=hamas&predicate=accused&predicate=rejected", []string{"hamas rejected us-plan", "hamas accused israel"}},
		{"about?thing=hamas&type=State", []string{"hamas accused israel"}},
		{"timeline?thing=indonesia", []string{"indonesia participatedIn helsinki-2005", "free-aceh-movement metWith indonesia", "indonesia signed helsinki-memorandum"}},
		{"neighbours?thing=indonesia", []string{"helsinki-memorandum signed=1", "free-aceh-movement metWith=1", "helsinki-2005 participatedIn=1"}},
		{"neighbours?thing=talks/cairo-2025&type=State", []string{"egypt mediated=1", "israel participatedIn=1"}},
		{"positions?actor=ahtisaari", []string{"martti-ahtisaari holdsPosition former president articles=1 outlets=1"}},
		{"positions", []string{"martti-ahtisaari holdsPosition former president articles=1 outlets=1"}},
		{"memberships?actor=Qatar", []string{"qatari-mediators partOf qatar articles=1 outlets=1"}},
		{"meetings", []string{"free-aceh-movement metWith indonesia articles=1 outlets=1 when=2005-07"}},
		{"meetings?actor=GAM&actor=indonesia", []string{"free-aceh-movement metWith indonesia articles=1 outlets=1 when=2005-07"}},
		{"meetings?actor=GAM&actor=finland", nil},
		{"mediators?party=hamas&sort=label", []string{"egypt talks=1 agreements=0 outcome_collapsed=1 mediated=cairo-2025",
			"qatari-mediators talks=1 agreements=0 outcome_collapsed=1 mediated=cairo-2025"}},
		{"statements?actor=Egypt", []string{"apart egypt mediated cairo-2025 articles=0 outlets=0"}},
		{"statements?actor=Hamas", []string{"hamas rejected us-plan articles=1 outlets=1", "hamas accused israel articles=1 outlets=1"}},
		{"statements?actor=Indonesia", []string{"martti-ahtisaari mediated helsinki-2005 articles=1 outlets=1 said_by=indonesia"}},
		{"disputes", []string{"egypt mediated cairo-2025 asserted_by_outlets=1 denied_by_outlets=1", "israel participatedIn cairo-2025 asserted_by_outlets=1 denied_by_outlets=1"}},
		{"disputes?actor=israel", []string{"israel participatedIn cairo-2025 asserted_by_outlets=1 denied_by_outlets=1"}},
		{"disputes?thing=talks/helsinki-2005", nil},
		{"evolution?thing=talks/helsinki-2005&until=2004", nil},
		{"evolution?thing=talks/helsinki-2005&since=2005-03", []string{"helsinki-memorandum signedOn 2005-08-15",
			"helsinki-2005 ledTo helsinki-memorandum", "free-aceh-movement signed helsinki-memorandum", "indonesia signed helsinki-memorandum"}},
		{"common?thing=indonesia&with=finland", []string{"helsinki-2005 thing=indonesia with=finland"}},
		{"common?thing=egypt&with=israel&type=Talks", []string{"cairo-2025 thing=egypt with=israel"}},
		{"about?thing=egypt&with=talks/cairo-2025", []string{"egypt mediated cairo-2025"}},
	}
	s := small()
	for _, tt := range tests {
		t.Run(tt.question, func(t *testing.T) {
			a := run(t, s, tt.question)
			if got := brief(a); !slices.Equal(got, tt.want) {
				t.Errorf("%s\n got %q\nwant %q", tt.question, got, tt.want)
			}
			if a.Total != len(a.Rows) || a.ApartAll != len(a.Apart) || a.Truncated {
				t.Errorf("%s: total %d, %d apart, truncated %v, for %d and %d rows", tt.question, a.Total, a.ApartAll, a.Truncated, len(a.Rows), len(a.Apart))
			}
		})
	}
}

// Whatever is shown can be traced: every row has a claim, every claim a quote and
// an article, and every value names claims that the row shows.
func TestEvidence(t *testing.T) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(300, 7))...)
	for _, q := range queries.Catalogue() {
		values, _ := url.ParseQuery(strings.Join(q.Example, "&"))
		if values.Has("thing") {
			values.Set("thing", string(s.ID(s.Nodes(graph.State)[0])))
		}
		for _, name := range []string{"with", "talks", "mediator", "party", "actor", "to", "from"} {
			if values.Has(name) {
				values.Del(name)
			}
		}
		a, err := queries.Run(t.Context(), s, q.Name, values)
		if err != nil {
			continue // an example that needs what was taken away; the documentation's test asks it
		}
		for _, r := range slices.Concat(a.Rows, a.Apart) {
			shown := map[graph.ID]bool{}
			for _, e := range slices.Concat(r.Claims, r.Apart) {
				shown[s.ClaimOf(e).ID] = true
				if s.ClaimOf(e).Evidence.Quote == "" || s.ArticleOf(e).Title == "" {
					t.Errorf("%s: claim %s of row %s has no quote or no article", q.Name, s.ClaimOf(e).ID, s.ID(r.Thing))
				}
			}
			if len(shown) == 0 {
				t.Errorf("%s: row %s has no claim", q.Name, s.ID(r.Thing))
			}
			for _, role := range r.Roles {
				for _, v := range role.Values {
					for _, e := range v.Claims {
						if !shown[s.ClaimOf(e).ID] {
							t.Errorf("%s: row %s does not show claim %s of its %s", q.Name, s.ID(r.Thing), s.ClaimOf(e).ID, role.Name)
						}
					}
				}
			}
		}
	}
}

// Page by page gives what all at once gives, under every order, and no page
// repeats or leaves out a row.
func TestPages(t *testing.T) {
	s := graph.NewSnapshot(1, slices.Collect(graphtest.Synthetic(300, 7))...)
	about := "about?thing=" + string(s.ID(s.Nodes(graph.State)[0]))
	for _, question := range []string{"talks?", "mediations?", about} {
		for _, sort := range []string{"id", "-id", "label", "-label", "date", "-date", "claims", "-claims"} {
			q := question + "&sort=" + sort
			want := brief(run(t, s, q+"&limit=1000"))
			var got []string
			for next := ""; ; {
				a := run(t, s, q+"&limit=7&next="+next)
				page := *a
				page.Apart = nil
				got = append(got, brief(&page)...)
				if next = a.Next; !a.Truncated {
					break
				}
				if a.Total < len(got) {
					t.Fatalf("%s: total is %d after %d rows", q, a.Total, len(got))
				}
			}
			want = slices.DeleteFunc(want, func(line string) bool { return strings.HasPrefix(line, "apart ") })
			if !slices.Equal(got, want) {
				t.Errorf("%s: %d rows in pages, %d at once, or another order", q, len(got), len(want))
			}
		}
	}
}

func TestPaths(t *testing.T) {
	tests := []struct {
		question string
		want     []string
	}{
		{"paths?from=finland&to=ahtisaari", []string{"finland helsinki-2005 martti-ahtisaari"}},
		{"paths?from=indonesia&to=GAM&limit=2", []string{"indonesia free-aceh-movement", "indonesia helsinki-memorandum free-aceh-movement"}},
		{"paths?from=indonesia&to=GAM&max_hops=1", []string{"indonesia free-aceh-movement"}},
		{"paths?from=state/united-states&to=state/egypt", []string{"united-states us-plan hamas cairo-2025 egypt"}},
		{"paths?from=US&to=Egypt&max_hops=3", nil},
		{"paths?from=finland&to=egypt", nil},
	}
	s := small()
	for _, tt := range tests {
		a := run(t, s, tt.question)
		var got []string
		for _, r := range a.Rows {
			line := s.ID(r.Steps[0].From).Slug()
			for _, st := range r.Steps {
				line += " " + s.ID(st.To).Slug()
				if len(st.Claims) == 0 {
					t.Errorf("%s: no evidence for a hop", tt.question)
				}
				for _, e := range st.Claims {
					if c := s.ClaimOf(e); !c.IsFact() {
						t.Errorf("%s: claim %s is no fact", tt.question, c.ID)
					}
				}
			}
			got = append(got, line)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s\n got %q\nwant %q", tt.question, got, tt.want)
		}
	}
}

func TestParameters(t *testing.T) {
	tests := []struct{ question, name string }{
		{"mediations?colour=red", "colour"},
		{"mediations?since=yesterday", "since"},
		{"mediations?since=2005-13", "since"},
		{"mediations?limit=0", "limit"},
		{"mediations?limit=1001", "limit"},
		{"mediations?limit=1&limit=2", "limit"},
		{"mediations?min_confidence=NaN", "min_confidence"},
		{"mediations?polarity=perhaps", "polarity"},
		{"mediations?sort=height", "sort"},
		{"mediations?facets=height", "facets"},
		{"mediations?next=zzz", "next"},
		{"mediations?mediator=", "mediator"},
		{"about", "thing"},
		{"about?thing=Egypt&type=Thing", "type"},
		{"about?thing=" + strings.Repeat("x", 501), "thing"},
	}
	s := small()
	for _, tt := range tests {
		name, query, _ := strings.Cut(tt.question, "?")
		values, _ := url.ParseQuery(query)
		_, err := queries.Run(t.Context(), s, name, values)
		var wrong *queries.ParameterError
		if !errors.As(err, &wrong) || wrong.Name != tt.name || wrong.Want == "" {
			t.Errorf("%.60s: error is %v, want one about parameter %s", tt.question, err, tt.name)
		}
	}
	var unknown *queries.UnknownQuestionError
	if _, err := queries.Run(t.Context(), s, "weather", nil); !errors.As(err, &unknown) {
		t.Errorf("question weather: error is %v, want an UnknownQuestionError", err)
	}
}

func TestNotes(t *testing.T) {
	s := small()
	a := run(t, s, "mediations?party=Atlantis")
	if len(a.Notes) != 1 || !strings.Contains(a.Notes[0], "Atlantis") {
		t.Errorf("notes for an unknown name are %q", a.Notes)
	}
	both := graphtest.NewReport("Two Georgias", "Wire", "2020", "").Name("state/georgia", "Georgia").Name("place/georgia", "Georgia").
		Say("Georgia is in Georgia.", "state/georgia basedIn place/georgia").Extraction()
	a = run(t, graph.NewSnapshot(1, both), "about?thing=GEORGIA")
	if len(a.Notes) != 1 || !strings.Contains(a.Notes[0], "state/georgia") || !strings.Contains(a.Notes[0], "place/georgia") {
		t.Errorf("notes for an ambiguous name are %q", a.Notes)
	}
	if len(a.Readings) != 1 || len(a.Readings[0].Nodes) != 2 {
		t.Errorf("readings for an ambiguous name are %v", a.Readings)
	}
}

func TestFacets(t *testing.T) {
	a := run(t, small(), "mediations?facets=mediators,outlet,year")
	got := map[string]int{}
	for _, f := range a.Facets {
		for _, v := range f.Values {
			key := v.Text
			if v.Node != graph.NoNode {
				key = string(a.Snapshot().ID(v.Node))
			}
			got[f.Name+" "+key] = v.Count
		}
	}
	want := map[string]int{"mediators state/egypt": 1, "mediators group/qatari-mediators": 1, "mediators person/martti-ahtisaari": 1,
		"outlet Nordic Wire": 2, "outlet Jakarta Post": 1, "outlet The Arab Daily": 1, "year 2005": 1, "year 2025": 1}
	if !maps.Equal(got, want) {
		t.Errorf("facets\n got %v\nwant %v", got, want)
	}
}

// The order in which articles were loaded shows nowhere.
func TestOrderFree(t *testing.T) {
	xs := slices.Collect(graphtest.Synthetic(100, 5))
	a := graph.NewSnapshot(1, xs...)
	slices.Reverse(xs)
	b := graph.NewSnapshot(1, xs...)
	for _, question := range []string{"mediations?facets=places,mediators", "talks", "agreements?sort=-date", "proposals"} {
		if x, y := string(run(t, a, question).AppendJSON(nil)), string(run(t, b, question).AppendJSON(nil)); x != y {
			t.Errorf("%s: answer depends on the order of loading", question)
		}
	}
}

func TestWriteJSON(t *testing.T) {
	odd := graphtest.NewReport("A \"title\" <b>\t\u2028", "Wire", "2020", "https://x.example/a").Name("state/x", "X \\ & \x01 ñ").
		Say("“Yes” <script>alert(1)</script> & 'no'", "state/x attacked text_\"quoted\"").Extraction()
	a := run(t, graph.NewSnapshot(1, odd), "about?thing=state/x")
	raw := a.AppendJSON(nil)
	var got struct {
		Rows []struct {
			Thing  struct{ Label string }
			Object struct{ Value string }
			Claims []struct {
				ID       graph.ID
				Evidence struct{ Quote string }
				Source   struct{ Title, Link string }
			}
		}
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatalf("answer is no JSON: %v\n%s", err, raw)
	}
	r := got.Rows[0]
	if r.Thing.Label != "X \\ & \x01 ñ" || r.Object.Value != `text "quoted"` || r.Claims[0].Source.Title != "A \"title\" <b>\t\u2028" ||
		r.Claims[0].Evidence.Quote != "“Yes” <script>alert(1)</script> & 'no'" {
		t.Errorf("what was written is not what is read: %+v", r)
	}
	if strings.ContainsAny(string(raw), "<>&\u2028") {
		t.Errorf("answer has characters that are unsafe in a page: %s", raw)
	}
	var c map[string]any
	if err := json.Unmarshal(queries.AppendClaim(nil, a.Snapshot(), r.Claims[0].ID), &c); err != nil || c["subject"] == nil {
		t.Errorf("AppendClaim: %v %v", err, c)
	}
}

func TestWriteText(t *testing.T) {
	var b strings.Builder
	if err := run(t, small(), "mediations?mediator=Egypt").WriteText(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 answer.\n", "\n1. talks in Cairo, November 2025  [talks/cairo-2025]\n", "   mediators     Egypt; Qatari mediators\n",
		"   “Egyptian and Qatari mediators met a Hamas delegation in Cairo.”\n", "      Delegation in Cairo · The Arab Daily · 2025-11-23 · https://arab.example/cairo\n",
		"      · Egypt mediated talks in Cairo, November 2025 (0.90)\n", "      · denied: Egypt mediated talks in Cairo, November 2025 (according to Egypt, 0.90)"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("text has no %q:\n%s", want, &b)
		}
	}
}

func TestFragmentLink(t *testing.T) {
	tests := []struct{ name, url, quote, want string }{
		{"short", "https://x.example/a", "Egypt, it said.", "https://x.example/a#:~:text=Egypt%2C%20it%20said."},
		{"fragment is replaced", "https://x.example/a#top", "Egypt-led", "https://x.example/a#:~:text=Egypt%2Dled"},
		{"long", "https://x.example/a", "a b c d e f g h i j k l", "https://x.example/a#:~:text=a%20b%20c%20d%20e,h%20i%20j%20k%20l"},
		{"ten words", "https://x.example/a", " a b c d e\n f g h i j ", "https://x.example/a#:~:text=a%20b%20c%20d%20e%20f%20g%20h%20i%20j"},
		{"six words", "https://x.example/a", "a b c d e f", "https://x.example/a#:~:text=a%20b%20c%20d%20e%20f"},
		{"no words", "https://x.example/a", " ", "https://x.example/a#:~:text="},
		{"accents", "https://x.example/a", "Pérez", "https://x.example/a#:~:text=P%C3%A9rez"},
	}
	for _, tt := range tests {
		if got := queries.FragmentLink(tt.url, tt.quote); got != tt.want {
			t.Errorf("%s: FragmentLink(%q, %q)\n got %s\nwant %s", tt.name, tt.url, tt.quote, got, tt.want)
		}
	}
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, q := range []string{"talks", "mediations"} {
		if _, err := queries.Run(ctx, small(), q, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error after cancel is %v, want context.Canceled", q, err)
		}
	}
}
