package loader

import (
	"strings"
	"unicode/utf8"

	"parley/graph"
	"parley/loader/article"
	"parley/loader/sentence"
)

// imprintConfidence is the confidence of what an imprint says: its words have
// one reading, and what remains is that a line was taken for an imprint.
const imprintConfidence = 0.99

// addImprint adds what the imprint lines of out's article say of it: who wrote
// it, who printed it, and when. What only a file's metadata say is no claim, as
// no words of the text say it.
func addImprint(out *graph.Extraction, ss []sentence.Sentence) {
	a := &out.Article
	points := sentence.NewCodePoints(a.Text)
	for _, b := range a.Blocks {
		if b.Kind != graph.Imprint {
			continue
		}
		line := a.Text[b.Start:b.End]
		evidence := graph.Evidence{Sentence: before(ss, b.Start), Start: points.At(b.Start), Quote: line}
		evidence.End = evidence.Start + utf8.RuneCountInString(line)
		for _, f := range article.ParseImprint(line) {
			addField(out, f, evidence)
		}
	}
}

// addField adds the claim that a field of an imprint makes.
func addField(out *graph.Extraction, f article.Field, e graph.Evidence) {
	line := e.Quote
	e.ObjectText = line[f.Start:f.End]
	c := graph.Claim{
		Article: out.Article.ID, Subject: out.Article.ID,
		Polarity: graph.Asserted, Modality: graph.Actual,
		Evidence: e, Confidence: imprintConfidence,
	}
	thing := func(t graph.Type) bool {
		id := graph.MakeThingID(t, f.Value)
		if id.Slug() == "" {
			return false
		}
		c.Object = graph.ThingObject(id)
		addThing(out, graph.Thing{ID: id, Type: t, Label: f.Value})
		return true
	}
	switch f.Kind {
	case article.AuthorField:
		if !thing(graph.Person) {
			return
		}
		c.Predicate, c.Rule = graph.AuthorPredicate, "author/imprint"
	case article.OutletField:
		if !thing(graph.Outlet) {
			return
		}
		c.Predicate, c.Rule = graph.PublishedBy, "publishedBy/imprint"
	case article.DateField:
		c.Object = graph.DateObject(f.Value)
		c.Predicate, c.Rule = graph.PublishedOn, "publishedOn/imprint"
	default:
		return
	}
	c.MakeID()
	addThing(out, graph.Thing{ID: out.Article.ID, Type: graph.ArticleType, Label: label(&out.Article)})
	out.Claims = append(out.Claims, c)
}

// addThing adds t to out's things, or its label to the aliases of the thing that
// is there already.
func addThing(out *graph.Extraction, t graph.Thing) {
	for i := range out.Things {
		if out.Things[i].ID == t.ID {
			out.Things[i].AddAlias(t.Label)
			return
		}
	}
	out.Things = append(out.Things, t)
}

// label returns the title of a, or the first words of its text if it has none.
func label(a *graph.Article) string {
	const most = 12
	if a.Title != "" {
		return a.Title
	}
	words := strings.Fields(prose(a))
	if len(words) > most {
		return strings.Join(words[:most], " ") + " …"
	}
	if len(words) == 0 {
		return a.ID.Slug()
	}
	return strings.Join(words, " ")
}

// before returns how many sentences stand before byte b of the text.
func before(ss []sentence.Sentence, b int) int {
	n := 0
	for n < len(ss) && ss[n].Start < b {
		n++
	}
	return n
}
