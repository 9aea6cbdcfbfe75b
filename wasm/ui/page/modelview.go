package page

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"tenfold/nn/spec"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/picture"
	"tenfold/wasm/ui/theme"
)

// modelPanels is the Model view: the stack of layers, what one makes of the picture,
// one of its filters, and the reasons for a class.
func modelPanels(p *Page, area paint.Rect) []Panel {
	p.lookInside()
	if p.w < 1040 {
		const gap = 12
		w := min(area.W-2*gap, 560)
		x, y := (area.W-w)/2, area.Y+gap
		var panels []Panel
		for _, next := range []struct {
			h    float64
			make func(paint.Rect) Panel
		}{{w + 190, p.mapsPanel}, {filterHeight, p.filterPanel}, {stimulusHeight, p.stimulusPanel}, {whyHeight, p.whyPanel}, {tableTop + 19*22 + 110, p.tablePanel}} {
			panels = append(panels, next.make(paint.Rect{X: x, Y: y, W: w, H: next.h}))
			y += next.h + gap
		}
		return panels
	}
	g := float64(theme.Gap)
	const left = 408
	h := max(area.H-2*g, filterHeight+whyHeight+g)
	right := min(max(area.W*0.29, 360), 460)
	middle := min(area.W-left-right-4*g, h)
	x, y := (area.W-left-middle-right-2*g)/2, area.Y+g
	maps := h - stimulusHeight - g
	why := (h-filterHeight-whyHeight-g)/2 + whyHeight
	return []Panel{
		p.tablePanel(paint.Rect{X: x, Y: y, W: left, H: h}),
		p.mapsPanel(paint.Rect{X: x + left + g, Y: y, W: middle, H: maps}),
		p.stimulusPanel(paint.Rect{X: x + left + g, Y: y + maps + g, W: middle, H: stimulusHeight}),
		p.filterPanel(paint.Rect{X: x + left + middle + 2*g, Y: y, W: right, H: h - why - g}),
		p.whyPanel(paint.Rect{X: x + left + middle + 2*g, Y: y + h - why, W: right, H: why}),
	}
}

const (
	filterHeight   = 300
	stimulusHeight = 194
	whyHeight      = 280
	tableTop       = 62
)

// tablePanel is Keras' summary, and a drawing of the stack below it.
func (p *Page) tablePanel(r paint.Rect) Panel {
	in := &p.inside
	layers := p.layers()
	n := float64(max(len(layers), 1))
	step := min(max((r.H-tableTop-2*theme.Pad-80)/n, 18), 26)
	p.tableAt = paint.Rect{X: r.X, Y: r.Y + tableTop, W: r.W, H: step * n}
	press := []part{{p.tableAt, actionByID("model-table")}}
	th, table := p.theme, p.modelTable()
	return Panel{Name: "model-table", Rect: r, Key: p.viewKey(r, buttons{}, table, in.layer), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "Layers", th)
		if m := p.link.loaded; m != nil {
			c.Text(thousands(m.Params)+" parameters", paint.Point{X: r.W - theme.Pad, Y: 32}, paint.Style{Size: theme.Note, Color: th.Quiet, Align: paint.Right})
		}
		w := r.W - 2*theme.Pad
		at := []float64{theme.Pad, theme.Pad + w*0.55, theme.Pad + w*0.72, theme.Pad + w*0.88, theme.Pad + w}
		head := paint.Style{Size: theme.Small, Color: th.Quiet}
		c.Text("layer", paint.Point{X: at[0], Y: tableTop - 8}, head)
		head.Align = paint.Right
		for k, name := range []string{"output", "weights", "mult-adds", "ms"} {
			c.Text(name, paint.Point{X: at[k+1], Y: tableTop - 8}, head)
		}
		for i := range layers {
			y := tableTop + step*float64(i)
			ink := paint.Style{Size: theme.Small, Color: th.Ink}
			if i == in.layer {
				c.Box(paint.Rect{X: 8, Y: y, W: r.W - 16, H: step}, 6, th.Accent)
				ink.Color = th.OnAccent
			}
			name, shape, params, adds, ms := p.layerLine(i)
			base := y + step/2 + 4
			c.Text(c.Fit(name, w*0.34, ink), paint.Point{X: at[0], Y: base}, ink)
			ink.Align = paint.Right
			for k, text := range []string{shape, params, adds, ms} {
				c.Text(text, paint.Point{X: at[k+1], Y: base}, ink)
			}
		}
		top := tableTop + step*n + 14
		p.paintStack(c, paint.Rect{X: theme.Pad, Y: top, W: w, H: min(r.H-top-theme.Pad, 120)})
	}}
}

