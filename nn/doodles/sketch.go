package doodles

import (
	"math"
	"math/rand/v2"
)

// role says what a part of a thing is; a style picks its colour by it.
type role uint8

const (
	body   role = iota // most of the thing
	second             // a part that one may paint otherwise: a belly, a sail, a cabin
	accent             // what stands out: a beak, a flag, a collar
	dark               // a wheel, a hoof, a nose
	light              // an eye, a window
	roles
)

// kind says how a mark is painted.
type kind uint8

const (
	area kind = iota // a closed shape, filled and outlined
	line             // a line that belongs to the thing's shape: a leg, a mast
	fine             // a line within it: a mouth, a door
	limb             // a line as thick as r0 at its start and r1 at its end, filled and outlined
	spot             // a small closed shape in the colour of lines: a pupil
)

// mark is one thing that a pencil or a brush does.
type mark struct {
	kind   kind
	role   role
	pts    []point // in units; those that a curve goes through if it is smooth
	smooth bool
	r0, r1 float64 // of a limb, half its thickness in units
	group  int     // areas and limbs of one group, not 0, have one outline around all of them
}

// closed reports whether a mark's end is its start.
func (m *mark) closed() bool { return m.kind == area || m.kind == spot }

// sketch is a drawing as a list of marks, of which later ones lie over earlier ones. Its units
// are its own: x goes to the right, y down, and most things are about 1 wide. Things that have
// a front look to the left; what is drawn is mirrored by chance.
type sketch struct {
	*rand.Rand
	marks []mark
	group int
	frame affine
	habit habit
}

// habit is how one person draws the parts that many drawings have, the same way throughout a
// drawing.
type habit struct {
	eye    int  // see eye
	wheel  int  // see wheel
	sticks bool // legs are lines
	window int  // see window
}

func newSketch(rng *rand.Rand) *sketch {
	d := &sketch{Rand: rng, frame: affine{1, 0, 0, 0, 1, 0}}
	d.habit = habit{eye: d.IntN(7), wheel: d.IntN(6), sticks: d.maybe(0.25), window: d.IntN(3)}
	return d
}

// in returns a number between a and b.
func (d *sketch) in(a, b float64) float64 { return a + (b-a)*d.Float64() }

// some returns a whole number from a to b.
func (d *sketch) some(a, b int) int { return a + d.IntN(b-a+1) }

// maybe is true with a probability.
func (d *sketch) maybe(p float64) bool { return d.Float64() < p }

// either returns one of some numbers.
func (d *sketch) either(of ...float64) float64 { return of[d.IntN(len(of))] }

// paint returns one of some roles.
func (d *sketch) paint(of ...role) role { return of[d.IntN(len(of))] }

// affine maps x, y to a[0]*x+a[1]*y+a[2], a[3]*x+a[4]*y+a[5].
type affine [6]float64

func (a affine) apply(p point) point {
	return point{a[0]*p.x + a[1]*p.y + a[2], a[3]*p.x + a[4]*p.y + a[5]}
}

// after returns the map that does b first.
func (a affine) after(b affine) affine {
	return affine{
		a[0]*b[0] + a[1]*b[3], a[0]*b[1] + a[1]*b[4], a[0]*b[2] + a[1]*b[5] + a[2],
		a[3]*b[0] + a[4]*b[3], a[3]*b[1] + a[4]*b[4], a[3]*b[2] + a[4]*b[5] + a[5],
	}
}

// scale returns how much longer a makes things, on average.
func (a affine) scale() float64 { return math.Sqrt(math.Abs(a[0]*a[4] - a[1]*a[3])) }

// turned draws with the origin at x, y, turned clockwise by degrees and larger by scale; a
// negative scale also mirrors left and right.
func (d *sketch) turned(x, y, degrees, scale float64, draw func()) {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	flip, size := 1.0, scale
	if scale < 0 {
		flip, size = -1, -scale
	}
	outer := d.frame
	d.frame = outer.after(affine{cos * size * flip, -sin * size, x, sin * size * flip, cos * size, y})
	draw()
	d.frame = outer
}

// fused draws areas and limbs that have one outline around all of them.
func (d *sketch) fused(draw func()) {
	if d.group != 0 {
		draw()
		return
	}
	d.group = len(d.marks) + 1
	draw()
	d.group = 0
}

