package loader

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/sentence"
)

// Mention is a stretch of an article that stands for a thing.
type Mention struct {
	Start int        `json:"start"` // in code points of the article's text
	End   int        `json:"end"`   // likewise, half open
	Text  string     `json:"text"`
	Type  graph.Type `json:"type"` // of what the words describe: a Group for people, though the thing may be their party
	ID    graph.ID   `json:"id"`   // of the thing; "" if it is not known which one
}

// Mentions returns the mentions of a in the order of the text, of two that
// begin together the longer one first. Its errors are those of
// [Extractor.Extract].
func (x *Extractor) Mentions(ctx context.Context, a graph.Article) ([]Mention, error) {
	var out []Mention
	err := x.guard(ctx, func(ctx context.Context) error {
		d, err := x.analyse(ctx, &a)
		if err != nil {
			return err
		}
		for i := range d.Mentions {
			m := &d.Mentions[i]
			if m.Kind == coref.Relative || m.Kind == coref.Demonym && !m.Plural {
				continue // "who", and "Egyptian" before a noun, are parts of a longer mention
			}
			tokens := d.Sentences[m.Sentence].Tokens
			start, end := tokens[m.From].Start, tokens[m.To-1].End
			mention := Mention{Start: start, End: end, Text: a.Text[start:end], Type: m.Type}
			if m.Entity >= 0 {
				mention.ID = d.Entities[m.Entity].Thing.ID
			}
			out = append(out, mention)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	points := sentence.NewCodePoints(a.Text)
	for i := range out {
		start := points.At(out[i].Start)
		out[i].Start, out[i].End = start, start+utf8.RuneCountInString(out[i].Text)
	}
	return out, nil
}
