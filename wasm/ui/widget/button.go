package widget

import (
	"image/color"
	"math"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Button does something when it is pressed. It is theme.Touch units high. If there is no
// room for its label, or none is given, it shows only its icon.
type Button struct {
	ID       string
	Label    string
	Long     string  // what it does, in more words: its tooltip, and its name if there is no label
	Icon     string  // a name in paint.Icons; "" for none
	Dot      float64 // radius in units of a disc instead of an icon; 0 for none
	Key      string  // the key that does the same
	Primary  bool    // the one thing to do here
	Toggle   bool    // stays pressed
	Pressed  bool    // of a Toggle
	Plain    bool    // without a ground: in a bar of icons
	Disabled string  // why it cannot be pressed now; "" if it can
	Do       func()
	Hold     func(down bool) // hears, in place of Do, when a pointer presses it and lets it go; nil for nothing
}

var labelStyle = paint.Style{Size: theme.Note, Weight: paint.Medium}

const (
	iconSize = 20 // units
	iconStep = 26 // from an icon's left edge to its label
)

func (n Button) widths(m *Ruler) (least, liked float64) {
	words := 0.0
	if n.Label != "" {
		words = math.Ceil(m.Width(n.Label, labelStyle))
	}
	switch {
	case n.Label == "":
		return touch, touch
	case n.Icon == "" && n.Dot == 0:
		return max(min(words+16, 96), touch), max(words+32, touch)
	}
	return touch, max(words+iconStep+28, touch)
}

func (n Button) height(*Ruler, float64) float64 { return touch }

func (n Button) place(l *Layout, r paint.Rect) {
	if fat := r.H - 1.5*touch; fat > 0 { // a Stretch does not make it a square
		r.Y, r.H = r.Y+whole(fat/2), r.H-fat
	}
	f := Leaf{
		Rect: r, ID: n.ID, Name: named(n.Label, n.Long, n.ID), Role: RoleButton, Key: n.Key,
		Title: tip(named(n.Long, n.Label), n.Key, n.Disabled), Disabled: n.Disabled, Do: n.Do, reacts: n.Disabled == "",
	}
	if n.Toggle {
		f.Role, f.Pressed = RoleToggle, n.Pressed
	}
	if n.Hold != nil && n.Disabled == "" {
		f.Pointer = func(phase Phase, _, _ float64) bool {
			switch phase {
			case Down:
				n.Hold(true)
			case Up, Cancel:
				n.Hold(false)
			}
			return true
		}
	}
	words := n.Label
	if n.Icon != "" && words != "" && math.Ceil(l.ruler.Width(words, labelStyle))+iconStep+8 > r.W {
		words = ""
	}
	l.leaf(f, buttonLooks{words, n.Icon, n.Dot, n.Primary || n.Toggle && n.Pressed, n.Plain, n.Disabled != ""})
}

// buttonLooks is a button's ground with its icon and label.
type buttonLooks struct {
	label, icon        string
	dot                float64
	full, plain, faint bool
}

func (k buttonLooks) paint(s *sheet, r paint.Rect) {
	ink := k.ground(s, r)
	mid := r.Center()
	style := labelStyle
	style.Color = ink
	if k.label == "" {
		if k.dot > 0 {
			s.Disc(mid, min(k.dot, min(r.W, r.H)/2-6), ink)
			return
		}
		s.Icon(k.icon, mid, 22, ink)
		return
	}
	lead := 0.0
	if k.icon != "" || k.dot > 0 {
		lead = iconStep
	}
	text := s.m.Fit(k.label, r.W-lead-8, style)
	w := s.m.Width(text, style)
	x := mid.X - (w+lead)/2
	if k.icon != "" {
		s.Icon(k.icon, paint.Point{X: x + iconSize/2, Y: mid.Y}, iconSize, ink)
	} else if k.dot > 0 {
		s.Disc(paint.Point{X: x + iconSize/2, Y: mid.Y}, min(k.dot, iconSize/2), ink)
	}
	s.line(text, paint.Rect{X: x + lead, Y: r.Y, W: w, H: r.H}, style)
}

// ground paints what the label lies on, and returns the label's colour.
func (k buttonLooks) ground(s *sheet, r paint.Rect) color.RGBA {
	const radius = 10
	th := s.th
	switch {
	case k.full && k.faint:
		s.Box(r, radius, th.Soft)
		return th.Faint
	case k.faint:
		if !k.plain && !th.Outlined {
			s.Frame(r, radius, 1, th.Line)
		}
		return th.Faint
	case k.full:
		back := th.Accent
		if s.hover {
			back = theme.Mix(th.Accent, th.Ink, 0.14)
		}
		s.Box(r, radius, back)
		return th.OnAccent
	case k.plain && !s.hover:
		return th.Quiet
	case s.hover:
		s.Box(r, radius, theme.Mix(th.Soft, th.Ink, 0.08))
	default:
		s.Box(r, radius, th.Soft)
	}
	if th.Outlined && !k.plain {
		s.Frame(r, radius, 1, th.Line)
	}
	return th.Ink
}

// edge returns the colour of a line that shows where something can be typed or chosen.
func edge(th *theme.Theme) color.RGBA { return theme.Mix(th.Line, th.Quiet, 0.75) }
