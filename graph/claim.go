package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Polarity says whether a claim is asserted or denied.
type Polarity string

// The polarities.
const (
	Asserted Polarity = "asserted"
	Denied   Polarity = "denied" // "did not sign", "denied that"
)

// Modality says whether what a claim tells has happened.
type Modality string

// The modalities.
const (
	Actual      Modality = "actual"
	Planned     Modality = "planned"     // "is expected to host"
	Conditional Modality = "conditional" // "if Hamas agreed"
	Possible    Modality = "possible"    // "may", "is considering"
)

// Claim is one statement by one article: subject, predicate, object, and how
// and where the article says it.
type Claim struct {
	ID           ID
	Article      ID
	Subject      ID
	Predicate    Predicate
	Object       Object
	Polarity     Polarity
	Modality     Modality
	AttributedTo []ID     // who says so when it is not the outlet itself, outermost speaker first
	When         *When    // nil if the text does not say
	Evidence     Evidence // never empty
	Via          ID       // the claim this one follows from, or "" for what the text itself says
	Confidence   float64  // probability in [0, 1] that the text says so
	Rule         string   // the frame, trigger and path that made it: "mediating/broker.v/nsubj"
}

// IsFact reports whether c is also a plain triple of the graph: asserted and actual.
func (c *Claim) IsFact() bool { return c.Polarity == Asserted && c.Modality == Actual }

// Object is what a claim's predicate points to: a thing, or a literal value.
type Object struct {
	ID       ID     // a thing, or "" for a literal
	Value    string // the literal
	Datatype string // "string" or "date" (ISO 8601: 2005, 2005-01 or 2005-01-27); "" for a thing
}

// ThingObject returns the object that is the thing id.
func ThingObject(id ID) Object { return Object{ID: id} }

// TextObject returns the literal object that is the text value.
func TextObject(value string) Object { return Object{Value: value, Datatype: "string"} }

// DateObject returns the literal object that is the ISO 8601 date or month or year value.
func DateObject(value string) Object { return Object{Value: value, Datatype: "date"} }

// IsLiteral reports whether o is a value and not a thing.
func (o Object) IsLiteral() bool { return o.ID == "" }

// When is the time of what a claim tells, as precise as the text has it.
type When struct {
	Start     string `json:"start"`         // 2005, 2005-01 or 2005-01-27
	End       string `json:"end,omitempty"` // likewise, included; "" if the same as Start or unknown
	Precision string `json:"precision"`     // "day", "month" or "year"
	Text      string `json:"text"`          // the words it came from
}

// Evidence is where in an article a claim stands.
type Evidence struct {
	Sentence    int    `json:"sentence"` // number of the sentence in the article, from 0
	Start       int    `json:"start"`    // of the quote, in Unicode code points of the article's text
	End         int    `json:"end"`      // likewise, half open
	Quote       string `json:"quote"`    // the article's text from Start to End
	SubjectText string `json:"subject_text"`
	ObjectText  string `json:"object_text"`
	SubjectLink *Link  `json:"subject_link,omitempty"` // set if SubjectText is a pronoun or description
	ObjectLink  *Link  `json:"object_link,omitempty"`
}

// Link is one step of coreference: why a pronoun or description in a quote
// stands for a thing.
type Link struct {
	Kind  string `json:"kind"`  // "pronoun", "surname", "acronym", "title", "demonym", "capital", "description", "apposition", "group", "headline", "context"
	Text  string `json:"text"`  // the words that name the thing
	Start int    `json:"start"` // of Text in the article, in code points
	End   int    `json:"end"`
}

// MakeID sets c.ID from what c says, so that the same statement in the same
// place of the same article has the same id on every machine.
func (c *Claim) MakeID() {
	h := sha256.New()
	for _, s := range []string{string(c.Article), string(c.Subject), string(c.Predicate), string(c.Object.ID),
		c.Object.Datatype, c.Object.Value, string(c.Polarity), string(c.Modality), joinIDs(c.AttributedTo), string(c.Via)} {
		fmt.Fprintf(h, "%d:%s,", len(s), s)
	}
	fmt.Fprintf(h, "%d-%d", c.Evidence.Start, c.Evidence.End)
	c.ID = ID("claim/" + hex.EncodeToString(h.Sum(nil)[:10]))
}

func joinIDs(ids []ID) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = string(id)
	}
	return strings.Join(parts, " ")
}

