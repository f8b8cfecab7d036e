package pages

import (
	_ "embed"
	"encoding/json"
	"sync"

	"parley/graph"
	"parley/queries"
)

// QualityTable is a table of doc/quality.md.
type QualityTable struct {
	Section string     `json:"section"` // its heading
	Caption string     `json:"caption"` // the paragraph before it
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

// qualityData are the tables of doc/quality.md. A test holds them to it and, with
// -update, writes them.
//
//go:embed quality.json
var qualityData []byte

// Quality returns the measured figures.
var Quality = sync.OnceValue(func() []QualityTable {
	var tables []QualityTable
	if err := json.Unmarshal(qualityData, &tables); err != nil {
		panic(err) // the file is embedded, and a test reads it
	}
	return tables
})

// AboutView is what the template "about" shows.
type AboutView struct {
	Stats      queries.Stats
	Predicates []PredicateView
	Corpora    *QualityTable   // precision and recall
	Confidence []*QualityTable // share right by confidence
}

// PredicateView is a kind of claim with how much there is of it here, and how much
// of it is found.
type PredicateView struct {
	Name   string
	Phrase string
	Count  int
	Recall []string // of the columns of RecallColumns; empty if it was not measured
}

// RecallColumns names the texts on which recall was measured.
func (v *AboutView) RecallColumns() []string {
	var names []string
	if t := tableOf("Recall by role"); t != nil {
		for _, row := range t.Rows {
			names = append(names, row[0])
		}
	}
	return names
}

// measured are the predicates that the roles of the labelled articles stand for.
var measured = map[graph.Predicate]string{
	graph.Mediated: "mediator", graph.ParticipatedIn: "participant", graph.Signed: "signatory", graph.HeldIn: "venue",
	graph.Leads: "leads", graph.HoldsPosition: "position",
}

// NewAboutView returns what the page about the data shows.
func NewAboutView(g *graph.Snapshot) *AboutView {
	v := &AboutView{Stats: queries.StatsOf(g), Corpora: tableOf("Facts read from articles")}
	recall := tableOf("Recall by role")
	for _, info := range graph.Predicates() {
		if v.Stats.Predicates[info.Predicate] == 0 {
			continue
		}
		p := PredicateView{string(info.Predicate), info.Phrase, v.Stats.Predicates[info.Predicate], nil}
		if recall != nil {
			p.Recall = recall.column(measured[info.Predicate])
		}
		v.Predicates = append(v.Predicates, p)
	}
	for i := range Quality() {
		if t := &Quality()[i]; t.Section == "Confidence" {
			v.Confidence = append(v.Confidence, t)
		}
	}
	return v
}

// tableOf returns the first table of that section or caption, or nil.
func tableOf(name string) *QualityTable {
	for i := range Quality() {
		if t := &Quality()[i]; t.Caption == name {
			return t
		}
	}
	for i := range Quality() {
		if t := &Quality()[i]; t.Section == name {
			return t
		}
	}
	return nil
}

// column returns the cells of the column of that name, nil if there is none.
func (t *QualityTable) column(name string) []string {
	for i, c := range t.Columns {
		if c != name || name == "" {
			continue
		}
		var cells []string
		for _, row := range t.Rows {
			cells = append(cells, row[i])
		}
		return cells
	}
	return nil
}
