// Package grammar reads who does what to whom off a dependency tree.
//
// [Read] wraps a parsed sentence as a [Tree]; [Tree.Args] lists what fills the
// grammatical functions of a verb or noun: its logical subject and object
// whatever the voice, its prepositional phrases, its possessor. Subjects that
// control, raising, coordination, participles and relative clauses leave unsaid
// are found, and every conjunct of a filler is listed by itself.
//
// Trees may be wrong or missing: Read mends heads that point nowhere, and no walk
// is longer than the sentence. The package knows nothing of what words mean.
package grammar
