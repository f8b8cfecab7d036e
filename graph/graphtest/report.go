package graphtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/graph"
)

// Report is an article written sentence by sentence with its claims, for tests
// that need a small graph they can read.
type Report struct {
	x      graph.Extraction
	labels map[graph.ID]graph.Thing
}

// NewReport returns a report without sentences.
func NewReport(title, outlet, published, url string) *Report {
	r := &Report{labels: make(map[graph.ID]graph.Thing)}
	r.x.Article = graph.Article{Title: title, Outlet: outlet, Published: published, URL: url, Language: "en", Text: title}
	return r
}

// Name says what the thing id is called; a thing that has no name is called by
// its slug.
func (r *Report) Name(id graph.ID, label string, aliases ...string) *Report {
	t := graph.Thing{ID: id, Type: id.Type(), Label: label}
	for _, a := range aliases {
		t.AddAlias(a)
	}
	r.labels[id] = t
	return r
}

// Say adds a sentence and the claims that it makes, each written as
//
//	SUBJECT PREDICATE OBJECT [denied|planned|conditional|possible] [by=ID] [on=DATE] [conf=N]
//
// An object that is no id is a literal; an underscore in it stands for a space.
func (r *Report) Say(sentence string, claims ...string) *Report {
	a := &r.x.Article
	start := utf8.RuneCountInString(a.Text) + 1
	a.Text += "\n" + sentence
	for _, line := range claims {
		c := r.claim(strings.Fields(line))
		c.Evidence = graph.Evidence{Sentence: strings.Count(a.Text, "\n"), Start: start, End: start + utf8.RuneCountInString(sentence), Quote: sentence,
			SubjectText: r.labels[c.Subject].Label, ObjectText: strings.ReplaceAll(strings.Fields(line)[2], "_", " ")}
		if c.Object.ID != "" {
			c.Evidence.ObjectText = r.labels[c.Object.ID].Label
		}
		r.x.Claims = append(r.x.Claims, c)
	}
	return r
}

func (r *Report) claim(words []string) graph.Claim {
	c := graph.Claim{Subject: r.thing(words[0]), Predicate: graph.Predicate(words[1]), Polarity: graph.Asserted, Modality: graph.Actual, Confidence: 0.9, Rule: "test"}
	switch info, _ := c.Predicate.Info(); {
	case graph.ID(words[2]).Type() != "":
		c.Object = graph.ThingObject(r.thing(words[2]))
	case info.Literal == "date":
		c.Object = graph.DateObject(words[2])
	default:
		c.Object = graph.TextObject(strings.ReplaceAll(words[2], "_", " "))
	}
	for _, w := range words[3:] {
		name, value, _ := strings.Cut(w, "=")
		switch name {
		case "denied":
			c.Polarity = graph.Denied
		case "planned", "conditional", "possible":
			c.Modality = graph.Modality(name)
		case "by":
			c.AttributedTo = append(c.AttributedTo, r.thing(value))
		case "on":
			c.When = &graph.When{Start: value, Precision: [...]string{4: "year", 7: "month", 10: "day"}[len(value)], Text: value}
		case "conf":
			c.Confidence, _ = strconv.ParseFloat(value, 64)
		default:
			panic(fmt.Sprintf("graphtest: %q is no word of a claim", w)) // the test itself is wrong
		}
	}
	return c
}

func (r *Report) thing(id string) graph.ID {
	t := graph.ID(id)
	if _, ok := r.labels[t]; !ok {
		r.Name(t, t.Slug())
	}
	return t
}

