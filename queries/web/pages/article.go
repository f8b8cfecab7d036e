package pages

import (
	"slices"

	"parley/graph"
	"parley/queries"
)

// ArticleView is what the template "article" shows.
type ArticleView struct {
	Title     string
	Outlet    string
	Published string // in words
	Authors   []string
	Link      string // to the publisher; "" if there is none that is safe
	Claims    int
	Sentences []SentenceView
	IsWhole   bool   // the text between the quoted sentences is shown too
	Rest      string // of the whole text, after the last sentence shown
	Next      string // address of what follows; "" at the end
	Formats   []Alternate
	Cite      CiteView
}

// SentenceView is a quoted sentence and the claims that rest on it.
type SentenceView struct {
	Before string // of the whole text, between the sentence before and this one
	IsGap  bool   // something that is not shown stands before it
	Hits   []Hit
	Link   string // to the sentence at the publisher's
	Says   []NumberedSays
}

// Hit is a stretch of a sentence; with claims, one of whose ends it names, if it
// is marked.
type Hit struct {
	Text   string
	Claims []NumberedSays
}

// NumberedSays is a claim with its number on the page.
type NumberedSays struct {
	Number int
	Says
}

// articleBudget is how much an article's page shows at once, in bytes of HTML.
const articleBudget = 100_000

// NewArticleView returns what the page of article a shows from the sentence with
// the number from on. Text is the whole text, "" if it must not be shown.
func NewArticleView(g *graph.Snapshot, a *graph.Article, text string, from int) *ArticleView {
	claims := g.ClaimsIn(a.ID)
	v := &ArticleView{Title: Clip(maxHeading, a.Title), Outlet: Clip(maxName, a.Outlet), Published: When(a.Published), Link: SafeURL(a.URL),
		Claims: len(claims), IsWhole: text != "", Formats: FormatsOf("/v1" + ArticlePath(a.ID))}
	for _, name := range a.Authors[:min(len(a.Authors), 10)] {
		v.Authors = append(v.Authors, Clip(maxName, name))
	}
	v.Cite = CiteView{What: v.Title, Path: ArticlePath(a.ID), Revision: g.Revision(), Counts: count(len(claims), "claim", "claims")}
	sentences := sentencesOf(claims)
	runes := []rune(text)
	done, number, room := 0, 0, articleBudget
	for i, s := range sentences {
		if i < from {
			number += len(s)
			done = s[0].Evidence.End
			continue
		}
		sv := newSentenceView(g, a, s, number)
		if start := s[0].Evidence.Start; start > done {
			sv.IsGap = start > done+2 // more than the space between two sentences
			if start <= len(runes) {
				sv.Before = string(runes[done:start])
			}
		}
		done, number = s[0].Evidence.End, number+len(s)
		if room -= sv.cost(); room < 0 && i > from {
			v.Next = ArticlePath(a.ID) + "?from=" + numeral(i)
			return v
		}
		v.Sentences = append(v.Sentences, sv)
	}
	if done < len(runes) {
		v.Rest = string(runes[done:])
	}
	return v
}

// sentencesOf groups claims, which are in the order of the text, by the sentence
// that they rest on.
func sentencesOf(claims []*graph.Claim) [][]*graph.Claim {
	var list [][]*graph.Claim
	places := make(map[sentenceKey]int)
	for _, c := range claims {
		key := sentenceKey{c.Article, c.Evidence.Start, c.Evidence.End}
		i, ok := places[key]
		if !ok {
			i = len(list)
			places[key], list = i, append(list, nil)
		}
		list[i] = append(list[i], c)
	}
	slices.SortStableFunc(list, func(a, b []*graph.Claim) int { return a[0].Evidence.Start - b[0].Evidence.Start })
	return list
}

func newSentenceView(g *graph.Snapshot, a *graph.Article, claims []*graph.Claim, number int) SentenceView {
	var v SentenceView
	for i, c := range claims {
		v.Says = append(v.Says, NumberedSays{number + i + 1, SaysOf(g, c)})
	}
	quote := claims[0].Evidence.Quote
	if address := SafeURL(a.URL); address != "" {
		v.Link = queries.FragmentLink(address, quote)
	}
	v.Hits = hitsOf(quote, claims, v.Says)
	return v
}

