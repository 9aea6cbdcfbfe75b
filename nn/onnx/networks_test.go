package onnx

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// drawn gives a network weights, none of them 0 or 1.
func drawn(t testing.TB, net *model.Network) *model.Network {
	t.Helper()
	if err := net.Init(7); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(5, 6))
	ranges := map[string][2]float64{"gamma": {0.5, 1.5}, "moving_variance": {0.2, 1.2}, "alpha": {0.1, 0.4}}
	for _, w := range net.Weights() {
		r, ok := ranges[w.Name]
		if !ok && !w.Kernel() {
			r, ok = [2]float64{-0.3, 0.3}, true
		}
		for i := range w.Data {
			if ok {
				w.Data[i] = float32(r[0] + (r[1]-r[0])*rng.Float64())
			}
		}
	}
	return net
}

// answers returns a network's output for pictures.
func answers(net *model.Network, x []float32) []float32 {
	logits, probs := net.Predictor(8).Predict(x)
	if net.Ending() == "softmax" {
		return probs
	}
	return logits
}

// row stacks layers over pictures of a shape.
func row(t testing.TB, in task.Shape, layers ...layer.Layer) *model.Network {
	t.Helper()
	net, err := model.New(in, layers...)
	if err != nil {
		t.Fatal(err)
	}
	return drawn(t, net)
}

// everything returns a network that has every kind of layer and every activation.
func everything(t testing.TB) *model.Network {
	k := func(a, b int) [2]int { return [2]int{a, b} }
	f := model.NewFunctional(task.Shape{11, 14, 3})
	x := f.Add(layer.Rescaling{Scale: 1.5, Offset: -0.25}, model.Input)
	x = f.Add(layer.Conv2D{Filters: 8, KernelSize: k(3, 3), Padding: layer.Same, Activation: "relu"}, x)
	x = f.Add(layer.GaussianNoise{Stddev: 0.1}, f.Add(layer.BatchNormalization{}, x))
	a := f.Add(layer.DepthwiseConv2D{KernelSize: k(3, 2), Padding: layer.Same, Activation: "gelu"}, x)
	a = f.Add(layer.LayerNormalization{}, f.Add(layer.SeparableConv2D{Filters: 8, KernelSize: k(3, 3), Padding: layer.Same, Activation: "silu"}, a))
	x = f.Add(layer.LeakyReLU{Alpha: 0.1}, f.Add(layer.Add{}, x, a))
	gate := f.Add(layer.Conv2D{Filters: 8, KernelSize: k(1, 1), Activation: "sigmoid"}, f.Add(layer.GlobalAveragePooling2D{KeepDims: true}, x))
	x = f.Add(layer.Multiply{}, x, gate)
	x = f.Add(layer.SpatialDropout2D{Rate: 0.2}, f.Add(layer.MaxPool2D{Padding: layer.Same}, x))
	b := f.Add(layer.Conv2D{Filters: 5, KernelSize: k(3, 3), Activation: "hard_swish"}, f.Add(layer.ZeroPadding2D{}, x))
	x = f.Add(layer.PReLU{SharedAxes: []int{1, 2}}, f.Add(layer.Concatenate{}, x, b))
	x = f.Add(layer.ReLU{MaxValue: 6}, f.Add(layer.AveragePooling2D{Padding: layer.Same, PoolSize: k(3, 3), Strides: k(2, 2)}, x))
	x = f.Add(layer.Reshape{TargetShape: []int{4, 3, -1}}, f.Add(layer.ELU{Alpha: 0.5}, x))
	top := f.Add(layer.GlobalMaxPooling2D{}, x)
	x = f.Add(layer.Dropout{Rate: 0.5}, f.Add(layer.Dense{Units: 9, Activation: "elu"}, f.Add(layer.Flatten{}, x)))
	x = f.Add(layer.Dense{Units: 7, Activation: "softplus"}, f.Add(layer.Activation{Function: "tanh"}, x))
	x = f.Add(layer.Activation{Function: "linear"}, f.Add(layer.Concatenate{}, x, top))
	f.Add(layer.Dense{Units: 4, Activation: "softmax"}, x)
	net, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	net.Classes = []string{"猫", "dog", "a \"quoted\" one", "d"}
	return drawn(t, net)
}

