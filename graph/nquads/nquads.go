// Package nquads reads RDF 1.1 N-Quads (https://www.w3.org/TR/n-quads/), which
// N-Triples are a part of.
//
// [Read] yields one [Quad] a line, in the order of the text, and stops at the first
// line that is not N-Quads with an error that names it. It knows nothing of what the
// statements mean.
package nquads

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind is what a [Term] is.
type Kind uint8

// The kinds of terms.
const (
	None    Kind = iota // no term: the graph of a statement in the default graph
	IRI                 // Value is the IRI, absolute
	Blank               // Value is the label, without "_:"
	Literal             // Value is the text
)

// Term is a node of RDF. Terms can be compared with ==.
type Term struct {
	Kind     Kind
	Value    string
	Datatype string // IRI of a literal's datatype; "" for a plain string
	Language string // tag of a literal, "" if it has none
}

// Quad is a statement, and the graph that it is in.
type Quad struct {
	Subject, Predicate, Object, Graph Term
}

// SyntaxError tells of a line that is not N-Quads.
type SyntaxError struct {
	Line int    // from 1
	Want string // what would have been right
	Rest string // the line from where it goes wrong, cut short
}

// Error returns the line's number, what was wanted and what was found.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d: want %s, found %q", e.Line, e.Want, e.Rest)
}

// Read yields the statements of r. Empty lines and comments are passed over. The
// last pair has a [*SyntaxError] or r's error, if there was one, and no quad.
func Read(r io.Reader) iter.Seq2[Quad, error] {
	return func(yield func(Quad, error) bool) {
		in := bufio.NewReaderSize(r, 64<<10)
		for number := 1; ; number++ {
			line, err := in.ReadString('\n')
			if err != nil && !errors.Is(err, io.EOF) {
				yield(Quad{}, fmt.Errorf("line %d: %w", number, err))
				return
			}
			q, ok, wrong := parseLine(line)
			if wrong != nil {
				wrong.Line = number
				yield(Quad{}, wrong)
				return
			}
			if ok && !yield(q, nil) || err != nil {
				return
			}
		}
	}
}

// parseLine reads one line; ok is false if it says nothing.
func parseLine(line string) (q Quad, ok bool, err *SyntaxError) {
	s := &scanner{rest: line}
	if s.space(); s.rest == "" || s.rest[0] == '#' {
		return q, false, nil
	}
	if !utf8.ValidString(line) {
		return q, false, s.wrong("UTF-8")
	}
	for i, into := range []*Term{&q.Subject, &q.Predicate, &q.Object, &q.Graph} {
		s.space()
		if i == 3 && strings.HasPrefix(s.rest, ".") {
			break
		}
		if *into, err = s.term(i); err != nil {
			return q, false, err
		}
	}
	if s.space(); !strings.HasPrefix(s.rest, ".") {
		return q, false, s.wrong("a full stop")
	}
	s.rest = s.rest[1:]
	if s.space(); s.rest != "" && s.rest[0] != '#' {
		return q, false, s.wrong("the end of the line")
	}
	return q, true, nil
}

// scanner is a line being read.
type scanner struct{ rest string }

func (s *scanner) space() { s.rest = strings.TrimLeft(s.rest, " \t\r\n") }

func (s *scanner) wrong(want string) *SyntaxError {
	found := strings.TrimRight(s.rest, "\r\n")
	if len(found) > 40 {
		found = strings.ToValidUTF8(found[:40], "") + "…"
	}
	return &SyntaxError{Want: want, Rest: found}
}

// term reads the term in the given place of a line: subject, predicate, object, graph.
func (s *scanner) term(place int) (Term, *SyntaxError) {
	switch {
	case strings.HasPrefix(s.rest, "<"):
		return s.iri()
	case strings.HasPrefix(s.rest, "_:") && place != 1:
		end := strings.IndexAny(s.rest, " \t<")
		if end < 0 {
			end = len(s.rest)
		}
		label := strings.TrimRight(s.rest[2:end], ".\r\n")
		if label == "" {
			return Term{}, s.wrong("the label of a blank node")
		}
		s.rest = s.rest[2+len(label):]
		return Term{Kind: Blank, Value: label}, nil
	case strings.HasPrefix(s.rest, `"`) && place == 2:
		return s.literal()
	}
	return Term{}, s.wrong([]string{"an IRI or blank node", "an IRI", "an IRI, blank node or literal", "an IRI, blank node or full stop"}[place])
}

func (s *scanner) iri() (Term, *SyntaxError) {
	end := strings.IndexByte(s.rest, '>')
	if end < 0 || strings.ContainsAny(s.rest[1:end], " <\"{}|^`") {
		return Term{}, s.wrong("an IRI that ends with >")
	}
	value, ok := unescape(s.rest[1:end], false)
	if !ok || !strings.Contains(value, ":") {
		return Term{}, s.wrong("an absolute IRI")
	}
	s.rest = s.rest[end+1:]
	return Term{Kind: IRI, Value: value}, nil
}

func (s *scanner) literal() (Term, *SyntaxError) {
	end := 1
	for end < len(s.rest) && s.rest[end] != '"' {
		if s.rest[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(s.rest) {
		return Term{}, s.wrong(`a string that ends with "`)
	}
	value, ok := unescape(s.rest[1:end], true)
	if !ok {
		return Term{}, s.wrong(`a string with the escapes \t \b \n \r \f \" \' \\ \u \U only`)
	}
	t := Term{Kind: Literal, Value: value}
	s.rest = s.rest[end+1:]
	switch {
	case strings.HasPrefix(s.rest, "^^"):
		s.rest = s.rest[2:]
		if !strings.HasPrefix(s.rest, "<") {
			return t, s.wrong("the IRI of a datatype")
		}
		datatype, err := s.iri()
		if t.Datatype = datatype.Value; err != nil {
			return t, err
		}
		if t.Datatype == xsdString {
			t.Datatype = ""
		}
	case strings.HasPrefix(s.rest, "@"):
		end := strings.IndexFunc(s.rest[1:], func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-')
		}) + 1
		if end < 2 {
			return t, s.wrong("a language tag")
		}
		t.Language, s.rest = s.rest[1:end], s.rest[end:]
	}
	return t, nil
}

const xsdString = "http://www.w3.org/2001/XMLSchema#string"

// unescape resolves \u and \U and, in strings, the escapes of one letter; ok is false
// if there is another one.
func unescape(v string, isString bool) (text string, ok bool) {
	if !strings.Contains(v, `\`) {
		return v, true
	}
	var b strings.Builder
	for i := 0; i < len(v); i++ {
		if v[i] != '\\' {
			b.WriteByte(v[i])
			continue
		}
		i++
		if i == len(v) {
			return "", false
		}
		if at := strings.IndexByte(`tbnrf"'\`, v[i]); at >= 0 && isString {
			b.WriteByte("\t\b\n\r\f\"'\\"[at])
			continue
		}
		digits := map[byte]int{'u': 4, 'U': 8}[v[i]]
		if digits == 0 || i+digits >= len(v) {
			return "", false
		}
		r, err := strconv.ParseUint(v[i+1:i+1+digits], 16, 32)
		if err != nil || !utf8.ValidRune(rune(r)) {
			return "", false
		}
		b.WriteRune(rune(r))
		i += digits
	}
	return b.String(), true
}
