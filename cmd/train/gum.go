package main

import (
	"io"
	"regexp"
	"slices"
	"strings"

	"parley/loader/names"
	"parley/loader/sentence"
)

// mention is an entity mention of GUM.
type mention struct {
	from, to int
	kind     string
	linked   bool // GUM names an article of Wikipedia for it
}

// readGUM reads GUM's entity annotations. Mentions that are proper names are
// kept; other words in capitals may be anything.
func readGUM(r io.Reader) ([]names.Example, error) {
	var es []names.Example
	var s sentence.Sentence
	var open, done []mention
	var ids []string
	flush := func() {
		if len(s.Tokens) > 0 && len(es) > 0 {
			e := &es[len(es)-1]
			sent, free := gumSentence(s, done)
			e.Sentences, e.Free = append(e.Sentences, sent), append(e.Free, free)
		}
		s, open, done, ids = sentence.Sentence{}, nil, nil, nil
	}
	err := lines(r, func(line string) error {
		f := strings.Split(line, "\t")
		switch {
		case strings.HasPrefix(line, "# newdoc"):
			es = append(es, names.Example{Loose: true})
		case len(f) != 10:
			if line == "" {
				flush()
			}
		case !strings.ContainsAny(f[0], "-."):
			s.Tokens = append(s.Tokens, sentence.Token{Form: f[1], UPOS: f[3], Head: sentence.Root, Spaced: !strings.Contains(f[9], "SpaceAfter=No")})
			open, ids, done = gumMentions(f[9], len(s.Tokens)-1, open, ids, done)
		}
		return nil
	})
	flush()
	return es, err
}

var gumBracket = regexp.MustCompile(`\(([^()]+)|([0-9]+(?:\[[^\]]*\])?)?\)`)

// gumMentions opens and closes the mentions that the MISC column of token i
// tells of.
func gumMentions(misc string, i int, open []mention, ids []string, done []mention) ([]mention, []string, []mention) {
	_, ann, ok := strings.Cut(misc, "Entity=")
	if !ok {
		return open, ids, done
	}
	ann, _, _ = strings.Cut(ann, "|")
	last := ""
	for _, m := range gumBracket.FindAllStringSubmatch(ann, -1) {
		if m[1] != "" {
			f := strings.Split(m[1], "-")
			if len(f) < 2 {
				continue
			}
			open = append(open, mention{from: i, kind: f[1], linked: len(f) > 7})
			ids = append(ids, f[0])
			last = f[0]
			continue
		}
		id := m[2]
		if id == "" {
			id = last
		}
		for k := len(ids) - 1; k >= 0; k-- {
			if ids[k] == id {
				open[k].to = i + 1
				done = append(done, open[k])
				open, ids = slices.Delete(open, k, k+1), slices.Delete(ids, k, k+1)
				break
			}
		}
	}
	return open, ids, done
}

// gumSentence returns s with those of its mentions that are names.
func gumSentence(s sentence.Sentence, ms []mention) (sentence.Sentence, []bool) {
	free := make([]bool, len(s.Tokens))
	taken := make([]bool, len(s.Tokens))
	for i, t := range s.Tokens {
		free[i] = t.UPOS == "PROPN" || i > 0 && isName(t.Form) && t.Form != "I"
	}
	slices.SortStableFunc(ms, func(a, b mention) int { return (b.to - b.from) - (a.to - a.from) })
	for _, m := range ms {
		typ := map[string]string{
			"person": sentence.Person, "organization": sentence.Organisation, "place": sentence.Place, "event": sentence.Event,
		}[m.kind]
		if typ == "" {
			continue
		}
		from, typ := trimName(s.Tokens, m.from, m.to, typ)
		if from >= m.to || m.to-from > 8 || slices.Contains(taken[from:m.to], true) || !gumProper(s.Tokens[from:m.to], m.linked) {
			continue
		}
		for k := from; k < m.to; k++ {
			taken[k] = true
		}
		s.Entities = append(s.Entities, sentence.Entity{From: from, To: m.to, Type: typ})
	}
	slices.SortFunc(s.Entities, func(a, b sentence.Entity) int { return a.From - b.From })
	return s, free
}

// gumProper reports whether the tokens of a mention are a proper name.
func gumProper(ts []sentence.Token, linked bool) bool {
	proper := 0
	for _, t := range ts {
		switch t.UPOS {
		case "PROPN":
			proper++
		case "PRON", "VERB", "AUX":
			return false
		}
	}
	return proper == len(ts) || linked && proper > 0
}
