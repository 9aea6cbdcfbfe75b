package sketch

import "math/rand/v2"

const maxColours = 10

// divide parts the picture into n colours by k-means (S. Lloyd 1982) over the blurred picture:
// a.region says which, a.palette what they are.
func (a *Artist) divide(n int, rng *rand.Rand) {
	a.colours = n
	soft := a.rgb
	a.blur(soft, soft, 3, 1+rng.IntN(2))
	pixels := a.H * a.W
	for k := range n {
		copy(a.palette[k][:], soft[3*rng.IntN(pixels):][:3])
	}
	const some = 7 // each seventh pixel is enough to find the colours
	for range 6 {
		var sum [maxColours][3]float32
		var count [maxColours]float32
		for i := 0; i < pixels; i += some {
			p := soft[3*i:][:3]
			k := a.nearest(p)
			count[k]++
			for c := range sum[k] {
				sum[k][c] += p[c]
			}
		}
		for k := range n {
			if count[k] == 0 {
				copy(a.palette[k][:], soft[3*rng.IntN(pixels):][:3])
				continue
			}
			for c := range sum[k] {
				a.palette[k][c] = sum[k][c] / count[k]
			}
		}
	}
	for i := range pixels {
		a.region[i] = uint8(a.nearest(soft[3*i:][:3]))
	}
}

func (a *Artist) nearest(p []float32) int {
	best, least := 0, float32(1e9)
	for k := range a.colours {
		q := &a.palette[k]
		d0, d1, d2 := p[0]-q[0], p[1]-q[1], p[2]-q[2]
		if d := d0*d0 + d1*d1 + d2*d2; d < least {
			best, least = k, d
		}
	}
	return best
}

// separate takes for ground the colours that the picture's edge has more of than its middle, and
// says whether what is left can be a thing: neither a speck nor all of the picture.
func (a *Artist) separate() bool {
	var edge, all [maxColours]float32
	rim := max(a.H, a.W) / 24
	var edges, total float32
	for i, k := range a.region {
		x, y := i%a.W, i/a.W
		total++
		all[k]++
		if x < rim || y < rim || x >= a.W-rim || y >= a.H-rim {
			edges++
			edge[k]++
		}
	}
	for i, k := range a.region {
		a.a[i] = 0
		if edge[k]/edges < 0.9*all[k]/total {
			a.a[i] = 1
		}
	}
	a.blur(a.b, a.a, 1, max(a.H, a.W)/32)
	for i, v := range a.b {
		a.a[i], a.front[i] = 1, true
		if v > 0.5 {
			a.a[i] = 0
		}
	}
	a.reach()
	front := float32(0)
	for _, f := range a.front {
		if f {
			front++
		}
	}
	return front > 0.1*total && front < 0.7*total
}

// reach makes ground of what hangs together with the picture's edge where a.a is 1. So a hole in
// the thing belongs to the thing.
func (a *Artist) reach() {
	a.stack = a.stack[:0]
	visit := func(x, y int) {
		if x < 0 || y < 0 || x >= a.W || y >= a.H {
			return
		}
		if i := y*a.W + x; a.a[i] == 1 && a.front[i] {
			a.front[i] = false
			a.stack = append(a.stack, int32(i))
		}
	}
	for x := range a.W {
		visit(x, 0)
		visit(x, a.H-1)
	}
	for y := range a.H {
		visit(0, y)
		visit(a.W-1, y)
	}
	for k := 0; k < len(a.stack); k++ {
		x, y := int(a.stack[k])%a.W, int(a.stack[k])/a.W
		visit(x-1, y)
		visit(x+1, y)
		visit(x, y-1)
		visit(x, y+1)
	}
}

// borders leaves 1 in a.m where two regions meet, or the thing and its ground.
func (a *Artist) borders(thing bool) {
	for i := range a.m {
		a.m[i] = 0
		x, y := i%a.W, i/a.W
		if x == a.W-1 || y == a.H-1 {
			continue
		}
		differ := a.region[i] != a.region[i+1] || a.region[i] != a.region[i+a.W]
		if thing {
			differ = a.front[i] != a.front[i+1] || a.front[i] != a.front[i+a.W]
		}
		if differ {
			a.m[i] = 1
		}
	}
	a.connect(a.m, 0.5, 0.5, 20)
}

// repaint makes the palette what somebody with a box of pens would take: stronger, paler, or
// other colours.
func (a *Artist) repaint(rng *rand.Rand) {
	gain, lift := float32(between(rng, 1, 2.2)), float32(between(rng, -10, 50))
	swap := [3]int{0, 1, 2}
	rng.Shuffle(3, func(i, j int) { swap[i], swap[j] = swap[j], swap[i] })
	turn := chance(rng, 0.4)
	for k := range a.colours {
		p := a.palette[k]
		mean := (p[0] + p[1] + p[2]) / 3
		for c := range p {
			from := c
			if turn {
				from = swap[c]
			}
			a.palette[k][c] = min(max(mean+(p[from]-mean)*gain+lift, 0), 255)
		}
	}
	if chance(rng, 0.15) { // any at all
		for k := range a.colours {
			a.palette[k] = colour(rng)
		}
	}
}

// colour draws a strong or a pale one.
func colour(rng *rand.Rand) [3]float32 {
	return [3]float32{float32(between(rng, 0, 256)), float32(between(rng, 0, 256)), float32(between(rng, 0, 256))}
}

// paper draws what is drawn on: mostly white, or a plain colour.
func paper(rng *rand.Rand) [3]float32 {
	switch {
	case chance(rng, 0.65):
		v := float32(between(rng, 240, 256))
		return [3]float32{v, v, v}
	case chance(rng, 0.3):
		v := float32(between(rng, 0, 60))
		return [3]float32{v, v, v}
	}
	return colour(rng)
}

// ink draws a pen that is seen on a paper.
func ink(rng *rand.Rand, on [3]float32) [3]float32 {
	light := 0.299*on[0] + 0.587*on[1] + 0.114*on[2]
	for range 20 {
		v := float32(between(rng, 0, 60))
		pen := [3]float32{v, v, v}
		if chance(rng, 0.3) {
			pen = colour(rng)
		} else if light < 110 {
			pen = [3]float32{255 - v, 255 - v, 255 - v}
		}
		if d := light - (0.299*pen[0] + 0.587*pen[1] + 0.114*pen[2]); d > 90 || d < -90 {
			return pen
		}
	}
	if light < 128 {
		return [3]float32{255, 255, 255}
	}
	return [3]float32{}
}
