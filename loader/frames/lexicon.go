package frames

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"parley/graph"
)

//go:embed data/*.txt
var dataFiles embed.FS

// roleType is what may fill a role.
type roleType string

// role is one participant of a frame.
type role struct {
	name    string
	typ     roleType
	salient bool
	create  bool
}

// claimRule says which claim two roles of a frame make.
type claimRule struct {
	subject   string
	predicate graph.Predicate
	object    string // a role, or "" if literal is set
	literal   string
	through   string // role whose claim this one follows from
}

// source is one way to fill a role.
type source struct {
	fn       string
	prior    float64
	pair     bool
	fallback bool
	partial  bool // of a time: one without its year will do
}

// filling lists the ways to fill one role.
type filling struct {
	role    string
	sources []source
}

// block is a trigger with the ways to fill the frame's roles.
type block struct {
	frame    *frame
	class    string   // "verb", "noun", "event", "adj", "suffix"
	needs    []string // light verbs
	fillings []filling
	unless   map[string][]string
	only     map[string][]string
	without  []string
	denied   bool // matches only what the text denies, and asserts its claims
	active   bool // not in the passive
	failed   bool // and only if it is denied because somebody could not
	require  []string
	imply    []string // roles for which the trigger makes an event if the article has none
}

// frame is one kind of act.
type frame struct {
	name   string
	roles  []role
	claims []claimRule
}

func (f *frame) role(name string) (role, bool) {
	for _, r := range f.roles {
		if r.name == name {
			return r, true
		}
	}
	return role{}, false
}

// lexicon finds the blocks that a word triggers.
type lexicon struct {
	entries map[string][]entry // "sign.verb", "talks.event"
	forms   map[string]string  // "chaired.verb" to "chair", for words whose lemma is wrong
}

// entry is a word that triggers a block.
type entry struct {
	block *block
	with  string // dependent that the word needs: "part" in "take part", or ""
}

// lexiconOf reads the embedded frame files. They are checked by a test, so an
// error here means that the program was built from files that do not pass it.
var lexiconOf = sync.OnceValues(func() (*lexicon, error) {
	l := &lexicon{entries: map[string][]entry{}, forms: map[string]string{}}
	files, err := dataFiles.ReadDir("data")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.Name() == "README.txt" {
			continue
		}
		text, err := dataFiles.ReadFile("data/" + f.Name())
		if err != nil {
			return nil, err
		}
		if err := l.read(string(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
	}
	return l, nil
})

// reader is the state of reading one file.
type reader struct {
	lexicon *lexicon
	frame   *frame
	block   *block
}

// read adds the frames of text.
func (l *lexicon) read(text string) error {
	r := &reader{lexicon: l}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line, _, _ = strings.Cut(line, "#")
		if f := strings.Fields(line); len(f) > 0 {
			if err := r.line(f, strings.TrimSpace(line)); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		}
	}
	return nil
}

func (r *reader) line(f []string, line string) error {
	if f[0] == "frame" {
		if len(f) != 2 {
			return fmt.Errorf("want frame NAME, got %q", line)
		}
		r.frame, r.block = &frame{name: f[1]}, nil
		return nil
	}
	if r.frame == nil {
		return fmt.Errorf("%q stands before the first frame", line)
	}
	if len(f) > 1 && f[1] == "=" && r.block != nil {
		return r.filling(line) // a role may be called "event"
	}
	switch f[0] {
	case "role":
		return r.role(f, line)
	case "claim":
		return r.claim(line)
	case "verb", "noun", "event", "adj", "suffix":
		r.trigger(f)
		return nil
	}
	if r.block == nil {
		return fmt.Errorf("%q stands before the first trigger", line)
	}
	switch {
	case f[0] == "unless" && len(f) == 3:
		r.block.unless[f[1]] = strings.Split(f[2], "|")
		return nil
	case f[0] == "only" && len(f) == 3:
		r.block.only[f[1]] = strings.Split(f[2], "|")
		return nil
	case f[0] == "when" && len(f) == 2 && f[1] == "active":
		r.block.active = true
		return nil
	case f[0] == "when" && len(f) == 2 && (f[1] == "denied" || f[1] == "failed"):
		r.block.denied, r.block.failed = true, f[1] == "failed"
		return nil
	case f[0] == "without":
		r.block.without = append(r.block.without, f[1:]...)
		return nil
	case f[0] == "imply" && len(f) == 2:
		r.block.imply = append(r.block.imply, f[1])
		return nil
	case f[0] == "require":
		r.block.require = append(r.block.require, f[1:]...)
		return nil
	}
	return r.filling(line)
}

