package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"

	"parley/loader/names"
	"parley/loader/syntax"
)

// wordTagger gives sentences the parts of speech that the names tagger looks at.
type wordTagger struct {
	parser *syntax.Parser
	cache  string // folder for tags between runs; empty for none
}

// tag sets the Penn tags of the examples' words.
func (w *wordTagger) tag(ctx context.Context, es []names.Example) error {
	h := fnv.New64a()
	for _, e := range es {
		for _, s := range e.Sentences {
			for _, t := range s.Tokens {
				fmt.Fprintf(h, "%s\t", t.Form)
			}
		}
	}
	name := filepath.Join(w.cache, fmt.Sprintf("tags-%016x", h.Sum64()))
	if w.cache != "" {
		if file, err := os.ReadFile(name); err == nil {
			setTags(es, strings.Fields(string(file)))
			return nil
		}
	}
	if w.parser == nil {
		p, err := syntax.New()
		if err != nil {
			return err
		}
		w.parser = p
	}
	var tags []string
	for i := range es {
		if err := w.parser.Parse(ctx, es[i].Sentences); err != nil {
			return err
		}
		for _, s := range es[i].Sentences {
			for _, t := range s.Tokens {
				tags = append(tags, t.XPOS)
			}
		}
	}
	if w.cache == "" {
		return nil
	}
	return os.WriteFile(name, []byte(strings.Join(tags, "\n")), 0o644)
}

// setTags gives the words of es the tags, in order.
func setTags(es []names.Example, tags []string) {
	for i := range es {
		for j := range es[i].Sentences {
			ts := es[i].Sentences[j].Tokens
			for k := range ts {
				if len(tags) > 0 {
					ts[k].XPOS, tags = tags[0], tags[1:]
				}
			}
		}
	}
}
