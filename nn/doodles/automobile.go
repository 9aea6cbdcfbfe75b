package doodles

var automobiles = []way{
	{"saloon", saloon},
	{"beetle", beetle},
	{"small car", smallCar},
	{"from the front", carFront},
	{"a child's", childsCar},
	{"sports car", sportsCar},
	{"convertible", convertible},
	{"off-roader", offRoader},
	{"from above", carAbove},
	{"one line", carLine},
	{"estate", estate},
	{"at an angle", carAngled},
	{"taxi or police", taxi},
	{"racing car", racingCar},
	{"from behind", carBehind},
	{"old-timer", oldTimer},
}

// wheels draws two, at x0 and x1.
func (d *sketch) wheels(x0, x1, y, r float64) {
	d.wheel(x0, y, r)
	d.wheel(x1, y, r)
}

// handles draws doors' lines and handles at some places.
func (d *sketch) handles(y0, y, y1 float64, at ...float64) {
	for _, x := range at {
		d.fine(x, y0, x, y1)
		if d.maybe(0.5) {
			d.fine(x+0.03, y, x+0.08, y)
		}
	}
}

// lamps draws a lamp at the front and at the back.
func (d *sketch) lamps(x0, x1, y, r float64) {
	if d.maybe(0.7) {
		d.oval(light, x0, y, r*0.8, r, 0)
	}
	if d.maybe(0.4) {
		d.oval(accent, x1, y, r*0.7, r, 0)
	}
}

func saloon(d *sketch) {
	roof, hood := d.in(-0.34, -0.26), d.in(-0.16, -0.11)
	a, b := d.in(0.2, 0.3), d.in(0.34, 0.42)
	c, e := d.in(0.62, 0.68), d.in(0.76, 0.84)
	r := d.in(0.085, 0.12)
	d.fused(func() {
		d.area(d.paint(body, body, second), a, hood, b, roof, c, roof, e, hood)
		if d.maybe(0.5) {
			d.area(body, 0, 0.08, 0.01, -0.06, 0.06, hood+0.02, a, hood, e, hood, 0.97, hood+0.02, 1, -0.03, 1, 0.08)
		} else {
			d.blob(body, 0, 0.06, 0.01, -0.07, 0.12, hood, a, hood, e, hood, 0.97, hood+0.02, 1, -0.03, 1, 0.07, 0.75, 0.09, 0.25, 0.09)
		}
	})
	mid := (b + c) / 2
	d.area(light, a+0.06, hood+0.01, b+0.02, roof+0.03, mid-0.015, roof+0.03, mid-0.015, hood+0.01)
	d.area(light, mid+0.015, hood+0.01, mid+0.015, roof+0.03, c-0.02, roof+0.03, e-0.06, hood+0.01)
	if d.maybe(0.7) {
		d.handles(hood, hood+0.06, 0.06, mid)
	}
	d.lamps(0.03, 0.97, -0.06, 0.03)
	d.wheels(d.in(0.18, 0.24), d.in(0.76, 0.82), 0.08, r)
}

func beetle(d *sketch) {
	top := d.in(-0.42, -0.34)
	d.fused(func() {
		d.blob(body, 0.03, 0.05, 0.06, -0.1, 0.2, -0.17, 0.32, top*0.85, 0.5, top, 0.7, top*0.8, 0.85, -0.18, 0.97, -0.03, 0.97, 0.06, 0.5, 0.08)
		if d.maybe(0.7) {
			fender := d.paint(body, second)
			d.oval(fender, 0.21, 0, 0.17, 0.13, 0)
			d.oval(fender, 0.79, 0, 0.17, 0.13, 0)
		}
	})
	d.blob(light, 0.3, -0.17, 0.37, top*0.8, 0.49, top*0.87, 0.49, -0.17)
	d.blob(light, 0.54, -0.17, 0.54, top*0.87, 0.66, top*0.75, 0.74, -0.17)
	d.handles(-0.15, -0.09, 0.05, 0.515)
	d.lamps(0.07, 0.95, -0.07, 0.04)
	d.wheels(0.21, 0.79, 0.07, d.in(0.1, 0.13))
}

func smallCar(d *sketch) {
	roof := d.in(-0.46, -0.38)
	hood := d.in(-0.19, -0.14)
	d.fused(func() {
		d.blob(body, 0.02, 0.06, 0.02, -0.1, 0.18, hood-0.02, 0.3, roof+0.06, 0.45, roof, 0.75, roof, 0.9, roof+0.1, 0.96, -0.1, 0.95, 0.07, 0.5, 0.09)
	})
	d.blob(light, 0.26, hood, 0.34, roof+0.09, 0.47, roof+0.06, 0.5, hood)
	d.blob(light, 0.56, hood, 0.56, roof+0.06, 0.74, roof+0.07, 0.84, hood)
	d.handles(hood, hood+0.06, 0.06, 0.53)
	d.lamps(0.05, 0.94, -0.08, 0.04)
	d.wheels(0.22, 0.76, 0.08, d.in(0.1, 0.14))
	if d.maybe(0.25) { // a face, as in films for children
		d.dot(0.35, hood-0.08, 0.02)
	}
}

