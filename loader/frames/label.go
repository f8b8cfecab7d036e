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
	"parley/loader/events"
)

// label returns the thing of every event.
func (m *matcher) label() []graph.Thing {
	out := make([]graph.Thing, len(m.ev.Events))
	used := map[graph.ID]bool{}
	for e := range m.ev.Events {
		ev := &m.ev.Events[e]
		t := graph.Thing{Type: ev.Type, Label: m.labelOf(e)}
		for _, a := range ev.Aliases {
			t.AddAlias(a)
		}
		if ev.Name != "" && ev.Text != "" {
			t.AddAlias(ev.Text)
		}
		t.ID = m.eventID(e, t.Label)
		for n := 2; used[t.ID]; n++ {
			t.ID = graph.ID(fmt.Sprintf("%s-%d", t.ID, n))
		}
		used[t.ID] = true
		out[e] = t
	}
	return out
}

// labelOf returns a readable label: a name as it is, else what it was, where,
// between whom and when.
func (m *matcher) labelOf(e int) string {
	ev := &m.ev.Events[e]
	if ev.Name != "" {
		return ev.Name
	}
	base := ev.Text
	if ev.Type == graph.Talks || base == "" {
		base = m.kindWord(ev)
	}
	var b strings.Builder
	b.WriteString(strings.TrimSpace(base))
	if ev.Type == graph.Proposal {
		return b.String()
	}
	if places := m.named(e, graph.HeldIn, 2); len(places) > 0 && ev.Type == graph.Talks {
		b.WriteString(" " + prepositionOf(places[0]) + " " + strings.Join(places, " and "))
	}
	if parties := m.partiesOf(e); len(parties) > 1 {
		b.WriteString(" between " + strings.Join(parties[:len(parties)-1], ", ") + " and " + parties[len(parties)-1])
	}
	if d := m.dateOf(e); d != "" {
		b.WriteString(", " + d)
	}
	return b.String()
}

// prepositionOf returns "at" for buildings and the like, "in" for the rest.
func prepositionOf(place string) string {
	for w := range strings.FieldsSeq(strings.ToLower(place)) {
		switch strings.TrimRight(w, ",.") {
		case "hotel", "palace", "house", "castle", "villa", "base", "centre", "center", "theatre", "theater", "headquarters",
			"building", "buildings", "camp", "ministry", "airport", "embassy", "hall", "lodge", "estate", "stadium", "serena":
			return "at"
		}
	}
	return "in"
}

// kindWord returns the plainest word for what ev is.
func (m *matcher) kindWord(ev *events.Event) string {
	key := ""
	for _, k := range ev.Keys {
		if k == "first" || k == "second" || k == "third" || k == "next" || k == "earlier" || k == "previous" {
			key = k + " "
			break
		}
	}
	switch ev.Head {
	case "talk", "negotiation", "discussion", "contact", "consultation":
		return key + ev.Head + "s"
	case "negotiate", "confer", "parley", "bargaining":
		return key + "talks"
	case "meet":
		return key + "meeting"
	case "agree":
		return key + "agreement"
	}
	return key + ev.Head
}

// named returns the labels of what event e is related to by predicate p.
func (m *matcher) named(e int, p graph.Predicate, limit int) []string {
	var out []string
	for i := range m.claims {
		d := &m.claims[i]
		if d.predicate != p || d.subject.event != e || d.object.entity < 0 || d.stance.Denied || m.conf(d) < lowest {
			continue
		}
		if l := m.doc.Entities[d.object.entity].Thing.Label; !slices.Contains(out, l) && len(out) < limit {
			out = append(out, l)
		}
	}
	return out
}

