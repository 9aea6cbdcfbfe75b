// Package subject is what the network looks at: the drawing, a picture, or the camera.
package subject

import (
	"errors"
	"fmt"
	"image"
	"image/color"

	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/words"
)

// Mode is where the subject comes from.
type Mode int

const (
	Drawing Mode = iota
	Showing      // a file, a sample or a test picture
	Filming      // the camera's live picture
)

// Camera is the browser's.
type Camera interface {
	StartCamera(rear bool) // on a device that has one on either side
	StopCamera()
}

// The tools of the pad.
const (
	Brush  = "brush"
	Eraser = "eraser"
	Fill   = "fill"
)

// Brushes are the sizes of a brush, as shares of the pad's side.
var Brushes = []float64{0.02, 0.05, 0.12}

// Subject is the drawing or the picture, and the tool in hand.
type Subject struct {
	Mode    Mode
	Pad     *pad.Pad
	Opening bool // the pad shows the sample that the page opens with
	Picture *picture.Picture
	Truth   string // the class of a test picture
	At, Of  int    // the picture's place among those that came together, from 0, and how many these are
	Changes int    // counts them

	Tool   string
	Width  float64 // of the brush, as a share of the pad's side
	Color  color.RGBA
	Sample int // the one that was shown last

	Rear     bool // the camera that looks away from the user is wanted
	Mirrored bool // its picture is turned around, as one sees oneself

	camera  Camera
	filming bool // the camera was asked for; its first picture may not be there yet
	pixels  []byte
	of      task.Shape // of pixels
	stale   bool       // the pixels are not those of the picture
}

// OpeningSample is the sample that the page opens with.
const OpeningSample = 8

// New returns the subject that the page opens with.
func New(camera Camera) *Subject {
	return &Subject{Pad: opening(), Opening: true, stale: true, Tool: Brush, Width: Brushes[1], Color: color.RGBA{24, 24, 28, 255}, Sample: OpeningSample, Rear: true, camera: camera}
}

func opening() *pad.Pad {
	d := pad.New()
	d.Add(pad.Group(pad.Samples[OpeningSample].Marks()))
	return d
}

// Opened returns what a network with the given input shape sees when the page opens.
func Opened(in task.Shape) []byte { return picture.Open(opening().Image, "").Pixels(in) }

// Empty reports whether there is nothing to look at: the pad has nothing on it.
func (s *Subject) Empty() bool { return s.Mode == Drawing && s.Pad.Blank() }

// Pixels returns what a network with the given input shape sees: bytes of that shape, nil if
// there is nothing to look at.
func (s *Subject) Pixels(in task.Shape) []byte {
	if in == nil || s.Empty() {
		return nil
	}
	if !s.stale && len(s.pixels) == in.Size() && fmt.Sprint(in) == fmt.Sprint(s.of) {
		return s.pixels
	}
	s.stale, s.of = false, in
	switch {
	case s.Mode == Drawing:
		s.pixels = picture.Open(s.Pad.Image, "").Pixels(in)
	case s.Picture != nil:
		s.pixels = s.Picture.Pixels(in)
	}
	return s.pixels
}

// Changed says that the picture is another.
func (s *Subject) Changed() {
	s.Changes++
	s.Truth = ""
	s.stale = true
}

// Drawn says that the drawing has changed.
func (s *Subject) Drawn() {
	s.Opening = false
	s.Changed()
}

// Cropped says that another part of the picture is shown.
func (s *Subject) Cropped() {
	truth := s.Truth
	s.Changed()
	s.Truth = truth
}

// Show takes a decoded picture. name is shown beside it.
func (s *Subject) Show(img *image.RGBA, name string) {
	s.show(picture.Open(img, name))
}

func (s *Subject) show(p *picture.Picture) {
	s.stopFilming()
	s.Pad.End()
	s.Mode, s.Picture = Showing, p
	s.At, s.Of = 0, 1
	s.Changed()
}

