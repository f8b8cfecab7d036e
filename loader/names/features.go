package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/loader/facts"
	"parley/loader/sentence"
)

// word is what the features see of one token.
type word struct {
	lower  uint32 // hash of the form in lower case
	exact  uint32 // hash of the form
	shape  uint32 // hash of the form's shape: "Xx", "XX", "x", "9"
	pre    [4]uint32
	suf    [4]uint32
	fine   uint32 // word groups
	coarse uint32
	fact   uint32 // what the fact list says of it, with its place in the match
	role   uint32 // title or head noun, with its flags' kind
	given  bool
	upper  bool // begins with a capital
	all    bool // all capitals, more than one letter
	inner  bool // a small word inside names: "of", "the", "-", "'s"
	glued  bool // no space before it
	doc    uint32
	low    uint32 // what the fact list would say of a word in small letters
	tag    uint32 // hash of the Penn tag
	short  uint32 // how an acronym in brackets stands to it
	from   int    // run of name-like tokens it is in: [from, to)
	to     int
}

// extractor turns the sentences of a document into features.
type extractor struct {
	facts    *facts.List
	clusters *clusters
	words    []word
	forms    []string
	feats    []uint64
	seen     map[uint32]uint8 // how words appear in the document, by their lower-case hash
	shouting bool             // most of the sentence is in capitals
	headline bool
}

// The ways in which a word appears in a document.
const (
	seenLower   = 1 << iota // begins with a small letter
	seenCapital             // begins with a capital, not at the start of a sentence
	seenFirst               // begins with a capital at the start of a sentence
	seenTitled              // follows a title or given name
)

// read notes how words appear in the document.
func (x *extractor) read(ss []sentence.Sentence) {
	x.seen = make(map[uint32]uint8, 256)
	for i := range ss {
		ts := ss[i].Tokens
		x.setForms(ts)
		for j := range ts {
			r, _ := utf8.DecodeRuneInString(ts[j].Form)
			if !unicode.IsLetter(r) {
				continue
			}
			h := hashLower(ts[j].Form)
			switch {
			case !unicode.IsUpper(r):
				x.seen[h] |= seenLower
			case j == 0 || ss[i].Headline:
				x.seen[h] |= seenFirst
			default:
				x.seen[h] |= seenCapital
				if x.facts.IsGiven(ts[j-1].Form) || j > 1 && x.facts.IsGiven(ts[j-2].Form) && isUpper(ts[j-1].Form) {
					x.seen[h] |= seenTitled
				}
			}
		}
	}
}

// setForms sets x.forms to those of ts.
func (x *extractor) setForms(ts []sentence.Token) {
	x.forms = x.forms[:0]
	for i := range ts {
		x.forms = append(x.forms, ts[i].Form)
	}
}

// begin readies x for the tokens of one sentence.
func (x *extractor) begin(s *sentence.Sentence) {
	ts := s.Tokens
	x.setForms(ts)
	x.headline = s.Headline
	if cap(x.words) < len(ts) {
		x.words = make([]word, len(ts)+64)
	}
	x.words = x.words[:len(ts)]
	capitals, letters := 0, 0
	for i := range ts {
		w := &x.words[i]
		*w = word{}
		x.look(w, ts[i].Form)
		w.glued = i > 0 && !ts[i-1].Spaced
		w.doc = uint32(x.seen[w.lower])
		w.tag = hash(ts[i].XPOS)
		if w.upper || w.shape == shapeLower {
			letters++
		}
		if w.all || w.upper && len(ts[i].Form) == 1 {
			capitals++
		}
	}
	x.shouting = letters > 2 && capitals*2 > letters
	x.lookup()
	x.runs()
	x.acronyms()
}

// shapeLower is the shape of a word in small letters.
var shapeLower = hash("x")

// look sets what w's form alone says.
func (x *extractor) look(w *word, form string) {
	w.lower, w.exact = hashLower(form), hash(form)
	var lower string
	w.shape, lower = shapeOf(form)
	r, _ := utf8.DecodeRuneInString(form)
	w.upper = unicode.IsUpper(r)
	w.all = w.upper && len(form) > 1 && strings.ToUpper(form) == form && strings.ToLower(form) != form
	for n := 1; n <= 4; n++ {
		if len(lower) > n {
			w.pre[n-1] = hash(lower[:n])
			w.suf[n-1] = hash(lower[len(lower)-n:])
		}
	}
	fine, coarse := x.clusters.of(w.lower)
	w.fine, w.coarse = uint32(fine), uint32(coarse)
	w.given = x.facts.IsGiven(form)
	if !w.upper && len(lower) > 3 {
		for _, e := range x.facts.AnyCase(lower) {
			w.low |= 1 << e.Kind
		}
	}
	switch lower {
	case "of", "the", "and", "for", "de", "del", "di", "da", "al", "el", "bin", "ibn", "van", "von", "der", "la", "le", "a",
		"-", "'s", "’s", "'", "’", "&", "on", "in", "to", "den", "dos", "du", "ul", "ad", "e", "y":
		w.inner = true
	}
}

