package doodles

var dogs = []way{
	{"face with hanging ears", dogFace},
	{"face with pointed ears", huskyFace},
	{"face of a pug", pugFace},
	{"standing", dogStanding},
	{"sitting, from the side", dogSittingSide},
	{"sitting, from the front", dogSitting},
	{"dachshund", dachshund},
	{"lying", dogLying},
	{"poodle", poodle},
	{"head from the side", dogProfile},
	{"running", dogRunning},
	{"of lines", dogStick},
	{"cartoon", dogCartoon},
	{"terrier", terrier},
	{"a child's", childsDog},
	{"puppy", puppy},
}

// hangingEars draws two on a head of radius rx, ry at x, y.
func (d *sketch) hangingEars(x, y, rx, ry float64) {
	ear := d.paint(body, second, second, dark)
	long := d.in(0.6, 1.3)
	width := d.in(0.25, 0.42)
	d.both(x, func() {
		d.blob(ear, rx*0.55, y-ry*0.85, rx*0.95, y-ry*0.8, rx*(1+width), y-ry*0.8+ry*long*0.8, rx*(0.9+width*0.3), y-ry*0.8+ry*long*1.2, rx*0.8, y-ry*0.8+ry*long*0.6)
	})
}

// muzzle draws a dog's nose and mouth.
func (d *sketch) muzzle(x, y, r float64) {
	if d.maybe(0.65) {
		d.oval(d.paint(second, light), x, y+r*0.35, r*1.15, r*0.95, 0)
	}
	d.oval(dark, x, y-r*0.1, r*d.in(0.4, 0.6), r*d.in(0.28, 0.4), 0)
	low := y + r*0.6
	if d.maybe(0.4) { // the tongue
		d.blob(accent, x-r*0.25, low, x+r*0.25, low, x+r*0.28, low+r*0.7, x, low+r*0.95, x-r*0.28, low+r*0.7)
	}
	if d.maybe(0.85) {
		d.fine(x, y+r*0.2, x, low)
		d.both(x, func() { d.bend(0, low, r*0.35, low+r*0.2, r*0.75, low-r*0.1) })
	} else {
		d.smile(x, low, r*1.4, r*0.3)
	}
}

// dogHead is one from the front, with hanging ears.
func (d *sketch) dogHead(x, y, rx, ry float64) {
	behind := d.maybe(0.4)
	if behind {
		d.hangingEars(x, y, rx, ry)
	}
	if d.maybe(0.6) {
		d.oval(body, x, y, rx, ry, 0)
	} else {
		d.fan(body, true, x, 0, y-ry, rx*0.8, y-ry*0.75, rx*0.95, y-ry*0.1, rx*0.75, y+ry*0.6, rx*0.3, y+ry, 0, y+ry)
	}
	if d.maybe(0.3) { // a patch
		d.oval(second, x+rx*0.42, y-ry*0.25, rx*0.3, ry*0.35, 0)
	}
	d.both(x, func() { d.eye(rx*d.in(0.35, 0.42), y-ry*0.25, rx*0.13) })
	d.muzzle(x, y+ry*0.3, rx*0.42)
	if !behind {
		d.hangingEars(x, y, rx, ry)
	}
}

func dogFace(d *sketch) {
	d.dogHead(0, 0, d.in(0.32, 0.38), d.in(0.36, 0.42))
	if d.maybe(0.3) {
		d.bend(-0.25, 0.38, 0, 0.47, 0.25, 0.38)
	}
}

