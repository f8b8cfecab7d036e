package token

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/loader/sentence"
)

// tableBits is the log2 of the number of weights: features are hashed to so many bits.
const tableBits = 15

// splitter decides after which tokens of a block a sentence ends: a logistic
// regression over hashed features of each gap between two tokens.
type splitter struct {
	weights  [1 << tableBits]float32
	scale    float32
	loose    float32 // least score that ends a sentence after a stop
	strict   float32 // least score that ends a sentence where no stop stands
	headline float32 // least score that ends a sentence in a headline
}

// cut returns the end of each sentence in toks, as token indices, rising, the
// last of them len(toks).
func (s *splitter) cut(toks []sentence.Token, headline bool) []int {
	var ends []int
	g := newGaps(toks)
	start := 0
	if d := dateline(toks); d > 0 && !headline {
		ends, start = append(ends, d), d
	}
	best, bestScore := 0, float32(math.Inf(-1))
	for i := start; i+1 < len(toks); i++ {
		score := float32(math.Inf(-1))
		if g.candidate(i) {
			score = s.score(g, i, start)
		}
		if score > bestScore {
			best, bestScore = i, score
		}
		if score >= s.threshold(g, i, headline) {
			ends = append(ends, i+1)
			start, bestScore = i+1, float32(math.Inf(-1))
			continue
		}
		if i+1-start >= MaxWords {
			if best <= start || math.IsInf(float64(bestScore), -1) {
				best = i
			}
			ends = append(ends, best+1)
			start, bestScore = best+1, float32(math.Inf(-1))
			i = max(i, best)
		}
	}
	return append(ends, len(toks))
}

// threshold returns the least score at which gap i ends a sentence.
func (s *splitter) threshold(g *gaps, i int, headline bool) float32 {
	switch {
	case headline:
		return s.headline
	case g.stopped(i):
		return s.loose
	}
	return s.strict
}

// score returns the log odds that a sentence that began at token start ends
// after token i.
func (s *splitter) score(g *gaps, i, start int) float32 {
	g.features(i, start)
	var sum float32
	for _, f := range g.feats {
		sum += s.weights[f]
	}
	return sum * s.scale
}

// gaps computes the features of the gaps between the tokens of one block.
type gaps struct {
	toks  []sentence.Token
	kinds []kind
	lower []uint32 // hash of the lower-case form
	depth []int8   // brackets open after the token
	ended bool     // the block ends in a stop
	stops int      // stops in the block, up to 3
	feats []uint32
}

// kind is the coarse class of a token.
type kind uint8

const (
	kindLower kind = iota
	kindTitle
	kindUpper
	kindInitial
	kindDigit
	kindStop
	kindAsk
	kindEllipsis
	kindColon
	kindComma
	kindDash
	kindOpen
	kindClose
	kindQuote
	kindApostrophe
	kindAbbreviation
	kindRule
	kindAddress
	kindOther
)

// newGaps returns the features of the gaps between toks.
func newGaps(toks []sentence.Token) *gaps {
	g := &gaps{toks: toks, kinds: make([]kind, len(toks)), lower: make([]uint32, len(toks)), depth: make([]int8, len(toks))}
	var depth int8
	for i := range toks {
		g.kinds[i] = kindOf(toks[i].Form)
		g.lower[i] = hashLower(toks[i].Form)
		switch g.kinds[i] {
		case kindOpen:
			depth = min(depth+1, 3)
		case kindClose:
			depth = max(depth-1, 0)
		case kindStop, kindAsk:
			g.stops = min(g.stops+1, 3)
		}
		g.depth[i] = depth
	}
	last := len(toks) - 1
	g.ended = last >= 0 && g.kinds[last] >= kindStop && g.kinds[last] <= kindEllipsis || last >= 1 && g.stopped(last)
	return g
}

// candidate reports whether a sentence may end after token i at all.
func (g *gaps) candidate(i int) bool {
	if namedNext[g.toks[i].Form] && (g.kinds[i+1] == kindTitle || g.kinds[i+1] == kindUpper) {
		return false
	}
	switch g.kinds[i] {
	case kindComma, kindOpen:
		return false
	case kindApostrophe:
		if g.possessive(i) {
			return false
		}
	case kindDigit:
		if isMonth(g.toks[i+1].Form) {
			return false
		}
	}
	switch g.kinds[i+1] {
	case kindComma, kindClose, kindStop, kindAsk:
		return g.toks[i].Spaced && g.kinds[i] >= kindStop && g.kinds[i] <= kindEllipsis
	}
	return g.toks[i].Spaced || g.kinds[i] >= kindStop
}

// possessive reports whether the apostrophe at token i ends the possessive of a
// plural, "Teachers' Federation": no quotation was opened by one before it, and
// no stop stands within.
func (g *gaps) possessive(i int) bool {
	if i == 0 || g.toks[i-1].Spaced || !strings.HasSuffix(g.toks[i-1].Form, "s") {
		return false
	}
	if g.kinds[i-1] != kindTitle || g.kinds[i+1] != kindTitle {
		return false
	}
	for k := i - 1; k >= 0; k-- {
		if g.kinds[k] == kindApostrophe && !g.toks[k].Spaced {
			return false // one that opens a quotation
		}
	}
	return true
}

// namedNext holds titles that a name follows, so that no sentence ends there.
var namedNext = map[string]bool{
	"Hon.": true, "Eng.": true, "Engr.": true, "Amb.": true, "H.E.": true, "Gen.": true, "Col.": true, "Maj.": true, "Capt.": true, "Lt.": true, "Brig.": true, "Adm.": true,
	"Prof.": true, "Messrs.": true, "Mme.": true, "Rev.": true, "Sen.": true, "Rep.": true, "Gov.": true, "Dr.": true, "Mr.": true, "Mrs.": true, "Ms.": true, "Msgr.": true, "Adv.": true,
}

