package neural

// Cell is one step of an LSTM for one row: gates holds the sums of the input,
// forget, candidate and output gates one after the other, and is overwritten
// with their values. The new cell, its tanh and the output are written to cell,
// squashed and out; prior is the cell before. Cell and prior may be the same.
func Cell(gates, prior, cell, squashed, out []float32) {
	cellFrom(cellBlocks(gates, prior, cell, squashed, out), gates, prior, cell, squashed, out)
}

// CellPlain is Cell in plain Go; the two give the same bits.
func CellPlain(gates, prior, cell, squashed, out []float32) {
	cellFrom(0, gates, prior, cell, squashed, out)
}

// cellFrom does the units from the given one on.
func cellFrom(from int, gates, prior, cell, squashed, out []float32) {
	h := len(out)
	in, forget, cand, open := gates[:h], gates[h:2*h], gates[2*h:3*h], gates[3*h:4*h]
	prior, cell, squashed = prior[:h], cell[:h], squashed[:h]
	for j := from; j < h; j++ {
		i, f, g, o := Sigmoid(in[j]), Sigmoid(forget[j]), Tanh(cand[j]), Sigmoid(open[j])
		in[j], forget[j], cand[j], open[j] = i, f, g, o
		c := float32(f*prior[j]) + float32(i*g)
		t := Tanh(c)
		cell[j], squashed[j], out[j] = c, t, float32(o*t)
	}
}
