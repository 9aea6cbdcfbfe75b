package widget

import (
	"fmt"
	"math"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Bar is one row of Bars.
type Bar struct {
	ID      string // "" for the ID of the Bars and the row's number
	Name    string
	Long    string  // its tooltip
	Share   float64 // 0 to 1; NaN for none
	Mark    float64 // a second value, drawn as a tick; 0 or NaN for none
	Color   Tone
	Strong  bool   // in full colour
	Text    string // the value; "" for Share in percent
	Do      func() // nil for a row that is only read
	Pressed bool   // it is the row that was chosen

	Disabled string // why it cannot be pressed now; "" if it can
}

// Bars are shares of a whole, a row each. Rows that can be pressed are theme.Touch high,
// others twice the type's size; under a Stretch they spread, up to 54.
type Bars struct {
	ID   string
	Size float64 // of the type, in units; 0 for theme.Note
	Rows []Bar
}

func (n Bars) size() float64 { return max(n.Size, theme.Note) }

func (n Bars) step() float64 {
	for _, b := range n.Rows {
		if b.Do != nil {
			return touch
		}
	}
	return 2 * n.size()
}

func (b Bar) text() string {
	switch {
	case b.Text != "":
		return b.Text
	case math.IsNaN(b.Share):
		return "–"
	}
	return figure.Percent(b.Share)
}

func (n Bars) widths(m *Ruler) (least, liked float64) {
	for _, b := range n.Rows {
		liked = max(liked, m.Width(b.Name, paint.Style{Size: n.size()}))
	}
	return 160, liked + 240
}

func (n Bars) height(*Ruler, float64) float64 { return n.step() * float64(len(n.Rows)) }

func (n Bars) place(l *Layout, r paint.Rect) {
	if len(n.Rows) == 0 {
		return
	}
	step := min(max(whole(r.H/float64(len(n.Rows))-0.5), n.step()), 54)
	names, figures := 0.0, 0.0
	style, figureStyle := paint.Style{Size: n.size()}, paint.Style{Size: n.size(), Weight: paint.Mono}
	for _, b := range n.Rows {
		names = max(names, l.ruler.Width(b.Name, style))
		figures = max(figures, l.ruler.Width(b.text(), figureStyle))
	}
	figures = max(figures, l.ruler.Width(">99.9%", figureStyle))
	names = min(math.Ceil(names), r.W*0.36)
	for i, b := range n.Rows {
		f := Leaf{Rect: paint.Rect{X: r.X, Y: r.Y + step*float64(i), W: r.W, H: step}, ID: b.ID, Name: b.Name, Title: tip(named(b.Long, b.Name), "", b.Disabled), Value: b.text(), Disabled: b.Disabled, Do: b.Do}
		if f.ID == "" && n.ID != "" {
			f.ID = fmt.Sprintf("%s-%d", n.ID, i)
		}
		if b.Do != nil {
			f.Role, f.reacts = RoleButton, b.Disabled == ""
		}
		if b.Pressed {
			f.Role, f.Pressed = RoleToggle, true
		}
		b.Share, b.Mark = clean(b.Share), clean(b.Mark)
		l.leaf(f, barLooks{n.size(), b.Name, b.text(), names, math.Ceil(figures), b.Share, b.Mark, b.Color, b.Strong, b.Pressed})
	}
}

// clean puts a share between 0 and 1.
func clean(v float64) float64 {
	if v > 0 {
		return min(v, 1)
	}
	return 0
}

type barLooks struct {
	size           float64
	name, text     string
	names, figures float64 // widths
	share, mark    float64
	color          Tone
	strong, chosen bool
}

func (k barLooks) paint(s *sheet, r paint.Rect) {
	th := s.th
	if s.hover || k.chosen {
		s.Box(paint.Rect{X: r.X - 8, Y: r.Y, W: r.W + 16, H: r.H}, 8, th.Soft)
	}
	ink := th.Quiet
	if k.strong {
		ink = th.Ink
	}
	left := paint.Rect{X: r.X, Y: r.Y, W: k.names, H: r.H}
	s.fitted(k.name, left, paint.Style{Size: k.size, Color: ink})
	right := paint.Rect{X: r.X + r.W - k.figures, Y: r.Y, W: k.figures, H: r.H}
	s.line(k.text, right, paint.Style{Size: k.size, Weight: paint.Mono, Color: ink, Align: paint.Right})
	track := paint.Rect{X: left.X + left.W + 12, Y: r.Y + whole((r.H-k.size)/2), H: k.size}
	track.W = right.X - 12 - track.X
	if track.W < 8 {
		return
	}
	s.Box(track, track.H/2, theme.Mix(th.Soft, th.Ink, 0.04))
	fill := k.color.of(th)
	if !k.strong {
		fill = theme.Mix(fill, s.ground, 0.45)
	}
	if w := track.W * k.share; w >= 0.5 {
		s.Within(paint.Rect{X: track.X, Y: track.Y, W: w, H: track.H}, func() {
			s.Box(paint.Rect{X: track.X, Y: track.Y, W: max(w, track.H), H: track.H}, track.H/2, fill)
		})
	}
	if k.mark > 0 {
		s.Box(paint.Rect{X: track.X + min(track.W*k.mark, track.W-2), Y: track.Y - 3, W: 2, H: track.H + 6}, 1, th.Ink)
	}
}
