package model

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view/part"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// explainer shows how a number of a kind of layer comes about; a new kind adds a line, and its
// part of explain.TakeApart.
func (v *View) explainer(class string) func(l task.Layer, a *protocol.TakenApart, w float64) []widget.Node {
	return map[string]func(task.Layer, *protocol.TakenApart, float64) []widget.Node{
		"Conv2D":       v.explainConvolution,
		"Dense":        v.explainDense,
		"MaxPooling2D": v.explainPooling,
		"LeakyReLU":    v.explainPointwise,
		"Dropout":      v.explainPointwise,
		"Activation":   v.explainActivation,
		"Flatten":      v.explainFlatten,
	}[class]
}

// explanation is how a number comes about, by the kind of layer.
func (v *View) explanation(a *protocol.TakenApart, w float64) []widget.Node {
	l := v.current()
	if explain := v.explainer(l.Class); explain != nil {
		return explain(l, a, w)
	}
	return []widget.Node{
		lines(line{words.Model.Value, score(float64(a.Out))}),
		widget.Text{ID: "model-products", Text: fmt.Sprintf(words.Model.Unknown, l.Class), Quiet: true},
	}
}

// line is a step of a computation and what it comes to.
type line struct{ label, value string }

// lines are the steps of a computation; what it comes to stands out.
func lines(all ...line) widget.Node { return table(len(all)-1, all) }

// table are lines of which one stands out, or none (-1).
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

// sumLines are the last steps of what weighs and adds: bias, sum, and activation.
func sumLines(l task.Layer, a *protocol.TakenApart) []line {
	w := words.Model
	all := []line{{w.Bias, score(float64(a.Bias))}}
	if l.Activation == "" || l.Activation == "linear" {
		return append(all, line{w.Plain, score(float64(a.Sum))})
	}
	name := activation(l.Activation)
	return append(all, line{fmt.Sprintf(w.Before, name), score(float64(a.Sum))}, line{fmt.Sprintf(w.After, name), score(float64(a.Out))})
}

// channelSum is the sum of the products with one channel of the input.
func channelSum(a *protocol.TakenApart, channel int) float64 {
	sum := 0.0
	for i := channel; i < len(a.Patch) && i < len(a.Kernel); i += a.C {
		sum += float64(a.Patch[i]) * float64(a.Kernel[i])
	}
	return sum
}

func (v *View) explainConvolution(l task.Layer, a *protocol.TakenApart, w float64) []widget.Node {
	if a.Kernel == nil {
		return nil
	}
	texts := words.Model
	layer, _ := v.chosen()
	c := v.inputChannel(a)
	one, all := channelSum(a, c), float64(a.Sum-a.Bias)
	value := fmt.Sprintf(texts.ProductsValue, a.Y+1, a.X+1, a.Filter+1, c+1, one, a.C, all, a.Bias, a.Sum)
	if l.Activation != "" {
		value += fmt.Sprintf(texts.ProductsAfter, activation(l.Activation), a.Out)
	}
	steps := append([]line{
		{v.channelName(layer, c, a.C), score(one)},
		{texts.SumChannels, score(all)},
	}, sumLines(l, a)...)
	nodes := []widget.Node{products(a, c, w, value), legend(), widget.Row{Gap: theme.Gap, Items: []widget.Node{lines(steps...), widget.Hug(v.nextChannel(a))}}}
	switch {
	case layer == 0:
		nodes = append(nodes, widget.Text{Text: fmt.Sprintf(texts.Pixels, shape(v.takes(0)), formula(v.desk.Network.Task())), Size: theme.Small, Quiet: true})
	case l.Activation == "":
		nodes = append(nodes, widget.Text{Text: texts.NoActivation, Size: theme.Small, Quiet: true})
	}
	return nodes
}

// strongest is how many products of a dense unit are shown.
const strongest = 6

func (v *View) explainDense(l task.Layer, a *protocol.TakenApart, w float64) []widget.Node {
	if a.Kernel == nil {
		return nil
	}
	texts := words.Model
	layer, _ := v.chosen()
	n := len(a.Patch)
	order := make([]int, n)
	product := func(i int) float64 { return float64(a.Patch[i]) * float64(a.Kernel[i]) }
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, k int) int {
		switch p, q := math.Abs(product(i)), math.Abs(product(k)); {
		case p > q:
			return -1
		case p < q:
			return 1
		}
		return 0
	})
	top := []line{}
	for _, i := range order[:min(strongest, n)] {
		top = append(top, line{v.inputName(layer, i) + ": " + fmt.Sprintf(texts.Times, score(float64(a.Patch[i])), score(float64(a.Kernel[i]))), score(product(i))})
	}
	all := float64(a.Sum - a.Bias)
	value := fmt.Sprintf(texts.UnitValue, a.Filter+1, all, a.Bias, a.Sum)
	if l.Activation != "" && l.Activation != "linear" {
		value += fmt.Sprintf(texts.ProductsAfter, activation(l.Activation), a.Out)
	}
	steps := append([]line{{fmt.Sprintf(texts.SumInputs, figure.Count(n)), score(all)}}, sumLines(l, a)...)
	nodes := []widget.Node{lines(steps...)}
	if l.Activation == "softmax" {
		nodes = append(nodes, v.shares())
	}
	return append(nodes,
		widget.Custom{ID: "model-products", Name: fmt.Sprintf(texts.Strongest, figure.Count(n)), Value: value, Role: widget.RoleImage, H: 20, Key: n, Paint: caption(fmt.Sprintf(texts.Strongest, figure.Count(n)))},
		table(-1, top))
}

