// Package facts is what parley knows of the world before it reads: states with
// their demonyms, capitals and seats of government, organisations, armed
// groups, outlets, cities, peoples, and the titles and head nouns by which news
// names those who negotiate.
//
// [Default] returns the [List] read from the tables that lie beside this code.
// Its lookups are by surface: [List.Match] finds the longest name that begins
// at a token, [List.Demonym], [List.CapitalOf] and [List.SeatOf] answer what a
// word stands for, [List.Title] and [List.Noun] know posts and head nouns.
// Look-alikes are distinct entries, and a surface that names two things gives
// both. The order of rows in the tables does not matter.
//
// A List is immutable and safe for concurrent use. The package knows nothing of
// sentences or of the graph. Sources are named in doc/names-model.md.
package facts

import (
	"slices"
	"strings"
)

// Kind says what an [Entry] is.
type Kind uint8

// The kinds of entries, in the order in which [List.Match] prefers them.
const (
	State        Kind = iota // a state or territory with a government
	Group                    // an armed group or movement
	Organisation             // a body, party, union, ministry, company
	Seat                     // a building that stands for a government
	Capital                  // a capital; Of is its state
	Region                   // a region within a state (Of), or a place that belongs to none
	City                     // a city; Of is its state
	Demonym                  // an adjective or noun for people; Of is what they are of
	Outlet                   // a news agency, newspaper or broadcaster
)

// String returns the kind in lower case.
func (k Kind) String() string {
	return [...]string{"state", "group", "organisation", "seat", "capital", "region", "city", "demonym", "outlet"}[k]
}

// Entry is one thing that news names. Its slices belong to the List.
type Entry struct {
	Key      string   // kind and label as a stable slug: "state/south-sudan"
	Kind     Kind     //
	Label    string   // the name as the world uses it today
	Aliases  []string // further names, acronyms among them
	Acronyms []string // those of Aliases that are acronyms
	ISO2     string   // alpha-2 code of a state, upper case
	ISO3     string   // alpha-3 code of a state
	Capitals []string // of a state; the first is the seat of government
	Demonyms []string // adjectives and nouns for people of a state
	Sort     string   // of an organisation: igo, body, court, bank, ngo, party, union, army, ministry, company, faith
	Of       string   // label of the state or body it belongs to or stands for; may be empty
	Plural   bool     // of a demonym: names several people ("Egyptians")
	Noun     bool     // of a demonym: is used as a noun as it stands
	First    int      // year a young state began, or 0
	Last     int      // year a state ended, or 0
}

// IsPlace reports whether e is a place that is not a state.
func (e *Entry) IsPlace() bool { return e.Kind == Capital || e.Kind == City || e.Kind == Region }

// List is the fact list.
type List struct {
	entries []*Entry
	exact   map[string][]*Entry // normalised surface
	folded  map[string][]*Entry // the same in lower case, for text in capitals
	longest map[string]int      // most words of a surface that begins with the word
	labels  map[string]*Entry   // states and organisations by label
	titles  map[string]*Title
	title1  map[string]int // most words of a title that begins with the word
	nouns   map[string]*Noun
	given   map[string]bool
}

// Entries returns all entries, sorted by key.
func (l *List) Entries() []*Entry { return l.entries }

// Match returns the number of forms, from forms[i] on, that the longest known
// name takes, and its entry; 0 and nil if none begins there. Of several entries
// of that name it returns the one of the first kind; [List.MatchAll] has all.
//
// Forms are those of package token. Case must agree, but forms in capitals match
// names in any case.
func (l *List) Match(forms []string, i int) (n int, e *Entry) {
	n, es := l.MatchAll(forms, i)
	if n == 0 {
		return 0, nil
	}
	return n, es[0]
}

// MatchAll is [List.Match] with every entry of the longest name, by kind, then key.
func (l *List) MatchAll(forms []string, i int) (n int, es []*Entry) {
	var store [96]byte
	buf := appendNormal(store[:0], forms[i])
	most := l.longest[string(buf)]
	if most > 0 {
		n, es = longestOf(l.exact, buf, forms[i:], most)
	}
	if n > 0 || !inCapitals(forms[i]) {
		return n, es
	}
	buf = appendLower(buf[:0], forms[i])
	if most = l.longest[string(buf)]; most == 0 {
		return 0, nil
	}
	return longestFolded(l.folded, buf, forms[i:], most)
}

