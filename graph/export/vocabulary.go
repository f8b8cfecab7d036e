package export

import (
	"slices"

	"parley/graph"
)

// classes are the classes of other vocabularies that come nearest to our types:
// schema.org, and the Simple Event Model (https://semanticweb.cs.vu.nl/2009/11/sem/).
var classes = map[graph.Type]string{
	graph.Person:       "schema:Person",
	graph.Organisation: "schema:Organization",
	graph.State:        "schema:Country",
	graph.Group:        "sem:Actor",
	graph.Place:        "schema:Place",
	graph.Talks:        "sem:Event",
	graph.Agreement:    "sem:Event",
	graph.Proposal:     "schema:CreativeWork",
	graph.ArticleType:  "schema:NewsArticle",
	graph.Outlet:       "schema:NewsMediaOrganization",
}

// matches are properties of other vocabularies that come near to our predicates:
// Wikidata (P710 participant, P1891 signatory, P664 organizer, P276 location,
// P585 point in time, P39 position held, P463 member of, P361 part of, P3342
// significant person, P1344 participant in), schema.org, SEM and W3C ORG.
var matches = map[graph.Predicate][]string{
	graph.ParticipatedIn: {wikidata + "P1344", "sem:hasActor"},
	graph.Mediated:       {wikidata + "P3342"},
	graph.Hosted:         {wikidata + "P664", "schema:organizer"},
	graph.HeldIn:         {wikidata + "P276", "schema:location"},
	graph.SignedIn:       {wikidata + "P276"},
	graph.HeldOn:         {wikidata + "P585", "sem:hasTime"},
	graph.StartedOn:      {wikidata + "P580", "schema:startDate"},
	graph.EndedOn:        {wikidata + "P582", "schema:endDate"},
	graph.SignedOn:       {wikidata + "P585"},
	graph.Signed:         {wikidata + "P1891"},
	graph.PartOf:         {wikidata + "P361", "schema:isPartOf"},
	graph.MemberOf:       {wikidata + "P463", org + "memberOf", "schema:memberOf"},
	graph.HoldsPosition:  {wikidata + "P39", org + "holds"},
	graph.Leads:          {org + "headOf"},
	graph.BasedIn:        {wikidata + "P159", "schema:location"},
	graph.LocatedIn:      {wikidata + "P131", "schema:containedInPlace"},
}

const (
	wikidata = "http://www.wikidata.org/prop/direct/"
	org      = "http://www.w3.org/ns/org#"
)

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
