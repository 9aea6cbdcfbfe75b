package page

import (
	"fmt"
	"image"
	"math"

	"tenfold/nn/task"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/picture"
	"tenfold/wasm/ui/theme"
)

// classifyPanels is the Classify view: the pad, what the network sees, the answer.
func classifyPanels(p *Page, area paint.Rect) []Panel {
	if p.presenting && !p.narrow() {
		return presenterPanels(p, area)
	}
	c := p.place(area)
	panels := []Panel{p.padPanel(c), p.toolsPanel(c), p.seesPanel(c.sees), p.answerPanel(c.answer)}
	if p.narrow() {
		headline := paint.Rect{X: c.pad.X, Y: area.Y + 8, W: c.pad.W, H: 68}
		panels = append(panels, p.headlinePanel(headline))
	}
	return panels
}

// padding is the space inside of the pad's panel.
func (p *Page) padding() float64 {
	if p.narrow() {
		return 12
	}
	return theme.Pad
}

// padPanel shows the drawing or the picture.
func (p *Page) padPanel(c columns) Panel {
	d := p.padding()
	r := paint.Rect{X: c.pad.X, Y: c.pad.Y, W: c.pad.W, H: c.side + 2*d - d/2}
	type key struct {
		rect    paint.Rect
		scale   float64
		theme   *theme.Theme
		mode    Mode
		changes int
		drawing int
	}
	square := paint.Rect{X: d, Y: d, W: c.side, H: c.side}
	th, mode := p.theme, p.mode
	return Panel{
		Name: "pad", Rect: r, area: paint.Rect{X: r.X + d, Y: r.Y + d, W: c.side, H: c.side},
		Key: key{r, p.Scale(), th, mode, p.changes, p.pad.Revision()},
		Paint: func(c *paint.Canvas) {
			c.Clear(th.Paper)
			whole := paint.Rect{W: r.W, H: r.H + 40} // the tools' panel is its lower part
			c.Box(whole, theme.Radius, th.Line)
			c.Box(whole.Inset(1), theme.Radius-1, th.Panel)
			if mode == Drawing {
				c.Picture(square, p.pad.Image, p.pad.Image.Rect, true)
			} else {
				p.paintCrop(c, square)
			}
			c.RoundCorners(square, 8, th.Panel)
			c.Frame(square, 8, 1, th.Line)
		},
	}
}

// paintCrop paints the square of the picture that the network sees.
func (p *Page) paintCrop(c *paint.Canvas, square paint.Rect) {
	pic := p.picture
	c.Box(square, 0, picture.Around)
	side, b := pic.Side, pic.Image.Bounds()
	x0, y0 := pic.X-side/2, pic.Y-side/2
	from := image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x0+side)), int(math.Ceil(y0+side))).Intersect(b)
	k := square.W / side
	to := paint.Rect{
		X: square.X + (float64(from.Min.X)-x0)*k, Y: square.Y + (float64(from.Min.Y)-y0)*k,
		W: float64(from.Dx()) * k, H: float64(from.Dy()) * k,
	}
	c.Within(square, func() { c.Picture(to, pic.Image, from, side > 64) })
}

// toolsPanel holds the tools, the colours and the sources.
func (p *Page) toolsPanel(c columns) Panel {
	d := p.padding()
	r := paint.Rect{X: c.pad.X, Y: c.pad.Y + c.side + 2*d - d/2}
	r.W, r.H = c.pad.W, c.pad.Y+c.pad.H-r.Y
	t := p.toolbox(paint.Point{X: r.X + d, Y: r.Y + d/2 + 4}, c.side)
	type key struct {
		rect   paint.Rect
		scale  float64
		theme  *theme.Theme
		groups [3]buttons
		hint   string
	}
	k := key{rect: r, scale: p.Scale(), theme: p.theme, hint: p.hint()}
	var parts []part
	for i, ids := range t.groups {
		states, ps := p.row(ids, t.places[i])
		for j := range states {
			states[j].rect.X, states[j].rect.Y = states[j].rect.X-r.X, states[j].rect.Y-r.Y
		}
		k.groups[i] = states
		parts = append(parts, ps...)
	}
	k.rect.X, k.rect.Y = 0, 0
	th := p.theme
	hintY := t.places[0][len(t.places[0])-1].Y + theme.Touch + 12 + 27 - r.Y // under the first group
	return Panel{Name: "tools", Rect: r, Key: k, parts: parts, Paint: func(c *paint.Canvas) {
		c.Clear(th.Paper)
		whole := paint.Rect{Y: -40, W: r.W, H: r.H + 40}
		c.Box(whole, theme.Radius, th.Line)
		c.Box(whole.Inset(1), theme.Radius-1, th.Panel)
		for _, g := range k.groups {
			p.look(c, g, paint.Rect{}, th)
		}
		if k.hint != "" {
			style := paint.Style{Size: theme.Note, Color: th.Quiet}
			c.Text(c.Fit(k.hint, r.W-2*d, style), paint.Point{X: d, Y: hintY}, style)
		}
	}}
}

