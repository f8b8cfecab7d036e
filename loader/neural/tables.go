package neural

// Tables takes sections out of a file for a model and keeps the first error, so that a
// model is built without asking after each of them.
type Tables struct {
	File  *File
	Plain bool  // weights are multiplied in plain Go, even where the machine has a faster way
	Err   error // of the first section that is missing or has another size
}

// Rows returns the named matrix of rows by cols.
func (t *Tables) Rows(name string, rows, cols int) Rows {
	r, err := t.File.Rows(name, rows, cols)
	t.keep(err)
	return r
}

// Floats returns the named vector of n elements.
func (t *Tables) Floats(name string, n int) []float32 {
	v, err := t.File.Floats(name, n)
	t.keep(err)
	return v
}

// Weights returns the named matrix of out by in with its bias, or without one if bias
// is "". It is nil after an error.
func (t *Tables) Weights(name, bias string, out, in int) *Weights {
	table := t.Rows(name, out, in)
	var b []float32
	if bias != "" {
		b = t.Floats(bias, out)
	}
	if t.Err != nil {
		return nil
	}
	w, err := NewWeights(table, b, t.Plain)
	t.keep(err)
	return w
}

// Linear is Weights for the sections NAME.weight and NAME.bias.
func (t *Tables) Linear(name string, out, in int) *Weights {
	return t.Weights(name+".weight", name+".bias", out, in)
}

// Narrow is Weights for a matrix that is multiplied with [Bytes].
func (t *Tables) Narrow(name, bias string, out, in int) *Narrow {
	table := t.Rows(name, out, in)
	var b []float32
	if bias != "" {
		b = t.Floats(bias, out)
	}
	if t.Err != nil {
		return nil
	}
	w, err := NewNarrow(table, b, t.Plain)
	t.keep(err)
	return w
}

// NarrowLinear is Narrow for the sections NAME.weight and NAME.bias.
func (t *Tables) NarrowLinear(name string, out, in int) *Narrow {
	return t.Narrow(name+".weight", name+".bias", out, in)
}

func (t *Tables) keep(err error) {
	if t.Err == nil {
		t.Err = err
	}
}
