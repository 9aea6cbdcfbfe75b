package widget

import (
	"fmt"
	"hash/maphash"
	"math"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/words"
)

// Cell is a place in a Matrix, from 0.
type Cell struct{ Row, Col int }

// Matrix is a confusion matrix: rows are true classes, columns predicted ones. The
// brighter a cell, the more it has.
type Matrix struct {
	ID       string
	Name     string
	Classes  []string
	Cells    [][]float64               // by true and predicted class; NaN or missing for what was not measured
	Most     float64                   // the value that is brightest; 0 for the greatest one
	Text     func(row, col int) string // a cell's figure; nil for its value in percent
	Ends     [2]string                 // the colour bar's; "" for 0 and the greatest
	Measure  string                    // what the figures are: "Share of the true class, in percent"
	Selected *Cell                     // nil for none
	Press    func(row, col int)        // nil for a matrix that is only seen

	// Of more than MostShown classes a part is seen, from At on, and Pan takes another place: it is dragged,
	// or steered by the arrow keys.
	At  Cell
	Pan func(at Cell) // nil for a matrix that is seen whole
}

// MostShown is how many classes a matrix with Pan shows at once.
const MostShown = 30

// shown returns how many classes are seen at once.
func (n Matrix) shown() int {
	if n.Pan != nil {
		return min(len(n.Classes), MostShown)
	}
	return len(n.Classes)
}

// from returns the first cell that is seen.
func (n Matrix) from() Cell { return n.within(n.At) }

// within returns the place nearest to one from which on there are enough classes.
func (n Matrix) within(at Cell) Cell {
	last := len(n.Classes) - n.shown()
	return Cell{min(max(at.Row, 0), last), min(max(at.Col, 0), last)}
}

// pressedApart is up to how many classes each cell is its own leaf; a document with
// more buttons helps nobody.
const pressedApart = 20

// value returns a cell's value, NaN if there is none.
func (n Matrix) value(row, col int) float64 {
	if row < len(n.Cells) && col < len(n.Cells[row]) {
		return n.Cells[row][col]
	}
	return math.NaN()
}

func (n Matrix) most() float64 {
	if n.Most > 0 {
		return n.Most
	}
	most := 0.0
	for _, row := range n.Cells {
		for _, v := range row {
			if v > most && !math.IsInf(v, 0) {
				most = v
			}
		}
	}
	if most == 0 {
		return 1
	}
	return most
}

// text returns a cell's figure: nothing only where nothing was measured.
func (n Matrix) text(row, col int) string {
	v := n.value(row, col)
	switch {
	case math.IsNaN(v):
		return ""
	case n.Text != nil:
		return n.Text(row, col)
	}
	return figure.Cell(v)
}

// words returns the matrix as a table, the titles first.
func (n Matrix) words() [][]string {
	all := [][]string{append([]string{words.Widget.Corner}, n.Classes...)}
	for i, name := range n.Classes {
		line := []string{name}
		for j := range n.Classes {
			line = append(line, n.text(i, j))
		}
		all = append(all, line)
	}
	return all
}

func (n Matrix) widths(*Ruler) (least, liked float64) { return 200, 120 + 40*float64(n.shown()) }

func (n Matrix) height(m *Ruler, w float64) float64 {
	f := n.frame(m, paint.Rect{W: w, H: math.Inf(1)})
	return f.square.H + f.below
}

func (n Matrix) place(l *Layout, r paint.Rect) {
	k := matrixLooks{Matrix: n, frame: n.frame(l.ruler, r)}
	count, from := n.shown(), n.from()
	if k.cell >= 16 {
		for i := range count * count {
			k.texts = append(k.texts, n.text(from.Row+i/count, from.Col+i%count))
		}
	}
	k.greatest = n.most()
	f := Leaf{Rect: r, ID: n.ID, Name: named(n.Name, words.Widget.Matrix), Role: RoleTable, Cells: n.words}
	square := k.square
	k.square.X, k.square.Y = square.X-r.X, square.Y-r.Y // so that the looks do not depend on the place
	pans := count < len(n.Classes)
	if pans {
		k.Measure += fmt.Sprintf(words.Widget.Panned, len(n.Classes))
		f.Steer = func(dx, dy int) { n.Pan(n.within(Cell{from.Row + dy, from.Col + dx})) }
	}
	if (n.Press != nil || pans) && count > 0 {
		var down paint.Point // where the pointer was pressed
		panned := false
		f.Pointer = func(phase Phase, x, y float64) bool {
			at := paint.Point{X: r.X + x*r.W, Y: r.Y + y*r.H}
			switch phase {
			case Down:
				down, panned = at, false
				return square.Contains(at)
			case Drag:
				if dx, dy := int((down.X-at.X)/k.cell), int((down.Y-at.Y)/k.cell); pans && (panned || dx != 0 || dy != 0) {
					panned = true
					n.Pan(n.within(Cell{from.Row + dy, from.Col + dx}))
				}
			case Up:
				if n.Press != nil && !panned && square.Contains(at) {
					n.Press(from.Row+min(int((at.Y-square.Y)/k.cell), count-1), from.Col+min(int((at.X-square.X)/k.cell), count-1))
				}
			}
			return true
		}
		if n.Press != nil && count <= pressedApart && n.ID != "" {
			f.Children = n.children(square, k)
		}
	}
	l.leaf(f, k)
}

