package doodles

import (
	"math"
	"math/rand/v2"
	"slices"
)

// artist draws sketches in a style.
type artist struct {
	raster
	*style
	rng   *rand.Rand
	pen   float64 // width of lines in pixels
	arena []point // the memory of all paths
	nibs  []nib
}

// draw paints a whole picture, [h,w,3], into pix.
func (a *artist) draw(pix []byte, w, h int, d *sketch, s *style, rng *rand.Rand) {
	a.start(pix, w, h)
	a.style, a.rng = s, rng
	a.distort(d)
	frame := a.place(d)
	a.backdrop(frame)
	a.raster.grain = s.grain
	a.arena = a.arena[:0]
	paths := make([][]point, len(d.marks))
	for i := range d.marks {
		paths[i] = a.path(&d.marks[i])
	}
	for i := 0; i < len(d.marks); {
		g := d.marks[i].group
		end := i + 1
		for g != 0 && end < len(d.marks) && d.marks[end].group == g {
			end++
		}
		a.group(d.marks[i:end], paths[i:end])
		i = end
	}
}

// distort gives a sketch the proportions of one hand: mirrored, stretched, slanted, turned,
// bent, and each point somewhat off.
func (a *artist) distort(d *sketch) {
	rng := a.rng
	turn := between(rng, -6, 6)
	if chance(rng, 0.15) {
		turn *= 3
	}
	sin, cos := math.Sincos(turn * math.Pi / 180)
	stretch := math.Pow(1.2, between(rng, -1, 1))
	slant := between(rng, -0.12, 0.12)
	flip := float64(1 - 2*rng.IntN(2))
	m := affine{cos, -sin, 0, sin, cos, 0}.after(affine{stretch * flip, slant, 0, 0, 1, 0})
	amount := between(rng, 0, 0.02)
	waves := [2]float64{between(rng, 3, 9), between(rng, 3, 9)}
	phases := [2]float64{between(rng, 0, 6.3), between(rng, 0, 6.3)}
	for i := range d.marks {
		for j, p := range d.marks[i].pts {
			p.x, p.y = p.x+amount*math.Sin(waves[0]*p.y+phases[0]), p.y+amount*math.Sin(waves[1]*p.x+phases[1])
			p = m.apply(p)
			if a.tremble > 0 {
				p.x += a.tremble * between(rng, -1.5, 1.5)
				p.y += a.tremble * between(rng, -1.5, 1.5)
			}
			d.marks[i].pts[j] = p
		}
	}
}

// frame is the box that a drawing fills, in pixels.
type frame struct{ x0, y0, x1, y1 float64 }

// place scales and moves a sketch to where it is in the picture, in pixels.
func (a *artist) place(d *sketch) frame {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, m := range d.marks {
		u0, v0, u1, v1 := bounds(m.pts)
		r := max(m.r0, m.r1)
		x0, y0, x1, y1 = min(x0, u0-r), min(y0, v0-r), max(x1, u1+r), max(y1, v1+r)
	}
	rng := a.rng
	size := between(rng, 0.68, 0.98)
	if chance(rng, 0.15) {
		size = between(rng, 0.42, 0.68)
	}
	w, h := float64(a.w), float64(a.h)
	a.pen = max(a.width*min(w, h)*math.Sqrt(size), 0.35)
	scale := max(min((w*size-a.pen)/(x1-x0), (h*size-a.pen)/(y1-y0)), 1e-3)
	spread := 0.4
	if chance(rng, 0.25) {
		spread = 1
	}
	left := w/2 - scale*(x1-x0)/2 + spread*between(rng, -0.5, 0.5)*(w-scale*(x1-x0)-a.pen)
	top := h/2 - scale*(y1-y0)/2 + spread*between(rng, -0.5, 0.5)*(h-scale*(y1-y0)-a.pen)
	for i := range d.marks {
		m := &d.marks[i]
		m.r0 *= scale
		m.r1 *= scale
		for j, p := range m.pts {
			m.pts[j] = point{left + (p.x-x0)*scale, top + (p.y-y0)*scale}
		}
	}
	return frame{left, top, left + scale*(x1-x0), top + scale*(y1-y0)}
}

