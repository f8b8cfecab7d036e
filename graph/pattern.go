package graph

import (
	"fmt"
	"slices"
	"strings"
)

// Pattern is what a question asks of the graph: claims with a hole in them. It is
// plain data, so that whoever reads questions and whoever matches them need not
// know each other.
type Pattern struct {
	Question string         // as it was asked
	Form     Form           // "" if the question was not understood
	Why      string         // why it was not understood, "" if that is not known
	Parts    []string       // the single questions, if several were asked at once
	Hole     Hole           // what is asked for
	Verb     string         // the question's own word for what is asked: "initial"
	Title    string         // the post asked for: "foreign minister"
	Terms    []Term         // what the claims are about; Terms[0] is the hole
	Claims   []ClaimPattern // the first one with the hole is what is asked, the others narrow it
	Words    []string       // further telling words of the question, which narrow it too
	Soft     []string       // further words that an answer's report need not use: "resigned"
	When     *When          // the time that the question names, nil if none
}

// Form is the kind of a question.
type Form string

// The forms of questions.
const (
	AsksThings  Form = "things"  // who, which, where, when, what: the things or values in the hole
	AsksWhether Form = "whether" // did X sign Y: whether the first claim is told
	AsksAbout   Form = "about"   // who is X: what is told of Terms[1]
	AsksLink    Form = "link"    // how are X and Y linked: Terms[1] and Terms[2]
)

// Hole is what a question asks for.
type Hole struct {
	Word     string // the question's words for it: "who", "which states"
	Types    []Type // types of things that may fill it, the likeliest first; empty for a literal or any thing
	Datatype string // "date" or "string" if a value is asked for
	Person   bool   // a person is meant if there is one: "who", not "which country"
}

// Takes reports whether a thing of type t can fill h.
func (h *Hole) Takes(t Type) bool { return len(h.Types) == 0 || slices.Contains(h.Types, t) }

// Term is one end of a claim pattern.
type Term struct {
	Kind     TermKind
	Type     Type     // of the thing meant, "" if that is open
	ID       ID       // the thing, if the language stages know it: "state/chile"
	Text     string   // the question's words for it
	Names    []string // other names of it
	Forms    []string // words that point to it without naming it: "Chilean", "Santiago"
	Words    []string // telling words that describe an event: "power-sharing"
	Kinds    []string // words that say what kind of event it is: "accord"
	Sides    []int    // for a group: the terms that it is part of
	Definite bool     // spoken of as known: "the accord"
}

// TermKind says how a term is to be matched.
type TermKind string

// The kinds of terms.
const (
	HoleTerm  TermKind = "hole"
	EventTerm TermKind = "event" // talks, an agreement or a proposal: a variable, narrowed by its words and claims
	ThingTerm TermKind = "thing" // named, or described as a group
	TextTerm  TermKind = "text"  // a literal
)

// ClaimPattern is a claim of a pattern; its ends are indices into Pattern.Terms,
// an Object of -1 is anything.
type ClaimPattern struct {
	Subject    int
	Predicates []Predicate // any of them will do, the first is the likeliest
	Object     int
	Denied     bool // the denial is asked for: "who did not sign"
}

// Has reports whether term i is an end of c.
func (c *ClaimPattern) Has(i int) bool { return c.Subject == i || c.Object == i }

// Asked returns the claim that has the hole, or nil if none has.
func (p *Pattern) Asked() *ClaimPattern {
	for i := range p.Claims {
		if p.Claims[i].Has(0) {
			return &p.Claims[i]
		}
	}
	return nil
}

// IsEmpty reports whether the question was not understood.
func (p *Pattern) IsEmpty() bool {
	switch p.Form {
	case AsksThings:
		return p.Asked() == nil
	case AsksWhether:
		return len(p.Claims) == 0
	case AsksAbout:
		return len(p.Terms) < 2
	case AsksLink:
		return len(p.Terms) < 3
	}
	return true
}

// String returns p as people read it: "who signed the accord, who represents
// Iran; about: nuclear".
func (p *Pattern) String() string {
	if p.IsEmpty() {
		return "not understood"
	}
	switch p.Form {
	case AsksAbout:
		return "what is told of " + p.Terms[1].Text
	case AsksLink:
		return "the connections between " + p.Terms[1].Text + " and " + p.Terms[2].Text
	}
	var parts []string
	for i := range p.Claims {
		parts = append(parts, p.phrase(&p.Claims[i]))
	}
	out := strings.Join(parts, ", ")
	if p.Form == AsksWhether {
		out = "whether " + out
	}
	if words := append(slices.Clone(p.Words), p.Soft...); len(words) > 0 {
		out += "; about: " + strings.Join(words, ", ")
	}
	if p.When != nil {
		out += "; time: " + p.When.Start
	}
	return out
}

func (p *Pattern) phrase(c *ClaimPattern) string {
	var verbs []string
	for _, q := range c.Predicates {
		info, _ := q.Info()
		if !slices.Contains(verbs, info.Phrase) {
			verbs = append(verbs, info.Phrase)
		}
	}
	verb := strings.Join(verbs, " or ")
	if c.Denied {
		verb = "is denied to have: " + verb
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s %s", p.termText(c.Subject), verb, p.termText(c.Object)))
}

func (p *Pattern) termText(i int) string {
	if i < 0 || i >= len(p.Terms) {
		return ""
	}
	if p.Terms[i].Kind == HoleTerm {
		return "[" + p.Hole.Word + "]"
	}
	return p.Terms[i].Text
}
