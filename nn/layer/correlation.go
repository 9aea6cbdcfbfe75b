package layer

import "tenfold/nn/kernel"

// correlation is a convolution over one padded picture as matrix products, one
// for each row of the output, whose runs are the rows of the window.
type correlation struct {
	y, x   window
	ci, co int
	width  int // of the padded picture
}

// taps returns how many neighbouring pixels make a run: the window's row, or one
// pixel where dilation leaves gaps.
func (c *correlation) taps() int {
	if c.x.dilation == 1 {
		return c.x.size
	}
	return 1
}

// apply writes the convolution of padded with the kernel w to y: [h,w,co].
func (c *correlation) apply(p *kernel.Matmul, y, padded, w []float32) {
	taps := c.taps()
	p.M, p.N, p.K = c.x.out, c.co, taps*c.ci
	p.CM, p.AM, p.AK, p.BK, p.Add = c.co, c.x.stride*c.ci, 1, c.co, false
	for oy := range c.y.out {
		p.AOff, p.BOff = p.AOff[:0], p.BOff[:0]
		for ky := range c.y.size {
			for kx := 0; kx < c.x.size; kx += taps {
				p.AOff = append(p.AOff, c.at(oy, 0, ky, kx))
				p.BOff = append(p.BOff, (ky*c.x.size+kx)*c.ci*c.co)
			}
		}
		kernel.Mul(y[oy*c.x.out*c.co:], padded, w, p)
	}
}

// weights adds the kernel's gradient to g: [kh,kw,ci,co], for the output's
// gradient dy: [h,w,co].
func (c *correlation) weights(p *kernel.Matmul, g, padded, dy []float32) {
	taps := c.taps()
	p.M, p.N, p.K = taps*c.ci, c.co, c.x.out
	p.CM, p.AM, p.AK, p.BK, p.Add = c.co, 1, c.x.stride*c.ci, c.co, true
	for ky := range c.y.size {
		for kx := 0; kx < c.x.size; kx += taps {
			p.AOff, p.BOff = p.AOff[:0], p.BOff[:0]
			for oy := range c.y.out {
				p.AOff = append(p.AOff, c.at(oy, 0, ky, kx))
				p.BOff = append(p.BOff, oy*c.x.out*c.co)
			}
			kernel.Mul(g[(ky*c.x.size+kx)*c.ci*c.co:], padded, dy, p)
		}
	}
}

// at returns where in the padded picture the tap ky,kx of the output oy,ox lies.
func (c *correlation) at(oy, ox, ky, kx int) int {
	return ((oy*c.y.stride+ky*c.y.dilation)*c.width + ox*c.x.stride + kx*c.x.dilation) * c.ci
}
