package doodles

var horses = []way{
	{"standing", horseStanding},
	{"galloping", horseGalloping},
	{"head from the side", horseHead},
	{"head from the front", horseFace},
	{"rearing", horseRearing},
	{"a child's", childsHorse},
	{"rocking horse", rockingHorse},
	{"grazing", horseGrazing},
	{"with a rider", horseRidden},
	{"knight of chess", knight},
	{"pony", pony},
	{"trotting", horseTrotting},
	{"of lines", horseStick},
	{"with a saddle", horseSaddled},
	{"hobby-horse", hobbyHorse},
	{"cartoon", horseCartoon},
}

func (d *sketch) horseBeast() beast {
	return beast{length: d.in(0.58, 0.7), depth: d.in(0.14, 0.18), waist: d.in(0.13, 0.17), leg: d.in(0.46, 0.58), thick: d.in(0.03, 0.042), knee: d.in(0.01, 0.04), hoof: d.paint(dark, dark, body)}
}

// horseNeck draws a neck from the shoulders at x, y to a head, with a mane.
func (d *sketch) horseNeck(x, y, up, forward, size float64) {
	hx, hy := x-forward, y-up
	mane := d.paint(dark, second, accent)
	kind := d.IntN(3)
	d.area(body, x+0.17, y-0.02, x+0.02, y+0.16, x-0.07, y+0.06, hx-size*0.3, hy+size*0.6, hx+size*0.5, hy-size*0.3)
	d.limb(body, 0.09, size*0.55, x+0.06, y+0.05, x-forward*0.45+0.04, y-up*0.5, hx+size*0.25, hy+size*0.1)
	d.turned(hx, hy, d.in(-25, 10), 1, func() {
		d.area(body, size*0.35, -size*0.35, size*0.45, -size*1.05, size*0.05, -size*0.45)
		d.blob(body, size*0.55, -size*0.2, size*0.1, -size*0.55, -size*0.6, size*0.1, -size*1.25, size*0.75, -size*1.2, size*1.15, -size*0.85, size*1.2, -size*0.2, size*0.75, size*0.4, size*0.55)
		d.eye(-size*0.08, -size*0.05, size*0.13)
		d.dot(-size*1.1, size*0.8, size*0.09)
		if d.maybe(0.5) {
			d.fine(-size*1.15, size*1.05, -size*0.8, size*0.95)
		}
	})
	switch kind {
	case 0:
		d.blob(mane, hx+size*0.35, hy-size*0.75, hx+size*0.9, hy-size*0.1, x+0.1, y-up*0.45, x+0.24, y, x+0.1, y+0.02, x, y-up*0.4, hx+size*0.4, hy+size*0.1)
	case 1:
		for i := range 5 {
			t := float64(i) / 4
			mx, my := hx+size*0.5+(x+0.15-hx-size*0.5)*t, hy-size*0.4+(y-hy+size*0.3)*t
			d.line(mx, my, mx+0.08, my+d.in(-0.02, 0.06))
		}
	case 2:
		d.area(mane, hx+size*0.3, hy-size*0.7, hx+size*0.95, hy-size*0.4, hx+size*0.8, hy+size*0.2, x+0.14, y-up*0.5, x+0.12, y-up*0.25, x+0.25, y-0.02, x+0.1, y-up*0.1, hx+size*0.35, hy)
	}
}

// horseTail draws a long one, of hair.
func (d *sketch) horseTail(x, y float64) {
	hair := d.paint(dark, second, accent)
	out, down := d.in(0.06, 0.2), d.in(0.22, 0.42)
	switch d.IntN(3) {
	case 0:
		d.blob(hair, x, y-0.03, x+out, y, x+out+0.06, y+down*0.6, x+out, y+down, x+out*0.6, y+down*0.6, x, y+0.05)
	case 1:
		d.limb(hair, 0.025, 0.045, x, y, x+out, y+0.02, x+out+0.03, y+down*0.6, x+out, y+down)
	case 2:
		d.curve(x, y, x+out, y+0.03, x+out+0.03, y+down*0.6, x+out*0.8, y+down)
		d.curve(x, y, x+out*0.8, y+0.06, x+out*0.7, y+down*0.6, x+out*0.5, y+down*0.9)
	}
}

