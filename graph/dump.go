package graph

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
)

// Dump writes every quad of the graph to w as N-Quads: article by article in the
// order of their ids, the lines of each in byte order, then the decisions. Two
// graphs of the same articles and decisions give the same bytes, whatever the backend, the order of loading and
// what was removed before; the revision is therefore not in it.
//
// Nothing is written to the store meanwhile: w must not wait for a write.
func (s *Store) Dump(ctx context.Context, w io.Writer) error {
	s.writer.Lock()
	defer s.writer.Unlock()
	out := bufio.NewWriter(w)
	for _, id := range s.ids() {
		quads, err := s.quads(ctx, id)
		if err != nil {
			return fmt.Errorf("dump: %w", err)
		}
		for _, q := range sortQuads(quads) {
			out.WriteString(line(q)) // the error comes back from Flush
			out.WriteByte('\n')
		}
	}
	for _, d := range s.Decisions() {
		quads, err := encodeDecision(d)
		if err != nil {
			return fmt.Errorf("dump: %w", err)
		}
		out.WriteString(line(quads[0]))
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("dump: %w", err)
	}
	return nil
}

// line returns q as a line of N-Quads, without the line end.
func line(q quad.Quad) string {
	var b strings.Builder
	for _, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		writeValue(&b, v)
		b.WriteByte(' ')
	}
	b.WriteByte('.')
	return b.String()
}

func writeValue(b *strings.Builder, v quad.Value) {
	switch v := v.(type) {
	case quad.IRI:
		b.WriteByte('<')
		for _, r := range string(v) {
			if r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) {
				fmt.Fprintf(b, `\u%04X`, r)
			} else {
				b.WriteRune(r)
			}
		}
		b.WriteByte('>')
	case quad.String:
		writeString(b, string(v))
	case quad.TypedString:
		writeString(b, string(v.Value))
		b.WriteString("^^")
		writeValue(b, v.Type)
	default: // nothing else is stored; a foreign value is still shown
		b.WriteString(strconv.Quote(fmt.Sprint(v)))
	}
}

func writeString(b *strings.Builder, s string) {
	b.WriteByte('"')
	start := 0
	for i := range len(s) {
		var esc string
		switch c := s[i]; {
		case c == '"':
			esc = `\"`
		case c == '\\':
			esc = `\\`
		case c == '\n':
			esc = `\n`
		case c == '\r':
			esc = `\r`
		case c == '\t':
			esc = `\t`
		case c < ' ' || c == 0x7f:
			esc = fmt.Sprintf(`\u%04X`, c)
		default:
			continue
		}
		b.WriteString(s[start:i])
		b.WriteString(esc)
		start = i + 1
	}
	b.WriteString(s[start:])
	b.WriteByte('"')
}
