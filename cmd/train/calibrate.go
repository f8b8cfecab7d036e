package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"

	"parley/config"
	"parley/graph"
	"parley/loader"
	"parley/loader/frames"
	"parley/loader/quality"
)

// runCalibrate fits the confidence of claims to labelled articles:
//
//	calibrate DIR... > loader/frames/calibration.txt
//
// Each DIR holds gold.jsonl and one text file for each of its lines. Claims that
// the gold says nothing of are left out. Printed are the parameters; the table of
// confidence against truth that they give goes to standard error.
func runCalibrate(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("calibrate", flag.ContinueOnError)
	flags.SetOutput(stderr)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("no folder given")
	}
	x, err := loader.New(config.Loader{})
	if err != nil {
		return err
	}
	var golds []quality.Gold
	var found [][]quality.Claim
	for _, dir := range flags.Args() {
		gs, err := quality.ReadFolder(dir)
		if err != nil {
			return err
		}
		for i := range gs {
			out, err := extractWith(x)(ctx, gs[i].Path(dir))
			if err != nil {
				return fmt.Errorf("%s: %w", gs[i].ID, err)
			}
			golds, found = append(golds, gs[i]), append(found, rawClaims(out))
		}
	}
	c := fitCalibration(golds, found)
	fmt.Fprintf(stdout, "slope %.4f offset %.4f\n", c.Slope, c.Offset)
	var table quality.Reliability
	for i := range golds {
		for k := range found[i] {
			found[i][k].Confidence = c.Apply(found[i][k].Confidence)
		}
		table.Add(&golds[i], found[i])
	}
	fmt.Fprintln(stderr, &table)
	return nil
}

// rawClaims returns the claims of x with their confidence before calibration.
func rawClaims(x *graph.Extraction) []quality.Claim {
	out := quality.Claims(x)
	for i := range out {
		out[i].Confidence = frames.Embedded().Invert(out[i].Confidence)
	}
	return out
}

// fitCalibration returns the logistic curve through the judged claims, by
// gradient descent on the log loss. Two right and two wrong claims in the middle
// are counted beside them, so that a set without faults gives no certainty.
func fitCalibration(golds []quality.Gold, found [][]quality.Claim) frames.Calibration {
	type point struct{ z, y float64 }
	points := []point{{0, 1}, {0, 0}, {0, 1}, {0, 0}}
	for i := range golds {
		for k := range found[i] {
			v := golds[i].Judge(&found[i][k])
			if v == quality.Unjudged {
				continue
			}
			p := min(max(found[i][k].Confidence, 0.005), 0.995)
			y := 0.0
			if v == quality.Right {
				y = 1
			}
			points = append(points, point{math.Log(p / (1 - p)), y})
		}
	}
	c := frames.Calibration{Slope: 1}
	const steps, rate = 20000, 0.05
	for range steps {
		var slope, offset float64
		for _, p := range points {
			e := 1/(1+math.Exp(-c.Slope*p.z-c.Offset)) - p.y
			slope, offset = slope+e*p.z, offset+e
		}
		n := float64(len(points))
		c.Slope, c.Offset = c.Slope-rate*slope/n, c.Offset-rate*offset/n
	}
	return c
}
