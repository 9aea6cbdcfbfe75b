package evaluate

import (
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
)

// Widths in units.
const (
	three   = 1100 // from which three columns fit
	numbers = 316  // of the card with the figures
)

// Tree implements view.View.
func (v *View) Tree(w, h float64) widget.Node {
	gap := float64(theme.Gap)
	column := func(items ...widget.Node) widget.Node { return widget.Column{Gap: gap, Items: items} }
	switch {
	case w < view.Narrow:
		return widget.Column{Gap: 12, Items: []widget.Node{v.numbersCard(), v.matrixCard(0, 0), v.predictionsCard(), v.classesCard(), v.calibrationCard()}}
	case w < three:
		return widget.Row{Gap: gap, Top: true, Items: []widget.Node{widget.Fixed(numbers, column(v.numbersCard(), v.calibrationCard())), widget.Flex(1, column(v.matrixCard(w-numbers-gap, h), v.predictionsCard(), v.classesCard()))}}

	}
	return widget.Row{Gap: gap, Top: true, Items: []widget.Node{
		widget.Fixed(numbers, column(v.numbersCard(), v.calibrationCard())),
		widget.Flex(5, column(v.matrixCard((w-numbers-2*gap)*5/9, h), v.classesCard())),
		widget.Flex(4, column(v.predictionsCard())),
	}}
}
