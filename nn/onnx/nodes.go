package onnx

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// operation makes an operator's first output of its inputs, which are nil where they are
// left out.
type operation func(b *builder, n *Node, in []*value, s *settings) (*value, error)

// operations are the operators that are read. A new one adds a line. What they do is in ONNX'
// description, https://onnx.ai/onnx/operators/.
var operations map[string]operation

func init() { // they call each other by way of the builder
	operations = map[string]operation{
		"Conv":                      (*builder).conv,
		"Gemm":                      (*builder).gemm,
		"MatMul":                    (*builder).matMul,
		"BatchNormalization":        (*builder).batchNorm,
		"LayerNormalization":        (*builder).layerNorm,
		"MaxPool":                   (*builder).maxPool,
		"AveragePool":               (*builder).averagePool,
		"GlobalAveragePool":         global(averages),
		"GlobalMaxPool":             global(maxima),
		"ReduceMean":                reduce(averages),
		"ReduceMax":                 reduce(maxima),
		"Pad":                       (*builder).pad,
		"Flatten":                   (*builder).flatten,
		"Reshape":                   (*builder).reshape,
		"Squeeze":                   (*builder).squeeze,
		"Unsqueeze":                 (*builder).unsqueeze,
		"Transpose":                 (*builder).transpose,
		"Concat":                    (*builder).concat,
		"Expand":                    (*builder).expand,
		"Add":                       arithmetic(sum),
		"Sum":                       arithmetic(sum),
		"Sub":                       arithmetic(difference),
		"Mul":                       arithmetic(product),
		"Div":                       arithmetic(quotient),
		"Pow":                       arithmetic(power),
		"Min":                       arithmetic(least),
		"Max":                       arithmetic(greatest),
		"Softmax":                   (*builder).softmax,
		"LogSoftmax":                (*builder).logSoftmax,
		"Dropout":                   (*builder).dropout,
		"Identity":                  (*builder).identity,
		"Cast":                      (*builder).cast,
		"PRelu":                     (*builder).prelu,
		"Relu":                      (*builder).relu,
		"LeakyRelu":                 (*builder).leakyRelu,
		"ThresholdedRelu":           (*builder).thresholdedRelu,
		"Elu":                       (*builder).elu,
		"Selu":                      (*builder).selu,
		"Clip":                      (*builder).clip,
		"HardSigmoid":               (*builder).hardSigmoid,
		"HardSwish":                 activation("hard_swish", hardSwish),
		"Sigmoid":                   activation("sigmoid", sigmoid),
		"Tanh":                      activation("tanh", math.Tanh),
		"Softplus":                  activation("softplus", softplus),
		"Gelu":                      (*builder).gelu,
		"Erf":                       each(math.Erf),
		"Exp":                       each(math.Exp),
		"Log":                       each(math.Log),
		"Sqrt":                      (*builder).sqrt,
		"Abs":                       each(math.Abs),
		"Neg":                       each(func(x float64) float64 { return -x }),
		"Reciprocal":                each(func(x float64) float64 { return 1 / x }),
		"If":                        refused("the network decides on the way, by If: export it without such a branch"),
		"Loop":                      refused("the network has a Loop: export it without"),
		"Scan":                      refused("the network has a loop, Scan: export it without"),
		"QuantizeLinear":            refused("the network is quantised; want the one before, of float32"),
		"DequantizeLinear":          refused("the network is quantised; want the one before, of float32"),
		"ArgMax":                    refused("ArgMax is not among the layers here: let the network put out a number a class"),
		"SoftmaxCrossEntropyLoss":   refused("the graph is one for training: export the network for inference"),
		"NegativeLogLikelihoodLoss": refused("the graph is one for training: export the network for inference"),
	}
}

// refused is for an operator about which more can be said than that it is not supported.
func refused(why string) operation {
	return func(*builder, *Node, []*value, *settings) (*value, error) { return nil, errors.New(why) }
}

// String says which operator one is.
func (n *Node) String() string {
	if n.Name != "" {
		return fmt.Sprintf("node %.80q", n.Name)
	}
	if len(n.Out) > 0 {
		return fmt.Sprintf("the node of %.80q", n.Out[0])
	}
	return "a node without a name"
}

// nodeError is one that names an operator.
type nodeError struct {
	n   *Node
	err error
}

func (e nodeError) Error() string { return fmt.Sprintf("onnx: %v: %v", e.n, e.err) }
func (e nodeError) Unwrap() error { return e.err }

// failed names an operator in an error, unless that names one.
func (b *builder) failed(n *Node, err error) error {
	var named nodeError
	if errors.As(err, &named) {
		return err
	}
	if errors.Is(err, errUnknown) && !pairwise[n.Op] {
		err = noLayer(n.Op)
	}
	return nodeError{n, err}
}

