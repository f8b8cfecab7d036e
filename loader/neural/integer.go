package neural

import "fmt"

// Activations are quantised to 12 bits and a sign. With 8-bit weights the sum
// over maxInner products stays inside an int32, so sums are exact in any order
// and the vector and plain code agree to the bit.
const (
	activationLimit = 2047
	maxInner        = 4096 // 2047·127·4096 < 2^31
)

// Activations is a matrix of quantised rows. Rows are padded with zeros to an
// even length.
type Activations struct {
	Plain      bool // set from in plain Go, even where the machine has a faster way
	Rows, Cols int
	stride     int
	data       []int16
	scale      []float32 // one for each row
}

// Reset makes a a matrix of rows by cols, reusing its memory. What it holds is
// undefined until it is set.
func (a *Activations) Reset(rows, cols int) {
	a.Rows, a.Cols, a.stride = rows, cols, (cols+1)&^1
	if n := rows * a.stride; cap(a.data) < n {
		a.data = make([]int16, n, n+n/4)
	} else {
		a.data = a.data[:n]
	}
	a.scale = grow(a.scale, rows)
}

// Set quantises x, of a.Cols elements, into row i with a scale of its own.
func (a *Activations) Set(i int, x []float32) {
	top := magnitude(x, a.Plain)
	if top == 0 {
		clear(a.data[i*a.stride : (i+1)*a.stride])
		a.scale[i] = 0
		return
	}
	a.scale[i] = top / activationLimit
	a.put(i, x, activationLimit/top)
}

// SetUnit quantises x, whose elements lie in [-1, 1], into row i.
func (a *Activations) SetUnit(i int, x []float32) {
	a.scale[i] = 1.0 / activationLimit
	a.put(i, x, activationLimit)
}

func (a *Activations) put(i int, x []float32, factor float32) {
	row := a.data[i*a.stride : (i+1)*a.stride]
	done := 0
	if !a.Plain {
		done = roundRow(row, x, factor)
	}
	for j := done; j < len(x); j++ {
		row[j] = int16(nearest(x[j] * factor))
	}
	if len(x) < len(row) {
		row[len(x)] = 0
	}
}

// magnitude returns the greatest magnitude among x.
func magnitude(x []float32, plain bool) float32 {
	top, done := float32(0), 0
	if !plain {
		top, done = topBlocks(x)
	}
	for _, v := range x[done:] {
		top = max(top, v, -v)
	}
	return top
}

// nearest returns the nearest integer to x, of two the even one, for |x| < 2^22: that
// is what adding 1.5·2^23 leaves.
func nearest(x float32) float32 {
	const magic = 12582912
	return float32(float32(x)+magic) - magic
}

// Slice returns rows from up to, not including, to, sharing a's data.
func (a *Activations) Slice(from, to int) Activations {
	return Activations{a.Plain, to - from, a.Cols, a.stride, a.data[from*a.stride : to*a.stride], a.scale[from:to]}
}

// Weights is a matrix of 8-bit weights and a bias, ready to be multiplied. It
// is read-only and safe for concurrent use.
type Weights struct {
	Out, In int
	scale   []float32 // for each output
	bias    []float32 // for each output
	vector  []int16   // the layout of the vector code, or nil
	plain   []int64   // the layout of the plain code, or nil
}

// NewWeights returns the matrix r with bias, which may be nil for none. Plain
// asks for plain Go even where the machine has a faster way.
func NewWeights(r Rows, bias []float32, plain bool) (*Weights, error) {
	scale, bias, err := outputsOf(r, bias)
	if err != nil {
		return nil, err
	}
	w, padded := &Weights{Out: r.Rows, In: r.Cols, scale: scale, bias: bias}, len(scale)
	if !plain && hasVector {
		w.vector = vectorLayout(make([]int16, 2*padded*((r.Cols+1)/2)), r.Data, r.Rows, r.Cols, r.Cols, padded)
	} else {
		w.plain = plainLayout(make([]int64, padded/2*r.Cols), r.Data, r.Rows, r.Cols, r.Cols, padded)
	}
	return w, nil
}

