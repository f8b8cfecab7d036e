package syntax

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"parley/loader/neural"
)

// network is the weights of the tagger and parser, read-only. Each LSTM layer
// has a forward and a backward direction; tags are read off the first layer, and
// their mean vector joins the input of the second; heads and relations are read
// off the last (Dozat and Manning, 2017).
type network struct {
	cfg       Config
	tags      []tagPair
	relations []string
	root      int // the relation that the root's word has, and no other

	word, known, char, shape neural.Rows

	layers          [][2]direction
	tag             *neural.Weights
	tagEmbed        []float32 // one row for each tag
	arcDep, arcHead *neural.Narrow
	arcPair         *neural.Weights // its bias is how well a word suits as a head
	arcRoot         []float32
	labDep, labHead *neural.Narrow
	labPair         *neural.Weights
	labFromDep      *neural.Weights
	labFromHead     *neural.Weights // its bias is that of the relation
	labRoot         []float32
	vocabulary      *Vocabulary
}

// tagPair is one output of the tagger.
type tagPair struct{ upos, xpos string }

// direction is one direction of an LSTM layer. The gates lie in the order
// input, forget, candidate, output.
type direction struct {
	in  *neural.Narrow
	rec *neural.Weights
}

// newNetwork reads the network out of file. Plain asks for plain Go arithmetic.
func newNetwork(file *neural.File, plain bool) (*network, error) {
	n := &network{}
	if err := json.Unmarshal([]byte(file.Text("config")), &n.cfg); err != nil {
		return nil, fmt.Errorf("config: %w", neural.ErrFormat)
	}
	if err := n.cfg.Valid(); err != nil {
		return nil, err
	}
	for _, tag := range file.Words("tags") {
		upos, xpos, _ := strings.Cut(tag, "|")
		n.tags = append(n.tags, tagPair{upos, xpos})
	}
	n.relations = file.Words("relations")
	words, known := file.Words("words"), file.Words("known.words")
	n.vocabulary = NewVocabulary(words, known, n.cfg.Buckets)
	c, r := n.cfg, &neural.Tables{File: file, Plain: plain}
	n.word = r.Rows("word", len(words)+1, c.Word)
	n.known = r.Rows("known", len(known)+1, c.Known)
	n.char = r.Rows("char", c.Buckets, c.Char)
	n.shape = r.Rows("shape", Shapes, c.Shape)
	for i := range c.Layers {
		var pair [2]direction
		for d, side := range []string{"f", "b"} {
			name := fmt.Sprintf("lstm%d.%s.", i, side)
			pair[d].in = r.Narrow(name+"in", name+"bias", 4*c.Hidden, c.LayerInput(i))
			pair[d].rec = r.Weights(name+"rec", "", 4*c.Hidden, c.Hidden)
		}
		n.layers = append(n.layers, pair)
	}
	n.tag = r.Linear("tag", len(n.tags), 2*c.Hidden)
	n.tagEmbed = r.Floats("tag.embed", len(n.tags)*c.Tag)
	n.arcDep = r.NarrowLinear("arc.dep", c.Arc, 2*c.Hidden)
	n.arcHead = r.NarrowLinear("arc.head", c.Arc, 2*c.Hidden)
	n.arcPair = r.Weights("arc.pair", "arc.fit", c.Arc, c.Arc)
	n.arcRoot = r.Floats("arc.root", c.Arc)
	n.labDep = r.NarrowLinear("label.dep", c.Label, 2*c.Hidden)
	n.labHead = r.NarrowLinear("label.head", c.Label, 2*c.Hidden)
	n.labPair = r.Weights("label.pair", "", len(n.relations)*c.Label, c.Label)
	n.labFromDep = r.Weights("label.fromdep", "", len(n.relations), c.Label)
	n.labFromHead = r.Weights("label.fromhead", "label.bias", len(n.relations), c.Label)
	n.labRoot = r.Floats("label.root", c.Label)
	n.root = slices.Index(n.relations, rootRelation)
	if len(n.tags) == 0 || n.root < 0 || len(n.relations) < 2 {
		return nil, fmt.Errorf("%d tags, %d relations: %w", len(n.tags), len(n.relations), neural.ErrFormat)
	}
	return n, r.Err
}
