// Package events finds the talks, agreements and proposals that an article
// speaks of, and joins the words that speak of the same one.
//
// [Find] returns a [Doc]: each [Mention] of an event, by a noun ("the accord"), a
// name ("General Framework Agreement") or a verb ("met in Cairo"), and the
// [Event] it belongs to. Two mentions are joined only if nothing keeps them apart:
// another name, place, year, ordinal or party. Results depend on the article
// alone. Which nouns and verbs name events stands in words.txt. The package does
// not know who did what in an event: that is read by frames.
package events
