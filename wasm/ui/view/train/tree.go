package train

import (
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// threeFrom is the width from which on there are three columns.
const threeFrom = 1120

// Tree implements view.View.
func (v *View) Tree(w, h float64) widget.Node {
	switch {
	case w < view.Narrow:
		return v.stacked(w)
	case w < threeFrom:
		return widget.Row{Gap: theme.Gap, Items: []widget.Node{
			widget.Fixed(312, widget.Column{Gap: theme.Gap, Items: []widget.Node{v.dataCard(), v.settingsCard(false), v.mineCard()}}),
			widget.Column{Gap: theme.Gap, Items: []widget.Node{v.runCard(), v.runsCard(), v.wrongCard()}},
		}}
	}
	right := min(max(w*0.25, 300), 400)
	return widget.Row{Gap: theme.Gap, Items: []widget.Node{
		widget.Fixed(312, widget.Column{Gap: theme.Gap, Items: []widget.Node{v.dataCard(), widget.Stretch(v.settingsCard(false))}}),
		widget.Column{Gap: theme.Gap, Items: []widget.Node{widget.Stretch(v.runCard()), v.runsCard()}},
		widget.Fixed(right, widget.Column{Gap: theme.Gap, Items: []widget.Node{widget.Stretch(v.wrongCard()), v.mineCard()}}),
	}}
}

// runCard is the run with its curves.
func (v *View) runCard() widget.Node {
	return widget.Card{Name: "train-run", Body: widget.Column{Gap: 12, Items: append(v.runItems(false), v.chartItems(false)...)}}
}

// stacked has the cards above each other: what is pressed to train, then the curves of a run
// that there is, the settings, and what is read.
func (v *View) stacked(w float64) widget.Node {
	r := &v.desk.Library.Run
	curves := widget.Card{Name: "train-curves", Title: words.Train.Curves, Body: widget.Column{Gap: 16, Items: v.chartItems(w < 600)}}
	items := []widget.Node{widget.Card{Name: "train-run", Body: widget.Column{Gap: 12, Items: v.runItems(w < 600)}}}
	ran := r.Active || len(r.Epochs) > 0
	if ran {
		items = append(items, curves)
	}
	items = append(items, v.dataCard(), v.settingsCard(true))
	if !ran {
		items = append(items, curves)
	}
	return widget.Column{Gap: 12, Items: append(items, v.runsCard(), v.wrongCard(), v.mineCard())}
}
