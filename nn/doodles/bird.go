package doodles

var birds = []way{
	{"gulls", gulls},
	{"gull with a body", gull},
	{"songbird", songbird},
	{"on a branch", onBranch},
	{"duck", duck},
	{"swan", swan},
	{"wings up", wingsUp},
	{"eagle", eagle},
	{"owl", owl},
	{"chick", chick},
	{"penguin", penguin},
	{"parrot", parrot},
	{"wader", wader},
	{"ostrich", ostrich},
	{"head", birdHead},
	{"hen", hen},
	{"a child's", childsBird},
	{"dove", dove},
	{"swallow", swallow},
}

// beak draws a beak that points to the left from x, y.
func (d *sketch) beak(x, y, size float64) {
	switch d.IntN(3) {
	case 0:
		d.area(accent, x, y-size*0.5, x-size*1.3, y+size*0.1, x, y+size*0.5)
	case 1:
		d.area(accent, x, y-size*0.45, x-size*1.4, y, x, y)
		d.area(accent, x, y, x-size*1.1, y+size*0.15, x, y+size*0.45)
	case 2:
		d.line(x, y-size*0.4, x-size*1.3, y, x, y+size*0.4)
	}
}

// talons draws two thin legs from the belly.
func (d *sketch) talons(x0, x1, y0, y1 float64) {
	toes := d.IntN(3)
	for _, x := range []float64{x0, x1} {
		f := x + d.in(-0.03, 0.03)
		d.line(x, y0, f, y1)
		switch toes {
		case 0:
			d.line(f-0.06, y1+0.02, f, y1, f+0.05, y1+0.02)
		case 1:
			d.line(f, y1, f-0.07, y1)
		}
	}
}

// plumage draws a wing that lies at the body.
func (d *sketch) plumage(x, y, size float64) {
	switch d.IntN(4) {
	case 0:
		d.blob(second, x-size, y-size*0.2, x-size*0.3, y-size*0.45, x+size*0.5, y-size*0.2, x+size*1.1, y+size*0.3, x+size*0.2, y+size*0.5, x-size*0.7, y+size*0.35)
	case 1:
		d.bend(x-size*0.8, y-size*0.2, x-size*0.4, y+size*0.4, x+size*0.3, y+size*0.45, x+size, y-size*0.1)
	case 2:
		d.area(second, x-size*0.8, y-size*0.3, x+size, y, x-size*0.2, y+size*0.6)
	case 3:
		d.oval(second, x, y, size, size*0.5, 15)
		d.bend(x-size*0.2, y+size*0.1, x+size*0.3, y+size*0.25, x+size*0.8, y+size*0.2)
	}
}

// passerine draws a small bird and returns where its legs begin.
func (d *sketch) passerine() (x0, x1, y float64) {
	plump := d.in(0.17, 0.25)
	tilt := d.in(5, 25)
	head := d.in(0.11, 0.16)
	hx, hy := 0.2, -plump*0.6-d.in(0.06, 0.12)
	d.fused(func() {
		d.area(d.paint(body, second), 0.62, -0.02, d.in(0.95, 1.08), d.in(-0.12, 0.15), 0.98, d.in(0.08, 0.22), 0.6, 0.12)
		d.oval(body, 0.45, 0, 0.28, plump, tilt)
		d.disc(body, hx, hy, head)
	})
	if d.maybe(0.4) {
		d.oval(second, 0.36, 0.06, 0.15, plump*0.6, tilt+10)
	}
	d.plumage(0.52, 0, d.in(0.15, 0.2))
	d.beak(hx-head*0.9, hy, d.in(0.07, 0.11))
	d.eye(hx-head*0.2, hy-head*0.2, 0.03)
	if d.maybe(0.2) {
		d.line(hx, hy-head, hx+0.02, hy-head-0.08)
		d.line(hx+0.03, hy-head, hx+0.07, hy-head-0.06)
	}
	return 0.4, 0.5, plump * 0.85
}

func songbird(d *sketch) {
	x0, x1, y := d.passerine()
	d.talons(x0, x1, y, y+d.in(0.1, 0.22))
}

func onBranch(d *sketch) {
	x0, x1, y := d.passerine()
	foot := y + d.in(0.03, 0.09)
	d.line(x0, y, x0, foot)
	d.line(x1, y, x1, foot)
	slope := d.in(-0.08, 0.08)
	d.limb(accent, 0.03, 0.02, -0.15, foot+0.03-slope, 0.45, foot+0.03, 1.1, foot+0.03+slope)
	for range d.some(0, 3) {
		x := d.in(-0.1, 1)
		d.oval(second, x, foot-0.02, 0.06, 0.03, d.in(-60, 60))
	}
}

