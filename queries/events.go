package queries

import (
	"context"
	"slices"

	"parley/graph"
)

var mediationShape = shape{
	types: []graph.Type{graph.Talks, graph.Agreement},
	key:   []role{mediators},
	roles: []role{mediators, participants, signatories, agreed, hosts, guarantors, observers, places, dates, outcomes, results, subjects},
}

// Mediations answers who mediated which talks and agreements: a row for each that
// has a mediator. It takes mediator, party, actor, place and outcome.
func Mediations(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	return events(ctx, s, "mediations", p, mediationShape)
}

var talksShape = shape{
	types: []graph.Type{graph.Talks},
	roles: []role{participants, mediators, hosts, invited, guarantors, observers, refusers, withdrew, suspenders, leaders, agreed, violators, rejecters,
		places, dates, outcomes, results, subjects, wholes, parts},
}

// Talks answers which talks there were: a row for each. It takes mediator, party,
// actor, place and outcome.
func Talks(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	return events(ctx, s, "talks", p, talksShape)
}

var agreementShape = shape{
	types: []graph.Type{graph.Agreement},
	roles: []role{signatories, agreed, refusers, mediators, guarantors, observers, hosts, participants, violators, withdrew, suspenders,
		proposers, accepters, rejecters, considerers, supporters, places, dates, origins, subjects, provisions, wholes, parts},
}

// Agreements answers which agreements there are, with their signatories, refusers,
// mediators, dates, parts and violations: a row for each. It takes mediator,
// party, actor and place.
func Agreements(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	return events(ctx, s, "agreements", p, agreementShape)
}

var proposalShape = shape{
	types: []graph.Type{graph.Proposal},
	roles: []role{proposers, addressees, accepters, agreed, rejecters, refusers, considerers, demanders, supporters, subjects, provisions, wholes, parts},
}

// Proposals answers what was proposed, by whom and to whom, and who accepted,
// rejected or considered it: a row for each proposal. It takes party, the one who
// proposed or was addressed, actor, and place, which it concerns.
func Proposals(ctx context.Context, s *graph.Snapshot, p Params) (*Answer, error) {
	return events(ctx, s, "proposals", p, proposalShape)
}

// events asks a question whose rows are talks, agreements or proposals.
func events(ctx context.Context, s *graph.Snapshot, name string, p Params, sh shape) (*Answer, error) {
	a, err := ask(s, name, &p)
	if err != nil {
		return nil, err
	}
	if sh.key == nil {
		sh.key = sh.roles
	}
	return a.rowsOf(ctx, sh, a.eventConditions(sh))
}

// eventConditions returns what mediator, party, actor, place and outcome ask of
// the things of the shape.
func (a *asking) eventConditions(sh shape) []condition {
	var conditions []condition
	require := func(parameter string, values []string, roles []role, types ...graph.Type) {
		for _, set := range a.things(parameter, values, true, types...) {
			conditions = append(conditions, condition{set: set, roles: roles})
		}
	}
	actors := []graph.Type{graph.Person, graph.Organisation, graph.State, graph.Group}
	partyOf := partyRoles
	if slices.Contains(sh.types, graph.Proposal) {
		partyOf = []role{proposers, addressees}
	}
	require("mediator", a.p.Mediator, []role{mediators}, actors...)
	require("party", a.p.Party, partyOf, actors...)
	require("actor", a.p.Actor, actorRoles, actors...)
	if slices.Contains(sh.types, graph.Proposal) {
		conditions = append(conditions, a.proposedAt()...)
	} else {
		require("place", a.p.Place, []role{places}, graph.Place, graph.State)
	}
	if len(a.p.Outcome) > 0 {
		ends := func(e graph.Edge) bool { return slices.Contains(a.p.Outcome, a.s.ClaimOf(e).Object.Value) }
		conditions = append(conditions, condition{roles: []role{outcomes}, literal: ends})
	}
	return conditions
}

// proposedAt returns what place asks of proposals: that they concern it, or that what
// they concern, are part of or led to is or was there.
func (a *asking) proposedAt() []condition {
	var conditions []condition
	for _, set := range a.things("place", a.p.Place, true, graph.Place, graph.State) {
		there := func(e graph.Edge) bool {
			return e.Other != graph.NoNode && (set.has(e.Other) || a.isIn(e.Other, set))
		}
		conditions = append(conditions, condition{roles: []role{subjects, wholes, origins, results}, literal: there})
	}
	return conditions
}
