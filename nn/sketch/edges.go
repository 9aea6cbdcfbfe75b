package sketch

import (
	"math"
	"math/rand/v2"
	"slices"
)

// edges leaves thin lines in a.m, 1 on a line: where the blurred luminance changes most along
// its gradient, and enough of it, as J. Canny 1986 found them. How much is enough, and how much
// is blurred, is drawn by rng. Lines of a few pixels are left out.
func (a *Artist) edges(rng *rand.Rand) {
	a.blur(a.a, a.grey, 1, 1+rng.IntN(3))
	W, H := a.W, a.H
	strength, way := a.b, a.region // the gradient's length, and its direction in quarters of a half turn
	for i := range strength {
		strength[i], way[i] = 0, 0
	}
	for y := 1; y < H-1; y++ {
		for x := 1; x < W-1; x++ {
			at := func(dx, dy int) float32 { return a.a[(y+dy)*W+x+dx] }
			gx := at(1, -1) + 2*at(1, 0) + at(1, 1) - at(-1, -1) - 2*at(-1, 0) - at(-1, 1)
			gy := at(-1, 1) + 2*at(0, 1) + at(1, 1) - at(-1, -1) - 2*at(0, -1) - at(1, -1)
			strength[y*W+x] = float32(math.Hypot(float64(gx), float64(gy)))
			way[y*W+x] = quarter(gx, gy)
		}
	}
	thin := a.m
	for i := range thin {
		thin[i] = 0
	}
	for y := 1; y < H-1; y++ {
		for x := 1; x < W-1; x++ {
			i := y*W + x
			step := [4]int{1, W + 1, W, W - 1}[way[i]]
			if strength[i] > strength[i-step] && strength[i] >= strength[i+step] {
				thin[i] = strength[i]
			}
		}
	}
	high := a.quantile(thin, between(rng, 0.5, 0.85))
	a.connect(thin, high*float32(between(rng, 0.3, 0.6)), high, 6+rng.IntN(10))
}

// quarter returns a direction: 0 across, 1 down to the right, 2 down, 3 down to the left.
func quarter(x, y float32) uint8 {
	ax, ay := max(x, -x), max(y, -y)
	switch {
	case ay < 0.41*ax:
		return 0
	case ax < 0.41*ay:
		return 2
	case (x > 0) == (y > 0):
		return 1
	}
	return 3
}

// quantile returns the value below which q of the positive ones lie.
func (a *Artist) quantile(values []float32, q float64) float32 {
	some := a.a[:0]
	for _, v := range values {
		if v > 0 {
			some = append(some, v)
		}
	}
	if len(some) == 0 {
		return 1
	}
	slices.Sort(some)
	return some[int(q*float64(len(some)-1))]
}

// connect makes 1 of what hangs together over low, if something of it is over high and it has
// least pixels or more, and 0 of the rest.
func (a *Artist) connect(m []float32, low, high float32, least int) {
	for i := range m {
		if m[i] < high {
			continue
		}
		a.stack = append(a.stack[:0], int32(i))
		m[i] = -1
		for k := 0; k < len(a.stack); k++ {
			p := int(a.stack[k])
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					x, y := p%a.W+dx, p/a.W+dy
					if x < 0 || y < 0 || x >= a.W || y >= a.H {
						continue
					}
					if q := y*a.W + x; m[q] >= low && m[q] > 0 {
						m[q] = -1
						a.stack = append(a.stack, int32(q))
					}
				}
			}
		}
		if len(a.stack) < least {
			for _, p := range a.stack {
				m[p] = 0
			}
		}
	}
	for i := range m {
		if m[i] < 0 {
			m[i] = 1
		} else {
			m[i] = 0
		}
	}
}

// thicken makes the lines of m as wide as a pen of width pixels, with soft edges.
func (a *Artist) thicken(m []float32, width float64) {
	r := int(math.Ceil(width / 2))
	for i := range a.b {
		a.b[i] = 0
	}
	for i, v := range m {
		if v == 0 {
			continue
		}
		x, y := i%a.W, i/a.W
		for dy := -r; dy <= r; dy++ {
			for dx := -r; dx <= r; dx++ {
				u, w := x+dx, y+dy
				if u < 0 || w < 0 || u >= a.W || w >= a.H {
					continue
				}
				ink := float32(min(max(width/2+0.5-math.Hypot(float64(dx), float64(dy)), 0), 1))
				a.b[w*a.W+u] = max(a.b[w*a.W+u], ink)
			}
		}
	}
	copy(m, a.b)
}
