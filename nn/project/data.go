package project

import (
	"image"
	"image/draw"

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

// Data makes all pictures ready for a network that takes in pictures of a shape, as it would see
// them if they were uploaded. tell, unless nil, hears how many are done.
func (p *Project) Data(in task.Shape, tell func(done int) error) (*Data, error) {
	d := &Data{Input: in, Pixels: make([]byte, 0, len(p.Pictures)*in.Size())}
	for i, kept := range p.Pictures {
		img, err := p.Image(i)
		if err != nil {
			return nil, err
		}
		q := picture.Open(img, "") // thin lines are made stronger
		q.Fill()                   // the square was chosen when the picture was kept
		d.Pixels = append(d.Pixels, q.Pixels(in)...)
		d.Labels = append(d.Labels, byte(kept.Class))
		if tell != nil {
			if err := tell(i + 1); err != nil {
				return nil, err
			}
		}
	}
	return d, nil
}

// Shown is a picture of MaxSide each way, three bytes a pixel, whatever its size is.
func (p *Project) Shown(i int) ([]byte, error) {
	img, err := p.Image(i)
	if err != nil {
		return nil, err
	}
	return picture.Shrink(img, shape(MaxSide)), nil
}
