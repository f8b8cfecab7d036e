// Package roles reads which part people, bodies, states and places have in a
// negotiation: who mediated, who sat at the table, who signed or refused, and
// where; who leads, represents or belongs to what; which times were those of talks or of
// a signing, and which verbs tell how talks ended. It gives each mention, time and verb a
// probability for each [Role], and each pair of mentions one for each [Link].
//
// [Reader.Read] runs a transformer (Vaswani et al. 2017) of the shape of MiniLM
// (Wang et al. 2020) over runs of sentences and reads the roles off the mean of the
// states of a mention's words, and links off those of two mentions and of what stands
// between them. Where the rules of loader/frames know wordings, this
// model knows words that are used alike. It does not know who a mention is, nor of
// which talks it has a part. Its card is doc/roles-model.md.
//
// Answers do not depend on the machine: products are summed in integers, and what
// is left is done in an order that vector code does not change.
package roles