// step is the length of the straight pieces of a curve, in pixels.
const step = 2.5

// path returns a mark's line as short straight pieces. What is closed ends where it starts.
func (a *artist) path(m *mark) []point {
	from := len(a.arena)
	pts, n := m.pts, len(m.pts)
	pieces := n - 1
	if m.closed() {
		pieces = n
	}
	at := func(i int) point {
		if m.closed() {
			return pts[(i+n)%n]
		}
		return pts[min(max(i, 0), n-1)]
	}
	a.arena = append(a.arena, pts[0])
	for i := range pieces {
		p, q := at(i), at(i+1)
		long := math.Sqrt((q.x-p.x)*(q.x-p.x) + (q.y-p.y)*(q.y-p.y))
		parts := int(min(math.Ceil(long/step), 24))
		switch {
		case m.smooth && n > 2:
			before, after := at(i-1), at(i+2)
			for k := 1; k < parts; k++ {
				a.arena = append(a.arena, catmullRom(before, p, q, after, float64(k)/float64(parts)))
			}
		case a.bow > 0 && parts > 2:
			out := a.bow * between(a.rng, -1, 1)
			for k := 1; k < parts; k++ {
				t := float64(k) / float64(parts)
				b := 4 * t * (1 - t) * out
				a.arena = append(a.arena, point{p.x + t*(q.x-p.x) - b*(q.y-p.y), p.y + t*(q.y-p.y) + b*(q.x-p.x)})
			}
		}
		a.arena = append(a.arena, q)
	}
	return a.arena[from:len(a.arena):len(a.arena)]
}

// catmullRom returns a point between p and q of a curve through all four. Source: Catmull, Rom, A
// Class of Local Interpolating Splines, 1974.
func catmullRom(o, p, q, r point, t float64) point {
	u, v := t*t, t*t*t
	f := func(o, p, q, r float64) float64 {
		return 0.5 * (2*p + (q-o)*t + (2*o-5*p+4*q-r)*u + (3*p-o-3*q+r)*v)
	}
	return point{f(o.x, p.x, q.x, r.x), f(o.y, p.y, q.y, r.y)}
}

// group paints marks that belong together.
func (a *artist) group(marks []mark, paths [][]point) {
	fused := a.fused && marks[0].group != 0
	if fused && a.outline && a.filling != solid {
		for i := range marks {
			switch m := &marks[i]; m.kind {
			case area:
				a.trace(paths[i], a.pen, 0, 0, a.edge(m.role))
			case limb:
				a.trace(paths[i], 2*a.pen, m.r0-a.pen*0.3, m.r1-a.pen*0.3, a.edge(m.role))
			}
		}
	}
	for i := range marks {
		a.mark(&marks[i], paths[i], fused)
	}
}

// edge returns the colour of the outline of a part.
func (a *artist) edge(r role) rgb {
	if a.tinted && r != dark {
		return mix(a.colours[r], rgb{}, 0.55)
	}
	return a.ink
}

// mark paints one mark; the outline of one that is fused is there already.
func (a *artist) mark(m *mark, path []point, fused bool) {
	switch m.kind {
	case area:
		a.area(m.role, path)
		if a.outline && !fused && a.filling != solid {
			a.contour(path, a.pen, a.edge(m.role))
		}
	case limb:
		if a.outline && !fused && a.filling != solid {
			a.trace(path, a.pen, m.r0, m.r1, a.edge(m.role))
		}
		less := a.pen / 2
		if fused || !a.outline || a.filling == solid {
			less = 0
		}
		if max(m.r0, m.r1) > less {
			a.trace(path, 0, max(m.r0-less, 0.1), max(m.r1-less, 0.1), a.inside(m.role))
		}
	case line:
		a.contour(path, a.pen, a.ink)
	case fine:
		if a.filling == solid {
			if a.carved {
				a.contour(path, a.pen*0.8, a.paper)
			}
			return
		}
		a.contour(path, a.pen*0.85, a.ink)
	case spot:
		if a.filling == solid {
			if a.carved {
				a.fill(path, a.paper, a.paper)
			}
			return
		}
		a.fill(path, a.ink, a.ink)
	}
}

