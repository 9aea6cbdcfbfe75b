//go:build goexperiment.simd && (amd64 || arm64 || wasm)

package kernel

import (
	"simd"
	"unsafe"
)

// The loops of elementwise.go and pool.go over vectors: one source for AVX2,
// AVX-512, NEON and WebAssembly. Each does as many elements as fill vectors and
// returns how many that were; the plain loops do the rest. Loops are unrolled,
// because each turn costs a dispatch in WebAssembly.
//
// Of Go 1.27.4 one has to know: a file that uses the types of package simd must
// name them, and a range over an int around them does not compile.

// block is as long as any vector, so that a load through it needs no check.
type block [64]float32

func load(p unsafe.Pointer) simd.Float32s     { return simd.LoadFloat32s((*block)(p)[:]) }
func store(p unsafe.Pointer, v simd.Float32s) { v.Store((*block)(p)[:]) }

func first(s []float32) unsafe.Pointer                 { return unsafe.Pointer(unsafe.SliceData(s)) }
func ahead(p unsafe.Pointer, n uintptr) unsafe.Pointer { return unsafe.Add(p, n) }

// fit reports whether rows of n elements fill vectors.
func fit(n int) bool { return n > 0 && whole(n) == n }

// whole returns how many of n elements fill vectors: none for the plain variant.
func whole(n int) int {
	if best.lanes == nil {
		return 0
	}
	return n &^ (best.lanes() - 1)
}

func rectifyVectors(y, x []float32, slope float32) int {
	n := whole(len(x))
	lanes := simd.VectorBitSize() / 32
	rectifyStream(first(y), first(x), uintptr(4*lanes), n/lanes, slope, nil)
	return n
}

// biasVectors computes y = rectified(y + bias) for rows of len(bias) elements, if
// those fill vectors.
func biasVectors(y, bias []float32, slope float32) bool {
	n := len(bias)
	if !fit(n) {
		return false
	}
	lanes := simd.VectorBitSize() / 32
	for c := 0; c < n; c += lanes {
		q := ahead(first(y), uintptr(4*c))
		rectifyStream(q, q, uintptr(4*n), len(y)/n, slope, ahead(first(bias), uintptr(4*c)))
	}
	return true
}

// rectifyStream goes through count vectors that lie stride bytes apart. bias is
// nil or a vector that is added first.
func rectifyStream(y, x unsafe.Pointer, stride uintptr, count int, slope float32, bias unsafe.Pointer) {
	a, zero := simd.BroadcastFloat32s(slope), simd.BroadcastFloat32s(0)
	b := zero
	if bias != nil {
		b = load(bias)
	}
	if slope == 0 { // not a product: 0 times infinity is NaN
		for ; count >= 4; count -= 4 {
			relu(y, x, b, zero)
			relu(ahead(y, stride), ahead(x, stride), b, zero)
			relu(ahead(y, 2*stride), ahead(x, 2*stride), b, zero)
			relu(ahead(y, 3*stride), ahead(x, 3*stride), b, zero)
			y, x = ahead(y, 4*stride), ahead(x, 4*stride)
		}
		for ; count > 0; count-- {
			relu(y, x, b, zero)
			y, x = ahead(y, stride), ahead(x, stride)
		}
		return
	}
	for ; count >= 4; count -= 4 {
		leaky(y, x, b, a, zero)
		leaky(ahead(y, stride), ahead(x, stride), b, a, zero)
		leaky(ahead(y, 2*stride), ahead(x, 2*stride), b, a, zero)
		leaky(ahead(y, 3*stride), ahead(x, 3*stride), b, a, zero)
		y, x = ahead(y, 4*stride), ahead(x, 4*stride)
	}
	for ; count > 0; count-- {
		leaky(y, x, b, a, zero)
		y, x = ahead(y, stride), ahead(x, stride)
	}
}

func relu(y, x unsafe.Pointer, bias, zero simd.Float32s) {
	v := load(x).Add(bias)
	store(y, zero.IfElse(v.Less(zero), v))
}

func leaky(y, x unsafe.Pointer, bias, slope, zero simd.Float32s) {
	v := load(x).Add(bias)
	store(y, v.Mul(slope).IfElse(v.Less(zero), v))
}

