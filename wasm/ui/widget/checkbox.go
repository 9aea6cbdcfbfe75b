package widget

import (
	"strconv"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Checkbox is on or off.
type Checkbox struct {
	ID       string
	Label    string
	Long     string // what it does, in more words: its tooltip
	On       bool
	Disabled string // why it cannot be changed now; "" if it can
	Set      func(on bool)
}

// boxSize is the box's side, and boxStep the way from its left edge to the label, in units.
const (
	boxSize = 20
	boxStep = 30
)

func (n Checkbox) widths(m *Ruler) (least, liked float64) {
	return 88, m.Width(n.Label, fieldStyle) + boxStep + 2
}

func (n Checkbox) height(m *Ruler, w float64) float64 {
	return max(touch, leading(fieldStyle.Size)*float64(len(m.Wrap(n.Label, max(w-boxStep, 1), fieldStyle, 3)))+4)
}

func (n Checkbox) place(l *Layout, r paint.Rect) {
	f := Leaf{
		Rect: r, ID: n.ID, Name: named(n.Label, n.Long, n.ID), Title: tip(named(n.Long, n.Label), "", n.Disabled), Value: strconv.FormatBool(n.On),
		Role: RoleCheckbox, Pressed: n.On, Disabled: n.Disabled, reacts: n.Disabled == "",
	}
	if n.Set != nil {
		f.Do = func() { n.Set(!n.On) }
		f.Set = func(v string) { n.Set(v == "true") }
	}
	l.leaf(f, checkLooks{n.Label, n.On, n.Disabled != ""})
}

type checkLooks struct {
	label     string
	on, faint bool
}

func (k checkLooks) paint(s *sheet, r paint.Rect) {
	th := s.th
	box := paint.Rect{X: r.X, Y: r.Y + whole((r.H-boxSize)/2), W: boxSize, H: boxSize}
	fill, mark, line, ink := th.Accent, th.OnAccent, edge(th), th.Ink
	if k.faint {
		fill, mark, line, ink = th.Soft, th.Quiet, th.Line, th.Quiet
	} else if s.hover {
		fill, line = theme.Mix(th.Accent, th.Ink, 0.14), th.Ink
	}
	if k.on {
		s.Box(box, 5, fill)
		x, y := box.X, box.Y
		s.Line([]paint.Point{{X: x + 5, Y: y + 10.5}, {X: x + 8.5, Y: y + 14}, {X: x + 15, Y: y + 6.5}}, 2, mark)
	} else {
		s.Frame(box, 5, 1.5, line)
	}
	style := fieldStyle
	style.Color = ink
	lines := s.m.Wrap(k.label, max(r.W-boxStep, 1), style, 3)
	h := leading(style.Size)
	y := r.Y + (r.H-h*float64(len(lines)))/2
	for i, line := range lines {
		s.line(line, paint.Rect{X: r.X + boxStep, Y: y + h*float64(i), W: r.W - boxStep, H: h}, style)
	}
}
