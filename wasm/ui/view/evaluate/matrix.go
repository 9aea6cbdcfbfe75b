package evaluate

import (
	"fmt"
	"slices"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// besideMatrix is the height of everything in its card except the matrix, and leastMatrix what the
// matrix has at least, units.
const (
	besideMatrix = 136
	leastMatrix  = 300
	underMatrix  = 46 // what its axis and colour bar need, less the names beside it
)

// matrixCard returns the confusion matrix; a press on a cell shows its pictures. The card fits into
// w x h units, unless they are 0.
func (v *View) matrixCard(w, h float64) widget.Node {
	counts := widget.Button{ID: "evaluate-counts", Label: words.Evaluate.Counts, Long: words.Evaluate.CountsLong, Toggle: true, Pressed: v.counts, Disabled: v.without(), Do: func() { v.counts = !v.counts }}
	png := widget.Button{ID: "evaluate-matrix-png", Long: words.Evaluate.MatrixPNGLong, Icon: "download", Disabled: v.without(), Do: v.saveMatrix}
	card := widget.Card{Name: "evaluate-matrix", Title: words.Evaluate.Matrix, Aside: widget.Row{Gap: 6, Items: []widget.Node{widget.Hug(counts), widget.Fixed(theme.Touch, png)}}}
	var matrix widget.Node = v.matrix()
	if h > 0 {
		all := w - 2*theme.Pad + underMatrix // that it can use at this width
		matrix = widget.Grid{Columns: 1, CellHeight: max(min(h-besideMatrix, all), leastMatrix), Items: []widget.Node{matrix}}
	}
	items := []widget.Node{widget.Text{Text: words.Evaluate.MatrixEmpty, Size: theme.Small, Quiet: true}}
	if v.result != nil {
		rows := words.Evaluate.Rows
		if v.result.brought {
			rows = words.Evaluate.RowsOnly
		}
		items = []widget.Node{
			widget.Text{Text: rows, Size: theme.Small, Quiet: true},
			widget.Text{ID: "evaluate-confusion", Text: v.confusedWords(), Size: theme.Small},
		}
	}
	card.Body = widget.Column{Gap: 8, Items: append(items, matrix)}
	return card
}

// without is why something waits for a result, "" if there is one.
func (v *View) without() string {
	if v.result == nil {
		return words.Evaluate.First
	}
	return ""
}

// single is why something waits for single predictions, "" if there are some.
func (v *View) single() string {
	if v.result != nil && v.result.brought {
		return words.Evaluate.NoSingle
	}
	return v.without()
}

// matrix returns the confusion matrix, without figures before there is a result.
func (v *View) matrix() widget.Matrix {
	m := widget.Matrix{ID: "evaluate-matrix", Name: words.Evaluate.Matrix, Measure: words.Evaluate.Shares, Ends: [2]string{"0%", "100%"}, Most: 1, At: v.corner, Pan: func(at widget.Cell) { v.corner = at }}
	r := v.result
	if r == nil {
		m.Classes = v.desk.Library.TaskOf(v.needs(v.what), nil).Classes
		if len(m.Classes) == 0 {
			m.Classes = v.desk.Network.Task().Classes
		}
		return m
	}
	m.Classes = r.classes
	if !r.brought {
		m.Press = v.pressCell
	}
	m.Cells = make([][]float64, len(r.Report.Confusion))
	for i, row := range r.Report.Confusion {
		sum := 0
		for _, n := range row {
			sum += n
		}
		m.Cells[i] = make([]float64, len(row))
		for j, n := range row {
			m.Cells[i][j] = float64(n)
			if !v.counts {
				m.Cells[i][j] /= float64(sum) // not a number where there is no picture of the class
			}
		}
	}
	if v.counts {
		m.Most, m.Measure, m.Ends = 0, words.Evaluate.Pictures, [2]string{}
		m.Text = func(row, col int) string { return figure.Count(r.Report.Confusion[row][col]) }
	}
	if v.pick.truth != anyClass && v.pick.said != anyClass {
		m.Selected = &widget.Cell{Row: v.pick.truth, Col: v.pick.said}
	}
	return m
}

// pressCell shows the pictures of a cell, or of all if that is chosen already.
func (v *View) pressCell(row, col int) {
	if v.pick.truth == row && v.pick.said == col {
		row, col = anyClass, anyClass
	}
	v.pick.truth, v.pick.said = row, col
	v.repick()
}

// cellSelect chooses one of a cell's classes.
func (v *View) cellSelect(id, long, format string, class *int) widget.Node {
	s := widget.Select{ID: id, Long: long, Options: []widget.Option{{Value: "", Label: fmt.Sprintf(format, words.Evaluate.Any)}}, Disabled: v.single()}
	if v.single() != "" {
		return s
	}
	for _, c := range v.result.classes {
		s.Options = append(s.Options, widget.Option{Value: c, Label: fmt.Sprintf(format, c)})
	}
	if *class != anyClass {
		s.Value = v.result.className(*class)
	}
	s.Set = func(value string) {
		*class = slices.Index(v.result.classes, value) // anyClass for none
		v.repick()
	}
	return s
}
