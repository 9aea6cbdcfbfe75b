package model_test

import (
	"testing"

	"tenfold/nn/model"
)

// TestNetworks: each network of the table has its own name, the number of parameters that
// is stated.
func TestNetworks(t *testing.T) {
	params := map[string]int{"tutorial": 1_084_234, "tenfold": 992_362, "slim": 243_178, "resnet20": 274_442}
	for _, n := range model.Networks {
		m := n.New()
		if err := m.Init(1); err != nil {
			t.Fatal(n.Name, err)
		}
		want, ok := params[n.Name]
		if !ok {
			t.Errorf("%s: no number of parameters in this test, or named twice", n.Name)
		}
		delete(params, n.Name)
		if got := m.Describe().Params; got != want {
			t.Errorf("%s has %d parameters, want %d", n.Name, got, want)
		}
	}
}
