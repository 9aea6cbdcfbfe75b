package page

import (
	"fmt"
	"image"
	"image/color"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/picture"
	"tenfold/wasm/ui/theme"
)

// evaluatePanels is the Evaluate view: the numbers, the matrix, pictures.
func evaluatePanels(p *Page, area paint.Rect) []Panel {
	defer p.askPhotos()
	if p.w < 1040 {
		const gap = 12
		w := min(area.W-2*gap, 560)
		x, y := (area.W-w)/2, area.Y+gap
		var panels []Panel
		for _, next := range []struct {
			h    float64
			make func(paint.Rect) Panel
		}{{numbersHeight, p.numbersPanel}, {w + 110, p.matrixPanel}, {w + 260, p.inspectPanel}, {classesHeight, p.classesPanel}, {trustHeight, p.trustPanel}} {
			panels = append(panels, next.make(paint.Rect{X: x, Y: y, W: w, H: next.h}))
			y += next.h + gap
		}
		return panels
	}
	const left = 320
	g := float64(theme.Gap)
	h := max(area.H-2*g, numbersHeight+g+trustHeight)
	right := min(max(area.W*0.3, 360), 520)
	middle := min(area.W-left-right-4*g, 620)
	x, y := (area.W-left-middle-right-2*g)/2, area.Y+g
	trust := h - numbersHeight - g
	panels := []Panel{
		p.numbersPanel(paint.Rect{X: x, Y: y, W: left, H: numbersHeight}),
		p.trustPanel(paint.Rect{X: x, Y: y + numbersHeight + g, W: left, H: trust}),
	}
	x += left + g
	matrix := h - classesHeight - g
	panels = append(panels, p.matrixPanel(paint.Rect{X: x, Y: y, W: middle, H: matrix}), p.classesPanel(paint.Rect{X: x, Y: y + matrix + g, W: middle, H: classesHeight}))
	x += middle + g
	return append(panels, p.inspectPanel(paint.Rect{X: x, Y: y, W: right, H: h}))
}

const (
	numbersHeight = 396
	trustHeight   = 296
	classesHeight = 228
)

// numbersPanel chooses what to measure on and says what came of it.
func (p *Page) numbersPanel(r paint.Rect) Panel {
	e := &p.evaluation
	var ids []string
	for _, q := range evaluateParts {
		ids = append(ids, "evaluate-"+q.what)
	}
	ids = append(ids, "evaluate-start", "evaluate-stop")
	in := r.W - 2*theme.Pad
	rects := grid(paint.Point{X: r.X + theme.Pad, Y: r.Y + 44}, in, theme.Touch, 6, 6, 3, 3)
	rects = append(rects, grid(paint.Point{X: r.X + theme.Pad, Y: r.Y + 44 + theme.Touch + 8}, in, theme.Touch, 8, 8, 2, 2)...)
	states, press := p.row(ids, rects)
	th, status, words := p.theme, p.evaluateStatus(), p.comparisonWords()
	return Panel{Name: "evaluate-numbers", Rect: r, Key: p.viewKey(r, states, status, words, p.evaluateResult(), e.goes), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "How good is it?", th)
		p.look(c, states, r, th)
		y := 44.0 + 2*(theme.Touch+8)
		bar := paint.Rect{X: theme.Pad, Y: y + 4, W: in, H: 8}
		c.Box(bar, 4, th.Soft)
		share := 0.0
		if e.id != 0 && e.goes.Total > 0 {
			share = float64(e.goes.Done) / float64(e.goes.Total)
		} else if e.result != nil {
			share = 1
		}
		if share > 0 {
			bar.W = max(bar.W*share, 8)
			c.Box(bar, 4, th.Accent)
		}
		small := paint.Style{Size: theme.Small, Color: th.Quiet}
		for i, line := range head(c.Wrap(sentence(status), in, small), 2) {
			c.Text(line, paint.Point{X: theme.Pad, Y: y + 30 + 16*float64(i)}, small)
		}
		if e.result == nil {
			return
		}
		y += 96
		v := e.result.Report
		c.Text(fmt.Sprintf("%.2f %%", 100*v.Accuracy), paint.Point{X: theme.Pad, Y: y + 8}, paint.Style{Size: theme.Title, Weight: paint.Mono, Color: th.Ink})
		c.Text("accuracy", paint.Point{X: r.W - theme.Pad, Y: y + 6}, paint.Style{Size: theme.Note, Color: th.Quiet, Align: paint.Right})
		for i, l := range [][2]string{{"Loss", fmt.Sprintf("%.4f", v.Loss)}, {"Top-2 accuracy", fmt.Sprintf("%.2f %%", 100*v.Top2)}} {
			yy := y + 36 + 22*float64(i)
			c.Text(l[0], paint.Point{X: theme.Pad, Y: yy}, paint.Style{Size: theme.Note, Color: th.Ink})
			c.Text(l[1], paint.Point{X: r.W - theme.Pad, Y: yy}, paint.Style{Size: theme.Note, Weight: paint.Mono, Color: th.Ink, Align: paint.Right})
		}
		y += 84
		if words == "" {
			words = seenWords("This network", e.result)
		}
		if words == "" {
			words = "With another network in use than the shipped one, both are compared here."
		}
		for i, line := range head(c.Wrap(words, in, small), 5) {
			c.Text(line, paint.Point{X: theme.Pad, Y: y + 16*float64(i)}, small)
		}
	}}
}

