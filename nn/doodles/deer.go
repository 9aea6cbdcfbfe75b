package doodles

var deer = []way{
	{"stag", stag},
	{"head from the front", deerHead},
	{"fawn", fawn},
	{"leaping", deerLeaping},
	{"grazing", deerGrazing},
	{"head from the side", deerProfile},
	{"reindeer's face", reindeer},
	{"of lines", deerStick},
	{"lying", deerLying},
	{"from the front", deerFront},
	{"great antlers", royalStag},
	{"cartoon", deerCartoon},
	{"moose", moose},
	{"running", deerRunning},
	{"head and neck, from the front", deerBust},
	{"a child's", childsDeer},
}

// antlers draws two from the middle of a head at x, y upwards, seen from the front.
func (d *sketch) antlers(x, y, size float64) {
	from := size * d.in(0.12, 0.25)
	width, tines := size*d.in(0.5, 0.85), d.some(2, 4)
	thick := size * d.in(0.03, 0.06)
	kind := d.IntN(3)
	draw := func(r float64, xy ...float64) {
		if kind == 0 {
			d.curve(xy...)
			return
		}
		d.limb(accent, r, r*0.6, xy...)
	}
	d.both(x, func() {
		if kind == 2 && d.maybe(0.5) { // a fork with straight branches
			draw(thick, from, y, width*0.6, y-size*0.5, width*0.8, y-size)
			draw(thick, width*0.45, y-size*0.35, width, y-size*0.5)
			draw(thick, width*0.68, y-size*0.65, width*0.45, y-size*0.95)
			return
		}
		// A beam that bows outwards, with tines that point up from it, outwards and inwards in turn.
		bow := d.in(0.9, 1.25)
		draw(thick, from, y, width*0.6*bow, y-size*0.3, width*bow, y-size*0.65, width*d.in(0.75, 1.1), y-size)
		for i := range tines {
			t := (float64(i) + 0.8) / (float64(tines) + 0.8)
			bx, by := from+(width*bow-from)*min(t*1.25, 1), y-size*t*0.85
			out := 1.0
			if i%2 == 1 {
				out = -0.8
			}
			draw(thick*0.8, bx, by, bx+out*size*0.22, by-size*0.2)
		}
	})
}

// antlersSide draws them on a head that looks to the left.
func (d *sketch) antlersSide(x, y, size float64) {
	thin := d.maybe(0.5)
	thick := size * d.in(0.03, 0.055)
	draw := func(r float64, xy ...float64) {
		if thin {
			d.curve(xy...)
			return
		}
		d.limb(accent, r, r*0.6, xy...)
	}
	beam := func(lean float64) {
		draw(thick, x, y, x+size*(0.25+lean), y-size*0.35, x+size*(0.35+lean), y-size*0.7, x+size*(0.2+lean), y-size)
		draw(thick*0.8, x+size*(0.1+lean*0.4), y-size*0.18, x-size*0.15, y-size*0.4)
		draw(thick*0.8, x+size*(0.28+lean), y-size*0.42, x+size*(lean), y-size*0.72)
		if d.maybe(0.6) {
			draw(thick*0.8, x+size*(0.33+lean), y-size*0.58, x+size*(0.62+lean), y-size*0.8)
		}
	}
	if d.maybe(0.7) {
		beam(-0.45)
	}
	beam(d.in(0, 0.2))
}

// deerNeck draws a head from the side on a neck; x, y is where the neck is joined on.
func (d *sketch) deerNeck(x, y, up, forward float64) (hx, hy float64) {
	hx, hy = x-forward, y-up
	d.limb(body, 0.075, 0.05, x+0.06, y+0.08, x-forward*0.4, y-up*0.45, hx+0.02, hy)
	return hx, hy
}

// deerFaceSide draws the head itself.
func (d *sketch) deerFaceSide(x, y, s float64) {
	d.blob(body, x+s*0.5, y-s*0.35, x+s*0.1, y-s*0.5, x-s*0.5, y-s*0.1, x-s*1.15, y+s*0.25, x-s*1.1, y+s*0.5, x-s*0.3, y+s*0.5, x+s*0.4, y+s*0.35)
	d.oval(d.paint(body, second), x+s*0.75, y-s*0.55, s*0.5, s*0.2, -30)
	d.dot(x-s*1.12, y+s*0.3, s*0.14)
	d.eye(x-s*0.1, y-s*0.08, s*0.16)
}