func huskyFace(d *sketch) {
	w, h := 0.36, d.in(0.38, 0.44)
	tall := d.in(0.14, 0.22)
	bent := d.maybe(0.4)
	d.fused(func() {
		d.both(0, func() {
			if bent {
				d.area(body, w*0.3, -h*0.75, w*0.75, -h-tall*0.5, w*1.15, -h*0.6, w*0.85, -h*0.35)
				return
			}
			d.area(body, w*0.25, -h*0.8, w*0.75, -h-tall, w*0.95, -h*0.3)
		})
		d.fan(body, true, 0, 0, -h*0.8, w*0.6, -h*0.75, w*0.95, -h*0.1, w*0.85, h*0.3, w*0.4, h*0.85, 0, h)
	})
	d.fan(d.paint(second, light), true, 0, 0.02, -h*0.5, w*0.2, -h*0.1, w*0.75, h*0.2, w*0.35, h*0.8, 0, h*0.9)
	d.both(0, func() {
		d.eye(w*0.38, -h*0.15, 0.045)
		if d.maybe(0.4) {
			d.bend(w*0.25, -h*0.38, w*0.4, -h*0.42, w*0.5, -h*0.33)
		}
	})
	d.blob(d.paint(second, light), -w*0.35, h*0.35, 0, h*0.1, w*0.35, h*0.35, w*0.3, h*0.75, 0, h*0.85, -w*0.3, h*0.75)
	d.oval(dark, 0, h*0.35, w*0.17, h*0.1, 0)
	d.fine(0, h*0.45, 0, h*0.6)
	d.both(0, func() { d.bend(0, h*0.6, w*0.15, h*0.7, w*0.3, h*0.6) })
	if d.maybe(0.4) {
		d.blob(accent, -0.06, h*0.65, 0.06, h*0.65, 0.06, h*0.9, 0, h, -0.06, h*0.9)
	}
}

func pugFace(d *sketch) {
	r := d.in(0.36, 0.42)
	ry := r * d.in(0.85, 1)
	d.oval(body, 0, 0, r, ry, 0)
	ear := d.paint(dark, second)
	d.both(0, func() { d.blob(ear, r*0.45, -ry*0.85, r*0.95, -ry*0.8, r*1.12, -ry*0.2, r*0.85, -ry*0.25) })
	d.both(0, func() { d.eye(r*0.45, -ry*0.1, r*0.15) })
	d.blob(d.paint(second, dark, light), -r*0.55, ry*0.55, -r*0.35, ry*0.1, r*0.35, ry*0.1, r*0.55, ry*0.55, r*0.3, ry*0.85, 0, ry*0.7, -r*0.3, ry*0.85)
	d.oval(dark, 0, ry*0.2, r*0.18, r*0.12, 0)
	d.both(0, func() { d.bend(0, ry*0.45, r*0.2, ry*0.55, r*0.38, ry*0.78) })
	d.fine(0, ry*0.3, 0, ry*0.45)
	if d.maybe(0.5) {
		d.bend(-r*0.25, -ry*0.5, 0, -ry*0.42, r*0.25, -ry*0.5)
	}
}

// dogFaceSide draws a head that looks to the left, with its muzzle and an ear.
func (d *sketch) dogFaceSide(x, y, s float64) {
	long := d.in(0.9, 1.5)
	d.oval(body, x, y, s, s*0.85, 0)
	d.soft(body, x-s*(0.5+long), y-s*0.12, x, y+s*0.6, s*0.3)
	d.oval(dark, x-s*(0.5+long), y-s*0.02, s*0.2, s*0.18, 0)
	d.eye(x-s*0.35, y-s*0.3, s*0.16)
	d.fine(x-s*(0.4+long), y+s*0.35, x-s*0.5, y+s*0.32)
	ear := d.paint(body, second, dark)
	switch d.IntN(4) {
	case 0, 1:
		d.blob(ear, x+s*0.05, y-s*0.65, x+s*0.6, y-s*0.6, x+s*0.95, y+s*d.in(0.4, 0.9), x+s*0.5, y+s*d.in(0.6, 1.1), x+s*0.2, y+s*0.1)
	case 2:
		d.area(ear, x+s*0.1, y-s*0.7, x+s*0.45, y-s*1.35, x+s*0.8, y-s*0.45)
	case 3:
		d.area(ear, x+s*0.05, y-s*0.75, x+s*0.4, y-s*1.1, x+s*1.05, y-s*0.5, x+s*0.7, y-s*0.4)
	}
}

func (d *sketch) dogBeast() beast {
	return beast{length: d.in(0.55, 0.68), depth: d.in(0.13, 0.17), waist: d.in(0.1, 0.14), leg: d.in(0.34, 0.46), thick: d.in(0.035, 0.05), knee: d.in(0, 0.03)}
}

