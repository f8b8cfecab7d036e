package queries

import (
	"math/bits"
	"slices"
	"strconv"

	"parley/graph"
)

// calendar has the talks and agreements by year, so that a question about a period
// need not look at those of other times.
type calendar struct {
	nodes      []graph.Node     // all agreements and then all talks: in the order of ids
	agreements int              // how many of nodes are agreements
	years      map[int][]uint32 // places in nodes, ascending, of what has a day in the year
	always     []uint32         // likewise of what spans too many years to be in each
	first      int              // the first and the last of the years
	last       int
}

// mostYears is how many years an event is listed in.
const mostYears = 100

// eventCalendar is the key of the calendar of a snapshot.
type eventCalendar struct{}

func newCalendar(s *graph.Snapshot, times [][2][]period) *calendar {
	c := &calendar{years: make(map[int][]uint32)}
	c.agreements = len(s.Nodes(graph.Agreement))
	c.nodes = slices.Concat(s.Nodes(graph.Agreement), s.Nodes(graph.Talks))
	for i, n := range c.nodes {
		for _, list := range times[n] {
			for _, t := range list {
				c.add(uint32(i), t)
			}
		}
	}
	return c
}

// add lists the i-th event in the years of t.
func (c *calendar) add(i uint32, t period) {
	once := func(list []uint32) []uint32 {
		if len(list) > 0 && list[len(list)-1] == i {
			return list
		}
		return append(list, i)
	}
	from, ok := yearOf(t.from)
	to, too := yearOf(t.to)
	if !ok || !too || to-from >= mostYears {
		c.always = once(c.always)
		return
	}
	for y := from; y <= to; y++ {
		if len(c.years) == 0 || y < c.first {
			c.first = y
		}
		if len(c.years) == 0 || y > c.last {
			c.last = y
		}
		c.years[y] = once(c.years[y])
	}
}

// yearOf returns the year that an ISO 8601 date of four digits begins with.
func yearOf(date string) (int, bool) {
	if len(date) < 5 || date[4] != '-' {
		return 0, false
	}
	y, err := strconv.ParseUint(date[:4], 10, 16)
	return int(y), err == nil
}

// eventsOfPeriod returns talks and agreements of the shape, sorted by id, among
// which are all that happened in the period asked for; nil if that cannot be told
// without looking at the claims.
func (a *asking) eventsOfPeriod(sh shape) []graph.Node {
	if !a.plain || a.event.isOpen() || slices.ContainsFunc(sh.types, func(t graph.Type) bool { return t != graph.Talks && t != graph.Agreement }) {
		return nil
	}
	c := graph.Derived(a.s, eventCalendar{}, func() *calendar { return newCalendar(a.s, a.eventTimes()) })
	from, to := c.first, c.last
	if y, ok := yearOf(a.event.from); ok {
		from = max(from, y)
	} else if a.event.from != "" {
		return nil
	}
	if y, ok := yearOf(a.event.to); ok {
		to = min(to, y)
	} else if a.event.to != "" {
		return nil
	}
	seen := make([]uint64, (len(c.nodes)+63)/64) // a bit for each of nodes
	mark := func(list []uint32) {
		for _, i := range list {
			seen[i/64] |= 1 << (i % 64)
		}
	}
	mark(c.always)
	for y := from; y <= to; y++ {
		mark(c.years[y])
	}
	return c.marked(seen, slices.Contains(sh.types, graph.Agreement), slices.Contains(sh.types, graph.Talks))
}

// marked returns the agreements, the talks or both whose bit is set.
func (c *calendar) marked(seen []uint64, agreements, talks bool) []graph.Node {
	nodes := []graph.Node{}
	for w, bitsOf := range seen {
		for ; bitsOf != 0; bitsOf &= bitsOf - 1 {
			i := w*64 + bits.TrailingZeros64(bitsOf)
			if i < c.agreements && agreements || i >= c.agreements && talks {
				nodes = append(nodes, c.nodes[i])
			}
		}
	}
	return nodes
}