// head are the first n lines.
func head(lines []string, n int) []string { return lines[:min(len(lines), n)] }

// sentence begins with a capital letter and ends with a full stop.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	return string(text[0]-'a'+'A') + text[1:] + "."
}

// trustPanel is the reliability diagram, and the temperature that was fitted.
func (p *Page) trustPanel(r paint.Rect) Panel {
	e := &p.evaluation
	states, press := p.row([]string{"evaluate-temper"}, []paint.Rect{{X: r.X + r.W - theme.Pad - 84, Y: r.Y + r.H - theme.Touch - theme.Pad, W: 84, H: theme.Touch}})
	th := p.theme
	return Panel{Name: "evaluate-trust", Rect: r, Key: p.viewKey(r, states, p.evaluateResult()), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "Is 90 % right nine times in ten?", th)
		small := paint.Style{Size: theme.Small, Color: th.Quiet}
		plot := paint.Rect{X: theme.Pad + 30, Y: 48, W: r.W - 2*theme.Pad - 30, H: r.H - 48 - theme.Touch - 2*theme.Pad - 40}
		for i := range 3 {
			y := plot.Y + plot.H*(1-float64(i)/2)
			c.Box(paint.Rect{X: plot.X, Y: y, W: plot.W, H: 1}, 0, th.Line)
			right := small
			right.Align = paint.Right
			c.Text(fmt.Sprintf("%d", 50*i), paint.Point{X: plot.X - 6, Y: y + 4}, right)
			below := fmt.Sprintf("%d %%", 50*i)
			c.Text(below, paint.Point{X: plot.X + (plot.W-c.TextWidth(below, small))*float64(i)/2, Y: plot.Y + plot.H + 16}, small)
		}
		c.Text("how sure it is; bars: how often it is right", paint.Point{X: plot.X, Y: plot.Y + plot.H + 32}, small)
		if e.result == nil {
			p.look(c, states, r, th)
			return
		}
		v := e.result.Report
		w := plot.W / float64(len(v.Bins))
		for i, b := range v.Bins {
			if b.Pictures == 0 {
				continue
			}
			h := plot.H * b.Accuracy
			c.Box(paint.Rect{X: plot.X + w*float64(i) + 1, Y: plot.Y + plot.H - h, W: w - 2, H: h}, 0, theme.Mix(th.Accent, th.Panel, 0.35))
			c.Disc(paint.Point{X: plot.X + plot.W*b.Confidence, Y: plot.Y + plot.H*(1-b.Accuracy)}, 3, th.Accent)
		}
		c.Line([]paint.Point{{X: plot.X, Y: plot.Y + plot.H}, {X: plot.X + plot.W, Y: plot.Y}}, 1.5, th.Quiet)
		y := r.H - theme.Touch - theme.Pad
		for i, line := range []string{fmt.Sprintf("Calibration error %.1f %%", 100*v.ECE), fmt.Sprintf("%.1f %% at temperature %.2f", 100*v.ECEAfter, v.Temperature)} {
			c.Text(line, paint.Point{X: theme.Pad, Y: y + 19 + 18*float64(i)}, paint.Style{Size: theme.Note, Color: th.Ink})
		}
		p.look(c, states, r, th)
	}}
}