// hint stands in the place of the colours when there is no drawing.
func (p *Page) hint() string {
	switch p.mode {
	case Showing:
		if p.truth != "" {
			return "A test picture. It is a " + p.truth + "."
		}
		return "Drag to move. Scroll or pinch to zoom."
	case Filming:
		return "Hold something up to the camera."
	}
	return ""
}

// toolbox is the three groups of buttons under the pad: for the present mode, the
// colours, and the sources.
type toolbox struct {
	groups [3][]string
	places [3][]paint.Rect
	height float64 // the same in all modes, so that nothing jumps
}

// toolbox places the tools in rows of a given width.
func (p *Page) toolbox(at paint.Point, width float64) toolbox {
	const h = theme.Touch
	var t toolbox
	for _, id := range sources {
		if a := actionByID(id); a.Shown == nil || a.Shown(p) {
			t.groups[2] = append(t.groups[2], id)
		}
	}
	perTools, perColours, perSources, gap := 8, 11, len(t.groups[2]), 12.0
	if width < 11*h {
		perColours = 6
	}
	if width < 8*(h+8) {
		perTools, perSources, gap = 4, (perSources+1)/2, 8
	}
	drawTools := perTools
	switch p.mode {
	case Drawing:
		t.groups[0] = []string{"brush-small", "brush-medium", "brush-large", "eraser", "fill", "undo", "redo", "clear"}
		for _, c := range colours() {
			t.groups[1] = append(t.groups[1], c.ID)
		}
	case Showing:
		t.groups[0] = []string{"draw", "zoom-out", "zoom-in", "fit", "crop"}
		perTools = len(t.groups[0])
	case Filming:
		t.groups[0] = []string{"snap", "draw"}
		perTools = 2
	}
	rows := func(n, per int) float64 { return float64((n+per-1)/per) * (h + gap) }
	y := at.Y
	t.places[0] = grid(paint.Point{X: at.X, Y: y}, width, h, 8, gap, perTools, len(t.groups[0]))
	y += rows(8, drawTools)
	t.places[1] = grid(paint.Point{X: at.X, Y: y}, width, h, 0, gap, perColours, 11)
	y += rows(11, perColours)
	t.places[2] = grid(paint.Point{X: at.X, Y: y}, width, h, 8, gap, perSources, len(t.groups[2]))
	y += rows(len(t.groups[2]), perSources)
	t.height = y - gap - at.Y
	return t
}

// sampleSize is the side of a sample's picture in a panel of a width, and
// seesHeight the height of the stacked panel.
func sampleSize(w float64) float64 { return min((w-2*theme.Pad-4*8)/5, 64) }
func seesHeight(w float64) float64 {
	return 52 + min(w-2*theme.Pad, 256) + 84 + 2*sampleSize(w) + 8 + 36 + 20 + 4*17 + theme.Pad
}

