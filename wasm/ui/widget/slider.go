package widget

import (
	"math"
	"strconv"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Slider is a number between two ends.
type Slider struct {
	ID             string
	Label          string // "" for none
	Long           string // its name if there is no label, and its tooltip
	Value          float64
	Min, Max, Step float64 // Step 0 for any
	Text           string  // the value in words; "" for none
	Disabled       string  // why it cannot be changed now; "" if it can
	Set            func(value float64)
}

// thumb is the radius of what one drags, in units.
const thumb = 10

func (n Slider) top() float64 {
	if n.Label == "" && n.Text == "" {
		return 0
	}
	return leading(theme.Note)
}

func (n Slider) widths(m *Ruler) (least, liked float64) {
	return 88, max(m.Width(n.Label, fieldStyle)+m.Width(n.Text, fieldStyle)+16, 160)
}

func (n Slider) height(*Ruler, float64) float64 { return n.top() + touch }

// share returns where a value lies, 0 to 1.
func (n Slider) share() float64 {
	if v := (n.Value - n.Min) / (n.Max - n.Min); v > 0 {
		return min(v, 1)
	}
	return 0
}

// at returns the value at a share of the way.
func (n Slider) at(share float64) float64 {
	v := n.Min + min(max(share, 0), 1)*(n.Max-n.Min)
	if n.Step > 0 {
		v = n.Min + math.Round((v-n.Min)/n.Step)*n.Step
	}
	return min(v, n.Max)
}

func (n Slider) place(l *Layout, r paint.Rect) {
	if top := n.top(); top > 0 {
		style := paint.Style{Size: theme.Note, Weight: paint.Mono}
		w := min(math.Ceil(l.ruler.Width(n.Text, style)), r.W/2)
		l.adorn(paint.Rect{X: r.X, Y: r.Y, W: r.W - w - 8, H: top}, textLooks{text: n.Label, size: theme.Note, lines: 1})
		l.adorn(paint.Rect{X: r.X + r.W - w, Y: r.Y, W: w, H: top}, textLooks{text: n.Text, size: theme.Note, weight: paint.Mono, align: paint.Right, lines: 1})
		r.Y, r.H = r.Y+top, r.H-top
	}
	r.H = touch
	f := Leaf{
		Rect: r, ID: n.ID, Name: named(n.Label, n.Long, n.ID), Title: tip(named(n.Long, n.Label), "", n.Disabled), Hint: n.Text,
		Value: strconv.FormatFloat(n.Value, 'g', -1, 64), Role: RoleSlider, Min: n.Min, Max: n.Max, Step: n.Step, Disabled: n.Disabled, reacts: n.Disabled == "",
	}
	if n.Set != nil && n.Disabled == "" {
		f.Set = func(v string) {
			if x, err := strconv.ParseFloat(v, 64); err == nil && !math.IsNaN(x) {
				n.Set(min(max(x, n.Min), n.Max))
			}
		}
		f.Pointer = func(phase Phase, x, y float64) bool {
			if phase == Down || phase == Drag {
				n.Set(n.at((x*r.W - thumb) / max(r.W-2*thumb, 1)))
			}
			return true
		}
	}
	l.leaf(f, sliderLooks{n.share(), n.Disabled != ""})
}

type sliderLooks struct {
	share float64
	faint bool
}

func (k sliderLooks) paint(s *sheet, r paint.Rect) {
	th := s.th
	y := r.Y + r.H/2
	track := paint.Rect{X: r.X + thumb, Y: y - 2, W: max(r.W-2*thumb, 0), H: 4}
	fill := th.Accent
	if k.faint {
		fill = th.Quiet
	}
	x := track.X + track.W*k.share
	s.Box(track, 2, theme.Mix(th.Line, th.Quiet, 0.3))
	if x > track.X {
		s.Box(paint.Rect{X: track.X, Y: track.Y, W: x - track.X, H: 4}, 2, fill)
	}
	mid := paint.Point{X: x, Y: y}
	if s.hover {
		s.Disc(mid, thumb+3, theme.Mix(s.ground, fill, 0.25))
	}
	s.Disc(mid, thumb, fill)
	s.Disc(mid, thumb-3, s.ground)
}
