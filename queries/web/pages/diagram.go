package pages

import (
	"slices"
	"strings"

	"parley/graph"
	"parley/queries"
)

// Diagram is a small drawing of an event: who has a part in it to the left and
// right, itself in the middle. Lengths are in units of the drawing.
type Diagram struct {
	Width, Height int
	Title         string // for readers who do not see it
	Box           Box    // the event
	Groups        []RoleBox
}

// Box is a rectangle with lines of text.
type Box struct {
	X, Y, Width, Height int
	Lines               []TextLine
}

// TextLine is a line of text at its baseline.
type TextLine struct {
	X, Y  int
	Text  string
	Href  string // "" for no link
	Whole string // the text before it was cut to fit
}

// RoleBox is a role with those who have it, and a line to the event.
type RoleBox struct {
	Box
	Name         TextLine
	FromX, FromY int
	ToX, ToY     int
	MiddleX      int
	Against      bool // who refused, rejected, broke it or left
	Right        bool
}

// The measures of a diagram.
const (
	diagramWidth = 880
	boxWidth     = 250
	eventWidth   = 250
	lineHeight   = 20
	boxGap       = 14
	boxLines     = 5  // of names in one box
	boxRunes     = 28 // of one name
)

// The roles of the left side; those of the right; and those that are against.
var (
	leftRoles    = []string{"mediators", "hosts", "guarantors", "observers", "proposers", "supporters", "leaders", "invited", "talks", "part_of"}
	rightRoles   = []string{"participants", "signatories", "agreed", "addressees", "accepted_by", "considered_by", "demanded_by", "refusers", "rejected_by", "violators", "withdrew", "suspended_by", "agreements", "parts"}
	againstRoles = []string{"refusers", "rejected_by", "violators", "withdrew", "suspended_by"}
)

// newDiagram returns the diagram of the event r, or nil if nobody has a part in it.
func newDiagram(g *graph.Snapshot, r *queries.Row) *Diagram {
	d := &Diagram{Width: diagramWidth, Title: "Who has a part in " + Clip(maxName, g.At(r.Thing).Label)}
	left := d.column(g, r, leftRoles, 0, false)
	right := d.column(g, r, rightRoles, diagramWidth-boxWidth, true)
	if len(d.Groups) == 0 {
		return nil
	}
	d.Box = eventBox(g, r)
	d.Height = max(left, right, d.Box.Height)
	d.Box.Y = (d.Height - d.Box.Height) / 2
	for i := range d.Box.Lines {
		d.Box.Lines[i].Y += d.Box.Y
	}
	for i := range d.Groups {
		b := &d.Groups[i]
		b.FromY, b.ToY = b.Y+b.Height/2, d.Box.Y+d.Box.Height/2
		b.FromX, b.ToX = b.X+b.Width, d.Box.X
		if b.Right {
			b.FromX, b.ToX = b.X, d.Box.X+d.Box.Width
		}
		b.MiddleX = (b.FromX + b.ToX) / 2
	}
	return d
}

// column adds a box for each of the roles that is played, one below the other,
// and returns how far down they reach.
func (d *Diagram) column(g *graph.Snapshot, r *queries.Row, names []string, x int, right bool) int {
	y := 0
	for _, name := range names {
		i := slices.IndexFunc(r.Roles, func(role queries.Role) bool { return role.Name == name })
		if i < 0 {
			continue
		}
		role := &r.Roles[i]
		b := RoleBox{Box: Box{X: x, Y: y, Width: boxWidth}, Right: right, Against: slices.Contains(againstRoles, name)}
		b.Name = TextLine{X: x + 10, Y: y + lineHeight, Text: roleName(name)}
		for _, v := range role.Values[:min(len(role.Values), boxLines)] {
			b.add(valueRef(g, v))
		}
		if more := role.Count - len(b.Lines); more > 0 {
			b.add(Ref{Label: "and " + number(more) + " more"})
		}
		b.Height = (len(b.Lines)+1)*lineHeight + 12
		y += b.Height + boxGap
		d.Groups = append(d.Groups, b)
	}
	return max(0, y-boxGap)
}

func (b *RoleBox) add(ref Ref) {
	b.Lines = append(b.Lines, TextLine{X: b.X + 10, Y: b.Y + (len(b.Lines)+2)*lineHeight, Text: Clip(boxRunes, ref.Label), Href: ref.Href, Whole: ref.Label})
}

// eventBox returns the event's own box: its name on as many lines as it takes,
// up to four, then where and when it was and how it ended.
func eventBox(g *graph.Snapshot, r *queries.Row) Box {
	b := Box{X: (diagramWidth - eventWidth) / 2, Width: eventWidth}
	for _, line := range wrap(g.At(r.Thing).Label, boxRunes, 4) {
		b.Lines = append(b.Lines, TextLine{Text: line})
	}
	for _, name := range plainRoles {
		for _, role := range r.Roles {
			if role.Name == name && len(role.Values) > 0 {
				b.Lines = append(b.Lines, TextLine{Text: Clip(boxRunes, valueRef(g, role.Values[0]).Label)})
			}
		}
	}
	for i := range b.Lines {
		b.Lines[i].X, b.Lines[i].Y = b.X+b.Width/2, (i+1)*lineHeight+4
	}
	b.Height = len(b.Lines)*lineHeight + 18
	return b
}

// wrap cuts text into lines of at most width runes, at spaces where there are any,
// and at most so many.
func wrap(text string, width, lines int) []string {
	rest := []rune(Clip(maxName, text))
	var out []string
	for len(rest) > 0 && len(out) < lines {
		if len(rest) <= width {
			return append(out, string(rest))
		}
		cut := width
		for i := width; i > width/2; i-- {
			if rest[i] == ' ' {
				cut = i
				break
			}
		}
		out = append(out, string(rest[:cut]))
		rest = rest[cut:]
		for len(rest) > 0 && rest[0] == ' ' {
			rest = rest[1:]
		}
	}
	if len(rest) > 0 {
		out[len(out)-1] = Clip(width-1, strings.TrimSuffix(out[len(out)-1], "…")) + " …"
	}
	return out
}
