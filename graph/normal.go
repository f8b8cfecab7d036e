package graph

import (
	"maps"
	"reflect"
	"slices"
	"strings"
)

// normal returns x as it comes back from a store: things sorted and each once,
// aliases sorted, a claim that is there twice once, and nil for what is empty.
// x is not changed.
func normal(x *Extraction) *Extraction {
	n := &Extraction{Article: x.Article}
	n.Article.Authors = orNil(slices.Clone(x.Article.Authors))
	n.Article.Blocks = orNil(slices.Clone(x.Article.Blocks))
	things := make(map[ID]*Thing, len(x.Things))
	for _, t := range x.Things {
		if first, again := things[t.ID]; again {
			for _, name := range append([]string{t.Label}, t.Aliases...) {
				first.AddAlias(name)
			}
			continue
		}
		c := t
		c.Codes, c.Aliases = nil, nil
		for _, name := range t.Aliases {
			c.AddAlias(name)
		}
		if len(t.Codes) > 0 {
			c.Codes = maps.Clone(t.Codes)
		}
		things[t.ID] = &c
	}
	for _, t := range things {
		n.Things = append(n.Things, *t)
	}
	slices.SortFunc(n.Things, func(a, b Thing) int { return strings.Compare(string(a.ID), string(b.ID)) })
	claims := make(map[ID]bool, len(x.Claims))
	for _, c := range x.Claims {
		if claims[c.ID] {
			continue
		}
		claims[c.ID] = true
		c.AttributedTo = orNil(slices.Clone(c.AttributedTo))
		n.Claims = append(n.Claims, c)
	}
	return n
}

func orNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// difference names the first part in which a and b differ, or is "".
func difference(a, b *Extraction) string {
	if !reflect.DeepEqual(a.Article, b.Article) {
		return "the article"
	}
	if len(a.Things) != len(b.Things) {
		return "the number of things"
	}
	for i := range a.Things {
		if !reflect.DeepEqual(a.Things[i], b.Things[i]) {
			return string(a.Things[i].ID)
		}
	}
	if len(a.Claims) != len(b.Claims) {
		return "the number of claims"
	}
	for i := range a.Claims {
		if !reflect.DeepEqual(a.Claims[i], b.Claims[i]) {
			return string(a.Claims[i].ID)
		}
	}
	return ""
}
