package widget

import (
	"strings"

	"tenfold/wasm/ui/paint"
)

// Code is text of several lines that is typed. In the document it is a textarea, which is seen, since
// nothing else can be typed into so; the canvas paints the same under it.
type Code struct {
	ID      string
	Name    string
	Value   string
	Lines   int    // that can be seen; a Stretch shows more
	Invalid string // what is wrong with it; "" if nothing
	Set     func(value string)
}

// Of the document's textarea; see style.css.
const (
	codeSize = 13
	codeLine = 18
	codePad  = 10
)

func (n Code) widths(*Ruler) (least, liked float64) { return 160, 560 }

func (n Code) height(*Ruler, float64) float64 { return float64(n.Lines)*codeLine + 2*codePad }

func (n Code) place(l *Layout, r paint.Rect) {
	l.leaf(Leaf{Rect: r, ID: n.ID, Name: n.Name, Title: n.Name, Value: n.Value, Role: RoleCode, Invalid: n.Invalid, Set: n.Set, Live: true}, codeLooks{n.Value, n.Invalid != ""})
}

type codeLooks struct {
	text  string
	wrong bool
}

func (k codeLooks) paint(s *sheet, r paint.Rect) {
	line, width := edge(s.th), 1.0
	if k.wrong {
		line, width = s.th.Warning, 2
	}
	s.Frame(r, 10, width, line)
	style := paint.Style{Size: codeSize, Weight: paint.Mono, Color: s.th.Ink}
	y := r.Y + codePad
	for text := range strings.SplitSeq(k.text, "\n") {
		if y+codeLine > r.Y+r.H {
			return
		}
		text = strings.ReplaceAll(text, "\t", "    ")
		words := strings.TrimLeft(text, " ") // a line is painted from its first letter on
		x := r.X + 12 + s.m.Width("0", style)*float64(len(text)-len(words))
		s.fitted(words, paint.Rect{X: x, Y: y, W: r.X + r.W - 12 - x, H: codeLine}, style)
		y += codeLine
	}
}
