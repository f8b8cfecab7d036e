package frames

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/facts"
)

// An event's id follows from its article alone, so that the order of loading
// does not matter. Where the article says enough to tell the event from every
// other one, the id is made of that and any other article that says the same
// gives the same id. Else it has the article's mark. See doc/identity.md.

// eventIDs returns the id of every event, of which labels are the labels.
func (m *matcher) eventIDs(labels []string) []graph.ID {
	ids := make([]graph.ID, len(m.ev.Events))
	count := map[graph.ID]int{}
	for e := range ids {
		ids[e] = m.sharedID(e)
		count[ids[e]]++
	}
	for e, id := range ids {
		if id == "" || count[id] > 1 { // what one article tells apart is not joined by what another says
			ids[e] = m.ownID(e, labels[e])
		}
	}
	return ids
}

// ownID returns an id for event e that no other article gives.
func (m *matcher) ownID(e int, label string) graph.ID {
	h := sha256.New()
	fmt.Fprintf(h, "%s %d", m.doc.Article.ID, e)
	slug := graph.Slug(label)
	if len(slug) > 60 {
		slug = strings.Trim(slug[:60], "-")
	}
	return graph.MakeThingID(m.ev.Events[e].Type, cmp.Or(slug, "event")+" "+hex.EncodeToString(h.Sum(nil)[:4]))
}

// sharedID returns the id that every article gives event e which says as much of
// it, or "" if this one does not say enough.
func (m *matcher) sharedID(e int) graph.ID {
	ev := &m.ev.Events[e]
	if ev.PartOf >= 0 && m.ev.Mentions[ev.Mentions[0]].IsPart() || ev.Ceremony {
		return ""
	}
	switch {
	case ev.Type == graph.Agreement && ev.Name != "":
		if id := m.namedID(e); id != "" {
			return id
		}
		return m.agreementID(e)
	case ev.Type == graph.Agreement:
		return m.agreementID(e)
	case ev.Type == graph.Talks:
		return m.talksID(e)
	}
	return ""
}

// talksID returns an id made of parties, city, week or month, and round.
func (m *matcher) talksID(e int) graph.ID {
	parties, place := m.principals(e), m.cityOf(e, graph.HeldIn)
	when := m.weekOf(e)
	ordinals, vague := rounds(m.ev.Events[e].Keys)
	if len(parties) < 2 || place == "" || when == "" || vague && !strings.Contains(when, "w") {
		return "" // "a new round in March" may be any of that month's
	}
	return graph.MakeThingID(graph.Talks, strings.Join(slices.Concat(parties, []string{place, when}, ordinals), " "))
}

// agreementID returns an id made of kind, parties, city and month.
func (m *matcher) agreementID(e int) graph.ID {
	ev := &m.ev.Events[e]
	kind := agreementKind(ev.Head)
	parties, place := m.principals(e), m.cityOf(e, graph.SignedIn)
	ordinals, vague := rounds(ev.Keys)
	when := m.monthOf(e)
	if kind == "" || len(parties) < 2 || place == "" || when == "" || vague {
		return ""
	}
	return graph.MakeThingID(graph.Agreement, strings.Join(slices.Concat(parties, []string{kind, place, when}, ordinals), " "))
}

// agreementKind returns the kind of agreement of which the same parties make no
// two in one month: they do sign several memoranda or protocols at one sitting.
func agreementKind(head string) string {
	switch head {
	case "agreement", "accord", "deal", "pact", "settlement", "compromise":
		return "agreement"
	case "treaty":
		return "treaty"
	case "ceasefire", "cease-fire", "truce", "armistice":
		return "ceasefire"
	}
	return ""
}

// rounds returns the ordinals among keys, sorted, and whether another key says
// that there are several such events without saying which this is.
func rounds(keys []string) (ordinals []string, vague bool) {
	for _, k := range keys {
		switch k {
		case "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth":
			ordinals = append(ordinals, k)
		case "two", "three", "both":
		default:
			vague = true
		}
	}
	slices.Sort(ordinals)
	return ordinals, vague
}

