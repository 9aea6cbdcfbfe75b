package doodles

var frogs = []way{
	{"face", frogFace},
	{"face, heart-like", frogFaceWide},
	{"sitting, from the front", frogSitting},
	{"sitting, from the side", frogSide},
	{"leaping", frogLeaping},
	{"from above", frogAbove},
	{"on a lily pad", frogOnLeaf},
	{"tree frog", treeFrog},
	{"half above the water", frogInWater},
	{"upright, cartoon", frogUpright},
	{"a child's", childsFrog},
	{"swimming", frogSwimming},
	{"catching a fly", frogTongue},
	{"at an angle", frogAngled},
	{"with a crown", frogPrince},
	{"of one line", frogLine},
}

// frogEyes draws two that stand out at the top of a head.
func (d *sketch) frogEyes(x, y, apart, r float64) {
	kind := d.IntN(4)
	d.both(x, func() {
		d.disc(body, apart, y, r)
	})
	d.both(x, func() {
		switch kind {
		case 0:
			d.disc(light, apart, y-r*0.05, r*0.68)
			d.dot(apart, y, r*0.35)
		case 1:
			d.disc(light, apart, y-r*0.05, r*0.65)
			d.oval(dark, apart, y, r*0.5, r*0.16, 0)
		case 2:
			d.dot(apart, y, r*0.45)
		case 3:
			d.disc(light, apart, y, r*0.75)
			d.dot(apart-r*0.1, y+r*0.1, r*0.5)
		}
	})
}

// frogMouth is a wide one, with nostrils above.
func (d *sketch) frogMouth(x, y, width, depth float64) {
	if d.maybe(0.85) {
		d.bend(x-width, y, x-width*0.5, y+depth*0.8, x, y+depth, x+width*0.5, y+depth*0.8, x+width, y)
	} else {
		d.blob(accent, x-width, y, x, y+depth*0.3, x+width, y, x+width*0.5, y+depth*1.1, x, y+depth*1.4, x-width*0.5, y+depth*1.1)
	}
	if d.maybe(0.6) {
		d.both(x, func() { d.dot(width*0.14, y-depth*0.4, width*0.04) })
	}
	if d.maybe(0.25) {
		d.both(x, func() { d.oval(accent, width*0.95, y+depth*0.1, width*0.13, width*0.09, 0) })
	}
}

// frogHead draws one from the front, rx wide to both sides.
func (d *sketch) frogHead(x, y, rx, ry float64) {
	eye := rx * d.in(0.26, 0.36)
	d.fused(func() {
		d.oval(body, x, y, rx, ry, 0)
		d.frogEyes(x, y-ry*d.in(0.75, 0.95), rx*d.in(0.45, 0.6), eye)
	})
	d.frogMouth(x, y+ry*d.in(0.05, 0.25), rx*d.in(0.6, 0.85), ry*d.in(0.2, 0.5))
}

func frogFace(d *sketch) { d.frogHead(0, 0, 0.48, d.in(0.28, 0.38)) }

func frogFaceWide(d *sketch) {
	w, h := 0.5, d.in(0.3, 0.38)
	d.fused(func() {
		d.fan(body, true, 0, 0, -h*0.55, w*0.5, -h*0.7, w*0.9, -h*0.2, w*0.98, h*0.3, w*0.6, h*0.85, 0, h)
		d.frogEyes(0, -h*0.7, w*d.in(0.45, 0.6), w*d.in(0.24, 0.32))
	})
	if d.maybe(0.5) {
		d.fan(second, true, 0, 0, h*0.25, w*0.7, h*0.15, w*0.6, h*0.7, 0, h*0.95)
	}
	d.frogMouth(0, h*0.1, w*0.75, h*d.in(0.15, 0.35))
}

// webbed draws a foot of three toes that spread downwards, or as degrees say.
func (d *sketch) webbed(x, y, size, degrees float64) {
	kind := d.IntN(3)
	d.turned(x, y, degrees, 1, func() {
		switch kind {
		case 0:
			d.area(body, 0, -size*0.3, size*0.8, size*0.5, size*0.3, size*0.35, 0, size*0.65, -size*0.3, size*0.35, -size*0.8, size*0.5)
		case 1:
			for _, a := range []float64{-0.7, 0, 0.7} {
				d.line(0, 0, a*size, size*(0.7-a*a*0.3))
			}
		case 2:
			for _, a := range []float64{-0.6, 0, 0.6} {
				d.limb(body, size*0.14, size*0.14, 0, 0, a*size, size*(0.6-a*a*0.3))
				d.disc(body, a*size, size*(0.6-a*a*0.3), size*0.19)
			}
		}
	})
}

