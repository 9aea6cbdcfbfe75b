package doodles

var trucks = []way{
	{"box truck", boxTruck},
	{"articulated", articulated},
	{"dump truck", dumpTruck},
	{"fire engine", fireEngine},
	{"pick-up", pickUp},
	{"tanker", tankTruck},
	{"refuse lorry", refuseLorry},
	{"concrete mixer", mixer},
	{"flatbed with a load", flatbed},
	{"from the front", truckFront},
	{"tow truck", towTruck},
	{"a child's", childsTruck},
	{"with a bonnet", bonnetTruck},
	{"monster truck", monsterTruck},
	{"crane truck", craneTruck},
	{"at an angle", truckAngled},
	{"open, with sides", openTruck},
	{"of one line", truckLine},
}

// cab draws a driver's cab that faces left, from x 0 to w, y -h to 0.
func (d *sketch) cab(r role, w, h float64) {
	slope := d.in(0, 0.35) * w
	switch d.IntN(3) {
	case 0:
		d.area(r, 0, 0, 0, -h*0.5, slope*0.7, -h, w, -h, w, 0)
		d.area(light, w*0.1, -h*0.5, slope*0.7+w*0.1, -h*0.88, w*0.8, -h*0.88, w*0.8, -h*0.5)
	case 1:
		d.soft(r, 0, -h, w, 0, 0.15*w)
		d.pane(w*0.12, -h*0.85, w*0.7, -h*0.48)
	case 2:
		d.area(r, 0, 0, 0, -h*0.48, w*0.32, -h*0.52, w*0.45, -h, w, -h, w, 0)
		d.area(light, w*0.42, -h*0.52, w*0.53, -h*0.88, w*0.88, -h*0.88, w*0.88, -h*0.52)
	}
	if d.maybe(0.6) {
		d.fine(w*0.45, -h*0.45, w*0.45, -h*0.05)
		d.fine(w*0.55, -h*0.35, w*0.68, -h*0.35)
	}
	if d.maybe(0.6) {
		d.oval(light, w*0.06, -h*0.22, 0.018, 0.03, 0)
	}
}

// axles draws wheels at some places.
func (d *sketch) axles(y, r float64, at ...float64) {
	for _, x := range at {
		d.wheel(x, y, r)
	}
}

// chassis draws the frame that a cab and what is behind it stand on.
func (d *sketch) chassis(x0, x1 float64) { d.box(d.paint(dark, body), x0, -0.04, x1, 0.02) }

func boxTruck(d *sketch) {
	w, h := d.in(0.24, 0.3), d.in(0.28, 0.36)
	top := h + d.in(0.04, 0.2)
	d.chassis(0.1, 1)
	d.box(d.paint(second, accent), w+d.in(0, 0.03), -top, 1.02, -0.02)
	switch d.IntN(5) {
	case 0:
		d.box(light, w+0.05, -top*0.55, 1, -top*0.4)
	case 1:
		d.disc(light, (w+1.03)/2, -top*0.55, 0.09)
	case 2:
		d.fine(w+0.2, -top, w+0.2, -0.02)
		d.fine(w+0.5, -top, w+0.5, -0.02)
	}
	d.cab(body, w, h)
	r := d.in(0.075, 0.105)
	d.axles(0.03, r, w*0.5, 0.8)
	if d.maybe(0.3) {
		d.wheel(0.8-2.1*r, 0.03, r)
	}
}

func articulated(d *sketch) {
	w, h := d.in(0.2, 0.25), d.in(0.28, 0.34)
	long := d.in(1.1, 1.4)
	top := h + d.in(0, 0.1)
	d.chassis(0.05, w+0.2)
	d.box(d.paint(second, accent), w+0.05, -top, long, -0.05)
	if d.maybe(0.4) {
		d.box(light, w+0.1, -top*0.6, long-0.05, -top*0.45)
	}
	d.cab(body, w, h)
	r := d.in(0.065, 0.085)
	d.axles(0.02, r, w*0.5, w+0.16, long-0.12, long-0.14-2*r)
	if d.maybe(0.5) {
		d.axles(0.02, r, w+0.18+2*r)
	}
}

func pickUp(d *sketch) {
	roof, waist := d.in(-0.4, -0.34), d.in(-0.2, -0.16)
	x0, x1 := d.in(0.26, 0.32), d.in(0.55, 0.6)
	d.fused(func() {
		d.area(body, x0-0.06, waist, x0+0.05, roof, x1, roof, x1+0.02, waist)
		d.area(body, 0, 0.04, 0.01, waist+0.06, 0.06, waist, 1.02, waist, 1.02, 0.04)
	})
	d.area(light, x0+0.02, waist, x0+0.08, roof+0.04, x1-0.03, roof+0.04, x1-0.02, waist)
	d.fine(x1+0.04, waist, x1+0.04, 0.03)
	d.fine(x0-0.03, waist, x0-0.03, 0)
	switch d.IntN(3) {
	case 0:
		d.box(second, x1+0.1, waist-0.12, x1+0.28, waist)
	case 1:
		d.fine(x1+0.06, waist+0.05, 1, waist+0.05)
	}
	d.lamps(0.04, 1, waist+0.08, 0.03)
	d.axles(0.05, d.in(0.09, 0.125), 0.2, 0.82)
}

