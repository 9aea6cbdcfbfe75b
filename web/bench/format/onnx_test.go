package format

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/onnx"
	"tenfold/nn/task"
)

// onnxNode is an operator of a file that is read back.
type onnxNode struct {
	op, domain string
	in, out    []string
	integers   map[string][]int64
}

// onnxRead is an ONNX file that is read back.
type onnxRead struct {
	nodes           []onnxNode
	constants       map[string][]int // their sizes
	data            map[string][]byte
	inputs, outputs []string
	shapes          map[string][]int // of what is described; -1 for a size that has a name
}

// fields calls each with the fields of a protobuf message; v is a varint's value.
func fields(t *testing.T, b []byte, each func(n protowire.Number, v uint64, b []byte)) {
	t.Helper()
	for len(b) > 0 {
		n, kind, size := protowire.ConsumeTag(b)
		if size < 0 {
			t.Fatal(protowire.ParseError(size))
		}
		b = b[size:]
		switch kind {
		case protowire.VarintType:
			v, size := protowire.ConsumeVarint(b)
			if size < 0 {
				t.Fatal(protowire.ParseError(size))
			}
			each(n, v, nil)
			b = b[size:]
		case protowire.BytesType:
			v, size := protowire.ConsumeBytes(b)
			if size < 0 {
				t.Fatal(protowire.ParseError(size))
			}
			each(n, 0, v)
			b = b[size:]
		case protowire.Fixed32Type:
			v, size := protowire.ConsumeFixed32(b)
			each(n, uint64(v), nil)
			b = b[size:]
		default:
			t.Fatalf("field %d has wire type %d", n, kind)
		}
	}
}

// readONNX parses a file and checks that it is one: each operator's inputs are there
// before it, and nothing is written twice.
func readONNX(t *testing.T, file []byte) *onnxRead {
	t.Helper()
	r := &onnxRead{constants: map[string][]int{}, data: map[string][]byte{}, shapes: map[string][]int{}}
	fields(t, file, func(n protowire.Number, _ uint64, b []byte) {
		if n == 7 {
			fields(t, b, func(n protowire.Number, _ uint64, b []byte) { r.graph(t, n, b) })
		}
	})
	known := map[string]bool{"": true}
	for name := range r.constants {
		known[name] = true
	}
	for _, name := range r.inputs {
		known[name] = true
	}
	for _, n := range r.nodes {
		for _, in := range n.in {
			if !known[in] {
				t.Errorf("%s takes in %q, which nothing before it puts out", n.op, in)
			}
		}
		for _, out := range n.out {
			if known[out] && out != "" {
				t.Errorf("%s puts out %q, which is there already", n.op, out)
			}
			known[out] = true
		}
	}
	for _, name := range r.outputs {
		if !known[name] {
			t.Errorf("nothing puts out %q", name)
		}
	}
	return r
}

func (r *onnxRead) graph(t *testing.T, n protowire.Number, b []byte) {
	switch n {
	case 1:
		o := onnxNode{integers: map[string][]int64{}}
		fields(t, b, func(n protowire.Number, _ uint64, b []byte) {
			switch n {
			case 1:
				o.in = append(o.in, string(b))
			case 2:
				o.out = append(o.out, string(b))
			case 4:
				o.op = string(b)
			case 5:
				name, v := "", []int64(nil)
				fields(t, b, func(n protowire.Number, x uint64, b []byte) {
					switch n {
					case 1:
						name = string(b)
					case 3, 8:
						v = append(v, int64(x))
					}
				})
				o.integers[name] = v
			case 7:
				o.domain = string(b)
			}
		})
		r.nodes = append(r.nodes, o)
	case 5:
		name, dims, raw := "", []int{}, []byte(nil)
		fields(t, b, func(n protowire.Number, v uint64, b []byte) {
			switch n {
			case 1:
				dims = append(dims, int(v))
			case 8:
				name = string(b)
			case 9:
				raw = b
			}
		})
		r.constants[name], r.data[name] = dims, raw
	case 11, 12, 13:
		name, dims := "", []int{}
		fields(t, b, func(n protowire.Number, _ uint64, b []byte) {
			if n == 1 {
				name = string(b)
				return
			}
			nested(t, b, []protowire.Number{1, 2}, func(b []byte) { // type.tensor_type.shape
				fields(t, b, func(n protowire.Number, _ uint64, b []byte) {
					dim := -1
					fields(t, b, func(n protowire.Number, v uint64, _ []byte) {
						if n == 1 {
							dim = int(v)
						}
					})
					dims = append(dims, dim)
				})
			})
		})
		r.shapes[name] = dims
		if n == 11 {
			r.inputs = append(r.inputs, name)
		} else if n == 12 {
			r.outputs = append(r.outputs, name)
		}
	}
}

// nested calls f with the message that lies in fields of fields.
func nested(t *testing.T, b []byte, path []protowire.Number, f func(b []byte)) {
	if len(path) == 0 {
		f(b)
		return
	}
	fields(t, b, func(n protowire.Number, _ uint64, b []byte) {
		if n == path[0] && b != nil {
			nested(t, b, path[1:], f)
		}
	})
}

