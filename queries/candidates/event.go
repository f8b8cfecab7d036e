package candidates

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/graph"
)

const (
	candidateParties = 12 // parties of an event by which it is looked up, the rarest
	candidateWindow  = 32 // events next to it in time that one is compared with, for each pair of parties
	candidateDays    = 30 // between articles, if the time of an event is not known
)

// occasion is talks or an agreement as far as its identity is concerned.
type occasion struct {
	node      graph.Node
	parties   []graph.Node // those of a Group are its sides'; sorted by id
	places    []graph.Node
	wider     []graph.Node // places, and what these lie in
	dates     []string     // ISO 8601, sorted
	published []string     // first and last day of its articles; empty if unknown
	rounds    []string     // "first", "second" in its names
}

// events adds the candidates among the things of type t, talks or agreements.
func (m *pairing) events(ctx context.Context, t graph.Type) error {
	byParties := make(map[[2]graph.Node][]*occasion)
	var keys [][2]graph.Node
	var names blocks
	read := make(map[graph.Node]*occasion)
	for i, n := range m.s.Nodes(t) {
		if i%1024 == 1023 && ctx.Err() != nil {
			return ctx.Err()
		}
		o := m.occasion(n)
		read[n] = o
		for _, name := range append([]string{m.s.At(n).Label}, m.s.At(n).Aliases...) {
			if t == graph.Agreement && isProperName(name) {
				names.add(graph.Fold(name), n)
			}
		}
		by := m.rarest(o.parties)
		for i, p := range by {
			for _, q := range by[:i] {
				key := ordered(p, q)
				if byParties[key] == nil {
					keys = append(keys, key)
				}
				byParties[key] = append(byParties[key], o)
			}
		}
	}
	for i, key := range keys {
		if i%256 == 255 && ctx.Err() != nil {
			return ctx.Err()
		}
		m.compareBlock(byParties[key])
	}
	for i, b := range names.list {
		if i%256 == 255 && ctx.Err() != nil {
			return ctx.Err()
		}
		nodes := m.popular(b.nodes, candidateBlock)
		for i, a := range nodes {
			for _, b := range nodes[:i] {
				m.compareNamesakes(read[a], read[b])
			}
		}
	}
	return nil
}

// isProperName reports whether name has two words or more in capitals, as "Doha
// Agreement" has.
func isProperName(name string) bool {
	capitals := 0
	for w := range strings.FieldsSeq(name) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals > 1 && capitals == len(strings.Fields(name))-small(name)
}

// small returns how many words of name are such as names have between capitals.
func small(name string) int {
	n := 0
	for w := range strings.FieldsSeq(name) {
		if slices.Contains([]string{"of", "on", "for", "and", "the", "in", "to"}, w) {
			n++
		}
	}
	return n
}

// compareNamesakes adds a and b, agreements of one proper name, unless their
// years, places or ordinals differ, or both have parties and none in common.
func (m *pairing) compareNamesakes(a, b *occasion) {
	if !m.isOpen(a.node, b.node) || !m.isApart(a.node, b.node) || len(a.rounds) > 0 && len(b.rounds) > 0 && !slices.Equal(a.rounds, b.rounds) {
		return
	}
	shared := common(a.parties, b.parties)
	place, ok := m.comparePlaces(a, b)
	yearsA, yearsB := cutDates(a.dates, len("2005")), cutDates(b.dates, len("2005"))
	years := common(yearsA, yearsB)
	if !ok || len(yearsA) > 0 && len(yearsB) > 0 && len(years) == 0 || len(a.parties) > 0 && len(b.parties) > 0 && len(shared) == 0 {
		return
	}
	score, reasons := 0.35, []string{"both articles call it " + m.s.At(a.node).Label}
	if len(shared) > 0 {
		score, reasons = score+0.15, append(reasons, "both have "+m.listed(shared)+" as a party")
	}
	if place != "" {
		score, reasons = score+0.15, append(reasons, place)
	}
	if len(years) > 0 {
		score, reasons = score+0.15, append(reasons, "both in the year "+years[0])
	}
	m.add(a.node, b.node, score, reasons, func(n graph.Node) (graph.Edge, bool) { return m.partyClaim(n, shared) })
}

