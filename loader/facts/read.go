package facts

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"parley/graph"
	"parley/loader/token"
)

// The tables. Each is UTF-8 text with tab-separated columns, named in its head;
// lines that begin with "#" are comments.
var (
	//go:embed states.tsv
	statesTable string
	//go:embed seats.tsv
	seatsTable string
	//go:embed cities.tsv
	citiesTable string
	//go:embed regions.tsv
	regionsTable string
	//go:embed peoples.tsv
	peoplesTable string
	//go:embed organisations.tsv
	organisationsTable string
	//go:embed groups.tsv
	groupsTable string
	//go:embed outlets.tsv
	outletsTable string
	//go:embed titles.tsv
	titlesTable string
	//go:embed nouns.tsv
	nounsTable string
	//go:embed given.txt
	givenTable string
)

// Default returns the fact list of this build. It is read on first use.
func Default() *List { return defaultList() }

var defaultList = sync.OnceValue(func() *List {
	b := builder{
		list: &List{
			exact: map[string][]*Entry{}, folded: map[string][]*Entry{}, longest: map[string]int{},
			labels: map[string]*Entry{}, titles: map[string]*Title{}, title1: map[string]int{},
			nouns: map[string]*Noun{}, given: map[string]bool{},
		},
		keys: map[string]*Entry{},
	}
	b.states()
	b.organisations()
	b.groups()
	b.outlets()
	b.places()
	b.peoples()
	b.roles()
	b.index()
	return b.list
})

// builder reads the tables into a list.
type builder struct {
	list *List
	keys map[string]*Entry
}

// rows calls f with the columns of each line of table, padded to n.
func rows(table string, n int, f func(cols []string)) {
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cols := strings.Split(line, "\t")
		for len(cols) < n {
			cols = append(cols, "")
		}
		f(cols)
	}
}

// list returns the parts of a column.
func list(col string) []string {
	if col == "" {
		return nil
	}
	return strings.Split(col, "|")
}

// add adds e and gives it its key. Two rows of one kind and label become one entry.
func (b *builder) add(e *Entry) *Entry {
	e.Key = e.Kind.String() + "/" + graph.Slug(e.Label)
	if e.Of != "" && (e.Kind == Demonym || e.IsPlace()) {
		e.Key += "/" + graph.Slug(e.Of)
	}
	if old := b.keys[e.Key]; old != nil {
		old.Aliases = append(old.Aliases, e.Aliases...)
		old.Plural = old.Plural || e.Plural
		old.Noun = old.Noun || e.Noun
		return old
	}
	b.keys[e.Key] = e
	b.list.entries = append(b.list.entries, e)
	if e.Kind == State || e.Kind == Organisation || e.Kind == Group {
		b.list.labels[e.Label] = e
	}
	return e
}

// states reads the states, with entries for their capitals and demonyms.
func (b *builder) states() {
	rows(statesTable, 8, func(c []string) {
		e := &Entry{Kind: State, Label: c[0], ISO2: c[1], ISO3: c[2], Capitals: list(c[3]), Aliases: list(c[6])}
		if first, last, ok := strings.Cut(c[7], "-"); ok {
			e.First, _ = strconv.Atoi(first)
			e.Last, _ = strconv.Atoi(last)
		}
		adjectives, people := list(c[4]), list(c[5])
		if len(people) == 0 && len(adjectives) > 0 {
			people = []string{adjectives[0], adjectives[0] + "s"}
		}
		e.Demonyms = append(adjectives, people...)
		b.add(e)
		for _, city := range e.Capitals {
			b.add(&Entry{Kind: Capital, Label: city, Of: e.Label})
		}
		b.demonyms(adjectives, people, e.Label, append([]string{e.Label}, e.Aliases...))
	})
	rows(seatsTable, 3, func(c []string) {
		b.add(&Entry{Kind: Seat, Label: c[0], Of: c[1], Aliases: list(c[2])})
	})
}

// demonyms adds the demonyms of a state or people, but for the words in except,
// which name the state itself.
func (b *builder) demonyms(adjectives, people []string, of string, except []string) {
	for _, w := range adjectives {
		if !slices.Contains(except, w) {
			b.add(&Entry{Kind: Demonym, Label: w, Of: of})
		}
	}
	for i, w := range people {
		if !slices.Contains(except, w) {
			b.add(&Entry{Kind: Demonym, Label: w, Of: of, Noun: true, Plural: i > 0})
		}
	}
}

// organisations reads bodies, parties and companies.
func (b *builder) organisations() {
	rows(organisationsTable, 5, func(c []string) {
		acronyms := without(list(c[2]), c[0])
		b.add(&Entry{Kind: Organisation, Label: c[0], Sort: c[1], Acronyms: acronyms, Aliases: append(list(c[3]), acronyms...), Of: c[4]})
	})
}

// groups reads armed groups.
func (b *builder) groups() {
	rows(groupsTable, 4, func(c []string) {
		acronyms := without(list(c[1]), c[0])
		b.add(&Entry{Kind: Group, Label: c[0], Acronyms: acronyms, Aliases: append(list(c[2]), acronyms...), Of: c[3]})
	})
}

// without returns names but for name.
func without(names []string, name string) []string {
	return slices.DeleteFunc(names, func(s string) bool { return s == name })
}

