package export

import (
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"

	"parley/graph"
)

// columns are the columns of a table; keys only grow, at the end.
var columns = []string{"claim", "subject", "subject_type", "subject_label", "predicate", "object", "object_type", "object_label",
	"polarity", "modality", "attributed_to", "attributed_to_label", "when_start", "when_end", "confidence", "via",
	"quote", "start", "end", "article", "title", "outlet", "published", "url"}

func writeCSV(w *writer) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(columns); err != nil {
		return err
	}
	row := make([]string, len(columns))
	for c := range w.claims {
		w.row(row[:0], c)
		for i := range row {
			row[i] = harmless(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// row fills row, which has room for all columns, from c.
func (w *writer) row(row []string, c *graph.Claim) {
	subject, a := w.thing(c.Subject), w.article(c)
	row = append(row, string(c.ID), string(c.Subject), string(subject.Type), subject.Label, string(c.Predicate))
	if c.Object.IsLiteral() {
		row = append(row, "", c.Object.Datatype, c.Object.Value)
	} else {
		object := w.thing(c.Object.ID)
		row = append(row, string(object.ID), string(object.Type), object.Label)
	}
	var ids, labels []string
	for _, id := range c.AttributedTo {
		ids, labels = append(ids, string(id)), append(labels, w.thing(id).Label)
	}
	when := graph.When{}
	if c.When != nil {
		when = *c.When
	}
	_ = append(row, string(c.Polarity), string(c.Modality), strings.Join(ids, "; "), strings.Join(labels, "; "), when.Start, when.End,
		strconv.FormatFloat(c.Confidence, 'g', -1, 64), string(c.Via), c.Evidence.Quote, strconv.Itoa(c.Evidence.Start), strconv.Itoa(c.Evidence.End),
		string(a.ID), a.Title, a.Outlet, a.Published, a.URL)
}

// harmless returns cell so that a spreadsheet takes it for text and not for a
// formula (https://owasp.org/www-community/attacks/CSV_Injection).
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// source is who printed a claim.
type source struct {
	Title     string `json:"title"`
	Outlet    string `json:"outlet,omitempty"`
	Published string `json:"published,omitempty"`
	URL       string `json:"url,omitempty"`
}

func writeNDJSON(w *writer) error {
	for c := range w.claims {
		line, err := graph.MarshalClaim(c, w.s.Thing)
		if err != nil {
			return err
		}
		a := w.article(c)
		from, err := json.Marshal(source{a.Title, a.Outlet, a.Published, a.URL})
		if err != nil {
			return err
		}
		w.Write(line[:len(line)-1]) // the object goes on; errors come back from Flush
		w.WriteString(`,"source":`)
		w.Write(from)
		if _, err := w.WriteString("}\n"); err != nil {
			return err
		}
	}
	return nil
}
