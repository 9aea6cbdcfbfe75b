package model

import (
	"fmt"
	"image"
	"image/color"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// block is a layer in the picture of the network.
type block struct {
	id, name, note string // note stands at the right, quiet
	value          string // what it shows, in words
	in             []int  // the blocks that it takes in, by number
	strip          []*image.RGBA
	wide           bool      // the strip is one row of numbers
	bars           []float64 // in place of a strip; 0 to 1
	chosen         bool
	do             func() // nil if it cannot be pressed
}

const (
	rowHeight = 64 // units of a block
	laneStep  = 9
	stripSide = 26
)

// graph draws blocks below each other, in the order of computation, with lines from each to
// those that take it in.
func graph(blocks []block) widget.Node {
	in := make([][]int, len(blocks))
	for i, b := range blocks {
		in[i] = b.in
	}
	edges, count := lanes(in)
	all := widget.Column{}
	for i, b := range blocks {
		var here []edge // those that touch or pass this row
		for _, e := range edges {
			if e.from <= i && i <= e.to {
				here = append(here, e)
			}
		}
		n := widget.Custom{
			ID: b.id, Name: b.name, Long: b.name + ", " + b.note, Value: b.value, Role: widget.RoleImage, H: rowHeight, MinW: 160,
			Key: fmt.Sprint(b.name, b.note, b.strip, b.bars, b.chosen, here, i),
			Do:  b.do,
			Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
				b.paint(c, r, th, i, here, count)
			},
		}
		if b.do != nil {
			n.Role = widget.RoleButton
			n.Long = fmt.Sprintf(words.Model.LookInto, n.Long)
		}
		all.Items = append(all.Items, n)
	}
	return all
}

func (b block) paint(c *paint.Canvas, r paint.Rect, th *theme.Theme, i int, edges []edge, lanes int) {
	line := theme.Mix(th.Panel, th.Quiet, 0.55)
	if b.chosen {
		c.Box(r.Inset(1), 10, theme.Mix(th.Panel, th.Accent, 0.16))
	}
	x := func(lane int) float64 { return r.X + 12 + laneStep*float64(lane) }
	mid := r.Y + 19
	for _, e := range edges {
		at, passing := x(e.lane), e.from < i && i < e.to
		switch {
		case passing:
			c.Line([]paint.Point{{X: at, Y: r.Y}, {X: at, Y: r.Y + r.H}}, 1.5, line)
		case e.from == i:
			c.Line([]paint.Point{{X: x(0), Y: mid}, {X: at, Y: mid + 10}, {X: at, Y: r.Y + r.H}}, 1.5, line)
		default:
			c.Line([]paint.Point{{X: at, Y: r.Y}, {X: at, Y: mid - 10}, {X: x(0), Y: mid}}, 1.5, line)
		}
	}
	dot := th.Quiet
	if b.chosen {
		dot = th.Accent
	}
	c.Disc(paint.Point{X: x(0), Y: mid}, 4.5, dot)
	left := x(lanes-1) + 14
	in := paint.Rect{X: left, Y: r.Y, W: r.X + r.W - left - 8, H: r.H}
	note := paint.Style{Size: theme.Small, Color: th.Quiet, Align: paint.Right}
	c.Text(b.note, paint.Point{X: in.X + in.W, Y: r.Y + 23}, note)
	name := paint.Style{Size: theme.Note, Color: th.Ink}
	if b.chosen {
		name.Weight = paint.Medium
	}
	c.Text(c.Fit(b.name, in.W-c.TextWidth(b.note, note)-8, name), paint.Point{X: in.X, Y: r.Y + 24}, name)
	b.paintStrip(c, paint.Rect{X: in.X, Y: r.Y + 32, W: in.W, H: stripSide}, th)
}

// paintStrip paints as many maps as there is room for, a row of numbers, or bars.
func (b block) paintStrip(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
	switch {
	case b.bars != nil:
		step := min(r.W/float64(len(b.bars)), 28)
		gap := min(step*0.2, 3)
		for i, v := range b.bars {
			at := paint.Rect{X: r.X + step*float64(i), Y: r.Y, W: step - gap, H: r.H}
			c.Box(at, 0, th.Soft)
			if h := at.H * min(max(v, 0), 1); h >= 0.5 {
				c.Box(paint.Rect{X: at.X, Y: at.Y + at.H - h, W: at.W, H: h}, 0, th.Class(i))
			}
		}
	case b.wide && len(b.strip) > 0:
		img := b.strip[0]
		if w := min(r.W, float64(img.Rect.Dx())*stripSide); w >= 1 {
			c.Picture(paint.Rect{X: r.X, Y: r.Y + 6, W: w, H: 14}, img, img.Rect, false)
		}
	case len(b.strip) == 0:
		c.Box(paint.Rect{X: r.X, Y: r.Y, W: min(r.W, stripSide), H: r.H}, 3, th.Soft)
	default:
		x := r.X
		for _, img := range b.strip {
			size := img.Rect.Size()
			w, h := within(stripSide, size.X, size.Y)
			if x+w > r.X+r.W+0.5 {
				break
			}
			c.Picture(paint.Rect{X: x, Y: r.Y + (stripSide-h)/2, W: w, H: h}, img, img.Rect, size.X > 40)
			x += w + 4
		}
	}
}

// within fits a shape of w x h into a square.
func within(side float64, w, h int) (float64, float64) {
	k := side / float64(max(w, h, 1))
	return max(float64(w)*k, 1), max(float64(h)*k, 1)
}

// pressable is within, at least so large that places can be pressed.
func pressable(side float64, w, h int) (float64, float64) {
	x, y := within(side, w, h)
	return max(x, theme.Touch), max(y, theme.Touch)
}

// onto is black or white, whichever is read better on a colour.
func onto(back color.RGBA) color.RGBA {
	white, black := color.RGBA{255, 255, 255, 255}, color.RGBA{0, 0, 0, 255}
	if theme.Contrast(back, white) >= theme.Contrast(back, black) {
		return white
	}
	return black
}