// TestEverything checks that every kind of layer and every activation is in that network.
func TestEverything(t *testing.T) {
	has := map[string]bool{}
	for _, n := range everything(t).Nodes() {
		class, _ := layer.Class(n.Layer)
		has[class], has[layer.Ending(n.Layer)] = true, true
	}
	for _, name := range append(layer.Classes(), layer.Functions()...) {
		if !has[name] {
			t.Errorf("%s is not in everything()", name)
		}
	}
}

// alone are networks of one layer or a few, with settings that the others do not have.
func alone(t testing.TB) map[string]*model.Network {
	k := func(a, b int) [2]int { return [2]int{a, b} }
	all := map[string]*model.Network{}
	add := func(in task.Shape, layers ...layer.Layer) {
		all[fmt.Sprintf("%02d", len(all))] = row(t, in, layers...)
	}
	for _, in := range []task.Shape{{7, 8, 3}, {8, 5, 2}} {
		for _, stride := range [][2]int{{1, 1}, {2, 2}, {3, 2}} {
			add(in, layer.Conv2D{Filters: 4, KernelSize: k(3, 2), Strides: stride, Padding: layer.Same})
			add(in, layer.DepthwiseConv2D{KernelSize: k(2, 3), Strides: stride, Padding: layer.Same, DepthMultiplier: 3})
			add(in, layer.MaxPool2D{PoolSize: k(3, 2), Strides: stride, Padding: layer.Same})
			add(in, layer.AveragePooling2D{PoolSize: k(2, 3), Strides: stride, Padding: layer.Same})
			add(in, layer.SeparableConv2D{Filters: 3, KernelSize: k(3, 3), Strides: stride, DepthMultiplier: 2, NoBias: true})
		}
	}
	add(task.Shape{9, 8, 2}, layer.Conv2D{Filters: 3, KernelSize: k(3, 3), Dilation: k(2, 3), Padding: layer.Same, NoBias: true})
	add(task.Shape{9, 8, 2}, layer.DepthwiseConv2D{KernelSize: k(3, 2), Dilation: k(2, 1), NoBias: true})
	add(task.Shape{6, 5, 1}, layer.DepthwiseConv2D{KernelSize: k(3, 2), DepthMultiplier: 2})
	add(task.Shape{5, 7, 3}, layer.ZeroPadding2D{Padding: [2][2]int{{0, 2}, {3, 1}}})
	add(task.Shape{5, 7, 3}, layer.PReLU{})
	add(task.Shape{5, 6, 3}, layer.Reshape{TargetShape: []int{3, 5, 6}}, layer.Conv2D{Filters: 2, KernelSize: k(2, 2)})
	add(task.Shape{5, 6, 3}, layer.Reshape{TargetShape: []int{-1}}, layer.Dense{Units: 3})
	add(task.Shape{5, 6, 3}, layer.Flatten{}, layer.Dense{Units: 12}, layer.Reshape{TargetShape: []int{1, -1, 6}}, layer.Conv2D{Filters: 2, KernelSize: k(1, 2)})
	add(task.Shape{5, 6, 3}, layer.Flatten{}, layer.Dense{Units: 12}, layer.Reshape{TargetShape: []int{1, 1, 12}}, layer.Conv2D{Filters: 2, KernelSize: k(1, 1)})
	add(task.Shape{5, 6, 3}, layer.GlobalMaxPooling2D{}, layer.Reshape{TargetShape: []int{1, 1, 3}}, layer.Conv2D{Filters: 2, KernelSize: k(1, 1)})
	add(task.Shape{12}, layer.Reshape{TargetShape: []int{2, 3, 2}}, layer.Conv2D{Filters: 2, KernelSize: k(2, 2)})
	add(task.Shape{5, 7, 3}, layer.PReLU{SharedAxes: []int{2}})
	add(task.Shape{5, 7, 3}, layer.Flatten{}, layer.PReLU{}, layer.BatchNormalization{NoScale: true}, layer.LayerNormalization{NoCenter: true, Epsilon: 0.5})
	add(task.Shape{5, 7, 3}, layer.BatchNormalization{NoCenter: true, NoScale: true, Epsilon: 0.1})
	add(task.Shape{5, 7, 3}, layer.LayerNormalization{NoScale: true})
	add(task.Shape{5, 7, 3}, layer.Activation{Function: "softmax"})
	add(task.Shape{5, 7, 3}, layer.GlobalMaxPooling2D{KeepDims: true}, layer.Flatten{}, layer.Dense{Units: 3, NoBias: true})
	add(task.Shape{5, 7, 1}, layer.Rescaling{Scale: 1.0 / 127}, layer.Flatten{}, layer.Dense{Units: 2})
	add(task.Shape{5, 7, 3}, layer.Activation{Function: "linear"})
	add(task.Shape{11}, layer.Dense{Units: 5, Activation: "tanh"}, layer.Dense{Units: 3, Activation: "softmax"})
	add(task.Shape{6, 5}, layer.BatchNormalization{}, layer.Flatten{}, layer.Dense{Units: 3})
	for _, f := range layer.Functions() {
		add(task.Shape{5, 7, 3}, layer.Activation{Function: f}, layer.Conv2D{Filters: 2, KernelSize: k(1, 1)})
	}
	return all
}

