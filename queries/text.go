package queries

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"parley/graph"
)

// WriteText writes a for people: each row with what belongs to it, and below it
// the sentences that say so with their article, outlet and date.
func (a *Answer) WriteText(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, n := range a.Notes {
		fmt.Fprintf(b, "Note: %s\n", n)
	}
	fmt.Fprintf(b, "%s\n", a.summary())
	for i := range a.Rows {
		fmt.Fprintf(b, "\n%d. ", i+1)
		a.writeRow(b, &a.Rows[i])
	}
	if len(a.Apart) > 0 {
		fmt.Fprintf(b, "\nNot as fact, but denied, planned, conditional or possible (%d):\n", a.ApartAll)
		for i := range a.Apart {
			b.WriteString("\n-  ")
			a.writeRow(b, &a.Apart[i])
		}
		if n := a.ApartAll - len(a.Apart); n > 0 {
			fmt.Fprintf(b, "\n%d more of these are not shown.\n", n)
		}
	}
	for _, f := range a.Facets {
		fmt.Fprintf(b, "\n%s:\n", f.Name)
		for _, v := range f.Values {
			fmt.Fprintf(b, "%7d %s\n", v.Count, a.label(v.Node, v.Text))
		}
		if f.More > 0 {
			fmt.Fprintf(b, "        and %d more\n", f.More)
		}
	}
	if a.Truncated {
		fmt.Fprintf(b, "\nMore follow: next=%s\n", a.Next)
	}
	return b.Flush()
}

func (a *Answer) summary() string {
	switch {
	case a.Total == 0:
		return "No answer in the graph."
	case len(a.Rows) < a.Total:
		return fmt.Sprintf("%d of %d answers.", len(a.Rows), a.Total)
	case a.Total == 1:
		return "1 answer."
	}
	return fmt.Sprintf("%d answers.", a.Total)
}

func (a *Answer) label(n graph.Node, text string) string {
	if n == graph.NoNode {
		return text
	}
	return a.snapshot.At(n).Label
}

func (a *Answer) writeRow(b *bufio.Writer, r *Row) {
	t := a.snapshot.At(r.Thing)
	if r.Date != "" {
		fmt.Fprintf(b, "%s  ", r.Date)
	}
	if len(r.Steps) > 0 {
		b.WriteString(a.snapshot.At(r.Steps[0].From).Label)
		for _, st := range r.Steps {
			fmt.Fprintf(b, " – %s", a.snapshot.At(st.To).Label)
		}
		b.WriteByte('\n')
	} else if r.Object != nil {
		info, _ := r.Predicate.Info()
		phrase := info.Phrase
		if phrase == "" {
			phrase = string(r.Predicate)
		}
		fmt.Fprintf(b, "%s %s %s\n", t.Label, phrase, a.label(r.Object.Node, r.Object.Literal.Value))
	} else {
		fmt.Fprintf(b, "%s  [%s]\n", t.Label, t.ID)
	}
	for _, c := range r.Counts {
		fmt.Fprintf(b, "   %-13s %d\n", strings.ReplaceAll(c.Name, "_", " "), c.N)
	}
	for _, role := range r.Roles {
		var names []string
		for _, v := range role.Values {
			names = append(names, a.label(v.Node, v.Literal.Value))
		}
		if more := role.Count - len(role.Values); more > 0 {
			names = append(names, fmt.Sprintf("and %d more", more))
		}
		fmt.Fprintf(b, "   %-13s %s\n", strings.ReplaceAll(role.Name, "_", " "), strings.Join(names, "; "))
	}
	a.writeQuotes(b, r.Claims)
	a.writeQuotes(b, r.Apart)
	if n := r.AllClaims - len(r.Claims) - len(r.Apart); n > 0 {
		fmt.Fprintf(b, "   and %d more claims; raise evidence to see them\n", n)
	}
}

// writeQuotes writes each quote once, with what it is evidence of.
func (a *Answer) writeQuotes(b *bufio.Writer, edges []graph.Edge) {
	edges = inOrder(a.snapshot, edges)
	for i := 0; i < len(edges); {
		c, article := a.snapshot.ClaimOf(edges[i]), a.snapshot.ArticleOf(edges[i])
		var says []string
		for ; i < len(edges); i++ {
			d := a.snapshot.ClaimOf(edges[i])
			if d.Article != c.Article || d.Evidence.Quote != c.Evidence.Quote {
				break
			}
			if s := a.says(d); !slices.Contains(says, s) {
				says = append(says, s)
			}
		}
		fmt.Fprintf(b, "   “%s”\n", strings.Join(strings.Fields(c.Evidence.Quote), " "))
		fmt.Fprintf(b, "      %s\n", source(article))
		for _, s := range says {
			fmt.Fprintf(b, "      · %s\n", s)
		}
	}
}

// says returns what c states in plain words.
func (a *Answer) says(c *graph.Claim) string {
	name := func(id graph.ID) string {
		if t, ok := a.snapshot.Thing(id); ok {
			return t.Label
		}
		return id.Slug()
	}
	object := c.Object.Value
	if !c.Object.IsLiteral() {
		object = name(c.Object.ID)
	}
	info, _ := c.Predicate.Info()
	text := fmt.Sprintf("%s %s %s", name(c.Subject), info.Phrase, object)
	if c.Modality != graph.Actual {
		text = string(c.Modality) + ": " + text
	}
	if c.Polarity != graph.Asserted {
		text = string(c.Polarity) + ": " + text
	}
	var marks []string
	if c.When != nil && c.When.Text != "" {
		marks = append(marks, c.When.Text)
	}
	for _, id := range c.AttributedTo {
		marks = append(marks, "according to "+name(id))
	}
	if c.Via != "" {
		marks = append(marks, "inferred")
	}
	marks = append(marks, fmt.Sprintf("%.2f", c.Confidence))
	return fmt.Sprintf("%s (%s)", text, strings.Join(marks, ", "))
}

// source returns an article in one line: title, outlet, date, address.
func source(a *graph.Article) string {
	parts := []string{a.Title}
	for _, p := range []string{a.Outlet, a.Published, a.URL} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " · ")
}
