package widget

import (
	"image/color"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Swatch is a colour that can be chosen.
type Swatch struct {
	ID      string
	Name    string
	Color   color.RGBA
	Pressed bool
	Key     string
	Do      func()
}

func (n Swatch) widths(*Ruler) (least, liked float64) { return touch, touch }
func (n Swatch) height(*Ruler, float64) float64       { return touch }
func (n Swatch) place(l *Layout, r paint.Rect) {
	l.leaf(Leaf{Rect: r, ID: n.ID, Name: n.Name, Title: tip(n.Name, n.Key, ""), Role: RoleToggle, Key: n.Key, Pressed: n.Pressed, Do: n.Do, reacts: !n.Pressed}, swatchLooks{n.Color, n.Pressed})
}

type swatchLooks struct {
	color   color.RGBA
	pressed bool
}

func (k swatchLooks) paint(s *sheet, r paint.Rect) {
	mid := r.Center()
	radius := max(min(r.W, r.H, touch)/2-5, 2)
	if k.pressed {
		s.Disc(mid, radius+4, s.th.Accent)
		s.Disc(mid, radius+2, s.ground)
	} else if s.hover {
		s.Disc(mid, radius+3, s.th.Line)
	}
	s.Disc(mid, radius, theme.Mix(s.th.Line, s.th.Quiet, 0.4))
	s.Disc(mid, radius-1, k.color)
}
