package main

import (
	"flag"

	"tenfold/nn/task"
)

// recipeFlags adds a flag for each setting of a recipe; a new one adds a line. The recipe's
// values are the defaults.
func recipeFlags(fs *flag.FlagSet, r *task.Recipe) {
	fs.IntVar(&r.Epochs, "epochs", r.Epochs, "epochs")
	fs.IntVar(&r.Batch, "batch", r.Batch, "pictures a step")
	fs.Float64Var(&r.Rate, "rate", r.Rate, "learning rate; what -schedule makes of it is at most this")
	fs.Float64Var(&r.Decay, "decay", r.Decay, "what the rate is multiplied by after each epoch, of the schedules that do so")
	fs.Uint64Var(&r.Seed, "seed", r.Seed, "seed of the first weights, the order, dropout and augmentation")

	fs.StringVar(&r.Optimizer, "optimizer", r.Optimizer, "adamax, adam, adamw, muon, rmsprop or sgd (with momentum)")
	fs.Float64Var(&r.Momentum, "momentum", r.Momentum, "momentum of sgd and muon; 0 means 0.9 and 0.95")
	fs.BoolVar(&r.Nesterov, "nesterov", r.Nesterov, "sgd's momentum is Nesterov's")
	fs.Float64Var(&r.WeightDecay, "weight-decay", r.WeightDecay, "kernels shrink by this times the rate in each step; 0 means 0.004 for adamw and muon")
	fs.StringVar(&r.Schedule, "schedule", r.Schedule, "constant, cosine, exponential, linear, one-cycle, steps or triangular; empty means times -decay after each epoch")
	fs.Float64Var(&r.WarmUp, "warm-up", r.WarmUp, "`epochs` over which the rate grows from 0")
	fs.Float64Var(&r.ClipNorm, "clipnorm", r.ClipNorm, "largest norm of each weight's gradient; 0 means any")
	fs.Float64Var(&r.GlobalClipNorm, "global-clipnorm", r.GlobalClipNorm, "largest norm of all gradients together; 0 means any")
	fs.Float64Var(&r.ClipValue, "clipvalue", r.ClipValue, "largest number of a gradient; 0 means any")
	fs.StringVar(&r.Average, "average", r.Average, "what is kept of the weights: ema, lookahead or lookahead-late; empty means the last ones")
	fs.Float64Var(&r.AverageMomentum, "average-momentum", r.AverageMomentum, "how much stays of that average in a step; 0 means 0.99 for ema, 0.5 for lookahead and up to 0.77 for lookahead-late")

	fs.Float64Var(&r.Smoothing, "smoothing", r.Smoothing, "how much of a label is spread over all classes")
	fs.BoolVar(&r.NoDropout, "no-dropout", r.NoDropout, "leave the dropout layers out")
	fs.Float64Var(&r.L2, "l2", r.L2, "penalty of the kernels' squares")
	fs.BoolVar(&r.DenseOnly, "dense-only", r.DenseOnly, "train the dense layers alone")

	fs.BoolVar(&r.Flip, "flip", r.Flip, "mirror every second picture")
	fs.BoolVar(&r.Alternate, "alternate", r.Alternate, "with -flip, mirror each picture in every second epoch")
	fs.IntVar(&r.Shift, "shift", r.Shift, "move pictures by up to so many `pixels`")
	fs.BoolVar(&r.Reflect, "reflect", r.Reflect, "with -shift, mirror what comes in at an edge")
	fs.Float64Var(&r.Zoom, "zoom", r.Zoom, "cut pictures to parts whose sides are 1 minus this to 1 of theirs, and enlarge them")
	fs.Float64Var(&r.Jitter, "jitter", r.Jitter, "change brightness, contrast and saturation by up to this factor")
	fs.Float64Var(&r.RandConv, "randconv", r.RandConv, "`share` of pictures that go through a random convolution")
	fs.IntVar(&r.Cutout, "cutout", r.Cutout, "make a square of so many `pixels` grey")
	fs.Float64Var(&r.Strange, "strange", r.Strange, "`share` of pictures that show none of the classes, of which the network is to be sure of nothing")
	fs.Float64Var(&r.Doodles, "doodles", r.Doodles, "`share` of pictures that are doodles instead, drawn anew each time")
	fs.Float64Var(&r.Sketch, "sketch", r.Sketch, "`share` of pictures of which a drawing is made")
	fs.Float64Var(&r.Mixup, "mixup", r.Mixup, "mix pictures with others; `alpha` of the distribution of the parts, up to 1")
}
