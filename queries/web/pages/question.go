package pages

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/graph"
	"parley/queries"
)

// QuestionsView is what the template "questions" shows.
type QuestionsView struct{ Questions []QuestionLink }

// NewQuestionsView returns the list of all questions.
func NewQuestionsView() *QuestionsView {
	v := &QuestionsView{}
	for _, q := range queries.Catalogue() {
		v.Questions = append(v.Questions, linkTo(q))
	}
	return v
}

// QuestionView is what the template "question" shows: a form, and the answer if
// it was asked.
type QuestionView struct {
	Name      string
	Sentence  string
	Form      []FieldSet
	Names     []string // that are suggested to those who have no JavaScript
	IsAsked   bool
	Error     string // what is wrong with the parameters
	Readings  []ReadingView
	Notes     []string
	Total     int
	AtLeast   bool
	Shown     int
	View      string // "table", "timeline" or "places"
	Views     []ViewLink
	Table     *TableView
	Timeline  []TimelineEntry
	Places    []PlaceView
	Placeless int // rows that no place is known of
	Apart     *TableView
	ApartMore int
	Facets    []FacetView
	Next      string // address of the page that follows
	Formats   []Alternate
	Feed      string
	Save      string
	Embed     string // address of the answer to be shown in a frame
	Permanent string
	Revision  uint64
	Host      string // address of the server
	Room      int    // for quotes, in bytes of HTML; 0 for that of a page
}

// FieldSet is some fields of a form; the second and later ones are folded.
type FieldSet struct {
	Name   string
	Open   bool // some field in it has a value
	Fields []Field
}

// Field is a field of a form.
type Field struct {
	Name     string
	Number   int // of fields of this name, from 0
	Label    string
	Help     string
	Kind     string // "thing", "text", "date", "number", "integer" or "choice"
	Value    string
	Options  []Option
	Most     int
	Required bool
	Types    string // of things to be suggested, with commas between
}

// Option is a choice of a field.
type Option struct{ Value, Label string }

// ReadingView is what a name was taken for.
type ReadingView struct {
	Parameter string
	Value     string
	Things    []Ref
	More      int
}

// ViewLink is a way to look at the answer.
type ViewLink struct {
	Name    string
	Href    string
	Current bool
}

// FacetView is how often values of a role occur in the whole answer.
type FacetView struct {
	Name   string
	Values []FacetValueView
	More   int
}

// FacetValueView is a value with its number.
type FacetValueView struct {
	Ref   Ref
	Count int
}

// NewQuestionView returns the page of question q, not yet asked, with the values
// given in its form.
func NewQuestionView(q *queries.Question, values url.Values) *QuestionView {
	return &QuestionView{Name: q.Name, Sentence: q.Sentence, Form: formOf(q, values)}
}

// fieldGroups are the parts of a form, by the names of parameters. What is in none
// is the question's own, and comes first.
var fieldGroups = []struct {
	name       string
	parameters []string
}{
	{"Time, source and confidence", []string{"since", "until", "published_since", "published_until", "outlet", "speaker", "polarity", "modality", "min_confidence", "as_of"}},
	{"How much is shown", []string{"sort", "facets", "limit", "values", "evidence"}},
}

func formOf(q *queries.Question, values url.Values) []FieldSet {
	sets := []FieldSet{{Open: true}}
	for _, group := range fieldGroups {
		sets = append(sets, FieldSet{Name: group.name})
	}
	for _, p := range q.Parameters {
		if p.Type == queries.TokenType {
			continue
		}
		at := 0
		for i, group := range fieldGroups {
			if slices.Contains(group.parameters, p.Name) {
				at = i + 1
			}
		}
		given := slices.DeleteFunc(slices.Clone(values[p.Name]), func(v string) bool { return v == "" })
		sets[at].Open = sets[at].Open || len(given) > 0 && at == 1 // how much is shown is seen
		if len(given) == 0 || p.Many && len(given) < 4 && p.Type != queries.EnumType {
			given = append(given, "") // room for one more
		}
		for i, value := range given {
			sets[at].Fields = append(sets[at].Fields, newField(p, i, value))
		}
	}
	return slices.DeleteFunc(sets, func(s FieldSet) bool { return len(s.Fields) == 0 })
}

func newField(p queries.Parameter, i int, value string) Field {
	f := Field{Name: p.Name, Number: i, Label: upperFirst(strings.ReplaceAll(p.Name, "_", " ")), Help: p.Help, Kind: p.Type, Value: value,
		Options: optionsOf(p), Most: p.Most, Required: p.Required && i == 0}
	switch {
	case i > 0:
		f.Label, f.Help = "and "+p.Name, ""
	case p.Type == queries.EnumType, p.Type == queries.CommaType:
		f.Kind = "choice"
	}
	if len(p.Values) > 0 {
		f.Kind = "choice"
	}
	switch p.Name {
	case "mediator", "party", "actor", "speaker":
		f.Types = "Person,Organisation,State,Group"
	case "place":
		f.Types = "Place,State"
	}
	return f
}

// optionsOf returns what can be chosen for p.
func optionsOf(p queries.Parameter) []Option {
	var list []Option
	for _, v := range p.Values {
		label := v
		switch down := strings.TrimPrefix(v, "-"); {
		case p.Name == "predicate":
			label = "… " + phrase(graph.Predicate(v)) + " …"
		case down != v:
			label = down + ", the other way round"
		case p.Name != "type":
			label = strings.ReplaceAll(v, "_", " ")
		}
		list = append(list, Option{v, label})
	}
	return list
}

