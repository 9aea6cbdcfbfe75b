package widget

import (
	"math"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// plot returns where the lines lie.
func (k chartLooks) plot(r paint.Rect) paint.Rect {
	return paint.Rect{X: r.X + k.left, Y: r.Y + k.top, W: r.W - k.left - 8, H: r.H - k.top - k.bottom}
}

func (k chartLooks) paint(s *sheet, r paint.Rect) {
	in := k.plot(r)
	at := math.NaN() // in the chart's measure
	if s.hover && in.Contains(s.at) && !k.empty() {
		at = k.nearest(k.x.From + (s.at.X-in.X)/in.W*(k.x.To-k.x.From))
	}
	style := labelStyle
	style.Color = s.th.Ink
	title := paint.Rect{X: r.X, Y: r.Y, W: r.W, H: leading(theme.Note)}
	s.fitted(k.Title, title, style)
	if in.W < 16 || in.H < 16 {
		return
	}
	k.paintLegend(s, r, at)
	k.paintAxes(s, in, at)
	for i := range k.Series {
		k.paintSeries(s, in, &k.Series[i])
	}
	if !math.IsNaN(at) {
		k.paintCrosshair(s, in, at)
	}
	if k.empty() && k.Empty != "" {
		note := paint.Style{Size: theme.Note, Color: s.th.Quiet, Align: paint.Middle}
		text := s.m.Fit(k.Empty, in.W-24, note)
		w := s.m.Width(text, note) + 24
		back := paint.Rect{X: in.X + (in.W-w)/2, Y: in.Y + in.H/2 - 16, W: w, H: 32}
		s.Box(back, 8, s.ground)
		s.line(text, back, note)
	}
}

func (k chartLooks) empty() bool {
	for _, s := range k.Series {
		if _, ok := s.point(math.NaN()); ok {
			return false
		}
	}
	return true
}

// nearest returns the X of the point next to x.
func (k chartLooks) nearest(x float64) float64 {
	best := math.NaN()
	for _, s := range k.Series {
		for _, p := range s.Points {
			if finite(p) && !(math.Abs(p.X-x) >= math.Abs(best-x)) {
				best = p.X
			}
		}
	}
	return best
}

func (k chartLooks) place(in paint.Rect, p paint.Point) paint.Point {
	return paint.Point{X: in.X + in.W*k.x.share(p.X), Y: in.Y + in.H*(1-k.y.share(p.Y))}
}

func (k chartLooks) paintLegend(s *sheet, r paint.Rect, at float64) {
	y, room := r.Y, r.W
	h := leading(theme.Small)
	beside := k.top == titled
	if !beside {
		y += leading(theme.Note) + 2
	} else {
		room = max(r.W-s.m.Width(k.Title, labelStyle)-16, 1)
	}
	for i, line := range k.legend(s.m, at, room) {
		x, w := r.X, -legendGap
		for _, e := range line {
			w += e.w + legendGap
		}
		if beside {
			x = r.X + r.W - w
			if i > 0 {
				return // values under the pointer that are longer than the last ones
			}
		}
		for _, e := range line {
			s.Box(paint.Rect{X: x, Y: y + h/2 - 2, W: 12, H: 4}, 2, e.color.of(s.th))
			s.line(e.text, paint.Rect{X: x + legendDash, Y: y, W: e.w, H: h}, paint.Style{Size: theme.Small, Color: s.th.Ink})
			x += e.w + legendGap
		}
		y += h
	}
}

func (k chartLooks) paintAxes(s *sheet, in paint.Rect, at float64) {
	style := smallStyle
	style.Color = s.th.Quiet
	h := leading(style.Size)
	right := style
	right.Align = paint.Right
	for i, v := range k.y.ticks {
		y := k.place(in, paint.Point{Y: v}).Y
		s.Box(paint.Rect{X: in.X, Y: whole(y), W: in.W, H: 1}, 0, s.th.Line)
		s.fitted(k.y.labels[i], paint.Rect{X: in.X - k.left, Y: y - h/2, W: k.left - 8, H: h}, right)
	}
	chip, last := k.chip(s, in, at), math.Inf(-1)
	for i, v := range k.x.ticks {
		w := s.m.Width(k.x.labels[i], style)
		x := k.place(in, paint.Point{X: v}).X - w/2
		x = min(x, in.X+in.W+8-w)
		if x < last+8 || x < chip.X+chip.W+4 && x+w > chip.X-4 {
			continue
		}
		s.line(k.x.labels[i], paint.Rect{X: x, Y: in.Y + in.H + 3, W: w, H: h}, style)
		last = x + w
	}
	style.Align = paint.Middle
	s.fitted(k.XTitle, paint.Rect{X: in.X, Y: in.Y + in.H + 3 + h, W: in.W, H: h}, style)
}

func (k chartLooks) paintSeries(s *sheet, in paint.Rect, l *Series) {
	col := l.Color.of(s.th)
	var line []paint.Point
	for _, p := range l.Points {
		if !finite(p) {
			continue
		}
		q := k.place(in, p)
		if l.Bars {
			w := max(in.W/float64(max(len(l.Points), 1))-2, 1)
			base := k.place(in, paint.Point{Y: max(k.y.From, 0)}).Y
			x := min(max(q.X-w/2, in.X), in.X+in.W-w)
			s.Box(paint.Rect{X: x, Y: min(q.Y, base), W: w, H: math.Abs(base - q.Y)}, 0, theme.Mix(col, s.ground, 0.35))
			continue
		}
		if l.Dots {
			s.Disc(q, 3.5, col)
		}
		if n := len(line); n > 0 && math.Abs(line[n-1].X-q.X)+math.Abs(line[n-1].Y-q.Y) < 0.5 {
			continue
		}
		line = append(line, q)
	}
	switch {
	case len(line) > 1:
		s.Line(line, 2, col)
	case len(line) == 1 && !l.Dots:
		s.Disc(line[0], 2.5, col)
	}
}

// paintCrosshair marks the values at x.
func (k chartLooks) paintCrosshair(s *sheet, in paint.Rect, at float64) {
	x := k.place(in, paint.Point{X: at}).X
	s.Box(paint.Rect{X: whole(x), Y: in.Y, W: 1, H: in.H}, 0, s.th.Quiet)
	for i := range k.Series {
		if p, ok := k.Series[i].point(at); ok && !k.Series[i].Bars && !k.Series[i].Guide {
			q := k.place(in, p)
			s.Disc(q, 5, s.ground)
			s.Disc(q, 4, k.Series[i].Color.of(s.th))
		}
	}
	style := chipStyle
	style.Color = s.th.Ink
	chip := k.chip(s, in, at)
	s.Box(chip, 4, s.th.Soft)
	s.line(short(at), chip, style)
}

var chipStyle = paint.Style{Size: theme.Small, Weight: paint.Medium, Align: paint.Middle}

// chip returns where the crosshair's place is written, of no size for none.
func (k chartLooks) chip(s *sheet, in paint.Rect, at float64) paint.Rect {
	if math.IsNaN(at) {
		return paint.Rect{X: math.Inf(-1)}
	}
	w := s.m.Width(short(at), chipStyle) + 12
	x := k.place(in, paint.Point{X: at}).X - w/2
	return paint.Rect{X: min(max(x, in.X), in.X+in.W-w), Y: in.Y + in.H + 2, W: w, H: leading(theme.Small) + 1}
}
