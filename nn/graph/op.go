// Package graph turns a model into Gorgonia's training graph. Its operations are
// the layers' own forward and backward arithmetic; the graph, its differentiation
// and its tape machine are Gorgonia's. RATIONALE.md says which of Gorgonia's own
// operations are wrong, and why none of them is used.
package graph

import (
	"fmt"
	"hash"
	"hash/fnv"
	"slices"

	"github.com/chewxy/hm"
	"gorgonia.org/gorgonia"
	"gorgonia.org/tensor"

	"tenfold/nn/kernel"
	"tenfold/nn/layer"
)

// forward is a layer's Forward as a Gorgonia operation. Its inputs are the layer's inputs
// and the weights.
type forward struct {
	id  string // unique in its graph: Gorgonia merges operations of equal hashes
	op  layer.Op
	of  *Graph
	at  int            // Pass.Layer
	in  []tensor.Shape // of all inputs
	xs  int            // how many of them are not weights
	out tensor.Shape
	wrt []bool // which inputs get a gradient
	y   result
	v   [][]float32 // the inputs' values: scratch, so that Do allocates nothing

	still bool // the layer's weights are not learned: it works as in inference
}

// read returns the values of the inputs, x cut to the pictures of this step, and the weights.
func (f *forward) read(in []gorgonia.Value) (x, w [][]float32) {
	for i, v := range in {
		f.v[i] = Floats(v)
		if i < f.xs {
			f.v[i] = f.of.pictures(f.v[i], f.in[i])
		}
	}
	return f.v[:f.xs], f.v[f.xs:]
}

func (f *forward) Arity() int                                            { return len(f.in) }
func (f *forward) Type() hm.Type                                         { return signature(f.out, f.in...) }
func (f *forward) InferShape(...gorgonia.DimSizer) (tensor.Shape, error) { return f.out.Clone(), nil }
func (f *forward) ReturnsPtr() bool                                      { return true }
func (f *forward) CallsExtern() bool                                     { return false }
func (f *forward) OverwritesInput() int                                  { return -1 }
func (f *forward) WriteHash(h hash.Hash)                                 { fmt.Fprint(h, f.String()) }
func (f *forward) Hashcode() uint32                                      { return hashcode(f) }
func (f *forward) String() string                                        { return f.id }
func (f *forward) DiffWRT(int) []bool                                    { return f.wrt }

// Do computes the output. It recovers from panics because the tape machine runs in its
// own goroutine, where one would end the program.
func (f *forward) Do(in ...gorgonia.Value) (out gorgonia.Value, err error) {
	defer recovered(f.id, &err)
	x, w := f.read(in)
	pass := f.of.Pass
	pass.Layer, pass.Training = f.at, pass.Training && !f.still
	f.op.Forward(pass, f.of.pictures(f.y.data, f.out), x, w)
	return f.y.value(), nil
}

// SymDiff adds a gradient operation for each input that wants one.
func (f *forward) SymDiff(in gorgonia.Nodes, output, grad *gorgonia.Node) (gorgonia.Nodes, error) {
	grads := make(gorgonia.Nodes, len(in))
	for i, want := range f.wrt {
		if !want {
			continue
		}
		g := &gradient{id: fmt.Sprintf("∂%s/∂%d", f.id, i), of: f, i: i, g: newResult(f.in[i])}
		n, err := gorgonia.ApplyOp(g, append(append(gorgonia.Nodes{}, in...), output, grad)...)
		if err != nil {
			return nil, fmt.Errorf("graph: %v: %w", g, err)
		}
		grads[i] = n
	}
	return grads, nil
}

// gradient is a layer's Grad with respect to one input. Its inputs are those of
// the forward operation, the forward's output, so that it comes after it, and the
// gradient with respect to that.
type gradient struct {
	id string
	of *forward
	i  int
	g  result
}

func (g *gradient) inputs() []tensor.Shape {
	return append(append([]tensor.Shape{}, g.of.in...), g.of.out, g.of.out)
}