// bent are rectifiers whose settings no one operator has all.
func bent(t testing.TB) map[string]*model.Network {
	return map[string]*model.Network{
		"threshold": row(t, task.Shape{5, 7, 3}, layer.ReLU{Threshold: 0.1}),
		"slope":     row(t, task.Shape{5, 7, 3}, layer.ReLU{Threshold: 0.1, NegativeSlope: 0.25}),
		"all":       row(t, task.Shape{5, 7, 3}, layer.ReLU{MaxValue: 0.3, Threshold: 0.1, NegativeSlope: 0.25}),
		"top":       row(t, task.Shape{5, 7, 3}, layer.ReLU{MaxValue: 0.3, NegativeSlope: 0.25}),
	}
}

// merged are networks that join paths.
func merged(t testing.TB) map[string]*model.Network {
	all := map[string]*model.Network{}
	add := func(name string, build func(f *model.Functional)) {
		f := model.NewFunctional(task.Shape{6, 5, 4})
		build(f)
		net, err := f.Network()
		if err != nil {
			t.Fatal(err)
		}
		all[name] = drawn(t, net)
	}
	conv := func(filters int) layer.Layer { return layer.Conv2D{Filters: filters, KernelSize: [2]int{1, 1}} }
	add("sum of three", func(f *model.Functional) {
		f.Add(layer.Add{}, f.Add(conv(4), model.Input), model.Input, f.Add(layer.GlobalAveragePooling2D{KeepDims: true}, model.Input))
	})
	add("product of three", func(f *model.Functional) {
		f.Add(layer.Multiply{}, f.Add(conv(1), model.Input), model.Input, f.Add(layer.GlobalMaxPooling2D{KeepDims: true}, model.Input))
	})
	for axis := -3; axis <= 3; axis++ {
		add(fmt.Sprint("side by side ", axis), func(f *model.Functional) {
			f.Add(layer.Concatenate{Axis: axis}, f.Add(conv(4), model.Input), model.Input)
		})
	}
	add("twice the same", func(f *model.Functional) {
		x := f.Add(conv(4), model.Input)
		x = f.Add(layer.Activation{Function: "tanh"}, x)
		f.Add(layer.Multiply{}, x, f.Add(layer.Activation{Function: "softplus"}, x))
	})
	add("flat", func(f *model.Functional) {
		a, b := f.Add(layer.Flatten{}, f.Add(conv(3), model.Input)), f.Add(layer.Flatten{}, f.Add(layer.MaxPool2D{}, model.Input))
		f.Add(layer.Dense{Units: 3}, f.Add(layer.Concatenate{}, a, b))
	})
	return all
}
