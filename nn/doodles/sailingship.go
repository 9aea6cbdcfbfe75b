package doodles

// pennant draws a flag at a mast's top.
func (d *sketch) pennant(x, y, size float64) {
	s := d.either(-1, 1) * size
	if d.maybe(0.6) {
		d.area(accent, x, y, x+s, y+size*0.25, x, y+size*0.5)
	} else {
		d.area(accent, x, y, x+s, y+size*0.05, x+s, y+size*0.6, x, y+size*0.5)
	}
}

func sailingBoat(d *sketch) {
	mast := d.in(0.42, 0.58)
	h := d.in(0.6, 0.95)
	foot := d.in(-0.12, -0.04)
	d.line(mast, 0.02, mast, -h-d.in(0, 0.06))
	kind := d.IntN(4)
	if kind != 3 {
		if d.maybe(0.5) {
			d.area(second, mast+0.03, -h, mast+d.in(0.3, 0.45), foot, mast+0.03, foot)
		} else {
			d.blob(second, mast+0.03, -h, mast+0.25, -h*0.5, mast+0.4, foot, mast+0.2, foot, mast+0.03, foot, mast+0.03, -h*0.5)
		}
	}
	if kind != 2 {
		low := -h * d.in(0.7, 1)
		d.area(d.paint(second, accent), mast-0.03, low, mast-0.03, foot, mast-d.in(0.22, 0.4), foot)
	}
	if d.maybe(0.4) {
		d.pennant(mast, -h-0.1, 0.12)
		d.line(mast, -h, mast, -h-0.1)
	}
	depth := d.in(0.14, 0.24)
	d.keel(body, depth)
	d.sea(depth * 0.85)
}

// squareSail draws one that the wind fills.
func (d *sketch) squareSail(r role, x, y0, y1, w float64) {
	bulge := d.in(0, 0.06)
	d.blob(r, x-w, y0, x, y0-0.005, x+w, y0, x+w*1.05+bulge, (y0+y1)/2, x+w*1.1, y1, x, y1-0.03, x-w*1.05, y1, x-w+bulge, (y0+y1)/2)
}

func threeMasts(d *sketch) {
	n := d.some(2, 3)
	rows := d.some(1, 3)
	tall := d.in(0.6, 0.85)
	for i := range n {
		x := 0.2 + 0.6*float64(i)/float64(n-1)
		h := tall
		if i != 1 {
			h *= 0.85
		}
		d.line(x, 0, x, -h-0.04)
		for k := range rows {
			y0 := -h + (h-0.1)*float64(k)/float64(rows)
			d.squareSail(second, x, y0, y0+(h-0.1)/float64(rows)*0.85, 0.1+0.02*float64(k))
		}
		if d.maybe(0.5) {
			d.pennant(x, -h-0.1, 0.1)
		}
	}
	d.line(0.03, -0.02, -d.in(0.12, 0.22), -0.15)
	if d.maybe(0.5) {
		d.area(second, -0.13, -0.12, 0.1, -0.4, 0.1, -0.08)
	}
	d.area(body, -0.05, -0.08, 0.15, 0, 0.75, 0, 0.78, -0.12, 1.02, -0.14, 0.96, 0.1, 0.88, 0.2, 0.12, 0.2, 0.03, 0.1)
	if d.maybe(0.6) {
		d.portholes(d.some(3, 6), 0.2, 0.8, 0.08, 0.022)
	}
	d.sea(0.18)
}

func pirateShip(d *sketch) {
	tall := d.in(0.65, 0.85)
	x := d.in(0.42, 0.55)
	d.line(x, 0, x, -tall)
	d.squareSail(d.paint(second, dark), x, -tall+0.1, -0.14, d.in(0.22, 0.3))
	d.area(dark, x, -tall-0.14, x+0.22, -tall-0.14, x+0.22, -tall+0.01, x, -tall+0.01)
	d.line(x, -tall, x, -tall-0.14)
	d.disc(light, x+0.11, -tall-0.075, 0.035)
	d.area(body, -0.06, -0.16, 0.12, -0.16, 0.16, 0, 0.72, 0, 0.76, -0.2, 1.04, -0.2, 0.94, 0.2, 0.1, 0.2)
	d.portholes(d.some(3, 5), 0.2, 0.8, 0.09, 0.03)
	d.sea(0.18)
}

func longship(d *sketch) {
	h := d.in(0.6, 0.75)
	d.line(0.5, 0, 0.5, -h-0.06)
	d.squareSail(second, 0.5, -h, -d.in(0.14, 0.2), d.in(0.25, 0.32))
	if d.maybe(0.7) {
		for _, x := range []float64{0.36, 0.5, 0.64} {
			d.fine(x, -h, x+0.02, -0.18)
		}
	}
	d.blob(body, -0.06, -0.4, 0.02, -0.36, 0.02, -0.15, 0.2, 0, 0.5, 0.03, 0.8, 0, 0.98, -0.15, 0.98, -0.36, 1.06, -0.4, 1.08, -0.1, 0.85, 0.16, 0.5, 0.2, 0.15, 0.16, -0.08, -0.1)
	if d.maybe(0.7) {
		for i := range 5 {
			d.disc(d.paint(accent, light), 0.2+0.15*float64(i), 0.04, 0.055)
		}
	}
	if d.maybe(0.4) {
		for i := range 4 {
			x := 0.25 + 0.16*float64(i)
			d.line(x, 0.1, x-0.08, 0.3)
		}
	}
	d.sea(0.18)
}

func stickShip(d *sketch) {
	depth := d.in(0.16, 0.24)
	in := d.in(0.15, 0.25)
	d.line(0, 0, in, depth, 1-in, depth, 1, 0, 0, 0)
	h := d.in(0.5, 0.75)
	d.line(0.5, 0, 0.5, -h)
	if d.maybe(0.5) {
		d.line(0.5, -h, 0.88, -0.1, 0.5, -0.1)
	} else {
		d.line(0.5, -h, 0.85, -h*0.55, 0.5, -0.12)
	}
	if d.maybe(0.6) {
		d.line(0.5, -h, 0.16, -0.1, 0.5, -0.1)
	}
	d.sea(depth)
}
