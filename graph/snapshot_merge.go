package graph

import (
	"maps"
	"slices"
	"strings"
	"unique"
)

// merge returns what the variants of one thing are together, or nil for none. It
// does not depend on their order.
func merge(variants []variant) *Thing {
	if len(variants) == 0 {
		return nil
	}
	if len(variants) == 1 {
		return variants[0].thing
	}
	labels, texts := make(map[string]int), make(map[string]int)
	codes := make(map[string]map[string]int)
	for _, v := range variants {
		labels[v.thing.Label] += v.count
		if v.thing.Text != "" {
			texts[v.thing.Text] += v.count
		}
		for scheme, code := range v.thing.Codes {
			if codes[scheme] == nil {
				codes[scheme] = make(map[string]int)
			}
			codes[scheme][code] += v.count
		}
	}
	t := &Thing{ID: variants[0].thing.ID, Type: variants[0].thing.Type, Label: favourite(labels), Text: favourite(texts)}
	for label := range labels {
		t.AddAlias(label)
	}
	for _, v := range variants {
		for _, a := range v.thing.Aliases {
			t.AddAlias(a)
		}
	}
	for scheme, counts := range codes {
		if t.Codes == nil {
			t.Codes = make(map[string]string, len(codes))
		}
		t.Codes[scheme] = favourite(counts)
	}
	return t
}

// favourite returns the most frequent key, of equals the longest, of those the
// first in the alphabet.
func favourite(counts map[string]int) string {
	best := ""
	for key, n := range counts {
		if m := counts[best]; n > m || n == m && (len(key) > len(best) || len(key) == len(best) && key < best) {
			best = key
		}
	}
	return best
}

func sameThing(a, b *Thing) bool {
	return a.Label == b.Label && a.Text == b.Text && slices.Equal(a.Aliases, b.Aliases) && maps.Equal(a.Codes, b.Codes)
}

func intern[T ~string](s T) T { return unique.Make(s).Value() }

func cloneStrings(list []string) []string {
	list = slices.Clone(list)
	for i := range list {
		list[i] = intern(list[i])
	}
	return list
}

func cloneLink(l *Link) *Link {
	if l == nil {
		return nil
	}
	c := *l
	c.Kind, c.Text = intern(l.Kind), strings.Clone(l.Text)
	return &c
}
