package layer

import "tenfold/nn/task"

// Describe says of a layer what its settings say to those who show it: its class, its
// activation, a LeakyReLU's slope and a Dropout's rate. The rest depends on its place in a
// model.
func Describe(l Layer) task.Layer {
	class, _ := Class(l)
	d := task.Layer{Class: class}
	if a, ok := l.(Activated); ok {
		d.Activation = a.activation()
	}
	switch l := l.(type) {
	case Activation:
		d.Activation = l.Function
	case LeakyReLU:
		d.Alpha = float64(l.Alpha)
	case Dropout:
		d.Rate = l.Rate
	case SpatialDropout2D:
		d.Rate = l.Rate
	}
	return d
}
