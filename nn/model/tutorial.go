package model

import (
	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
)

// Tutorial returns the network of the Keras tutorial "Your first CNN on
// CIFAR-10", 1,084,234 parameters, all of them zero until Init or Load. The two
// activations after the first convolution and the LeakyReLU before the softmax
// are the tutorial's own.
func Tutorial() *Network {
	conv := func(filters int) layer.Conv2D {
		return layer.Conv2D{Filters: filters, KernelSize: [2]int{3, 3}, Padding: layer.Same}
	}
	first := conv(16)
	first.Activation = "relu"
	leaky := layer.LeakyReLU{Alpha: 0.1}
	pool := layer.MaxPool2D{PoolSize: [2]int{2, 2}}
	m, err := New(cifar10.Task.Input,
		first, leaky,
		conv(32), leaky,
		pool,
		layer.Dropout{Rate: 0.25},
		conv(32), leaky,
		conv(64), leaky,
		pool,
		layer.Dropout{Rate: 0.25},
		layer.Flatten{},
		layer.Dense{Units: 256}, leaky,
		layer.Dropout{Rate: 0.5},
		layer.Dense{Units: len(cifar10.Task.Classes)}, leaky,
		layer.Activation{Function: "softmax"},
	)
	if err != nil {
		panic(err)
	}
	m.Name, m.Task = "Tutorial CNN", cifar10.Task
	return m
}
