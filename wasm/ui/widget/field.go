package widget

import (
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// field is a control with its label: beside it if there is room, else above. Its
// explanation stands below.
type field struct {
	label string
	below string
	wrong bool // below says what is wrong
}

const (
	besideFrom  = 260 // units of width from which on the label is beside the control
	besideShare = 0.46
)

var (
	fieldStyle = paint.Style{Size: theme.Note}
	belowStyle = paint.Style{Size: theme.Small}
)

// columns returns the widths of label and control; the label's is 0 if it is above.
func (f field) columns(w float64) (label, control float64) {
	if f.label == "" || w < besideFrom {
		return 0, w
	}
	label = whole(w * besideShare)
	return label, w - label - theme.Grid
}

func (f field) lines(m *Ruler, text string, w float64, style paint.Style) float64 {
	if text == "" {
		return 0
	}
	return leading(style.Size) * float64(len(m.Wrap(text, w, style, 3)))
}

// head returns the height of the row with the control, and of the label above it.
func (f field) head(m *Ruler, w float64) (above, row float64) {
	label, _ := f.columns(w)
	if label > 0 {
		return 0, max(touch, f.lines(m, f.label, label, fieldStyle))
	}
	if f.label != "" {
		above = f.lines(m, f.label, w, fieldStyle) + 4
	}
	return above, touch
}

func (f field) widths(m *Ruler) (least, liked float64) {
	return 88, max(m.Width(f.label, fieldStyle), 88)/besideShare + theme.Grid
}

func (f field) height(m *Ruler, w float64) float64 {
	above, row := f.head(m, w)
	if f.below != "" {
		row += f.lines(m, f.below, w, belowStyle) + 4
	}
	return above + row
}

// place paints the words and returns where the control is.
func (f field) place(l *Layout, r paint.Rect) paint.Rect {
	above, row := f.head(l.ruler, r.W)
	label, control := f.columns(r.W)
	at := paint.Rect{X: r.X + r.W - control, Y: r.Y + above + whole((row-touch)/2), W: control, H: touch}
	k := textLooks{text: f.label, size: fieldStyle.Size, lines: 3}
	if label > 0 {
		h := f.lines(l.ruler, f.label, label, fieldStyle)
		l.adorn(paint.Rect{X: r.X, Y: r.Y + whole((row-h)/2), W: label, H: h}, k)
	} else if f.label != "" {
		l.adorn(paint.Rect{X: r.X, Y: r.Y, W: r.W, H: above - 4}, k)
	}
	if f.below != "" {
		k := textLooks{text: f.below, size: belowStyle.Size, lines: 3, tone: Quiet}
		if f.wrong {
			k.tone = Warning
		}
		l.adorn(paint.Rect{X: r.X, Y: r.Y + above + row + 4, W: r.W, H: f.lines(l.ruler, f.below, r.W, belowStyle)}, k)
	}
	return at
}
