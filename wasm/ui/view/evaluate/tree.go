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
	switch {
	case w < view.Narrow:
		return widget.Column{Gap: 12, Items: []widget.Node{v.numbersCard(), v.matrixCard(), v.predictionsCard(false), v.classesCard(), v.calibrationCard()}}
	case w < three:
		return widget.Column{Gap: gap, Items: []widget.Node{
			atLeast(h, widget.Row{Gap: gap, Items: []widget.Node{widget.Fixed(numbers, v.numbersCard()), widget.Flex(1, v.matrixCard())}}),
			v.predictionsCard(false),
			widget.Row{Gap: gap, Items: []widget.Node{widget.Flex(2, v.calibrationCard()), widget.Flex(3, v.classesCard())}},
		}}
	}
	return widget.Column{Gap: gap, Items: []widget.Node{
		atLeast(h, widget.Row{Gap: gap, Items: []widget.Node{widget.Fixed(numbers, v.numbersCard()), widget.Flex(5, v.matrixCard()), widget.Flex(4, v.predictionsCard(true))}}),
		widget.Row{Gap: gap, Items: []widget.Node{widget.Flex(2, v.calibrationCard()), widget.Flex(3, v.classesCard())}},
	}}
}

// atLeast has a node be h units high or more.
func atLeast(h float64, n widget.Node) widget.Node {
	return widget.Stack{Items: []widget.Node{widget.Space{H: h}, n}}
}
