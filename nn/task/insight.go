package task

// Insight is what a layer is like in the middle of its training.
type Insight struct {
	Layer       string
	Learns      bool // it has a kernel, which is what Weights and Gradients are of
	Weights     Spread
	Gradients   Spread // of the last step
	Activations Spread // of its output on a few pictures
	Units       int    // numbers, or maps, in its output
	Dead        int    // of them those that are 0 on all those pictures
}

// Spread is a mean with the standard deviation.
type Spread struct{ Mean, Deviation float64 }