// compareBlock compares each event of a block with those next to it by its own
// date, and by the day of publication.
func (m *pairing) compareBlock(block []*occasion) {
	orders := []func(*occasion) string{
		func(o *occasion) string { return first(o.dates) },
		func(o *occasion) string { return first(o.published) },
	}
	for _, key := range orders {
		slices.SortFunc(block, func(a, b *occasion) int {
			return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(m.s.ID(a.node), m.s.ID(b.node)))
		})
		for i, a := range block {
			for _, b := range block[i+1 : min(len(block), i+1+candidateWindow)] {
				m.compareEvents(a, b)
			}
		}
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// Where and when talks and agreements were, and what makes an actor a party to them.
var (
	placed   = []graph.Predicate{graph.HeldIn, graph.SignedIn}
	dated    = []graph.Predicate{graph.HeldOn, graph.StartedOn, graph.EndedOn, graph.SignedOn, graph.AgreedOn, graph.EffectiveOn, graph.ExpiresOn}
	takePart = []graph.Predicate{graph.ParticipatedIn, graph.Signed, graph.AgreedTo}
)

// occasion reads n.
func (m *pairing) occasion(n graph.Node) *occasion {
	o := &occasion{node: n, places: m.others(m.s.Out(n, placed...))}
	o.wider = slices.Clone(o.places)
	for i := 0; i < len(o.wider) && i < 16; i++ { // a place in itself ends there too
		o.wider = append(o.wider, m.others(m.s.Out(o.wider[i], graph.LocatedIn, graph.PartOf))...)
	}
	for _, e := range m.s.Out(n, dated...) {
		if m.isAsserted(e) {
			o.dates = append(o.dates, m.s.ClaimOf(e).Object.Value)
		}
	}
	for _, e := range slices.Concat(m.s.Out(n, placed...), m.s.In(n, takePart...)) {
		if c := m.s.ClaimOf(e); c.When != nil && c.When.Start != "" && m.isAsserted(e) {
			o.dates = append(o.dates, c.When.Start)
		}
	}
	slices.Sort(o.dates)
	o.dates = slices.Compact(o.dates)
	for _, p := range m.others(m.s.In(n, takePart...)) {
		o.parties = append(o.parties, m.principals(p)...)
	}
	o.parties = m.unique(o.parties)
	o.published = m.published(n)
	o.rounds = roundsOf(m.s.At(n))
	return o
}

// principals returns the sides of a Group, and of others themselves.
func (m *pairing) principals(n graph.Node) []graph.Node {
	if sides := m.sides(n); m.s.ID(n).Type() == graph.Group && len(sides) > 0 {
		return sides
	}
	return []graph.Node{n}
}

// rarest returns the parties that the fewest claims are about, not too many.
func (m *pairing) rarest(parties []graph.Node) []graph.Node {
	if len(parties) <= candidateParties {
		return parties
	}
	list := m.popular(slices.Clone(parties), len(parties))
	return list[len(list)-candidateParties:]
}

// published returns the first and the last day on which articles that name n
// came out.
func (m *pairing) published(n graph.Node) []string {
	var days []string
	for _, id := range m.articles(n) {
		if a, ok := m.s.Article(id); ok && len(a.Published) == len(time.DateOnly) {
			days = append(days, a.Published)
		}
	}
	if len(days) == 0 {
		return nil
	}
	return []string{slices.Min(days), slices.Max(days)}
}

// ordinals tell one round, phase or annex from another.
var ordinals = strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth i ii iii iv v vi vii viii ix x 1 2 3 4 5 6 7 8 9 10")

// roundsOf returns the ordinals in the names of t.
func roundsOf(t *graph.Thing) []string {
	var found []string
	for _, name := range append([]string{t.Label}, t.Aliases...) {
		found = append(found, common(strings.Split(graph.Slug(name), "-"), ordinals)...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// compareEvents adds a and b if they may be one.
func (m *pairing) compareEvents(a, b *occasion) {
	if !m.isOpen(a.node, b.node) || !m.isApart(a.node, b.node) {
		return
	}
	if len(a.rounds) > 0 && len(b.rounds) > 0 && !slices.Equal(a.rounds, b.rounds) {
		return
	}
	shared := m.independent(common(a.parties, b.parties))
	if len(shared) < 2 {
		return
	}
	score, reasons := 0.3+0.05*float64(min(len(shared), 4)), []string{"both have " + m.listed(shared) + " as parties"}
	if slices.Equal(a.parties, b.parties) {
		score, reasons[0] = score+0.05, reasons[0]+", and no others"
	}
	place, ok := m.comparePlaces(a, b)
	if !ok {
		return
	}
	when, weight, ok := compareTimes(a, b, place != "")
	if !ok {
		return
	}
	if place != "" {
		score, reasons = score+0.2, append(reasons, place)
	}
	score, reasons = score+weight, append(reasons, when)
	if graph.Fold(m.s.At(a.node).Label) == graph.Fold(m.s.At(b.node).Label) {
		score, reasons = score+0.05, append(reasons, "both are called "+m.s.At(a.node).Label)
	}
	m.add(a.node, b.node, score, reasons, func(n graph.Node) (graph.Edge, bool) { return m.partyClaim(n, shared) })
}

// independent leaves out of parties those that belong to or act for another one:
// a state and its president are one party.
func (m *pairing) independent(parties []graph.Node) []graph.Node {
	return slices.DeleteFunc(slices.Clone(parties), func(p graph.Node) bool { return len(common(m.sides(p), parties)) > 0 })
}

// comparePlaces says that a and b have the same place, or "" if one has none; ok
// is false if they have different ones.
func (m *pairing) comparePlaces(a, b *occasion) (reason string, ok bool) {
	if len(a.places) == 0 || len(b.places) == 0 {
		return "", true
	}
	same := append(common(a.places, b.wider), common(b.places, a.wider)...)
	if len(same) == 0 {
		return "", false
	}
	return "both in " + m.s.At(same[0]).Label, true
}

// compareTimes says how near a and b are in time and what that is worth; ok is
// false if they are not near, or if it is not known.
func compareTimes(a, b *occasion, samePlace bool) (reason string, weight float64, ok bool) {
	monthsA, monthsB := cutDates(a.dates, len("2005-01")), cutDates(b.dates, len("2005-01"))
	if days := common(cutDates(a.dates, len(time.DateOnly)), cutDates(b.dates, len(time.DateOnly))); len(days) > 0 {
		return "both on " + days[0], 0.25, true
	}
	if len(monthsA) > 0 && len(monthsB) > 0 {
		months := common(monthsA, monthsB)
		return "both in the month " + first(months), 0.15, len(months) > 0
	}
	yearsA, yearsB := cutDates(a.dates, len("2005")), cutDates(b.dates, len("2005"))
	years := common(yearsA, yearsB)
	if len(yearsA) > 0 && len(yearsB) > 0 && len(years) == 0 {
		return "", 0, false
	}
	if days, known := daysBetween(a.published, b.published); known && days <= candidateDays {
		if days == 0 {
			return "told by articles of the same days", 0.1, true
		}
		return fmt.Sprintf("told by articles that came out within %d days", days), 0.1, true
	}
	return "both in the year " + first(years), 0.05, samePlace && len(years) > 0
}

// cutDates returns the first n characters of those dates that have as many.
func cutDates(dates []string, n int) []string {
	var list []string
	for _, d := range dates {
		if len(d) >= n {
			list = append(list, d[:n])
		}
	}
	return list
}

// daysBetween returns the days from the end of the one period to the beginning
// of the other; known is false if there is no such period.
func daysBetween(a, b []string) (days int, known bool) {
	if len(a) == 0 || len(b) == 0 {
		return 0, false
	}
	if a[0] > b[0] {
		a, b = b, a
	}
	end, err := time.Parse(time.DateOnly, a[1])
	begin, err2 := time.Parse(time.DateOnly, b[0])
	if err != nil || err2 != nil {
		return 0, false
	}
	return max(0, int(begin.Sub(end).Hours()/24)), true
}

// partyClaim returns a claim that makes one of the actors of, or a Group of
// theirs, a party to n.
func (m *pairing) partyClaim(n graph.Node, of []graph.Node) (graph.Edge, bool) {
	for _, e := range m.s.In(n, takePart...) {
		if e.Other != graph.NoNode && m.isAsserted(e) && len(common(m.principals(e.Other), of)) > 0 {
			return e, true
		}
	}
	return graph.Edge{}, false
}
