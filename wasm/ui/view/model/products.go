package model

import (
	"strings"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

const (
	signGap  = 16 // units between the squares, for × and =
	titleH   = 18 // units of a square's title
	cellSide = 52 // units of a cell at most
)

// products returns the window times the filter, for one channel of the input, cell by cell.
func products(a *protocol.TakenApart, channel int, w float64, value string) widget.Node {
	texts := words.Model
	side := min((w-2*signGap)/3, 116, cellSide*float64(max(a.W, a.H)))
	cw, ch := within(side, a.W, a.H)
	type key struct {
		a       *protocol.TakenApart
		channel int
	}
	return widget.Custom{
		ID: "model-products", Name: texts.How, Value: value, Role: widget.RoleImage, H: titleH + ch, Key: key{a, channel},
		Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
			of := func(f func(i int) float32) []float32 {
				var all []float32
				for i := channel; i < len(a.Patch); i += a.C {
					all = append(all, f(i))
				}
				return all
			}
			for k, square := range []struct {
				title  string
				values []float32
			}{
				{texts.Patch, of(func(i int) float32 { return a.Patch[i] })},
				{texts.Kernel, of(func(i int) float32 { return a.Kernel[i] })},
				{texts.Products, of(func(i int) float32 { return a.Patch[i] * a.Kernel[i] })},
			} {
				at := paint.Rect{X: r.X + float64(k)*(cw+signGap), Y: r.Y + titleH, W: cw, H: ch}
				c.Text(square.title, paint.Point{X: at.X, Y: r.Y + 12}, paint.Style{Size: theme.Small, Color: th.Quiet})
				paintCells(c, at, a.H, a.W, square.values, -1, th)
				if k < 2 {
					c.Text([]string{"×", "="}[k], paint.Point{X: at.X + cw + signGap/2, Y: at.Y + ch/2 + 5}, paint.Style{Size: theme.Body, Color: th.Ink, Align: paint.Middle})
				}
			}
		},
	}
}

// pooled returns the window of a pooling, its largest number framed if that is what counts.
func pooled(a *protocol.TakenApart, side float64, largest bool, value string) widget.Node {
	w, h := within(side, a.W, a.H)
	return widget.Custom{ID: "model-products", Name: words.Model.How, Value: value, Role: widget.RoleImage, H: h, Key: a, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		most := -1
		for i, p := range a.Patch {
			if largest && p == p && (most < 0 || p > a.Patch[most]) {
				most = i
			}
		}
		paintCells(c, paint.Rect{X: r.X + 3, Y: r.Y + 3, W: w - 6, H: h - 6}, a.H, a.W, a.Patch, most, th)
	}}
}

// paintCells paints numbers as cells, grey at 0, the strongest in full colour, with the figures
// where there is room. One is framed, or none (-1).
func paintCells(c *paint.Canvas, r paint.Rect, h, w int, values []float32, framed int, th *theme.Theme) {
	most := float32(1e-9)
	for _, v := range values {
		if v == v {
			most = max(most, v, -v)
		}
	}
	cell := r.W / float64(max(w, 1))
	texts := figures(c, cell-1, values)
	for i, v := range values {
		box := paint.Rect{X: r.X + cell*float64(i%w), Y: r.Y + cell*float64(i/w), W: cell - 1, H: cell - 1}
		if v != v { // outside of the picture
			c.Frame(box, 2, 1, th.Line)
			continue
		}
		fill := widget.Cividis(float64(v/most)/2 + 0.5)
		c.Box(box, 2, fill)
		c.Text(texts[i], paint.Point{X: box.X + box.W/2, Y: box.Y + box.H/2 + 4}, paint.Style{Size: theme.Small, Color: onto(fill), Align: paint.Middle})
		if i == framed {
			c.Frame(box.Inset(-1), 3, 3, th.Accent)
		}
	}
}

// figures are how numbers are written into cells of a width, all in the same way, as exactly as
// there is room for; empty if there is none.
func figures(c *paint.Canvas, w float64, values []float32) []string {
	all := make([]string, len(values))
	for _, way := range []struct {
		write func(v float64) string
		space float64 // beside it
	}{
		{func(v float64) string { return rounded(v, 3) }, 6},
		{func(v float64) string { return rounded(v, 2) }, 0},
		{func(v float64) string { return bare(rounded(v, 2)) }, 0},
	} {
		fits := true
		for i, v := range values {
			all[i] = ""
			if v == v {
				all[i] = way.write(float64(v))
			}
			fits = fits && c.TextWidth(all[i], paint.Style{Size: theme.Small}) <= w-way.space
		}
		if fits {
			return all
		}
	}
	return make([]string, len(values))
}

// bare leaves out a figure's 0 before the point: "-.12", ".5", but "0".
func bare(text string) string {
	sign := strings.HasPrefix(text, "-")
	text = strings.TrimPrefix(text, "-")
	switch {
	case strings.Trim(text, "0.") == "":
		return "0"
	case strings.HasPrefix(text, "0."):
		text = text[1:]
	}
	if sign {
		text = "-" + text
	}
	return text
}

// legend says what the colours of the cells mean.
func legend() widget.Node {
	return widget.Custom{Name: words.Model.Legend, Role: widget.RoleStatic, H: 18, Key: words.Model.Legend, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		style := paint.Style{Size: theme.Small, Color: th.Quiet}
		const bar = 56
		paintRamp(c, paint.Rect{X: r.X, Y: r.Y + 4, W: bar, H: 10})
		c.Text(c.Fit(words.Model.Legend, r.W-bar-8, style), paint.Point{X: r.X + bar + 8, Y: r.Y + 13}, style)
	}}
}
