package syntax

import "fmt"

// Config is the shape of the network. It is kept in the weights file.
type Config struct {
	Word    int `json:"word"`    // width of the trained word vectors
	Known   int `json:"known"`   // width of the ready-made word vectors
	Char    int `json:"char"`    // width of the vectors of character sequences
	Shape   int `json:"shape"`   // width of the vectors of word shapes
	Buckets int `json:"buckets"` // rows of the vectors of character sequences
	Hidden  int `json:"hidden"`  // units of each direction of each LSTM layer
	Layers  int `json:"layers"`  // LSTM layers, at least 2; tags are read off the first
	Tag     int `json:"tag"`     // width of the tag vectors that feed the second layer
	Arc     int `json:"arc"`     // width of the vectors that heads are chosen by
	Label   int `json:"label"`   // width of the vectors that relations are chosen by
}

// Valid reports the first field of c that is out of range.
func (c Config) Valid() error {
	for _, f := range []struct {
		name       string
		value      int
		least, top int
	}{
		{"word", c.Word, 1, 1024}, {"known", c.Known, 1, 1024}, {"char", c.Char, 1, 1024},
		{"shape", c.Shape, 1, 1024}, {"buckets", c.Buckets, 1, 1 << 20}, {"hidden", c.Hidden, 1, 1024},
		{"layers", c.Layers, 2, 8}, {"tag", c.Tag, 1, 1024}, {"arc", c.Arc, 1, 512}, {"label", c.Label, 1, 1024},
	} {
		if f.value < f.least || f.value > f.top {
			return fmt.Errorf("syntax: config.%s is %d, want %d to %d", f.name, f.value, f.least, f.top)
		}
	}
	return nil
}

// Input is the width of the first layer's input.
func (c Config) Input() int { return c.Word + c.Known + c.Char + c.Shape }

// LayerInput is the width of the input of LSTM layer i.
func (c Config) LayerInput(i int) int {
	switch i {
	case 0:
		return c.Input()
	case 1:
		return 2*c.Hidden + c.Tag
	}
	return 2 * c.Hidden
}
