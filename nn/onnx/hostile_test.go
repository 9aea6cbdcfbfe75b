package onnx

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// small returns a file that has a bit of everything, and few weights.
func small(t testing.TB) []byte {
	t.Helper()
	return encoded(t, row(t, task.Shape{6, 5, 3}, layer.Conv2D{Filters: 2, KernelSize: [2]int{3, 3}, Padding: layer.Same, Activation: "gelu"},
		layer.BatchNormalization{}, layer.MaxPool2D{}, layer.Flatten{}, layer.Dense{Units: 3, Activation: "softmax"}))
}

// fast checks that reading takes little time and memory, and returns the error.
func fast(t *testing.T, name string, b []byte) error {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	_, err := Read(b)
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	if spent := after.TotalAlloc - before.TotalAlloc; spent > 256<<20 || took > 30*time.Second {
		t.Errorf("%s: %d bytes took %v and %d bytes of memory", name, len(b), took, spent)
	}
	return err
}

// boundaries returns the places where a message's fields begin and end, and those of the messages in it.
func boundaries(b []byte, first int, depth int) (all []int) {
	for at := 0; at < len(b); {
		f, size, err := next(b[at:])
		if err != nil {
			return all
		}
		all = append(all, first+at, first+at+1, first+at+size-len(f.b))
		if f.wire == counted && depth > 0 {
			all = append(all, boundaries(f.b, first+at+size-len(f.b), depth-1)...)
		}
		at += size
	}
	return append(all, first+len(b))
}

// TestCut reads files that end early, at each place where a field does, or have another byte there.
func TestCut(t *testing.T) {
	for name, whole := range map[string][]byte{"ours": small(t), "torch": file(t, "torch_mixed.onnx")} {
		places := boundaries(whole, 0, 6)
		slices.Sort(places)
		places = slices.Compact(places)
		opened, step := 0, 1+len(places)/700
		for i := 0; i < len(places); i += step {
			at := places[i]
			if at < len(whole) {
				if _, err := Read(whole[:at]); err == nil {
					opened++ // what is left out at the end is metadata
				}
				b := slices.Clone(whole)
				for _, v := range []byte{0, 0xff, b[at] ^ 1, b[at] + 8} {
					b[at] = v
					if net, err := Read(b); err == nil {
						answers(net, pictures(net.Input)[:net.Pixels()])
					}
				}
			}
		}
		if _, err := Read(whole[:len(whole)/2]); err == nil || !strings.Contains(err.Error(), "it may be cut short") {
			t.Errorf("%s: half of it: %v", name, err)
		}
		t.Logf("%s: cut and changed at %d places of %d bytes; %d of what was cut can be read", name, (len(places)+step-1)/step, len(whole), opened)
	}
}

// of returns a network with the input "x" [1,3,4,4] and the output "y".
func of(nodes []Node, constants ...Tensor) *Model {
	return &Model{IR: 8, Opsets: []Opset{{"", 17}}, Graph: Graph{
		Name: "g", Nodes: nodes, Constants: constants,
		Inputs: []Value{Of("x", Float32, 1, 3, 4, 4)}, Outputs: []Value{Of("y", Float32, 1, 3)},
	}}
}

// node returns one whose inputs and outputs are names separated by spaces.
func node(op, in, out string, attributes ...Attribute) Node {
	return Node{Name: "/" + op, Op: op, In: strings.Fields(in), Out: strings.Fields(out), Attributes: attributes}
}

