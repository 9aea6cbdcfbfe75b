package doodles

import "math"

var airplanes = []way{
	{"airliner from the side", airliner},
	{"taking off", takingOff},
	{"from above", planeAbove},
	{"in flight, at an angle", planeAngled},
	{"a child's", childsPlane},
	{"paper plane", paperPlane},
	{"jet from above", jetAbove},
	{"jet from the side", jetSide},
	{"propeller plane", propellerPlane},
	{"from the front", planeFront},
	{"biplane", biplane},
	{"of lines", stickPlane},
	{"outline", planeOutline},
	{"glider", glider},
	{"cartoon", roundPlane},
	{"seaplane", seaplane},
}

// hull draws a fuselage from the nose at x 0 to the tail at x 1.
func (d *sketch) hull(thick float64) {
	rise := d.in(0.3, 1) * thick
	d.blob(body, 0, 0.01, 0.05, -thick*0.7, 0.18, -thick, 0.45, -thick, 0.75, -thick, 0.98, -rise, 1, -rise*0.7, 0.78, thick*0.5, 0.5, thick, 0.2, thick, 0.05, thick*0.65)
}

func airliner(d *sketch) {
	thick := d.in(0.06, 0.12)
	fin := d.in(0.14, 0.25)
	wing := d.paint(body, second, accent)
	if d.maybe(0.6) { // the far wing
		d.area(wing, 0.42, -thick*0.6, 0.62, -thick-d.in(0.12, 0.3), 0.7, -thick-0.15, 0.58, -thick*0.6)
	}
	d.fused(func() {
		d.area(d.paint(body, accent), 0.8, -thick*0.8, 0.92, -thick-fin, 1.01, -thick-fin, 0.97, -thick*0.6)
		d.hull(thick)
	})
	d.area(wing, 0.85, -thick*0.4, 0.97, d.in(-0.02, 0.05), 1.06, 0, 0.95, -thick*0.6)
	length := d.in(0.2, 0.38)
	d.area(wing, 0.35, thick*0.3, d.in(0.56, 0.7), thick+length, d.in(0.7, 0.78), thick+length, 0.58, thick*0.2)
	if d.maybe(0.4) {
		d.oval(second, 0.45, thick+0.1, 0.07, 0.03, 8)
	}
	if d.maybe(0.75) {
		d.portholes(d.some(3, 9), 0.2, d.in(0.65, 0.8), -thick*0.3, thick*d.in(0.15, 0.3))
	}
	if d.maybe(0.7) {
		d.area(light, 0.04, -thick*0.3, 0.08, -thick*0.75, 0.15, -thick*0.75, 0.14, -thick*0.3)
	}
}

func takingOff(d *sketch) {
	d.turned(0, 0, d.in(12, 32), 1, func() { airliner(d) })
	if d.maybe(0.4) {
		for i := range d.some(2, 3) {
			y := 0.5 + 0.1*float64(i)
			d.line(1.1, y, 1.1+d.in(0.1, 0.25), y+0.08)
		}
	}
}

// planform draws a plane from above, its nose at y 0 and its tail at y 1.
func (d *sketch) planform(span, sweep float64) {
	thick := d.in(0.05, 0.085)
	wing := d.paint(body, body, second, accent)
	root := d.in(0.33, 0.42)
	chord := d.in(0.14, 0.24)
	tip := chord * d.in(0.25, 0.8)
	tail := d.in(0.14, 0.24)
	d.fused(func() {
		d.both(0, func() {
			d.area(wing, 0, root, span, root+sweep, span, root+sweep+tip, 0, root+chord)
			d.area(wing, 0, 0.83, tail, 0.83+sweep*0.5, tail, 0.92+sweep*0.5, 0, 0.95)
		})
		d.fan(body, true, 0, 0, 0, thick*0.8, 0.1, thick, 0.3, thick, 0.65, thick*0.5, 0.93, 0, 1)
	})
	if d.maybe(0.4) {
		d.both(0, func() { d.oval(second, span*0.45, root+sweep*0.35, 0.025, 0.06, 0) })
	}
	if d.maybe(0.4) {
		d.bend(-thick*0.7, 0.13, 0, 0.09, thick*0.7, 0.13)
	}
}

func planeAbove(d *sketch) {
	angle := d.either(0, 0, 45, -45, 90, d.in(-180, 180))
	d.turned(0, 0, angle, 1, func() { d.planform(d.in(0.38, 0.58), d.in(-0.02, 0.25)) })
}