// The bounds of an answer's page; a request may ask for less, and for more up to
// the second.
const (
	answerRows, maxAnswerRows         = 10, 25
	answerValues, maxAnswerValues     = 5, 10
	answerEvidence, maxAnswerEvidence = 2, 5
)

// Bounded returns values with the bounds of a page, so that no answer grows
// beyond it.
func Bounded(q *queries.Question, values url.Values) url.Values {
	out := url.Values{}
	for name, list := range values {
		out[name] = list
	}
	for _, b := range []struct {
		name        string
		usual, most int
	}{{"limit", answerRows, maxAnswerRows}, {"values", answerValues, maxAnswerValues}, {"evidence", answerEvidence, maxAnswerEvidence}} {
		p, ok := q.Parameter(b.name)
		switch {
		case !ok || b.name == "limit" && q.Name == "paths":
		case len(out[b.name]) == 0:
			out.Set(b.name, numeral(b.usual))
		case len(out[b.name]) == 1 && atMost(out.Get(b.name), p.Most):
			out.Set(b.name, numeral(min(value(out.Get(b.name)), b.most)))
		}
	}
	return out
}

// Answer puts the answer a into v. Query is what was asked, without what the page
// adds.
func (v *QuestionView) Answer(a *queries.Answer, query url.Values, view string) {
	g := a.Snapshot()
	v.IsAsked, v.Notes, v.Total, v.AtLeast, v.Shown, v.Revision = true, a.Notes, a.Total, a.TotalIsLeast, len(a.Rows), a.Revision
	for _, r := range a.Readings {
		rv := ReadingView{Parameter: r.Parameter, Value: Clip(maxName, r.Value)}
		for _, n := range r.Nodes[:min(len(r.Nodes), 5)] {
			rv.Things = append(rv.Things, RefTo(g, n))
		}
		rv.More = len(r.Nodes) - len(rv.Things)
		v.Readings = append(v.Readings, rv)
	}
	room := budget(cmp.Or(v.Room, pageBudget))
	switch v.View = view; view {
	case "timeline":
		v.Timeline = momentsOf(g, a.Rows)
	case "places":
		v.Places, v.Placeless = placesOf(g, a.Rows)
	default:
		v.View = "table"
		v.Table = newTableView(g, a.Rows, &room)
	}
	if len(a.Apart) > 0 {
		v.Apart = newTableView(g, a.Apart[:min(len(a.Apart), max(answerRows, len(a.Rows)))], &room)
		v.ApartMore = a.ApartAll - len(v.Apart.Rows)
	}
	for _, f := range a.Facets {
		v.Facets = append(v.Facets, newFacetView(g, f))
	}
	v.links(a, query, view)
}

// links sets the addresses of other forms of the answer.
func (v *QuestionView) links(a *queries.Answer, query url.Values, view string) {
	data := without(query, "view")
	v.Formats = FormatsOf("/v1/questions/" + v.Name + withQuery(data))
	base := "/questions/" + v.Name
	all := withQuery(without(data, "next", "limit", "values", "evidence"))
	v.Feed, v.Save, v.Embed = base+".atom"+all, base+".html"+withQuery(data), base+"/embed"+withQuery(query)
	pinned := without(query)
	pinned.Set("as_of", strconv.FormatUint(a.Revision, 10))
	v.Permanent = base + withQuery(pinned)
	if a.Next != "" {
		next := without(query)
		next.Set("next", a.Next)
		v.Next = base + withQuery(next)
	}
	for _, name := range viewsOf(v.Name) {
		other := without(query, "view", "next")
		if name != "table" {
			other.Set("view", name)
		}
		v.Views = append(v.Views, ViewLink{upperFirst(name), base + withQuery(other), name == v.View})
	}
	drawn := without(query, "view", "next", "values", "evidence", "facets")
	if drawn.Set("question", v.Name); v.Name == "paths" {
		drawn = url.Values{"from": query["from"], "to": query["to"]}
	}
	v.Views = append(v.Views, ViewLink{"Graph", "/graph" + withQuery(drawn), false})
}

// viewsOf returns the ways to look at an answer to the question.
func viewsOf(question string) []string {
	switch question {
	case "mediations", "talks", "agreements":
		return []string{"table", "timeline", "places"}
	case "timeline", "evolution", "proposals":
		return []string{"table", "timeline"}
	}
	return []string{"table"}
}

// HasView reports whether answers to the question can be looked at that way.
func HasView(question, view string) bool {
	return view == "" || view == "table" || slices.Contains(viewsOf(question), view)
}

func newFacetView(g *graph.Snapshot, f queries.Facet) FacetView {
	v := FacetView{Name: roleName(f.Name), More: f.More}
	for _, value := range f.Values {
		ref := Ref{Label: Clip(maxName, value.Text)}
		if value.Node != graph.NoNode {
			ref = RefTo(g, value.Node)
		}
		v.Values = append(v.Values, FacetValueView{ref, value.Count})
	}
	return v
}

// without returns values without the names given.
func without(values url.Values, names ...string) url.Values {
	out := url.Values{}
	for name, list := range values {
		if !slices.Contains(names, name) {
			out[name] = list
		}
	}
	return out
}

func withQuery(values url.Values) string {
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}
