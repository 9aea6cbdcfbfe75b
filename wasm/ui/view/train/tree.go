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
	const left = 312
	switch {
	case w < view.Narrow:
		return v.stacked(w)
	case w < threeFrom:
		return widget.Row{Gap: theme.Gap, Top: true, Items: []widget.Node{
			widget.Fixed(left, column(v.dataCard(), v.settingsCard(false))),
			column(append(v.asking(), v.runCard(h), v.insideCard(false), v.runsCard(), v.wrongCard(true), v.mineCard())...),
		}}
	}
	right := min(max(w*0.25, 300), 400)
	return widget.Row{Gap: theme.Gap, Top: true, Items: []widget.Node{
		widget.Fixed(left, column(v.dataCard(), v.settingsCard(false))),
		column(append(v.asking(), v.runCard(h), v.insideCard(false), v.runsCard())...),
		widget.Fixed(right, column(v.wrongCard(false), v.mineCard())),
	}}
}

func column(cards ...widget.Node) widget.Node {
	return widget.Column{Gap: theme.Gap, Items: cards}
}

// runCard returns the run with its curves, as high as the room.
func (v *View) runCard(h float64) widget.Node {
	return widget.Card{Name: "train-run", Body: widget.Column{Gap: 12, Items: append(v.runItems(false), v.chartItems(v.curveHeight(h))...)}}
}

// curveHeight returns what the words and buttons of the run leave for the largest of its curves in
// a room of height h.
func (v *View) curveHeight(h float64) float64 {
	r := &v.desk.Library.Run
	used := 2*theme.Pad + 40 + 12 + 40 + 12 + theme.Touch + 12 + theme.Touch + 12 + lowerCharts + 12
	if r.Active || r.Finished != nil {
		used += 8 + 12
	}
	if v.result() != "" {
		used += 40 + 12 - 20
	}
	if !r.Active && v.choice() {
		used += 24 + theme.Touch + 12
	}
	return min(max(h-float64(used), 176), 560)
}

// stacked has the cards above each other: what is pressed to train, then the curves of the
// run, if any, the settings, and what is read.
func (v *View) stacked(w float64) widget.Node {
	r := &v.desk.Library.Run
	phone := w < 600
	charts := v.chartItems(260)
	if phone {
		accuracy, loss, rate := v.charts(v.lines())
		accuracy.H, loss.H, rate.H = 210, 180, 140
		charts = []widget.Node{accuracy, loss, rate}
	}
	curves := widget.Card{Name: "train-curves", Title: words.Train.Curves, Body: widget.Column{Gap: 16, Items: charts}}
	items := append(v.asking(), widget.Card{Name: "train-run", Body: widget.Column{Gap: 12, Items: v.runItems(phone)}})
	ran := r.Active || len(r.Epochs) > 0
	if ran {
		items = append(items, curves)
	}
	items = append(items, v.dataCard(), v.settingsCard(true))
	if !ran {
		items = append(items, curves)
	}
	return widget.Column{Gap: 12, Items: append(items, v.insideCard(phone), v.runsCard(), v.wrongCard(!phone), v.mineCard())}
}