// Valid reports the first thing wrong with c in itself; whether its quote is in
// its article is asked of [Extraction.Valid].
func (c *Claim) Valid() error {
	info, ok := c.Predicate.Info()
	switch {
	case c.ID == "":
		return fmt.Errorf("claim %s %s %s has no id", c.Subject, c.Predicate, c.Object.ID)
	case !ok:
		return fmt.Errorf("claim %s has unknown predicate %q", c.ID, c.Predicate)
	case c.Subject == "":
		return fmt.Errorf("claim %s has no subject", c.ID)
	case c.Object.ID == c.Subject:
		return fmt.Errorf("claim %s relates %s to itself", c.ID, c.Subject)
	case c.Object.ID == "" && c.Object.Datatype == "":
		return fmt.Errorf("claim %s has no object", c.ID)
	case c.Polarity != Asserted && c.Polarity != Denied:
		return fmt.Errorf("claim %s has polarity %q", c.ID, c.Polarity)
	case c.Modality != Actual && c.Modality != Planned && c.Modality != Conditional && c.Modality != Possible:
		return fmt.Errorf("claim %s has modality %q", c.ID, c.Modality)
	case c.Confidence < 0 || c.Confidence > 1:
		return fmt.Errorf("claim %s has confidence %g, want a value in [0, 1]", c.ID, c.Confidence)
	case c.Evidence.Quote == "":
		return fmt.Errorf("claim %s has no quote", c.ID)
	case utf8.RuneCountInString(c.Evidence.Quote) != c.Evidence.End-c.Evidence.Start:
		return fmt.Errorf("claim %s has a quote of another length than its offsets", c.ID)
	case !info.takesSubject(c.Subject.Type()):
		return fmt.Errorf("claim %s: %s has a %s as subject", c.ID, c.Predicate, c.Subject.Type())
	case !info.takesObject(c.Object):
		return fmt.Errorf("claim %s: %s has object %q of type %q", c.ID, c.Predicate, c.Object.Value, c.Object.ID)
	}
	return nil
}

// ref is a thing as a claim's JSON line shows it.
type ref struct {
	ID      ID                `json:"id"`
	Type    Type              `json:"type"`
	Label   string            `json:"label"`
	Aliases []string          `json:"aliases,omitempty"`
	Codes   map[string]string `json:"codes,omitempty"`
}

// literal is a value as a claim's JSON line shows it.
type literal struct {
	Value    string `json:"value"`
	Datatype string `json:"datatype"`
}

// MarshalClaim returns c as the JSON object that `parley extract` prints and the
// server sends: the things it names in full, as lookup has them. A thing that
// lookup does not know is shown by its id.
func MarshalClaim(c *Claim, lookup func(ID) (Thing, bool)) ([]byte, error) {
	return json.Marshal(ClaimJSON(c, lookup))
}

// ClaimJSON returns the value that [MarshalClaim] encodes, for embedding in a
// larger answer.
func ClaimJSON(c *Claim, lookup func(ID) (Thing, bool)) any {
	show := func(id ID) ref {
		t, ok := lookup(id)
		if !ok {
			return ref{ID: id, Type: id.Type(), Label: id.Slug()}
		}
		return ref{ID: t.ID, Type: t.Type, Label: t.Label, Aliases: t.Aliases, Codes: t.Codes}
	}
	line := struct {
		ID           ID        `json:"id"`
		Article      ID        `json:"article"`
		Subject      ref       `json:"subject"`
		Predicate    Predicate `json:"predicate"`
		Object       any       `json:"object"`
		Polarity     Polarity  `json:"polarity"`
		Modality     Modality  `json:"modality"`
		AttributedTo []ref     `json:"attributed_to"`
		When         *When     `json:"when"`
		Evidence     Evidence  `json:"evidence"`
		Confidence   float64   `json:"confidence"`
		Via          *ID       `json:"via"`
		Rule         string    `json:"rule,omitempty"`
	}{c.ID, c.Article, show(c.Subject), c.Predicate, nil, c.Polarity, c.Modality, []ref{}, c.When, c.Evidence, c.Confidence, nil, c.Rule}
	if c.Object.IsLiteral() {
		line.Object = literal{c.Object.Value, c.Object.Datatype}
	} else {
		line.Object = show(c.Object.ID)
	}
	for _, id := range c.AttributedTo {
		line.AttributedTo = append(line.AttributedTo, show(id))
	}
	if c.Via != "" {
		line.Via = &c.Via
	}
	return line
}
