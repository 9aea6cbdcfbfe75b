package widget

import (
	"math"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Tab goes to a view. It is as high as its bar: its name with a line below where it lies in
// the bar on top, icon and name where it lies in one at the bottom.
type Tab struct {
	ID      string
	Label   string
	Long    string // its tooltip
	Icon    string // of a Tab at the bottom
	Bottom  bool
	Pressed bool // its view is the one that is shown
	Do      func()
}

func (n Tab) style() paint.Style {
	if n.Bottom {
		return paint.Style{Size: theme.Small, Weight: paint.Medium}
	}
	return paint.Style{Size: theme.Body, Weight: paint.Medium}
}

func (n Tab) widths(m *Ruler) (least, liked float64) {
	w := math.Ceil(m.Width(n.Label, n.style()))
	if n.Bottom {
		return touch, max(w+8, touch)
	}
	return w + 12, max(w+28, touch)
}

func (n Tab) height(*Ruler, float64) float64 { return theme.TopBar }

func (n Tab) place(l *Layout, r paint.Rect) {
	l.leaf(Leaf{Rect: r, ID: n.ID, Name: n.Label, Title: named(n.Long, n.Label), Role: RoleToggle, Pressed: n.Pressed, Do: n.Do, reacts: true},
		tabLooks{n.Label, n.Icon, n.Bottom, n.Pressed})
}

// least is the smallest size of a name at the bottom.
const least = 9

type tabLooks struct {
	label, icon     string
	bottom, pressed bool
}

func (k tabLooks) paint(s *sheet, r paint.Rect) {
	style := Tab{Bottom: k.bottom}.style()
	style.Color, style.Align = s.th.Quiet, paint.Middle
	if k.pressed || s.hover {
		style.Color = s.th.Accent
	}
	if k.bottom {
		s.Icon(k.icon, paint.Point{X: r.X + r.W/2, Y: r.Y + 20}, 22, style.Color)
		for style.Size > least && s.m.Width(k.label, style) > r.W-2 { // on a very narrow screen
			style.Size--
		}
		s.fitted(k.label, paint.Rect{X: r.X, Y: r.Y + 32, W: r.W, H: 20}, style)
		return
	}
	s.fitted(k.label, r, style)
	if k.pressed {
		w := s.m.Width(k.label, style)
		s.Box(paint.Rect{X: r.X + (r.W-w)/2, Y: r.Y + r.H - 3, W: w, H: 3}, 1.5, s.th.Accent)
	}
}
