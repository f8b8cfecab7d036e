// Package loader turns articles into claims: it runs the language stages over an
// article one after the other, and loads many articles into a [Sink].
//
// An [Extractor] reads one article; [Load] reads many at once and hands on what
// they say in the order of the articles, so that any number of workers gives the
// same graph. Both are safe for concurrent use and deterministic. The package
// knows nothing of how a graph is stored.
package loader

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"parley/config"
	"parley/graph"
	"parley/loader/coref"
	"parley/loader/dates"
	"parley/loader/frames"
	"parley/loader/names"
	"parley/loader/roles"
	"parley/loader/sentence"
	"parley/loader/syntax"
	"parley/loader/token"
)

// ErrLanguage is what an article in another language than English gives.
var ErrLanguage = errors.New("loader: the text is not English")

// Extractor reads what articles say.
type Extractor struct {
	config config.Loader
	parser *syntax.Parser
	tagger *names.Tagger
}

// New returns an Extractor with the settings c. The error is that of c.Valid, or
// of models that cannot be read. The models are read once for all Extractors.
func New(c config.Loader) (*Extractor, error) {
	if err := c.Valid(); err != nil {
		return nil, err
	}
	p, err := syntax.New()
	if err != nil {
		return nil, fmt.Errorf("loader: %w", err)
	}
	t, err := names.New()
	if err != nil {
		return nil, fmt.Errorf("loader: %w", err)
	}
	return &Extractor{config: c, parser: p, tagger: t}, nil
}

// Extract returns everything that a says, its claims in the order of the text.
// Claims below the least confidence of the settings are left out. An article
// that states nothing has no claims and no error.
//
// The error is [ErrLanguage] if a is not in English, ctx's error if ctx or the
// time-out of the settings ends first, and otherwise tells of a fault in a or in
// a stage. It does not name the article.
func (x *Extractor) Extract(ctx context.Context, a graph.Article) (graph.Extraction, error) {
	var out graph.Extraction
	err := x.guard(ctx, func(ctx context.Context) error {
		doc, err := x.analyse(ctx, &a)
		if err != nil {
			return err
		}
		if out, err = claims(ctx, doc); err != nil {
			return err
		}
		return x.finish(&out, doc)
	})
	if err != nil {
		return graph.Extraction{}, err
	}
	return out, nil
}

// guard runs f within the time-out, and turns a panic of a stage into an error,
// so that one article cannot end a load.
func (x *Extractor) guard(ctx context.Context, f func(context.Context) error) (err error) {
	if x.config.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, x.config.Timeout)
		defer cancel()
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal fault at %s: %v", origin(), r)
		}
	}()
	return f(ctx)
}

// origin returns the place in this module where the panic under way began.
func origin() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "parley/") {
			return fmt.Sprintf("%s, line %d", strings.TrimPrefix(f.Function, "parley/"), f.Line)
		}
		if !more {
			return "an unknown place"
		}
	}
}

// analyse runs the stages that find who and what the words of a stand for.
func (x *Extractor) analyse(ctx context.Context, a *graph.Article) (*coref.Doc, error) {
	if err := a.Valid(); err != nil {
		return nil, err
	}
	if err := inEnglish(a); err != nil {
		return nil, err
	}
	return x.words(ctx, a)
}

// Analyse hands use what the words of a, which must be English, stand for. It is
// for texts that are no articles, such as questions. The error is that of use,
// ctx's if ctx or the time-out of the settings ends first, and otherwise tells of
// a fault in a or in a stage.
func (x *Extractor) Analyse(ctx context.Context, a graph.Article, use func(context.Context, *coref.Doc) error) error {
	return x.guard(ctx, func(ctx context.Context) error {
		if err := a.Valid(); err != nil {
			return err
		}
		d, err := x.words(ctx, &a)
		if err != nil {
			return err
		}
		return use(ctx, d)
	})
}

// words cuts a into sentences and finds what their words stand for.
func (x *Extractor) words(ctx context.Context, a *graph.Article) (*coref.Doc, error) {
	ss := sentences(a)
	if err := x.parser.Parse(ctx, ss); err != nil {
		return nil, err
	}
	if err := x.tagger.Tag(ctx, a.Text, ss); err != nil {
		return nil, err
	}
	return coref.Resolve(a, ss), nil
}

// inEnglish reports whether a is in English, and notes it in a.
func inEnglish(a *graph.Article) error {
	if a.Language != "" && a.Language != "en" {
		return fmt.Errorf("%w: the article is marked %q", ErrLanguage, a.Language)
	}
	if ok, lang := token.IsEnglish(prose(a)); !ok {
		return fmt.Errorf("%w: it reads as %q", ErrLanguage, cmp.Or(lang, "unknown"))
	}
	a.Language = "en"
	return nil
}

// prose returns the text of a without its imprint.
func prose(a *graph.Article) string {
	var b strings.Builder
	for _, block := range a.Blocks {
		if block.Kind != graph.Imprint {
			b.WriteString(a.Text[block.Start:block.End])
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// sentences cuts the prose of a into sentences whose Block counts in a.Blocks.
func sentences(a *graph.Article) []sentence.Sentence {
	var blocks []token.Block
	var numbers []int
	for i, b := range a.Blocks {
		if b.Kind != graph.Imprint {
			blocks = append(blocks, token.Block{Start: b.Start, End: b.End, Headline: b.Kind == graph.Headline})
			numbers = append(numbers, i)
		}
	}
	ss := token.Split(a.Text, blocks)
	for i := range ss {
		ss[i].Block = numbers[ss[i].Block]
	}
	return ss
}

// claims runs the stages that read claims off an analysed article.
func claims(ctx context.Context, d *coref.Doc) (graph.Extraction, error) {
	if err := ctx.Err(); err != nil {
		return graph.Extraction{}, err
	}
	reader, err := roles.New() // unpacked on first use: questions do without
	if err != nil {
		return graph.Extraction{}, fmt.Errorf("loader: %w", err)
	}
	return frames.Claims(ctx, d, dates.Find(d.Sentences, d.Article.Text, d.Article.Published), reader)
}

// finish adds what the imprint says, leaves out what is not sure enough, and
// checks the whole.
func (x *Extractor) finish(out *graph.Extraction, d *coref.Doc) error {
	out.Article = *d.Article
	addImprint(out, d.Sentences)
	drop(out, x.config.MinConfidence)
	slices.SortFunc(out.Things, func(a, b graph.Thing) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(out.Claims, func(a, b graph.Claim) int { return cmp.Compare(a.Evidence.Start, b.Evidence.Start) })
	return out.Valid()
}

// drop leaves out the claims below least, those that follow from them, and the
// things that no claim names any more.
func drop(out *graph.Extraction, least float64) {
	gone := map[graph.ID]bool{}
	for again := true; again; {
		n := len(out.Claims)
		out.Claims = slices.DeleteFunc(out.Claims, func(c graph.Claim) bool {
			if c.Confidence < least || gone[c.Via] {
				gone[c.ID] = true
				return true
			}
			return false
		})
		again = len(out.Claims) < n
	}
	named := map[graph.ID]bool{}
	for i := range out.Claims {
		c := &out.Claims[i]
		named[c.Subject], named[c.Object.ID] = true, true
		for _, id := range c.AttributedTo {
			named[id] = true
		}
	}
	out.Things = slices.DeleteFunc(out.Things, func(t graph.Thing) bool { return !named[t.ID] })
}
