package teach

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/cifar10/archive"
	"tenfold/nn/evaluate"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// noise are random pictures of 4x3x2 with random labels.
type noise struct {
	pixels [][]byte
	labels []int
}

func (d noise) Len() int                    { return len(d.labels) }
func (d noise) Picture(i int) ([]byte, int) { return d.pixels[i], d.labels[i] }

func pictures(n int, seed uint64) noise {
	rng := rand.New(rand.NewPCG(seed, 0))
	var d noise
	for range n {
		b := make([]byte, 4*3*2)
		for i := range b {
			b[i] = byte(rng.IntN(256))
		}
		d.pixels, d.labels = append(d.pixels, b), append(d.labels, rng.IntN(3))
	}
	return d
}

func small(t *testing.T, last ...layer.Layer) *model.Network {
	t.Helper()
	m, err := model.New(task.Shape{4, 3, 2}, append([]layer.Layer{layer.Flatten{}, layer.Dense{Units: 40, Activation: "relu"}}, last...)...)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Init(3); err != nil {
		t.Fatal(err)
	}
	m.Classes = []string{"a", "b", "c"}
	return m
}

// heads are the ways in which a network can end.
var heads = map[string][]layer.Layer{
	"activation":  {layer.Dense{Units: 3, Activation: "softmax"}},
	"layer":       {layer.Dense{Units: 3}, layer.Activation{Function: "softmax"}},
	"rectified":   {layer.Dropout{Rate: 0.5}, layer.Dense{Units: 3}, layer.LeakyReLU{Alpha: 0.1}, layer.Activation{Function: "softmax"}},
	"two of them": {layer.Dense{Units: 3}, layer.LeakyReLU{Alpha: 0.3}, layer.Activation{Function: "tanh"}, layer.Activation{Function: "softmax"}},
	"no bias":     {layer.Dense{Units: 3, NoBias: true}, layer.Activation{Function: "softmax"}},
}

