package convert

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// forked returns a network with two paths, whose layers Keras lists in another order.
func forked(t testing.TB) *model.Network {
	t.Helper()
	f := model.NewFunctional(task.Shape{8, 8, 3})
	conv := func(n int) layer.Conv2D {
		return layer.Conv2D{Filters: n, KernelSize: [2]int{3, 3}, Padding: layer.Same}
	}
	a := f.Add(conv(4), model.Input)
	b := f.Add(conv(4), a)
	b = f.Add(layer.BatchNormalization{}, b)
	c := f.Add(conv(4), model.Input)
	sum := f.Add(layer.Add{}, b, c)
	f.Add(layer.Dense{Units: 3, Activation: "softmax"}, f.Add(layer.GlobalAveragePooling2D{}, sum))
	net, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	if err := net.Init(7); err != nil {
		t.Fatal(err)
	}
	Guess(net)
	return net
}

// stateFor makes up what an optimiser remembers of a network's weights.
func stateFor(net *model.Network, r task.Recipe, slots ...string) *State {
	rng := rand.New(rand.NewPCG(3, 4))
	s := &State{Recipe: r, Steps: 1234567}
	for _, w := range net.Weights() {
		if w.NonTrainable {
			continue
		}
		for _, slot := range slots {
			x := make([]float32, w.Shape.Size())
			for i := range x {
				x[i] = rng.Float32() - 0.5
			}
			s.Tensors = append(s.Tensors, checkpoint.Tensor{Name: s.Optimizer() + "/" + slot + "/" + w.Path, Shape: []int{len(x)}, Data: x})
		}
	}
	return s
}

// TestStatesOut writes what optimisers remember, for each optimiser that Keras has in the same way, with
// and without an average of the weights: it comes back bit for bit, also by way of the other format, and
// h5py finds it where Keras looks for it.
func TestStatesOut(t *testing.T) {
	python := withH5py()
	if python == "" {
		t.Log("SKIPPED in part: no Python with h5py is installed (Debian: apt-get install python3-h5py), and it is what reads the files as Keras does")
	}
	dir := t.TempDir()
	for _, c := range []struct {
		optimizer string
		slots     []string
	}{
		{task.Adam, []string{"m", "v"}}, {task.AdamW, []string{"m", "v"}}, {task.Adamax, []string{"m", "u"}}, {"", []string{"m", "u"}},
		{task.SGD, []string{"velocity"}}, {task.RMSprop, []string{"velocity"}},
	} {
		for _, average := range []string{"", task.EMA} {
			for kind, net := range map[string]*model.Network{"row": empty(t), "forked": forked(t)} {
				name := fmt.Sprintf("%s-%s-%s", c.optimizer, average, kind)
				s := stateFor(net, task.Recipe{Optimizer: c.optimizer, Rate: 0.003, Average: average, ClipNorm: 2}, c.slots...)
				var paths []string
				for _, as := range []string{"model.h5", "model.keras"} {
					b, err := format(t, as).Save(net, s)
					if err != nil {
						t.Fatal(err)
					}
					for range 2 { // and once more by way of the other format
						got, state, err := openedTrained(b, nil)
						if err != nil {
							t.Fatal(err)
						}
						identical(t, name, got, net)
						if state == nil || state.Steps != s.Steps || state.Optimizer() != s.Optimizer() || state.Recipe.Rate != 0.003 || state.Recipe.Average != average || state.Recipe.ClipNorm != 2 || !sameTensors(state.Tensors, s.Tensors, got, net) {
							t.Fatalf("%s as %s comes back as %+v", name, as, state)
						}
						other := map[string]string{"model.h5": "model.keras", "model.keras": "model.h5"}[as]
						if b, err = format(t, other).Save(got, state); err != nil {
							t.Fatal(err)
						}
					}
					path := filepath.Join(dir, name+"."+as)
					b, err = format(t, as).Save(net, s)
					if err == nil {
						err = os.WriteFile(path, b, 0o644)
					}
					if err != nil {
						t.Fatal(err)
					}
					paths = append(paths, path)
				}
				if python == "" || kind == "forked" { // whose weights have other names in Keras
					continue
				}
				want := filepath.Join(dir, name+".safetensors")
				if err := os.WriteFile(want, inOrder(t, net, s, c.slots), 0o644); err != nil {
					t.Fatal(err)
				}
				if out, err := exec.Command(python, append([]string{"testdata/state.py"}, append(paths, want, "1234567", "0.003")...)...).CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", name, err, out)
				}
			}
		}
	}
}

