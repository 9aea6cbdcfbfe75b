package transfer

import (
	"context"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/doodles"
	"tenfold/nn/evaluate"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// shipped opens a network that comes with the page.
func shipped(t testing.TB, name string) *model.Network {
	t.Helper()
	b, err := os.ReadFile("../../web/model/" + name + ".safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f, err := checkpoint.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// three returns n drawings of each of three kinds, named as a user may name them.
func three(n int) (rest, held evaluate.Data, of task.Task) {
	train, test := doodles.Load()
	kinds := []int{3, 8, 1} // cat, ship, automobile
	pick := func(d evaluate.Labelled, n int) evaluate.Data {
		s := evaluate.Subset{Data: d}
		for k := range kinds {
			for i, found := 0, 0; found < n; i++ {
				if d.Label(i) == kinds[k] {
					s.Index = append(s.Index, i)
					found++
				}
			}
		}
		return renamed{s, kinds}
	}
	of = cifar10.Task
	of.Classes = []string{"Miezi", "Boot", "Auto"}
	return pick(train, n), pick(test, 40), of
}

// renamed are data of some classes under other numbers.
type renamed struct {
	evaluate.Data
	kinds []int
}

func (r renamed) Picture(i int) ([]byte, int) {
	pixels, label := r.Data.Picture(i)
	return pixels, slices.Index(r.kinds, label)
}

func numbers(n int) []uint64 {
	all := make([]uint64, n)
	for i := range all {
		all[i] = uint64(i + 1)
	}
	return all
}

func fit(t testing.TB, m *model.Network, data evaluate.Data, of task.Task) *model.Network {
	t.Helper()
	e, err := NewExtractor(m)
	if err != nil {
		t.Fatal(err)
	}
	f, err := e.Read(context.Background(), data, numbers(data.Len()), Changed(data.Len(), true), nil)
	if err != nil {
		t.Fatal(err)
	}
	head, err := Fit(m, f, of, nil)
	if err != nil {
		t.Fatal(err)
	}
	return head
}

// TestFit learns three kinds of drawings from a few of each with the networks that come with the
// page, and goes through a file.
func TestFit(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole network of 70 million multiply-adds learns: go test without -short runs this")
	}
	for _, name := range []string{"tenfold", "tutorial"} {
		m := shipped(t, name)
		before := slices.Clone(m.Weights()[0].Data)
		for _, n := range []int{5, 16} {
			data, held, of := three(n)
			head := fit(t, m, data, of)
			r, err := evaluate.Run(context.Background(), head, held, nil)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: %d of each: %.3f", name, n, r.Accuracy)
			least := 0.95
			if name == "tutorial" { // whose features are of photographs alone
				least = 0.6
			}
			if r.Accuracy < least {
				t.Errorf("%s: with %d of each %.3f are right, want %g", name, n, r.Accuracy, least)
			}
			f, err := head.File()
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
			again, err := model.Open(f)
			if err != nil || !slices.Equal(again.Classes, of.Classes) {
				t.Error(err, again.Classes)
			}
		}
		if !slices.Equal(m.Weights()[0].Data, before) || len(m.Classes) != 10 {
			t.Error("the network itself has changed")
		}
	}
}

// TestOptimum checks that the head is the one whose loss with its penalty is least: its gradient is
// near 0.
func TestOptimum(t *testing.T) {
	m := shipped(t, "tutorial")
	data, _, of := three(6)
	e, err := NewExtractor(m)
	if err != nil {
		t.Fatal(err)
	}
	f, err := e.Read(context.Background(), data, numbers(data.Len()), []int{0}, nil)
	if err != nil {
		t.Fatal(err)
	}
	head, err := Fit(m, f, of, nil)
	if err != nil {
		t.Fatal(err)
	}
	at, _ := head.Head()
	w := head.Nodes()[at].Weights
	x, mean, scale := standardise(f)
	classes, n := len(of.Classes), len(f.Labels)
	loss := func(change int, by float64) float64 {
		kernel := make([]float64, f.Size*classes) // of standardised features
		bias := make([]float64, classes)
		for c := range classes {
			bias[c] = float64(w[1].Data[c])
		}
		sum := 0.0
		for k := range f.Size {
			for c := range classes {
				v := float64(w[0].Data[k*classes+c])
				bias[c] += v * float64(mean[k])
				if scale[k] != 0 {
					v /= float64(scale[k])
				}
				if k*classes+c == change {
					v += by
				}
				kernel[k*classes+c] = v
				sum += 0.5 * penalty * float64(classes) / float64(n) * v * v
			}
		}
		for i, label := range f.Labels {
			z := make([]float64, classes)
			total := 0.0
			for c := range z {
				z[c] = bias[c]
				for k := range f.Size {
					z[c] += float64(x[i*f.Size+k]) * kernel[k*classes+c]
				}
				total += math.Exp(z[c])
			}
			sum -= (z[label] - math.Log(total)) / float64(n)
		}
		return sum
	}
	least := loss(-1, 0)
	for change := 0; change < f.Size*classes; change += 37 {
		for _, by := range []float64{0.01, -0.01} {
			if l := loss(change, by); l < least-1e-6 {
				t.Errorf("the loss is %.7f, and %.7f with weight %d changed by %g", least, l, change, by)
			}
		}
	}
}

// TestKept computes each picture's features once.
func TestKept(t *testing.T) {
	m := shipped(t, "tutorial")
	data, _, of := three(5)
	e, err := NewExtractor(m)
	if err != nil {
		t.Fatal(err)
	}
	read := func(d evaluate.Data, n []uint64) *Features {
		f, err := e.Read(context.Background(), d, n, []int{0, 1}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	first := read(data, numbers(15))
	if len(e.kept) != 30 || len(first.X) != 30*first.Size {
		t.Fatalf("%d are kept", len(e.kept))
	}
	if again := read(data, numbers(15)); !slices.Equal(again.X, first.X) || len(e.kept) != 30 {
		t.Error("the features are others")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Read(ctx, data, numbers(15), []int{0}, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := Fit(m, first, of, func() error { return context.Canceled }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestRefused checks what cannot be learned.
func TestRefused(t *testing.T) {
	in := task.Shape{8, 8, 3}
	conv := layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 3}}
	m, err := model.New(in, conv, layer.GlobalAveragePooling2D{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewExtractor(m); err == nil || !strings.Contains(err.Error(), "dense layer") {
		t.Error(err)
	}
	f := &Features{Size: 2, Views: 1, X: make([]float32, 4), Labels: []int{0, 0}}
	of := task.Task{Classes: []string{"a", "b"}, Input: cifar10.Task.Input, Scale: 1}
	if _, err := Fit(model.Tutorial(), f, of, nil); err == nil || !strings.Contains(err.Error(), "no pictures of class 1") {
		t.Error(err)
	}
	f.Labels[1] = 7
	if _, err := Fit(model.Tutorial(), f, of, nil); err == nil || !strings.Contains(err.Error(), "class 7") {
		t.Error(err)
	}
}