func carFront(d *sketch) {
	roof, waist := d.in(-0.4, -0.3), d.in(-0.1, -0.05)
	d.both(0, func() { d.soft(dark, 0.24, 0.1, 0.38, 0.27, 0.03) })
	d.fused(func() {
		d.fan(body, false, 0, 0.22, roof, 0.27, roof+0.03, 0.35, waist)
		d.soft(body, -0.42, waist-0.02, 0.42, 0.2, d.in(0.04, 0.1))
	})
	d.fan(light, false, 0, 0.2, roof+0.05, 0.29, waist-0.02)
	y := waist + d.in(0.08, 0.12)
	d.both(0, func() {
		d.disc(light, 0.31, y, d.in(0.05, 0.075))
		if d.maybe(0.6) {
			d.oval(body, 0.45, waist-0.06, 0.05, 0.035, 0)
		}
	})
	switch d.IntN(4) {
	case 0:
		d.soft(second, -0.18, y-0.04, 0.18, y+0.05, 0.02)
		for i := range 4 {
			x := -0.12 + 0.08*float64(i)
			d.fine(x, y-0.03, x, y+0.04)
		}
	case 1:
		d.smile(0, y, 0.3, 0.06)
	case 2:
		for i := range 3 {
			d.fine(-0.16, y-0.03+0.035*float64(i), 0.16, y-0.03+0.035*float64(i))
		}
	case 3:
		d.oval(dark, 0, y, 0.15, 0.05, 0)
	}
	if d.maybe(0.6) {
		d.box(light, -0.1, 0.12, 0.1, 0.18)
	}
}

func childsCar(d *sketch) {
	h, cabin := d.in(0.14, 0.22), d.in(0.14, 0.22)
	x0, x1 := d.in(0.18, 0.3), d.in(0.68, 0.8)
	in := d.in(0, 0.1)
	d.area(d.paint(body, second), x0, -h, x0+in, -h-cabin, x1-in, -h-cabin, x1, -h)
	if d.maybe(0.5) {
		d.box(body, 0, -h, 1, 0.03)
	} else {
		d.soft(body, 0, -h, 1, 0.03, 0.07)
	}
	mid := (x0 + x1) / 2
	d.pane(x0+in+0.03, -h-cabin+0.04, mid-0.02, -h-0.02)
	d.pane(mid+0.02, -h-cabin+0.04, x1-in-0.03, -h-0.02)
	if d.maybe(0.4) {
		d.handles(-h, -h+0.05, 0.02, mid)
	}
	d.lamps(0.03, 0.97, -h*0.6, 0.035)
	d.wheels(d.in(0.18, 0.26), d.in(0.74, 0.82), 0.04, d.in(0.09, 0.15))
}

func sportsCar(d *sketch) {
	roof := d.in(-0.27, -0.21)
	d.fused(func() {
		d.blob(body, 0, 0.05, 0.03, -0.03, 0.2, -0.1, 0.36, -0.13, 0.5, roof, 0.66, roof, 0.85, -0.15, 1, -0.13, 1.02, 0.03, 0.8, 0.08, 0.2, 0.08)
	})
	d.blob(light, 0.38, -0.12, 0.51, roof+0.03, 0.64, roof+0.03, 0.72, -0.12)
	if d.maybe(0.6) { // a spoiler
		d.area(d.paint(body, accent), 0.88, -0.14, 0.92, -0.24, 1.05, -0.24, 1.03, -0.2, 0.95, -0.14)
	}
	if d.maybe(0.5) {
		d.fine(0.08, -0.02, 0.9, -0.04)
	}
	d.handles(-0.11, -0.07, 0.04, d.in(0.54, 0.58))
	d.lamps(0.08, 1, -0.05, 0.025)
	d.wheels(0.2, 0.8, 0.06, d.in(0.09, 0.115))
}

func convertible(d *sketch) {
	y := d.in(-0.16, -0.12)
	if d.maybe(0.75) { // who drives
		for i := range d.some(1, 2) {
			x := 0.5 + 0.2*float64(i)
			d.limb(accent, 0.05, 0.07, x, y-0.06, x, y+0.02)
			d.disc(second, x, y-0.14, 0.07)
		}
	} else {
		d.soft(second, 0.5, y-0.1, 0.58, y+0.02, 0.03)
		d.soft(second, 0.68, y-0.1, 0.76, y+0.02, 0.03)
	}
	d.line(d.in(0.32, 0.36), y, d.in(0.38, 0.43), y-d.in(0.14, 0.2))
	d.blob(body, 0, 0.05, 0.02, -0.07, 0.2, y, 0.35, y, 0.6, y+0.03, 0.85, y, 0.98, y+0.03, 1, 0.05, 0.7, 0.09, 0.25, 0.09)
	d.handles(y+0.03, y+0.07, 0.05, 0.56)
	d.lamps(0.04, 0.96, -0.05, 0.03)
	d.wheels(0.2, 0.8, 0.07, d.in(0.09, 0.12))
}

