// Package dates finds time expressions and the days, months and years that
// they stand for.
//
// [Find] resolves what it can against the day an article was published: "on
// Friday", "last month", "14 April". Without that day such words keep their
// text and no date; no year is ever invented. Results come in the order of the
// text. The package knows nothing of what happened at these times.
package dates

import (
	"parley/graph"
	"parley/loader/sentence"
)

// Expr is a time expression of one sentence.
type Expr struct {
	Sentence int // index into the sentences handed to Find
	From, To int // tokens, half open
	When     graph.When
}

// Find returns the time expressions of ss, the sentences of text, which was
// published on the ISO 8601 date published ("" if unknown). When.Start is ""
// if the words do not say which day, month or year they mean.
func Find(ss []sentence.Sentence, text, published string) []Expr {
	return nil
}