func rectifyGradVectors(dx, dy, x []float32, slope float32) int {
	n := whole(len(x))
	lanes := simd.VectorBitSize() / 32
	w := uintptr(4 * lanes)
	q, d, p := first(dx), first(dy), first(x)
	a, zero := simd.BroadcastFloat32s(slope), simd.BroadcastFloat32s(0)
	if slope == 0 {
		for i := n; i > 0; i -= lanes {
			store(q, zero.IfElse(load(p).LessEqual(zero), load(d)))
			q, d, p = ahead(q, w), ahead(d, w), ahead(p, w)
		}
		return n
	}
	i := n
	for ; i >= 4*lanes; i -= 4 * lanes {
		leakyGrad(q, d, p, a, zero)
		leakyGrad(ahead(q, w), ahead(d, w), ahead(p, w), a, zero)
		leakyGrad(ahead(q, 2*w), ahead(d, 2*w), ahead(p, 2*w), a, zero)
		leakyGrad(ahead(q, 3*w), ahead(d, 3*w), ahead(p, 3*w), a, zero)
		q, d, p = ahead(q, 4*w), ahead(d, 4*w), ahead(p, 4*w)
	}
	for ; i > 0; i -= lanes {
		leakyGrad(q, d, p, a, zero)
		q, d, p = ahead(q, w), ahead(d, w), ahead(p, w)
	}
	return n
}

func leakyGrad(dx, dy, x unsafe.Pointer, slope, zero simd.Float32s) {
	d := load(dy)
	store(dx, d.Mul(slope).IfElse(load(x).LessEqual(zero), d))
}

func addVectors(y, x []float32) int {
	n := whole(len(x))
	lanes := simd.VectorBitSize() / 32
	addStream(first(y), first(x), uintptr(4*lanes), n/lanes)
	return n
}

func addStream(y, x unsafe.Pointer, w uintptr, count int) {
	for ; count >= 4; count -= 4 {
		add(y, x)
		add(ahead(y, w), ahead(x, w))
		add(ahead(y, 2*w), ahead(x, 2*w))
		add(ahead(y, 3*w), ahead(x, 3*w))
		y, x = ahead(y, 4*w), ahead(x, 4*w)
	}
	for ; count > 0; count-- {
		add(y, x)
		y, x = ahead(y, w), ahead(x, w)
	}
}

func add(y, x unsafe.Pointer) { store(y, load(y).Add(load(x))) }

// addRowsVectors adds the rows of x, of len(sum) elements, to sum, if those fill
// vectors.
func addRowsVectors(sum, x []float32) bool {
	n := len(sum)
	if !fit(n) {
		return false
	}
	rows := max(4096/n, 4) // stay in the cache for all columns
	for ; len(x) > rows*n; x = x[rows*n:] {
		addRowsStream(sum, x[:rows*n])
	}
	addRowsStream(sum, x)
	return true
}

func addRowsStream(sum, x []float32) {
	n := len(sum)
	lanes := simd.VectorBitSize() / 32
	stride := uintptr(4 * n)
	for c := 0; c < n; c += lanes {
		p := ahead(first(x), uintptr(4*c))
		var s0, s1, s2, s3 simd.Float32s
		count := len(x) / n
		for ; count >= 4; count -= 4 {
			s0, s1 = s0.Add(load(p)), s1.Add(load(ahead(p, stride)))
			s2, s3 = s2.Add(load(ahead(p, 2*stride))), s3.Add(load(ahead(p, 3*stride)))
			p = ahead(p, 4*stride)
		}
		for ; count > 0; count-- {
			s0 = s0.Add(load(p))
			p = ahead(p, stride)
		}
		q := ahead(first(sum), uintptr(4*c))
		store(q, load(q).Add(s0.Add(s1).Add(s2.Add(s3))))
	}
}

