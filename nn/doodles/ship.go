package doodles

var ships = []way{
	{"sailing boat", sailingBoat},
	{"three masts", threeMasts},
	{"liner", liner},
	{"container ship", containerShip},
	{"tanker", tanker},
	{"tug", tug},
	{"paper boat", paperBoat},
	{"warship", warship},
	{"steamer", steamer},
	{"from the front", shipFront},
	{"cruise ship", cruiseShip},
	{"motor yacht", motorYacht},
	{"longship", longship},
	{"pirates' ship", pirateShip},
	{"a child's", childsShip},
	{"fishing boat", fishingBoat},
	{"ferry", ferry},
	{"of lines", stickShip},
}

// keel draws a hull with its deck at y 0, from x 0 to 1.
func (d *sketch) keel(r role, depth float64) {
	in, out := d.in(0.06, 0.22), d.in(0.03, 0.15)
	switch d.IntN(4) {
	case 0:
		d.area(r, 0, 0, 1, 0, 1-out, depth, in, depth)
	case 1:
		d.blob(r, 0, 0, 0.25, 0.01, 0.75, 0.01, 1, 0, 1-out, depth*0.8, 0.7, depth, 0.3, depth, in*0.8, depth*0.8)
	case 2:
		d.area(r, -0.04, -0.05, 0.1, 0, 0.9, 0, 1, -0.02, 1-out, depth, in, depth)
	case 3:
		d.blob(r, -0.02, -0.06, 0.2, 0.01, 0.5, 0.03, 0.8, 0.01, 1.02, -0.05, 0.92, depth*0.6, 0.7, depth, 0.3, depth, 0.08, depth*0.6)
	}
}

// sea draws water at a hull's foot, mostly.
func (d *sketch) sea(y float64) {
	if d.maybe(0.6) {
		d.waves(-0.15, 1.15, y+0.02)
	}
}

// funnel draws a chimney that stands at x, with smoke or not.
func (d *sketch) funnel(x, y, w, h float64) {
	lean := d.in(0, 0.03)
	d.area(accent, x-w/2, y, x-w/2+lean, y-h, x+w/2+lean, y-h, x+w/2, y)
	if d.maybe(0.5) {
		d.area(dark, x-w/2+lean, y-h, x+w/2+lean, y-h, x+w/2+lean*0.7, y-h*0.72, x-w/2+lean*0.7, y-h*0.72)
	}
}

// smoke draws puffs from a chimney, or a curl.
func (d *sketch) smoke(x, y float64) {
	if d.maybe(0.5) {
		for i := range d.some(2, 3) {
			f := float64(i)
			d.disc(second, x+0.05+0.09*f, y-0.06-0.05*f, 0.045+0.02*f)
		}
		return
	}
	d.curve(x, y-0.02, x+0.06, y-0.08, x+0.02, y-0.13, x+0.1, y-0.18, x+0.2, y-0.16)
}

func liner(d *sketch) {
	depth := d.in(0.15, 0.22)
	n := d.some(1, 4)
	tiers := d.some(1, 2)
	top := -0.1 * float64(tiers)
	for i := range n {
		x := 0.32 + 0.4*float64(i)/float64(max(n-1, 1))
		d.funnel(x, top, d.in(0.06, 0.09), d.in(0.16, 0.24))
	}
	if d.maybe(0.4) {
		d.smoke(0.36, top-0.22)
	}
	for k := range tiers {
		y := -0.1 * float64(k)
		in := 0.06 * float64(k)
		d.box(second, 0.18+in, y-0.1, 0.86-in, y)
		d.portholes(d.some(4, 8), 0.24+in, 0.8-in, y-0.05, 0.02)
	}
	d.line(0.08, 0, 0.08, -0.25)
	d.line(0.93, 0, 0.93, -0.2)
	d.area(body, -0.06, -0.05, 0.12, 0, 0.9, 0, 1.03, -0.03, 0.96, depth, 0.08, depth)
	if d.maybe(0.5) {
		d.portholes(d.some(5, 9), 0.12, 0.88, depth*0.4, 0.02)
	} else if d.maybe(0.5) {
		d.area(accent, 0.05, depth*0.65, 0.97, depth*0.65, 0.96, depth, 0.08, depth)
	}
	d.sea(depth * 0.9)
}

