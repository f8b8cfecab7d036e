package loader

import (
	"context"

	"parley/graph"
	"parley/loader/sentence"
)

// Sentences returns the sentences of a with tags, trees and names. Its errors
// are those of [Extractor.Extract].
func (x *Extractor) Sentences(ctx context.Context, a graph.Article) ([]sentence.Sentence, error) {
	var ss []sentence.Sentence
	err := x.guard(ctx, func(ctx context.Context) error {
		d, err := x.analyse(ctx, &a)
		if err != nil {
			return err
		}
		ss = d.Sentences
		return nil
	})
	return ss, err
}

// Parse sets the tags, trees and names of ss, sentences of one article whose
// words are given; their offsets point into text. The error is ctx's, or tells
// of a fault in a stage.
func (x *Extractor) Parse(ctx context.Context, text string, ss []sentence.Sentence) error {
	return x.guard(ctx, func(ctx context.Context) error {
		if err := x.parser.Parse(ctx, ss); err != nil {
			return err
		}
		return x.tagger.Tag(ctx, text, ss)
	})
}