// paintStack draws the layers as blocks, as high as their pictures and as wide as their
// channels, one behind the other.
func (p *Page) paintStack(c *paint.Canvas, r paint.Rect) {
	layers, th := p.layers(), p.theme
	if len(layers) == 0 || r.H < 30 {
		return
	}
	width := func(l spec.Layer) float64 { return 4 + math.Sqrt(float64(l.Output[len(l.Output)-1])) }
	total := 0.0
	for _, l := range layers {
		total += width(l) + 4
	}
	k := r.W / total
	x := r.X
	for i, l := range layers {
		h := 8.0
		if len(l.Output) == 3 {
			h = max(r.H*float64(l.Output[0])/spec.Side, 6)
		}
		col := theme.Mix(th.Panel, th.Quiet, 0.35)
		switch {
		case i == p.inside.layer:
			col = th.Accent
		case l.Params > 0:
			col = theme.Mix(th.Panel, th.Accent, 0.45)
		}
		c.Box(paint.Rect{X: x, Y: r.Y + (r.H-h)/2, W: width(l) * k, H: h}, 2, col)
		x += (width(l) + 4) * k
	}
}

// pressTable goes to the layer under the pointer.
func (p *Page) pressTable() {
	layer := 0
	if p.tableAt.Contains(p.pointer) {
		layer = min(int((p.pointer.Y-p.tableAt.Y)/p.tableAt.H*float64(len(p.layers()))), len(p.layers())-1)
	}
	p.choose(layer, 0)
}

// tiles lays n squares out in a rectangle, as large as they can be.
func tiles(r paint.Rect, n int, gap float64) (per int, side float64) {
	for per = 1; ; per++ {
		side = (r.W - float64(per-1)*gap) / float64(per)
		rows := math.Ceil(float64(n) / float64(per))
		if rows*side+(rows-1)*gap <= r.H || per >= n && side <= 1 {
			return per, side
		}
	}
}

// mapsPanel shows every map of the chosen layer, and the filters of the first one.
func (p *Page) mapsPanel(r paint.Rect) Panel {
	in := &p.inside
	m := in.maps
	if m != nil && m.Layer != in.layer {
		m = nil
	}
	states, press := p.line([]string{"model-prev", "model-next"}, paint.Rect{X: r.X + theme.Pad, Y: r.Y + r.H - theme.Touch - theme.Pad, W: r.W - 2*theme.Pad, H: theme.Touch})
	box := paint.Rect{X: theme.Pad, Y: 68, W: r.W - 2*theme.Pad, H: r.H - 68 - theme.Touch - theme.Pad - 14}
	filters := 0.0
	if m != nil && len(m.Filters) > 0 {
		filters = box.H * 0.4
		box.H -= filters
	}
	n := p.channels()
	gap := 6.0
	if n > 100 {
		gap = 2
	}
	per, side := tiles(box, n, gap)
	used := paint.Rect{X: r.X + box.X, Y: r.Y + box.Y, W: float64(per)*(side+gap) - gap, H: math.Ceil(float64(n)/float64(per))*(side+gap) - gap}
	p.mapsAt, p.mapsPer = used, per
	press = append(press, part{used, actionByID("model-maps")})
	th, words := p.theme, p.modelMaps()
	return Panel{Name: "model-maps", Rect: r, Key: p.viewKey(r, states, words, in.filter, in.layer, p.changes, in.asked, in.from), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		layers := p.layers()
		if m == nil || in.layer >= len(layers) {
			title(c, "What the layer sees", th)
			c.Text("Looking …", paint.Point{X: theme.Pad, Y: 60}, paint.Style{Size: theme.Note, Color: th.Quiet})
			p.look(c, states, r, th)
			return
		}
		title(c, layers[in.layer].Name, th)
		note := paint.Style{Size: theme.Small, Color: th.Quiet}
		what := fmt.Sprintf("%d maps of %d × %d of the current picture", m.C, m.H, m.W)
		if m.H == 1 {
			what = fmt.Sprintf("%d numbers of the current picture", m.C)
		}
		c.Text(what, paint.Point{X: theme.Pad, Y: 54}, note)
		right := note
		right.Align = paint.Right
		scale := paint.Rect{X: r.W - theme.Pad - 44 - 90, Y: 22, W: 90, H: 10}
		c.Text(fmt.Sprintf("%.2f", m.Low), paint.Point{X: scale.X - 6, Y: 32}, right)
		for i := range 30 {
			c.Box(paint.Rect{X: scale.X + scale.W*float64(i)/30, Y: scale.Y, W: scale.W/30 + 0.5, H: scale.H}, 0, cividis(float64(i)/29))
		}
		c.Text(fmt.Sprintf("%.2f", m.High), paint.Point{X: r.W - theme.Pad, Y: 32}, right)
		for k := range m.C {
			at := paint.Rect{X: box.X + float64(k%per)*(side+gap), Y: box.Y + float64(k/per)*(side+gap), W: side, H: side}
			c.Picture(at, mapImage(m, k), image.Rect(0, 0, m.W, m.H), false)
			if k == in.filter {
				c.Frame(at.Inset(-2), 0, 2, th.Accent)
			}
		}
		p.look(c, states, r, th)
		if filters > 0 {
			p.paintFilters(c, m, paint.Rect{X: theme.Pad, Y: box.Y + used.H + 16, W: box.W, H: filters + box.H - used.H - 16})
		}
	}}
}

