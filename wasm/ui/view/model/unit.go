package model

import (
	"fmt"
	"math"
	"slices"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

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

// elementwise are the kinds of layers that make each number of the one at its place.
var elementwise = []string{
	"Dropout", "SpatialDropout2D", "GaussianNoise", "LeakyReLU", "ReLU", "PReLU", "ELU", "Activation", "Rescaling", "BatchNormalization",
}

// inputName returns what input i of a dense layer is called: behind a Flatten it is a place of a map.
func (v *View) inputName(layer, i int) string {
	w, all := words.Model, v.layers()
	at := v.inputOf(layer, 0)
	for at >= 0 && at < len(all) && slices.Contains(elementwise, all[at].Class) {
		at = v.inputOf(at, 0)
	}
	if at >= 0 && at < len(all) && (all[at].Class == "Flatten" || all[at].Class == "Reshape") {
		if in := v.takes(at); len(in) == 3 {
			return fmt.Sprintf(w.FromPlace, i%in[2]+1, i/in[2]/in[1]+1, i/in[2]%in[1]+1)
		}
	}
	return fmt.Sprintf(w.From, figure.Count(i+1))
}
