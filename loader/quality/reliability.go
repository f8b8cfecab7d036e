package quality

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Verdict is whether a claim is right.
type Verdict uint8

// The verdicts.
const (
	Unjudged Verdict = iota // the gold does not list such claims exhaustively, and has not this one
	Right
	Wrong
)

// Judge says whether c is right by the gold. It is wrong if an answer it gives
// is a trap, or is missing in a role that the gold lists exhaustively; it is
// right if it is not wrong and an answer it gives is listed; else it is unjudged.
func (g *Gold) Judge(c *Claim) Verdict {
	verdict := Unjudged
	for _, a := range answers(c) {
		switch {
		case slices.ContainsFunc(g.Not, func(t Fact) bool { return g.springs(&t, &a) }):
			return Wrong
		case g.lists(&a):
			verdict = Right
		case exhaustive(a.role) && !a.denied && a.ofType != "Group":
			return Wrong
		}
	}
	return verdict
}

// lists reports whether the gold has the answer a. In an exhaustive role what
// vouches for it is enough.
func (g *Gold) lists(a *answer) bool {
	holds := func(f Fact) bool { return f.holds(a) }
	return exhaustive(a.role) && !a.denied && g.vouchedFor(a) ||
		slices.ContainsFunc(g.Facts, holds) || slices.ContainsFunc(g.Also, holds)
}

// Reliability is the table of confidence against truth: of the claims given .9,
// nine in ten should be right. The zero value is ready to use.
type Reliability struct {
	Bins [10]Bin // bin i has the confidences from i/10 to (i+1)/10; the last has 1 too
}

// Bin counts the judged claims of one range of confidence.
type Bin struct {
	Claims int
	Right  int
	Sum    float64 // of the confidences
	Square float64 // of the squared distances of confidence from truth
}

// Add counts the claims of one article.
func (r *Reliability) Add(g *Gold, claims []Claim) {
	for i := range claims {
		c := &claims[i]
		v := g.Judge(c)
		if v == Unjudged {
			continue
		}
		truth := 0.0
		if v == Right {
			truth = 1
		}
		b := &r.Bins[min(max(int(c.Confidence*10), 0), len(r.Bins)-1)]
		b.Claims++
		b.Right += int(truth)
		b.Sum += c.Confidence
		b.Square += (c.Confidence - truth) * (c.Confidence - truth)
	}
}

// Total returns the sum of the bins.
func (r *Reliability) Total() Bin {
	var t Bin
	for _, b := range r.Bins {
		t = Bin{t.Claims + b.Claims, t.Right + b.Right, t.Sum + b.Sum, t.Square + b.Square}
	}
	return t
}

// Error returns the expected calibration error: how far the mean confidence of a
// bin is from its share of right claims, averaged over the claims. It is 0 for
// no claims.
func (r *Reliability) Error() float64 {
	total := r.Total().Claims
	if total == 0 {
		return 0
	}
	var sum float64
	for _, b := range r.Bins {
		sum += math.Abs(b.Sum - float64(b.Right))
	}
	return sum / float64(total)
}

// String returns r as a Markdown table, with the calibration error and the Brier
// score below it.
func (r *Reliability) String() string {
	var b strings.Builder
	b.WriteString("| confidence | claims | mean | share right |\n|---|---|---|---|\n")
	for i, bin := range r.Bins {
		if bin.Claims > 0 {
			n := float64(bin.Claims)
			fmt.Fprintf(&b, "| %.1f–%.1f | %d | %.3f | %.3f |\n", float64(i)/10, float64(i+1)/10, bin.Claims, bin.Sum/n, float64(bin.Right)/n)
		}
	}
	t := r.Total()
	n := max(1, float64(t.Claims))
	fmt.Fprintf(&b, "\n%d claims judged, %.3f right; calibration error %.3f, Brier score %.3f\n",
		t.Claims, float64(t.Right)/n, r.Error(), t.Square/n)
	return b.String()
}
