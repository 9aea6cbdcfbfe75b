package classify

import (
	"fmt"
	"math"

	"tenfold/nn/picture"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// sees shows the pixels that go into the network, h units high.
func (v *View) sees(h float64) widget.Node {
	w := &words.Classify
	of := v.desk.Network.Task()
	size := widget.Text{ID: "sees-size", Text: w.SeesEmpty, Size: theme.Small, Quiet: true}
	if len(of.Input) == 3 && !v.desk.Subject.Empty() {
		pixel := w.Three
		if of.Input[2] == 1 {
			pixel = w.Grey
		}
		size.Text = fmt.Sprintf(w.SeesPixels, of.Input[1], of.Input[0], pixel)
	}
	items := []widget.Node{v.pixels(h), size}
	if len(of.Classes) > 0 {
		items = append(items, widget.Text{ID: "sees-formula", Text: fmt.Sprintf(w.Enters, figure.Scaling(of.Scale, of.Shift)), Size: theme.Small, Quiet: true})
	}
	return widget.Card{Name: "sees", Title: w.Sees, Body: widget.Column{Gap: 6, Items: items}}
}

// pixels returns the picture that goes into the network, as crisp squares.
func (v *View) pixels(h float64) widget.Node {
	d := v.desk
	of := d.Network.Task()
	type key struct {
		changes, models int
		known           bool
	}
	return widget.Custom{
		ID: "sees", Name: words.Classify.Sees, Role: widget.RoleImage, H: h, MinW: theme.Touch,
		Key: key{d.Subject.Changes, d.Network.Models, len(of.Input) == 3},
		Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
			side := min(r.W, r.H)
			at := paint.Rect{X: r.X + (r.W-side)/2, Y: r.Y, W: side, H: side}
			pixels := d.Subject.Pixels(of.Input)
			if pixels == nil {
				c.Box(at, 0, th.Soft)
				c.Frame(at, 0, 1, th.Line)
				return
			}
			img := picture.Enlarge(pixels, of.Input)
			rows, columns := float64(of.Input[0]), float64(of.Input[1])
			at = middle(at, columns/max(rows, columns), rows/max(rows, columns))
			if step := math.Floor(at.W*c.Scale/columns) / c.Scale; step > 0 { // squares of the same size
				at = middle(at, step*columns/at.W, step*rows/at.H)
			}
			c.Picture(at, img, img.Rect, false)
			c.Frame(at.Inset(-1), 0, 1, th.Line)
		},
	}
}

// sampleGrid returns how many columns the samples have in a card of a width, and how high they are.
func sampleGrid(w float64) (columns int, h float64) {
	inner := w - 2*theme.Pad
	columns = 5
	if inner < 5*theme.Touch+4*8 {
		columns = 4
	}
	lines := float64((len(pad.Samples) + columns - 1) / columns)
	return columns, lines*(inner-8*float64(columns-1))/float64(columns) + 8*(lines-1)
}

// samples returns the sample drawings, in a card of a width.
func (v *View) samples(width float64) widget.Node {
	w := &words.Classify
	columns, _ := sampleGrid(width)
	grid := widget.Grid{Columns: columns, Gap: 8}
	for i, s := range pad.Samples {
		text := fmt.Sprintf(w.SampleOf, s.Class)
		grid.Items = append(grid.Items, widget.Image{
			ID: "sample-" + s.Class, Name: text, Picture: v.thumbs()[i], Version: i, Smooth: true, Square: true,
			Do: func() { v.desk.Subject.ShowSample(i) },
		})
	}
	return widget.Card{Name: "samples", Title: w.Samples, Body: grid}
}

// network says what is in use.
func (v *View) network() widget.Node {
	t := &words.Classify
	var items []widget.Node
	for i, line := range v.networkLines() {
		items = append(items, widget.Text{ID: fmt.Sprint("network-", i), Text: line, Size: theme.Small, Quiet: i > 0, Weight: weight(i == 0)})
	}
	return widget.Card{Name: "network", Title: t.Network, Body: widget.Column{Gap: 2, Items: items}}
}

func weight(medium bool) paint.Weight {
	if medium {
		return paint.Medium
	}
	return paint.Regular
}

// networkLines describe the network in use in a few words.
func (v *View) networkLines() []string {
	w, m := &words.Classify, v.desk.Network.Loaded
	if m == nil {
		return []string{w.Loading}
	}
	lines := []string{m.Name, fmt.Sprintf(w.Layers, len(m.Layers)) + ", " + fmt.Sprintf(w.Params, figure.Count(m.Params))}
	if m.Name == "" {
		lines = lines[1:]
	}
	return append(lines, part.Measured(m)...)
}
