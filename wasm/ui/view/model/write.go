package model

import (
	"fmt"
	"strconv"
	"strings"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/words"
)

// score writes a number with three decimals; nothing is "-0.000".
func score(v float64) string { return rounded(v, 3) }

// rounded writes a number with the given number of decimals, 0 always without a sign.
func rounded(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		return strings.TrimPrefix(s, "-")
	}
	return s
}

// activation returns what an activation is called.
func activation(name string) string {
	if text := words.Model.Activations[name]; text != "" {
		return text
	}
	return name
}

// mapName returns what a map or unit of a layer is called, counted from 1.
func (v *View) mapName(layer, k int) string {
	w, all := words.Model, v.layers()
	if layer >= len(all) {
		return ""
	}
	n := channels(all[layer])
	switch {
	case pictures(all[layer]):
		return fmt.Sprintf(w.Map, k+1, n)
	case layer == len(all)-1 && k < len(v.desk.Network.Task().Classes):
		return fmt.Sprintf(w.UnitClass, k+1, n, v.desk.Network.Class(k))
	}
	return fmt.Sprintf(w.Unit, figure.Count(k+1), figure.Count(n))
}

// channelName returns what a channel of a layer's output is called: the picture's have colours.
func (v *View) channelName(from, c, n int) string {
	w := words.Model
	if from == thePicture {
		names := w.Colours
		if n == 1 {
			names = w.Grey
		}
		if c < len(names) && n <= 3 {
			return fmt.Sprintf(w.ChannelNamed, c+1, n, names[c])
		}
	}
	return fmt.Sprintf(w.Channel, c+1, n)
}
