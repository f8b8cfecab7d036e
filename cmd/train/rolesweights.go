package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"unicode"

	"parley/loader/neural"
)

// runRolesWeights turns the parameters of a fine-tuned transformer, as written by
// roles.py, into the file that loader/roles embeds: matrices in 8 bits, and of the
// pieces only those in Latin letters.
//
//	roles-weights -vocabulary vocab.txt -out loader/roles/english.weights roles.safetensors
func runRolesWeights(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("roles-weights", flag.ContinueOnError)
	flags.SetOutput(stderr)
	vocabulary := flags.String("vocabulary", "", "file with one piece a line")
	out := flags.String("out", "", "the file to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 || *vocabulary == "" || *out == "" {
		return errors.New("want -vocabulary, -out and one file of parameters")
	}
	p, err := readTensors(flags.Arg(0))
	if err != nil {
		return fmt.Errorf("%s: %w", flags.Arg(0), err)
	}
	text, err := os.ReadFile(*vocabulary)
	if err != nil {
		return err
	}
	f, err := rolesFile(p, strings.Split(strings.TrimSuffix(string(text), "\n"), "\n"))
	if err != nil {
		return fmt.Errorf("%s: %w", flags.Arg(0), err)
	}
	w, err := os.Create(*out)
	if err != nil {
		return err
	}
	defer w.Close()
	n, err := f.WriteTo(w)
	fmt.Fprintf(stderr, "%s: %d bytes\n", *out, n)
	return errors.Join(err, w.Close())
}

// tensors are named matrices; a vector is a matrix of one row.
type tensors map[string]neural.Matrix

// take returns the named matrix, turned if asked for, and removes it.
func (t tensors) take(name string, turn bool) (neural.Matrix, error) {
	m, ok := t[name]
	if !ok {
		return m, fmt.Errorf("no parameter %q", name)
	}
	delete(t, name)
	if !turn {
		return m, nil
	}
	r := neural.NewMatrix(m.Cols, m.Rows)
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			r.Row(j)[i] = v
		}
	}
	return r, nil
}

// rolesFile returns the weights file of parameters p whose rows of "word" are those
// of pieces.
func rolesFile(p tensors, pieces []string) (*neural.File, error) {
	f := neural.NewFile()
	var failed error
	matrix := func(name string, turn bool) neural.Matrix {
		m, err := p.take(name, turn)
		if err != nil && failed == nil {
			failed = err
		}
		return m
	}
	word, position := matrix("word", false), matrix("pos", false)
	if failed != nil {
		return nil, failed
	}
	if word.Rows != len(pieces) {
		return nil, fmt.Errorf("%d rows for %d pieces", word.Rows, len(pieces))
	}
	layers := 0
	for _, ok := p["0.qkv"]; ok; _, ok = p[fmt.Sprintf("%d.qkv", layers)] {
		layers++
	}
	if layers == 0 {
		return nil, errors.New("no layer")
	}
	shape, err := json.Marshal(map[string]int{"layers": layers, "hidden": word.Cols, "heads": 12, "inner": p["0.f"].Cols, "positions": min(position.Rows, rolesPositions)})
	if err != nil {
		return nil, err
	}
	f.SetText("shape", string(shape))
	kept, rows := latinPieces(pieces), []string(nil)
	table := neural.NewMatrix(len(kept), word.Cols)
	for i, k := range kept {
		rows = append(rows, pieces[k])
		copy(table.Row(i), word.Row(k))
	}
	const limit = 127
	f.SetWords("pieces", rows)
	f.SetRows("word", neural.Quantise(table, limit))
	f.SetRows("position", neural.Quantise(position.Slice(0, min(position.Rows, rolesPositions)), limit))
	norms := func(name, gain, bias string) {
		f.SetFloats(name+".gain", matrix(gain, false).Data)
		f.SetFloats(name+".norm", matrix(bias, false).Data)
	}
	linear := func(name, weight, bias string) {
		f.SetRows(name+".weight", neural.Quantise(matrix(weight, true), limit))
		f.SetFloats(name+".bias", matrix(bias, false).Data)
	}
	norms("first", "eg", "eb")
	for i := range layers {
		to, from := fmt.Sprintf("layer%d.", i), fmt.Sprintf("%d.", i)
		linear(to+"attend", from+"qkv", from+"qkvb")
		linear(to+"mix", from+"o", from+"ob")
		norms(to+"mid", from+"g1", from+"b1")
		linear(to+"up", from+"f", from+"fb")
		linear(to+"down", from+"d", from+"db")
		norms(to+"after", from+"g2", from+"b2")
	}
	linear("hidden", "h", "hb")
	f.SetWords("functions", rolesFunctions)
	f.SetRows("function", neural.Quantise(matrix("hf", false), limit))
	linear("roles", "r", "rb")
	linked(f, matrix)
	return f, failed
}