// hitsOf cuts a quote at the words that name ends of its claims; the longer words
// win where two overlap.
func hitsOf(quote string, claims []*graph.Claim, says []NumberedSays) []Hit {
	type span struct{ start, end int }
	claimsAt := make(map[span][]NumberedSays)
	var spans []span
	for i, c := range claims {
		for _, words := range []string{c.Evidence.SubjectText, c.Evidence.ObjectText} {
			at := wordIndex(quote, words)
			if at < 0 {
				continue
			}
			sp := span{at, at + len(words)}
			if claimsAt[sp] == nil {
				spans = append(spans, sp)
			}
			claimsAt[sp] = append(claimsAt[sp], says[i])
		}
	}
	slices.SortFunc(spans, func(a, b span) int {
		if d := (b.end - b.start) - (a.end - a.start); d != 0 {
			return d
		}
		return a.start - b.start
	})
	var kept []span
	for _, sp := range spans {
		if !slices.ContainsFunc(kept, func(k span) bool { return sp.start < k.end && k.start < sp.end }) {
			kept = append(kept, sp)
		}
	}
	slices.SortFunc(kept, func(a, b span) int { return a.start - b.start })
	var hits []Hit
	done := 0
	for _, sp := range kept {
		if sp.start > done {
			hits = append(hits, Hit{Text: quote[done:sp.start]})
		}
		hits = append(hits, Hit{Text: quote[sp.start:sp.end], Claims: claimsAt[sp]})
		done = sp.end
	}
	if done < len(quote) {
		hits = append(hits, Hit{Text: quote[done:]})
	}
	return hits
}

// cost returns about how many bytes of HTML v takes.
func (v *SentenceView) cost() int {
	n := quoteCost + len(v.Before) + len(v.Link) + saysCost*len(v.Says)
	for _, h := range v.Hits {
		n += len(h.Text) + 220*len(h.Claims)
	}
	return n
}

// ClaimView is what the template "claim" shows.
type ClaimView struct {
	Says    Says
	Quote   Quote
	Words   []WordsView // how the words of the quote were read
	When    string      // the words that tell the time
	Rule    string
	Follows *Says // the claim that this one follows from
	All     string
	Formats []Alternate
	Cite    CiteView
}

// WordsView says which words named an end of a claim, and why they stand for it.
type WordsView struct {
	Words string
	Ref   Ref
	Kind  string // "pronoun", "acronym" …; "" for a name
	Names string // the words elsewhere in the article that name it
}

// NewClaimView returns what the page of claim c, of article a, shows.
func NewClaimView(g *graph.Snapshot, c *graph.Claim, a *graph.Article) *ClaimView {
	v := &ClaimView{Says: SaysOf(g, c), Quote: newQuote(a, c), Rule: c.Rule, Formats: FormatsOf("/v1" + ClaimPath(c.ID))}
	v.Quote.Says = []Says{v.Says}
	if c.When != nil {
		v.When = Clip(maxName, c.When.Text)
	}
	for _, end := range []struct {
		words string
		link  *graph.Link
		ref   Ref
	}{{c.Evidence.SubjectText, c.Evidence.SubjectLink, v.Says.Subject}, {c.Evidence.ObjectText, c.Evidence.ObjectLink, v.Says.Object}} {
		w := WordsView{Words: Clip(maxName, end.words), Ref: end.ref}
		if end.link != nil {
			w.Kind, w.Names = end.link.Kind, Clip(maxName, end.link.Text)
		}
		if w.Words != "" {
			v.Words = append(v.Words, w)
		}
	}
	if from, ok := g.Claim(c.Via); ok && c.Via != "" {
		says := SaysOf(g, from)
		v.Follows = &says
	}
	v.All = linksOf(c.Subject).Claims + "&predicate=" + string(c.Predicate) + "&polarity=any&modality=any"
	v.Cite = CiteView{What: v.Says.Subject.Label + " " + v.Says.Phrase + " " + v.Says.Object.Label, Path: ClaimPath(c.ID), Revision: g.Revision(), Counts: "1 claim"}
	return v
}