func horseStanding(d *sketch) {
	b := d.horseBeast()
	b.pose = pose(d.IntN(2))
	b.draw(d, func(x, y float64) { d.horseNeck(x, y, d.in(0.24, 0.36), d.in(0.12, 0.22), d.in(0.13, 0.17)) }, d.horseTail)
}

func horseGalloping(d *sketch) {
	b := d.horseBeast()
	b.pose = running
	d.turned(0, 0, d.in(-6, 10), 1, func() {
		b.draw(d, func(x, y float64) { d.horseNeck(x, y, d.in(0.22, 0.32), d.in(0.2, 0.3), d.in(0.15, 0.18)) }, func(x, y float64) {
			d.limb(d.paint(dark, second), 0.03, 0.05, x, y, x+0.12, y-0.03, x+d.in(0.25, 0.4), y+d.in(-0.1, 0.1))
		})
	})
}

func horseTrotting(d *sketch) {
	b := d.horseBeast()
	d.fused(func() {
		l := b.length
		b.foot(d, 0.12, 0.05, 0, 0.02)
		b.foot(d, l*0.92, 0.12, 0.02, 0.02)
		d.leg(body, b.thick*1.3, b.thick*0.9, 0.06, 0.05, -0.14, 0.2, d.in(-0.12, 0), 0.38)
		d.horseTail(l, -0.05)
		d.oval(body, l/2, 0, l*0.6, b.depth, 0)
		d.leg(body, b.thick*1.3, b.thick*0.9, l*0.85, 0.05, l*0.8, 0.24, l*0.92, 0.28, l*0.88, 0.42)
		d.horseNeck(0.03, -0.06, d.in(0.28, 0.36), 0.12, 0.15)
	})
}

func horseGrazing(d *sketch) {
	b := d.horseBeast()
	drop := b.leg * d.in(0.65, 0.85)
	mane := d.paint(dark, second)
	b.draw(d, func(x, y float64) {
		hx := x - d.in(0.3, 0.4)
		d.limb(body, 0.11, 0.055, x+0.06, y+0.06, x-0.16, y+drop*0.25, hx, y+drop-0.16)
		d.turned(hx-0.01, y+drop-0.16, d.in(-30, -5), d.in(1.7, 2), func() {
			d.area(body, 0.05, -0.04, 0.08, -0.13, 0.01, -0.07)
			d.blob(body, 0.07, -0.03, -0.01, -0.06, -0.14, 0.07, -0.14, 0.13, -0.08, 0.13, 0.05, 0.05)
			d.eye(-0.02, -0.01, 0.018)
		})
		d.blob(mane, x+0.1, y-0.06, x-0.02, y+0.02, hx+0.12, y+drop*0.45, hx+0.06, y+drop*0.68, hx+0.02, y+drop*0.5, x-0.1, y)
	}, d.horseTail)
}

func horseRearing(d *sketch) {
	d.turned(0, 0, d.in(35, 55), 1, func() {
		b := d.horseBeast()
		l := b.length
		d.fused(func() {
			d.horseTail(l*1.05, 0)
			d.turned(l*0.92, 0.05, -42, 1, func() {
				d.leg(body, 0.06, 0.03, 0, 0, 0.05, 0.22, 0, 0.45)
				d.leg(body, 0.06, 0.03, 0.08, -0.03, 0.16, 0.2, 0.14, 0.42)
			})
			d.leg(body, 0.045, 0.03, 0.08, 0.05, -0.12, 0.14, -0.08, 0.3)
			d.leg(body, 0.045, 0.03, 0.14, 0.08, -0.02, 0.25, 0.05, 0.38)
			d.oval(body, l/2, 0, l*0.58, b.depth, 0)
			d.horseNeck(0.04, -0.05, d.in(0.18, 0.25), d.in(0.2, 0.26), 0.14)
		})
	})
}

