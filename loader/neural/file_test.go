package neural_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/loader/neural"
)

func sampleMatrix() neural.Matrix {
	m := neural.NewMatrix(3, 5)
	r := rand.New(rand.NewPCG(1, 1))
	for i := range m.Data[5:] { // the first row stays zero
		m.Data[5+i] = r.Float32() - 0.5
	}
	return m
}

func sampleFile(t testing.TB) []byte {
	t.Helper()
	m := sampleMatrix()
	f := neural.NewFile()
	f.SetText("config", `{"a":1}`)
	f.SetWords("words", []string{"talks", "accord"})
	f.SetFloats("bias", []float32{1, -2.5})
	f.SetRows("matrix", neural.Quantise(m, 127))
	f.SetRows("coarse", neural.Quantise(m, 31))
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFile(t *testing.T) {
	data := sampleFile(t)
	if !bytes.Equal(data, sampleFile(t)) {
		t.Error("the same sections give other bytes")
	}
	f, err := neural.ReadFile(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Text("config"); got != `{"a":1}` {
		t.Errorf("text is %q", got)
	}
	if diff := cmp.Diff([]string{"talks", "accord"}, f.Words("words")); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
	if v, err := f.Floats("bias", 2); err != nil || !slices.Equal(v, []float32{1, -2.5}) {
		t.Errorf("vector is %v, %v", v, err)
	}
	if _, err := f.Floats("bias", 3); !errors.Is(err, neural.ErrFormat) {
		t.Errorf("a vector of the wrong length gives %v, want ErrFormat", err)
	}
	for name, limit := range map[string]int{"matrix": 127, "coarse": 31} {
		got, err := f.Rows(name, 3, 5)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(neural.Quantise(sampleMatrix(), limit), got); diff != "" {
			t.Errorf("matrix %q (-want +got):\n%s", name, diff)
		}
	}
	if _, err := f.Rows("absent", 3, 5); !errors.Is(err, neural.ErrFormat) {
		t.Errorf("an absent matrix gives %v, want ErrFormat", err)
	}
}

func TestReadFileChecks(t *testing.T) {
	data := sampleFile(t)
	for i := range data {
		bad := slices.Clone(data)
		bad[i] ^= 0x10
		if _, err := neural.ReadFile(bytes.NewReader(bad)); !errors.Is(err, neural.ErrFormat) {
			t.Errorf("byte %d changed: ReadFile gives %v, want ErrFormat", i, err)
		}
		if _, err := neural.ReadFile(bytes.NewReader(data[:i])); !errors.Is(err, neural.ErrFormat) {
			t.Errorf("cut at byte %d: ReadFile gives %v, want ErrFormat", i, err)
		}
	}
}
