package queries

import (
	"cmp"
	"encoding/base64"
	"slices"
	"sort"
	"strconv"
	"strings"

	"parley/graph"
)

// A token is the sort key and the id of the last row shown, so that the next
// page goes on behind it even if the graph has grown in the meantime.

const tokenVersion = "1"

func encodeToken(key string, id graph.ID) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Join([]string{tokenVersion, key, string(id)}, "\x00")))
}

func decodeToken(token string) (key string, id graph.ID, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	parts := strings.Split(string(raw), "\x00")
	if err != nil || len(parts) != 3 || parts[0] != tokenVersion {
		return "", "", &ParameterError{"next", token, "what an earlier answer gave as next"}
	}
	return parts[1], graph.ID(parts[2]), nil
}

// sortKey returns how n compares under the order asked for; "" for the order of ids.
func (a *asking) sortKey(n graph.Node) string {
	switch strings.TrimPrefix(a.p.Sort, "-") {
	case "label":
		return strings.ToLower(a.s.At(n).Label)
	case "date":
		return a.dateOf(n)
	case "claims":
		if a.weights != nil {
			return nineDigits(len(a.weights[n]))
		}
		return nineDigits(len(a.s.Out(n)) + len(a.s.In(n)))
	}
	return ""
}

// nineDigits returns n, below a thousand million, as a text that compares like it.
func nineDigits(n int) string { return strconv.Itoa(1e9 + n)[1:] }

// dateOf returns the first date that is claimed as a fact of n, else the time of
// the first dated claim about it, else "".
func (a *asking) dateOf(n graph.Node) string {
	if !isEvent(a.s.ID(n)) {
		return dateIn(a.s, n)
	}
	if a.dates == nil {
		a.dates = graph.Derived(a.s, eventDates{}, func() []string {
			all := make([]string, a.s.Size())
			for _, t := range []graph.Type{graph.Talks, graph.Agreement} {
				for _, n := range a.s.Nodes(t) {
					all[n] = dateIn(a.s, n)
				}
			}
			return all
		})
	}
	return a.dates[n]
}

// eventDates is the key of the dates of talks and agreements, by node.
type eventDates struct{}

func dateIn(s *graph.Snapshot, n graph.Node) string {
	first := ""
	for _, e := range dates.edges(s, n) {
		if d := s.ClaimOf(e).Object.Value; e.IsFact() && (first == "" || d < first) {
			first = d
		}
	}
	if first != "" {
		return first
	}
	for _, list := range [][]graph.Edge{s.In(n), s.Out(n)} {
		for _, e := range list {
			if c := s.ClaimOf(e); e.IsFact() && c.When != nil && c.When.Start != "" && (first == "" || c.When.Start < first) {
				first = c.When.Start
			}
		}
	}
	return first
}

// ranking is things in the order asked for, with what they compare by.
type ranking struct {
	nodes []graph.Node
	keys  []string // of each node; empty for the order of ids
}

// ranked returns nodes, which are sorted by id, in the order asked for. It may
// change the slice.
func (a *asking) ranked(nodes []graph.Node) *ranking {
	o := &ranking{nodes: nodes}
	switch strings.TrimPrefix(a.p.Sort, "-") {
	case "":
		return o
	case "id":
		if a.p.Sort == "-id" {
			slices.Reverse(nodes)
		}
		return o
	}
	type entry struct {
		key  string
		node graph.Node
	}
	list := make([]entry, len(nodes))
	for i, n := range nodes {
		list[i] = entry{a.sortKey(n), n}
	}
	sign := 1
	if strings.HasPrefix(a.p.Sort, "-") {
		sign = -1
	}
	slices.SortStableFunc(list, func(x, y entry) int { return sign * cmp.Compare(x.key, y.key) })
	o.keys = make([]string, len(list))
	for i, e := range list {
		o.keys[i], nodes[i] = e.key, e.node
	}
	return o
}

// compare returns how the thing of that key and id compares to the i-th of o.
func (a *asking) compare(o *ranking, key string, id graph.ID, i int) int {
	byKey, byID := 0, cmp.Compare(id, a.s.ID(o.nodes[i]))
	if len(o.keys) > 0 {
		byKey = cmp.Compare(key, o.keys[i])
	}
	switch {
	case a.p.Sort == "-id":
		return -byID
	case strings.HasPrefix(a.p.Sort, "-"):
		return cmp.Or(-byKey, byID)
	}
	return cmp.Or(byKey, byID)
}

// page returns the part of o that is to be shown, and sets the answer's Next and
// Truncated.
func (a *asking) page(o *ranking) ([]graph.Node, error) {
	start := 0
	if a.p.Next != "" {
		key, id, err := decodeToken(a.p.Next)
		if err != nil {
			return nil, err
		}
		found := false
		start, found = sort.Find(len(o.nodes), func(i int) int { return a.compare(o, key, id, i) })
		if found {
			start++
		}
	}
	end := min(start+a.p.limit(), len(o.nodes))
	if end < len(o.nodes) {
		key := ""
		if len(o.keys) > 0 {
			key = o.keys[end-1]
		}
		a.answer.Truncated, a.answer.Next = true, encodeToken(key, a.s.ID(o.nodes[end-1]))
	}
	return o.nodes[start:end], nil
}
