package model

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// explainNormalization is (x - mean) / √(variance + ε) × gamma + beta, step by step.
func (v *View) explainNormalization(l task.Layer, a *protocol.TakenApart, _ float64) []widget.Node {
	w := words.Model
	x := float64(a.Patch[0])
	term := func(name string) float64 { return float64(a.Terms[name]) }
	of := w.NormalizedByPast
	if l.Class == "LayerNormalization" {
		of = w.NormalizedHere
	}
	y := x - term("mean")
	all := []line{{w.ComesIn, score(x)}, {fmt.Sprintf(w.Mean, brief(term("mean"))), score(y)}}
	step := func(label string, to float64) {
		y = to
		all = append(all, line{label, score(y)})
	}
	step(fmt.Sprintf(w.Deviation, brief(term("variance")), brief(term("epsilon"))), y/math.Sqrt(term("variance")+term("epsilon")))
	if gamma, ok := a.Terms["gamma"]; ok {
		step(fmt.Sprintf(w.Gamma, brief(float64(gamma))), y*float64(gamma))
	}
	if beta, ok := a.Terms["beta"]; ok {
		step(fmt.Sprintf(w.Beta, brief(float64(beta))), y+float64(beta))
	}
	all[len(all)-1].value = score(float64(a.Out)) // what float32 makes of it
	return []widget.Node{lines(all...), widget.Text{Text: of, Size: theme.Small, Quiet: true}, v.becomes(a, x)}
}

func (v *View) explainRescaling(l task.Layer, a *protocol.TakenApart, _ float64) []widget.Node {
	w := words.Model
	x, scale, offset := float64(a.Patch[0]), float64(a.Terms["scale"]), float64(a.Terms["offset"])
	return []widget.Node{lines(
		line{w.ComesIn, score(x)},
		line{fmt.Sprintf(w.Scaled, brief(scale)), score(x * scale)},
		line{fmt.Sprintf(w.Offset, brief(offset)), score(float64(a.Out))},
	), v.becomes(a, x)}
}

// explainRectifier returns what keeps numbers above 0, or another threshold, and bends the others.
func (v *View) explainRectifier(l task.Layer, a *protocol.TakenApart, _ float64) []widget.Node {
	w := words.Model
	x, term := float64(a.Patch[0]), func(name string) float64 { return float64(a.Terms[name]) }
	step := w.Kept
	switch top, from := term("max_value"), term("threshold"); {
	case l.Class == "ReLU" && top > 0 && x >= top:
		step = fmt.Sprintf(w.Capped, brief(top))
	case l.Class == "ReLU" && x < from && from > 0:
		step = fmt.Sprintf(w.BelowThreshold, brief(term("negative_slope")), brief(from))
	case x >= 0:
	case l.Class == "LeakyReLU":
		step = fmt.Sprintf(w.Slope, brief(l.Alpha))
	case l.Class == "ReLU":
		step = fmt.Sprintf(w.Slope, brief(term("negative_slope")))
	case l.Class == "PReLU":
		step = fmt.Sprintf(w.LearnedSlope, brief(term("alpha")))
	case l.Class == "ELU":
		step = fmt.Sprintf(w.Exponential, brief(term("alpha")))
	}
	return []widget.Node{lines(
		line{fmt.Sprintf(w.Before, l.Class), score(x)}, line{step, ""}, line{fmt.Sprintf(w.After, l.Class), score(float64(a.Out))},
	), v.becomes(a, x)}
}

// explainNothing is of what changes numbers in training alone.
func (v *View) explainNothing(l task.Layer, a *protocol.TakenApart, _ float64) []widget.Node {
	w := words.Model
	x := float64(a.Patch[0])
	text := fmt.Sprintf(w.Dropped, figure.Whole(l.Rate))
	switch l.Class {
	case "SpatialDropout2D":
		text = fmt.Sprintf(w.MapsDropped, figure.Whole(l.Rate))
	case "GaussianNoise":
		text = fmt.Sprintf(w.Noisy, brief(float64(a.Terms["stddev"])))
	}
	return []widget.Node{
		lines(line{fmt.Sprintf(w.Before, l.Class), score(x)}, line{fmt.Sprintf(w.After, l.Class), score(float64(a.Out))}),
		widget.Text{Text: text, Quiet: true}, v.becomes(a, x),
	}
}

// bracketed puts a negative number, which stands behind a sign, in brackets.
func bracketed(s string) string {
	if strings.HasPrefix(s, "-") {
		return "(" + s + ")"
	}
	return s
}

// brief returns a number behind a sign, with few digits, without the noise of a float32.
func brief(v float64) string { return bracketed(digits(v)) }

func digits(v float64) string {
	s := strconv.FormatFloat(v, 'g', 4, 64)
	if r, err := strconv.ParseFloat(s, 64); err == nil && (math.Abs(r) >= 1e-4 && math.Abs(r) < 1e6 || r == 0) {
		return strconv.FormatFloat(r+0, 'f', -1, 64)
	}
	return s
}

func (v *View) explainActivation(l task.Layer, a *protocol.TakenApart, _ float64) []widget.Node {
	w := words.Model
	name := activation(l.Activation)
	in := float64(a.Patch[min(a.Filter, len(a.Patch)-1)])
	if l.Activation == "softmax" {
		return []widget.Node{
			lines(line{w.Logit, score(in)}, line{w.Softmax, figure.Chance(float64(a.Out))}), widget.Text{Text: w.SoftmaxHint, Size: theme.Small, Quiet: true}, v.shares(), v.becomes(a, in),
		}
	}
	nodes := []widget.Node{lines(line{fmt.Sprintf(w.Before, name), score(in)}, line{fmt.Sprintf(w.After, name), score(float64(a.Out))})}
	if hint := w.Formulas[l.Activation]; hint != "" {
		nodes = append(nodes, widget.Text{Text: hint, Size: theme.Small, Quiet: true})
	}
	return append(nodes, v.becomes(a, in))
}

// shares returns the probabilities of the classes, the most probable first.
func (v *View) shares() widget.Node {
	n := v.desk.Network
	bars := widget.Bars{ID: "model-share"}
	order := part.Order(n.Probs)
	for _, i := range order[:min(10, len(order))] {
		bars.Rows = append(bars.Rows, widget.Bar{Name: n.Class(i), Share: n.Probs[i], Color: part.Tone(v.desk, i), Strong: true, Text: figure.Chance(n.Probs[i])})
	}
	return bars
}
