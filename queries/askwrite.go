package queries

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"parley/graph"
)

// AppendJSON appends r to b as one line of JSON: question, reading, url and
// answers, each with id, label, aliases and claims as `parley extract` prints
// them. A value that is no thing has an empty id and its text as label.
func (r *Reply) AppendJSON(b []byte) []byte {
	e := newEncoder(b, r.snapshot)
	e.open('{')
	e.text("question", r.Question)
	e.text("reading", r.Reading)
	e.text("url", r.URL)
	e.key("answers")
	e.open('[')
	for i := range r.Answers {
		e.comma()
		e.found(&r.Answers[i])
	}
	e.close(']')
	e.strings("notes", r.Notes)
	e.strings("nearest", r.Nearest)
	e.close('}')
	return append(e.buf, '\n')
}

// found appends one answer.
func (e *encoder) found(f *Found) {
	e.open('{')
	if f.Node == graph.NoNode {
		e.text("id", "")
		e.text("label", f.Literal.Value)
		e.strings("aliases", nil)
	} else {
		t := e.s.At(f.Node)
		e.text("id", string(t.ID))
		e.text("type", string(t.Type))
		e.text("label", t.Label)
		e.strings("aliases", t.Aliases)
	}
	e.strings("relaxed", f.Relaxed)
	e.key("claims")
	e.open('[')
	for _, edge := range f.Claims {
		e.comma()
		e.claim(e.s.ClaimOf(edge), e.s.ArticleOf(edge))
	}
	e.close(']')
	e.close('}')
}

// WriteText writes r for people: a line an answer, with the sentences that say so.
func (r *Reply) WriteText(w io.Writer) error {
	b := bufio.NewWriter(w)
	a := &Answer{snapshot: r.snapshot}
	for i := range r.Answers {
		f := &r.Answers[i]
		fmt.Fprintf(b, "%s\n", a.label(f.Node, f.Literal.Value))
		a.writeQuotes(b, f.Claims)
		if len(f.Relaxed) > 0 {
			fmt.Fprintf(b, "   not said by the claim itself but elsewhere in the article, if at all: %s\n", strings.Join(f.Relaxed, ", "))
		}
		b.WriteByte('\n')
	}
	if len(r.Answers) == 0 && len(r.Nearest) == 0 {
		b.WriteString("No answer in the graph.\n")
	}
	for _, n := range r.Notes {
		fmt.Fprintf(b, "Note: %s\n", n)
	}
	if len(r.Nearest) > 0 {
		b.WriteString("Questions like these are understood:\n")
		for _, q := range r.Nearest {
			fmt.Fprintf(b, "   %s\n", q)
		}
		b.WriteString("`parley query` lists the named questions.\n")
		return b.Flush()
	}
	fmt.Fprintf(b, "Read as: %s\n", r.Reading)
	if r.URL != "" {
		fmt.Fprintf(b, "See also: %s\n", r.URL)
	}
	return b.Flush()
}
