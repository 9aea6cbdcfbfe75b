package model

import (
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// The widths, in units, from which on there are more columns.
const (
	fourColumns = 1180
	twoColumns  = 640
)

// Tree implements view.View.
func (v *View) Tree(w, h float64) widget.Node {
	if len(v.layers()) == 0 {
		return widget.Card{Name: "model", Title: words.Model.Network, Body: widget.Text{Text: words.Model.Loading, Quiet: true}}
	}
	switch {
	case w >= fourColumns:
		return v.wide(w, h)
	case w >= twoColumns:
		return v.medium(w, h)
	}
	return v.narrow(w)
}

// least has a node be at least so high.
func least(h float64, n widget.Node) widget.Node {
	return widget.Stack{Items: []widget.Node{widget.Space{H: h}, n}}
}

const pads = 2 * theme.Pad

// wide returns the input, the network, a layer of it and a number of that side by side.
func (v *View) wide(w, h float64) widget.Node {
	const why, gap = 280, theme.Gap
	rest := w - why - 3*gap
	network, layer := rest*0.27, rest*0.32
	number := rest - network - layer
	responds := min(w*0.42, 520)
	return widget.Column{Gap: gap, Items: []widget.Node{
		least(h, widget.Row{Gap: gap, Items: []widget.Node{
			widget.Fixed(why, v.whyCard(min(why-pads, max(h-430, 120)))),
			widget.Fixed(network, v.networkCard(0)),
			widget.Fixed(layer, v.layerCard(layer-pads, h-318)),
			widget.Fixed(number, v.numberCard(number-pads, min(max(h-520, 96), 190))),
		}}),
		widget.Row{Gap: gap, Items: []widget.Node{
			widget.Fixed(responds, v.respondCard(responds-pads)),
			widget.Fixed(w-responds-gap, v.tableCard(w-responds-gap-pads)),
		}},
	}}
}

// medium has two columns.
func (v *View) medium(w, h float64) widget.Node {
	gap := float64(theme.Gap)
	half := (w - gap) / 2
	in := half - pads
	pair := func(a, b widget.Node) widget.Node {
		return widget.Row{Gap: gap, Items: []widget.Node{widget.Fixed(half, a), widget.Fixed(half, b)}}
	}
	second := []widget.Node{pair(v.networkCard(0), v.numberCard(in, min(in, 240))), v.respondCard(w - pads)}
	if w < view.Narrow {
		second = []widget.Node{pair(v.networkCard(0), v.numberCard(in, 160)), v.respondCard(w - pads)}
	}
	all := append([]widget.Node{pair(v.whyCard(min(in, 300)), v.layerCard(in, 320))}, second...)
	return widget.Column{Gap: gap, Items: append(all, v.tableCard(w-pads))}
}

// narrow has everything below each other, what one presses first.
func (v *View) narrow(w float64) widget.Node {
	in := w - pads
	return widget.Column{Gap: 12, Items: []widget.Node{
		v.whyCard(min(in, 300)),
		v.layerCard(in, 300),
		v.numberCard(in, 170),
		v.networkCard(networkSeen + 112),
		v.respondCard(in),
		v.tableCard(in),
	}}
}