func flatbed(d *sketch) {
	w, h := d.in(0.25, 0.3), d.in(0.3, 0.36)
	d.box(d.paint(dark, second), 0.1, -0.07, 1.05, 0)
	switch d.IntN(3) {
	case 0: // logs
		r := d.in(0.06, 0.075)
		for row := range 2 {
			for i := range 4 - row {
				d.disc(second, w+0.14+2*r*(float64(i)+float64(row)*0.5), -0.07-r-1.75*r*float64(row), r)
			}
		}
		d.line(w+0.05, -0.07, w+0.05, -0.32)
		d.line(w+0.16+8*r, -0.07, w+0.16+8*r, -0.32)
	case 1: // crates
		x := w + 0.06
		for x < 0.85 {
			s := d.in(0.13, 0.24)
			d.box(d.paint(second, accent), x, -0.07-s, x+s, -0.07)
			if d.maybe(0.5) {
				d.fine(x, -0.07-s, x+s, -0.07)
			}
			x += s + d.in(0, 0.03)
		}
	case 2: // beams
		for i := range 3 {
			y := -0.07 - 0.06*float64(i)
			d.box(d.paint(second, accent), w+0.05, y-0.06, 1.02, y)
		}
	}
	d.cab(body, w, h)
	d.axles(0.03, d.in(0.075, 0.1), w*0.5, 0.72, 0.92)
}

func truckFront(d *sketch) {
	w, h := d.in(0.28, 0.34), d.in(0.65, 0.8)
	d.both(0, func() {
		d.soft(dark, w*0.6, 0.1, w*0.98, 0.24, 0.03)
		d.box(dark, w+0.03, -h*0.72, w+0.1, -h*0.45)
		d.line(w, -h*0.68, w+0.05, -h*0.68)
	})
	if d.maybe(0.5) { // the box behind
		d.box(second, -w*1.02, -h-d.in(0.04, 0.15), w*1.02, -0.05)
	}
	d.soft(body, -w, -h, w, 0.14, 0.05)
	d.soft(light, -w*0.85, -h*0.85, w*0.85, -h*0.45, 0.03)
	if d.maybe(0.4) {
		d.fine(0, -h*0.85, 0, -h*0.45)
	}
	n := d.some(3, 5)
	for i := range n {
		y := -h*0.34 + h*0.26*float64(i)/float64(n)
		d.fine(-w*0.5, y, w*0.5, y)
	}
	d.box(d.paint(second, dark), -w*1.04, 0.02, w*1.04, 0.12)
	d.both(0, func() { d.disc(light, w*0.72, -0.04, d.in(0.045, 0.065)) })
	if d.maybe(0.4) {
		for i := range 3 {
			d.dot(-0.12+0.12*float64(i), -h*0.94, 0.018)
		}
	}
}

func childsTruck(d *sketch) {
	w, h := d.in(0.24, 0.34), d.in(0.22, 0.3)
	top := h + d.in(0.08, 0.22)
	d.box(d.paint(body, second), w, -top, 1, 0)
	d.box(body, 0, -h, w, 0)
	d.pane(0.05, -h+0.04, w-0.06, -h*0.5)
	if d.maybe(0.3) {
		d.fine(w, -top*0.5, 1, -top*0.5)
	}
	r := d.in(0.08, 0.12)
	d.axles(0.02, r, w*0.5, d.in(0.75, 0.85))
	if d.maybe(0.5) {
		d.wheel(d.in(0.48, 0.56), 0.02, r)
	}
}

// bonnetTruck has its engine in front of the cab.
func bonnetTruck(d *sketch) {
	h := d.in(0.34, 0.4)
	long := d.in(1.15, 1.4)
	d.chassis(0.3, long)
	if d.maybe(0.8) {
		d.box(d.paint(second, accent), 0.5, -h-d.in(0, 0.08), long, -0.05)
	}
	d.box(dark, 0.46, -h-d.in(0.1, 0.2), 0.49, -0.05)
	d.fused(func() {
		d.area(body, 0.22, 0, 0.22, -h*0.55, 0.28, -h, 0.46, -h, 0.46, 0)
		d.soft(body, 0, -h*0.56, 0.26, 0, 0.04)
	})
	d.area(light, 0.26, -h*0.56, 0.31, -h*0.88, 0.42, -h*0.88, 0.42, -h*0.56)
	d.fine(0.06, -h*0.45, 0.06, -0.08)
	d.oval(light, 0.03, -h*0.25, 0.02, 0.035, 0)
	r := d.in(0.075, 0.095)
	d.axles(0.02, r, 0.13, 0.55, long-0.12)
	if d.maybe(0.6) {
		d.axles(0.02, r, 0.57+2*r, long-0.14-2*r)
	}
}

