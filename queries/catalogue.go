package queries

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"

	"parley/graph"
)

// Question is an entry of the catalogue.
type Question struct {
	Name       string      `json:"name"`
	Sentence   string      `json:"sentence"` // what it answers
	Parameters []Parameter `json:"parameters"`
	Example    []string    `json:"example"` // parameters as NAME=VALUE
	answer     func(context.Context, *graph.Snapshot, Params) (*Answer, error)
}

// Parameter returns the parameter of q with the given name.
func (q *Question) Parameter(name string) (Parameter, bool) {
	i := slices.IndexFunc(q.Parameters, func(d Parameter) bool { return d.Name == name })
	if i < 0 {
		return Parameter{}, false
	}
	return q.Parameters[i], true
}

// Catalogue lists every question, in the order in which they are best read. The
// slice is shared and must not be changed.
func Catalogue() []Question { return catalogue() }

// Find returns the question with the given name, or an [UnknownQuestionError].
func Find(name string) (*Question, error) {
	list := catalogue()
	for i := range list {
		if list[i].Name == name {
			return &list[i], nil
		}
	}
	return nil, &UnknownQuestionError{name}
}

// Run asks the question name of the snapshot. Values hold the parameters as a
// URL's query does. The error is an [UnknownQuestionError], a [ParameterError], or
// ctx's error if ctx ends first.
func Run(ctx context.Context, s *graph.Snapshot, name string, values map[string][]string) (*Answer, error) {
	q, err := Find(name)
	if err != nil {
		return nil, err
	}
	p, err := Parse(name, q.Parameters, values)
	if err != nil {
		return nil, err
	}
	return q.answer(ctx, s, p)
}

// Parse reads the values of the given parameters, as a URL's query has them. A
// name that is not among them, and a value that its parameter does not allow, is a
// [ParameterError]; of is what a message says takes them.
func Parse(of string, parameters []Parameter, values map[string][]string) (p Params, err error) {
	for _, key := range sortedKeys(values) {
		i := slices.IndexFunc(parameters, func(d Parameter) bool { return d.Name == key })
		if i < 0 {
			var names []string
			for _, d := range parameters {
				names = append(names, d.Name)
			}
			return p, &ParameterError{key, strings.Join(values[key], ", "), "no such parameter; " + of + " takes " + strings.Join(names, ", ")}
		}
		if len(values[key]) == 0 {
			continue
		}
		if err := p.set(parameters[i], values[key]); err != nil {
			return p, err
		}
	}
	return p, nil
}

