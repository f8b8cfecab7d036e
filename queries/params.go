package queries

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parley/graph"
)

// Params is what can be asked of a question. Each question takes some of them;
// its entry in the [Catalogue] says which. A zero field asks for nothing.
//
// A field that names things takes ids ("state/finland") or names ("Finland", in
// any case, with or without accents). Several values of a field that names
// things must all hold; of a field that names outlets or speakers, or types or
// predicates, any.
type Params struct {
	Thing     []string // the thing or things asked about
	From      []string // where a path begins
	To        []string // where it ends
	With      []string // the other one of two
	Mediator  []string
	Party     []string // took part, signed or agreed
	Actor     []string // has any part in it
	Place     []string
	Type      []string // types of things
	Predicate []string
	Outcome   []string

	Since          string // of the event: ISO 8601 year, month or day, included
	Until          string // likewise
	PublishedSince string // of the article
	PublishedUntil string
	Outlet         []string
	Speaker        []string
	Polarity       string  // "asserted", "denied" or "any"; "" is asserted
	Modality       string  // "actual", "planned", "conditional", "possible" or "any"; "" is actual
	MinConfidence  float64 // in [0, 1]

	Text     string   // what a search looks for
	Facets   []string // names of roles to count
	Sort     string   // "id", "label", "date" or "claims", a hyphen before it for the other way round; "" is "id"
	Values   int      // most values shown for one role of one row; 0 is 10
	Evidence int      // most claims shown for one value of one row; 0 is 3
	MaxHops  int      // most steps of a path; 0 is 4
	AsOf     uint64   // the revision of the graph; 0 is whichever is asked
	Depth    int      // most steps from the things around which a part of the graph is cut out; 0 is 1
	Measure  string   // of how central a thing is
	Limit    int      // most rows; 0 is 20
	Next     string   // where the last answer stopped
}

// The bounds of what may be asked for.
const (
	DefaultLimit    = 20
	MaxLimit        = 1000
	DefaultValues   = 10
	MaxValues       = 1000
	DefaultEvidence = 3
	MaxEvidence     = 1000
	maxValues       = 20  // of one parameter
	maxLength       = 500 // of one value, in bytes
)

// ParameterError says which parameter was wrong and what was wanted.
type ParameterError struct {
	Name  string // of the parameter
	Value string // as it was given
	Want  string // what would have been right
}

// Error returns the parameter, its value and what was wanted in one line.
func (e *ParameterError) Error() string {
	return fmt.Sprintf("parameter %s is %q, want %s", e.Name, e.Value, e.Want)
}

// UnknownQuestionError says that the catalogue has no question of a name.
type UnknownQuestionError struct{ Name string }

// Error returns the name and those that there are.
func (e *UnknownQuestionError) Error() string {
	var names []string
	for _, q := range Catalogue() {
		names = append(names, q.Name)
	}
	return fmt.Sprintf("no question is called %q, want one of %s", e.Name, strings.Join(names, ", "))
}

// lists returns the field of p that the parameter name fills, if that is a list.
func (p *Params) list(name string) *[]string {
	switch name {
	case "thing":
		return &p.Thing
	case "from":
		return &p.From
	case "to":
		return &p.To
	case "with":
		return &p.With
	case "mediator":
		return &p.Mediator
	case "party":
		return &p.Party
	case "actor":
		return &p.Actor
	case "place":
		return &p.Place
	case "type":
		return &p.Type
	case "predicate":
		return &p.Predicate
	case "outcome":
		return &p.Outcome
	case "outlet":
		return &p.Outlet
	case "speaker":
		return &p.Speaker
	case "facets":
		return &p.Facets
	}
	return nil
}

// text returns the field of p that the parameter name fills, if that is one word.
func (p *Params) text(name string) *string {
	switch name {
	case "since":
		return &p.Since
	case "until":
		return &p.Until
	case "published_since":
		return &p.PublishedSince
	case "published_until":
		return &p.PublishedUntil
	case "polarity":
		return &p.Polarity
	case "modality":
		return &p.Modality
	case "sort":
		return &p.Sort
	case "next":
		return &p.Next
	case "measure":
		return &p.Measure
	case "q", "prefix":
		return &p.Text
	}
	return nil
}

