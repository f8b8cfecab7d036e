// Package stance reads how a text stands to what it tells: whether it asserts or
// denies it, whether it has happened, and who says so.
//
// [Of] asks this of a verb, [OfNoun] of a noun that names an event. Both walk up
// the tree from there and gather what negations, auxiliaries, conjunctions and
// governing words do to the statement; what a governing word does stands in
// governors.txt, which says how to read it. The package knows nothing of who is
// who: speakers are tokens.
package stance
