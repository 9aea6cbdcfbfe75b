package format

import (
	"fmt"
	"reflect"
	"slices"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/onnx"
	"tenfold/nn/task"
)

// Training is what an ONNX file for training does with pictures "x" [batch,c,h,w] and
// "labels" [batch], integers. Its outputs are the mean cross-entropy "loss" and:
type Training struct {
	// Of a step: the weights learn by Adam, in place, as ONNX Runtime's trainer had it,
	// and dropout drops. Otherwise the probabilities "y" and each weight's gradient, named
	// by its path and "/gradient", without dropout.
	Step bool
	Rate float32 // of Adam
}

// ONNXTraining writes a network's forward and backward pass over batches of the given
// size, in the operators of ONNX Runtime's training builds. The backward pass is
// written by hand: an operation's line in onnxGradients says how.
// Source: orttraining/orttraining/core/graph/training_op_defs.cc of ONNX Runtime 1.19.
func ONNXTraining(m *model.Network, batch int, t Training) ([]byte, error) {
	g := &onnxGraph{
		ops: ops(m), planes: map[string]task.Shape{}, training: true, dropout: t.Step, kept: map[int]string{},
	}
	last := len(g.ops) - 1
	if a, ok := g.ops[last].layer.(layer.Activation); !ok || a.Function != "softmax" {
		return nil, fmt.Errorf("format: %s cannot be trained as ONNX: it ends in %s, want a softmax", m.Name, g.ops[last].name)
	}
	g.Inputs = append(g.Inputs, onnx.Of("x", onnx.Float32, onnxDims(batch, m.Input)...), onnx.Of("labels", onnx.Int64, batch))
	g.Outputs = append(g.Outputs, onnx.Of("loss", onnx.Float32))
	if err := g.forward(); err != nil {
		return nil, err
	}
	logits := g.read(g.ops[last])[0]
	g.nodeOf("", "SoftmaxCrossEntropyLoss", []string{logits, "labels"}, []string{"loss", "log_probs"})
	one := g.floats("one", []float32{1})
	g.nodeOf(microsoft, "SoftmaxCrossEntropyLossGrad", []string{one, "log_probs", "labels"}, []string{"logits/gradient"})
	if err := g.backward(batch, "logits/gradient"); err != nil {
		return nil, err
	}
	if t.Step {
		g.learn(t.Rate)
		return g.model(m.Name), nil
	}
	g.nodeOf("", "Identity", []string{g.names[last]}, []string{"y"})
	g.Outputs = append(g.Outputs, onnx.Of("y", onnx.Float32, batch, m.Output().Size()))
	for _, w := range g.weights() {
		g.Outputs = append(g.Outputs, onnx.Of(w.name+"/gradient", onnx.Float32, w.dims...))
	}
	return g.model(m.Name), nil
}

// onnxGradients writes the way back through an operation with inputs x and output y, whose
// gradient is dy. It returns the gradients of x, if they are wanted, and writes those
// of the weights. A new kind of layer adds a line.
var onnxGradients = map[reflect.Type]func(g *onnxGraph, b back) ([]string, error){
	of[layer.Conv2D]():     (*onnxGraph).convGrad,
	of[layer.Dense]():      (*onnxGraph).denseGrad,
	of[layer.Flatten]():    (*onnxGraph).flattenGrad,
	of[layer.MaxPool2D]():  (*onnxGraph).maxPoolGrad,
	of[layer.Activation](): (*onnxGraph).activationGrad,
	of[layer.LeakyReLU]():  (*onnxGraph).leakyGrad,
	of[layer.ReLU]():       (*onnxGraph).leakyGrad,
	of[layer.Add]():        (*onnxGraph).addGrad,
	of[layer.Dropout]():    (*onnxGraph).dropGrad,
}

// back is an operation on the way back.
type back struct {
	op
	at    int // its number
	batch int
	x     []string
	y, dy string
	wants bool // something before it learns
}