// mapImage is a map in colours.
func mapImage(m *protocol.Inspected, k int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, m.W, m.H))
	for i, v := range m.Maps[k*m.H*m.W : (k+1)*m.H*m.W] {
		col := ramp[v]
		copy(img.Pix[4*i:], []byte{col.R, col.G, col.B, 255})
	}
	return img
}

// ramp is the colour map by bytes.
var ramp = func() (all [256]color.RGBA) {
	for i := range all {
		all[i] = cividis(float64(i) / 255)
	}
	return all
}()

// paintFilters paints the kernels of the first layer, enlarged.
func (p *Page) paintFilters(c *paint.Canvas, m *protocol.Inspected, r paint.Rect) {
	th := p.theme
	small := paint.Style{Size: theme.Small, Color: th.Quiet}
	c.Text(c.Fit(fmt.Sprintf("Its %d filters of %d × %d pixels; grey is zero", m.C, m.Side, m.Side), r.W, small), paint.Point{X: r.X, Y: r.Y + 14}, small)
	box := paint.Rect{X: r.X, Y: r.Y + 24, W: r.W, H: r.H - 24}
	per, side := tiles(box, m.C, 6)
	size := m.Side * m.Side * spec.Channels
	for k := range m.C {
		img := image.NewRGBA(image.Rect(0, 0, m.Side, m.Side))
		for i := range m.Side * m.Side {
			copy(img.Pix[4*i:], m.Filters[k*size+3*i:k*size+3*i+3])
			img.Pix[4*i+3] = 255
		}
		at := paint.Rect{X: box.X + float64(k%per)*(side+6), Y: box.Y + float64(k/per)*(side+6), W: side, H: side}
		c.Picture(at, img, img.Rect, false)
		if k == p.inside.filter {
			c.Frame(at.Inset(-2), 0, 2, th.Accent)
		}
	}
}

