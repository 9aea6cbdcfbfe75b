package sketch

import "math/rand/v2"

// fill covers all with a colour.
func (a *Artist) fill(c [3]float32) {
	for i := range a.grey {
		copy(a.rgb[3*i:], c[:])
	}
}

// put lays a colour over the picture where m has ink.
func (a *Artist) put(m []float32, c [3]float32, strength float32) {
	for i, v := range m {
		if v > 0 {
			p := a.rgb[3*i:][:3]
			for k := range p {
				p[k] += (c[k] - p[k]) * v * strength
			}
		}
	}
}

// pen draws the lines of a.m with a pen of a random width.
func (a *Artist) pen(rng *rand.Rand, on [3]float32) {
	unit := float64(min(a.H, a.W)) / 96
	a.thicken(a.m, unit*between(rng, 1.5, 6))
	a.put(a.m, ink(rng, on), float32(between(rng, 0.75, 1)))
}

// lines are thin edges on plain paper.
func lines(a *Artist, rng *rand.Rand) {
	a.edges(rng)
	on := paper(rng)
	a.fill(on)
	a.pen(rng, on)
}

// linesOnColours are edges over what they were found in, made paler.
func linesOnColours(a *Artist, rng *rand.Rand) {
	a.edges(rng)
	pale, on := float32(between(rng, 0.3, 0.8)), float32(255)
	for i := range a.rgb {
		a.rgb[i] += (on - a.rgb[i]) * pale
	}
	a.blur(a.rgb, a.rgb, 3, rng.IntN(4))
	a.pen(rng, [3]float32{on, on, on})
}

// flatColours are few colours without lines.
func flatColours(a *Artist, rng *rand.Rand) {
	a.divide(3+rng.IntN(6), rng)
	a.repaint(rng)
	a.paint()
}

// paint fills each region with its colour.
func (a *Artist) paint() {
	for i, k := range a.region {
		copy(a.rgb[3*i:], a.palette[k][:])
	}
}

// cartoon has few colours, dark outlines, and mostly a plain ground.
func cartoon(a *Artist, rng *rand.Rand) {
	a.divide(3+rng.IntN(5), rng)
	alone := a.separate() && chance(rng, 0.8)
	a.repaint(rng)
	a.paint()
	on := [3]float32{255, 255, 255}
	if alone {
		on = a.ground(rng)
	}
	a.borders(false)
	if alone { // lines of the ground's are left out
		for i := range a.m {
			if !a.front[i] {
				a.m[i] = 0
			}
		}
	}
	a.pen(rng, on)
	if alone {
		a.borders(true)
		a.pen(rng, on)
	}
}

// ground paints what is not the thing, and returns the colour.
func (a *Artist) ground(rng *rand.Rand) [3]float32 {
	on := paper(rng)
	for i, front := range a.front {
		if !front {
			copy(a.rgb[3*i:], on[:])
		}
	}
	return on
}

// cutOut is the thing as it is on plain paper.
func cutOut(a *Artist, rng *rand.Rand) {
	a.photo = append(a.photo[:0], a.rgb...)
	a.divide(4+rng.IntN(4), rng)
	if !a.separate() {
		a.repaint(rng)
		a.paint()
		return
	}
	copy(a.rgb, a.photo)
	on := a.ground(rng)
	if chance(rng, 0.5) {
		a.borders(true)
		a.pen(rng, on)
	}
}

// outline is the thing's outline and some lines in it, filled or not.
func outline(a *Artist, rng *rand.Rand) {
	a.photo = append(a.photo[:0], a.rgb...)
	a.divide(3+rng.IntN(4), rng)
	if !a.separate() {
		copy(a.rgb, a.photo)
		lines(a, rng)
		return
	}
	on := paper(rng)
	a.fill(on)
	if chance(rng, 0.5) {
		body := colour(rng)
		for i, front := range a.front {
			if front {
				copy(a.rgb[3*i:], body[:])
			}
		}
	}
	pen := ink(rng, on)
	width := float64(min(a.H, a.W)) / 96 * between(rng, 1.5, 5)
	a.borders(true)
	a.thicken(a.m, width)
	a.put(a.m, pen, 1)
	a.edges(rng)
	for i, front := range a.front {
		if !front {
			a.m[i] = 0
		}
	}
	a.thicken(a.m, width)
	a.put(a.m, pen, 1)
}

// silhouette is the thing in one colour.
func silhouette(a *Artist, rng *rand.Rand) {
	a.photo = append(a.photo[:0], a.rgb...)
	a.divide(3+rng.IntN(4), rng)
	if !a.separate() {
		copy(a.rgb, a.photo)
		pencil(a, rng)
		return
	}
	on := paper(rng)
	a.fill(on)
	pen := ink(rng, on)
	for i, front := range a.front {
		if front {
			copy(a.rgb[3*i:], pen[:])
		}
	}
}

// pencil is grey where the picture is darker than around: soft lines and shades.
func pencil(a *Artist, rng *rand.Rand) {
	a.blur(a.b, a.grey, 1, 2+rng.IntN(6))
	gain, shade := float32(between(rng, 2, 8)), float32(between(rng, 0, 0.5))
	on := paper(rng)
	pen := ink(rng, on)
	for i, v := range a.grey {
		a.m[i] = min(max((a.b[i]-v)/255*gain+shade*(1-v/255), 0), 1)
	}
	a.fill(on)
	a.put(a.m, pen, 1)
}