func frogSitting(d *sketch) {
	w := d.in(0.26, 0.32)
	h := d.in(0.3, 0.4)
	d.fused(func() {
		d.both(0, func() {
			d.oval(body, w*1.2, h*0.65, w*0.5, h*0.55, d.in(-25, 10))
			d.webbed(w*1.35, h*1.1, 0.13, -15)
		})
		d.oval(body, 0, h*0.4, w, h*0.75, 0)
		d.both(0, func() {
			d.limb(body, 0.05, 0.04, w*0.5, h*0.4, w*0.55, h*0.8, w*0.4, h*1.08)
			d.webbed(w*0.4, h*1.1, 0.11, 0)
		})
	})
	if d.maybe(0.6) {
		d.oval(second, 0, h*0.5, w*0.45, h*0.5, 0)
	}
	d.frogHead(0, -h*0.35, d.in(0.29, 0.36), d.in(0.18, 0.23))
}

// frogSideBody draws one that sits and looks to the left.
func (d *sketch) frogSideBody() {
	back := d.in(-0.16, -0.05)
	d.fused(func() {
		d.blob(body, -0.02, -0.1, 0.12, -0.2, 0.3, -0.2, 0.55, back+0.02, 0.82, 0.14, 0.88, 0.28, 0.6, 0.32, 0.25, 0.25, 0.05, 0.05)
		d.disc(body, 0.16, -0.22, 0.085)
		d.limb(body, 0.04, 0.035, 0.25, 0.12, 0.28, 0.25, 0.2, 0.36, 0.12, 0.38)
		d.oval(body, 0.68, 0.18, 0.2, d.in(0.11, 0.15), -30)
		d.limb(body, 0.045, 0.035, 0.8, 0.22, 0.65, 0.34, 0.5, 0.37, d.in(0.4, 0.5), 0.38)
	})
	if d.maybe(0.6) {
		d.disc(light, 0.15, -0.23, 0.055)
		d.dot(0.14, -0.23, 0.028)
	} else {
		d.dot(0.15, -0.23, 0.035)
	}
	d.bend(-0.01, -0.03, 0.1, 0, 0.24, -0.06)
	d.dot(0, -0.11, 0.012)
	if d.maybe(0.6) { // the thigh
		d.bend(0.52, 0.26, 0.55, 0.08, 0.72, 0.04, 0.85, 0.14)
	}
}

func frogSide(d *sketch) {
	d.frogSideBody()
	if d.maybe(0.4) {
		for range 4 {
			d.oval(second, d.in(0.3, 0.65), d.in(-0.08, 0.1), 0.03, 0.025, 0)
		}
	}
}

func frogLeaping(d *sketch) {
	d.turned(0, 0, d.in(10, 40), 1, func() {
		d.fused(func() {
			d.limb(body, 0.07, 0.04, 0.58, 0.04, 0.72, -0.12, 0.88, 0.1, d.in(1, 1.1), 0.02)
			d.webbed(1.06, 0.02, 0.13, -95)
			d.limb(body, 0.085, 0.045, 0.56, 0.1, 0.66, 0.3, 0.86, 0.16, d.in(0.98, 1.08), d.in(0.26, 0.36))
			d.webbed(1.04, 0.3, 0.13, -80)
			d.limb(body, 0.05, 0.04, 0.22, 0.1, 0.12, 0.27, -0.06, 0.27)
			d.webbed(-0.08, 0.27, 0.11, 80)
			d.blob(body, -0.08, -0.06, 0.08, -0.2, 0.35, -0.2, 0.62, -0.04, 0.66, 0.12, 0.4, 0.2, 0.08, 0.13)
			d.disc(body, 0.12, -0.2, 0.1)
		})
		d.disc(light, 0.11, -0.21, 0.065)
		d.dot(0.1, -0.21, 0.032)
		d.bend(-0.06, 0.02, 0.06, 0.05, 0.2, -0.03)
	})
}