// floatsOf returns a constant's elements.
func (r *onnxRead) floatsOf(name string) []float32 {
	var x []float32
	for b := r.data[name]; len(b) >= 4; b = b[4:] {
		x = append(x, math.Float32frombits(binary.LittleEndian.Uint32(b)))
	}
	return x
}

func (r *onnxRead) operators() string {
	var all []string
	for _, n := range r.nodes {
		all = append(all, n.op)
	}
	return strings.Join(all, " ")
}

// drawn returns a network with weights that are all different from 0.
func drawn(t *testing.T, m *model.Network) *model.Network {
	t.Helper()
	if err := m.Init(7); err != nil {
		t.Fatal(err)
	}
	for i, w := range m.Weights() {
		for k := range w.Data {
			w.Data[k] += float32((i+3*k)%11+1) / 64
		}
	}
	return m
}

func TestONNX(t *testing.T) {
	for _, c := range []struct {
		net       *model.Network
		operators string
		constants int
	}{
		{model.Tutorial(), "Conv Relu LeakyRelu Conv LeakyRelu MaxPool Conv LeakyRelu Conv LeakyRelu MaxPool Flatten Gemm LeakyRelu Gemm LeakyRelu Softmax Identity", 12},
		{model.Tenfold(), "Conv Relu Conv MaxPool BatchNormalization Relu Conv Relu Conv MaxPool BatchNormalization Relu Conv Relu " +
			"Conv MaxPool BatchNormalization Relu Conv Relu GlobalAveragePool Flatten Gemm Softmax Identity", 14 + 2 + 12 - 3},
	} {
		file, err := ONNX(drawn(t, c.net))
		if err != nil {
			t.Fatal(err)
		}
		r := readONNX(t, file)
		if got := r.operators(); got != c.operators {
			t.Errorf("%s: operators %s\nwant %s", c.net.Name, got, c.operators)
		}
		if len(r.constants) != c.constants {
			t.Errorf("%s: %d constants, want %d", c.net.Name, len(r.constants), c.constants)
		}
		for name, dims := range r.constants {
			if n := len(r.data[name]) / 4; n != task.Shape(dims).Size() || n == 0 {
				t.Errorf("%s: %s has %d elements for %v", c.net.Name, name, n, dims)
			}
		}
		if !slices.Equal(r.shapes["x"], []int{-1, 3, 32, 32}) || !slices.Equal(r.shapes["y"], []int{-1, 10}) {
			t.Errorf("%s: x is %v and y %v", c.net.Name, r.shapes["x"], r.shapes["y"])
		}
	}
	if _, err := ONNX(drawn(t, model.ResNet20())); err != nil {
		t.Error(err)
	}
}

// TestONNXPlaces looks for single weights where the format wants them.
func TestONNXPlaces(t *testing.T) {
	m := drawn(t, model.Tutorial())
	file, err := ONNX(m)
	if err != nil {
		t.Fatal(err)
	}
	r := readONNX(t, file)
	for _, w := range m.Weights() {
		switch w.Path {
		case "conv2d_1/kernel": // HWIO to OIHW
			y, x, in, out := 2, 1, 5, 9
			got := r.floatsOf(w.Path)[((out*16+in)*3+y)*3+x]
			if want := w.Data[((y*3+x)*16+in)*32+out]; got != want || !slices.Equal(r.constants[w.Path], []int{32, 16, 3, 3}) {
				t.Errorf("%s %v: %g, want %g", w.Path, r.constants[w.Path], got, want)
			}
		case "dense/kernel": // rows of HWC to rows of CHW
			y, x, c, out := 3, 6, 17, 100
			got := r.floatsOf(w.Path)[(c*64+y*8+x)*256+out]
			if want := w.Data[((y*8+x)*64+c)*256+out]; got != want {
				t.Errorf("%s: %g, want %g", w.Path, got, want)
			}
		}
	}
}

// TestONNXIsRead reads the files of all networks as nn/onnx does, and compares what they say of a
// picture.
func TestONNXIsRead(t *testing.T) {
	for _, n := range model.Networks {
		m := drawn(t, n.New())
		file, err := ONNX(m)
		if err != nil {
			t.Fatal(err)
		}
		again, err := onnx.Read(file)
		if err != nil {
			t.Errorf("%s: %v", n.Name, err)
			continue
		}
		x := make([]float32, m.Pixels())
		for i := range x {
			x[i] = float32(i*i%251)/255 - 0.5
		}
		_, want := m.Predictor(1).Predict(x)
		_, got := again.Predictor(1).Predict(x)
		for k, p := range want {
			if d := math.Abs(float64(got[k] - p)); !(d <= 1e-4) {
				t.Errorf("%s: class %d has %g, want %g", n.Name, k, got[k], p)
			}
		}
	}
}