// matrixSquare is where the cells of the matrix lie in its panel.
func matrixSquare(r paint.Rect) paint.Rect {
	const names, top, below = 84, 48, 98
	side := min(r.W-names-theme.Pad-8, r.H-top-below)
	side = float64(int(side/10) * 10) // so that ten classes have whole cells
	return paint.Rect{X: (r.W-side-names)/2 + names, Y: top, W: side, H: side}
}

// matrixPanel is the confusion matrix; a press on a cell shows its pictures.
func (p *Page) matrixPanel(r paint.Rect) Panel {
	e := &p.evaluation
	square := matrixSquare(r)
	states, press := p.row([]string{"evaluate-counts"}, []paint.Rect{{X: r.X + r.W - theme.Pad - 80, Y: r.Y + 2, W: 80, H: theme.Touch}})
	if e.result != nil {
		press = append(press, part{paint.Rect{X: r.X + square.X, Y: r.Y + square.Y, W: square.W, H: square.H}, actionByID("evaluate-matrix")})
	}
	p.matrixAt = paint.Rect{X: r.X + square.X, Y: r.Y + square.Y, W: square.W, H: square.H}
	th := p.theme
	return Panel{Name: "evaluate-matrix", Rect: r, Key: p.viewKey(r, states, e.cell, e.counts, p.evaluateResult()), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "What it takes for what", th)
		p.look(c, states, r, th)
		p.paintConfusion(c, square)
	}}
}

// paintConfusion paints the matrix into a square, the names beside it and the colour
// bar below.
func (p *Page) paintConfusion(c *paint.Canvas, square paint.Rect) {
	e, th := &p.evaluation, p.theme
	classes := len(p.data().Classes)
	cell := square.W / float64(max(classes, 1))
	small := paint.Style{Size: theme.Small, Color: th.Quiet}
	right := small
	right.Align = paint.Right
	most := 1
	if e.result != nil {
		for _, row := range e.result.Report.Confusion {
			for _, n := range row {
				most = max(most, n)
			}
		}
	}
	for i := range classes {
		y := square.Y + cell*float64(i)
		c.Text(p.dataClass(int(i)), paint.Point{X: square.X - 8, Y: y + cell/2 + 4}, right)
		name := p.dataClass(int(i))
		if c.TextWidth(name, small) > cell-2 {
			name = letters(name, 3)
		}
		c.Text(name, paint.Point{X: square.X + cell*(float64(i)+0.5) - c.TextWidth(name, small)/2, Y: square.Y + square.H + 16}, small)
		for j := range classes {
			box := paint.Rect{X: square.X + cell*float64(j), Y: y, W: cell - 1, H: cell - 1}
			if e.result == nil {
				c.Box(box, 0, th.Soft)
				continue
			}
			row := e.result.Report.Confusion[i]
			n, of := row[j], max(e.result.Report.Classes[i].Support, 1)
			share, text := float64(n)/float64(of), fmt.Sprintf("%.0f", 100*float64(n)/float64(of))
			if e.counts {
				share, text = float64(n)/float64(most), fmt.Sprint(n)
			}
			fill := cividis(share)
			c.Box(box, 0, fill)
			ink := paint.Style{Size: theme.Small, Color: color.RGBA{255, 255, 255, 255}}
			if theme.Contrast(fill, ink.Color) < 4.5 {
				ink.Color = color.RGBA{0, 0, 0, 255}
			}
			if w := c.TextWidth(text, ink); n > 0 && w < cell-2 {
				c.Text(text, paint.Point{X: box.X + (box.W-w)/2, Y: box.Y + box.H/2 + 4}, ink)
			}
			if e.cell == [2]int{i, j} {
				c.Frame(box, 0, 3, th.Accent)
			}
		}
	}
	c.Text("predicted", paint.Point{X: square.X + square.W/2 - 28, Y: square.Y + square.H + 34}, small)
	y := square.Y + square.H + 46
	from, to := "0 %", "100 %"
	if e.counts {
		from, to = "0", fmt.Sprint(most)
	}
	c.Text(from, paint.Point{X: square.X - 8, Y: y + 10}, right)
	for i := range 60 {
		c.Box(paint.Rect{X: square.X + (square.W-44)*float64(i)/60, Y: y, W: (square.W-44)/60 + 0.5, H: 10}, 0, cividis(float64(i)/59))
	}
	c.Text(to, paint.Point{X: square.X + square.W - 38, Y: y + 10}, small)
	what := "share of the true class, in percent"
	if e.counts {
		what = "pictures"
	}
	c.Text(what, paint.Point{X: square.X, Y: y + 28}, small)
}

