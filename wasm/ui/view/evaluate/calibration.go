package evaluate

import (
	"fmt"

	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// calibrationCard says how far the network's percentages can be trusted, and has Classify use a
// temperature.
func (v *View) calibrationCard() widget.Node {
	var items []widget.Node
	if r := v.result; r != nil {
		e := &r.Report
		items = append(items, widget.Stretch(reliability(e.Bins)),
			widget.Text{ID: "evaluate-ece", Text: fmt.Sprintf(words.Evaluate.ECE, figure.Percent(e.ECE), e.Temperature, figure.Percent(e.ECEAfter))})
	} else {
		items = append(items, widget.Text{Text: words.Evaluate.CalibrationEmpty, Quiet: true})
	}
	if t := v.own(); t != 0 {
		format := words.Evaluate.NotOwn
		if _, own := v.desk.Network.Temperature(); own {
			format = words.Evaluate.Own
		}
		items = append(items, widget.Text{ID: "evaluate-own", Text: fmt.Sprintf(format, t), Size: theme.Small})
	}
	items = append(items, v.temperButton())
	if v.result != nil {
		items = append(items, widget.Text{Text: words.Evaluate.ECELong, Size: theme.Small, Quiet: true})
	}
	return widget.Card{Name: "evaluate-trust", Title: words.Evaluate.Calibration, Body: widget.Column{Gap: 10, Items: items}}
}

// own returns the temperature in the file of the network in use; 0 if it has none.
func (v *View) own() float64 {
	if m := v.desk.Network.Loaded; m != nil {
		return m.Temperature
	}
	return 0
}

// temperButton applies a temperature, the network's own if it has one, and takes it back.
func (v *View) temperButton() widget.Node {
	n := v.desk.Network
	b := widget.Button{ID: "evaluate-temper", Label: words.Evaluate.Apply, Long: words.Evaluate.ApplyLong, Toggle: true}
	now, own := n.Temperature()
	switch {
	case own: // it is applied from the start
		b.Pressed, b.Label, b.Long = true, fmt.Sprintf(words.Evaluate.OwnApplied, now), words.Evaluate.AsTrainedLong
		b.Do = func() { v.temper(1) }
	case v.own() != 0:
		b.Do = func() { v.temper(0) }
	case now != 1:
		b.Pressed, b.Label, b.Long = true, fmt.Sprintf(words.Evaluate.Applied, now), words.Evaluate.AsTrainedLong
		b.Do = func() { v.temper(0) }
	case v.result == nil:
		b.Disabled = words.Evaluate.First
	case !v.result.inUse(n):
		b.Disabled = words.Evaluate.OfAnother
	case v.result.views != task.OneView:
		b.Disabled = words.Evaluate.OfViews
	default:
		b.Do = func() { v.temper(v.result.Report.Temperature) }
	}
	return b
}

// temper has Classify use a temperature: 1 as trained, 0 the network's own.
func (v *View) temper(t float64) {
	v.desk.Report(v.desk.Network.Temper(t))
	v.desk.Report(v.desk.Network.Again())
}
