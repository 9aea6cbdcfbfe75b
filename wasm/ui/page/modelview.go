package page

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/paint"
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
	width := func(l task.Layer) float64 { return 4 + math.Sqrt(float64(l.Output[len(l.Output)-1])) }
	total := 0.0
	for _, l := range layers {
		total += width(l) + 4
	}
	k := r.W / total
	x := r.X
	for i, l := range layers {
		h := 8.0
		if len(l.Output) == 3 {
			h = max(r.H*float64(l.Output[0])/float64(p.task().Input[0]), 6)
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
	size := m.Side * m.Side * p.task().Input[2]
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