func duck(d *sketch) {
	neck := d.in(0.15, 0.3)
	head := d.in(0.12, 0.17)
	hx, hy := d.in(0.1, 0.2), -neck-0.08
	d.fused(func() {
		d.blob(body, 0.1, -0.02, 0.3, -0.1, 0.6, -0.08, 0.85, d.in(-0.2, -0.1), 0.9, -0.05, 0.8, 0.15, 0.5, 0.22, 0.22, 0.18)
		d.limb(body, head*0.6, head*0.8, hx+0.02, hy, hx+0.1, -0.02)
		d.disc(body, hx, hy, head)
	})
	if d.maybe(0.5) {
		d.blob(accent, hx-head*0.8, hy-0.02, hx-head-0.1, hy, hx-head-0.15, hy+0.03, hx-head-0.05, hy+0.06, hx-head*0.7, hy+0.07)
	} else {
		d.beak(hx-head*0.9, hy+0.03, d.in(0.1, 0.14))
	}
	d.eye(hx-head*0.2, hy-head*0.25, 0.03)
	d.plumage(0.52, 0.04, d.in(0.15, 0.22))
	switch d.IntN(3) {
	case 0:
		d.waves(-0.1, 1.1, 0.18)
	case 1:
		d.talons(0.45, 0.58, 0.2, 0.32)
	}
}

func swan(d *sketch) {
	h := d.in(0.4, 0.55)
	d.fused(func() {
		d.blob(body, 0.15, 0.08, 0.35, -0.06, 0.65, -0.12, 0.95, d.in(-0.22, -0.1), 0.92, 0.05, 0.75, 0.18, 0.3, 0.2)
		d.limb(body, 0.04, 0.07, 0.08, -h+0.04, 0.14, -h-0.03, 0.24, -h+0.05, 0.2, -h*0.5, 0.14, -0.12, 0.22, 0.08)
		d.oval(body, 0.09, -h+0.02, 0.07, 0.05, -25)
	})
	d.beak(0.04, -h+0.06, 0.07)
	d.dot(0.08, -h, 0.015)
	d.plumage(0.58, 0, d.in(0.18, 0.26))
	if d.maybe(0.6) {
		d.waves(-0.05, 1.05, 0.18)
	}
}

func owl(d *sketch) {
	w, h := d.in(0.25, 0.32), d.in(0.38, 0.5)
	eye := d.in(0.09, 0.13)
	d.fused(func() {
		if d.maybe(0.7) {
			d.both(0, func() { d.area(body, w*0.3, -h*0.9, w*0.85, -h*1.15, w*0.85, -h*0.6) })
		}
		d.oval(body, 0, 0, w, h, 0)
	})
	d.both(0, func() { d.blob(second, w*0.75, -h*0.25, w*1.15, h*0.3, w*0.75, h*0.8, w*0.7, h*0.2) })
	if d.maybe(0.6) {
		d.oval(second, 0, h*0.35, w*0.6, h*0.5, 0)
	}
	if d.maybe(0.4) {
		for i := range 4 {
			x, y := w*(float64(i%2)-0.5)*0.5, h*(0.15+0.25*float64(i/2))
			d.bend(x-0.04, y, x, y+0.04, x+0.04, y)
		}
	}
	d.both(0, func() {
		d.disc(light, eye*0.95, -h*0.45, eye)
		d.dot(eye*0.85, -h*0.45, eye*d.in(0.35, 0.6))
	})
	d.area(accent, -0.045, -h*0.32, 0.045, -h*0.32, 0, -h*0.12)
	d.both(0, func() {
		d.line(w*0.35, h*0.95, w*0.25, h*1.1)
		d.line(w*0.35, h*0.95, w*0.45, h*1.1)
	})
	if d.maybe(0.4) {
		d.limb(dark, 0.025, 0.025, -w*1.6, h*1.08, w*1.6, h*1.1)
	}
}

