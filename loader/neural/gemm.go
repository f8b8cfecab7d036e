package neural

import "fmt"

const (
	rowTile = 4  // rows of a packed panel of the left matrix
	colTile = 32 // columns of a packed panel of the right matrix
)

// Matrix is a dense row-major matrix of float32, or a window into one.
type Matrix struct {
	Rows, Cols int
	Stride     int // distance between the starts of two rows, in elements
	Data       []float32
}

// NewMatrix returns a zero matrix.
func NewMatrix(rows, cols int) Matrix {
	return Matrix{rows, cols, cols, make([]float32, rows*cols)}
}

// View returns data as a matrix of rows by cols without copying.
func View(data []float32, rows, cols int) Matrix {
	return Matrix{rows, cols, cols, data[: rows*cols : rows*cols]}
}

// Slice returns rows from up to, not including, to, sharing m's data.
func (m Matrix) Slice(from, to int) Matrix {
	return Matrix{to - from, m.Cols, m.Stride, m.Data[from*m.Stride:]}
}

// Columns returns columns from up to, not including, to, sharing m's data.
func (m Matrix) Columns(from, to int) Matrix {
	return Matrix{m.Rows, to - from, m.Stride, m.Data[from:]}
}

// Row returns row i, sharing m's data.
func (m Matrix) Row(i int) []float32 {
	return m.Data[i*m.Stride : i*m.Stride+m.Cols : i*m.Stride+m.Cols]
}

// Packed is a right-hand matrix laid out for MulPacked: panels of 32 columns,
// each panel row by row, the last panel padded with zeros.
type Packed struct {
	inner, cols int
	data        []float32
}

// Scratch holds the buffers of products; one serves one goroutine.
type Scratch struct {
	left  []float32
	right Packed
	tile  [2 * rowTile * colTile]float32
}

// Pack lays out b, or its transpose, in p, reusing p's memory.
func (p *Packed) Pack(b Matrix, transpose bool) {
	k, n := b.Rows, b.Cols
	if transpose {
		k, n = n, k
	}
	p.inner, p.cols = k, n
	panels := (n + colTile - 1) / colTile
	p.data = grow(p.data, panels*k*colTile)
	for j := range panels {
		dst := p.data[j*k*colTile : (j+1)*k*colTile]
		width := min(colTile, n-j*colTile)
		if width < colTile {
			clear(dst)
		}
		if transpose {
			packColumns(dst, b, j*colTile, width)
			continue
		}
		for i := range k {
			copy(dst[i*colTile:i*colTile+width], b.Data[i*b.Stride+j*colTile:])
		}
	}
}

// packColumns writes rows from..from+width of b as the columns of a panel.
func packColumns(dst []float32, b Matrix, from, width int) {
	for c := range width {
		for i, v := range b.Row(from + c) {
			dst[i*colTile+c] = v
		}
	}
}

// packLeft lays out a, or its transpose, in panels of four rows, padded with zeros.
func packLeft(dst []float32, a Matrix, transpose bool, m, k int) {
	for i := 0; i < m; i += rowTile {
		panel := dst[i*k : (i+rowTile)*k]
		height := min(rowTile, m-i)
		switch {
		case height < rowTile:
			clear(panel)
			for r := range height {
				for c := range k {
					if transpose {
						panel[c*rowTile+r] = a.Data[c*a.Stride+i+r]
					} else {
						panel[c*rowTile+r] = a.Data[(i+r)*a.Stride+c]
					}
				}
			}
		case transpose:
			for c := range k {
				*(*[rowTile]float32)(panel[c*rowTile:]) = *(*[rowTile]float32)(a.Data[c*a.Stride+i:])
			}
		default:
			r0, r1, r2, r3 := a.Row(i), a.Row(i+1), a.Row(i+2), a.Row(i+3)
			for c := range k {
				q := (*[rowTile]float32)(panel[c*rowTile:])
				q[0], q[1], q[2], q[3] = r0[c], r1[c], r2[c], r3[c]
			}
		}
	}
}

// Gemm sets c to a·b, or adds a·b to it; a or b may be read as its transpose.
// It panics if the shapes do not fit, which is a mistake of the caller.
func Gemm(c, a Matrix, transA bool, b Matrix, transB, add bool, s *Scratch) {
	s.right.Pack(b, transB)
	MulPacked(c, a, transA, &s.right, add, s)
}

// MulPacked is Gemm with a right-hand matrix that was packed before.
func MulPacked(c, a Matrix, transA bool, b *Packed, add bool, s *Scratch) {
	m, k := a.Rows, a.Cols
	if transA {
		m, k = k, m
	}
	if k != b.inner || m != c.Rows || b.cols != c.Cols {
		panic(fmt.Sprintf("neural: product of %d×%d and %d×%d into %d×%d", m, k, b.inner, b.cols, c.Rows, c.Cols))
	}
	if m == 0 || b.cols == 0 {
		return
	}
	if k == 0 {
		if !add {
			for i := range c.Rows {
				clear(c.Row(i))
			}
		}
		return
	}
	padded := (m + rowTile - 1) / rowTile * rowTile
	s.left = grow(s.left, padded*k)
	packLeft(s.left, a, transA, m, k)
	for j := 0; j < b.cols; j += colTile {
		panel := b.data[j*k:]
		for i := 0; i < m; {
			height := rowTile
			if wideTile && i+rowTile < m {
				height = 2 * rowTile
			}
			left := s.left[i*k:]
			if i+height <= m && j+colTile <= b.cols {
				tile(height, k, left, panel, c.Data[i*c.Stride+j:], c.Stride, add)
			} else {
				tile(height, k, left, panel, s.tile[:], colTile, false)
				spill(c, i, j, min(height, m-i), min(colTile, b.cols-j), s.tile[:], add)
			}
			i += height
		}
	}
}

// spill copies or adds the part of a tile that lies inside c.
func spill(c Matrix, i, j, height, width int, tile []float32, add bool) {
	for r := range height {
		dst := c.Data[(i+r)*c.Stride+j:][:width]
		src := tile[r*colTile:][:width]
		if !add {
			copy(dst, src)
			continue
		}
		for x, v := range src {
			dst[x] += v
		}
	}
}

// tileGo is the plain twin of the vector tiles.
func tileGo(height, k int, left, right, c []float32, stride int, add bool) {
	for p := 0; p < height; p += rowTile {
		a := left[p*k : (p+rowTile)*k]
		for r := range rowTile {
			var sum [colTile]float32
			for x := range k {
				v := a[x*rowTile+r]
				for y, w := range right[x*colTile : x*colTile+colTile] {
					sum[y] += v * w
				}
			}
			dst := c[(p+r)*stride:][:colTile]
			if !add {
				clear(dst)
			}
			for y, v := range sum {
				dst[y] += v
			}
		}
	}
}

// grow returns a slice of n elements, reusing s if it is large enough.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
