package loader_test

import (
	"bufio"
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/config"
	"parley/graph"
	"parley/loader"
	"parley/loader/article"
)

// outside returns a file of the labelled sets that are not part of the project,
// or skips the test if PARLEY_EVAL does not name their folder.
func outside(t *testing.T, name string) *os.File {
	t.Helper()
	dir := os.Getenv("PARLEY_EVAL")
	if dir == "" {
		t.Skip("PARLEY_EVAL names no folder of labelled sets")
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// wordsOf returns the lower-case words of s without articles and possessives.
func wordsOf(s string) map[string]bool {
	out := map[string]bool{}
	s = strings.NewReplacer("u.s.", "us", "u.n.", "un").Replace(strings.ToLower(s))
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r > 127)
	}) {
		if w != "the" && w != "a" && w != "an" && w != "of" && w != "s" && w != "u" {
			out[w] = true
		}
	}
	return out
}

// overlap reports whether the words of one are a subset of those of the other.
func overlap(a, b string) bool {
	x, y := wordsOf(a), wordsOf(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	in := func(p, q map[string]bool) bool {
		for w := range p {
			if !q[w] {
				return false
			}
		}
		return true
	}
	return in(x, y) || in(y, x)
}

// names returns all that a claim's end is called.
func names(x *graph.Extraction, id graph.ID, value, surface string) []string {
	out := []string{surface, value}
	if th, ok := x.Thing(id); ok {
		out = append(append(out, th.Label), th.Aliases...)
	}
	return out
}

func anyOverlap(gold string, have []string) bool {
	return slices.ContainsFunc(have, func(h string) bool { return overlap(gold, h) })
}

func extractor(t *testing.T) *loader.Extractor {
	t.Helper()
	x, err := loader.New(config.Loader{})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func read(t *testing.T, x *loader.Extractor, text string) graph.Extraction {
	t.Helper()
	a, err := article.Text([]byte(text), article.Options{Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	out, err := x.Extract(context.Background(), a)
	if err != nil {
		t.Logf("extract: %v", err)
	}
	return out
}

// ploverClasses maps predicates to the event classes of PLOVER. Planned acts are
// agreements to them; a demand that is denied is none.
func ploverClasses(c *graph.Claim) []string {
	denied, planned := c.Polarity == graph.Denied, c.Modality == graph.Planned
	open := c.Modality != graph.Actual
	switch c.Predicate {
	case graph.Mediated, graph.MetWith, graph.SpokeWith, graph.Hosted, graph.ParticipatedIn, graph.InvitedTo:
		if planned {
			return []string{"AGREE"}
		}
		return []string{"CONSULT"}
	case graph.AgreedTo, graph.Proposed:
		if denied {
			return []string{"REJECT"}
		}
		if s := string(c.Object.ID); strings.Contains(s, "ceasefire") || strings.Contains(s, "truce") {
			return []string{"AGREE", "CONCEDE", "RETREAT"}
		}
		return []string{"AGREE"}
	case graph.Signed, graph.Supported:
		if planned {
			return []string{"AGREE", "SUPPORT"}
		}
		return []string{"SUPPORT", "COOPERATE"}
	case graph.Accepted:
		if denied {
			return []string{"REJECT"}
		}
		return []string{"SUPPORT", "COOPERATE", "CONCEDE", "AGREE"}
	case graph.Demanded:
		return []string{"DEMAND", "REQUEST"}
	case graph.Rejected, graph.Refused:
		if open {
			return []string{"REJECT", "THREATEN"}
		}
		return []string{"REJECT"}
	case graph.Released, graph.WithdrewFrom:
		if open {
			return []string{"AGREE"}
		}
		return []string{"CONCEDE", "RETREAT"}
	case graph.Suspended, graph.Sanctioned:
		if open {
			return []string{"THREATEN"}
		}
		return []string{"SANCTION", "COERCE"}
	case graph.Attacked, graph.Violated:
		if open { // an attack that was tried is one
			return []string{"THREATEN", "ASSAULT", "FIGHT"}
		}
		return []string{"ASSAULT", "FIGHT"}
	case graph.Aided:
		if open {
			return []string{"AGREE"}
		}
		return []string{"AID", "COOPERATE"}
	case graph.Accused:
		return []string{"DISAPPROVE", "INVESTIGATE", "PROTEST"}
	case graph.Threatened:
		return []string{"THREATEN"}
	}
	return nil
}

func TestPLOVER(t *testing.T) {
	f := outside(t, "plover/plover_gsr.open.jsonl")
	x := extractor(t)
	total, hit := map[string]int{}, map[string]int{}
	for in := bufio.NewScanner(f); in.Scan(); {
		var row struct {
			ID         string `json:"doc_id"`
			Text       string
			Event      string
			Actors     []struct{ ActorText string }
			Recipients []struct{ ActorText string }
		}
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		out := read(t, x, row.Text)
		total[row.Event]++
		found := slices.ContainsFunc(out.Claims, func(c graph.Claim) bool {
			if !slices.Contains(ploverClasses(&c), row.Event) {
				return false
			}
			subject := names(&out, c.Subject, "", c.Evidence.SubjectText)
			object := names(&out, c.Object.ID, c.Object.Value, c.Evidence.ObjectText)
			for _, a := range row.Actors {
				if !anyOverlap(a.ActorText, subject) {
					continue
				}
				if len(row.Recipients) == 0 {
					return true
				}
				for _, r := range row.Recipients {
					if anyOverlap(r.ActorText, object) {
						return true
					}
				}
			}
			return false
		})
		if found {
			hit[row.Event]++
			continue
		}
		t.Logf("missed %s %s: %v → %v", row.Event, row.Text, row.Actors, row.Recipients)
		for _, c := range out.Claims {
			t.Logf("     %s %s %s%s", c.Subject, c.Predicate, c.Object.ID, c.Object.Value)
		}
	}
	sum, all := 0, 0
	for _, e := range slices.Sorted(maps.Keys(total)) {
		t.Logf("%-12s %3d of %3d", e, hit[e], total[e])
		sum, all = sum+hit[e], all+total[e]
	}
	t.Logf("recall %.3f (%d of %d)", float64(sum)/float64(all), sum, all)
}

// re3dTypes maps predicates to the relations of re3d.
func re3dTypes(p graph.Predicate) string {
	switch p {
	case graph.MetWith, graph.SpokeWith, graph.Demanded, graph.InvitedTo:
		return "CommWith"
	case graph.MemberOf, graph.PartOf, graph.Represents, graph.SpokespersonFor:
		return "BelongsTo"
	case graph.Leads:
		return "InChargeOf"
	case graph.Aided:
		return "AlliesOf"
	case graph.Attacked:
		return "FightingAgainst"
	case graph.Supported, graph.Accepted:
		return "Likes"
	case graph.Accused, graph.Threatened, graph.Sanctioned, graph.Rejected:
		return "Dislikes"
	}
	return ""
}

// isForce reports whether a thing is called a force, so that who supports it is its
// ally.
func isForce(surface string, x graph.Extraction, id graph.ID) bool {
	if th, ok := x.Thing(id); ok {
		surface += " " + th.Label
	}
	for _, w := range []string{"force", "army", "troops", "fighter", "militia", "guard", "battalion"} {
		if strings.Contains(strings.ToLower(surface), w) {
			return true
		}
	}
	return false
}

// wordString returns s in lower case without its article.
func wordString(s string) string {
	s = strings.ToLower(s)
	for _, a := range []string{"the ", "an ", "a ", "all "} {
		s = strings.TrimPrefix(s, a)
	}
	return s
}

// indefinite reports whether a description says what kind of thing something is,
// and so is no name for it.
func indefinite(s string) bool {
	return strings.HasPrefix(strings.ToLower(s), "a ") || strings.HasPrefix(strings.ToLower(s), "an ")
}

// synonyms returns the pairs of names and descriptions in text that stand for one
// thing and have nothing between them but a comma, bracket, copula or the like.
func synonyms(t *testing.T, x *loader.Extractor, text string) [][2]string {
	t.Helper()
	a, err := article.Text([]byte(text), article.Options{Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	ms, err := x.Mentions(context.Background(), a)
	if err != nil {
		return nil
	}
	points := []rune(a.Text)
	var out [][2]string
	for i, m := range ms {
		for _, n := range ms[i+1:] {
			if n.Start > m.End+60 {
				break
			}
			if n.ID != m.ID || m.ID == "" || n.Start < m.End || indefinite(m.Text) || indefinite(n.Text) || strings.EqualFold(wordString(m.Text), wordString(n.Text)) {
				continue
			}
			switch between := strings.Trim(string(points[m.End:n.Start]), " (),[]:-–'\"“‘"); {
			case between == "", between == "is", between == "was", between == "or", between == "the", between == "who is",
				strings.HasPrefix(between, "for ") && !strings.Contains(between, ","), strings.HasPrefix(between, "also known"), strings.HasSuffix(between, "known as"), strings.HasSuffix(between, "acronym as"):
				out = append(out, [2]string{m.Text, n.Text})
			}
		}
	}
	return out
}

func TestRE3DRelations(t *testing.T) {
	f := outside(t, "re3d/re3d.open.jsonl")
	x := extractor(t)
	type counts struct{ gold, hit, said, right int }
	by := map[string]*counts{}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var row struct {
			Text      string
			Relations []struct {
				Type, Trigger string
				Head, Tail    struct{ Text string }
			}
		}
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		out := read(t, x, row.Text)
		used := make([]bool, len(row.Relations))
		same := by["IsSynonymOf"]
		if same == nil {
			same = &counts{}
			by["IsSynonymOf"] = same
		}
		for _, p := range synonyms(t, x, row.Text) {
			same.said++
			ok := false
			for i, r := range row.Relations {
				if r.Type == "IsSynonymOf" && (overlap(r.Head.Text, p[0]) && overlap(r.Tail.Text, p[1]) || overlap(r.Head.Text, p[1]) && overlap(r.Tail.Text, p[0])) {
					used[i], ok = true, true
				}
			}
			if ok {
				same.right++
			} else {
				t.Logf("wrong IsSynonymOf: %s | %s", p[0], p[1])
			}
		}
		for _, c := range out.Claims {
			typ := re3dTypes(c.Predicate)
			if c.Predicate == graph.Supported && isForce(c.Evidence.ObjectText, out, c.Object.ID) {
				typ = "AlliesOf"
			}
			if typ == "" || c.Via != "" || c.Object.ID == "" || (typ == "BelongsTo" || typ == "InChargeOf") && strings.HasPrefix(wordString(c.Evidence.SubjectText), wordString(c.Evidence.ObjectText)) {
				continue // relations there join two things, and "Syrian" in "the Syrian army" is an attribute
			}
			if by[typ] == nil {
				by[typ] = &counts{}
			}
			subject := names(&out, c.Subject, "", c.Evidence.SubjectText)
			object := names(&out, c.Object.ID, c.Object.Value, c.Evidence.ObjectText)
			by[typ].said++
			ok := false
			for i, r := range row.Relations {
				symmetric := typ == "CommWith" || typ == "AlliesOf" || typ == "FightingAgainst"
				if r.Type == typ && (anyOverlap(r.Head.Text, subject) && anyOverlap(r.Tail.Text, object) ||
					symmetric && anyOverlap(r.Head.Text, object) && anyOverlap(r.Tail.Text, subject)) {
					used[i], ok = true, true
				}
			}
			if ok {
				by[typ].right++
			} else {
				t.Logf("wrong %s: %s | %s | %s (%s)", typ, c.Evidence.SubjectText, c.Predicate, c.Evidence.ObjectText, c.Evidence.Quote)
			}
		}
		for i, r := range row.Relations {
			if by[r.Type] == nil {
				by[r.Type] = &counts{}
			}
			by[r.Type].gold++
			if used[i] {
				by[r.Type].hit++
			} else {
				t.Logf("missed %s: %s | %s | %s", r.Type, r.Head.Text, r.Trigger, r.Tail.Text)
			}
		}
	}
	var sum counts
	for _, typ := range []string{"CommWith", "BelongsTo", "InChargeOf", "AlliesOf", "FightingAgainst", "Likes", "Dislikes", "IsSynonymOf"} {
		c := by[typ]
		if c == nil {
			continue
		}
		t.Logf("%-16s gold %3d found %3d said %3d right %3d", typ, c.gold, c.hit, c.said, c.right)
		sum.gold, sum.hit, sum.said, sum.right = sum.gold+c.gold, sum.hit+c.hit, sum.said+c.said, sum.right+c.right
	}
	p, r := float64(sum.right)/float64(max(1, sum.said)), float64(sum.hit)/float64(max(1, sum.gold))
	t.Logf("precision %.3f recall %.3f F1 %.3f", p, r, 2*p*r/max(p+r, 1e-9))
}
