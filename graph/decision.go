package graph

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
)

// DecisionKind says what a [Decision] does.
type DecisionKind string

// The kinds of decisions.
const (
	MergeThings     DecisionKind = "merge"   // Thing is Into, in every article
	SplitThing      DecisionKind = "split"   // what Articles call Thing is Into
	RetractArticles DecisionKind = "retract" // Articles are no longer asked
	RestoreArticles DecisionKind = "restore" // Articles are asked again
	UndoDecision    DecisionKind = "undo"    // decision number Undoes does not hold
)

// Decision is an entry in the log of what people decided about the graph. No
// decision changes what articles said: it changes how that is shown, and can be
// undone. The log is in the store, and in a copy of it.
type Decision struct {
	Number   int          `json:"number"` // from 1, in the order of the log
	Kind     DecisionKind `json:"kind"`
	Thing    ID           `json:"thing,omitempty"`    // of a merge: the one that goes; of a split: the one that was two
	Into     ID           `json:"into,omitempty"`     // of a merge: the one that stays; of a split: the other one
	Label    string       `json:"label,omitempty"`    // of a split: what Into is called; "" leaves the articles' word
	Articles []ID         `json:"articles,omitempty"` // of a split, retraction and restoration
	Undoes   int          `json:"undoes,omitempty"`   // of an undo: the number of the decision
	Reason   string       `json:"reason,omitempty"`
	By       string       `json:"by,omitempty"` // who decided
	At       string       `json:"at"`           // when, in UTC, to the second: 2026-01-02T15:04:05Z
}

// The stored layout of a decision: one quad under a label of its own.
//
//	decision/NUMBER   decision.record   JSON
const (
	decisionPrefix = "decision/"
	propDecision   = quad.IRI(scheme + "decision.record")
)

func decisionID(number int) ID { return ID(decisionPrefix + strconv.Itoa(number)) }

func isDecision(id ID) bool { return strings.HasPrefix(string(id), decisionPrefix) }

func encodeDecision(d Decision) ([]quad.Quad, error) {
	b, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	at := iri(decisionID(d.Number))
	return []quad.Quad{{Subject: at, Predicate: propDecision, Object: text(string(b)), Label: at}}, nil
}

func decodeDecision(id ID, quads []quad.Quad) (d Decision, err error) {
	if len(quads) != 1 || quads[0].Predicate != propDecision {
		return d, fmt.Errorf("%s is not one record", id)
	}
	if err = recordOf(quads[0].Object, &d); err != nil {
		return d, fmt.Errorf("%s: %w", id, err)
	}
	return d, nil
}

// rulings is what the decisions that hold come to. A nil *rulings decides nothing.
type rulings struct {
	into      map[ID]ID          // from a merged thing to the one it is now
	parts     map[ID]map[ID]part // article, thing: what that is there
	retracted map[ID]Decision    // by article
	holds     map[int]bool       // decisions that are not undone, by number
}

type part struct {
	id    ID
	label string
}

// rule works out what decisions, in the order of their numbers, come to.
func rule(decisions []Decision) *rulings {
	r := &rulings{into: make(map[ID]ID), parts: make(map[ID]map[ID]part), retracted: make(map[ID]Decision), holds: make(map[int]bool)}
	for _, d := range decisions {
		r.holds[d.Number] = true
	}
	// An undo may itself be undone by a later one, so the last one is heard first.
	for _, d := range slices.Backward(decisions) {
		if d.Kind == UndoDecision && r.holds[d.Number] {
			r.holds[d.Undoes] = false
		}
	}
	steps := make(map[ID]ID)
	follow := func(id ID) ID {
		for to, ok := steps[id]; ok; to, ok = steps[id] {
			id = to
		}
		return id
	}
	for _, d := range decisions {
		if !r.holds[d.Number] {
			continue
		}
		switch d.Kind {
		case MergeThings:
			// Undoing can bring back a merge the other way round: the first holds.
			if from, into := follow(d.Thing), follow(d.Into); from != into {
				steps[from] = into
			}
		case SplitThing:
			for _, a := range d.Articles {
				if r.parts[a] == nil {
					r.parts[a] = make(map[ID]part)
				}
				r.parts[a][d.Thing] = part{d.Into, d.Label}
			}
		case RetractArticles:
			for _, a := range d.Articles {
				r.retracted[a] = d
			}
		case RestoreArticles:
			for _, a := range d.Articles {
				delete(r.retracted, a)
			}
		}
	}
	for id := range steps {
		r.into[id] = follow(id)
	}
	return r
}