// ShowTest takes a picture of a task's test set and its class.
func (s *Subject) ShowTest(of task.Task, pixels []byte, label int) error {
	if len(pixels) != of.Pixels() || label < 0 || label >= len(of.Classes) {
		return errors.New(words.Subject.BadTest)
	}
	s.show(picture.New(picture.Enlarge(pixels, of.Input), words.Subject.TestPicture))
	s.Truth = of.Classes[label]
	return nil
}

// Draw goes back to the pad.
func (s *Subject) Draw() {
	s.stopFilming()
	s.Mode = Drawing
	s.Changed()
}

// ShowSample draws a sample on the pad, which can be undone.
func (s *Subject) ShowSample(i int) {
	s.Sample = i
	s.Draw()
	s.Pad.Add(pad.Group(pad.Samples[i].Marks()))
	s.Drawn()
}

// Stroke does what a pointer does on the pad: it begins a stroke or fills, at places of 0 to 1.
// It reports whether a stroke has begun, which Extend continues with.
func (s *Subject) Stroke(at pad.Point) bool {
	s.stopFilming() // a camera that comes late does not take the drawing's place
	if s.Opening {  // the opening sample makes room for the first stroke
		s.Pad.Clear()
	}
	if s.Tool == Fill {
		s.Pad.Add(pad.Fill{At: at, Color: s.Color})
		s.Drawn()
		return false
	}
	s.Pad.Begin(at, s.Width, s.Ink())
	s.Drawn()
	return true
}

// Extend continues with the stroke.
func (s *Subject) Extend(at pad.Point) {
	s.Pad.Extend(at)
	s.Changed()
}

// EndStroke ends the stroke, and undoes it if the gesture turned out not to be drawing.
func (s *Subject) EndStroke(takeBack bool) {
	s.Pad.End()
	if takeBack {
		s.Pad.Undo()
	}
	s.Drawn()
}

// Ink returns the colour that is drawn with.
func (s *Subject) Ink() color.RGBA {
	if s.Tool == Eraser {
		return pad.Paper
	}
	return s.Color
}

// SetColor takes a colour that the user has picked.
func (s *Subject) SetColor(c color.RGBA) {
	s.Color = c
	if s.Tool == Eraser {
		s.Tool = Brush
	}
}

// Film asks for the camera.
func (s *Subject) Film() {
	s.filming = true
	s.camera.StartCamera(s.Rear)
}

// Lens chooses the camera of a side. What one sees of oneself is mirrored, unless that is changed.
func (s *Subject) Lens(rear bool) {
	if s.Rear == rear {
		return
	}
	s.Rear, s.Mirrored = rear, !rear
	if s.filming {
		s.Film()
	}
}

// Frame takes a live picture of the camera. It reports whether it was awaited.
func (s *Subject) Frame(img *image.RGBA) bool {
	if !s.filming {
		return false
	}
	if s.Mirrored {
		mirror(img)
	}
	s.Mode, s.Picture = Filming, picture.New(img, words.Subject.Camera)
	s.Changed()
	return true
}

// mirror turns a picture around, in place.
func mirror(img *image.RGBA) {
	w := img.Rect.Dx()
	for y := range img.Rect.Dy() {
		row := img.Pix[y*img.Stride:][:4*w]
		for a, b := 0, 4*(w-1); a < b; a, b = a+4, b-4 {
			for i := range 4 {
				row[a+i], row[b+i] = row[b+i], row[a+i]
			}
		}
	}
}

// CameraEnded is called when the camera has stopped by itself.
func (s *Subject) CameraEnded() {
	s.filming = false
	if s.Mode == Filming {
		s.Draw()
	}
}

// Rest ends the camera, whose last picture stays.
func (s *Subject) Rest() {
	if s.Mode == Filming {
		s.Snap()
	}
	s.stopFilming()
}

// Snap takes the camera's picture, and ends it.
func (s *Subject) Snap() { s.Show(s.Picture.Image, words.Subject.Camera) }

// stopFilming ends the camera, also one that is only on its way.
func (s *Subject) stopFilming() {
	if s.filming {
		s.filming = false
		s.camera.StopCamera()
	}
}
