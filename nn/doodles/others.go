package doodles

import (
	"math"
	"math/rand/v2"

	"tenfold/nn/task"
)

// others draw things of none of the classes: a network should say that it does not know them. A
// new one is a function and a line.
var others = []way{
	{"tree", tree},
	{"fir", fir},
	{"house", house},
	{"flower", flower},
	{"sun", sun},
	{"face", face},
	{"cup", cup},
	{"star", star},
	{"heart", heart},
	{"book", book},
	{"mushroom", mushroom},
	{"snowman", snowman},
	{"lamp", lamp},
	{"mountains", mountains},
	{"scribble", scrawl},
	{"shapes", shapes},
}

// unseen are other such things, which DrawOther leaves out: a network that learned to doubt the
// former can be tested on them.
var unseen = []way{
	{"person", person},
	{"fish", fish},
	{"cloud", cloud},
	{"umbrella", umbrella},
	{"apple", apple},
	{"chair", chair},
	{"butterfly", butterfly},
	{"key", key},
}

// DrawOther draws a picture of something of none of the classes over pix, bytes of shape
// [h,w,3], with sides as New takes them. Another number gives another picture.
func DrawOther(pix []byte, shape task.Shape, number uint64) { drawOther(others, pix, shape, number) }

// DrawUnseen is DrawOther for the things that DrawOther leaves out.
func DrawUnseen(pix []byte, shape task.Shape, number uint64) { drawOther(unseen, pix, shape, number) }

func drawOther(of []way, pix []byte, shape task.Shape, number uint64) {
	s := Set{seed: number, part: stranger, shape: shape}
	rng := s.random(0, 0)
	s.draw(pix, 0, of[rng.IntN(len(of))].draw, rng)
}

func tree(d *sketch) {
	w := d.in(0.06, 0.12)
	d.area(second, -w, 0, -w*0.8, -0.5, w*0.8, -0.5, w, 0)
	if d.maybe(0.4) { // a crown of several balls
		d.fused(func() {
			for range d.some(3, 6) {
				d.disc(body, d.in(-0.25, 0.25), d.in(-0.8, -0.5), d.in(0.16, 0.26))
			}
		})
		return
	}
	var xy []float64
	n := d.some(7, 12)
	for i := range n {
		s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		r := d.in(0.3, 0.42)
		xy = append(xy, r*c, -0.68+r*s)
	}
	d.blob(body, xy...)
	if d.maybe(0.3) {
		for range d.some(2, 5) {
			d.dot(d.in(-0.2, 0.2), d.in(-0.85, -0.5), 0.03)
		}
	}
}

func fir(d *sketch) {
	d.box(second, -0.06, -0.15, 0.06, 0.08)
	n := d.some(1, 4)
	for i := range n {
		y := -0.12 - 0.8/float64(n)*float64(i)*0.85
		half := 0.42 * (1 - 0.7*float64(i)/float64(n))
		d.area(body, -half, y, 0, y-1/float64(n)*d.in(0.9, 1.1), half, y)
	}
	if d.maybe(0.3) {
		d.dot(0, -1, 0.05)
	}
}

func house(d *sketch) {
	w, h, roof := d.in(0.7, 1.1), d.in(0.4, 0.7), d.in(0.25, 0.45)
	d.box(body, 0, -h, w, 0)
	over := d.in(0, 0.1)
	d.area(accent, -over, -h, w/2, -h-roof, w+over, -h)
	door := d.in(0.1, w-0.3)
	d.box(second, door, -h*0.6, door+0.17, 0)
	for range d.some(1, 3) {
		x, y := d.in(0.05, w-0.22), d.in(-h*0.9, -h*0.6)
		d.pane(x, y, x+0.16, y+0.16)
	}
	if d.maybe(0.5) {
		d.box(second, w*0.7, -h-roof*0.95, w*0.7+0.1, -h-roof*0.45)
	}
}

func flower(d *sketch) {
	d.curve(0, 0, d.in(-0.05, 0.05), 0.35, d.in(-0.08, 0.08), 0.8)
	if d.maybe(0.7) {
		d.oval(second, 0.13, 0.5, 0.14, 0.06, -30)
	}
	n := d.some(5, 9)
	r, size := d.in(0.18, 0.26), d.in(0.1, 0.16)
	for i := range n {
		a := 360 * float64(i) / float64(n)
		s, c := math.Sincos(a * math.Pi / 180)
		d.oval(body, r*c, r*s, size*1.3, size*0.8, a)
	}
	d.disc(accent, 0, 0, d.in(0.1, 0.16))
}

