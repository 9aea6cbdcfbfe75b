package doodles

var cats = []way{
	{"face", catFace},
	{"round face", catRoundFace},
	{"face in one line", catFaceLine},
	{"sitting", catSitting},
	{"sitting, from behind", catBehind},
	{"sitting, from the side", catSittingSide},
	{"standing", catStanding},
	{"walking, tail up", catWalking},
	{"lying", catLying},
	{"asleep", catAsleep},
	{"with an arched back", catArched},
	{"of lines", catStick},
	{"cartoon", catCartoon},
	{"looking over an edge", catPeeking},
	{"stretching", catStretching},
	{"long loaf", catLoaf},
}

// catEars draws two pointed ears on a head of radius rx, ry at x, y.
func (d *sketch) catEars(x, y, rx, ry float64) {
	tall, out := d.in(0.45, 0.8), d.in(0.72, 0.98)
	inner := d.maybe(0.45)
	d.both(x, func() {
		d.area(body, rx*0.22, y-ry*0.92, rx*out, y-ry*(0.9+tall), rx*0.94, y-ry*0.28)
		if inner {
			d.area(accent, rx*0.4, y-ry*0.9, rx*out*0.95, y-ry*(0.75+tall*0.8), rx*0.85, y-ry*0.55)
		}
	})
}

// catFeatures draws what is in a cat's face.
func (d *sketch) catFeatures(x, y, rx, ry float64) {
	r := rx * d.in(0.1, 0.17)
	apart := rx * d.in(0.38, 0.48)
	up := y - ry*d.in(0.1, 0.25)
	switch d.IntN(4) {
	case 0: // a cat's own eyes
		d.both(x, func() {
			d.oval(light, apart, up, r*1.3, r*1.1, 0)
			d.oval(dark, apart, up, r*0.35, r, 0)
		})
	case 1:
		d.both(x, func() {
			d.blob(light, apart-r*1.4, up+r*0.4, apart, up-r*0.8, apart+r*1.4, up-r*0.6, apart, up+r*0.8)
			d.dot(apart, up, r*0.5)
		})
	default:
		d.both(x, func() { d.eye(apart, up, r) })
	}
	n := rx * d.in(0.08, 0.14)
	nose := y + ry*d.in(0.1, 0.25)
	d.area(d.paint(accent, dark), x-n, nose-n*0.6, x+n, nose-n*0.6, x, nose+n*0.7)
	low := nose + n*0.7 + ry*0.12
	switch d.IntN(4) {
	case 0, 1:
		d.fine(x, nose+n*0.7, x, low)
		d.both(x, func() { d.bend(0, low, rx*0.13, low+ry*0.1, rx*0.28, low) })
	case 2:
		d.smile(x, low, rx*0.5, ry*0.12)
	case 3:
		d.both(x, func() { d.fine(0, nose+n, rx*0.2, low+ry*0.08) })
	}
	if d.maybe(0.92) {
		d.whiskers(x, nose+ry*0.08, rx*d.in(0.3, 0.5), rx*d.in(1, 1.4), ry*d.in(0.3, 0.55), d.some(2, 3))
	}
	if d.maybe(0.25) {
		for _, dx := range []float64{-0.15, 0, 0.15} {
			d.fine(x+dx*rx, y-ry*0.9, x+dx*rx, y-ry*0.62)
		}
	}
}

// catHead draws a whole head.
func (d *sketch) catHead(x, y, rx, ry float64) {
	d.fused(func() {
		d.catEars(x, y, rx, ry)
		d.oval(body, x, y, rx, ry, 0)
		d.catFeatures(x, y, rx, ry)
	})
}

func catFace(d *sketch) { d.catHead(0, 0, 0.45, d.in(0.34, 0.42)) }

func catRoundFace(d *sketch) {
	rx, ry := 0.5, d.in(0.34, 0.42)
	d.fused(func() {
		d.catEars(0, 0, rx*0.95, ry)
		d.fan(body, true, 0, 0, -ry*0.92, rx*0.6, -ry*0.9, rx, -ry*0.1, rx*0.95, ry*0.5, rx*0.5, ry*0.95, 0, ry)
		d.catFeatures(0, 0.02, rx*0.9, ry)
	})
	if d.maybe(0.3) {
		d.both(0, func() { d.oval(accent, rx*0.62, ry*0.4, 0.07, 0.04, 0) })
	}
}

