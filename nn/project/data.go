package project

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"image"
	"image/draw"
	"slices"

	"tenfold/nn/picture"
	"tenfold/nn/task"
)

// rgba is an image with four bytes a pixel.
func rgba(img image.Image) *image.RGBA {
	if out, ok := img.(*image.RGBA); ok && out.Rect.Min == (image.Point{}) {
		return out
	}
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, img, b.Min, draw.Src)
	return out
}

// Data are pictures as a network sees them; they implement evaluate.Data.
type Data struct {
	Input  task.Shape
	Pixels []byte // of all
	Labels []byte
	Of     []Picture
}

// Len is how many there are.
func (d *Data) Len() int { return len(d.Labels) }

// Picture is the i-th.
func (d *Data) Picture(i int) ([]byte, int) {
	n := d.Input.Size()
	return d.Pixels[i*n : (i+1)*n], int(d.Labels[i])
}

// Label is the class of the i-th.
func (d *Data) Label(i int) int { return int(d.Labels[i]) }

// Task is what the project tells apart, in pictures of a shape, with the tutorial's scaling.
func (p *Project) Task(in task.Shape) task.Task {
	return task.Task{Classes: p.Names(), Input: in, Scale: task.Scale, Shift: task.Shift}
}

// Prepared is a picture for a network that takes in pictures of a shape, as it would see it if it were
// uploaded.
func (p *Project) Prepared(kept Picture, in task.Shape) ([]byte, error) {
	img, err := p.image(kept)
	if err != nil {
		return nil, err
	}
	q := picture.Open(img, "") // thin lines are made stronger
	q.Fill()                   // the square was chosen when the picture was kept
	return q.Pixels(in), nil
}

// Data makes all pictures ready for a network that takes in pictures of a shape, as it would see
// them if they were uploaded, and returns of which state they are. tell, unless nil, hears how many are
// done; what it changes of the project is not among them.
func (p *Project) Data(in task.Shape, tell func(done int) error) (*Data, State, error) {
	state := p.State
	d := &Data{Input: in, Pixels: make([]byte, 0, len(state.Pictures)*in.Size())}
	for i, kept := range state.Pictures {
		pixels, err := p.Prepared(kept, in)
		if err != nil {
			return nil, state, err
		}
		d.Pixels = append(d.Pixels, pixels...)
		d.Labels = append(d.Labels, byte(kept.Class))
		d.Of = append(d.Of, kept)
		if tell != nil {
			if err := tell(i + 1); err != nil {
				return nil, state, err
			}
		}
	}
	return d, state, nil
}

// Split sets a share of each class aside, drawn from seed: which pictures those are follows from what
// they are, so that others that come and go change little of it. Those of a film that go together stay
// together, but for where the share ends. Of a class of several pictures there is one on each side at
// least.
func (d *Data) Split(share float64, seed uint64) (rest, held []int) {
	byClass := map[byte][]int{}
	for i, l := range d.Labels {
		byClass[l] = append(byClass[l], i)
	}
	key := func(i int) uint64 {
		q := d.Of[i]
		of := q.Sum
		if q.Film > 0 {
			of = uint64(q.Film)
		}
		sum := fnv.New64a()
		binary.Write(sum, binary.LittleEndian, [2]uint64{seed, of})
		return sum.Sum64()
	}
	aside := make([]bool, len(d.Labels))
	for _, all := range byClass {
		slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(key(a), key(b)) })
		n := int(share*float64(len(all)) + 0.5)
		if len(all) > 1 {
			n = min(max(n, 1), len(all)-1)
		}
		for _, i := range all[:n] {
			aside[i] = true
		}
	}
	for i, a := range aside {
		if a {
			held = append(held, i)
		} else {
			rest = append(rest, i)
		}
	}
	return rest, held
}

// Shown is a picture of MaxSide each way, three bytes a pixel, whatever its size is.
func (p *Project) Shown(i int) ([]byte, error) {
	img, err := p.Image(i)
	if err != nil {
		return nil, err
	}
	return picture.Shrink(img, shape(MaxSide)), nil
}
