package kernel

import "math"

// Pool is a window's walk over one NHWC picture of h x w x c. Rows and columns
// that lie outside, up to PadTop and PadLeft of them, are left out of a window.
type Pool struct {
	H, W, C         int
	OutH, OutW      int
	KH, KW          int
	StrideH         int
	StrideW         int
	PadTop, PadLeft int
}

// Max writes the largest element of each window to y: [outH,outW,c], and to at
// the index in x that it came from: the first of equals, and a NaN if there is
// one.
func (p *Pool) Max(y []float32, at []int32, x []float32) {
	o := 0
	for oy := range p.OutH {
		y0, y1 := span(oy*p.StrideH-p.PadTop, p.KH, p.H)
		for ox := range p.OutW {
			x0, x1 := span(ox*p.StrideW-p.PadLeft, p.KW, p.W)
			p.window(y[o:o+p.C], at[o:o+p.C], x, y0, y1, x0, x1)
			o += p.C
		}
	}
}

func (p *Pool) window(y []float32, at []int32, x []float32, y0, y1, x0, x1 int) {
	for c := range y {
		y[c], at[c] = float32(math.Inf(-1)), -1
	}
	for iy := y0; iy < y1; iy++ {
		for ix := x0; ix < x1; ix++ {
			i := (iy*p.W + ix) * p.C
			row := x[i : i+len(y)]
			for c, v := range row {
				if at[c] < 0 || v > y[c] || v != v {
					y[c], at[c] = v, int32(i+c)
				}
			}
		}
	}
}

// MaxGrad adds dy to dx at the indices that Max left in at.
func (p *Pool) MaxGrad(dx, dy []float32, at []int32) {
	for i, d := range dy {
		if at[i] >= 0 {
			dx[at[i]] += d
		}
	}
}

// span cuts the window of k elements from start to the n that exist.
func span(start, k, n int) (from, to int) {
	return max(start, 0), min(start+k, n)
}