func TestTeach(t *testing.T) {
	for name, last := range heads {
		if name == "two of them" {
			continue // a tanh bounds the logits too tightly for margin; its gradient is tested below
		}
		for _, n := range []int{1, 5, 60} { // more than go through the model at once
			m := small(t, last...)
			own := pictures(n, 7)
			if n == 60 {
				own.labels = slices.Repeat([]int{1}, n) // random ones are too many for 41 features
			}
			others := pictures(300, 9)
			mean, err := Moments(t.Context(), m, others, nil)
			if err != nil {
				t.Fatal(err)
			}
			m.Moments = mean
			before, err := evaluate.Run(t.Context(), m, own, nil)
			if err != nil {
				t.Fatal(err)
			}
			r, err := Teach(m, own)
			if err != nil {
				t.Fatal(err)
			}
			after, err := evaluate.Run(t.Context(), m, own, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !r.Careful || r.Pictures != n || r.After != n || after.Accuracy != 1 || math.Abs(float64(r.Before)/float64(n)-before.Accuracy) > 1e-9 {
				t.Errorf("%s, %d pictures: %+v; accuracy %g before, %g after", name, n, r, before.Accuracy, after.Accuracy)
			}
		}
	}
}

// TestTheRestStays compares how far the answers to other pictures move with the moments and
// without.
func TestTheRestStays(t *testing.T) {
	others := pictures(400, 9)
	moved := func(careful bool) float64 {
		m := small(t, heads["layer"]...)
		if careful {
			var err error
			if m.Moments, err = Moments(t.Context(), m, others, nil); err != nil {
				t.Fatal(err)
			}
		}
		before, err := evaluate.Run(t.Context(), m, others, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := Teach(m, pictures(4, 7)); err != nil || r.After != 4 || r.Careful != careful {
			t.Fatalf("%+v, %v", r, err)
		}
		after, err := evaluate.Run(t.Context(), m, others, nil)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i, v := range after.Logits {
			sum += math.Pow(float64(v-before.Logits[i]), 2)
		}
		return sum
	}
	if with, without := moved(true), moved(false); with > without/2 {
		t.Errorf("the answers to others move by %g with the moments and by %g without", with, without)
	}
}

// TestGradient compares the gradient with finite differences.
func TestGradient(t *testing.T) {
	for name, last := range heads {
		h, err := newHead(small(t, last...), 2)
		if err != nil {
			t.Fatal(err)
		}
		z, labels := []float32{0.3, -0.8, 1.1, -0.4, 0.9, 0.2}, []int{1, 2}
		value := func() float64 {
			p := h.tail(z)
			return math.Log(float64(p[1])) + math.Log(float64(p[5]))
		}
		g := h.gradient(z, h.tail(z), labels)
		for i := range z {
			const d = 1e-3
			was := z[i]
			z[i] = was + d
			up := value()
			z[i] = was - d
			down := value()
			z[i] = was
			if want := (up - down) / (2 * d); math.Abs(want-float64(g[i])) > 2e-3 {
				t.Errorf("%s: gradient %d is %g, want %g", name, i, g[i], want)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	m, err := model.New(task.Shape{4, 3, 2}, layer.Conv2D{Filters: 3, KernelSize: [2]int{4, 3}}, layer.Flatten{}, layer.Activation{Function: "softmax"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Teach(m, pictures(2, 1)); err == nil {
		t.Error("a model without a dense layer was taught")
	}
}

// TestShipped teaches the shipped network five test pictures of a class that it gets wrong,
// without any other picture: they are right then, and the rest of the test set loses one
// point at most. With -short the test set ends after 1,000 pictures: without SIMD all of them
// take ten minutes.
func TestShipped(t *testing.T) {
	dir := os.Getenv("TENFOLD_DATA")
	if dir == "" {
		t.Skip("no CIFAR-10: `make data` fetches it, and TENFOLD_DATA says where it is")
	}
	set, err := archive.LoadTest(dir)
	if err != nil {
		t.Fatal(err)
	}
	test := evaluate.Subset{Data: set}
	for i := range set.Len() {
		if i < 1000 || !testing.Short() {
			test.Index = append(test.Index, i)
		}
	}
	f, err := checkpoint.ReadFile("../../web/model/tutorial.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	before, err := evaluate.Run(t.Context(), fresh, test, nil)
	if err != nil {
		t.Fatal(err)
	}
	for class, name := range cifar10.Task.Classes {
		f, err := checkpoint.ReadFile("../../web/model/tutorial.safetensors")
		if err != nil {
			t.Fatal(err)
		}
		m, err := model.Open(f)
		if err != nil {
			t.Fatal(err)
		}
		own, rest := evaluate.Subset{Data: test}, evaluate.Subset{Data: test}
		for i, p := range before.Predictions {
			if p.True == class && p.Class != class && own.Len() < 5 {
				own.Index = append(own.Index, i)
			} else {
				rest.Index = append(rest.Index, i)
			}
		}
		r, err := Teach(m, own)
		if err != nil {
			t.Fatal(err)
		}
		after, err := evaluate.Run(t.Context(), m, rest, nil)
		if err != nil {
			t.Fatal(err)
		}
		was := before.Accuracy * float64(test.Len()) / float64(rest.Len())
		t.Logf("%s: %d of 5 right after; the rest %.4f before, %.4f after", name, r.After, was, after.Accuracy)
		if r.After != 5 || !r.Careful || after.Accuracy < was-0.01 {
			t.Errorf("%s: %+v; the rest %.4f before, %.4f after", name, r, was, after.Accuracy)
		}
	}
}

// BenchmarkTeach teaches the shipped network five pictures of noise.
func BenchmarkTeach(b *testing.B) {
	f, err := checkpoint.ReadFile("../../web/model/tutorial.safetensors")
	if err != nil {
		b.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	var own noise
	for i := range 5 {
		pixels := make([]byte, cifar10.Task.Pixels())
		for k := range pixels {
			pixels[k] = byte(rng.IntN(256))
		}
		own.pixels, own.labels = append(own.pixels, pixels), append(own.labels, 2*i)
	}
	for b.Loop() {
		m, err := model.Open(f)
		if err != nil {
			b.Fatal(err)
		}
		for _, w := range m.Weights() {
			w.Data = slices.Clone(w.Data)
		}
		if r, err := Teach(m, own); err != nil || r.After != 5 {
			b.Fatal(r, err)
		}
	}
}
