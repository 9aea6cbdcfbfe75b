package model

import (
	"fmt"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// A window's cells have this many units, as long as it has no more than this in all.
const (
	poolCell   = 40
	mostPooled = 280
)

// listedNumbers is how many numbers of a window are read out one by one.
const listedNumbers = 16

func (v *View) explainPooling(l task.Layer, a *protocol.TakenApart, w float64) []widget.Node {
	texts := words.Model
	var inside []string
	sum := 0.0
	for _, p := range a.Patch {
		if p == p {
			inside, sum = append(inside, score(float64(p))), sum+float64(p)
		}
	}
	n := len(inside)
	window := strings.Join(inside, ", ")
	if n > listedNumbers {
		window = fmt.Sprintf(texts.Numbers, figure.Count(n))
	}
	largest := l.Class == "MaxPooling2D" || l.Class == "GlobalMaxPooling2D"
	format, steps := texts.MeanValue, []line{
		{fmt.Sprintf(texts.SumOf, figure.Count(n)), score(sum)}, {fmt.Sprintf(texts.MeanOf, figure.Count(n)), score(float64(a.Out))},
	}
	if largest {
		format, steps = texts.PoolValue, []line{{fmt.Sprintf(texts.Largest, n), score(float64(a.Out))}}
	}
	value := fmt.Sprintf(format, a.Y+1, a.X+1, a.Filter+1, window, a.Out)
	nodes := []widget.Node{pooled(a, min(w, max(132, min(poolCell*float64(max(a.W, a.H)), mostPooled))), largest, value), lines(steps...)}
	if n < len(a.Patch) {
		nodes = append(nodes, widget.Text{Text: texts.OutsideLeftOut, Size: theme.Small, Quiet: true})
	}
	return nodes
}

func (v *View) explainPadding(_ task.Layer, a *protocol.TakenApart, _ float64) []widget.Node {
	texts := words.Model
	from := fmt.Sprintf(texts.Unrolled, a.Top+1, a.Left+1, a.Channel+1, v.names([]int{v.inputOf(a.Layer, a.From)}))
	if p := a.Patch[0]; p != p {
		from = texts.Padded
	}
	return []widget.Node{lines(line{texts.Value, score(float64(a.Out))}), widget.Text{ID: "model-products", Text: from, Quiet: true}}
}
