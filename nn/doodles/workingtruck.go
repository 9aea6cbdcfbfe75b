package doodles

func dumpTruck(d *sketch) {
	w, h := d.in(0.26, 0.32), d.in(0.3, 0.36)
	d.chassis(0.1, 1)
	tilt := 0.0
	if d.maybe(0.5) {
		tilt = d.in(12, 35)
	}
	d.turned(1, -0.06, tilt, 1, func() {
		x := w - 1 + 0.04
		if d.maybe(0.5) {
			d.blob(accent, x+0.05, -0.27, x+0.2, -0.4, -0.25, -d.in(0.38, 0.46), -0.05, -0.27)
		}
		d.area(second, x-0.02, -0.3, 0.08, -0.3, 0, 0, x+0.1, 0)
		if d.maybe(0.6) {
			for i := range 3 {
				v := x + 0.2 + 0.16*float64(i)
				d.fine(v, -0.29, v, -0.01)
			}
		}
		if d.maybe(0.4) { // a roof over the cab
			d.area(second, x, -0.33, x-0.18, -0.36, x-0.18, -0.32, x+0.05, -0.26)
		}
	})
	d.cab(body, w, h)
	r := d.in(0.085, 0.12)
	d.axles(0.04, r, w*0.5, 0.84)
	if d.maybe(0.5) {
		d.wheel(0.84-2.1*r, 0.04, r)
	}
}

func fireEngine(d *sketch) {
	w, h := d.in(0.26, 0.32), d.in(0.3, 0.34)
	d.turned(0.95, -h-0.02, d.either(0, 0, d.in(5, 25)), 1, func() {
		l := d.in(0.65, 0.95)
		d.line(-l, -0.03, 0.05, -0.03)
		d.line(-l, -0.1, 0.05, -0.1)
		n := d.some(5, 8)
		for i := range n {
			x := -l + (l+0.05)*(float64(i)+0.5)/float64(n)
			d.line(x, -0.03, x, -0.1)
		}
	})
	d.box(body, w-0.01, -h+0.02, 1, 0)
	d.cab(body, w, h)
	d.fan(accent, true, w*0.6, 0.02, -h-0.07, 0.045, -h-0.04, 0.04, -h+0.01)
	if d.maybe(0.6) {
		d.box(light, 0.02, -0.12, 0.99, -0.08)
	}
	for i := range d.some(1, 3) {
		x := w + 0.08 + 0.21*float64(i)
		d.box(second, x, -h*0.85, x+0.16, -h*0.45)
	}
	d.axles(0.02, d.in(0.08, 0.11), w*0.55, 0.8)
}

func tankTruck(d *sketch) {
	w, h := d.in(0.22, 0.28), d.in(0.28, 0.34)
	d.chassis(0.05, 1.12)
	r := d.in(0.11, 0.15)
	d.oval(second, 1.1, -0.06-r, 0.05, r, 0)
	d.soft(second, w+0.05, -0.06-2*r, 1.14, -0.06, r*0.9)
	for i := range d.some(1, 3) {
		x := w + 0.25 + 0.22*float64(i)
		d.bend(x, -0.06-2*r, x-0.03, -0.06-r, x, -0.06)
	}
	if d.maybe(0.5) {
		d.box(dark, 0.62, -0.1-2*r, 0.72, -0.06-2*r)
	}
	d.cab(body, w, h)
	d.axles(0.03, d.in(0.065, 0.085), w*0.5, 0.78, 0.97)
}

func refuseLorry(d *sketch) {
	w, h := d.in(0.24, 0.28), d.in(0.3, 0.35)
	d.chassis(0.1, 0.95)
	d.area(second, w+0.03, -0.02, w+0.03, -h-0.06, 0.85, -h-0.08, 1.06, -h*0.6, 1.08, -0.1, 0.96, -0.02)
	d.fine(0.82, -h-0.07, 0.88, -0.02)
	if d.maybe(0.6) {
		d.fine(w+0.22, -h-0.06, w+0.22, -0.02)
		d.fine(w+0.4, -h-0.06, w+0.4, -0.02)
	}
	d.cab(body, w, h)
	d.axles(0.03, d.in(0.08, 0.1), w*0.5, 0.68, 0.87)
}

func mixer(d *sketch) {
	w, h := d.in(0.25, 0.3), d.in(0.3, 0.36)
	d.chassis(0.1, 1)
	d.area(dark, 0.86, -0.02, 0.95, -0.28, 1, -0.02)
	d.turned(0.66, -0.25, d.in(-18, -8), 1, func() {
		d.blob(second, -0.33, -0.08, -0.2, -0.17, 0, -0.19, 0.2, -0.12, 0.35, -0.06, 0.35, 0.06, 0.2, 0.12, 0, 0.18, -0.2, 0.16, -0.33, 0.08)
		for i := range 3 {
			x := -0.18 + 0.14*float64(i)
			d.bend(x, -0.17+0.02*float64(i), x+0.05, 0, x+0.02, 0.16-0.02*float64(i))
		}
		d.area(accent, 0.33, -0.1, 0.42, -0.16, 0.42, 0.1, 0.33, 0.06)
	})
	d.cab(body, w, h)
	d.axles(0.03, d.in(0.08, 0.1), w*0.5, 0.66, 0.86)
}

func towTruck(d *sketch) {
	w, h := d.in(0.38, 0.44), d.in(0.3, 0.36)
	d.line(w+0.08, -0.08, w+0.4, -d.in(0.36, 0.46), w+0.5, -0.36)
	d.line(w+0.4, -0.42, w+0.28, -0.08)
	d.curve(w+0.5, -0.36, w+0.5, -0.2, w+0.54, -0.16, w+0.49, -0.13)
	d.area(body, w-0.02, 0, w-0.02, -0.14, 1, -0.12, 1, 0)
	d.area(body, 0, 0, 0, -h*0.5, w*0.4, -h*0.54, w*0.52, -h, w, -h, w, 0)
	d.area(light, w*0.48, -h*0.54, w*0.58, -h*0.88, w*0.9, -h*0.88, w*0.9, -h*0.54)
	d.fan(accent, true, w*0.75, 0.02, -h-0.06, 0.04, -h)
	d.axles(0.03, d.in(0.085, 0.11), 0.2, 0.82)
}

func craneTruck(d *sketch) {
	w, h := d.in(0.22, 0.28), d.in(0.28, 0.34)
	d.chassis(0.05, 1.05)
	angle := d.in(10, 45)
	d.turned(0.85, -0.18, angle, 1, func() {
		l := d.in(0.8, 1.05)
		d.area(accent, 0.06, 0.05, 0.04, -0.06, -l, -0.03, -l, 0.02)
		if d.maybe(0.5) {
			for i := range 5 {
				x := -l * (0.1 + 0.17*float64(i))
				d.fine(x, 0.03, x-0.08, -0.04)
			}
		}
		d.turned(-l, 0, -angle, 1, func() { d.line(0, 0, 0, d.in(0.12, 0.3)) })
	})
	d.soft(second, 0.66, -0.24, 0.98, -0.05, 0.04)
	d.box(body, w, -0.1, 1.05, 0)
	d.cab(body, w, h)
	d.axles(0.03, d.in(0.075, 0.095), w*0.5, 0.6, 0.88)
}
