package kernel

// plain is the product in ordinary Go. It is compiled into every build and is
// what the vector variants fall back on for columns that do not fill a vector.
var plain = Variant{Name: "go"}

// rows computes rows m0 to m1 and columns n0 to n1 of the product.
func (p *Matmul) rows(c, a, b []float32, m0, m1, n0, n1 int) {
	if n0 == n1 {
		return
	}
	for m := m0; m < m1; m++ {
		row := c[m*p.CM+n0 : m*p.CM+n1]
		if !p.Add {
			clear(row)
		}
		for r, ao := range p.AOff {
			ai := ao + m*p.AM
			bi := p.BOff[r] + n0
			for range p.K {
				axpy(row, a[ai], b[bi:bi+len(row)])
				ai += p.AK
				bi += p.BK
			}
		}
	}
}

// axpy computes y[i] += s * x[i]. The product is not rounded before it is added,
// as in a fused multiply-add, so that the plain product and the native vector ones
// round alike.
func axpy(y []float32, s float32, x []float32) {
	x = x[:len(y)]
	t := float64(s)
	for i, v := range y {
		y[i] = float32(float64(v) + t*float64(x[i]))
	}
}