func (g *gradient) Arity() int    { return len(g.of.in) + 2 }
func (g *gradient) Type() hm.Type { return signature(g.of.in[g.i], g.inputs()...) }
func (g *gradient) InferShape(...gorgonia.DimSizer) (tensor.Shape, error) {
	return g.of.in[g.i].Clone(), nil
}
func (g *gradient) ReturnsPtr() bool      { return true }
func (g *gradient) CallsExtern() bool     { return false }
func (g *gradient) OverwritesInput() int  { return -1 }
func (g *gradient) WriteHash(h hash.Hash) { fmt.Fprint(h, g.String()) }
func (g *gradient) Hashcode() uint32      { return hashcode(g) }
func (g *gradient) String() string        { return g.id }

// Do computes the gradient.
func (g *gradient) Do(in ...gorgonia.Value) (out gorgonia.Value, err error) {
	defer recovered(g.id, &err)
	n := len(g.of.in)
	all := g.of.of
	x, w := g.of.read(in[:n])
	dy, y := all.pictures(Floats(in[n+1]), g.of.out), all.pictures(Floats(in[n]), g.of.out)
	data := g.g.data
	if g.i < g.of.xs {
		data = all.pictures(data, g.of.in[g.i])
	}
	g.of.op.Grad(g.i, data, dy, x, y, w)
	return g.g.value(), nil
}

// sum adds gradients of one thing, to which several operations have contributed, in their
// order.
type sum struct {
	id  string
	n   int
	of  tensor.Shape
	all result
}

func (s *sum) Arity() int                                            { return s.n }
func (s *sum) Type() hm.Type                                         { return signature(s.of, slices.Repeat([]tensor.Shape{s.of}, s.n)...) }
func (s *sum) InferShape(...gorgonia.DimSizer) (tensor.Shape, error) { return s.of.Clone(), nil }
func (s *sum) ReturnsPtr() bool                                      { return true }
func (s *sum) CallsExtern() bool                                     { return false }
func (s *sum) OverwritesInput() int                                  { return -1 }
func (s *sum) WriteHash(h hash.Hash)                                 { fmt.Fprint(h, s.String()) }
func (s *sum) Hashcode() uint32                                      { return hashcode(s) }
func (s *sum) String() string                                        { return s.id }

// Do computes the sum. What lies beyond this step's pictures is added too; nobody reads
// it.
func (s *sum) Do(in ...gorgonia.Value) (out gorgonia.Value, err error) {
	defer recovered(s.id, &err)
	copy(s.all.data, Floats(in[0]))
	for _, v := range in[1:] {
		kernel.Add(s.all.data, Floats(v))
	}
	return s.all.value(), nil
}

// result is the memory that an operation owns and returns from each Do: the
// machine forgets its registers between runs, so memory that it was given would
// not last.
type result struct {
	data   []float32
	tensor *tensor.Dense // nil for a scalar
	scalar *gorgonia.F32
}

func newResult(shape tensor.Shape) result {
	if shape.IsScalar() {
		return result{data: make([]float32, 1), scalar: gorgonia.NewF32(0)}
	}
	data := make([]float32, shape.TotalSize())
	return result{data: data, tensor: tensor.New(tensor.WithShape(shape...), tensor.WithBacking(data))}
}

func (r result) value() gorgonia.Value {
	if r.tensor != nil {
		return r.tensor
	}
	*r.scalar = gorgonia.F32(r.data[0])
	return r.scalar
}

// Floats returns the elements of a value; of a tensor, its own memory.
func Floats(v gorgonia.Value) []float32 {
	switch v := v.(type) {
	case *gorgonia.F32:
		return []float32{float32(*v)}
	case *tensor.Dense:
		return v.Float32s() // what Data returns goes through reflection
	default:
		return v.Data().([]float32)
	}
}

// signature returns the type of an operation in Gorgonia's terms.
func signature(out tensor.Shape, in ...tensor.Shape) hm.Type {
	types := make([]hm.Type, 0, len(in)+1)
	for _, s := range append(in[:len(in):len(in)], out) {
		if s.IsScalar() {
			types = append(types, tensor.Float32)
		} else {
			types = append(types, gorgonia.TensorType{Dims: s.Dims(), Of: tensor.Float32})
		}
	}
	return hm.NewFnType(types...)
}

func hashcode(op gorgonia.Op) uint32 {
	h := fnv.New32a()
	op.WriteHash(h)
	return h.Sum32()
}

func recovered(id string, err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("graph: %s: %v", id, r)
	}
}
