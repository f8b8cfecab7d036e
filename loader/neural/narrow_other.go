//go:build !amd64

package neural

func (w *Narrow) mulVector(dst Matrix, a Bytes) { panic("neural: no vector code") }

func roundBytes(dst []uint8, x []float32, factor float32) int { return 0 }
