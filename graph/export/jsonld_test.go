package export_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"

	"parley/graph/export"
)

// Another program's reading of the JSON-LD is what the N-Quads say, statement by
// statement, whether the context is written out or referred to.
func TestJSONLDSaysWhatNQuadsSay(t *testing.T) {
	s := small()
	want := statements(t, string(write(t, s, export.NQuads)))
	const address = "https://parley.example/context.jsonld"
	var referring bytes.Buffer
	if err := export.Write(&referring, export.JSONLD, s, export.Claims(s), export.Options{Context: address}); err != nil {
		t.Fatal(err)
	}
	var context any
	if err := json.Unmarshal(export.Context(), &context); err != nil {
		t.Fatal(err)
	}
	offline := ld.NewCachingDocumentLoader(nil)
	offline.AddDocument(address, context)
	for name, text := range map[string][]byte{"written out": write(t, s, export.JSONLD), "referred to": referring.Bytes()} {
		var doc any
		if err := json.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		options := ld.NewJsonLdOptions("")
		options.Format = "application/n-quads"
		options.DocumentLoader = offline
		read, err := ld.NewJsonLdProcessor().ToRDF(doc, options)
		if err != nil {
			t.Fatalf("context %s: %v", name, err)
		}
		got := statements(t, read.(string))
		for _, line := range want {
			if _, ok := slices.BinarySearch(got, line); !ok {
				t.Errorf("context %s: JSON-LD does not say %s", name, line)
			}
		}
		for _, line := range got {
			if _, ok := slices.BinarySearch(want, line); !ok {
				t.Errorf("context %s: only JSON-LD says %s", name, line)
			}
		}
	}
}

// statements returns the lines of N-Quads, as one writer has them, sorted, each once.
func statements(t *testing.T, text string) []string {
	t.Helper()
	dataset, err := ld.ParseNQuads(text)
	if err != nil {
		t.Fatal(err)
	}
	again, err := (&ld.NQuadRDFSerializer{}).Serialize(dataset)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(again.(string)), "\n")
	slices.Sort(lines)
	return slices.Compact(lines)
}
