package frames

import (
	"slices"
	"strings"
	"time"

	"parley/graph"
	"parley/loader/events"
)

// label returns the thing of every event.
func (m *matcher) label() []graph.Thing {
	labels := make([]string, len(m.ev.Events))
	for e := range labels {
		labels[e] = m.labelOf(e)
	}
	ids := m.eventIDs(labels)
	out := make([]graph.Thing, len(m.ev.Events))
	for e := range out {
		ev := &m.ev.Events[e]
		t := graph.Thing{ID: ids[e], Type: ev.Type, Label: labels[e]}
		for _, a := range ev.Aliases {
			t.AddAlias(a)
		}
		if ev.Name != "" && ev.Text != "" {
			t.AddAlias(ev.Text)
		}
		if places := m.named(e, graph.HeldIn, 1); ev.Type == graph.Talks && ev.Name != "" && len(places) > 0 && !strings.Contains(ev.Name, places[0]) {
			t.AddAlias(m.kindWord(e) + " " + prepositionOf(places[0]) + " " + places[0]) // people know talks by their place
		}
		out[e] = t
	}
	return out
}

// labelOf returns a readable label: a name as it is, else what it was, where,
// between whom and when.
func (m *matcher) labelOf(e int) string {
	ev := &m.ev.Events[e]
	switch {
	case ev.Name != "":
		return ev.Name
	case ev.LedTo >= 0:
		where := ""
		if places := m.named(e, graph.HeldIn, 1); len(places) > 0 {
			where = " " + prepositionOf(places[0]) + " " + places[0]
		}
		return "talks" + where + " that led to the " + m.labelOf(ev.LedTo)
	}
	base := ev.Text
	if ev.Type == graph.Talks || base == "" {
		base = m.kindWord(e)
	}
	var b strings.Builder
	b.WriteString(strings.TrimSpace(base))
	if ev.Type == graph.Proposal {
		return undetermined(b.String())
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
			"building", "buildings", "camp", "pavilion", "tower", "club", "university", "monastery", "church", "mosque", "abbey", "court", "library",
			"museum", "school", "barracks", "station", "mission", "residence", "mansion", "chateau", "farm", "ranch", "office", "offices", "room", "resort", "complex", "ministry", "airport", "embassy", "hall", "lodge", "estate", "stadium", "serena":
			return "at"
		}
	}
	return "in"
}

// kindWord returns the plainest word for what ev is.
func (m *matcher) kindWord(e int) string {
	ev := &m.ev.Events[e]
	head, key := ev.Head, ""
	for _, k := range ev.Keys {
		if events.IsOrdinal(k) && k != "final" && k != "latest" && k != "last" {
			key = k + " "
			break
		}
	}
	if inner := m.ev.Inner(e); inner != "" && head == "round" {
		if head = inner; key != "" {
			key += "round of "
		}
	}
	switch head {
	case "talk", "negotiation", "discussion", "contact", "consultation", "deliberation":
		return key + head + "s"
	case "negotiate", "confer", "parley", "bargaining", "sit":
		return key + "talks"
	case "meet":
		return key + "meeting"
	case "agree":
		return key + "agreement"
	}
	return key + head
}

// named returns the labels of what event e is related to by predicate p, as a fact or, if
// nothing is, by plan.
func (m *matcher) named(e int, p graph.Predicate, limit int) []string {
	for _, is := range []graph.Modality{graph.Actual, graph.Planned} {
		var out []string
		for i := range m.claims {
			d := &m.claims[i]
			if d.predicate != p || d.subject.event != e || d.object.entity < 0 || d.stance.Denied || d.stance.Modality() != is || m.conf(d) < lowest {
				continue
			}
			if l := m.doc.Entities[d.object.entity].Thing.Label; !slices.Contains(out, l) && len(out) < limit {
				out = append(out, l)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// partiesOf returns the labels of those who took part in or signed event e: its
// states and organisations if it has two of them, else its people.
func (m *matcher) partiesOf(e int) []string {
	var bodies, people, sides []string
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
			for _, s := range m.sidesOf(d.subject.entity) {
				if l := m.doc.Entities[s].Thing.Label; !slices.Contains(sides, l) {
					sides = append(sides, l)
				}
			}
		case (t.Type == graph.State || t.Type == graph.Organisation) && !slices.Contains(bodies, t.Label):
			bodies = append(bodies, t.Label)
		}
	}
	out := bodies
	if len(out) < 2 {
		if out = sides; len(out) < 2 {
			out = people
		}
	}
	if len(out) > 4 {
		return nil
	}
	return out
}

// dateOf returns the month or day that claims say event e was in, in words; of an
// agreement whose year is not told, the words of the text.
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
	if m.ev.Events[e].Type == graph.Agreement {
		return m.ev.PartialDate(e)
	}
	return ""
}

// undetermined returns label without the article or possessive at its beginning.
func undetermined(label string) string {
	first, rest, ok := strings.Cut(label, " ")
	switch strings.ToLower(first) {
	case "the", "a", "an", "any", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my", "own", "proposed":
		if ok {
			return undetermined(rest)
		}
	}
	return label
}