// partiesOf returns the labels of those who took part in or signed event e: its
// states and organisations if it has two of them, else its people.
func (m *matcher) partiesOf(e int) []string {
	var bodies, people []string
	for i := range m.claims {
		d := &m.claims[i]
		switch d.predicate {
		case graph.ParticipatedIn, graph.Signed, graph.AgreedTo:
		default:
			continue
		}
		if d.object.event != e || d.subject.entity < 0 || d.stance.Denied || m.conf(d) < 0.5 {
			continue
		}
		if mod := d.stance.Modality(); mod != graph.Actual && mod != graph.Planned {
			continue
		}
		t := &m.doc.Entities[d.subject.entity].Thing
		switch {
		case t.Type == graph.Person && !slices.Contains(people, t.Label):
			people = append(people, t.Label)
		case (t.Type == graph.State || t.Type == graph.Organisation) && !slices.Contains(bodies, t.Label):
			bodies = append(bodies, t.Label)
		}
	}
	out := bodies
	if len(out) < 2 {
		out = people
	}
	if len(out) > 4 {
		return nil
	}
	return out
}

// dateOf returns the month or day that claims say event e was in, in words.
func (m *matcher) dateOf(e int) string {
	for _, p := range []graph.Predicate{graph.SignedOn, graph.AgreedOn, graph.HeldOn, graph.StartedOn, graph.EndedOn} {
		for i := range m.claims {
			d := &m.claims[i]
			if d.predicate != p || d.subject.event != e || d.object.when == nil || d.stance.Denied || m.conf(d) < lowest {
				continue
			}
			start := d.object.when.Start
			switch len(start) {
			case 4:
				return start
			case 7:
				if t, err := time.Parse("2006-01", start); err == nil {
					return t.Format("January 2006")
				}
			case 10:
				if t, err := time.Parse("2006-01-02", start); err == nil {
					if p == graph.SignedOn || p == graph.AgreedOn {
						return t.Format("2 January 2006")
					}
					return t.Format("January 2006")
				}
			}
		}
	}
	return ""
}

// genericWords do not tell one agreement from another.
var genericWords = strings.Fields(`a an the of on for and in to general comprehensive joint framework peace agreement accord
	accords treaty pact deal declaration principles plan action memorandum understanding protocol package measures
	final interim revised new national permanent ceasefire settlement cooperation road map act charter annex document
	initiative first second third political`)

// eventID returns the id of event e. A proper name of two words or more that says
// more than its kind is the same thing in every article; one that does not needs
// its year, and what has no name is the article's own.
func (m *matcher) eventID(e int, label string) graph.ID {
	ev := &m.ev.Events[e]
	if ev.Name != "" && ev.Type == graph.Agreement && ev.PartOf < 0 {
		words := strings.Split(graph.Slug(ev.Name), "-")
		telling := slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(genericWords, w) })
		if telling && len(words) > 1 {
			return graph.MakeThingID(ev.Type, ev.Name)
		}
		if y := m.yearOf(e); y != "" && len(words) > 2 {
			return graph.MakeThingID(ev.Type, ev.Name+" "+y)
		}
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %d", m.doc.Article.ID, m.rank(e))
	slug := graph.Slug(label)
	if len(slug) > 60 {
		slug = strings.Trim(slug[:60], "-")
	}
	if slug == "" {
		slug = "event"
	}
	return graph.ID(strings.ToLower(string(ev.Type)) + "/" + slug + "-" + hex.EncodeToString(h.Sum(nil)[:4]))
}

// rank returns the place of e among the events of its article.
func (m *matcher) rank(e int) int { return e }

// yearOf returns the year in which agreement e was signed or agreed, or "".
func (m *matcher) yearOf(e int) string {
	years := []string{}
	for i := range m.claims {
		d := &m.claims[i]
		if (d.predicate == graph.SignedOn || d.predicate == graph.AgreedOn) && d.subject.event == e && d.object.when != nil && d.stance.IsFact() {
			years = append(years, d.object.when.Start[:4])
		}
	}
	slices.SortFunc(years, cmp.Compare)
	years = slices.Compact(years)
	if len(years) != 1 {
		return ""
	}
	return years[0]
}
