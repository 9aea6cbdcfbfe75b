package augment

import (
	"tenfold/nn/cifar10"
	"tenfold/nn/doodles"
	"tenfold/nn/sketch"
	"tenfold/nn/task"
)

func checkDoodles(r *task.Recipe) error { return between("doodles as a share of", r.Doodles, 0, 1) }
func checkSketch(r *task.Recipe) error  { return between("drawings of a share of", r.Sketch, 0, 1) }

// drawsDoodle draws whether a picture becomes a doodle, and of which class.
func drawsDoodle(p *Picture) (class int, yes bool) {
	if p.Float64() >= p.Recipe.Doodles {
		return 0, false
	}
	return p.IntN(len(cifar10.Task.Classes)), true
}

// doodle replaces a share of the pictures with a drawing that a program makes,
// of any class. No two are alike.
func doodle(p *Picture) {
	if class, yes := drawsDoodle(p); yes && !p.drawn {
		doodles.Draw(p.Pixels, p.Shape, class, p.Uint64())
		p.drawn = true
	}
}

func doodleLabel(p *Picture, l task.Label) task.Label {
	if class, yes := drawsDoodle(p); yes && !l.None {
		l = task.Label{Class: class}
	}
	return l
}

// draw makes a drawing of a share of the pictures that are none yet: see package sketch.
func draw(p *Picture) {
	if p.drawn || p.Float64() >= p.Recipe.Sketch {
		return
	}
	if p.artist == nil {
		p.artist = new(sketch.Artist)
	}
	p.artist.Draw(p.Spare(), p.Pixels, p.Shape, p.Rand, "")
	p.Take()
}
