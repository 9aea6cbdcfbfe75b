package widget

import (
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Number is a number, or another short text, that is typed.
type Number struct {
	ID       string
	Label    string // "" for none
	Long     string // its name if there is no label, and its tooltip
	Value    string
	Hint     string // a unit, which stands in the field, or an explanation, which stands below
	Invalid  string // what is wrong with the value; "" if nothing
	Words    bool   // a name is typed, not a number
	Live     bool   // Set is called for each letter, not only when the user is done
	Disabled string // why it cannot be changed now; "" if it can
	Set      func(value string)
}

// unit reports whether the hint stands in the field.
func (n Number) unit() bool { return len([]rune(n.Hint)) <= 10 }

func (n Number) field() field {
	switch {
	case n.Invalid != "":
		return field{n.Label, n.Invalid, true}
	case n.unit():
		return field{label: n.Label}
	}
	return field{label: n.Label, below: n.Hint}
}

func (n Number) widths(m *Ruler) (least, liked float64) { return n.field().widths(m) }
func (n Number) height(m *Ruler, w float64) float64     { return n.field().height(m, w) }

func (n Number) place(l *Layout, r paint.Rect) {
	at := n.field().place(l, r)
	k := numberLooks{text: n.Value, words: n.Words, wrong: n.Invalid != "", faint: n.Disabled != ""}
	if n.unit() {
		k.unit = n.Hint
	}
	l.leaf(Leaf{
		Rect: at, ID: n.ID, Name: named(n.Label, n.Long, n.ID), Title: tip(named(n.Long, n.Label), "", n.Disabled), Value: n.Value, Hint: n.Hint,
		Role: RoleNumber, Words: n.Words, Live: n.Live, Disabled: n.Disabled, Invalid: n.Invalid, Set: n.Set, reacts: n.Disabled == "" && n.Invalid == "",
	}, k)
}

// numberLooks is a frame with what was typed, and its unit.
type numberLooks struct {
	text, unit          string
	words, wrong, faint bool
}

func (k numberLooks) paint(s *sheet, r paint.Rect) {
	th := s.th
	line, width, ink := edge(th), 1.0, th.Ink
	switch {
	case k.faint:
		line, ink = th.Line, th.Quiet
	case k.wrong:
		line, width = th.Warning, 2
	case s.hover:
		line = th.Ink
	}
	s.Frame(r, 10, width, line)
	in := paint.Rect{X: r.X + 12, Y: r.Y, W: r.W - 24, H: r.H}
	if k.unit != "" {
		style := paint.Style{Size: theme.Note, Color: th.Quiet, Align: paint.Right}
		w := min(s.m.Width(k.unit, style), in.W/2)
		s.fitted(k.unit, paint.Rect{X: in.X + in.W - w, Y: r.Y, W: w + 1, H: r.H}, style)
		in.W -= w + theme.Grid
	}
	style := paint.Style{Size: theme.Note, Weight: paint.Mono, Color: ink}
	if k.words {
		style.Weight = paint.Regular
	}
	s.fitted(k.text, in, style)
}
