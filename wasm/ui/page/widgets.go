package page

import (
	"image/color"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// buttonState is all that a button's looks depend on.
type buttonState struct {
	id, label               string
	rect                    paint.Rect
	enabled, pressed, hover bool
}

// buttons is a row of buttons as part of a panel's key.
type buttons [16]buttonState

// row returns the states and the parts of the buttons called ids, in the panel at
// origin, each of the size that size says.
func (p *Page) row(ids []string, rects []paint.Rect) (buttons, []part) {
	var states buttons
	var parts []part
	for i, id := range ids {
		a := actionByID(id)
		if i >= len(states) || i >= len(rects) {
			break
		}
		states[i] = buttonState{id, a.label(p), rects[i], a.enabled(p), a.Pressed != nil && a.Pressed(p), p.hover == id}
		parts = append(parts, part{rects[i], a})
	}
	return states, parts
}

// grid returns n rectangles of height h in rows of per, which together are width
// wide.
func grid(at paint.Point, width, h, gapX, gapY float64, per, n int) []paint.Rect {
	w := (width - float64(per-1)*gapX) / float64(per)
	var rects []paint.Rect
	for i := range n {
		rects = append(rects, paint.Rect{X: at.X + float64(i%per)*(w+gapX), Y: at.Y + float64(i/per)*(h+gapY), W: w, H: h})
	}
	return rects
}

// look paints a panel's buttons; origin is the panel's place in the window.
func (p *Page) look(c *paint.Canvas, states buttons, origin paint.Rect, th *theme.Theme) {
	for _, s := range states {
		if s.id == "" {
			continue
		}
		r := s.rect
		r.X, r.Y = r.X-origin.X, r.Y-origin.Y
		a := actionByID(s.id)
		switch {
		case a.swatch != nil:
			swatch(c, r, *a.swatch, s, th)
		default:
			button(c, r, a, s, th)
		}
	}
}

func button(c *paint.Canvas, r paint.Rect, a *Action, s buttonState, th *theme.Theme) {
	ink, back := th.Ink, th.Soft
	switch {
	case s.pressed:
		ink, back = th.OnAccent, th.Accent
	case !s.enabled:
		ink = theme.Mix(th.Quiet, th.Panel, 0.5)
	case s.hover:
		back = theme.Mix(th.Soft, th.Ink, 0.08)
	}
	c.Box(r, 10, back)
	mid := r.Center()
	if a.dot > 0 {
		c.Disc(mid, 3+a.dot*80, ink)
		return
	}
	if a.Icon == "none" || r.W < 1.8*r.H && a.Icon == "download" { // what is downloaded is told by the word alone
		style := paint.Style{Size: theme.Note, Weight: paint.Medium, Color: ink}
		text := c.Fit(s.label, r.W-6, style)
		c.Text(text, paint.Point{X: mid.X - c.TextWidth(text, style)/2, Y: mid.Y + 5}, style)
		return
	}
	if r.W < 1.8*r.H {
		c.Icon(a.Icon, mid, 22, ink)
		return
	}
	style := paint.Style{Size: theme.Note, Weight: paint.Medium, Color: ink}
	w := c.TextWidth(s.label, style)
	x := mid.X - (w+24)/2
	c.Icon(a.Icon, paint.Point{X: x + 9, Y: mid.Y}, 20, ink)
	c.Text(s.label, paint.Point{X: x + 24, Y: mid.Y + 5}, style)
}

func swatch(c *paint.Canvas, r paint.Rect, col color.RGBA, s buttonState, th *theme.Theme) {
	mid := r.Center()
	radius := min(r.W, r.H)/2 - 5
	if s.pressed {
		c.Disc(mid, radius+4, th.Accent)
		c.Disc(mid, radius+2, th.Panel)
	} else if s.hover {
		c.Disc(mid, radius+3, th.Line)
	}
	c.Disc(mid, radius, theme.Mix(th.Line, th.Quiet, 0.4))
	c.Disc(mid, radius-1, col)
}

// card paints a panel's ground with round corners.
func card(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
	c.Clear(th.Paper)
	box := paint.Rect{W: r.W, H: r.H}
	c.Box(box, theme.Radius, th.Line)
	c.Box(box.Inset(1), theme.Radius-1, th.Panel)
}
