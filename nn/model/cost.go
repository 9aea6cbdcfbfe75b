package model

// TrainingCost is how many times as long as the forward pass of a predictor a picture takes in
// training: in a page the tutorial's network takes 3.1 times as long, ResNet-20 3.7 times.
const TrainingCost = 3.4

// TrainingBytes estimates the memory that training with the given batch size takes: each
// layer's output with its gradient, twice for what its arithmetic keeps, and the weights with
// their gradients, the optimiser's two moments and a copy; and the program itself. Workers in a
// page have needed 0.9 to 1.2 times that.
func (m *Network) TrainingBytes(batch int) float64 {
	const number, program = 4, 50e6
	activations, weights := float64(m.Input.Size()), 0.0
	for _, n := range m.nodes {
		activations += float64(n.Out.Size())
		for _, w := range n.Weights {
			weights += float64(w.Shape.Size())
		}
	}
	return program + number*(3*activations*float64(batch)+5*weights)
}

// PredictingBytes estimates the memory that a predictor for the given number of pictures takes: the
// weights with their transforms, and a few of the largest layer outputs.
func (m *Network) PredictingBytes(pictures int) float64 {
	const number = 4
	largest, weights := float64(m.Input.Size()), 0.0
	for _, n := range m.nodes {
		largest = max(largest, float64(n.Out.Size()))
		for _, w := range n.Weights {
			weights += float64(w.Shape.Size())
		}
	}
	return number * (3*weights + 4*largest*float64(pictures))
}
