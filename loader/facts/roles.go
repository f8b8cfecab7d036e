package facts

import "strings"

// Flag is a set of properties of a title or a head noun.
type Flag uint32

// The properties of titles and head nouns.
const (
	Leads      Flag = 1 << iota // the holder heads what the post is of
	Deputy                      // stands under who leads
	Envoy                       // stands for whoever sent the holder
	Speaks                      // spokesperson
	Mediates                    // mediator, facilitator, guarantor
	Member                      // belongs to what the post is of
	Military                    //
	Faith                       //
	Honorific                   // a form of address, not a post
	Writes                      // a journalist: a source, never a party
	Armed                       // rebels, fighters
	Delegation                  // stands for whoever sent it
	Government                  //
	Officials                   //
	People                      //
	Labour                      // workers and unions
	Collective                  // party, movement, company, committee
	Side                        // one of the parties to something
	Force                       // troops, police
	Source                      // an unnamed speaker
	Body                        // countries, powers, members
)

// flagNames are the names of the flags in the tables.
func flagNames() map[string]Flag {
	return map[string]Flag{
		"leads": Leads, "deputy": Deputy, "envoy": Envoy, "speaks": Speaks, "mediates": Mediates, "member": Member,
		"military": Military, "faith": Faith, "honorific": Honorific, "writes": Writes, "armed": Armed,
		"delegation": Delegation, "government": Government, "officials": Officials, "people": People, "labour": Labour,
		"organisation": Collective, "side": Side, "force": Force, "source": Source, "body": Body,
	}
}

// Has reports whether f has all of the flags of g.
func (f Flag) Has(g Flag) bool { return f&g == g }

// Title is a post or form of address: "foreign minister", "Gen.".
type Title struct {
	Name  string // in lower case
	Flags Flag
}

// Noun is a head noun of unnamed actors: "mediators", "delegation".
type Noun struct {
	Singular string // in lower case
	Plural   bool   // the word looked up is the plural
	Flags    Flag
}

// Title returns the number of forms, from forms[i] on, that the longest known
// title takes, and the title; 0 and nil if none begins there. Case does not matter.
func (l *List) Title(forms []string, i int) (n int, t *Title) {
	var store [96]byte
	buf := appendLower(store[:0], forms[i])
	most := l.title1[string(buf)]
	for k := 1; k <= most; k++ {
		if found := l.titles[string(buf)]; found != nil {
			n, t = k, found
		}
		if i+k >= len(forms) {
			break
		}
		buf = appendLower(append(buf, ' '), forms[i+k])
	}
	return n, t
}

// Noun returns the head noun that word is a form of, or nil. Case does not
// matter; word may be of several words ("security forces").
func (l *List) Noun(word string) *Noun {
	if n := l.nouns[word]; n != nil {
		return n
	}
	return l.nouns[strings.ToLower(word)]
}
