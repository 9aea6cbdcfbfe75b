package model

import (
	"fmt"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// explainMerge adds or multiplies the numbers that lie at the same place of all inputs.
func (v *View) explainMerge(l task.Layer, a *protocol.TakenApart, _ float64) []widget.Node {
	texts := words.Model
	sign, result := "+ ", texts.SumHere
	if l.Class == "Multiply" {
		sign, result = "× ", texts.ProductHere
	}
	var all []line
	said := ""
	for k, x := range a.Patch {
		name := v.names([]int{v.inputOf(a.Layer, k)})
		if k > 0 {
			said += " " + sign
			name = sign + name
		}
		if k > 0 {
			said += bracketed(score(float64(x)))
		} else {
			said += score(float64(x))
		}
		all = append(all, line{name, score(float64(x))})
	}
	return []widget.Node{
		lines(append(all, line{result, score(float64(a.Out))})...),
		widget.Text{ID: "model-products", Text: fmt.Sprintf(texts.MergeValue, v.mapName(a.Layer, a.Filter), said, score(float64(a.Out))), Size: theme.Small, Quiet: true},
	}
}

// explainConcatenate says which input the number is taken from.
func (v *View) explainConcatenate(_ task.Layer, a *protocol.TakenApart, _ float64) []widget.Node {
	texts, from := words.Model, v.inputOf(a.Layer, a.From)
	name := v.names([]int{from})
	text := fmt.Sprintf(texts.UnitFrom, figure.Count(a.Channel+1), name)
	if len(v.output(from)) == 3 {
		text = fmt.Sprintf(texts.Unrolled, a.Top+1, a.Left+1, a.Channel+1, name)
	}
	return []widget.Node{lines(line{texts.Value, score(float64(a.Out))}), widget.Text{ID: "model-products", Text: text, Quiet: true}}
}

func (v *View) explainFlatten(_ task.Layer, a *protocol.TakenApart, _ float64) []widget.Node {
	i, in := a.Filter, v.takes(a.Layer)
	if len(in) != 3 {
		return v.moved(a, "")
	}
	return v.moved(a, v.unrolled(a, i/in[2]/in[1], i/in[2]%in[1], i%in[2]))
}

// explainReshape says which place of its input a number is from.
func (v *View) explainReshape(_ task.Layer, a *protocol.TakenApart, _ float64) []widget.Node {
	if len(v.takes(a.Layer)) != 3 {
		return v.moved(a, fmt.Sprintf(words.Model.UnrolledRow, a.Channel+1, v.names(v.inputs(a.Layer))))
	}
	return v.moved(a, v.unrolled(a, a.Top, a.Left, a.Channel))
}

func (v *View) unrolled(a *protocol.TakenApart, row, column, channel int) string {
	return fmt.Sprintf(words.Model.Unrolled, row+1, column+1, channel+1, v.names(v.inputs(a.Layer)))
}

// moved returns a number that is the one of another place, which a text names.
func (v *View) moved(a *protocol.TakenApart, text string) []widget.Node {
	texts := words.Model
	return []widget.Node{
		lines(line{texts.Value, score(float64(a.Out))}),
		widget.Text{ID: "model-products", Text: text, Quiet: true},
	}
}