// inOrder returns a file of the arrays that Keras' optimiser has of a
// sequential network, called by their numbers.
func inOrder(t *testing.T, net *model.Network, s *State, slots []string) []byte {
	t.Helper()
	f := &checkpoint.File{}
	add := func(shape task.Shape, x []float32) {
		f.Tensors = append(f.Tensors, checkpoint.Tensor{Name: fmt.Sprint(len(f.Tensors)), Shape: shape, Data: x})
	}
	for _, w := range net.Weights() {
		if !w.NonTrainable && s.Recipe.Average != "" {
			add(w.Shape, w.Data)
		}
	}
	for _, w := range net.Weights() {
		for _, slot := range slots {
			for _, tensor := range s.Tensors {
				if tensor.Name == s.Optimizer()+"/"+slot+"/"+w.Path {
					add(w.Shape, tensor.Data)
				}
			}
		}
	}
	b, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sameTensors reports whether what is remembered of each weight is the same, where the weights of two
// networks with the same layers may have other names and another order: each is known by its values.
func sameTensors(a, b []checkpoint.Tensor, of, other *model.Network) bool {
	if len(a) != len(b) {
		return false
	}
	for _, w := range of.Weights() {
		if w.NonTrainable {
			continue
		}
		i := slices.IndexFunc(other.Weights(), func(o *model.Weight) bool {
			return o.Name == w.Name && slices.Equal(o.Data, w.Data) && (w.Name != "bias" && w.Name != "beta" && w.Name != "gamma" || o.Path == w.Path)
		})
		if i < 0 { // zeros, alike in several layers: by the kernel beside them
			continue
		}
		for _, t := range a {
			slot, ok := strings.CutSuffix(t.Name, "/"+w.Path)
			if ok && !slices.ContainsFunc(b, func(o checkpoint.Tensor) bool {
				return o.Name == slot+"/"+other.Weights()[i].Path && slices.Equal(o.Data, t.Data)
			}) {
				return false
			}
		}
	}
	return true
}

// TestStateLeftOut checks what is not written: an empty state, or one of
// another network, or of an optimiser for which Keras has no place; and what of
// another one is kept for a recipe.
func TestStateLeftOut(t *testing.T) {
	net := empty(t)
	whole := stateFor(net, task.Recipe{Optimizer: task.Adam, Rate: 1e-3}, "m", "v")
	cut := stateFor(net, task.Recipe{Optimizer: task.Adam, Rate: 1e-3}, "m", "v")
	cut.Tensors[1].Data = cut.Tensors[1].Data[1:]
	for name, s := range map[string]*State{
		"none":       nil,
		"no steps":   {Recipe: whole.Recipe, Tensors: whole.Tensors},
		"no tensors": {Recipe: whole.Recipe, Steps: 4},
		"cut":        cut,
		"muon":       stateFor(net, task.Recipe{Optimizer: task.Muon, Rate: 1e-3}, "m", "v"),
		"another":    whole.With(task.Recipe{Optimizer: task.SGD, Rate: 1e-3}),
	} {
		for _, as := range []string{"model.h5", "model.keras"} {
			b, err := format(t, as).Save(net, s)
			if err != nil {
				t.Fatal(err)
			}
			if got, state, err := openedTrained(b, nil); err != nil || state != nil {
				t.Errorf("%s as %s: %+v (%v)", name, as, state, err)
			} else {
				identical(t, name, got, net)
			}
		}
	}
	if s := whole.With(task.Recipe{Optimizer: task.Adam, Rate: 5}); s.Steps != whole.Steps || len(s.Tensors) != len(whole.Tensors) || s.Recipe.Rate != 5 {
		t.Errorf("%+v", s)
	}
	var no *State
	if s := no.With(task.Recipe{Rate: 5}); s.Steps != 0 || s.Optimizer() != task.Adamax {
		t.Errorf("%+v", s)
	}
	// A weight that has never learned has zeros.
	less := *whole
	less.Tensors = less.Tensors[2:]
	b, err := saveKeras(net, &less)
	if err != nil {
		t.Fatal(err)
	}
	if _, s, err := openedTrained(b, nil); err != nil || s == nil || len(s.Tensors) != len(whole.Tensors) || slices.Max(s.Tensors[0].Data) != 0 {
		t.Errorf("%+v (%v)", s, err)
	}
}
