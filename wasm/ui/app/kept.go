package app

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"

	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/subject"
	"tenfold/wasm/ui/words"
)

// Kept is what the page is restored from when its program has to start again, in addition
// to the pixels of the drawing and the picture, and the network.
type Kept struct {
	View       string
	Opening    bool // the drawing is the one that the page opens with
	Job        task.Job
	Using      string
	File       string // the name of the file of weights that was opened
	Tool       string
	Width      float64
	Color      color.RGBA
	Presenting bool

	Size       image.Point // of the picture; zero where the drawing is shown
	Name       string
	X, Y, Side float64 // its square
}

// Revision tells what of the page has changed. It is comparable.
type Revision struct {
	Drawing int
	Picture *image.RGBA // nil where the drawing is shown
	Network int
	Kept    Kept
}

// Revision returns the present one.
func (a *App) Revision() Revision {
	d, s := a.desk, a.desk.Subject
	k := Kept{View: d.View, Opening: s.Opening, Job: d.Library.Job, Using: d.Network.Using, File: d.Library.GivenName, Tool: s.Tool, Width: s.Width, Color: s.Color, Presenting: d.Presenting}
	r := Revision{Drawing: s.Pad.Revision(), Network: d.Network.Models}
	if s.Mode == subject.Showing {
		q := s.Picture
		r.Picture = q.Image
		k.Size, k.Name, k.X, k.Y, k.Side = q.Image.Rect.Size(), q.Name, q.X, q.Y, q.Side
	}
	r.Kept = k
	return r
}

// DrawingPixels returns the pad's, RGBA; NetworkFile is the network in use.
func (a *App) DrawingPixels() []byte { return a.desk.Subject.Pad.Image.Pix }
func (a *App) NetworkFile() []byte   { return a.desk.Network.File }

// BringBack restores what an earlier program has left, as JSON of a Kept and as pixels and
// the network's file, and says why that program ended. What cannot be read is left out. training
// says that the worker that trains has outlived it.
func (a *App) BringBack(why string, kept, drawing, pixels, file []byte, training bool) {
	d, s := a.desk, a.desk.Subject
	a.note(why)
	d.Say(words.App.Back)
	defer a.settle()
	var k Kept
	if err := json.Unmarshal(kept, &k); err != nil {
		return
	}
	if !k.Opening {
		a.bringDrawing(drawing)
	}
	if n := k.Size; n.X > 0 && n.Y > 0 && len(pixels) == 4*n.X*n.Y {
		img := image.NewRGBA(image.Rectangle{Max: n})
		copy(img.Pix, pixels)
		s.Mode, s.Picture = subject.Showing, picture.Open(img, k.Name)
		s.Picture.X, s.Picture.Y, s.Picture.Side = k.X, k.Y, k.Side
		s.Changed()
	}
	if k.Width > 0 {
		s.Tool, s.Width, s.Color = k.Tool, k.Width, k.Color
	}
	d.Library.Job = k.Job
	if training {
		d.Library.Join()
	}
	if k.Using != network.Opening && len(file) > 0 {
		d.Restore(k.Using, k.File, file)
	}
	for _, v := range a.views {
		if v.id == k.View && k.View != desk.Help {
			d.Show(k.View)
		}
	}
	d.Presenting = k.Presenting
	a.rescale()
}

// bringDrawing puts the pixels of a drawing on the pad. What cannot be one is left out.
func (a *App) bringDrawing(pixels []byte) {
	s := a.desk.Subject
	if len(pixels) == len(s.Pad.Image.Pix) {
		s.Pad = pad.New()
		s.Pad.Add(pad.Pixels(pixels))
		s.Drawn()
	}
}

// Drawing is what a person has drawn, as PNG; nil where nothing is drawn, or what the page opens
// with.
func (a *App) Drawing() []byte {
	s := a.desk.Subject
	if s.Opening || s.Pad.Blank() {
		return nil
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed} // the browser waits
	if err := encoder.Encode(&b, s.Pad.Image); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// BringDrawing puts back on the pad what Drawing was before the page was loaded anew. What cannot
// be read is left out.
func (a *App) BringDrawing(file []byte) {
	img, err := png.Decode(bytes.NewReader(file))
	if drawn, ok := img.(*image.RGBA); ok && err == nil { // what is opaque is read so
		a.bringDrawing(drawn.Pix)
		a.settle()
	}
}
