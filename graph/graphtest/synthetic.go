package graphtest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/graph"
)

// QuadsPerArticle is about how many quads a store keeps for one article of
// [Synthetic]: Synthetic(n, seed) makes a graph of n*QuadsPerArticle quads.
const QuadsPerArticle = 100

// Synthetic returns n made-up articles, each with its text, things and claims.
//
// Actors, places and talks are drawn by Zipf's law with exponent 1.1 from pools
// that grow with n (5 things for 2 articles), so that a few are in very many
// articles, as in news. Every quote is the article's text. The same n and seed
// give the same articles.
func Synthetic(n int, seed uint64) iter.Seq[*graph.Extraction] {
	return func(yield func(*graph.Extraction) bool) {
		for i := range n {
			if !yield(SyntheticArticle(i, n, seed)) {
				return
			}
		}
	}
}

// SyntheticArticle returns number i of the articles of Synthetic(n, seed).
func SyntheticArticle(i, n int, seed uint64) *graph.Extraction {
	r := rand.New(rand.NewPCG(seed, uint64(i)))
	w := &writer{
		r:      r,
		actors: newZipf(r, max(n, 20)),
		places: newZipf(r, max(n/4, 8)),
		talks:  newZipf(r, max(n, 8)),
		things: make(map[graph.ID]graph.Thing),
	}
	return w.article(i)
}

func newZipf(r *rand.Rand, size int) *rand.Zipf { return rand.NewZipf(r, 1.1, 1, uint64(size-1)) }

// writer writes one made-up article.
type writer struct {
	r                     *rand.Rand
	actors, places, talks *rand.Zipf
	text                  strings.Builder
	runes                 int // length of text in code points
	sentences             int
	blocks                []graph.Block
	drafts                []graph.Claim // claims without article and id
	things                map[graph.ID]graph.Thing
}

