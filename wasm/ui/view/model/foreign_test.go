package model_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
	"tenfold/nn/task"
	"tenfold/wasm/ui/app/apptest"
)

// use opens a file of a network, and waits until it answers.
func use(b *apptest.Browser, file []byte) {
	b.Helper()
	b.File("other.safetensors", file)
	b.Until("it is in use", func() bool { return b.Desk().Network.Using == task.Given })
	b.Settled()
	b.Do("view-model")
	quiet(b)
}

// TestOtherTasks looks into networks that tell other things apart, of pictures of other shapes,
// and of 100 layers, at each of their layers.
func TestOtherTasks(t *testing.T) {
	conv := layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 3}, Padding: layer.Same, Activation: "relu"}
	long := "a class with a name that is far too long for its place beside a bar"
	var deep []layer.Layer
	for range 49 {
		deep = append(deep, layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 3}, Padding: layer.Same}, layer.LeakyReLU{Alpha: 0.1})
	}
	for name, c := range map[string]struct {
		in      task.Shape
		classes []string
		layers  []layer.Layer
	}{
		"two":      {task.Shape{28, 28, 1}, []string{"so", "nicht so"}, append([]layer.Layer{conv}, apptest.Dense(2)...)},
		"portrait": {task.Shape{64, 48, 1}, cifar10.Task.Classes, append([]layer.Layer{conv, layer.MaxPool2D{PoolSize: [2]int{3, 2}}}, apptest.Dense(10)...)},
		"scripts":  {task.Shape{16, 20, 3}, []string{"猫", "σκύλος", long}, append([]layer.Layer{conv}, apptest.Dense(3)...)},
		"twelve":   {cifar10.Task.Input, apptest.Classes(12), apptest.Dense(12)},
		"hundred":  {cifar10.Task.Input, apptest.Classes(100), append([]layer.Layer{conv}, apptest.Dense(100)...)},
		"logits":   {cifar10.Task.Input, cifar10.Task.Classes, []layer.Layer{conv, layer.Flatten{}, layer.Dense{Units: 10}}},
		"ribbon":   {task.Shape{2, 200, 3}, apptest.Classes(3), append([]layer.Layer{layer.Conv2D{Filters: 7, KernelSize: [2]int{1, 5}, Activation: "tanh"}}, apptest.Dense(3)...)},
		"deep":     {task.Shape{8, 8, 3}, apptest.Classes(4), append(deep, apptest.Dense(4)...)},
	} {
		t.Run(name, func(t *testing.T) {
			b := inModel(t, 1280, 800, false)
			b.Set("model-layer", "17") // which most others do not have
			b.Set("model-filter", "3")
			use(b, apptest.Classifier(t, c.in, c.classes, c.layers...))
			n := len(b.Leaf("model-layer").Options)
			if n != len(c.layers) || len(b.Leaf("model-table").Children) != n || len(b.Leaf("model-why").Options) != len(c.classes)+1 {
				t.Errorf("%d layers, %d classes", n, len(b.Leaf("model-why").Options)-1)
			}
			for i := 0; i < n; i += 1 + n/12 {
				b.Set("model-layer", fmt.Sprint(i))
				b.Set("model-filter", "1")
				quiet(b)
				if s := b.Text("model-layer-maps"); !strings.Contains(s, ", from ") || !b.Has("model-products") {
					t.Errorf("layer %d: %q", i, s)
				}
				if b.Has("model-place") {
					b.PressAt("model-place", 0.99, 0.99)
					b.Press("model-down")
					b.Press("model-right")
					quiet(b)
				}
				for _, size := range sizes {
					b.Resize(size[0], size[1], 1)
					b.W, b.H = size[0], size[1]
					check(b, fmt.Sprintf("%s, layer %d", name, i))
				}
				b.Resize(1280, 800, 1)
				b.W, b.H = 1280, 800
				b.Render()
			}
			before := b.Text("model-layer-maps")
			stroke(b, [2]float64{0.1, 0.1}, [2]float64{0.9, 0.9}, [2]float64{0.1, 0.8})
			quiet(b)
			if name != "logits" && b.Desk().Message != "" {
				t.Error(b.Desk().Message)
			}
			_ = before
			b.Shot("model-other-" + name)
		})
	}
}

// TestNoConvolution looks into a network without one: what there is to see is asked for once,
// and what there is not is said.
func TestNoConvolution(t *testing.T) {
	b := inModel(t, 1280, 800, false)
	use(b, apptest.Classifier(t, cifar10.Task.Input, cifar10.Task.Classes, apptest.Dense(10)...))
	if s := b.Text("model-reasons"); !strings.Contains(s, "no convolution") || !strings.Contains(s, "Occlusion") {
		t.Errorf("%q", s)
	}
	before := b.Desk().Network.Serial()
	for range 100 {
		b.Later(time.Second)
		b.Panels()
		b.Twin()
	}
	if n := b.Desk().Network.Serial(); n != before+1 {
		t.Errorf("%d more questions", n-before-1)
	}
	b.Press("model-occlusion")
	quiet(b)
	if s := b.Text("model-reasons"); !strings.Contains(s, "strongest") {
		t.Errorf("%q", s)
	}
	if !slices.Contains(strings.Split(b.Text("model-layer-maps"), " "), "flatten:") {
		t.Errorf("%q", b.Text("model-layer-maps"))
	}
}
