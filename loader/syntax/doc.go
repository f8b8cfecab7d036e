// Package syntax tells how the words of a sentence hang together: part of
// speech, dictionary form, and the tree of Universal Dependencies.
//
// [New] returns the [Parser] whose weights are part of the program, and
// [Parser.Parse] fills the tokens of sentences that are already split into
// words as Universal Dependencies split them. Every sentence gets one tree with
// one root. The same words give the same tree on every machine, alone or among
// others. A Parser is safe for concurrent use.
//
// [ReadCoNLLU] and [WriteCoNLLU] read and write trees as text. The package knows
// nothing of names, articles or the graph, and does not split text. How the
// weights were made is told in doc/parser-model.md.
package syntax