// backward writes the way back from the gradient of the last operation's input.
func (g *onnxGraph) backward(batch int, gradient string) error {
	last := len(g.ops) - 1
	grads := make([][]string, len(g.ops)) // of each one's output, one for each reader
	grads[g.ops[last].in[0]] = []string{gradient}
	learns := g.learning()
	for i, o := range slices.Backward(g.ops[:last]) {
		if len(grads[i]) == 0 {
			continue // nothing up to here learns
		}
		dy := grads[i][0]
		if len(grads[i]) > 1 {
			dy = g.node("Sum", grads[i])
		}
		write, ok := onnxGradients[kind(o.layer)]
		if !ok {
			return lacks("ONNX for training", o)
		}
		b := back{op: o, at: i, batch: batch, x: g.read(o), y: g.names[i], dy: dy}
		for _, in := range o.in {
			b.wants = b.wants || in != model.Input && learns[in]
		}
		dx, err := write(g, b)
		if err != nil {
			return failed("ONNX for training", o, err)
		}
		for k, in := range o.in {
			if in != model.Input && learns[in] {
				grads[in] = append(grads[in], dx[k])
			}
		}
	}
	return nil
}

// learning says of each operation whether it or one before it has weights.
func (g *onnxGraph) learning() []bool {
	learns := make([]bool, len(g.ops))
	for i, o := range g.ops {
		learns[i] = len(o.weights) > 0
		for _, in := range o.in {
			learns[i] = learns[i] || in != model.Input && learns[in]
		}
	}
	return learns
}

// gradient returns the name of a weight's gradient, or "" where the layer has no such weight.
func (b back) gradient(weight string) string {
	if b.weights[weight] == nil {
		return ""
	}
	return b.name + "/" + weight + "/gradient"
}

func (g *onnxGraph) convGrad(b back) ([]string, error) {
	dx := ""
	if b.wants {
		dx = b.name + "/gradient"
	}
	outputs := []string{dx, b.gradient("kernel")}
	if bias := b.gradient("bias"); bias != "" {
		outputs = append(outputs, bias)
	}
	g.nodeOf(microsoft, "ConvGrad", []string{b.dy, b.x[0], b.name + "/kernel"}, outputs, convAttributes(b.window())...)
	return []string{dx}, nil
}

func (g *onnxGraph) denseGrad(b back) ([]string, error) {
	g.nodeOf("", "Gemm", []string{b.x[0], b.dy}, []string{b.gradient("kernel")}, onnx.Attribute{Name: "transA", Value: int64(1)})
	if bias := b.gradient("bias"); bias != "" {
		axis := g.integers(b.name+"/axis", []int64{0}, 1)
		g.nodeOf("", "ReduceSum", []string{b.dy, axis}, []string{bias}, onnx.Attribute{Name: "keepdims", Value: int64(0)})
	}
	if !b.wants {
		return []string{""}, nil
	}
	return []string{g.node("Gemm", []string{b.dy, b.name + "/kernel"}, onnx.Attribute{Name: "transB", Value: int64(1)})}, nil
}

func (g *onnxGraph) flattenGrad(b back) ([]string, error) {
	var dims []int64
	for _, d := range onnxDims(b.batch, b.shapes[0]) {
		dims = append(dims, int64(d))
	}
	shape := g.integers(b.name+"/shape", dims, len(dims))
	return []string{g.node("Reshape", []string{b.dy, shape})}, nil
}

// maxPoolGrad states its output's shape, which the operator needs.
func (g *onnxGraph) maxPoolGrad(b back) ([]string, error) {
	dx := g.node("MaxPoolGrad", []string{b.dy, g.kept[b.at]})
	g.Values = append(g.Values, onnx.Of(dx, onnx.Float32, onnxDims(b.batch, b.shapes[0])...))
	return []string{dx}, nil
}

func (g *onnxGraph) activationGrad(b back) ([]string, error) {
	switch f := b.layer.(layer.Activation).Function; f {
	case "linear":
		return []string{b.dy}, nil
	case "relu":
		return []string{g.own("ReluGrad", []string{b.dy, b.y})}, nil
	default:
		return nil, fmt.Errorf("activation %q: only relu has a gradient in the table, and a softmax at the end", f)
	}
}

