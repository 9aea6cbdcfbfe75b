package widget

import (
	"fmt"
	"hash/maphash"
	"math"
	"strings"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// TableColumn is how a column of a Table looks.
type TableColumn struct {
	Title string
	Align paint.Align
	Mono  bool    // figures
	Width float64 // in units; 0 for what its widest text needs
}

// Table is texts in rows and columns; what does not fit ends in an ellipsis. Rows that can
// be pressed are theme.Touch high, others 28 units.
type Table struct {
	ID       string
	Name     string
	Columns  []TableColumn
	Rows     [][]string
	Dots     []Tone        // discs before the rows' first texts; nil for none
	Selected map[int]bool  // rows, from 0
	Press    func(row int) // nil for a table that is only read
}

const (
	tableGap = 12 // units between columns
	dotStep  = 16 // from a dot's left edge to the text
)

func (n Table) step() float64 {
	if n.Press != nil {
		return touch
	}
	return 28
}

// headed reports whether there are titles.
func (n Table) headed() float64 {
	for _, c := range n.Columns {
		if c.Title != "" {
			return 32
		}
	}
	return 0
}

func (c TableColumn) style() paint.Style {
	s := paint.Style{Size: theme.Note, Align: c.Align}
	if c.Mono {
		s.Weight = paint.Mono
	}
	return s
}

var titleStyle = paint.Style{Size: theme.Small, Weight: paint.Medium}

// natural returns the columns' widths with all texts whole.
func (n Table) natural(m *Ruler) (widths []float64, sum float64) {
	for i, c := range n.Columns {
		w := c.Width
		if w <= 0 {
			w = m.Width(c.Title, titleStyle)
			for _, row := range n.Rows {
				if i < len(row) {
					w = max(w, m.Width(row[i], c.style()))
				}
			}
			w = math.Ceil(w) + 1
		}
		if i == 0 && n.Dots != nil {
			w += dotStep
		}
		widths = append(widths, w)
		sum += w
	}
	return widths, sum + tableGap*float64(max(len(widths)-1, 0))
}

// columns fits the columns into a width: what is left goes between them, what is missing
// is taken from the widest.
func (n Table) columns(m *Ruler, w float64) []float64 {
	widths, sum := n.natural(m)
	if len(widths) == 0 {
		return nil
	}
	if spare := w - sum; spare > 0 {
		for i := range widths {
			widths[i] += spare / float64(len(widths))
		}
		return widths
	}
	room := max(w-tableGap*float64(len(widths)-1), 0)
	low, high := 0.0, room
	for range 24 { // the width that no column exceeds
		mid, used := (low+high)/2, 0.0
		for _, x := range widths {
			used += min(x, mid)
		}
		if used > room {
			high = mid
		} else {
			low = mid
		}
	}
	for i := range widths {
		widths[i] = min(widths[i], low)
	}
	return widths
}

func (n Table) widths(m *Ruler) (least, liked float64) {
	_, liked = n.natural(m)
	return min(56*float64(len(n.Columns)), liked), liked
}

func (n Table) height(*Ruler, float64) float64 {
	return n.headed() + n.step()*float64(len(n.Rows))
}

func (n Table) place(l *Layout, r paint.Rect) {
	k := tableLooks{n, n.columns(l.ruler, r.W)}
	f := Leaf{Rect: r, ID: n.ID, Name: n.Name, Role: RoleTable, Cells: k.words}
	if n.Press != nil && n.ID != "" {
		for i, row := range n.Rows {
			f.Children = append(f.Children, Leaf{
				Rect: paint.Rect{X: r.X, Y: r.Y + n.headed() + n.step()*float64(i), W: r.W, H: n.step()},
				ID:   fmt.Sprintf("%s-%d", n.ID, i), Name: strings.Join(row, ", "), Role: RoleButton, Selected: n.Selected[i], Do: func() { n.Press(i) },
			})
		}
	}
	l.leaf(f, k)
}

type tableLooks struct {
	Table
	at []float64 // the columns' widths
}

// words returns the titles and the rows.
func (k tableLooks) words() [][]string {
	titles := make([]string, len(k.Columns))
	for i, c := range k.Columns {
		titles[i] = c.Title
	}
	return append([][]string{titles}, k.Rows...)
}

func (k tableLooks) sum(h *maphash.Hash) {
	writeFloats(h, k.at...)
	for _, c := range k.Columns {
		writeStrings(h, c.Title)
		maphash.WriteComparable(h, c)
	}
	for i, row := range k.Rows {
		selected := 0.0
		if k.Selected[i] {
			selected = 1
		}
		writeFloats(h, float64(len(row)), selected, k.step())
		writeStrings(h, row...)
	}
	for _, d := range k.Dots {
		writeFloats(h, float64(d))
	}
}

func (k tableLooks) paint(s *sheet, r paint.Rect) {
	x, y := r.X, r.Y
	head := k.headed()
	for i := range k.Rows {
		at := paint.Rect{X: r.X - 8, Y: y + head + k.step()*float64(i), W: r.W + 16, H: k.step()}
		switch {
		case k.Selected[i]:
			s.Box(at, 8, theme.Mix(s.ground, s.th.Accent, 0.14))
		case s.child == i:
			s.Box(at, 8, s.th.Soft)
		case i > 0 && k.Press == nil || i > 0 && !k.Selected[i-1] && s.child != i-1:
			s.Box(paint.Rect{X: r.X, Y: at.Y, W: r.W, H: 1}, 0, s.th.Line)
		}
	}
	if head > 0 {
		s.Box(paint.Rect{X: r.X, Y: y + head - 1, W: r.W, H: 1}, 0, edge(s.th))
	}
	for i, c := range k.Columns {
		w := k.at[i]
		title := titleStyle
		title.Color, title.Align = s.th.Quiet, c.Align
		s.fitted(c.Title, paint.Rect{X: x, Y: y, W: w, H: head - 4}, title)
		style := c.style()
		style.Color = s.th.Ink
		for j, row := range k.Rows {
			in := paint.Rect{X: x, Y: y + head + k.step()*float64(j), W: w, H: k.step()}
			if i == 0 && j < len(k.Dots) {
				s.Disc(paint.Point{X: x + 5, Y: in.Y + in.H/2}, 4, k.Dots[j].of(s.th))
				in.X, in.W = in.X+dotStep, in.W-dotStep
			}
			if i < len(row) {
				s.fitted(row[i], in, style)
			}
		}
		x += w + tableGap
	}
}
