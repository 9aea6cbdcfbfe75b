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

// Max writes the largest element of each window to y: [outH,outW,c], and NaN where
// there is one.
func (p *Pool) Max(y, x []float32) {
	row := p.OutW * p.C
	for oy := range p.OutH {
		y := y[oy*row : (oy+1)*row]
		if p.pairs() && maxVectors(y, x[2*oy*p.W*p.C:], p.W*p.C, p.OutW, p.C) {
			continue
		}
		for ox := range p.OutW {
			p.window(oy, ox, y[ox*p.C:(ox+1)*p.C], x)
		}
	}
}

// window writes the largest element of each channel to y: [c].
func (p *Pool) window(oy, ox int, y, x []float32) {
	for c := range y {
		y[c] = float32(math.Inf(-1))
	}
	y0, y1, x0, x1 := p.bounds(oy, ox)
	for iy := y0; iy < y1; iy++ {
		for ix := x0; ix < x1; ix++ {
			i := (iy*p.W + ix) * p.C
			for c, v := range x[i : i+len(y)] {
				if v > y[c] || v != v {
					y[c] = v
				}
			}
		}
	}
}

// MaxGrad writes to dx: [h,w,c] the gradient of the windows whose largest element
// lies there, the first of equals, or NaN. x and y are those of Max.
func (p *Pool) MaxGrad(dx, dy, x, y []float32) {
	if !p.pairs() || 2*p.OutH != p.H || 2*p.OutW != p.W || !fit(p.C) { // otherwise all is written
		clear(dx)
	}
	row := p.OutW * p.C
	for oy := range p.OutH {
		dy, y := dy[oy*row:(oy+1)*row], y[oy*row:(oy+1)*row]
		if at := 2 * oy * p.W * p.C; p.pairs() && maxGradVectors(dx[at:], dy, x[at:], y, p.W*p.C, p.OutW, p.C) {
			continue
		}
		for ox := range p.OutW {
			for c := range p.C {
				p.windowGrad(oy, ox, c, dx, dy[ox*p.C+c], x, y[ox*p.C+c])
			}
		}
	}
}

func (p *Pool) windowGrad(oy, ox, c int, dx []float32, d float32, x []float32, top float32) {
	y0, y1, x0, x1 := p.bounds(oy, ox)
	for iy := y0; iy < y1; iy++ {
		for ix := x0; ix < x1; ix++ {
			i := (iy*p.W+ix)*p.C + c
			if x[i] == top || x[i] != x[i] {
				dx[i] += d
				return
			}
		}
	}
}

// Average writes the mean of what exists of each window to y: [outH,outW,c].
func (p *Pool) Average(y, x []float32) {
	for oy := range p.OutH {
		for ox := range p.OutW {
			y := y[(oy*p.OutW+ox)*p.C:][:p.C]
			clear(y)
			y0, y1, x0, x1 := p.bounds(oy, ox)
			for iy := y0; iy < y1; iy++ {
				AddRows(y, x[(iy*p.W+x0)*p.C:(iy*p.W+x1)*p.C])
			}
			scale(y, 1/float32((y1-y0)*(x1-x0)))
		}
	}
}

// AverageGrad writes to dx: [h,w,c] the gradient of Average.
func (p *Pool) AverageGrad(dx, dy []float32) {
	clear(dx)
	for oy := range p.OutH {
		for ox := range p.OutW {
			d := dy[(oy*p.OutW+ox)*p.C:][:p.C]
			y0, y1, x0, x1 := p.bounds(oy, ox)
			share := 1 / float32((y1-y0)*(x1-x0))
			for iy := y0; iy < y1; iy++ {
				for ix := x0; ix < x1; ix++ {
					Mix(dx[(iy*p.W+ix)*p.C:][:p.C], 1, d, share)
				}
			}
		}
	}
}

func scale(y []float32, by float32) {
	for i := range y {
		y[i] *= by
	}
}

// pairs reports whether the windows are 2x2, next to each other, and all inside.
func (p *Pool) pairs() bool {
	return p.KH == 2 && p.KW == 2 && p.StrideH == 2 && p.StrideW == 2 && p.PadTop == 0 && p.PadLeft == 0 &&
		2*p.OutH <= p.H && 2*p.OutW <= p.W
}

// bounds returns the rows and columns of x that a window covers.
func (p *Pool) bounds(oy, ox int) (y0, y1, x0, x1 int) {
	y0, y1 = span(oy*p.StrideH-p.PadTop, p.KH, p.H)
	x0, x1 = span(ox*p.StrideW-p.PadLeft, p.KW, p.W)
	return y0, y1, x0, x1
}

// span cuts the window of k elements from start to the n that exist.
func span(start, k, n int) (from, to int) {
	return max(start, 0), min(start+k, n)
}