func (g *onnxGraph) leakyGrad(b back) ([]string, error) {
	alpha, err := slope(b.layer)
	if err != nil {
		return nil, err
	}
	if alpha == 0 {
		return []string{g.own("ReluGrad", []string{b.dy, b.y})}, nil
	}
	return []string{g.own("LeakyReluGrad", []string{b.dy, b.y}, onnx.Attribute{Name: "alpha", Value: alpha})}, nil
}

func (g *onnxGraph) addGrad(b back) ([]string, error) {
	for _, s := range b.shapes {
		if !slices.Equal(s, b.out) {
			return nil, fmt.Errorf("inputs of shapes %v and %v: want the same", s, b.out)
		}
	}
	return slices.Repeat([]string{b.dy}, len(b.x)), nil
}

// drop keeps what was dropped. Without dropout nothing is.
func (g *onnxGraph) drop(o op, x []string) (string, error) {
	if !g.dropout {
		return x[0], nil
	}
	g.count++
	y := fmt.Sprintf("Dropout_%d", g.count)
	g.kept[g.at()] = y + "_mask"
	g.nodeOf("", "Dropout", append(x, g.ratio(o), g.yes(o)), []string{y, g.kept[g.at()]})
	return y, nil
}

func (g *onnxGraph) dropGrad(b back) ([]string, error) {
	mask := g.kept[b.at]
	if mask == "" {
		return []string{b.dy}, nil
	}
	return []string{g.own("DropoutGrad", []string{b.dy, mask, b.name + "/ratio", b.name + "/training"})}, nil
}

func (g *onnxGraph) ratio(o op) string {
	return g.floats(o.name+"/ratio", []float32{float32(o.layer.(layer.Dropout).Rate)})
}

// yes says that the pass is one of training.
func (g *onnxGraph) yes(o op) string {
	name := o.name + "/training"
	g.Constants = append(g.Constants, onnx.Tensor{Name: name, Type: onnx.Bool, Raw: []byte{1}})
	return name
}

// own adds one of ONNX Runtime's operators.
func (g *onnxGraph) own(operator string, inputs []string, attributes ...onnx.Attribute) string {
	g.count++
	name := fmt.Sprintf("%s_%d", operator, g.count)
	g.nodeOf(microsoft, operator, inputs, []string{name}, attributes...)
	return name
}

// named is a weight in the file.
type named struct {
	name string
	dims []int
}

// weights returns those that learn, in the network's order.
func (g *onnxGraph) weights() []named {
	var all []named
	for _, o := range g.ops {
		for _, name := range []string{"kernel", "bias"} {
			w := o.weights[name]
			if w == nil {
				continue
			}
			dims := []int(w.shape)
			if len(dims) == 4 {
				dims = []int{dims[3], dims[2], dims[0], dims[1]}
			}
			all = append(all, named{o.name + "/" + name, dims})
		}
	}
	return all
}

// learn writes a step of Adam for each weight. The operator works in place: its output
// lies where the weight and its moments do. Only the number of the step leaves the graph, so
// that the operator is not left out.
func (g *onnxGraph) learn(rate float32) {
	eta := g.floats("rate", []float32{rate})
	g.Inputs = append(g.Inputs, onnx.Of("step", onnx.Int64, 1))
	for _, w := range g.weights() {
		n := task.Shape(w.dims).Size()
		for _, moment := range []string{"/m", "/v"} {
			g.weight(w.name+moment, make([]float32, n), w.dims...)
		}
		step := w.name + "/step"
		g.nodeOf(microsoft, "AdamOptimizer",
			[]string{eta, "step", w.name, w.name + "/gradient", w.name + "/m", w.name + "/v"},
			[]string{step, w.name + "/m_new", w.name + "/v_new", w.name + "_new"})
		g.Outputs = append(g.Outputs, onnx.Of(step, onnx.Int64, 1))
	}
}
