// Package quality compares claims with what a careful reader found in the same
// article.
//
// A [Gold] holds an article's labelled facts, further right answers, traps and
// questions; [ReadFolder] reads a folder of them. [Score] takes each [Claim] as a
// set of answers (who mediated, who signed, where, who leads whom), and counts
// in a [Report] which facts were found, which answers were right and which traps
// were asserted. [Judge] says of one claim whether it is right, from which
// [Reliability] builds the table of confidence against truth; [Entities] counts
// the things found. [MeasureFolder] does all of it.
//
// The package knows nothing of how claims are made. Its functions are pure and
// safe for concurrent use.
package quality

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Gold is what a careful reader found in one article.
type Gold struct {
	ID        string     `json:"id"`   // the article's file without its suffix
	Date      string     `json:"date"` // of publication, ISO 8601
	Facts     []Fact     `json:"facts"`
	Also      []Fact     `json:"also"` // right, but not asked for
	Not       []Fact     `json:"not"`  // traps: what the text does not say or denies
	Entities  []Entity   `json:"entities"`
	Questions []Question `json:"questions"`
}

// Fact is one answer that is right, or, as a trap, wrong. In JSON it is an array
// of two or three strings.
type Fact struct {
	Role  string // "mediator", "venue", "leads", …
	Name  string // alternatives are parted by "|"
	Extra string // for roles with two ends: whom, what post, which outcome or date; "" if the role has one end
}

// Entity is a thing the article names. In JSON it is an array of two strings.
type Entity struct {
	Type string // one of the model's types of things
	Name string // alternatives are parted by "|"
}

// Question is one that the article answers.
type Question struct {
	Text    string   `json:"q"`
	Answers []string `json:"a"` // all of them; alternatives within one are parted by "|"
}

// String returns f as a reader would note it: "leads Roger Toussaint > Local 100".
func (f Fact) String() string {
	if f.Extra == "" {
		return f.Role + " " + f.Name
	}
	return f.Role + " " + f.Name + " > " + f.Extra
}

// UnmarshalJSON reads an array of two or three strings.
func (f *Fact) UnmarshalJSON(data []byte) error {
	var parts []string
	if err := json.Unmarshal(data, &parts); err != nil {
		return err
	}
	if len(parts) < 2 || len(parts) > 3 {
		return fmt.Errorf("fact %s has %d parts, want 2 or 3", data, len(parts))
	}
	*f = Fact{Role: parts[0], Name: parts[1]}
	if len(parts) == 3 {
		f.Extra = parts[2]
	}
	return nil
}

// UnmarshalJSON reads an array of two strings.
func (e *Entity) UnmarshalJSON(data []byte) error {
	var parts []string
	if err := json.Unmarshal(data, &parts); err != nil {
		return err
	}
	if len(parts) != 2 {
		return fmt.Errorf("entity %s has %d parts, want 2", data, len(parts))
	}
	*e = Entity{Type: parts[0], Name: parts[1]}
	return nil
}

// ReadGold reads one Gold a line. The error names the line.
func ReadGold(r io.Reader) ([]Gold, error) {
	var out []Gold
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 4<<20)
	for n := 1; lines.Scan(); n++ {
		var g Gold
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		out = append(out, g)
	}
	return out, lines.Err()
}

// ReadFolder reads dir/gold.jsonl, in the order of its lines. The text of each
// is at [Gold.Path].
func ReadFolder(dir string) ([]Gold, error) {
	f, err := os.Open(filepath.Join(dir, "gold.jsonl"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out, err := ReadGold(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name(), err)
	}
	return out, nil
}

// Path returns the file of g's article in the folder dir.
func (g *Gold) Path(dir string) string { return filepath.Join(dir, g.ID+".txt") }