// children returns the cells that can be pressed.
func (n Matrix) children(square paint.Rect, k matrixLooks) []Leaf {
	count := len(n.Classes)
	all := make([]Leaf, 0, count*count)
	for i := range count * count {
		row, col := i/count, i%count
		name, text := fmt.Sprintf(words.Widget.Cell, n.Classes[row], n.Classes[col]), n.text(row, col)
		if text != "" {
			name = fmt.Sprintf(words.Widget.CellFigure, n.Classes[row], n.Classes[col], text)
		}
		all = append(all, Leaf{
			Rect: paint.Rect{X: square.X + float64(col)*k.cell, Y: square.Y + float64(row)*k.cell, W: k.cell, H: k.cell},
			ID:   fmt.Sprintf("%s-%d-%d", n.ID, row, col), Name: name, Title: name, Value: text, Role: RoleButton,
			Selected: n.Selected != nil && *n.Selected == Cell{row, col}, Do: func() { n.Press(row, col) },
		})
	}
	return all
}

// frame is where a matrix' parts lie.
type frame struct {
	square  paint.Rect // of the cells
	cell    float64
	names   float64 // the width of the rows' names
	columns float64 // the height of the columns' names
	turned  bool    // the columns' names run upwards
	below   float64 // the height of all that is under the cells
}

const (
	axisTitle = 20  // the height of an axis' title, in units
	barHeight = 10  // the colour bar's
	mostCell  = 44  // the largest cell
	roomy     = 320 // a matrix of this width may have larger ones
)

// frame arranges the matrix in r.
func (n Matrix) frame(m *Ruler, r paint.Rect) (f frame) {
	count := float64(max(n.shown(), 1))
	widest := 0.0
	for _, name := range n.Classes {
		widest = max(widest, math.Ceil(m.Width(name, smallStyle)))
	}
	f.names = min(widest, max(r.W*0.28, 0)) + 8
	left := f.names + axisTitle
	f.below = 6 + axisTitle + 12 + barHeight + 4
	if n.Measure != "" {
		f.below += leading(smallStyle.Size) + 2
	}
	most := max(mostCell, min(widest+8, roomy/count)) // few classes have room for their names
	side := max(min(r.W-left, most*count), 0)
	f.columns = leading(smallStyle.Size)
	if f.turned = widest > side/count-4; f.turned {
		f.columns = min(widest, 88) + 4
	}
	f.below += f.columns
	side = max(min(side, r.H-f.below), 0)
	if !f.turned && widest > side/count-4 { // the height left less than the width
		f.turned = true
		more := min(widest, 88) + 4 - f.columns
		f.columns, f.below = f.columns+more, f.below+more
		side = max(min(side, r.H-f.below), 0)
	}
	f.cell = side / count
	if f.cell > 4 {
		f.cell = math.Floor(f.cell)
	}
	side = f.cell * count
	f.square = paint.Rect{X: r.X + max(whole((r.W-left-side)/2), 0) + left, Y: r.Y, W: side, H: side}
	return f
}

// matrixLooks is a matrix with its texts.
type matrixLooks struct {
	Matrix
	frame
	texts    []string // of the cells; nil if there is no room
	greatest float64
}

func (k matrixLooks) sum(h *maphash.Hash) {
	from := k.from()
	writeFloats(h, float64(from.Row), float64(from.Col), k.greatest, k.cell, k.names, k.columns, k.square.X, k.square.Y)
	for _, row := range k.Cells {
		writeFloats(h, float64(len(row)))
		writeFloats(h, row...)
	}
	writeStrings(h, k.Classes...)
	writeStrings(h, k.texts...)
	writeStrings(h, k.Ends[0], k.Ends[1], k.Measure)
	if k.Selected != nil {
		writeFloats(h, float64(k.Selected.Row), float64(k.Selected.Col))
	}
}