// catFaceLine is a head whose ears are part of one line.
func catFaceLine(d *sketch) {
	w, h := 0.42, d.in(0.34, 0.42)
	tall := d.in(0.15, 0.3)
	if d.maybe(0.5) {
		d.fan(body, false, 0, 0, -h*0.8, w*0.4, -h*0.8, w*0.85, -h-tall, w, -h*0.3, w*0.98, h*0.3, w*0.6, h*0.85, w*0.2, h, 0, h)
	} else {
		d.fan(body, false, 0, 0, -h*0.75, w*0.35, -h*0.78, w*0.95, -h-tall, w*0.95, -h*0.2, w*0.8, h*0.4, 0, h*0.9)
	}
	d.catFeatures(0, 0, w*0.9, h)
}

func catSitting(d *sketch) {
	w, h := d.in(0.22, 0.3), d.in(0.42, 0.55)
	head := d.in(0.2, 0.26)
	side := d.either(-1, 1)
	d.limb(body, 0.045, 0.035, w*0.7*side, h-0.06, w*1.5*side, h-0.05, w*1.8*side, h*0.6, w*d.in(1.4, 2)*side, h*d.in(0.2, 0.4))
	d.fused(func() {
		d.fan(body, true, 0, 0, -0.1, w*0.55, 0, w*0.8, h*0.4, w*1.05, h*0.85, w*0.6, h, 0, h)
		if d.maybe(0.6) {
			d.both(0, func() { d.oval(body, w*0.35, h*0.97, w*0.3, 0.05, 0) })
		}
	})
	if d.maybe(0.6) {
		d.both(0, func() { d.bend(w*0.2, h*0.5, w*0.18, h*0.75, w*0.25, h*0.95) })
	}
	if d.maybe(0.4) {
		d.oval(second, 0, h*0.45, w*0.45, h*0.3, 0)
	}
	d.catHead(0, -head*0.75, head, head*0.82)
}

func catBehind(d *sketch) {
	w, h := d.in(0.22, 0.3), d.in(0.45, 0.6)
	head := d.in(0.15, 0.2)
	side := d.either(-1, 1)
	d.fused(func() {
		d.limb(body, 0.04, 0.03, w*0.5*side, h-0.06, w*1.5*side, h-0.03, w*2*side, h*0.7, w*d.in(1.5, 2.2)*side, h*d.in(0.3, 0.5))
		d.fan(body, true, 0, 0, -0.1, w*0.45, 0, w*0.85, h*0.4, w, h*0.8, w*0.6, h, 0, h)
		d.catEars(0, -head*0.7, head, head*0.85)
		d.oval(body, 0, -head*0.7, head, head*0.85, 0)
	})
	if d.maybe(0.5) {
		for i := range 3 {
			y := h * (0.2 + 0.2*float64(i))
			d.bend(-w*0.3, y, 0, y-0.03, w*0.3, y)
		}
	}
}

func catSittingSide(d *sketch) {
	tail := d.in(0.2, 0.5)
	d.fused(func() {
		d.limb(body, 0.04, 0.03, 0.55, 0.5, 0.8, 0.52, 0.95, 0.4, 0.9, 0.5-tail)
		d.blob(body, 0.18, -0.05, 0.3, -0.12, 0.42, 0.02, 0.6, 0.25, 0.68, 0.5, 0.5, 0.56, 0.3, 0.55, 0.22, 0.3)
		d.leg(body, 0.05, 0.045, 0.26, 0.15, 0.24, 0.35, 0.22, 0.55)
		d.oval(body, 0.5, 0.42, 0.15, 0.13, -20)
		d.turned(0.2, -0.2, 0, 1, func() {
			d.area(body, -0.13, -0.08, -0.1, -d.in(0.24, 0.3), 0, -0.12)
			d.area(body, 0, -0.12, 0.09, -d.in(0.24, 0.3), 0.13, -0.06)
			d.oval(body, 0, 0, 0.17, 0.14, 0)
			d.eye(-0.08, -0.03, 0.028)
			d.dot(-0.16, 0.02, 0.02)
			d.fine(-0.15, 0.05, -0.08, 0.06)
			d.line(-0.1, 0.04, -0.26, 0.01)
			d.line(-0.1, 0.05, -0.26, 0.08)
		})
	})
}

// catBeast returns a cat's trunk and legs.
func (d *sketch) catBeast() beast {
	return beast{length: d.in(0.55, 0.7), depth: d.in(0.12, 0.16), waist: d.in(0.1, 0.14), leg: d.in(0.28, 0.36), thick: d.in(0.03, 0.045), knee: d.in(0, 0.04)}
}

