// Package question reads questions in English. [Reader.Read] runs the language
// stages of an article over the question, with a thing that is not known in the
// place of "who", "which states" or "where", and turns the claims that come out
// into a [graph.Pattern]: what is claimed of the hole, and what narrows it.
//
// A Reader is safe for concurrent use, and the same question always gives the
// same pattern. The package knows nothing of the graph that is asked.
package question

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/dates"
	"parley/loader/events"
	"parley/loader/frames"
	"parley/loader/grammar"
)

// MaxLength is the length in bytes of the longest question that is read.
const MaxLength = 500

// ErrLong is what a question of more than [MaxLength] bytes gives.
var ErrLong = errors.New("question: longer than 500 bytes")

// Stages are the language stages of an article.
type Stages interface {
	// Analyse hands use what the words of a, which is in English, stand for.
	Analyse(ctx context.Context, a graph.Article, use func(context.Context, *coref.Doc) error) error
}

// Reader reads questions.
type Reader struct{ stages Stages }

// New returns a Reader that uses the stages s.
func New(s Stages) *Reader { return &Reader{stages: s} }

// Read returns what q asks. A question that is not understood gives a pattern
// that [graph.Pattern.IsEmpty] reports, and no error.
func (r *Reader) Read(ctx context.Context, q string) (graph.Pattern, error) {
	p := graph.Pattern{Question: q}
	if len(q) > MaxLength {
		return p, ErrLong
	}
	if !utf8.ValidString(q) {
		return p, errors.New("question: not UTF-8")
	}
	text := plain(q)
	if p.Parts = several(q); len(p.Parts) > 1 {
		p.Why = "several questions at once; ask them one by one"
		return p, nil
	}
	p.Parts = nil
	if p.Why = unreadable(text); p.Why != "" {
		return p, nil
	}
	a := graph.Article{Title: text, Language: "en", Text: text,
		Blocks: []graph.Block{{Kind: graph.Paragraph, Start: 0, End: len(text)}}}
	a.MakeID()
	err := r.stages.Analyse(ctx, a, func(ctx context.Context, d *coref.Doc) error {
		return read(ctx, d, &p)
	})
	if err != nil {
		return graph.Pattern{Question: q}, fmt.Errorf("read question: %w", err)
	}
	return p, nil
}

// requests are ways to ask without a question word.
var requests = []struct {
	words *regexp.Regexp
	as    string
}{
	{regexp.MustCompile(`(?i)^(please\s+)?(can|could) you (tell|show) (me|us)\s+`), ""},
	{regexp.MustCompile(`(?i)^(please\s+)?(tell|show) (me|us)\s+(who|whom|which|what|where|when|how)\b`), "$4"},
	{regexp.MustCompile(`(?i)^(do you know|i want to know|i would like to know)\s+`), ""},
	{regexp.MustCompile(`(?i)^(please\s+)?(name|list|give|find|show)( me| us)?( all)? (of )?(the )?`), "Who were the "},
}

// plain returns q as one line that begins with a capital and ends with a
// question mark, requests turned into questions.
func plain(q string) string {
	q = strings.Join(strings.Fields(q), " ")
	q = strings.TrimRight(q, "?!. ")
	for _, r := range requests {
		if r.words.MatchString(q) {
			q = r.words.ReplaceAllString(q, r.as)
			break
		}
	}
	if q == "" {
		return ""
	}
	c, n := utf8.DecodeRuneInString(q)
	return string(unicode.ToUpper(c)) + q[n:] + "?"
}

// several returns the questions of q, each with its question mark.
func several(q string) []string {
	var out []string
	for part := range strings.SplitSeq(q, "?") {
		if part = strings.TrimSpace(part); strings.ContainsFunc(part, unicode.IsLetter) {
			out = append(out, part+"?")
		}
	}
	return out
}

// unreadable returns why text is no question that can be read, or "".
func unreadable(text string) string {
	letters, latin := 0, 0
	for _, c := range text {
		if unicode.IsLetter(c) {
			letters++
			if unicode.Is(unicode.Latin, c) {
				latin++
			}
		}
	}
	lower := strings.ToLower(text)
	switch {
	case letters == 0:
		return "the question has no words"
	case 2*latin < letters || strings.HasPrefix(text, "¿"):
		return "questions are understood in English only"
	case strings.HasPrefix(lower, "how many ") || strings.HasPrefix(lower, "how often ") || strings.HasPrefix(lower, "how much "):
		return "counts are not answered, but the named questions give them with facets"
	case strings.HasPrefix(lower, "why "):
		return "reasons are not answered, only who, which, what, where and when"
	}
	return ""
}

// reading is the work on one question.
type reading struct {
	ctx   context.Context
	p     *graph.Pattern
	d     *coref.Doc
	ds    []dates.Expr
	ev    *events.Doc
	t     *grammar.Tree
	sent  int
	hole  hole
	terms map[graph.ID]int // terms of the entities
	event map[int]int      // terms of the events, by index into ev.Events
	used  map[int]bool     // tokens that are accounted for
}

// read fills p from the question d.
func read(ctx context.Context, d *coref.Doc, p *graph.Pattern) error {
	if len(d.Sentences) == 0 {
		return nil
	}
	r := &reading{ctx: ctx, p: p, d: d, terms: map[graph.ID]int{}, event: map[int]int{}, used: map[int]bool{}}
	r.sent = len(d.Sentences) - 1
	mend(&d.Sentences[r.sent])
	r.t = grammar.Read(&d.Sentences[r.sent])
	r.ds = dates.Find(d.Sentences, d.Article.Text, "")
	r.hole = r.findHole()
	p.Terms = []graph.Term{{Kind: graph.HoleTerm}}
	if r.readLink() {
		return nil
	}
	r.place()
	r.ev = events.Find(d, r.ds)
	r.describe()
	claims, err := r.claims()
	if err != nil {
		return err
	}
	if err := r.ask(claims); err != nil {
		return err
	}
	r.narrow(claims)
	return nil
}

// claims runs the frames over the question.
func (r *reading) claims() ([]graph.Claim, error) {
	x, err := frames.Claims(r.ctx, r.d, r.ds, nil)
	return x.Claims, err
}
