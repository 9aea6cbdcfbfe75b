package task

// Optimisers, by Keras' names.
const (
	Adamax = "adamax"
	Adam   = "adam"
	SGD    = "sgd" // with momentum 0.9, see Recipe.Momentum
	AdamW  = "adamw"
	// RMSprop is without momentum.
	RMSprop = "rmsprop"
	// Muon makes the steps of convolutions orthogonal; the other weights learn by AdamW.
	Muon = "muon"
)

// Schedules of the learning rate over a run.
const (
	PerEpoch   = ""           // the tutorial's: times Recipe.Decay after each epoch
	Constant   = "constant"   // as it is
	Steps      = "steps"      // a tenth after half of the epochs, a hundredth after three quarters
	Cosine     = "cosine"     // down to 0 along half a cosine
	Linear     = "linear"     // down to 0 along a line
	Triangular = "triangular" // from a fifth up to the rate at 23 percent of the run, then down to 7 percent

	Exponential = "exponential" // as PerEpoch, but a little after each step
	OneCycle    = "one-cycle"   // from a 25th up to the rate at 30 percent of the run, then down to almost nothing, along cosines
)

// What is kept of the weights over the steps, in place of those of the last one.
const (
	EMA           = "ema"            // their exponential moving average
	Lookahead     = "lookahead"      // an average after every five steps, from which training continues
	LookaheadLate = "lookahead-late" // the same, which follows slowly only towards the end of the run
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
	Shift     int     `json:"shift,omitempty"`      // pictures are moved by up to this many pixels
	L2        float64 `json:"l2,omitempty"`         // the loss grows by L2 * sum(w²) of each kernel
	DenseOnly bool    `json:"dense_only,omitempty"` // the convolutions stay as they are

	Momentum    float64 `json:"momentum,omitempty"`     // of SGD; 0 means 0.9, and Muon's 0.95
	Nesterov    bool    `json:"nesterov,omitempty"`     // SGD's momentum looks ahead
	WeightDecay float64 `json:"weight_decay,omitempty"` // kernels shrink by rate*WeightDecay a step; 0 means 0.004 for AdamW and Muon, and none for the others
	Schedule    string  `json:"schedule,omitempty"`     // "" is PerEpoch
	WarmUp      float64 `json:"warm_up,omitempty"`      // epochs over which the rate grows from 0
	Smoothing   float64 `json:"smoothing,omitempty"`    // of labels: so much is spread over all classes

	Alternate bool `json:"alternate,omitempty"` // with Flip: each picture is mirrored in every second epoch
	Reflect   bool `json:"reflect,omitempty"`   // with Shift: what comes in at an edge is mirrored instead of repeated
	Cutout    int  `json:"cutout,omitempty"`    // a square with sides of this many pixels is grey

	Doodles float64 `json:"doodles,omitempty"` // this share of the pictures is drawn by a program instead
	Sketch  float64 `json:"sketch,omitempty"`  // of this share of the others a drawing is made

	Strange float64 `json:"strange,omitempty"` // this share of the pictures shows none of the classes, and must be taken for none

	Zoom     float64 `json:"zoom,omitempty"`     // pictures are cut to parts whose sides are 1-Zoom to 1 of theirs, and enlarged
	Jitter   float64 `json:"jitter,omitempty"`   // brightness, contrast and saturation change by up to this factor
	RandConv float64 `json:"randconv,omitempty"` // the share of pictures that go through a random convolution
	Mixup    float64 `json:"mixup,omitempty"`    // alpha of mixup's beta distribution: pictures are mixed with others

	ClipNorm       float64 `json:"clipnorm,omitempty"`        // the norm of each weight's gradient is at most this; 0 means any
	GlobalClipNorm float64 `json:"global_clipnorm,omitempty"` // and that of all gradients together
	ClipValue      float64 `json:"clipvalue,omitempty"`       // and each number of a gradient

	Average         string  `json:"average,omitempty"`          // what is kept of the weights; "" is the last ones
	AverageMomentum float64 `json:"average_momentum,omitempty"` // how much stays of the average; 0 means its usual
}

// Label is what a picture should be taken for: a class, and if it is a mixture another one.
type Label struct {
	Class, Other int
	Part         byte // how much of the picture is Other, in 255ths
	None         bool // it is none of the classes: all should be equally probable
}

// Epoch is what is known when an epoch ends.
type Epoch struct {
	Epoch   int     `json:"epoch"` // counts from 1
	Rate    float64 `json:"rate"`
	Train   Metrics `json:"train"` // means over the epoch's steps, with dropout
	Val     Metrics `json:"val"`
	Seconds float64 `json:"seconds"` // of training alone
}