// set fills p from the values of the parameter d.
func (p *Params) set(d Parameter, values []string) error {
	if !d.Many && len(values) > 1 {
		return &ParameterError{d.Name, strings.Join(values, ", "), "one value"}
	}
	if len(values) > maxValues {
		return &ParameterError{d.Name, fmt.Sprintf("%d values", len(values)), fmt.Sprintf("%d or fewer", maxValues)}
	}
	for _, v := range values {
		if err := d.check(v); err != nil {
			return err
		}
	}
	values = slices.Clone(values)
	for i, v := range values {
		if at := slices.IndexFunc(d.Values, func(known string) bool { return strings.EqualFold(known, v) }); d.Type == EnumType && at >= 0 {
			values[i] = d.Values[at]
		}
	}
	if list := p.list(d.Name); list != nil {
		for _, v := range values {
			if d.Type == CommaType {
				*list = append(*list, strings.Split(v, ",")...)
			} else {
				*list = append(*list, v)
			}
		}
		return nil
	}
	v := values[0]
	if text := p.text(d.Name); text != nil {
		*text = v
		return nil
	}
	switch d.Name {
	case "limit":
		p.Limit, _ = strconv.Atoi(v) // checked above
	case "max_hops":
		p.MaxHops, _ = strconv.Atoi(v)
	case "as_of":
		p.AsOf, _ = strconv.ParseUint(v, 10, 64)
	case "depth":
		p.Depth, _ = strconv.Atoi(v)
	case "values":
		p.Values, _ = strconv.Atoi(v)
	case "evidence":
		p.Evidence, _ = strconv.Atoi(v)
	case "min_confidence":
		p.MinConfidence, _ = strconv.ParseFloat(v, 64)
	default:
		panic("queries: parameter " + d.Name + " of the catalogue fills no field of Params")
	}
	return nil
}

// The types of parameters.
const (
	ThingType  = "thing"   // an id or a name
	DateType   = "date"    // ISO 8601 year, month or day
	NumberType = "number"  // in [0, 1]
	CountType  = "integer" // from 1, to a bound if it has one
	TextType   = "text"
	EnumType   = "enum"  // one of Parameter.Values
	CommaType  = "list"  // of Parameter.Values with commas between
	TokenType  = "token" // opaque
)

// Parameter describes one parameter of a question.
type Parameter struct {
	Name     string   `json:"name"`
	Type     string   `json:"type"` // "thing", "date", "number", "integer", "text", "enum", "list" or "token"
	Help     string   `json:"help"`
	Values   []string `json:"values,omitempty"`  // what an enum or a list allows
	Most     int      `json:"maximum,omitempty"` // of an integer
	Many     bool     `json:"many,omitempty"`    // may be given several times
	Required bool     `json:"required,omitempty"`
}

// check reports what is wrong with v as a value of d.
func (d Parameter) check(v string) error {
	wrong := func(format string, args ...any) error {
		return &ParameterError{d.Name, v, fmt.Sprintf(format, args...)}
	}
	if len(v) > maxLength {
		return &ParameterError{d.Name, v[:20] + "…", fmt.Sprintf("%d bytes or fewer", maxLength)}
	}
	switch d.Type {
	case ThingType, TextType:
		if strings.TrimSpace(v) == "" {
			return wrong("%s", d.Help)
		}
	case DateType:
		if !isDate(v) {
			return wrong("a date like 2005, 2005-01 or 2005-01-27")
		}
	case NumberType:
		if f, err := strconv.ParseFloat(v, 64); err != nil || !(f >= 0 && f <= 1) {
			return wrong("a number from 0 to 1")
		}
	case CountType:
		switch n, err := strconv.Atoi(v); {
		case (err != nil || n < 1) && d.Most == 0:
			return wrong("a whole number from 1")
		case err != nil || n < 1 || d.Most > 0 && n > d.Most:
			return wrong("a whole number from 1 to %d", d.Most)
		}
	case EnumType:
		if !slices.ContainsFunc(d.Values, func(known string) bool { return strings.EqualFold(known, v) }) {
			return wrong("one of %s", strings.Join(d.Values, ", "))
		}
	case CommaType:
		for _, part := range strings.Split(v, ",") {
			if !slices.Contains(d.Values, part) {
				return wrong("some of %s with commas between", strings.Join(d.Values, ", "))
			}
		}
	}
	return nil
}