// seesPanel shows the 32x32 pixels, and the samples.
func (p *Page) seesPanel(r paint.Rect) Panel {
	type key struct {
		w, h, scale float64
		theme       *theme.Theme
		pixels      string
		hover       string
		model       string
	}
	k := key{w: r.W, h: r.H, scale: p.Scale(), theme: p.theme, model: p.modelLine(), pixels: string(p.pixels)}
	side := min(r.W-2*theme.Pad, 256)
	x := (r.W - side) / 2
	top := 52.0
	samplesY := top + side + 84
	var parts []part
	cell := sampleSize(r.W)
	start := (r.W - 5*cell - 4*8) / 2
	for i := range pad.Samples {
		a := sampleActions[i]
		at := paint.Rect{X: r.X + start + float64(i%5)*(cell+8), Y: r.Y + samplesY + float64(i/5)*(cell+8), W: cell, H: cell}
		parts = append(parts, part{at, a})
		if p.hover == a.ID {
			k.hover = a.ID
		}
	}
	th, in := p.theme, p.task().Input
	var pixels *image.RGBA
	if len(p.pixels) > 0 {
		pixels = picture.Enlarge(p.pixels, in)
	}
	return Panel{Name: "sees", Rect: r, Key: k, parts: parts, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		c.Text("What the network sees", paint.Point{X: x, Y: 34}, paint.Style{Size: theme.Body, Weight: paint.Medium, Color: th.Ink})
		square := paint.Rect{X: x, Y: top, W: side, H: side}
		note := paint.Style{Size: theme.Small, Color: th.Quiet}
		if pixels != nil {
			c.Picture(within(square, in), pixels, pixels.Rect, false)
			c.Text(fmt.Sprintf("%d × %d pixels, %s", in[1], in[0], channels(in)), paint.Point{X: x, Y: top + side + 20}, note)
		}
		c.Frame(square, 0, 1, th.Line)
		c.Text("Sample drawings", paint.Point{X: start, Y: samplesY - 14}, paint.Style{Size: theme.Note, Weight: paint.Medium, Color: th.Ink})
		for i, s := range parts {
			at := paint.Rect{X: s.X - r.X, Y: s.Y - r.Y, W: s.W, H: s.H}
			if math.Abs(at.Y-samplesY) > 400 {
				continue
			}
			c.Picture(at, thumbnail(i), thumbnail(i).Bounds(), true)
			c.RoundCorners(at, 8, th.Panel)
			edge := th.Line
			if k.hover == s.action.ID {
				edge = th.Accent
			}
			c.Frame(at, 8, 1.5, edge)
		}
		if y := samplesY + 2*cell + 8 + 36; y+60 < r.H {
			c.Text("The network", paint.Point{X: start, Y: y}, paint.Style{Size: theme.Note, Weight: paint.Medium, Color: th.Ink})
			lines := p.modelLines()
			for i, line := range lines {
				c.Text(c.Fit(line, r.W-2*start, note), paint.Point{X: start, Y: y + 20 + float64(i)*17}, note)
			}
		}
	}}
}

// channels says what a pixel of a shape is.
func channels(in task.Shape) string {
	if in[len(in)-1] == 1 {
		return "grey"
	}
	return "three colours"
}

// within is where pixels of a shape lie in a square.
func within(r paint.Rect, in task.Shape) paint.Rect {
	h, w := float64(in[0]), float64(in[1])
	k := r.W / max(h, w)
	return paint.Rect{X: r.X + (r.W-k*w)/2, Y: r.Y + (r.H-k*h)/2, W: k * w, H: k * h}
}

// modelLines describe the model in a few words.
func (p *Page) modelLines() []string {
	m := p.link.loaded
	if m == nil {
		return []string{"Loading …"}
	}
	lines := []string{m.Name + fmt.Sprintf(", %d layers", len(m.Layers)), thousands(m.Params) + " weights"}
	for _, v := range m.Measured {
		what := map[string]string{task.TestSet: "Test", task.Validation: "Validation", task.Mine: "Own pictures'"}[v.On]
		lines = append(lines, fmt.Sprintf("%s accuracy %.1f%% (%s pictures)", what, 100*v.Accuracy, thousands(v.Pictures)))
	}
	return append(lines, "Nothing leaves your computer.")
}

// sampleActions draw the samples; they are not in the list of actions, where one
// leads through all of them.
var sampleActions = func() []*Action {
	var all []*Action
	for i, s := range pad.Samples {
		all = append(all, &Action{ID: "sample-" + s.Class, Label: "Sample drawing: " + s.Class, Do: func(p *Page) { p.showSample(i) }})
	}
	return all
}()

var thumbnails = make([]*image.RGBA, len(pad.Samples))

// thumbnail returns a small picture of a sample.
func thumbnail(i int) *image.RGBA {
	if thumbnails[i] == nil {
		d := pad.New()
		d.Add(pad.Group(pad.Samples[i].Marks()))
		c := paint.NewCanvas(128, 128, 1)
		c.Picture(paint.Rect{W: 128, H: 128}, d.Image, d.Image.Rect, true)
		thumbnails[i] = c.Image
	}
	return thumbnails[i]
}

// openingSample is the sample that the page opens with.
const openingSample = 8