// outlets reads news agencies, newspapers and broadcasters.
func (b *builder) outlets() {
	rows(outletsTable, 2, func(c []string) {
		b.add(&Entry{Kind: Outlet, Label: c[0], Aliases: list(c[1])})
	})
}

// places reads cities, regions within states, and regions that belong to none.
func (b *builder) places() {
	rows(citiesTable, 3, func(c []string) {
		kind := City
		if c[1] == "region" {
			kind = Region
		}
		for _, name := range list(c[2]) {
			b.add(&Entry{Kind: kind, Label: name, Of: c[0]})
		}
	})
	rows(regionsTable, 1, func(c []string) {
		for _, name := range list(c[0]) {
			b.add(&Entry{Kind: Region, Label: name})
		}
	})
}

// peoples reads the demonyms of peoples, regions and faiths.
func (b *builder) peoples() {
	rows(peoplesTable, 4, func(c []string) {
		b.demonyms(list(c[0]), list(c[1]), c[2], nil)
	})
}

// roles reads titles, head nouns and given names.
func (b *builder) roles() {
	flags := flagNames()
	l := b.list
	rows(titlesTable, 2, func(c []string) {
		for _, name := range list(c[1]) {
			ws := wordsOf(strings.ToLower(name))
			key := strings.Join(ws, " ")
			if t := l.titles[key]; t != nil {
				t.Flags |= flags[c[0]]
				continue
			}
			l.titles[key] = &Title{Name: key, Flags: flags[c[0]]}
			l.title1[ws[0]] = max(l.title1[ws[0]], len(ws))
		}
	})
	rows(nounsTable, 2, func(c []string) {
		for _, pair := range list(c[1]) {
			one, many, ok := strings.Cut(pair, "/")
			b.noun(one, one, false, flags[c[0]])
			if ok && many != one {
				b.noun(many, one, true, flags[c[0]])
			}
		}
	})
	rows(givenTable, 1, func(c []string) {
		for _, name := range strings.Fields(c[0]) {
			l.given[name] = true
		}
	})
}

// noun adds one form of a head noun.
func (b *builder) noun(form, singular string, plural bool, f Flag) {
	form = strings.ToLower(form)
	if n := b.list.nouns[form]; n != nil {
		n.Flags |= f
		return
	}
	b.list.nouns[form] = &Noun{Singular: strings.ToLower(singular), Plural: plural, Flags: f}
}

// index fills the maps from surfaces to entries.
func (b *builder) index() {
	slices.SortFunc(b.list.entries, func(x, y *Entry) int { return cmp.Compare(x.Key, y.Key) })
	for _, e := range b.list.entries {
		slices.Sort(e.Aliases)
		e.Aliases = slices.Compact(e.Aliases)
		for _, name := range append([]string{e.Label}, e.Aliases...) {
			b.surface(name, e)
			if plain := unaccented(name); plain != name {
				b.surface(plain, e)
			}
		}
	}
	b.styles()
	for _, m := range []map[string][]*Entry{b.list.exact, b.list.folded} {
		for _, es := range m {
			slices.SortFunc(es, func(x, y *Entry) int {
				return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Key, y.Key))
			})
		}
	}
}

// styles adds the full styles of states, "Kingdom of X", that no entry bears and
// that are in no table.
func (b *builder) styles() {
	for _, e := range b.list.entries {
		if e.Kind != State || strings.Contains(e.Label, " of ") || e.Label == "Georgia" {
			continue
		}
		for _, style := range []string{"Republic", "Kingdom", "State", "Empire", "Federal Republic", "Islamic Republic", "People's Republic", "Democratic Republic", "Arab Republic", "Sultanate", "Principality", "Commonwealth", "Federation", "Union"} {
			if name := style + " of " + e.Label; len(b.list.exact[surface(name)]) == 0 {
				b.surface(name, e)
			}
		}
	}
}

// surface adds one name of e. The article before a name is not part of it.
func (b *builder) surface(name string, e *Entry) {
	if strings.HasPrefix(name, "the ") {
		return
	}
	s := surface(name)
	first, _, _ := strings.Cut(s, " ")
	n := strings.Count(s, " ") + 1
	l := b.list
	if !slices.Contains(l.exact[s], e) {
		l.exact[s] = append(l.exact[s], e)
	}
	l.longest[first] = max(l.longest[first], n)
	low := strings.ToLower(s)
	if len(s) < 4 && s != low && strings.ToUpper(s) != s {
		return
	}
	if !slices.Contains(l.folded[low], e) {
		l.folded[low] = append(l.folded[low], e)
	}
	first = strings.ToLower(first)
	l.longest[first] = max(l.longest[first], n)
}

// wordsOf returns the forms of name as package token cuts them.
func wordsOf(name string) []string {
	var ws []string
	for _, t := range token.Words(name, 0, len(name)) {
		ws = append(ws, t.Form)
	}
	return ws
}

// unaccented returns s without the marks over its letters.
func unaccented(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// check reports the first entry whose Of names nothing in the list, for the tests.
func (l *List) check() error {
	for _, e := range l.entries {
		if e.Kind == Demonym || e.Of == "" {
			continue
		}
		if l.labels[e.Of] == nil {
			return fmt.Errorf("facts: %s is of %q, which is no entry", e.Key, e.Of)
		}
	}
	return nil
}
