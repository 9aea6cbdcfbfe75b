package page

import (
	"fmt"
	"image"
	"image/color"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/picture"
	"tenfold/wasm/ui/theme"
)

// filterPanel enlarges one map, and takes one number of a convolution apart.
func (p *Page) filterPanel(r paint.Rect) Panel {
	in := &p.inside
	m := in.maps
	if m != nil && (m.Layer != in.layer || in.filter >= m.C) {
		m = nil
	}
	products := min((r.W-2*theme.Pad-2*20)/3, 108)
	side := min(r.H-44-products-18-2*theme.Pad, 240, r.W-2*theme.Pad-140)
	p.placeAt = paint.Rect{X: r.X + theme.Pad, Y: r.Y + 44, W: side, H: side}
	var press []part
	var states buttons
	if p.hasPlaces() {
		press = append(press, part{p.placeAt, actionByID("model-place")})
	}
	right := paint.Rect{X: theme.Pad + side + 14, Y: 44, W: r.W - 2*theme.Pad - side - 14, H: side}
	if p.isConv() {
		var more []part
		states, more = p.row([]string{"model-input"}, []paint.Rect{{X: r.X + right.X, Y: r.Y + 44 + side - theme.Touch, W: min(right.W, 140), H: theme.Touch}})
		press = append(press, more...)
	}
	th := p.theme
	return Panel{Name: "model-filter", Rect: r, Key: p.viewKey(r, states, p.modelMaps(), p.modelApart(), in.place, in.filter, in.from, in.asked), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		name := fmt.Sprintf("Map %d", in.filter)
		if !p.hasPlaces() {
			name = fmt.Sprintf("Number %d", in.filter)
		}
		title(c, name, th)
		small := paint.Style{Size: theme.Small, Color: th.Quiet}
		if m == nil {
			return
		}
		range_ := small
		range_.Align = paint.Right
		c.Text(fmt.Sprintf("from %.3f to %.3f", m.Lows[in.filter], m.Highs[in.filter]), paint.Point{X: r.W - theme.Pad, Y: 32}, range_)
		square := paint.Rect{X: theme.Pad, Y: 44, W: side, H: side}
		c.Picture(square, mapImage(m, in.filter), image.Rect(0, 0, m.W, m.H), false)
		if m.H > 1 {
			cell := side / float64(m.W)
			c.Frame(paint.Rect{X: square.X + cell*float64(in.place[1]) - 1, Y: square.Y + cell*float64(in.place[0]) - 1, W: cell + 2, H: cell + 2}, 0, 2, th.Accent)
		}
		switch a := in.apart; {
		case p.isConv() && a != nil && a.Layer == in.layer && a.Filter == in.filter:
			p.paintProducts(c, right, paint.Rect{X: theme.Pad, Y: 44 + side + 10, W: r.W - 2*theme.Pad, H: products}, a)
		case !p.isConv():
			for i, line := range head(c.Wrap("Choose a convolution to see how one of its numbers comes about.", right.W, small), 4) {
				c.Text(line, paint.Point{X: right.X, Y: right.Y + 14 + 16*float64(i)}, small)
			}
		}
		p.look(c, states, r, th)
	}}
}

// paintProducts paints patch times kernel, for one channel of the input, into r, and the
// sums beside the map.
func (p *Page) paintProducts(c *paint.Canvas, sums, r paint.Rect, a *protocol.TakenApart) {
	th, in := p.theme, &p.inside
	small := paint.Style{Size: theme.Small, Color: th.Quiet}
	side := r.H
	channel := min(in.input, a.C-1)
	products := make([]float32, len(a.Patch))
	for i := range products {
		products[i] = a.Patch[i] * a.Kernel[i]
	}
	for k, v := range [][]float32{a.Patch, a.Kernel, products} {
		x := r.X + float64(k)*(side+20)
		c.Text([]string{"input", "kernel", "products"}[k], paint.Point{X: x, Y: r.Y + 10}, small)
		most := float32(1e-9)
		for i := channel; i < len(v); i += a.C {
			most = max(most, v[i], -v[i])
		}
		cell := side / float64(max(a.W, a.H))
		for i := range a.H * a.W {
			q := v[i*a.C+channel]
			box := paint.Rect{X: x + cell*float64(i%a.W), Y: r.Y + 16 + cell*float64(i/a.W), W: cell - 1, H: cell - 1}
			fill := cividis(float64(q/most)/2 + 0.5)
			c.Box(box, 2, fill)
			ink := paint.Style{Size: 10, Color: color.RGBA{255, 255, 255, 255}}
			if theme.Contrast(fill, ink.Color) < 4.5 {
				ink.Color = color.RGBA{0, 0, 0, 255}
			}
			if text := tiny(q); c.TextWidth(text, ink) < cell-1 {
				c.Text(text, paint.Point{X: box.X + (box.W-c.TextWidth(text, ink))/2, Y: box.Y + box.H/2 + 4}, ink)
			}
		}
		if k < 2 {
			c.Text([]string{"×", "="}[k], paint.Point{X: x + side + 6, Y: r.Y + 16 + side/2 + 5}, paint.Style{Size: theme.Note, Color: th.Ink})
		}
	}
	y := sums.Y + 12
	for i, line := range [][2]string{
		{fmt.Sprintf("input %d of %d", channel+1, a.C), fmt.Sprintf("%.3f", channelSum(a, channel))},
		{"all inputs", fmt.Sprintf("%.3f", a.Sum-a.Bias)},
		{"bias", fmt.Sprintf("%.3f", a.Bias)},
		{"sum", fmt.Sprintf("%.3f", a.Sum)},
	} {
		style := paint.Style{Size: theme.Small, Color: th.Ink}
		c.Text(line[0], paint.Point{X: sums.X, Y: y + 17*float64(i)}, style)
		style.Align, style.Weight = paint.Right, paint.Mono
		c.Text(line[1], paint.Point{X: sums.X + min(sums.W, 140), Y: y + 17*float64(i)}, style)
	}
}

