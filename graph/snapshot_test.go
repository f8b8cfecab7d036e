package graph

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// report returns an extraction of one sentence a claim: "SUBJECT PREDICATE OBJECT".
// Ids are given as label, labels are made of the slug.
func report(title string, lines ...string) *Extraction {
	x := &Extraction{Article: Article{Title: title, Outlet: "Test Wire", Published: fmt.Sprintf("2005-01-%02d", 1+len(title)%5), Language: "en", Text: strings.Join(lines, "\n")}}
	x.Article.MakeID()
	things := map[ID]bool{}
	at := 0
	for i, line := range lines {
		f := strings.Fields(line)
		c := Claim{Article: x.Article.ID, Subject: ID(f[0]), Predicate: Predicate(f[1]), Object: ThingObject(ID(f[2])),
			Polarity: Asserted, Modality: Actual, Confidence: 0.9, Rule: "test",
			Evidence: Evidence{Sentence: i, Start: at, End: at + len(line), Quote: line, SubjectText: f[0], ObjectText: f[2]}}
		if len(f) > 3 {
			c.Polarity = Polarity(f[3])
		}
		if len(f) > 4 {
			c.AttributedTo = []ID{ID(f[4])}
			things[ID(f[4])] = true
		}
		c.MakeID()
		x.Claims = append(x.Claims, c)
		things[c.Subject], things[c.Object.ID] = true, true
		at += len(line) + 1
	}
	for id := range things {
		label := strings.ToUpper(id.Slug())
		x.Things = append(x.Things, Thing{ID: id, Type: id.Type(), Label: label})
	}
	slices.SortFunc(x.Things, func(a, b Thing) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return x
}

// dump writes all that a caller can see of s, a line a thing, claim and article.
func dump(s *Snapshot) []string {
	lines := []string{fmt.Sprint(s.Counts())}
	edges := func(kind string, n Node, list []Edge) {
		var seen []string
		for _, e := range list {
			other := ID("")
			if e.Other != NoNode {
				other = s.ID(e.Other)
			}
			seen = append(seen, fmt.Sprint(s.ID(n), kind, e.Predicate(), other, e.IsFact(), *s.ClaimOf(e), s.ArticleOf(e).ID))
		}
		lines = append(lines, seen...) // edges have one order, however the graph came about
	}
	for _, t := range Types() {
		for _, n := range s.Nodes(t) {
			lines = append(lines, fmt.Sprint(*s.At(n)))
			edges(" out ", n, s.Out(n))
			edges(" in ", n, s.In(n))
			edges(" say ", n, s.Says(n))
			if !slices.Contains(s.Named(s.At(n).Label), n) {
				lines = append(lines, "not found by its name")
			}
		}
	}
	for a := range s.Articles() {
		lines = append(lines, fmt.Sprint(*a))
		for _, c := range s.ClaimsIn(a.ID) {
			lines = append(lines, fmt.Sprint(*c))
		}
	}
	for _, p := range Predicates() {
		lines = append(lines, fmt.Sprint(p.Predicate, s.CountOf(p.Predicate)))
	}
	return lines
}

func reports() []*Extraction {
	rng := rand.New(rand.NewPCG(1, 2))
	var all []*Extraction
	for i := range 40 {
		var lines []string
		for range 1 + rng.IntN(6) {
			line := fmt.Sprintf("state/s%d mediated talks/t%d", rng.IntN(8), rng.IntN(10))
			if rng.IntN(2) == 0 {
				line = fmt.Sprintf("organisation/o%d participatedIn talks/t%d denied person/p%d", rng.IntN(5), rng.IntN(10), rng.IntN(3))
			}
			lines = append(lines, line)
		}
		x := report(fmt.Sprint("Report ", i), lines...)
		t := &x.Things[rng.IntN(len(x.Things))]
		t.Label = fmt.Sprint("Name ", rng.IntN(3))
		t.Aliases = []string{fmt.Sprint("Alias ", rng.IntN(5))}
		t.Codes = map[string]string{"test": fmt.Sprint(rng.IntN(3))}
		all = append(all, x)
	}
	return all
}

func TestSnapshotOrderFree(t *testing.T) {
	all := reports()
	want := dump(NewSnapshot(1, all...))
	rng := rand.New(rand.NewPCG(3, 4))
	for range 5 {
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		s := newSnapshot(0)
		for i, x := range all {
			s = s.with(uint64(i), []*Extraction{x}, nil)
		}
		if diff := cmp.Diff(want, dump(s)); diff != "" {
			t.Fatalf("patched snapshot differs from one built at once (-built +patched):\n%s", diff)
		}
	}
}

func TestSnapshotRemove(t *testing.T) {
	all := reports()
	s := NewSnapshot(1, all...)
	before := dump(s)
	var gone []ID
	for _, x := range all[20:] {
		gone = append(gone, x.Article.ID)
	}
	less := s.with(2, nil, gone)
	if diff := cmp.Diff(dump(NewSnapshot(1, all[:20]...)), dump(less)); diff != "" {
		t.Errorf("snapshot after removal differs from one that never had it (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before, dump(less.with(3, all[20:], nil))); diff != "" {
		t.Errorf("snapshot after removal and return (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before, dump(s.with(3, all[:10], nil))); diff != "" {
		t.Errorf("snapshot after loading again (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before, dump(s)); diff != "" {
		t.Errorf("the first snapshot changed (-want +got):\n%s", diff)
	}
}

func TestSnapshotBranches(t *testing.T) {
	all := reports()
	s := NewSnapshot(1, all[:10]...)
	left, right := s.with(2, all[10:20], nil), s.with(2, all[20:], nil)
	left = left.with(3, all[20:], nil)
	right = right.with(3, all[10:20], nil)
	if diff := cmp.Diff(dump(left), dump(right)); diff != "" {
		t.Errorf("two ways to the same graph (-left +right):\n%s", diff)
	}
}

// Readers of old snapshots are not disturbed by the making of new ones; the race
// detector sees what this test cannot.
func TestSnapshotConcurrent(t *testing.T) {
	all := reports()
	s := NewSnapshot(0, all[:5]...)
	var wg sync.WaitGroup
	for i, x := range all[5:] {
		old, want := s, dump(s)
		wg.Go(func() {
			if diff := cmp.Diff(want, dump(old)); diff != "" {
				t.Errorf("snapshot changed while its successor was made:\n%s", diff)
			}
		})
		s = s.with(uint64(i+1), []*Extraction{x}, nil)
	}
	wg.Wait()
}

func TestSnapshotMerge(t *testing.T) {
	thing := func(label string, aliases ...string) *Extraction {
		x := report("About "+label+fmt.Sprint(aliases), "state/finland hosted talks/t1")
		for i := range x.Things {
			if x.Things[i].ID == "state/finland" {
				x.Things[i].Label, x.Things[i].Aliases = label, aliases
			}
		}
		return x
	}
	s := NewSnapshot(1, thing("Finland"), thing("Finland", "Helsinki"), thing("Republic of Finland", "Suomi"), thing("Suomen Tasavalta"))
	got, _ := s.Thing("state/finland")
	want := Thing{ID: "state/finland", Type: State, Label: "Finland", Aliases: []string{"Helsinki", "Republic of Finland", "Suomen Tasavalta", "Suomi"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Thing(state/finland) (-want +got):\n%s", diff)
	}
	for _, name := range []string{"finland", "FINLAND", "Fínland", "suomi", "republic of finland"} {
		if got := s.Named(name); len(got) != 1 || s.ID(got[0]) != "state/finland" {
			t.Errorf("Named(%q) = %v, want state/finland only", name, got)
		}
	}
	if got := s.Named("Sweden"); len(got) != 0 {
		t.Errorf("Named(Sweden) = %v, want none", got)
	}
}

func TestSnapshotEdges(t *testing.T) {
	s := NewSnapshot(7, report("A", "state/a mediated talks/t", "state/a hosted talks/t", "state/b mediated talks/t denied person/p"))
	n, ok := s.Node("talks/t")
	if !ok {
		t.Fatal("Node(talks/t) is not there")
	}
	if got := len(s.In(n)); got != 3 {
		t.Errorf("In(talks/t) has %d claims, want 3", got)
	}
	var facts []string
	for _, e := range s.In(n, Mediated) {
		facts = append(facts, fmt.Sprint(s.ID(e.Other), " ", e.IsFact()))
	}
	if want := []string{"state/a true", "state/b false"}; !slices.Equal(facts, want) {
		t.Errorf("In(talks/t, mediated) = %q, want %q", facts, want)
	}
	if got := len(s.In(n, Mediated, Hosted)); got != 3 {
		t.Errorf("In(talks/t, mediated, hosted) has %d claims, want 3", got)
	}
	if s.CountOf(Mediated) != 2 || s.Counts() != (Counts{Things: 4, Claims: 3, Facts: 2, Articles: 1}) {
		t.Errorf("counts are %v and %d mediated", s.Counts(), s.CountOf(Mediated))
	}
}
