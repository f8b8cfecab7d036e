package frames

import (
	_ "embed"
	"fmt"
	"math"
	"sync"
)

// features are what is known of a claim when its confidence is asked for.
type features struct {
	prior   float64 // of both functions, from the frame file
	parse   float64 // the parser's probability along both paths
	steps   float64 // edges walked
	salient float64 // 1 if an event was not said but taken from before
	linked  float64 // 1 if an end is a pronoun or description
	unsure  float64 // 1 if the claim is not an asserted fact
	speaker float64 // 1 if somebody says so
}

// measure returns the features of d.
func (m *matcher) measure(s *site, d *draft) features {
	f := features{prior: d.subject.prior * d.object.prior, parse: 1}
	for _, x := range []filler{d.subject, d.object} {
		if x.score > 0 {
			f.parse *= x.score
		}
		f.steps += float64(x.steps)
		if x.salient {
			f.salient = 1
		}
		if x.link != nil && !x.salient {
			f.linked++
		}
	}
	if !d.stance.IsFact() {
		f.unsure = 1
	}
	if len(d.speakers) > 0 {
		f.speaker = 1
	}
	return f
}

// confidence returns how sure a claim with features f is, before calibration.
func (f features) confidence() float64 {
	w := weights()
	z := w.bias + w.prior*logit(f.prior) + w.parse*math.Log(max(f.parse, 1e-3)) + w.steps*f.steps +
		w.salient*f.salient + w.linked*f.linked + w.unsure*f.unsure + w.speaker*f.speaker
	p := 1 / (1 + math.Exp(-z))
	return math.Round(p*1000) / 1000
}

func logit(p float64) float64 {
	p = min(max(p, 0.005), 0.995)
	return math.Log(p / (1 - p))
}

// parameters are the weights of the logistic model.
type parameters struct {
	bias, prior, parse, steps, salient, linked, unsure, speaker float64
}

func weights() parameters {
	return parameters{bias: 1.2, prior: 0.8, parse: 0.5, steps: -0.1, salient: -0.4, linked: -0.2, unsure: -0.3, speaker: 0}
}

// lowest is the confidence under which a claim is not worth keeping.
const lowest = 0.3

//go:embed calibration.txt
var calibrationText string

// Calibration maps how sure the matching is of a claim to the probability that
// the claim is right: the logit of the one is Slope times that of the other plus
// Offset. It is fitted to labelled articles by the calibrate subcommand of cmd/train.
type Calibration struct {
	Slope, Offset float64
}

// Embedded returns the calibration that [Claims] uses. The one that changes
// nothing stands in for a file that cannot be read.
func Embedded() Calibration { return embedded() }

var embedded = sync.OnceValue(func() Calibration {
	var c Calibration
	if _, err := fmt.Sscanf(calibrationText, "slope %g offset %g", &c.Slope, &c.Offset); err != nil || c.Slope <= 0 {
		return Calibration{Slope: 1}
	}
	return c
})

// Apply returns the probability for a claim of which the matching is sure by raw.
func (c Calibration) Apply(raw float64) float64 {
	return math.Round(1000/(1+math.Exp(-c.Slope*logit(raw)-c.Offset))) / 1000
}

// Invert returns the raw value that [Calibration.Apply] turned into p.
func (c Calibration) Invert(p float64) float64 {
	return 1 / (1 + math.Exp(-(logit(p)-c.Offset)/c.Slope))
}