func steamer(d *sketch) {
	depth := d.in(0.15, 0.22)
	x := d.in(0.5, 0.6)
	d.funnel(x, -0.14, d.in(0.09, 0.13), d.in(0.2, 0.3))
	d.smoke(x+0.02, -0.38)
	d.box(second, 0.25, -0.16, 0.78, 0)
	d.portholes(d.some(2, 4), 0.34, 0.7, -0.08, 0.035)
	d.keel(body, depth)
	if d.maybe(0.4) {
		d.line(0.12, 0, 0.12, -0.3)
		d.pennant(0.12, -0.3, 0.1)
	}
	d.sea(depth * 0.85)
}

func containerShip(d *sketch) {
	depth := d.in(0.16, 0.22)
	cols, rows := d.some(4, 7), d.some(2, 4)
	w := 0.62 / float64(cols)
	h := d.in(0.075, 0.1)
	aft := d.in(0.76, 0.8)
	for i := range cols {
		for k := range rows - d.IntN(2) {
			x := 0.1 + w*float64(i)
			y := -h * float64(k)
			d.box(d.paint(second, accent, body, dark), x, y-h, x+w, y)
		}
	}
	d.box(second, aft, -h*float64(rows)-d.in(0.06, 0.14), aft+0.13, 0)
	d.portholes(3, aft+0.03, aft+0.1, -h*float64(rows)+0.02, 0.016)
	if d.maybe(0.5) {
		d.box(accent, aft+0.03, -h*float64(rows)-0.2, aft+0.08, -h*float64(rows)-0.06)
	}
	d.area(body, -0.05, -0.04, 0.08, 0, 1, 0, 0.97, depth, 0.06, depth)
	if d.maybe(0.4) {
		d.area(accent, 0.04, depth*0.65, 0.98, depth*0.65, 0.97, depth, 0.06, depth)
	}
	d.sea(depth * 0.9)
}

func tanker(d *sketch) {
	depth := d.in(0.16, 0.22)
	d.box(second, 0.76, -d.in(0.24, 0.32), 0.93, 0)
	d.portholes(3, 0.79, 0.9, -0.18, 0.016)
	d.box(accent, 0.85, -0.4, 0.91, -0.24)
	switch d.IntN(3) {
	case 0:
		for i := range 3 {
			d.fan(second, true, 0.2+0.19*float64(i), 0, -0.16, 0.08, -0.1, 0.085, 0.02, 0, 0.02)
		}
	case 1:
		d.line(0.1, -0.05, 0.75, -0.05)
		d.line(0.4, 0, 0.4, -0.2, 0.5, -0.1)
	case 2:
		for _, x := range []float64{0.25, 0.5} {
			d.line(x, 0, x, -0.25)
			d.line(x, -0.22, x+0.15, -0.06)
			d.line(x, -0.22, x-0.12, -0.06)
		}
	}
	d.area(body, -0.04, -0.07, 0.1, 0, 1.01, 0, 0.97, depth, 0.05, depth)
	d.area(accent, 0.02, depth*0.6, 0.98, depth*0.6, 0.97, depth, 0.05, depth)
	d.sea(depth * 0.9)
}

func tug(d *sketch) {
	d.funnel(0.58, -0.25, 0.12, d.in(0.16, 0.24))
	if d.maybe(0.6) {
		d.smoke(0.6, -0.46)
	}
	d.box(second, 0.3, -0.2, 0.72, 0.02)
	d.box(second, 0.3, -d.in(0.36, 0.42), 0.48, -0.2)
	d.pane(0.33, -0.34, 0.45, -0.25)
	d.portholes(2, 0.4, 0.6, -0.09, 0.04)
	d.blob(body, -0.03, -0.12, 0.2, 0, 0.6, 0.03, 1, -0.03, 0.97, 0.14, 0.85, 0.22, 0.15, 0.22, 0.02, 0.06)
	if d.maybe(0.5) {
		d.fine(0.02, 0.02, 0.3, 0.09, 0.98, 0.06)
	}
	if d.maybe(0.4) {
		for i := range 3 {
			d.disc(dark, 0.25+0.25*float64(i), 0.11, 0.05)
		}
	}
	d.sea(0.19)
}

