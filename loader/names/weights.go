package names

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// The weights file, gzip compressed: the magic below, the number of labels and
// of rows (uint32, little endian), the transitions (float32, by first label),
// then for each row, sorted, the difference of its fingerprint to the one before
// (uvarint), then one byte for each row that gives its scale, then the rows'
// weights (int8), label by label.
const weightsMagic = "parley-names-1\n"

//go:embed names.bin
var weightsFile []byte

// ErrWeights is wrapped by errors about a weights file that is not one.
var ErrWeights = errors.New("names: not a weights file")

// scaleCode returns the code of the scale at or above s, for one byte.
func scaleCode(s float32) byte {
	c := math.Ceil(16 * (math.Log2(float64(s)) + 14))
	return byte(min(max(c, 0), 255))
}

// scaleOf returns the scale of a code.
func scaleOf(c byte) float32 { return float32(math.Exp2(float64(c)/16 - 14)) }

// write returns the weights file of m, whose prints are sorted.
func (m *model) write() []byte {
	raw := []byte(weightsMagic)
	raw = binary.LittleEndian.AppendUint32(raw, uint32(labels))
	raw = binary.LittleEndian.AppendUint32(raw, uint32(len(m.prints)))
	for a := range labels {
		for b := range labels {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(m.trans[a][b]))
		}
	}
	last := uint32(0)
	for _, p := range m.prints {
		raw = binary.AppendUvarint(raw, uint64(p-last))
		last = p
	}
	for _, s := range m.scales {
		raw = append(raw, scaleCode(s*0.999))
	}
	for k := range labels {
		for r := range m.prints {
			raw = append(raw, byte(m.rows[r*labels+k]))
		}
	}
	return compress(raw)
}

// readModel reads a weights file.
func readModel(file []byte) (*model, error) {
	zr, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrWeights, err)
	}
	raw, err := io.ReadAll(io.LimitReader(zr, 1<<28))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrWeights, err)
	}
	head := len(weightsMagic) + 8 + 4*labels*labels
	if len(raw) < head || string(raw[:len(weightsMagic)]) != weightsMagic {
		return nil, fmt.Errorf("%w: no %q at the start", ErrWeights, weightsMagic)
	}
	raw = raw[len(weightsMagic):]
	if n := binary.LittleEndian.Uint32(raw); int(n) != labels {
		return nil, fmt.Errorf("%w: %d labels, want %d", ErrWeights, n, labels)
	}
	rows := int(binary.LittleEndian.Uint32(raw[4:]))
	raw = raw[8:]
	m := &model{steps: newSteps()}
	for a := range labels {
		for b := range labels {
			m.trans[a][b] = math.Float32frombits(binary.LittleEndian.Uint32(raw))
			m.weigh[a][b] = math.Exp(float64(m.trans[a][b]))
			raw = raw[4:]
		}
	}
	if rows > len(raw) {
		return nil, fmt.Errorf("%w: %d rows in %d bytes", ErrWeights, rows, len(raw))
	}
	return m, m.fill(raw, rows)
}

// fill reads the rows of m from raw.
func (m *model) fill(raw []byte, rows int) error {
	m.table = newTable(rows)
	last := uint32(0)
	for r := range rows {
		d, n := binary.Uvarint(raw)
		if n <= 0 {
			return fmt.Errorf("%w: row %d is cut off", ErrWeights, r)
		}
		raw = raw[n:]
		last += uint32(d)
		m.table.put(last, r)
	}
	if len(raw) != rows*(1+labels) {
		return fmt.Errorf("%w: %d bytes for %d rows", ErrWeights, len(raw), rows)
	}
	m.scales = make([]float32, rows)
	for r := range rows {
		m.scales[r] = scaleOf(raw[r])
	}
	raw = raw[rows:]
	m.rows = make([]int8, rows*labels)
	for k := range labels {
		for r := range rows {
			m.rows[r*labels+k] = int8(raw[k*rows+r])
		}
	}
	return nil
}
