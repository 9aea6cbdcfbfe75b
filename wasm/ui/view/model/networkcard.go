package model

import (
	"fmt"
	"image"

	"tenfold/nn/picture"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// networkSeen is how much of the network's picture can be seen at least, in units.
const networkSeen = 320

// networkCard returns the whole network as one picture, from the input to the class probabilities.
// h is how high the picture is; 0 for what is left.
func (v *View) networkCard(h float64) widget.Node {
	w := words.Model
	body := widget.Scroll{ID: "model-network", Node: graph(v.blocks()), H: h, Offset: v.network, OnScroll: func(to float64) { v.network = to }}
	return widget.Card{Name: "model-network", Title: w.Network, Body: widget.Column{Gap: theme.Grid, Items: []widget.Node{
		widget.Text{Text: w.NetworkHint, Size: theme.Small, Quiet: true},
		widget.Stretch(body),
	}}}
}

// blocks returns the input, the layers, and what the network says.
func (v *View) blocks() []block {
	w, d, all := words.Model, v.desk, v.layers()
	t := d.Network.Task()
	input := block{id: "model-net-input", name: w.Input, note: figure.Shape(t.Input), value: figure.Scaling(t.Scale, t.Shift)}
	if pixels := d.Pixels(); pixels != nil {
		input.strip = []*image.RGBA{picture.Enlarge(pixels, t.Input)}
	}
	chosen, _ := v.chosen()
	blocks := []block{input}
	for i, l := range all {
		b := block{
			id: fmt.Sprint("model-net-", i), name: l.Name, note: figure.Shape(l.Output), class: l.Class,
			wide: !pictures(l), chosen: i == chosen, do: func() { v.choose(i, 0) },
		}
		in := v.inputs(i)
		for _, k := range in {
			b.in = append(b.in, k+1) // behind the picture
		}
		if len(in) > 1 || in[0] != i-1 {
			b.value = fmt.Sprintf(w.TakesIn, v.names(in))
		}
		if s := v.of(i); s != nil {
			b.strip = s.strip
		}
		blocks = append(blocks, b)
	}
	output := block{id: "model-net-output", name: w.Output, in: []int{len(all)}}
	output.note = fmt.Sprintf(w.Classes, figure.Count(len(t.Classes)))
	output.bars = make([]float64, len(t.Classes))
	if class, share, _ := part.Verdict(d); class != "" {
		copy(output.bars, d.Network.Probs)
		output.name = fmt.Sprintf(w.Probabilities, class, share)
	}
	return append(blocks, output)
}