// TestRefused says in plain words what cannot be read, and where.
func TestRefused(t *testing.T) {
	one := func(op string, attributes ...Attribute) *Model { return of([]Node{node(op, "x", "y", attributes...)}) }
	two := of([]Node{node("Relu", "x", "y")})
	two.Graph.Inputs = append(two.Graph.Inputs, Of("z", Float32, 1))
	open := of([]Node{node("Relu", "x", "y")})
	open.Graph.Inputs[0].Dims[2] = Dim{Name: "height"}
	outputs := of([]Node{node("Relu", "x", "y")})
	outputs.Graph.Outputs = append(outputs.Graph.Outputs, Of("x", Float32, 1))
	domain := one("FusedConv")
	domain.Graph.Nodes[0].Domain = "com.microsoft"
	nameless := one("Einsum")
	nameless.Graph.Nodes[0].Name = ""
	kernel := Floats("w", make([]float32, 3*3*9), 3, 3, 3, 3)
	quantised := kernel
	quantised.Type = 3
	gelu := []Node{
		node("Pow", "x three", "a"), node("Mul", "a k", "b"), node("Add", "x b", "c"), node("Mul", "c root", "d"), node("Tanh", "d", "e"),
		node("Add", "e one", "f"), node("Mul", "x f", "g"), node("Mul", "g half", "y"),
	}
	for i := range gelu {
		gelu[i].Name += "_" + gelu[i].Out[0]
	}
	for want, m := range map[string]*Model{
		`node "/ConvTranspose": ConvTranspose is not among the layers here`:                 one("ConvTranspose"),
		`the node of "y": Einsum is not among`:                                              nameless,
		"Resize is not among the layers here: let the network begin with":                   one("Resize"),
		"QLinearConv is not among the layers here: the network is quantised":                one("QLinearConv"),
		"NonZero is not among the layers here: train the network with a layer in its place": one("NonZero"),
		"a GroupNormalization is not among the layers here: train":                          of([]Node{node("Reshape", "x s", "a"), node("InstanceNormalization", "a", "y")}, Integers("s", []int64{0, 3, -1}, 3)),
		"a shuffle of channels, as in ShuffleNet, is not among":                             of([]Node{node("Reshape", "x s", "a"), node("Transpose", "a", "y", Attribute{"perm", []int64{0, 2, 1, 3, 4}})}, Integers("s", []int64{0, 3, 1, 4, 4}, 5)),
		`node "/Erf": Erf is not among the layers here`:                                     one("Erf"),
		`node "/Mul_y": a GELU by tanh is not among the layers here, but the exact one is`: of(gelu, Floats("three", []float32{3}), Floats("k", []float32{0.044715}),
			Floats("root", []float32{0.7978846}), Floats("one", []float32{1}), Floats("half", []float32{0.5})),
		`node "/If": the network decides on the way, by If`:            one("If"),
		`node "/FusedConv": the operator FusedConv is com.microsoft's`: domain,
		"the network has 2 inputs: want one":                           two,
		"the network has 2 outputs: want one":                          outputs,
		`leaves a size of the pictures "x" open, "height"`:             open,
		"the network is quantised":                                     one("QuantizeLinear"),
		"is of int8, as in a quantised network":                        of([]Node{node("Conv", "x w", "y")}, quantised),
		"in 3 groups of 3 channels":                                    of([]Node{node("Conv", "x w", "y", Attribute{"group", int64(3)})}, kernel),
		`its input "nowhere" is not the first output`:                  of([]Node{node("Relu", "nowhere", "y")}),
		`its input "b" is not the first output`:                        of([]Node{node("Relu", "b", "a"), node("Relu", "a", "b"), node("Relu", "a", "y")}), // a cycle
		`its input "y" is not the first output`:                        of([]Node{node("Add", "x y", "y")}),
		`"a" is put out twice`:                                         of([]Node{node("Relu", "x", "a"), node("Relu", "x", "a")}),
		`"x" is put out twice`:                                         of([]Node{node("Relu", "x", "x")}),
		"nothing puts out \"y\"":                                       of([]Node{node("Relu", "x", "z")}),
		"the network's output is its input":                            one("Identity"),
		`its attribute "axes" is not known here`:                       one("Relu", Attribute{"axes", int64(1)}),
		`its attribute "alpha" is of a kind`:                           one("LeakyRelu", Attribute{"alpha", int64(1)}),
		"it works as in training":                                      of([]Node{node("BatchNormalization", "x c c c c", "y", Attribute{"training_mode", int64(1)})}, Floats("c", []float32{1, 1, 1}, 3)),
		"number 1 of them is +Inf":                                     of([]Node{node("BatchNormalization", "x c c c c", "y")}, Floats("c", []float32{1, float32(math.Inf(1)), 1}, 3)),
		"LogSoftmax is not among the layers here":                      of([]Node{node("LogSoftmax", "x", "a", Attribute{"axis", int64(1)}), node("Relu", "a", "y")}),
		"a pooling with pads over what may be below 0":                 one("MaxPool", Attribute{"kernel_shape", []int64{3, 3}}, Attribute{"strides", []int64{2, 2}}, Attribute{"pads", []int64{1, 1, 1, 1}}),
		"does not fit into 4":                                          one("MaxPool", Attribute{"kernel_shape", []int64{5, 5}}),
		"which is not among the layers here: want (None, 48)":          of([]Node{node("Reshape", "x s", "y")}, Integers("s", []int64{0, 6, 8}, 3)),
		"want the batch first":                                         of([]Node{node("Reshape", "x s", "y")}, Integers("s", []int64{6, 8}, 2)),
		"a padding by \"reflect\" is not among":                        of([]Node{node("Pad", "x s", "y", Attribute{"mode", "reflect"})}, Integers("s", make([]int64, 8), 8)),
		"ReduceMean over the axes [1]":                                 one("ReduceMean", Attribute{"axes", []int64{1}}),
		"the network's output is a flattened picture":                  one("Flatten"),
		"has sizes [-1 3 3 3]":                                         of([]Node{node("Conv", "x w", "y")}, Tensor{Name: "w", Dims: []int64{-1, 3, 3, 3}, Type: Float32, Raw: kernel.Raw}),
		"has sizes [9223372036854775807 3 3 3]":                        of([]Node{node("Conv", "x w", "y")}, Tensor{Name: "w", Dims: []int64{math.MaxInt64, 3, 3, 3}, Type: Float32}),
		"of sizes [1000000 1000 2] has 81 numbers":                     of([]Node{node("Conv", "x w", "y")}, Tensor{Name: "w", Dims: []int64{1e6, 1e3, 2}, Type: Float32, Raw: kernel.Raw}), // terabytes
		"its kernel is worked out on the way":                          of([]Node{node("Relu", "x", "w"), node("Conv", "x w", "y")}),
		"a list of 1000000000000":                                      of([]Node{node("ConstantOfShape", "s", "y")}, Integers("s", []int64{1e12}, 1)),
	} {
		err := fast(t, want, m.Encode())
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "onnx: ") {
			t.Errorf("%v\nwant %s", err, want)
		}
	}
}