// inside returns the colour that fills a part.
func (a *artist) inside(r role) rgb {
	switch {
	case a.filling == solid && r == light && a.carved:
		return a.paper
	case a.filling == solid:
		return a.ink
	case a.filling <= papered && r == dark && !a.inked, a.filling == scribbled && r != dark:
		return a.paper
	}
	return a.colours[r]
}

// area fills a part.
func (a *artist) area(r role, path []point) {
	c := a.inside(r)
	if a.slip != (point{}) {
		path = slices.Clone(path)
		for i := range path {
			path[i].x += a.slip.x * a.pen
			path[i].y += a.slip.y * a.pen
		}
	}
	switch {
	case a.filling == hollow && c == a.paper:
	case a.filling == shaded && r != dark:
		top, bottom := mix(c, rgb{255, 255, 255}, math.Abs(a.shade)), mix(c, rgb{}, math.Abs(a.shade))
		if a.shade < 0 {
			top, bottom = bottom, top
		}
		a.fill(path, top, bottom)
	case a.filling == scribbled && r != dark:
		a.fill(path, c, c)
		a.scribble(path, a.colours[r])
	default:
		a.fill(path, c, c)
	}
}

// trace strokes a path, thicker than r0 and r1, on both sides of it, by half of width.
func (a *artist) trace(path []point, width, r0, r1 float64, c rgb) {
	a.nibs = a.nibs[:0]
	for i, p := range path {
		t := float64(i) / float64(max(len(path)-1, 1))
		a.nibs = append(a.nibs, nib{p.x, p.y, width/2 + r0 + t*(r1-r0)})
	}
	a.stroke(a.nibs, c)
}

// contour draws a line of a width as the hand does it.
func (a *artist) contour(path []point, width float64, c rgb) {
	times := 1
	if a.twice {
		times = 2
	}
	for range times {
		a.nibs = a.nibs[:0]
		phase, speed := between(a.rng, 0, 6.3), between(a.rng, 0.1, 0.4)
		off := point{between(a.rng, -1, 1) * a.gap * width, between(a.rng, -1, 1) * a.gap * width}
		for i, p := range path {
			t := float64(i) / float64(len(path))
			t *= t * t
			r := width / 2 * (1 + a.pressure*math.Sin(phase+speed*float64(i)))
			a.nibs = append(a.nibs, nib{p.x + t*off.x, p.y + t*off.y, r})
		}
		a.stroke(a.nibs, c)
	}
}

// scribble fills a polygon with lines, drawn to and fro.
func (a *artist) scribble(poly []point, c rgb) {
	sin, cos := math.Sincos(a.hatch)
	turned := make([]point, len(poly))
	for i, p := range poly {
		turned[i] = point{p.x*cos + p.y*sin, p.y*cos - p.x*sin}
	}
	_, y0, _, y1 := bounds(turned)
	gap := a.spacing * max(a.pen, 0.8)
	var crossings []float64
	for y := y0 + gap/2; y < y1; y += gap {
		crossings = crossings[:0]
		for i, p := range turned {
			q := turned[(i+1)%len(turned)]
			if (p.y <= y) != (q.y <= y) {
				crossings = append(crossings, p.x+(y-p.y)/(q.y-p.y)*(q.x-p.x))
			}
		}
		slices.Sort(crossings)
		for i := 0; i+1 < len(crossings); i += 2 {
			u, v := crossings[i]+gap*between(a.rng, -0.4, 0.4), crossings[i+1]+gap*between(a.rng, -0.4, 0.4)
			s, t := y+gap*between(a.rng, -0.4, 0.4), y+gap*between(a.rng, -0.2, 0.9)
			a.nibs = append(a.nibs[:0], nib{u*cos - s*sin, u*sin + s*cos, a.pen / 2}, nib{v*cos - t*sin, v*sin + t*cos, a.pen / 2})
			a.stroke(a.nibs, c)
		}
	}
}
