package coref

import (
	"slices"

	"parley/graph"
)

// findOutlets takes bodies that a sentence ends by naming as its source for
// outlets: "…, the Courier reports, citing the Gazette".
func (r *resolver) findOutlets() {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != Name || m.Type != graph.Organisation || m.Entity == Unresolved || r.known[m.Entity].id != "" {
			continue
		}
		v := r.views[m.Sentence]
		before := m.From - 1
		if before >= 0 && v.lower(before) == "the" {
			before--
		}
		if before < 1 || m.To >= len(v.Tokens) {
			continue
		}
		reports := v.lower(before) == "," && (v.lower(m.To) == "reports" || v.lower(m.To) == "reported") && v.endsAt(m.To+1)
		cited := slices.Contains([]string{"citing", "quoting"}, v.lower(before)) && v.lower(before-1) == "," &&
			(v.lower(before-2) == "reports" || v.lower(before-2) == "reported")
		if reports || cited {
			r.d.Entities[m.Entity].Thing.Type = graph.Outlet
		}
	}
}

// endsAt reports whether the sentence ends at token i, or goes on with a source.
func (v *view) endsAt(i int) bool {
	if i >= len(v.Tokens) || v.lower(i) == "." {
		return true
	}
	return v.lower(i) == "," && slices.Contains([]string{"citing", "quoting"}, v.lower(i+1))
}