// outputsOf returns the scales and biases of the outputs of r, with zeros up to whole
// panels. Bias may be nil.
func outputsOf(r Rows, bias []float32) (scales, biases []float32, err error) {
	if r.Cols > maxInner || bias != nil && len(bias) != r.Rows {
		return nil, nil, fmt.Errorf("weights of %d×%d with %d biases: %w", r.Rows, r.Cols, len(bias), ErrFormat)
	}
	padded := (r.Rows + colTile - 1) / colTile * colTile
	scales, biases = make([]float32, padded), make([]float32, padded)
	copy(scales, r.Scale)
	copy(biases, bias)
	return scales, biases, nil
}

// vectorLayout arranges rows of a stride in panels of 32 outputs, in the memory of v
// if that is enough: for each pair of inputs the two weights of output 0, of output 1,
// and so on. Outputs up to padded are zeros.
func vectorLayout[T int8 | int16](v []int16, data []T, rows, cols, stride, padded int) []int16 {
	pairs := (cols + 1) / 2
	v = grow(v, padded*2*pairs)
	if rows < padded || cols%2 == 1 {
		clear(v)
	}
	for out := range rows {
		row := data[out*stride:][:cols]
		panel := v[(out/colTile*colTile*pairs+out%colTile)*2:]
		for j := 0; j+1 < cols; j += 2 {
			at := j * colTile
			panel[at], panel[at+1] = int16(row[j]), int16(row[j+1])
		}
		if cols%2 == 1 {
			panel[(cols-1)*colTile] = int16(row[cols-1])
		}
	}
	return v
}

// plainLayout packs the weights of two outputs into one int64, low and high
// half, so that one multiplication serves both: a signed sum of products in the
// low half borrows from the high one, and is given back when they are parted.
// Groups of four such pairs lie together, input by input, in the memory of p if that
// is enough.
func plainLayout[T int8 | int16](p []int64, data []T, rows, cols, stride, padded int) []int64 {
	p = grow(p, padded/2*cols)
	clear(p)
	for out := range rows {
		group, lane := out/8, out%8
		for j, v := range data[out*stride:][:cols] {
			p[(group*cols+j)*4+lane/2] += int64(v) << (32 * (lane % 2))
		}
	}
	return p
}

// SetRows makes w the rows of a, without bias, reusing its memory: [Weights.Mul] then
// gives the products of other rows with them, as [Scores] does, but fast where there
// are many. Rows are at most 512 wide.
func (w *Weights) SetRows(a Activations) {
	if a.Cols > maxScored {
		panic(fmt.Sprintf("neural: rows of %d elements, at most %d", a.Cols, maxScored))
	}
	w.Out, w.In = a.Rows, a.Cols
	padded := (a.Rows + colTile - 1) / colTile * colTile
	w.scale, w.bias = grow(w.scale, padded), grow(w.bias, padded)
	clear(w.bias)
	clear(w.scale[copy(w.scale, a.scale):])
	if a.Plain || !hasVector {
		w.vector = nil
		w.plain = plainLayout(w.plain, a.data, a.Rows, a.Cols, a.stride, padded)
		return
	}
	w.plain = nil
	w.vector = vectorLayout(w.vector, a.data, a.Rows, a.Cols, a.stride, padded)
}

// Mul sets the rows of dst to a·w + bias, or adds that to them. It panics if
// the shapes do not fit, which is a mistake of the caller.
func (w *Weights) Mul(dst Matrix, a Activations, add bool) {
	if a.Cols != w.In || dst.Rows != a.Rows || dst.Cols != w.Out {
		panic(fmt.Sprintf("neural: weights %d×%d on %d×%d into %d×%d", w.Out, w.In, a.Rows, a.Cols, dst.Rows, dst.Cols))
	}
	if w.vector != nil {
		w.mulVector(dst, a, add)
		return
	}
	w.mulPlain(dst, a, add)
}