// principals returns the slugs of the parties to event e by which other articles
// know it, sorted: the states and organisations between which it was; of less than
// two of these, those whom its people act for too; nil if one of them is known to
// this article only.
func (m *matcher) principals(e int) []string {
	between, bodies, people := m.partiesTo(e)
	if len(between) >= 2 {
		bodies = between
	}
	if len(bodies) < 2 {
		for _, p := range people {
			sides := m.sidesOf(p)
			if len(sides) == 0 {
				return nil
			}
			for _, s := range sides {
				if !slices.Contains(bodies, s) {
					bodies = append(bodies, s)
				}
			}
		}
	}
	var slugs []string
	for _, b := range bodies {
		switch {
		case m.doc.IsLocal(b):
			return nil
		case slices.ContainsFunc(m.sidesOf(b), func(s int) bool { return slices.Contains(bodies, s) }):
			continue // a ministry and its state are one party
		}
		slugs = append(slugs, m.doc.Entities[b].Thing.ID.Slug())
	}
	slices.Sort(slugs)
	return slices.Compact(slugs)
}

// partyRoles are the predicates whose subject is a party to the event that is
// their object; thirdRoles those that make no party of who has them.
var (
	partyRoles = []graph.Predicate{graph.ParticipatedIn, graph.Signed, graph.AgreedTo}
	thirdRoles = []graph.Predicate{graph.Mediated, graph.Guaranteed, graph.Observed}
)

// partiesTo returns the entities that are parties to event e: of the states and
// organisations those that stand behind "between" or its like, then all of them,
// and the persons.
func (m *matcher) partiesTo(e int) (between, bodies, people []int) {
	third := map[int]bool{}
	for i := range m.claims {
		if d := &m.claims[i]; d.object.event == e && slices.Contains(thirdRoles, d.predicate) && d.subject.entity >= 0 {
			third[d.subject.entity] = true
		}
	}
	for i := range m.claims {
		d := &m.claims[i]
		x := d.subject.entity
		if d.object.event != e || x < 0 || third[x] || !slices.Contains(partyRoles, d.predicate) || !m.isSure(d) {
			continue
		}
		switch t := m.doc.Entities[x].Thing.Type; {
		case t == graph.Person && !slices.Contains(people, x):
			people = append(people, x)
		case t == graph.State || t == graph.Organisation:
			if !slices.Contains(bodies, x) {
				bodies = append(bodies, x)
			}
			if (d.subject.fn == "between" || d.subject.fn == "among") && !slices.Contains(between, x) {
				between = append(between, x)
			}
		}
	}
	return between, bodies, people
}

// isSure reports whether d may be a part of an event's identity.
func (m *matcher) isSure(d *draft) bool {
	mod := d.stance.Modality()
	return !d.stance.Denied && (mod == graph.Actual || mod == graph.Planned) && m.conf(d) >= 0.5
}

// sidesOf returns the states and organisations that entity x is said to lead,
// represent or belong to.
func (m *matcher) sidesOf(x int) []int {
	var out []int
	for i := range m.claims {
		d := &m.claims[i]
		if d.subject.entity != x || d.object.entity < 0 || d.stance.Denied {
			continue
		}
		switch d.predicate {
		case graph.Leads, graph.Represents, graph.SpokespersonFor, graph.MemberOf, graph.PartOf:
		default:
			continue
		}
		if t := m.doc.Entities[d.object.entity].Thing.Type; (t == graph.State || t == graph.Organisation) && !slices.Contains(out, d.object.entity) {
			out = append(out, d.object.entity)
		}
	}
	return out
}

// cityOf returns the slug of the one city in which predicate p puts event e, or
// "" if there is none, or more than one.
func (m *matcher) cityOf(e int, p graph.Predicate) string {
	var cities, others []int
	for i := range m.claims {
		d := &m.claims[i]
		x := d.object.entity
		if d.predicate != p || d.subject.event != e || x < 0 || !m.isSure(d) || m.doc.Entities[x].Thing.Type != graph.Place {
			continue
		}
		list := &others
		if slices.ContainsFunc(facts.Default().Lookup(m.doc.Entities[x].Thing.Label), isCity) {
			list = &cities
		}
		if !slices.Contains(*list, x) {
			*list = append(*list, x)
		}
	}
	if len(cities) == 0 {
		cities = others // a village, a palace
	}
	if len(cities) != 1 || m.doc.IsLocal(cities[0]) {
		return ""
	}
	return m.doc.Entities[cities[0]].Thing.ID.Slug()
}

func isCity(e *facts.Entry) bool { return e.Kind == facts.City || e.Kind == facts.Capital }

// weekOf returns the week in which talks e were or began, as "2005-w04"; the
// month, if no claim has the day; "" if claims differ or say neither. Talks pause
// at weekends more than at the ends of months.
func (m *matcher) weekOf(e int) string {
	days, months := m.timesOf(e, graph.StartedOn)
	if len(days)+len(months) == 0 {
		days, months = m.timesOf(e, graph.HeldOn, graph.EndedOn, graph.HeldIn, graph.ParticipatedIn, graph.Hosted)
	}
	var weeks []string
	for _, day := range days {
		if t, err := time.Parse(time.DateOnly, day); err == nil {
			y, w := t.ISOWeek()
			weeks = append(weeks, fmt.Sprintf("%04d-w%02d", y, w))
		}
	}
	if len(weeks) > 0 {
		return only(weeks)
	}
	return only(months)
}

