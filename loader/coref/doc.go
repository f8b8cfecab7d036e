// Package coref finds who and what the words of an article stand for.
//
// [Resolve] takes the sentences of one article, parsed and with their names
// tagged, and returns a [Doc]: every mention of a person, organisation, state,
// group or place (names, descriptions, pronouns), the [Entity] each stands for,
// and the static relations that titles, appositions and possessives state.
//
// It prefers silence to error: a mention that could stand for two things stays
// unresolved. The result depends on the article alone and is the same on every
// run; a Doc is not changed after Resolve returns it and may be shared.
// The package knows nothing of verbs and events: those are read by frames.
package coref
