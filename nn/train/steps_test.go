package train

import (
	_ "embed"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"tenfold/nn/task"
)

// stepsFile holds five steps of each optimiser; testdata/steps.py says by whom.
//
//go:embed testdata/steps.json
var stepsFile []byte

type stepsOf struct {
	Weights []struct {
		Name      string
		Shape     []int
		Start     []float32
		Gradients [][]float32 // of each step
	}
	Cases []struct {
		Name    string
		Recipe  task.Recipe
		Epsilon float64
		Rates   []float64
		After   [][][]float64 // of each step, the weights
	}
}

// stepped is a weight that learns from gradients that are given.
type stepped struct {
	name    string
	w, grad *tensor.Dense
}

func (s stepped) Name() string                  { return s.name }
func (s stepped) Kernel() bool                  { return strings.HasSuffix(s.name, "/kernel") }
func (s stepped) Value() gorgonia.Value         { return s.w }
func (s stepped) Grad() (gorgonia.Value, error) { return s.grad, nil }
func dense(shape []int, of []float32) *tensor.Dense {
	return tensor.New(tensor.WithShape(shape...), tensor.WithBacking(slices.Clone(of)))
}

// TestGoldenSteps makes five steps with each optimiser, on weights of several shapes and
// gradients of several sizes, and compares each with PyTorch's or the reference's.
func TestGoldenSteps(t *testing.T) { forVariants(t, testGoldenSteps) }

func testGoldenSteps(t *testing.T) {
	var golden stepsOf
	if err := json.Unmarshal(stepsFile, &golden); err != nil {
		t.Fatal(err)
	}
	tried := map[string]bool{task.Adamax: true} // see TestGolden
	for _, c := range golden.Cases {
		tried[c.Recipe.Optimizer] = true
		o, err := optimizer(c.Recipe)
		if err != nil {
			t.Fatal(err)
		}
		o.Epsilon = c.Epsilon
		var weights []gorgonia.ValueGrad
		for _, w := range golden.Weights {
			weights = append(weights, stepped{w.Name, dense(w.Shape, w.Start), dense(w.Shape, w.Start)})
		}
		for step, rate := range c.Rates {
			for i, w := range weights {
				copy(w.(stepped).grad.Data().([]float32), golden.Weights[i].Gradients[step])
			}
			o.SetRate(rate)
			if err := o.Step(weights); err != nil {
				t.Fatal(err)
			}
			for i, w := range weights {
				for k, v := range w.(stepped).w.Data().([]float32) {
					// What is learned is compared, not the weight, of which a bias' may be little.
					learned, want := float64(v)-float64(golden.Weights[i].Start[k]), c.After[step][i][k]-float64(golden.Weights[i].Start[k])
					if math.Abs(learned-want) > 1e-6+2e-5*math.Abs(want) {
						t.Fatalf("%s, step %d, %s: number %d has moved by %g, want %g", c.Name, step+1, golden.Weights[i].Name, k, learned, want)
					}
				}
			}
		}
	}
	for name := range rules {
		if !tried[name] {
			t.Errorf("%s has no golden steps", name)
		}
	}
}