// lookup sets what the fact list says of the words.
func (x *extractor) lookup() {
	for i := 0; i < len(x.forms); {
		n, es := 0, []*facts.Entry(nil)
		if x.words[i].upper || x.words[i].shape != shapeLower {
			n, es = x.facts.MatchAll(x.forms, i)
		}
		if n == 0 {
			i++
			continue
		}
		kinds := uint32(0)
		for _, e := range es {
			kinds |= 1 << e.Kind
		}
		for k := range n {
			place := uint32(3)
			switch {
			case n == 1:
			case k == 0:
				place = 0
			case k == n-1:
				place = 2
			default:
				place = 1
			}
			x.words[i+k].fact = kinds<<2 | place
		}
		i += n
	}
	for i := 0; i < len(x.forms); {
		n, t := x.facts.Title(x.forms, i)
		if n == 0 {
			if noun := x.facts.Noun(x.forms[i]); noun != nil {
				x.words[i].role = uint32(noun.Flags)<<1 | 1
			}
			i++
			continue
		}
		for k := range n {
			x.words[i+k].role = uint32(t.Flags)<<1 | 1<<30
		}
		i += n
	}
}

// runs sets the run of name-like tokens that each token is in: capitalised
// words with the small words between them.
func (x *extractor) runs() {
	ws := x.words
	for i := 0; i < len(ws); {
		if !ws[i].upper {
			ws[i].from, ws[i].to = i, i+1
			i++
			continue
		}
		to := i + 1
		for j := i + 1; j < len(ws) && j < to+3; j++ {
			if ws[j].upper {
				to = j + 1
			} else if !ws[j].inner {
				break
			}
		}
		for j := i; j < to; j++ {
			ws[j].from, ws[j].to = i, to
		}
		i = to
	}
}

// The ways in which a word stands to an acronym in brackets.
const (
	isShort   = 1 // is the acronym
	hasShort  = 2 // is in the run of words before one
	spelled   = 4 // is one of the words that the acronym's letters begin
	otherRuns = 3 // most words looked back over for the letters
)

// acronyms marks words before and in brackets: "Movement for the Left (MpS)".
func (x *extractor) acronyms() {
	for i := 2; i+1 < len(x.forms); i++ {
		if x.forms[i-1] != "(" || x.forms[i+1] != ")" && x.forms[i+1] != "," && x.forms[i+1] != ";" || !isAcronymForm(x.forms[i]) {
			continue
		}
		x.words[i].short |= isShort
		prev := x.words[i-2]
		for j := prev.from; j < prev.to; j++ {
			x.words[j].short |= hasShort
		}
		for j := x.spelledFrom(i); j >= 0 && j < i-1; j++ {
			x.words[j].short |= spelled
		}
	}
}

// spelledFrom returns where the words before the bracket at i-1 begin that the
// letters of the acronym at i are the initials of, or -1. Small words may be
// passed over.
func (x *extractor) spelledFrom(i int) int {
	letters := x.forms[i]
	k := len(letters) - 1
	skipped := 0
	for j := i - 2; j >= 0 && k >= 0; j-- {
		for k >= 0 && (letters[k] == '.' || letters[k] == '-') {
			k--
		}
		c := x.forms[j][0] | 0x20
		switch {
		case k >= 0 && c == letters[k]|0x20:
			k--
			skipped = 0
			if k < 0 {
				return j
			}
		case x.words[j].upper || skipped > otherRuns:
			return -1
		default:
			skipped++
		}
	}
	return -1
}

// at returns the word i, or one that stands for the sentence's edge.
func (x *extractor) at(i int) *word {
	if i < 0 {
		return &edges[0]
	}
	if i >= len(x.words) {
		return &edges[1]
	}
	return &x.words[i]
}

// edges stand for what is before and after a sentence; they are only read.
var edges = [2]word{{lower: 1, exact: 1, shape: 1}, {lower: 2, exact: 2, shape: 2}}