// article writes number i: a headline, an imprint and four paragraphs.
func (w *writer) article(i int) *graph.Extraction {
	talks, place := w.talk(), w.place()
	hero := w.actor()
	w.block(graph.Headline, func() { w.say(hero.Label + " renews effort over " + talks.Label) })
	date := fmt.Sprintf("%d-%02d-%02d", 1995+w.r.IntN(30), 1+w.r.IntN(12), 1+w.r.IntN(28))
	outlet := thing(graph.Outlet, "The "+name(w.r.IntN(40), 2)+" Courier")
	author := thing(graph.Person, name(9000+w.r.IntN(300), 2)+" "+name(700+w.r.IntN(300), 3))
	w.block(graph.Imprint, func() { w.say("Source: " + outlet.Label + " | Date: " + date + " | Author: " + author.Label) })
	imprint := w.evidence(author.Label, outlet.Label, 1)
	w.block(graph.Paragraph, func() { w.opening(hero, talks, place) })
	w.block(graph.Paragraph, func() { w.parties(talks) })
	w.block(graph.Paragraph, func() { w.deal(hero, talks, place) })
	w.block(graph.Paragraph, func() { w.remarks(hero) })

	x := &graph.Extraction{Article: graph.Article{
		URL:       fmt.Sprintf("https://news.example/%d", i),
		Title:     hero.Label + " renews effort over " + talks.Label,
		Authors:   []string{author.Label},
		Outlet:    outlet.Label,
		Published: date,
		Language:  "en",
		Text:      w.text.String(),
		Blocks:    w.blocks,
	}}
	x.Article.MakeID()
	self := graph.Thing{ID: x.Article.ID, Type: graph.ArticleType, Label: x.Article.Title}
	w.fact(self, graph.AuthorPredicate, author, imprint)
	w.fact(self, graph.PublishedBy, outlet, imprint)
	for _, c := range w.drafts {
		c.Article = x.Article.ID
		c.MakeID()
		x.Claims = append(x.Claims, c)
	}
	for _, t := range w.things {
		x.Things = append(x.Things, t)
	}
	slices.SortFunc(x.Things, func(a, b graph.Thing) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return x
}

// opening says who mediates, where, and when.
func (w *writer) opening(hero, talks, place graph.Thing) {
	day := fmt.Sprintf("%d %s %d", 1+w.r.IntN(28), "March", 1995+w.r.IntN(30))
	e := w.say(fmt.Sprintf("%s mediated %s in %s on %s.", hero.Label, talks.Label, place.Label, day))
	c := w.fact(hero, graph.Mediated, talks, named(e, hero.Label, talks.Label))
	c.When = &graph.When{Start: day[len(day)-4:] + "-03", Precision: "month", Text: day}
	w.fact(talks, graph.HeldIn, place, named(e, talks.Label, place.Label))
	host := w.actor()
	e = w.say(fmt.Sprintf("It was %s that hosted the delegations.", host.Label))
	c = w.fact(host, graph.Hosted, talks, named(e, host.Label, "the delegations"))
	c.Evidence.ObjectLink = &graph.Link{Kind: "context", Text: talks.Label, Start: 0, End: utf8.RuneCountInString(talks.Label)}
}

// parties says who took part, who did not, and how it ended.
func (w *writer) parties(talks graph.Thing) {
	a, b, absent := w.actor(), w.actor(), w.actor()
	e := w.say(fmt.Sprintf("%s and %s sent negotiators to %s, while %s stayed away.", a.Label, b.Label, talks.Label, absent.Label))
	w.fact(a, graph.ParticipatedIn, talks, named(e, a.Label, talks.Label))
	w.fact(b, graph.ParticipatedIn, talks, named(e, b.Label, talks.Label))
	w.fact(absent, graph.ParticipatedIn, talks, named(e, absent.Label, talks.Label)).Polarity = graph.Denied
	outcome := []string{"no agreement", "agreement", "suspended", "ongoing"}[w.r.IntN(4)]
	e = w.say(fmt.Sprintf("Officials described the result as %s.", outcome))
	w.literal(talks, graph.Outcome, graph.TextObject(outcome), named(e, "the result", outcome))
}

// deal says who signed and who may.
func (w *writer) deal(hero, talks, place graph.Thing) {
	deal := thing(graph.Agreement, place.Label+" Accord")
	deal.AddAlias("the accord")
	a, b := w.actor(), w.actor()
	e := w.say(fmt.Sprintf("%s signed the %s, to which %s may agree, said %s.", a.Label, deal.Label, b.Label, hero.Label))
	w.fact(a, graph.Signed, deal, named(e, a.Label, deal.Label))
	c := w.fact(b, graph.AgreedTo, deal, named(e, b.Label, deal.Label))
	c.Modality, c.AttributedTo = graph.Possible, []graph.ID{hero.ID}
	w.fact(talks, graph.LedTo, deal, named(e, talks.Label, deal.Label))
	w.literal(deal, graph.Provides, graph.TextObject(fmt.Sprintf("a pause of %d days", 2+w.r.IntN(90))), named(e, deal.Label, deal.Label))
}

// remarks says who met and who demanded what.
func (w *writer) remarks(hero graph.Thing) {
	a := w.actor()
	e := w.say(fmt.Sprintf("%s met %s for an hour.", hero.Label, a.Label))
	w.fact(hero, graph.MetWith, a, named(e, hero.Label, a.Label))
	b := w.actor()
	want := fmt.Sprintf("the return of %d prisoners", 10+w.r.IntN(900))
	e = w.say(fmt.Sprintf("According to %s, %s has demanded %s.", a.Label, b.Label, want))
	w.literal(b, graph.Demanded, graph.TextObject(want), named(e, b.Label, want)).AttributedTo = []graph.ID{a.ID}
}

// block writes one block of the text.
func (w *writer) block(kind graph.BlockKind, write func()) {
	if w.text.Len() > 0 {
		w.text.WriteString("\n\n")
		w.runes += 2
	}
	start := w.text.Len()
	write()
	w.blocks = append(w.blocks, graph.Block{Kind: kind, Start: start, End: w.text.Len()})
}

// say writes one sentence and returns where it stands.
func (w *writer) say(sentence string) graph.Evidence {
	if n := w.text.Len(); n > 0 && w.text.String()[n-1] != '\n' {
		w.text.WriteByte(' ')
		w.runes++
	}
	e := graph.Evidence{Sentence: w.sentences, Start: w.runes, Quote: sentence}
	w.text.WriteString(sentence)
	w.runes += utf8.RuneCountInString(sentence)
	w.sentences++
	e.End = w.runes
	return e
}

// evidence returns the sentence numbered n, which must be the last one written.
func (w *writer) evidence(subject, object string, n int) graph.Evidence {
	b := w.blocks[n]
	quote := w.text.String()[b.Start:b.End]
	return graph.Evidence{Sentence: n, Start: w.runes - utf8.RuneCountInString(quote), End: w.runes, Quote: quote,
		SubjectText: subject, ObjectText: object}
}

func named(e graph.Evidence, subject, object string) graph.Evidence {
	e.SubjectText, e.ObjectText = subject, object
	return e
}

func (w *writer) fact(s graph.Thing, p graph.Predicate, o graph.Thing, e graph.Evidence) *graph.Claim {
	w.things[o.ID] = o
	return w.literal(s, p, graph.ThingObject(o.ID), e)
}

func (w *writer) literal(s graph.Thing, p graph.Predicate, o graph.Object, e graph.Evidence) *graph.Claim {
	w.things[s.ID] = s
	w.drafts = append(w.drafts, graph.Claim{Subject: s.ID, Predicate: p, Object: o, Polarity: graph.Asserted, Modality: graph.Actual,
		Evidence: e, Confidence: float64(50+w.r.IntN(50)) / 100, Rule: "synthetic/" + string(p)})
	return &w.drafts[len(w.drafts)-1]
}

// actor draws a person, organisation or state that the article has not named.
func (w *writer) actor() graph.Thing {
	for k := int(w.actors.Uint64()); ; k++ {
		t := actor(k)
		if _, named := w.things[t.ID]; !named {
			w.things[t.ID] = t
			return t
		}
	}
}

func actor(k int) graph.Thing {
	switch k % 4 {
	case 0, 1:
		t := thing(graph.State, name(k, 3))
		t.AddAlias(t.Label + "n government")
		t.Codes = map[string]string{"synthetic": fmt.Sprintf("S%d", k)}
		return t
	case 2:
		t := thing(graph.Organisation, name(k, 2)+" Movement")
		t.AddAlias(strings.ToUpper(t.Label[:1]) + "M" + fmt.Sprint(k))
		return t
	default:
		t := thing(graph.Person, name(k, 2)+" "+name(k*7+3, 3))
		t.AddAlias(t.Label[strings.IndexByte(t.Label, ' ')+1:])
		return t
	}
}

func (w *writer) place() graph.Thing {
	t := thing(graph.Place, "Port "+name(int(w.places.Uint64()), 3))
	w.things[t.ID] = t
	return t
}

func (w *writer) talk() graph.Thing {
	k := int(w.talks.Uint64())
	t := thing(graph.Talks, fmt.Sprintf("the %s talks", name(k, 4)))
	w.things[t.ID] = t
	return t
}

func thing(t graph.Type, label string) graph.Thing {
	return graph.Thing{ID: graph.MakeThingID(t, label), Type: t, Label: label}
}

// name spells the number k with at least the given number of syllables; two
// numbers never share a name of one length.
func name(k, syllables int) string {
	const onsets, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for i := 0; i < syllables || k > 0; i++ {
		digit := (k + 23 + 17*i) % (len(onsets) * len(vowels))
		k /= len(onsets) * len(vowels)
		b.WriteByte(onsets[digit%len(onsets)])
		b.WriteByte(vowels[digit/len(onsets)])
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}
