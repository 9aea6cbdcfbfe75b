package page

import (
	"fmt"
	"image/color"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/picture"
	"tenfold/wasm/ui/theme"
)

// wrongPanels are the confusion matrix and pictures that the network gets wrong.
func (p *Page) wrongPanels(r paint.Rect) []Panel {
	t := &p.train
	type key struct {
		w, h, scale float64
		theme       *theme.Theme
		epochs      int
		run         uint64
	}
	k := key{r.W, r.H, p.Scale(), p.theme, len(t.epochs), t.run}
	th, matrix, mistakes := p.theme, t.matrix, t.mistakes
	return []Panel{{Name: "train-wrong", Rect: r, Key: k, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "What it takes for what", th)
		if matrix == nil {
			for i, line := range c.Wrap("After each epoch the network is tried on the pictures that are held out. How it confuses classes will be here, and pictures that it got wrong.", r.W-2*theme.Pad, paint.Style{Size: theme.Note}) {
				c.Text(line, paint.Point{X: theme.Pad, Y: 62 + 20*float64(i)}, paint.Style{Size: theme.Note, Color: th.Quiet})
			}
			return
		}
		side := min(r.W-2*theme.Pad, r.H-48-150)
		p.paintMatrix(c, paint.Rect{X: theme.Pad, Y: 48, W: side, H: side}, matrix, th)
		y := 48 + side + 20
		if r.H-y < 60 {
			return
		}
		c.Text("Just got wrong", paint.Point{X: theme.Pad, Y: y}, paint.Style{Size: theme.Note, Weight: paint.Medium, Color: th.Ink})
		p.paintMistakes(c, paint.Rect{X: theme.Pad, Y: y + 8, W: r.W - 2*theme.Pad, H: r.H - y - 8 - theme.Pad}, mistakes, th)
	}}}
}

// paintMatrix paints a confusion matrix: rows are true classes, columns predicted ones,
// each row in shares of its pictures.
func (p *Page) paintMatrix(c *paint.Canvas, r paint.Rect, matrix [][]int, th *theme.Theme) {
	const names = 66.0
	cell := (min(r.W, r.H) - names) / float64(len(matrix))
	small := paint.Style{Size: theme.Small, Color: th.Quiet}
	for i, row := range matrix {
		n := 0
		for _, v := range row {
			n += v
		}
		y := r.Y + float64(i)*cell
		name := small
		name.Align = paint.Right
		c.Text(c.Fit(p.dataClass(int(i)), names-6, small), paint.Point{X: r.X + names - 6, Y: y + cell/2 + 4}, name)
		for j, v := range row {
			box := paint.Rect{X: r.X + names + float64(j)*cell, Y: y, W: cell - 1, H: cell - 1}
			share := 0.0
			if n > 0 {
				share = float64(v) / float64(n)
			}
			fill := cividis(share)
			c.Box(box, 0, fill)
			if cell < 20 || v == 0 {
				continue
			}
			ink := color.RGBA{255, 255, 255, 255}
			if theme.Contrast(fill, ink) < 4.5 {
				ink = color.RGBA{0, 0, 0, 255}
			}
			text := fmt.Sprintf("%.0f", 100*share)
			figure := paint.Style{Size: theme.Small, Color: ink}
			if c.TextWidth(text, figure) < cell-2 {
				c.Text(text, paint.Point{X: box.X + (box.W-c.TextWidth(text, figure))/2, Y: box.Y + box.H/2 + 4}, figure)
			}
		}
	}
	for j := range matrix { // the columns' names are the class's first letters
		text := letters(p.dataClass(j), 2)
		c.Text(text, paint.Point{X: r.X + names + float64(j)*cell + (cell-c.TextWidth(text, small))/2, Y: r.Y + float64(len(matrix))*cell + 14}, small)
	}
	y := r.Y + float64(len(matrix))*cell + 30
	c.Text("0 %", paint.Point{X: r.X, Y: y + 10}, small)
	bar := paint.Rect{X: r.X + 30, Y: y, W: r.W - 30 - 46, H: 10}
	for i := range 50 {
		c.Box(paint.Rect{X: bar.X + bar.W*float64(i)/50, Y: bar.Y, W: bar.W/50 + 0.5, H: bar.H}, 0, cividis(float64(i)/49))
	}
	right := small
	right.Align = paint.Right
	c.Text("100 %", paint.Point{X: r.X + r.W, Y: y + 10}, right)
}

