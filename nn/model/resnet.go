package model

import (
	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
)

// ResNet20 returns Keras' residual network of 20 layers for CIFAR-10, 274,442 parameters, all
// of them zero until Init or Load: three stacks of three blocks of two convolutions, with 16,
// 32 and 64 channels. Source: He et al. 2015, https://arxiv.org/abs/1512.03385, section 4.2;
// https://github.com/keras-team/keras/blob/v2.2.4/examples/cifar10_resnet.py, version 1.
func ResNet20() *Network {
	f := NewFunctional(cifar10.Task.Input)
	conv := func(x, filters, size, stride int) int {
		return f.Add(layer.Conv2D{
			Filters: filters, KernelSize: [2]int{size, size}, Strides: [2]int{stride, stride}, Padding: layer.Same,
			KernelInitializer: layer.HeNormal, L2: 1e-4,
		}, x)
	}
	normed := func(x int) int { return f.Add(layer.BatchNormalization{}, x) }
	relu := func(x int) int { return f.Add(layer.Activation{Function: "relu"}, x) }

	x := relu(normed(conv(Input, 16, 3, 1)))
	for stack, filters := range []int{16, 32, 64} {
		for block := range 3 {
			stride := 1
			if stack > 0 && block == 0 {
				stride = 2
			}
			y := relu(normed(conv(x, filters, 3, stride)))
			y = normed(conv(y, filters, 3, 1))
			if stride > 1 {
				x = conv(x, filters, 1, stride)
			}
			x = relu(f.Add(layer.Add{}, x, y))
		}
	}
	x = f.Add(layer.Flatten{}, f.Add(layer.AveragePooling2D{PoolSize: [2]int{8, 8}}, x))
	f.Add(layer.Dense{Units: len(cifar10.Task.Classes), Activation: "softmax", KernelInitializer: layer.HeNormal}, x)
	m, err := f.Network()
	if err != nil {
		panic(err)
	}
	m.Name, m.Task = "ResNet-20", cifar10.Task
	return m
}