// pairwise are the operators with several equal inputs, the first of which may be a constant.
var pairwise = map[string]bool{"Add": true, "Sum": true, "Sub": true, "Mul": true, "Div": true, "Pow": true, "Min": true, "Max": true}

// node reads an operator.
func (b *builder) node(n *Node) error {
	if len(n.Out) == 0 || n.Out[0] == "" {
		return damaged("%v puts out nothing", n)
	}
	if n.Domain != "" && n.Domain != "ai.onnx" {
		return b.failed(n, fmt.Errorf("the operator %.40s is %.40s's own: want those of ONNX", n.Op, n.Domain))
	}
	var in []*value
	known := true
	for _, name := range n.In {
		var v *value
		if name != "" {
			if v = b.values[name]; v == nil {
				return b.failed(n, fmt.Errorf("its input %.80q is not the first output of a node before it", name))
			}
			known = known && v.constant != nil
		}
		in = append(in, v)
	}
	s := &settings{node: n}
	var y *value
	var err error
	if fold := folds[n.Op]; fold != nil && (known || n.Op == "Shape") {
		var c *constant
		if c, err = fold(b, in, s); err == nil {
			y = &value{constant: c}
		}
	} else if do := operations[n.Op]; do == nil {
		err = noLayer(n.Op)
	} else if len(in) == 0 || in[0] == nil {
		err = errors.New("it has no input")
	} else if known || in[0].constant != nil && !pairwise[n.Op] && n.Op != "Concat" {
		err = fmt.Errorf("%s of a constant is not worked out here", n.Op)
	} else {
		y, err = do(b, n, in, s)
	}
	if err == nil {
		err = s.done()
	}
	if what := b.meant(n); err != nil && what != "" {
		err = errors.New(what)
	}
	if err != nil {
		return b.failed(n, err)
	}
	if b.values[n.Out[0]] != nil {
		return damaged("%.80q is put out twice", n.Out[0])
	}
	y.name = n.Out[0]
	b.values[y.name] = y
	return nil
}

// settings are an operator's attributes. The first that cannot be read is kept until done is asked,
// which also says which were not asked for: an operator that does something else than is thought is
// no use.
type settings struct {
	node  *Node
	asked []string
	err   error
}

// get returns an attribute of a type, and whether there is one.
func get[T any](s *settings, name string) (v T, ok bool) {
	s.asked = append(s.asked, name)
	for _, a := range s.node.Attributes {
		if a.Name != name {
			continue
		}
		if v, ok = a.Value.(T); !ok && s.err == nil {
			s.err = fmt.Errorf("its attribute %.40q is of a kind that it cannot be", name)
		}
		return v, ok
	}
	return v, false
}

// or returns an attribute, or def if there is none.
func or[T any](s *settings, name string, def T) T {
	if v, ok := get[T](s, name); ok {
		return v
	}
	return def
}

// ignore says of attributes that they do not matter.
func (s *settings) ignore(names ...string) { s.asked = append(s.asked, names...) }

func (s *settings) done() error {
	if s.err != nil {
		return s.err
	}
	for _, a := range s.node.Attributes {
		if !slices.Contains(s.asked, a.Name) {
			return fmt.Errorf("its attribute %.40q is not known here", a.Name)
		}
	}
	return nil
}

// at returns an operator's input at a place, or nil.
func at(in []*value, i int) *value {
	if i < len(in) {
		return in[i]
	}
	return nil
}

// weights returns the numbers of an operator's input at a place, which must be a constant.
func (b *builder) weights(in []*value, i int, what string) ([]float32, []int, error) {
	v := at(in, i)
	if v == nil {
		return nil, nil, fmt.Errorf("it has no %s", what)
	}
	if v.constant == nil {
		return nil, nil, fmt.Errorf("its %s is worked out on the way: want a constant", what)
	}
	x, err := b.numbers(v.constant)
	return x, v.dims, err
}

// list returns the integers of an operator's input at a place, in older versions of an attribute;
// nil if it has neither.
func (b *builder) list(in []*value, i int, s *settings, name string) ([]int64, error) {
	if v := at(in, i); v != nil {
		if v.constant == nil {
			return nil, fmt.Errorf("its %s are worked out on the way: want constants", name)
		}
		return v.constant.list()
	}
	v, _ := get[[]int64](s, name)
	return v, nil
}

// scalar returns the number of an operator's input at a place, in older versions of an attribute;
// def if it has neither.
func (b *builder) scalar(in []*value, i int, s *settings, name string, def float32) (float32, error) {
	if at(in, i) == nil {
		return or(s, name, def), nil
	}
	x, _, err := b.weights(in, i, name)
	if err == nil && len(x) != 1 {
		err = fmt.Errorf("its %s has %d numbers: want one", name, len(x))
	}
	if err != nil {
		return 0, err
	}
	return x[0], nil
}
