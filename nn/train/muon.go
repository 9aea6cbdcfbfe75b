package train

import (
	"math"

	"tenfold/nn/kernel"
)

// muon is the memory in which Muon works.
//
// Muon, with Keras' settings (Nesterov's momentum, 0.95, five turns, rms_rate 0.2), for a
// kernel [h,w,in,out] taken as a matrix of h*w*in rows: M = momentum*M + G;
// w -= rate * 0.2 * sqrt(max(rows, columns)) * O, where O is near to the orthogonal matrix
// nearest to G + momentum*M: all its singular values lie around 1. It is found without a
// decomposition: X = X / ‖X‖, and five times X = aX + X(bA + cA²) with A = XᵀX.
// Sources: K. Jordan 2024, https://kellerjordan.github.io/posts/muon/;
// https://keras.io/api/optimizers/muon/; the factor of the rate, which is then Adam's too, is
// that of Liu et al. 2025, https://arxiv.org/abs/2502.16982, section 2.2.
type muon struct {
	rows, cols int          // of x: not fewer rows than columns
	x, y       []float32    // [rows,cols]
	gram, poly []float32    // [cols,cols]
	mul        [3]*mulBlock // A = XᵀX, A², X(bA + cA²)
}

// The settings of Muon.
const (
	muonA, muonB, muonC = 3.4445, -4.775, 2.0315
	muonTurns           = 5
	muonEpsilon         = 1e-7
	muonRMS             = 0.2
)

// step learns w: [rows,cols], as all its arguments are, m being the momentum.
func (u *muon) step(w, m, g []float32, rows, cols int, rate, momentum float32) {
	u.begin(rows, cols)
	kernel.Mix(m, momentum, g, 1)
	x := u.y[:rows*cols]
	copy(x, g)
	kernel.Mix(x, 1, m, momentum)
	if rows >= cols {
		copy(u.x, x)
	} else {
		kernel.Transpose(u.x, rows, x, cols, rows, cols)
	}
	u.orthogonalise()
	o := u.x
	if rows < cols {
		o = u.y
		kernel.Transpose(o, cols, u.x, rows, cols, rows)
	}
	kernel.Mix(w, 1, o, -rate*muonRMS*float32(math.Sqrt(float64(max(rows, cols)))))
}

// begin makes room for a matrix or its transpose.
func (u *muon) begin(rows, cols int) {
	u.rows, u.cols = max(rows, cols), min(rows, cols)
	grow := func(v *[]float32, n int) {
		if cap(*v) < n {
			*v = make([]float32, n)
		}
		*v = (*v)[:n]
	}
	grow(&u.x, rows*cols)
	grow(&u.y, rows*cols)
	grow(&u.gram, u.cols*u.cols)
	grow(&u.poly, u.cols*u.cols)
}

// orthogonalise makes x near to the orthogonal matrix nearest to it.
func (u *muon) orthogonalise() {
	norm := math.Sqrt(kernel.Squares(u.x))
	kernel.Mix(u.x, float32(1/(norm+muonEpsilon)), u.x, 0)
	n, d := u.rows, u.cols
	for range muonTurns {
		u.mul[0].run(u.gram, u.x, u.x, kernel.Matmul{M: d, N: d, K: n, CM: d, AM: 1, AK: d, BK: d})
		u.mul[1].run(u.poly, u.gram, u.gram, kernel.Matmul{M: d, N: d, K: d, CM: d, AM: d, AK: 1, BK: d})
		kernel.Mix(u.poly, muonC, u.gram, muonB)
		u.mul[2].run(u.y, u.x, u.poly, kernel.Matmul{M: n, N: d, K: d, CM: d, AM: d, AK: 1, BK: d})
		kernel.Mix(u.x, muonA, u.y, 1)
	}
}

func newMuon() *muon {
	u := &muon{}
	for i := range u.mul {
		u.mul[i] = newMulBlock()
	}
	return u
}

// mulBlock is a product that all cores work at, some rows each.
type mulBlock struct {
	c, a, b []float32
	whole   kernel.Matmul
	offsets []int
	each    []kernel.Matmul // a worker's
	loop    *kernel.Loop
}

// mulRows is how many rows of a product are computed at once.
const mulRows = 16

func newMulBlock() *mulBlock {
	m := &mulBlock{offsets: []int{0}, each: make([]kernel.Matmul, kernel.Workers())}
	m.loop = kernel.NewLoop(func(worker, i int) {
		from, p := i*mulRows, &m.each[worker]
		*p = m.whole
		p.M = min(mulRows, m.whole.M-from)
		p.AOff, p.BOff = m.offsets, m.offsets
		kernel.Mul(m.c[from*p.CM:], m.a[from*p.AM:], m.b, p)
	})
	return m
}

// run computes c = a·b.
func (m *mulBlock) run(c, a, b []float32, p kernel.Matmul) {
	m.c, m.a, m.b, m.whole = c, a, b, p
	m.loop.Run((p.M + mulRows - 1) / mulRows)
}