// longestOf looks for the longest name that begins with forms, whose first is in buf.
func longestOf(index map[string][]*Entry, buf []byte, forms []string, most int) (n int, es []*Entry) {
	for k := 1; ; k++ {
		if found := index[string(buf)]; found != nil {
			n, es = k, found
		}
		if k >= most || k >= len(forms) {
			return n, es
		}
		buf = appendNormal(append(buf, ' '), forms[k])
	}
}

// longestFolded is longestOf for forms in capitals.
func longestFolded(index map[string][]*Entry, buf []byte, forms []string, most int) (n int, es []*Entry) {
	for k := 1; ; k++ {
		if found := index[string(buf)]; found != nil {
			n, es = k, found
		}
		if k >= most || k >= len(forms) {
			return n, es
		}
		buf = appendLower(append(buf, ' '), forms[k])
	}
}

// Lookup returns the entries that name names, by kind, then key; nil if none.
// name is running text ("Ivory Coast"), not forms; "the" before it is left out.
func (l *List) Lookup(name string) []*Entry { return l.exact[surface(name)] }

// AnyCase returns the entries that a single word names if its case is left out
// of account ("france"), by kind, then key; nil if none. word is in lower case.
func (l *List) AnyCase(word string) []*Entry { return l.folded[word] }

// Named returns the state or organisation with the given label, or nil.
func (l *List) Named(label string) *Entry { return l.labels[label] }

// Demonym returns the entries of a demonym ("Egyptian", "Kurds"), one for each
// state or people it may be of; nil if it is none.
func (l *List) Demonym(word string) []*Entry {
	var ds []*Entry
	for _, e := range l.exact[surface(word)] {
		if e.Kind == Demonym {
			ds = append(ds, e)
		}
	}
	return ds
}

// StateOf returns the state that a demonym is of, or nil if it is none or may be
// of several ("Congolese").
func (l *List) StateOf(demonym string) *Entry {
	var state *Entry
	for _, e := range l.Demonym(demonym) {
		s := l.labels[e.Of]
		if s == nil || s.Kind != State || state != nil && s != state {
			return nil
		}
		state = s
	}
	return state
}

// CapitalOf returns the state whose capital city names, or nil.
func (l *List) CapitalOf(city string) *Entry {
	for _, e := range l.exact[surface(city)] {
		if e.Kind == Capital {
			return l.labels[e.Of]
		}
	}
	return nil
}

// SeatOf returns the state or organisation for which a building or office
// stands ("the Kremlin"), or nil.
func (l *List) SeatOf(name string) *Entry {
	for _, e := range l.exact[surface(name)] {
		if e.Kind == Seat {
			return l.labels[e.Of]
		}
	}
	return nil
}

// IsOutlet reports whether name is that of a news agency, newspaper or broadcaster.
func (l *List) IsOutlet(name string) bool {
	return slices.ContainsFunc(l.exact[surface(name)], func(e *Entry) bool { return e.Kind == Outlet })
}

// IsGiven reports whether name is a common given name. Given names do not tell
// persons apart; they tell a person from a place.
func (l *List) IsGiven(name string) bool { return l.given[name] }

// surface returns name as the index has it: its words as package token cuts
// them, parted by spaces.
func surface(name string) string {
	var buf []byte
	for i, w := range wordsOf(strings.TrimPrefix(name, "the ")) {
		if i > 0 {
			buf = append(buf, ' ')
		}
		buf = appendNormal(buf, w)
	}
	return string(buf)
}

// appendNormal appends form with its apostrophes and hyphens made plain.
func appendNormal(buf []byte, form string) []byte {
	if isPlain(form) {
		return append(buf, form...)
	}
	for _, r := range form {
		switch r {
		case '’', '‘', 'ʿ', 'ʾ', '`':
			r = '\''
		case '‐', '‑':
			r = '-'
		}
		buf = append(buf, string(r)...)
	}
	return buf
}

// appendLower is appendNormal in lower case.
func appendLower(buf []byte, form string) []byte {
	if isPlain(form) {
		for i := 0; i < len(form); i++ {
			c := form[i]
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			buf = append(buf, c)
		}
		return buf
	}
	return appendNormal(buf, strings.ToLower(form))
}

// isPlain reports whether s is ASCII only.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 || s[i] == '`' {
			return false
		}
	}
	return true
}

// inCapitals reports whether form is a word of three or more letters all in capitals.
func inCapitals(form string) bool {
	if len(form) < 3 || form[0] >= 'a' && form[0] <= 'z' || form[1] >= 'a' && form[1] <= 'z' {
		return false
	}
	return strings.ToUpper(form) == form && strings.ToLower(form) != form
}
