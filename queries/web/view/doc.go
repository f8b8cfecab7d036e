// Package view chooses what a graph view shows: things around some things, the
// paths between two, or the answer to a question, with what was expanded and
// collapsed since.
//
// [Parse] reads the address of a view, which is the whole of it, into a [State];
// [Select] takes that part out of a snapshot as a [Graph] of nodes and edges, each
// edge with its claims, and says what is left out. Where things are drawn and in
// which words is for others to say.
package view
