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

// channelSum returns the sum of the products with one channel of the input.
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
	from, c := v.inputOf(layer, a.From), v.inputChannel(a)
	one, all := channelSum(a, c), float64(a.Sum-a.Bias)
	of := v.output(from)
	value := fmt.Sprintf(texts.ProductsValue, a.Y+1, a.X+1, a.Filter+1, a.Channel+c+1, one, a.C, all, a.Bias, a.Sum)
	steps := []line{{v.channelName(from, a.Channel+c, of[len(of)-1]), score(one)}, {texts.SumChannels, score(all)}}
	if l.Class == "DepthwiseConv2D" {
		value = fmt.Sprintf(texts.DepthwiseValue, a.Y+1, a.X+1, a.Filter+1, a.Channel+1, one, a.Bias, a.Sum)
		steps = steps[:1]
	}
	if l.Activation != "" && l.Activation != "linear" {
		value += fmt.Sprintf(texts.ProductsAfter, activation(l.Activation), a.Out)
	}
	steps = append(steps, sumLines(l, a)...)
	nodes := []widget.Node{products(a, c, w, value), legend(), widget.Row{Gap: theme.Gap, Items: []widget.Node{lines(steps...), widget.Hug(v.nextChannel(a))}}}
	switch {
	case l.Class == "SeparableConv2D":
		nodes = append(nodes, widget.Text{Text: texts.Separable, Size: theme.Small, Quiet: true})
	case from == thePicture:
		t := v.desk.Network.Task()
		nodes = append(nodes, widget.Text{Text: fmt.Sprintf(texts.Pixels, figure.Shape(of), figure.Scaling(t.Scale, t.Shift)), Size: theme.Small, Quiet: true})
	case l.Activation == "":
		nodes = append(nodes, widget.Text{Text: texts.NoActivation, Size: theme.Small, Quiet: true})
	}
	return nodes
}
