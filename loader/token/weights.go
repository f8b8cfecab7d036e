package token

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"
)

// The weights file, gzip compressed: the magic below, then four little-endian
// float32 (scale and the three thresholds), then one int8 for each weight.
const magic = "parley-sentences-1\n"

//go:embed sentences.bin
var weightsFile []byte

// ErrWeights is wrapped by errors about a weights file that is not one.
var ErrWeights = errors.New("token: not a sentence weights file")

// embedded returns the splitter of the embedded weights.
var embedded = sync.OnceValue(func() *splitter {
	s, err := readSplitter(weightsFile)
	if err != nil {
		panic(err) // the embedded file is part of the build, a test reads it
	}
	return s
})

// readSplitter reads a weights file.
func readSplitter(file []byte) (*splitter, error) {
	zr, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrWeights, err)
	}
	raw, err := io.ReadAll(io.LimitReader(zr, 1<<24))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrWeights, err)
	}
	s := new(splitter)
	if len(raw) != len(magic)+16+len(s.weights) || string(raw[:len(magic)]) != magic {
		return nil, ErrWeights
	}
	raw = raw[len(magic):]
	for i, p := range []*float32{&s.scale, &s.loose, &s.strict, &s.headline} {
		*p = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	for i, b := range raw[16:] {
		s.weights[i] = float32(int8(b))
	}
	return s, nil
}

// write returns the weights file of s, whose weights are whole numbers in int8's range.
func (s *splitter) write() []byte {
	raw := []byte(magic)
	for _, f := range []float32{s.scale, s.loose, s.strict, s.headline} {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(f))
	}
	for _, w := range s.weights {
		raw = append(raw, byte(int8(w)))
	}
	var b bytes.Buffer
	zw, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = zw.Write(raw)
	}
	if err == nil {
		err = zw.Close()
	}
	if err != nil {
		panic(err) // a bytes.Buffer does not fail
	}
	return b.Bytes()
}