func offRoader(d *sketch) {
	roof, hood := d.in(-0.47, -0.4), d.in(-0.22, -0.18)
	d.fused(func() {
		d.area(d.paint(body, second), 0.28, hood, 0.34, roof, 0.94, roof, 0.95, hood)
		d.area(body, 0.01, 0.05, 0.01, hood+0.02, 0.06, hood, 0.96, hood, 0.97, 0.05)
	})
	d.area(light, 0.34, hood, 0.39, roof+0.05, 0.6, roof+0.05, 0.6, hood)
	d.area(light, 0.65, hood, 0.65, roof+0.05, 0.89, roof+0.05, 0.89, hood)
	if d.maybe(0.6) {
		d.disc(dark, 1.01, hood+0.02, 0.09)
	}
	if d.maybe(0.4) {
		d.line(0.4, roof-0.04, 0.9, roof-0.04)
		d.line(0.45, roof, 0.45, roof-0.04)
		d.line(0.85, roof, 0.85, roof-0.04)
	}
	d.handles(hood, hood+0.06, 0.05, 0.625)
	d.lamps(0.03, 0.95, hood+0.08, 0.035)
	d.wheels(0.21, 0.77, 0.08, d.in(0.12, 0.15))
}

func carAbove(d *sketch) {
	d.turned(0, 0, d.either(0, 90, 45, d.in(-180, 180)), 1, func() {
		w := d.in(0.2, 0.26)
		d.both(0, func() {
			d.soft(dark, w-0.04, 0.15, w+0.035, 0.32, 0.03)
			d.soft(dark, w-0.04, 0.7, w+0.035, 0.87, 0.03)
		})
		d.soft(body, -w, 0, w, 1, d.in(0.1, 0.18))
		d.fan(light, false, 0, w*0.85, 0.3, w*0.65, 0.42)
		d.fan(light, false, 0, w*0.65, 0.72, w*0.8, 0.82)
		d.soft(d.paint(body, second), -w*0.62, 0.43, w*0.62, 0.71, 0.05)
		d.both(0, func() {
			d.oval(light, w*0.7, 0.04, 0.05, 0.025, 0)
			if d.maybe(0.5) {
				d.oval(body, w+0.03, 0.36, 0.03, 0.02, 0)
			}
		})
	})
}

// carLine is one line from bumper to bumper, and two circles.
func carLine(d *sketch) {
	roof, hood := d.in(-0.36, -0.26), d.in(-0.17, -0.1)
	xy := []float64{0, 0.05, 0.01, hood + 0.02, 0.24, hood, d.in(0.33, 0.4), roof, d.in(0.62, 0.7), roof, d.in(0.78, 0.85), hood, 1, hood + 0.03, 1, 0.05}
	if d.maybe(0.5) {
		d.area(body, xy...)
	} else {
		d.blob(body, xy...)
	}
	if d.maybe(0.5) {
		d.fine(0.3, hood, 0.76, hood)
		d.fine(0.53, hood, 0.53, roof)
	}
	d.wheels(0.22, 0.78, 0.06, d.in(0.08, 0.13))
}

func estate(d *sketch) {
	roof, hood := d.in(-0.38, -0.3), d.in(-0.17, -0.12)
	d.fused(func() {
		d.area(body, 0.2, hood, 0.33, roof, 0.94, roof, 0.98, hood)
		d.soft(body, 0, hood-0.01, 1, 0.07, 0.05)
	})
	d.area(light, 0.27, hood, 0.36, roof+0.04, 0.48, roof+0.04, 0.48, hood)
	d.box(light, 0.52, roof+0.04, 0.7, hood)
	d.area(light, 0.74, roof+0.04, 0.91, roof+0.04, 0.93, hood, 0.74, hood)
	d.handles(hood, hood+0.05, 0.05, 0.5, 0.72)
	if d.maybe(0.3) {
		d.soft(accent, 0.45, roof-0.09, 0.85, roof, 0.02)
	}
	d.lamps(0.03, 0.98, hood+0.07, 0.03)
	d.wheels(0.2, 0.8, 0.07, d.in(0.09, 0.12))
}

