package view

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/graph"
	"parley/queries"
	"parley/queries/web/draw"
)

// State is what the address of a graph view says. It is not changed once made.
type State struct {
	Params   queries.Params // what is around which things, or from where to where, and the filters
	Question string         // whose answer is shown; "" for none
	Expand   []graph.ID     // shown with what they are linked to
	Collapse []graph.ID     // no longer so, though asked about
	Pins     map[graph.ID]draw.Point
	Among    bool // links among things that are not expanded are shown as well
	values   url.Values
}

// maxList is the most values that one parameter may have.
const maxList = 40

// ownParameters are those of the view alone.
var ownParameters = []string{"question", "expand", "collapse", "pin", "among"}

// Parse reads the query of an address. The error is a [queries.ParameterError].
func Parse(values url.Values) (*State, error) {
	s := &State{values: url.Values{}, Pins: make(map[graph.ID]draw.Point)}
	for name, list := range values {
		for _, v := range list { // a form sends its empty fields as well
			if strings.TrimSpace(v) != "" {
				s.values.Add(name, v)
			}
		}
		if len(s.values[name]) > maxList {
			return nil, wrong(name, fmt.Sprintf("%d values", len(s.values[name])), "%d or fewer", maxList)
		}
	}
	s.Question = s.values.Get("question")
	s.Among = s.values.Has("among")
	for _, list := range []struct {
		name string
		ids  *[]graph.ID
	}{{"expand", &s.Expand}, {"collapse", &s.Collapse}} {
		for _, v := range s.values[list.name] {
			if graph.ID(v).Type() == "" {
				return nil, wrong(list.name, v, "the id of a thing, such as state/finland")
			}
			*list.ids = append(*list.ids, graph.ID(v))
		}
	}
	for _, v := range s.values["pin"] {
		id, at, ok := readPin(v)
		if !ok {
			return nil, wrong("pin", v, "an id and a place, such as state/finland@120,-40")
		}
		s.Pins[id] = at
	}
	rest := url.Values{}
	for name, list := range s.values {
		if !slices.Contains(ownParameters, name) {
			rest[name] = list
		}
	}
	if s.Question == "" {
		var err error
		s.Params, err = queries.Parse("the graph view", Parameters(), rest)
		return s, err
	}
	return s, s.readQuestion(rest)
}

// readQuestion reads the parameters of a question's answer: those it takes go to
// it, predicate, type and limit count here as well.
func (s *State) readQuestion(rest url.Values) error {
	q, err := queries.Find(s.Question)
	if err != nil {
		return wrong("question", s.Question, "the name of a question, such as mediations")
	}
	var taken []queries.Parameter
	for _, p := range slices.Concat(q.Parameters, []queries.Parameter{queries.PredicateParameter(), queries.TypeParameter()}) {
		if !slices.ContainsFunc(taken, func(have queries.Parameter) bool { return have.Name == p.Name }) {
			taken = append(taken, p)
		}
	}
	s.Params, err = queries.Parse("the graph view of "+s.Question, taken, rest)
	return err
}

// Parameters returns what a view that shows no question's answer takes, besides
// question, expand, collapse, pin and among.
func Parameters() []queries.Parameter {
	own := []queries.Parameter{
		{Name: "thing", Type: queries.ThingType, Help: "what the view is around: an id or a name; several are joined", Many: true},
		{Name: "from", Type: queries.ThingType, Help: "where paths begin: an id or a name"},
		{Name: "to", Type: queries.ThingType, Help: "where paths end: an id or a name"},
		{Name: "max_hops", Type: queries.CountType, Help: "most steps of a path; 4 if not given", Most: queries.MaxHops},
		{Name: "limit", Type: queries.CountType, Help: "most things", Most: draw.MaxNodes},
	}
	return slices.Concat(own, []queries.Parameter{queries.PredicateParameter(), queries.TypeParameter()}, queries.SourceParameters())
}

func wrong(name, value, format string, args ...any) error {
	if len(value) > 60 {
		value = value[:60] + "…"
	}
	return &queries.ParameterError{Name: name, Value: value, Want: fmt.Sprintf(format, args...)}
}

// readPin reads an id, an at sign and two numbers.
func readPin(text string) (id graph.ID, at draw.Point, ok bool) {
	name, place, _ := strings.Cut(text, "@")
	x, y, _ := strings.Cut(place, ",")
	var errX, errY error
	at.X, errX = strconv.ParseFloat(x, 64)
	at.Y, errY = strconv.ParseFloat(y, 64)
	const far = 1e5 // no drawing reaches that far
	ok = errX == nil && errY == nil && math.Abs(at.X) < far && math.Abs(at.Y) < far && graph.ID(name).Type() != ""
	return graph.ID(name), at, ok
}

// IsEmpty reports whether nothing is asked for.
func (s *State) IsEmpty() bool {
	return s.Question == "" && len(s.Params.Thing) == 0 && !s.IsPath() && len(s.Expand) == 0
}

// IsPath reports whether paths between two things are asked for.
func (s *State) IsPath() bool {
	return s.Question == "" && len(s.Params.From) > 0 && len(s.Params.To) > 0
}

// Values returns the values of a parameter, as the address has them.
func (s *State) Values(name string) []string { return s.values[name] }

// Query returns the view's parameters in their usual order, encoded.
func (s *State) Query() string { return s.values.Encode() }

// AskedQuery returns the query with which the question alone is asked.
func (s *State) AskedQuery() string {
	q, err := queries.Find(s.Question)
	if err != nil {
		return ""
	}
	return s.asked(q).Encode()
}

// asked returns those of the view's parameters that q takes.
func (s *State) asked(q *queries.Question) url.Values {
	values := s.clone()
	for name := range values {
		if _, takes := q.Parameter(name); !takes {
			delete(values, name)
		}
	}
	return values
}

// With returns the query of the same view with name set to value, or without
// the parameter if value is "".
func (s *State) With(name, value string) string {
	values := s.clone()
	values.Del(name)
	if value != "" {
		values.Set(name, value)
	}
	return values.Encode()
}

// Expanding returns the query of the view in which id is expanded.
func (s *State) Expanding(id graph.ID) string {
	values := s.clone()
	if !remove(values, "collapse", string(id)) {
		values.Add("expand", string(id))
	}
	return values.Encode()
}

// Collapsing returns the query of the view in which id is not expanded.
func (s *State) Collapsing(id graph.ID) string {
	values := s.clone()
	if !remove(values, "expand", string(id)) {
		values.Add("collapse", string(id))
	}
	return values.Encode()
}

// Before returns the view as it was before its last thing was expanded, without
// pins; nil if nothing is expanded.
func (s *State) Before() *State {
	if len(s.Expand) == 0 {
		return nil
	}
	before := *s
	before.Expand, before.Pins = s.Expand[:len(s.Expand)-1], nil
	before.values = s.clone()
	before.values.Del("pin")
	before.values["expand"] = before.values["expand"][:len(before.Expand)]
	return &before
}

func (s *State) clone() url.Values {
	values := make(url.Values, len(s.values))
	for name, list := range s.values {
		values[name] = slices.Clone(list)
	}
	return values
}

// remove takes a value out of a parameter and reports whether it was there.
func remove(values url.Values, name, value string) bool {
	before := len(values[name])
	values[name] = slices.DeleteFunc(values[name], func(v string) bool { return v == value })
	return len(values[name]) < before
}