func (d *sketch) deerBeast() beast {
	return beast{length: d.in(0.5, 0.62), depth: d.in(0.115, 0.15), waist: d.in(0.1, 0.13), leg: d.in(0.42, 0.55), thick: d.in(0.022, 0.032), knee: d.in(0.01, 0.04), hoof: d.paint(body, dark)}
}

// scut draws a deer's short tail.
func (d *sketch) scut(x, y float64) {
	d.oval(d.paint(light, body), x+0.05, y-0.01, 0.06, 0.03, d.in(-50, 40))
}

// spots draws n spots on a trunk.
func (d *sketch) spots(n int, x0, x1, y0, y1 float64) {
	for range n {
		d.disc(light, d.in(x0, x1), d.in(y0, y1), 0.016)
	}
}

func stag(d *sketch) {
	b := d.deerBeast()
	b.pose = pose(d.IntN(2))
	up, forward := d.in(0.26, 0.38), d.in(0.08, 0.2)
	size := d.in(0.28, 0.42)
	b.draw(d, func(x, y float64) {
		hx, hy := d.deerNeck(x, y, up, forward)
		d.antlersSide(hx+0.03, hy-0.04, size)
		d.deerFaceSide(hx, hy, d.in(0.1, 0.13))
	}, d.scut)
}

func royalStag(d *sketch) {
	b := d.deerBeast()
	b.leg = d.in(0.34, 0.42)
	b.draw(d, func(x, y float64) {
		hx, hy := d.deerNeck(x, y, d.in(0.25, 0.32), 0.1)
		d.antlers(hx+0.02, hy-0.04, d.in(0.4, 0.55))
		d.deerFaceSide(hx, hy, 0.1)
	}, d.scut)
}

func fawn(d *sketch) {
	b := d.deerBeast()
	b.length = d.in(0.42, 0.52)
	b.draw(d, func(x, y float64) {
		hx, hy := d.deerNeck(x, y, d.in(0.2, 0.3), d.in(0.08, 0.15))
		d.oval(body, hx-0.02, hy-0.14, 0.035, 0.1, -20)
		if d.maybe(0.5) {
			d.antlersSide(hx, hy-0.05, 0.14)
		}
		d.deerFaceSide(hx, hy, d.in(0.12, 0.15))
	}, d.scut)
	d.spots(d.some(5, 9), b.length*0.3, b.length*0.9, -b.depth*0.8, 0)
}

func deerLeaping(d *sketch) {
	d.turned(0, 0, d.in(5, 25), 1, func() {
		b := d.deerBeast()
		b.pose = running
		b.leg *= 0.9
		b.draw(d, func(x, y float64) {
			hx, hy := d.deerNeck(x, y, d.in(0.22, 0.32), d.in(0.15, 0.25))
			d.antlersSide(hx+0.04, hy-0.03, d.in(0.25, 0.35))
			d.deerFaceSide(hx, hy, 0.11)
		}, d.scut)
	})
}

func deerRunning(d *sketch) {
	b := d.deerBeast()
	b.pose = running
	b.draw(d, func(x, y float64) {
		hx, hy := d.deerNeck(x, y, d.in(0.15, 0.25), d.in(0.2, 0.3))
		d.antlersSide(hx+0.06, hy-0.03, d.in(0.25, 0.36))
		d.deerFaceSide(hx, hy, 0.11)
	}, d.scut)
}

func deerGrazing(d *sketch) {
	b := d.deerBeast()
	b.pose = pose(d.IntN(2))
	drop := b.leg * d.in(0.6, 0.8)
	b.draw(d, func(x, y float64) {
		d.limb(body, 0.075, 0.05, x+0.05, y+0.05, x-0.2, y+drop*0.4, x-0.32, y+drop)
		d.turned(x-0.34, y+drop, -35, 1, func() {
			d.antlersSide(0.05, -0.02, d.in(0.24, 0.34))
			d.deerFaceSide(0, 0, 0.11)
		})
	}, d.scut)
}

