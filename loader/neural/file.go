package neural

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
	"strings"
)

// A weights file is a header of 32 bytes, a compressed part and a packed part:
//
//	8 bytes   magic "parleyNN"
//	uint32    version
//	uint32    CRC-32 (IEEE) of all that follows the header
//	uint64    length of the first part, compressed
//	uint64    length of the first part, uncompressed
//
// The first part, compressed by deflate, is a count of sections; each section is
// its name, its kind and its content. Numbers are little endian, strings are a
// uint32 length and the bytes. A table of quantised rows is rows, columns, bits
// of an element, and a float32 scale for each row; the value of an element is
// its integer · scale. The integers of all tables make the second part, in the
// order of their sections, since deflate gains little on them and takes long:
// bytes if they have 8 bits, and if they have 6, four in three bytes, each with
// 32 added, low bits first.
const (
	fileMagic   = "parleyNN"
	fileVersion = 2
	headerBytes = 32
	maxBody     = 1 << 28 // bytes of either part; no model of ours comes near
)

const (
	kindText uint32 = iota + 1
	kindWords
	kindFloats
	kindRows
)

// ErrFormat says that a file is not a weights file, is damaged, or was written
// by another version.
var ErrFormat = errors.New("neural: not a weights file of this version")

// Rows is a matrix of which each row is kept as int8 with a scale of its own.
type Rows struct {
	Rows, Cols int
	Scale      []float32 // one for each row
	Data       []int8    // row after row
}

// Quantise returns m with each row rounded to the range -limit..limit, limit at most 127.
func Quantise(m Matrix, limit int) Rows {
	r := Rows{m.Rows, m.Cols, make([]float32, m.Rows), make([]int8, m.Rows*m.Cols)}
	for i := range m.Rows {
		var top float64
		for _, v := range m.Row(i) {
			top = max(top, math.Abs(float64(v)))
		}
		if top == 0 {
			continue
		}
		r.Scale[i] = float32(top / float64(limit))
		for j, v := range m.Row(i) {
			r.Data[i*m.Cols+j] = int8(math.RoundToEven(float64(v) / top * float64(limit)))
		}
	}
	return r
}

// Dequantise writes row i to dst.
func (r *Rows) Dequantise(i int, dst []float32) {
	scale := r.Scale[i]
	for j, v := range r.Data[i*r.Cols : (i+1)*r.Cols] {
		dst[j] = scale * float32(v)
	}
}

// File is the named sections of a weights file.
type File struct {
	order  []string
	text   map[string]string
	words  map[string][]string
	floats map[string][]float32
	rows   map[string]Rows
}

// NewFile returns an empty file.
func NewFile() *File {
	return &File{
		text: map[string]string{}, words: map[string][]string{},
		floats: map[string][]float32{}, rows: map[string]Rows{},
	}
}

// SetText adds a section of text. A name is used once in a file.
func (f *File) SetText(name, text string) {
	f.order = append(f.order, name)
	f.text[name] = text
}

// SetWords adds a list of strings, none of which holds a line feed.
func (f *File) SetWords(name string, words []string) {
	f.order = append(f.order, name)
	f.words[name] = words
}

// SetFloats adds a vector that is kept as it is.
func (f *File) SetFloats(name string, v []float32) {
	f.order = append(f.order, name)
	f.floats[name] = v
}

// SetRows adds a quantised matrix.
func (f *File) SetRows(name string, r Rows) {
	f.order = append(f.order, name)
	f.rows[name] = r
}

// Text returns the named text, or "" if there is none.
func (f *File) Text(name string) string { return f.text[name] }

// Words returns the named list, or nil if there is none.
func (f *File) Words(name string) []string { return f.words[name] }

// Floats returns the named vector if it has n elements, and [ErrFormat] if not.
func (f *File) Floats(name string, n int) ([]float32, error) {
	v, ok := f.floats[name]
	if !ok || len(v) != n {
		return nil, fmt.Errorf("vector %q of %d, want %d: %w", name, len(v), n, ErrFormat)
	}
	return v, nil
}

