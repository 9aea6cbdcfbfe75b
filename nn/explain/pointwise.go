package explain

import (
	"tenfold/nn/layer"
)

// pointwise takes apart what is made of the number at the same place, and of a few that belong
// to the layer.
func (a *apart) pointwise(l layer.Layer) bool {
	terms := map[string]float32{}
	n := a.out[len(a.out)-1]
	a.Patch = []float32{a.x[0][a.at]}
	switch l := l.(type) {
	case layer.Reshape: // whose places differ from those of its input
		s := a.in[0]
		if a.Channel, a.Top, a.Left = a.at%s[len(s)-1], 0, 0; len(s) == 3 {
			a.Top, a.Left = a.at/s[2]/s[1], a.at/s[2]%s[1]
		}
	case layer.Flatten, layer.LeakyReLU, layer.GaussianNoise, layer.Dropout, layer.SpatialDropout2D:
		if g, ok := l.(layer.GaussianNoise); ok {
			terms["stddev"] = float32(g.Stddev)
		}
	case layer.Activation:
		if l.Function == "softmax" { // over the last axis
			a.C = n
			a.Patch = append([]float32{}, a.x[0][a.at-a.channel:a.at-a.channel+n]...)
		}
	case layer.ReLU:
		terms["max_value"], terms["negative_slope"], terms["threshold"] = l.MaxValue, l.NegativeSlope, l.Threshold
	case layer.ELU:
		if terms["alpha"] = l.Alpha; l.Alpha == 0 {
			terms["alpha"] = 1
		}
	case layer.PReLU:
		w := a.weights[0]
		terms["alpha"] = w.Data[layer.Repeated(a.at, w.Shape, a.out)]
	case layer.Rescaling:
		terms["scale"], terms["offset"] = float32(l.Scale), float32(l.Offset)
	case layer.BatchNormalization:
		terms["mean"], terms["variance"] = a.weight("moving_mean", a.channel, 0), a.weight("moving_variance", a.channel, 1)
		a.scaling(terms, l.Epsilon)
	case layer.LayerNormalization:
		row := a.x[0][a.at-a.channel : a.at-a.channel+n]
		terms["mean"], terms["variance"] = statistics(row)
		a.scaling(terms, l.Epsilon)
	default:
		return false
	}
	a.Terms = terms
	return true
}

// scaling are the other numbers of a normalisation; those that it does not have are left out.
func (a *apart) scaling(terms map[string]float32, epsilon float64) {
	if epsilon == 0 {
		epsilon = 1e-3 // Keras' default
	}
	terms["epsilon"] = float32(epsilon)
	for _, w := range a.weights {
		if w.Name == "gamma" || w.Name == "beta" {
			terms[w.Name] = w.Data[a.channel]
		}
	}
}

// statistics returns the mean of numbers and their variance.
func statistics(row []float32) (mean, variance float32) {
	sum, squares := 0.0, 0.0
	for _, v := range row {
		sum += float64(v)
	}
	m := sum / float64(len(row))
	for _, v := range row {
		squares += (float64(v) - m) * (float64(v) - m)
	}
	return float32(m), float32(squares / float64(len(row)))
}