func (d *sketch) add(m mark, xy []float64) {
	if len(xy)%2 != 0 {
		panic("doodles: a coordinate is missing")
	}
	m.group = d.group
	m.pts = make([]point, len(xy)/2, len(xy)/2+1)
	for i := range m.pts {
		m.pts[i] = d.frame.apply(point{xy[2*i], xy[2*i+1]})
	}
	s := d.frame.scale()
	m.r0 *= s
	m.r1 *= s
	d.marks = append(d.marks, m)
}

// area adds a polygon, given as x, y pairs.
func (d *sketch) area(r role, xy ...float64) { d.add(mark{kind: area, role: r}, xy) }

// blob adds a closed curve through points.
func (d *sketch) blob(r role, xy ...float64) { d.add(mark{kind: area, role: r, smooth: true}, xy) }

// line adds a line that belongs to the thing's shape, and curve a curve.
func (d *sketch) line(xy ...float64)  { d.add(mark{kind: line}, xy) }
func (d *sketch) curve(xy ...float64) { d.add(mark{kind: line, smooth: true}, xy) }

// fine adds a line within the thing, and bend a curve.
func (d *sketch) fine(xy ...float64) { d.add(mark{kind: fine}, xy) }
func (d *sketch) bend(xy ...float64) { d.add(mark{kind: fine, smooth: true}, xy) }

// limb adds a curve through points, r0 to both sides of it at its start and r1 at its end.
func (d *sketch) limb(r role, r0, r1 float64, xy ...float64) {
	d.add(mark{kind: limb, role: r, smooth: true, r0: r0, r1: r1}, xy)
}

// leg is a limb, or a line where legs are sticks.
func (d *sketch) leg(r role, r0, r1 float64, xy ...float64) {
	if d.habit.sticks {
		d.curve(xy...)
		return
	}
	d.limb(r, r0, r1, xy...)
}

// dot adds a small disc in the colour of lines.
func (d *sketch) dot(x, y, r float64) {
	d.add(mark{kind: spot, smooth: true}, round(x, y, r, r, 0, 6))
}

// oval adds an ellipse, turned clockwise by degrees.
func (d *sketch) oval(r role, x, y, rx, ry, degrees float64) {
	d.blob(r, round(x, y, rx, ry, degrees, 8)...)
}

// disc adds a circle.
func (d *sketch) disc(r role, x, y, radius float64) { d.oval(r, x, y, radius, radius, 0) }

// box adds a rectangle between two corners.
func (d *sketch) box(r role, x0, y0, x1, y1 float64) { d.area(r, x0, y0, x1, y0, x1, y1, x0, y1) }

// soft adds a rectangle whose corners are cut by cut.
func (d *sketch) soft(r role, x0, y0, x1, y1, cut float64) {
	c := min(cut, (x1-x0)/2, (y1-y0)/2)
	e := c * 0.3
	d.area(r, x0+c, y0, x1-c, y0, x1-e, y0+e, x1, y0+c, x1, y1-c, x1-e, y1-e, x1-c, y1, x0+c, y1, x0+e, y1-e, x0, y1-c, x0, y0+c, x0+e, y0+e)
}

// fan adds a mirrored closed shape around the upright line at x: the points of its right half,
// from top to bottom, as distances from that line and heights.
func (d *sketch) fan(r role, smooth bool, x float64, half ...float64) {
	xy := make([]float64, 0, 2*len(half))
	for i := 0; i < len(half); i += 2 {
		xy = append(xy, x+half[i], half[i+1])
	}
	for i := len(half) - 2; i >= 0; i -= 2 {
		if half[i] != 0 {
			xy = append(xy, x-half[i], half[i+1])
		}
	}
	d.add(mark{kind: area, role: r, smooth: smooth}, xy)
}

// both draws something at the left and, mirrored, at the right of the upright line at x.
func (d *sketch) both(x float64, draw func()) {
	d.turned(x, 0, 0, 1, draw)
	d.turned(x, 0, 0, -1, draw)
}

// round are n points on an ellipse.
func round(x, y, rx, ry, degrees float64, n int) []float64 {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	xy := make([]float64, 0, 2*n)
	for i := range n {
		s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		xy = append(xy, x+rx*c*cos-ry*s*sin, y+rx*c*sin+ry*s*cos)
	}
	return xy
}