func (w *Weights) mulPlain(dst Matrix, a Activations, add bool) {
	var sums [8]int32
	for out := 0; out < w.Out; out += 8 {
		group := w.plain[out/2*w.In:][:4*w.In]
		n := min(8, w.Out-out)
		for i := range a.Rows {
			dot8(group, a.data[i*a.stride:][:w.In], &sums)
			finish(dst.Row(i)[out:out+n], sums[:n], w.scale[out:], w.bias[out:], a.scale[i], add)
		}
	}
}

// dot8 sums the products of an activation row with eight outputs. It takes four
// inputs a turn and no more sums at once than fit the registers.
func dot8[T int16 | uint8](w []int64, x []T, sums *[8]int32) {
	var a, b, c, d int64
	for len(x) >= 4 && len(w) >= 16 {
		p, q := (*[16]int64)(w), (*[4]T)(x)
		v, u := int64(q[0]), int64(q[1])
		a += v*p[0] + u*p[4]
		b += v*p[1] + u*p[5]
		c += v*p[2] + u*p[6]
		d += v*p[3] + u*p[7]
		v, u = int64(q[2]), int64(q[3])
		a += v*p[8] + u*p[12]
		b += v*p[9] + u*p[13]
		c += v*p[10] + u*p[14]
		d += v*p[11] + u*p[15]
		x, w = x[4:], w[16:]
	}
	for len(x) > 0 && len(w) >= 4 {
		v := int64(x[0])
		a, b, c, d = a+v*w[0], b+v*w[1], c+v*w[2], d+v*w[3]
		x, w = x[1:], w[4:]
	}
	for lane, s := range [4]int64{a, b, c, d} {
		low := int32(s)
		sums[2*lane], sums[2*lane+1] = low, int32((s-int64(low))>>32)
	}
}

// finish turns sums into floats: scales of the outputs and of the row, bias, and the sum
// so far.
func finish(dst []float32, sums []int32, scales, bias []float32, scale float32, add bool) {
	for j, s := range sums {
		v := float32(float32(s)*float32(scale*scales[j])) + bias[j]
		if add {
			v += dst[j]
		}
		dst[j] = v
	}
}

// Scores sets dst to the products of the rows of a with those of b. It panics
// if the shapes do not fit.
func Scores(dst Matrix, a, b Activations) {
	if a.Cols != b.Cols || a.Cols > maxScored || dst.Rows != a.Rows || dst.Cols != b.Rows {
		panic(fmt.Sprintf("neural: scores of %d×%d and %d×%d into %d×%d", a.Rows, a.Cols, b.Rows, b.Cols, dst.Rows, dst.Cols))
	}
	for i := range a.Rows {
		x := a.data[i*a.stride : (i+1)*a.stride]
		row := dst.Row(i)
		for j := range row {
			y := b.data[j*b.stride : (j+1)*b.stride]
			sum, done := int32(0), 0
			if !a.Plain {
				sum, done = dotBlocks(x, y)
			}
			sum += dotInt(x[done:], y[done:])
			row[j] = float32(sum) * float32(a.scale[i]*b.scale[j])
		}
	}
}

// maxScored bounds the width of Scores: 2047·2047·512 < 2^31.
const maxScored = 512

func dotInt(x, y []int16) int32 {
	var a, b int32
	y = y[:len(x)]
	for i := 0; i+1 < len(x); i += 2 {
		a += int32(x[i]) * int32(y[i])
		b += int32(x[i+1]) * int32(y[i+1])
	}
	return a + b
}

// AddDots adds to dst[k] the product of y with the k-th part of x, which has
// as many parts of len(y) elements as dst has elements.
func AddDots(dst, x, y []float32) {
	for k := range dst {
		part := x[k*len(y):][:len(y)]
		var a, b, c, d float32
		j := 0
		for ; j+4 <= len(y); j += 4 {
			a += float32(part[j] * y[j])
			b += float32(part[j+1] * y[j+1])
			c += float32(part[j+2] * y[j+2])
			d += float32(part[j+3] * y[j+3])
		}
		for ; j < len(y); j++ {
			a += float32(part[j] * y[j])
		}
		dst[k] += (a + b) + (c + d)
	}
}