func paperBoat(d *sketch) {
	h, in := d.in(0.3, 0.42), d.in(0.14, 0.2)
	d.area(d.paint(body, second), 0.5, -h, 0.5+in, 0.02, 0.5-in, 0.02)
	if d.maybe(0.5) {
		d.fine(0.5, -h, 0.5, 0.02)
	}
	d.area(body, 0, -d.in(0.06, 0.14), 0.5-in*0.6, 0, 0.5, 0.06, 0.5+in*0.6, 0, 1, -d.in(0.06, 0.14), 0.78, 0.24, 0.22, 0.24)
	if d.maybe(0.5) {
		d.fine(0.22, 0.24, 0.5, 0.05, 0.78, 0.24)
	}
	d.sea(0.22)
}

func warship(d *sketch) {
	d.line(0.5, -0.3, 0.5, -d.in(0.45, 0.6))
	d.line(0.43, -0.4, 0.57, -0.4)
	d.fused(func() {
		d.area(body, 0.32, 0, 0.36, -0.12, 0.68, -0.12, 0.72, 0)
		d.area(body, 0.4, -0.12, 0.42, -d.in(0.24, 0.32), 0.58, -0.28, 0.6, -0.12)
	})
	d.funnel(0.66, -0.1, 0.07, 0.14)
	for _, g := range []float64{0.2, 0.82} {
		d.soft(second, g-0.05, -0.07, g+0.05, 0, 0.02)
		s := 1.0
		if g < 0.5 {
			s = -1
		}
		d.line(g+s*0.04, -0.05, g+s*0.18, -0.08)
	}
	if d.maybe(0.6) {
		d.portholes(3, 0.45, 0.56, -0.2, 0.014)
	}
	d.area(body, -0.12, -0.03, 0.3, 0, 1.05, 0, 1, d.in(0.1, 0.15), 0.02, 0.13)
	d.sea(0.11)
}

func shipFront(d *sketch) {
	w := d.in(0.26, 0.34)
	d.box(second, -w*0.75, -d.in(0.36, 0.45), w*0.75, -0.1)
	d.portholes(d.some(3, 5), -w*0.55, w*0.55, -0.26, 0.03)
	if d.maybe(0.5) {
		d.box(accent, -0.07, -0.58, 0.07, -0.38)
	} else {
		d.line(0, -0.4, 0, -0.62)
		d.line(-0.1, -0.53, 0.1, -0.53)
	}
	d.fan(body, false, 0, 0, -0.06, w, -0.14, w*0.85, 0.2, w*0.3, d.in(0.36, 0.44), 0, 0.42)
	d.fine(0, -0.06, 0, 0.4)
	if d.maybe(0.6) {
		d.both(0, func() { d.dot(w*0.5, 0.05, 0.025) })
	}
	d.waves(-0.6, 0.6, 0.4)
}

func cruiseShip(d *sketch) {
	tiers := d.some(2, 4)
	h := d.in(0.07, 0.1)
	for k := range tiers {
		y := -h * float64(k)
		x0, x1 := 0.1+0.07*float64(k), 0.94-0.03*float64(k)
		d.area(second, x0+h*0.6, y-h, x1, y-h, x1, y, x0, y)
		switch d.IntN(2) {
		case 0:
			d.portholes(d.some(6, 10), x0+0.08, x1-0.05, y-h/2, h*0.2)
		case 1:
			d.fine(x0+0.06, y-h/2, x1-0.03, y-h/2)
		}
	}
	d.area(accent, 0.66, -h*float64(tiers), 0.72, -h*float64(tiers)-d.in(0.1, 0.16), 0.84, -h*float64(tiers)-0.12, 0.82, -h*float64(tiers))
	depth := d.in(0.14, 0.2)
	d.area(body, -0.08, -0.04, 0.12, 0, 1, 0, 0.97, depth, 0.08, depth)
	if d.maybe(0.5) {
		d.portholes(d.some(5, 9), 0.12, 0.9, depth*0.4, 0.018)
	}
	d.sea(depth * 0.9)
}

