package layer

import (
	"fmt"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// Dense is Keras' fully connected layer: y = x·kernel + bias.
//
// x: [n,in], kernel: [in,units], bias: [units], y: [n,units].
// Source: https://keras.io/api/layers/core_layers/dense/.
type Dense struct {
	Units      int     `json:"units"`
	Activation string  `json:"activation,omitempty" keras:"None"` // see Activation; "" means none
	NoBias     bool    `json:"no_bias,omitempty" keras:"True"`    // Keras' use_bias=False
	L2         float64 `json:"kernel_regularizer_l2,omitempty" keras:"None"`
	// "" means GlorotUniform for the kernel and Zeros for the bias.
	KernelInitializer Initializer `json:"kernel_initializer,omitempty" keras:"'glorot_uniform'"`
	BiasInitializer   Initializer `json:"bias_initializer,omitempty" keras:"'zeros'"`
}

func (d Dense) activation() string { return d.Activation }

// Output implements Layer.
func (d Dense) Output(in ...task.Shape) (task.Shape, error) {
	if len(in[0]) != 1 {
		return nil, fmt.Errorf("Dense: input of shape %v: want one axis; put a Flatten before it", in[0])
	}
	if d.Units < 1 {
		return nil, fmt.Errorf("Dense: %d units: want at least 1", d.Units)
	}
	return task.Shape{d.Units}, nil
}

// Weights implements Layer.
func (d Dense) Weights(in ...task.Shape) []Weight {
	w := []Weight{{Name: "kernel", Shape: task.Shape{in[0][0], d.Units}, Initializer: d.KernelInitializer.or(GlorotUniform), L2: d.L2}}
	if !d.NoBias {
		w = append(w, Weight{Name: "bias", Shape: task.Shape{d.Units}, Initializer: d.BiasInitializer.or(Zeros)})
	}
	return w
}

// The products of a dense layer are cut into blocks: columns of the output, or several
// times as many, and rows of the kernel that one worker takes at once, and a depth of the
// kernel that stays in the cache meanwhile; of what is multiplied with the kernel's rows,
// half of the first cache.
const (
	denseColumns = 64
	denseRows    = 256
	denseDepth   = 256
	denseHalf    = 4096 // elements

	denseGradRows = 32 // rows of the kernel's gradient that are computed at once
)

// spread keeps rows of a power of two from all falling into the same sets of the cache.
const spread = 16

type dense struct {
	in, out     int
	columns     int         // of a block: the fewer, the more often memory is left and come back to
	dyT         []float32   // [units,wide]
	dy          []float32   // [n,units+spread]
	blocks      [][]float32 // a worker's block: [denseRows,wide] or [n,denseRows]
	products    []kernel.Matmul
	n, wide     int // pictures, and those filled up to whole vectors
	run         struct{ g, dy, x, w []float32 }
	fwd         *kernel.Loop
	inputGrad   *kernel.Loop
	weightsGrad *kernel.Loop
}

// Op implements Layer.
func (d Dense) Op(batch int, in ...task.Shape) Op {
	wide := wide(batch)
	o := &dense{in: in[0][0], out: d.Units, dyT: make([]float32, d.Units*wide), dy: make([]float32, batch*(d.Units+spread))}
	o.columns = blocks(d.Units, denseColumns*kernel.Workers()) * denseColumns
	for range kernel.Workers() {
		o.blocks = append(o.blocks, make([]float32, denseRows*wide))
		o.products = append(o.products, kernel.Matmul{AOff: []int{0}, BOff: []int{0}})
	}
	o.fwd = kernel.NewLoop(o.forwardColumns)
	o.inputGrad = kernel.NewLoop(o.inputGradRows)
	o.weightsGrad = kernel.NewLoop(o.weightsGradRows)
	return o
}

// wide is n filled up to whole vectors.
func wide(n int) int { return blocks(n, kernel.Lanes()) * kernel.Lanes() }

// Factors implements Factorable.
func (o *dense) Factors() (in, out int) { return o.in, o.out }

func (o *dense) Forward(_ Pass, y []float32, x, w [][]float32) {
	o.n = len(y) / o.out
	o.run.g, o.run.x, o.run.w = y, x[0], w[0]
	o.fwd.Run(blocks(o.out, o.columns))
	if len(w) > 1 {
		kernel.BiasLeakyReLU(y, w[1], 1)
	}
}

func (o *dense) forwardColumns(worker, block int) {
	from, to := bounds(block, o.columns, o.out)
	p := &o.products[worker]
	p.M, p.N, p.CM, p.AM, p.AK, p.BK = o.n, to-from, o.out, o.in, 1, o.out
	for k := 0; k < o.in; k += denseDepth {
		p.K, p.Add = min(denseDepth, o.in-k), k > 0
		kernel.Mul(o.run.g[from:], o.run.x[k:], o.run.w[k*o.out+from:], p)
	}
}

func (o *dense) Grad(i int, g, dy []float32, x [][]float32, _ []float32, w [][]float32) {
	o.n = len(dy) / o.out
	o.run.g, o.run.dy, o.run.x, o.run.w = g, dy, x[0], w[0]
	switch i {
	case 0:
		o.wide = wide(o.n)
		clear(o.dyT[:o.out*o.wide])
		kernel.Transpose(o.dyT, o.wide, dy, o.out, o.n, o.out)
		o.inputGrad.Run(blocks(o.in, denseRows))
	case 1:
		o.SetFactors(x[0], dy)
		o.weightsGrad.Run(blocks(o.in, denseRows))
	case 2:
		clear(g)
		kernel.AddRows(g, dy)
	}
}

// inputGradRows computes dxᵀ = kernel·dyᵀ for a block of inputs, so that the
// kernel need not be transposed.
func (o *dense) inputGradRows(worker, block int) {
	from, to := bounds(block, denseRows, o.in)
	dxT := o.blocks[worker][:(to-from)*o.wide]
	p := &o.products[worker]
	p.M, p.N, p.CM, p.AM, p.AK, p.BK = to-from, o.wide, o.wide, o.out, 1, o.wide
	depth := max(denseHalf/o.wide, 32)
	for k := 0; k < o.out; k += depth {
		p.K, p.Add = min(depth, o.out-k), k > 0
		kernel.Mul(dxT, o.run.w[from*o.out+k:], o.dyT[k*o.wide:], p)
	}
	kernel.Transpose(o.run.g[from:], o.in, dxT, o.wide, to-from, o.n)
}

// weightsGradRows computes the kernel's gradient for a block of inputs.
func (o *dense) weightsGradRows(worker, block int) {
	from, to := bounds(block, denseRows, o.in)
	o.GradRows(worker, o.run.g[from*o.out:to*o.out], from, to)
}

// SetFactors implements Factorable.
func (o *dense) SetFactors(x, dy []float32) {
	o.n, o.run.x = len(dy)/o.out, x
	for i := range o.n {
		copy(o.dy[i*(o.out+spread):], picture(dy, i, o.out))
	}
}

// GradRows implements Factorable: xᵀ·dy. The inputs are put side by side first, because in
// x the pictures' all fall into the same set of the cache.
func (o *dense) GradRows(worker int, g []float32, from, to int) {
	p := &o.products[worker]
	for ; from < to; from += denseRows {
		rows := min(denseRows, to-from)
		block := o.blocks[worker][:rows*o.n]
		for i := range o.n {
			copy(block[i*rows:(i+1)*rows], picture(o.run.x, i, o.in)[from:])
		}
		p.N, p.K, p.CM, p.AM, p.AK, p.BK, p.Add = o.out, o.n, o.out, 1, rows, o.out+spread, false
		for i := 0; i < rows; i += denseGradRows {
			p.M = min(denseGradRows, rows-i)
			kernel.Mul(g, block[i:], o.dy, p)
			g = g[p.M*o.out:]
		}
	}
}

// blocks returns how many blocks of the given size n elements make.
func blocks(n, size int) int { return (n + size - 1) / size }

// bounds returns the elements of a block.
func bounds(block, size, n int) (from, to int) { return block * size, min((block+1)*size, n) }