// add adds the feature of template t with values a, b and c.
func (x *extractor) add(t uint32, a, b, c uint32) {
	h := uint64(t)*0x9e3779b97f4a7c15 ^ uint64(a)
	h *= 0xff51afd7ed558ccd
	h ^= h>>32 ^ uint64(b)
	h *= 0xc4ceb9fe1a85ec53
	h ^= h>>29 ^ uint64(c)
	h *= 0x94d049bb133111eb
	h ^= h >> 31
	x.feats = append(x.feats, h)
}

// bits packs truths into a number.
func bits(bs ...bool) uint32 {
	n := uint32(0)
	for i, b := range bs {
		if b {
			n |= 1 << i
		}
	}
	return n
}

// features returns the features of token i of the sentence that x began with.
// The slice is used again by the next call.
func (x *extractor) features(i int) []uint64 {
	x.feats = x.feats[:0]
	w0, p1, n1, p2, n2 := x.at(i), x.at(i-1), x.at(i+1), x.at(i-2), x.at(i+2)
	first := bits(i == 0, x.shouting, x.headline)
	x.add(1, 0, 0, 0)
	x.add(2, w0.exact, 0, 0)
	x.add(3, w0.lower, first, 0)
	x.add(4, p1.lower, 0, 0)
	x.add(5, n1.lower, 0, 0)
	x.add(6, p2.lower, 0, 0)
	x.add(7, n2.lower, 0, 0)
	x.add(8, p1.lower, w0.lower, 0)
	x.add(9, w0.lower, n1.lower, 0)
	x.add(10, p1.lower, n1.lower, w0.shape)
	x.add(11, p2.lower, p1.lower, w0.shape)
	x.add(12, n1.lower, n2.lower, w0.shape)
	x.add(13, w0.shape, first, 0)
	x.add(14, p1.shape, w0.shape, first)
	x.add(15, w0.shape, n1.shape, first)
	x.add(16, p1.shape, w0.shape, n1.shape)
	x.add(17, p2.shape, p1.shape, w0.shape)
	x.add(18, w0.shape, n1.shape, n2.shape)
	for n := range 4 {
		if w0.pre[n] != 0 {
			x.add(20+uint32(n), w0.pre[n], w0.shape, 0)
			x.add(24+uint32(n), w0.suf[n], w0.shape, 0)
		}
	}
	x.groups(w0, p1, n1, p2, n2)
	x.known(w0, p1, n1, p2, n2, first)
	x.run(w0, i)
	x.tags(w0, p1, n1, p2, n2)
	return x.feats
}

// groups adds the features of word groups.
func (x *extractor) groups(w0, p1, n1, p2, n2 *word) {
	x.add(30, w0.fine, 0, 0)
	x.add(31, w0.fine, w0.shape, 0)
	x.add(32, p1.fine, w0.shape, 0)
	x.add(33, n1.fine, w0.shape, 0)
	x.add(34, p2.coarse, p1.coarse, w0.shape)
	x.add(35, n1.coarse, n2.coarse, w0.shape)
	x.add(36, w0.coarse, w0.shape, 0)
	x.add(37, p1.coarse, w0.coarse, w0.shape)
	x.add(38, w0.coarse, n1.coarse, w0.shape)
	x.add(39, p1.fine, w0.fine, 0)
	x.add(40, w0.fine, n1.fine, 0)
	x.add(41, p1.coarse, w0.coarse, n1.coarse)
	x.add(42, p1.lower, w0.coarse, w0.shape)
	x.add(43, n1.lower, w0.coarse, w0.shape)
	x.add(44, p2.fine, w0.shape, 1)
	x.add(45, n2.fine, w0.shape, 1)
}

// known adds the features of the fact list and of the rest of the document.
func (x *extractor) known(w0, p1, n1, p2, n2 *word, first uint32) {
	x.add(50, w0.fact, w0.shape, 0)
	x.add(51, w0.fact, p1.lower, 0)
	x.add(52, w0.fact, n1.lower, 0)
	x.add(53, p1.fact, w0.fact, n1.fact)
	x.add(54, w0.fact, n1.shape, n1.fact)
	x.add(55, p1.role, w0.shape, 0)
	x.add(56, n1.role, w0.shape, 0)
	x.add(57, p2.role, p1.shape, w0.shape)
	x.add(58, w0.role, w0.shape, n1.shape)
	x.add(59, bits(p1.given, w0.given, n1.given, p2.given), w0.shape, n1.shape)
	x.add(60, bits(p1.given, w0.given, p2.given), p1.shape, w0.shape)
	x.add(61, bits(w0.glued, n1.glued, p1.glued), w0.shape, p1.lower)
	x.add(62, bits(w0.glued, n1.glued), p1.shape, n1.shape)
	x.add(63, w0.doc, w0.shape, first)
	x.add(64, w0.doc, w0.coarse, w0.shape)
	x.add(65, w0.doc, w0.role, n1.shape)
	x.add(66, p1.fact, w0.shape, n1.shape)
	x.add(67, n1.fact, w0.shape, p1.shape)
}