// letters is a class in its first letters.
func letters(name string, n int) string {
	all := []rune(name)
	return string(all[:min(n, len(all))])
}

// pressMatrix shows the pictures of the cell under the pointer, or of all if that is
// chosen already.
func (p *Page) pressMatrix() {
	e, at := &p.evaluation, p.matrixAt
	n := float64(len(p.data().Classes))
	cell := [2]int{int((p.pointer.Y - at.Y) / at.H * n), int((p.pointer.X - at.X) / at.W * n)}
	e.draws = 0
	if !at.Contains(p.pointer) || cell == e.cell {
		e.cell = [2]int{-1, -1}
		return
	}
	e.cell = cell
}

// classesPanel are precision, recall, F1 and support of each class.
func (p *Page) classesPanel(r paint.Rect) Panel {
	e := &p.evaluation
	th := p.theme
	return Panel{Name: "evaluate-classes", Rect: r, Key: p.viewKey(r, buttons{}, p.evaluateClasses()), Paint: func(c *paint.Canvas) {
		card(c, r, th)
		head := paint.Style{Size: theme.Small, Weight: paint.Medium, Color: th.Quiet}
		columns := []string{"precision", "recall", "F1", "support"}
		at := func(k int) float64 { return r.W - theme.Pad - float64(3-k)*(r.W-2*theme.Pad-100)/4 }
		c.Text("class", paint.Point{X: theme.Pad, Y: 26}, head)
		head.Align = paint.Right
		for k, name := range columns {
			c.Text(name, paint.Point{X: at(k), Y: 26}, head)
		}
		classes := p.data().Classes
		step := (r.H - 40) / float64(max(len(classes), 10))
		for i, name := range classes {
			y := 40 + step*(float64(i)+0.5) + 2
			c.Disc(paint.Point{X: theme.Pad + 5, Y: y - 4}, 4, th.Class(i))
			c.Text(name, paint.Point{X: theme.Pad + 16, Y: y}, paint.Style{Size: theme.Small, Color: th.Ink})
			if e.result == nil {
				continue
			}
			m := e.result.Report.Classes[i]
			for k, text := range []string{fmt.Sprintf("%.3f", m.Precision), fmt.Sprintf("%.3f", m.Recall), fmt.Sprintf("%.3f", m.F1), fmt.Sprint(m.Support)} {
				c.Text(text, paint.Point{X: at(k), Y: y}, paint.Style{Size: theme.Small, Weight: paint.Mono, Color: th.Ink, Align: paint.Right})
			}
		}
	}}
}

// inspectPanel is the tutorial's grid: pictures titled with what was predicted, the
// score, and the true class; wrong ones are marked.
func (p *Page) inspectPanel(r paint.Rect) Panel {
	e := &p.evaluation
	in := r.W - 2*theme.Pad
	ids := []string{"evaluate-random", "evaluate-mistakes", "evaluate-doubts", "evaluate-changed", "evaluate-more", "evaluate-matrix-png", "evaluate-grid-png", "evaluate-csv"}
	rects := grid(paint.Point{X: r.X + theme.Pad, Y: r.Y + 44}, in, theme.Touch, 6, 6, 5, 5)
	rects = append(rects, grid(paint.Point{X: r.X + theme.Pad, Y: r.Y + r.H - theme.Touch - theme.Pad}, in, theme.Touch, 6, 6, 3, 3)...)
	states, press := p.row(ids, rects)
	have := 0
	for _, i := range e.picked() {
		if p.photo(e.result.What, e.number(i)) != nil {
			have++
		}
	}
	th, words := p.theme, p.shownWords()
	return Panel{Name: "evaluate-inspect", Rect: r, Key: p.viewKey(r, states, have, words, e.cell, p.album.revision), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		name := "What it says of them"
		if e.cell[0] >= 0 || e.cell[1] >= 0 {
			name = fmt.Sprintf("%s taken for %s", p.anyClass(e.cell[0]), p.anyClass(e.cell[1]))
		}
		title(c, name, th)
		p.look(c, states, r, th)
		box := paint.Rect{X: theme.Pad, Y: 44 + theme.Touch + 12, W: in, H: r.H - 44 - 2*theme.Touch - 2*theme.Pad - 20}
		if e.result == nil {
			note := paint.Style{Size: theme.Note, Color: th.Quiet}
			for i, line := range c.Wrap("Evaluate the network, and pictures with its predictions will be here. Press a cell of the matrix to see just those.", in, note) {
				c.Text(line, paint.Point{X: theme.Pad, Y: box.Y + 20 + 20*float64(i)}, note)
			}
			return
		}
		p.paintPredictions(c, box)
	}}
}