// valid reports the first field of p that no question allows.
func (p *Params) valid() error {
	named := []Parameter{withParam, mediatorParam, partyParam, actorParam, placeParam, outcomeParam, predicateParam, typeParam}
	for _, d := range slices.Concat(named, sourceParams, listParams) {
		var values []string
		if list := p.list(d.Name); list != nil {
			values = *list
		} else if text := p.text(d.Name); text != nil && *text != "" {
			values = []string{*text}
		}
		for _, v := range values {
			if err := d.check(v); err != nil {
				return err
			}
		}
	}
	switch {
	case p.Limit < 0 || p.Limit > MaxLimit:
		return &ParameterError{"limit", strconv.Itoa(p.Limit), fmt.Sprintf("a whole number from 1 to %d", MaxLimit)}
	case p.MaxHops < 0 || p.MaxHops > MaxHops:
		return &ParameterError{"max_hops", strconv.Itoa(p.MaxHops), fmt.Sprintf("a whole number from 1 to %d", MaxHops)}
	case p.Values < 0 || p.Values > MaxValues:
		return &ParameterError{"values", strconv.Itoa(p.Values), fmt.Sprintf("a whole number from 1 to %d", MaxValues)}
	case p.Evidence < 0 || p.Evidence > MaxEvidence:
		return &ParameterError{"evidence", strconv.Itoa(p.Evidence), fmt.Sprintf("a whole number from 1 to %d", MaxEvidence)}
	case !(p.MinConfidence >= 0 && p.MinConfidence <= 1):
		return &ParameterError{"min_confidence", fmt.Sprint(p.MinConfidence), "a number from 0 to 1"}
	}
	return nil
}

// required reports a parameter that was not given.
func required(d Parameter, values []string) error {
	if len(values) == 0 {
		return &ParameterError{d.Name, "", d.Help}
	}
	return nil
}

func (p *Params) limit() int {
	if p.Limit == 0 {
		return DefaultLimit
	}
	return p.Limit
}

func (p *Params) values() int {
	if p.Values == 0 {
		return DefaultValues
	}
	return p.Values
}

func (p *Params) evidence() int {
	if p.Evidence == 0 {
		return DefaultEvidence
	}
	return p.Evidence
}

// isDate reports whether v is an ISO 8601 year, month or day.
func isDate(v string) bool {
	for i, r := range v {
		if i == 4 || i == 7 {
			if r != '-' {
				return false
			}
		} else if r < '0' || r > '9' {
			return false
		}
	}
	if len(v) >= 7 && (v[5:7] < "01" || v[5:7] > "12") || len(v) == 10 && (v[8:] < "01" || v[8:] > "31") {
		return false
	}
	return len(v) == 4 || len(v) == 7 || len(v) == 10
}

// period is a span of days, as strings that compare like days. An empty end is open.
type period struct{ from, to string }

func newPeriod(since, until string) period {
	var p period
	if since != "" {
		p.from = firstDay(since)
	}
	if until != "" {
		p.to = lastDay(until)
	}
	return p
}

func firstDay(date string) string { return date + "0000-01-01"[min(len(date), 10):] }
func lastDay(date string) string  { return date + "9999-12-31"[min(len(date), 10):] }

func (p period) isOpen() bool { return p == period{} }

// meets reports whether the time from start to end, ISO 8601 and included, has a
// day in common with p. A time that is not known has none.
func (p period) meets(start, end string) bool {
	if start == "" {
		start = end
	}
	if end == "" {
		end = start
	}
	if start == "" {
		return false
	}
	return (p.to == "" || firstDay(start) <= p.to) && (p.from == "" || lastDay(end) >= p.from)
}

// overlaps reports whether q, neither of whose ends is open, has a day in common with p.
func (p period) overlaps(q period) bool {
	return (p.to == "" || q.from <= p.to) && (p.from == "" || q.to >= p.from)
}

// typesOf returns the types that the values, lower case or not, name.
func typesOf(values []string) []graph.Type {
	var types []graph.Type
	for _, t := range graph.Types() {
		if slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, string(t)) }) {
			types = append(types, t)
		}
	}
	return types
}
