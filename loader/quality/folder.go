package quality

import (
	"context"
	"fmt"

	"parley/graph"
)

// Extract returns what the article in the file path says.
type Extract func(ctx context.Context, path string) (*graph.Extraction, error)

// Folder is how the claims of the articles of a folder compare with their gold.
type Folder struct {
	Articles    int
	Report      Report
	Reliability Reliability
	Entities    Entities
}

// MeasureFolder reads dir/gold.jsonl, runs extract over the article of each of
// its lines, in their order, and compares.
func MeasureFolder(ctx context.Context, dir string, extract Extract) (*Folder, error) {
	gs, err := ReadFolder(dir)
	if err != nil {
		return nil, err
	}
	var out Folder
	for i := range gs {
		x, err := extract(ctx, gs[i].Path(dir))
		if err != nil {
			return nil, fmt.Errorf("extract %s: %w", gs[i].Path(dir), err)
		}
		claims := Claims(x)
		out.Articles++
		out.Report.Add(Score(&gs[i], claims))
		out.Reliability.Add(&gs[i], claims)
		out.Entities.Add(&gs[i], x.Things)
	}
	return &out, nil
}
