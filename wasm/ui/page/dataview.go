package page

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"tenfold/nn/task"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/picture"
	"tenfold/wasm/ui/theme"
)

// viewKey is what a panel depends on: its size, its buttons, and the rest as text.
type viewKey struct {
	w, h, scale float64
	theme       *theme.Theme
	buttons     buttons
	text        string
}

func (p *Page) viewKey(r paint.Rect, states buttons, values ...any) viewKey {
	return viewKey{r.W, r.H, p.Scale(), p.theme, relative(states, r), fmt.Sprint(values...)}
}

// galleryPanels is the Data view: what there is, the pictures, one of them enlarged.
func galleryPanels(p *Page, area paint.Rect) []Panel {
	p.askEnlarged()
	defer p.askPhotos()
	if p.w < 1040 {
		const gap = 12
		w := min(area.W-2*gap, 560)
		x, y := (area.W-w)/2, area.Y+gap
		zoom := paint.Rect{X: x, Y: y, W: w, H: zoomHeight(w)}
		var panels []Panel
		grid := paint.Rect{X: x, Y: y, W: w, H: w + 160}
		panels = append(panels, p.photosPanel(grid))
		zoom.Y = grid.Y + grid.H + gap
		panels = append(panels, p.zoomPanel(zoom))
		sets := paint.Rect{X: x, Y: zoom.Y + zoom.H + gap, W: w, H: setsHeight}
		return append(panels, p.setsPanel(sets))
	}
	const left = 296
	right := min(max(area.W*0.26, 300), 380)
	g := float64(theme.Gap)
	h := max(area.H-2*g, setsHeight)
	middle := min(area.W-left-right-4*g, h+120)
	x := (area.W - left - middle - right - 2*g) / 2
	y := area.Y + g
	return []Panel{
		p.setsPanel(paint.Rect{X: x, Y: y, W: left, H: h}),
		p.photosPanel(paint.Rect{X: x + left + g, Y: y, W: middle, H: h}),
		p.zoomPanel(paint.Rect{X: x + left + middle + 2*g, Y: y, W: right, H: h}),
	}
}

const (
	setsHeight = 48 + theme.Touch + 12 + 11*theme.Touch + 60
	photoSide  = 64.0 // of a picture in order
)

func zoomHeight(w float64) float64 { return w + 230 }

// setsPanel chooses the part and the class, with each class' mean picture.
func (p *Page) setsPanel(r paint.Rect) Panel {
	g := &p.gallery
	var ids []string
	for _, q := range parts {
		ids = append(ids, "data-"+q.what)
	}
	in := r.W - 2*theme.Pad
	states, press := p.row(ids, grid(paint.Point{X: r.X + theme.Pad, Y: r.Y + 44}, in, theme.Touch, 6, 6, 3, 3))
	s := p.survey(g.what)
	var labels []byte
	var means [][]byte
	if s != nil {
		labels, means = s.Labels, s.Means
	}
	of := p.data()
	n := counts(labels, len(of.Classes))
	rows := r.Y + 44 + theme.Touch + 12
	hover := ""
	for i := -1; i < len(p.data().Classes); i++ {
		a := p.classAction(i)
		press = append(press, part{paint.Rect{X: r.X + theme.Pad, Y: rows + float64(i+1)*theme.Touch, W: in, H: theme.Touch}, a})
		if p.hover == a.ID {
			hover = a.ID
		}
	}
	th := p.theme
	return Panel{Name: "data-sets", Rect: r, Key: p.viewKey(r, states, g.what, g.class, hover, p.album.revision), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "Pictures", th)
		count := paint.Style{Size: theme.Note, Color: th.Quiet, Align: paint.Right}
		c.Text(thousands(len(labels)), paint.Point{X: r.W - theme.Pad, Y: 32}, count)
		p.look(c, states, r, th)
		for i := -1; i < len(p.data().Classes); i++ {
			row := paint.Rect{X: theme.Pad, Y: rows - r.Y + float64(i+1)*theme.Touch, W: in, H: theme.Touch}
			a := p.classAction(i)
			ink := paint.Style{Size: theme.Note, Color: th.Ink}
			if i == g.class {
				c.Box(row, 8, th.Soft)
				ink.Weight = paint.Medium
			} else if hover == a.ID {
				c.Box(row, 8, theme.Mix(th.Panel, th.Soft, 0.6))
			}
			y := row.Y + 27
			x := row.X + 8
			if i >= 0 {
				c.Disc(paint.Point{X: x + 5, Y: y - 5}, 5, th.Class(i))
				c.Text(thousands(n[i]), paint.Point{X: row.X + row.W - 52, Y: y}, paint.Style{Size: theme.Note, Color: th.Quiet, Align: paint.Right})
				at := paint.Rect{X: row.X + row.W - 42, Y: row.Y + 4, W: 36, H: 36}
				if i < len(means) && len(means[i]) == of.Pixels() {
					img := picture.Enlarge(means[i], of.Input)
					c.Picture(at, img, img.Rect, true)
				} else {
					c.Box(at, 4, th.Soft)
				}
				x += 20
			}
			c.Text(a.Label, paint.Point{X: x, Y: y}, ink)
		}
		note := "At the right, the mean picture of each class."
		c.Text(note, paint.Point{X: theme.Pad, Y: rows - r.Y + 11*theme.Touch + 22}, paint.Style{Size: theme.Small, Color: th.Quiet})
	}}
}

