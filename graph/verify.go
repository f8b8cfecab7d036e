package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Report is what [Store.Verify] found.
type Report struct {
	Articles int       // read
	Excerpts int       // of these: articles of whose text only the evidence is here, which proves less
	Claims   int       // read, each with its quote
	Problems []Problem // in the order of the articles and their claims
}

// Problem is one thing that is not as it must be.
type Problem struct {
	Article ID
	Claim   ID // "" if the article as a whole is wrong
	What    string
}

// String returns the problem on one line.
func (p Problem) String() string {
	if p.Claim == "" {
		return fmt.Sprintf("%s: %s", p.Article, p.What)
	}
	return fmt.Sprintf("%s: %s: %s", p.Article, p.Claim, p.What)
}

// Verify reads the whole graph again and reports every quote that is not its
// article's text at its offsets, every claim that is not whole, and every article
// whose quads are not those that it was stored with. The error tells of a store
// that cannot be read, not of a problem in it.
func (s *Store) Verify(ctx context.Context) (Report, error) {
	var r Report
	for _, id := range s.ids() {
		quads, err := s.quads(ctx, id)
		if errors.Is(err, ErrNotFound) {
			continue // removed meanwhile
		}
		if err != nil {
			return r, fmt.Errorf("verify %s: %w", id, err)
		}
		r.Articles++
		x, err := decode(id, quads, true)
		if err != nil {
			r.Problems = append(r.Problems, Problem{id, "", err.Error()})
			continue
		}
		r.Claims += len(x.Claims)
		if x.Article.Excerpts {
			r.Excerpts++
		}
		found := verifyQuotes(x)
		if len(found) == 0 {
			if err := x.Valid(); err != nil {
				found = append(found, Problem{id, "", err.Error()})
			}
		}
		if again, err := encode(x); err != nil || !slices.Equal(again, sortQuads(quads)) {
			found = append(found, Problem{id, "", "stored statements are missing, changed or foreign"})
		}
		now := s.Snapshot()
		_, shown := now.Article(id)
		if _, retracted := now.Retraction(id); !shown && !retracted {
			found = append(found, Problem{id, "", "the article is stored but no question finds it"})
		}
		r.Problems = append(r.Problems, found...)
	}
	return r, nil
}

// verifyQuotes compares every quote of x with its text.
func verifyQuotes(x *Extraction) []Problem {
	var found []Problem
	runes := []rune(x.Article.Text)
	for _, c := range x.Claims {
		e := c.Evidence
		switch {
		case e.Start < 0 || e.Start > e.End || e.End > len(runes):
			found = append(found, Problem{x.Article.ID, c.ID, fmt.Sprintf("quote at %d–%d is outside the text", e.Start, e.End)})
		case string(runes[e.Start:e.End]) != e.Quote:
			found = append(found, Problem{x.Article.ID, c.ID, fmt.Sprintf("quote is not the text at %d–%d", e.Start, e.End)})
		}
	}
	return found
}
