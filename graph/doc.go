// Package graph is the knowledge graph: things, the claims that articles make
// about them, the text that says so, and the store that keeps it all.
//
// A [Thing] is a node, a [Claim] one statement of one article, and its [Evidence]
// the exact words. An [Extraction] is everything one article says; it goes into
// the store as a whole or not at all. No other package of this module imports
// Cayley: callers see things and claims only. The package knows nothing of
// language or of HTTP.
package graph