// Extraction returns the report as a loader would have made it.
func (r *Report) Extraction() *graph.Extraction {
	x := r.x
	x.Article.MakeID()
	x.Claims = slices.Clone(r.x.Claims)
	for i := range x.Claims {
		x.Claims[i].Article = x.Article.ID
		x.Claims[i].MakeID()
	}
	x.Things = nil
	for _, t := range r.labels {
		x.Things = append(x.Things, t)
	}
	slices.SortFunc(x.Things, func(a, b graph.Thing) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return &x
}

// Reports returns four articles about two peace talks, for tests of questions:
// some claims of theirs are denied, planned, inferred through a Group or in
// dispute.
func Reports() []*graph.Extraction {
	aceh := func(r *Report) *Report {
		return r.Name("state/finland", "Finland", "Suomi").Name("state/indonesia", "Indonesia").
			Name("organisation/free-aceh-movement", "Free Aceh Movement", "GAM").
			Name("talks/helsinki-2005", "talks in Helsinki, January 2005").Name("place/helsinki", "Helsinki").
			Name("person/martti-ahtisaari", "Martti Ahtisaari", "Ahtisaari").
			Name("agreement/helsinki-memorandum", "Helsinki memorandum of understanding")
	}
	cairo := func(r *Report) *Report {
		return r.Name("state/egypt", "Egypt").Name("state/qatar", "Qatar").Name("organisation/hamas", "Hamas").Name("state/israel", "Israel").
			Name("group/qatari-mediators", "Qatari mediators").Name("talks/cairo-2025", "talks in Cairo, November 2025").
			Name("place/cairo", "Cairo").Name("person/jose-perez", "José Pérez").Name("proposal/us-plan", "US plan for phase two").
			Name("state/united-states", "United States", "US")
	}
	return []*graph.Extraction{
		aceh(NewReport("Aceh rivals meet in Helsinki", "Nordic Wire", "2005-01-28", "https://nordic.example/aceh")).
			Say("Finland hosted talks between Indonesia and the Free Aceh Movement in Helsinki.",
				"state/finland hosted talks/helsinki-2005 on=2005-01", "state/indonesia participatedIn talks/helsinki-2005",
				"organisation/free-aceh-movement participatedIn talks/helsinki-2005", "talks/helsinki-2005 heldIn place/helsinki",
				"talks/helsinki-2005 heldOn 2005-01-27").
			Say("Martti Ahtisaari, the former president, mediated.",
				"person/martti-ahtisaari mediated talks/helsinki-2005", "person/martti-ahtisaari holdsPosition former_president").
			Say("Indonesia may sign a memorandum.", "state/indonesia signed agreement/helsinki-memorandum possible").Extraction(),
		aceh(NewReport("Aceh accord signed", "Jakarta Post", "2005-08-16", "https://jakarta.example/accord#top")).
			Say("Indonesia and the Free Aceh Movement signed the Helsinki memorandum of understanding on 15 August 2005.",
				"state/indonesia signed agreement/helsinki-memorandum", "organisation/free-aceh-movement signed agreement/helsinki-memorandum",
				"agreement/helsinki-memorandum signedOn 2005-08-15", "talks/helsinki-2005 ledTo agreement/helsinki-memorandum").
			Say("Ahtisaari mediated the talks, Indonesia said.", "person/martti-ahtisaari mediated talks/helsinki-2005 by=state/indonesia conf=0.7").
			Say("It met the Free Aceh Movement twice.", "state/indonesia metWith organisation/free-aceh-movement on=2005-07").Extraction(),
		cairo(NewReport("Delegation in Cairo", "The Arab Daily", "2025-11-23", "https://arab.example/cairo")).
			Say("Egyptian and Qatari mediators met a Hamas delegation in Cairo.",
				"state/egypt mediated talks/cairo-2025", "group/qatari-mediators mediated talks/cairo-2025",
				"group/qatari-mediators partOf state/qatar", "organisation/hamas participatedIn talks/cairo-2025",
				"talks/cairo-2025 heldIn place/cairo", "talks/cairo-2025 heldOn 2025-11").
			Say("Israel did not take part, José Pérez said.", "state/israel participatedIn talks/cairo-2025 denied by=person/jose-perez").
			Say("The United States proposed a plan to Hamas, which rejected it.",
				"state/united-states proposed proposal/us-plan", "proposal/us-plan proposedTo organisation/hamas", "organisation/hamas rejected proposal/us-plan").
			Say("The place lies in Egypt.", "place/cairo locatedIn state/egypt").Extraction(),
		cairo(NewReport("No word from Cairo", "Nordic Wire", "2025-11-24", "")).
			Say("Egypt denied that it had mediated the talks.", "state/egypt mediated talks/cairo-2025 denied by=state/egypt").
			Say("Israel took part in the talks.", "state/israel participatedIn talks/cairo-2025").
			Say("The US is expected to mediate a second round.", "state/united-states mediated talks/second-round planned").
			Say("The talks broke down.", "talks/cairo-2025 outcome collapsed").
			Say("Hamas accused Israel of delay.", "organisation/hamas accused state/israel").Extraction(),
	}
}