// Rows returns the named matrix if it is rows by cols, and [ErrFormat] if not.
func (f *File) Rows(name string, rows, cols int) (Rows, error) {
	r, ok := f.rows[name]
	if !ok || r.Rows != rows || r.Cols != cols {
		return Rows{}, fmt.Errorf("matrix %q of %d×%d, want %d×%d: %w", name, r.Rows, r.Cols, rows, cols, ErrFormat)
	}
	return r, nil
}

// WriteTo writes f; the same sections in the same order give the same bytes.
func (f *File) WriteTo(w io.Writer) (int64, error) {
	var first, second bytes.Buffer
	putUint(&first, len(f.order))
	for _, name := range f.order {
		putString(&first, name)
		f.putSection(&first, &second, name)
	}
	var packed bytes.Buffer
	deflate, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		return 0, err
	}
	if _, err := deflate.Write(first.Bytes()); err != nil {
		return 0, err
	}
	if err := deflate.Close(); err != nil {
		return 0, err
	}
	compressed := packed.Len()
	packed.Write(second.Bytes())
	head := binary.LittleEndian.AppendUint32([]byte(fileMagic), fileVersion)
	head = binary.LittleEndian.AppendUint32(head, crc32.ChecksumIEEE(packed.Bytes()))
	head = binary.LittleEndian.AppendUint64(head, uint64(compressed))
	head = binary.LittleEndian.AppendUint64(head, uint64(first.Len()))
	n, err := w.Write(append(head, packed.Bytes()...))
	return int64(n), err
}

// putSection writes a section to first, but the integers of a table to second.
func (f *File) putSection(first, second *bytes.Buffer, name string) {
	if text, ok := f.text[name]; ok {
		putUint(first, int(kindText))
		putString(first, text)
	} else if words, ok := f.words[name]; ok {
		putUint(first, int(kindWords))
		putString(first, strings.Join(words, "\n"))
	} else if v, ok := f.floats[name]; ok {
		putUint(first, int(kindFloats))
		putUint(first, len(v))
		putFloats(first, v)
	} else {
		r := f.rows[name]
		bits := bitsOf(r.Data)
		putUint(first, int(kindRows))
		putUint(first, r.Rows)
		putUint(first, r.Cols)
		putUint(first, bits)
		putFloats(first, r.Scale)
		second.Write(packIntegers(r.Data, bits))
	}
}

// bitsOf returns how many bits the integers of a table are written with.
func bitsOf(data []int8) int {
	for _, v := range data {
		if v < -32 || v > 31 {
			return 8
		}
	}
	return 6
}

// packedLength is the number of bytes of n integers, or -1 for bits not known.
func packedLength(n, bits int) int {
	switch bits {
	case 8:
		return n
	case 6:
		return (n + 3) / 4 * 3
	}
	return -1
}

func packIntegers(data []int8, bits int) []byte {
	out := make([]byte, 0, packedLength(len(data), bits))
	if bits == 8 {
		for _, v := range data {
			out = append(out, byte(v))
		}
		return out
	}
	for four := range slices.Chunk(data, 4) {
		var x uint32
		for i, v := range four {
			x |= uint32(v+32) << (6 * i)
		}
		out = append(out, byte(x), byte(x>>8), byte(x>>16))
	}
	return out
}

// unpackIntegers reads n integers from b, which has their packedLength.
func unpackIntegers(b []byte, n, bits int) []int8 {
	out := make([]int8, n, n+3)
	if bits == 8 {
		for i, v := range b {
			out[i] = int8(v)
		}
		return out
	}
	out = out[:n+3]
	for i := 0; i < len(b); i += 3 {
		three := (*[3]byte)(b[i:])
		x := uint32(three[0]) | uint32(three[1])<<8 | uint32(three[2])<<16
		four := (*[4]int8)(out[i/3*4:])
		four[0], four[1], four[2], four[3] = int8(x&63)-32, int8(x>>6&63)-32, int8(x>>12&63)-32, int8(x>>18)-32
	}
	return out[:n:n]
}

