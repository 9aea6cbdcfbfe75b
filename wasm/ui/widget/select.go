package widget

import (
	"slices"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Select is a choice among options.
type Select struct {
	ID       string
	Label    string // "" for none
	Long     string // its name if there is no label, and its tooltip
	Value    string
	Options  []Option
	Hint     string // an explanation, below
	Key      string
	Disabled string // why it cannot be changed now; "" if it can
	Set      func(value string)
}

func (n Select) field() field { return field{label: n.Label, below: n.Hint} }

// text returns what the chosen option is called.
func (n Select) text() string {
	if i := slices.IndexFunc(n.Options, func(o Option) bool { return o.Value == n.Value }); i >= 0 {
		return n.Options[i].Label
	}
	return n.Value
}

func (n Select) widths(m *Ruler) (least, liked float64) {
	if n.Label != "" {
		return n.field().widths(m)
	}
	for _, o := range n.Options {
		liked = max(liked, m.Width(o.Label, fieldStyle)+52)
	}
	return 88, max(liked, 88)
}

func (n Select) height(m *Ruler, w float64) float64 { return n.field().height(m, w) }

func (n Select) place(l *Layout, r paint.Rect) {
	at := n.field().place(l, r)
	l.leaf(Leaf{
		Rect: at, ID: n.ID, Name: named(n.Label, n.Long, n.ID), Title: tip(named(n.Long, n.Label), n.Key, n.Disabled), Value: n.Value, Hint: n.Hint,
		Role: RoleSelect, Key: n.Key, Options: n.Options, Disabled: n.Disabled, Set: n.Set, reacts: n.Disabled == "",
	}, selectLooks{n.text(), n.Disabled != ""})
}

// selectLooks is a box with the chosen option and an arrow.
type selectLooks struct {
	text  string
	faint bool
}

func (k selectLooks) paint(s *sheet, r paint.Rect) {
	ink := buttonLooks{faint: k.faint}.ground(s, r)
	style := labelStyle
	style.Color = ink
	s.fitted(k.text, paint.Rect{X: r.X + 12, Y: r.Y, W: r.W - 44, H: r.H}, style)
	x, y := r.X+r.W-20, r.Y+r.H/2
	arrow := s.th.Quiet
	if k.faint {
		arrow = theme.Mix(s.th.Quiet, s.ground, 0.4)
	}
	s.Line([]paint.Point{{X: x - 5, Y: y - 2.5}, {X: x, Y: y + 2.5}, {X: x + 5, Y: y - 2.5}}, 1.75, arrow)
}
