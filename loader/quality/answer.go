package quality

import (
	"slices"
	"strings"
)

// An answer is what a claim says in the terms of the gold: that a thing has a role.
type answer struct {
	role   string
	names  []string // of the thing, its label first
	extra  []string // names of the other end; nil for roles with one end
	ofType string   // type of the thing
	denied bool     // the claim was a denial
}

// single returns the roles that an assertion of a predicate gives its subject alone.
func single(predicate string) []string {
	switch predicate {
	case "mediated":
		return []string{"mediator"}
	case "guaranteed":
		return []string{"guarantor"}
	case "observed":
		return []string{"observer"}
	case "hosted":
		return []string{"host"}
	case "participatedIn":
		return []string{"participant"}
	case "signed":
		return []string{"signatory", "agreed"}
	case "rejected":
		return []string{"rejected", "refused"}
	case "agreedTo":
		return []string{"agreed"}
	case "demanded":
		return []string{"demands"}
	case "invitedTo":
		return []string{"invited"}
	case "withdrewFrom":
		return []string{"withdrew"}
	case "refused", "accepted", "proposed":
		return []string{predicate}
	}
	return nil
}

// double returns the roles that an assertion of a predicate gives its subject
// with regard to its object.
func double(predicate string) []string {
	switch predicate {
	case "leads":
		return []string{"leads", "represents"}
	case "memberOf":
		return []string{"member", "represents"}
	case "represents", "spokespersonFor":
		return []string{"represents"}
	case "holdsPosition":
		return []string{"position"}
	case "outcome":
		return []string{"outcome"}
	case "signedOn", "agreedOn":
		return []string{"signed_on"}
	case "heldOn", "startedOn", "endedOn":
		return []string{"held_on"}
	}
	return nil
}

// refusal returns the roles that a denial of a predicate gives its subject.
func refusal(predicate string) []string {
	switch predicate {
	case "signed", "participatedIn":
		return []string{"refused"}
	case "agreedTo", "accepted":
		return []string{"refused", "rejected"}
	}
	return nil
}

// answers returns what c says, in the terms of the gold. What is only possible
// or conditional says nothing, save that a demand or proposal was made.
func answers(c *Claim) []answer {
	tentative := c.Modality != "" && c.Modality != "actual" && c.Modality != "planned"
	if tentative && c.Predicate != "demanded" && c.Predicate != "proposed" {
		return nil
	}
	var out []answer
	add := func(role string, end, other *End) {
		a := answer{role: role, names: end.names(), ofType: end.Type, denied: c.Polarity == "denied"}
		if slices.Equal(a.names, c.Object.names()) {
			a.ofType = c.Object.Type // a thing said of itself is judged as the object
		}
		if other != nil {
			a.extra = other.names()
		}
		out = append(out, a)
	}
	if c.Polarity == "denied" {
		for _, role := range refusal(c.Predicate) {
			add(role, &c.Subject, nil)
		}
		return out
	}
	for _, role := range single(c.Predicate) {
		add(role, &c.Subject, nil)
	}
	for _, role := range double(c.Predicate) {
		add(role, &c.Subject, &c.Object)
	}
	if c.Predicate == "heldIn" || c.Predicate == "signedIn" {
		add("venue", &c.Object, nil)
	}
	for _, end := range []*End{&c.Subject, &c.Object} {
		if end.Type == "Agreement" {
			add("agreement", end, nil)
		}
	}
	return out
}

// holds reports whether a is the fact f.
func (f *Fact) holds(a *answer) bool {
	if f.Role != a.role || !Same(f.Name, a.names) {
		return false
	}
	if f.Extra == "" {
		return true
	}
	if f.Role == "signed_on" || f.Role == "held_on" {
		month := f.Extra[:min(len(f.Extra), len("2006-01"))]
		return slices.ContainsFunc(a.extra, func(date string) bool { return strings.HasPrefix(date, month) })
	}
	if f.Role == "outcome" { // "agreement" is no name for "no agreement"
		return exactly(f.Extra, a.extra)
	}
	return Same(f.Extra, a.extra)
}

// exhaustive reports whether the gold lists every right answer of a role, so
// that an answer it does not list is wrong.
func exhaustive(role string) bool {
	switch role {
	case "mediator", "guarantor", "signatory", "refused", "rejected", "accepted", "proposed", "venue", "leads", "participant", "host":
		return true
	}
	return false
}

// tolerated returns the roles that vouch for another: who is listed as a
// signatory is not wrong as a participant.
func tolerated(role string) []string {
	switch role {
	case "participant":
		return []string{"mediator", "signatory", "agreed", "refused", "host", "guarantor", "observer", "invited",
			"rejected", "accepted", "proposed", "leads", "represents", "member"}
	case "refused":
		return []string{"rejected"}
	case "rejected":
		return []string{"refused"}
	case "accepted":
		return []string{"agreed", "signatory"}
	case "host":
		return []string{"venue", "mediator"}
	case "leads":
		return []string{"represents", "position"}
	case "guarantor", "proposed":
		return []string{"mediator"}
	}
	return nil
}

// vouchedFor reports whether the gold has a's thing in its role, or in one that
// vouches for it.
func (g *Gold) vouchedFor(a *answer) bool {
	near := func(f Fact) bool {
		return (f.Role == a.role || slices.Contains(tolerated(a.role), f.Role)) && Same(f.Name, a.names)
	}
	return slices.ContainsFunc(g.Facts, near) || slices.ContainsFunc(g.Also, near)
}

// springs reports whether a asserts the trap t. What is word for word a true
// answer in this role is not the trap that resembles it.
func (g *Gold) springs(t *Fact, a *answer) bool {
	return t.holds(a) && !slices.ContainsFunc(g.Facts, func(f Fact) bool {
		return f.Role == a.role && exactly(f.Name, a.names) && !exactly(t.Name, a.names)
	})
}
