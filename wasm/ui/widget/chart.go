package widget

import (
	"hash/maphash"
	"math"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/words"
)

// Series is a line of a Chart.
type Series struct {
	Name   string
	Color  Tone
	Points []paint.Point // in the chart's own measure, X rising; those that are not finite are left out
	Dots   bool          // each point is marked
	Bars   bool          // columns in place of a line
	Guide  bool          // a line to compare with: its values are not told
}

// Span is from one value to another; both 0 for what the data need.
type Span struct{ From, To float64 }

// Chart is lines over a common axis. The pointer shows a crosshair with the values at its
// place.
type Chart struct {
	ID     string
	Title  string
	Series []Series
	X, Y   Span
	XTitle string
	Format func(y float64) string // of values and the vertical axis; nil for up to four digits
	H      float64                // height in units; 0 for 200, and for more under a Stretch
	Empty  string                 // what stands there before there are values
}

func (n Chart) format(v float64) string {
	if n.Format != nil {
		return n.Format(v)
	}
	return short(v)
}

func (n Chart) widths(*Ruler) (least, liked float64) { return 160, 320 }

func (n Chart) height(*Ruler, float64) float64 {
	if n.H > 0 {
		return n.H
	}
	return 200
}

func (n Chart) place(l *Layout, r paint.Rect) {
	k := n.looks(l.ruler, r)
	f := Leaf{Rect: r, ID: n.ID, Name: named(n.Title, words.Widget.Chart), Role: RoleImage, reacts: true, follows: true}
	for i, s := range n.Series {
		if p, ok := s.point(math.NaN()); ok && s.told(math.NaN()) {
			if f.Value != "" {
				f.Value += ", "
			}
			f.Value += n.Series[i].Name + " " + n.format(p.Y)
		}
	}
	l.leaf(f, k)
}

// chartLooks is a chart with its axes.
type chartLooks struct {
	Chart
	x, y   axis
	left   float64 // the width of the vertical axis' figures
	top    float64 // the height of title and legend
	bottom float64 // the height of the horizontal axis' figures and title
}

func (n Chart) looks(m *Ruler, r paint.Rect) chartLooks {
	k := chartLooks{Chart: n, bottom: 20, top: titled}
	if n.XTitle != "" {
		k.bottom += leading(theme.Small)
	}
	if m.Width(n.Title, labelStyle)+24+n.legendWidth(m, math.NaN()) > r.W {
		k.top += float64(len(n.legend(m, math.NaN(), r.W))) * leading(theme.Small)
	}
	xs, ys := n.spans()
	k.y = newAxis(ys, max((r.H-k.top-k.bottom)/36, 2), n.format)
	for _, t := range k.y.labels {
		k.left = max(k.left, math.Ceil(m.Width(t, smallStyle))+8)
	}
	k.left = min(k.left, r.W/3)
	k.x = exactAxis(xs, max((r.W-k.left)/64, 2), short)
	return k
}

// spans returns the ranges of the axes.
func (n Chart) spans() (x, y Span) {
	x, y = Span{math.Inf(1), math.Inf(-1)}, Span{math.Inf(1), math.Inf(-1)}
	for _, s := range n.Series {
		for _, p := range s.Points {
			if finite(p) {
				x = Span{min(x.From, p.X), max(x.To, p.X)}
				y = Span{min(y.From, p.Y), max(y.To, p.Y)}
			}
		}
		if s.Bars {
			y.From = min(y.From, 0)
		}
	}
	return n.X.or(x), n.Y.or(y)
}

// or is s, or another one if s is empty, made wide enough to be drawn.
func (s Span) or(other Span) Span {
	if s == (Span{}) {
		s = other
	}
	if !(s.From <= s.To) || math.IsInf(s.From, 0) || math.IsInf(s.To, 0) {
		return Span{0, 1}
	}
	if s.To-s.From < 1e-12*max(math.Abs(s.To), 1e-6) {
		d := max(math.Abs(s.To)*0.1, 1e-6)
		return Span{s.From - d, s.To + d}
	}
	return s
}

func finite(p paint.Point) bool {
	return !math.IsNaN(p.X+p.Y) && !math.IsInf(p.X, 0) && !math.IsInf(p.Y, 0)
}

// titled is the height of a title with the legend beside it, in units.
const titled = 32

// point returns the series' last one up to x, the first one where all are beyond, or the last of
// all for NaN.
func (s Series) point(x float64) (q paint.Point, ok bool) {
	for _, p := range s.Points {
		if finite(p) && (math.IsNaN(x) || p.X <= x || !ok) {
			q, ok = p, true
		}
	}
	return q, ok
}

// told reports whether the series' value at x stands in the legend: a last column says nothing.
func (s Series) told(x float64) bool { return !s.Guide && !(s.Bars && math.IsNaN(x)) }

// entry is a series in the legend.
type entry struct {
	text  string
	color Tone
	w     float64
}

const legendGap, legendDash = 16.0, 18.0

// legend returns the series' names with their values at x, in lines of at most w units.
func (n Chart) legend(m *Ruler, x, w float64) (lines [][]entry) {
	used := 0.0
	for _, s := range n.Series {
		text := s.Name
		if p, ok := s.point(x); ok && s.told(x) {
			text += " " + n.format(p.Y)
		}
		text = m.Fit(text, w-legendDash, smallStyle)
		e := entry{text, s.Color, legendDash + m.Width(text, smallStyle)}
		if len(lines) == 0 || used+legendGap+e.w > w {
			lines, used = append(lines, nil), -legendGap
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], e)
		used += legendGap + e.w
	}
	return lines
}

func (n Chart) legendWidth(m *Ruler, x float64) (w float64) {
	for _, line := range n.legend(m, x, math.Inf(1)) {
		for _, e := range line {
			w += e.w + legendGap
		}
	}
	return max(w-legendGap, 0)
}

func (k chartLooks) sum(h *maphash.Hash) {
	writeStrings(h, k.Title, k.XTitle, k.Empty)
	writeStrings(h, k.x.labels...)
	writeStrings(h, k.y.labels...)
	writeFloats(h, k.left, k.top, k.bottom, k.x.From, k.x.To, k.y.From, k.y.To)
	for _, s := range k.Series {
		writeStrings(h, s.Name)
		if p, ok := s.point(math.NaN()); ok {
			writeStrings(h, k.format(p.Y))
		}
		maphash.WriteComparable(h, [3]bool{s.Dots, s.Bars, s.Guide})
		writeFloats(h, float64(s.Color), float64(len(s.Points)))
		for _, p := range s.Points {
			writeFloats(h, p.X, p.Y)
		}
	}
}
