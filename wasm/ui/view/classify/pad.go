package classify

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"tenfold/nn/picture"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/subject"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// hand is what a pressed pointer does on the pad.
type hand struct {
	kind    kind
	x, y    float64 // where it was last
	opening bool    // the stroke has taken the place of the drawing that the page opens with
}

type kind int

const (
	resting kind = iota
	stroking
	cropping
)

// pointer takes a pointer's event on the pad; x and y are shares of its side.
func (v *View) pointer(phase widget.Phase, x, y float64) bool {
	s, h := v.desk.Subject, &v.hand
	at := pad.Point{X: x, Y: y}
	if phase == widget.Down {
		v.desk.Say("")
		*h = hand{x: x, y: y, opening: s.Opening && s.Tool != subject.Fill}
		switch s.Mode {
		case subject.Showing:
			h.kind = cropping
		case subject.Drawing:
			if s.Stroke(at) {
				h.kind = stroking
			}
		}
		return s.Mode != subject.Filming
	}
	switch {
	case h.kind == stroking && s.Mode == subject.Drawing:
		switch phase {
		case widget.Drag:
			s.Extend(at)
		case widget.Up:
			v.letGo()
		case widget.Cancel:
			v.takeBack()
		}
	case h.kind == cropping && s.Mode == subject.Showing && phase == widget.Drag:
		k := margin(s.Picture)
		s.Picture.Move((x-h.x)*k, (y-h.y)*k)
		h.x, h.y = x, y
		s.Cropped()
	default:
		h.kind = resting
	}
	return true
}

// letGo ends what the pointer does.
func (v *View) letGo() {
	if v.hand.kind == stroking && v.desk.Subject.Mode == subject.Drawing {
		v.desk.Subject.EndStroke(false)
	}
	v.hand.kind = resting
}

// takeBack ends a stroke that was none: there is a second finger. The drawing that the page
// opened with comes back.
func (v *View) takeBack() {
	s := v.desk.Subject
	s.EndStroke(true)
	if v.hand.opening {
		s.Pad.Undo()
		s.Drawn()
		s.Opening = true
	}
	v.hand.kind = resting
}

// wheel zooms the picture around a place of the pad. d is in units.
func (v *View) wheel(x, y, d float64) bool {
	s := v.desk.Subject
	if s.Mode != subject.Showing {
		return false
	}
	k := margin(s.Picture)
	s.Picture.Zoom(max(1-d/zoomStep, 0.1), (x-0.5)*k+0.5, (y-0.5)*k+0.5)
	s.Cropped()
	return true
}

// zoomStep is the turn of a wheel, in units, that enlarges to twice the size; the app turns
// two fingers into such turns.
const zoomStep = 800

// zoom enlarges the picture around its middle.
func (v *View) zoom(factor float64) {
	s := v.desk.Subject
	s.Picture.Zoom(factor, 0.5, 0.5)
	s.Cropped()
}

// margin returns how much of a picture the pad shows, in sides of the square that the network
// sees: as much as there is, up to a quarter of the pad's side on each side, so that one sees
// what is lost.
func margin(p *picture.Picture) float64 {
	b := p.Image.Rect
	return min(max(float64(max(b.Dx(), b.Dy()))/p.Side, 1), 2)
}

// padNode returns the pad or the picture, a square as wide as there is room.
func (v *View) padNode() widget.Node {
	s, w := v.desk.Subject, &words.Classify
	type key struct {
		mode              subject.Mode
		changes, revision int
		across, down      float64
	}
	across, down := v.seen()
	n := widget.Custom{
		ID: "pad", Name: w.Pad, Role: widget.RoleImage, Aspect: 1, MinW: theme.Touch, Pointer: v.pointer,
		Key: key{s.Mode, s.Changes, s.Pad.Revision(), across, down},
	}
	switch s.Mode {
	case subject.Showing:
		n.Value, n.Wheel = fmt.Sprintf(w.PadPicture, s.Picture.Name), v.wheel
	case subject.Filming:
		n.Value = w.PadCamera
	default:
		n.Value = w.PadDrawing
		if s.Empty() {
			n.Value = w.PadEmpty
		}
	}
	n.Paint = func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		if s.Mode == subject.Drawing || s.Picture == nil {
			c.Picture(r, s.Pad.Image, s.Pad.Image.Rect, true)
			dim(c, r, middle(r, across, down))
		} else {
			paintCrop(c, r, s.Picture, across, down, th)
		}
		c.RoundCorners(r, theme.Radius, th.Paper)
		c.Frame(r, theme.Radius, 1, th.Line)
	}
	return widget.Column{Items: []widget.Node{bare("pad", n)}} // which keeps it a square where there is more height
}

// seen returns how much of the square a network sees whose pictures are not square, as shares of
// its sides.
func (v *View) seen() (across, down float64) {
	in := v.desk.Network.Task().Input
	if len(in) != 3 {
		return 1, 1
	}
	side := float64(max(in[0], in[1]))
	return float64(in[1]) / side, float64(in[0]) / side
}

// middle returns the middle part of a rectangle.
func middle(r paint.Rect, across, down float64) paint.Rect {
	return paint.Rect{X: r.X + r.W*(1-across)/2, Y: r.Y + r.H*(1-down)/2, W: r.W * across, H: r.H * down}
}

// paintCrop paints a picture with the part that the network sees in the middle, and dims the rest.
func paintCrop(c *paint.Canvas, r paint.Rect, p *picture.Picture, across, down float64, th *theme.Theme) {
	k := margin(p)
	frame := middle(r, across/k, down/k)
	c.Box(r, 0, th.Soft)
	c.Box(frame, 0, p.Around())
	side := p.Side * k
	x, y, scale := p.X-side/2, p.Y-side/2, r.W/side
	from := image.Rect(int(math.Floor(x)), int(math.Floor(y)), int(math.Ceil(x+side)), int(math.Ceil(y+side))).Intersect(p.Image.Rect)
	to := paint.Rect{
		X: r.X + (float64(from.Min.X)-x)*scale, Y: r.Y + (float64(from.Min.Y)-y)*scale,
		W: float64(from.Dx()) * scale, H: float64(from.Dy()) * scale,
	}
	c.Within(r, func() { c.Picture(to, p.Image, from, side > 64) })
	dim(c, overlap(to, r), frame)
	if frame.W < r.W-1 || frame.H < r.H-1 {
		c.Frame(frame.Inset(-2), 0, 2, th.Accent)
	}
}

// dim darkens what lies in r and not in clear.
func dim(c *paint.Canvas, r, clear paint.Rect) {
	shade := color.RGBA{A: 130}
	top, bottom := max(clear.Y, r.Y), min(clear.Y+clear.H, r.Y+r.H)
	for _, q := range []paint.Rect{
		{X: r.X, Y: r.Y, W: r.W, H: clear.Y - r.Y},
		{X: r.X, Y: clear.Y + clear.H, W: r.W, H: r.Y + r.H - clear.Y - clear.H},
		{X: r.X, Y: top, W: clear.X - r.X, H: bottom - top},
		{X: clear.X + clear.W, Y: top, W: r.X + r.W - clear.X - clear.W, H: bottom - top},
	} {
		if q.W > 0.5 && q.H > 0.5 {
			c.Box(q, 0, shade)
		}
	}
}

func overlap(a, b paint.Rect) paint.Rect {
	x, y := max(a.X, b.X), max(a.Y, b.Y)
	return paint.Rect{X: x, Y: y, W: max(min(a.X+a.W, b.X+b.W)-x, 0), H: max(min(a.Y+a.H, b.Y+b.H)-y, 0)}
}