// deerMask is a deer's face from the front, with ears.
func (d *sketch) deerMask(w, h float64) {
	ear := d.in(0.8, 1.1)
	d.both(0, func() {
		d.turned(w*0.75, -h*0.55, d.in(-35, -5), ear, func() {
			d.blob(body, 0, 0, w*0.5, -h*0.18, w, -h*0.05, w*0.5, h*0.16)
			if d.maybe(0.5) {
				d.oval(second, w*0.48, -h*0.02, w*0.25, h*0.07, 0)
			}
		})
	})
	d.fan(body, true, 0, 0, -h*0.85, w*0.6, -h*0.75, w*0.85, -h*0.3, w*0.45, h*0.35, w*0.4, h*0.75, 0, h)
	if d.maybe(0.5) {
		d.fan(second, true, 0, 0, h*0.25, w*0.35, h*0.5, w*0.35, h*0.8, 0, h*0.97)
	}
	d.both(0, func() { d.eye(w*0.48, -h*0.15, w*0.14) })
	d.oval(dark, 0, h*0.68, w*0.2, h*0.12, 0)
	if d.maybe(0.4) {
		d.fine(0, h*0.8, 0, h*0.9)
	}
}

func deerHead(d *sketch) {
	d.fused(func() {
		d.antlers(0, -0.2, d.in(0.38, 0.55))
		d.deerMask(d.in(0.2, 0.26), d.in(0.32, 0.4))
	})
}

func deerBust(d *sketch) {
	d.fused(func() {
		d.fan(body, true, 0, 0.08, 0, 0.12, 0.3, 0.22, 0.55, 0, d.in(0.6, 0.75))
		d.antlers(0, -0.2, d.in(0.4, 0.5))
		d.deerMask(0.2, 0.32)
	})
}

func reindeer(d *sketch) {
	r := d.in(0.26, 0.32)
	d.fused(func() {
		d.antlers(0, -r*0.85, d.in(0.3, 0.42))
		d.both(0, func() { d.oval(body, r*1.05, -r*0.55, r*0.4, r*0.18, d.in(-35, 5)) })
		d.oval(body, 0, 0, r*0.88, r*1.1, 0)
	})
	if d.maybe(0.5) {
		d.oval(second, 0, r*0.65, r*0.65, r*0.5, 0)
	}
	d.both(0, func() { d.eye(r*0.36, -r*0.2, r*0.15) })
	d.disc(d.paint(accent, dark), 0, r*0.42, r*d.in(0.17, 0.3))
	d.smile(0, r*0.8, r*0.5, 0.04)
}

func deerProfile(d *sketch) {
	d.fused(func() {
		d.antlersSide(0.12, -0.2, d.in(0.42, 0.6))
		d.blob(body, 0.02, 0, 0.2, -0.05, 0.32, 0.25, 0.5, 0.55, 0.12, 0.62, 0.02, 0.3)
		d.blob(body, 0.28, -0.18, 0.08, -0.24, -0.1, -0.08, -0.36, 0.08, -0.36, 0.2, -0.2, 0.2, 0, 0.15, 0.2, 0.08)
		d.blob(d.paint(body, second), 0.2, -0.15, 0.3, -0.3, 0.45, -0.34, 0.36, -0.18)
	})
	d.dot(-0.35, 0.1, 0.035)
	d.eye(0.02, -0.08, 0.04)
	if d.maybe(0.6) {
		d.fine(-0.34, 0.17, -0.18, 0.14)
	}
}

func deerStick(d *sketch) {
	l := d.in(0.45, 0.6)
	d.line(0, 0, l, 0)
	for _, x := range []float64{0, 0.07, l - 0.07, l} {
		d.line(x, 0, x+d.in(-0.05, 0.05), d.in(0.36, 0.45))
	}
	hx, hy := -d.in(0.05, 0.15), -d.in(0.25, 0.35)
	d.line(0, 0, hx, hy)
	d.line(l, 0, l+0.07, -0.06)
	if d.maybe(0.5) {
		d.oval(body, hx-0.05, hy, 0.1, 0.06, -15)
		d.dot(hx-0.06, hy-0.01, 0.015)
	} else {
		d.line(hx, hy, hx-0.16, hy+0.06)
	}
	d.antlers(hx, hy-0.05, d.in(0.28, 0.4))
}

func deerLying(d *sketch) {
	d.fused(func() {
		d.blob(body, 0.02, 0.02, 0.2, -0.12, 0.5, -0.12, 0.75, -0.05, 0.85, 0.12, 0.7, 0.2, 0.15, 0.2)
		d.leg(body, 0.035, 0.025, 0.15, 0.17, -0.1, 0.2, 0.05, 0.22)
		d.leg(body, 0.035, 0.025, 0.75, 0.17, 0.5, 0.21, 0.42, 0.21)
		hx, hy := d.deerNeck(0.08, -0.02, d.in(0.26, 0.36), d.in(0.05, 0.12))
		d.antlersSide(hx+0.03, hy-0.04, d.in(0.25, 0.4))
		d.deerFaceSide(hx, hy, 0.12)
		d.scut(0.83, 0.05)
	})
	if d.maybe(0.4) {
		d.spots(6, 0.3, 0.7, -0.08, 0.03)
	}
}

