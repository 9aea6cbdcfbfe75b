package model

import (
	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
)

// Slim returns a network for those in a hurry, of 243,178 parameters and 20 million multiply-adds,
// all zero until Init or Load: four convolutions with batch normalisation, of 32 to 128 channels,
// three of which are pooled, and a mean over what is left of the picture.
func Slim() *Network {
	conv, norm, relu, pool := normed()
	m, err := New(cifar10.Task.Input,
		conv(32), pool, norm, relu,
		conv(64), pool, norm, relu,
		conv(128), norm, relu,
		conv(128), pool, norm, relu,
		layer.GlobalAveragePooling2D{},
		layer.Dense{Units: len(cifar10.Task.Classes), Activation: "softmax"},
	)
	if err != nil {
		panic(err)
	}
	m.Name, m.Task = "Slim", cifar10.Task
	return m
}
