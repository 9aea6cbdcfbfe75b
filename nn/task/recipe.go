package task

// Optimisers, by Keras' names.
const (
	Adamax = "adamax"
	Adam   = "adam"
	SGD    = "sgd" // with momentum 0.9
)

// Recipe says how a model is trained. The zero values of its later half are the
// tutorial's.
type Recipe struct {
	Epochs int     `json:"epochs"`
	Batch  int     `json:"batch"` // pictures a step
	Rate   float64 `json:"rate"`  // learning rate of the first epoch
	Decay  float64 `json:"decay"` // what the rate is multiplied by after each epoch
	Seed   uint64  `json:"seed"`  // of the first weights, the order, dropout and shifts

	Optimizer string  `json:"optimizer,omitempty"`  // "" is Adamax
	NoDropout bool    `json:"no_dropout,omitempty"` // leaves the dropout layers out
	Flip      bool    `json:"flip,omitempty"`       // every second picture is mirrored
	Shift     int     `json:"shift,omitempty"`      // pictures are moved by up to so many pixels
	L2        float64 `json:"l2,omitempty"`         // the loss grows by L2 * sum(w²) of each kernel
	DenseOnly bool    `json:"dense_only,omitempty"` // the convolutions stay as they are
}

// TutorialRecipe is the tutorial's.
var TutorialRecipe = Recipe{Epochs: 10, Batch: 32, Rate: 5e-3, Decay: 0.9, Seed: 1, Optimizer: Adamax}

// Epoch is what is known when an epoch ends.
type Epoch struct {
	Epoch   int     `json:"epoch"` // counts from 1
	Rate    float64 `json:"rate"`
	Train   Metrics `json:"train"` // means over the epoch's steps, with dropout
	Val     Metrics `json:"val"`
	Seconds float64 `json:"seconds"` // of training alone
}
