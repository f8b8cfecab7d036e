package neural

import "fmt"

// Bytes are activations quantised to 6 bits and a sign, kept as bytes from 1 to 127
// with byteZero for zero. So the sum of two products with 8-bit weights stays inside an
// int16, and with maxInner of them inside an int32: sums are exact in any order.
const (
	byteLimit = 63
	byteZero  = 64
)

// Bytes is a matrix of rows quantised to 7 bits, for models whose answers do not need
// the 13 of [Activations]: four products are made where those make two. Rows are padded
// to a multiple of four elements.
type Bytes struct {
	Plain      bool // set in plain Go, even where the machine has a faster way
	Rows, Cols int
	stride     int
	data       []uint8
	scale      []float32 // one for each row
}

// Reset makes b a matrix of rows by cols, reusing its memory. What it holds is
// undefined until it is set.
func (b *Bytes) Reset(rows, cols int) {
	b.Rows, b.Cols, b.stride = rows, cols, (cols+3)&^3
	b.data = grow(b.data, (rows+7)/8*8*b.stride) // vector code reads on to a whole tile
	b.scale = grow(b.scale, rows)
}

// Set quantises x, of b.Cols elements, into row i with a scale of its own.
func (b *Bytes) Set(i int, x []float32) {
	top := magnitude(x, b.Plain)
	row := b.data[i*b.stride : (i+1)*b.stride]
	factor := float32(0)
	if top > 0 {
		factor = byteLimit / top
	}
	b.scale[i] = top / byteLimit
	done := 0
	if !b.Plain {
		done = roundBytes(row, x, factor)
	}
	for j := done; j < len(x); j++ {
		row[j] = uint8(int16(nearest(x[j]*factor)) + byteZero)
	}
	for j := len(x); j < len(row); j++ {
		row[j] = byteZero
	}
}

// Narrow is a matrix of 8-bit weights and a bias, ready to be multiplied with [Bytes].
// It is read-only and safe for concurrent use.
type Narrow struct {
	Out, In int
	scale   []float32 // for each output
	bias    []float32 // for each output
	start   []int32   // for each output, what the sum is without byteZero in each element
	vector  []int8    // the layout of the vector code, or nil
	plain   []int64   // the layout of the plain code, or nil
}

// NewNarrow returns the matrix r with bias, which may be nil for none. Plain asks for
// plain Go even where the machine has a faster way.
func NewNarrow(r Rows, bias []float32, plain bool) (*Narrow, error) {
	scale, bias, err := outputsOf(r, bias)
	if err != nil {
		return nil, err
	}
	padded := len(scale)
	w := &Narrow{Out: r.Rows, In: r.Cols, scale: scale, bias: bias, start: make([]int32, padded)}
	for out := range r.Rows {
		for _, v := range r.Data[out*r.Cols:][:r.Cols] {
			w.start[out] -= byteZero * int32(v)
		}
	}
	if !plain && hasVector {
		w.vector = byteLayout(r, padded)
	} else {
		w.plain = plainLayout(make([]int64, padded/2*r.Cols), r.Data, r.Rows, r.Cols, r.Cols, padded)
	}
	return w, nil
}

// byteLayout arranges rows in panels of 32 outputs: for each four inputs the four weights
// of output 0, of output 1, and so on. Outputs up to padded are zeros.
func byteLayout(r Rows, padded int) []int8 {
	fours := (r.Cols + 3) / 4
	v := make([]int8, padded*4*fours)
	for out := range r.Rows {
		panel := v[(out/colTile*colTile*fours+out%colTile)*4:]
		for j, x := range r.Data[out*r.Cols:][:r.Cols] {
			panel[j/4*4*colTile+j%4] = x
		}
	}
	return v
}

// Mul sets the rows of dst to a·w + bias. It panics if the shapes do not fit, which is
// a mistake of the caller.
func (w *Narrow) Mul(dst Matrix, a Bytes) {
	if a.Cols != w.In || dst.Rows != a.Rows || dst.Cols != w.Out {
		panic(fmt.Sprintf("neural: weights %d×%d on %d×%d into %d×%d", w.Out, w.In, a.Rows, a.Cols, dst.Rows, dst.Cols))
	}
	if w.vector != nil {
		w.mulVector(dst, a)
		return
	}
	var sums [8]int32
	for out := 0; out < w.Out; out += 8 {
		group := w.plain[out/2*w.In:][:4*w.In]
		n := min(8, w.Out-out)
		for i := range a.Rows {
			dot8(group, a.data[i*a.stride:][:w.In], &sums)
			for j := range sums {
				sums[j] += w.start[out+j]
			}
			finish(dst.Row(i)[out:out+n], sums[:n], w.scale[out:], w.bias[out:], a.scale[i], false)
		}
	}
}