// wag draws a tail that stands up or hangs.
func (d *sketch) wag(x, y float64) {
	switch d.IntN(4) {
	case 0:
		d.limb(body, 0.035, 0.02, x-0.02, y, x+0.1, y-0.1, x+d.in(0.12, 0.2), y-d.in(0.2, 0.3))
	case 1:
		d.limb(body, 0.035, 0.025, x-0.02, y, x+0.1, y-0.12, x+0.02, y-0.24, x-0.08, y-0.18)
	case 2:
		d.limb(body, 0.035, 0.02, x-0.02, y, x+0.1, y+0.03, x+d.in(0.14, 0.22), y+d.in(0.05, 0.2))
	case 3:
		d.curve(x-0.02, y, x+0.12, y-0.06, x+0.16, y-d.in(0.15, 0.25))
	}
}

func dogStanding(d *sketch) {
	b := d.dogBeast()
	b.pose = pose(d.IntN(2))
	s := d.in(0.13, 0.16)
	b.draw(d, func(x, y float64) {
		d.limb(body, 0.1, 0.08, x+0.07, y+0.06, x-0.05, y-0.16)
		d.dogFaceSide(x-0.08, y-d.in(0.18, 0.26), s)
	}, d.wag)
	if d.maybe(0.3) {
		d.oval(second, b.length*0.6, -0.03, 0.1, 0.07, 0)
	}
	if d.maybe(0.3) {
		d.fine(-0.1, -0.12, 0.06, -0.2)
	}
}

func dogRunning(d *sketch) {
	b := d.dogBeast()
	b.pose = running
	b.leg *= 0.9
	b.draw(d, func(x, y float64) {
		d.limb(body, 0.1, 0.08, x+0.07, y+0.06, x-0.1, y-0.08)
		d.dogFaceSide(x-0.15, y-d.in(0.08, 0.18), 0.14)
	}, d.wag)
}

func dogSittingSide(d *sketch) {
	d.fused(func() {
		d.wag(0.62, 0.45)
		d.blob(body, 0.15, -0.1, 0.32, -0.12, 0.48, 0.12, 0.66, 0.4, 0.62, 0.56, 0.45, 0.6, 0.25, 0.45, 0.15, 0.2)
		d.leg(body, 0.055, 0.045, 0.22, 0.2, 0.2, 0.4, 0.17, 0.6)
		d.leg(body, 0.055, 0.045, 0.3, 0.25, 0.29, 0.42, 0.26, 0.6)
		d.oval(body, 0.5, 0.46, 0.15, 0.14, 0)
		d.oval(body, 0.42, 0.59, 0.12, 0.04, 0)
		d.dogFaceSide(0.2, -d.in(0.18, 0.25), d.in(0.15, 0.18))
	})
	if d.maybe(0.4) {
		d.limb(accent, 0.02, 0.02, 0.1, -0.04, 0.34, -0.06)
	}
}

func dogSitting(d *sketch) {
	w, h := d.in(0.24, 0.3), d.in(0.5, 0.6)
	side := d.either(-1, 1)
	d.limb(body, 0.04, 0.025, w*0.8*side, h*0.8, w*1.3*side, h*0.75, w*d.in(1.4, 1.9)*side, h*d.in(0.35, 0.7))
	d.fused(func() {
		d.both(0, func() { d.oval(body, w*0.85, h*0.8, w*0.35, h*0.2, 20) })
		d.fan(body, true, 0, 0, 0, w*0.6, 0.05, w*0.75, h*0.5, w*0.6, h*0.98, 0, h*0.95)
		d.both(0, func() { d.oval(body, w*0.4, h, w*0.32, 0.05, 0) })
	})
	if d.maybe(0.6) {
		d.both(0, func() { d.bend(w*0.12, h*0.45, w*0.1, h*0.7, w*0.12, h*0.95) })
	}
	if d.maybe(0.4) {
		d.oval(second, 0, h*0.3, w*0.4, h*0.25, 0)
	}
	r := d.in(0.2, 0.25)
	d.dogHead(0, -r*0.8, r, r*1.02)
}