// run adds the features of the run of name-like tokens that token i is in.
func (x *extractor) run(w0 *word, i int) {
	if !w0.upper && w0.to-w0.from < 2 {
		return
	}
	head, tail := x.at(w0.from), x.at(w0.to-1)
	before, after := x.at(w0.from-1), x.at(w0.to)
	place := uint32(min(i-w0.from, 3)<<2 | min(w0.to-1-i, 3))
	length := uint32(min(w0.to-w0.from, 7))
	x.add(70, tail.lower, place, 0)
	x.add(71, head.lower, place, 0)
	x.add(72, before.lower, place, 0)
	x.add(73, after.lower, place, 0)
	x.add(74, before.fine, place, 1)
	x.add(75, after.fine, place, 1)
	x.add(76, before.coarse, after.coarse, place)
	x.add(77, tail.fine, place, 0)
	x.add(78, head.fine, place, 0)
	x.add(79, length, place, w0.coarse)
	x.add(80, tail.coarse, head.coarse, place)
	x.add(81, before.role, place, length)
	x.add(82, after.role, place, length)
	x.add(83, head.fact, tail.fact, place)
	x.add(84, bits(head.given, tail.given, w0.given), place, length)
	x.add(85, tail.suf[2], place, length)
	x.add(86, before.lower, after.lower, length)
}

// tags adds the features of parts of speech, and of acronyms in brackets.
func (x *extractor) tags(w0, p1, n1, p2, n2 *word) {
	x.add(90, w0.tag, w0.shape, 0)
	x.add(91, p1.tag, w0.tag, w0.shape)
	x.add(92, w0.tag, n1.tag, w0.shape)
	x.add(93, p1.tag, w0.tag, n1.tag)
	x.add(94, p2.tag, p1.tag, w0.tag)
	x.add(95, w0.tag, n1.tag, n2.tag)
	x.add(96, w0.tag, w0.coarse, 0)
	x.add(97, w0.tag, w0.suf[2], 0)
	x.add(98, x.at(w0.from-1).tag, x.at(w0.to).tag, w0.shape)
	if w0.low != 0 {
		x.add(102, w0.low, w0.tag, 0)
		x.add(103, w0.low, p1.lower, 0)
		x.add(104, w0.low, w0.coarse, 0)
	}
	if w0.short|p1.short|n1.short != 0 {
		x.add(99, w0.short, w0.shape, p1.short<<4|n1.short)
		x.add(100, w0.short, w0.shape, p1.lower)
		x.add(101, w0.short, n1.short, n1.shape)
	}
}

// shapeOf returns the hash of the shape of form and form in lower case. Runs
// of one kind of letter count once, twice at most.
func shapeOf(form string) (uint32, string) {
	h := uint32(2166136261)
	last, n := byte(0), 0
	for _, r := range form {
		c := byte('.')
		switch {
		case r >= 'a' && r <= 'z':
			c = 'x'
		case r >= 'A' && r <= 'Z':
			c = 'X'
		case r >= '0' && r <= '9':
			c = '9'
		case r >= utf8.RuneSelf && unicode.IsUpper(r):
			c = 'X'
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			c = 'x'
		case r == '-' || r == '\'' || r == '&' || r == ',' || r == '(' || r == ')' || r == '"' || r == '@':
			c = byte(r)
		case r == '’':
			c = '\''
		case r == '“' || r == '”':
			c = '"'
		}
		if c == last {
			n++
			if n > 1 && (c != 'X' || n > 2) {
				continue
			}
			if c != 'X' {
				continue
			}
		} else {
			n = 1
		}
		last = c
		h = (h ^ uint32(c)) * 16777619
	}
	return h, strings.ToLower(form)
}

// hash returns the FNV-1a hash of s.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// isUpper reports whether s begins with a capital.
func isUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