// photosPanel shows the pictures. In order, only what is visible is asked for.
func (p *Page) photosPanel(r paint.Rect) Panel {
	g := &p.gallery
	shown := p.photos()
	ids := []string{"data-random", "data-all"}
	if p.empty(g.what) {
		ids = []string{"data-bring"}
	}
	states, press := p.line(ids, paint.Rect{X: r.X + theme.Pad, Y: r.Y + r.H - theme.Touch - theme.Pad, W: r.W - 2*theme.Pad, H: theme.Touch})
	in := paint.Rect{X: theme.Pad, Y: 48, W: r.W - 2*theme.Pad, H: r.H - 48 - theme.Touch - 2*theme.Pad}
	cells := g.layOut(in, len(shown))
	labels := p.labels(g.what)
	type photo struct {
		at     paint.Rect
		index  int
		pixels []byte
	}
	var photos []photo
	have := 0
	for i, at := range cells.visible(len(shown)) {
		index := shown[cells.first+i]
		b := p.photo(g.what, index)
		if b != nil {
			have++
		}
		photos = append(photos, photo{at, index, b})
		hit := paint.Rect{X: r.X + at.X, Y: r.Y + max(at.Y, in.Y), W: at.W, H: min(at.Y+cells.row, in.Y+in.H) - max(at.Y, in.Y)}
		if hit.H >= theme.Touch {
			press = append(press, part{hit, &Action{ID: fmt.Sprintf("data-cell-%d", i), Label: "Enlarge", Do: func(p *Page) { p.enlarge(index) }}})
		}
	}
	th := p.theme
	key := p.viewKey(r, states, g.what, g.class, g.ordered, g.draws, g.top, have, g.zoomed, len(shown), p.album.revision, p.dataStatus())
	panel := Panel{Name: "data-photos", Rect: r, Key: key, parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "What is in it", th)
		note := paint.Style{Size: theme.Note, Color: th.Quiet}
		if len(shown) == 0 {
			for i, line := range c.Wrap(p.emptyWords(), in.W, note) {
				c.Text(line, paint.Point{X: in.X, Y: in.Y + 20 + 20*float64(i)}, note)
			}
		}
		if g.ordered && len(shown) > 0 {
			where := note
			where.Align = paint.Right
			c.Text(fmt.Sprintf("%s to %s of %s", thousands(cells.first+1), thousands(cells.first+len(photos)), thousands(len(shown))), paint.Point{X: r.W - theme.Pad, Y: 32}, where)
		}
		c.Within(in, func() {
			for _, q := range photos {
				square := paint.Rect{X: q.at.X, Y: q.at.Y, W: q.at.W, H: q.at.W}
				if q.pixels == nil {
					c.Box(square, 4, th.Soft)
				} else {
					img := picture.Enlarge(q.pixels, p.data().Input)
					c.Picture(square, img, img.Rect, false)
				}
				if q.index == g.zoomed {
					c.Frame(square, 0, 3, th.Accent)
				}
				name := paint.Style{Size: theme.Small, Color: th.Quiet}
				if q.index < len(labels) {
					c.Text(c.Fit(p.dataClass(int(labels[q.index])), q.at.W, name), paint.Point{X: q.at.X, Y: q.at.Y + q.at.W + 15}, name)
				}
			}
		})
		p.look(c, states, r, th)
	}}
	if g.ordered {
		panel.scroll = func(d float64) { g.top += d }
	}
	return panel
}