// catProfile draws a head that looks to the left or at the viewer.
func (d *sketch) catProfile(x, y, r float64) {
	if d.maybe(0.5) {
		d.catHead(x, y, r*1.1, r*0.95)
		return
	}
	d.area(body, x-r*0.75, y-r*0.5, x-r*0.6, y-r*1.6, x-r*0.05, y-r*0.8)
	d.area(body, x, y-r*0.8, x+r*0.55, y-r*1.6, x+r*0.8, y-r*0.4)
	d.oval(body, x, y, r*1.08, r*0.9, 0)
	d.eye(x-r*0.35, y-r*0.15, r*0.17)
	d.dot(x-r*0.98, y+r*0.12, r*0.12)
	d.line(x-r*0.5, y+r*0.25, x-r*1.5, y+r*0.1)
	d.line(x-r*0.5, y+r*0.35, x-r*1.5, y+r*0.5)
}

func catStanding(d *sketch) {
	b := d.catBeast()
	b.pose = pose(d.IntN(2))
	up := d.in(-0.4, 0.2)
	r := d.in(0.14, 0.18)
	b.draw(d, func(x, y float64) {
		d.catProfile(x-0.06, y-r*0.8, r)
	}, func(x, y float64) {
		d.limb(body, 0.035, 0.028, x, y, x+0.15, y-0.02, x+0.22, y+up*0.5, x+d.in(0.2, 0.38), y+up)
	})
	if d.maybe(0.3) {
		for i := range 3 {
			x := b.length * (0.35 + 0.18*float64(i))
			d.bend(x, -b.depth*0.9, x+0.02, -b.depth*0.4, x, -b.depth*0.1)
		}
	}
}

func catWalking(d *sketch) {
	b := d.catBeast()
	b.pose = walking
	h := d.in(0.3, 0.5)
	hook := d.in(-0.12, 0.12)
	r := d.in(0.13, 0.17)
	b.draw(d, func(x, y float64) {
		d.catProfile(x-0.1, y-r*0.7, r)
	}, func(x, y float64) {
		d.limb(body, 0.035, 0.028, x-0.02, y, x+0.08, y-h*0.5, x+0.05, y-h, x+0.05+hook, y-h-0.05)
	})
}

func catLying(d *sketch) {
	r := d.in(0.15, 0.19)
	d.fused(func() {
		d.limb(body, 0.04, 0.03, 0.85, 0.15, 1.1, 0.17, 1.2, d.in(-0.1, 0.15), 1.08, d.in(-0.15, 0.1))
		d.blob(body, 0.08, 0.05, 0.25, -0.12, 0.55, -0.12, 0.85, -0.08, 0.98, 0.1, 0.9, 0.2, 0.5, 0.21, 0.15, 0.2)
		d.limb(body, 0.045, 0.045, 0.2, 0.15, -0.08, 0.18)
		if d.maybe(0.6) {
			d.bend(0.7, 0.2, 0.68, 0.05, 0.85, 0.03, 0.93, 0.12)
		}
	})
	d.fused(func() { d.catProfile(0.12, -0.1, r) })
}

func catAsleep(d *sketch) {
	r := d.in(0.14, 0.18)
	d.fused(func() {
		d.oval(body, 0.45, 0, 0.45, d.in(0.24, 0.32), 0)
	})
	d.fused(func() {
		d.limb(body, 0.05, 0.04, 0.85, 0.12, 0.6, 0.26, 0.3, 0.27, d.in(0.1, 0.2), 0.24)
	})
	d.habit.eye = 5
	d.catHead(0.18, 0.06, r*1.15, r)
	if d.maybe(0.4) {
		d.line(0.5, -0.4, 0.58, -0.4, 0.5, -0.32, 0.58, -0.32)
		d.line(0.66, -0.52, 0.76, -0.52, 0.66, -0.42, 0.76, -0.42)
	}
}

