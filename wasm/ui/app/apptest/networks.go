package apptest

import (
	"fmt"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Classifier returns the file of a network with random weights for pictures of a shape [h,w,c] and
// the given number of classes.
func Classifier(t testing.TB, in task.Shape, classes []string, layers ...layer.Layer) []byte {
	t.Helper()
	m, err := model.New(in, layers...)
	if err != nil {
		t.Fatal(err)
	}
	m.Classes = classes
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	return File32(t, m)
}

// Dense returns the layers of a network of n classes without convolutions.
func Dense(n int) []layer.Layer {
	return []layer.Layer{layer.Flatten{}, layer.Dense{Units: n, Activation: "softmax"}}
}

// Classes are n names of classes.
func Classes(n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprint("class ", i))
	}
	return all
}
