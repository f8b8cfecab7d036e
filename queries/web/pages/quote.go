package pages

import (
	"slices"
	"strings"
	"unicode/utf8"

	"parley/graph"
	"parley/queries"
)

// Quote is a sentence of an article with what is read from it.
type Quote struct {
	Runs      []Run // the words of the quote, as they are
	Clipped   bool  // only the beginning is shown
	Outlet    string
	Title     string // of the article
	Article   string // path of its page
	Published string // in words
	Link      string // to the sentence at the publisher's; "" if there is none that is safe
	Says      []Says // the claims that rest on it
}

// Says is one claim in a plain sentence.
type Says struct {
	Path       string // of the claim's page
	Subject    Ref
	Phrase     string
	Object     Ref
	Flags      []string // "denied", "planned", "conditional", "possible", "inferred"
	When       string   // in words, as precise as claimed; "" if the article does not say
	Speakers   []Ref    // who says so, if not the outlet itself
	Confidence float64
}

// Run is a stretch of a quote.
type Run struct {
	Text string
	Kind string // "subject" or "object" of a claim, else ""
}

// maxQuote is how much of a sentence is shown in a list, in bytes. The page of
// its article has all of it.
const maxQuote = 1500

// QuotesOf returns the quotes of the claims, each sentence once, in the order of
// the claims.
func QuotesOf(g *graph.Snapshot, edges []graph.Edge) []Quote {
	var list []Quote
	places := make(map[sentenceKey]int, len(edges))
	seen := make(map[*graph.Claim]bool, len(edges))
	for _, e := range edges {
		c, a := g.ClaimOf(e), g.ArticleOf(e)
		if seen[c] {
			continue
		}
		seen[c] = true
		key := sentenceKey{c.Article, c.Evidence.Start, c.Evidence.End}
		i, ok := places[key]
		if !ok {
			i = len(list)
			places[key], list = i, append(list, newQuote(a, c))
		}
		list[i].Says = append(list[i].Says, SaysOf(g, c))
	}
	return list
}

// sentenceKey names a stretch of an article.
type sentenceKey struct {
	article    graph.ID
	start, end int
}

func newQuote(a *graph.Article, c *graph.Claim) Quote {
	q := Quote{Outlet: Clip(maxName, a.Outlet), Title: Clip(maxName, a.Title), Article: ArticlePath(a.ID), Published: When(a.Published)}
	text := c.Evidence.Quote
	if q.Clipped = len(text) > maxQuote; q.Clipped {
		text = strings.ToValidUTF8(text[:maxQuote], "")
	}
	q.Runs = runsOf(text, c.Evidence.SubjectText, c.Evidence.ObjectText)
	if address := SafeURL(a.URL); address != "" {
		q.Link = queries.FragmentLink(address, c.Evidence.Quote)
	}
	return q
}

// SaysOf returns the claim c as a plain sentence.
func SaysOf(g *graph.Snapshot, c *graph.Claim) Says {
	s := Says{Path: ClaimPath(c.ID), Subject: refToID(g, c.Subject), Phrase: phraseTo(c.Predicate, c.Object), Object: refToObject(g, c.Object), Confidence: c.Confidence}
	if c.Polarity != graph.Asserted {
		s.Flags = append(s.Flags, string(c.Polarity))
	}
	if c.Modality != graph.Actual {
		s.Flags = append(s.Flags, string(c.Modality))
	}
	if c.Via != "" {
		s.Flags = append(s.Flags, "inferred")
	}
	if c.Object.Datatype != "date" { // else the object tells it
		s.When = period(c.When)
	}
	for _, id := range c.AttributedTo {
		s.Speakers = append(s.Speakers, refToID(g, id))
	}
	return s
}

// period returns a time in words: "in May 2019", "on 4 May 2019", "from 2003 to
// 2005".
func period(w *graph.When) string {
	if w == nil || w.Start == "" {
		return ""
	}
	if w.End != "" && w.End != w.Start {
		return "from " + When(w.Start) + " to " + When(w.End)
	}
	return inTime(w.Start)
}

// inTime returns a date with its preposition: "in May 2019", "on 4 May 2019".
func inTime(date string) string {
	if len(date) == len("2006-01-02") {
		return "on " + When(date)
	}
	return "in " + When(date)
}

// runsOf cuts a quote at the words that name the ends of a claim. Words that are
// not in it, as those of a claim that is said elsewhere, mark nothing.
func runsOf(text, subject, object string) []Run {
	type span struct {
		start, end int
		kind       string
	}
	var spans []span
	mark := func(words, kind string) {
		if at := wordIndex(text, words); at >= 0 {
			spans = append(spans, span{at, at + len(words), kind})
		}
	}
	mark(subject, "subject")
	mark(object, "object")
	slices.SortFunc(spans, func(a, b span) int { return a.start - b.start })
	var runs []Run
	done := 0
	for _, sp := range spans {
		if sp.start < done {
			continue // one lies in the other
		}
		if sp.start > done {
			runs = append(runs, Run{Text: text[done:sp.start]})
		}
		runs = append(runs, Run{text[sp.start:sp.end], sp.kind})
		done = sp.end
	}
	if done < len(text) {
		runs = append(runs, Run{Text: text[done:]})
	}
	return runs
}

// wordIndex returns where in text the words first stand and are no part of a
// longer word, or -1.
func wordIndex(text, words string) int {
	if words == "" {
		return -1
	}
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return -1
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(words):])
		if !isLetter(before) && !isLetter(after) {
			return at
		}
		from = at + 1
	}
}

// budget is how much of quotes a page still has room for, in bytes of HTML.
type budget int

// The room of a page: the issue asks for less than 150 kB.
const (
	pageBudget = 75_000 // for quotes
	quoteCost  = 700    // of what stands around the words of one
	saysCost   = 420    // of one claim
)

// take returns the quotes of the claims as long as there is room for them.
func (b *budget) take(g *graph.Snapshot, edges []graph.Edge) []Quote {
	if *b <= 0 {
		return nil
	}
	quotes := QuotesOf(g, edges)
	for i := range quotes {
		cost := quoteCost + len(quotes[i].Link) + saysCost*len(quotes[i].Says)
		for _, r := range quotes[i].Runs {
			cost += len(r.Text)
		}
		if *b -= budget(cost); *b < 0 {
			return quotes[:i]
		}
	}
	return quotes
}