func catArched(d *sketch) {
	h := d.in(0.32, 0.42)
	r := d.in(0.12, 0.15)
	d.fused(func() {
		d.limb(body, 0.04, 0.03, 0.75, -0.02, 0.9, -0.15, 0.86, -0.4, d.in(0.8, 1), -0.6)
		d.leg(body, 0.045, 0.03, 0.2, 0, 0.2, 0.2, 0.17, 0.36)
		d.leg(body, 0.045, 0.03, 0.28, 0, 0.3, 0.2, 0.28, 0.36)
		d.leg(body, 0.045, 0.03, 0.65, 0, 0.66, 0.2, 0.63, 0.36)
		d.leg(body, 0.045, 0.03, 0.72, 0, 0.76, 0.2, 0.74, 0.36)
		d.blob(body, 0.12, 0, 0.2, -0.18, 0.45, -h, 0.7, -0.22, 0.8, 0, 0.7, 0.1, 0.45, -0.05, 0.2, 0.1)
		d.catProfile(0.08, -0.1, r)
	})
	if d.maybe(0.4) {
		for i := range 4 {
			x := 0.3 + 0.1*float64(i)
			d.line(x, -h*0.9, x-0.01, -h-0.1)
		}
	}
}

func catStick(d *sketch) {
	r := d.in(0.13, 0.18)
	l := d.in(0.5, 0.65)
	d.line(0.1, 0, l, 0)
	for _, x := range []float64{0.15, 0.22, l - 0.08, l} {
		d.line(x, 0, x+d.in(-0.05, 0.05), 0.3)
	}
	d.curve(l, 0, l+0.12, -0.08, l+0.1, -0.2, l+d.in(0.1, 0.25), -0.3)
	d.habit.eye = 4
	d.catHead(0, -r*0.5, r, r*0.9)
}

func catCartoon(d *sketch) {
	rx := d.in(0.32, 0.4)
	d.limb(body, 0.04, 0.03, 0.12, 0.55, 0.32, 0.52, 0.38, 0.35, d.in(0.35, 0.5), d.in(0.2, 0.3))
	d.fused(func() {
		d.both(0, func() { d.leg(body, 0.05, 0.055, 0.09, 0.45, 0.1, d.in(0.62, 0.7)) })
		d.fan(body, true, 0, 0.02, 0.1, 0.13, 0.2, 0.18, 0.5, 0.1, 0.58, 0, 0.6)
		d.both(0, func() { d.leg(body, 0.04, 0.045, 0.12, 0.3, d.in(0.16, 0.28), d.in(0.2, 0.45)) })
	})
	d.catHead(0, 0, rx, rx*0.82)
}

func catPeeking(d *sketch) {
	rx, ry := 0.4, d.in(0.3, 0.36)
	d.fused(func() {
		d.catEars(0, 0, rx, ry)
		d.fan(body, true, 0, 0, -ry, rx*0.7, -ry*0.75, rx, 0, rx*0.95, 0.12, 0, 0.14)
	})
	d.both(0, func() { d.eye(rx*0.42, -ry*0.15, 0.055) })
	d.area(accent, -0.04, 0.02, 0.04, 0.02, 0, 0.07)
	d.whiskers(0, 0.05, rx*0.4, rx*1.35, 0.13, 3)
	d.box(second, -0.65, 0.12, 0.65, d.in(0.2, 0.4))
	d.both(0, func() { d.oval(body, 0.3, 0.13, 0.09, 0.06, 0) })
}

func catStretching(d *sketch) {
	d.fused(func() {
		d.limb(body, 0.04, 0.03, 0.78, -0.2, 0.9, -0.4, 0.85, -0.6, d.in(0.85, 1), -0.68)
		d.leg(body, 0.06, 0.035, 0.7, -0.1, 0.78, 0.1, 0.74, 0.3)
		d.leg(body, 0.06, 0.035, 0.76, -0.1, 0.85, 0.1, 0.83, 0.3)
		d.blob(body, 0.12, 0.12, 0.3, 0, 0.55, -0.12, 0.75, -0.25, 0.85, -0.12, 0.75, 0.04, 0.5, 0.12, 0.25, 0.24)
		d.limb(body, 0.045, 0.035, 0.25, 0.15, 0.05, 0.28, -0.1, 0.29)
		d.catProfile(0.1, 0.05, d.in(0.13, 0.16))
	})
}

// catLoaf is one with its paws under it.
func catLoaf(d *sketch) {
	w := d.in(0.5, 0.75)
	d.fused(func() {
		d.limb(body, 0.04, 0.04, w, 0.22, w+0.1, 0.24, w+0.15, d.in(0, 0.2))
		d.blob(body, -0.12, 0.15, -0.1, -0.08, 0.2, -0.13, w*0.75, -0.1, w+0.05, 0.1, w, 0.27, 0, 0.28)
	})
	d.catHead(0, -0.08, d.in(0.2, 0.24), 0.18)
}
