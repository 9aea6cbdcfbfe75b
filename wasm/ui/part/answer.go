// Package part holds what several views show in the same way.
package part

import (
	"fmt"
	"slices"

	"tenfold/nn/task"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// Order returns the classes from the most to the least probable.
func Order[F float32 | float64](probs []F) []int {
	order := make([]int, len(probs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case probs[a] > probs[b]:
			return -1
		case probs[a] < probs[b]:
			return 1
		}
		return 0
	})
	return order
}

// How sure a network is, by the probability of its first class. Of answers with a calibrated
// probability of 0.9 nine in ten are right.
const (
	VerySure   = 0.9
	FairlySure = 0.6
)

// Sure says in words how sure a probability is.
func Sure(p float64) string {
	switch {
	case p >= VerySure:
		return words.Part.Very
	case p >= FairlySure:
		return words.Part.Fairly
	}
	return words.Part.Not
}

// Verdict returns the answer of the network in use in words: the class, its probability, and how
// sure it is; empty before there is one.
func Verdict(d *desk.Desk) (class, share, sure string) {
	if len(d.Network.Probs) == 0 {
		return "", "", ""
	}
	top := Order(d.Network.Probs)[0]
	p := d.Network.Probs[top]
	if Doubted(d) {
		return d.Network.Class(top), figure.Chance(p), words.Part.None
	}
	return d.Network.Class(top), figure.Chance(p), Sure(p)
}

// Doubted reports whether the picture looks like none of the classes to the network in use. That is
// known of the network's own temperature.
func Doubted(d *desk.Desk) bool {
	n := d.Network
	if n.Loaded == nil || len(n.Probs) == 0 {
		return false
	}
	t, own := n.Temperature()
	return (own || t == 1 && n.Loaded.Temperature == 0) && slices.Max(n.Probs) < n.Loaded.Doubt
}

// Tone returns the colour of a class of the network in use. One of the user's project keeps that
// which it has there.
func Tone(d *desk.Desk, class int) widget.Tone {
	if d.Owned() && class < len(d.Library.Project().Classes) {
		return widget.Class(d.Library.Project().Classes[class].Colour)
	}
	return widget.Class(class)
}

// Comparison says what the network that the page opens with makes of the picture, if another is in
// use.
func Comparison(d *desk.Desk) string {
	if d.Network.Beside == nil {
		return ""
	}
	top := Order(d.Network.Beside)[0]
	return fmt.Sprintf(words.Part.Beside, words.Network.Kinds[network.Opening], d.Network.Class(top), figure.Chance(d.Network.Beside[top]))
}

// Details returns what there is to say about an answer in addition to its classes, in sentences.
func Details(d *desk.Desk) []string {
	_, _, sure := Verdict(d)
	all := []string{fmt.Sprintf(words.Part.Sure, sure), Timing(d), networkLine(d)}
	if Doubted(d) {
		all[0] = Doubt(d)
	}
	if text := Comparison(d); text != "" {
		all = append(all, text)
	}
	if d.Subject.Truth != "" {
		all = append(all, fmt.Sprintf(words.Part.Truth, d.Subject.Truth))
	}
	return all
}

// Doubt says that the picture looks like none of the classes.
func Doubt(d *desk.Desk) string {
	return fmt.Sprintf(words.Part.NoneOf, figure.Spelled(len(d.Network.Probs)))
}

// Timing is how long the answer took.
func Timing(d *desk.Desk) string { return fmt.Sprintf(words.Part.Timing, d.Network.Millis) }

// networkLine returns the network in use and its accuracy.
func networkLine(d *desk.Desk) string {
	m := d.Network.Loaded
	if m == nil {
		return words.Network.Loading
	}
	if v, ok := task.Measured(m.Measured, task.TestSet); ok {
		return fmt.Sprintf(words.Part.Test, m.Name, figure.Percent(v.Accuracy))
	}
	if v, ok := task.Measured(m.Measured, task.Validation); ok {
		return fmt.Sprintf(words.Part.Validation, m.Name, figure.Percent(v.Accuracy))
	}
	return fmt.Sprintf(words.Part.Network, m.Name)
}
