package quality

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Tally counts the facts and answers of one role.
type Tally struct {
	Gold    int // facts asked for
	Found   int // of these, found
	Answers int // answers given, in roles that the gold lists exhaustively
	Right   int // of these, right
}

// Recall returns the share of the facts that were found, 0 if there are none.
func (t Tally) Recall() float64 { return ratio(t.Found, t.Gold) }

// Precision returns the share of the answers that are right, 0 if there are none.
func (t Tally) Precision() float64 { return ratio(t.Right, t.Answers) }

// F1 returns the harmonic mean of precision and recall.
func (t Tally) F1() float64 {
	p, r := t.Precision(), t.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func (t Tally) plus(u Tally) Tally {
	return Tally{t.Gold + u.Gold, t.Found + u.Found, t.Answers + u.Answers, t.Right + u.Right}
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Report is how the claims of some articles compare with their gold. The zero
// value is the report of none.
type Report struct {
	Roles   map[string]Tally
	Traps   int      // how many there were
	Trapped int      // how many were asserted
	Faults  []string // one line for each fact missed, answer wrong and trap asserted, in the order of the articles
}

// Score compares the claims of one article with its gold. Equal answers count
// once. Denials are no assertions, so they are never wrong; an unnamed group
// that the gold does not have is judged by the side it rolls up to, and not
// itself.
func Score(g *Gold, claims []Claim) Report {
	given := distinct(claims)
	r := Report{Roles: map[string]Tally{}, Traps: len(g.Not)}
	for _, f := range g.Facts {
		t := Tally{Gold: 1}
		if slices.ContainsFunc(given, func(a answer) bool { return f.holds(&a) }) {
			t.Found = 1
		} else {
			r.fault(g, "missed", f.String())
		}
		r.Roles[f.Role] = r.Roles[f.Role].plus(t)
	}
	for i := range given {
		a := &given[i]
		if !exhaustive(a.role) || a.denied {
			continue
		}
		switch {
		case g.vouchedFor(a):
			r.Roles[a.role] = r.Roles[a.role].plus(Tally{Answers: 1, Right: 1})
		case a.ofType != "Group":
			r.Roles[a.role] = r.Roles[a.role].plus(Tally{Answers: 1})
			r.fault(g, "wrong", a.String())
		}
	}
	for _, t := range g.Not {
		if slices.ContainsFunc(given, func(a answer) bool { return g.springs(&t, &a) }) {
			r.Trapped++
			r.fault(g, "trapped", t.String())
		}
	}
	return r
}

func (r *Report) fault(g *Gold, kind, what string) {
	r.Faults = append(r.Faults, fmt.Sprintf("%s  %-7s  %s", g.ID, kind, what))
}

// String returns a as [Fact.String] does a fact.
func (a *answer) String() string {
	f := Fact{Role: a.role, Name: a.names[0]}
	if len(a.extra) > 0 {
		f.Extra = a.extra[0]
	}
	return f.String()
}

// distinct returns the answers of claims, each once, in the order they first
// came. Of equal ones the last is kept, since its aliases may be more.
func distinct(claims []Claim) []answer {
	var out []answer
	at := map[string]int{}
	for i := range claims {
		for _, a := range answers(&claims[i]) {
			key := a.role + "\x00" + a.names[0] + "\x00"
			if len(a.extra) > 0 {
				key += a.extra[0]
			}
			if j, ok := at[key]; ok {
				out[j] = a
				continue
			}
			at[key] = len(out)
			out = append(out, a)
		}
	}
	return out
}

// Add adds s to r.
func (r *Report) Add(s Report) {
	if r.Roles == nil {
		r.Roles = map[string]Tally{}
	}
	for role, t := range s.Roles {
		r.Roles[role] = r.Roles[role].plus(t)
	}
	r.Traps += s.Traps
	r.Trapped += s.Trapped
	r.Faults = append(r.Faults, s.Faults...)
}

// Total returns the sum over all roles.
func (r *Report) Total() Tally {
	var sum Tally
	for _, t := range r.Roles {
		sum = sum.plus(t)
	}
	return sum
}

// String returns r as a table, the roles with most facts first, and its totals.
func (r *Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s%6s%7s%8s%9s%11s\n", "role", "gold", "found", "recall", "answers", "precision")
	roles := slices.SortedFunc(maps.Keys(r.Roles), func(x, y string) int {
		return cmp.Or(cmp.Compare(r.Roles[y].Gold, r.Roles[x].Gold), cmp.Compare(x, y))
	})
	for _, role := range roles {
		t := r.Roles[role]
		fmt.Fprintf(&b, "%-12s%6d%7d%8.3f", role, t.Gold, t.Found, t.Recall())
		if t.Answers > 0 {
			fmt.Fprintf(&b, "%9d%11.3f", t.Answers, t.Precision())
		} else {
			fmt.Fprintf(&b, "%9s%11s", "", "-")
		}
		b.WriteByte('\n')
	}
	t := r.Total()
	fmt.Fprintf(&b, "all: precision %.3f  recall %.3f  F1 %.3f  traps asserted %d of %d\n",
		t.Precision(), t.Recall(), t.F1(), r.Trapped, r.Traps)
	return b.String()
}
