package quality_test

import (
	"math"
	"strings"
	"testing"

	"parley/loader/quality"
)

func TestJudge(t *testing.T) {
	tests := []struct {
		name  string
		claim quality.Claim
		want  quality.Verdict
	}{
		{"a fact", claim(person("Osk"), "signed", talks), quality.Right},
		{"a trap", claim(person("Rupert Hentz"), "signed", talks), quality.Wrong},
		{"unlisted in a role listed exhaustively", claim(person("Bob"), "signed", talks), quality.Wrong},
		{"unlisted in another role", claim(person("Bob"), "supported", person("Osk")), quality.Unjudged},
		{"a denied fact", denied(claim(person("Hentz"), "signed", text)), quality.Right},
		{"a denial the gold has not", denied(claim(person("Bob"), "signed", text)), quality.Unjudged},
		{"an unlisted group", claim(quality.End{Type: "Group", Label: "envoys"}, "mediated", talks), quality.Unjudged},
		{"a date", claim(text, "signedOn", quality.End{Value: "1998-05-05"}), quality.Right},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := readAccord(t).Judge(&tt.claim); got != tt.want {
				t.Errorf("Judge(%+v) = %d, want %d", tt.claim, got, tt.want)
			}
		})
	}
}

func TestReliability(t *testing.T) {
	at := func(confidence float64, c quality.Claim) quality.Claim {
		c.Confidence = confidence
		return c
	}
	right, wrong := claim(person("Osk"), "participatedIn", talks), claim(person("Bob"), "mediated", talks)
	var r quality.Reliability
	r.Add(readAccord(t), []quality.Claim{at(0.95, right), at(1, right), at(0.95, wrong), at(0, wrong), at(0.5, claim(person("Bob"), "aided", person("Osk")))})
	if got := r.Total(); got.Claims != 4 || got.Right != 2 {
		t.Errorf("Total() = %+v, want 4 claims, 2 right", got)
	}
	if last := r.Bins[9]; last.Claims != 3 || last.Right != 2 {
		t.Errorf("last bin = %+v, want 3 claims, 2 right", last)
	}
	if got, want := r.Error(), 0.225; math.Abs(got-want) > 1e-9 { // (|2.9-2| + |0-0|) / 4
		t.Errorf("Error() = %g, want %g", got, want)
	}
	want := `| confidence | claims | mean | share right |
|---|---|---|---|
| 0.0–0.1 | 1 | 0.000 | 0.000 |
| 0.9–1.0 | 3 | 0.967 | 0.667 |

4 claims judged, 0.500 right; calibration error 0.225, Brier score 0.226
`
	if got := r.String(); got != want {
		t.Errorf("String()\n got %s\nwant %s", got, want)
	}
	if got := new(quality.Reliability).String(); !strings.Contains(got, "0 claims judged") {
		t.Errorf("String() of no claims = %s", got)
	}
}