// planeAngled is a plane from above that is tilted away.
func planeAngled(d *sketch) {
	outer := d.frame
	d.frame = d.frame.after(affine{1, d.in(-0.7, -0.35), 0, d.in(0.2, 0.5), d.in(0.6, 0.9), 0})
	d.turned(0, 0, d.in(-70, -30), 1, func() { d.planform(d.in(0.4, 0.55), d.in(0.05, 0.2)) })
	d.frame = outer
}

func childsPlane(d *sketch) {
	thick := d.in(0.1, 0.16)
	wing := d.paint(second, accent, body)
	if d.maybe(0.7) {
		d.area(wing, 0.4, -thick, d.in(0.55, 0.7), -thick-d.in(0.15, 0.35), d.in(0.7, 0.8), -thick-0.2, 0.6, -thick)
	}
	if d.maybe(0.5) {
		d.oval(body, 0.5, 0, 0.5, thick, 0)
	} else {
		d.soft(body, 0, -thick, 1, thick, thick*0.9)
	}
	d.area(wing, 0.4, thick*0.3, d.in(0.5, 0.7), thick+d.in(0.15, 0.35), d.in(0.72, 0.82), thick+0.2, 0.62, thick*0.2)
	d.area(accent, 0.82, -thick*0.6, 0.95, -thick-d.in(0.1, 0.25), 1.08, -thick-d.in(0.08, 0.2), 0.98, -thick*0.1)
	d.portholes(d.some(2, 6), 0.2, 0.75, -thick*0.2, d.in(0.025, 0.045))
	if d.maybe(0.5) {
		d.bend(0.09, -thick*0.7, 0.15, 0, 0.09, thick*0.6)
	}
}

func paperPlane(d *sketch) {
	d.turned(0, 0, d.in(-20, 30), 1, func() {
		y := d.in(0.25, 0.45)
		back := d.in(0.8, 1)
		d.area(second, 0, 0.3, back*0.75, y+0.12, back*0.6, y+d.in(0.25, 0.4))
		d.area(body, 0, 0.3, back, -0.05, back*0.78, y+0.1)
		d.area(body, 0, 0.3, back*0.55, y+0.02, back, -0.05)
		d.area(accent, 0, 0.3, back*0.52, y+0.05, back*0.42, y+0.2)
	})
	if d.maybe(0.3) {
		d.curve(1.05, 0.5, 1.15, 0.45, 1.2, 0.55, 1.3, 0.5)
	}
}

func jetAbove(d *sketch) {
	d.turned(0, 0, d.either(0, 0, 45, -45, d.in(-180, 180)), 1, func() {
		wing := d.in(0.3, 0.45)
		back := d.in(0.75, 0.85)
		d.fused(func() {
			d.both(0, func() {
				d.area(body, 0.04, d.in(0.3, 0.45), wing, back-d.in(0, 0.1), wing, back, 0.04, back+0.03)
				d.area(d.paint(body, second), 0.03, 0.84, 0.17, 0.97, 0.16, 1.02, 0.03, 1)
			})
			d.fan(body, false, 0, 0, 0, 0.035, 0.14, 0.065, 0.35, 0.075, 0.95, 0.04, 1)
		})
		if d.maybe(0.7) {
			d.oval(light, 0, d.in(0.24, 0.3), 0.028, 0.08, 0)
		}
		if d.maybe(0.4) {
			d.both(0, func() { d.line(wing, back-0.17, wing, back+0.03) })
		}
		if d.maybe(0.3) {
			d.fan(accent, false, 0, 0.04, 1, 0, d.in(1.1, 1.25))
		}
	})
}

func jetSide(d *sketch) {
	d.turned(0, 0, d.in(-5, 20), 1, func() {
		fin := d.in(0.16, 0.25)
		d.fused(func() {
			d.area(d.paint(body, accent), 0.7, -0.06, 0.86, -0.06-fin, 0.97, -0.06-fin, 0.93, -0.04)
			d.area(body, 0, 0.03, 0.28, -0.06, 0.9, -0.07, 1, -0.04, 1, 0.05, 0.85, 0.08, 0.25, 0.08)
		})
		d.blob(light, 0.2, -0.04, 0.28, -0.1, 0.36, -0.11, 0.44, -0.06)
		d.area(d.paint(second, accent, body), 0.42, 0.03, 0.78, d.in(0.15, 0.26), 0.88, 0.15, 0.8, 0.02)
		if d.maybe(0.5) {
			d.area(second, 0.82, 0.01, 0.98, 0.09, 1.05, 0.08, 0.97, 0)
		}
		if d.maybe(0.4) {
			d.area(accent, 1, -0.03, d.in(1.1, 1.3), 0, 1, 0.04)
		}
	})
}