// cividis is the colour map of that name, 0 to 1, which looks alike to colour-blind
// people: Nuñez, Anderton, Renslow 2018, https://doi.org/10.1371/journal.pone.0199239.
func cividis(v float64) color.RGBA {
	stops := []color.RGBA{{0, 32, 76, 255}, {0, 66, 109, 255}, {87, 93, 109, 255}, {124, 123, 120, 255}, {165, 156, 116, 255}, {210, 192, 96, 255}, {255, 233, 69, 255}}
	x := min(max(v, 0), 1) * float64(len(stops)-1)
	i := min(int(x), len(stops)-2)
	return theme.Mix(stops[i], stops[i+1], x-float64(i))
}

// paintMistakes paints pictures with the class that each was taken for.
func (p *Page) paintMistakes(c *paint.Canvas, r paint.Rect, mistakes []protocol.Mistake, th *theme.Theme) {
	const gap = 8
	per := 6
	side := (r.W - float64(per-1)*gap) / float64(per)
	for i, m := range mistakes {
		at := paint.Rect{X: r.X + float64(i%per)*(side+gap), Y: r.Y + float64(i/per)*(side+32), W: side, H: side}
		if at.Y+side+28 > r.Y+r.H {
			return
		}
		img := picture.Enlarge(m.Picture, p.data().Input)
		c.Picture(at, img, img.Rect, false)
		style := paint.Style{Size: theme.Small, Color: th.Quiet}
		c.Text(c.Fit(p.dataClass(int(m.Class)), side+4, style), paint.Point{X: at.X, Y: at.Y + side + 13}, style)
		c.Text(c.Fit("not "+p.dataClass(int(m.True)), side+4, style), paint.Point{X: at.X, Y: at.Y + side + 26}, style)
	}
}

// minePanels show the person's own pictures; a press on one removes it.
func (p *Page) minePanels(r paint.Rect) []Panel {
	t := &p.train
	type key struct {
		w, h, scale float64
		theme       *theme.Theme
		revision    int
		hover       string
		buttons     buttons
	}
	var mine []protocol.Labelled
	if t.stored != nil {
		mine = t.stored.Mine
	}
	states, parts := p.line([]string{"train-teach", "train-export"}, paint.Rect{X: r.X + theme.Pad, Y: r.Y + r.H - theme.Touch - theme.Pad, W: r.W - 2*theme.Pad, H: theme.Touch})
	k := key{r.W, r.H, p.Scale(), p.theme, t.revision, "", relative(states, r)}
	rects := p.mineGrid(r)
	first := max(len(mine)-len(rects), 0) // the newest
	for i, m := range mine[first:] {
		a := &Action{ID: fmt.Sprintf("mine-%d", first+i), Label: "Remove this " + p.dataClass(int(m.Class)), Do: func(p *Page) { p.tell(protocol.Drop{Index: first + i}) }}
		parts = append(parts, part{rects[i], a})
		if p.hover == a.ID {
			k.hover = a.ID
		}
	}
	th := p.theme
	return []Panel{{Name: "train-mine", Rect: r, Key: k, parts: parts, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "My pictures", th)
		note := paint.Style{Size: theme.Small, Color: th.Quiet}
		if len(mine) == 0 {
			for i, line := range c.Wrap("In Classify, press the class that a picture really is. It will be here, to teach the network.", r.W-2*theme.Pad, note) {
				c.Text(line, paint.Point{X: theme.Pad, Y: 60 + 17*float64(i)}, note)
			}
		} else {
			count := note
			count.Align = paint.Right
			c.Text("press one to remove it", paint.Point{X: r.W - theme.Pad, Y: 30}, count)
		}
		for i, m := range mine[first:] {
			at := paint.Rect{X: rects[i].X - r.X, Y: rects[i].Y - r.Y, W: rects[i].W, H: rects[i].H}
			img := picture.Enlarge(m.Picture, p.data().Input)
			c.Picture(at, img, img.Rect, false)
			if k.hover == fmt.Sprintf("mine-%d", first+i) {
				c.Frame(at, 0, 2, th.Accent)
			}
			tag := p.dataClass(int(m.Class))
			c.Box(paint.Rect{X: at.X, Y: at.Y + at.H - 16, W: at.W, H: 16}, 0, th.Panel)
			c.Text(c.Fit(tag, at.W, note), paint.Point{X: at.X + 2, Y: at.Y + at.H - 4}, note)
		}
		p.look(c, states, r, th)
	}}}
}

const mineRow = 5

func (p *Page) mineHeight(w float64) float64 {
	side := (w - 2*theme.Pad - (mineRow-1)*8) / mineRow
	return 44 + side + 8 + theme.Touch + theme.Pad + 8
}

func (p *Page) mineGrid(r paint.Rect) []paint.Rect {
	side := (r.W - 2*theme.Pad - (mineRow-1)*8) / mineRow
	return grid(paint.Point{X: r.X + theme.Pad, Y: r.Y + 44}, r.W-2*theme.Pad, side, 8, 8, mineRow, mineRow)
}
