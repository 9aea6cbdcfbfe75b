package doodles

// Parts that the drawings of several classes have.

// eye draws an eye of about the given radius.
func (d *sketch) eye(x, y, r float64) {
	switch d.habit.eye {
	case 0, 1:
		d.dot(x, y, r*0.75)
	case 2:
		d.disc(light, x, y, r*1.25)
		d.dot(x-r*0.2, y+r*0.1, r*0.6)
	case 3:
		d.dot(x, y, r)
		d.disc(light, x-r*0.3, y-r*0.3, r*0.35)
	case 4:
		d.dot(x, y, r*0.55)
	case 5:
		d.bend(x-r, y+r*0.3, x, y-r*0.6, x+r, y+r*0.3)
	case 6:
		d.oval(light, x, y, r, r*1.4, 0)
		d.dot(x, y+r*0.3, r*0.7)
	}
}

// wheel draws a wheel from the side.
func (d *sketch) wheel(x, y, r float64) {
	switch d.habit.wheel {
	case 0, 1:
		d.disc(dark, x, y, r)
		d.disc(light, x, y, r*0.45)
	case 2:
		d.disc(accent, x, y, r)
		d.dot(x, y, r*0.25)
	case 3:
		d.disc(second, x, y, r)
		d.disc(light, x, y, r*0.5)
	case 4:
		d.disc(dark, x, y, r)
	case 5:
		d.disc(second, x, y, r)
		d.fine(x-r, y, x+r, y)
		d.fine(x, y-r, x, y+r)
	}
}

// pane draws a window between two corners.
func (d *sketch) pane(x0, y0, x1, y1 float64) {
	switch d.habit.window {
	case 0:
		d.box(light, x0, y0, x1, y1)
	case 1:
		d.soft(light, x0, y0, x1, y1, 0.25*(y1-y0))
	case 2:
		d.box(light, x0, y0, x1, y1)
		d.fine(x0+0.2*(x1-x0), y1, x0+0.6*(x1-x0), y0)
	}
}

// portholes draws a row of n round or square windows from x0 to x1.
func (d *sketch) portholes(n int, x0, x1, y, r float64) {
	kind := d.IntN(3)
	for i := range n {
		x := x0
		if n > 1 {
			x += (x1 - x0) * float64(i) / float64(n-1)
		}
		switch kind {
		case 0:
			d.disc(light, x, y, r)
		case 1:
			d.box(light, x-r, y-r, x+r, y+r)
		case 2:
			d.dot(x, y, r*0.8)
		}
	}
}

// smile draws a mouth of the given width; depth below 0 makes it sad.
func (d *sketch) smile(x, y, width, depth float64) {
	d.bend(x-width/2, y, x, y+depth, x+width/2, y)
}

// whiskers draws n whiskers to each side of x; small faces have shorter ones, or none.
func (d *sketch) whiskers(x, y, from, to, spread float64, n int) {
	if s := d.frame.scale() * to; s < 0.3 {
		if d.maybe(0.5) {
			return
		}
		n, to = 2, from+(to-from)*0.8
	}
	d.both(x, func() {
		for i := range n {
			v := 0.0
			if n > 1 {
				v = spread * (float64(i)/float64(n-1) - 0.5)
			}
			d.line(from, y+v*0.4, to, y+v+d.in(-0.01, 0.01))
		}
	})
}

// waves draws water from x0 to x1, in one of the ways in which people do.
func (d *sketch) waves(x0, x1, y float64) {
	switch d.IntN(4) {
	case 0: // one waved line
		var xy []float64
		n := d.some(5, 9)
		for i := range 2*n + 1 {
			xy = append(xy, x0+(x1-x0)*float64(i)/float64(2*n), y+0.025*float64(1-2*(i%2)))
		}
		d.curve(xy...)
	case 1: // short ones
		for range d.some(3, 6) {
			x, v := d.in(x0, x1-0.15), y+d.in(0, 0.1)
			d.curve(x, v, x+0.04, v-0.02, x+0.08, v+0.01, x+0.12, v-0.02)
		}
	case 2: // a filled sea
		d.blob(accent, x0, y, (x0+x1)/2, y-0.02, x1, y, x1, y+0.15, (x0+x1)/2, y+0.17, x0, y+0.15)
	case 3:
		d.line(x0, y, x1, y)
	}
}

// pose is how an animal on four legs holds them.
type pose uint8

const (
	standing pose = iota
	walking
	running
)

// beast is an animal on four legs from the side: a trunk from x 0 (shoulders) to length, with
// its middle at y 0.
type beast struct {
	length, depth float64 // depth is half of the trunk's height at the chest
	waist         float64 // and this at the hips
	leg, thick    float64 // length below the trunk's middle, and half of the thickness
	knee          float64 // how far legs are bent
	hoof          role    // role of the feet; body for feet that do not stand out
	pose          pose
}

// draw draws the beast; front and rear add a head and a tail, given where they are joined on.
func (b beast) draw(d *sketch, front, rear func(x, y float64)) {
	lift := d.in(0, 0.06)
	fore, hind := 0.08*b.length, 0.92*b.length
	legs := func(near float64) {
		shift := near * d.in(0.02, 0.07)
		switch b.pose {
		case standing:
			b.foot(d, fore+shift+0.04, shift*0.3, 0, b.knee*0.3)
			b.foot(d, hind-shift-0.02, -shift*0.3, 0, b.knee)
		case walking:
			s := near * d.in(0.06, 0.15)
			b.foot(d, fore+0.04, s, max(-near, 0)*lift, -b.knee)
			b.foot(d, hind-0.04, -s, max(near, 0)*lift, b.knee)
		case running:
			s := d.in(0.15, 0.28)
			b.foot(d, fore, -s-shift, s*0.7, -b.knee)
			b.foot(d, hind, s+shift, s*0.7, b.knee)
		}
	}
	order := d.maybe(0.5)
	d.fused(func() {
		legs(-1)
		if order {
			rear(b.length*0.98, -b.waist*0.4)
		}
		switch d.IntN(3) {
		case 0:
			d.oval(body, b.length/2, 0, b.length*0.6, b.depth*1.05, 0)
		case 1:
			d.blob(body, -0.06, -b.depth*0.5, b.length*0.2, -b.depth, b.length*0.6, -b.depth*0.85, b.length*0.95, -b.waist,
				b.length*1.06, 0, b.length*0.95, b.waist*0.9, b.length*0.6, b.depth*0.7, b.length*0.15, b.depth, -0.05, b.depth*0.5)
		case 2:
			d.soft(body, -0.05, -b.depth, b.length*1.03, b.depth, b.depth*0.7)
		}
		legs(1)
		if !order {
			rear(b.length*0.98, -b.waist*0.4)
		}
		front(b.length*0.03, -b.depth*0.45)
	})
}

// foot draws a leg from x on the trunk to the ground, forward by dx (to the left below 0) and
// up by lift there.
func (b beast) foot(d *sketch, x, dx, lift, knee float64) {
	y0, y1 := b.waist*0.2, b.leg-lift
	mid := y0 + (y1-y0)*0.55
	d.leg(body, b.thick*1.35, b.thick*0.9, x, y0, x+dx*0.45-knee, mid, x+dx, y1)
	if b.hoof != body && !d.habit.sticks {
		d.limb(b.hoof, b.thick, b.thick, x+dx, y1-b.thick*0.3, x+dx-b.thick*0.5, y1)
	}
}
