package model

import (
	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
)

// Tenfold returns the second network, of 992,362 parameters (990,634 trainable) and 91 million multiply-adds, all
// of them zero until Init or Load: a convolution of 32 channels, then pairs of convolutions of
// 64, 160 and 192 channels, the first of each pair pooled, and a mean over what is left of the
// picture. Each convolution fits Winograd's tiles.
// Source: after airbench93 of K. Jordan 2024, https://arxiv.org/abs/2404.00498, with a learned
// first convolution instead of the whitening one.
func Tenfold() *Network {
	conv, norm, relu, pool := normed()

	layers := []layer.Layer{conv(32), norm, relu}
	for _, filters := range []int{64, 160, 192} {
		layers = append(layers, conv(filters), pool, norm, relu, conv(filters), norm, relu)
	}
	layers = append(layers,
		layer.GlobalAveragePooling2D{},
		layer.Dense{Units: len(cifar10.Task.Classes), Activation: "softmax"},
	)
	m, err := New(cifar10.Task.Input, layers...)
	if err != nil {
		panic(err)
	}
	m.Name, m.Task = "Tenfold", cifar10.Task
	return m
}

// normed returns what networks of convolutions with batch normalisation are made of.
func normed() (conv func(filters int) layer.Conv2D, norm layer.BatchNormalization, relu layer.Activation, pool layer.MaxPool2D) {
	conv = func(filters int) layer.Conv2D {
		return layer.Conv2D{
			Filters: filters, KernelSize: [2]int{3, 3}, Padding: layer.Same,
			NoBias: true, KernelInitializer: layer.HeNormal,
		}
	}
	return conv, layer.BatchNormalization{Momentum: 0.9}, layer.Activation{Function: "relu"}, layer.MaxPool2D{PoolSize: [2]int{2, 2}}
}
