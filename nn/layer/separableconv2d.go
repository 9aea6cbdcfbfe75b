package layer

import (
	"fmt"

	"tenfold/nn/task"
)

// SeparableConv2D is a DepthwiseConv2D without bias and a Conv2D with a kernel of 1x1 behind
// it. x: [n,h,w,c], depthwise kernel: [kh,kw,c,m], pointwise kernel: [1,1,c*m,filters],
// bias: [filters], y: [n,h',w',filters].
// Source: https://keras.io/api/layers/convolution_layers/separable_convolution2d/.
type SeparableConv2D struct {
	Filters         int     `json:"filters"`
	KernelSize      [2]int  `json:"kernel_size"`                           // height, width
	Strides         [2]int  `json:"strides,omitzero" keras:"(1, 1)"`       // 0 means 1
	Padding         Padding `json:"padding,omitempty" keras:"'valid'"`     // "" means Valid
	Dilation        [2]int  `json:"dilation_rate,omitzero" keras:"(1, 1)"` // 0 means 1
	DepthMultiplier int     `json:"depth_multiplier,omitempty" keras:"1"`  // 0 means 1
	Activation      string  `json:"activation,omitempty" keras:"None"`     // see Activation; "" means none
	NoBias          Not     `json:"use_bias,omitzero" keras:"True"`        // use_bias=False
	// "" means GlorotUniform for the kernels and Zeros for the bias.
	DepthwiseInitializer Initializer `json:"depthwise_initializer,omitempty" keras:"'glorot_uniform'"`
	PointwiseInitializer Initializer `json:"pointwise_initializer,omitempty" keras:"'glorot_uniform'"`
	BiasInitializer      Initializer `json:"bias_initializer,omitempty" keras:"'zeros'"`
}

func (s SeparableConv2D) activation() string { return s.Activation }

// parts returns the two convolutions that it is made of.
func (s SeparableConv2D) parts() (DepthwiseConv2D, Conv2D) {
	return DepthwiseConv2D{
			KernelSize: s.KernelSize, Strides: s.Strides, Padding: s.Padding, DepthMultiplier: s.DepthMultiplier, Dilation: s.Dilation,
			NoBias: true, DepthwiseInitializer: s.DepthwiseInitializer,
		}, Conv2D{
			Filters: s.Filters, KernelSize: [2]int{1, 1}, NoBias: bool(s.NoBias),
			KernelInitializer: s.PointwiseInitializer, BiasInitializer: s.BiasInitializer,
		}
}

// Corner returns where the kernel's upper left element lies for the output's y,x, as Conv2D.Corner
// has it.
func (s SeparableConv2D) Corner(in task.Shape, y, x int) (top, left int) {
	d, _ := s.parts()
	return d.Corner(in, y, x)
}

// Output implements Layer.
func (s SeparableConv2D) Output(in ...task.Shape) (task.Shape, error) {
	d, p := s.parts()
	mid, err := d.Output(in[0])
	if err != nil {
		return nil, fmt.Errorf("SeparableConv2D: %w", err)
	}
	out, err := p.Output(mid)
	if err != nil {
		return nil, fmt.Errorf("SeparableConv2D: %w", err)
	}
	return out, nil
}

// Weights implements Layer.
func (s SeparableConv2D) Weights(in ...task.Shape) []Weight {
	d, p := s.parts()
	deep, point := d.Weights(in[0]), p.Weights(task.Shape{1, 1, in[0][2] * d.multiplier()})
	deep[0].Name, point[0].Name = "depthwise_kernel", "pointwise_kernel"
	return append(deep, point...)
}

type separable struct {
	*depthwise
	point *conv
	batch int
	size  int         // of a picture between the two
	mid   [][]float32 // what lies between
	dmid  []float32   // and its gradient
	fresh bool        // dmid is that of the last Forward
}

// Op implements Layer.
func (s SeparableConv2D) Op(batch int, in ...task.Shape) Op {
	d, p := s.parts()
	mid, err := d.Output(in[0])
	if err != nil {
		panic(err) // Output has accepted these settings
	}
	return &separable{
		depthwise: d.Op(batch, in[0]).(*depthwise), point: p.Op(batch, mid).(*conv),
		batch: batch, size: mid.Size(), mid: [][]float32{make([]float32, batch*mid.Size())},
	}
}

// Absorb implements Absorber as a convolution does.
func (o *separable) Absorb(next Op, training bool) bool { return o.point.Absorb(next, training) }

func (o *separable) Forward(pass Pass, y []float32, x, w [][]float32) {
	o.fresh = false
	n := len(y) / o.point.outSize()
	o.mid[0] = o.mid[0][:n*o.size]
	o.depthwise.Forward(pass, o.mid[0], x, w[:1])
	o.point.Forward(pass, y, o.mid, w[1:])
}

func (o *separable) Grad(i int, g, dy []float32, x [][]float32, y []float32, w [][]float32) {
	if i > 1 {
		o.point.Grad(i-1, g, dy, o.mid, y, w[1:])
		return
	}
	if !o.fresh {
		if o.dmid == nil {
			o.dmid = make([]float32, o.batch*o.size)
		}
		o.point.Grad(0, o.dmid[:len(o.mid[0])], dy, o.mid, y, w[1:])
		o.fresh = true
	}
	o.depthwise.Grad(i, g, o.dmid[:len(o.mid[0])], x, o.mid[0], w[:1])
}