func dachshund(d *sketch) {
	b := d.dogBeast()
	b.length, b.leg = d.in(0.9, 1.2), d.in(0.22, 0.27)
	b.depth, b.waist = 0.12, 0.11
	b.pose = pose(d.IntN(2))
	b.draw(d, func(x, y float64) {
		d.limb(body, 0.09, 0.07, x+0.07, y+0.06, x-0.06, y-0.14)
		d.dogFaceSide(x-0.09, y-0.18, 0.13)
	}, func(x, y float64) {
		d.limb(body, 0.03, 0.015, x, y, x+0.1, y-0.04, x+0.22, y-d.in(0, 0.18))
	})
}

func dogLying(d *sketch) {
	d.fused(func() {
		d.limb(body, 0.035, 0.025, 0.9, 0.15, 1.08, 0.12, 1.16, d.in(-0.05, 0.15))
		d.blob(body, 0.12, -0.02, 0.35, -0.13, 0.7, -0.12, 0.95, 0, 1, 0.17, 0.6, 0.22, 0.18, 0.2)
		d.limb(body, 0.05, 0.045, 0.25, 0.17, 0.02, 0.19, -0.12, 0.2)
		d.bend(0.66, 0.2, 0.68, 0.04, 0.85, 0.02, 0.95, 0.12)
	})
	if d.maybe(0.5) {
		d.fused(func() { d.dogFaceSide(0.15, -0.12, d.in(0.15, 0.18)) })
		return
	}
	d.dogHead(0.12, -0.06, 0.18, 0.19)
}

func poodle(d *sketch) {
	fur := d.paint(second, body)
	r := d.in(0.06, 0.085)
	for _, x := range []float64{0.08, 0.2, 0.5, 0.6} {
		d.leg(body, 0.025, 0.025, x, 0, x, 0.42)
		d.disc(fur, x, d.in(0.36, 0.4), r*0.85)
	}
	d.leg(body, 0.02, 0.02, 0.62, -0.05, 0.72, d.in(-0.28, -0.2))
	d.disc(fur, 0.73, -0.28, r)
	d.oval(body, 0.42, -0.01, 0.25, 0.1, 0)
	d.oval(fur, 0.14, -0.03, 0.18, 0.17, 0)
	d.limb(body, 0.05, 0.05, 0.08, -0.1, 0, -0.3)
	d.blob(body, 0.05, -0.34, -0.05, -0.38, -0.26, -0.28, -0.24, -0.22, -0.05, -0.22)
	d.disc(fur, 0, -0.42, r*1.3)
	d.oval(fur, 0.08, -0.28, 0.06, 0.11, -10)
	d.dot(-0.26, -0.27, 0.03)
	d.eye(-0.06, -0.31, 0.022)
}

func dogProfile(d *sketch) {
	long := d.in(0.28, 0.42)
	d.fused(func() {
		d.blob(body, 0.15, 0.35, 0.2, 0.1, 0.1, -0.2, 0.45, -0.1, 0.6, 0.4, 0.62, 0.6, 0.2, 0.6)
		d.oval(body, 0.25, -0.1, 0.27, 0.25, 0)
		d.soft(body, -long, -0.08, 0.25, 0.14, 0.08)
	})
	d.oval(dark, -long, -0.05, 0.06, 0.05, 0)
	d.eye(0.14, -0.17, 0.04)
	d.fine(-long+0.02, 0.06, -0.02, 0.08, 0.08, 0.05)
	if d.maybe(0.4) {
		d.blob(accent, -long*0.7, 0.08, -long*0.4, 0.08, -long*0.42, 0.24, -long*0.58, 0.28, -long*0.72, 0.22)
	}
	ear := d.paint(body, second, dark)
	if d.maybe(0.65) {
		d.blob(ear, 0.28, -0.26, 0.44, -0.24, 0.56, 0.05, 0.5, d.in(0.2, 0.35), 0.36, 0.18, 0.32, -0.02)
	} else {
		d.area(ear, 0.24, -0.28, 0.34, -0.55, 0.48, -0.2)
	}
	if d.maybe(0.5) {
		d.limb(accent, 0.03, 0.03, 0.16, 0.38, 0.36, 0.42, 0.6, 0.32)
	}
}