func sun(d *sketch) {
	r := d.in(0.25, 0.35)
	n := d.some(7, 14)
	for i := range n {
		s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		d.line(1.25*r*c, 1.25*r*s, (1.25*r+0.2)*c, (1.25*r+0.2)*s)
	}
	d.disc(body, 0, 0, r)
	if d.maybe(0.4) {
		d.eye(-r*0.35, -r*0.2, 0.04)
		d.eye(r*0.35, -r*0.2, 0.04)
		d.smile(0, r*0.25, r*0.9, r*0.3)
	}
}

func person(d *sketch) {
	hip := d.in(0.45, 0.6)
	foot := hip + d.in(0.4, 0.55)
	arm := d.in(-0.3, 0.35)
	if d.maybe(0.5) { // sticks
		d.line(0, 0.15, 0, hip)
		d.line(-0.35, 0.25+arm, 0, 0.25, 0.35, 0.25+arm)
		d.line(-0.22, foot, 0, hip, 0.22, foot)
	} else {
		d.limb(second, 0.05, 0.05, -0.08, hip-0.05, -0.14, foot)
		d.limb(second, 0.05, 0.05, 0.08, hip-0.05, 0.14, foot)
		d.limb(body, 0.05, 0.04, -0.12, 0.24, -0.36, 0.25+arm)
		d.limb(body, 0.05, 0.04, 0.12, 0.24, 0.36, 0.25+arm)
		d.area(body, -0.16, 0.18, 0.16, 0.18, d.in(0.14, 0.3), hip, -d.in(0.14, 0.3), hip)
	}
	d.disc(light, 0, 0, 0.17)
	if d.maybe(0.6) {
		d.dot(-0.06, -0.02, 0.02)
		d.dot(0.06, -0.02, 0.02)
		d.smile(0, 0.05, 0.14, 0.05)
	}
}

func face(d *sketch) {
	d.oval(body, 0, 0, d.in(0.38, 0.48), d.in(0.42, 0.52), 0)
	d.eye(-0.15, -0.1, 0.06)
	d.eye(0.15, -0.1, 0.06)
	if d.maybe(0.6) {
		d.bend(0, -0.02, -0.04, 0.1, 0.03, 0.1)
	}
	d.smile(0, 0.2, 0.3, d.in(-0.08, 0.14))
	if d.maybe(0.5) { // hair
		for i := range 7 {
			x := -0.3 + 0.1*float64(i)
			d.line(x, -0.38, x+d.in(-0.06, 0.06), -0.58)
		}
	}
}

func fish(d *sketch) {
	d.fused(func() {
		d.oval(body, 0, 0, 0.42, d.in(0.16, 0.28), 0)
		d.area(body, 0.34, 0, 0.62, -0.2, 0.56, 0, 0.62, 0.2)
	})
	d.eye(-0.26, -0.04, 0.04)
	d.bend(-0.16, -0.12, -0.1, 0, -0.16, 0.12)
	if d.maybe(0.6) {
		d.area(accent, -0.05, -0.18, 0.05, -0.32, 0.15, -0.17)
	}
}

func cup(d *sketch) {
	d.curve(0.3, -0.35, 0.52, -0.34, 0.5, -0.08, 0.28, -0.1)
	d.area(body, -0.32, -0.45, 0.32, -0.45, d.in(0.2, 0.3), 0, -d.in(0.2, 0.3), 0)
	if d.maybe(0.5) {
		for i := range 3 {
			x := -0.15 + 0.15*float64(i)
			d.curve(x, -0.52, x+0.04, -0.6, x-0.02, -0.68, x+0.03, -0.76)
		}
	}
}

func star(d *sketch) {
	n := d.some(5, 7)
	var xy []float64
	in := d.in(0.18, 0.28)
	for i := range 2 * n {
		r := 0.5
		if i%2 == 1 {
			r = in
		}
		s, c := math.Sincos(math.Pi * (float64(i)/float64(n) - 0.5))
		xy = append(xy, r*c, r*s)
	}
	d.area(body, xy...)
}

func heart(d *sketch) {
	d.fan(body, true, 0, 0, -0.2, 0.12, -0.42, 0.34, -0.44, 0.46, -0.24, 0.36, 0.05, 0.16, 0.3, 0.01, 0.46)
}