func chick(d *sketch) {
	r := d.in(0.26, 0.33)
	if d.maybe(0.45) { // from the front
		d.both(0, func() { d.oval(second, r*0.95, 0.05, 0.08, 0.16, -25) })
		d.oval(body, 0, 0, r, r*1.1, 0)
		d.both(0, func() { d.eye(r*0.4, -r*0.35, 0.04) })
		d.area(accent, -0.07, -r*0.15, 0, -r*0.28, 0.07, -r*0.15, 0, r*0.1)
		d.both(0, func() { d.line(r*0.35, r*1.05, r*0.35, r*1.3, r*0.2, r*1.42) })
		d.both(0, func() { d.line(r*0.35, r*1.3, r*0.5, r*1.42) })
		return
	}
	head := d.in(0.16, 0.2)
	d.fused(func() {
		d.area(body, r*0.7, -r*0.2, r*1.4, -r*0.5, r*0.9, r*0.3)
		d.disc(body, 0, 0, r)
		d.disc(body, -r*0.5, -r*1.05, head)
	})
	d.plumage(0.04, 0, r*0.5)
	d.beak(-r*0.5-head*0.9, -r*1.02, 0.1)
	d.eye(-r*0.5-0.05, -r*1.1, 0.03)
	d.talons(-0.07, 0.07, r*0.95, r*1.35)
}

func penguin(d *sketch) {
	w, h := d.in(0.22, 0.3), d.in(0.42, 0.52)
	d.both(0, func() {
		d.blob(dark, w*0.8, -h*0.35, w*1.35, h*0.1, w*1.45, h*0.4, w*0.9, h*0.1)
		d.oval(accent, w*0.45, h*1.02, 0.11, 0.045, 0)
	})
	d.fan(d.paint(dark, body), true, 0, 0, -h, w*0.6, -h*0.85, w*0.75, -h*0.45, w, h*0.3, w*0.7, h*0.95, 0, h)
	d.fan(light, true, 0, 0, -h*0.35, w*0.5, -h*0.3, w*0.7, h*0.3, w*0.45, h*0.85, 0, h*0.92)
	if d.maybe(0.5) {
		d.both(0, func() { d.oval(light, w*0.28, -h*0.62, w*0.28, h*0.16, 0) })
	}
	d.both(0, func() { d.eye(w*0.28, -h*0.64, 0.035) })
	d.area(accent, -0.06, -h*0.5, 0.06, -h*0.5, 0, -h*0.34)
}

func parrot(d *sketch) {
	tail := d.in(0.4, 0.65)
	d.turned(0, 0, d.in(-5, 20), 1, func() {
		d.area(d.paint(second, accent), -0.06, 0.3, 0.08, 0.28, 0.12, 0.35+tail, 0.02, 0.4+tail)
		d.fused(func() {
			d.oval(body, 0, 0.1, 0.17, 0.3, 0)
			d.disc(body, -0.03, -0.25, 0.17)
		})
		if d.maybe(0.5) {
			d.disc(light, -0.1, -0.26, 0.09)
		}
		d.blob(accent, -0.17, -0.34, -0.3, -0.25, -0.26, -0.12, -0.16, -0.2)
		d.dot(-0.09, -0.29, 0.03)
		d.blob(second, 0, -0.1, 0.16, 0, 0.17, 0.35, 0.08, 0.5, -0.03, 0.25)
		if d.maybe(0.4) {
			d.bend(0.02, 0.15, 0.1, 0.18, 0.15, 0.14)
		}
		d.line(-0.07, 0.37, -0.1, 0.44)
		d.line(0, 0.38, -0.02, 0.45)
	})
	if d.maybe(0.6) {
		d.limb(dark, 0.03, 0.025, -0.5, 0.45, 0.5, 0.43)
	}
}

// wader is a flamingo, a stork or a heron.
func wader(d *sketch) {
	neck := d.in(0.35, 0.55)
	leg := d.in(0.35, 0.55)
	hx := d.in(-0.02, 0.08)
	d.fused(func() {
		d.blob(body, 0.2, 0, 0.4, -0.12, 0.65, -0.1, 0.95, d.in(0, 0.12), 0.65, 0.13, 0.35, 0.13)
		if d.maybe(0.5) {
			d.limb(body, 0.03, 0.06, hx, -neck, hx+0.12, -neck-0.04, hx+0.17, -neck*0.7, hx+0.1, -neck*0.3, 0.2, -0.05, 0.35, 0)
		} else {
			d.limb(body, 0.03, 0.06, hx, -neck, hx+0.1, -neck*0.5, 0.3, 0)
		}
		d.oval(body, hx, -neck, 0.07, 0.055, -15)
	})
	d.area(accent, hx-0.05, -neck-0.03, hx-d.in(0.18, 0.3), -neck+d.in(0.02, 0.12), hx-0.04, -neck+0.03)
	d.dot(hx, -neck-0.01, 0.015)
	d.plumage(0.6, 0, 0.18)
	y := 0.12 + leg
	if d.maybe(0.35) { // on one leg
		d.line(0.5, 0.12, 0.5, y, 0.42, y)
		d.line(0.55, 0.12, 0.66, 0.12+leg*0.4, 0.5, 0.12+leg*0.45)
		return
	}
	d.line(0.48, 0.12, 0.5, 0.12+leg*0.5, 0.46, y, 0.38, y)
	d.line(0.57, 0.12, 0.6, 0.12+leg*0.5, 0.58, y, 0.5, y)
}

