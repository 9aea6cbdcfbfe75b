package model

import (
	"fmt"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// explainer shows how a number of a kind of layer is computed; a new kind adds a line, and its
// part of explain.TakeApart.
func (v *View) explainer(class string) func(l task.Layer, a *protocol.TakenApart, w float64) []widget.Node {
	return map[string]func(task.Layer, *protocol.TakenApart, float64) []widget.Node{
		"Conv2D":                 v.explainConvolution,
		"DepthwiseConv2D":        v.explainConvolution,
		"SeparableConv2D":        v.explainConvolution,
		"Dense":                  v.explainDense,
		"MaxPooling2D":           v.explainPooling,
		"AveragePooling2D":       v.explainPooling,
		"GlobalMaxPooling2D":     v.explainPooling,
		"GlobalAveragePooling2D": v.explainPooling,
		"ZeroPadding2D":          v.explainPadding,
		"BatchNormalization":     v.explainNormalization,
		"LayerNormalization":     v.explainNormalization,
		"Rescaling":              v.explainRescaling,
		"Add":                    v.explainMerge,
		"Multiply":               v.explainMerge,
		"Concatenate":            v.explainConcatenate,
		"LeakyReLU":              v.explainRectifier,
		"ReLU":                   v.explainRectifier,
		"PReLU":                  v.explainRectifier,
		"ELU":                    v.explainRectifier,
		"Activation":             v.explainActivation,
		"Dropout":                v.explainNothing,
		"SpatialDropout2D":       v.explainNothing,
		"GaussianNoise":          v.explainNothing,
		"Flatten":                v.explainFlatten,
		"Reshape":                v.explainReshape,
	}[class]
}

// explanation says how a number is computed, by the kind of layer.
func (v *View) explanation(a *protocol.TakenApart, w float64) []widget.Node {
	l := v.current()
	if explain := v.explainer(l.Class); explain != nil {
		return explain(l, a, w)
	}
	return []widget.Node{
		lines(line{words.Model.Value, score(float64(a.Out))}),
		widget.Text{ID: "model-products", Text: fmt.Sprintf(words.Model.UnknownNumber, v.mapName(a.Layer, a.Filter), score(float64(a.Out))), Quiet: true},
	}
}

// line is a step of a computation and its result.
type line struct{ label, value string }

// lines returns the steps of a computation; its result stands out.
func lines(all ...line) widget.Node { return table(len(all)-1, all) }

// table returns lines, one of which stands out, or none (-1).
func table(out int, all []line) widget.Node {
	column := widget.Column{Gap: 2}
	for i, l := range all {
		weight := paint.Regular
		if i == out {
			weight = paint.Medium
		}
		column.Items = append(column.Items, widget.Row{Gap: theme.Grid, Items: []widget.Node{
			widget.Text{Text: l.label, Weight: weight},
			widget.Hug(widget.Text{Text: l.value, Mono: true, Align: paint.Right}),
		}})
	}
	return column
}

// sumLines returns the last steps of what weighs and adds: bias, sum, and activation.
func sumLines(l task.Layer, a *protocol.TakenApart) []line {
	w := words.Model
	all := []line{{w.Bias, score(float64(a.Bias))}}
	if l.Activation == "" || l.Activation == "linear" {
		return append(all, line{w.Plain, score(float64(a.Sum))})
	}
	name := activation(l.Activation)
	return append(all, line{fmt.Sprintf(w.Before, name), score(float64(a.Sum))}, line{fmt.Sprintf(w.After, name), score(float64(a.Out))})
}

// becomes says in the document what a number of one other becomes.
func (v *View) becomes(a *protocol.TakenApart, in float64) widget.Node {
	return widget.Text{ID: "model-products", Text: fmt.Sprintf(words.Model.OtherValue, v.mapName(a.Layer, a.Filter), score(in), score(float64(a.Out))), Size: theme.Small, Quiet: true}
}