func cloud(d *sketch) {
	d.fused(func() {
		n := d.some(3, 5)
		for i := range n {
			x := float64(i)/float64(n-1) - 0.5
			d.disc(body, x*0.8, d.in(-0.06, 0.04)-0.12*(1-4*x*x), d.in(0.16, 0.24))
		}
	})
	if d.maybe(0.5) {
		for range d.some(3, 7) {
			x := d.in(-0.4, 0.4)
			d.line(x, 0.25, x-0.05, 0.42)
		}
	}
}

func umbrella(d *sketch) {
	d.curve(0, -0.05, 0, 0.3, 0, 0.48, 0.1, 0.52, 0.16, 0.42)
	d.blob(body, -0.5, 0, -0.38, -0.3, 0, -0.46, 0.38, -0.3, 0.5, 0, 0.25, -0.06, 0, 0, -0.25, -0.06)
	d.bend(0, -0.44, -0.14, -0.25, -0.16, -0.04)
	d.bend(0, -0.44, 0.14, -0.25, 0.16, -0.04)
}

func apple(d *sketch) {
	d.fan(body, true, 0, 0, -0.24, 0.2, -0.32, 0.4, -0.15, 0.36, 0.18, 0.16, 0.4, 0, 0.36)
	d.curve(0, -0.24, 0.02, -0.36, 0.08, -0.46)
	if d.maybe(0.7) {
		d.oval(accent, 0.18, -0.42, 0.12, 0.05, -20)
	}
}

func chair(d *sketch) {
	d.box(body, 0, -0.06, 0.5, 0.02)
	d.box(body, 0.44, -0.6, 0.5, 0)
	d.line(0.03, 0, 0.03, 0.45)
	d.line(0.47, 0, 0.47, 0.45)
	d.line(0.12, 0, 0.14, 0.35)
	d.line(0.38, 0, 0.38, 0.35)
}

func book(d *sketch) {
	d.area(body, 0, 0, 0.5, 0.1, 0.5, 0.7, 0, 0.6)
	d.area(second, 0.5, 0.1, 1, 0, 1, 0.6, 0.5, 0.7)
	for i := range d.some(2, 5) {
		y := 0.15 + 0.1*float64(i)
		d.fine(0.08, y, 0.42, y+0.07)
		d.fine(0.58, y+0.07, 0.92, y)
	}
}

func mushroom(d *sketch) {
	d.area(light, -0.12, 0, -0.16, 0.45, 0.16, 0.45, 0.12, 0)
	d.blob(body, -0.48, 0.04, -0.36, -0.28, 0, -0.42, 0.36, -0.28, 0.48, 0.04, 0, 0.08)
	for range d.some(0, 5) {
		d.disc(light, d.in(-0.25, 0.25), d.in(-0.28, -0.05), d.in(0.03, 0.07))
	}
}

func snowman(d *sketch) {
	d.disc(body, 0, 0.55, 0.3)
	d.disc(body, 0, 0.12, 0.22)
	d.disc(body, 0, -0.2, 0.16)
	d.dot(-0.05, -0.24, 0.02)
	d.dot(0.05, -0.24, 0.02)
	d.area(accent, 0, -0.2, 0.14, -0.16, 0, -0.15)
	for i := range 3 {
		d.dot(0, 0.02+0.11*float64(i), 0.02)
	}
	if d.maybe(0.6) {
		d.box(dark, -0.12, -0.58, 0.12, -0.34)
		d.line(-0.2, -0.34, 0.2, -0.34)
	}
	if d.maybe(0.6) {
		d.line(-0.2, 0.08, -0.5, -0.12)
		d.line(0.2, 0.08, 0.5, -0.12)
	}
}

func butterfly(d *sketch) {
	d.both(0, func() {
		d.oval(body, 0.26, -0.16, 0.26, 0.17, -35)
		d.oval(second, 0.2, 0.18, 0.17, 0.13, 30)
		d.disc(accent, 0.28, -0.18, 0.07)
		d.curve(0.01, -0.25, 0.06, -0.38, 0.12, -0.44)
	})
	d.oval(dark, 0, 0, 0.04, 0.3, 0)
}

func key(d *sketch) {
	d.disc(body, 0, 0, 0.2)
	d.disc(light, 0, 0, 0.09)
	d.box(body, 0.18, -0.04, 0.9, 0.04)
	for i := range d.some(2, 4) {
		x := 0.6 + 0.09*float64(i)
		d.box(body, x, 0.03, x+0.05, d.in(0.12, 0.2))
	}
}