// propeller draws one from the side, at a plane's nose.
func (d *sketch) propeller(x, y, r float64) {
	switch d.IntN(3) {
	case 0:
		d.oval(light, x, y, 0.02, r, 0)
	case 1:
		d.line(x, y-r, x, y+r)
	case 2:
		d.oval(second, x, y-r/2, 0.025, r/2, 0)
		d.oval(second, x, y+r/2, 0.025, r/2, 0)
	}
	d.disc(accent, x-0.02, y, 0.03)
}

func propellerPlane(d *sketch) {
	fin := d.in(0.12, 0.22)
	d.fused(func() {
		d.blob(d.paint(body, accent), 0.82, -0.02, 0.86, -fin, 0.95, -fin-0.03, 1.02, -fin, 1, 0.02)
		d.blob(body, 0.03, -0.08, 0.15, -0.13, 0.4, -0.12, 0.7, -0.06, 1, -0.05, 1, 0.02, 0.7, 0.09, 0.35, 0.14, 0.12, 0.13, 0.02, 0.07)
	})
	if d.maybe(0.5) {
		d.blob(light, 0.3, -0.11, 0.34, -0.22, 0.44, -0.23, 0.52, -0.1)
	} else {
		d.line(0.3, -0.12, 0.34, -0.2)
		d.disc(second, 0.42, -0.17, 0.06)
	}
	d.propeller(0, 0, d.in(0.15, 0.24))
	if d.maybe(0.5) {
		d.oval(d.paint(second, accent), 0.42, 0.05, 0.2, 0.04, d.in(-8, 8))
	} else {
		d.area(d.paint(second, accent), 0.25, 0.02, 0.55, 0, 0.75, d.in(0.1, 0.25), 0.52, d.in(0.12, 0.25))
	}
	d.area(second, 0.86, -0.03, 0.98, -0.05, 1.08, 0.01, 0.95, 0.02)
	if d.maybe(0.6) {
		d.line(0.28, 0.12, 0.24, 0.22)
		d.wheel(0.23, 0.24, d.in(0.05, 0.075))
	}
}

func planeFront(d *sketch) {
	r := d.in(0.11, 0.17)
	droop := d.in(-0.08, 0.03)
	thin := d.in(0.012, 0.03)
	d.area(accent, -0.02, -r, 0, -r-d.in(0.15, 0.25), 0.02, -r)
	if d.maybe(0.7) {
		d.both(0, func() { d.area(second, 0, -r*0.8, 0.2, -r*0.85+droop, 0.2, -r*0.7+droop, 0, -r*0.55) })
	}
	d.both(0, func() {
		d.area(d.paint(body, second), r*0.5, r*0.2, 0.55, droop, 0.55, droop+thin, r*0.5, r*0.2+0.08)
		for i := range d.some(0, 2) {
			d.disc(second, 0.24+0.14*float64(i), r*0.2+0.06+droop*0.5, 0.04)
		}
	})
	d.disc(body, 0, 0, r)
	d.fan(light, false, 0, r*0.25, -r*0.6, r*0.6, -r*0.15, 0, -r*0.1)
	if d.maybe(0.4) {
		d.line(-0.1, r, -0.12, r+0.07)
		d.line(0.1, r, 0.12, r+0.07)
		d.dot(-0.12, r+0.08, 0.025)
		d.dot(0.12, r+0.08, 0.025)
	}
}

func biplane(d *sketch) {
	if d.maybe(0.5) { // from the front
		d.both(0, func() {
			d.soft(second, 0, -0.25, 0.55, -0.2, 0.02)
			d.soft(second, 0, 0.06, 0.5, 0.11, 0.02)
			for _, x := range []float64{0.2, 0.42} {
				d.line(x, -0.2, x, 0.06)
			}
			d.line(0.06, 0.08, 0.13, 0.22)
			d.disc(dark, 0.14, 0.24, 0.05)
		})
		d.disc(body, 0, -0.02, 0.12)
		d.line(-0.2, d.in(-0.14, 0.12), 0.2, -0.02)
		d.disc(accent, 0, -0.02, 0.03)
		return
	}
	propellerPlane(d)
	y := d.in(-0.32, -0.26)
	d.line(0.22, y, 0.26, -0.1)
	d.line(0.5, y, 0.48, -0.1)
	d.soft(accent, 0.12, y-0.04, 0.62, y+0.015, 0.02)
}