func horseHead(d *sketch) {
	mane := d.paint(dark, second, accent)
	long := d.in(0.42, 0.55)
	kind := d.IntN(2)
	d.fused(func() {
		d.blob(body, 0.28, -0.2, 0.5, 0, 0.66, 0.4, 0.72, 0.68, 0.2, 0.68, 0.22, 0.4, 0.12, 0.14)
		d.area(body, 0.18, -0.28, 0.22, -0.52, 0.33, -0.26)
		d.blob(body, 0.35, -0.18, 0.2, -0.32, 0.08, -0.26, -0.1, 0, -long*0.7, 0.25, -long*0.75, 0.4, -long*0.5, 0.46, -0.12, 0.3, 0.1, 0.26, 0.3, 0.12)
	})
	if kind == 0 {
		d.blob(mane, 0.24, -0.4, 0.42, -0.28, 0.62, 0.05, 0.78, 0.5, 0.62, 0.42, 0.5, 0.15, 0.36, -0.1)
	} else {
		d.area(mane, 0.26, -0.42, 0.5, -0.3, 0.46, -0.18, 0.64, -0.02, 0.58, 0.06, 0.76, 0.24, 0.66, 0.28, 0.8, 0.5, 0.6, 0.42, 0.36, -0.1)
	}
	if d.maybe(0.5) {
		d.blob(mane, 0.2, -0.4, 0.1, -0.3, 0.06, -0.12, 0.14, -0.22)
	}
	d.eye(0.08, -0.1, 0.04)
	d.dot(-long*0.66, 0.28, 0.025)
	if d.maybe(0.6) {
		d.bend(-long*0.66, 0.4, -long*0.5, 0.36, -long*0.36, 0.37)
	}
	if d.maybe(0.35) { // a bridle
		d.fine(-0.18, 0.06, -0.08, 0.3)
		d.fine(-0.08, 0.24, 0.28, -0.1)
	}
}

func horseFace(d *sketch) {
	w, h := d.in(0.2, 0.25), d.in(0.45, 0.55)
	d.fused(func() {
		d.both(0, func() { d.blob(body, w*0.3, -h*0.85, w*0.65, -h*1.3, w*0.95, -h*1.15, w*0.85, -h*0.75) })
		d.fan(body, true, 0, 0, -h*0.9, w*0.75, -h*0.8, w, -h*0.35, w*0.65, h*0.3, w*0.78, h*0.75, w*0.45, h, 0, h*1.02)
	})
	if d.maybe(0.6) {
		d.fan(d.paint(light, second), true, 0, 0.01, -h*0.6, w*0.3, -h*0.45, w*0.15, h*0.2, 0, h*0.35)
	}
	if d.maybe(0.6) {
		d.oval(second, 0, h*0.72, w*0.7, h*0.28, 0)
	}
	d.area(d.paint(dark, second, accent), -w*0.3, -h*0.95, w*0.35, -h*0.95, w*0.2, -h*0.5, 0, -h*0.62, -w*0.2, -h*0.45)
	d.both(0, func() {
		d.eye(w*0.68, -h*0.28, 0.045)
		d.oval(dark, w*0.32, h*0.68, 0.03, 0.045, 20)
	})
	if d.maybe(0.6) {
		d.smile(0, h*0.84, w*0.7, 0.03)
	}
}