func (r *reader) role(f []string, line string) error {
	if len(f) < 3 {
		return fmt.Errorf("want role NAME TYPE, got %q", line)
	}
	types := []string{"actor", "person", "body", "talks", "agreement", "proposal", "event", "deal", "any", "place", "date", "text", "thing", "target"}
	if !slices.Contains(types, f[2]) {
		return fmt.Errorf("role %s has unknown type %q", f[1], f[2])
	}
	r.frame.roles = append(r.frame.roles, role{name: f[1], typ: roleType(f[2]),
		salient: slices.Contains(f[3:], "salient"), create: slices.Contains(f[3:], "create")})
	return nil
}

func (r *reader) claim(line string) error {
	rest, literal, quoted := strings.Cut(line, `"`)
	f := strings.Fields(rest)
	c := claimRule{}
	switch {
	case quoted && len(f) == 3:
		c = claimRule{subject: f[1], predicate: graph.Predicate(f[2]), literal: strings.TrimRight(literal, `"`)}
	case len(f) == 4:
		c = claimRule{subject: f[1], predicate: graph.Predicate(f[2]), object: f[3]}
	case len(f) == 6 && f[4] == "through":
		c = claimRule{subject: f[1], predicate: graph.Predicate(f[2]), object: f[3], through: f[5]}
	default:
		return fmt.Errorf("want claim SUBJECT PREDICATE OBJECT, got %q", line)
	}
	if _, ok := c.predicate.Info(); !ok {
		return fmt.Errorf("unknown predicate %q", c.predicate)
	}
	for _, name := range []string{c.subject, c.object, c.through} {
		if _, ok := r.frame.role(name); name != "" && !ok {
			return fmt.Errorf("claim names role %q, which frame %s has not", name, r.frame.name)
		}
	}
	r.frame.claims = append(r.frame.claims, c)
	return nil
}

func (r *reader) trigger(f []string) {
	words := f[1:]
	b := &block{frame: r.frame, class: f[0], unless: map[string][]string{}, only: map[string][]string{}}
	if i := slices.Index(words, "with"); i >= 0 {
		b.needs = words[i+1:]
		words = words[:i]
	}
	for _, w := range words {
		lemma, with, _ := strings.Cut(w, "+")
		key := lemma + "." + f[0]
		r.lexicon.inflect(lemma, f[0])
		r.lexicon.entries[key] = append(r.lexicon.entries[key], entry{block: b, with: with})
	}
	r.block = b
}

// inflect notes the regular forms of lemma.
func (l *lexicon) inflect(lemma, class string) {
	var forms []string
	switch {
	case class == "verb" && strings.HasSuffix(lemma, "e"):
		forms = []string{lemma + "d", lemma[:len(lemma)-1] + "ing", lemma + "s"}
	case class == "verb" && lemma != "":
		last := lemma[len(lemma)-1:]
		forms = []string{lemma + "ed", lemma + "ing", lemma + "s", lemma + last + "ed", lemma + last + "ing"}
	case class == "noun" && strings.HasSuffix(lemma, "man"):
		forms = []string{lemma[:len(lemma)-2] + "en"}
	case class == "noun":
		forms = []string{lemma + "s"}
	}
	for _, f := range forms {
		if _, ok := l.forms[f+"."+class]; !ok {
			l.forms[f+"."+class] = lemma
		}
	}
}

func (r *reader) filling(line string) error {
	name, rest, ok := strings.Cut(line, "=")
	name = strings.TrimSpace(name)
	if _, known := r.frame.role(name); !ok || !known {
		return fmt.Errorf("frame %s has no role for %q", r.frame.name, line)
	}
	fl := filling{role: name}
	for part := range strings.SplitSeq(rest, "|") {
		if err := fl.add(strings.TrimSpace(part)); err != nil {
			return err
		}
	}
	r.block.fillings = append(r.block.fillings, fl)
	return nil
}

// add appends the ways that fn says: one, or for "under [eye watch] of" one for
// each word in the brackets.
func (fl *filling) add(fn string) error {
	before, rest, several := strings.Cut(fn, "[")
	if words, after, ok := strings.Cut(rest, "]"); several && ok {
		for word := range strings.FieldsSeq(words) {
			if err := fl.add(before + word + after); err != nil {
				return err
			}
		}
		return nil
	}
	s := source{prior: 0.9}
	if strings.HasSuffix(fn, "!") {
		fn, s.fallback = strings.TrimSuffix(fn, "!"), true
	}
	if f, p, ok := strings.Cut(fn, "@"); ok {
		v, err := strconv.ParseFloat(p, 64)
		if err != nil || v < 0 || v > 1 {
			return fmt.Errorf("%q is no probability", p)
		}
		fn, s.prior = f, v
	}
	s.fn, s.pair = strings.CutSuffix(fn, ".pair")
	fl.sources = append(fl.sources, s)
	return nil
}