func (p *Page) emptyWords() string {
	g := &p.gallery
	switch {
	case p.survey(g.what) == nil:
		return "Looking what there is …"
	case g.what == task.Mine && p.empty(g.what):
		return "In Classify, press the class that a picture really is. It will be here."
	case p.empty(g.what) && !p.hasData:
		return "The pictures will be here. Bring them in the Train view, as a file."
	case p.empty(g.what):
		return "The pictures will be here. Bring them in the Train view: from the server, or as a file."
	}
	return "There is none of this class."
}

// cells are places of pictures in rows.
type cells struct {
	in          paint.Rect
	per         int
	w, gap, row float64
	first       int // the number of the first one that is visible
	top         float64
}

// layOut places n pictures, sixteen large ones or all in order, of which some are
// visible.
func (g *gallery) layOut(in paint.Rect, n int) cells {
	const gap, caption = 12, 22
	c := cells{in: in, gap: gap}
	if !g.ordered {
		c.per = 4
		c.w = min((in.W-3*gap)/4, (in.H-3*gap-4*caption)/4)
		c.row = c.w + caption + gap
		c.in.X += (in.W - 4*c.w - 3*gap) / 2
		return c
	}
	c.per = max(int((in.W+gap)/(photoSide+gap)), 1)
	c.w = (in.W - float64(c.per-1)*gap) / float64(c.per)
	c.row = c.w + caption + gap
	rows := (n + c.per - 1) / c.per
	g.top = min(max(g.top, 0), max(float64(rows)*c.row-in.H, 0))
	g.cells = c.per
	first := int(g.top / c.row)
	c.first, c.top = first*c.per, g.top-float64(first)*c.row
	return c
}

// visible are the places of the pictures from first on that can be seen, of n.
func (c cells) visible(n int) []paint.Rect {
	var at []paint.Rect
	rows := int(math.Ceil((c.in.H + c.top) / c.row))
	for i := range min(rows*c.per, n-c.first) {
		at = append(at, paint.Rect{X: c.in.X + float64(i%c.per)*(c.w+c.gap), Y: c.in.Y - c.top + float64(i/c.per)*c.row, W: c.w, H: c.w})
	}
	return at
}

// reveal scrolls so that the i-th picture is visible.
func (g *gallery) reveal(i int) {
	if g.ordered && g.cells > 0 {
		g.top = float64(i/g.cells)*(photoSide+34) - 100
	}
}

