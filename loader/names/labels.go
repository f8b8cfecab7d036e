package names

import "parley/loader/sentence"

// Class is what the learned part of the tagger tells apart. States and other
// places are one class there: the fact list parts them afterwards.
type Class uint8

// The classes of the learned tagger.
const (
	Person Class = iota
	Organisation
	Location // state or place
	Event
	Agreement
	Nationality
	classes
)

// ClassOf returns the class of an entity type of package sentence.
func ClassOf(entity string) (c Class, ok bool) {
	switch entity {
	case sentence.Person:
		return Person, true
	case sentence.Organisation:
		return Organisation, true
	case sentence.State, sentence.Place:
		return Location, true
	case sentence.Event:
		return Event, true
	case sentence.Agreement:
		return Agreement, true
	case sentence.Nationality:
		return Nationality, true
	}
	return 0, false
}

// entity returns the type of package sentence for c; locations are places until
// the fact list says otherwise.
func (c Class) entity() string {
	return [...]string{
		sentence.Person, sentence.Organisation, sentence.Place, sentence.Event, sentence.Agreement, sentence.Nationality,
	}[c]
}

// A label says of a token that it is outside all names (0) or begins (B), is
// inside (I), ends (E) or is all (S) of a name of a class.
const labels = 1 + 4*int(classes)

// The places of a token in a name.
const (
	begins = iota
	inside
	ends
	single
)

// labelOf returns the label of a place in a name of class c.
func labelOf(c Class, place int) int { return 1 + 4*int(c) + place }

// opens reports whether l may follow the end of a name or a token outside all.
func opens(l int) bool { return l == 0 || (l-1)%4 == begins || (l-1)%4 == single }

// closes reports whether a name or a token outside all ends with l.
func closes(l int) bool { return l == 0 || (l-1)%4 == ends || (l-1)%4 == single }

// follows reports whether label b may follow label a.
func follows(a, b int) bool {
	if closes(a) {
		return opens(b)
	}
	return !opens(b) && (a-1)/4 == (b-1)/4
}

// steps are the label pairs that may follow each other.
type steps struct {
	before [labels][]int // which may stand before a label
	after  [labels][]int // which may stand after it
}

// newSteps returns the pairs that may follow each other.
func newSteps() *steps {
	s := new(steps)
	for b := range labels {
		for a := range labels {
			if follows(a, b) {
				s.before[b] = append(s.before[b], a)
				s.after[a] = append(s.after[a], b)
			}
		}
	}
	return s
}

// set is a set of labels.
type set uint32

// The labels of tokens about which nothing is known, and of one outside all names.
const (
	anyLabel set = 1<<labels - 1
	outside  set = 1
)

// setOf returns the labels of the names of class c.
func setOf(c Class) set {
	var s set
	for p := range 4 {
		s |= 1 << labelOf(c, p)
	}
	return s
}

// has reports whether label l is in s.
func (s set) has(l int) bool { return s>>l&1 == 1 }

// mark sets the sets of tokens from to to those of one name of class c.
func mark(allowed []set, from, to int, c Class) {
	if to-from == 1 {
		allowed[from] = 1 << labelOf(c, single)
		return
	}
	for i := from; i < to; i++ {
		allowed[i] = 1 << labelOf(c, inside)
	}
	allowed[from] = 1 << labelOf(c, begins)
	allowed[to-1] = 1 << labelOf(c, ends)
}