func (p *Page) anyClass(i int) string {
	if i < 0 {
		return "any"
	}
	return p.dataClass(int(i))
}

// paintPredictions paints the pictures that are shown, four in a row.
func (p *Page) paintPredictions(c *paint.Canvas, r paint.Rect) {
	e, th := &p.evaluation, p.theme
	const per, gap, caption = 4, 10, 48
	picked := e.picked()
	if len(picked) == 0 {
		note := paint.Style{Size: theme.Note, Color: th.Quiet}
		text := "There is none."
		if e.sort == byChange && e.result.Comparison == nil {
			text = "Evaluate another network than the shipped one to see what changed."
		}
		for i, line := range c.Wrap(text, r.W, note) {
			c.Text(line, paint.Point{X: r.X, Y: r.Y + 20 + 20*float64(i)}, note)
		}
	}
	w := min((r.W-(per-1)*gap)/per, (r.H-3*gap)/4-caption)
	step := (r.W - per*w) / (per - 1)
	for k, i := range picked {
		at := paint.Rect{X: r.X + float64(k%per)*(w+step), Y: r.Y + float64(k/per)*(w+caption+gap), W: w, H: w}
		if b := p.photo(e.result.What, e.number(i)); b != nil {
			img := picture.Enlarge(b, p.data().Input)
			c.Picture(at, img, img.Rect, false)
		} else {
			c.Box(at, 4, th.Soft)
		}
		ink := paint.Style{Size: theme.Small, Color: th.Quiet}
		said := ink
		said.Color = th.Ink
		says := p.dataClass(int(e.result.Class[i]))
		if wrong := e.result.Class[i] != e.result.True[i]; wrong {
			c.Frame(at, 0, 3, th.Warning)
			says = "× " + says
			said.Color, said.Weight = th.Warning, paint.Medium
		}
		room := w + step - 4
		c.Text(c.Fit(says, room, said), paint.Point{X: at.X, Y: at.Y + w + 14}, said)
		score := fmt.Sprintf("%.3f", e.result.Score[i])
		if e.sort == byChange {
			score = "was " + p.dataClass(int(e.result.Beside[i]))
		}
		c.Text(c.Fit(score, room, ink), paint.Point{X: at.X, Y: at.Y + w + 28}, ink)
		c.Text(c.Fit("is "+p.dataClass(int(e.result.True[i])), room, ink), paint.Point{X: at.X, Y: at.Y + w + 42}, ink)
	}
}

// matrixImage and gridImage are pictures to save.
func (p *Page) matrixImage() *image.RGBA {
	const w, h = 720, 720
	c := paint.NewCanvas(w, h, 1)
	c.Box(paint.Rect{W: w, H: h}, 0, p.theme.Panel)
	p.paintConfusion(c, matrixSquare(paint.Rect{W: w, H: h}))
	return c.Image
}

func (p *Page) gridImage() *image.RGBA {
	const w, h = 720, 880
	c := paint.NewCanvas(w, h, 1)
	c.Box(paint.Rect{W: w, H: h}, 0, p.theme.Panel)
	p.paintPredictions(c, paint.Rect{X: theme.Pad, Y: theme.Pad, W: w - 2*theme.Pad, H: h - 2*theme.Pad})
	return c.Image
}
