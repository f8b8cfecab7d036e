// Package queries answers questions about the graph: who mediated which talks,
// who signed, who refused, what is claimed about one thing, and which sentence
// of which article says so.
//
// Each named question is a function over a [graph.Snapshot] and [Params], listed
// in the [Catalogue]; [Run] asks one by name. An [Answer] has rows, each row its
// claims, each claim its quote, article, outlet and date. Claims that are denied,
// planned, conditional or possible never count as facts: they are shown apart.
//
// Nothing is cut short silently: a list says how many there are and how to get
// the rest. The package reads stored claims and does not know how they were
// found in the text.
package queries
