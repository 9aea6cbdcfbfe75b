package model

import (
	"fmt"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

const (
	tableStep   = theme.Touch
	tableHeight = 10*tableStep + 32
)

// tableCard is Keras' summary. Where it is narrow, w units inside, it leaves columns out.
func (v *View) tableCard(w float64) widget.Node {
	texts, all := words.Model, v.layers()
	titles := texts.Columns
	show := []int{0, 1, 2, 3, 4}
	switch {
	case w < 400:
		show = []int{0, 1, 2}
	case w < 520:
		show = []int{0, 1, 2, 4}
	}
	if w >= 620 && !v.row() {
		show = []int{0, 5, 1, 2, 3, 4}
	}
	t := widget.Table{ID: "model-table", Name: texts.Table, Press: func(row int) { v.choose(row, 0) }}
	for _, k := range show {
		c := widget.TableColumn{Title: titles[k], Mono: k > 0 && k < 5, Align: paint.Right}
		if !c.Mono {
			c.Align = paint.Left
		}
		t.Columns = append(t.Columns, c)
	}
	chosen, _ := v.chosen()
	t.Selected = map[int]bool{chosen: true}
	adds, ms := 0, 0.0
	for i, l := range all {
		full := []string{l.Name, figure.Shape(l.Output), "", "", "", v.names(v.inputs(i))}
		if l.Params > 0 {
			full[2] = figure.Count(l.Params)
		}
		if l.MultiplyAdds > 0 {
			full[3] = figure.Count(l.MultiplyAdds)
			adds += l.MultiplyAdds
		}
		if m := v.times[i]; m != nil {
			full[4] = fmt.Sprintf("%.2f", m.median/1e3)
			ms += m.median / 1e3
		}
		var row []string
		for _, k := range show {
			row = append(row, full[k])
		}
		t.Rows = append(t.Rows, row)
	}
	time := ""
	if ms > 0 {
		time = fmt.Sprintf(texts.Millis, ms)
	}
	params := 0
	if m := v.desk.Network.Loaded; m != nil {
		params = m.Params
	}
	return widget.Card{Name: "model-table", Title: texts.Table, Body: widget.Column{Gap: theme.Grid, Items: []widget.Node{
		widget.Text{ID: "model-summary", Text: fmt.Sprintf(texts.Summary, fmt.Sprintf(texts.Layers, len(all)), figure.Count(params), figure.Count(adds), time), Quiet: true},
		widget.Stretch(widget.Scroll{ID: "model-table-scroll", Node: t, H: tableHeight, Offset: v.table, OnScroll: func(to float64) { v.table = to }}),
	}}}
}