func childsHorse(d *sketch) {
	l, h := d.in(0.6, 0.75), d.in(0.2, 0.28)
	if d.maybe(0.5) {
		d.box(body, 0, 0, l, h)
	} else {
		d.oval(body, l/2, h/2, l*0.55, h*0.65, 0)
	}
	for _, x := range []float64{0.05, 0.17, l - 0.17, l - 0.05} {
		d.leg(body, 0.028, 0.028, x, h, x+d.in(-0.02, 0.02), h+d.in(0.28, 0.36))
	}
	up := d.in(0.26, 0.36)
	d.area(body, 0, 0.05, -0.1, -up, 0.03, -up-0.04, 0.16, 0.03)
	d.soft(body, -0.3, -up-0.06, 0.05, -up+0.08, 0.05)
	d.area(body, 0, -up-0.05, 0.03, -up-0.15, 0.06, -up-0.04)
	d.eye(-0.08, -up-0.01, 0.022)
	d.dot(-0.26, -up, 0.014)
	mane := d.paint(dark, second, accent)
	for i := range d.some(3, 5) {
		t := float64(i) / 4
		d.area(mane, 0.05+0.1*t, -up+up*t*0.9, 0.17+0.08*t, -up+up*t*0.9+0.02, 0.06+0.1*t, -up+up*t*0.9+0.07)
	}
	d.horseTail(l, h*0.2)
}

// horseBody returns one that stands, for what is put on it.
func (d *sketch) horseBody(hoof role) beast {
	b := d.horseBeast()
	b.hoof = hoof
	b.draw(d, func(x, y float64) { d.horseNeck(x, y, d.in(0.26, 0.34), d.in(0.12, 0.18), 0.15) }, d.horseTail)
	return b
}

func rockingHorse(d *sketch) {
	y := 0.5
	d.limb(second, 0.03, 0.03, -0.25, y-0.06, 0.1, y+0.07, 0.5, y+0.07, d.in(0.85, 0.95), y-0.08)
	d.habit.sticks = false
	b := beast{length: 0.6, depth: 0.15, waist: 0.14, leg: 0.52, thick: 0.035}
	b.draw(d, func(x, y float64) { d.horseNeck(x, y, 0.3, 0.14, 0.15) }, d.horseTail)
	d.oval(accent, 0.3, -b.depth*0.8, 0.14, 0.06, 0)
}

func horseSaddled(d *sketch) {
	b := d.horseBody(dark)
	x := b.length * 0.45
	d.blob(accent, x-0.13, -b.depth-0.04, x, -b.depth+0.02, x+0.14, -b.depth-0.06, x+0.12, -b.depth+0.08, x+0.05, 0, x-0.08, -b.depth+0.08)
	d.fine(x, -b.depth+0.05, x, b.depth*0.9)
}

func horseRidden(d *sketch) {
	b := d.horseBody(dark)
	x, y := b.length*0.42, -b.depth
	d.limb(accent, 0.06, 0.05, x, y-0.02, x-0.02, y-d.in(0.2, 0.26))
	d.disc(second, x-0.02, y-0.34, d.in(0.065, 0.08))
	d.limb(second, 0.035, 0.03, x, y, x-0.06, y+0.14, x-0.02, y+0.26)
	d.limb(accent, 0.025, 0.02, x-0.02, y-0.18, x-0.1, y-0.1, x-0.2, y-0.1)
	if d.maybe(0.5) {
		d.fan(dark, false, x-0.02, 0.06, y-0.46, 0.06, y-0.38, 0.12, y-0.37, 0.12, y-0.35)
	}
}

func knight(d *sketch) {
	d.fused(func() {
		d.area(body, -0.2, 0.45, -0.08, 0.2, 0.05, 0.02, -0.12, 0.08, -0.3, d.in(0.12, 0.2), -0.38, 0.04, -0.18, -0.25, -0.05, -0.36, 0, d.in(-0.55, -0.48), 0.1, -0.36, 0.26, -0.2, 0.34, 0.1, 0.3, 0.45)
		d.soft(d.paint(body, second), -0.3, 0.45, 0.4, 0.55, 0.03)
		d.soft(d.paint(body, second), -0.38, 0.55, 0.48, 0.66, 0.03)
	})
	d.eye(-0.08, -0.2, 0.03)
	d.dot(-0.3, 0.04, 0.018)
	if d.maybe(0.6) {
		d.bend(0.12, -0.25, 0.22, -0.05, 0.24, 0.2)
	}
	if d.maybe(0.4) {
		d.fine(-0.34, 0.1, -0.24, 0.06)
	}
}

