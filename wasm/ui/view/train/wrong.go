package train

import (
	"fmt"
	"math"

	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// classes returns those of a run's pictures; nil if its matrix cannot be named.
func (v *View) classes(r *library.Run) []string {
	for _, names := range [][]string{r.Classes, v.desk.Library.Task().Classes} {
		if len(names) == len(r.Matrix) {
			return names
		}
	}
	return nil
}

// wrongCard returns the confusion matrix of the last validation, and pictures that it got wrong:
// more of them if there is room for several side by side.
func (v *View) wrongCard(wide bool) widget.Node {
	w, l := &words.Train, v.desk.Library
	r := &l.Run
	names := v.classes(r)
	if len(r.Matrix) == 0 || names == nil {
		return widget.Card{Name: "train-wrong", Title: w.Matrix, Body: widget.Text{Text: w.MatrixEmpty, Quiet: true}}
	}
	items := []widget.Node{
		widget.Text{Text: w.MatrixHint, Size: theme.Small, Quiet: true},
		widget.Matrix{ID: "train-matrix", Name: w.Matrix + ". " + w.MatrixHint, Classes: names, Cells: shares(r.Matrix), Most: 1, Measure: w.MatrixShare, Ends: [2]string{"0%", "100%"}, At: v.corner, Pan: func(at widget.Cell) { v.corner = at }},
	}
	if r.Mistakes != nil || len(v.mistakes) > 0 {
		items = append(items, widget.Text{Text: w.Mistakes, Weight: paint.Medium}, v.latest(r, wide))
	}
	return widget.Card{Name: "train-wrong", Title: w.Matrix, Body: widget.Column{Gap: 8, Items: items}}
}

// shares returns a matrix' rows in shares of their pictures; NaN for a class without any.
func shares(matrix [][]int) [][]float64 {
	all := make([][]float64, len(matrix))
	for i, row := range matrix {
		sum := 0
		for _, n := range row {
			sum += n
		}
		for _, n := range row {
			share := math.NaN()
			if sum > 0 {
				share = float64(n) / float64(sum)
			}
			all[i] = append(all[i], share)
		}
	}
	return all
}

// latest are pictures that the last validation got wrong, with what they were taken for.
func (v *View) latest(r *library.Run, wide bool) widget.Node {
	w, l := &words.Train, v.desk.Library
	most := 6
	if wide {
		most = 12
	}
	var all []widget.Node
	for i, m := range r.Mistakes[:min(len(r.Mistakes), len(v.mistakes), most)] {
		predicted, truth := fmt.Sprintf(w.Predicted, l.Class(m.Class)), fmt.Sprintf(w.Truth, l.Class(m.True))
		all = append(all, widget.Row{Gap: 12, Items: []widget.Node{
			widget.Fixed(48, widget.Image{Name: predicted + ", " + truth, Picture: v.mistakes[i].image, Square: true}),
			widget.Column{Items: []widget.Node{widget.Text{Text: predicted, Lines: 2}, widget.Text{Text: truth, Quiet: true, Lines: 2}}},
		}})
	}
	if all == nil {
		return widget.Text{Text: w.MistakesEmpty, Quiet: true}
	}
	return widget.Grid{MinCell: 200, Gap: 8, Items: all}
}
