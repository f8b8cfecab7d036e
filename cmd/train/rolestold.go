package main

import (
	"slices"

	"parley/loader/coref"
	"parley/loader/frames"
	"parley/loader/roles"
)

// isTold reports whether p tags a time or an outcome.
func (p *taggedSpan) isTold() bool {
	return slices.ContainsFunc(p.roles, func(r string) bool { return slices.Index(roleTags[:], r) >= int(roles.Held) })
}

// addTold adds the times and verbs of d with the roles of spans, which come after its
// mentions, and returns how many of the spans are at none.
func (e *roleExample) addTold(d *coref.Doc, asked frames.Asked, spans []taggedSpan) (lost int) {
	first := len(e.Mentions)
	for _, n := range asked.Times {
		e.Mentions = append(e.Mentions, exampleOf(asked.Spans[n], "time"))
	}
	for _, v := range asked.Verbs {
		e.Mentions = append(e.Mentions, exampleOf(asked.Spans[v.Span], "verb"))
	}
	told := e.Mentions[first:]
	for i := range spans {
		p := &spans[i]
		if !p.isTold() {
			continue
		}
		at := p.times(d, told)
		if len(at) == 0 {
			at = p.verb(d, told)
		}
		for _, k := range at {
			told[k].Roles = append(told[k].Roles, p.roles...)
		}
		if len(at) == 0 {
			lost++
		}
	}
	return lost
}

// times returns the indices of the times in told that p, a tag of times, covers.
func (p *taggedSpan) times(d *coref.Doc, told []roleMention) []int {
	var out []int
	if !slices.Contains(p.roles, roleTags[roles.Held]) && !slices.Contains(p.roles, roleTags[roles.Dated]) {
		return nil
	}
	for k := range told {
		m := &told[k]
		toks := d.Sentences[m.Sentence].Tokens
		if m.Kind == "time" && toks[m.From].Start < p.to && toks[m.To-1].End > p.from {
			out = append(out, k)
		}
	}
	return out
}

// verb returns the index of the verb in told that says what p, a tag of an outcome,
// covers: the highest within, or the one that governs it.
func (p *taggedSpan) verb(d *coref.Doc, told []roleMention) []int {
	s, ok := p.tokens(d)
	if !ok || !slices.Contains(p.roles, roleTags[roles.Settled]) && !slices.Contains(p.roles, roleTags[roles.Failed]) {
		return nil
	}
	toks := d.Sentences[s.Sentence].Tokens
	isVerb := func(tok int) int {
		return slices.IndexFunc(told, func(m roleMention) bool { return m.Kind == "verb" && m.Sentence == s.Sentence && m.From == tok })
	}
	best, least := -1, len(toks)
	for i := s.From; i < s.To; i++ {
		if k, n := isVerb(i), depth(d, s.Sentence, i); k >= 0 && n < least {
			best, least = k, n
		}
	}
	for i, steps := s.From, 0; best < 0 && i >= 0 && steps < len(toks); i, steps = toks[i].Head, steps+1 {
		best = isVerb(i)
	}
	if best < 0 {
		return nil
	}
	return []int{best}
}

// depth returns how many words stand over a token of d.
func depth(d *coref.Doc, sent, tok int) int {
	toks := d.Sentences[sent].Tokens
	n := 0
	for i := toks[tok].Head; i >= 0 && n < len(toks); i = toks[i].Head {
		n++
	}
	return n
}