// frogAbove is one that sits, its head up.
func frogAbove(d *sketch) {
	w, h := d.in(0.2, 0.26), d.in(0.32, 0.38)
	d.turned(0, 0, d.either(0, 0, d.in(-60, 60), d.in(-180, 180)), 1, func() {
		d.fused(func() {
			d.both(0, func() {
				d.leg(body, 0.06, 0.04, w*0.7, h*0.5, w*1.9, h*0.15, w*2.1, h*0.35, w*1.3, h*0.95)
				d.webbed(w*1.35, h, 0.13, d.in(-40, 0))
				d.leg(body, 0.04, 0.035, w*0.8, -h*0.3, w*1.7, -h*0.25, w*1.8, -h*0.7)
				d.webbed(w*1.8, -h*0.72, 0.11, 180)
			})
			d.fan(body, true, 0, 0, -h, w*0.6, -h*0.85, w, -h*0.3, w*0.95, h*0.3, w*0.55, h*0.85, 0, h*0.9)
			d.both(0, func() { d.disc(body, w*0.68, -h*0.78, w*0.3) })
		})
		d.both(0, func() { d.dot(w*0.72, -h*0.82, w*0.15) })
		switch d.IntN(3) {
		case 0:
			d.both(0, func() { d.bend(w*0.4, -h*0.4, w*0.3, h*0.2, w*0.2, h*0.7) })
		case 1:
			for range 5 {
				d.oval(second, d.in(-w*0.6, w*0.6), d.in(-h*0.4, h*0.6), 0.035, 0.03, 0)
			}
		}
	})
}

func frogSwimming(d *sketch) {
	w, h := d.in(0.15, 0.2), d.in(0.28, 0.34)
	kick := d.in(0.7, 1)
	d.turned(0, 0, d.in(-90, 90), 1, func() {
		d.fused(func() {
			d.both(0, func() {
				d.leg(body, 0.055, 0.035, w*0.6, h*0.7, w*1.9, h*1.1, w*1.2, h*1.1+kick*0.3, w*1.9, h*1.1+kick*0.5)
				d.webbed(w*1.95, h*1.12+kick*0.52, 0.13, d.in(-40, 0))
				d.leg(body, 0.035, 0.03, w*0.7, -h*0.3, w*1.6, -h*0.1, w*1.9, -h*0.5)
				d.webbed(w*1.9, -h*0.55, 0.09, 160)
			})
			d.oval(body, 0, 0, w, h, 0)
			d.both(0, func() { d.disc(body, w*0.6, -h*0.75, w*0.3) })
		})
		d.both(0, func() { d.dot(w*0.62, -h*0.78, w*0.15) })
	})
}

func frogOnLeaf(d *sketch) {
	w := d.in(0.65, 0.85)
	d.area(second, 0.4-w, 0.36, 0.4-w*0.7, 0.28, 0.4+w*0.6, 0.28, 0.4+w, 0.36, 0.4+w*0.8, 0.47, 0.4-w*0.2, 0.5, 0.3, 0.4, 0.2, 0.5, 0.4-w*0.85, 0.45)
	if d.maybe(0.5) {
		d.frogSideBody()
	} else {
		d.turned(0.4, 0, 0, 0.9, func() { frogSitting(d) })
	}
	if d.maybe(0.4) {
		d.waves(0.4-w, 0.4+w, 0.5)
	}
}

func treeFrog(d *sketch) {
	d.limb(second, 0.06, 0.05, d.in(-0.1, 0.1), -0.75, 0, 0, d.in(-0.1, 0.1), 0.75)
	d.fused(func() {
		d.both(0, func() {
			d.limb(body, 0.045, 0.03, 0.12, -0.1, 0.32, -0.05, 0.2, -0.28, 0.08, -0.3)
			d.disc(body, 0.06, -0.3, 0.045)
			d.limb(body, 0.06, 0.035, 0.13, 0.25, 0.38, 0.2, 0.3, 0.42, 0.09, 0.45)
			d.disc(body, 0.07, 0.45, 0.05)
			for _, v := range []float64{-0.3, 0.45} {
				d.line(0.1, v, 0.18, v-0.06)
				d.line(0.1, v, 0.18, v+0.05)
			}
		})
		d.oval(body, 0, 0.1, 0.19, 0.28, 0)
	})
	d.frogHead(0, -0.24, d.in(0.23, 0.27), 0.15)
}

func frogInWater(d *sketch) {
	d.fused(func() {
		d.fan(body, true, 0, 0, -0.2, 0.3, -0.18, 0.46, 0, 0.5, 0.14, 0, 0.18)
		d.frogEyes(0, -0.2, d.in(0.2, 0.27), d.in(0.11, 0.15))
	})
	d.frogMouth(0, 0, 0.34, d.in(0.05, 0.1))
	d.waves(-0.75, 0.75, 0.13)
	if d.maybe(0.5) {
		d.line(-0.6, 0.3, -0.3, 0.3)
		d.line(0.2, 0.32, 0.6, 0.32)
	}
}

