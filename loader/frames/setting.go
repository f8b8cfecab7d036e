package frames

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/loader/grammar"
)

// settingNouns are what people sit in, on or under that is named by what is beside
// it: "a monastery in Karlovci", "the island of Malta", "the foot of Mount Elgon".
var settingNouns = strings.Fields(`abbey airfield airport ballroom bank barn barrack base border bridge building café cafe camp capital
	carriage castle cathedral centre center chamber chapel château chateau church city club clinic college compound consulate
	convent cottage courthouse crossing edge embassy estate factory farm farmhouse field floor foot foothill fort frontier garden gate
	guesthouse hall hamlet headquarters heart hill home hospital hotel house hut inn island lakeside library lodge mansion mill mission
	monastery mosque mouth museum office outpost outskirts palace park pavilion port post quarter quarters ranch residence resort
	restaurant retreat room salon school schoolhouse schoolroom shore slope spa spot square stadium station suburb suite tavern temple
	tent theatre theater town tree university valley verandah veranda villa village winery yard`)

// settings returns the places that scene-setting phrases of the trigger's clause name:
// "at a monastery in Karlovci", "in Lima's old palace", and "there" for the
// place named last.
func (m *matcher) settings(s *site) []filler {
	var out []filler
	for _, a := range s.args {
		switch a.Func {
		case "in", "at", "on", "inside", "outside", "near", "under", "beneath", "behind", "by", "aboard", "across":
		default:
			continue
		}
		if _, ok := m.ev.PlaceAt(s.sent, a.Tok); ok || !slices.Contains(settingNouns, s.t.Lemma(a.Tok)) {
			continue
		}
		for _, b := range s.t.Args(a.Tok) {
			switch b.Func {
			case "of", "in", "at", "near", "outside", "on", grammar.Possessor, grammar.Apposition:
			default:
				continue
			}
			if p, ok := m.ev.PlaceAt(s.sent, b.Tok); !ok || p.Type != graph.Place {
				continue
			}
			b.Path, b.Steps, b.Score = a.Path+"/"+b.Path, a.Steps+b.Steps, a.Score*b.Score
			out = append(out, m.placesAt(s, b, 0.85)...)
		}
	}
	out = append(out, m.where(s)...)
	return append(out, m.there(s)...)
}

// where returns the places that the trigger's clause says more of: "Malmö, where
// the two sides met", "at a hotel in Malmö, where".
func (m *matcher) where(s *site) []filler {
	t, c := s.t, s.tok
	if t.Base(c) == "conj" { // "where they met and signed"
		c = t.Head(c)
	}
	h := t.Head(c)
	if h < 0 || t.Rel(c) != "acl:relcl" || !slices.ContainsFunc(t.Kids(c), func(k int) bool { return t.Form(k) == "where" }) {
		return nil
	}
	heads := []int{h}
	for _, k := range t.Kids(h) {
		if t.Base(k) == "nmod" && slices.Contains(settingNouns, t.Lemma(h)) || t.Base(k) == "appos" {
			heads = append(heads, k)
		}
	}
	if up := t.Head(h); up >= 0 && t.Base(h) == "nmod" && t.Case(h) == "in" {
		heads = append(heads, up) // "the Hotel Astor in Malmö, where"
	}
	var out []filler
	for _, k := range heads {
		if p, ok := m.ev.PlaceAt(s.sent, k); !ok || p.Type != graph.Place {
			continue
		}
		out = append(out, m.placesAt(s, grammar.Arg{Func: "where", Tok: k, Path: "acl(where)", Steps: 2, Score: 1}, 0.85)...)
	}
	return out
}

// placesAt returns the places that a names, with the prior of how it was found.
func (m *matcher) placesAt(s *site, a grammar.Arg, prior float64) []filler {
	xs := m.places(s, a)
	for i := range xs {
		xs[i].fn, xs[i].path, xs[i].steps, xs[i].score, xs[i].prior = a.Func, a.Path, a.Steps, a.Score, prior
	}
	return xs
}

// there returns the place named last before "there" in the trigger's clause, in the
// same sentence or the one before.
func (m *matcher) there(s *site) []filler {
	for _, k := range s.t.Kids(s.tok) {
		if s.t.Base(k) != "advmod" || s.t.Form(k) != "there" {
			continue
		}
		for i := len(m.doc.Mentions) - 1; i >= 0; i-- {
			mm := &m.doc.Mentions[i]
			if mm.Sentence > s.sent || mm.Sentence == s.sent && mm.From > k || mm.Entity < 0 || m.doc.Entities[mm.Entity].Thing.Type != graph.Place {
				continue
			}
			if s.sent-mm.Sentence > 1 {
				return nil
			}
			return []filler{{entity: mm.Entity, event: -1, tok: k, surface: m.form(s.sent, k), link: m.link("context", mm.Sentence, mm.From, mm.To),
				mention: mm, parent: -1, fn: "there", path: "advmod(there)", steps: 2, score: 1, prior: 0.75}}
		}
	}
	return nil
}
