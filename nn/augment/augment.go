// Package augment changes pictures during training, so that the network sees
// each one often but never twice alike. How a picture is changed follows from
// the recipe's seed, the step and its place in the batch alone: a run that is
// resumed, or split over workers, changes it alike.
package augment

import (
	"fmt"
	"math"
	"math/rand/v2"

	"tenfold/nn/cifar10"
	"tenfold/nn/doodles"
	"tenfold/nn/sketch"
	"tenfold/nn/task"
)

// Augmentation is a way of changing a picture.
type Augmentation struct {
	Name  string                                    // at most eight letters: what it draws follows from them too
	Asked func(r *task.Recipe) bool                 // whether a recipe wants it
	Check func(r *task.Recipe) error                // says what in a recipe is not allowed; may be nil
	Apply func(p *Picture)                          // changes Pixels
	Label func(p *Picture, l task.Label) task.Label // changes what it shows; may be nil. It draws as Apply does
}

// All lists the augmentations in the order in which they are applied; a new one adds a line.
var All = []Augmentation{
	{"strange", func(r *task.Recipe) bool { return r.Strange > 0 }, checkStrange, strange, strangeLabel},
	{"doodle", func(r *task.Recipe) bool { return r.Doodles > 0 }, checkDoodles, doodle, doodleLabel},
	{"sketch", func(r *task.Recipe) bool { return r.Sketch > 0 }, checkSketch, draw, nil},
	{"crop", func(r *task.Recipe) bool { return r.Zoom > 0 }, checkZoom, crop, nil},
	{"flip", func(r *task.Recipe) bool { return r.Flip && !r.Alternate }, nil, flip, nil},
	{"turns", func(r *task.Recipe) bool { return r.Flip && r.Alternate }, nil, alternate, nil},
	{"shift", func(r *task.Recipe) bool { return r.Shift != 0 }, checkShift, shift, nil},
	{"jitter", func(r *task.Recipe) bool { return r.Jitter > 0 }, checkJitter, jitter, nil},
	{"randconv", func(r *task.Recipe) bool { return r.RandConv > 0 }, checkRandConv, randConv, nil},
	{"cutout", func(r *task.Recipe) bool { return r.Cutout != 0 }, checkCutout, cutout, nil},
	{"mixup", func(r *task.Recipe) bool { return r.Mixup > 0 }, checkMixup, mixup, mixedLabel},
}

// Fits reports an error if one of a recipe's augmentations cannot be applied to
// a task's pictures.
func Fits(r *task.Recipe, t task.Task) error {
	if r.Strange > 0 {
		if err := doodles.Fits(t.Input); err != nil {
			return fmt.Errorf("augment: strange pictures: %w", err)
		}
	}
	if r.Doodles > 0 {
		if err := t.Fits(cifar10.Task); err != nil {
			return fmt.Errorf("augment: doodles show CIFAR-10's classes, which this network does not learn: %w", err)
		}
	}
	return nil
}

// Check reports what is wrong with a recipe's augmentations.
func Check(r *task.Recipe) error {
	for _, a := range All {
		if a.Check == nil {
			continue
		}
		if err := a.Check(r); err != nil {
			return err
		}
	}
	return nil
}

// between returns an error if v is not from least to most.
func between(what string, v, least, most float64) error {
	if v >= least && v <= most {
		return nil
	}
	return fmt.Errorf("%s %g: want %g to %g", what, v, least, most)
}

// Data are labelled pictures, as evaluate.Data.
type Data interface {
	Len() int
	Picture(i int) (pixels []byte, label int)
}

// Picture is one that is being changed. Its random numbers are those of the augmentation that
// is at work, for this picture in this step.
type Picture struct {
	Pixels []byte     // [h,w,c]
	Shape  task.Shape // of Pixels
	Number int        // in the data
	Recipe *task.Recipe
	*rand.Rand

	batch  *Batch
	place  int // in the batch
	source rand.PCG
	spare  []byte
	floats [2][]float32 // scratch
	artist *sketch.Artist
	drawn  bool // it is a drawing that a program made
}

