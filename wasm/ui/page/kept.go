package page

import (
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/picture"
)

// Kept is what the page is brought back with when its program has to start again, beside
// the pixels of the drawing, of the picture and the network.
type Kept struct {
	View       string
	Opening    bool // the drawing is the one that the page opens with
	Job        task.Job
	Using      string
	Tool       string
	Width      float64
	Color      color.RGBA
	Presenting bool

	Size       image.Point // of the picture; zero where the drawing is shown
	Name       string
	X, Y, Side float64 // its square
}

// Revision tells what of the page is another than it was. It is comparable.
type Revision struct {
	Drawing int
	Picture *image.RGBA // nil where the drawing is shown
	Network int
	Kept    Kept
}

// Revision is the present one.
func (p *Page) Revision() Revision {
	k := Kept{View: p.view, Opening: p.opening, Job: p.train.job, Using: p.train.using, Tool: p.tool, Width: p.width, Color: p.color, Presenting: p.presenting}
	r := Revision{Drawing: p.pad.Revision(), Network: p.models}
	if p.mode == Showing {
		q := p.picture
		r.Picture = q.Image
		k.Size, k.Name, k.X, k.Y, k.Side = q.Image.Rect.Size(), q.Name, q.X, q.Y, q.Side
	}
	r.Kept = k
	return r
}

// DrawingPixels are the pad's, RGBA; NetworkFile is the network in use.
func (p *Page) DrawingPixels() []byte { return p.pad.Image.Pix }
func (p *Page) NetworkFile() []byte   { return p.link.model }

// BringBack takes up what an earlier program has left, as JSON of a Kept and as pixels and
// the network's file, and says why that ended. What cannot be read is left out. training
// says that the worker that trains has outlived it.
func (p *Page) BringBack(why string, kept, drawing, pixels, network []byte, training bool) {
	p.note(why)
	p.problem = "The page's program had stopped and was started again: your drawing, the settings and training are back. Please report it: About this browser, Copy as text."
	var k Kept
	if err := json.Unmarshal(kept, &k); err != nil {
		return
	}
	if len(drawing) == len(p.pad.Image.Pix) && !k.Opening {
		p.pad = pad.New()
		p.pad.Add(pad.Pixels(drawing))
		p.drawn()
	}
	if n := k.Size; n.X > 0 && n.Y > 0 && len(pixels) == 4*n.X*n.Y {
		img := image.NewRGBA(image.Rectangle{Max: n})
		copy(img.Pix, pixels)
		p.mode, p.picture = Showing, &picture.Picture{Image: img, Name: k.Name, X: k.X, Y: k.Y, Side: k.Side}
		p.changed()
	}
	if k.Width > 0 {
		p.tool, p.width, p.color = k.Tool, k.Width, k.Color
	}
	p.train.job = k.Job
	if training {
		p.join()
	}
	if k.Using != task.Shipped && len(network) > 0 {
		p.use(k.Using, network)
	}
	for _, v := range views {
		if v.id == k.View && k.View != about {
			p.show(k.View)
		}
	}
	if k.Presenting {
		p.presenting = true
		p.rescale()
	}
}

// join takes up the run of a worker that trains already.
func (p *Page) join() {
	p.need()
	p.train.joining = true
	b, err := protocol.Encode(protocol.Join{})
	p.Report(err)
	p.host.SendTrainer(b)
}

// fault is something that went wrong in the program itself, in full.
type fault struct{ what, where string }

// Fault takes what a callback ended with: the page goes on.
func (p *Page) Fault(err error, stack string) {
	p.note(err.Error() + "\n" + stack)
	p.problem = fmt.Sprintf("Something went wrong (%v). Everything else goes on. Please report it: About this browser, Copy as text.", err)
}

// note keeps a fault for the report, the last five of them.
func (p *Page) note(text string) {
	what, where, _ := strings.Cut(strings.TrimSpace(text), "\n")
	p.faults = append(p.faults, fault{what, where})
	p.faults = p.faults[max(len(p.faults)-5, 0):]
	if p.view == about {
		p.host.Examine()
	}
}
