// Package export writes claims in the formats that other programs read: tables,
// RDF and graphs.
//
// [Write] streams any sequence of claims of a snapshot in one [Format]. In every
// format each claim keeps its quote, its article's address, date and outlet, who
// says so, its polarity and modality, and its confidence. Claims that are no
// facts are never written in a way that a reader could take for one: in RDF they
// are described but not stated, in graphs their edges say what they are.
//
// The output depends on the claims and their order only. The package chooses no
// claims; callers do.
package export