// Spare is scratch memory as large as Pixels; Take puts it in their place.
func (p *Picture) Spare() []byte { return p.spare }

// Take swaps Spare and Pixels.
func (p *Picture) Take() { p.Pixels, p.spare = p.spare, p.Pixels }

// scratch returns the i-th of two slices of at least n numbers.
func (p *Picture) scratch(i, n int) []float32 {
	if len(p.floats[i]) < n {
		p.floats[i] = make([]float32, n)
	}
	return p.floats[i][:n]
}

// draw seeds the random numbers of an augmentation for a step and a place in
// its batch.
func (p *Picture) draw(name string, step, place uint64) {
	salt := uint64(0)
	for _, c := range []byte(name) {
		salt = salt<<8 | uint64(c)
	}
	p.source.Seed(p.Recipe.Seed^salt, step<<20|place)
}

// Augmenter changes the pictures of a run. It holds the memory of two, so that it changes one
// at a time and allocates nothing after the first.
type Augmenter struct {
	recipe *task.Recipe
	task   task.Task
	data   Data
	asked  []Augmentation
	one    Picture
	other  Picture // which is mixed into it
}

// New returns the augmenter of a recipe that Check passes, for data that shows a task.
func New(r task.Recipe, t task.Task, data Data) *Augmenter {
	a := &Augmenter{recipe: &r, task: t, data: data}
	for _, each := range All {
		if each.Asked(&r) {
			a.asked = append(a.asked, each)
		}
	}
	for _, p := range []*Picture{&a.one, &a.other} {
		p.Recipe, p.Shape, p.Rand = &r, t.Input, rand.New(&p.source)
		p.Pixels, p.spare = make([]byte, t.Input.Size()), make([]byte, t.Input.Size())
	}
	return a
}

// Batch is one step's pictures. It implements evaluate.Data.
type Batch struct {
	*Augmenter
	Epoch int   // complete epochs
	Step  int   // of the run
	Order []int // the pictures' numbers in the data
}

// Len implements evaluate.Data.
func (b *Batch) Len() int { return len(b.Order) }

// Picture implements evaluate.Data. The next call overwrites the pixels.
func (b *Batch) Picture(i int) ([]byte, int) {
	pixels, label := b.data.Picture(b.Order[i])
	if len(b.asked) == 0 || len(b.task.Input) != 3 || len(pixels) != len(b.one.Pixels) {
		return pixels, label
	}
	b.render(&b.one, i, len(b.asked))
	return b.one.Pixels, b.Label(i).Class
}

// Label returns the label that the i-th picture is trained with.
func (b *Batch) Label(i int) task.Label { return b.label(&b.one, i, len(b.asked)) }

// label returns the label after the first augmentations only. It uses p, whose
// pixels stay.
func (b *Batch) label(p *Picture, i, first int) task.Label {
	_, class := b.data.Picture(b.Order[i])
	l := task.Label{Class: class}
	for k := range b.asked[:first] {
		if a := &b.asked[k]; a.Label != nil {
			b.begin(p, i)
			p.draw(a.Name, uint64(b.Step), uint64(i))
			l = a.Label(p, l)
		}
	}
	return l
}

// begin makes p the i-th picture, whose pixels are still to come.
func (b *Batch) begin(p *Picture, i int) {
	p.batch, p.place, p.Number, p.drawn = b, i, b.Order[i], false
}

// render makes p the i-th picture as only the first augmentations leave it.
func (b *Batch) render(p *Picture, i, first int) {
	b.begin(p, i)
	pixels, _ := b.data.Picture(p.Number)
	copy(p.Pixels, pixels)
	for k := range b.asked[:first] {
		p.draw(b.asked[k].Name, uint64(b.Step), uint64(i))
		b.asked[k].Apply(p)
	}
}

// grey returns the byte that becomes the number nearest to 0 in the network.
func grey(t task.Task) byte { return byte(min(max(math.Round(-t.Shift/t.Scale), 0), 255)) }

// clip returns the byte nearest to v.
func clip(v float32) byte { return byte(min(max(v+0.5, 0), 255)) }
