package loader

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/coref"
)

// Explain writes, sentence by sentence, what the stages found in a: what each
// mention stands for and why, and each claim with the rule that made it. It is
// written for people. Its errors are those of [Extractor.Extract] and of w.
func (x *Extractor) Explain(ctx context.Context, a graph.Article, w io.Writer) error {
	var b strings.Builder
	err := x.guard(ctx, func(ctx context.Context) error {
		d, err := x.analyse(ctx, &a)
		if err != nil {
			return err
		}
		out, err := claims(ctx, d)
		if err != nil {
			return err
		}
		if err := x.finish(&out, d); err != nil {
			return err
		}
		explain(&b, d, &out)
		return nil
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// explain writes what was found in each sentence, and last what the imprint says.
func explain(b *strings.Builder, d *coref.Doc, out *graph.Extraction) {
	fmt.Fprintf(b, "%s\n", out.Article.ID)
	for i := range d.Sentences {
		s := &d.Sentences[i]
		fmt.Fprintf(b, "\n%d. %s\n", i, oneLine(s.Text(out.Article.Text)))
		for j := range d.Mentions {
			if d.Mentions[j].Sentence == i {
				explainMention(b, d, &d.Mentions[j])
			}
		}
		for j := range out.Claims {
			if c := &out.Claims[j]; c.Evidence.Sentence == i && !isImprint(c) {
				explainClaim(b, out, c)
			}
		}
	}
	b.WriteString("\nImprint\n")
	for j := range out.Claims {
		if c := &out.Claims[j]; isImprint(c) {
			explainClaim(b, out, c)
		}
	}
}

// isImprint reports whether c is what an imprint says of its article.
func isImprint(c *graph.Claim) bool { return strings.HasSuffix(c.Rule, "/imprint") }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func explainMention(b *strings.Builder, d *coref.Doc, m *coref.Mention) {
	tokens := d.Sentences[m.Sentence].Tokens
	words := oneLine(d.Article.Text[tokens[m.From].Start:tokens[m.To-1].End])
	stands := "unresolved " + string(m.Type)
	if m.Entity >= 0 {
		stands = string(d.Entities[m.Entity].Thing.ID)
	}
	fmt.Fprintf(b, "   %q = %s%s\n", words, stands, explainLink(m.Link))
}

// explainLink tells how words came to stand for a thing.
func explainLink(l *graph.Link) string {
	if l == nil {
		return ""
	}
	return fmt.Sprintf(" (%s of %q at %d–%d)", l.Kind, oneLine(l.Text), l.Start, l.End)
}

func explainClaim(b *strings.Builder, out *graph.Extraction, c *graph.Claim) {
	object := string(c.Object.ID)
	if c.Object.IsLiteral() {
		object = fmt.Sprintf("%q", c.Object.Value)
	}
	fmt.Fprintf(b, "   → %s %s %s [%s, %s, %.2f]\n", c.Subject, c.Predicate, object, c.Polarity, c.Modality, c.Confidence)
	e := c.Evidence
	fmt.Fprintf(b, "     by %s; subject %q%s; object %q%s", c.Rule, e.SubjectText, explainLink(e.SubjectLink), e.ObjectText, explainLink(e.ObjectLink))
	if c.When != nil {
		fmt.Fprintf(b, "; when %q = %s", c.When.Text, strings.TrimSuffix(c.When.Start+"/"+c.When.End, "/"))
	}
	if len(c.AttributedTo) > 0 {
		fmt.Fprintf(b, "; says %v", c.AttributedTo)
	}
	if i := slices.IndexFunc(out.Claims, func(o graph.Claim) bool { return o.ID == c.Via }); i >= 0 {
		fmt.Fprintf(b, "; follows from %s %s", out.Claims[i].Subject, out.Claims[i].Predicate)
	}
	b.WriteByte('\n')
}