// canonical returns what id is now.
func (r *rulings) canonical(id ID) ID {
	if r == nil {
		return id
	}
	if into, merged := r.into[id]; merged {
		return into
	}
	return id
}

// resolve returns what article means by id, and its name if a split gave it one.
func (r *rulings) resolve(article, id ID) (ID, string) {
	if p, split := r.parts[article][id]; split {
		return r.canonical(p.id), p.label
	}
	return r.canonical(id), ""
}

// view returns x as it is to be shown; ok is false if it is not to be shown. x is
// not changed.
func (r *rulings) view(x *Extraction) (shown *Extraction, ok bool) {
	if r == nil {
		return x, true
	}
	article := x.Article.ID
	if _, gone := r.retracted[article]; gone {
		return nil, false
	}
	same := func(t Thing) bool { id, _ := r.resolve(article, t.ID); return id == t.ID }
	if !slices.ContainsFunc(x.Things, func(t Thing) bool { return !same(t) }) {
		return x, true
	}
	v := &Extraction{Article: x.Article, Things: slices.Clone(x.Things), Claims: slices.Clone(x.Claims)}
	for i := range v.Things {
		t := &v.Things[i]
		id, label := r.resolve(article, t.ID)
		if t.ID = id; label != "" {
			t.Aliases = slices.Clone(t.Aliases)
			t.AddAlias(t.Label)
			t.Label = label
		}
	}
	for i := range v.Claims {
		c := &v.Claims[i]
		c.Subject, _ = r.resolve(article, c.Subject)
		if !c.Object.IsLiteral() {
			c.Object.ID, _ = r.resolve(article, c.Object.ID)
		}
		c.AttributedTo = slices.Clone(c.AttributedTo)
		for k := range c.AttributedTo {
			c.AttributedTo[k], _ = r.resolve(article, c.AttributedTo[k])
		}
	}
	// What an article says of two things says nothing once they are one: nobody meets himself.
	v.Claims = slices.DeleteFunc(v.Claims, func(c Claim) bool { return c.Subject == c.Object.ID })
	return normal(v), true
}

// Canonical returns the id of the thing that id is now: another one if id was
// merged into it, and id itself otherwise, whether there is such a thing or not.
func (s *Snapshot) Canonical(id ID) ID { return s.rulings.canonical(id) }

// Retraction returns the decision by which an article was retracted; ok is false
// if it was not.
func (s *Snapshot) Retraction(article ID) (d Decision, ok bool) {
	if s.rulings == nil {
		return d, false
	}
	d, ok = s.rulings.retracted[article]
	return d, ok
}

// Merged yields every thing that was merged into another one, with the one that it is
// now, in the order of their ids.
func (s *Snapshot) Merged() iter.Seq2[ID, ID] {
	return func(yield func(ID, ID) bool) {
		if s.rulings == nil {
			return
		}
		for _, id := range slices.Sorted(maps.Keys(s.rulings.into)) {
			if !yield(id, s.rulings.into[id]) {
				return
			}
		}
	}
}

// Retractions yields every retracted article and the decision by which it was, in the
// order of their ids.
func (s *Snapshot) Retractions() iter.Seq2[ID, Decision] {
	return func(yield func(ID, Decision) bool) {
		if s.rulings == nil {
			return
		}
		for _, id := range slices.Sorted(maps.Keys(s.rulings.retracted)) {
			if !yield(id, s.rulings.retracted[id]) {
				return
			}
		}
	}
}
