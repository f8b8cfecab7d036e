package coref

import (
	_ "embed"
	"strings"
	"sync"

	"parley/graph"
)

//go:embed data/nouns.txt
var nounText string

//go:embed data/posts.txt
var postText string

//go:embed data/gender.txt
var genderText string

// nouns maps the head nouns of nominal mentions, as lemmas, to what they stand for.
var nouns = sync.OnceValue(func() map[string]graph.Type {
	m := make(map[string]graph.Type, 7000)
	all := sections(nounText)
	for _, t := range []graph.Type{graph.Place, graph.Organisation, graph.Person} {
		for _, w := range all[string(t)] {
			m[w] = t
		}
	}
	return m
})

// postClass says what holding a post means.
type postClass uint8

const (
	notPost   postClass = iota
	ruler               // leads a state and whatever else it is the ruler of: president, king
	head                // leads what it is the head of: chairman, commander
	minister            // stands for its government
	envoy               // stands for whoever sent it
	voice               // speaks for someone
	member              // belongs to something
	other               // a post that says no more: diplomat, general
	honorific           // no post at all: Mr., Dr.
)

var postClasses = map[string]postClass{
	"ruler": ruler, "head": head, "minister": minister, "envoy": envoy, "voice": voice,
	"member": member, "other": other, "honorific": honorific,
}

// posts maps nouns that name a post or rank to what holding it means.
var posts = sync.OnceValue(func() map[string]postClass {
	m := map[string]postClass{}
	all := sections(postText)
	for _, section := range []string{"honorific", "other", "member", "voice", "envoy", "minister", "head", "ruler"} {
		for _, w := range all[section] { // a word of two sections counts for the later
			m[w] = postClasses[section]
		}
	}
	return m
})

type gender uint8

const (
	unknownGender gender = iota
	male
	female
)

// givenNames maps given names to the gender that they nearly always tell.
var givenNames = sync.OnceValue(func() map[string]gender {
	m := map[string]gender{}
	all := sections(genderText)
	for _, w := range all["female"] {
		m[w] = female
	}
	for _, w := range all["male"] {
		if m[w] == female {
			m[w] = unknownGender
		} else {
			m[w] = male
		}
	}
	return m
})

// sections reads a data file: lines of words under [headings], # starts a comment.
func sections(text string) map[string][]string {
	out := map[string][]string{}
	section := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = strings.Trim(line, "[]")
		default:
			out[section] = append(out[section], strings.Fields(line)...)
		}
	}
	return out
}

// postOf returns what the post noun of the given lemma or lower-case form means.
func postOf(lemma string) postClass {
	p := posts()
	if c, ok := p[lemma]; ok {
		return c
	}
	if c, ok := p[strings.TrimSuffix(lemma, "s")]; ok && strings.HasSuffix(lemma, "s") {
		return c
	}
	return notPost
}

// lowerRank holds words before a post that make its holder no leader, and no
// holder of the post itself.
var lowerRank = map[string]bool{
	"deputy": true, "vice": true, "assistant": true, "under": true, "associate": true, "junior": true,
	"would-be": true, "shadow": true, "designate": true, "aspiring": true, "candidate": true,
}

// pastRank holds words that say a post is no longer held.
var pastRank = map[string]bool{
	"former": true, "ex": true, "ex-": true, "past": true, "onetime": true, "one-time": true, "late": true,
	"outgoing": false, "then": true, "retired": true, "ousted": true, "deposed": true, "erstwhile": true,
	"sometime": true, "quondam": true, "once": true, "formerly": true, "previously": true, "previous": true, "sacked": true, "disgraced": false, "toppled": true, "fallen": true,
}

// PostPredicates returns what may be said of the holder of a post that the noun,
// a lemma, names, the likeliest first; nil if it names none.
func PostPredicates(noun string) []graph.Predicate {
	switch postOf(noun) {
	case ruler, head:
		return []graph.Predicate{graph.Leads, graph.HoldsPosition, graph.Represents}
	case minister:
		return []graph.Predicate{graph.HoldsPosition, graph.Represents, graph.Leads}
	case envoy:
		return []graph.Predicate{graph.Represents, graph.HoldsPosition, graph.SpokespersonFor, graph.Leads}
	case voice:
		return []graph.Predicate{graph.SpokespersonFor, graph.HoldsPosition}
	case member:
		return []graph.Predicate{graph.MemberOf}
	case other:
		return []graph.Predicate{graph.HoldsPosition, graph.MemberOf}
	}
	return nil
}

// NounType returns the type of thing that the noun, a lemma, stands for:
// "country" for a State; ok is false if it stands for none.
func NounType(noun string) (t graph.Type, ok bool) {
	t, ok = nouns()[noun]
	return t, ok
}