func putUint(b *bytes.Buffer, n int) {
	b.Write(binary.LittleEndian.AppendUint32(nil, uint32(n)))
}

func putString(b *bytes.Buffer, s string) {
	putUint(b, len(s))
	b.WriteString(s)
}

func putFloats(b *bytes.Buffer, v []float32) {
	for _, x := range v {
		putUint(b, int(math.Float32bits(x)))
	}
}

// ReadFile reads a weights file. The error is [ErrFormat] if the magic, the
// version, the checksum or a length is not as it must be.
func ReadFile(r io.Reader) (*File, error) {
	data, err := io.ReadAll(io.LimitReader(r, 2*maxBody))
	if err != nil {
		return nil, err
	}
	return DecodeFile(data)
}

// DecodeFile is ReadFile for a file in memory. It keeps nothing of data.
func DecodeFile(data []byte) (*File, error) {
	if len(data) < headerBytes {
		return nil, fmt.Errorf("header: %w", ErrFormat)
	}
	head, body := data[:headerBytes], data[headerBytes:]
	compressed, size := binary.LittleEndian.Uint64(head[16:]), binary.LittleEndian.Uint64(head[24:])
	if string(head[:8]) != fileMagic || binary.LittleEndian.Uint32(head[8:]) != fileVersion || size > maxBody {
		return nil, fmt.Errorf("header: %w", ErrFormat)
	}
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(head[12:]) || compressed > uint64(len(body)) {
		return nil, fmt.Errorf("checksum: %w", ErrFormat)
	}
	inflate := flate.NewReader(bytes.NewReader(body[:compressed]))
	first := make([]byte, size)
	if _, err := io.ReadFull(inflate, first); err != nil {
		return nil, fmt.Errorf("first part: %w", ErrFormat)
	}
	f := NewFile()
	d := decoder{rest: first, packed: body[compressed:]}
	for range d.uint() {
		d.section(f)
		if d.failed {
			break
		}
	}
	if d.failed || len(d.rest) != 0 || len(d.packed) != 0 {
		return nil, fmt.Errorf("sections: %w", ErrFormat)
	}
	return f, nil
}

// decoder walks over both parts; after a read past the end, failed stays true.
type decoder struct {
	rest   []byte // of the first part
	packed []byte // what is left of the second
	failed bool
}

func (d *decoder) take(n int) []byte {
	if d.failed || n < 0 || n > len(d.rest) {
		d.failed = true
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) uint() int {
	if b := d.take(4); b != nil {
		return int(binary.LittleEndian.Uint32(b))
	}
	return 0
}

func (d *decoder) string() string { return string(d.take(d.uint())) }

func (d *decoder) floats(n int) []float32 {
	b := d.take(4 * n)
	v := make([]float32, len(b)/4)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return v
}

func (d *decoder) section(f *File) {
	name := d.string()
	switch uint32(d.uint()) {
	case kindText:
		f.SetText(name, d.string())
	case kindWords:
		f.SetWords(name, strings.Split(d.string(), "\n"))
	case kindFloats:
		f.SetFloats(name, d.floats(d.uint()))
	case kindRows:
		r := Rows{Rows: d.uint(), Cols: d.uint()}
		bits := d.uint()
		r.Scale = d.floats(r.Rows)
		n := packedLength(r.Rows*r.Cols, bits)
		if d.failed || r.Cols > maxBody || n < 0 || n > len(d.packed) {
			d.failed = true
			return
		}
		r.Data = unpackIntegers(d.packed[:n], r.Rows*r.Cols, bits)
		d.packed = d.packed[n:]
		f.SetRows(name, r)
	default:
		d.failed = true
	}
}