func pony(d *sketch) {
	b := d.horseBeast()
	b.length, b.depth, b.waist, b.leg, b.thick = d.in(0.45, 0.55), 0.17, 0.16, d.in(0.3, 0.38), 0.05
	b.draw(d, func(x, y float64) { d.horseNeck(x+0.03, y, d.in(0.2, 0.28), 0.08, d.in(0.18, 0.22)) }, d.horseTail)
	if d.maybe(0.3) {
		for range 4 {
			d.disc(light, d.in(0.1, b.length*0.9), d.in(-0.1, 0.05), 0.03)
		}
	}
}

func horseStick(d *sketch) {
	l := d.in(0.5, 0.65)
	d.line(0, 0, l, 0)
	for _, x := range []float64{0, 0.08, l - 0.08, l} {
		d.line(x, 0, x+d.in(-0.05, 0.05), d.in(0.36, 0.45))
	}
	hx, hy := -d.in(0.1, 0.18), -d.in(0.26, 0.36)
	d.line(0, 0, hx, hy)
	if d.maybe(0.5) {
		d.area(body, hx+0.03, hy-0.05, hx-0.22, hy+0.1, hx-0.19, hy+0.17, hx+0.02, hy+0.08)
		d.dot(hx-0.04, hy+0.02, 0.015)
	} else {
		d.line(hx, hy, hx-0.2, hy+0.13)
	}
	d.line(hx, hy-0.02, hx+0.02, hy-0.13)
	for i := range 4 {
		t := 0.1 + 0.22*float64(i)
		d.line(hx*(1-t), hy*(1-t), hx*(1-t)+0.1, hy*(1-t)-0.01)
	}
	d.curve(l, 0, l+0.1, 0.03, l+d.in(0.1, 0.18), d.in(0.2, 0.3))
	if d.maybe(0.4) {
		d.curve(l, 0, l+0.07, 0.06, l+0.08, 0.25)
	}
}

func hobbyHorse(d *sketch) {
	d.limb(second, 0.025, 0.025, 0.12, 0.2, 0.55, d.in(1, 1.3))
	d.turned(0, 0, d.in(-15, 5), 0.85, func() { horseHead(d) })
}

func horseCartoon(d *sketch) {
	s := d.in(0.16, 0.2)
	d.fused(func() {
		d.horseTail(0.58, 0.28)
		for _, x := range []float64{0.1, 0.2, 0.42, 0.52} {
			d.leg(body, 0.04, 0.045, x, 0.4, x, 0.66)
			if d.maybe(0.8) && !d.habit.sticks {
				d.limb(dark, 0.045, 0.05, x, 0.63, x, 0.67)
			}
		}
		d.oval(body, 0.31, 0.33, 0.3, 0.17, 0)
		d.limb(body, 0.1, 0.09, 0.1, 0.28, 0.02, 0)
		d.both(0.02, func() { d.area(body, s*0.2, -s, s*0.5, -s*1.6, s*0.75, -s*0.7) })
		d.fan(body, true, 0.02, 0, -s*1.1, s*0.85, -s*0.7, s*0.75, 0, s*0.8, s*0.9, 0, s*1.3)
	})
	d.oval(second, 0.02, s*0.85, s*0.85, s*0.5, 0)
	d.both(0.02, func() {
		d.eye(s*0.4, -s*0.25, s*0.17)
		d.dot(s*0.3, s*0.75, s*0.1)
	})
	d.smile(0.02, s*1.05, s*0.8, 0.02)
	d.blob(d.paint(dark, accent), 0.02-s*0.4, -s*1.2, 0.02+s*0.5, -s*1.3, 0.02+s*0.9, -s*0.4, 0.02+s*0.85, s*0.5, 0.02+s*1.2, s, 0.02+s*1.1, -s*0.4, 0.02+s*0.3, -s*0.7)
}
