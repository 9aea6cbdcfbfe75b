package widget

import (
	"fmt"
	"math"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/words"
)

func (k matrixLooks) paint(s *sheet, r paint.Rect) {
	k.square.X, k.square.Y = k.square.X+r.X, k.square.Y+r.Y
	if k.cell <= 0 {
		return
	}
	k.paintCells(s)
	k.paintNames(s)
	k.paintScale(s, r)
}

func (k matrixLooks) at(row, col int) paint.Rect {
	gap := 1.0
	if k.cell < 8 {
		gap = 0
	}
	return paint.Rect{X: k.square.X + k.cell*float64(col), Y: k.square.Y + k.cell*float64(row), W: k.cell - gap, H: k.cell - gap}
}

func (k matrixLooks) paintCells(s *sheet) {
	count, from := k.shown(), k.from()
	for i := range count * count {
		row, col := i/count, i%count
		box := k.at(row, col)
		v := k.value(from.Row+row, from.Col+col)
		if math.IsNaN(v) {
			s.Box(box, 0, s.th.Soft)
			continue
		}
		fill := Cividis(v / k.greatest)
		s.Box(box, 0, fill)
		if k.texts == nil {
			continue
		}
		style := smallStyle
		style.Color, style.Align = onto(fill), paint.Middle
		text := k.texts[i]
		if s.m.Width(text, style) > k.cell-3 {
			continue
		}
		if v == 0 {
			text = "·"
		}
		s.line(text, box, style)
	}
	if s.child >= 0 && s.child < count*count {
		s.Frame(k.at(s.child/count, s.child%count), 0, 2, onto(Cividis(k.value(from.Row+s.child/count, from.Col+s.child%count)/k.greatest)))
	}
	if c := k.Selected; c != nil && c.Row >= from.Row && c.Col >= from.Col && c.Row < from.Row+count && c.Col < from.Col+count {
		box := k.at(c.Row-from.Row, c.Col-from.Col)
		s.Frame(box.Inset(-3), 4, 3, s.th.Accent)
		s.Frame(box, 0, 1, s.ground)
	}
}

// paintNames paints the classes beside the cells, skipping some so that they do not touch, and
// the axes' titles.
func (k matrixLooks) paintNames(s *sheet) {
	style := smallStyle
	style.Color = s.th.Quiet
	every := 1
	if room := leading(style.Size) - 2; k.cell < room {
		every = int(math.Ceil(room / k.cell))
	}
	q := k.square
	from := k.from()
	for i := 0; i < k.shown(); i += every {
		row, col := k.Classes[from.Row+i], k.Classes[from.Col+i]
		mid := (float64(i) + 0.5) * k.cell
		h := leading(style.Size)
		name := style
		name.Align = paint.Right
		s.fitted(row, paint.Rect{X: q.X - k.names, Y: q.Y + mid - h/2, W: k.names - 8, H: h}, name)
		if k.turned {
			s.upright(col, paint.Rect{X: q.X + mid - h/2, Y: q.Y + q.H + 4, W: h, H: k.columns - 4}, name)
			continue
		}
		name.Align = paint.Middle
		s.line(col, paint.Rect{X: q.X + mid - k.cell/2, Y: q.Y + q.H + 4, W: k.cell, H: k.columns}, name)
	}
	title := style
	title.Weight, title.Align, title.Color = paint.Medium, paint.Middle, s.th.Ink
	s.fitted(words.Widget.PredictedClass, paint.Rect{X: q.X, Y: q.Y + q.H + k.columns + 6, W: q.W, H: axisTitle}, title)
	s.upright(words.Widget.TrueClass, paint.Rect{X: q.X - k.names - axisTitle, Y: q.Y, W: axisTitle - 4, H: q.H}, title)
}

// paintScale paints the colour bar with its ends, and what it measures.
func (k matrixLooks) paintScale(s *sheet, r paint.Rect) {
	style := smallStyle
	style.Color = s.th.Quiet
	from, to := named(k.Ends[0], "0"), named(k.Ends[1], k.end())
	a, b := s.m.Width(from, style)+8, s.m.Width(to, style)+8
	q := k.square
	bar := paint.Rect{X: q.X, Y: q.Y + q.H + k.columns + 6 + axisTitle + 8, H: barHeight, W: q.W}
	if bar.W < 120 {
		bar.X, bar.W = q.X-k.names, q.W+k.names
	}
	below := paint.Rect{X: bar.X, Y: bar.Y + barHeight + 4, W: r.X + r.W - bar.X, H: leading(style.Size)}
	line := paint.Rect{X: bar.X, Y: bar.Y - 3, W: bar.W, H: barHeight + 6}
	bar.X, bar.W = bar.X+a, bar.W-a-b
	if bar.W < 16 {
		return
	}
	s.line(from, line, style)
	const steps = 64
	for i := range steps {
		x := bar.X + bar.W*float64(i)/steps
		s.Box(paint.Rect{X: x, Y: bar.Y, W: bar.X + bar.W*float64(i+1)/steps - x, H: bar.H}, 0, Cividis(float64(i)/(steps-1)))
	}
	style.Align = paint.Right
	s.line(to, line, style)
	style.Align = paint.Left
	s.fitted(k.Measure, below, style)
}

// end returns what the brightest colour means.
func (k matrixLooks) end() string {
	if k.Text == nil {
		return figure.Whole(k.greatest)
	}
	return fmt.Sprintf("%.4g", k.greatest)
}
