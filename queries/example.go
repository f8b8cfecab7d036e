package queries

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/graph"
)

// MostClaimed returns the things of the given types that most claims are about,
// most first, at most limit of them.
func MostClaimed(s *graph.Snapshot, limit int, types ...graph.Type) []graph.Node {
	type weighed struct {
		node   graph.Node
		claims int
	}
	order := func(a, b weighed) int { return cmp.Or(b.claims-a.claims, cmp.Compare(s.ID(a.node), s.ID(b.node))) }
	list := make([]weighed, 0, limit+1)
	for _, t := range types {
		for _, n := range s.Nodes(t) {
			w := weighed{n, len(s.Out(n)) + len(s.In(n))}
			if len(list) == limit && order(w, list[limit-1]) >= 0 {
				continue
			}
			at, _ := slices.BinarySearchFunc(list, w, order)
			list = slices.Insert(list, at, w)[:min(len(list)+1, limit)]
		}
	}
	nodes := make([]graph.Node, len(list))
	for i, w := range list {
		nodes[i] = w.node
	}
	return nodes
}

// exampleRows is how many talks, agreements and so on are looked at for examples,
// and exampleName the longest name that stands in one, in runes.
const (
	exampleRows = 12
	exampleName = 40
)

// ExampleQuestions returns questions in English that s might answer, made from the
// talks, agreements and posts in it: a list for each kind of question. Whether
// they are understood and answered is to be tried.
func ExampleQuestions(ctx context.Context, s *graph.Snapshot) ([][]string, error) {
	x := examining{s: s}
	p := Params{Sort: "-date", Limit: exampleRows, Values: 6, Evidence: 1}
	for _, ask := range []struct {
		answer func(context.Context, *graph.Snapshot, Params) (*Answer, error)
		read   func(*Row)
	}{{Mediations, x.mediation}, {Agreements, x.agreement}, {Proposals, x.proposal}} {
		a, err := ask.answer(ctx, s, p)
		if err != nil {
			return nil, err
		}
		for i := range a.Rows {
			ask.read(&a.Rows[i])
		}
	}
	for _, n := range MostClaimed(s, exampleRows, graph.Person) {
		if name := x.name(n); name != "" && len(s.Out(n, graph.HoldsPosition, graph.Leads)) > 0 {
			x.who = append(x.who, "Who is "+name+"?")
		}
	}
	return [][]string{x.mediated, x.signed, x.where, x.who, x.rejected, x.whether}, nil
}

// examining collects questions by kind.
type examining struct {
	s                                               *graph.Snapshot
	mediated, signed, where, who, rejected, whether []string
}

// name returns the name of n if it can stand in a question, else "".
func (x *examining) name(n graph.Node) string {
	if n == graph.NoNode {
		return ""
	}
	t := x.s.At(n)
	first, _ := utf8.DecodeRuneInString(t.Label)
	if utf8.RuneCountInString(t.Label) > exampleName || strings.ContainsAny(t.Label, "\"“”?,;:()\n") || first == utf8.RuneError {
		return ""
	}
	if t.Type == graph.Group {
		return "" // who they are depends on the article
	}
	return t.Label
}

// pair returns two names of those that have the role in r: "A and B". Two states,
// or two organisations, are taken before others, and people never.
func (x *examining) pair(r *Row, role string) string {
	names := make(map[graph.Type][]string)
	for _, ro := range r.Roles {
		if ro.Name != role {
			continue
		}
		for _, v := range ro.Values {
			if name := x.name(v.Node); name != "" {
				t := x.s.ID(v.Node).Type()
				names[t] = append(names[t], name)
			}
		}
	}
	states, organisations := names[graph.State], names[graph.Organisation]
	for _, list := range [][]string{states, organisations, slices.Concat(states, organisations)} {
		if len(list) > 1 {
			return list[0] + " and " + list[1]
		}
	}
	return ""
}

func (x *examining) mediation(r *Row) {
	if pair := x.pair(r, "participants"); pair != "" && x.s.ID(r.Thing).Type() == graph.Talks {
		x.mediated = append(x.mediated, "Who mediated the talks between "+pair+"?")
		x.where = append(x.where, "Where were the talks between "+pair+" held?")
	}
}

func (x *examining) agreement(r *Row) {
	name := x.name(r.Thing)
	for _, role := range r.Roles {
		if role.Name != "signatories" || name == "" {
			continue
		}
		x.signed = append(x.signed, fmt.Sprintf("Who signed the %s?", name))
		if signer := x.name(role.Values[0].Node); signer != "" {
			x.whether = append(x.whether, fmt.Sprintf("Did %s sign the %s?", signer, name))
		}
	}
}

func (x *examining) proposal(r *Row) {
	for _, role := range r.Roles {
		if name := x.name(r.Thing); role.Name == "rejected_by" && name != "" {
			x.rejected = append(x.rejected, fmt.Sprintf("Who rejected the %s?", strings.TrimPrefix(name, "the ")))
		}
	}
}
