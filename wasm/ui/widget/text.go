package widget

import (
	"math"
	"strings"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Text is words that are read.
type Text struct {
	ID     string
	Text   string  // broken into lines where it is too wide, and at \n
	Size   float64 // in units; 0 for theme.Note, at least theme.Small
	Weight paint.Weight
	Tone   Tone
	Quiet  bool // in quiet ink
	Align  paint.Align
	Mono   bool // figures that change
	Lines  int  // at most; the last one ends in an ellipsis; 0 for all
	Live   bool // said when it changes
}

func (n Text) style() paint.Style {
	s := paint.Style{Size: n.Size, Weight: n.Weight, Align: n.Align}
	if s.Size == 0 {
		s.Size = theme.Note
	}
	s.Size = max(s.Size, theme.Small)
	if n.Mono {
		s.Weight = paint.Mono
	}
	return s
}

func (n Text) widths(m *Ruler) (least, liked float64) {
	for _, line := range m.Wrap(n.Text, math.Inf(1), n.style(), n.Lines) {
		liked = max(liked, math.Ceil(m.Width(line, n.style())))
	}
	return min(liked, 6*n.style().Size), liked
}

func (n Text) height(m *Ruler, w float64) float64 {
	s := n.style()
	return leading(s.Size) * float64(max(len(m.Wrap(n.Text, w, s, n.Lines)), 1))
}

func (n Text) place(l *Layout, r paint.Rect) {
	role := RoleStatic
	if n.Live {
		role = RoleLive
	}
	l.leaf(Leaf{Rect: r, ID: n.ID, Name: n.Text, Title: n.hidden(l.ruler, r.W), Role: role}, n.looks())
}

// hidden returns the whole text where a part of it cannot be seen.
func (n Text) hidden(m *Ruler, w float64) string {
	lines := m.Wrap(n.Text, w, n.style(), n.Lines)
	if n.Lines > 0 && (len(lines) == 0 || strings.HasSuffix(lines[len(lines)-1], "…") && !strings.HasSuffix(n.Text, "…")) {
		return n.Text
	}
	return ""
}

func (n Text) looks() textLooks {
	tone := n.Tone
	if n.Quiet && tone == Ink {
		tone = Quiet
	}
	s := n.style()
	return textLooks{n.Text, s.Size, s.Weight, s.Align, tone, n.Lines}
}

// Heading is the title of what follows; a Card's own is made for it.
type Heading struct {
	ID   string
	Text string
	Size float64 // in units; 0 for theme.Body
}

// headingHeight is a card's title's, in units.
const headingHeight = 22

func (n Heading) text() Text {
	t := Text{ID: n.ID, Text: n.Text, Size: n.Size, Weight: paint.Medium, Lines: 2}
	if t.Size == 0 {
		t.Size = theme.Body
	}
	if t.Size > theme.Body {
		t.Weight = paint.Bold
	}
	return t
}

func (n Heading) widths(m *Ruler) (least, liked float64) { return n.text().widths(m) }
func (n Heading) height(m *Ruler, w float64) float64     { return n.text().height(m, w) }
func (n Heading) place(l *Layout, r paint.Rect) {
	l.leaf(Leaf{Rect: r, ID: n.ID, Name: n.Text, Title: n.text().hidden(l.ruler, r.W), Role: RoleHeading}, n.text().looks())
}

// textLooks are lines of text.
type textLooks struct {
	text   string
	size   float64
	weight paint.Weight
	align  paint.Align
	tone   Tone
	lines  int
}

func (k textLooks) paint(s *sheet, r paint.Rect) {
	style := paint.Style{Size: k.size, Weight: k.weight, Align: k.align, Color: k.tone.of(s.th)}
	h := leading(k.size)
	for i, line := range s.m.Wrap(k.text, r.W, style, k.lines) {
		s.line(line, paint.Rect{X: r.X, Y: r.Y + h*float64(i), W: r.W, H: h}, style)
	}
}

// line draws one line in the middle of r's height, aligned in its width.
func (s *sheet) line(text string, r paint.Rect, style paint.Style) {
	p := paint.Point{X: r.X, Y: r.Y + r.H/2 + style.Size*0.36}
	switch style.Align {
	case paint.Middle:
		p.X += r.W / 2
	case paint.Right:
		p.X += r.W
	}
	s.Text(text, p, style)
}

// fitted draws one line as line does, shortened to r's width.
func (s *sheet) fitted(text string, r paint.Rect, style paint.Style) {
	if text = s.m.Fit(text, r.W, style); text != "" {
		s.line(text, r, style)
	}
}
