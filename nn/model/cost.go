package model

// TrainingCost is how many times as long as the forward pass of a predictor a picture takes in
// training: the tutorial's network takes 4.4 times as long in a page, Tenfold 3.9, ResNet-20 4.8.
const TrainingCost = 4.4

// TrainingBytes estimates the memory that training takes with batches of so many pictures: what
// each layer puts out with its gradient, twice for what its arithmetic keeps, and the weights with
// their gradients, the optimiser's two moments and a copy.
func (m *Network) TrainingBytes(batch int) float64 {
	const number = 4
	activations, weights := float64(m.Input.Size()), 0.0
	for _, n := range m.nodes {
		activations += float64(n.Out.Size())
		for _, w := range n.Weights {
			weights += float64(w.Shape.Size())
		}
	}
	return number * (3*activations*float64(batch) + 5*weights)
}