func monsterTruck(d *sketch) {
	r := d.in(0.19, 0.24)
	y := -r - d.in(0.08, 0.14)
	x0, x1 := 0.28, 0.58
	d.line(0.2, 0, 0.35, y+0.05)
	d.line(0.82, 0, 0.65, y+0.05)
	d.fused(func() {
		d.area(body, x0, y-0.13, x0+0.08, y-0.28, x1, y-0.28, x1+0.02, y-0.13)
		d.area(body, 0.02, y+0.05, 0.03, y-0.1, 0.08, y-0.14, 1, y-0.14, 1, y+0.05)
	})
	d.area(light, x0+0.06, y-0.14, x0+0.11, y-0.24, x1-0.03, y-0.24, x1-0.02, y-0.14)
	if d.maybe(0.5) {
		d.area(accent, 0.1, y, 0.4, y-0.08, 0.6, y-0.04, 0.9, y-0.08, 0.6, y+0.03, 0.4, y-0.02)
	}
	d.wheels(0.2, 0.82, 0, r)
}

// truckAngled shows the front and a side.
func truckAngled(d *sketch) {
	top := d.in(-0.58, -0.48)
	d.oval(dark, 0.9, 0.0, 0.045, 0.085, 0)
	d.oval(dark, 0.78, 0.02, 0.05, 0.09, 0)
	d.area(second, 0.36, 0.04, 0.36, top, 1, top+0.12, 1, -0.02)
	if d.maybe(0.5) {
		d.area(light, 0.14, top+0.04, 0.36, top, 1, top+0.12, 0.8, top+0.14)
	}
	d.area(body, 0.3, 0.1, 0.3, top+0.12, 0.46, top+0.14, 0.46, 0.06)
	d.area(light, 0.33, top+0.3, 0.33, top+0.18, 0.44, top+0.19, 0.44, top+0.3)
	d.soft(body, 0, top+0.1, 0.3, 0.1, 0.03)
	d.area(light, 0.03, top+0.3, 0.04, top+0.15, 0.27, top+0.15, 0.27, top+0.3)
	for i := range 3 {
		d.fine(0.08, -0.12+0.04*float64(i), 0.22, -0.12+0.04*float64(i))
	}
	d.disc(light, 0.05, -0.02, 0.03)
	d.disc(light, 0.25, -0.02, 0.03)
	d.box(dark, -0.01, 0.04, 0.31, 0.1)
	d.oval(dark, 0.4, 0.08, 0.055, 0.1, 0)
	d.oval(light, 0.4, 0.08, 0.022, 0.04, 0)
	d.oval(dark, 0.05, 0.12, 0.045, 0.05, 0)
}

func openTruck(d *sketch) {
	w, h := d.in(0.26, 0.32), d.in(0.32, 0.38)
	d.chassis(0.1, 1)
	side := d.in(0.14, 0.22)
	if d.maybe(0.7) {
		d.blob(accent, w+0.06, -side, w+0.2, -side-d.in(0.06, 0.12), w+0.42, -side-d.in(0.08, 0.16), 0.95, -side, 0.7, -side+0.03)
	}
	d.box(second, w+0.04, -side, 1.02, -0.02)
	if d.maybe(0.5) {
		d.fine(w+0.04, -side*0.5, 1.02, -side*0.5)
	} else {
		for i := range 3 {
			x := w + 0.2 + 0.17*float64(i)
			d.fine(x, -side, x, -0.02)
		}
	}
	d.cab(body, w, h)
	d.axles(0.04, d.in(0.08, 0.11), w*0.5, 0.82)
}

// truckLine is one line around a cab and a box, and circles.
func truckLine(d *sketch) {
	w, h := d.in(0.22, 0.3), d.in(0.22, 0.3)
	top := h + d.in(0.08, 0.2)
	d.area(body, 0, 0, 0, -h*d.in(0.5, 1), w*d.in(0.2, 0.6), -h, w, -h, w, -top, 1, -top, 1, 0)
	if d.maybe(0.5) {
		d.fine(w, -h, w, 0)
	}
	if d.maybe(0.5) {
		d.area(light, w*0.25, -h*0.5, w*0.5, -h*0.85, w*0.85, -h*0.85, w*0.85, -h*0.5)
	}
	r := d.in(0.07, 0.11)
	d.axles(0.01, r, w*0.55, 0.8)
	if d.maybe(0.4) {
		d.wheel(0.78-2*r, 0.01, r)
	}
}
