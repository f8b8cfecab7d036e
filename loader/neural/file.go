package neural

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"strings"
)

// A weights file is a header of 24 bytes and a body compressed by deflate:
//
//	8 bytes   magic "parleyNN"
//	uint32    version
//	uint32    CRC-32 (IEEE) of the compressed body
//	uint64    length of the body, uncompressed
//
// The body is a count of sections; each section is its name, its kind and its
// content. Numbers are little endian, strings are a uint32 length and the bytes.
// A table of quantised rows is rows, columns, a float32 scale for each row and
// an int8 for each element; the value of an element is int8 · scale.
const (
	fileMagic   = "parleyNN"
	fileVersion = 1
	maxBody     = 1 << 28 // bytes; no model of ours comes near
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
	var body bytes.Buffer
	putUint(&body, len(f.order))
	for _, name := range f.order {
		putString(&body, name)
		f.putSection(&body, name)
	}
	var packed bytes.Buffer
	deflate, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		return 0, err
	}
	if _, err := deflate.Write(body.Bytes()); err != nil {
		return 0, err
	}
	if err := deflate.Close(); err != nil {
		return 0, err
	}
	head := binary.LittleEndian.AppendUint32([]byte(fileMagic), fileVersion)
	head = binary.LittleEndian.AppendUint32(head, crc32.ChecksumIEEE(packed.Bytes()))
	head = binary.LittleEndian.AppendUint64(head, uint64(body.Len()))
	n, err := w.Write(append(head, packed.Bytes()...))
	return int64(n), err
}

func (f *File) putSection(b *bytes.Buffer, name string) {
	if text, ok := f.text[name]; ok {
		putUint(b, int(kindText))
		putString(b, text)
	} else if words, ok := f.words[name]; ok {
		putUint(b, int(kindWords))
		putString(b, strings.Join(words, "\n"))
	} else if v, ok := f.floats[name]; ok {
		putUint(b, int(kindFloats))
		putUint(b, len(v))
		putFloats(b, v)
	} else {
		r := f.rows[name]
		putUint(b, int(kindRows))
		putUint(b, r.Rows)
		putUint(b, r.Cols)
		putFloats(b, r.Scale)
		for _, v := range r.Data {
			b.WriteByte(byte(v))
		}
	}
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
	head := make([]byte, 24)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, fmt.Errorf("header: %w", ErrFormat)
	}
	size := binary.LittleEndian.Uint64(head[16:])
	if string(head[:8]) != fileMagic || binary.LittleEndian.Uint32(head[8:]) != fileVersion || size > maxBody {
		return nil, fmt.Errorf("header: %w", ErrFormat)
	}
	sum := crc32.NewIEEE()
	inflate := flate.NewReader(bufio.NewReaderSize(io.TeeReader(r, sum), 1<<16))
	body := make([]byte, size)
	if _, err := io.ReadFull(inflate, body); err != nil {
		return nil, fmt.Errorf("body: %w", ErrFormat)
	}
	if n, err := inflate.Read(make([]byte, 1)); n != 0 || err != io.EOF || sum.Sum32() != binary.LittleEndian.Uint32(head[12:]) {
		return nil, fmt.Errorf("checksum: %w", ErrFormat)
	}
	f := NewFile()
	d := decoder{rest: body}
	for range d.uint() {
		d.section(f)
		if d.failed {
			break
		}
	}
	if d.failed || len(d.rest) != 0 {
		return nil, fmt.Errorf("sections: %w", ErrFormat)
	}
	return f, nil
}

// decoder walks over the body; after a read past the end, failed stays true.
type decoder struct {
	rest   []byte
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
		r.Scale = d.floats(r.Rows)
		b := d.take(r.Rows * r.Cols)
		r.Data = make([]int8, len(b))
		for i, v := range b {
			r.Data[i] = int8(v)
		}
		f.SetRows(name, r)
	default:
		d.failed = true
	}
}
