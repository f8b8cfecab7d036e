//go:build !amd64

package neural

const hasVector = false

func (w *Weights) mulVector(dst Matrix, a Activations, add bool) { w.mulPlain(dst, a, add) }

func roundRow(dst []int16, x []float32, factor float32) int { return 0 }

func dotBlocks(x, y []int16) (int32, int) { return 0, 0 }

func topBlocks(x []float32) (float32, int) { return 0, 0 }