// monthOf returns the month in which agreement e was signed or else agreed, or
// "" if claims differ or do not say.
func (m *matcher) monthOf(e int) string {
	for _, p := range []graph.Predicate{graph.SignedOn, graph.AgreedOn} {
		if days, months := m.timesOf(e, p); len(days)+len(months) > 0 {
			for _, d := range days {
				months = append(months, d[:len("2005-01")])
			}
			return only(months)
		}
	}
	return ""
}

// only returns what all of list are, or "".
func only(list []string) string {
	slices.Sort(list)
	if list = slices.Compact(list); len(list) == 1 {
		return list[0]
	}
	return ""
}

// timesOf returns the days and the months that claims of the given predicates say
// event e was in.
func (m *matcher) timesOf(e int, predicates ...graph.Predicate) (days, months []string) {
	for i := range m.claims {
		d := &m.claims[i]
		if d.subject.event != e && d.object.event != e || !slices.Contains(predicates, d.predicate) || !m.isSure(d) {
			continue
		}
		when := d.when
		if d.object.when != nil {
			when = d.object.when
		}
		if when == nil {
			continue
		}
		switch len(when.Start) {
		case len(time.DateOnly):
			days = append(days, when.Start)
		case len("2005-01"):
			if when.End == "" {
				months = append(months, when.Start)
			}
		}
	}
	return days, months
}

// genericWords do not tell one agreement from another.
var genericWords = strings.Fields(`a an the of on for and in to general comprehensive joint framework peace agreement agreements accord
	accords treaty pact deal declaration principles plan action memorandum understanding protocol package measures statement
	final interim revised new national permanent ceasefire settlement cooperation road map act charter annex document
	initiative first second third political communique compact convention truce armistice cease fire friendship trade free
	security border partition reconciliation unity power sharing global inclusive republic`)

// namedID returns an id made of the proper name of agreement e. A name that says
// no more than its kind, or no more than that and a place where others were
// signed too, needs its year.
func (m *matcher) namedID(e int) graph.ID {
	name := m.ev.Events[e].Name
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' })
	telling := slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		s := graph.Slug(w)
		return s == "" || slices.Contains(genericWords, s) || strings.Trim(s, "0123456789") == ""
	})
	switch {
	case len(words) < 2:
		return ""
	case len(telling) > 0 && !m.isToponym(telling):
		return graph.MakeThingID(graph.Agreement, name)
	case len(telling) == 0 && len(words) < 3:
		return ""
	}
	year := m.yearOf(e)
	if year == "" {
		return ""
	}
	return graph.MakeThingID(graph.Agreement, strings.TrimSpace(strings.ReplaceAll(name, year, ""))+" "+year)
}

// isToponym reports whether words name places, peoples or states alone: "Doha",
// "Camp David".
func (m *matcher) isToponym(words []string) bool {
	names := func(s string) bool {
		return slices.ContainsFunc(facts.Default().Lookup(s), func(e *facts.Entry) bool {
			return e.IsPlace() || e.Kind == facts.State || e.Kind == facts.Demonym || e.Kind == facts.Seat
		}) || slices.ContainsFunc(m.doc.Entities, func(x coref.Entity) bool {
			return x.Thing.Type == graph.Place && (x.Thing.Label == s || slices.Contains(x.Thing.Aliases, s))
		})
	}
	return names(strings.Join(words, " ")) || !slices.ContainsFunc(words, func(w string) bool { return !names(w) })
}

// yearOf returns the year of agreement e as its name, the words next to it or
// the claims of its signing have it, or "" if they do not agree.
func (m *matcher) yearOf(e int) string {
	ev := &m.ev.Events[e]
	var years []string
	for _, w := range strings.Fields(ev.Name) {
		if len(w) == 4 && strings.Trim(w, "0123456789") == "" {
			return w
		}
	}
	for i := range m.claims {
		d := &m.claims[i]
		if (d.predicate == graph.SignedOn || d.predicate == graph.AgreedOn) && d.subject.event == e && d.object.when != nil && d.stance.IsFact() {
			years = append(years, d.object.when.Start[:4])
		}
	}
	return only(append(years, m.ev.NounYears(e)...))
}