// TestElsewhere says that weights are in another file.
func TestElsewhere(t *testing.T) {
	m := of([]Node{node("Relu", "x", "y")})
	w := (&Tensor{Name: "w", Dims: []int64{3}, Type: Float32}).encode()
	graph := appendBytes(m.Graph.encode(), 5, appendNumber(w, 14, 1))
	if _, err := Read(appendBytes(appendNumber(nil, 1, 8), 7, graph)); err == nil || !strings.Contains(err.Error(), "are in another file; save all in one") {
		t.Error(err)
	}
}

// TestHuge reads what claims to be much, or is much of nothing.
func TestHuge(t *testing.T) {
	claim := func(number int, n uint64) []byte { // the length of a field
		return binary.AppendUvarint(binary.AppendUvarint(nil, uint64(number)<<3|counted), n)
	}
	nothing := func(number, n int) []byte { return slices.Repeat([]byte{byte(number)<<3 | counted, 0}, n) }
	begin := appendNumber(nil, 1, 8)
	chain := func(op string, n int, constants ...Tensor) []byte { // x to a0, a1 …
		m := of(nil, constants...)
		last := "x"
		for i := range n {
			out := "y"
			if i < n-1 {
				out = fmt.Sprint("a", i)
			}
			in := last + " " + last
			if len(constants) > 0 {
				in = last + " w"
			}
			m.Graph.Nodes = append(m.Graph.Nodes, node(op, in, out))
			last = out
		}
		return m.Encode()
	}
	for name, b := range map[string][]byte{
		"a graph of 2^63 bytes":                slices.Concat(begin, claim(7, 1<<63)),
		"a graph of 2^64-1 bytes":              slices.Concat(begin, claim(7, math.MaxUint64)),
		"a million operators":                  slices.Concat(begin, appendBytes(nil, 7, nothing(1, 1e6))),
		"a million constants":                  slices.Concat(begin, appendBytes(nil, 7, nothing(5, 1e6))),
		"a million inputs":                     slices.Concat(begin, appendBytes(nil, 7, nothing(11, 1e6))),
		"a million attributes":                 slices.Concat(begin, appendBytes(nil, 7, appendBytes(nil, 1, nothing(5, 1e6)))),
		"a million names":                      slices.Concat(begin, appendBytes(nil, 7, appendBytes(nil, 1, nothing(1, 1e6)))),
		"a million axes":                       slices.Concat(begin, appendBytes(nil, 7, appendBytes(nil, 5, slices.Repeat([]byte{1 << 3, 1}, 1e6)))),
		"a million entries":                    slices.Concat(begin, nothing(14, 1e6)),
		"a million graphs":                     slices.Concat(begin, nothing(7, 1e6)),
		"a tag of ten bytes":                   slices.Concat(begin, slices.Repeat([]byte{0xff}, 100)),
		"sums of sums":                         chain("Add", 2000),
		"products of products":                 chain("Mul", 2000),
		"convolutions that share their weight": chain("Conv", 2000, Floats("w", make([]float32, 9), 3, 3, 1, 1)),
		"concatenations":                       chain("Concat", 40),
	} {
		if err := fast(t, name, b); err != nil && !strings.HasPrefix(err.Error(), "onnx: ") {
			t.Errorf("%s: %v", name, err)
		} else {
			t.Logf("%s: %.150v", name, err)
		}
	}
}