// caption paints a line of quiet text.
func caption(text string) func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
	return func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		style := paint.Style{Size: theme.Small, Color: th.Quiet}
		c.Text(c.Fit(text, r.W, style), paint.Point{X: r.X, Y: r.Y + 14}, style)
	}
}

// inputName is what input i of a dense layer is called: behind a Flatten it is a place of a map.
func (v *View) inputName(layer, i int) string {
	w, all := words.Model, v.layers()
	at := layer - 1
	for at > 0 && at < len(all) && (all[at].Class == "Dropout" || all[at].Class == "LeakyReLU" || all[at].Class == "Activation") {
		at--
	}
	if at >= 0 && at < len(all) && all[at].Class == "Flatten" {
		if in := v.takes(at); len(in) == 3 {
			return fmt.Sprintf(w.FromPlace, i%in[2]+1, i/in[2]/in[1]+1, i/in[2]%in[1]+1)
		}
	}
	return fmt.Sprintf(w.From, figure.Count(i+1))
}

func (v *View) explainPooling(l task.Layer, a *protocol.TakenApart, w float64) []widget.Node {
	texts := words.Model
	window := ""
	for i, p := range a.Patch {
		if i > 0 {
			window += ", "
		}
		window += score(float64(p))
	}
	value := fmt.Sprintf(texts.PoolValue, a.Y+1, a.X+1, a.Filter+1, window, a.Out)
	return []widget.Node{
		window4(a, min(w, 44*float64(a.W)+100), value),
		lines(line{fmt.Sprintf(texts.Largest, len(a.Patch)), score(float64(a.Out))}),
	}
}

func (v *View) explainPointwise(l task.Layer, a *protocol.TakenApart, w float64) []widget.Node {
	texts := words.Model
	in := float64(a.Patch[0])
	name := l.Class
	value := widget.Text{ID: "model-products", Text: fmt.Sprintf(texts.OtherValue, v.mapName(a.Layer, a.Filter), score(in), score(float64(a.Out))), Size: theme.Small, Quiet: true}
	if l.Class == "Dropout" {
		return []widget.Node{
			lines(line{fmt.Sprintf(texts.Before, name), score(in)}, line{fmt.Sprintf(texts.After, name), score(float64(a.Out))}),
			widget.Text{Text: fmt.Sprintf(texts.Dropped, figure.Whole(l.Rate)), Quiet: true}, value,
		}
	}
	step := line{texts.Kept, ""}
	if in < 0 {
		step.label = fmt.Sprintf(texts.Slope, strconv.FormatFloat(rough(l.Alpha), 'g', -1, 64))
	}
	return []widget.Node{
		lines(line{fmt.Sprintf(texts.Before, name), score(in)}, step, line{fmt.Sprintf(texts.After, name), score(float64(a.Out))}), value,
	}
}

// rough is a number without the noise of a float32.
func rough(v float64) float64 { return math.Round(v*1e6) / 1e6 }

func (v *View) explainActivation(l task.Layer, a *protocol.TakenApart, w float64) []widget.Node {
	texts := words.Model
	name := activation(l.Activation)
	in := float64(a.Patch[min(a.Filter, len(a.Patch)-1)])
	if len(a.Patch) == 1 {
		in = float64(a.Patch[0])
	}
	value := widget.Text{ID: "model-products", Text: fmt.Sprintf(texts.OtherValue, v.mapName(a.Layer, a.Filter), score(in), score(float64(a.Out))), Size: theme.Small, Quiet: true}
	if l.Activation != "softmax" {
		return []widget.Node{lines(line{fmt.Sprintf(texts.Before, name), score(in)}, line{fmt.Sprintf(texts.After, name), score(float64(a.Out))}), value}
	}
	return []widget.Node{
		lines(line{texts.Logit, score(in)}, line{texts.Softmax, figure.Chance(float64(a.Out))}), widget.Text{Text: texts.SoftmaxHint, Size: theme.Small, Quiet: true}, v.shares(), value,
	}
}

// shares are the probabilities of the classes, the most probable first.
func (v *View) shares() widget.Node {
	n := v.desk.Network
	bars := widget.Bars{ID: "model-share"}
	order := part.Order(n.Probs)
	for _, i := range order[:min(10, len(order))] {
		bars.Rows = append(bars.Rows, widget.Bar{Name: n.Class(i), Share: n.Probs[i], Color: widget.Class(i), Strong: true, Text: figure.Chance(n.Probs[i])})
	}
	return bars
}

func (v *View) explainFlatten(l task.Layer, a *protocol.TakenApart, w float64) []widget.Node {
	texts := words.Model
	text := ""
	if in := v.takes(a.Layer); len(in) == 3 {
		from := texts.Input
		if a.Layer > 0 {
			from = v.layers()[a.Layer-1].Name
		}
		i := a.Filter
		text = fmt.Sprintf(texts.Unrolled, i/in[2]/in[1]+1, i/in[2]%in[1]+1, i%in[2]+1, from)
	}
	return []widget.Node{
		lines(line{texts.Value, score(float64(a.Out))}),
		widget.Text{ID: "model-products", Text: text, Quiet: true},
	}
}