// carAngled shows the front and a side.
func carAngled(d *sketch) {
	roof := d.in(-0.42, -0.34)
	d.oval(dark, 0.9, 0.04, 0.06, 0.1, 0)
	d.fused(func() {
		d.area(body, 0.06, -0.12, 0.14, roof, 0.42, roof-0.02, 0.78, roof, 0.96, -0.16, 0.98, 0.02, 0.42, 0.14, 0, 0.12, 0, -0.08)
	})
	d.area(light, 0.1, -0.14, 0.16, roof+0.04, 0.4, roof+0.03, 0.42, -0.13)
	d.area(light, 0.48, -0.14, 0.46, roof+0.03, 0.6, roof+0.03, 0.66, -0.15)
	d.area(light, 0.7, -0.15, 0.64, roof+0.03, 0.75, roof+0.04, 0.86, -0.16)
	d.fine(0.44, -0.12, 0.43, 0.13)
	d.fine(0.68, -0.14, 0.7, 0.08)
	d.oval(light, 0.06, -0.02, 0.035, 0.04, 0)
	d.oval(light, 0.37, -0.01, 0.04, 0.045, 0)
	d.soft(dark, 0.13, -0.01, 0.29, 0.05, 0.02)
	d.oval(dark, 0.54, 0.11, 0.08, 0.12, 0)
	d.oval(light, 0.545, 0.11, 0.035, 0.055, 0)
	d.oval(dark, 0.88, 0.04, 0.055, 0.095, 0)
	d.oval(dark, 0.06, 0.14, 0.05, 0.05, 0)
}

func taxi(d *sketch) {
	childOrNot := []func(*sketch){saloon, estate, childsCar}
	if d.maybe(0.5) {
		d.box(accent, 0.44, -0.46, 0.56, -0.28)
	} else {
		d.fan(accent, true, 0.5, 0.03, -0.46, 0.06, -0.4, 0.06, -0.28)
	}
	childOrNot[d.IntN(3)](d)
	if d.maybe(0.6) {
		d.box(second, 0.3, -0.06, 0.72, -0.01)
	}
}

func racingCar(d *sketch) {
	d.fused(func() {
		d.blob(body, 0, 0.05, 0.1, 0, 0.35, -0.06, 0.45, -0.08, 0.6, -0.08, 0.68, -0.2, 0.76, -0.17, 0.98, -0.05, 0.98, 0.06, 0.5, 0.09)
	})
	d.area(accent, -0.04, 0.08, 0, 0.02, 0.1, 0.05, 0.08, 0.09)
	d.line(0.93, -0.06, 0.95, -0.2)
	d.area(accent, 0.86, -0.26, 1.02, -0.24, 1.02, -0.17, 0.9, -0.2)
	d.disc(second, 0.54, -0.13, 0.06)
	if d.maybe(0.6) {
		d.disc(light, 0.76, -0.02, 0.05)
	}
	r := d.in(0.1, 0.13)
	d.wheels(0.22, 0.84, 0.04, r)
}

func carBehind(d *sketch) {
	roof, waist := d.in(-0.38, -0.3), d.in(-0.1, -0.04)
	d.both(0, func() { d.soft(dark, 0.24, 0.12, 0.38, 0.28, 0.03) })
	d.fused(func() {
		d.fan(body, true, 0, 0.15, roof, 0.25, roof+0.03, 0.34, waist, 0.2, waist+0.05)
		d.soft(body, -0.4, waist-0.02, 0.4, 0.2, d.in(0.05, 0.1))
	})
	d.fan(light, false, 0, 0.18, roof+0.05, 0.26, waist-0.03)
	d.both(0, func() { d.soft(accent, 0.27, waist+0.03, 0.38, waist+0.11, 0.02) })
	d.box(light, -0.1, 0.05, 0.1, 0.12)
	d.fine(-0.4, 0.14, 0.4, 0.14)
}

func oldTimer(d *sketch) {
	roof := d.in(-0.52, -0.44)
	d.fused(func() {
		d.area(body, 0.12, 0.03, 0.12, -0.2, 0.4, -0.22, 0.42, 0.03)
		d.area(body, 0.42, 0.03, 0.42, roof+0.05, 0.85, roof+0.05, 0.88, 0.03)
	})
	d.soft(second, 0.38, roof, 0.9, roof+0.06, 0.03)
	d.pane(0.46, roof+0.1, 0.62, -0.22)
	d.pane(0.67, roof+0.1, 0.82, -0.22)
	d.disc(light, 0.1, -0.12, 0.05)
	d.handles(-0.2, -0.14, 0.02, 0.645)
	d.limb(second, 0.025, 0.025, 0.02, 0.05, 0.1, -0.06, 0.25, -0.05, 0.38, 0.05, 0.6, 0.06, 0.7, -0.05, 0.84, -0.05, 0.95, 0.05)
	r := d.in(0.1, 0.13)
	d.wheels(0.19, 0.78, 0.06, r)
}