func multiplyVectors(y, x, s []float32) int {
	n := whole(len(x))
	lanes := simd.VectorBitSize() / 32
	w := uintptr(4 * lanes)
	q, p, r := first(y), first(x), first(s)
	i := n
	for ; i >= 4*lanes; i -= 4 * lanes {
		store(q, load(p).Mul(load(r)))
		store(ahead(q, w), load(ahead(p, w)).Mul(load(ahead(r, w))))
		store(ahead(q, 2*w), load(ahead(p, 2*w)).Mul(load(ahead(r, 2*w))))
		store(ahead(q, 3*w), load(ahead(p, 3*w)).Mul(load(ahead(r, 3*w))))
		q, p, r = ahead(q, 4*w), ahead(p, 4*w), ahead(r, 4*w)
	}
	for ; i > 0; i -= lanes {
		store(q, load(p).Mul(load(r)))
		q, p, r = ahead(q, w), ahead(p, w), ahead(r, w)
	}
	return n
}

func mixVectors(y []float32, a float32, x []float32, b float32) int {
	n := whole(len(x))
	lanes := simd.VectorBitSize() / 32
	w := uintptr(4 * lanes)
	q, p := first(y), first(x)
	av, bv := simd.BroadcastFloat32s(a), simd.BroadcastFloat32s(b)
	for i := n; i > 0; i -= lanes {
		store(q, load(q).Mul(av).Add(load(p).Mul(bv)))
		q, p = ahead(q, w), ahead(p, w)
	}
	return n
}

func adamaxVectors(w, m, u, g []float32, rate, beta1, beta2, epsilon float32) int {
	n := whole(len(w))
	adamaxStream(first(w), first(m), first(u), first(g), n/(simd.VectorBitSize()/32), rate, beta1, 1-beta1, beta2, epsilon)
	return n
}

// maxVectors computes the largest elements of 2x2 windows that do not overlap: y is
// one row of out pixels, x two rows that lie stride elements apart.
func maxVectors(y, x []float32, stride, out, channels int) bool {
	if !fit(channels) {
		return false
	}
	lanes := simd.VectorBitSize() / 32
	w, c, row := uintptr(4*lanes), uintptr(4*channels), uintptr(4*stride)
	q, p := first(y), first(x)
	for ; out > 0; out-- {
		for i := channels; i > 0; i -= lanes {
			store(q, larger(larger(load(p), load(ahead(p, c))), larger(load(ahead(p, row)), load(ahead(p, row+c)))))
			q, p = ahead(q, w), ahead(p, w)
		}
		p = ahead(p, c)
	}
	return true
}

// larger returns the larger of two numbers, or NaN if one of them is.
func larger(x, y simd.Float32s) simd.Float32s {
	return x.IfElse(x.Greater(y), y.IfElse(x.Equal(x), x))
}

// maxGradVectors writes dy where the largest element of each window of maxVectors
// came from, the first of equals, and 0 elsewhere.
func maxGradVectors(dx, dy, x, y []float32, stride, out, channels int) bool {
	if !fit(channels) {
		return false
	}
	lanes := simd.VectorBitSize() / 32
	w, c, row := uintptr(4*lanes), uintptr(4*channels), uintptr(4*stride)
	g, d, p, q := first(dx), first(dy), first(x), first(y)
	zero := simd.BroadcastFloat32s(0)
	for ; out > 0; out-- {
		for i := channels; i > 0; i -= lanes {
			top, left := load(q), load(d)
			left = take(g, p, top, left, zero)
			left = take(ahead(g, c), ahead(p, c), top, left, zero)
			left = take(ahead(g, row), ahead(p, row), top, left, zero)
			take(ahead(g, row+c), ahead(p, row+c), top, left, zero)
			g, d, p, q = ahead(g, w), ahead(d, w), ahead(p, w), ahead(q, w)
		}
		g, p = ahead(g, c), ahead(p, c)
	}
	return true
}

// take writes to dx what is left of the gradient if x is the window's top, or NaN,
// and returns what is left for the elements that follow.
func take(dx, x unsafe.Pointer, top, left, zero simd.Float32s) simd.Float32s {
	v := load(x)
	got := left.IfElse(v.Equal(top), zero)
	got = got.IfElse(v.Equal(v), left)
	store(dx, got)
	return zero.IfElse(v.Equal(top), left).IfElse(v.Equal(v), zero)
}