func ostrich(d *sketch) {
	neck := d.in(0.4, 0.55)
	d.leg(accent, 0.03, 0.02, 0.45, 0.1, 0.52, 0.35, d.in(0.35, 0.5), 0.65)
	d.leg(accent, 0.03, 0.02, 0.58, 0.1, 0.64, 0.35, d.in(0.55, 0.75), 0.65)
	d.limb(d.paint(body, second), 0.03, 0.05, 0.18, -neck, 0.24, -neck*0.5, 0.32, -0.02)
	d.blob(body, 0.22, 0.02, 0.35, -0.17, 0.6, -0.2, 0.9, -0.12, 0.95, 0.02, 0.7, 0.17, 0.4, 0.17)
	d.bend(0.5, 0, 0.65, 0.08, 0.85, 0)
	d.oval(d.paint(body, second), 0.17, -neck-0.02, 0.08, 0.06, -10)
	d.beak(0.11, -neck, 0.07)
	d.eye(0.15, -neck-0.04, 0.025)
}

func birdHead(d *sketch) {
	r := d.in(0.3, 0.38)
	long := d.in(0.25, 0.55)
	d.fused(func() {
		d.blob(body, -r*0.6, r*0.5, -r, -r*0.1, -r*0.5, -r*0.9, r*0.3, -r*0.95, r, -r*0.2, r*1.1, r*1.5, r*0.1, r*1.7, -r*0.75, r*1.5)
	})
	if d.maybe(0.5) { // a hooked beak
		d.blob(accent, -r*0.85, -r*0.4, -r-long*0.6, -r*0.3, -r-long*0.8, r*0.4, -r-long*0.5, r*0.1, -r*0.8, r*0.25)
	} else {
		d.area(accent, -r*0.8, -r*0.4, -r-long, 0, -r*0.8, 0.02)
		d.area(accent, -r*0.8, 0.02, -r-long*0.8, 0.04, -r*0.7, r*0.3)
	}
	d.eye(-r*0.3, -r*0.3, 0.06)
	if d.maybe(0.3) {
		d.curve(0, -r, r*0.2, -r*1.4, r*0.5, -r*1.4)
		d.curve(r*0.1, -r, r*0.5, -r*1.3, r*0.8, -r*1.2)
	}
}

func hen(d *sketch) {
	d.fused(func() {
		d.blob(body, 0.12, -0.32, 0.26, -0.42, 0.36, -0.3, 0.45, -0.1, 0.65, -0.1, 0.8, -0.3, 1, d.in(-0.45, -0.3), 0.98, -0.05, 0.8, 0.16, 0.5, 0.22, 0.25, 0.12, 0.16, -0.1)
	})
	for i := range 3 {
		d.disc(accent, 0.18+0.055*float64(i), -0.43-0.02*float64(i%2), 0.04)
	}
	d.area(accent, 0.13, -0.34, 0.02, -0.28, 0.14, -0.24)
	d.oval(accent, 0.13, -0.18, 0.03, 0.05, 0)
	d.eye(0.22, -0.32, 0.025)
	d.plumage(0.55, 0.02, d.in(0.14, 0.2))
	d.talons(0.46, 0.58, 0.2, d.in(0.32, 0.4))
}

func childsBird(d *sketch) {
	r := d.in(0.11, 0.16)
	hx, hy := d.in(0.08, 0.16), d.in(-0.26, -0.14)
	d.oval(body, 0.5, 0, 0.32, d.in(0.16, 0.22), 0)
	d.disc(body, hx, hy, r)
	d.area(accent, hx-r*0.9, hy-0.05, hx-r-d.in(0.08, 0.14), hy, hx-r*0.9, hy+0.05)
	d.dot(hx-0.03, hy-0.03, 0.02)
	d.area(d.paint(body, second), 0.8, 0, 1.05, -0.1, 1.05, 0.12)
	d.plumage(0.52, -0.02, 0.16)
	d.talons(0.45, 0.56, 0.19, d.in(0.3, 0.4))
}
