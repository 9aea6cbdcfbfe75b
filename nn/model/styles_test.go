//go:build !js

package model_test

import (
	"os"
	"slices"
	"testing"

	"tenfold/nn/keras"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// functional builds a row of layers again, each called on the one before.
func functional(t *testing.T, row *model.Network) *model.Network {
	t.Helper()
	f := model.NewFunctional(row.Input)
	x := model.Input
	for i := range row.Len() {
		x = f.Add(row.Layer(i), x)
	}
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// read builds the network of Keras code.
func read(t *testing.T, code string, input task.Shape) *model.Network {
	t.Helper()
	s, err := keras.Read(code, task.Task{Input: input}, task.TutorialRecipe)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Network.Allocate(); err != nil {
		t.Fatal(err)
	}
	return s.Network
}

// example is Keras' own example of a network, as students paste it.
func example(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("../keras/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestBothStylesAnswerAlike builds the tutorial's network as a row and functionally, and it and
// ResNet-20, which is not a row, by hand and from Keras code: from one seed all have the same
// weights and give the same answers, bit for bit, one layer after another too.
func TestBothStylesAnswerAlike(t *testing.T) {
	tutorial, resnet := model.Tutorial(), model.ResNet20()
	for name, c := range map[string]struct{ hand, other *model.Network }{
		"tutorial, functionally":             {tutorial, functional(t, tutorial)},
		"tutorial, Keras code":               {tutorial, read(t, example(t, "01_tutorial.py"), tutorial.Input)},
		"ResNet-20, Keras' example":          {resnet, read(t, example(t, "04_resnet.py"), resnet.Input)},
		"ResNet-20, the code written of it":  {resnet, read(t, keras.Define(resnet.Input, resnet.Nodes()), resnet.Input)},
		"ResNet-20, its file's architecture": {resnet, opened(t, resnet)},
	} {
		t.Run(name, func(t *testing.T) {
			for _, m := range []*model.Network{c.hand, c.other} {
				if err := m.Init(3); err != nil {
					t.Fatal(err)
				}
				for _, w := range m.Weights() { // as if it had been trained
					if len(w.Shape) == 1 {
						for i := range w.Data {
							w.Data[i] += float32(i%7) / 64
						}
					}
				}
			}
			if c.other.Name = c.hand.Name; c.other.Summary() != c.hand.Summary() {
				t.Errorf("%s\nand\n%s", c.hand.Summary(), c.other.Summary())
			}
			x := make([]float32, 3*c.hand.Input.Size())
			for i := range x {
				x[i] = float32(i*7919%251)/255 - 0.5
			}
			want, wantProbs := c.hand.Predictor(2).Predict(x)
			got, probs := c.other.Predictor(2).Predict(x)
			if !slices.Equal(got, want) || !slices.Equal(probs, wantProbs) || want[0] == want[10] {
				t.Errorf("they answer %v and %v", want, got)
			}
			a, b := c.hand.Trace(1), c.other.Trace(1)
			a.Forward(x[:c.hand.Input.Size()])
			b.Forward(x[:c.hand.Input.Size()])
			for i := range a.Y {
				if !slices.Equal(a.Y[i], b.Y[i]) {
					t.Fatalf("step %d puts out something else", i)
				}
			}
		})
	}
}

// opened returns a network that was described and built again.
func opened(t *testing.T, m *model.Network) *model.Network {
	t.Helper()
	text, err := m.Architecture()
	if err != nil {
		t.Fatal(err)
	}
	back, err := model.Designed(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := back.Allocate(); err != nil {
		t.Fatal(err)
	}
	return back
}