// TestFolds compares a folded convolution with the two that it stands for, at one place.
func TestFolds(t *testing.T) {
	conv := layer.Conv2D{Filters: 2, KernelSize: [2]int{1, 1}}
	for _, c := range []struct {
		name string
		then []layer.Layer // after the convolution
		left int
	}{
		{"a batch normalisation", []layer.Layer{layer.BatchNormalization{}}, 1},
		{"one behind a dropout", []layer.Layer{layer.Dropout{Rate: 0.5}, layer.BatchNormalization{}}, 1},
		{"one behind a rectifier", []layer.Layer{layer.LeakyReLU{Alpha: 0.1}, layer.BatchNormalization{}}, 3},
		{"one behind a pooling", []layer.Layer{layer.MaxPool2D{}, layer.BatchNormalization{}}, 3},
	} {
		m, err := model.New(task.Shape{2, 2, 3}, append([]layer.Layer{conv}, c.then...)...)
		if err != nil {
			t.Fatal(err)
		}
		all := inferring(drawn(t, m))
		if len(all) != c.left {
			t.Errorf("%s: %d operations are left, want %d", c.name, len(all), c.left)
		}
		if c.left > 1 {
			continue
		}
		x := []float32{0.3, -0.7, 0.9}
		logits, _ := m.Predictor(1).Predict(slices.Repeat(x, 4))
		for f := range 2 {
			y := all[0].weights["bias"].data[f]
			for k, v := range x {
				y += v * all[0].weights["kernel"].data[2*k+f]
			}
			if math.Abs(float64(y-logits[f])) > 1e-5 {
				t.Errorf("%s: %g, want %g", c.name, y, logits[f])
			}
		}
	}
}

// TestSharedStays has a sum read what is before a batch normalisation: it must not be folded.
func TestSharedStays(t *testing.T) {
	f := model.NewFunctional(task.Shape{4, 4, 3})
	x := f.Add(layer.Conv2D{Filters: 2, KernelSize: [2]int{1, 1}}, model.Input)
	d := f.Add(layer.Dropout{Rate: 0.5}, x)
	f.Add(layer.Add{}, x, f.Add(layer.BatchNormalization{}, d))
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	if all := inferring(drawn(t, m)); len(all) != 3 || fmt.Sprint(all[1].in, all[2].in) != "[0] [0 1]" {
		t.Errorf("operations %+v", all)
	}
}

// TestUnknown asks each format for what it does not have.
func TestUnknown(t *testing.T) {
	dense := layer.Dense{Units: 10, Activation: "softmax"}
	softplus := layer.Activation{Function: "softplus"}
	for _, c := range []struct {
		name   string
		layers []layer.Layer
		want   map[string]string // by format
	}{
		{"no line", []layer.Layer{layer.LayerNormalization{}, layer.Flatten{}, dense}, map[string]string{
			"ONNX": "a LayerNormalization cannot be written as ONNX", "ONNX for training": "a LayerNormalization cannot be written",
			"TFLite": "as TensorFlow Lite", "PyTorch": "as PyTorch",
		}},
		{"a clipped rectifier", []layer.Layer{layer.ReLU{MaxValue: 6}, layer.Flatten{}, dense}, map[string]string{
			"ONNX": "max_value 6", "ONNX for training": "max_value 6", "TFLite": "max_value 6", "PyTorch": "max_value 6",
		}},
		{"flattened pictures that are not multiplied", []layer.Layer{layer.Flatten{}, layer.BatchNormalization{}, dense}, map[string]string{
			"ONNX": "flattened picture", "ONNX for training": "flattened picture", "PyTorch": "flattened picture", "TFLite": "",
		}},
		{"an activation", []layer.Layer{layer.Conv2D{Filters: 2, KernelSize: [2]int{3, 3}}, softplus, layer.Flatten{}, dense}, map[string]string{
			"ONNX": "", "ONNX for training": `activation "softplus"`, "TFLite": `activation "softplus"`, "PyTorch": `activation "softplus"`,
		}},
		{"a gradient", []layer.Layer{layer.Conv2D{Filters: 2, KernelSize: [2]int{3, 3}}, layer.BatchNormalization{}, layer.Flatten{}, dense}, map[string]string{
			"ONNX": "", "ONNX for training": "a BatchNormalization cannot be written as ONNX for training", "TFLite": "", "PyTorch": "",
		}},
		{"no softmax", []layer.Layer{layer.Flatten{}, layer.Dense{Units: 10}}, map[string]string{
			"ONNX": "", "ONNX for training": "want a softmax", "TFLite": "", "PyTorch": "",
		}},
	} {
		m, err := model.New(task.Shape{4, 4, 3}, c.layers...)
		if err != nil {
			t.Fatal(err)
		}
		drawn(t, m)
		formats := map[string]func() error{
			"ONNX":              func() error { _, err := ONNX(m); return err },
			"ONNX for training": func() error { _, err := ONNXTraining(m, 2, Training{}); return err },
			"TFLite":            func() error { _, err := TFLite(m, 2); return err },
			"PyTorch":           func() error { _, _, err := Torch(m); return err },
		}
		for name, write := range formats {
			err, want := write(), c.want[name]
			if (want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), want) {
				t.Errorf("%s, %s: %v, want %q", c.name, name, err, want)
			}
		}
	}
}
