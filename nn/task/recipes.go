package task

// Recipes lists the recipes that have a name. That of a network is called as the network is in
// model.Networks. A new one adds a line.
var Recipes = []struct {
	Name  string
	About string
	Recipe
}{
	{"tutorial", "the Keras tutorial's: Adamax, a tenth less after each epoch", TutorialRecipe},
	{"tenfold", "after airbench: Muon, a rate down to nothing; a third of the pictures are drawings", TenfoldRecipe},
	{"slim", "Muon, down to nothing in few epochs, on photographs alone", SlimRecipe},
	{"resnet20", "of He et al., over 164 epochs", ResNetRecipe},
}

// NamedRecipe returns the recipe of a name.
func NamedRecipe(name string) (Recipe, bool) {
	for _, r := range Recipes {
		if r.Name == name {
			return r.Recipe, true
		}
	}
	return Recipe{}, false
}

// TutorialRecipe is the tutorial's.
var TutorialRecipe = Recipe{Epochs: 10, Batch: 32, Rate: 5e-3, Decay: 0.9, Seed: 1, Optimizer: Adamax}

// TenfoldRecipe trains the second network. Source: after that of airbench94's with Muon, K. Jordan
// 2024, https://github.com/KellerJordan/cifar10-airbench, whose turn of the kernels in a step
// this is, in smaller batches; its whitening, initial kernels and 64 times the rate for the
// biases are not needed by a network that learns its first convolution and normalisation's
// scales. MEASUREMENTS.md has the figures.
var TenfoldRecipe = Recipe{
	Epochs: 32, Batch: 256, Rate: 0.012, Decay: 1, Seed: 1,
	Optimizer: Muon, Momentum: 0.85, WeightDecay: 0.1, Schedule: Linear, WarmUp: 1, Smoothing: 0.1,
	Flip: true, Alternate: true, Shift: 2, Reflect: true,
	Doodles: 0.12, Sketch: 0.2, Strange: 0.06, RandConv: 0.05,
}

// SlimRecipe trains the small network for those in a hurry. MEASUREMENTS.md has the figures.
var SlimRecipe = Recipe{
	Epochs: 9, Batch: 128, Rate: 0.02, Decay: 1, Seed: 1,
	Optimizer: Muon, Momentum: 0.85, WeightDecay: 0.05, Schedule: Linear, WarmUp: 0.5, Smoothing: 0.1,
	Flip: true, Alternate: true, Shift: 2, Reflect: true,
}

// ResNetRecipe is that of residual networks on CIFAR-10; the penalty of 1e-4 is the layers'
// own. Source: He et al. 2015, https://arxiv.org/abs/1512.03385, section 4.2, where what comes
// in at an edge is black.
var ResNetRecipe = Recipe{
	Epochs: 164, Batch: 128, Rate: 0.1, Decay: 1, Seed: 1,
	Optimizer: SGD, Momentum: 0.9, Schedule: Steps, Flip: true, Shift: 4,
}