// TestShippedArchitecture checks that metadata cannot ask for memory that a file does not have.
func TestShippedArchitecture(t *testing.T) {
	m, err := Decode(small(t))
	if err != nil {
		t.Fatal(err)
	}
	large, err := model.New(task.Shape{256, 256, 3}, layer.Flatten{}, layer.LayerNormalization{NoScale: true, NoCenter: true}, layer.Dense{Units: 100})
	if err != nil {
		t.Fatal(err)
	}
	text, err := large.Architecture()
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range m.Metadata {
		if p.Key == architecture {
			m.Metadata[i].Value = text
		}
	}
	if err := fast(t, "another architecture", m.Encode()); err != nil {
		t.Errorf("the graph alone cannot be read: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(small(f))
	f.Add(bare(f, small(f)))
	f.Add(bare(f, encoded(f, everything(f))))
	for _, more := range []map[string]*model.Network{alone(f), bent(f), merged(f)} {
		for _, net := range more {
			f.Add(bare(f, encoded(f, net)))
		}
	}
	files, err := filepath.Glob("testdata/*.onnx")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		Known(b)
		net, err := Read(b)
		if err != nil {
			return
		}
		if net.Input.Size() < 1<<12 && len(net.Nodes()) < 100 {
			outputs := 0
			for _, n := range net.Nodes() {
				outputs += n.Out.Size()
			}
			if outputs > 1<<18 {
				return
			}
			net.Predictor(1).Predict(make([]float32, net.Input.Size()))
		}
		again, err := Write(net)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Read(bare(t, again)); err != nil && !strings.Contains(err.Error(), "is not among the layers here") && !strings.Contains(err.Error(), "it has no layers") {
			t.Fatalf("what is written cannot be read: %v", err)
		}
	})
}