func sortedKeys(values map[string][]string) []string {
	keys := make([]string, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// The parameters that more than one question takes.
var (
	thingParam     = Parameter{Name: "thing", Type: ThingType, Help: "what is asked about: an id, or a name in any case, with or without accents", Required: true}
	withParam      = Parameter{Name: "with", Type: ThingType, Help: "the thing at the other end; a Group counts for its side", Many: true}
	mediatorParam  = Parameter{Name: "mediator", Type: ThingType, Help: "who mediated; several must all have", Many: true}
	partyParam     = Parameter{Name: "party", Type: ThingType, Help: "who took part, signed or agreed; a Group counts for its side; several must all have", Many: true}
	actorParam     = Parameter{Name: "actor", Type: ThingType, Help: "who has any part in it; several must all have", Many: true}
	placeParam     = Parameter{Name: "place", Type: ThingType, Help: "where it was held or signed; a place counts for what it lies in", Many: true}
	concernedParam = Parameter{Name: "place", Type: ThingType, Help: "what it concerns, or where what it belongs to was held or signed; a place counts for what it lies in", Many: true}
	outcomeParam   = Parameter{Name: "outcome", Type: EnumType, Help: "how the talks ended; several are alternatives", Many: true, Values: []string{graph.OutcomeAgreement, graph.OutcomeNoAgreement, graph.OutcomeSuspended, graph.OutcomePostponed, graph.OutcomeCollapsed, graph.OutcomeOngoing}}
	fromParam      = Parameter{Name: "from", Type: ThingType, Help: "where the path begins: an id or a name", Required: true}
	toParam        = Parameter{Name: "to", Type: ThingType, Help: "where the path ends: an id or a name", Required: true}
	hopsParam      = Parameter{Name: "max_hops", Type: CountType, Help: "most steps of a path; 4 if not given", Most: MaxHops}
	speakingParam  = Parameter{Name: "actor", Type: ThingType, Help: "who said it", Required: true}
	aboutParam     = Parameter{Name: "thing", Type: ThingType, Help: "one thing that it is about: an id or a name"}
	sharedParam    = Parameter{Name: "with", Type: ThingType, Help: "the other thing, or several", Many: true, Required: true}
	predicateParam = Parameter{Name: "predicate", Type: EnumType, Help: "the kind of statement; several are alternatives", Many: true, Values: predicateNames()}
	typeParam      = Parameter{Name: "type", Type: EnumType, Help: "the type of the thing at the other end; several are alternatives", Many: true, Values: typeNames()}
)

// sourceParams are about who says so, and how.
var sourceParams = []Parameter{
	{Name: "since", Type: DateType, Help: "the event was on or after this year, month or day"},
	{Name: "until", Type: DateType, Help: "the event was on or before this year, month or day"},
	{Name: "published_since", Type: DateType, Help: "the article was published on or after this date"},
	{Name: "published_until", Type: DateType, Help: "the article was published on or before this date"},
	{Name: "outlet", Type: TextType, Help: "who printed it; several are alternatives", Many: true},
	{Name: "speaker", Type: ThingType, Help: "to whom the article attributes it", Many: true},
	{Name: "polarity", Type: EnumType, Help: "asserted (the default), denied or any", Values: []string{"asserted", "denied", "any"}},
	{Name: "modality", Type: EnumType, Help: "actual (the default), planned, conditional, possible or any", Values: []string{"actual", "planned", "conditional", "possible", "any"}},
	{Name: "min_confidence", Type: NumberType, Help: "the least confidence of a claim that counts, from 0 to 1"},
	{Name: "as_of", Type: CountType, Help: "the revision of the graph that is asked; the present one if not given"},
}

// listParams are about how much is shown, and in which order.
var listParams = []Parameter{
	{Name: "sort", Type: EnumType, Help: "order of the rows; a hyphen turns it round", Values: []string{"id", "-id", "label", "-label", "date", "-date", "claims", "-claims"}},
	{Name: "values", Type: CountType, Help: "most values shown for one role of a row, those with most claims first; 10 if not given", Most: MaxValues},
	{Name: "evidence", Type: CountType, Help: "most claims shown for one value of a row; 3 if not given", Most: MaxEvidence},
	{Name: "limit", Type: CountType, Help: "most rows; 20 if not given", Most: MaxLimit},
	{Name: "next", Type: TokenType, Help: "what the answer before gave as next"},
}

// boundParams are those of listParams that a question without pages takes.
var boundParams = []Parameter{
	{Name: "evidence", Type: CountType, Help: "most claims shown for one hop; 3 if not given", Most: MaxEvidence},
	{Name: "limit", Type: CountType, Help: "most paths; 3 if not given", Most: maxPaths},
}

// facetsParam counts roles of a shape.
func facetsParam(sh shape) Parameter {
	return facetsOf(append([]string{"outlet", "year"}, sh.names()...))
}

func facetsOf(names []string) Parameter {
	return Parameter{Name: "facets", Type: CommaType, Help: "what to count over all rows, with commas between", Values: names}
}

func parameters(own ...Parameter) []Parameter { return slices.Concat(own, sourceParams, listParams) }

func predicateNames() []string {
	var names []string
	for _, info := range graph.Predicates() {
		names = append(names, string(info.Predicate))
	}
	return names
}

func typeNames() []string {
	var names []string
	for _, t := range graph.Types() {
		names = append(names, string(t))
	}
	return names
}

var catalogue = sync.OnceValue(func() []Question {
	statement, linked := facetsOf(statementFacets), facetsOf(linkFacets)
	return []Question{
		{"mediations", "Who mediated which talks and agreements?",
			parameters(mediatorParam, partyParam, actorParam, placeParam, outcomeParam, facetsParam(mediationShape)),
			[]string{"mediator=Algeria"}, Mediations},
		{"talks", "Which talks were there, and who took part in which role?",
			parameters(partyParam, mediatorParam, actorParam, placeParam, outcomeParam, facetsParam(talksShape)),
			[]string{"since=2005", "until=2006"}, Talks},
		{"agreements", "Which agreements are there, and who signed, refused, mediated or broke them?",
			parameters(partyParam, mediatorParam, actorParam, placeParam, facetsParam(agreementShape)),
			[]string{"sort=-date", "limit=10"}, Agreements},
		{"proposals", "What was proposed by whom to whom, and who accepted, rejected or considered it?",
			parameters(partyParam, actorParam, concernedParam, facetsParam(proposalShape)),
			[]string{"sort=label"}, Proposals},
		{"mediators", "Who mediated most, and how did the talks end?",
			parameters(partyParam, mediatorParam, actorParam, placeParam, outcomeParam, facetsOf(mediatorFacets)),
			[]string{"limit=10"}, Mediators},
		{"positions", "Who held which post, led, represented or spoke for whom?",
			parameters(actorParam, placeParam, statement),
			[]string{"actor=Algeria"}, Positions},
		{"memberships", "Who is a member or a part of what?",
			parameters(actorParam, placeParam, statement),
			[]string{"actor=Norway"}, Memberships},
		{"meetings", "Who met or spoke with whom?",
			parameters(actorParam, placeParam, statement),
			[]string{"sort=-claims"}, Meetings},
		{"statements", "What did someone say, demand, propose or reject?",
			parameters(speakingParam, placeParam, predicateParam, statement),
			[]string{"actor=Iran", "polarity=any"}, Statements},
		{"said-by", "Who said what, and about whom?",
			parameters(aboutParam, actorParam, placeParam, predicateParam, statement),
			[]string{"facets=speaker", "limit=10"}, SaidBy},
		{"disputes", "What do some assert and others deny, and of what are different outcomes or dates told?",
			parameters(aboutParam, actorParam, placeParam, statement),
			[]string{"limit=10"}, Disputes},
		{"evolution", "How did talks, their parts and what they led to develop?",
			parameters(thingParam, actorParam, placeParam, statement),
			[]string{"thing=Black Sea Grain Initiative"}, Evolution},
		{"common", "What do two things share?",
			parameters(thingParam, sharedParam, typeParam, actorParam, placeParam, linked),
			[]string{"thing=Norway", "with=Cuba"}, Common},
		{"paths", "How are two things connected?",
			slices.Concat([]Parameter{fromParam, toParam, hopsParam, actorParam, placeParam, linked}, sourceParams, boundParams),
			[]string{"from=Norway", "to=Cuba"}, Paths},
		{"about", "What is claimed about one thing?",
			parameters(thingParam, withParam, predicateParam, typeParam, actorParam, placeParam, statement),
			[]string{"thing=Algeria"}, About},
		{"timeline", "What happened to one thing, in the order of time?",
			parameters(thingParam, withParam, predicateParam, typeParam, actorParam, placeParam, statement),
			[]string{"thing=Algeria"}, Timeline},
		{"neighbours", "What is one thing linked to, and by how many claims?",
			parameters(thingParam, withParam, predicateParam, typeParam, actorParam, placeParam, linked),
			[]string{"thing=Algeria"}, Neighbours},
	}
})

// URL returns the path and query under which an HTTP server answers q's example.
func (q *Question) URL() string {
	var query []string
	for _, e := range q.Example {
		name, value, _ := strings.Cut(e, "=")
		query = append(query, name+"="+url.QueryEscape(value))
	}
	return "/v1/questions/" + q.Name + "?" + strings.Join(query, "&")
}
