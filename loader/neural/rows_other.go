//go:build !amd64

package neural

import "math"

func greatestBlocks(x []float32) (float32, int) { return float32(math.Inf(-1)), 0 }

func powerBlocks(x []float32, top, scale float32, sums *lanes) int { return 0 }

func sumBlocks(x []float32, sums *lanes) int { return 0 }

func centreBlocks(x []float32, mean float32, squares *lanes) int { return 0 }

func stretchBlocks(x, gain, bias []float32, scale float32) int { return 0 }