// isMonth reports whether form is the English name of a month.
func isMonth(form string) bool {
	switch form {
	case "January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December":
		return true
	}
	return false
}

// stopped reports whether the gap after token i follows a stop, closing quotes
// and brackets between them aside.
func (g *gaps) stopped(i int) bool {
	for j := i; j >= 0 && j > i-3; j-- {
		switch g.kinds[j] {
		case kindStop, kindAsk, kindEllipsis, kindAbbreviation:
			return true
		case kindClose, kindQuote, kindApostrophe:
			continue
		}
		return false
	}
	return false
}

// features sets g.feats to those of the gap after token i in a sentence that
// began at start.
func (g *gaps) features(i, start int) {
	g.feats = g.feats[:0]
	p, n := g.at(i), g.at(i+1)
	pp, nn := g.at(i-1), g.at(i+2)
	spaced := uint32(0)
	if g.toks[i].Spaced {
		spaced = 1
	}
	stopped := uint32(0)
	if g.stopped(i) {
		stopped = 1
	}
	pw, nw := g.word(i), g.word(i+1)
	length := uint32(min(bucket(i+1-start), 7))
	left := uint32(min(bucket(len(g.toks)-i-1), 7))
	block := uint32(g.stops)
	if g.ended {
		block |= 4
	}
	first := g.at(start)
	depth := uint32(g.depth[i])
	quotes := uint32(0)
	if g.kinds[i] == kindQuote || g.kinds[i+1] == kindQuote || g.kinds[i] == kindApostrophe {
		quotes = 1 + spaced
		if i > 0 && g.toks[i-1].Spaced {
			quotes += 2
		}
	}
	g.add(1, p, n, spaced)
	g.add(2, p, n, pp)
	g.add(3, p, n, nn)
	g.add(4, pw, n, 0)
	g.add(5, nw, p, 0)
	g.add(6, pw, nw, 0)
	g.add(7, g.word(i-1), p, n)
	g.add(8, g.word(i+2), p, n)
	g.add(9, p, n, length)
	g.add(10, p, n, left)
	g.add(11, stopped, n, depth)
	g.add(12, stopped, nw, spaced)
	g.add(13, p, n, block)
	g.add(14, length, block, p)
	g.add(15, length, left, block)
	g.add(16, first, p, n)
	g.add(17, g.word(start), p, block)
	g.add(18, quotes, p, n)
	g.add(19, stopped, pp, nn)
	g.add(20, nw, g.word(i+2), stopped)
	g.add(21, g.word(i-1), pw, stopped)
	g.add(22, pp, p, n<<8|nn)
	g.add(23, size(g.toks[i].Form), p, n)
	g.add(24, 0, 0, 0)
}

// add adds the feature of template t with values a, b and c.
func (g *gaps) add(t, a, b, c uint32) {
	h := t * 0x9e3779b1
	h = (h ^ a) * 0x85ebca6b
	h ^= h >> 15
	h = (h ^ b) * 0xc2b2ae35
	h ^= h >> 13
	h = (h ^ c) * 0x27d4eb2f
	h ^= h >> 16
	g.feats = append(g.feats, h&(1<<tableBits-1))
}

// at returns the class of token i, or a mark for one outside the block.
func (g *gaps) at(i int) uint32 {
	if i < 0 || i >= len(g.kinds) {
		return 99
	}
	return uint32(g.kinds[i])
}

// word returns the hash of token i's lower-case form.
func (g *gaps) word(i int) uint32 {
	if i < 0 || i >= len(g.lower) {
		return 7
	}
	return g.lower[i]
}

// kindOf returns the coarse class of a token's form.
func kindOf(form string) kind {
	r, n := utf8.DecodeRuneInString(form)
	switch {
	case unicode.IsLetter(r):
		return letterKind(form, r, n)
	case unicode.IsDigit(r):
		return kindDigit
	}
	switch r {
	case '.', '…':
		if len(form) > 1 {
			return kindEllipsis
		}
		return kindStop
	case '!', '?':
		return kindAsk
	case ':', ';':
		if len(form) > 1 {
			return kindOther
		}
		return kindColon
	case ',':
		return kindComma
	case '(', '[', '{':
		return kindOpen
	case ')', ']', '}':
		return kindClose
	case '"', '“', '”', '«', '»':
		return kindQuote
	case '\'', '’', '‘', '`':
		if n == len(form) {
			return kindApostrophe
		}
		return kindLower
	case '-', '–', '—', '*', '•', '=', '_', '~', '#', '|', '·':
		if len(form) > 3 {
			return kindRule
		}
		return kindDash
	}
	return kindOther
}

// letterKind returns the class of a form that begins with letter r of n bytes.
func letterKind(form string, r rune, n int) kind {
	if strings.Contains(form, "://") || strings.IndexByte(form, '@') > 0 {
		return kindAddress
	}
	if form[len(form)-1] == '.' {
		return kindAbbreviation
	}
	if !unicode.IsUpper(r) {
		return kindLower
	}
	if n == len(form) {
		return kindInitial
	}
	next, _ := utf8.DecodeRuneInString(form[n:])
	if unicode.IsUpper(next) {
		return kindUpper
	}
	return kindTitle
}

// hashLower returns the FNV-1a hash of s, its ASCII letters in lower case and
// its digits as one.
func hashLower(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c |= 0x20
		case c >= '0' && c <= '9':
			c = '0'
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// bucket returns a logarithmic class of n.
func bucket(n int) int {
	b := 0
	for n > 0 {
		b++
		n >>= 1
	}
	return b
}

// size returns the length class of a form.
func size(form string) uint32 { return uint32(min(len(form), 6)) }