func dogStick(d *sketch) {
	l := d.in(0.5, 0.7)
	d.line(0, 0, l, 0)
	for _, x := range []float64{0, 0.07, l - 0.07, l} {
		d.line(x, 0, x+d.in(-0.05, 0.05), d.in(0.26, 0.32))
	}
	d.curve(l, 0, l+0.08, -0.08, l+0.12, -d.in(0.15, 0.25))
	if d.maybe(0.5) {
		d.line(0, 0, -0.03, -0.1)
		d.dogFaceSide(-0.05, -0.18, d.in(0.12, 0.15))
		return
	}
	d.dogHead(-0.06, -0.12, 0.17, 0.18)
}

func dogCartoon(d *sketch) {
	r := d.in(0.24, 0.3)
	d.fused(func() {
		d.limb(body, 0.035, 0.02, 0.55, 0.3, 0.66, 0.2, d.in(0.68, 0.78), d.in(0.02, 0.12))
		for _, x := range []float64{0.1, 0.2, 0.42, 0.52} {
			d.leg(body, 0.05, 0.05, x, 0.4, x, 0.6)
		}
		d.oval(body, 0.31, 0.34, 0.29, 0.17, 0)
	})
	d.dogHead(0.02, 0, r, r*0.95)
}

func terrier(d *sketch) {
	l, h := d.in(0.5, 0.65), d.in(0.18, 0.22)
	d.fused(func() {
		d.area(body, l+0.05, -0.1, l+0.12, -d.in(0.3, 0.42), l-0.02, -0.1)
		d.area(body, -0.02, -0.1, l+0.05, -0.1, l+0.06, h+0.12, l-0.1, h+0.12, l-0.12, h, 0.18, h, 0.16, h+0.12, 0.02, h+0.12)
		d.area(body, 0.16, -0.02, 0.14, -0.3, -0.02, -0.36, -0.08, -0.26, -0.3, -0.22, -0.3, -0.06, -0.22, d.in(0.02, 0.12), -0.02, 0)
		d.area(body, 0, -0.32, 0.06, -0.47, 0.14, -0.28)
	})
	d.dot(-0.3, -0.2, 0.03)
	d.eye(-0.08, -0.22, 0.025)
	if d.maybe(0.5) {
		d.limb(accent, 0.02, 0.02, -0.02, -0.06, 0.15, -0.1)
	}
}

func childsDog(d *sketch) {
	l := d.in(0.6, 0.75)
	if d.maybe(0.5) {
		d.box(body, 0.1, 0, l, d.in(0.2, 0.28))
	} else {
		d.oval(body, (l+0.1)/2, 0.1, (l-0.05)/2, 0.14, 0)
	}
	for _, x := range []float64{0.14, 0.24, l - 0.14, l - 0.04} {
		if d.habit.sticks {
			d.line(x, 0.2, x, 0.45)
			continue
		}
		d.box(body, x-0.03, 0.2, x+0.03, d.in(0.42, 0.48))
	}
	d.line(l, 0.05, l+d.in(0.1, 0.18), d.in(-0.15, 0))
	r := d.in(0.14, 0.18)
	d.oval(body, 0, -0.06, r*1.15, r, 0)
	if d.maybe(0.5) {
		d.both(0.0, func() { d.oval(d.paint(second, dark), r*1.05, -0.03, r*0.3, r*0.65, -10) })
		d.both(0.0, func() { d.eye(r*0.4, -0.1, 0.025) })
		d.dot(0, -0.02, 0.035)
		d.smile(0, 0.03, r*0.7, 0.03)
		return
	}
	d.oval(body, -r*1.1, -0.02, r*0.5, r*0.35, 0)
	d.dot(-r*1.5, -0.05, 0.03)
	d.eye(-0.04, -0.1, 0.025)
	d.oval(d.paint(second, dark), r*0.55, -0.02, r*0.35, r*0.75, -15)
}

// puppy lies with its head in front of it, or sits low.
func puppy(d *sketch) {
	r := d.in(0.28, 0.34)
	d.fused(func() {
		d.limb(body, 0.04, 0.025, 0.2, 0.25, 0.48, 0.1, d.in(0.5, 0.62), d.in(-0.1, 0.05))
		d.oval(body, 0.12, 0.28, 0.36, 0.22, 0)
		d.both(0, func() { d.oval(body, d.in(0.18, 0.26), 0.48, 0.11, 0.07, 0) })
	})
	d.dogHead(0, 0.04, r, r*0.95)
}
