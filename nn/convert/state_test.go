package convert

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/hdf5"
	"tenfold/nn/model"
)

// trained returns an HDF5 file of a network with what an optimiser remembers, named
// and ordered as in names; those without numbers are scalars.
func trained(t *testing.T, net *model.Network, class string, names []string, values map[string][]float32, shapes map[string][]int) []byte {
	t.Helper()
	b, err := saveHDF5(net, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := hdf5.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	f.Root.SetString("training_config", fmt.Sprintf(`{"loss": "categorical_crossentropy", "optimizer_config": {"class_name": %q, "config": {}}}`, class))
	g := f.Root.Group("optimizer_weights")
	g.SetStrings("weight_names", names)
	for _, name := range names {
		x, ok := values[name]
		if !ok {
			x = []float32{7}
		}
		g.Put(name, shapes[name], x)
	}
	if b, err = hdf5.Write(f.Root); err != nil {
		t.Fatal(err)
	}
	return b
}

// TestStates takes the state of optimisers along, under the names that versions of Keras give it.
func TestStates(t *testing.T) {
	net := empty(t) // with batch normalisation, whose moving statistics no optimiser knows
	rng := rand.New(rand.NewPCG(5, 5))
	for name, c := range map[string]struct {
		class, first string
		slots        [2]string // the name's beginning and end of each
		call         func(path, slot string) string
		blocks       bool // one slot of all weights, and then the next
		want         string
	}{
		"Keras 3":        {"Adam", "adam/iteration", [2]string{"momentum", "velocity"}, func(p, s string) string { return "adam/toy3_" + strings.ReplaceAll(p, "/", "_") + "_" + s }, false, "adam m v"},
		"Keras 3 Adamax": {"Custom>Adamax", "adamax/iteration", [2]string{"momentum", "norm"}, func(p, s string) string { return "adamax/" + strings.ReplaceAll(p, "/", "_") + "_" + s }, false, "adamax m u"},
		"Keras 2.15":     {"AdamW", "iteration:0", [2]string{"m", "v"}, func(p, s string) string { return "AdamW/" + s + "/" + p + ":0" }, false, "adamw m v"},
		"Keras 2.4":      {"Adam", "Adam/iter:0", [2]string{"m", "v"}, func(p, s string) string { return "training/Adam/" + p + "/" + s + ":0" }, true, "adam m v"},
		"SGD":            {"SGD", "SGD/iter:0", [2]string{"momentum", ""}, func(p, s string) string { return "SGD/" + p + "/" + s + ":0" }, true, "sgd velocity"},
		"RMSprop":        {"RMSprop", "RMSprop/iter:0", [2]string{"rms", ""}, func(p, s string) string { return "RMSprop/" + p + "/" + s + ":0" }, true, "rmsprop velocity"},
		// What cannot be told is left out.
		"RMSprop with momentum": {"RMSprop", "RMSprop/iter:0", [2]string{"rms", "momentum"}, func(p, s string) string { return "RMSprop/" + p + "/" + s + ":0" }, true, ""},
		"another optimiser":     {"Nadam", "Nadam/iter:0", [2]string{"m", "v"}, func(p, s string) string { return "Nadam/" + p + "/" + s + ":0" }, true, ""},
		"no steps":              {"Adam", "Adam/steps:0", [2]string{"m", "v"}, func(p, s string) string { return "Adam/" + p + "/" + s + ":0" }, true, ""},
		"a slot too few":        {"Adam", "Adam/iter:0", [2]string{"m", ""}, func(p, s string) string { return "Adam/" + p + "/" + s + ":0" }, true, ""},
	} {
		names, values, shapes := []string{c.first}, map[string][]float32{}, map[string][]int{c.first: {}}
		want := map[string][]float32{}
		parts := strings.Fields(c.want)
		var paths []*model.Weight
		for _, w := range net.Weights() {
			if !w.NonTrainable {
				paths = append(paths, w)
			}
		}
		add := func(k int, w *model.Weight) {
			if c.slots[k] == "" {
				return
			}
			n := c.call(w.Path, c.slots[k])
			x := make([]float32, w.Shape.Size())
			for i := range x {
				x[i] = rng.Float32()
			}
			names, values[n], shapes[n] = append(names, n), x, w.Shape
			if len(parts) > 1+k {
				want[parts[0]+"/"+parts[1+k]+"/"+w.Path] = x
			}
		}
		for _, w := range paths {
			add(0, w)
			if !c.blocks {
				add(1, w)
			}
		}
		for _, w := range paths {
			if c.blocks {
				add(1, w)
			}
		}
		got, s, err := openedTrained(trained(t, net, c.class, names, values, shapes), nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		identical(t, name, got, net)
		if c.want == "" {
			if s != nil {
				t.Errorf("%s: a state of %s is made up", name, s.Optimizer())
			}
			continue
		}
		if s == nil || s.Steps != 7 || s.Optimizer() != parts[0] || len(s.Tensors) != len(want) {
			t.Errorf("%s: the state is %+v", name, s)
			continue
		}
		for _, tensor := range s.Tensors {
			if !slices.Equal(tensor.Data, want[tensor.Name]) {
				t.Errorf("%s: %s differs", name, tensor.Name)
			}
		}
	}
}

// TestStateOfKeras takes the state along that a .keras file has.
func TestStateOfKeras(t *testing.T) {
	net := empty(t)
	b, err := saveKeras(net, nil)
	if err != nil {
		t.Fatal(err)
	}
	z, err := unzip(b)
	if err != nil {
		t.Fatal(err)
	}
	config, _ := z.read(z.find("config.json"), maxText)
	weights, _ := z.read(z.find("model.weights.h5"), maxPart)
	compiled := strings.TrimSuffix(string(config), "}") + `, "compile_config": {"optimizer": {"module": "keras.optimizers", "class_name": "Adamax", "config": {}}}}`
	f, err := hdf5.Read(weights)
	if err != nil {
		t.Fatal(err)
	}
	f.Root.Put("optimizer/vars/0", []int{}, []float32{12})
	f.Root.Put("optimizer/vars/1", []int{}, []float32{0.001})
	k, learn := 2, 0
	for _, w := range net.Weights() {
		if w.NonTrainable {
			continue
		}
		learn++
		for range 2 {
			f.Root.Put(fmt.Sprint("optimizer/vars/", k), w.Shape, slices.Repeat([]float32{float32(k)}, w.Shape.Size()))
			k++
		}
	}
	if weights, err = hdf5.Write(f.Root); err != nil {
		t.Fatal(err)
	}
	if b, err = zipped(member{"config.json", []byte(compiled)}, member{"model.weights.h5", weights}); err != nil {
		t.Fatal(err)
	}
	got, s, err := openedTrained(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	got.Name = net.Name
	identical(t, "the model", got, net)
	if s == nil || s.Optimizer() != "adamax" || s.Steps != 12 || len(s.Tensors) != 2*learn || s.Tensors[0].Name != "adamax/m/conv2d/kernel" || s.Tensors[0].Data[0] != 2 || s.Tensors[learn].Name != "adamax/u/conv2d/kernel" || s.Tensors[learn].Data[0] != 3 {
		t.Errorf("the state is %+v", s)
	}
	if _, s, err := openedTrained(fixture(t, "keras3.keras"), nil); err != nil || s != nil {
		t.Errorf("a state is made up: %v (%v)", s, err)
	}
}

// openedTrained returns what Open gives, with the optimiser's state.
func openedTrained(b []byte, at *model.Network) (*model.Network, *State, error) {
	o, err := Open(b, at)
	if err != nil {
		return nil, nil, err
	}
	return o.Network, o.State(), nil
}