func lamp(d *sketch) {
	d.line(0, 0, 0, 0.6)
	d.box(second, -0.2, 0.6, 0.2, 0.66)
	d.area(body, -d.in(0.1, 0.2), -0.35, d.in(0.1, 0.2), -0.35, 0.35, 0.02, -0.35, 0.02)
}

func mountains(d *sketch) {
	d.area(second, 0.2, 0, 0.6, -d.in(0.4, 0.6), 1.1, 0)
	d.area(body, -0.3, 0, 0.15, -d.in(0.5, 0.8), 0.6, 0)
	if d.maybe(0.5) {
		d.disc(accent, 0.95, -0.6, 0.12)
	}
}

// scrawl is what a child of one year makes: lines that mean nothing.
func scrawl(d *sketch) {
	for range d.some(1, 3) {
		var xy []float64
		for range d.some(5, 20) {
			xy = append(xy, d.in(0, 1), d.in(0, 1))
		}
		if d.maybe(0.7) {
			d.curve(xy...)
		} else {
			d.line(xy...)
		}
	}
}

// shapes are a few circles, triangles, boxes and crosses.
func shapes(d *sketch) {
	for range d.some(1, 4) {
		x, y, r := d.in(0, 1), d.in(0, 1), d.in(0.12, 0.35)
		c := d.paint(body, second, accent, dark)
		switch d.IntN(5) {
		case 0:
			d.disc(c, x, y, r)
		case 1:
			d.box(c, x-r, y-r*d.in(0.4, 1), x+r, y+r*d.in(0.4, 1))
		case 2:
			d.area(c, x-r, y+r, x+d.in(-r, r), y-r, x+r, y+r)
		case 3:
			d.line(x-r, y-r, x+r, y+r)
			d.line(x-r, y+r, x+r, y-r)
		case 4:
			d.oval(c, x, y, r, r*d.in(0.3, 0.8), d.in(0, 180))
		}
	}
}

// Texture fills pix, bytes of shape [h,w,c], with a pattern that shows nothing: noise, stripes,
// checks, spots or a gradient, in colours that are drawn too.
func Texture(pix []byte, shape task.Shape, number uint64) {
	rng := rand.New(rand.NewPCG(number, 0x74657874757265))
	h, w, c := shape[0], shape[1], shape[2]
	var from, to [3]float64
	for i := range from {
		from[i], to[i] = between(rng, 0, 255), between(rng, 0, 255)
	}
	side := float64(min(h, w))
	sin, cos := math.Sincos(between(rng, 0, 2*math.Pi))
	pitch := side * between(rng, 0.06, 0.5)
	grain := between(rng, 0, 0.15)
	cells := rng.IntN(12) + 2
	coarse := make([]float64, (cells+1)*(cells+1))
	for i := range coarse {
		coarse[i] = rng.Float64()
	}
	kind := rng.IntN(6)
	for y := range h {
		for x := range w {
			u, v := float64(x)*cos+float64(y)*sin, float64(y)*cos-float64(x)*sin
			var t float64
			switch kind {
			case 0: // fine noise
				t = rng.Float64()
			case 1: // coarse noise, smooth
				t = smoothed(coarse, cells, float64(x)/float64(w)*float64(cells), float64(y)/float64(h)*float64(cells))
			case 2: // stripes
				t = 0.5 + 0.5*math.Sin(2*math.Pi*u/pitch)
			case 3: // checks
				t = float64((int(math.Floor(u/pitch)) + int(math.Floor(v/pitch))) & 1)
			case 4: // a gradient
				t = min(max(0.5+u/(2*side), 0), 1)
			case 5: // spots
				t = 0.5 + 0.5*math.Sin(2*math.Pi*u/pitch)*math.Sin(2*math.Pi*v/pitch)
			}
			t += grain * between(rng, -1, 1)
			for k := range c {
				pix[(y*w+x)*c+k] = byte(min(max(from[k%3]+t*(to[k%3]-from[k%3]), 0), 255))
			}
		}
	}
}

// smoothed returns a value between those of a grid of cells+1 a side.
func smoothed(grid []float64, cells int, x, y float64) float64 {
	i, j := min(int(x), cells-1), min(int(y), cells-1)
	s, t := x-float64(i), y-float64(j)
	at := func(i, j int) float64 { return grid[j*(cells+1)+i] }
	return (at(i, j)*(1-s)+at(i+1, j)*s)*(1-t) + (at(i, j+1)*(1-s)+at(i+1, j+1)*s)*t
}