// zoomPanel shows one picture large, its pixels, its label and what the network says.
func (p *Page) zoomPanel(r paint.Rect) Panel {
	g := &p.gallery
	states, press := p.line([]string{"data-prev", "data-next", "data-classify", "data-remove"}, paint.Rect{X: r.X + theme.Pad, Y: r.Y + r.H - theme.Touch - theme.Pad, W: r.W - 2*theme.Pad, H: theme.Touch})
	side := min(r.W-2*theme.Pad, 352, r.H-220)
	square := paint.Rect{X: (r.W - side) / 2, Y: 48, W: side, H: side}
	var pixels []byte
	if g.zoomed >= 0 {
		pixels = p.photo(g.what, g.zoomed)
	}
	under, of := "", p.data()
	h, w := 1, 1
	if len(of.Input) == 3 {
		h, w = of.Input[0], of.Input[1]
	}
	if px, py := int((p.pointer.X-r.X-square.X)/side*float64(w)), int((p.pointer.Y-r.Y-square.Y)/side*float64(h)); pixels != nil && p.pointer.X > r.X+square.X && p.pointer.Y > r.Y+square.Y && px >= 0 && py >= 0 && px < w && py < h {
		b := pixels[(py*w+px)*of.Input[2]:]
		under = fmt.Sprintf("pixel %d, %d: red %d, green %d, blue %d", px, py, b[0], b[1], b[2])
	}
	class, says, probs := p.zoomedClass(), p.dataPicture(), g.probs
	th := p.theme
	return Panel{Name: "data-zoom", Rect: r, Key: p.viewKey(r, states, g.zoomed, g.what, pixels != nil, under, says), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		note := paint.Style{Size: theme.Note, Color: th.Quiet}
		if g.zoomed < 0 {
			title(c, "One picture", th)
			for i, line := range c.Wrap("Press a picture to see its pixels, its label, and what the network says.", r.W-2*theme.Pad, note) {
				c.Text(line, paint.Point{X: theme.Pad, Y: 64 + 20*float64(i)}, note)
			}
			p.look(c, states, r, th)
			return
		}
		title(c, p.dataClass(int(class)), th)
		number := note
		number.Align = paint.Right
		c.Text(fmt.Sprintf("number %s", thousands(g.zoomed)), paint.Point{X: r.W - theme.Pad, Y: 32}, number)
		if pixels != nil {
			var img image.Image = picture.Enlarge(pixels, of.Input)
			c.Picture(square, img, img.Bounds(), false)
		} else {
			c.Box(square, 0, th.Soft)
		}
		small := paint.Style{Size: theme.Small, Color: th.Quiet}
		line := under
		if line == "" {
			line = fmt.Sprintf("%d × %d pixels, %s", w, h, channels(of.Input))
		}
		y := square.Y + side + 20
		c.Text(line, paint.Point{X: square.X, Y: y}, small)
		y += 12
		for k, i := range topOf(probs, 3) {
			mark := ""
			if k == 0 {
				mark = "wrong: "
				if i == class {
					mark = "right: "
				}
			}
			p.bar(c, paint.Rect{X: square.X, Y: y + 26*float64(k), W: side, H: 24}, mark+p.className(i), float64(probs[i]), th.Class(i))
		}
		p.look(c, states, r, th)
	}}
}

// bar paints a name, a bar and a share.
func (p *Page) bar(c *paint.Canvas, r paint.Rect, name string, share float64, col color.RGBA) {
	th := p.theme
	style := paint.Style{Size: theme.Note, Color: th.Ink}
	const left, right = 140, 64
	c.Text(c.Fit(name, left-8, style), paint.Point{X: r.X, Y: r.Y + 17}, style)
	track := paint.Rect{X: r.X + left, Y: r.Y + 7, W: r.W - left - right, H: 10}
	c.Box(track, 5, th.Soft)
	track.W *= min(share, 1)
	c.Box(track, min(5, track.W/2), col)
	figure := paint.Style{Size: theme.Note, Weight: paint.Mono, Color: th.Ink, Align: paint.Right}
	c.Text(fmt.Sprintf("%.1f %%", 100*share), paint.Point{X: r.X + r.W, Y: r.Y + 17}, figure)
}