func deerFront(d *sketch) {
	d.fused(func() {
		d.both(0, func() {
			d.leg(body, 0.035, 0.025, 0.13, 0.4, 0.15, 0.6, 0.14, 0.75)
			d.leg(body, 0.035, 0.025, 0.06, 0.45, 0.07, 0.65, 0.06, 0.85)
		})
		d.oval(body, 0, 0.38, 0.19, 0.22, 0)
		d.fan(body, true, 0, 0.07, 0, 0.12, 0.35, 0, 0.42)
		d.turned(0, -0.08, 0, 0.75, func() {
			d.antlers(0, -0.2, d.in(0.4, 0.6))
			d.deerMask(0.2, 0.3)
		})
	})
}

func deerCartoon(d *sketch) {
	r := d.in(0.2, 0.26)
	d.fused(func() {
		for _, x := range []float64{0.12, 0.22, 0.42, 0.52} {
			d.leg(body, 0.035, 0.035, x, 0.4, x, d.in(0.58, 0.64))
		}
		d.scut(0.58, 0.25)
		d.oval(body, 0.32, 0.3, 0.28, 0.17, 0)
	})
	d.fused(func() {
		d.antlers(0.05, -r*0.8, d.in(0.26, 0.38))
		d.turned(0.05, 0, 0, 1, func() {
			d.both(0, func() { d.oval(body, r*1.1, -r*0.5, r*0.45, r*0.2, -20) })
			d.oval(body, 0, 0, r, r*0.95, 0)
			d.both(0, func() { d.eye(r*0.4, -r*0.1, r*0.16) })
			d.oval(d.paint(dark, accent), 0, r*0.4, r*0.2, r*0.14, 0)
			d.smile(0, r*0.62, r*0.4, 0.03)
		})
	})
	if d.maybe(0.5) {
		d.spots(6, 0.3, 0.52, 0.18, 0.3)
	}
}

// palm draws one half of a moose's antlers, to the right.
func (d *sketch) palm(size float64) {
	d.area(accent, 0.03, 0, size*0.4, -size*0.1, size*0.5, -size*0.5, size*0.62, -size*0.3, size*0.75, -size*0.6, size*0.85, -size*0.35, size, -size*0.6, size*1.02, -size*0.15, size*0.8, size*0.15, size*0.4, size*0.12)
}

func moose(d *sketch) {
	size := d.in(0.32, 0.42)
	if d.maybe(0.5) { // its face
		d.fused(func() {
			d.turned(0, -0.22, 0, 1, func() { d.both(0, func() { d.palm(size * 1.1) }) })
			d.deerMask(0.2, 0.36)
		})
		return
	}
	b := d.deerBeast()
	b.depth, b.leg = d.in(0.15, 0.19), d.in(0.36, 0.45)
	b.draw(d, func(x, y float64) {
		hx, hy := d.deerNeck(x, y, d.in(0.15, 0.22), 0.15)
		d.turned(hx+0.02, hy-0.05, 0, 1, func() { d.both(0, func() { d.palm(size * 0.8) }) })
		d.deerFaceSide(hx, hy, 0.13)
	}, d.scut)
}

func childsDeer(d *sketch) {
	d.oval(body, 0.4, 0, 0.33, d.in(0.13, 0.18), 0)
	for _, x := range []float64{0.15, 0.26, 0.54, 0.65} {
		d.leg(body, 0.025, 0.025, x, 0.12, x+d.in(-0.02, 0.02), d.in(0.42, 0.5))
	}
	r := d.in(0.1, 0.14)
	hx, hy := d.in(-0.02, 0.06), d.in(-0.36, -0.26)
	d.limb(body, 0.05, 0.05, 0.15, -0.06, hx+0.03, hy)
	d.antlers(hx, hy-r*0.7, d.in(0.28, 0.4))
	d.oval(body, hx, hy, r*1.15, r, 0)
	d.eye(hx-0.02, hy-0.02, 0.025)
	d.dot(hx-r, hy+0.02, 0.025)
	d.scut(0.72, -0.04)
}