func frogUpright(d *sketch) {
	h := d.in(0.28, 0.4)
	d.fused(func() {
		d.both(0, func() {
			d.leg(body, 0.05, 0.04, 0.1, 0.15+h, d.in(0.14, 0.3), 0.3+h, 0.14, 0.45+h)
			d.webbed(0.17, 0.46+h, 0.13, -20)
			arm := d.in(-0.15, 0.35)
			d.leg(body, 0.04, 0.035, 0.13, 0.25, 0.26, 0.3, d.in(0.32, 0.42), arm)
			d.webbed(0.38, arm, 0.08, -120)
		})
		d.oval(body, 0, 0.15+h*0.5, d.in(0.17, 0.23), h*0.65, 0)
	})
	if d.maybe(0.6) {
		d.oval(second, 0, 0.17+h*0.55, 0.12, h*0.4, 0)
	}
	d.frogHead(0, 0, d.in(0.28, 0.36), d.in(0.19, 0.25))
}

func childsFrog(d *sketch) {
	rx, ry := d.in(0.3, 0.38), d.in(0.25, 0.33)
	d.both(0, func() {
		d.oval(body, rx*0.95, ry*0.55, rx*0.38, ry*0.45, -30)
		d.webbed(rx*0.95, ry*0.98, 0.15, -15)
	})
	d.oval(body, 0, 0, rx, ry, 0)
	r := d.in(0.1, 0.13)
	d.both(0, func() {
		d.disc(body, rx*0.5, -ry*1.02, r)
		d.disc(light, rx*0.5, -ry*1.02, r*0.7)
		d.dot(rx*0.5, -ry*1.02, r*0.35)
	})
	d.frogMouth(0, 0, rx*0.65, ry*0.4)
}

func frogTongue(d *sketch) {
	x, y := d.in(-0.5, -0.35), d.in(-0.35, -0.1)
	d.limb(accent, 0.03, 0.025, 0.06, -0.02, x*0.5, y*0.3, x, y)
	d.dot(x-0.02, y-0.02, 0.035)
	d.line(x-0.02, y-0.04, x-0.1, y-0.1)
	d.line(x-0.02, y-0.04, x+0.05, y-0.11)
	d.frogSideBody()
}

func frogAngled(d *sketch) {
	d.fused(func() {
		d.oval(body, 0.62, 0.18, 0.2, 0.16, -25)
		d.limb(body, 0.04, 0.035, 0.7, 0.28, 0.52, 0.36, 0.4, 0.37)
		d.oval(body, 0.42, 0.1, 0.32, 0.22, 20)
		d.limb(body, 0.045, 0.04, 0.3, 0.15, 0.34, 0.3, 0.24, 0.37)
		d.limb(body, 0.04, 0.035, 0.1, 0.12, 0.06, 0.28, -0.03, 0.36)
	})
	d.bend(0.5, 0.26, 0.52, 0.1, 0.68, 0.06)
	d.frogHead(0.12, -0.08, d.in(0.25, 0.3), 0.18)
}

func frogPrince(d *sketch) {
	w := d.in(0.18, 0.24)
	y := -d.in(0.24, 0.3)
	tall := d.in(0.15, 0.22)
	if d.maybe(0.5) {
		d.frogHead(0, 0, 0.45, d.in(0.28, 0.34))
	} else {
		d.turned(0, 0.1, 0, 0.95, func() { frogSitting(d) })
		y -= 0.05
	}
	d.area(accent, -w*0.8, y, -w, y-tall, -w*0.4, y-tall*0.45, 0, y-tall*1.1, w*0.4, y-tall*0.45, w, y-tall, w*0.8, y)
}

// frogLine is a head whose eyes are part of one line.
func frogLine(d *sketch) {
	w, h := 0.46, d.in(0.3, 0.38)
	bump, apart := d.in(0.12, 0.18), w*d.in(0.48, 0.6)
	d.fan(body, true, 0, 0, -h*0.5, apart*0.55, -h*0.6, apart*0.7, -h*0.6-bump, apart*1.15, -h*0.65-bump, apart*1.4, -h*0.55, w, 0, w*0.8, h*0.7, 0, h)
	d.both(0, func() { d.eye(apart*0.95, -h*0.6-bump*0.4, bump*0.4) })
	d.frogMouth(0, h*0.1, w*0.65, h*d.in(0.2, 0.5))
}