func stickPlane(d *sketch) {
	d.turned(0, 0, d.either(0, 90, 45, d.in(-180, 180)), 1, func() {
		span, sweep := d.in(0.35, 0.5), d.in(0, 0.25)
		wing, tail := d.in(0.3, 0.45), d.in(0.12, 0.22)
		d.line(0, 0, 0, 1)
		d.line(-span, wing+sweep, 0, wing, span, wing+sweep)
		d.line(-tail, 0.95+sweep*0.3, 0, 0.92, tail, 0.95+sweep*0.3)
		if d.maybe(0.3) {
			d.line(-span, wing+sweep, 0, wing+0.12, span, wing+sweep)
		}
	})
}

// planeOutline is one line around a whole plane.
func planeOutline(d *sketch) {
	angle := d.either(0, 45, -90, d.in(-180, 180))
	span, sweep := d.in(0.4, 0.52), d.in(0.12, 0.26)
	thick, tail := d.in(0.05, 0.08), d.in(0.15, 0.22)
	chord := d.in(0.1, 0.16)
	d.turned(0, 0, angle, 1, func() {
		d.fan(body, false, 0, 0, 0, thick*0.7, 0.04, thick, 0.12, thick, 0.34, span, 0.34+sweep, span, 0.34+sweep+chord*0.6, thick, 0.36+chord+sweep*0.3,
			thick*0.8, 0.8, tail, 0.8+sweep*0.5, tail, 0.88+sweep*0.5, thick*0.4, 0.93, 0, 0.95)
	})
}

func glider(d *sketch) {
	d.turned(0, 0, d.in(-40, 40), 1, func() {
		span := d.in(0.65, 0.8)
		chord := d.in(0.06, 0.1)
		d.fused(func() {
			d.both(0, func() {
				d.area(d.paint(body, second), 0, 0.25, span, 0.27, span, 0.27+chord*0.4, 0, 0.25+chord)
				d.area(body, 0, 0.74, 0.15, 0.76, 0.15, 0.8, 0, 0.82)
			})
			d.fan(body, true, 0, 0, 0, 0.045, 0.12, 0.03, 0.35, 0.015, 0.75, 0, 0.84)
		})
		d.oval(light, 0, 0.13, 0.022, 0.06, 0)
	})
}

// roundPlane is one for children, fat and small.
func roundPlane(d *sketch) {
	r := d.in(0.2, 0.27)
	d.area(d.paint(accent, second), 0.72, -r*0.5, 0.82, -r-d.in(0.05, 0.15), 0.98, -r-0.1, 0.92, -r*0.2)
	if d.maybe(0.7) {
		d.oval(second, 0.45, -r*0.9, 0.1, 0.14, 30)
	}
	d.blob(body, 0, 0.02, 0.08, -r*0.75, 0.3, -r, 0.6, -r*0.85, 0.95, -r*0.35, 0.98, 0, 0.65, r*0.75, 0.3, r, 0.08, r*0.7)
	d.oval(second, 0.5, r*0.55, 0.13, d.in(0.13, 0.2), 25)
	if d.maybe(0.5) {
		d.blob(light, 0.06, -r*0.35, 0.13, -r*0.75, 0.26, -r*0.8, 0.26, -r*0.25)
	} else {
		d.eye(0.16, -r*0.35, 0.05)
		d.smile(0.12, r*0.25, 0.14, 0.05)
	}
	d.portholes(d.some(2, 3), 0.38, 0.68, -r*0.25, 0.045)
	if d.maybe(0.4) {
		d.propeller(0, 0, d.in(0.15, 0.22))
	}
}

func seaplane(d *sketch) {
	d.fused(func() {
		d.area(d.paint(body, accent), 0.82, -0.02, 0.9, -d.in(0.16, 0.24), 1, -0.2, 1, 0.02)
		d.blob(body, 0.03, 0, 0.15, -0.1, 0.4, -0.12, 0.75, -0.06, 1, -0.04, 0.98, 0.02, 0.6, 0.08, 0.15, 0.08)
	})
	d.soft(second, 0.18, -0.19, 0.62, -0.13, 0.03)
	d.pane(0.2, -0.08, 0.38, 0)
	if d.maybe(0.6) {
		d.propeller(0.02, 0, 0.14)
	}
	d.line(0.25, 0.07, 0.22, 0.2)
	d.line(0.5, 0.07, 0.52, 0.2)
	end := 0.72 + math.Abs(d.in(-0.05, 0.05))
	d.blob(accent, 0.05, 0.17, 0.15, 0.2, end, 0.2, end-0.04, 0.26, 0.15, 0.26)
}
