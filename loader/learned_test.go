package loader_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"parley/config"
	"parley/graph"
	"parley/loader/article"
)

// extractText returns what an article of May 2021 says.
func extractText(t *testing.T, text string) *graph.Extraction {
	t.Helper()
	a, err := article.Text([]byte(text), article.Options{Date: "2021-05-04", Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	e, err := newExtractor(t, config.Loader{}).Extract(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return &e
}

// Of a wording that no frame lists the model of roles reads who mediated and who took
// part, each with the sentence that says so, and claims nothing of those who did not.
func TestModelReadsWhatNoFrameKnows(t *testing.T) {
	const text = "For nine evenings Bishop Samuel Okello kept the miners and the company in his kitchen at Lira and would not serve the stew until they had found a figure. " +
		"Bishop Peter Mwangi would have helped had anyone asked him."
	e := extractText(t, text)
	mediated := false
	for _, c := range e.Claims {
		who, _ := e.Thing(c.Subject)
		if c.Predicate == graph.Mediated && strings.Contains(who.Label, "Okello") {
			mediated = true
			if !strings.HasPrefix(c.Rule, "learned/") || !strings.Contains(c.Evidence.Quote, "kitchen") {
				t.Errorf("rule %q with the quote %q", c.Rule, c.Evidence.Quote)
			}
		}
		if strings.Contains(who.Label, "Mwangi") && (c.Predicate == graph.Mediated || c.Predicate == graph.ParticipatedIn) {
			t.Errorf("claims that %s %s", who.Label, c.Predicate)
		}
	}
	if !mediated {
		t.Error("nobody mediated; want Samuel Okello")
	}
}

// Of two named in one sentence the model reads who leads what, where no frame knows the
// wording, and quotes that sentence; who led it before leads nothing now.
func TestModelReadsWhoLeadsWhat(t *testing.T) {
	const text = "The Andean Dockers' Federation, whose reins Jorge Kapingala has held since 2012, faced the port company in Lobito. " +
		"Manuel Viage, once of the Andean Dockers' Federation, grows oranges."
	e := extractText(t, text)
	leads := false
	for _, c := range e.Claims {
		who, _ := e.Thing(c.Subject)
		if c.Predicate != graph.Leads {
			continue
		}
		if strings.Contains(who.Label, "Viage") {
			t.Errorf("claims that %s leads", who.Label)
		}
		if strings.Contains(who.Label, "Kapingala") {
			leads = true
			if c.Rule != "learned/leads" || !strings.Contains(c.Evidence.Quote, "whose reins") {
				t.Errorf("rule %q with the quote %q", c.Rule, c.Evidence.Quote)
			}
		}
	}
	if !leads {
		t.Error("nobody leads; want Jorge Kapingala")
	}
}

// What an article looks back to is not of the talks that are its news, whether a frame or
// the model reads it.
func TestLookingBackIsOfOtherTalks(t *testing.T) {
	const text = "GENEVA, May 3 - The government of Chad and the rebels of the Northern Front held talks in Geneva on Monday, and the Swiss diplomat Anna Keller mediated. " +
		"The two sides spoke of prisoners and of the road to the north. " +
		"An earlier delegation met the rebels in Tunis in 2012. " +
		"Nine years ago, at Tunis, it was the Tunisian minister Ali Zribi who coaxed the two sides to the table. " +
		"Idriss Mahamat, the government's chief negotiator, shook hands with the rebels' envoy, Hassan Abakar, before the cameras."
	e := extractText(t, text)
	at := map[string][]string{} // who mediated or took part, by the place of the talks
	for _, c := range e.Claims {
		if c.Predicate != graph.Mediated && c.Predicate != graph.ParticipatedIn {
			continue
		}
		who, _ := e.Thing(c.Subject)
		what, _ := e.Thing(c.Object.ID)
		at[what.Label] = append(at[what.Label], who.Label)
	}
	for label, who := range at {
		all := strings.Join(who, ", ")
		if strings.Contains(label, "Geneva") && strings.Contains(all, "Zribi") || strings.Contains(label, "Tunis") && strings.Contains(all, "Keller") {
			t.Errorf("%s: %s", label, all)
		}
	}
	for _, want := range []string{"Keller", "Zribi"} {
		if !strings.Contains(strings.Join(slices.Concat(slices.Collect(maps.Values(at))...), ", "), want) {
			t.Errorf("%s mediated nothing", want)
		}
	}
}
