package quality

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"parley/graph"
)

// Claim is what scoring needs of a claim. It is read from a line of
// `parley extract`, or made from a [graph.Claim] by [Claims].
type Claim struct {
	Subject    End     `json:"subject"`
	Predicate  string  `json:"predicate"`
	Object     End     `json:"object"`
	Polarity   string  `json:"polarity"`
	Modality   string  `json:"modality"` // "" means actual
	Confidence float64 `json:"confidence"`
}

// End is the subject or object of a claim: a thing, or a literal value.
type End struct {
	ID      string   `json:"id"`
	Type    string   `json:"type"`
	Label   string   `json:"label"`
	Value   string   `json:"value"` // of a literal
	Aliases []string `json:"aliases"`
}

// names returns every name of e, the label first.
func (e *End) names() []string {
	var out []string
	for _, s := range []string{e.Label, e.Value} {
		if s != "" {
			out = append(out, s)
		}
	}
	if out = append(out, e.Aliases...); len(out) == 0 {
		out = []string{e.ID}
	}
	return out
}

// Claims returns the claims of x, in their order.
func Claims(x *graph.Extraction) []Claim {
	ends := make(map[graph.ID]End, len(x.Things))
	for _, t := range x.Things {
		ends[t.ID] = End{ID: string(t.ID), Type: string(t.Type), Label: t.Label, Aliases: t.Aliases}
	}
	out := make([]Claim, len(x.Claims))
	for i := range x.Claims {
		c := &x.Claims[i]
		out[i] = Claim{
			Subject:    ends[c.Subject],
			Predicate:  string(c.Predicate),
			Object:     ends[c.Object.ID],
			Polarity:   string(c.Polarity),
			Modality:   string(c.Modality),
			Confidence: c.Confidence,
		}
		if c.Object.IsLiteral() {
			out[i].Object = End{Value: c.Object.Value}
		}
	}
	return out
}

// ReadClaims reads one claim a line, as `parley extract` prints them. The error
// names the line.
func ReadClaims(r io.Reader) ([]Claim, error) {
	var out []Claim
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 4<<20)
	for n := 1; lines.Scan(); n++ {
		var c Claim
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		out = append(out, c)
	}
	return out, lines.Err()
}