// pressMaps enlarges the map under the pointer.
func (p *Page) pressMaps() {
	at, filter := p.mapsAt, 0
	if at.Contains(p.pointer) && p.mapsPer > 0 {
		rows := math.Ceil(float64(p.channels()) / float64(p.mapsPer))
		filter = int((p.pointer.Y-at.Y)/at.H*rows)*p.mapsPer + int((p.pointer.X-at.X)/at.W*float64(p.mapsPer))
	}
	p.choose(p.inside.layer, min(filter, p.channels()-1))
}

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
		if s := in.climb; s != nil && len(s.Picture) == spec.Pixels {
			img := picture.Enlarge(s.Picture)
			c.Picture(square, img, img.Rect, false)
			c.Text(fmt.Sprintf("iteration %d of %d: %.2f", s.Iteration, climbSteps, s.Excited), paint.Point{X: r.W - theme.Pad, Y: 32}, right)
		}
		grid := paint.Rect{X: square.X + side + 12, Y: 42, W: side, H: side}
		switch {
		case in.nine != nil:
			per, cell := tiles(grid, 9, 4)
			for i, q := range in.nine.Pictures {
				img := picture.Enlarge(q.Picture)
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

// whyPanel blends the reasons for a class over the picture.
func (p *Page) whyPanel(r paint.Rect) Panel {
	in := &p.inside
	side := min(r.H-44-theme.Pad-20, r.W-2*theme.Pad-14-120)
	right := paint.Rect{X: r.X + theme.Pad + side + 14, Y: r.Y + 44, W: r.W - 2*theme.Pad - side - 14, H: side}
	states, press := p.row([]string{"model-class", "model-cam", "model-occlusion"}, grid(paint.Point{X: right.X, Y: right.Y}, right.W, theme.Touch, 6, 6, 1, 3))
	p.blendAt = paint.Rect{X: right.X, Y: right.Y + 3*50, W: right.W, H: theme.Touch}
	press = append(press, part{p.blendAt, actionByID("model-blend")})
	th, why := p.theme, in.why
	square := paint.Rect{X: theme.Pad, Y: 44, W: side, H: side}
	area := paint.Rect{X: r.X + square.X, Y: r.Y + square.Y, W: side, H: side} // one can draw on it
	return Panel{Name: "model-why", Rect: r, area: area, Key: p.viewKey(r, states, p.modelWhy(), in.blend, in.method, in.whyID, p.changes), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "Why this class?", th)
		if p.pixels != nil {
			img := picture.Enlarge(p.pixels)
			c.Picture(square, img, img.Rect, false)
		}
		if why != nil {
			c.Picture(square, blended(p.pixels, why, float64(in.blend)/100), image.Rect(0, 0, 128, 128), true)
		}
		p.look(c, states, r, th)
		at := paint.Rect{X: p.blendAt.X - r.X, Y: p.blendAt.Y - r.Y, W: p.blendAt.W, H: p.blendAt.H}
		track := paint.Rect{X: at.X, Y: at.Y + 19, W: at.W, H: 6}
		c.Box(track, 3, th.Soft)
		c.Box(paint.Rect{X: track.X, Y: track.Y, W: track.W * float64(in.blend) / 100, H: 6}, 3, th.Accent)
		c.Disc(paint.Point{X: track.X + track.W*float64(in.blend)/100, Y: track.Y + 3}, 9, th.Accent)
		small := paint.Style{Size: theme.Small, Color: th.Quiet, Align: paint.Right}
		text := "yellow speaks for it"
		if in.method == protocol.Occlusion {
			text = "yellow: a patch there harms it"
		}
		c.Text(text, paint.Point{X: r.W - theme.Pad, Y: 32}, small)
		if y := square.Y + side + 20; p.mode == Drawing && y < r.H-8 {
			small.Align = paint.Left
			c.Text("Draw on the picture: all of this moves.", paint.Point{X: square.X, Y: y}, small)
		}
	}}
}

// blended is the map over the picture, 128 x 128 pixels.
func blended(pixels []byte, w *protocol.Explained, share float64) *image.RGBA {
	const n = 128
	most := float32(1e-9)
	for _, v := range w.Values {
		most = max(most, v)
	}
	img := image.NewRGBA(image.Rect(0, 0, n, n))
	for y := range n {
		for x := range n {
			v := bilinear(w, (float64(y)+0.5)/n, (float64(x)+0.5)/n) / float64(most)
			col := ramp[uint8(min(max(v, 0), 1)*255)]
			px := pixels[(y*spec.Side/n*spec.Side+x*spec.Side/n)*spec.Channels:]
			for k, m := range [3]uint8{col.R, col.G, col.B} {
				img.Pix[4*(y*n+x)+k] = uint8(float64(px[k])*(1-share) + float64(m)*share + 0.5)
			}
			img.Pix[4*(y*n+x)+3] = 255
		}
	}
	return img
}

// bilinear is a map's value at a place, 0 to 1 in both directions.
func bilinear(w *protocol.Explained, y, x float64) float64 {
	fy, fx := min(max(y*float64(w.H)-0.5, 0), float64(w.H-1)), min(max(x*float64(w.W)-0.5, 0), float64(w.W-1))
	y0, x0 := int(fy), int(fx)
	y1, x1 := min(y0+1, w.H-1), min(x0+1, w.W-1)
	at := func(y, x int) float64 { return float64(w.Values[y*w.W+x]) }
	ty, tx := fy-float64(y0), fx-float64(x0)
	return (at(y0, x0)*(1-tx)+at(y0, x1)*tx)*(1-ty) + (at(y1, x0)*(1-tx)+at(y1, x1)*tx)*ty
}

// pressBlend takes the slider's place under the pointer, or goes on by a quarter.
func (p *Page) pressBlend() {
	in, at := &p.inside, p.blendAt
	if at.Contains(p.pointer) {
		in.blend = int(math.Round((p.pointer.X - at.X) / at.W * 100))
		return
	}
	in.blend = (in.blend + 25) % 125
}