// linked sets what links are read with: what is added of a mention and what is
// multiplied are one matrix.
func linked(f *neural.File, matrix func(name string, turn bool) neural.Matrix) {
	linear := func(name string, weight neural.Matrix, bias []float32) {
		f.SetRows(name+".weight", neural.Quantise(weight, 127))
		f.SetFloats(name+".bias", append(bias, make([]float32, weight.Rows-len(bias))...))
	}
	both := func(add, product string) neural.Matrix {
		a, p := matrix(add, true), matrix(product, true)
		return neural.View(append(a.Data, p.Data...), a.Rows+p.Rows, a.Cols)
	}
	linear("link.a", both("la", "ma"), matrix("lb", false).Data)
	linear("link.b", both("lo", "mo"), nil)
	linear("link.between", matrix("lm", true), nil)
	linear("links", matrix("k", true), matrix("kb", false).Data)
	f.SetRows("link.far", neural.Quantise(matrix("ld", false), 127))
}

// rolesPositions is how many positions are kept: a run is shorter.
const rolesPositions = 104

// rolesFunctions are the functions that the model tells apart, in the order of roles.py.
var rolesFunctions = strings.Fields(`subject object recipient possessor modifier prefix noun complement apposition unmarked
	of in at to for with between by from on under over as through after before among against near outside off into aboard
	across until about without inside during`)

// latinPieces returns the indices of the pieces that English news needs.
func latinPieces(pieces []string) []int {
	var out []int
	for i, p := range pieces {
		if strings.HasPrefix(p, "[unused") || p == "[MASK]" {
			continue
		}
		if strings.IndexFunc(p, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }) < 0 {
			out = append(out, i)
		}
	}
	return out
}

// readTensors reads a file of float32 tensors in the safetensors format: the length of
// a JSON header (uint64, little endian), the header, the data.
func readTensors(path string) (tensors, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(data) < 8 || binary.LittleEndian.Uint64(data) > uint64(len(data)-8) {
		return nil, errors.New("not a safetensors file")
	}
	n := binary.LittleEndian.Uint64(data)
	var header map[string]struct {
		Type    string `json:"dtype"`
		Shape   []int  `json:"shape"`
		Offsets [2]int `json:"data_offsets"`
	}
	if err := json.Unmarshal(data[8:8+n], &header); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	body := data[8+n:]
	out := tensors{}
	for name, h := range header {
		if name == "__metadata__" {
			continue
		}
		rows, cols := 1, 1
		if len(h.Shape) > 0 {
			cols = h.Shape[len(h.Shape)-1]
		}
		if len(h.Shape) == 2 {
			rows = h.Shape[0]
		}
		from, to := h.Offsets[0], h.Offsets[1]
		if h.Type != "F32" || len(h.Shape) > 2 || from < 0 || to > len(body) || to-from != 4*rows*cols {
			return nil, fmt.Errorf("tensor %q is %s of %v in %d bytes", name, h.Type, h.Shape, to-from)
		}
		m := neural.NewMatrix(rows, cols)
		for i := range m.Data {
			m.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(body[from+4*i:]))
		}
		out[name] = m
	}
	return out, nil
}