// tiny is a number in few letters.
func tiny(v float32) string {
	text := fmt.Sprintf("%.2f", v)
	for _, cut := range []string{"-0.", "0."} {
		if len(text) > len(cut) && text[:len(cut)] == cut {
			return cut[:len(cut)-2] + text[len(cut)-1:]
		}
	}
	return text
}

// pressPlace takes the number under the pointer apart.
func (p *Page) pressPlace() {
	in, at := &p.inside, p.placeAt
	shape := p.layers()[in.layer].Output
	in.place = [2]int{shape[0] / 2, shape[1] / 2}
	if at.Contains(p.pointer) {
		in.place = [2]int{int((p.pointer.Y - at.Y) / at.H * float64(shape[0])), int((p.pointer.X - at.X) / at.W * float64(shape[1]))}
	}
	p.lookInside()
}

// stimulusPanel shows the picture that excites the filter most, and the nine test
// pictures that do.
func (p *Page) stimulusPanel(r paint.Rect) Panel {
	in := &p.inside
	const column = 100
	states, press := p.row([]string{"model-stimulus", "model-nine", "model-cancel"}, grid(paint.Point{X: r.X + r.W - theme.Pad - column, Y: r.Y + 42}, column, theme.Touch, 4, 4, 1, 3))
	th, words := p.theme, p.modelStimulus()
	return Panel{Name: "model-stimulus", Rect: r, Key: p.viewKey(r, states, words, in.layer, in.filter), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "What excites it most", th)
		small := paint.Style{Size: theme.Small, Color: th.Quiet}
		side := min(r.H-42-12, (r.W-2*theme.Pad-column-2*12)/2)
		square := paint.Rect{X: theme.Pad, Y: 42, W: side, H: side}
		c.Box(square, 6, th.Soft)
		right := small
		right.Align = paint.Right
		if s := in.climb; s != nil && len(s.Picture) == p.task().Pixels() {
			img := picture.Enlarge(s.Picture, p.task().Input)
			c.Picture(square, img, img.Rect, false)
			c.Text(fmt.Sprintf("iteration %d of %d: %.2f", s.Iteration, climbSteps, s.Excited), paint.Point{X: r.W - theme.Pad, Y: 32}, right)
		}
		grid := paint.Rect{X: square.X + side + 12, Y: 42, W: side, H: side}
		switch {
		case in.nine != nil:
			per, cell := tiles(grid, 9, 4)
			for i, q := range in.nine.Pictures {
				img := picture.Enlarge(q.Picture, p.data().Input)
				c.Picture(paint.Rect{X: grid.X + float64(i%per)*(cell+4), Y: grid.Y + float64(i/per)*(cell+4), W: cell, H: cell}, img, img.Rect, false)
			}
		case in.nineID != 0:
			c.Text(fmt.Sprintf("%d of %d test pictures", in.goes.Done, in.goes.Total), paint.Point{X: grid.X, Y: grid.Y + 16}, small)
		default:
			for i, line := range head(c.Wrap("Climb makes a picture that excites this filter, from noise. Nine finds the test pictures that do.", grid.W, small), 6) {
				c.Text(line, paint.Point{X: grid.X, Y: grid.Y + 14 + 16*float64(i)}, small)
			}
		}
		p.look(c, states, r, th)
	}}
}
