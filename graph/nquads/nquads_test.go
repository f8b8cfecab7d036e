package nquads_test

import (
	"errors"
	"strings"
	"testing"

	"parley/graph/nquads"
)

func iri(v string) nquads.Term   { return nquads.Term{Kind: nquads.IRI, Value: v} }
func blank(v string) nquads.Term { return nquads.Term{Kind: nquads.Blank, Value: v} }
func text(v string) nquads.Term  { return nquads.Term{Kind: nquads.Literal, Value: v} }

func TestRead(t *testing.T) {
	tests := []struct {
		name, line string
		want       nquads.Quad
	}{
		{"triple", `<a:s> <a:p> <a:o> .`, nquads.Quad{iri("a:s"), iri("a:p"), iri("a:o"), nquads.Term{}}},
		{"quad", `<a:s> <a:p> "x" <a:g> .`, nquads.Quad{iri("a:s"), iri("a:p"), text("x"), iri("a:g")}},
		{"no spaces", `<a:s><a:p>"x"<a:g>.`, nquads.Quad{iri("a:s"), iri("a:p"), text("x"), iri("a:g")}},
		{"comment behind", "\t<a:s> <a:p> <a:o> . # done\r", nquads.Quad{iri("a:s"), iri("a:p"), iri("a:o"), nquads.Term{}}},
		{"blank nodes", `_:b1 <a:p> _:b.2 _:g .`, nquads.Quad{blank("b1"), iri("a:p"), blank("b.2"), blank("g")}},
		{"escapes", `<a:s\u00e9> <a:p> "\t\b\n\r\f\"\'\\ \u00e9 \U0001F600" .`, nquads.Quad{iri("a:sé"), iri("a:p"), text("\t\b\n\r\f\"'\\ é 😀"), nquads.Term{}}},
		{"a quote and a full stop inside", `<a:s> <a:p> "\" . <" .`, nquads.Quad{iri("a:s"), iri("a:p"), text(`" . <`), nquads.Term{}}},
		{"datatype", `<a:s> <a:p> "5"^^<a:int> .`, nquads.Quad{iri("a:s"), iri("a:p"), nquads.Term{nquads.Literal, "5", "a:int", ""}, nquads.Term{}}},
		{"a string by its datatype", `<a:s> <a:p> "5"^^<http://www.w3.org/2001/XMLSchema#string> .`, nquads.Quad{iri("a:s"), iri("a:p"), text("5"), nquads.Term{}}},
		{"language", `<a:s> <a:p> "oui"@fr-CH <a:g> .`, nquads.Quad{iri("a:s"), iri("a:p"), nquads.Term{nquads.Literal, "oui", "", "fr-CH"}, iri("a:g")}},
	}
	for _, tt := range tests {
		n := 0
		for q, err := range nquads.Read(strings.NewReader("# head\n\n" + tt.line)) {
			n++
			if err != nil || q != tt.want {
				t.Errorf("%s: %s\n got %+v %v\nwant %+v", tt.name, tt.line, q, err, tt.want)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d statements, want 1", tt.name, n)
		}
	}
}

func TestReadErrors(t *testing.T) {
	for _, line := range []string{
		`<a:s> <a:p> .`, `<a:s> <a:p> <a:o>`, `<a:s> <a:p> <a:o> <a:g> <a:h> .`, `<a:s> <a:p> <a:o> . <a:t>`, `"s" <a:p> <a:o> .`,
		`<a:s> "p" <a:o> .`, `<a:s> _:p <a:o> .`, `<a:s> <a:p> "open .`, `<a:s> <a:p> "\x" .`, `<a:s> <a:p> "\u12" .`, `<a:s> <a:p> "\uD800" .`,
		`<a:s> <a:p> "x"^^int .`, `<a:s> <a:p> "x"@ .`, `<s> <a:p> <a:o> .`, `<a:s <a:p> <a:o> .`, "<a:s> <a:p> \"\xff\" .", `<a:s> <a:p> "\`, `_: <a:p> <a:o> .`, `{}`,
	} {
		var wrong *nquads.SyntaxError
		n := 0
		for _, err := range nquads.Read(strings.NewReader("<a:s> <a:p> <a:o> .\n" + line + "\n<a:s> <a:p> <a:o> .\n")) {
			if n++; n == 2 && (!errors.As(err, &wrong) || wrong.Line != 2 || wrong.Want == "") {
				t.Errorf("%s: error is %v, want one about line 2", line, err)
			}
		}
		if n != 2 {
			t.Errorf("%s: %d results, want one statement and an error", line, n)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<a:s> <a:p> "x\u00e9"@en <a:g> .`)
	f.Add(`_:a <a:p> "5"^^<a:int> . # x`)
	f.Fuzz(func(t *testing.T, text string) {
		lines := 0
		for _, err := range nquads.Read(strings.NewReader(text)) {
			if lines++; err != nil && err.Error() == "" {
				t.Error("an error says nothing")
			}
		}
		if most := strings.Count(text, "\n") + 1; lines > most {
			t.Errorf("%d statements in %d lines", lines, most)
		}
	})
}
