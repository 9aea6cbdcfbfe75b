package widget

import (
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Link leads to another page.
type Link struct {
	ID    string
	Label string
	Long  string // its tooltip; "" for the address
	URL   string
}

func (n Link) widths(m *Ruler) (least, liked float64) {
	liked = m.Width(n.Label, labelStyle) + 2
	return min(liked, 88), max(liked, touch)
}

func (n Link) height(*Ruler, float64) float64 { return touch }

func (n Link) place(l *Layout, r paint.Rect) {
	r.W = min(r.W, max(l.ruler.Width(n.Label, labelStyle)+2, touch))
	l.leaf(Leaf{Rect: r, ID: n.ID, Name: named(n.Label, n.URL), Title: named(n.Long, n.URL), Value: n.URL, Role: RoleLink, reacts: true}, linkLooks{named(n.Label, n.URL)})
}

type linkLooks struct{ text string }

func (k linkLooks) paint(s *sheet, r paint.Rect) {
	style := labelStyle
	style.Color = s.th.Accent
	text := s.m.Fit(k.text, r.W, style)
	s.line(text, r, style)
	line := paint.Rect{X: r.X, Y: whole(r.Y + r.H/2 + theme.Note*0.36 + 3), W: s.m.Width(text, style), H: 1}
	if s.hover {
		line.H = 2
	}
	s.Box(line, 0, s.th.Accent)
}