func motorYacht(d *sketch) {
	d.turned(0, 0, d.in(-2, 8), 1, func() {
		d.fused(func() {
			d.area(second, 0.32, 0, 0.46, -d.in(0.15, 0.2), 0.78, -0.17, 0.84, 0)
		})
		d.area(light, 0.4, -0.03, 0.48, -0.13, 0.6, -0.13, 0.6, -0.03)
		d.area(light, 0.64, -0.03, 0.64, -0.13, 0.74, -0.13, 0.77, -0.03)
		if d.maybe(0.5) {
			d.area(second, 0.5, -0.18, 0.6, -0.27, 0.74, -0.27, 0.76, -0.18)
		}
		d.area(body, -0.1, -0.05, 0.3, -0.02, 1, 0, 0.97, 0.13, 0.2, 0.15, 0.05, 0.07)
		if d.maybe(0.6) {
			d.fine(0, 0.02, 0.98, 0.05)
		}
		if d.maybe(0.4) {
			d.portholes(3, 0.3, 0.6, 0.07, 0.02)
		}
	})
	d.sea(0.15)
}

func childsShip(d *sketch) {
	depth := d.in(0.2, 0.3)
	switch d.IntN(3) {
	case 0: // a mast with a flag
		d.line(0.5, 0, 0.5, -0.5)
		d.area(accent, 0.5, -0.5, 0.85, -0.38, 0.5, -0.25)
	case 1: // a cabin
		d.box(second, 0.3, -0.22, 0.7, 0)
		d.portholes(2, 0.42, 0.58, -0.11, 0.05)
		d.box(accent, 0.45, -0.4, 0.56, -0.22)
		if d.maybe(0.6) {
			d.smoke(0.5, -0.4)
		}
	case 2: // one triangle
		d.line(0.5, 0, 0.5, -0.62)
		d.area(second, 0.5, -0.6, 0.5, -0.08, d.either(0.1, 0.9), -0.08)
	}
	in := d.in(0.12, 0.25)
	d.area(body, 0, 0, 1, 0, 1-in, depth, in, depth)
	if d.maybe(0.4) {
		d.portholes(3, 0.28, 0.72, depth*0.45, 0.04)
	}
	d.sea(depth * 0.95)
}

func fishingBoat(d *sketch) {
	d.line(0.62, 0, 0.62, -d.in(0.45, 0.6))
	d.line(0.62, -0.42, 0.95, -0.12)
	d.line(0.62, -0.42, -0.02, -0.14)
	d.box(second, 0.28, -d.in(0.26, 0.32), 0.52, 0)
	d.soft(accent, 0.25, -0.33, 0.55, -0.27, 0.02)
	d.pane(0.31, -0.24, 0.4, -0.14)
	d.blob(body, -0.06, -0.16, 0.2, -0.01, 0.6, 0.02, 1.02, -0.06, 0.95, 0.12, 0.8, 0.2, 0.2, 0.2, 0.04, 0.06)
	if d.maybe(0.5) {
		d.fine(0, -0.03, 0.3, 0.07, 0.98, 0.03)
	}
	d.sea(0.17)
}

func ferry(d *sketch) {
	d.box(second, 0.06, -0.2, 0.94, 0)
	d.portholes(d.some(5, 8), 0.14, 0.86, -0.1, 0.03)
	d.box(accent, 0.2, -0.33, 0.8, -0.2)
	d.portholes(d.some(3, 5), 0.28, 0.72, -0.27, 0.025)
	d.box(second, d.in(0.24, 0.3), -0.43, 0.44, -0.33)
	d.funnel(0.66, -0.33, 0.1, d.in(0.12, 0.18))
	d.area(body, -0.03, 0, 1.03, 0, 0.95, 0.16, 0.05, 0.16)
	d.sea(0.14)
}
