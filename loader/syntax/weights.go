package syntax

import (
	_ "embed"
	"sync"
)

//go:embed english.weights
var weights []byte

var embedded = sync.OnceValues(func() (*Parser, error) { return decode(weights, false) })

// New returns the parser with the weights that are part of the program. They
// are unpacked on the first call; every call returns the same parser.
func New() (*Parser, error) { return embedded() }

// NewPlain is New for a parser that uses plain Go arithmetic even where the
// machine has faster instructions. It is there to be compared with: its trees
// are the same. Every call unpacks the weights.
func NewPlain() (*Parser, error) { return decode(weights, true) }
