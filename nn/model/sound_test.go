package model

import (
	"math"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
)

// TestWeightsThatAreNone opens and loads files with a weight that is not a number, at the first, a
// middle and the last place of a tensor.
func TestWeightsThatAreNone(t *testing.T) {
	m := Tutorial()
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	m.Moments = []float32{1, 2, 3}
	file := func() *checkpoint.File {
		f, err := m.File()
		if err != nil {
			t.Fatal(err)
		}
		b, err := f.Encode(checkpoint.F32)
		if err != nil {
			t.Fatal(err)
		}
		if f, err = checkpoint.Decode(b); err != nil {
			t.Fatal(err)
		}
		return f
	}
	if _, err := Open(file()); err != nil {
		t.Fatal(err)
	}
	all := []float64{math.NaN(), math.Inf(1), math.Inf(-1)}
	if testing.Short() { // each is a file of 4 MB
		all = all[:1]
	}
	for i, x := range file().Tensors {
		for _, at := range []int{0, len(x.Data) / 2, len(x.Data) - 1} {
			for _, bad := range all {
				f := file()
				f.Tensors[i].Data[at] = float32(bad)
				if _, err := Open(f); err == nil || !strings.Contains(err.Error(), x.Name+" is damaged: number ") {
					t.Errorf("%s with %v: %v", x.Name, bad, err)
				}
				if err := m.Load(f); (err == nil) != (x.Name == moments) {
					t.Errorf("%s with %v is loaded: %v", x.Name, bad, err)
				}
			}
		}
	}
	f := file()
	f.Tensors[0].Type = "I8"
	if _, err := Open(f); err == nil || !strings.Contains(err.Error(), f.Tensors[0].Name+" is of whole numbers (I8)") {
		t.Errorf("whole numbers: %v", err)
	}
	f = file()
	f.Tensors = append(f.Tensors, checkpoint.Tensor{Name: "steps", Type: "I64", Data: []float32{1}})
	if _, err := Open(f); err != nil {
		t.Errorf("a counter beside the weights: %v", err)
	}
}
