package doodles

import "math"

func gulls(d *sketch) {
	n := d.either(1, 2, 3, 3, 4, 5)
	for i := range int(n) {
		x, y := 0.0, 0.0
		if i > 0 {
			x, y = float64(i%3)*0.55+d.in(-0.1, 0.1), math.Floor(float64(i+1)/2)*0.4+d.in(-0.1, 0.1)
		}
		s, up, dip := d.in(0.35, 0.6), d.in(0.08, 0.18), d.in(0.02, 0.1)
		d.turned(x, y, d.in(-15, 15), s, func() {
			d.curve(-0.5, dip, -0.38, -up, -0.18, -up*0.8, 0, 0.1)
			d.curve(0, 0.1, 0.18, -up*0.8, 0.38, -up, 0.5, dip)
		})
	}
}

func gull(d *sketch) {
	up := d.in(0.12, 0.3)
	d.turned(0, 0, d.in(-15, 15), 1, func() {
		d.fused(func() {
			d.both(0, func() {
				d.blob(d.paint(body, second), 0, -0.03, 0.2, -up, 0.4, -up*0.9, 0.62, -up*0.2, 0.4, -up*0.5, 0.2, -up*0.3, 0, 0.08)
			})
			d.oval(body, 0, 0.03, 0.08, 0.15, 0)
			d.disc(body, 0, -0.11, 0.065)
		})
		d.area(accent, -0.03, -0.12, 0, -0.06, 0.03, -0.12)
		d.dot(-0.03, -0.14, 0.012)
		d.dot(0.03, -0.14, 0.012)
		if d.maybe(0.5) {
			d.fan(second, false, 0, 0.03, 0.15, 0.09, 0.28)
		}
	})
}

// wingsUp is a bird that flies, from the side.
func wingsUp(d *sketch) {
	h := d.in(0.3, 0.5)
	lean := d.in(0, 0.25)
	d.turned(0, 0, d.in(-10, 25), 1, func() {
		if d.maybe(0.6) {
			d.blob(second, 0.35, -0.05, 0.3+lean, -h*0.8, 0.38+lean, -h, 0.5, -0.05)
		}
		d.fused(func() {
			d.area(d.paint(body, second), 0.7, -0.02, 1, d.in(-0.1, 0.02), 1.02, 0.1, 0.7, 0.06)
			d.blob(body, 0.02, -0.02, 0.1, -0.1, 0.25, -0.08, 0.5, -0.09, 0.78, 0, 0.55, 0.12, 0.25, 0.1, 0.08, 0.06)
		})
		d.blob(d.paint(body, second), 0.35, 0, 0.42+lean, -h*0.7, 0.62+lean, -h, 0.68+lean*0.6, -h*0.4, 0.6, 0)
		d.beak(0.04, -0.02, 0.08)
		d.eye(0.12, -0.04, 0.025)
	})
}

func eagle(d *sketch) {
	rise := d.in(0, 0.25)
	width := d.in(0.5, 0.65)
	chord := d.in(0.16, 0.26)
	d.fused(func() {
		d.both(0, func() {
			d.area(body, 0, -0.06, width*0.5, -0.1-rise*0.7, width, -rise, width*0.98, -rise+chord*0.45, width*0.88, -rise*0.8+chord*0.5, width*0.8, -rise*0.7+chord*0.8,
				width*0.66, -rise*0.5+chord*0.75, width*0.55, chord*0.95-rise*0.3, 0.08, chord*0.8)
		})
		d.fan(d.paint(body, second), false, 0, 0.05, 0.2, 0.13, 0.42, 0, 0.38)
		d.oval(body, 0, 0.08, 0.1, 0.22, 0)
		d.disc(d.paint(body, light), 0, -0.15, 0.075)
	})
	if d.maybe(0.5) {
		d.area(accent, -0.04, -0.13, 0.04, -0.13, 0, -0.05)
	} else {
		d.area(accent, -0.05, -0.19, -0.15, -0.14, -0.05, -0.12)
	}
}

func dove(d *sketch) {
	h := d.in(0.35, 0.5)
	d.fused(func() {
		d.area(body, 0.68, 0.04, 1, 0.02, 1.05, 0.14, 0.95, 0.24, 0.68, 0.14)
		d.blob(body, 0.03, -0.12, 0.12, -0.18, 0.22, -0.12, 0.4, 0, 0.75, 0.06, 0.55, 0.2, 0.25, 0.15, 0.1, 0)
	})
	d.blob(d.paint(body, second), 0.38, 0.02, 0.3, -h*0.6, 0.36, -h, 0.5, -h*0.75, 0.62, -h*0.4, 0.68, 0.02, 0.5, 0.08)
	if d.maybe(0.6) {
		d.bend(0.4, -h*0.7, 0.5, -h*0.4, 0.6, -0.03)
	}
	d.area(accent, 0.05, -0.15, -0.05, -0.1, 0.05, -0.08)
	d.dot(0.1, -0.12, 0.018)
	if d.maybe(0.3) {
		d.curve(-0.05, -0.1, -0.12, -0.02, -0.16, 0)
		d.oval(second, -0.12, -0.05, 0.03, 0.015, 30)
	}
}

// swallow is a bird that flies, from above or below.
func swallow(d *sketch) {
	d.turned(0, 0, d.in(-60, 60), 1, func() {
		sweep := d.in(0.1, 0.3)
		d.fused(func() {
			d.both(0, func() {
				d.blob(body, 0, -0.12, 0.2, -0.2, 0.4, -0.12, 0.6, sweep, 0.38, 0, 0.2, 0.02, 0, 0.08)
				d.area(body, 0, 0.22, 0.14, d.in(0.45, 0.6), 0.05, 0.34, 0, 0.34)
			})
			d.oval(body, 0, 0, 0.085, 0.28, 0)
		})
		d.area(accent, -0.04, -0.26, 0, -0.37, 0.04, -0.26)
		d.dot(-0.03, -0.2, 0.015)
		d.dot(0.03, -0.2, 0.015)
		if d.maybe(0.5) {
			d.oval(second, 0, 0.06, 0.05, 0.16, 0)
		}
	})
}
