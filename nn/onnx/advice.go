package onnx

import (
	"fmt"
	"strings"
)

// advice says what to do about operators that there are no layers for. Without a line it is anInstead.
var advice = map[string]string{
	"ConvTranspose":             "it makes pictures larger, which a network that tells classes apart can do without: train one without it",
	"Resize":                    "let the network begin with pictures of the size that it works in, and export it without",
	"Upsample":                  "let the network begin with pictures of the size that it works in, and export it without",
	"InstanceNormalization":     "train the network with BatchNormalization or LayerNormalization in its place",
	"GroupNormalization":        "train the network with BatchNormalization or LayerNormalization in its place",
	"MeanVarianceNormalization": "train the network with BatchNormalization or LayerNormalization in its place",
	"LpNormalization":           "train the network with BatchNormalization or LayerNormalization in its place",
	"LRN":                       "train the network with BatchNormalization in its place",
	"Celu":                      "train the network with ELU in its place, which is the same with alpha 1",
	"Mish":                      "train the network with silu in its place, which is near to it",
	"Softsign":                  "train the network with tanh in its place, which is near to it",
	"Erf":                       "GELU is read, alone it is not: train the network with tanh in its place",
	"Hardmax":                   "let the network put out a number a class",
	"LpPool":                    "train the network with AveragePooling2D or MaxPooling2D in its place",
	"GlobalLpPool":              "train the network with GlobalAveragePooling2D in its place",
	"DepthToSpace":              "train the network without it, with strides or pooling",
	"SpaceToDepth":              "train the network with a convolution with strides in its place",
	"LSTM":                      "it is for sequences: train a network of convolutions",
	"GRU":                       "it is for sequences: train a network of convolutions",
	"RNN":                       "it is for sequences: train a network of convolutions",
	"Einsum":                    "attention is not read: train a network of convolutions and dense layers",
	"Attention":                 "attention is not read: train a network of convolutions and dense layers",
	"Gather":                    "what is cut out of a tensor is not read: export the network without",
	"Slice":                     "what is cut out of a tensor is not read: export the network without",
	"Split":                     "what is cut out of a tensor is not read: export the network without",
	"ConvInteger":               ofQuantised,
	"MatMulInteger":             ofQuantised,
	"DynamicQuantizeLinear":     ofQuantised,
}

const (
	ofQuantised = "the network is quantised; want the one before, of float32"
	anInstead   = "train the network with a layer in its place that Build has, or save the model that it was made of, as Keras or safetensors"
)

// noLayer says that there is no layer for an operator, and what to do.
func noLayer(op string) error {
	do := advice[op]
	switch {
	case do != "":
	case strings.HasPrefix(op, "QLinear"), strings.HasPrefix(op, "QGemm"):
		do = ofQuantised
	default:
		do = anInstead
	}
	return fmt.Errorf("%.40s is not among the layers here: %s", op, do)
}

// meant names the layer that an operator which only changes a shape is a part of, where the layer is
// written in several, and what to do; "" for none that is known.
func (b *builder) meant(n *Node) string {
	if n.Op != "Reshape" || len(n.Out) == 0 {
		return ""
	}
	switch b.next[n.Out[0]] {
	case "InstanceNormalization":
		return "a GroupNormalization is not among the layers here: " + advice["GroupNormalization"]
	case "Transpose":
		return "a shuffle of channels, as in ShuffleNet, is not among the layers here: train the network with a Conv2D of 1x1 in its place, which mixes them"
	}
	return ""
}
