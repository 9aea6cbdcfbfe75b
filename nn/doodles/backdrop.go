package doodles

import "math"

// backdrop paints what is behind a drawing, which fills frame: nothing but paper, mostly.
func (a *artist) backdrop(f frame) {
	rng := a.rng
	w, h := float64(a.w), float64(a.h)
	unit := min(w, h)
	a.block(0, 0, w, h, a.paper, a.paper)
	coloured := a.filling == flat || a.filling == shaded
	switch v := rng.Float64(); {
	case v < 0.05:
		a.ruled(unit)
	case v < 0.13: // light from one side
		other := mix(a.paper, tint(rng), between(rng, 0.1, 0.35))
		a.block(0, 0, w, h, a.paper, other)
	case v < 0.2 && a.filling != solid: // a disc or a card around it
		c := mix(a.paper, tint(rng), between(rng, 0.2, 0.6))
		x, y := (f.x0+f.x1)/2, (f.y0+f.y1)/2
		r := 0.62 * max(f.x1-f.x0, f.y1-f.y0)
		a.fill(ring(x, y, r, r), c, c)
	case v < 0.2+0.25 && coloured:
		a.landscape(f)
	case v < 0.4 && a.filling != solid: // a line to stand on
		a.ground(f)
	}
	if chance(rng, 0.12) && coloured { // a shadow
		c := mix(a.paper, rgb{}, between(rng, 0.2, 0.5))
		a.fill(ring((f.x0+f.x1)/2, f.y1, (f.x1-f.x0)*between(rng, 0.35, 0.5), unit*between(rng, 0.02, 0.06)), c, c)
	}
}

// block fills a rectangle.
func (a *artist) block(x0, y0, x1, y1 float64, top, bottom rgb) {
	a.fill([]point{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, top, bottom)
}

// ring are points of an ellipse.
func ring(x, y, rx, ry float64) []point {
	const n = 24
	pts := make([]point, n)
	for i := range pts {
		s, c := math.Sincos(2 * math.Pi * float64(i) / n)
		pts[i] = point{x + rx*c, y + ry*s}
	}
	return pts
}

// ruled paints the lines or squares of exercise paper.
func (a *artist) ruled(unit float64) {
	c := mix(a.paper, tint(a.rng), 0.35)
	gap := unit * between(a.rng, 0.1, 0.2)
	squares := chance(a.rng, 0.5)
	w, h := float64(a.w), float64(a.h)
	for y := gap * a.rng.Float64(); y < h; y += gap {
		a.stroke([]nib{{0, y, unit * 0.008}, {w, y, unit * 0.008}}, c)
	}
	for x := gap * a.rng.Float64(); squares && x < w; x += gap {
		a.stroke([]nib{{x, 0, unit * 0.008}, {x, h, unit * 0.008}}, c)
	}
}

// landscape paints sky and ground, which may be a wall and a floor.
func (a *artist) landscape(f frame) {
	rng := a.rng
	w, h := float64(a.w), float64(a.h)
	unit := min(w, h)
	var sky, land rgb
	for range 8 {
		sky, land = mix(tint(rng), rgb{255, 255, 255}, between(rng, 0.1, 0.6)), tint(rng)
		if apart(sky, a.colours[body]) > 90 && apart(land, a.colours[body]) > 90 && apart(sky, land) > 50 {
			break
		}
	}
	a.block(0, 0, w, h, sky, mix(sky, rgb{255, 255, 255}, between(rng, 0, 0.5)))
	y := f.y1 - (f.y1-f.y0)*between(rng, 0, 0.4)
	hill := unit * between(rng, 0, 0.08)
	a.fill([]point{{0, y}, {w * 0.3, y - hill}, {w * 0.65, y + hill/2}, {w, y - hill/2}, {w, h}, {0, h}}, land, mix(land, rgb{}, between(rng, 0, 0.3)))
	if chance(rng, 0.25) {
		r := unit * between(rng, 0.06, 0.12)
		c := mix(tint(rng), rgb{255, 255, 255}, 0.3)
		a.fill(ring(w*between(rng, 0, 1), h*between(rng, 0, 0.2), r, r), c, c)
	}
	for range rng.IntN(3) {
		c := mix(sky, rgb{255, 255, 255}, 0.7)
		a.fill(ring(w*between(rng, 0, 1), h*between(rng, 0, 0.3), unit*between(rng, 0.1, 0.25), unit*between(rng, 0.03, 0.08)), c, c)
	}
}

// ground draws a line under the drawing, straight, waved or of tufts.
func (a *artist) ground(f frame) {
	rng := a.rng
	w := float64(a.w)
	unit := min(w, float64(a.h))
	y := f.y1 + a.pen*0.3
	waved, thin := chance(rng, 0.4), between(rng, 0.25, 0.45)
	height, length := unit*between(rng, 0.01, 0.03), unit*between(rng, 0.1, 0.25)
	from, to := w*between(rng, -0.1, 0.15), w*between(rng, 0.85, 1.1)
	a.nibs = a.nibs[:0]
	for x := from; x <= to; x += step {
		v := y
		if waved {
			v += height * math.Sin(2*math.Pi*x/length)
		}
		a.nibs = append(a.nibs, nib{x, v, a.pen * thin})
	}
	a.stroke(a.nibs, mix(a.ink, a.paper, between(rng, 0, 0.5)))
}
