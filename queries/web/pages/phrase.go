package pages

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/graph"
)

// phraseTo returns what stands between subject and the object o in a plain
// sentence: "was held on" a day, but "was held in" a month.
func phraseTo(p graph.Predicate, o graph.Object) string {
	words := phrase(p)
	if on, ok := strings.CutSuffix(words, " on"); ok && o.Datatype == "date" && len(o.Value) < len("2006-01-02") {
		return on + " in"
	}
	return words
}

// phrase returns what stands between subject and object in a plain sentence.
func phrase(p graph.Predicate) string {
	if p == graph.Outcome {
		return "had the outcome"
	}
	if info, ok := p.Info(); ok && info.Phrase != "" {
		return info.Phrase
	}
	return string(p)
}

// inverse is what stands before the subject in a sentence about the object:
// "mediated by Finland".
var inverses = map[graph.Predicate]string{
	graph.Mediated: "mediated by", graph.Guaranteed: "guaranteed by", graph.Observed: "observed by", graph.Hosted: "hosted by",
	graph.ParticipatedIn: "attended by", graph.InvitedTo: "open by invitation to", graph.HeldIn: "the place of", graph.SignedIn: "the place of signing of",
	graph.LedTo: "the result of", graph.Concerns: "the subject of", graph.Signed: "signed by", graph.AgreedTo: "agreed to by",
	graph.Refused: "refused by", graph.Violated: "violated by", graph.WithdrewFrom: "left by", graph.Suspended: "suspended by",
	graph.Proposed: "proposed by", graph.Accepted: "accepted by", graph.Rejected: "rejected by", graph.Considered: "considered by",
	graph.ProposedTo: "the addressee of", graph.Demanded: "demanded by", graph.PartOf: "comprises", graph.Leads: "led by",
	graph.MemberOf: "joined by", graph.Represents: "represented by", graph.SpokespersonFor: "spoken for by",
	graph.Supported: "supported by", graph.Accused: "accused by", graph.Threatened: "threatened by", graph.Attacked: "attacked by",
	graph.Sanctioned: "sanctioned by", graph.Released: "released by", graph.Aided: "aided by", graph.BasedIn: "the base of", graph.LocatedIn: "contains",
	graph.AuthorPredicate: "the author of", graph.PublishedBy: "the publisher of",
}

// nouns of types, in the singular and the plural.
var nouns = map[graph.Type][2]string{
	graph.Person: {"person", "people"}, graph.Organisation: {"organisation", "organisations"}, graph.State: {"state", "states"},
	graph.Group: {"group", "groups"}, graph.Place: {"place", "places"}, graph.Talks: {"talks", "talks"},
	graph.Agreement: {"agreement", "agreements"}, graph.Proposal: {"proposal", "proposals"}, graph.ArticleType: {"article", "articles"}, graph.Outlet: {"outlet", "outlets"},
}

// kindOf returns the noun for one thing of type t: "person".
func kindOf(t graph.Type) string {
	if n, ok := nouns[t]; ok {
		return n[0]
	}
	return strings.ToLower(string(t))
}

// nounOf returns what n things of the given types are together: "7 talks",
// "12 people and organisations".
func nounOf(n int, types []graph.Type) string {
	var words []string
	for _, t := range types {
		if noun, ok := nouns[t]; ok {
			words = append(words, noun[min(n-1, 1)])
		}
	}
	switch len(words) {
	case 0:
		return count(n, "statement", "statements")
	case 1:
		return number(n) + " " + words[0]
	case 2, 3:
		return number(n) + " " + strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
	}
	return count(n, "thing", "things")
}

// roleName returns the name of a role of a question as a heading: "Mediators".
func roleName(name string) string {
	switch name {
	case "agreed":
		return "Agreed to it"
	case "withdrew":
		return "Withdrew"
	case "provides":
		return "Provides for"
	case "concerns":
		return "About"
	case "agreements":
		return "Led to"
	case "talks":
		return "Result of"
	case "places":
		return "Where"
	case "dates":
		return "When"
	case "outcomes":
		return "Outcome"
	case "refusers":
		return "Refused"
	case "violators":
		return "Violated by"
	}
	return upperFirst(strings.ReplaceAll(name, "_", " "))
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
